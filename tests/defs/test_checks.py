"""The checks see what they promise to see: each is shown data that breaks it."""

from __future__ import annotations

import dagster as dg
import pytest
from places import Place

from orchestration.defs.checks import QUARANTINE_SHARE, claims_hold, few_files_are_quarantined


def results(place: Place) -> dict[tuple[str, str], bool]:
    found = list(claims_hold(place.settings))
    return {(result.asset_key.path[-1], result.check_name): bool(result.passed) for result in found}


def test_claims_hold_on_the_sample(copied: Place) -> None:
    assert set(results(copied).values()) == {True}
    assert few_files_are_quarantined(copied.settings).passed


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("agreement_claims", "evidence_start = evidence_start + 1"),
        ("flow_claims", "evidence_end = evidence_end - 1"),
        ("meeting_claims", "evidence = evidence || '.'"),
        ("rejected_candidates", "evidence = upper(evidence)"),
    ],
)
def test_a_misplaced_word_is_seen(copied: Place, table: str, change: str) -> None:
    copied.working(f"update claims.{table} set {change} where rowid = (select min(rowid) from claims.{table})")
    assert [name for name, passed in results(copied).items() if not passed] == [(table, "evidence_is_where_it_says")]


@pytest.mark.parametrize(
    "change",
    [
        "update landing.files set status = 'removed', removed_at = now()::timestamp where source_path like '000%'",
        "delete from landing.files where source_path like '000%'",
        "delete from landing.documents where document_id in (select document_id from landing.files where source_path like '000%')",
    ],
)
def test_claims_of_a_text_that_is_gone_are_seen(copied: Place, change: str) -> None:
    copied.working(change)
    failed = {name for name, passed in results(copied).items() if not passed}
    assert {("agreement_claims", "every_row_has_its_document"), ("flow_claims", "every_row_has_its_document")} <= failed


def test_many_quarantined_files_are_seen(copied: Place) -> None:
    copied.working("update landing.files set status = 'quarantined', problem = 'it is | empty' where source_path like '00[01]%'")
    copied.working("update landing.files set status = 'quarantined', problem = 'it is | empty' where source_path < '002'")
    result = few_files_are_quarantined(copied.settings)
    assert not result.passed
    assert result.severity is dg.AssetCheckSeverity.WARN
    assert result.metadata["quarantined"].value == 2 > QUARANTINE_SHARE * result.metadata["files"].value
    assert "it is \\| empty" in result.metadata["examples"].value


def test_a_blocking_check_keeps_the_marts_from_being_built(copied: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.defs import checks

    before = copied.facts()
    monkeypatch.setattr(checks, "misplaced_evidence", lambda connection: [("claims.flow_claims", "d", 1, 2)])
    (copied.raw / "000_f50a0cd22758dade.txt").unlink()
    run = copied.refresh()
    assert not run.succeeded
    assert copied.facts() == before
