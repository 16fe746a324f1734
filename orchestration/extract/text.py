"""Letters and tokens: the only code that looks at characters. Offsets always refer to the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# A number with its groups, a word with inner apostrophes (Astana'da, Xi'an) and combining marks, or any other single character.
# Every alternative is linear: no nested repetition over the same characters. A word is cut at 60 letters, a number at 40
# digits: a longer one is no word of any language.
APOSTROPHES = "'’ʼʻ‘`´ʹ"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f"
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}]){{0,60}}"
# Grammar written onto a number: 2030'a, 10-шы.
_NUMBER = rf"\d{{1,40}}(?:[.,٫٬]\d{{1,40}}){{0,12}}(?:[{APOSTROPHES}]{_LETTER}{{1,8}}|-[\u0400-\u052f]{{1,6}})?"
TOKEN = re.compile(rf"{_NUMBER}|{_WORD}(?:[{APOSTROPHES}]{_WORD}){{0,4}}|\s+|[{_MARKS}]{{1,60}}|.", re.DOTALL)
NUMBER_PARTS = re.compile(r"([\d.,٫٬]*\d)(?:[^\d\w]?(\w+))?$")
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
)

# Arabic: vowel signs, tatweel and letter variants that writers use interchangeably.
ARABIC_VARIANTS = str.maketrans("أإآٱىیکةۀ", "ااااييكهه")
HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed]")
FOLDED_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
# Letters of another script that look the same, as scanners and mixed keyboards produce them.
LATIN_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXyiI", "асеорхуАВСЕНКМОРТХуіІ")


def tokenize(text: str) -> tuple[list[str], list[int], list[int], list[int]]:
    """Split a text into tokens without white space.

    Returns the tokens, their start offsets, their end offsets, and for each token how many line breaks stand before it
    (after the token before it).
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    pending = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        if token.isspace():
            pending += token.replace("\r\n", "\n").count("\n") + token.count("\u2029")
            continue
        if ord(token[0]) in INVISIBLE:
            continue
        words.append(token)
        starts.append(match.start())
        ends.append(match.end())
        breaks.append(pending)
        pending = 0
    return words, starts, ends, breaks


@lru_cache(maxsize=200_000)
def normalize(word: str) -> str:
    """Comparable form of a word: one spelling for what writers, keyboards and cases vary.

    Dotted and dotless i are one letter here in every language: "BAKANI" and "bakanı" must meet, and no lexicon needs them apart.
    """
    word = unicodedata.normalize("NFC", word).translate(INVISIBLE).translate(FOLDED_APOSTROPHE)
    word = word.lower().replace("i\u0307", "i").replace("ı", "i").replace("ё", "е")
    if "\u0600" <= word[:1] <= "\u06ff":
        word = HARAKAT.sub("", word).translate(ARABIC_VARIANTS)
    return word


def strip_accents(word: str) -> str:
    """Latin letters without their marks: Erdoğan → Erdogan; other scripts unchanged."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f") if script_of(word) == "Latin" else word


@lru_cache(maxsize=50_000)
def script_of(word: str) -> str | None:
    """Latin, Cyrillic or Arabic by the majority of the letters; None for others and for no letters."""
    counts: Counter[str] = Counter()
    for char in word:
        if char.isalpha():
            point = ord(char)
            if point < 0x250 or 0x1E00 <= point < 0x1F00:
                counts["Latin"] += 1
            elif 0x400 <= point < 0x530:
                counts["Cyrillic"] += 1
            elif 0x600 <= point < 0x780 or 0xFB50 <= point < 0xFF00:
                counts["Arabic"] += 1
            else:
                counts["Other"] += 1
    if not counts:
        return None
    script = counts.most_common(1)[0][0]
    return None if script == "Other" else script


@lru_cache(maxsize=50_000)
def repair_mixed_script(word: str) -> str:
    """A Cyrillic word whose Latin letters are all look-alikes, in Cyrillic throughout; other words unchanged."""
    latin = [char for char in word if "a" <= char.lower() <= "z"]
    if latin and any("\u0400" <= char < "\u0530" for char in word) and all(ord(char) in LATIN_TO_CYRILLIC for char in latin):
        return word.translate(LATIN_TO_CYRILLIC)
    return word


def parse_number(token: str, decimal: str) -> float | None:
    """Value of a token of digits and marks, by the language's decimal mark; Arabic-Indic digits included.

    A mark followed by exactly three digits groups thousands unless it is the language's decimal mark and occurs once; a mark that
    occurs twice always groups. None for what is no number (dates such as 12.05.2024, versions).
    """
    plain = "".join(
        str(unicodedata.decimal(char)) if char.isdigit() and unicodedata.decimal(char, None) is not None else char for char in token
    )
    plain = plain.replace("٫", ".") if "٫" in plain else plain
    plain = plain.replace("٬", "")
    parts = re.split(r"[.,]", plain)
    if not all(part.isdigit() and part.isascii() for part in parts) or len(plain) > 30:
        return None
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return float(plain)
    if len(marks) == 1:
        groups = len(parts[1]) == 3 and len(parts[0]) <= 3 and parts[0] != "0" and (marks[0] != decimal or "٫" in token)
        if "٫" in token:
            groups = False
        return float(parts[0] + parts[1]) if groups else float(f"{parts[0]}.{parts[1]}")
    if len(set(marks)) == 1:
        return float("".join(parts)) if all(len(part) == 3 for part in parts[1:]) else None
    if marks[-1] not in marks[:-1] and all(len(part) == 3 for part in parts[1:-1]):
        return float("".join(parts[:-1]) + "." + parts[-1])
    return None
