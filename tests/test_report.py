"""What is printed, on values chosen for it."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from places import Place

from orchestration import report
from orchestration.runs import RunResult
from orchestration.settings import Settings
from orchestration.warehouse import reader

YEAR = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (None, None, ""),
        (dt.date(2024, 3, 1), dt.date(2024, 3, 1), "2024-03-01"),
        (*YEAR, "2024"),
        (dt.date(2020, 1, 1), YEAR[1], "2020..2024"),
        (dt.date(2024, 1, 1), dt.date(2024, 6, 30), "2024-01-01..2024-06-30"),
        (dt.date(2005, 1, 1), None, "2005-01-01.."),
        (None, dt.date(2030, 12, 31), "..2030"),
        (None, dt.date(2030, 6, 1), "..2030-06-01"),
    ],
)
def test_periods(start: dt.date | None, end: dt.date | None, shown: str) -> None:
    assert report.period(start, end) == shown


def mark(number: int, start: int, end: int, body: str, rejected: bool = False) -> dict[str, object]:
    place = {"evidence": body[start:end], "evidence_start": start, "evidence_end": end}
    if rejected:
        return {**place, "mark": "rejected", "fact_type": "flow", "reason": f"reason {number}"}
    return {**place, "mark": "claim", "fact_type": "meeting", "claim_id": f"m-{number}", "rule": f"rule{number}", "city": "Astana"}


def shown(body: str, marks: list[dict[str, object]], capsys: pytest.CaptureFixture[str]) -> list[str]:
    row = {"source_path": "a.txt", "language": "en", "published_on": None}
    report.show_document(reader.Document(row, body, marks), as_json=False)
    return capsys.readouterr().out.splitlines()[3:]


def test_marks_stand_where_their_words_are(capsys: pytest.CaptureFixture[str]) -> None:
    body = "They met.\nNo money moved.\n"
    lines = shown(body, [mark(1, 0, 9, body), mark(2, 3, 8, body, rejected=True), mark(3, 10, 25, body, rejected=True)], capsys)
    assert lines == [
        "  [1⟨The(2⟨y met⟩2).⟩1]",
        "    [1] meeting m-1 by rule rule1, characters 0–9",
        "        city Astana",
        "    (2) no flow: reason 2; characters 3–8",
        "  (3⟨No money moved.⟩3)",
        "    (3) no flow: reason 3; characters 10–25",
    ]


def test_marks_of_the_same_words_nest(capsys: pytest.CaptureFixture[str]) -> None:
    body = "They met."
    assert shown(body, [mark(1, 0, 9, body), mark(2, 0, 9, body)], capsys)[0] == "  [1⟨[2⟨They met.⟩2]⟩1]"


def test_marks_that_meet_do_not_cross(capsys: pytest.CaptureFixture[str]) -> None:
    body = "They met. They left."
    assert shown(body, [mark(1, 0, 9, body), mark(2, 9, 20, body)], capsys)[0] == "  [1⟨They met.⟩1][2⟨ They left.⟩2]"


def test_a_mark_over_lines_is_noted_where_it_ends(capsys: pytest.CaptureFixture[str]) -> None:
    body = "They met\r\nin Astana.\r\nThen left."
    lines = shown(body, [mark(1, 0, 20, body)], capsys)
    assert lines[:3] == ["  [1⟨They met", "  in Astana.⟩1]", "    [1] meeting m-1 by rule rule1, characters 0–20"]
    assert lines[-1] == "  Then left."


def test_what_a_document_holds_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    body = "red \x1b[31m text \u202e back"
    assert shown(body, [], capsys) == ["  red \\u001b[31m text \\u202e back"]


def test_a_text_that_is_not_published_still_shows_its_claims(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"source_path": "a.txt", "language": None, "published_on": None}
    report.show_document(reader.Document(row, None, [mark(1, 0, 9, "They met.")]), as_json=False)
    printed = capsys.readouterr()
    assert "«They met.»" in printed.out and "by rule rule1" in printed.out
    assert "BILATERAL_PUBLISH_TEXT_BYTES" in printed.err


def run(did_something: bool, **summary: int) -> RunResult:
    return RunResult("r", True, did_something, summary, None, None, 1.25)


def test_what_a_run_did_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings()
    report.tell_run(settings, run(False, seen=5, unchanged=5))
    report.tell_run(settings, run(True, seen=9, new=2, changed=0, removed=1, quarantined=1, unchanged=5, stale_reextracted=3))
    printed = capsys.readouterr()
    assert printed.out == ""
    nothing, something, hint = printed.err.splitlines()
    assert nothing.startswith("Nothing changed: 5 files")
    assert something.startswith("Files: 2 new, 1 removed, 1 quarantined, 5 unchanged, 3 read again by new rules.")
    assert "bilateral status" in hint


def test_the_marts_are_shown_with_a_sentence_of_each(sample: Place, capsys: pytest.CaptureFixture[str]) -> None:
    with reader.open_published(sample.settings) as connection:
        report.show_marts(connection, 3)
        counts = reader.fact_counts(connection)
    printed = capsys.readouterr()
    for table, count in counts.items():
        assert f"marts.{table}: " in printed.out
        assert str(count) in printed.out
    [line] = printed.err.splitlines()
    # The first thing to do next names a fact that is there.
    identifier = line.split()[3]
    assert sample.rows(f"select count(*) from marts.fact_sources where fact_id = '{identifier}'") != [(0,)]


def test_reports_that_disagree_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    fact = {"meeting_id": "meeting-1", "city": "Astana", "usd_rate": None}
    values = [
        {
            "attribute": "city",
            "value": "Astana",
            "report_count": 2,
            "is_contested": True,
            "is_chosen": True,
            "chosen_because": "most",
        },
        {
            "attribute": "city",
            "value": "Almaty",
            "report_count": 1,
            "is_contested": True,
            "is_chosen": False,
            "chosen_because": None,
        },
        {
            "attribute": "medium",
            "value": "phone",
            "report_count": 3,
            "is_contested": False,
            "is_chosen": True,
            "chosen_because": None,
        },
    ]
    with duckdb.connect() as connection:
        report.show_explanation(connection, reader.Explanation("meeting-1", "meeting", fact, [], values), as_json=False)
    out = capsys.readouterr().out
    assert "Reports disagree\n  city: Astana (2 reports)  <- taken: most\n  city: Almaty (1 reports)" in out
    assert "phone" not in out
