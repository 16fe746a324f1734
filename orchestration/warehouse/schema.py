"""The tables that ingestion writes: their columns, once, as Polars schemas; the DDL is derived from them.

Tables that dbt or reference data own are not here. No table has a primary key: DuckDB's index makes a merge of a million
rows twenty times slower, so uniqueness is asserted in each transaction (`batches.py`) and tested by dbt.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from polars.datatypes import DataTypeClass

# Raised by one whenever a table below changes in a way that old files do not have. Decide then in `migrations.py`: a migration,
# or a rebuild.
SCHEMA_VERSION = 2

ColumnType = pl.DataType | DataTypeClass

UTC_TIMESTAMP = pl.Datetime("us")
PARTICIPANT = pl.Struct({"name": pl.String, "country": pl.String, "role": pl.String})


@dataclass(frozen=True)
class Table:
    """A table: its name with schema, its columns, which of them may not be null, and what one row is."""

    name: str
    grain: str
    columns: dict[str, ColumnType]
    required: frozenset[str]

    @property
    def polars(self) -> pl.Schema:
        return pl.Schema(self.columns)

    def ddl(self) -> str:
        """`create table` statement."""
        lines = [
            f"    {column} {sql_type(kind)}{' not null' if column in self.required else ''}"
            for column, kind in self.columns.items()
        ]
        return f"create table if not exists {self.name} (\n" + ",\n".join(lines) + "\n)"


def sql_type(kind: ColumnType) -> str:
    """The DuckDB type of a Polars type."""
    if isinstance(kind, pl.List):
        return f"{sql_type(kind.inner)}[]"
    if isinstance(kind, pl.Struct):
        return f"struct({', '.join(f'{part.name} {sql_type(part.dtype)}' for part in kind.fields)})"
    if kind == UTC_TIMESTAMP:
        return "timestamp"
    simple = {pl.String: "varchar", pl.Int64: "bigint", pl.Float64: "double", pl.Date: "date", pl.Boolean: "boolean"}
    for polars_type, name in simple.items():
        if kind == polars_type:
            return name
    raise TypeError(f"no DuckDB type is chosen for {kind}; add it to sql_type()")


FILES = Table(
    "landing.files",
    "One row per file ever seen under raw/: the ledger of ingestion.",
    {
        "source_path": pl.String,
        "document_id": pl.String,
        "content_sha256": pl.String,
        "size_bytes": pl.Int64,
        "modified_at": UTC_TIMESTAMP,
        "first_seen_at": UTC_TIMESTAMP,
        "ingested_at": UTC_TIMESTAMP,
        "removed_at": UTC_TIMESTAMP,
        "status": pl.String,
        "problem": pl.String,
        "encoding": pl.String,
        # What tells a changed file without reading it: nanoseconds, as the file system gives them.
        "modified_ns": pl.Int64,
        "changed_ns": pl.Int64,
        # When the content was last read. A change in the same clock tick as the reading would not show in the times.
        "checked_ns": pl.Int64,
        # For a quarantined file: the rules that refused it. Other rules (a new extractor, a higher limit) try it again.
        "refused_by": pl.String,
        "batch_id": pl.Int64,
    },
    frozenset({"source_path", "size_bytes", "modified_at", "first_seen_at", "status", "batch_id"}),
)

DOCUMENTS = Table(
    "landing.documents",
    "One row per distinct text that at least one file under raw/ carries.",
    {
        "document_id": pl.String,
        "language": pl.String,
        "published_on": pl.Date,
        "published_on_basis": pl.String,
        "title": pl.String,
        "body": pl.String,
        "encoding": pl.String,
        "extractor_version": pl.String,
        "extracted_at": UTC_TIMESTAMP,
        "batch_id": pl.Int64,
    },
    frozenset({"document_id", "body", "encoding", "extractor_version", "extracted_at", "batch_id"}),
)

BATCHES = Table(
    "landing.batches",
    "One row per committed batch of ingestion, numbered from 1 without gaps.",
    {
        "batch_id": pl.Int64,
        "started_at": UTC_TIMESTAMP,
        "finished_at": UTC_TIMESTAMP,
        "extractor_version": pl.String,
        "files_new": pl.Int64,
        "files_changed": pl.Int64,
        "files_removed": pl.Int64,
        "files_quarantined": pl.Int64,
        "documents_extracted": pl.Int64,
        "documents_dropped": pl.Int64,
        "claims_written": pl.Int64,
        "claims_dropped": pl.Int64,
    },
    frozenset({"batch_id", "started_at", "finished_at", "extractor_version"}),
)

TOUCHED_DOCUMENTS = Table(
    "landing.touched_documents",
    "One row per batch and document whose text, claims or carrying files the batch changed; the document may be gone since.",
    {"batch_id": pl.Int64, "document_id": pl.String},
    frozenset({"batch_id", "document_id"}),
)

TOUCHED_PAIRS = Table(
    "landing.touched_pairs",
    "One row per batch and pair of countries (sorted) that a claim of a touched document names, before or after the batch.",
    {"batch_id": pl.Int64, "pair": pl.List(pl.String)},
    frozenset({"batch_id", "pair"}),
)

_EVIDENCE: dict[str, ColumnType] = {
    "evidence": pl.String,
    "evidence_start": pl.Int64,
    "evidence_end": pl.Int64,
}
_CLAIM: dict[str, ColumnType] = {"claim_id": pl.String, "document_id": pl.String}
_ORIGIN: dict[str, ColumnType] = {
    **_EVIDENCE,
    "rule": pl.String,
    "extractor_version": pl.String,
    "batch_id": pl.Int64,
}
_ALWAYS = frozenset({*_CLAIM, *_ORIGIN})

AGREEMENT_CLAIMS = Table(
    "claims.agreement_claims",
    "One row per agreement that one document states.",
    {
        **_CLAIM,
        "parties": pl.List(pl.String),
        "kind": pl.String,
        "status": pl.String,
        "signed_on": pl.Date,
        "signed_on_precision": pl.String,
        "instrument_count": pl.Int64,
        "instrument_count_bound": pl.String,
        "amount": pl.Float64,
        "currency": pl.String,
        "amount_bound": pl.String,
        "subject": pl.String,
        "sectors": pl.List(pl.String),
        **_ORIGIN,
    },
    _ALWAYS | {"parties", "kind", "status"},
)

FLOW_CLAIMS = Table(
    "claims.flow_claims",
    "One row per flow of money that one document states.",
    {
        **_CLAIM,
        "flow_type": pl.String,
        "provider": pl.String,
        "recipient": pl.String,
        "pair": pl.List(pl.String),
        "amount": pl.Float64,
        "currency": pl.String,
        "amount_bound": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        **_ORIGIN,
    },
    _ALWAYS | {"flow_type", "pair", "amount"},
)

MEETING_CLAIMS = Table(
    "claims.meeting_claims",
    "One row per meeting that one document states.",
    {
        **_CLAIM,
        "countries": pl.List(pl.String),
        "participants": pl.List(PARTICIPANT),
        "medium": pl.String,
        "status": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
        "date_precision": pl.String,
        "city": pl.String,
        "host_country": pl.String,
        "forum": pl.String,
        **_ORIGIN,
    },
    _ALWAYS | {"countries", "medium", "status"},
)

REJECTED_CANDIDATES = Table(
    "claims.rejected_candidates",
    "One row per sentence that looked like a claim and was not taken, with the reason.",
    {"document_id": pl.String, "candidate": pl.String, "reason": pl.String, **_EVIDENCE, "batch_id": pl.Int64},
    frozenset({"document_id", "candidate", "reason", *_EVIDENCE, "batch_id"}),
)

# By the names of the lists in an Extraction.
CLAIM_TABLES = {
    "agreement_claims": AGREEMENT_CLAIMS,
    "flow_claims": FLOW_CLAIMS,
    "meeting_claims": MEETING_CLAIMS,
    "rejected_candidates": REJECTED_CANDIDATES,
}
# The kinds that count as claims, and the column of each that names the countries.
COUNTRY_COLUMNS = {"agreement_claims": "parties", "flow_claims": "pair", "meeting_claims": "countries"}

TABLES = (FILES, DOCUMENTS, BATCHES, TOUCHED_DOCUMENTS, TOUCHED_PAIRS, *CLAIM_TABLES.values())

_BOUNDS = frozenset({"exact", "at_least", "at_most", "about"})
_PRECISIONS = frozenset({"day", "month", "year"})

# Values of the contract, by table and column; null is always allowed where the column may be null.
ALLOWED_VALUES: dict[str, dict[str, frozenset[str]]] = {
    "agreement_claims": {
        "kind": frozenset({"treaty", "agreement", "declaration", "memorandum", "programme", "contract", "package"}),
        "status": frozenset({"signed", "planned", "in_force", "terminated"}),
        "signed_on_precision": _PRECISIONS,
        "instrument_count_bound": _BOUNDS,
        "amount_bound": _BOUNDS,
    },
    "flow_claims": {
        "flow_type": frozenset({"grant", "loan", "fdi", "investment_pledge", "trade_turnover", "trade_target", "export"}),
        "amount_bound": _BOUNDS,
    },
    "meeting_claims": {
        "medium": frozenset({"in_person", "phone", "video"}),
        "status": frozenset({"held", "planned"}),
        "date_precision": _PRECISIONS,
    },
    "rejected_candidates": {"candidate": frozenset({"agreement", "flow", "meeting"})},
}
ALLOWED_ROLES = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "minister",
        "deputy_minister",
        "parliament_speaker",
        "ambassador",
        "organisation_head",
        "monarch",
        "other",
    }
)
FILE_STATUSES = frozenset({"ingested", "duplicate", "quarantined", "removed"})
