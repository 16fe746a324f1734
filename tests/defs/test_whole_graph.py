"""The whole job on temporary folders: what a first run makes, what later ones change."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace
from typing import Any

import pytest
from places import MEMORANDUM, Place, once

from orchestration.settings import Settings

EDITED = "000_f50a0cd22758dade.txt"
DELETED = "004_a2d077be505979b8.txt"
COPIED = "001_e534b1e8911f95b7.txt"
MINISTERS = """
select languages from marts.meetings
where list_sort(list_transform(participants, person -> person.name)) = ['Murat Nurtleu', 'Takeshi Iwaya']
"""


def test_a_first_run_publishes_facts_of_every_kind(sample: Place, sample_runs: list[dict[str, Any]]) -> None:
    first = sample_runs[0]
    assert (first["succeeded"], first["changed"], first["problem"]) == (True, True, None)
    assert (first["summary"]["seen"], first["summary"]["new"], first["summary"]["documents_extracted"]) == (5, 5, 5)
    assert all(sample.facts().values())
    assert {status for (status,) in sample.rows("select status from landing.files")} == {"ingested"}


def test_a_second_run_touches_nothing(sample: Place, sample_runs: list[dict[str, Any]]) -> None:
    first, second = sample_runs
    assert (second["succeeded"], second["changed"]) == (True, False)
    assert (second["summary"]["unchanged"], second["summary"]["documents_extracted"], second["summary"]["claims_dropped"]) == (
        5,
        0,
        0,
    )
    assert second["published"] == first["published"], "the published file was replaced"
    assert len(sample.rows("from landing.batches")) == 1


def test_the_grant_is_one_flow_and_the_ministers_met_once(sample: Place) -> None:
    """Reported twice in one document, and by a Turkish and a Kazakh one."""
    assert sample.rows(
        "select provider, recipient, amount, currency, amount_usd from marts.financial_flows where flow_type = 'grant'"
    ) == [("JPN", "KAZ", 7_400_000, "USD", 7_400_000)]
    assert sample.rows(MINISTERS) == [(["kk", "tr"],)]


def test_evidence_is_where_it_says(sample: Place) -> None:
    for table in ("agreement_claims", "flow_claims", "meeting_claims", "rejected_candidates"):
        [(claims, right)] = sample.rows(
            f"""
            select count(*), count(*) filter (substr(body, evidence_start + 1, evidence_end - evidence_start) = evidence)
            from claims.{table} join landing.documents using (document_id)
            """
        )
        assert 0 < claims == right, table


@pytest.fixture(scope="session")
def changed(sample: Place, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Place:
    """The sample after a second refresh that found one file more, one edited, one gone and one copied."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "changed"
    place = Place(Settings(raw_dir=folder / "raw", data_dir=folder / "data"))

    def build() -> None:
        for part in ("raw", "data"):
            shutil.copytree(sample.raw.parent / part, folder / part)
        (place.raw / "later").mkdir()
        (place.raw / "later" / "memorandum.txt").write_text(MEMORANDUM)
        path = place.raw / EDITED
        path.write_bytes(path.read_bytes().replace(b"7,4 milyon", b"7,9 milyon"))
        (place.raw / DELETED).unlink()
        shutil.copy(place.raw / COPIED, place.raw / "zz-again.txt")
        run = place.refresh()
        assert run.succeeded and run.changed, run.problem
        (folder / "summary.json").write_text(json.dumps(run.summary))

    once(folder, build)
    return place


def test_only_what_changed_is_read(changed: Place) -> None:
    summary = json.loads((changed.raw.parent / "summary.json").read_text())
    counted = ("new", "changed", "removed", "duplicate", "unchanged", "documents_extracted")
    assert {name: summary[name] for name in counted} == dict(zip(counted, (2, 1, 1, 1, 3, 2), strict=True))


def test_a_dropped_file_adds_its_facts(changed: Place) -> None:
    assert changed.rows("select kind, status, signed_on::varchar from marts.agreements where parties = ['HUN', 'KAZ']") == [
        ("memorandum", "signed", "2025-09-03")
    ]
    assert changed.rows("select flow_type, amount, period_end::varchar from marts.financial_flows where pair = ['HUN', 'KAZ']") == [
        ("trade_turnover", 210_000_000, "2024-12-31")
    ]


def test_one_edited_digit_replaces_the_fact(changed: Place) -> None:
    assert changed.rows("select amount from marts.financial_flows where flow_type = 'grant'") == [(7_900_000,)]
    assert changed.rows("select count(*) from marts.agreements where amount = 7400000") == [(0,)]
    # The meeting, which another document reports too, is still one.
    assert changed.rows(MINISTERS) == [(["kk", "tr"],)]


def test_a_deleted_file_takes_its_facts_along(sample: Place, changed: Place) -> None:
    for table, column in (("agreements", "parties"), ("financial_flows", "pair"), ("meetings", "countries")):
        of_iran = f"select count(*) from marts.{table} where list_contains({column}, 'IRN')"
        assert sample.rows(of_iran) != [(0,)]
        assert changed.rows(of_iran) == [(0,)]
    assert changed.rows(f"select status, removed_at is not null from landing.files where source_path = '{DELETED}'") == [
        ("removed", True)
    ]


def test_a_copy_under_another_name_is_the_same_document(sample: Place, changed: Place) -> None:
    assert changed.rows("select source_path, status from landing.files where status = 'duplicate'") == [
        ("zz-again.txt", "duplicate")
    ]
    reports = f"select claim_id, evidence, source_path from marts.fact_sources where source_path in ('{COPIED}', 'zz-again.txt')"
    assert sorted(changed.rows(reports)) == sorted(sample.rows(reports)) != []


def test_what_no_change_touched_stays_as_it_was(sample: Place, changed: Place) -> None:
    untouched = "select claim_id, evidence, match_reason from marts.fact_sources where source_path like '003%' order by all"
    assert changed.rows(untouched) == sample.rows(untouched) != []


def test_a_failed_build_leaves_what_was_published(copied: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration import transform

    before = copied.facts()
    (copied.raw / "memorandum.txt").write_text(MEMORANDUM)
    with monkeypatch.context() as patch:
        patch.setattr(transform, "invoke_dbt", lambda *_, **__: SimpleNamespace(success=False, result=None, exception="the disk"))
        run = copied.refresh()
    assert not run.succeeded
    assert run.problem == "dbt stopped: the disk"
    assert run.details is None, "a failure that is told needs no traceback"
    assert copied.facts() == before
    # The next run has nothing new to read, and still brings the marts up to date.
    again = copied.refresh()
    assert again.succeeded and again.changed, again.problem
    assert again.summary["documents_extracted"] == 0
    assert len(copied.rows("from marts.agreements where parties = ['HUN', 'KAZ']")) == 1
