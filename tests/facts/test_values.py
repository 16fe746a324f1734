"""What a fact states: the chosen values with the reason, what contradicts them, and the days on which each status was reported."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.facts.desk import Desk

DAY = dt.date.fromisoformat

# Case: attribute, chosen value, why, values not chosen, whether they contradict it.
CHOICES: dict[str, tuple[str, str, str, set[str], bool]] = {
    "two against one": ("held_on", "2025-03-07", "majority", {"2025-03-06"}, True),
    "one against an official one": ("amount", "exact 2120000000 USD", "official source", {"exact 2160000000 USD"}, True),
    "one against a later one": ("amount", "exact 2160000000 USD", "latest", {"exact 2120000000 USD"}, True),
    "a figure against two that round it": ("amount", "exact 43800000000 USD", "more precise", {"exact 44000000000 USD"}, False),
    "a month against a day": ("signed_on", "2025-03-06", "more precise", {"2025-03"}, False),
    "about 100 beside 96": ("amount", "exact 96000000 USD", "more precise", {"about 100000000 USD"}, False),
    "planned, then held on another day": ("held_on", "2025-03-08", "more precise", {"2025-03-06"}, False),
    "a call over video and by phone is one call told in two ways": ("medium", "phone", "first in order", {"video"}, True),
}


def one_fact(desk: Desk, case: str, label: str | None = None) -> str:
    names = {case + ": " + label} if label else {name for name in desk.labels.values() if name.startswith(f"{case}: ")}
    found = {fact for claim, fact in desk.facts().items() if desk.labels[claim] in names}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("case", CHOICES)
def test_chosen_value(all_cases: Desk, case: str) -> None:
    attribute, chosen, because, others, contradict = CHOICES[case]
    rows = all_cases.rows(
        "select * from marts.fact_values where fact_id = ? and attribute = ?", one_fact(all_cases, case), attribute
    )
    assert [(row["value"], row["chosen_because"]) for row in rows if row["is_chosen"]] == [(chosen, because)]
    assert {row["value"] for row in rows if not row["is_chosen"]} == others
    assert {row["is_contested"] for row in rows if row["is_chosen"]} == {contradict}


def row_of(desk: Desk, table: str, key: str, case: str) -> dict[str, Any]:
    return desk.rows(f"select * from marts.{table} where {key} = ?", one_fact(desk, case))[0]


def test_contested_attributes_are_named_on_the_fact(all_cases: Desk) -> None:
    assert row_of(all_cases, "meetings", "meeting_id", "two against one")["contested"] == ["held_on"]
    assert row_of(all_cases, "financial_flows", "flow_id", "a figure against two that round it")["contested"] == []


def test_status_moves_forward_with_the_day_of_each(all_cases: Desk) -> None:
    treaty = row_of(all_cases, "agreements", "agreement_id", "planned, signed and in force")
    assert treaty["status"] == "in_force"
    assert [treaty[f"{status}_first_reported_on"] for status in ("planned", "signed", "in_force", "terminated")] == [
        DAY("2025-03-01"),
        DAY("2025-03-06"),
        DAY("2025-09-20"),
        None,
    ]
    visit = row_of(all_cases, "meetings", "meeting_id", "planned, then held on another day")
    assert (visit["status"], visit["started_on"]) == ("held", DAY("2025-03-08"))
    assert (visit["planned_first_reported_on"], visit["held_first_reported_on"]) == (DAY("2025-03-01"), DAY("2025-03-08"))


def test_a_day_that_no_report_states_is_that_of_the_first_report(all_cases: Desk) -> None:
    call = row_of(all_cases, "agreements", "agreement_id", "signed, recalled without a day weeks later")
    assert (call["signed_on"], call["date_basis"]) == (DAY("2025-03-06"), "stated")
    told = one_fact(all_cases, "an undated call and a meeting told on one day", "call")
    row = all_cases.rows("select * from marts.meetings where meeting_id = ?", told)[0]
    assert (row["started_on"], row["date_basis"], row["date_precision"]) == (DAY("2025-03-06"), "published", None)


def test_every_merger_says_why(all_cases: Desk) -> None:
    rows = all_cases.rows(
        """
        select match_reason, matched_claim_id, count(*) over (partition by fact_id) as claims
        from marts.fact_sources
        """
    )
    for row in rows:
        alone = row["claims"] == 1
        assert (row["match_reason"] == "the only report") == alone
        assert (row["matched_claim_id"] is None) == alone
    assert any(row["match_reason"].startswith("same day, 2 people in common, same city") for row in rows)
