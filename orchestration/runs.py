"""Dagster from the command line: one run of the job `refresh` in this process, and the UI with its daemon."""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from orchestration.settings import Settings, project_root
from orchestration.warehouse.errors import WarehouseBusy, WarehouseDamaged, WarehouseError, WarehouseUnwritable

if TYPE_CHECKING:
    import dagster as dg

PROCESS_TAG = "bilateral/process"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class RunResult:
    """How a run ended. `summary`: what ingestion reported, None if it did not get that far. `problem`: why the run failed.

    `unexpected`: the problem is a fault of the program, whose traceback is in `details`.
    """

    run_id: str
    succeeded: bool
    changed: bool
    summary: Any
    problem: str | None
    details: str | None
    seconds: float


def prepare_home(settings: Settings) -> Path:
    """Dagster's own folder, with the project's dagster.yaml in it; returns it."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    wanted = (project_root() / "dagster.yaml").read_bytes()
    placed = home / "dagster.yaml"
    if not placed.is_file() or placed.read_bytes() != wanted:
        unfinished = home / "dagster.yaml.new"
        unfinished.write_bytes(wanted)
        unfinished.replace(placed)
    return home


def set_environment(settings: Settings) -> None:
    """Make this process and what it starts use these settings, and Dagster its folder."""
    os.environ.update(settings.to_env())
    os.environ["DAGSTER_HOME"] = str(prepare_home(settings))


def refresh(settings: Settings, progress: Callable[[str, int, int], None]) -> RunResult:
    """Run the job `refresh` in this process. The caller holds the warehouse's lock. Raises nothing that a step raised.

    Raises a WarehouseError if Dagster cannot keep its record of the run.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        return _refresh(settings, progress)
    except DBAPIError as error:
        raise explain_record(str(error.orig), settings) from error


def explain_record(problem: str, settings: Settings) -> WarehouseError:
    """What an error of SQLite means, in which Dagster keeps its record of runs."""
    home = settings.dagster_home
    if "malformed" in problem or "not a database" in problem:
        return WarehouseDamaged(
            f"Dagster's record of its runs in {home} is damaged ({problem}). Move that folder away and run again: it holds the"
            " history of runs, and nothing of the warehouse."
        )
    if "readonly" in problem or "unable to open" in problem:
        return WarehouseUnwritable(f"{home} cannot be written ({problem}). Give yourself write permission to it and what is in it.")
    if "locked" in problem:
        return WarehouseBusy(f"Dagster's record of its runs in {home} is in use ({problem}). Run again in a moment.")
    return WarehouseUnwritable(
        f"The disk that holds {home} is full or fails ({problem}): the record of the run cannot be kept there. Free some space and"
        " run again: nothing is lost."
    )


def _refresh(settings: Settings, progress: Callable[[str, int, int], None]) -> RunResult:
    import dagster as dg

    started = time.monotonic()
    set_environment(settings)
    # When nothing changed the checks are skipped with the rest, and Dagster warns about each of them.
    logging.getLogger("dagster._core.execution.plan").setLevel(logging.ERROR)
    from orchestration.definitions import defs

    with dg.DagsterInstance.get() as instance:
        free_orphans(instance)
        result = defs.resolve_job_def("refresh").execute_in_process(
            instance=instance,
            raise_on_error=False,
            resources={"settings": settings, "progress": progress},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={PROCESS_TAG: process_mark(os.getpid())},
        )
        problem, details = _failure(result)
    return RunResult(
        run_id=result.run_id,
        succeeded=result.success,
        changed=bool(result.asset_materializations_for_node("published__marts")),
        summary=_summary(result),
        problem=problem,
        details=details,
        seconds=time.monotonic() - started,
    )


