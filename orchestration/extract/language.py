"""Which installed pack reads a text: by script first, then by py3langid among the languages of that script."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from orchestration.extract.packs import PACKS, installed_packs
from orchestration.extract.text import normalize, script_of, tokenize

SAMPLE = 6_000  # letters are plenty; a longer text says the same
FEWEST_WORDS = 4
SHARE_OF_FOREIGN_LETTERS = 0.01  # a foreign name or two; the ө, ү, ң of Kyrgyz are 0.05 of its letters
SHARE_OF_SMALL_WORDS = 0.06  # in articles of 50 words and more 0.08 to 0.2 of the words are such


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
    # A language that the identifier was never taught is known by its smallest words.
    normal = Counter(map(normalize, words))
    small = {code: sum(normal[word] for word in pack.get("words", ())) for code, pack in settings.items() if code in marked}
    known = max(small, key=lambda code: small[code], default=None)
    if known is not None and small[known] >= SHARE_OF_SMALL_WORDS * len(words):
        return known
    # Words only: to the identifier, bytes of flags and smileys are letters of some language.
    ranked = _identifier().rank(" ".join(words))
    guess = str(ranked[0][0])
    if guess in marked and _spells(settings[guess].get("alphabet", {}).get(script), letters, script):
        return guess
    # A close relative that has no pack is not read with its neighbour's: Kyrgyz is no Kazakh.
    return None


def _spells(alphabet: str | None, letters: Counter[str], script: str) -> bool:
    """Whether a language's alphabet (None: any letter of the script) has nearly all letters of that script in a text."""
    if alphabet is None:
        return True
    own = {letter: count for letter, count in letters.items() if script_of(letter) == script}
    foreign = sum(count for letter, count in own.items() if letter not in alphabet)
    return foreign <= SHARE_OF_FOREIGN_LETTERS * sum(own.values())
