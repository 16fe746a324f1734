"""Dagster around a run: its folder, what killed runs leave behind, and how failures are told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterRunStatus
from places import Place

from orchestration.runs import PROCESS_TAG, free_orphans, is_alive, prepare_home, process_mark
from orchestration.settings import Settings, project_root


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as instance:
        yield instance


def test_the_home_holds_the_settings_of_the_project(tmp_path: Path) -> None:
    settings = Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")
    home = prepare_home(settings)
    wanted = (project_root() / "dagster.yaml").read_text()
    assert (home / "dagster.yaml").read_text() == wanted
    (home / "dagster.yaml").write_text("telemetry: {enabled: true}")
    prepare_home(settings)
    assert (home / "dagster.yaml").read_text() == wanted


def gone() -> str:
    """The mark of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        mark = process_mark(process.pid)
        assert is_alive(mark)
        process.communicate(b"\n")
    return mark


def test_a_process_is_told_from_a_later_one_of_its_number() -> None:
    assert is_alive(process_mark(os.getpid()))
    assert not is_alive(f"{os.getpid()}:1")
    assert not is_alive(gone())


def test_a_killed_run_is_freed_and_a_living_one_left(instance: dg.DagsterInstance) -> None:
    for run_id, mark in (("dead", gone()), ("alive", process_mark(os.getpid())), ("foreign", None)):
        tags = {} if mark is None else {PROCESS_TAG: mark}
        instance.add_run(dg.DagsterRun(job_name="refresh", run_id=run_id, status=DagsterRunStatus.STARTED, tags=tags))
    assert free_orphans(instance) == ["dead"]
    status = {run.run_id: run.status for run in instance.get_runs()}
    assert status == {"dead": DagsterRunStatus.FAILURE, "alive": DagsterRunStatus.STARTED, "foreign": DagsterRunStatus.STARTED}
    assert free_orphans(instance) == []


def test_a_user_s_problem_is_told_without_a_traceback(copied: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.defs import landing
    from orchestration.ingest.scan import RawFolderError

    def refuse(*_: object, **__: object) -> None:
        raise RawFolderError("The folder cannot be read.")

    monkeypatch.setattr(landing, "refresh_claims", refuse)
    run = copied.refresh()
    assert (run.succeeded, run.problem, run.details) == (False, "The folder cannot be read.", None)


def test_a_fault_of_the_program_keeps_its_traceback(copied: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.defs import landing

    monkeypatch.setattr(landing, "refresh_claims", lambda *_, **__: 1 / 0)
    run = copied.refresh()
    assert not run.succeeded
    assert "division by zero" in run.problem
    assert (run.details and "Traceback" in run.details) or "File " in run.details
