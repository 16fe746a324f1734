"""The dbt project from Python: its prepared manifest, a build inside this process, and whether the marts are up to date."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings, project_root
from orchestration.warehouse import open_warehouse, warehouse_lock

DBT_PROJECT = project_root() / "dbt_project"
PREPARED = DBT_PROJECT / "target" / "prepared"
# Folders that dbt reads; `tests` and `analyses` among them, because checks and documentation come from them.
SOURCES = ("models", "macros", "seeds", "tests", "analyses", "docs")
# Manifests of other states of the project that are kept, for a checkout that goes back and forth and for processes that still
# read one.
KEPT_MANIFESTS = 3
UNFINISHED = ".parsing-"

BUILD_INFO = """
create or replace table marts.build_info as
select $inputs::varchar as inputs_sha256, $batch::bigint as last_batch_id, (now() at time zone 'UTC')::timestamp as built_at
"""
BUILD_INFO_COMMENT = (
    "One row: from which state of the claims, of the reference data and of the dbt project the marts were built, and when."
)


class TransformError(Exception):
    """The marts could not be built; the text names the models and tests that failed."""


@dataclass
class BuildResult:
    """What a dbt build did: the events of its finished nodes in order, as dictionaries, and what failed, in words."""

    events: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@cache
def project_version() -> str:
    """Hash of all that the manifest depends on: the files of the dbt project and dbt's own version."""
    digest = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')}".encode())
    files = [DBT_PROJECT / "dbt_project.yml", DBT_PROJECT / "profiles.yml"]
    for folder in SOURCES:
        files.extend(path for path in sorted((DBT_PROJECT / folder).rglob("*")) if path.is_file())
    for path in files:
        digest.update(f"\0{path.relative_to(DBT_PROJECT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def prepared_manifest() -> Path:
    """The manifest of the present state of the dbt project, parsed if no run has done that before.

    Safe to call from several processes at once. Raises TransformError if the project cannot be parsed.
    """
    folder = PREPARED / project_version()[:16]
    manifest = folder / "manifest.json"
    if manifest.is_file():
        return manifest
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if manifest.is_file():
            return manifest
        # What a killed process left: whoever parses holds the lock.
        for left in PREPARED.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=PREPARED))
        try:
            _parse(unfinished)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _forget_old_manifests()
    return manifest


def _parse(target: Path) -> None:
    # The name of the file becomes the name of the database in every relation.
    result = invoke_dbt(["parse"], target / "warehouse.duckdb", target, log_path=target)
    if not result.success:
        raise TransformError(f"The dbt project {DBT_PROJECT} cannot be parsed: {result.exception}")
    for name in ("warehouse.duckdb", "dbt.log"):
        (target / name).unlink(missing_ok=True)


def _forget_old_manifests() -> None:
    folders = sorted(PREPARED.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in [path for path in folders if not path.name.startswith(".")][KEPT_MANIFESTS:]:
        shutil.rmtree(folder, ignore_errors=True)


def build_marts(
    settings: Settings,
    selection: Sequence[str] = (),
    *,
    full_refresh: bool = False,
    on_event: Callable[[dict[str, Any]], None] | None = None,
) -> BuildResult:
    """Run `dbt build` on the warehouse, in this process, and note what the marts were built from if it all succeeded.

    `selection`: arguments that choose nodes (all if empty). `on_event` is called for each finished model, seed and test, from
    dbt's threads. The events and failures come back; a failed test or model is in `failures` and raises nothing. Raises
    TransformError if dbt did not get as far as that.
    """
    result = BuildResult()

    def collect(event: Any) -> None:
        if event.info.name in RESULT_EVENTS:
            plain = _as_dict(event)
            result.events.append(plain)
            if on_event is not None:
                on_event(plain)

    with warehouse_lock(settings):
        with open_warehouse(settings) as connection:
            inputs, batch = inputs_version(connection), last_batch(connection)
            before = built_from(connection)
            # From here until the end of a whole build the marts are not to be trusted.
            connection.execute("drop table if exists marts.build_info")
        # Unit tests test the SQL, not the data: they belong to the test suite.
        arguments = ["build", "--exclude-resource-type", "unit_test", *selection]
        if full_refresh:
            arguments.append("--full-refresh")
        target = settings.data_dir / "dbt"
        outcome = invoke_dbt(arguments, settings.warehouse_path, target, log_path=target / "logs", callbacks=[collect], parsed=True)
        result.failures = _failures(outcome)
        if not outcome.success and not result.failures:
            raise TransformError(f"dbt stopped: {outcome.exception}")
        # A part that was built again leaves whole what was whole and of the same state.
        if not result.failures and (not selection or before == inputs):
            with open_warehouse(settings) as connection:
                connection.execute("create schema if not exists marts")
                connection.execute(BUILD_INFO, {"inputs": inputs, "batch": batch})
                connection.execute(f"comment on table marts.build_info is '{BUILD_INFO_COMMENT}'")
    return result


RESULT_EVENTS = frozenset({"LogModelResult", "LogSeedResult", "LogSnapshotResult", "LogTestResult"})


def invoke_dbt(
    arguments: Sequence[str],
    warehouse: Path,
    target: Path,
    *,
    log_path: Path,
    callbacks: list[Callable[[Any], None]] | None = None,
    parsed: bool = False,
) -> Any:
    """Call dbt in this process; its database connection is closed when this returns.

    `parsed`: with the prepared manifest, which stands for the project as it is on disk.
    """
    # Importing dbt takes seconds; most commands do without.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    options = {
        "--project-dir": DBT_PROJECT,
        "--profiles-dir": DBT_PROJECT,
        "--target-path": target,
        "--log-path": log_path,
        "--log-level": "none",
    }
    flags = [part for name, value in options.items() for part in (name, str(value))]
    before = os.environ.get("BILATERAL_WAREHOUSE")
    os.environ["BILATERAL_WAREHOUSE"] = str(warehouse)
    try:
        runner = dbtRunner(manifest=_read_manifest() if parsed else None, callbacks=callbacks or [])
        return runner.invoke([*arguments, *flags])
    finally:
        # dbt leaves its connection open for the life of the process, which keeps everyone else out of the file.
        DuckDBConnectionManager.close_all_connections()
        if before is None:
            os.environ.pop("BILATERAL_WAREHOUSE", None)
        else:
            os.environ["BILATERAL_WAREHOUSE"] = before


