"""Which claims are one fact, measured on perfect claims: what extraction gets wrong is not counted here."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from cases import CASES
from conftest import Desk

from tests.gold import CORPUS

STORIES = {fact["fact"]: fact for fact in json.loads((CORPUS / "stories-facts.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", CASES)
def test_case(all_cases: Desk, name: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for claim_id, fact_id in all_cases.facts().items():
        case, _, fact = all_cases.labels[claim_id].partition(": ")
        if case == name:
            found[fact_id].append(fact)
    wanted: dict[str, list[str]] = defaultdict(list)
    for claims in found.values():
        for fact in claims:
            wanted[fact].append(fact)
    assert sorted(found.values()) == sorted(wanted.values())


def test_stories_from_gold_claims(all_cases: Desk) -> None:
    found = {claim: fact for claim, fact in all_cases.facts().items() if ": " not in all_cases.labels[claim]}
    gold = {claim: all_cases.labels[claim] for claim in found}
    assert len(gold) == 181
    assert b_cubed(gold, found) >= 0.97
    clusters, wanted = members(found), members(gold)
    assert sum(claims in clusters.values() for claims in wanted.values()) >= 0.95 * len(wanted)


def test_final_attributes_of_stories(all_cases: Desk) -> None:
    wrong, total = [], 0
    rows = all_cases.fact_rows()
    fact_of = {all_cases.labels[claim]: fact_id for claim, fact_id in all_cases.facts().items()}
    for label, story in STORIES.items():
        fact_id = fact_of[label]
        row = rows[fact_id]
        for field, gold in story["final"].items():
            column = {"type": "flow_type", "start": "started_on", "from": "provider", "to": "recipient"}.get(field, field)
            if gold is not None and column in row and field != "participants":
                total += 1
                found = row[column]
                if not (str(found).startswith(gold) if hasattr(found, "isoformat") else found == gold):
                    wrong.append((story["fact"], field, gold, found))
    assert total > 600
    assert len(wrong) <= 0.05 * total, wrong


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


def test_b_cubed_counts_splits_and_mergers() -> None:
    gold = {"1": "a", "2": "a", "3": "b"}
    assert b_cubed(gold, {"1": "x", "2": "x", "3": "y"}) == 1
    assert b_cubed(gold, {"1": "x", "2": "y", "3": "z"}) == pytest.approx(0.8)
    assert b_cubed(gold, {"1": "x", "2": "x", "3": "x"}) == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))
