"""Which installed pack reads a text: by script first, then by py3langid among the languages of that script."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from orchestration.extract.packs import PACKS, installed_packs
from orchestration.extract.text import script_of, tokenize

SAMPLE = 6_000  # letters are plenty; a longer text says the same
FEWEST_WORDS = 4


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


@cache
def _settings() -> dict[str, dict]:
    settings = {}
    for code in installed_packs():
        with (PACKS / f"{code}.toml").open("rb") as source:
            pack = tomllib.load(source)
        settings[code] = {
            **pack["language"],
            "other_scripts": [s for s in pack.get("transliteration", {}) if s != "harmony"],
        }
    return settings


def detect_language(text: str) -> str | None:
    """Code of the installed pack that reads this text, or None when its language has no pack."""
    sample = text[:SAMPLE]
    words = [word for word in tokenize(sample)[0] if word[0].isalpha()]
    if len(words) < FEWEST_WORDS:
        return None
    scripts = Counter(filter(None, map(script_of, words)))
    if not scripts:
        return None
    script = scripts.most_common(1)[0][0]
    settings = _settings()
    # Letters that only one language of the script has settle it where a general identifier wavers.
    letters = Counter(sample.lower())
    marked = {
        code: sum(letters[char] for char in pack.get("letters", {}).get(script, ""))
        for code, pack in settings.items()
        if script in pack["scripts"] or script in pack["other_scripts"]
    }
    total = sum(map(len, words))
    best = max(marked, key=lambda code: marked[code], default=None)
    if best is not None and marked[best] >= 0.02 * total:
        return best
    ranked = _identifier().rank(sample)
    guess = str(ranked[0][0])
    if guess in marked:
        return guess
    # A close relative that has no pack is not read with its neighbour's: Kyrgyz is no Kazakh.
    return None
