"""How good extraction is: claims found in texts, compared with gold files that list what a careful reader finds.

A gold file is one JSON object per text: `doc` (the text's file name, beside it), `language`, `published_on`, and the lists
`agreements`, `flows` and `meetings`. A found claim and a gold claim are paired when they say the same thing by the rules below,
best pairs first, each used once. What is paired counts as found; gold claims left over are missed, found ones left over
wrong. Neither counts for a gold claim marked `optional`, nor for a pledge that only repeats the value of an agreement of the
same text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Claim = Mapping[str, Any]

KINDS = ("agreements", "flows", "meetings")
LISTS = {"agreements": "agreement_claims", "flows": "flow_claims", "meetings": "meeting_claims"}
# What two claims must have in common to be one: two points, of several ways to earn them.
ENOUGH = 2
AMOUNT_TOLERANCE = 0.005
NAME_LIKENESS = 0.8


class GoldError(Exception):
    """The gold cannot be read; the text says which file and why."""


@dataclass
class Count:
    """Gold claims found and missed, and claims that no gold claim accounts for."""

    hits: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, hits: int, missed: int, wrong: int) -> None:
        self.hits += hits
        self.missed += missed
        self.wrong += wrong

    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and their harmonic mean. Nothing found and nothing to find is perfect."""
        precision = self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0
        recall = self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Scores:
    """Counts by (language, kind), `all` for the sums; (right, stated) by (kind, attribute); what went wrong, a line each."""

    counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    attributes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    texts: int = 0

    def f1(self, language: str = "all", kind: str = "all") -> float:
        return self.counts[language, kind].figures()[2]

    def attribute_share(self) -> float:
        """Share of the attributes stated in gold that are right, over all claims found."""
        right, total = (sum(pair[position] for pair in self.attributes.values()) for position in (0, 1))
        return right / total if total else 1.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "texts": self.texts,
            "claims": [
                {
                    "language": language,
                    "kind": kind,
                    "found": count.hits,
                    "missed": count.missed,
                    "wrong": count.wrong,
                    **dict(zip(("precision", "recall", "f1"), (round(figure, 4) for figure in count.figures()), strict=True)),
                }
                for (language, kind), count in self.counts.items()
            ],
            "attributes": [
                {"kind": kind, "attribute": name, "right": right, "of": total}
                for (kind, name), (right, total) in self.attributes.items()
            ],
            "errors": self.errors,
        }


def score_folders(folders: Iterable[Path]) -> Scores:
    """Extract every text of these folders that has gold, and compare. Raises GoldError."""
    # Loads the language packs, which takes a moment; everything else in this module does without.
    from orchestration.extract.pipeline import Extractor

    extractor = Extractor()

    def found(text: str, name: str) -> dict[str, list[Claim]]:
        extraction = extractor.extract(text, name)
        return {kind: getattr(extraction, LISTS[kind]) for kind in KINDS}

    return score(read_gold(folders), found)


def read_gold(folders: Iterable[Path]) -> Iterator[tuple[Claim, str]]:
    """(gold, text) of each gold file below the folders, sorted by path. Raises GoldError."""
    for folder in folders:
        if not folder.is_dir():
            raise GoldError(f"There is no folder {folder}.")
        paths = sorted(folder.rglob("*.json"))
        if not paths:
            raise GoldError(f"{folder} holds no gold files: *.json, each beside its text.")
        for path in paths:
            try:
                gold = json.loads(path.read_text("utf-8"))
                missing = {"doc", "language", *KINDS} - set(gold)
                if missing:
                    raise GoldError(f"{path} is no gold file: it lacks {', '.join(sorted(missing))}.")
                yield gold, path.with_name(gold["doc"]).read_text("utf-8")
            except (ValueError, TypeError) as error:
                raise GoldError(f"{path} cannot be read as a gold file: {error}") from error
            except OSError as error:
                raise GoldError(f"The text of {path} cannot be read: {error}") from error


