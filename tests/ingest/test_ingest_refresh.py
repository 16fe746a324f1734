from __future__ import annotations

import os
import re

import pytest
from conftest import ONE, TWO, Desk

from orchestration.extract.packs import version_hash
from orchestration.extract.pipeline import extractor_version
from orchestration.ingest import refresh as refresh_module
from orchestration.ingest.refresh import Engine, Selection, document_id_of, refresh_claims
from orchestration.ingest.scan import RawFolderError
from orchestration.ingest.workers import ExtractorBroken
from orchestration.warehouse import batches

A = "KAZ+JPN: rail\nKAZ>JPN 5: aid\n"
B = "KAZ+TUR: gas\nKAZ&TUR: Aliya\n?: who knows\n"


def test_a_fresh_folder_is_landed_with_its_claims(desk: Desk) -> None:
    desk.write("a.txt", A)
    desk.write("deep/er/b.TXT", B)
    desk.write("notes.md", "KAZ+DEU: not a text file")
    summary = desk.refresh()
    assert (summary.seen, summary.new, summary.documents_extracted) == (2, 2, 2)
    assert summary.claims == {"agreement_claims": 2, "flow_claims": 1, "meeting_claims": 1}
    assert summary.rejected_candidates == 1
    assert summary.touched_pairs == {("JPN", "KAZ"), ("KAZ", "TUR")}
    assert desk.statuses() == {"a.txt": "ingested", "deep/er/b.TXT": "ingested"}
    assert desk.sql(
        "select source_path, body, documents.encoding, extractor_version from landing.files join landing.documents using (document_id) order by all"
    ) == [
        ("a.txt", A, "utf-8", "one"),
        ("deep/er/b.TXT", B, "utf-8", "one"),
    ]
    assert desk.sql("select participants from claims.meeting_claims") == [([{"name": "Aliya", "country": "KAZ", "role": "other"}],)]


