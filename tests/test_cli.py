"""The commands as a user meets them: what is said and where, exit codes, and no traceback for a mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from places import Place
from typer.testing import CliRunner, Result

from orchestration.cli import EXIT_CODES, Exit, app
from orchestration.settings import Settings
from orchestration.warehouse import warehouse_lock

BILATERAL = str(Path(sys.executable).with_name("bilateral"))
GRANT = "000_f50a0cd22758dade.txt"


def call(*arguments: str, data: Path | None = None, stdin: str | None = None) -> Result:
    given = [*arguments, "--data", str(data)] if data else list(arguments)
    result = CliRunner().invoke(app, given, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_every_command_has_its_help() -> None:
    for command in app.registered_commands:
        assert command.callback is not None and command.callback.__doc__
        assert call(command.callback.__name__, "--help").exit_code == 0


def test_the_help_lists_every_exit_code() -> None:
    for code in Exit:
        assert f"{int(code)} " in EXIT_CODES.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nonsense"], Exit.USAGE, "No such command"),
        (["run", "--raw", "/no/such/folder"], Exit.USAGE, "There is no folder /no/such/folder"),
        (["run", "--show", "-1"], Exit.USAGE, "--show"),
        (["run", "--raw", "/", "--data", "/x"], Exit.USAGE, "is inside"),
        (["explain"], Exit.USAGE, "--document FILE"),
        (["explain", "x", "--document", "y"], Exit.USAGE, "--document FILE"),
        (["sql", "select 1", "--csv", "--json"], Exit.USAGE, "exclude each other"),
        (["score", "/no/such/folder"], Exit.USAGE, "There is no folder"),
        (["score"], Exit.USAGE, "GOLD_DIR"),
        (["dev", "--port", "0"], Exit.USAGE, "--port"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], code: Exit, told: str) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


@pytest.mark.parametrize("arguments", [["status"], ["sql", "select 1"], ["explain", "x"]])
def test_nothing_published_yet(arguments: list[str], tmp_path: Path) -> None:
    result = call(*arguments, data=tmp_path)
    assert (result.exit_code, result.stdout) == (Exit.NOTHING_YET, "")
    assert "make run" in result.stderr


def test_a_setting_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILATERAL_WORKERS", "many")
    result = call("status")
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert "BILATERAL_WORKERS" in result.stderr


def test_a_published_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "bilateral.duckdb").write_bytes(b"not a database " * 1000)
    result = call("status", data=tmp_path)
    assert result.exit_code == Exit.FAILED
    assert "damaged" in result.stderr


def test_a_busy_warehouse_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    settings = Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")
    command = [BILATERAL, "run", "--no-wait", "--raw", str(settings.raw_dir), "--data", str(settings.data_dir)]
    with warehouse_lock(settings):
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (Exit.BUSY, "")
    assert "in use" in run.stderr


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "data").write_text("a file")
    result = call("run", "--raw", str(tmp_path / "raw"), data=tmp_path / "data")
    assert (result.exit_code, result.stdout) == (Exit.FAILED, "")
    assert "in the way" in result.stderr


def test_interrupted_while_it_waits(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    settings = Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")
    command = [BILATERAL, "run", "--wait", "--raw", str(settings.raw_dir), "--data", str(settings.data_dir)]
    with warehouse_lock(settings):
        run = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler)
        )
        assert run.stderr is not None
        assert run.stderr.readline() == "Starting\n"
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
        assert run.wait(20) == Exit.INTERRUPTED
    assert "Traceback" not in said and "Interrupted" in said


def test_a_second_run_says_that_nothing_changed(copied: Place) -> None:
    """As a user sees it, in a process of its own: talk on stderr, facts on stdout."""
    command = [BILATERAL, "run", "--raw", str(copied.raw), "--data", str(copied.data), "--show", "2"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    # The copied files have new times, so they are read, and found to be what they were.
    said = [line for line in run.stderr.splitlines() if not line.startswith("Reading documents")]
    assert said[0] == "Starting"
    assert said[1].startswith("Nothing changed: 5 files")
    assert said[2].startswith("Next: bilateral explain ")
    assert len(said) == 3, "Dagster's own warnings are of no use to a user"
    assert [line.split(":")[0] for line in run.stdout.splitlines() if line.startswith("marts.")] == [
        "marts.agreements",
        "marts.financial_flows",
        "marts.meetings",
    ]
    assert "\x1b" not in run.stdout + run.stderr


def test_status(sample: Place) -> None:
    result = call("status", data=sample.data)
    assert (result.exit_code, result.stderr) == (0, "")
    words = [line.split() for line in result.stdout.splitlines()]
    assert ["ingested", "5"] in words
    assert [line[:2] for line in words if line[:1] in (["tr"], ["ar"], ["kk"], ["all"])] == [
        ["tr", "3"],
        ["ar", "1"],
        ["kk", "1"],
        ["all", "5"],
    ]
    assert "last run (success)" in result.stdout


def test_status_tells_why_a_file_is_in_quarantine(copied: Place) -> None:
    with __import__("duckdb").connect(str(copied.settings.published_path)) as connection:
        connection.execute(
            "update landing.files set status = 'quarantined', problem = 'It is empty.' where source_path like '004%'"
        )
    result = call("status", data=copied.data)
    assert "004_a2d077be505979b8.txt   It is empty." in result.stdout


def test_sql_in_every_form(sample: Place) -> None:
    query = "select 1 as number, null as nothing, ['a', 'b'] as list, 'x,y' as text, date '2025-01-02' as day"
    table = call("sql", query, data=sample.data)
    assert table.stdout.splitlines()[2].split() == ["1", "a,", "b", "x,y", "2025-01-02"]
    rows = list(csv.DictReader(io.StringIO(call("sql", query, "--csv", data=sample.data).stdout)))
    assert rows == [{"number": "1", "nothing": "", "list": '["a", "b"]', "text": "x,y", "day": "2025-01-02"}]
    [record] = json.loads(call("sql", query, "--json", data=sample.data).stdout)
    assert record == {"number": 1, "nothing": None, "list": ["a", "b"], "text": "x,y", "day": "2025-01-02"}


def test_sql_from_stdin(sample: Place) -> None:
    for arguments in (["sql", "-"], ["sql"]):
        assert call(*arguments, "--csv", data=sample.data, stdin="select 7 as x").stdout == "x\n7\n"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "selec",
        "select 1; select 2",
        "delete from marts.meetings",
        "create table x as select 1",
        "attach '/tmp/x.duckdb'",
        "copy (select 1) to '/tmp/bilateral-test.csv'",
        "select * from read_csv('/etc/passwd')",
        "install httpfs",
        "set enable_external_access = true",
    ],
)
def test_sql_reads_what_is_published_and_nothing_else(sample: Place, query: str) -> None:
    result = call("sql", "-", data=sample.data, stdin=query)
    assert (result.exit_code, result.stdout) == (Exit.BAD_SQL, "")
    assert result.stderr.strip()


@pytest.mark.parametrize("rows", [5, 200_000])
def test_sql_into_a_pipe_that_closes(sample: Place, rows: int) -> None:
    command = f"{BILATERAL} sql 'from range({rows})' --csv --data {sample.data} | (read a; read b; echo $a; echo $b)"
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "range\n0\n", "")


def test_explain_a_fact(sample: Place) -> None:
    [(flow_id, claim_id)] = sample.rows(
        "select flow_id, claim_id from marts.financial_flows join marts.fact_sources on flow_id = fact_id where flow_type = 'grant'"
    )
    text = call("explain", flow_id, data=sample.data).stdout
    assert text.splitlines()[0] == f"flow {flow_id}"
    assert "rate: 1 USD = 1 USD" in text
    assert f"document {GRANT} (tr, 2025-08-25)" in text
    assert "rule grant:" in text and "characters " in text and "«" in text
    asked = call("explain", claim_id, data=sample.data).stdout
    assert f"{claim_id}  <- asked for" in asked
    whole = json.loads(call("explain", flow_id, "--json", data=sample.data).stdout)
    assert (whole["type"], whole["fact"]["flow_id"], [claim["claim_id"] for claim in whole["claims"]]) == (
        "flow",
        flow_id,
        [claim_id],
    )


def test_explain_says_which_claims_were_merged(sample: Place) -> None:
    [(meeting_id,)] = sample.rows("select meeting_id from marts.meetings where languages = ['kk', 'tr']")
    text = call("explain", meeting_id, data=sample.data).stdout
    claims = [claim for (claim,) in sample.rows(f"select claim_id from marts.fact_sources where fact_id = '{meeting_id}'")]
    assert len(claims) == 2
    for claim in claims:
        assert f"merged with {claim}: " in text


def test_explain_what_is_not_there(sample: Place) -> None:
    result = call("explain", "flow-nothing", data=sample.data)
    assert (result.exit_code, result.stdout) == (Exit.NOT_FOUND, "")
    [(flow_id,)] = sample.rows("select min(flow_id) from marts.financial_flows")
    assert f"Did you mean {flow_id}" in call("explain", flow_id[:-1], data=sample.data).stderr
    assert call("explain", "--document", "nothing.txt", data=sample.data).exit_code == Exit.NOT_FOUND


def test_explain_a_document(sample: Place) -> None:
    """Every claim and near miss stands in the text, and below its line with its rule or reason."""
    text = call("explain", "--document", GRANT, data=sample.data).stdout
    marks = json.loads(call("explain", "--document", GRANT, "--json", data=sample.data).stdout)["marks"]
    assert {mark["mark"] for mark in marks} == {"claim", "rejected"}
    for number, mark in enumerate(marks, 1):
        left, right = "[]" if mark["mark"] == "claim" else "()"
        assert f"{left}{number}⟨" in text and f"⟩{number}{right}" in text
        note = (
            f"[{number}] {mark['fact_type']} {mark['claim_id']} by rule {mark['rule']}"
            if left == "["
            else f"({number}) no {mark['fact_type']}: {mark['reason']}"
        )
        assert note in text
        assert text.index(f"⟩{number}{right}") < text.index(note)


def test_score_in_both_forms(tmp_path: Path) -> None:
    gold = {"doc": "a.txt", "language": "en", "published_on": None, "agreements": [], "flows": [], "meetings": []}
    (tmp_path / "a.json").write_text(json.dumps(gold))
    (tmp_path / "a.txt").write_text("It rained in the hills.")
    assert "en" in call("score", str(tmp_path)).stdout
    assert json.loads(call("score", "--json", str(tmp_path)).stdout)["texts"] == 1
    (tmp_path / "a.json").write_text("{}")
    result = call("score", str(tmp_path))
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert "a.json" in result.stderr


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = call("dev", "--port", str(taken.getsockname()[1]), data=tmp_path)
    assert result.exit_code == Exit.USAGE
    assert "--port" in result.stderr


def test_dev_becomes_dagster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "execv", lambda program, arguments: called.append([program, *arguments]))
    assert call("dev", "--port", "38471", data=tmp_path / "data").exit_code == 0
    [arguments] = called
    assert arguments[2] == "dev" and arguments[-4:] == ["--host", "127.0.0.1", "--port", "38471"]
    assert os.environ["DAGSTER_HOME"] == str(tmp_path / "data" / "dagster")
    assert "telemetry" in (tmp_path / "data" / "dagster" / "dagster.yaml").read_text()
