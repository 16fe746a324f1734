"""Queries from the command line, and the prompt that asks for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import duckdb

from orchestration.console import show_records, talk

AT_ONCE = 2000
SHOWN_ON_TERMINAL = 200

WELCOME = """The published tables, read-only. A query ends with a semicolon.
  .tables         what there is          .schema NAME   the columns of a table
  .mode table|csv|json                   .quit          or Ctrl-D"""

TABLES = """
select table_schema || '.' || table_name as "table", estimated_size as "rows", comment as description
from (
    select schema_name as table_schema, table_name, estimated_size, comment from duckdb_tables() where not internal
) order by table_schema <> 'marts', 1
"""
COLUMNS = """
select column_name as "column", data_type as type, comment as description from duckdb_columns()
where not internal and (schema_name || '.' || table_name = $name or table_name = $name) order by schema_name, column_index
"""


class QueryRefused(Exception):
    """DuckDB refused the query; the text is its reason."""


def query_and_show(connection: duckdb.DuckDBPyConnection, query: str, form: str, parameters: Any = None) -> int:
    """Run one statement and show its result; returns the number of rows. Raises QueryRefused."""
    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1:
            raise QueryRefused("The query is empty." if not statements else "One statement at a time, please.")
        cursor = connection.execute(statements[0], parameters)
        columns = [column[0] for column in cursor.description or []]
        limit = SHOWN_ON_TERMINAL if form == "table" and sys.stdout.isatty() else None
        return show_records(columns, fetched(cursor), form, limit)
    except (duckdb.Error, RuntimeError) as error:
        raise QueryRefused(hint(str(error).strip())) from error


def fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def hint(message: str) -> str:
    """DuckDB's message, with what to do where it speaks of its settings."""
    if "read-only mode" in message:
        return f"{message}\nOnly the pipeline writes; queries read."
    if "disabled" in message and ("file system" in message or "extension" in message):
        return f"{message}\nQueries reach the published tables only: no other file, no network, no extension."
    return message


def prompt(connection: duckdb.DuckDBPyConnection, form: str = "table") -> None:
    """Read queries from the terminal until the end of input."""
    with suppress(ImportError):
        # Gives `input` its line editing and history.
        import readline  # noqa: F401
    talk(WELCOME)
    query = ""
    while True:
        try:
            line = input("    ...> " if query else "bilateral> ")
        except EOFError:
            talk("")
            return
        except KeyboardInterrupt:
            talk("")
            query = ""
            continue
        if not query and line.strip().startswith("."):
            command, _, argument = line.strip().partition(" ")
            if command in (".quit", ".exit"):
                return
            form = _command(connection, command, argument.strip(), form)
            continue
        query = f"{query}\n{line}" if query else line
        if not query.strip():
            query = ""
        elif query.rstrip().endswith(";"):
            _try(connection, query, form)
            query = ""


def _command(connection: duckdb.DuckDBPyConnection, command: str, argument: str, form: str) -> str:
    """Carry out a dot command; returns the form of output from now on."""
    if command == ".tables":
        _try(connection, TABLES, "table")
    elif command == ".schema" and argument:
        if _try(connection, COLUMNS, "table", {"name": argument}) == 0:
            talk(f"There is no table {argument!r}; .tables lists them.")
    elif command == ".mode" and argument in ("table", "csv", "json"):
        return argument
    else:
        talk(WELCOME)
    return form


def _try(connection: duckdb.DuckDBPyConnection, query: str, form: str, parameters: Any = None) -> int:
    try:
        return query_and_show(connection, query, form, parameters)
    except QueryRefused as error:
        talk(str(error))
    except KeyboardInterrupt:
        talk("Interrupted.")
    return -1
