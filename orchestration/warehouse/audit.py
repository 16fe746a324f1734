"""Promises about the warehouse that can be checked at any time."""

from __future__ import annotations

import duckdb

from orchestration.warehouse.schema import CLAIM_TABLES

# Substring positions of DuckDB count from 1 and in characters; the offsets of a claim count from 0.
MISPLACED = """
select '{table}', c.document_id, c.evidence_start, c.evidence_end
from {table} as c join landing.documents as d using (document_id)
where substr(d.body, c.evidence_start + 1, c.evidence_end - c.evidence_start) is distinct from c.evidence
"""
ORPHANS = """
select '{table}', c.document_id, c.evidence_start, c.evidence_end
from {table} as c
where not exists (from landing.documents as d where d.document_id = c.document_id)
    or not exists (
        from landing.files as f where f.document_id = c.document_id and f.status in ('ingested', 'duplicate')
    )
"""
Place = tuple[str, str, int, int]


def misplaced_evidence(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """Claims and rejected candidates whose evidence is not at its offsets: (table, document_id, start, end)."""
    return _of_all_tables(connection, MISPLACED)


def orphan_claims(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """Claims and rejected candidates of a text that is not stored, or that no file carries any more."""
    return _of_all_tables(connection, ORPHANS)


def _of_all_tables(connection: duckdb.DuckDBPyConnection, query: str) -> list[Place]:
    queries = (query.format(table=table.name) for table in CLAIM_TABLES.values())
    return connection.execute(" union all ".join(queries) + " order by all").fetchall()


def quarantine(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """(files in quarantine, files present)."""
    row = connection.execute(
        "select count(*) filter (status = 'quarantined'), count(*) from landing.files where status <> 'removed'"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
