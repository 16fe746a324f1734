"""The copy that readers open: written beside, then renamed, so that nobody waits and nobody sees half of one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse.errors import explain
from orchestration.warehouse.store import remove_database

PUBLISHED_SCHEMAS = ("marts", "ref", "claims", "landing")
# Bookkeeping of the pipeline, of no use to a reader.
NOT_PUBLISHED = frozenset({"landing.touched_documents", "landing.touched_pairs", "landing.meta", "ref.versions"})


def publish(connection: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Replace the published copy by the present state of the marts, reference data, claims and the ledger.

    Views become tables; comments come along. Bodies of documents are left out (null) when they sum up to more than
    `publish_text_bytes`. Whoever has the old copy open keeps it until closing. The caller holds the warehouse's lock.
    Returns the size of the copy in bytes. Raises WarehouseUnwritable if the folder cannot be written or the disk is full;
    the old copy then stays.
    """
    target = settings.published_path
    unfinished = target.with_name(f"{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # What a killed run left. The lock makes sure that nobody is writing it now.
        remove_database(unfinished)
        _copy(connection, unfinished, settings.publish_text_bytes)
        _sync(unfinished)
        size = unfinished.stat().st_size
        unfinished.replace(target)
        _sync(target.parent)
    except (duckdb.Error, OSError) as error:
        with suppress(OSError):
            remove_database(unfinished)
        known = explain(error, target)
        if known is None:
            raise
        raise known from error
    return size


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, text_bytes: int) -> None:
    tables = connection.execute(
        """
        select table_schema, table_name from information_schema.tables
        where table_catalog = current_catalog() and table_schema in (select unnest(?::varchar[]))
        order by all
        """,
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    body = connection.execute("select coalesce(sum(strlen(body)), 0) <= ? from landing.documents", [text_bytes]).fetchone()
    keep_body = bool(body and body[0])
    connection.execute(f"attach {quote(str(path), chr(39))} as published")
    try:
        for schema, table in tables:
            if f"{schema}.{table}" in NOT_PUBLISHED:
                continue
            name = f"{quote(schema)}.{quote(table)}"
            columns = "*"
            if (schema, table) == ("landing", "documents") and not keep_body:
                columns = "* replace (null::varchar as body)"
            connection.execute(f"create schema if not exists published.{quote(schema)}")
            connection.execute(f"create table published.{name} as select {columns} from {name}")
            _copy_comments(connection, schema, table)
    finally:
        connection.execute("detach published")


def _copy_comments(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> None:
    name = f"published.{quote(schema)}.{quote(table)}"
    of_table = connection.execute(
        """
        select comment from (
            select database_name, schema_name, table_name, comment from duckdb_tables()
            union all
            select database_name, schema_name, view_name, comment from duckdb_views()
        )
        where database_name = current_catalog() and schema_name = ? and table_name = ? and comment is not null
        """,
        [schema, table],
    ).fetchone()
    if of_table:
        connection.execute(f"comment on table {name} is {quote(of_table[0], chr(39))}")
    of_columns = connection.execute(
        """
        select column_name, comment from duckdb_columns()
        where database_name = current_catalog() and schema_name = ? and table_name = ? and comment is not null
        """,
        [schema, table],
    ).fetchall()
    for column, comment in of_columns:
        connection.execute(f"comment on column {name}.{quote(column)} is {quote(comment, chr(39))}")


def quote(text: str, mark: str = '"') -> str:
    """A name (or, with a single quote as mark, a string) as SQL writes it."""
    return mark + text.replace(mark, mark * 2) + mark


def _sync(path: Path) -> None:
    """Make sure that the disk has it before it takes the place of the old one."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
