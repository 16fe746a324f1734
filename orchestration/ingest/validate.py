"""Whether what the extractor says of a document fits the contract of the claims tables, before it is written."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import polars as pl

from orchestration.warehouse.schema import ALLOWED_ROLES, ALLOWED_VALUES, CLAIM_TABLES, ColumnType

Row = dict[str, Any]


class InvalidExtraction(Exception):
    """A row that the contract does not allow: a fault of the extractor. The text names the row and the column."""


def checked_claims(extraction: Row, *, document_id: str, text: str, extractor_version: str) -> dict[str, list[Row]]:
    """The claim rows of a document by table, each with exactly the columns of its table but `batch_id`.

    Checks columns, types, required values, the contract's lists of values, that the evidence is where the offsets say, and that
    no claim_id comes twice. Raises InvalidExtraction.
    """
    return {
        name: _checked_table(name, extraction[name], document_id=document_id, text=text, extractor_version=extractor_version)
        for name in CLAIM_TABLES
    }


def _checked_table(name: str, rows: list[Row], *, document_id: str, text: str, extractor_version: str) -> list[Row]:
    table = CLAIM_TABLES[name]
    columns = {column: kind for column, kind in table.columns.items() if column != "batch_id"}
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        where = f"{name} row {number}"
        if row.keys() != columns.keys():
            wrong = sorted(row.keys() ^ columns.keys())
            raise InvalidExtraction(f"{where}: columns missing or unknown: {', '.join(map(str, wrong))}")
        for column, kind in columns.items():
            _check_value(f"{where}, {column}", row[column], kind, required=column in table.required)
            allowed = ALLOWED_VALUES[name].get(column)
            if allowed and row[column] is not None and row[column] not in allowed:
                raise InvalidExtraction(f"{where}, {column}: {row[column]!r} is not one of {', '.join(sorted(allowed))}")
        for participant in row.get("participants") or ():
            if participant["role"] not in ALLOWED_ROLES:
                raise InvalidExtraction(f"{where}, participants: {participant['role']!r} is no role of the contract")
        start, end = row["evidence_start"], row["evidence_end"]
        if not 0 <= start < end <= len(text) or text[start:end] != row["evidence"]:
            raise InvalidExtraction(f"{where}: the evidence is not at {start}..{end} of the text")
        if row["document_id"] != document_id or row.get("extractor_version", extractor_version) != extractor_version:
            raise InvalidExtraction(f"{where}: it belongs to another document or extractor version")
        claim_id = row.get("claim_id")
        if claim_id is not None:
            if claim_id in seen:
                raise InvalidExtraction(f"{where}: claim_id {claim_id} comes twice")
            seen.add(claim_id)
    return rows


def _check_value(where: str, value: Any, kind: ColumnType, *, required: bool) -> None:
    if value is None:
        if required:
            raise InvalidExtraction(f"{where}: it may not be null")
        return
    if not _fits(value, kind):
        raise InvalidExtraction(f"{where}: {str(value)[:100]!r} ({type(value).__name__}) is no {kind}")


def _fits(value: Any, kind: ColumnType) -> bool:
    if isinstance(kind, pl.List):
        return isinstance(value, list) and all(_fits(item, kind.inner) for item in value)
    if isinstance(kind, pl.Struct):
        return (
            isinstance(value, dict)
            and list(value) == [part.name for part in kind.fields]
            and all(item is None or isinstance(item, str) for item in value.values())
        )
    if kind == pl.Int64:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    if kind == pl.Float64:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if kind == pl.Date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return isinstance(value, str)
