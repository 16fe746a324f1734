"""Which claims are one fact, measured on perfect claims: what extraction gets wrong is not counted here."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from tests.facts.cases import CASES
from tests.facts.desk import Desk
from tests.facts.scoring import b_cubed, members, wrong_attributes
from tests.gold import CORPUS

STORIES = json.loads((CORPUS / "stories-facts.json").read_text("utf-8"))


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
    wrong, total = wrong_attributes(STORIES, all_cases)
    assert total > 600
    assert len(wrong) <= 0.05 * total, wrong


def test_b_cubed_counts_splits_and_mergers() -> None:
    gold = {"1": "a", "2": "a", "3": "b"}
    assert b_cubed(gold, {"1": "x", "2": "x", "3": "y"}) == 1
    assert b_cubed(gold, {"1": "x", "2": "y", "3": "z"}) == pytest.approx(0.8)
    assert b_cubed(gold, {"1": "x", "2": "x", "3": "x"}) == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))
