"""Kills at any moment, a few of them; `python -m tests.faults.kill` does a hundred, through Dagster."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration import transform
from orchestration.runs import PROCESS_TAG, free_orphans, is_alive, process_mark
from orchestration.settings import Settings
from orchestration.warehouse import WarehouseBusy, open_warehouse, warehouse_lock
from orchestration.warehouse.lock import holder, lock_path
from tests.faults.kill import Harness, same_rows


def test_nothing_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    harness = Harness(tmp_path, seed=4, documents=12, batch_documents=3, stages=("batch", "build", "publish"))
    tally = harness.run(kills=3, kills_per_edition=3)
    assert tally.kills.total() == 3 and tally.rows > 100


def test_the_comparison_sees_a_difference(tmp_path: Path) -> None:
    one, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    for path, value in ((one, 1), (other, 2)):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create schema claims; create table claims.x as select {value} as id, now()::timestamp as at")
    with pytest.raises(AssertionError, match="only after kills"):
        same_rows(one, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("update claims.x set id = 1")
    assert same_rows(one, other) == 1


HOLDER = """
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
with open_warehouse(Settings.from_env()):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")
    settings.raw_dir.mkdir()
    with open_warehouse(settings):
        pass
    return settings


def test_a_lock_goes_with_its_process_and_says_whose_it_is(settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        env={**os.environ, **settings.to_env()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    says = f"is in use by process {process.pid} .*Run again when it has finished"
    with pytest.raises(WarehouseBusy, match=says), warehouse_lock(settings, wait_seconds=0):
        pass
    assert str(process.pid) in str(holder(settings))
    process.kill()
    process.wait()
    assert holder(settings) is None
    with open_warehouse(settings, wait_seconds=0):
        pass
    assert lock_path(settings).read_bytes() == b""


def test_the_command_line_tells_of_another_run_without_a_traceback(settings: Settings) -> None:
    with warehouse_lock(settings):
        done = subprocess.run(
            [sys.executable, "-m", "orchestration.cli", "run", "--no-wait"],
            env={**os.environ, **settings.to_env()},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 6
    assert "is in use by process" in done.stderr and "Traceback" not in done.stderr and done.stdout == ""


def test_the_pool_slot_of_a_killed_run_is_freed(tmp_path: Path) -> None:
    """STACK: a killed run kept its slot, and every later one waited for ever."""
    dagster = pytest.importorskip("dagster")

    @dagster.op(pool="warehouse")
    def nothing() -> None: ...

    @dagster.job
    def refresh() -> None:
        nothing()

    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    mark = process_mark(dead.pid)
    dead.wait()
    assert not is_alive(mark) and is_alive(process_mark(os.getpid()))
    with dagster.DagsterInstance.local_temp(str(tmp_path)) as instance:
        storage = instance.event_log_storage
        storage.set_concurrency_slots("warehouse", 1)
        runs = {
            name: instance.create_run_for_job(refresh, status=dagster.DagsterRunStatus.STARTED, tags={PROCESS_TAG: tag})
            for name, tag in (("killed", mark), ("alive", process_mark(os.getpid())))
        }
        assert storage.claim_concurrency_slot("warehouse", runs["killed"].run_id, "nothing").is_claimed
        assert not storage.claim_concurrency_slot("warehouse", runs["alive"].run_id, "nothing").is_claimed
        assert free_orphans(instance) == [runs["killed"].run_id]
        assert instance.get_run_by_id(runs["killed"].run_id).status == dagster.DagsterRunStatus.FAILURE
        assert instance.get_run_by_id(runs["alive"].run_id).status == dagster.DagsterRunStatus.STARTED
        assert storage.claim_concurrency_slot("warehouse", runs["alive"].run_id, "nothing").is_claimed


TOGETHER = """
import sys
from orchestration.ingest.refresh import Engine, refresh_claims
from orchestration.settings import Settings
sys.stdin.readline()
summary = refresh_claims(Settings.from_env(), engine=Engine("ingest_fakes:Fake", "one"))
print(summary.new, summary.unchanged)
"""


def test_two_at_once_do_the_work_of_one(settings: Settings) -> None:
    for number in range(20):
        (settings.raw_dir / f"{number}.txt").write_text(f"KAZ+JPN: {number}\n")
    settings = replace(settings, batch_documents=4, workers=1, lock_wait_seconds=300)
    environment = {**os.environ, **settings.to_env(), "PYTHONPATH": str(Path(__file__).parents[1] / "ingest")}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = sorted(process.communicate()[0].strip() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert told == ["0 20", "20 0"]
    with open_warehouse(settings) as connection:
        assert connection.execute("select count(*), count(distinct claim_id) from claims.agreement_claims").fetchall() == [(20, 20)]
        assert connection.execute("select count(*), max(batch_id) from landing.batches").fetchall() == [(5, 5)]


def test_what_a_killed_parse_of_the_dbt_project_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".parsing-x1").mkdir()
    (tmp_path / ".parsing-x1" / "half.json").touch()
    monkeypatch.setattr(transform, "PREPARED", tmp_path)
    monkeypatch.setattr(transform, "_parse", lambda target: (target / "manifest.json").touch())
    manifest = transform.prepared_manifest()
    assert manifest.is_file()
    assert {path.name for path in tmp_path.iterdir()} == {".lock", manifest.parent.name}
