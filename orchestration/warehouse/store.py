"""Opening the warehouse: lock, DuckDB connection, tables, schema version."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse.errors import REBUILD, WarehouseBusy, WarehouseVersion, explain
from orchestration.warehouse.lock import POLL_SECONDS, warehouse_lock
from orchestration.warehouse.migrations import can_migrate, migrate
from orchestration.warehouse.reference import load_reference
from orchestration.warehouse.schema import SCHEMA_VERSION, TABLES

# Nothing is fetched at run time.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

META_DDL = """
create table if not exists landing.meta (
    schema_version bigint not null,
    created_at timestamp not null,
    duckdb_version varchar
)
"""


def utc_now() -> datetime:
    """The time as the warehouse stores it: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def open_warehouse(settings: Settings, *, wait_seconds: float | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working database, locked for this run, made if it is missing, with its tables and reference data.

    A file that an older version of the project has written is brought up to date first, if `migrations.py` says how.

    Raises a WarehouseError that says what to do when the file is in use, damaged, of another version or cannot be written;
    errors that DuckDB raises while it is open are turned into the same.
    """
    path = settings.warehouse_path
    try:
        with warehouse_lock(settings, wait_seconds=wait_seconds):
            if not path.exists():
                _create(path)
            connection = _connect(path, settings.lock_wait_seconds if wait_seconds is None else wait_seconds)
            try:
                _check_version(connection, path)
                load_reference(connection)
                yield connection
            finally:
                connection.close()
    except (duckdb.Error, OSError) as error:
        known = explain(error, path)
        if known is None or known is error:
            raise
        raise known from error


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """All tables that ingestion writes, empty, with the schema version."""
    for schema in ("landing", "claims", "ref"):
        connection.execute(f"create schema if not exists {schema}")
    for table in TABLES:
        connection.execute(table.ddl())
        connection.execute(f"comment on table {table.name} is '{table.grain}'")
    connection.execute(META_DDL)
    connection.execute(
        "insert into landing.meta by name select ? as schema_version, ? as created_at, version() as duckdb_version",
        [SCHEMA_VERSION, utc_now()],
    )


def _create(path: Path) -> None:
    """Make the file under another name first, so that a kill leaves either no warehouse or a whole one."""
    unfinished = path.with_name(f"{path.name}.new")
    remove_database(unfinished)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    with duckdb.connect(str(unfinished), config=CONFIG) as connection:
        create_tables(connection)
        load_reference(connection)
    unfinished.replace(path)


def remove_database(path: Path) -> None:
    """Remove a DuckDB file with what DuckDB keeps beside it."""
    for name in (path.name, f"{path.name}.wal"):
        path.with_name(name).unlink(missing_ok=True)


def _connect(path: Path, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    """Connect; a program that has the file open without our lock is waited for like a run."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(path), config=CONFIG)
        except duckdb.Error as error:
            known = explain(error, path)
            if not isinstance(known, WarehouseBusy) or time.monotonic() >= deadline:
                raise
            time.sleep(POLL_SECONDS)


def set_aside(settings: Settings) -> Path | None:
    """Move the working database out of the way, so that the next opening makes a new one; returns where it is now.

    None if there was none. What was set aside before is replaced. The caller holds the lock.
    """
    path = settings.warehouse_path
    aside = path.with_name(f"{path.name}.old")
    try:
        if not path.exists():
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
            return None
        remove_database(aside)
        path.replace(aside)
        log = path.with_name(f"{path.name}.wal")
        if log.exists():
            log.replace(aside.with_name(f"{aside.name}.wal"))
    except OSError as error:
        raise explain(error, path) or error from error
    return aside


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    version = None
    with suppress(duckdb.CatalogException):
        row = connection.execute("select max(schema_version) from landing.meta").fetchone()
        version = row[0] if row else None
    if version == SCHEMA_VERSION:
        return
    if version is not None and version < SCHEMA_VERSION and can_migrate(version):
        migrate(connection, version)
        return
    if version is None:
        raise WarehouseVersion(f"{path} is a DuckDB database, but not a warehouse of this project. Move it away. {REBUILD}")
    if version > SCHEMA_VERSION:
        raise WarehouseVersion(
            f"{path} has schema {version}; this version of the project knows {SCHEMA_VERSION}. Update the project. {REBUILD}"
        )
    raise WarehouseVersion(f"{path} has schema {version}; this version of the project needs {SCHEMA_VERSION}. {REBUILD}")
