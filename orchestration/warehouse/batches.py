"""One batch of ingestion, in one transaction: files, documents, claims and what they touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import polars as pl

from orchestration.warehouse.schema import BATCHES, CLAIM_TABLES, COUNTRY_COLUMNS, DOCUMENTS, FILES, Table
from orchestration.warehouse.store import utc_now

Row = Mapping[str, Any]

LIVE = "status in ('ingested', 'duplicate')"
CHECKED = ("source_path", "modified_at", "modified_ns", "changed_ns", "checked_ns")


class InvariantError(Exception):
    """A batch would have left the warehouse inconsistent; it was rolled back. A fault of the program, not of the input."""


@dataclass
class Batch:
    """What a batch writes. Rows have the columns of their table, without `batch_id`.

    `files` replace the rows of the same source_path; those with a document_id are settled into `ingested` and `duplicate`
    here. `documents` and `claims` replace all that is stored for these documents. `refused` documents (id → problem) are
    dropped, and every file that carries one is quarantined. `checked` files have new times (columns of CHECKED) and are else as
    they were. `counts` go into `landing.batches`.
    """

    files: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    claims: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in CLAIM_TABLES})
    refused: dict[str, str] = field(default_factory=dict)
    refused_by: str | None = None
    checked: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.files or self.documents or self.refused)


@dataclass(frozen=True)
class Committed:
    """What a batch did: its number, the documents and pairs it touched, rows written by claims table, claims dropped, and how many
    of its files turned out to be duplicates.
    """

    batch_id: int
    documents: tuple[str, ...]
    pairs: tuple[tuple[str, ...], ...]
    written: dict[str, int]
    dropped: int
    duplicates: int


def write_batch(connection: duckdb.DuckDBPyConnection, batch: Batch, *, started_at: datetime, extractor_version: str) -> Committed:
    """Write a batch, all or nothing.

    Files whose document no longer has a live carrier take their document and its claims with them; of several carriers of a
    text the one that came first (then by name) is `ingested` and the others are `duplicate`.
    Raises InvariantError if the result would be inconsistent, and whatever DuckDB raises, both after a rollback.
    """
    row = connection.execute(f"select coalesce(max(batch_id), 0) + 1 from {BATCHES.name}").fetchone()
    batch_id = row[0] if row else 1
    frames = {
        "new_files": frame(FILES, batch.files, batch_id),
        "new_documents": frame(DOCUMENTS, batch.documents, batch_id),
        "refused": pl.DataFrame(
            {"document_id": list(batch.refused), "problem": list(batch.refused.values())},
            schema={"document_id": pl.String, "problem": pl.String},
        ),
        **{f"new_{name}": frame(table, batch.claims.get(name, ()), batch_id) for name, table in CLAIM_TABLES.items()},
    }
    with _registered(connection, frames), transaction(connection):
        _find_touched(connection)
        _note_pairs(connection, batch_id)
        dropped = _replace(connection, batch, batch_id)
        dropped += _drop_orphans(connection)
        note_checked(connection, batch.checked)
        _settle_carriers(connection, batch_id)
        _note_pairs(connection, batch_id)
        _assert_consistent(connection, batch_id)
        written = {name: len(batch.claims.get(name, ())) for name in CLAIM_TABLES}
        _record(connection, batch, batch_id, started_at, extractor_version, written, dropped)
        documents = connection.execute("select document_id from touched order by all").fetchall()
        pairs = connection.execute("select pair from landing.touched_pairs where batch_id = ? order by all", [batch_id]).fetchall()
        copies = connection.execute(
            "select count(*) from landing.files semi join new_files using (source_path) where status = 'duplicate'"
        ).fetchone()
    return Committed(
        batch_id,
        documents=tuple(document for (document,) in documents),
        pairs=tuple(tuple(pair) for (pair,) in pairs),
        written=written,
        dropped=dropped,
        duplicates=copies[0] if copies else 0,
    )


def frame(table: Table, rows: list[Row] | tuple[Row, ...], batch_id: int) -> pl.DataFrame:
    """Rows as a frame of the table's schema. Raises polars or KeyError errors if a value does not fit."""
    columns: dict[str, list[Any]] = {
        name: [batch_id] * len(rows) if name == "batch_id" else [row.get(name) for row in rows] for name in table.columns
    }
    return pl.DataFrame(columns, schema=table.polars, strict=True)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, roll back on any error."""
    connection.execute("begin")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # After a failed commit DuckDB has rolled back already.
        with suppress(duckdb.Error):
            connection.execute("rollback")
        raise


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame]) -> Iterator[None]:
    for name, data in frames.items():
        connection.register(name, data)
    try:
        yield
    finally:
        for name in frames:
            connection.unregister(name)


def _find_touched(connection: duckdb.DuckDBPyConnection) -> None:
    """Every document whose text, claims or carriers this batch may change."""
    connection.execute(
        """
        create or replace temp table touched as
        select document_id from landing.files semi join new_files using (source_path) where document_id is not null
        union select document_id from new_files where document_id is not null
        union select document_id from new_documents
        union select document_id from refused
        """
    )


def _note_pairs(connection: duckdb.DuckDBPyConnection, batch_id: int) -> None:
    """Add the pairs that the touched documents' claims name now (before the change, and again after it)."""
    lists = " union ".join(
        f"select {column} as countries from claims.{name} semi join touched using (document_id)"
        for name, column in COUNTRY_COLUMNS.items()
    )
    connection.execute(
        f"""
        insert into landing.touched_pairs
        with lists as ({lists}),
        pairs as (
            select [one.code, other.code] as pair
            from lists, unnest(countries) as one(code), unnest(countries) as other(code)
            where one.code < other.code
            union
            select countries from lists where len(countries) = 1
        )
        select ?, pair from pairs
        where pair not in (select pair from landing.touched_pairs where batch_id = ?)
        order by pair
        """,
        [batch_id, batch_id],
    )


