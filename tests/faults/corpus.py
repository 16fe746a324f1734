"""A small made-up corpus and its later editions: news of invented agreements, flows and meetings in two languages."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

PLACES = [
    ("Japan", "Tokyo", "Japonya"),
    ("Turkey", "Ankara", "Türkiye"),
    ("Germany", "Berlin", "Almanya"),
    ("China", "Beijing", "Çin"),
    ("Iran", "Tehran", "İran"),
    ("Italy", "Rome", "İtalya"),
]
TOPICS = ["transport", "energy", "education", "water", "trade", "health", "tourism", "space"]
SOMETHING_ELSE = "The national team won the match in the last minute. Rain is expected in the mountains tomorrow."


def article(chance: random.Random) -> str:
    """One article with zero to four claims; few enough partners and sums that several articles tell of one fact."""
    name, capital, turkish = chance.choice(PLACES)
    day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(300))
    topic, million, count = chance.choice(TOPICS), chance.randint(1, 30) * 5, chance.randint(2, 9)
    sentences = [
        f"Kazakhstan and {name} signed {count} agreements on {topic} in {capital} on {day:%B} {day.day}, {day.year}.",
        f"{name} will provide Kazakhstan with a grant of {million} million US dollars for {topic}.",
        f"Trade turnover between Kazakhstan and {name} reached {million / 10} billion dollars in {day.year - 1}.",
        f"Foreign Minister Murat Nurtleu met with the foreign minister of {name} in {capital} on {day:%B} {day.day}, {day.year}.",
        f"Kazakistan ile {turkish} arasında {topic} alanında iş birliği anlaşması imzalandı.",
        SOMETHING_ELSE,
    ]
    chosen = chance.sample(sentences, chance.randint(1, 4))
    return f"date {day.isoformat()}\n{name} and Kazakhstan: {topic}\n\n" + " ".join(chosen) + "\n"


def write_first_edition(raw: Path, chance: random.Random, documents: int) -> None:
    for number in range(documents):
        put(raw / f"{number % 3}" / f"{number:04}.txt", article(chance))
    put(raw / "empty.txt", "")
    put(raw / "copy.txt", (raw / "0" / "0000.txt").read_text("utf-8"))


def edit(raw: Path, chance: random.Random, share: float = 0.3) -> None:
    """Change, remove, add, copy and rename a share of the files."""
    files = sorted(path for path in raw.rglob("*.txt") if path.name != "empty.txt")
    for number, path in enumerate(chance.sample(files, max(5, int(share * len(files))))):
        what = number % 5
        if what == 0:
            put(path, path.read_text("utf-8").replace("5", "6"))
        elif what == 1:
            path.unlink()
        elif what == 2:
            put(raw / f"new-{chance.randrange(10**6):06}.txt", article(chance))
        elif what == 3:
            put(raw / f"copy-{chance.randrange(10**6):06}.txt", path.read_text("utf-8"))
        else:
            path.rename(raw / f"moved-{chance.randrange(10**6):06}.txt")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
