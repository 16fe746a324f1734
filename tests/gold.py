"""Gold claims (as `tests/corpus` lists them) as rows of a warehouse: reconciliation measured apart from extraction.

python -m tests.gold DATA_DIR FOLDER...    builds a warehouse with the gold of these folders, and its marts
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from orchestration.settings import Settings
from orchestration.transform import build_marts
from orchestration.warehouse import open_warehouse
from orchestration.warehouse.batches import Batch, write_batch

CORPUS = Path(__file__).parent / "corpus"
VERSION = "gold"
LANDED_AT = dt.datetime(2026, 1, 1)

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


def agreement(claim: Row, subjects: str = "gold") -> Row:
    # Gold subjects are English whatever the language of the text, which real ones are not; `evidence` is what they are like.
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
        "sectors": claim.get("sectors", []),
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
        "ended_on": day(claim["end"], last=True),
        "date_precision": precision(claim["start"] or claim["end"]),
        "city": claim["city"],
        "host_country": claim["host"],
        "forum": claim["forum"],
    }


ROWS = {"agreements": ("agreement", agreement), "flows": ("flow", flow), "meetings": ("meeting", meeting)}


def document_key(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def claim_ids(gold: Row, body: str) -> dict[str, Row]:
    """{claim_id: gold claim} of a document, as `batch` lands them."""
    digest = document_key(body)
    return {f"{ROWS[kind][0]}-{digest[:12]}-{number}": claim for kind in ROWS for number, claim in enumerate(gold[kind])}


def batch(documents: Iterable[tuple[Row, str]], subjects: str = "gold", removed: Iterable[str] = ()) -> Batch:
    """What lands these gold documents (file name, claims, text), and takes away the files `removed`."""
    result = Batch()
    file = {"size_bytes": 1, "modified_at": LANDED_AT, "first_seen_at": LANDED_AT, "ingested_at": LANDED_AT}
    for gold, body in documents:
        digest = document_key(body)
        document_id = f"d-{digest[:16]}"
        result.files.append(
            {**file, "source_path": gold["doc"], "document_id": document_id, "content_sha256": digest, "status": "ingested"}
        )
        result.documents.append(
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
        )
        for claim_id, claim in claim_ids(gold, body).items():
            name = claim_id.partition("-")[0]
            columns = agreement(claim, subjects) if name == "agreement" else (flow if name == "flow" else meeting)(claim)
            start = body.index(claim["evidence"])
            result.claims[f"{name}_claims"].append(
                {
                    "claim_id": claim_id,
                    "document_id": document_id,
                    **columns,
                    "evidence": claim["evidence"],
                    "evidence_start": start,
                    "evidence_end": start + len(claim["evidence"]),
                    "rule": "gold",
                    "extractor_version": VERSION,
                }
            )
    for name in removed:
        result.files.append({**file, "source_path": name, "removed_at": LANDED_AT, "status": "removed"})
    return result


def land(settings: Settings, documents: Iterable[tuple[Row, str]], subjects: str = "gold", removed: Iterable[str] = ()) -> None:
    """Write them to the warehouse of `settings`, made if it is missing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with open_warehouse(settings) as connection:
        write_batch(connection, batch(documents, subjects, removed), started_at=LANDED_AT, extractor_version=VERSION)


def read(folders: Iterable[Path]) -> list[tuple[Row, str]]:
    """[(gold, text)] of the folders, by file name."""
    paths = sorted(path for folder in folders for path in folder.glob("*.json"))
    return [(json.loads(p.read_text("utf-8")), p.with_suffix(".txt").read_text("utf-8")) for p in paths]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--subjects", choices=("gold", "none", "evidence"), default="gold")
    options = parser.parse_args()
    settings = Settings(data_dir=options.data_dir)
    land(settings, read(options.folders), options.subjects)
    for failure in build_marts(settings).failures:
        print(failure)


if __name__ == "__main__":
    main()
