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


def static_metadata(key: list[str], table: Table | None, described: Mapping[str, Any]) -> dict[str, Any]:
    """Table name and columns as far as they are known before a run. `described`: the table's entry in dbt's manifest."""
    metadata: dict[str, Any] = {"dagster/table_name": ".".join([DATABASE, *key]), "dagster/storage_kind": "duckdb"}
    if table is not None:
        texts = described.get("columns", {})
        metadata["dagster/column_schema"] = dg.TableSchema(
            [
                dg.TableColumn(name, sql_type(kind), description=texts.get(name, {}).get("description"))
                for name, kind in table.columns.items()
            ]
        )
    return metadata


def table_metadata(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> dict[str, Any]:
    """Row count, column schema and a sample of a table or view, as metadata of a materialisation."""
    relation = f'"{schema}"."{name}"'
    count = connection.execute(f"select count(*) from {relation}").fetchone()
    sample = connection.execute(f"select * from {relation} limit {SAMPLE_ROWS}")
    columns = [column[0] for column in sample.description or []]
    described = connection.execute(
        """
        select column_name, data_type, comment from duckdb_columns()
        where database_name = current_catalog() and schema_name = ? and table_name = ? order by column_index
        """,
        [schema, name],
    ).fetchall()
    return {
        "dagster/row_count": count[0] if count else 0,
        "dagster/column_schema": dg.TableSchema(
            [dg.TableColumn(column, kind, description=comment) for column, kind, comment in described]
        ),
        "sample": dg.MarkdownMetadataValue(markdown_table(columns, sample.fetchall())),
    }
