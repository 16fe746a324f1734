"""Texts made to be slow to read: each is one thing that news has a little of, without end.

`python -m tests.faults.slow [--bytes N] [NAME ...]` measures processor time and memory of each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import cache

from orchestration.extract.packs import PACKS, installed_packs, read_table

MEGABYTE = 1_000_000

# What a text begins with, so that it is read with the pack of its language.
OPENINGS = {
    "ar": "اتفق وزير الخارجية مع نظيره على التعاون بين البلدين في مجال الطاقة والتجارة.\n",
    "en": "The two countries signed an agreement on cooperation in trade and energy after talks in the capital.\n",
    "kk": "Екі ел арасындағы ынтымақтастық туралы келісімге қол қойылды, деп хабарлады Сыртқы істер министрлігі.\n",
    "ru": "Стороны подписали соглашение о сотрудничестве в области торговли и энергетики, сообщили в министерстве.\n",
    "tr": "İki ülke arasında ticaret ve enerji alanında iş birliği anlaşması imzalandı, görüşmeler sürüyor.\n",
}


@cache
def phrases(code: str, concept: str = "") -> list[str]:
    """Every phrase of a pack's own lexicon (of concepts that begin like this), without its marks."""
    with (PACKS / f"{code}.toml").open("rb") as source:
        concepts = tomllib.load(source)["concepts"]
    found = {
        " ".join(word.strip("=*") for word in phrase.split() if word.strip("=*_"))
        for name, some in concepts.items()
        if name.startswith(concept)
        for phrase in some
    }
    return sorted(found - {""})


@cache
def names() -> list[str]:
    """Countries and office-holders as the reference tables spell them."""
    return [row["name"] for table in ("countries.csv", "people.csv") for row in read_table(table)]


Words = Callable[[random.Random, str], Iterator[str]]


def soup(chance: random.Random, code: str) -> Iterator[str]:
    """The lexicon in any order, no sentence ever ending."""
    while True:
        yield chance.choice(phrases(code)) + " "


