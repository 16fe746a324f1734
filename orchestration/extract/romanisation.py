"""A stable Latin spelling for names that no table knows."""

from __future__ import annotations

import unicodedata

from orchestration.extract.packs import Pack
from orchestration.extract.text import script_of

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
