"""Load a language pack: hand-written TOML + generated CLDR JSON + reference tables → a lexicon of phrases.

The format is described in packs/README.md. What is not understood is an error, never skipped.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import itertools
import json
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from orchestration.extract.morphology import Reading, Recognizer, Suffixes
from orchestration.extract.romanisation import learned_spellings
from orchestration.extract.text import TOKEN, normalize, script_of, strip_accents

HERE = Path(__file__).parent
PACKS = HERE / "packs"
REFERENCE = HERE / "reference"

PLAIN_CONCEPTS = frozenset(
    [
        "HALF",
        "PERCENT",
        "UNIT",
        "RANGE",
        "ALSO_KNOWN",
        "SAME_DAY",
        "RECALLED",
        "BE_THERE",
        "AMENDS",
        "INTERVIEWED",
        "OPENED",
        "NEXT_DAY",
        "DAY_BEFORE",
        "SAME_YEAR",
        "SAME_PERIOD",
        "UNION",
        "YEAR_BEFORE",
        "YEAR_UNIT",
        "MONTH_UNIT",
        "DAY_UNIT",
        "WEEK_UNIT",
        "DECADE_END",
        "FIRST",
        "SINCE_BEFORE",
        "SINCE_AFTER",
        "UNTIL_BEFORE",
        "UNTIL_AFTER",
        "BETWEEN",
        "TRADE",
        "AIM",
        "EXPORT",
        "IMPORT",
        "INVEST",
        "INVEST_PLANNED",
        "PROJECT",
        "GRANT",
        "LOAN",
        "FINANCE",
        "VALUE",
        "DOMESTIC",
        "CHANGE_BY",
        "SIGN",
        "SIGN_PLANNED",
        "RATIFY",
        "IN_FORCE",
        "TERMINATE",
        "INITIAL",
        "PLANNED",
        "NEGATION",
        "CONDITIONAL",
        "HISTORY",
        "MEET",
        "MEET_PLANNED",
        "RECEIVE",
        "TALKS",
        "SEPARATE",
        "VISIT",
        "VISIT_PLANNED",
        "PHONE",
        "VIDEO",
        "LETTER",
        "FORUM",
        "SIDELINES",
        "INVITE",
        "ANAPHOR",
        "ACCEPT",
        "TWO_COUNTRIES",
        "SIDES",
        "HOME",
        "COUNTERPART",
        "DELEGATION",
        "FORMER",
        "HONORIFIC",
        "COMPANY",
        "SUBJECT_OF",
        "CAPITAL",
        "PRONOUN",
        "MEMBER",
        "OBTAIN",
        "BODY",
        "AND",
        "HOME_CAPITAL",
        "LENDER",
        "FIRST_PERSON",
        "CUSTOMER",
        "HELD_OFFICE",
        "THANKS",
        "DENIAL",
        "REACHED",
        "HERE",
        "PORTFOLIO",
        "MORE",
        "ONLY",
        "CALLED_OFF",
        "THERE",
        "THIS",
        "GUEST",
        "WITHIN",
        "YEAR_TO",
        "PRESENT",
        "ONE_OF",
        "ASIDE",
        "BUY",
        "SELL",
        "OWN_COUNTRY",
        "SAID",
        "OPPOSITE",
        "NO_NAME",
        "IGNORE",
    ]
)
VALUED_CONCEPTS = frozenset(
    [
        "NUMBER",
        "SCALE",
        "CURRENCY",
        "BOUND_BEFORE",
        "BOUND_AFTER",
        "MONTH",
        "WEEKDAY",
        "DAY",
        "WEEK",
        "MONTH_OF",
        "YEAR_OF",
        "HALF_YEAR",
        "SEASON",
        "QUARTER",
        "ORDINAL",
        "INSTRUMENT",
        "INSTRUMENT_PLURAL",
        "SEVERAL",
        "SEVERAL_COUNTRIES",
        "REGION",
        "OFFICE",
        "OFFICE_PLURAL",
        "SECTOR",
    ]
)
# Concepts that are names: their first letter must be a capital where the script has capitals.
NAME_CONCEPTS = frozenset({"COUNTRY", "CITY", "ORGANISATION", "PERSON", "SURNAME", "AGENCY", "STATE_LENDER"})
UPPER_CONCEPTS = NAME_CONCEPTS | {"CURRENCY", "SECTOR"}  # an acronym of these is written in capitals: "A$" is no "a $5 note"
ROLES = frozenset({"source", "goal", "place", "with", "owner", "agent", "like"})


class PackError(ValueError):
    """A pack or reference table says something the engine does not understand."""


class Ending(NamedTuple):
    """What a phrase stands for, and the grammar that the phrase itself carries."""

    concept: str
    tags: frozenset[str]
    upper: bool  # an acronym: the text must have it in capitals


@dataclass
class Node:
    children: dict[str, Node] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """An office-holder of the reference table: one term of one person."""

    name: str
    country: str
    role: str
    term_start: dt.date | None
    term_end: dt.date | None


@dataclass
class Pack:
    """One language, ready to read text.

    root: trie of phrases over lexicon keys. roles: word tuples in front of / behind a noun phrase → role.
    """

    code: str
    scripts: tuple[str, ...]
    decimal: str
    capitals: bool
    recognizer: Recognizer
    root: Node
    case_roles: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]
    abbreviations: frozenset[str]
    transliteration: dict[str, Transliteration]
    people: dict[str, list[Person]]
    cities: dict[str, str]
    settings: dict[str, Any]
    name_endings: list[tuple[str, frozenset[str], str]] = field(default_factory=list)  # ending, letters it may follow, tag
    name_cases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # case → (its ending, that of the dictionary form)
    spellings: dict[str, str] = field(default_factory=dict)  # words of names whose Latin spelling letters do not tell
    given_names: frozenset[str] = frozenset()  # words of names that the pack lists itself: too common to tell a person alone
    name_articles: dict[str, str] = field(default_factory=dict)  # articles written onto names, and their Latin spelling
    contractions: tuple[str, ...] = ()  # what the dative preposition makes of an article

    def normalize(self, word: str) -> str:
        """Comparable form of a word, brought to the pack's own script."""
        plain = normalize(word)
        if self.transliteration:
            table = self.transliteration.get(script_of(plain) or "")
            if table is not None:
                return table.apply(plain)
        return plain

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Readings of a word as it stands in the text."""
        return self.recognizer.read(self.normalize(word))


@dataclass
class Transliteration:
    """Letters of another script of the same language → the pack's own script, longest first.

    harmony: vowel pairs (back, front) and the letters that mark a front-vowel word, for scripts that write both alike.
    """

    table: list[tuple[str, str]]
    front: dict[str, str] = field(default_factory=dict)
    markers: tuple[str, ...] = ()

    def apply(self, word: str) -> str:
        frontal = any(marker in word for marker in self.markers)
        out: list[str] = []
        position = 0
        while position < len(word):
            for source, target in self.table:
                if word.startswith(source, position):
                    out.append(target)
                    position += len(source)
                    break
            else:
                out.append(word[position])
                position += 1
        spelled = "".join(out)
        return "".join(self.front.get(char, char) for char in spelled) if frontal else spelled


def _with_endings(stem: str, endings: Iterable[str]) -> list[str]:
    """The forms of a stem. An ending "й>яды" takes the place of the stem's last letters, and only of those."""
    forms = []
    for ending in endings:
        last, change, new = ending.partition(">")
        if not change:
            forms.append(stem + ending)
        elif stem.endswith(last):
            forms.append(stem[: -len(last)] + new)
    return forms


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a reference table; raises PackError when it is not there."""
    path = REFERENCE / name
    if not path.exists():
        raise PackError(f"reference table {path} is missing")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def aliases(row: dict[str, str], *columns: str) -> list[str]:
    """The name and every spelling in the `aliases` column ("|"-separated)."""
    names = [row[column] for column in columns if row.get(column)]
    return list(dict.fromkeys(name.strip() for name in [*names, *(row.get("aliases") or "").split("|")] if name.strip()))


def installed_packs() -> list[str]:
    """Codes of the installed languages, sorted."""
    return sorted(path.stem for path in PACKS.glob("*.toml"))


def version_hash() -> str:
    """Hash over the engine's code, packs and reference tables."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *PACKS.glob("*.toml"), *PACKS.glob("*.json"), *REFERENCE.glob("*.csv")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class PackBuilder:
    """Collects phrases into the trie of one pack."""

    def __init__(self, code: str) -> None:
        self.code = code
        path = PACKS / f"{code}.toml"
        with path.open("rb") as source:
            self.toml = tomllib.load(source)
        base = PACKS / f"{code}.base.json"
        self.base: dict[str, Any] = json.loads(base.read_text("utf-8")) if base.exists() else {}
        language, grammar = self.toml["language"], self.toml.get("morphology", {})
        self.scripts = tuple(language["scripts"])
        self.capitals = language.get("capitals", True)
        self.transliteration = self._transliteration(self.toml.get("transliteration", {}))
        self.recognizer = Recognizer(
            suffixes=Suffixes(
                {tag: [normalize(e) for e in endings] for tag, endings in grammar.get("suffixes", {}).items()},
                grammar.get("order", []),
            ),
            prefixes={tag: [normalize(e) for e in texts] for tag, texts in grammar.get("prefixes", {}).items()},
            alternations=[tuple(map(normalize, pair)) for pair in grammar.get("alternations", [])],
            cut=[normalize(e) for e in grammar.get("cut", [])],
            apostrophe_is_suffix=language.get("apostrophe", "suffix") == "suffix",
            fold=dict(grammar.get("fold", [])),
        )
        self.paradigms: dict[str, list[str]] = grammar.get("paradigms", {})
        self.root = Node()
        self.learned: dict[str, str] = {}

    def _transliteration(self, tables: dict[str, Any]) -> dict[str, Transliteration]:
        harmony = tables.get("harmony", {})
        made = {}
        for script, table in tables.items():
            if script == "harmony":
                continue
            pairs = sorted(((normalize(a), b) for a, b in table.items()), key=lambda pair: -len(pair[0]))
            concerned = harmony and harmony.get("script", "Arabic") == script
            made[script] = Transliteration(
                pairs,
                dict(harmony.get("pairs", [])) if concerned else {},
                tuple(normalize(marker) for marker in harmony.get("markers", [])) if concerned else (),
            )
        return made

    def words(self, phrase: str) -> Iterator[str]:
        """The lexicon words of a phrase: normalised, with their marks (=, *, _), without hyphens and quotes."""
        for chunk in phrase.split():
            if chunk in ("_", "__"):
                yield chunk
                continue
            exact, wild = chunk.startswith("="), chunk.endswith("*")
            parts = [token for token in TOKEN.findall(chunk.strip("=*")) if token not in '-‐‑–—"«»“”„'] or [chunk.strip("=*")]
            for number, part in enumerate(parts):
                plain = normalize(part)
                table = self.transliteration.get(script_of(plain) or "")
                if table is not None and script_of(plain) not in self.scripts[:1]:
                    plain = table.apply(plain)
                yield ("=" if exact else "") + plain + ("*" if wild and number == len(parts) - 1 else "")

    def inflected(self, phrase: str) -> list[str]:
        """A phrase with each "stem@paradigm" written out: one phrase for each ending of the paradigm."""
        choices: list[list[str]] = []
        for word in phrase.split():
            stem, mark, paradigm = word.partition("@")
            if mark and paradigm not in self.paradigms:
                raise PackError(f"pack {self.code}: unknown paradigm in {phrase}; known are {sorted(self.paradigms)}")
            choices.append(_with_endings(stem, self.paradigms[paradigm]) if mark and stem else [word])
        return [" ".join(words) for words in itertools.product(*choices)]

    def add(self, concept: str, phrase: str, tags: Iterable[str] = (), *, exact: bool = False) -> None:
        """Enter a phrase. exact: its words take no suffixes (inflected forms)."""
        upper = phrase.isupper() and len(phrase) <= 6 and concept.split("|")[0] in UPPER_CONCEPTS
        node = self.root
        for word in self.words(phrase):
            key = word if word in ("_", "__") else self.recognizer.add("=" + word if exact and not word.startswith("=") else word)
            node = node.children.setdefault(key, Node())
        if node is self.root:
            raise PackError(f"pack {self.code}: empty phrase under {concept}")
        ending = Ending(concept, frozenset(tags), upper)
        if ending not in node.endings:
            node.endings.append(ending)

    def add_name(self, concept: str, name: str) -> None:
        """Enter a name in its own spelling and, in Latin script, without accents; other scripts than the pack's are left out.

        A script that is brought to the pack's own letter by letter spells its own language: "Oş" and "AU" of other languages would be
        found in its common words. Only acronyms and longer names are entered from it, and none where no capital tells a name.
        """
        script = script_of(name)
        if script is None or (script not in self.scripts and script not in self.transliteration):
            return
        own = script in self.scripts
        if not own and (script == "Arabic" or (len(name) < 5 and not name.isupper())):
            return
        self.add(concept, name)
        for article, contracted in self.toml["morphology"].get("contractions", {}).items():
            if name.startswith(article):
                self.add(concept, contracted + name[len(article) :], ("dat",), exact=True)
        plain = strip_accents(name)
        if own and plain != name and len(plain) > 4:
            self.add(concept, plain)

    def build(self) -> Pack:
        language = self.toml["language"]
        self._check_keys()
        self._check_ignored()
        for concept, phrases in self.toml.get("concepts", {}).items():
            head, _, value = concept.partition("|")
            if (head in PLAIN_CONCEPTS and value) or (head in VALUED_CONCEPTS and not value):
                raise PackError(f"pack {self.code}: concept {concept} must{' not' if value else ''} have a value")
            if head not in PLAIN_CONCEPTS and head not in VALUED_CONCEPTS:
                raise PackError(f"pack {self.code}: unknown concept {concept}; see packs/README.md")
            for phrase in phrases:
                for form in self.inflected(phrase):
                    self.add(concept, form)
        self._add_calendar()
        self._add_countries()
        cities = self._add_cities()
        self._add_organisations()
        people = self._add_people()
        roles, romanisation = self.toml.get("roles", {}), self.toml.get("romanisation", {})
        unknown = {role for part in ("before", "after") for role in roles.get(part, {})} - ROLES
        if unknown:
            raise PackError(f"pack {self.code}: unknown roles {sorted(unknown)}; known are {sorted(ROLES)}")
        return Pack(
            code=language["code"],
            scripts=self.scripts,
            decimal=language["decimal"],
            capitals=self.capitals,
            recognizer=self.recognizer,
            root=self.root,
            case_roles=dict(roles.get("case", {})),
            contractions=tuple(self.toml["morphology"].get("contractions", {}).values()),
            before={" ".join(self.words(word)): role for role, words in roles.get("before", {}).items() for word in words},
            after={" ".join(self.words(word)): role for role, words in roles.get("after", {}).items() for word in words},
            abbreviations=frozenset(normalize(word) for word in language.get("abbreviations", [])),
            transliteration=self.transliteration,
            people=people,
            cities=cities,
            settings=language,
            name_endings=[
                (normalize(ending), frozenset(letters), tag)
                for tag, endings in self.toml.get("morphology", {}).get("name_endings", {}).items()
                for ending, letters in endings
            ],
            name_cases={
                case: [(normalize(ending), normalize(own)) for ending, own in pairs]
                for case, pairs in self.toml.get("morphology", {}).get("name_cases", {}).items()
            },
            spellings={**self.learned, **{normalize(word): latin for word, latin in romanisation.items()}},
            given_names=frozenset(map(normalize, romanisation)),
            name_articles=language.get("name_articles", {}),
        )

    def _check_keys(self) -> None:
        unknown = set(self.toml) - {
            "language",
            "morphology",
            "roles",
            "concepts",
            "names",
            "transliteration",
            "romanisation",
        }
        if unknown:
            raise PackError(f"pack {self.code}: unknown sections {sorted(unknown)}; see packs/README.md")

    def _check_ignored(self) -> None:
        """A phrase cannot both mean something and mean nothing: it would mean nothing, without a word."""
        concepts = self.toml.get("concepts", {})
        ignored = {phrase.removeprefix("=") for phrase in concepts.get("IGNORE", [])}
        for concept, phrases in concepts.items():
            both = [p for p in phrases if p.removeprefix("=") in ignored] if concept not in ("IGNORE", "NO_NAME") else []
            if both:
                raise PackError(f"pack {self.code}: {both} stand under IGNORE and under {concept}; take them out of one of the two")

    def _add_calendar(self) -> None:
        for key, concept in (
            ("months", "MONTH"),
            ("weekdays", "WEEKDAY"),
            ("currencies", "CURRENCY"),
            ("scale", "SCALE"),
            ("numbers", "NUMBER"),
        ):
            for value, words in self.base.get(key, {}).items():
                for word in words:
                    if any(char.isalpha() or unicodedata.category(char) == "Sc" for char in word):
                        exact = concept == "NUMBER" and self.toml["language"].get("exact_numbers", False)
                        exact = exact or (concept == "MONTH" and word.endswith("."))  # an abbreviation takes no grammar
                        self.add(f"{concept}|{value}", word.strip("."), exact=exact)
        self._add_inflected("months", "MONTH")
        self._add_inflected("weekdays", "WEEKDAY")
        self._add_inflected("currencies", "CURRENCY")

    def _add_inflected(self, key: str, concept: str) -> None:
        for value, cases in self.base.get("inflected", {}).get(key, {}).items():
            for case, forms in cases.items():
                for form in forms:
                    self.add(f"{concept}|{value}", form, (case,), exact=True)

    def _add_countries(self) -> None:
        names = self.toml.get("names", {})
        for source, concept in ((self.base.get("countries", {}), "COUNTRY"), (names.get("countries", {}), "COUNTRY")):
            for country, spellings in source.items():
                for name in spellings:
                    self.add_name(f"{concept}|{country}", name)
        for source in (self.base.get("languages", {}), names.get("demonyms", {})):
            for country, words in source.items():
                for word in words:
                    self.add(f"DEMONYM|{country}", word)
        if self.scripts[0] == "Latin":
            for row in read_table("countries.csv"):
                self.add_name(f"COUNTRY|{row['code']}", row["name"])
        self._add_inflected("countries", "COUNTRY")

    def _add_cities(self) -> dict[str, str]:
        cities: dict[str, str] = {}
        residences: dict[str, str] = {}
        extra = self.toml.get("names", {}).get("cities", {})
        base = self.base.get("cities", {})
        for row in read_table("cities.csv"):
            name = row["name"]
            if row.get("kind") == "residence":
                residences[name] = row.get("city", "")
                city = row.get("city") or name
            else:
                city = name
                cities[name] = row["country"]
            for spelling in [
                *aliases(row, "name"),
                *(base.get(name, []) if row.get("kind") != "residence" else []),
                *extra.get(name, []),
            ]:
                self.add_name(f"CITY|{city}", spelling)
        for city in self.base.get("inflected", {}).get("cities", {}):
            if city in cities:
                for case, forms in self.base["inflected"]["cities"][city].items():
                    for form in forms:
                        self.add(f"CITY|{city}", form, (case,), exact=True)
        unknown = set(extra) - set(cities) - set(residences)
        if unknown:
            raise PackError(f"pack {self.code}: cities {sorted(unknown)} are not in reference/cities.csv")
        return cities

    def _add_organisations(self) -> None:
        extra = self.toml.get("names", {}).get("organisations", {})
        for row in read_table("organisations.csv"):
            for name in [*aliases(row, "name"), row["code"], *extra.get(row["code"], [])]:
                self.add_name(f"ORGANISATION|{row['code']}", name)
        for row in read_table("agencies.csv"):
            for name in aliases(row, "name"):
                self.add_name(f"AGENCY|{row['country']}", name)
                if row["kind"] == "lender":
                    self.add_name("STATE_LENDER", name)

    def _add_people(self) -> dict[str, list[Person]]:
        people: dict[str, list[Person]] = defaultdict(list)
        spellings: dict[str, list[str]] = defaultdict(list)
        for row in read_table("people.csv"):
            person = Person(row["name"], row["country"], row["role"], _date(row.get("from")), _date(row.get("to")))
            people[person.name].append(person)
            spellings[person.name].extend(aliases(row, "name"))
        for name, more in self.toml.get("names", {}).get("people", {}).items():
            if name not in people:
                raise PackError(f"pack {self.code}: {name} is not in reference/people.csv")
            spellings[name].extend(more)
        if self.scripts[0] == "Arabic":
            written = [
                (spelling, name) for name, known in spellings.items() for spelling in known if script_of(spelling) == "Arabic"
            ]
            self.learned = learned_spellings(dict.fromkeys(written))
        countries = {row["name"] for row in read_table("countries.csv")}
        for name, known in spellings.items():
            for spelling in dict.fromkeys(known):
                parts = spelling.split()
                if "bin" in parts and "Al" in parts[3:]:
                    # "Mohamed bin Zayed" without the name of his house.
                    self.add_name(f"PERSON|{name}", " ".join(parts[: parts.index("Al")]))
                self.add_name(f"PERSON|{name}" if len(parts) > 1 else f"SURNAME|{name}", spelling)
                if len(parts) == 2 and people[name][0].country in EITHER_ORDER:
                    self.add_name(f"PERSON|{name}", f"{parts[1]} {parts[0]}")
                if len(parts) > 1 and len(parts[0]) > 2 and people[name][0].country in GIVEN_NAME_ALONE:
                    self.add_name(f"SURNAME|{name}", parts[0])
                surname = surname_of(parts, people[name][0].country)
                # "Henri of Luxembourg": the name of his country is none of his.
                if len(parts) > 1 and surname and len(surname) > 1 and surname not in countries:
                    self.add_name(f"SURNAME|{name}", surname)
        return dict(people)


# Where the family name comes first and stands alone in later mentions.
EITHER_ORDER = frozenset({"JPN", "HUN"})  # İvaya Takeşi and Takeşi İvaya, Orbán Viktor and Viktor Orbán
GIVEN_NAME_ALONE = frozenset({"MYS", "IDN", "ETH", "ERI", "ISL", "SOM", "MMR"})  # Anwar, Abiy: later mentions by the first name
FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "SGP", "KHM"})


def surname_of(parts: list[str], country: str) -> str | None:
    """The word that a person is called by when only one word is used."""
    if len(parts) < 2:
        return None
    return parts[0] if country in FAMILY_NAME_FIRST else parts[-1]


def _date(text: str | None) -> dt.date | None:
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@cache
def load_pack(code: str) -> Pack:
    """The pack of a language, built once per process. Raises PackError when it is malformed."""
    return PackBuilder(code).build()
