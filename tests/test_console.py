from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest

from orchestration.console import Progress, for_json, money, show_records, show_table


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_plain_lines_in_a_pipe() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    with progress.shown("Starting"):
        for done in range(1, 1001):
            progress("Reading documents", done, 1000)
        progress("Building marts: model a", 1, 2)
        progress("Building marts: model b", 2, 2)
    lines = stream.getvalue().splitlines()
    assert lines == [
        "Starting",
        "Reading documents 1/1000",
        "Reading documents 1000/1000",
        "Building marts 1/2",
        "Building marts 2/2",
    ]


def test_progress_is_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    progress = Progress(stream)
    with progress.shown("Starting"):
        progress("Reading \x1b[31m[bold]documents", 1, 2)
    shown = stream.getvalue()
    assert "━" in shown and "1/2" in shown
    assert "[bold]documents" in shown, "what comes from a run is no markup"
    assert "\x1b[31m" not in shown


def test_a_table_holds_text_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show_table("Files", ("file", "n"), [("[red]a\nb\x1b[0m", 3), (None, 12)], numbers=("n",))
    out = capsys.readouterr().out
    assert "[red]a b\\u001b[0m    3" in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_empty_result_has_its_columns(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_records(["a", "b"], [], form) == 0
    assert capsys.readouterr().out.split() == {"table": ["a", "b", "-", "-"], "csv": ["a,b"], "json": ["[]"]}[form]


def test_numbers_stand_right_and_wide_letters_keep_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show_records(["name", "n"], [("日本", 1), ("x", 100)], "table")
    assert capsys.readouterr().out.splitlines()[2:] == ["日本    1", "x     100"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (float("inf"), None),
        (dt.date(2025, 1, 2), "2025-01-02"),
        ([{"on": dt.date(2025, 1, 2)}], [{"on": "2025-01-02"}]),
        ((1, None, True), [1, None, True]),
        (dt.timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_json_carries_any_value(value: Any, expected: Any) -> None:
    assert for_json(value) == expected
    json.dumps(for_json(value), allow_nan=False)


@pytest.mark.parametrize(
    ("amount", "currency", "bound", "shown"),
    [
        (None, "USD", None, ""),
        (7_400_000.0, "USD", "exact", "7,400,000 USD"),
        (3e9, "EUR", "at_least", "> 3,000,000,000 EUR"),
        (3e9, "EUR", "at_most", "< 3,000,000,000 EUR"),
        (12.5, None, "about", "~ 12.50"),
    ],
)
def test_money(amount: float | None, currency: str | None, bound: str | None, shown: str) -> None:
    assert money(amount, currency, bound) == shown