def _replace(connection: duckdb.DuckDBPyConnection, batch: Batch, batch_id: int) -> int:
    """Put the new rows in the place of the old ones; returns how many claims went."""
    connection.execute(
        """
        create or replace temp table replaced as
        select document_id from new_documents union select document_id from refused
        """
    )
    dropped = _delete_documents(connection, "replaced")
    if batch.files:
        connection.execute("delete from landing.files where source_path in (select source_path from new_files)")
        connection.execute("insert into landing.files by name select * from new_files order by source_path")
    if batch.refused:
        connection.execute(
            f"""
            update landing.files as f
            set status = 'quarantined', document_id = null, problem = refused.problem, refused_by = ?, batch_id = ?
            from refused where f.document_id = refused.document_id and {LIVE}
            """,
            [batch.refused_by, batch_id],
        )
    if batch.documents:
        connection.execute("insert into landing.documents by name select * from new_documents order by document_id")
    for name in CLAIM_TABLES:
        if batch.claims.get(name):
            connection.execute(f"insert into claims.{name} by name select * from new_{name} order by document_id, evidence_start")
    return dropped


def note_checked(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    """Note new file times (columns of CHECKED) of files whose content is as it was. No document, claim or batch changes."""
    if not rows:
        return
    checked = pl.DataFrame(
        {name: [row[name] for row in rows] for name in CHECKED}, schema={name: FILES.columns[name] for name in CHECKED}
    )
    with _registered(connection, {"checked": checked}):
        connection.execute(
            """
            update landing.files as f
            set modified_at = checked.modified_at, modified_ns = checked.modified_ns,
                changed_ns = checked.changed_ns, checked_ns = checked.checked_ns
            from checked where f.source_path = checked.source_path
            """
        )


def _drop_orphans(connection: duckdb.DuckDBPyConnection) -> int:
    """Documents that no file carries any more go, with their claims; returns how many claims."""
    connection.execute(
        f"""
        create or replace temp table orphans as
        select document_id from touched
        where document_id not in (select document_id from landing.files where document_id is not null and {LIVE})
        """
    )
    return _delete_documents(connection, "orphans")


def _delete_documents(connection: duckdb.DuckDBPyConnection, ids: str) -> int:
    found = connection.execute(
        f"select count(*) from landing.documents where document_id in (select document_id from {ids})"
    ).fetchone()
    if not found or not found[0]:
        return 0
    dropped = 0
    for name in CLAIM_TABLES:
        gone = connection.execute(f"delete from claims.{name} where document_id in (select document_id from {ids})").fetchone()
        dropped += gone[0] if gone and name in COUNTRY_COLUMNS else 0
    connection.execute(f"delete from landing.documents where document_id in (select document_id from {ids})")
    return dropped


def _settle_carriers(connection: duckdb.DuckDBPyConnection, batch_id: int) -> None:
    """The first file of each touched document is ingested, the others are duplicates."""
    connection.execute(
        f"""
        with carriers as (
            select
                source_path,
                if(
                    row_number() over (partition by document_id order by ingested_at, source_path) = 1,
                    'ingested',
                    'duplicate'
                ) as settled
            from landing.files semi join touched using (document_id)
            where {LIVE}
        )
        update landing.files as f
        set status = carriers.settled, batch_id = ?
        from carriers
        where f.source_path = carriers.source_path and f.status <> carriers.settled
        """,
        [batch_id],
    )


CONSISTENT = {
    "a file is in the ledger twice": """
        select source_path from landing.files semi join new_files using (source_path) group by all having count(*) > 1
    """,
    "a document is stored twice": """
        select document_id from landing.documents semi join touched using (document_id) group by all having count(*) > 1
    """,
    "a file's document is missing": f"""
        select document_id from landing.files semi join touched using (document_id)
        where {LIVE} and document_id not in (select document_id from landing.documents)
    """,
    "a document has no file": f"""
        select document_id from landing.documents semi join touched using (document_id)
        where document_id not in (select document_id from landing.files where document_id is not null and {LIVE})
    """,
    "claims without their document": " union all ".join(
        f"""
        select document_id from claims.{name}
        where batch_id = $batch_id and document_id not in (select document_id from landing.documents)
        """
        for name in CLAIM_TABLES
    ),
    "a claim is stored twice": " union all ".join(
        f"""
        select claim_id from claims.{name} semi join touched using (document_id) group by all having count(*) > 1
        """
        for name in COUNTRY_COLUMNS
    ),
}


def _assert_consistent(connection: duckdb.DuckDBPyConnection, batch_id: int) -> None:
    for problem, query in CONSISTENT.items():
        found = connection.execute(query, {"batch_id": batch_id} if "$batch_id" in query else None).fetchone()
        if found:
            raise InvariantError(f"batch {batch_id} was rolled back: {problem} ({found[0]})")


def _record(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    batch_id: int,
    started_at: datetime,
    extractor_version: str,
    written: dict[str, int],
    dropped: int,
) -> None:
    connection.execute("insert into landing.touched_documents select ?, document_id from touched order by all", [batch_id])
    gone = connection.execute("select (select count(*) from orphans) + (select count(*) from refused)").fetchone()
    row = {
        "started_at": started_at,
        "finished_at": utc_now(),
        "extractor_version": extractor_version,
        "documents_extracted": len(batch.documents),
        "documents_dropped": gone[0] if gone else 0,
        "claims_written": sum(written[name] for name in COUNTRY_COLUMNS),
        "claims_dropped": dropped,
        **{name: batch.counts.get(name, 0) for name in BATCHES.columns if name.startswith("files_")},
    }
    new_batch = frame(BATCHES, [row], batch_id)
    with _registered(connection, {"new_batch": new_batch}):
        connection.execute(f"insert into {BATCHES.name} by name select * from new_batch")