def rebuild(settings: Settings, progress: Callable[[str, int, int], None]) -> RunResult:
    """Make the warehouse again from the raw folder; what is published stays until the new marts are. The caller holds the lock.

    The old file is set aside until the new one is whole. Raises RawFolderError before anything is touched, and WarehouseError.
    """
    from orchestration.ingest.scan import scan_raw
    from orchestration.warehouse.store import remove_database, set_aside

    scan_raw(settings.raw_dir, max_file_bytes=settings.max_file_bytes)
    aside = set_aside(settings)
    result = refresh(settings, progress)
    if aside is None:
        return result
    if result.succeeded:
        remove_database(aside)
        return result
    return replace(result, problem=f"{result.problem}\nThe warehouse as it was before is {aside}.")


def free_orphans(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs failed whose process is gone (killed, or the machine went down), and free the pool slots they held.

    Without this a killed run blocks every later one for ever. Returns the ids of these runs.
    """
    from dagster import DagsterRunStatus, RunsFilter

    freed = []
    for run in instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED, DagsterRunStatus.STARTING])):
        mark = run.tags.get(PROCESS_TAG)
        if mark is None or is_alive(mark):
            continue
        instance.report_run_failed(run, message="The process of this run is gone: it was killed, or the machine went down.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        freed.append(run.run_id)
    return freed


def process_mark(pid: int) -> str:
    """What tells a process from a later one of the same number: its number and, where the system tells, when it started."""
    try:
        # Field 22 of /proc/<pid>/stat, counted after the name, which may hold spaces and brackets.
        started = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        started = ""
    return f"{pid}:{started}"


def is_alive(mark: str) -> bool:
    """Whether the process of a mark still runs."""
    pid = int(mark.partition(":")[0])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return process_mark(pid) == mark


def _summary(result: dg.ExecuteInProcessResult) -> Any:
    """The numbers of ingestion, from the observation of the raw files."""
    for event in result.get_asset_observation_events():
        observed = event.asset_observation_data.asset_observation
        if observed.asset_key.path == ["raw_files"]:
            return {name: value.value for name, value in observed.metadata.items()}
    return None


def _failure(result: dg.ExecuteInProcessResult) -> tuple[str | None, str | None]:
    """(what to tell the user, traceback if it is unexpected) of a failed run; (None, None) of one that went well."""
    if result.success:
        return None, None
    for event in result.filter_events(lambda event: event.is_step_failure):
        data = event.step_failure_data
        failure = data.user_failure_data
        if failure is not None and failure.description:
            return failure.description, None
        # From what the step raised to what caused it.
        chain = [data.error] if data.error is not None else []
        while chain and chain[-1].cause is not None:
            chain.append(chain[-1].cause)
        for error in chain:
            if error.cls_name in EXPECTED:
                message = error.message.strip()
                return message.partition(": ")[2] or message, None
        if chain:
            return chain[-1].message.strip(), chain[-1].to_string()
    return "The run failed before its first step; `bilateral dev` shows its log.", None


# Errors whose text is written for the user.
EXPECTED = frozenset(
    {
        "ExtractorBroken",
        "RawFolderError",
        "SettingsError",
        "TransformError",
        "WarehouseError",
        "WarehouseBusy",
        "WarehouseDamaged",
        "WarehouseUnwritable",
        "WarehouseVersion",
    }
)


class PortTaken(Exception):
    """Another program listens on the port."""


def serve(settings: Settings, port: int) -> NoReturn:
    """Become `dagster dev`: the Dagster UI and daemon on this machine only, until interrupted. Raises PortTaken.

    The process is replaced, so that Ctrl-C and SIGTERM reach Dagster, which then ends what it started.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} of {HOST} is in use or not allowed ({error.strerror}); choose another with --port."
            ) from error
    set_environment(settings)
    # The successor of `dagster dev` that Dagster recommends is one more package to install, and does the same.
    os.environ["PYTHONWARNINGS"] = "ignore:Function `dev_command`"
    # Beside the dagster.yaml that counts; in the checkout Dagster warns about the other one.
    os.chdir(settings.dagster_home)
    dagster = str(Path(sys.executable).with_name("dagster"))
    workspace = str(project_root() / "workspace.yaml")
    os.execv(dagster, [dagster, "dev", "--workspace", workspace, "--host", HOST, "--port", str(port)])
