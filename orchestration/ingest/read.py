"""One file's bytes, as they were at one moment."""

from __future__ import annotations

import errno
import os
import stat
import time
from dataclasses import dataclass

from orchestration.ingest.scan import LARGEST_NS, too_large

ATTEMPTS = 3


class Unreadable(Exception):
    """The file cannot be read; the text is the reason."""


class Unsettled(Exception):
    """The file went or kept changing while it was read: another refresh will find it as it is then."""


@dataclass(frozen=True)
class Content:
    """Bytes of a file, with the size and times that belong to them and when they were read (nanoseconds)."""

    data: bytes
    modified_ns: int
    changed_ns: int
    checked_ns: int


def read_file(path: str, *, max_file_bytes: int) -> Content:
    """Read a file that may be changing. `path` has been resolved: a link that has taken its place since is not followed.

    Raises Unreadable with a reason, or Unsettled if there is no moment at which the bytes belong to the times.
    """
    for _ in range(ATTEMPTS):
        checked_ns = time.time_ns()
        try:
            # Non-blocking, so that a pipe that has taken the file's place does not stop the run.
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _reason(error) from error
        try:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise Unsettled
            if before.st_size > max_file_bytes:
                raise Unreadable(too_large(before.st_size, max_file_bytes))
            data = _read(descriptor, max_file_bytes + 1)
            after = os.fstat(descriptor)
        except OSError as error:
            raise _reason(error) from error
        finally:
            os.close(descriptor)
        if _times(before) == _times(after) and len(data) == after.st_size:
            return Content(data, min(after.st_mtime_ns, LARGEST_NS), min(after.st_ctime_ns, LARGEST_NS), checked_ns)
    raise Unsettled


def _read(descriptor: int, limit: int) -> bytes:
    parts = []
    while limit > 0 and (part := os.read(descriptor, min(limit, 1 << 20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def _times(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _reason(error: OSError) -> Exception:
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ESTALE):
        return Unsettled()
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unreadable("The file may not be read (permission denied). Give read permission: chmod a+r.")
    return Unreadable(f"The file cannot be read ({error.strerror or error}). Check the disk it is on.")
