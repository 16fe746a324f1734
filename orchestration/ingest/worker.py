"""The process that extracts: reads documents from a pipe, one at a time, and answers with what they say.

Started by `workers.py` as `python -m orchestration.ingest.worker DESCRIPTOR`. It imports the extractor and little else, so that
starting costs what the extractor's own import costs.

Messages in: first a Start, then Jobs. Messages out: Answer.
"""

from __future__ import annotations

import gc
import importlib
import resource
import signal
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from orchestration.ingest.messages import Answer, Job, Start
from orchestration.settings import MEGABYTE

# The parts of an Extraction that are sent back.
FIELDS = (
    "language",
    "published_on",
    "published_on_basis",
    "title",
    "agreement_claims",
    "flow_claims",
    "meeting_claims",
    "rejected_candidates",
)
# Faults of the installation, not of the document: with them every document would fail.
FAULTS_OF_INSTALLATION = ("PackError", "ImportError", "ModuleNotFoundError")
SMALLER = "Split the file into one per article, or raise"
# A process that has once been this near to its limit may be fragmented: another takes its place.
RETIRE_ABOVE = 0.75


def main() -> None:
    # An interrupt from the terminal goes to the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(int(sys.argv[1]))
    # The parent is gone: nobody waits for an answer.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        serve(connection)


def serve(connection: Connection) -> None:
    start: Start = connection.recv()
    sys.path[:] = start.sys_path
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        module, _, name = start.extractor.partition(":")
        extractor = getattr(importlib.import_module(module), name)()
    except BaseException:
        connection.send(Answer(problem=traceback.format_exc(limit=-3), broken=True))
        return
    connection.send(Answer())
    inherited = _peak()
    # A long text makes millions of objects and hardly a cycle among them: looking for some took a fifth of its time.
    gc.set_threshold(200_000, 20, 20)
    while True:
        connection.send(_answer(extractor, connection.recv(), inherited))


def _answer(extractor: Any, job: Job, inherited: int) -> Answer:
    _limit_memory(job.megabytes)
    # The kernel ends this process if the time is over, even inside a regular expression.
    signal.setitimer(signal.ITIMER_PROF, job.seconds)
    try:
        result = extractor.extract(job.text, job.document_id)
        extraction = {field: getattr(result, field) for field in FIELDS}
    except MemoryError:
        problem = f"It needs more than {job.megabytes} MB of memory. {SMALLER} BILATERAL_WORKER_MEGABYTES."
        return Answer(problem=problem, too_much=True, retire=True)
    except Exception as error:
        broken = type(error).__name__ in FAULTS_OF_INSTALLATION
        return Answer(problem=_describe(error), broken=broken, retire=isinstance(error, RecursionError))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Answer(extraction=extraction, retire=_peak() > max(inherited, RETIRE_ABOVE * job.megabytes * MEGABYTE))


def _peak() -> int:
    """The most memory this process has held, in bytes. A new process begins with the peak of the one that started it (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _limit_memory(megabytes: int) -> None:
    """What this process may allocate in all from now on: its data, not the libraries it maps.

    Not every system knows this limit (Linux does); where it is missing a document may take more.
    """
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _describe(error: BaseException) -> str:
    """The error and the place it came from, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    message = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}{place}: {message}"


if __name__ == "__main__":
    main()
