"""One writer at a time: a file lock beside the database, which the kernel frees however its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.settings import Settings
from orchestration.warehouse.errors import WarehouseBusy, explain

POLL_SECONDS = 0.1


@dataclass
class _Held:
    descriptor: int
    depth: int


# Locks of this process by path and thread: a run that holds the lock may take it again for a part of its work.
_held: dict[tuple[str, int], _Held] = {}


def lock_path(settings: Settings) -> Path:
    return settings.warehouse_path.with_suffix(".lock")


@contextmanager
def warehouse_lock(settings: Settings, *, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the warehouse's lock; a thread that holds it already may enter again.

    Waits up to `wait_seconds` (the setting if not given) for another run to end.
    Raises WarehouseBusy, which says who holds it, and WarehouseUnwritable if the data folder cannot be written.
    """
    path = lock_path(settings)
    key = (str(path), threading.get_ident())
    held = _held.get(key)
    if held is None:
        wait = settings.lock_wait_seconds if wait_seconds is None else wait_seconds
        held = _held[key] = _Held(_take(path, wait), 0)
    held.depth += 1
    try:
        yield
    finally:
        held.depth -= 1
        if held.depth == 0:
            del _held[key]
            # The file stays: removing it would let two runs lock two files of one name.
            os.ftruncate(held.descriptor, 0)
            os.close(held.descriptor)


def holder(settings: Settings) -> str | None:
    """Who holds the lock now, in words; None if nobody does."""
    try:
        descriptor = os.open(lock_path(settings), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_holder(descriptor)
    finally:
        os.close(descriptor)
    return None


def _take(path: Path, wait_seconds: float) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise explain(error, path) or error from error
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= deadline:
                who = _read_holder(descriptor)
                os.close(descriptor)
                raise WarehouseBusy(
                    f"The warehouse {path.with_suffix('.duckdb')} is in use by {who}. Waited {wait_seconds:g} s. Run again when"
                    " it has finished, or wait longer with BILATERAL_LOCK_WAIT_SECONDS."
                ) from None
            time.sleep(POLL_SECONDS)
    _write_holder(descriptor)
    return descriptor


def _write_holder(descriptor: int) -> None:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]) if sys.argv and sys.argv[0] else "python"
    note = {"pid": os.getpid(), "command": command[:200], "since": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
    except OSError:
        # A full disk must not keep the lock from being taken: the note only makes a message better.
        pass


def _read_holder(descriptor: int) -> str:
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {note['pid']} (`{note['command']}`, since {note['since']})"
    except (ValueError, KeyError, TypeError, OSError):
        return "another process"
