"""Whether anything under raw/ may have changed, without reading a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from orchestration.ingest.scan import scan_raw
from orchestration.settings import Settings


@dataclass(frozen=True)
class Stamp:
    """State of the raw folder: a hash over the names, sizes and times of its files, and how many these are."""

    digest: str
    files: int


def raw_stamp(settings: Settings) -> Stamp:
    """The present state of the raw folder. Raises RawFolderError if it is missing or cannot be listed."""
    entries = scan_raw(settings.raw_dir, max_file_bytes=settings.max_file_bytes).entries
    digest = hashlib.sha256()
    for name in sorted(entries):
        entry = entries[name]
        digest.update(repr((name, entry.size_bytes, entry.modified_ns, entry.changed_ns, entry.problem)).encode())
    return Stamp(digest.hexdigest(), len(entries))
