"""A stable Latin spelling for names that no table knows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from orchestration.extract.text import normalize, script_of, strip_accents

if TYPE_CHECKING:
    from orchestration.extract.packs import Pack

# BGN/PCGN-like letters, as newsrooms spell names: Хаиров → Khairov.
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіёў",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
            "a",
            "g",
            "k",
            "n",
            "o",
            "u",
            "u",
            "h",
            "i",
            "yo",
            "o",
        ],
        strict=False,
    )
)
ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "", "ئ": "i", "ؤ": "u", "پ": "p", "چ": "ch", "گ": "g", "ڤ": "v", "ژ": "zh",
}  # fmt: skip
DIGRAPHS = {"تش": "ch", "دج": "j", "تس": "ts"}
# Consonants that open a syllable together with an r or l.
ONSETS = frozenset({"b", "p", "t", "d", "k", "g", "f", "v", "kh"})


# Letters that scripts and spellings exchange fall into one class; vowels, h and y fall out: Tokayev, Тоқаев, توكاييف are one.
CLASSES = [
    ("shch", "S"), ("kh", "K"), ("gh", "K"), ("zh", "J"), ("dj", "J"), ("dzh", "J"), ("ch", "S"), ("sh", "S"), ("ts", "S"), ("th", "T"),
    ("ph", "F"), ("ck", "K"), ("qu", "K"), ("x", "KS"), ("ç", "S"), ("ş", "S"), ("ğ", "K"), ("b", "P"), ("p", "P"), ("v", "F"),
    ("w", "F"), ("f", "F"), ("g", "K"), ("k", "K"), ("q", "K"), ("c", "K"), ("d", "T"), ("t", "T"), ("j", "J"), ("z", "S"), ("s", "S"),
    ("l", "L"), ("m", "M"), ("n", "N"), ("r", "R"), ("ñ", "N"),
]  # fmt: skip
ALIKE = 0.75


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Consonant classes of a Latin spelling: what survives the way through another script."""
    plain = strip_accents(word.lower().replace("ı", "i")) if not set(word) & set("çşğñÇŞĞÑ") else word.lower()
    out = ""
    position = 0
    while position < len(plain):
        for letters, mark in CLASSES:
            if plain.startswith(letters, position):
                if not out.endswith(mark):
                    out += mark
                position += len(letters)
                break
        else:
            position += 1
    return out


@lru_cache(maxsize=20_000)
def _skeletons(name: str) -> tuple[str, ...]:
    return tuple(skeleton(word) for word in name.replace("-", " ").split())


def same_person(one: str, other: str) -> bool:
    """Whether two Latin spellings can be of one name: each word of the shorter has its like in the longer."""
    first, second = _skeletons(one), _skeletons(other)
    if len(first) < 2 or len(second) < 2:
        return False
    short, long = sorted((first, second), key=len)
    left = list(long)
    for word in short:
        like = next((other for other in left if _alike(word, other)), None)
        if like is None:
            return False
        left.remove(like)  # Georgi Tahov is not Georg Georgiev, each of whose names is like the one.
    return True


def same_initials(one: str, other: str) -> bool:
    """Whether the last words of two Latin spellings begin alike: Ibraev is no Saparov, however alike the rest."""
    first, second = _skeletons(one)[-1], _skeletons(other)[-1]
    return first[:1] == second[:1]


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 3:
        return one == other
    # The ratio cannot be more than if the shorter were a part of the longer; the comparison proper is slow.
    if 2 * shorter < ALIKE * (shorter + longer):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def romanise(word: str, pack: Pack) -> str:
    """Latin spelling of a name; empty when a letter has none."""
    script = script_of(word)
    if script == "Latin":
        return word if not word.isupper() or len(word) <= 3 else word.capitalize()
    if script == "Cyrillic":
        return _capital(_cyrillic(unicodedata.normalize("NFC", word).lower()))
    if script == "Arabic" and script in pack.transliteration:
        return _capital(_cyrillic(pack.normalize(word)))
    if script == "Arabic":
        plain = pack.normalize(word)
        known = pack.spellings.get(plain)
        if known:
            return known
        article = next((mark for mark in pack.name_articles if word.startswith(mark) and len(word) - len(mark) >= 3), None)
        if article is not None:
            # Only as it is written: الكسندر with its hamza (ألكسندر) has no article.
            rest = plain[len(article) :]
            return f"{pack.name_articles[article]}-{pack.spellings.get(rest) or _capital(_arabic(rest))}"
        return _capital(_arabic(plain)) if script_of(plain) == "Arabic" else romanise(plain, pack)
    return ""


