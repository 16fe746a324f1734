from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from places import Place

from orchestration.prompt import prompt
from orchestration.warehouse import reader


@pytest.fixture
def connection(sample: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with reader.open_published(sample.settings) as connection:
        yield connection


def talk_to(connection: duckdb.DuckDBPyConnection, lines: list[str | type[BaseException]], monkeypatch: pytest.MonkeyPatch) -> None:
    remaining = iter(lines)

    def answer(_: str) -> str:
        line = next(remaining, EOFError)
        if not isinstance(line, str):
            raise line
        return line

    monkeypatch.setattr("builtins.input", answer)
    prompt(connection)


def test_queries_over_lines_and_after_mistakes(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk_to(
        connection, ["selec 1;", "select 6", "* 7 as answer;", "", "select 1", KeyboardInterrupt, "select 8 as eight;"], monkeypatch
    )
    printed = capsys.readouterr()
    assert [line.strip() for line in printed.out.splitlines()] == ["answer", "------", "42", "eight", "-----", "8"]
    assert "Parser Error" in printed.err


def test_dot_commands(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = [".tables", ".schema agreements", ".schema nothing", ".mode json", "select 1 as x;", ".help", ".quit", "select 2;"]
    talk_to(connection, commands, monkeypatch)
    printed = capsys.readouterr()
    assert "marts.agreements" in printed.out
    assert "signed_on" in printed.out
    assert printed.out.endswith('[\n{"x": 1}\n]\n'), "nothing is asked after .quit"
    assert "There is no table 'nothing'" in printed.err


def test_a_query_cannot_write(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk_to(connection, ["drop table marts.meetings;"], monkeypatch)
    assert "Only the pipeline writes" in capsys.readouterr().err
