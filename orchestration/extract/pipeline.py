"""Text in, claims out: the one entrance to extraction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


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


def extractor_version() -> str:
    """Hash of engine, packs and reference tables: it changes when any claim could change."""
    return "0"


class Extractor:
    """Holds the loaded packs; one per process."""

    def extract(self, text: str, document_id: str) -> Extraction:
        """Read one decoded document. Never changes the text: every offset refers to it."""
        return Extraction(language=None)