def _capital(latin: str) -> str:
    return latin[:1].upper() + latin[1:]


def learned_spellings(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How single words of names are spelled, from whole names in Arabic letters with their Latin spelling: the commonest one."""
    counts: dict[str, Counter[str]] = {}
    for native, latin in known:
        words, parts = native.replace("-", " ").split(), latin.replace("-", " ").split()
        if len(words) != len(parts):
            continue
        for word, part in zip(map(normalize, words), parts, strict=True):
            if len(word) > 2 and _alike(skeleton(_arabic(word)), skeleton(part)):
                counts.setdefault(word, Counter())[part] += 1
    return {word: min(found, key=lambda part: (-found[part], part)) for word, found in counts.items()}


def _cyrillic(word: str) -> str:
    out = []
    for position, letter in enumerate(word):
        latin = CYRILLIC.get(letter, "")
        if letter == "е" and (position == 0 or word[position - 1] in "аеёиоуыэюяьъ"):
            latin = "ye"
        out.append(latin.replace("_", ""))
    spelled = "".join(out)
    # -ий, -ый at the end are one y: Максим Горький → Gorky.
    return spelled[:-2] + "y" if word.endswith(("ий", "ый")) else spelled


def _arabic(word: str) -> str:
    """Latin spelling of a name in Arabic letters, as those of foreign names are used: long vowels are written, short ones come
    between consonants that cannot stand together."""
    units = _units(word)
    out = ""
    for position, (latin, vowel) in enumerate(units):
        if not vowel and position and not units[position - 1][1] and _parted(units, position):
            out += "e" if latin in "nrlt" and position == len(units) - 1 else "a"
        out += latin
    return out


def _units(word: str) -> list[tuple[str, bool]]:
    """Sounds of a word: (Latin letters, whether it is a vowel)."""
    units: list[tuple[str, bool]] = []
    position = 0
    while position < len(word):
        letter, following = word[position], word[position + 1 : position + 2]
        first, last = position == 0, position == len(word) - 1
        after_vowel = bool(units) and units[-1][1]
        pair = DIGRAPHS.get(letter + following)
        if pair:
            units.append((pair, False))
            position += 2
            continue
        if first and letter == "ا" and following in ("ي", "و"):
            units.append(("ay" if following == "ي" else "o", True))
            position += 2
            continue
        if letter == following and letter in "وي":
            units.append(("u" if letter == "و" else "ye", True))
            position += 2
            continue
        if letter == "و":
            glide = first or following == "ا" or (after_vowel and following == "ي")
            units.append(("w", False) if glide else ("o", True))
        elif letter == "ي":
            if first and not last:
                units.append(("y", False))
            else:
                units.append(("y" if after_vowel and (last or following in ("ا", "و")) else "i", True))
        elif letter == "ه" and last and not after_vowel:
            units.append(("e", True))
        elif letter == "ه" and last and word.endswith("يه"):
            units[-1] = ("e", True)
        elif letter in "اع":
            units.append(("a", True))
        elif letter == "ف":
            units.append(("v" if not first and (not last or after_vowel) else "f", False))
        else:
            latin = ARABIC.get(letter)
            if latin is None:
                return []
            if latin:
                units.append((latin, False))
        position += 1
    return units


def _parted(units: list[tuple[str, bool]], position: int) -> bool:
    """Whether a vowel belongs between a consonant and the one before it, where none is written."""
    latin, before = units[position][0], units[position - 1][0]
    run = 1
    while run <= position and not units[position - run][1]:
        run += 1
    opens, closes = run > position, position == len(units) - 1
    if run == 2 and opens:
        return not (latin in "rl" and before in ONSETS) and not (before in ("s", "sh") and latin in "tpkmnvl")
    if run == 2 and closes:
        return before not in "rlnm" and latin not in ("t", "s", "z", "d", "g", "k")
    if run >= 3:
        return latin not in "tsdkz" if closes else latin not in "rl"
    return False
