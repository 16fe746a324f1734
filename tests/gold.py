"""Gold claims (CLAIMS form) in a warehouse: reconciliation measured on perfect claims, without extraction.

python -m tests.gold WAREHOUSE.duckdb FOLDER... [--subjects gold|none|evidence]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from orchestration.warehouse.reference import load_reference

CORPUS = Path(__file__).parent / "corpus"
VERSION = "gold"
LANDED_AT = dt.datetime(2026, 1, 1)

TABLES = """
create schema if not exists landing;
create schema if not exists claims;
create table if not exists landing.files (
    source_path varchar, document_id varchar, content_sha256 varchar, size_bytes bigint, modified_at timestamp,
    first_seen_at timestamp, ingested_at timestamp, removed_at timestamp, status varchar, problem varchar
);
create table if not exists landing.documents (
    document_id varchar, language varchar, published_on date, published_on_basis varchar, title varchar, body varchar,
    encoding varchar, extractor_version varchar, extracted_at timestamp
);
create table if not exists claims.agreement_claims (
    claim_id varchar, document_id varchar, parties varchar[], kind varchar, status varchar, signed_on date,
    signed_on_precision varchar, instrument_count bigint, instrument_count_bound varchar, amount double, currency varchar,
    amount_bound varchar, subject varchar, sectors varchar[], evidence varchar, evidence_start bigint,
    evidence_end bigint, rule varchar, extractor_version varchar
);
create table if not exists claims.flow_claims (
    claim_id varchar, document_id varchar, flow_type varchar, provider varchar, recipient varchar, pair varchar[],
    amount double, currency varchar, amount_bound varchar, period_start date, period_end date, evidence varchar,
    evidence_start bigint, evidence_end bigint, rule varchar, extractor_version varchar
);
create table if not exists claims.meeting_claims (
    claim_id varchar, document_id varchar, countries varchar[],
    participants struct("name" varchar, country varchar, "role" varchar)[], medium varchar, status varchar,
    started_on date, ended_on date, date_precision varchar, city varchar, host_country varchar, forum varchar,
    evidence varchar, evidence_start bigint, evidence_end bigint, rule varchar, extractor_version varchar
);
create table if not exists claims.rejected_candidates (
    document_id varchar, candidate varchar, reason varchar, evidence varchar, evidence_start bigint, evidence_end bigint
);
"""

Row = dict[str, Any]


def day(value: str | None, *, last: bool = False) -> dt.date | None:
    """The first (or last) day of an ISO date that may stop at the month or the year."""
    if value is None:
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    if not last:
        return dt.date(year, month, 1)
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def precision(value: str | None) -> str | None:
    return None if value is None else ("year", "month", "day")[value.count("-")]


def evidence(claim: Row, body: str) -> Row:
    start = body.index(claim["evidence"])
    return {"evidence": claim["evidence"], "evidence_start": start, "evidence_end": start + len(claim["evidence"])}


def agreement(claim: Row, subjects: str) -> Row:
    subject = {"gold": claim["subject"], "none": None, "evidence": claim["evidence"]}[subjects]
    return {
        "parties": claim["parties"],
        "kind": claim["kind"],
        "status": claim["status"],
        "signed_on": day(claim["signed_on"]),
        "signed_on_precision": precision(claim["signed_on"]),
        "instrument_count": claim["count"],
        "instrument_count_bound": claim["count_bound"],
        "amount": claim["amount"],
        "currency": claim["currency"],
        "amount_bound": claim["bound"],
        "subject": subject,
        "sectors": [],
    }


def flow(claim: Row) -> Row:
    return {
        "flow_type": claim["type"],
        "provider": claim["from"],
        "recipient": claim["to"],
        "pair": claim["pair"],
        "amount": claim["amount"],
        "currency": claim["currency"],
        "amount_bound": claim["bound"],
        "period_start": day(claim["period_start"]),
        "period_end": day(claim["period_end"], last=True),
    }


def meeting(claim: Row) -> Row:
    return {
        "countries": claim["countries"],
        "participants": [{key: p[key] for key in ("name", "country", "role")} for p in claim["participants"]],
        "medium": claim["medium"],
        "status": claim["status"],
        "started_on": day(claim["start"]),
        "ended_on": day(claim["end"]),
        "date_precision": precision(claim["start"] or claim["end"]),
        "city": claim["city"],
        "host_country": claim["host"],
        "forum": claim["forum"],
    }


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))


def land(connection: duckdb.DuckDBPyConnection, gold: Row, body: str, subjects: str = "gold") -> str:
    """Land one gold document with its claims; the same text twice is one document under two names. Returns its id."""
    digest = hashlib.sha256(body.encode()).hexdigest()
    document_id = f"d-{digest[:16]}"
    known = connection.execute("select 1 from landing.documents where document_id = ?", [document_id]).fetchone()
    insert(
        connection,
        "landing.files",
        [
            {
                "source_path": gold["doc"],
                "document_id": document_id,
                "content_sha256": digest,
                "size_bytes": len(body.encode()),
                "modified_at": LANDED_AT,
                "first_seen_at": LANDED_AT,
                "ingested_at": LANDED_AT,
                "status": "duplicate" if known else "ingested",
            }
        ],
    )
    if known:
        return document_id
    insert(
        connection,
        "landing.documents",
        [
            {
                "document_id": document_id,
                "language": gold["language"],
                "published_on": day(gold["published_on"]),
                "published_on_basis": "header" if gold["published_on"] else None,
                "title": body.strip().splitlines()[0][:200],
                "body": body,
                "encoding": "utf-8",
                "extractor_version": VERSION,
                "extracted_at": LANDED_AT,
            }
        ],
    )
    groups = (
        ("agreement", [(agreement(claim, subjects), claim) for claim in gold["agreements"]]),
        ("flow", [(flow(claim), claim) for claim in gold["flows"]]),
        ("meeting", [(meeting(claim), claim) for claim in gold["meetings"]]),
    )
    for group, claims in groups:
        for number, (row, claim) in enumerate(claims):
            head = {"claim_id": f"{group[0]}-{digest[:12]}-{number}", "document_id": document_id}
            tail = {**evidence(claim, body), "rule": "gold", "extractor_version": VERSION}
            insert(connection, f"claims.{group}_claims", [{**head, **row, **tail}])
    return document_id


def read(folders: Iterable[Path]) -> list[tuple[Row, str]]:
    """[(gold, text)] of the folders, by file name."""
    paths = sorted(path for folder in folders for path in folder.glob("*.json"))
    return [(json.loads(p.read_text("utf-8")), p.with_suffix(".txt").read_text("utf-8")) for p in paths]


def write_warehouse(path: Path, documents: Iterable[tuple[Row, str]], subjects: str = "gold") -> None:
    """A warehouse at `path` with these gold documents landed and the reference data loaded."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        load_reference(connection)
        for gold, body in documents:
            land(connection, gold, body, subjects)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--subjects", choices=("gold", "none", "evidence"), default="gold")
    options = parser.parse_args()
    options.warehouse.unlink(missing_ok=True)
    write_warehouse(options.warehouse, read(options.folders), options.subjects)


if __name__ == "__main__":
    main()