def score(golds: Iterable[tuple[Claim, str]], extract: Callable[[str, str], Mapping[str, Sequence[Claim]]]) -> Scores:
    """Compare gold with what `extract(text, name)` finds: lists of claims, with the columns of the claims schema, by kind."""
    counts: dict[tuple[str, str], Count] = {}
    attributes: dict[tuple[str, str], tuple[int, int]] = {}
    scores = Scores()
    for gold, text in golds:
        scores.texts += 1
        found = extract(text, gold["doc"])
        for kind in KINDS:
            pairs, missed, wrong = align(kind, gold[kind], found[kind])
            pairs = [(one, other) for one, other in pairs if not one.get("optional")]
            missed = [claim for claim in missed if not claim.get("optional") and not restates(kind, claim, gold)]
            wrong = [claim for claim in wrong if not restates(kind, claim, gold)]
            for key in ((gold["language"], kind), (gold["language"], "all"), ("all", kind), ("all", "all")):
                counts.setdefault(key, Count()).add(len(pairs), len(missed), len(wrong))
            for one, other in pairs:
                for name, right in ATTRIBUTES[kind](one, other):
                    so_far = attributes.get((kind, name), (0, 0))
                    attributes[kind, name] = (so_far[0] + bool(right), so_far[1] + 1)
                    if not right:
                        scores.errors.append(f"{gold['doc']} {kind} {name.upper()}: {_short(one)} / {_short(other)}")
            scores.errors.extend(f"{gold['doc']} {kind} MISSED: {_short(claim)}" for claim in missed)
            scores.errors.extend(f"{gold['doc']} {kind} WRONG: {_short(claim)}" for claim in wrong)
    order = (*KINDS, "all")
    scores.counts = {key: counts[key] for key in sorted(counts, key=lambda key: (key[0] == "all", key[0], order.index(key[1])))}
    scores.attributes = dict(sorted(attributes.items()))
    return scores


def _short(claim: Claim) -> str:
    return json.dumps({name: value for name, value in claim.items() if value not in (None, [])}, ensure_ascii=False, default=str)


def align(kind: str, golds: Sequence[Claim], found: Sequence[Claim]) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """(pairs, gold claims left over, found claims left over): the pair with the most points first, each claim used once."""
    candidates = [
        (points, position, place)
        for position, gold in enumerate(golds)
        for place, claim in enumerate(found)
        if (points := POINTS[kind](gold, claim)) >= ENOUGH
    ]
    # Among equals, the order of the text decides.
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1], candidate[2]))
    taken: dict[int, int] = {}
    for _, position, place in candidates:
        if position not in taken and place not in taken.values():
            taken[position] = place
    pairs = [(golds[position], found[place]) for position, place in taken.items()]
    return (
        pairs,
        [gold for position, gold in enumerate(golds) if position not in taken],
        [claim for place, claim in enumerate(found) if place not in taken.values()],
    )


def agreement_points(gold: Claim, claim: Claim) -> int:
    """Two parties in common and the same status; then words (2), kind, count, amount."""
    if shared(gold["parties"], claim["parties"]) < 2 or gold["status"] != claim["status"]:
        return 0
    points = 2 * same_words(gold["evidence"], claim["evidence"])
    points += gold["kind"] == claim["kind"]
    points += gold["count"] == claim["instrument_count"]
    points += gold["amount"] is not None and same_amount(claim["amount"], gold["amount"])
    return points


def flow_points(gold: Claim, claim: Claim) -> int:
    """The same type, amount and currency; then both countries (2), words."""
    if gold["type"] != claim["flow_type"] or gold["currency"] != claim["currency"]:
        return 0
    if not same_amount(claim["amount"], gold["amount"]):
        return 0
    return 2 * (shared(gold["pair"], claim["pair"]) == 2) + same_words(gold["evidence"], claim["evidence"])


def meeting_points(gold: Claim, claim: Claim) -> int:
    """Two countries in common and the same status; then words (2), a person in common (2), day, medium."""
    if shared(gold["countries"], claim["countries"]) < 2 or gold["status"] != claim["status"]:
        return 0
    points = 2 * same_words(gold["evidence"], claim["evidence"]) + 2 * (people_named(gold, claim) > 0)
    points += gold["start"] is not None and within(gold["start"], claim["started_on"])
    points += gold["medium"] == claim["medium"]
    return points