def test_an_unchanged_folder_is_not_even_read(
    desk: Desk, inline: list[str], fine_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.txt", A)
    desk.refresh()
    before = desk.sql("select * from landing.files")
    monkeypatch.setattr(refresh_module, "read_file", None)
    monkeypatch.setattr(refresh_module, "write_batch", None)
    summary = desk.refresh()
    assert summary.nothing_changed
    assert (summary.unchanged, summary.batch_ids, summary.touched_documents) == (1, [], set())
    assert "Nothing changed" in summary.describe()
    assert desk.sql("select * from landing.files") == before


def test_a_file_written_in_the_tick_of_its_reading_is_read_once_more(desk: Desk, inline: list[str]) -> None:
    path = desk.write("a.txt", A)
    desk.refresh()
    times = path.stat()
    path.write_text(A.replace("5", "7"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert desk.refresh().changed == 1
    assert desk.sql("select amount from claims.flow_claims") == [(7.0,)]


def test_new_times_alone_change_no_claim(desk: Desk, inline: list[str], fine_clock: None) -> None:
    path = desk.write("a.txt", A)
    desk.refresh()
    inline.clear()
    os.utime(path, (1, 1))
    summary = desk.refresh()
    assert (summary.unchanged, summary.nothing_changed, inline) == (1, True, [])
    assert str(desk.sql("select modified_at from landing.files")[0][0]) == "1970-01-01 00:00:01"


def test_a_new_file_is_the_only_one_extracted(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.refresh()
    inline.clear()
    desk.write("b.txt", B)
    summary = desk.refresh()
    assert (summary.new, summary.unchanged, inline) == (1, 1, [document_id_of(B)])
    assert summary.touched_pairs == {("KAZ", "TUR")}
    assert desk.subjects() == ["gas", "rail"]


def test_one_digit_edited_replaces_the_claims_of_that_file(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.write("b.txt", B)
    first_seen = None
    desk.refresh()
    first_seen = desk.sql("select first_seen_at from landing.files where source_path = 'a.txt'")
    desk.write("a.txt", A.replace("5", "6"))
    summary = desk.refresh()
    assert (summary.changed, summary.unchanged, summary.claims_dropped) == (1, 1, 2)
    assert desk.sql("select amount from claims.flow_claims") == [(6.0,)]
    assert desk.sql("select count(*) from landing.documents") == [(2,)]
    assert desk.sql("select first_seen_at from landing.files where source_path = 'a.txt'") == first_seen


def test_a_removed_file_takes_its_claims_along_and_stays_in_the_ledger(desk: Desk, inline: list[str]) -> None:
    path = desk.write("a.txt", A)
    desk.write("b.txt", B)
    desk.refresh()
    path.unlink()
    summary = desk.refresh()
    assert (summary.removed, summary.touched_pairs) == (1, {("JPN", "KAZ")})
    assert desk.subjects() == ["gas"]
    assert desk.sql("select status, removed_at is not null, document_id from landing.files order by source_path") == [
        ("removed", True, document_id_of(A)),
        ("ingested", False, document_id_of(B)),
    ]
    assert desk.sql("select count(*) from landing.documents") == [(1,)]
    assert desk.refresh().nothing_changed


def test_a_file_that_comes_back_is_new_again(desk: Desk, inline: list[str]) -> None:
    path = desk.write("a.txt", A)
    desk.refresh()
    path.unlink()
    desk.refresh()
    desk.write("a.txt", A)
    assert desk.refresh().new == 1
    assert desk.sql("select status, removed_at from landing.files") == [("ingested", None)]
    assert desk.subjects() == ["rail"]


def test_a_copy_under_another_name_is_the_same_document(desk: Desk, inline: list[str]) -> None:
    desk.write("b.txt", A)
    desk.refresh()
    inline.clear()
    desk.write("a.txt", A)
    summary = desk.refresh()
    assert (summary.new, summary.duplicate, inline) == (1, 1, [])
    # The one that was there first keeps the document, whatever its name.
    assert desk.statuses() == {"a.txt": "duplicate", "b.txt": "ingested"}
    assert desk.sql("select distinct document_id from landing.files") == [(document_id_of(A),)]
    assert desk.subjects() == ["rail"]


def test_copies_that_come_together_are_extracted_once(desk: Desk, inline: list[str]) -> None:
    for name in ("c.txt", "b.txt", "a.txt"):
        desk.write(name, A)
    assert desk.refresh(batch_documents=1).duplicate == 2
    assert inline == [document_id_of(A)]
    assert desk.statuses() == {"a.txt": "ingested", "b.txt": "duplicate", "c.txt": "duplicate"}


def test_the_duplicate_takes_over_when_the_first_is_removed(desk: Desk, inline: list[str]) -> None:
    first = desk.write("a.txt", A)
    desk.refresh()
    desk.write("b.txt", A)
    desk.write("c.txt", A)
    desk.refresh()
    claims = desk.state()["agreement_claims"]
    inline.clear()
    first.unlink()
    summary = desk.refresh()
    assert (summary.removed, summary.claims_dropped, inline) == (1, 0, [])
    assert desk.statuses() == {"a.txt": "removed", "b.txt": "ingested", "c.txt": "duplicate"}
    assert desk.state()["agreement_claims"] == claims
    assert summary.touched_documents == {document_id_of(A)}


def test_the_duplicate_takes_over_when_the_first_is_changed(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.write("b.txt", A)
    desk.refresh()
    desk.write("a.txt", B)
    desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "b.txt": "ingested"}
    assert desk.subjects() == ["gas", "rail"]


def test_a_renamed_file_is_not_extracted_again(desk: Desk, inline: list[str]) -> None:
    path = desk.write("a.txt", A)
    desk.refresh()
    inline.clear()
    path.rename(desk.raw / "z.txt")
    summary = desk.refresh()
    assert (summary.new, summary.removed, inline) == (1, 1, [])
    assert desk.statuses() == {"a.txt": "removed", "z.txt": "ingested"}


def test_the_same_text_in_two_encodings_is_one_document(desk: Desk, inline: list[str]) -> None:
    text = "Türkiye ile Kazakistan arasında işbirliği anlaşması imzalandı, görüşmeler sürüyor.\nKAZ+TUR: doğalgaz\n"
    desk.write("a.txt", text.encode("cp1254"))
    desk.write("b.txt", b"\xef\xbb\xbf" + text.encode())
    desk.write("c.txt", text.encode("utf-16"))
    desk.refresh()
    assert desk.sql("select source_path, document_id, encoding from landing.files order by all") == [
        ("a.txt", document_id_of(text), "cp1254"),
        ("b.txt", document_id_of(text), "utf-8"),
        ("c.txt", document_id_of(text), "utf-16-le"),
    ]
    assert desk.sql("select body from landing.documents") == [(text,)]


def test_line_ends_stay_as_they_are(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", "x\r\nKAZ+JPN: rail\r\n\r\n")
    desk.refresh()
    assert desk.sql("select body from landing.documents") == [("x\r\nKAZ+JPN: rail\r\n\r\n",)]
    assert desk.sql("select evidence_start, evidence_end from claims.agreement_claims") == [(3, 16)]


def test_documents_of_another_extractor_version_are_extracted_again_in_batches(desk: Desk, inline: list[str]) -> None:
    for number in range(5):
        desk.write(f"{number}.txt", f"KAZ+JPN: {number}")
    desk.refresh()
    inline.clear()
    summary = desk.refresh(TWO, batch_documents=2)
    assert (summary.stale_reextracted, summary.new, summary.unchanged, len(inline)) == (5, 0, 5, 5)
    assert len(summary.batch_ids) == 3
    assert desk.sql(
        "select distinct extractor_version from claims.agreement_claims union select extractor_version from landing.documents"
    ) == [("two",)]
    assert desk.subjects() == ["0", "1", "2", "3", "4"]
    assert desk.refresh(TWO).nothing_changed


def test_a_changed_file_is_read_before_the_stale_ones(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.write("b.txt", B)
    desk.refresh()
    desk.write("a.txt", A.replace("rail", "road"))
    inline.clear()
    summary = desk.refresh(TWO)
    assert (summary.changed, summary.stale_reextracted) == (1, 1)
    assert inline == [document_id_of(A.replace("rail", "road")), document_id_of(B)]


def test_a_folder_or_month_can_be_extracted_again_by_itself(desk: Desk, inline: list[str]) -> None:
    desk.write("x/a.txt", A)
    desk.write("xy/b.txt", B)
    desk.refresh()
    inline.clear()
    assert desk.refresh(only=Selection(folder="x", force=True)).stale_reextracted == 1
    assert inline == [document_id_of(A)]
    assert desk.refresh(only=Selection(folder="x")).seen == 1
    (desk.raw / "xy/b.txt").unlink()
    assert desk.refresh(only=Selection(folder="x")).removed == 0
    assert desk.refresh(TWO, only=Selection(month="2025-11")).stale_reextracted == 0
    with pytest.raises(RawFolderError, match="not a folder inside"):
        desk.refresh(only=Selection(folder="../data"))


def test_batches_and_what_they_touched_are_on_record(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.write("b.txt", B)
    summary = desk.refresh(batch_documents=1)
    (desk.raw / "a.txt").unlink()
    desk.refresh()
    assert summary.batch_ids == [1, 2]
    columns = "batch_id, files_new, files_removed, documents_extracted, documents_dropped, claims_written, claims_dropped"
    assert desk.sql(f"select {columns} from landing.batches order by all") == [
        (1, 1, 0, 1, 0, 2, 0),
        (2, 1, 0, 1, 0, 2, 0),
        (3, 0, 1, 0, 1, 0, 2),
    ]
    assert desk.sql("select batch_id, pair from landing.touched_pairs order by all") == [
        (1, ["JPN", "KAZ"]),
        (2, ["KAZ", "TUR"]),
        (3, ["JPN", "KAZ"]),
    ]
    assert desk.sql("select batch_id, document_id from landing.touched_documents order by all") == [
        (1, document_id_of(A)),
        (2, document_id_of(B)),
        (3, document_id_of(A)),
    ]
    assert desk.sql("select distinct batch_id from claims.agreement_claims") == [(2,)]


def test_an_error_in_the_middle_of_a_batch_leaves_what_was_there(
    desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.txt", A)
    desk.refresh()
    before = desk.state()
    desk.write("a.txt", B)
    desk.write("b.txt", A)
    monkeypatch.setattr(batches, "_record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.refresh()
    assert desk.state() == before
    monkeypatch.undo()
    desk.refresh()
    assert desk.subjects() == ["gas", "rail"]


def test_an_inconsistent_batch_is_rolled_back(desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.txt", A)
    before = desk.state()
    monkeypatch.setattr(refresh_module._Run, "_add_extraction", lambda *_: None)
    with pytest.raises(batches.InvariantError, match="a file's document is missing"):
        desk.refresh()
    assert desk.state() == before


def test_a_missing_raw_folder_removes_nothing(desk: Desk, inline: list[str]) -> None:
    desk.write("a.txt", A)
    desk.refresh()
    desk.raw.rename(desk.raw.with_name("elsewhere"))
    with pytest.raises(RawFolderError, match=f"{re.escape(str(desk.raw))} does not exist"):
        desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested"}


def test_progress_counts_every_file_once(desk: Desk, inline: list[str]) -> None:
    for name, text in (("a.txt", A), ("b.txt", B), ("c.txt", A), ("d.txt", "")):
        desk.write(name, text)
    seen: list[tuple[int, int]] = []
    refresh_claims(desk.settings, engine=ONE, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (4, 4)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_installed_extractor_has_the_version_it_writes() -> None:
    assert Engine.installed().version == version_hash() == extractor_version()


def test_an_extractor_that_does_not_start_changes_nothing(desk: Desk) -> None:
    desk.write("a.txt", A)
    with pytest.raises(ExtractorBroken, match="no pack for any language"):
        desk.refresh(Engine("ingest_fakes:NotInstalled", "one"))
    assert desk.statuses() == {}
