"""What can go wrong with the warehouse file, in words a user can act on."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import duckdb


class WarehouseError(Exception):
    """The warehouse cannot be used; the text says what happened and what to do. No traceback is needed."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse."""


class WarehouseDamaged(WarehouseError):
    """The file is not, or no longer, a readable DuckDB database."""


class WarehouseVersion(WarehouseError):
    """The file was written by another version of the project or of DuckDB."""


class WarehouseUnwritable(WarehouseError):
    """The data folder cannot be written: permissions, a read-only file system, a full disk."""


HELD_BY = re.compile(r"Conflicting lock is held in (?P<program>\S+)?.*?\(PID (?P<pid>\d+)\)", re.DOTALL)
REBUILD = "Everything in it comes from the raw folder: `bilateral rebuild` makes it again."


def explain(error: BaseException, path: Path) -> WarehouseError | None:
    """The WarehouseError that says what a DuckDB or operating-system error about `path` means; None if it is something else."""
    if isinstance(error, WarehouseError):
        return error
    text = str(error)
    if isinstance(error, OSError):
        return _explain_os_error(error, path)
    if not isinstance(error, duckdb.Error):
        return None
    if "Conflicting lock is held" in text or "Could not set lock on file" in text:
        return WarehouseBusy(_busy(text, path))
    if re.search(r"No space left on device|[Dd]isk quota exceeded|Could not write file|Failed to write|file is full", text):
        return WarehouseUnwritable(f"The disk that holds {path} is full. Free some space and run again: nothing is lost. ({text})")
    if re.search(r"[Pp]ermission denied|Read-only file system|Cannot open file", text):
        return WarehouseUnwritable(
            f"{path} cannot be opened for writing: check that you may write to it and to its folder. ({text})"
        )
    if re.search(r"newer version|can only read version|storage version|serialized from DuckDB|written by a newer", text):
        return WarehouseVersion(
            f"{path} was written by another version of DuckDB than this project's {duckdb.__version__}. Update the project, or"
            f" move the file away. {REBUILD} ({text})"
        )
    if isinstance(error, duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException) or re.search(
        r"not a valid DuckDB database|Corrupt|Could not read|checksum|Failed to load metadata|replaying WAL|Is a directory", text
    ):
        return WarehouseDamaged(f"{path} is damaged or is no DuckDB file. {REBUILD} ({text})")
    return None


def _explain_os_error(error: OSError, path: Path) -> WarehouseError | None:
    about = error.filename or path
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WarehouseUnwritable(f"The disk that holds {about} is full. Free some space and run again: nothing is lost.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WarehouseUnwritable(
            f"{about} cannot be written ({error.strerror}). Give yourself write permission, or set BILATERAL_DATA_DIR to a"
            " folder of yours."
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return WarehouseUnwritable(f"{about} is in the way: it is a file where the data folder should be. Move it.")
    return None


def _busy(text: str, path: Path) -> str:
    holder = HELD_BY.search(text)
    who = f"process {holder['pid']} ({holder['program']})" if holder else "another process"
    return (
        f"{path} is open in {who}. Only the pipeline may open this file; close it there, and query the published copy"
        " instead (`bilateral sql`)."
    )
