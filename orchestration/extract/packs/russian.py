"""Inflected forms of Russian names for the base file (build time only; needs pymorphy3).

Russian endings depend on gender, number and stress class of each word, so the forms are listed instead of being stripped by suffix.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pymorphy3

CASES = {
    "nom": ("nomn",),
    "gen": ("gent", "gen2"),
    "dat": ("datv",),
    "acc": ("accs",),
    "ins": ("ablt",),
    "loc": ("loct", "loc2"),
}
RUSSIAN = re.compile(r"^[А-Яа-яЁё'’\-– .]+$")
INVARIANT_ENDINGS = tuple("оеёуюиыэ")
# Known to the dictionary only as something else, or declined by it against usage.
INVARIANT = frozenset(
    [
        "алматы",
        "токио",
        "баку",
        "тбилиси",
        "сочи",
        "осло",
        "дели",
        "чили",
        "перу",
        "конго",
        "сомали",
        "мали",
        "гаити",
        "фиджи",
        "марокко",
        "монако",
        "сан-марино",
        "бурунди",
        "зимбабве",
        "джибути",
        "тимор-лесте",
        "науру",
        "палау",
        "кирибати",
        "самоа",
        "кюрасао",
        "порту-рику",
        "коста-рики",
        "пуэрто-рико",
        "сьерра-леоне",
        "сан-томе",
        "тонга-фоли",
        "ханты",
        "тенге",
        "сом",
        "лари",
        "драм",
        "манат",
        "евро",
        "песо",
        "сомони",
        "батл",
        "вону",
        "динаро",
        "эскудо",
        "рэнд-фикс",
        "колорадо",
        "актау",
        "атырау",
        "актобе",
        "давос-плац",
        "кот-д'ивуар-фикс",
    ]
)
ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")


class RussianForms:
    """Case forms of names of one or several words."""

    def __init__(self) -> None:
        self.morph = pymorphy3.MorphAnalyzer()

    def forms(self, name: str) -> dict[str, list[str]]:
        """Case → forms of a name in the nominative, in lower case. A word that does not change is repeated in every case."""
        words = name.split()
        head = self._head(words)
        number = "plur" if head is not None and self._is_plural(words[head]) else "sing"
        made: dict[str, list[str]] = {}
        for case in CASES:
            row = [
                self._word(word, case, number) if head is not None and self._changes(words, position, head) else word.lower()
                for position, word in enumerate(words)
            ]
            made[case] = [" ".join(row)]
        return made

    def _head(self, words: list[str]) -> int | None:
        """Position of the first noun: what follows it is a complement (Республика Казахстан) unless joined by "и"."""
        for position, word in enumerate(words):
            if not self._is_adjective(word):
                return position if word[0].isalpha() else None
        return len(words) - 1 if words else None

    def _changes(self, words: list[str], position: int, head: int) -> bool:
        if position <= head:
            return True
        # "Сербия и Черногория", "Тринидад и Тобаго": both change.
        joined = words[position - 1].lower() == "и" or (position + 1 < len(words) and words[position].lower() == "и")
        after_and = any(word.lower() == "и" for word in words[head + 1 : position])
        return (joined and words[position].lower() != "и") or (after_and and position == len(words) - 1)

    def _is_adjective(self, word: str) -> bool:
        return word.lower().endswith(ADJECTIVE_ENDINGS) and any(
            parse.tag.POS in ("ADJF", "PRTF") and "nomn" in parse.tag for parse in self.morph.parse(word.lower())
        )

    def _is_plural(self, word: str) -> bool:
        parses = self.morph.parse(word.lower())
        nouns = [p for p in parses if p.is_known and p.tag.POS == "NOUN" and "nomn" in p.tag]
        if any("Geox" in p.tag for p in nouns):
            nouns = [p for p in nouns if "Geox" in p.tag]
        return bool(nouns) and all(p.tag.number == "plur" for p in nouns)

    def _word(self, word: str, case: str, number: str) -> str:
        lower = word.lower()
        if word.isupper() and len(word) > 1:
            return lower
        if self._is_adjective(lower):
            for parse in self.morph.parse(lower):
                if parse.tag.POS in ("ADJF", "PRTF") and "nomn" in parse.tag:
                    tags = {CASES[case][0]} | ({"inan"} if case == "acc" and parse.tag.gender in (None, "masc") else set())
                    form = parse.inflect(tags) or parse.inflect({CASES[case][0]})
                    if form is not None:
                        return str(form.word)
        if lower in INVARIANT:
            return lower
        known = [p for p in self.morph.parse(lower) if p.is_known and p.tag.POS == "NOUN" and "nomn" in p.tag]
        geographic = [p for p in known if "Geox" in p.tag]
        common = [p for p in known if "Name" not in p.tag and "Surn" not in p.tag]
        for parse in geographic or common:
            if parse.tag.number == number or (parse.tag.number is None):
                form = parse.inflect({CASES[case][0]})
                if form is not None:
                    return str(form.word)
        if "-" in lower and not geographic:
            front, _, last = lower.rpartition("-")
            return f"{front}-{self._word(last, case, number)}"
        return by_ending(lower, case)

    def plural_forms(self, name: str) -> dict[str, list[str]]:
        """Case → singular and plural forms of a noun phrase that counts (доллар США, казахстанский тенге)."""
        words = name.split()
        made = self.forms(name)
        head = self._head(words)
        if head is None:
            return made
        for case in CASES:
            row = []
            for position, word in enumerate(words):
                parses = [
                    p for p in self.morph.parse(word.lower()) if "nomn" in p.tag and p.tag.POS in ("ADJF", "NOUN") and p.is_known
                ]
                parses.sort(key=lambda p: ("Name" in p.tag, "Surn" in p.tag))
                form = parses[0].inflect({CASES[case][0], "plur"}) if parses and position <= head else None
                row.append(str(form.word) if form is not None else word.lower())
            text = " ".join(row)
            if text not in made[case]:
                made[case].append(text)
        return made

    def extend(self, base: dict[str, Any], reference: Path) -> None:
        """Add the section "inflected" to the base file of Russian."""
        base["inflected"] = {
            "countries": {code: self._all(names) for code, names in base["countries"].items()},
            "cities": {
                name: self._all(spellings) for name, spellings in russian_names(reference / "cities.csv", base["cities"]).items()
            },
            "months": {
                month: self._all([name for name in names if self._is_nominative(name)]) for month, names in base["months"].items()
            },
            "weekdays": {day: self._all(names) for day, names in base["weekdays"].items()},
            "currencies": {
                code: self._merge([self.plural_forms(names[0])])
                for code, names in base["currencies"].items()
                if RUSSIAN.match(names[0])
            },
        }
        for kind in ("organisations", "people"):
            table = reference / f"{kind}.csv"
            if table.exists():
                key = "code" if kind == "organisations" else "name"
                made = {name: self._all(spellings) for name, spellings in russian_names(table, {}, key=key).items()}
                base["inflected"][kind] = {name: cases for name, cases in made.items() if cases}
        for factor, words in base["scale"].items():
            spelled = [word for word in words if RUSSIAN.match(word) and len(word) > 4]
            if spelled:
                forms = self.plural_forms(self.morph.parse(spelled[0])[0].normal_form)
                base["scale"][factor] = list(dict.fromkeys([*words, *(form for case in forms.values() for form in case)]))
        for value, words in base["numbers"].items():
            base["numbers"][value] = list(dict.fromkeys([*words, *(form for word in words for form in self._numeral(word))]))

    def _numeral(self, word: str) -> list[str]:
        for parse in self.morph.parse(word):
            if parse.tag.POS in ("NUMR", "ADJF", "NOUN") and parse.is_known and "nomn" in parse.tag:
                return [str(form.word) for form in parse.lexeme if form.tag.POS == parse.tag.POS and "COMP" not in form.tag]
        return []

    def _is_nominative(self, word: str) -> bool:
        return (any("nomn" in parse.tag and parse.is_known for parse in self.morph.parse(word)) and len(word) > 4) or word in (
            "май",
            "март",
        )

    def _all(self, names: list[str]) -> dict[str, list[str]]:
        return self._merge([self.forms(name) for name in names if RUSSIAN.match(name)])

    def _merge(self, parts: list[dict[str, list[str]]]) -> dict[str, list[str]]:
        made: dict[str, list[str]] = {case: [] for case in CASES} if parts else {}
        for forms in parts:
            for case, words in forms.items():
                made[case] += [word for word in words if word not in made[case]]
        return made


def by_ending(word: str, case: str) -> str:
    """Form of a foreign name that no dictionary knows, by its last letter; masculine for a consonant, feminine for -а and -я."""
    if case == "nom" or word.endswith(INVARIANT_ENDINGS) or not word[-1].isalpha():
        return word
    stem, last = word[:-1], word[-1]
    if last == "а":
        soft = stem.endswith(("г", "к", "х", "ж", "ч", "ш", "щ"))
        hush = stem.endswith(("ж", "ч", "ш", "щ", "ц"))
        return stem + {"gen": "и" if soft else "ы", "dat": "е", "acc": "у", "ins": "ей" if hush else "ой", "loc": "е"}[case]
    if last == "я":
        i = stem.endswith("и")
        return stem + {"gen": "и", "dat": "и" if i else "е", "acc": "ю", "ins": "ей", "loc": "и" if i else "е"}[case]
    if last == "й":
        return stem + {"gen": "я", "dat": "ю", "acc": "й", "ins": "ем", "loc": "и" if stem.endswith("и") else "е"}[case]
    if last == "ь":
        return stem + {"gen": "я", "dat": "ю", "acc": "ь", "ins": "ем", "loc": "е"}[case]
    hush = last in "жчшщц"
    return word + {"gen": "а", "dat": "у", "acc": "", "ins": "ем" if hush else "ом", "loc": "е"}[case]


def russian_names(path: Path, more: dict[str, list[str]], *, key: str = "name") -> dict[str, list[str]]:
    """Row name → its Russian spelling (by the tables' convention the first Cyrillic alias) and those of `more`."""
    made: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row.get("kind") == "residence":
                continue
            own = [alias for alias in (row.get("aliases") or "").split("|") if RUSSIAN.match(alias)][:1]
            names = list(dict.fromkeys([*made.get(row[key], []), *own, *more.get(row[key], [])]))
            names = [name for name in names if RUSSIAN.match(name)]
            if names:
                made[row[key]] = names
    return made