def _read_manifest() -> Any:
    """The prepared manifest as dbt holds it in memory: without it every build parses the project again, for two seconds."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    packed = prepared_manifest().with_name("partial_parse.msgpack")
    manifest = Manifest.from_msgpack(packed.read_bytes(), decoder=extended_mashumuro_decoder)
    # Not stored: what `graph` is in a model or macro.
    manifest.build_flat_graph()
    return manifest


def _as_dict(event: Any) -> dict[str, Any]:
    from google.protobuf.json_format import MessageToDict

    return MessageToDict(event, preserving_proto_field_name=True)


def _failures(outcome: Any) -> list[str]:
    """One line per node that failed, with dbt's reason."""
    results = getattr(outcome.result, "results", None) or []
    return [
        f"{result.node.name}: {' '.join((result.message or str(result.status)).split())}"
        for result in results
        if str(result.status) in ("error", "fail", "runtime error", "partial success")
    ]


def last_batch(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of the last committed batch of ingestion; 0 before the first."""
    row = connection.execute("select coalesce(max(batch_id), 0) from landing.batches").fetchone()
    return int(row[0]) if row else 0


def inputs_version(connection: duckdb.DuckDBPyConnection) -> str:
    """Hash of what the marts depend on: the warehouse and its last batch, the reference data, the dbt project."""
    made = connection.execute("select min(created_at) from landing.meta").fetchone()
    reference = connection.execute("select part, content_sha256 from ref.versions order by all").fetchall()
    return hashlib.sha256(repr((made, last_batch(connection), reference, project_version())).encode()).hexdigest()


def built_from(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What the marts of this database were built from (see `inputs_version`); None if no build went to its end."""
    try:
        row = connection.execute("select inputs_sha256 from marts.build_info").fetchone()
    except duckdb.CatalogException:
        return None
    return str(row[0]) if row else None


def marts_are_current(settings: Settings) -> bool:
    """Whether what is published is what a build would make now."""
    with open_warehouse(settings) as connection:
        inputs = inputs_version(connection)
    return published_inputs(settings) == inputs


def published_inputs(settings: Settings) -> str | None:
    """What the published copy was built from (see `inputs_version`); None if there is none, or none that can be read."""
    if not settings.published_path.is_file():
        return None
    try:
        with duckdb.connect(str(settings.published_path), read_only=True) as connection:
            return built_from(connection)
    except duckdb.Error:
        return None


def position(event: Mapping[str, Any]) -> tuple[int, int]:
    """(number of a finished node in the build, number of nodes)."""
    data = event["data"]
    return int(data["index"]), int(data.get("total") or data.get("num_models") or 0)


def describe(event: Mapping[str, Any]) -> str:
    """One line about a finished node: its kind, its name and how it went."""
    node = event["data"]["node_info"]
    return f"{node['resource_type']} {node['node_name']}: {node['node_status']}"
