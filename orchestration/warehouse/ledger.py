"""What ingestion asks the warehouse: the ledger of files, which documents are known, which are stale."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import polars as pl

from orchestration.warehouse.batches import LIVE
from orchestration.warehouse.schema import FILES


def read_ledger(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """All rows of `landing.files`, one per source_path, with its columns."""
    return connection.sql(f"select * from {FILES.name}").pl()


def document_versions(connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> dict[str, str]:
    """Those of the documents that are stored, with the extractor version that read them."""
    wanted = pl.DataFrame({"document_id": list(document_ids)}, schema={"document_id": pl.String})
    connection.register("wanted", wanted)
    try:
        rows = connection.execute(
            "select document_id, extractor_version from landing.documents semi join wanted using (document_id)"
        ).fetchall()
    finally:
        connection.unregister("wanted")
    return dict(rows)


def documents_to_extract_again(
    connection: duckdb.DuckDBPyConnection,
    extractor_version: str,
    *,
    folder: str | None = None,
    month: str | None = None,
    force: bool = False,
) -> list[str]:
    """Ids of the documents that another extractor version read (with `force`: all), in the order of their first file's name.

    `folder`: only those that a file below this folder carries. `month` (YYYY-MM): only those published in it.
    """
    prefix = folder.rstrip("/") + "/" if folder else ""
    rows = connection.execute(
        f"""
        select d.document_id
        from landing.documents as d
        join landing.files as f using (document_id)
        where {LIVE}
            and ($force or d.extractor_version <> $version)
            and starts_with(f.source_path, $prefix)
            and ($month is null or strftime(d.published_on, '%Y-%m') = $month)
        group by d.document_id
        order by min(f.source_path)
        """,
        {"force": force, "version": extractor_version, "prefix": prefix, "month": month},
    ).fetchall()
    return [document_id for (document_id,) in rows]


def document_texts(connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Body and encoding of stored documents by id."""
    wanted = pl.DataFrame({"document_id": list(document_ids)}, schema={"document_id": pl.String})
    connection.register("wanted", wanted)
    try:
        rows = connection.execute(
            "select document_id, body, encoding from landing.documents semi join wanted using (document_id)"
        ).fetchall()
    finally:
        connection.unregister("wanted")
    return {document_id: (body, encoding) for document_id, body, encoding in rows}