def soup_in_sentences(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield " ".join(chance.choice(phrases(code)) for _ in range(chance.randint(1, 30))) + ".\n"


def soup_with_commas(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield chance.choice(phrases(code)) + chance.choice([", ", " ", "; ", ' "', '" ', " (", ") ", " – "])


def soup_with_numbers(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield f"{chance.choice(phrases(code))} {chance.randint(0, 10 ** chance.randint(1, 12))} "


def soup_with_names(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield f"{chance.choice(phrases(code))} {chance.choice(names())} "


def offices_with_new_names(chance: random.Random, code: str) -> Iterator[str]:
    """Each sentence another unknown minister: the registry of people grows without end."""
    offices, countries = phrases(code, "OFFICE|"), [row["name"] for row in read_table("countries.csv")]
    while True:
        name = " ".join(new_name(chance) for _ in range(2))
        yield f"{chance.choice(countries)} {chance.choice(offices)} {name} {chance.choice(phrases(code))}.\n"


def new_name(chance: random.Random) -> str:
    return "".join(chance.choice("bdgkmnrst") + chance.choice("aeiou") for _ in range(chance.randint(2, 5))).capitalize()


def sentences_of_names(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield " ".join(chance.choice(names()) for _ in range(chance.randint(2, 12))) + ". "


def endless(*parts: str) -> Words:
    """One or a few strings over and over."""

    def words(chance: random.Random, code: str) -> Iterator[str]:
        while True:
            yield from parts

    return words


def numbers(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield f"{chance.randint(0, 10 ** chance.randint(1, 12)):,}{chance.choice([', ', ' ', ' – ', '-', '. ', ' $', ' € '])}"


def dates(chance: random.Random, code: str) -> Iterator[str]:
    while True:
        yield f"{chance.randint(1, 31)}.{chance.randint(1, 13)}.{chance.randint(1900, 2050)}{chance.choice([' – ', ', ', '. ', ' '])}"


def any_characters(chance: random.Random, code: str) -> Iterator[str]:
    """Anything Unicode has, but surrogates."""
    while True:
        yield chr(chance.choice([*range(0x20, 0x250), chance.randint(0x300, 0xD7FF), chance.randint(0xE000, 0x1F9FF)]))


WORDS: dict[str, Words] = {
    "soup": soup,
    "soup in sentences": soup_in_sentences,
    "soup with commas": soup_with_commas,
    "soup with numbers": soup_with_numbers,
    "soup with names": soup_with_names,
    "offices with new names": offices_with_new_names,
    "sentences of names": sentences_of_names,
}
SIGNS: dict[str, Words] = {
    "numbers": numbers,
    "dates": dates,
    "any characters": any_characters,
    "one word": endless("a"),
    "one capital word": endless("Ağ"),
    "one number": endless("7"),
    "grouped number": endless("123."),
    "numbers with points and commas": endless("1,2.3,4."),
    "short words": endless("a "),
    "apostrophes": endless("a'"),
    "hyphens": endless("a-"),
    "only hyphens": endless("-"),
    "open quotes": endless("«“„"),
    "nested quotes": endless("« a “ b ", "” c » "),
    "open brackets": endless("("),
    "commas": endless(","),
    "points": endless("."),
    "points and capitals": endless("A. "),
    "question marks": endless("?!"),
    "spaces": endless(" "),
    "line breaks": endless("a\n"),
    "carriage returns": endless("\r\n"),
    "combining marks": endless("\u0301"),
    "combining marks on a letter": endless("e", *["\u0323\u0301"] * 500),
    "right-to-left overrides": endless("\u202eab\u202c "),
    "zero-width": endless("a\u200b\u200d"),
    "emoji": endless("👩‍👩‍👧‍👦 "),
    "flags": endless("🇰🇿🇹🇷"),
    "arabic prefixes": endless("والبكوالبكوال "),
    "arabic digits": endless("٧٬٤٠٠٬٠٠٠ "),
    "currency signs": endless("$€"),
    "sums": endless("$5,000,000 "),
    "per cent": endless("5% "),
    "web addresses": endless("https://a.example/?q=1&r=2 "),
    "mail addresses": endless("a.b@c.example, "),
    "html": endless("<div><p>", "</p></div>"),
    "jinja": endless("{{ 1 }}{% x %}"),
    "header dates": endless("date 2025-08-25 x\n"),
    "datelines": endless("ASTANA, Aug 25 (Xinhua) -- x\n"),
}


def case_names() -> list[str]:
    return [f"{name}, {code}" for name in WORDS for code in installed_packs() if code in OPENINGS] + list(SIGNS)


def text_of(name: str, size: int) -> str:
    """The text of a case: `size` bytes of UTF-8 at most, the same at each call."""
    kind, _, code = name.rpartition(", ")
    words = WORDS[kind] if kind in WORDS else SIGNS[name]
    language = code if kind in WORDS else "en"
    parts, length = [OPENINGS[language]], len(OPENINGS[language].encode())
    for word in words(random.Random(name), language):
        length += len(word.encode())
        if length > size:
            break
        parts.append(word)
    return "".join(parts)


def measure(name: str, size: int) -> dict[str, float]:
    """Seconds of processor time and megabytes at the peak for one case, in this process, its pack loaded before."""
    from orchestration.extract.pipeline import Extractor

    extractor = Extractor()
    text = text_of(name, size)
    extractor.extract(text[:500], "d-0")
    began = time.process_time()
    extractor.extract(text, "d-0")
    scale = 1 if sys.platform == "darwin" else 1024
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1024 / 1024
    return {"seconds": time.process_time() - began, "megabytes": megabytes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="cases; all if none is given")
    parser.add_argument("--bytes", type=int, default=MEGABYTE)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.names[0], given.bytes)))
        return
    worst: dict[str, float] = {"seconds": 0, "megabytes": 0}
    names = given.names or case_names()
    for name in names:
        command = [sys.executable, "-m", "tests.faults.slow", "--one", "--bytes", str(given.bytes), name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        except subprocess.TimeoutExpired:
            print(f"{name:40} more than 300 s", flush=True)
            continue
        except subprocess.CalledProcessError as error:
            print(f"{name:40} {error.stderr.strip().splitlines()[-1]}", flush=True)
            continue
        figures = json.loads(done.stdout)
        worst = {key: max(worst[key], figures[key]) for key in worst}
        print(f"{name:40} {figures['seconds']:6.2f} s {figures['megabytes']:6.0f} MB", flush=True)
    print(f"{len(names)} cases of {given.bytes:,} bytes; most: {worst['seconds']:.2f} s, {worst['megabytes']:.0f} MB")


if __name__ == "__main__":
    main()
