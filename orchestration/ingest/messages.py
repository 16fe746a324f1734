"""What the extracting processes and their parent say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Start:
    """How to begin: the module search path, and the extractor ("module:callable" that returns an object with `extract`)."""

    sys_path: list[str]
    extractor: str


@dataclass(frozen=True)
class Job:
    """A document to extract, and what it may cost: seconds of processor time, megabytes of memory in all."""

    document_id: str
    text: str
    seconds: int
    megabytes: int


@dataclass(frozen=True)
class Answer:
    """What became of a document: `extraction` (field → value), or `problem`; `broken` if no document can be read at all.

    `too_much`: the document asked for more than its budget. `retire`: this process has grown; another should take its place.
    """

    extraction: dict[str, Any] | None = None
    problem: str | None = None
    broken: bool = False
    too_much: bool = False
    retire: bool = False
