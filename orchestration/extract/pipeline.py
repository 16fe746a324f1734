"""Text in, claims out: the one entrance to extraction."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from orchestration.extract.agreement_merging import with_days_of_visits
from orchestration.extract.agreements import find_agreements
from orchestration.extract.claims import Agreement, Flow, Meeting
from orchestration.extract.context import Context, banks, build_context
from orchestration.extract.dates import When, find_dateline, find_today, header_date
from orchestration.extract.flows import find_flows, period_dates
from orchestration.extract.language import detect_language
from orchestration.extract.meetings import find_meetings
from orchestration.extract.packs import load_pack, version_hash
from orchestration.extract.people import find_people
from orchestration.extract.reader import HEADER, Sentence, Text, pipeline, read

Row = dict[str, Any]
LONGEST_TITLE = 300


@dataclass
class Extraction:
    """What one document says. Every list holds rows with the columns of the `claims` schema, evidence offsets included."""

    language: str | None
    published_on: dt.date | None = None
    published_on_basis: str | None = None  # header, dateline, inferred
    title: str | None = None
    agreement_claims: list[Row] = field(default_factory=list)
    flow_claims: list[Row] = field(default_factory=list)
    meeting_claims: list[Row] = field(default_factory=list)
    rejected_candidates: list[Row] = field(default_factory=list)


@cache
def extractor_version() -> str:
    """Hash of engine, packs and reference tables: it changes when any claim could change."""
    return version_hash()


class Extractor:
    """Reads documents; packs are loaded at the first document of their language and kept for the life of the process."""

    def extract(self, text: str, document_id: str) -> Extraction:
        """Read one decoded document. Never changes the text: every offset refers to it."""
        language = detect_language(text)
        if language is None:
            header = header_date(text)
            return Extraction(None, header, "header" if header else None, title_of(text))
        return claims_of(text, document_id, language)


def claims_of(text: str, document_id: str, language: str) -> Extraction:
    """Read a document whose language is known."""
    # Words met in one document are forgotten with it; the vocabulary would keep half a kilobyte of each for ever.
    with pipeline(language).memory_zone():
        reading = read(text, language)
        published, basis = _publication(reading)
        context = understand(reading, published, basis)
        extraction = Extraction(language, published, basis, title_of(text))
        _fill(extraction, context, document_id)
    load_pack(language).recognizer.forget()
    return extraction


def _publication(reading: Text) -> tuple[dt.date | None, str | None]:
    header = header_date(reading.body)
    if header is not None:
        return header, "header"
    dateline = find_dateline(reading) or find_today(reading)
    return dateline if dateline else (None, None)


def understand(reading: Text, published: dt.date | None, basis: str | None) -> Context:
    """People, sides and dates of a document. The people are found twice: the second time knowing whose home it is."""
    registry = find_people(reading, published, None)
    first = build_context(reading, published, basis, registry, pair_only=True)
    own = reading.pack.settings.get("home")
    # Offices without a side are of the newspaper's own country, where it is told of; else of the text's. A bank has no ministers.
    home = own if own in (first.pair or ()) else first.other(first.home) if first.home in banks() else first.home
    if home is not None:
        registry = find_people(reading, published, home, first.pair)
    return build_context(reading, published, basis, registry)


def title_of(text: str) -> str | None:
    """The first line with letters, without its header, if it is short enough to be a title."""
    header = HEADER.match(text)
    for line in text[header.end() if header else 0 :].splitlines():
        line = line.strip()
        if line:
            return line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return None


def _fill(extraction: Extraction, context: Context, document_id: str) -> None:
    flows, no_flows, sums = find_flows(context)
    meetings, no_meetings = find_meetings(context)
    agreements, no_agreements = find_agreements(context, sums, met=bool(meetings))
    agreements = with_days_of_visits(agreements, [(m.countries, m.status, m.when) for m in meetings])
    extraction.agreement_claims = _unique([_agreement_row(context, a, document_id) for a in agreements])
    extraction.flow_claims = _unique([_flow_row(context, f, document_id) for f in flows])
    extraction.meeting_claims = _unique([_meeting_row(context, m, document_id) for m in meetings])
    for candidate, rejected in (("agreement", no_agreements), ("flow", no_flows), ("meeting", no_meetings)):
        for item in rejected:
            start, end = context.text.span(item.sentence.start, item.sentence.end)
            extraction.rejected_candidates.append(
                {
                    "document_id": document_id,
                    "candidate": candidate,
                    "reason": item.reason,
                    "evidence": context.text.body[start:end],
                    "evidence_start": start,
                    "evidence_end": end,
                }
            )


def _unique(rows: list[Row]) -> list[Row]:
    return list({row["claim_id"]: row for row in rows}.values())


def _evidence(context: Context, sentence: Sentence) -> Row:
    start, end = context.text.span(sentence.start, sentence.end)
    return {"evidence": context.text.body[start:end], "evidence_start": start, "evidence_end": end}


def _finish(row: Row, kind: str, document_id: str) -> Row:
    """Add the claim's id: a hash of what it says, so that the same text and extractor give the same id."""
    said = "\x1f".join(f"{key}={row[key]}" for key in sorted(row))
    claim_id = f"{kind}-{hashlib.sha256(f'{document_id}|{extractor_version()}|{said}'.encode()).hexdigest()[:16]}"
    return {"claim_id": claim_id, "document_id": document_id, **row, "extractor_version": extractor_version()}


def _dates(when: When | None) -> tuple[dt.date | None, dt.date | None, str | None]:
    return (when.first, when.last, when.precision) if when else (None, None, None)


def _agreement_row(context: Context, a: Agreement, document_id: str) -> Row:
    first, _, precision = _dates(a.when)
    row = {
        "parties": list(a.parties),
        "kind": a.kind,
        "status": a.status,
        "signed_on": first,
        "signed_on_precision": precision,
        "instrument_count": a.count,
        "instrument_count_bound": a.count_bound,
        "amount": a.money.amount if a.money else None,
        "currency": a.money.currency if a.money else None,
        "amount_bound": a.money.bound if a.money else None,
        "subject": a.subject,
        "sectors": list(a.sectors),
        **_evidence(context, a.sentence),
        "rule": a.rule,
    }
    return _finish(row, "a", document_id)


def _flow_row(context: Context, f: Flow, document_id: str) -> Row:
    start, end = period_dates(f)
    row = {
        "flow_type": f.flow_type,
        "provider": f.provider,
        "recipient": f.recipient,
        "pair": list(f.pair),
        "amount": f.money.amount,
        "currency": f.money.currency,
        "amount_bound": f.money.bound,
        "period_start": start,
        "period_end": end,
        **_evidence(context, f.sentence),
        "rule": f.rule,
    }
    return _finish(row, "f", document_id)


def _meeting_row(context: Context, m: Meeting, document_id: str) -> Row:
    first, last, precision = _dates(m.when)
    if m.when is None and m.until is not None:
        last, precision = m.until, "day"
    row = {
        "countries": list(m.countries),
        "participants": [
            {
                "name": figure.name,
                "country": figure.country,
                "role": figure.role if figure.role != "counterpart" else "other",
            }
            for figure in m.participants.values()
        ],
        "medium": m.medium,
        "status": m.status,
        "started_on": first,
        "ended_on": last,
        "date_precision": precision,
        "city": m.city,
        "host_country": m.host,
        "forum": m.forum,
        **_evidence(context, m.sentence),
        "rule": m.rule,
    }
    return _finish(row, "m", document_id)
