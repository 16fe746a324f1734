"""A stable Latin spelling for names that no table knows."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from orchestration.extract.packs import Pack
from orchestration.extract.text import script_of, strip_accents

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
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "", "ئ": "i", "ؤ": "u", "پ": "p", "چ": "ch", "گ": "g", "ڤ": "v", "ژ": "zh",
}  # fmt: skip
VOWELS = frozenset("aeiouy")


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
    return all(any(_alike(a, b) for b in long) for a in short)


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 2:
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
    if script == "Arabic":
        return _capital(_arabic(pack.normalize(word)))
    return ""


def _capital(latin: str) -> str:
    return latin[:1].upper() + latin[1:]


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
    """Consonants with an a between those that cannot stand together: short vowels are not written."""
    out = ""
    for letter in word:
        latin = ARABIC.get(letter, "")
        if out and latin and out[-1] not in VOWELS and latin[0] not in VOWELS:
            out += "a"
        out += latin
    return out