POINTS = {"agreements": agreement_points, "flows": flow_points, "meetings": meeting_points}


def agreement_attributes(gold: Claim, claim: Claim) -> Iterator[tuple[str, bool]]:
    """(attribute, whether it is right) for each that the gold states."""
    yield "parties", set(gold["parties"]) == set(claim["parties"])
    yield "kind", gold["kind"] == claim["kind"]
    yield "count", gold["count"] == claim["instrument_count"]
    if gold["amount"] is not None:
        yield "amount", same_amount(claim["amount"], gold["amount"]) and gold["currency"] == claim["currency"]
    if gold["signed_on"]:
        yield "signed_on", within(gold["signed_on"], claim["signed_on"])


def flow_attributes(gold: Claim, claim: Claim) -> Iterator[tuple[str, bool]]:
    if gold["from"]:
        yield "direction", (gold["from"], gold["to"]) == (claim["provider"], claim["recipient"])
    yield "bound", (gold["bound"] or "exact") == (claim["amount_bound"] or "exact")
    for name in ("period_start", "period_end"):
        if gold[name]:
            yield name, within(gold[name], claim[name])


def meeting_attributes(gold: Claim, claim: Claim) -> Iterator[tuple[str, bool]]:
    yield "countries", set(gold["countries"]) == set(claim["countries"])
    if gold["participants"]:
        yield "participants", people_named(gold, claim) == len(gold["participants"])
    for wanted in gold["participants"]:
        roles = [person["role"] for person in claim["participants"] or [] if same_name(wanted["name"], person["name"])]
        if roles:
            yield "role", roles[0] == wanted["role"]
    if gold["start"]:
        yield "date", within(gold["start"], claim["started_on"])
    if gold["city"]:
        yield "city", latin(gold["city"]) == latin(claim["city"])
    yield "medium", gold["medium"] == claim["medium"]


ATTRIBUTES = {"agreements": agreement_attributes, "flows": flow_attributes, "meetings": meeting_attributes}


def restates(kind: str, claim: Claim, gold: Claim) -> bool:
    """Whether a pledge only repeats the value of an agreement of the same text: it may be listed or not."""
    if kind != "flows" or (claim.get("type") or claim.get("flow_type")) != "investment_pledge":
        return False
    values = [agreement["amount"] for agreement in gold["agreements"] if agreement["amount"] is not None]
    return any(same_amount(claim["amount"], value) for value in values)


def shared(one: Sequence[str] | None, other: Sequence[str] | None) -> int:
    return len(set(one or ()) & set(other or ()))


def same_words(one: str | None, other: str | None) -> bool:
    """Whether one passage holds at least half of the words of the other."""
    first, second = (set(re.findall(r"\w+", (text or "").casefold())) for text in (one, other))
    return bool(first and second) and 2 * len(first & second) >= min(len(first), len(second))


def same_amount(found: float | None, gold: float | None) -> bool:
    """Equal within half a percent of the gold amount."""
    if found is None or gold is None:
        return found is None and gold is None
    return abs(float(found) - float(gold)) <= AMOUNT_TOLERANCE * float(gold)


def within(gold: str, found: Any) -> bool:
    """Whether a date lies in the day, month or year that gold gives."""
    return found is not None and str(found).startswith(gold)


def latin(text: str | None) -> str:
    """Small Latin letters and spaces only, without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", (text or "").casefold().replace("ı", "i")).replace("-", " ")
    return "".join(character for character in decomposed if "a" <= character <= "z" or character == " ").strip()


def same_name(one: str | None, other: str | None) -> bool:
    """Alike as a whole, in the last word, or in another order."""
    first, second = latin(one), latin(other)
    if not first or not second:
        return False

    def alike(left: str, right: str) -> bool:
        return SequenceMatcher(None, left, right).ratio() >= NAME_LIKENESS

    return alike(first, second) or alike(first.split()[-1], second.split()[-1]) or sorted(first.split()) == sorted(second.split())


def people_named(gold: Claim, claim: Claim) -> int:
    """How many of the gold participants the claim names."""
    found = [person["name"] for person in claim["participants"] or []]
    return sum(any(same_name(person["name"], name) for name in found) for person in gold["participants"])
