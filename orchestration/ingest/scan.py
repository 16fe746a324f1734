"""What is under raw/: every text file with its size and times, without reading it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

SUFFIX = ".txt"
LARGEST_NS = 2**63 - 1


class RawFolderError(Exception):
    """The raw folder itself cannot be listed; the text says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """A name under raw/ that ends in .txt. `path` is what to open; None if `problem` says why not to."""

    source_path: str
    path: str | None
    size_bytes: int = 0
    modified_ns: int = 0
    changed_ns: int = 0
    problem: str | None = None


@dataclass
class Scan:
    """Entries by source_path, and the folders that could not be listed: nothing is known of the files below them."""

    entries: dict[str, Entry] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        name = entry.source_path
        number = 2
        while name in self.entries:
            # Only names that are no UTF-8 can look like another one.
            name = f"{entry.source_path} [{number}]"
            number += 1
        self.entries[name] = Entry(name, entry.path, entry.size_bytes, entry.modified_ns, entry.changed_ns, entry.problem)

    def covers(self, source_path: str) -> bool:
        """Whether this name would be in `entries` if it existed."""
        return not any(source_path.startswith(folder) and source_path != folder for folder in self.unlisted)

    def frame(self) -> pl.DataFrame:
        """One row per entry, sorted by source_path: what tells whether a file changed."""
        rows = sorted(self.entries.values(), key=lambda entry: entry.source_path)
        return pl.DataFrame(
            {
                "source_path": [row.source_path for row in rows],
                "size_bytes": [row.size_bytes for row in rows],
                "modified_ns": [row.modified_ns for row in rows],
                "changed_ns": [row.changed_ns for row in rows],
                "problem": [row.problem for row in rows],
            },
            schema={
                "source_path": pl.String,
                "size_bytes": pl.Int64,
                "modified_ns": pl.Int64,
                "changed_ns": pl.Int64,
                "problem": pl.String,
            },
        )


def scan_raw(raw_dir: Path, *, max_file_bytes: int, folder: str | None = None) -> Scan:
    """Every `*.txt` below `raw_dir` (below its `folder`, if given), in any depth; suffix in any case.

    Links to files are followed within raw/ only. Links to folders are not followed: what they show inside raw/ is found
    anyway, and what they show outside does not belong to it. What cannot be read has an entry with its problem; so has a
    folder that cannot be listed or a folder link that leads out, under its name with a slash at the end.
    Raises RawFolderError if the folder is missing or cannot be listed.
    """
    root = os.path.realpath(raw_dir)
    start = os.path.realpath(Path(root, folder)) if folder else root
    if not _is_below(start, root):
        raise RawFolderError(f"{folder!r} is not a folder inside {raw_dir}.")
    found = Scan()
    pending = [(start, "" if start == root else _shown(os.path.relpath(start, root)) + "/")]
    while pending:
        directory, prefix = pending.pop()
        try:
            with os.scandir(directory) as listing:
                children = list(listing)
        except OSError as error:
            if directory == start:
                raise RawFolderError(_folder_problem(raw_dir if directory == root else Path(directory), error)) from error
            found.unlisted.append(prefix)
            found.add(Entry(prefix, None, problem=f"The folder cannot be listed ({error.strerror}). Give read permission."))
            continue
        for child in children:
            name = prefix + _shown(child.name)
            is_text = child.name.lower().endswith(SUFFIX)
            try:
                if child.is_dir(follow_symlinks=False):
                    pending.append((child.path, name + "/"))
                elif child.is_symlink():
                    _add_link(found, child.path, name, is_text, root, max_file_bytes)
                elif is_text:
                    found.add(_entry(name, child.path, child.stat(follow_symlinks=False), max_file_bytes))
            except FileNotFoundError:
                continue
            except OSError as error:
                if is_text:
                    found.add(Entry(name, None, problem=f"The file cannot be examined ({error.strerror})."))
    return found


def _add_link(found: Scan, path: str, name: str, is_text: bool, root: str, max_file_bytes: int) -> None:
    own = os.lstat(path)
    target = os.path.realpath(path)
    try:
        status = Path(path).stat()
    except OSError as error:
        if is_text:
            what = "The link leads nowhere" if isinstance(error, FileNotFoundError) else f"The link is broken ({error.strerror})"
            found.add(Entry(name, None, own.st_size, own.st_mtime_ns, own.st_ctime_ns, f"{what}. Delete it or mend it."))
        return
    inside = _is_below(target, root)
    if stat.S_ISDIR(status.st_mode):
        if not inside:
            found.add(_led_out(name + "/", own, target, "folder"))
    elif is_text and inside:
        found.add(_entry(name, target, status, max_file_bytes))
    elif is_text:
        found.add(_led_out(name, own, target, "file"))


def _led_out(name: str, own: os.stat_result, target: str, kind: str) -> Entry:
    return Entry(
        name,
        None,
        own.st_size,
        own.st_mtime_ns,
        own.st_ctime_ns,
        f"The link leads out of the raw folder, to {_shown(target)}, and is not followed. Put a copy of the {kind} here instead.",
    )


def _entry(name: str, path: str, status: os.stat_result, max_file_bytes: int) -> Entry:
    problem = None
    if not stat.S_ISREG(status.st_mode):
        problem = "This is not a file but a pipe, socket or device. Remove it."
    elif status.st_size > max_file_bytes:
        problem = too_large(status.st_size, max_file_bytes)
    return Entry(
        name,
        None if problem else path,
        status.st_size,
        min(status.st_mtime_ns, LARGEST_NS),
        min(status.st_ctime_ns, LARGEST_NS),
        problem,
    )


def too_large(size_bytes: int, max_file_bytes: int) -> str:
    return (
        f"The file is too large: {size_bytes:,} bytes, and the limit is {max_file_bytes:,}. Split it into one file per article,"
        " or raise BILATERAL_MAX_FILE_BYTES."
    )


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _shown(name: str) -> str:
    """A name as it is written in tables: `/` between folders, bytes that are no UTF-8 as \\xNN."""
    shown = name if os.sep == "/" else name.replace(os.sep, "/")
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _folder_problem(raw_dir: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"The raw folder {raw_dir} does not exist. Create it and put .txt files into it, or set BILATERAL_RAW_DIR."
    if isinstance(error, NotADirectoryError):
        return f"{raw_dir} is a file, not a folder. Set BILATERAL_RAW_DIR to the folder that holds the .txt files."
    return f"The raw folder {raw_dir} cannot be listed ({error.strerror}). Give yourself read permission."
