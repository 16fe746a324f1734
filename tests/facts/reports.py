"""Reports written down as what they claim, in the form of the gold, for cases of reconciliation.

Countries are `A`, `B`, `C`; `documents` gives every case countries of its own, so that all cases fit into one warehouse. Each
claim names the fact that it states; two claims of one fact must come together, of two facts must not.
"""

from __future__ import annotations

import re
from typing import Any

Claim = dict[str, Any]
Report = dict[str, Any]


def report(language: str, published_on: str | None, *claims: Claim, source: str = "outlet") -> Report:
    """One document. `source`: a folder of the raw files."""
    return {"language": language, "published_on": published_on, "claims": claims, "source": source}


def met(
    fact: str,
    *people: str,
    on: str | None = None,
    until: str | None = None,
    countries: str | None = None,
    medium: str = "in_person",
    status: str = "held",
    city: str | None = None,
    host: str | None = None,
    forum: str | None = None,
) -> Claim:
    """People as "A Anna Archer foreign_minister": side, name, role. Sides: theirs, or those of `countries`."""
    named = [re.fullmatch(r"(\w+) (.+) (\w+)", person) for person in people]
    participants = [{"name": match[2], "country": match[1], "role": match[3]} for match in named if match]
    assert len(participants) == len(people), people
    return {
        "kind_of_claim": "meetings",
        "fact": fact,
        "countries": sorted(set(countries or "") | {person["country"] for person in participants}),
        "participants": participants,
        "medium": medium,
        "status": status,
        "start": on,
        "end": until or on,
        "city": city,
        "host": host,
        "forum": forum,
    }


def planned(fact: str, *people: str, **details: Any) -> Claim:
    return met(fact, *people, status="planned", **details)


def called(fact: str, *people: str, **details: Any) -> Claim:
    return met(fact, *people, medium="phone", **details)


def flow(
    fact: str,
    type: str,
    amount: float,
    way: str = "A-B",
    currency: str = "USD",
    bound: str = "exact",
    start: str | None = None,
    end: str | None = None,
) -> Claim:
    """`way`: "A>B" from A to B, "A-B" between the two. Period: `start`, `end` as ISO dates, a year alone is the whole of it."""
    one, direction, other = way
    return {
        "kind_of_claim": "flows",
        "fact": fact,
        "type": type,
        "from": one if direction == ">" else None,
        "to": other if direction == ">" else None,
        "pair": sorted([one, other]),
        "amount": amount,
        "currency": currency,
        "bound": bound,
        "period_start": start,
        "period_end": end or (start if start and len(start) == 4 else None),
    }


def agreement(
    fact: str,
    kind: str = "agreement",
    on: str | None = None,
    status: str = "signed",
    parties: str = "AB",
    count: int = 1,
    count_bound: str = "exact",
    amount: float | None = None,
    currency: str | None = None,
    bound: str = "exact",
    sectors: tuple[str, ...] = (),
    says: str | None = None,
) -> Claim:
    """`says`: the words of the report, in its language."""
    return {
        "kind_of_claim": "agreements",
        "fact": fact,
        "parties": sorted(parties),
        "kind": kind,
        "status": status,
        "signed_on": on,
        "count": count,
        "count_bound": count_bound,
        "amount": amount,
        "currency": currency if currency or amount is None else "USD",
        "bound": None if amount is None else bound,
        "subject": says,
        "sectors": list(sectors),
        "says": says,
    }


def documents(number: int, reports: list[Report]) -> list[tuple[dict[str, Any], str]]:
    """[(gold, text)] of a case, its countries renamed to what no other case and no real country has."""

    def own(code: str | None) -> str | None:
        return f"{number:02d}{code}" if code in ("A", "B", "C", "D") else code

    result = []
    for position, written in enumerate(reports):
        lines = [f"Case {number}, report {position} in {written['language']}."]
        gold: dict[str, Any] = {
            "doc": f"case-{number:02d}/{written['source']}-{position}.txt",
            "language": written["language"],
            "published_on": written["published_on"],
            "agreements": [],
            "flows": [],
            "meetings": [],
        }
        for place, stated in enumerate(written["claims"]):
            claim = {key: value for key, value in stated.items() if key not in ("kind_of_claim", "says")}
            for field in ("parties", "pair", "countries"):
                if field in claim:
                    claim[field] = sorted(str(own(code)) for code in claim[field])
            for field in ("from", "to", "host"):
                if field in claim:
                    claim[field] = own(claim[field])
            if "participants" in claim:
                claim["participants"] = [{**person, "country": own(person["country"])} for person in claim["participants"]]
            claim["evidence"] = f"§{place + 1} {stated.get('says') or '.'}"
            lines.append(claim["evidence"])
            gold[stated["kind_of_claim"]].append(claim)
        result.append((gold, "\n".join(lines)))
    return result
