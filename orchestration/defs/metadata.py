"""What the Dagster UI shows of a table: rows, columns, a sample."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
import duckdb

from orchestration.present import markdown_table
from orchestration.warehouse.schema import Table, sql_type

DATABASE = "warehouse"
SAMPLE_ROWS = 5
OWNER = "maintainers@bilateral.invalid"
WAREHOUSE_POOL = "warehouse"


def column_texts(described: Mapping[str, Any]) -> dict[str, str]:
    """Descriptions of columns by name. `described`: the entry of a model, seed or source in dbt's manifest."""
    return {name: column["description"] for name, column in described.get("columns", {}).items() if column.get("description")}


def static_metadata(key: list[str], table: Table | None, described: Mapping[str, Any]) -> dict[str, Any]:
    """Table name and columns as far as they are known before a run. `described`: the table's entry in dbt's manifest."""
    texts = column_texts(described)
    if table is not None:
        columns = {name: sql_type(kind) for name, kind in table.columns.items()}
    else:
        columns = {name: column.get("data_type") or "" for name, column in described.get("columns", {}).items()}
    return {
        "dagster/table_name": ".".join([DATABASE, *key]),
        "dagster/storage_kind": "duckdb",
        "dagster/column_schema": dg.TableSchema(
            [dg.TableColumn(name, kind, description=texts.get(name)) for name, kind in columns.items()]
        ),
    }


def table_metadata(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str, *, described: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Row count, column schema and a sample of a table or view, as metadata of a materialisation."""
    relation = f'"{schema}"."{name}"'
    texts = column_texts(described or {})
    count = connection.execute(f"select count(*) from {relation}").fetchone()
    # Fetched before anything else is asked: a connection holds the rows of its last query only.
    cursor = connection.execute(f"select * from {relation} limit {SAMPLE_ROWS}")
    columns, sample = [column[0] for column in cursor.description or []], cursor.fetchall()
    types = connection.execute(
        """
        select column_name, data_type from duckdb_columns()
        where database_name = current_catalog() and schema_name = ? and table_name = ? order by column_index
        """,
        [schema, name],
    ).fetchall()
    return {
        "dagster/row_count": count[0] if count else 0,
        "dagster/column_schema": dg.TableSchema(
            [dg.TableColumn(column, kind, description=texts.get(column)) for column, kind in types]
        ),
        "sample": dg.MarkdownMetadataValue(markdown_table(columns, sample)),
    }
