"""Bring the claims up to date with the raw folder: the whole of ingestion, batch by batch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import duckdb
import polars as pl

from orchestration.extract.packs import version_hash
from orchestration.ingest.decode import DECODER_VERSION, Decoded, NotText, decode
from orchestration.ingest.plan import BY_SCAN, make_plan
from orchestration.ingest.read import Unreadable, Unsettled, read_file
from orchestration.ingest.scan import Entry, scan_raw
from orchestration.ingest.validate import InvalidExtraction, checked_claims
from orchestration.ingest.workers import ExtractorBroken, Failed, Result, WorkerPool
from orchestration.settings import MEGABYTE, Settings
from orchestration.warehouse.batches import Batch, Committed, note_checked, write_batch
from orchestration.warehouse.ledger import (
    document_texts,
    document_versions,
    documents_to_extract_again,
    read_ledger,
)
from orchestration.warehouse.schema import COUNTRY_COLUMNS
from orchestration.warehouse.store import open_warehouse, utc_now

Row = dict[str, Any]
EPOCH = datetime(1970, 1, 1)
# Documents done, documents to do.
Progress = Callable[[int, int], None]

# A batch ends here even if it has few documents: its texts are in memory at once.
BATCH_BYTES = 64 * MEGABYTE
BATCH_REMOVALS = 5_000
# If the extractor raises on every document of a batch of this size or more, it is the extractor and not the documents.
BATCH_THAT_PROVES = 5

REFUSED_BY_READING = "reading"
REFUSED_BY_DECODER = f"decoder {DECODER_VERSION}"


@dataclass(frozen=True)
class Engine:
    """What extracts: "module:callable" that gives an object with `extract(text, document_id)`, and its version."""

    factory: str
    version: str

    @classmethod
    def installed(cls) -> Engine:
        return cls("orchestration.extract.pipeline:Extractor", version_hash())


@dataclass(frozen=True)
class Selection:
    """A part of the work. `folder`: only files below this folder of raw/. `month` (YYYY-MM): of the documents that are known, only
    those published in it are extracted again; new files are read whatever their month, which shows only then. `force`: extract
    again what the present extractor has extracted already.
    """

    folder: str | None = None
    month: str | None = None
    force: bool = False


@dataclass
class RefreshSummary:
    """What a refresh found and did. Counts of files unless they say otherwise.

    `duplicate` and `quarantined` are among `new` and `changed` (quarantined: or among the documents extracted again).
    """

    seen: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    duplicate: int = 0
    quarantined: int = 0
    unchanged: int = 0
    # Known documents that another extractor version had read.
    stale_reextracted: int = 0
    documents_extracted: int = 0
    # Rows written, by kind of claim; rows that went.
    claims: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTRY_COLUMNS, 0))
    rejected_candidates: int = 0
    claims_dropped: int = 0
    touched_documents: set[str] = field(default_factory=set)
    touched_pairs: set[tuple[str, ...]] = field(default_factory=set)
    batch_ids: list[int] = field(default_factory=list)
    # Files that kept changing while they were read; the next refresh reads them.
    unsettled: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    extractor_version: str = ""
    seconds: float = 0.0

    @property
    def nothing_changed(self) -> bool:
        """Whether no document, claim or file status was written."""
        return not self.batch_ids

    def describe(self) -> str:
        """The summary in a sentence or two."""
        if self.nothing_changed and not self.unsettled:
            return f"Nothing changed: {self.seen} files, all as they were ({self.seconds:.1f} s)."
        parts = [
            f"{number} {name}"
            for number, name in (
                (self.new, "new"),
                (self.changed, "changed"),
                (self.removed, "removed"),
                (self.unchanged, "unchanged"),
                (self.duplicate, "with a text that another file has"),
                (self.quarantined, "quarantined"),
                (len(self.unsettled), "still being written, left for the next run"),
            )
            if number
        ]
        text = f"{self.seen} files: {', '.join(parts)}."
        if self.documents_extracted:
            text += f" {self.documents_extracted} documents read"
            if self.stale_reextracted:
                text += f" ({self.stale_reextracted} again)"
            kinds = ", ".join(f"{count} {name.removesuffix('_claims')}" for name, count in self.claims.items())
            text += f": {kinds} claims."
        return f"{text} ({self.seconds:.1f} s)"


def refresh_claims(
    settings: Settings,
    *,
    only: Selection | None = None,
    progress: Progress | None = None,
    engine: Engine | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> RefreshSummary:
    """Land new and changed files with their claims, drop removed ones, and extract again what an older extractor has read.

    Each batch is one transaction; killed at any moment, the next refresh goes on where this one stopped. `connection`: one
    that `open_warehouse` gave, if the caller holds it.
    Raises WarehouseError, RawFolderError and ExtractorBroken, whose texts are for users. Whatever is wrong with a single file is
    in the ledger (`landing.files.problem`).
    """
    began = time.monotonic()
    engine = engine or Engine.installed()
    with (
        nullcontext(connection) if connection is not None else open_warehouse(settings) as warehouse,
        WorkerPool(engine.factory, settings) as pool,
    ):
        run = _Run(warehouse, settings, engine, only or Selection(), pool, progress)
        run.refresh()
    run.summary.seconds = time.monotonic() - began
    return run.summary


@dataclass
class _Candidate:
    """A file to look into: what the scan saw, what the ledger has, and what becomes of it."""

    entry: Entry
    then: Row | None
    row: Row = field(default_factory=dict)
    decoded: Decoded | None = None

    @property
    def is_new(self) -> bool:
        return self.then is None or self.then["status"] == "removed"

    @property
    def is_as_it_was(self) -> bool:
        return (
            self.then is not None
            and not self.is_new
            and self.row["content_sha256"] == self.then["content_sha256"]
            and self.row["problem"] == self.then["problem"]
            and self.row["refused_by"] == self.then["refused_by"]
        )


class _Run:
    """One refresh: the warehouse, the processes, and the summary so far."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        engine: Engine,
        only: Selection,
        pool: WorkerPool,
        progress: Progress | None,
    ) -> None:
        self.connection = connection
        self.settings = settings
        self.engine = engine
        self.only = only
        self.pool = pool
        self.progress = progress
        self.done = 0
        self.extracted: set[str] = set()
        self.total = 0
        self.summary = RefreshSummary(extractor_version=engine.version)

    @property
    def refused_by_extractor(self) -> str:
        """With its limits: what was too much for it is tried again when they are raised."""
        limits = f"{self.settings.document_seconds} s, {self.settings.worker_megabytes} MB"
        return f"extractor {self.engine.version} ({limits})"

    def refresh(self) -> None:
        scan = scan_raw(self.settings.raw_dir, max_file_bytes=self.settings.max_file_bytes, folder=self.only.folder)
        ledger = read_ledger(self.connection)
        if self.only.folder:
            ledger = ledger.filter(pl.col("source_path").str.starts_with(self.only.folder.strip("/") + "/"))
        rules = {BY_SCAN, REFUSED_BY_DECODER, self.refused_by_extractor}
        plan = make_plan(scan.frame(), ledger, rules=rules - {BY_SCAN}, covers=scan.covers)
        self.summary.seen = len(scan.entries)
        self.summary.unchanged = plan.unchanged
        self.total = len(plan.to_read) + len(self._stale())

        candidates = [_Candidate(scan.entries[name], then) for name, then in plan.to_read.items()]
        for some in _batches(candidates, self.settings.batch_documents):
            self._land(some)
        gone = list(plan.gone.values())
        for start in range(0, len(gone), BATCH_REMOVALS):
            self._remove(gone[start : start + BATCH_REMOVALS])
        stale = self._stale()
        if self.only.force:
            stale = [document_id for document_id in stale if document_id not in self.extracted]
        for start in range(0, len(stale), self.settings.batch_documents):
            self._extract_again(stale[start : start + self.settings.batch_documents])

    def _stale(self) -> list[str]:
        only = self.only
        return documents_to_extract_again(
            self.connection, self.engine.version, folder=only.folder, month=only.month, force=only.force
        )

    def _land(self, candidates: Sequence[_Candidate]) -> None:
        """Read some files and write what they are and say, in one batch."""
        started_at = utc_now()
        read = [candidate for candidate in candidates if self._read(candidate, started_at)]
        as_they_were = [candidate for candidate in read if candidate.is_as_it_was]
        different = [candidate for candidate in read if not candidate.is_as_it_was]
        texts = {c.row["document_id"]: c.decoded for c in different if c.decoded is not None}
        versions = document_versions(self.connection, texts)
        to_extract = {
            document_id: decoded for document_id, decoded in texts.items() if versions.get(document_id) != self.engine.version
        }
        self._advance(len(candidates) - len(to_extract))
        batch = Batch(refused_by=self.refused_by_extractor, checked=[candidate.row for candidate in as_they_were])
        self.summary.unchanged += len(as_they_were)
        self._extract(to_extract, batch)
        self.extracted.update(to_extract)
        for candidate in different:
            problem = batch.refused.get(candidate.row["document_id"])
            if problem is not None:
                candidate.row |= _refusal(problem, self.refused_by_extractor)
            batch.files.append(candidate.row)
        batch.counts = {
            "files_new": sum(candidate.is_new for candidate in different),
            "files_changed": sum(not candidate.is_new for candidate in different),
            "files_quarantined": sum(candidate.row["status"] == "quarantined" for candidate in different),
        }
        self._write(batch, started_at)
        self.summary.stale_reextracted += sum(document["document_id"] in versions for document in batch.documents)

    def _read(self, candidate: _Candidate, now: datetime) -> bool:
        """Fill in a candidate's row and text. False if the file would not hold still."""
        entry, then = candidate.entry, candidate.then
        row = candidate.row = {
            "source_path": entry.source_path,
            "document_id": None,
            "content_sha256": None,
            "size_bytes": entry.size_bytes,
            "modified_at": _utc(entry.modified_ns),
            "first_seen_at": then["first_seen_at"] if then else now,
            "ingested_at": None,
            "removed_at": None,
            "status": "quarantined",
            "problem": entry.problem,
            "encoding": None,
            "modified_ns": entry.modified_ns,
            "changed_ns": entry.changed_ns,
            "checked_ns": time.time_ns(),
            "refused_by": BY_SCAN,
        }
        if entry.path is None:
            return True
        try:
            content = read_file(entry.path, max_file_bytes=self.settings.max_file_bytes)
        except Unsettled:
            self.summary.unsettled.append(entry.source_path)
            return False
        except Unreadable as error:
            row |= _refusal(str(error), REFUSED_BY_READING)
            return True
        row |= {
            "content_sha256": hashlib.sha256(content.data).hexdigest(),
            "size_bytes": len(content.data),
            "modified_at": _utc(content.modified_ns),
            "modified_ns": content.modified_ns,
            "changed_ns": content.changed_ns,
            "checked_ns": content.checked_ns,
        }
        if then and not candidate.is_new and then["document_id"] and row["content_sha256"] == then["content_sha256"]:
            # Only the times are new: no need to decode it again.
            row |= {"problem": None, "refused_by": None, "document_id": then["document_id"]}
            return True
        if then and row["content_sha256"] == then["content_sha256"] and then["refused_by"] == self.refused_by_extractor:
            # This extractor has refused the same content already.
            row |= _refusal(then["problem"], self.refused_by_extractor)
            return True
        try:
            candidate.decoded = decode(content.data)
        except NotText as error:
            row |= _refusal(str(error), REFUSED_BY_DECODER)
            return True
        row |= {
            "document_id": document_id_of(candidate.decoded.text),
            "ingested_at": now,
            "status": "ingested",
            "encoding": candidate.decoded.encoding,
            "refused_by": None,
        }
        return True

    def _extract(self, texts: dict[str, Decoded], batch: Batch) -> None:
        """Add to the batch what the texts say; those that cannot be extracted become `refused`."""
        results = self.pool.extract(((key, decoded.text) for key, decoded in texts.items()), lambda: self._advance(1))
        raised = [result for result in results.values() if isinstance(result, Failed) and result.raised]
        if len(raised) == len(results) >= BATCH_THAT_PROVES:
            raise ExtractorBroken(
                f"The extractor failed on every one of {len(raised)} documents; nothing was changed. The first: {raised[0].problem}"
            )
        for document_id, decoded in texts.items():
            self._add_extraction(batch, document_id, decoded, results[document_id])

    def _add_extraction(self, batch: Batch, document_id: str, decoded: Decoded, result: Result) -> None:
        if isinstance(result, Failed):
            batch.refused[document_id] = result.problem
            return
        try:
            claims = checked_claims(result, document_id=document_id, text=decoded.text, extractor_version=self.engine.version)
        except InvalidExtraction as error:
            batch.refused[document_id] = f"The extractor gave a claim that cannot be stored. {error}"
            return
        batch.documents.append(
            {
                "document_id": document_id,
                "language": result["language"],
                "published_on": result["published_on"],
                "published_on_basis": result["published_on_basis"],
                "title": result["title"],
                "body": decoded.text,
                "encoding": decoded.encoding,
                "extractor_version": self.engine.version,
                "extracted_at": utc_now(),
            }
        )
        for name, rows in claims.items():
            batch.claims[name].extend(rows)

    def _remove(self, rows: Sequence[Row]) -> None:
        started_at = utc_now()
        batch = Batch(counts={"files_removed": len(rows)})
        for row in rows:
            batch.files.append({**row, "status": "removed", "removed_at": started_at, "problem": None, "refused_by": None})
        self._write(batch, started_at)

    def _extract_again(self, document_ids: Sequence[str]) -> None:
        started_at = utc_now()
        texts = {
            document_id: Decoded(body, encoding)
            for document_id, (body, encoding) in document_texts(self.connection, document_ids).items()
        }
        batch = Batch(refused_by=self.refused_by_extractor)
        self._extract(texts, batch)
        batch.counts = {"files_quarantined": len(batch.refused)}
        self._write(batch, started_at)
        self.summary.stale_reextracted += len(batch.documents)

    def _write(self, batch: Batch, started_at: datetime) -> None:
        if not batch:
            note_checked(self.connection, batch.checked)
            return
        committed = write_batch(self.connection, batch, started_at=started_at, extractor_version=self.engine.version)
        self._count(batch, committed)

    def _count(self, batch: Batch, committed: Committed) -> None:
        summary = self.summary
        summary.new += batch.counts.get("files_new", 0)
        summary.changed += batch.counts.get("files_changed", 0)
        summary.removed += batch.counts.get("files_removed", 0)
        summary.quarantined += batch.counts.get("files_quarantined", 0)
        summary.duplicate += committed.duplicates
        summary.documents_extracted += len(batch.documents)
        for name in COUNTRY_COLUMNS:
            summary.claims[name] += committed.written[name]
        summary.rejected_candidates += committed.written["rejected_candidates"]
        summary.claims_dropped += committed.dropped
        summary.touched_documents.update(committed.documents)
        summary.touched_pairs.update(committed.pairs)
        summary.batch_ids.append(committed.batch_id)
        for row in batch.files:
            if row["status"] == "quarantined":
                summary.problems[row["source_path"]] = row["problem"]

    def _advance(self, documents: int) -> None:
        self.done += documents
        if self.progress and documents:
            self.progress(self.done, max(self.total, self.done))


def document_id_of(text: str) -> str:
    """The id of a text: the same for every file that carries it, in whatever encoding."""
    return f"d-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def _refusal(problem: str, refused_by: str) -> Row:
    return {
        "document_id": None,
        "ingested_at": None,
        "status": "quarantined",
        "problem": problem,
        "encoding": None,
        "refused_by": refused_by,
    }


def _utc(nanoseconds: int) -> datetime:
    """A file system's time; those outside of the calendar (a clock that was never set) become its first or last second."""
    try:
        return EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return datetime.min if nanoseconds < 0 else datetime.max.replace(microsecond=0)


def _batches(candidates: Sequence[_Candidate], documents: int) -> Iterator[list[_Candidate]]:
    """Runs of candidates that are few enough and small enough to be in memory at once."""
    batch: list[_Candidate] = []
    size = 0
    for candidate in candidates:
        if batch and (len(batch) == documents or size + candidate.entry.size_bytes > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(candidate)
        size += candidate.entry.size_bytes
    if batch:
        yield batch
