"""How well claims are grouped into facts, and what the facts then state, against gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.facts.desk import Desk

# Names in the gold of facts that differ from the marts'.
COLUMNS = {"type": "flow_type", "start": "started_on", "from": "provider", "to": "recipient"}


def members(fact_of: dict[str, str]) -> dict[str, set[str]]:
    groups = defaultdict(set)
    for claim, fact in fact_of.items():
        groups[fact].add(claim)
    return groups


def b_cubed(gold: dict[str, str], found: dict[str, str]) -> float:
    """F1 of the grouping over claims: how much of each claim's group is right, and how much of the right group it holds."""
    wanted, clusters = members(gold), members(found)
    shares = [(len(wanted[gold[claim]] & clusters[found[claim]]), claim) for claim in gold]
    precision = sum(shared / len(clusters[found[claim]]) for shared, claim in shares) / len(gold)
    recall = sum(shared / len(wanted[gold[claim]]) for shared, claim in shares) / len(gold)
    return 2 * precision * recall / (precision + recall)


def wrong_attributes(finals: Iterable[dict[str, Any]], desk: Desk) -> tuple[list[tuple[Any, ...]], int]:
    """([(fact, attribute, gold, found)] of those that are wrong, number compared), over the facts that were found."""
    rows = desk.fact_rows()
    fact_of = {desk.labels[claim]: fact_id for claim, fact_id in desk.facts().items() if claim in desk.labels}
    wrong, total = [], 0
    for fact in finals:
        row = rows[fact_of[fact["fact"]]] if fact["fact"] in fact_of else {}
        for field, gold in fact["final"].items():
            column = COLUMNS.get(field, field)
            if gold is None or column not in row or field == "participants":
                continue
            total += 1
            found = row[column]
            if not (str(found).startswith(gold) if hasattr(found, "isoformat") else found == gold):
                wrong.append((fact["fact"], field, gold, found))
    return wrong, total
