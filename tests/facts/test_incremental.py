"""Facts do not depend on the order or the steps in which reports arrive; only what is touched is built again."""

from __future__ import annotations

import random
from typing import Any

import pytest

from orchestration.warehouse import open_warehouse
from tests.facts.cases import CASES
from tests.facts.desk import MODELS_ONLY, Desk
from tests.facts.reports import documents
from tests.gold import CORPUS, read

Written = tuple[dict[str, Any], str]
# Everything that users read of facts; `build_info` says when it was built.
MARTS = (
    "agreements",
    "financial_flows",
    "meetings",
    "fact_sources",
    "fact_values",
    "bilateral_relations",
    "bilateral_meeting_cadence",
    "trade_targets_progress",
    "dim_person",
    "dim_country",
)
WITHOUT_SEEDS = (*MODELS_ONLY, "seed")


@pytest.fixture(scope="module")
def everything() -> list[Written]:
    return read([CORPUS / "stories"]) + [pair for number, case in enumerate(CASES.values()) for pair in documents(number, case)]


def state(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    return {table: desk.sql(f"select * from marts.{table} order by all") for table in MARTS}


def touched(desk: Desk) -> set[tuple[str, str]]:
    return set(desk.sql("select fact_type, block from intermediate.int_blocks where is_touched"))


def test_order_and_steps_of_arrival(all_cases: Desk, desk: Desk, everything: list[Written]) -> None:
    shuffled = sorted(everything, key=lambda pair: pair[0]["doc"])
    random.Random(1).shuffle(shuffled)
    # A report of a story comes first and is taken away at the end, with what it changed.
    gold, body = next(pair for pair in everything if pair[0]["doc"] == "s01-tr.txt")
    desk.land([({**gold, "doc": "withdrawn.txt", "published_on": "2025-03-05"}, body + "\n(withdrawn)"), *shuffled[::3]])
    desk.build()
    desk.land(shuffled[1::3])
    desk.build()
    desk.land(shuffled[2::3], removed=["withdrawn.txt"])
    desk.build()
    assert desk.facts() == all_cases.facts()
    assert state(desk) == state(all_cases)


def test_later_reports_leave_ids_as_they_are(all_cases: Desk, desk: Desk, everything: list[Written]) -> None:
    by_day = sorted(everything, key=lambda pair: pair[0]["published_on"] or "9999")
    desk.land(by_day[: len(by_day) // 2])
    desk.build()
    before = desk.facts()
    desk.land(by_day[len(by_day) // 2 :])
    desk.build()
    after = desk.facts()
    assert {claim: after[claim] for claim in before} == before
    assert len(set(after.values()) - set(before.values())) > 50
    assert state(desk) == state(all_cases)


def test_touched_pairs_and_decisions_of_people(desk: Desk) -> None:
    first, second = list(CASES)[:2]
    desk.land(documents(1, CASES[first]) + documents(2, CASES[second]))
    desk.build()
    assert touched(desk) == {("meeting", "01A-01B"), ("meeting", "02A-02B")}
    groups = desk.groups()

    # One more report: its pair alone is built again.
    desk.land(documents(2, [*CASES[second], CASES[second][0]])[-1:])
    desk.build()
    assert touched(desk) == {("meeting", "02A-02B")}
    assert len(desk.groups()) == len(groups)
    before = state(desk)

    claims: dict[tuple[str, str], list[str]] = {}
    for claim_id, key, block in desk.sql(KEYS):
        claims.setdefault((block, desk.labels[claim_id]), []).append(key)
    # Nobody knows better: what was kept apart comes together, what came together is kept apart.
    decide(
        desk,
        (claims["01A-01B", "first"][0], claims["01A-01B", "second"][0], "same"),
        (claims["02A-02B", "first"][0], claims["02A-02B", "first"][1], "different"),
    )
    facts = dict(desk.sql("select claim_key, fact_id from marts.fact_sources"))
    assert facts[claims["01A-01B", "first"][0]] == facts[claims["01A-01B", "second"][0]]
    assert facts[claims["02A-02B", "first"][0]] != facts[claims["02A-02B", "first"][1]]
    reasons = desk.sql("select match_reason from marts.fact_sources where claim_key = ?", claims["01A-01B", "first"][0])
    assert reasons == [("override: asked the ministry",)]

    # Taken back, everything is as it was; then nothing is touched.
    decide(desk)
    assert state(desk) == before
    desk.build()
    assert touched(desk) == set()


KEYS = "select claim_id, claim_key, block from intermediate.int_clusters order by all"


def decide(desk: Desk, *rows: tuple[str, str, str]) -> None:
    """Put decisions in the place of those of the seed file, and build."""
    with open_warehouse(desk.settings) as connection:
        connection.execute("delete from staging.reconciliation_overrides")
        for row in rows:
            connection.execute(
                "insert into staging.reconciliation_overrides values (?, ?, ?, date '2025-06-01', 'asked the ministry')", row
            )
    desk.build(WITHOUT_SEEDS)
