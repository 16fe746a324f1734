"""The stories from text to facts, with the project's own extraction: what a user gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.ingest.refresh import refresh_claims
from orchestration.score import KINDS, LISTS, align, read_gold
from orchestration.settings import Settings
from tests.facts.desk import Desk
from tests.facts.scoring import b_cubed, members, wrong_attributes
from tests.gold import CORPUS


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """`labels`: of the claims that gold lists, the fact that it says they state."""
    settings = Settings(raw_dir=CORPUS / "stories", data_dir=tmp_path_factory.mktemp("stories"))
    refresh_claims(settings)
    desk = Desk(settings)
    desk.build()
    for gold, _ in read_gold([CORPUS / "stories"]):
        for kind in KINDS:
            found = desk.rows(
                f"select claims.* from claims.{LISTS[kind]} as claims join landing.files using (document_id) where source_path = ?",
                gold["doc"],
            )
            for claim, row in align(kind, gold[kind], found)[0]:
                desk.labels[row["claim_id"]] = claim["fact"]
    return desk


def test_claims_of_one_fact_come_together(stories: Desk) -> None:
    found = {claim: fact for claim, fact in stories.facts().items() if claim in stories.labels}
    assert b_cubed(stories.labels, found) >= 0.97
    clusters, wanted = members(found), members(stories.labels)
    assert sum(claims in clusters.values() for claims in wanted.values()) >= 0.95 * len(wanted)


def test_facts_state_what_is_true(stories: Desk) -> None:
    finals = json.loads(Path(CORPUS / "stories-facts.json").read_text("utf-8"))
    wrong, total = wrong_attributes(finals, stories)
    assert total > 550
    assert len(wrong) <= 0.05 * total, wrong
