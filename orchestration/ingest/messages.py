"""What the extracting processes and their parent say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Start:
    """How to begin: the module search path, the extractor ("module:callable" that returns an object with `extract`), and limits."""

    sys_path: list[str]
    extractor: str
    megabytes: int


@dataclass(frozen=True)
class Answer:
    """What became of a document: `extraction` (field → value), or `problem`; `broken` if no document can be read at all.

    `retire`: this process has grown; another should take its place.
    """

    extraction: dict[str, Any] | None = None
    problem: str | None = None
    broken: bool = False
    retire: bool = False
