"""Extraction in processes of its own: a document that takes too long, or takes its process down, costs that document only.

Not concurrent.futures: its pools lose all work when one process dies, cannot stop one document, and start every process by
importing the program's main module (with Dagster in it, two seconds each).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any

from orchestration.ingest.messages import Answer, Start
from orchestration.settings import MEGABYTE, Settings

# Fewer documents do not pay for starting another process (0.8 s, as much as some eighty documents).
DOCUMENTS_PER_WORKER = 40
# A process that died is no proof against its document: the system may have been short of memory.
ATTEMPTS = 2
# Waiting for something other than the processor; a document does not do that.
WALL_TIMES_PROCESSOR = 20


class ExtractorBroken(Exception):
    """The extractor cannot be started or fails on everything: a fault of the installation. Nothing is quarantined for it."""


@dataclass(frozen=True)
class Failed:
    """Why a document was not extracted, in words."""

    problem: str
    # The extractor raised an error, as opposed to running out of time or memory.
    raised: bool = False


Result = dict[str, Any] | Failed


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    job: _Job | None = None
    until: float = 0.0
    ready: bool = False

    def fileno(self) -> int:
        return self.connection.fileno()


@dataclass
class _Job:
    document_id: str
    text: str
    attempts: int = 0


class WorkerPool:
    """Processes with an extractor each, started when there is something to do. Use as a context manager."""

    def __init__(self, extractor: str, settings: Settings) -> None:
        self._start = Start(list(sys.path), extractor, settings.worker_megabytes)
        self._settings = settings
        self._workers: list[_Worker] = []

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in list(self._workers):
            self._stop(worker)

    def extract(self, documents: Iterable[tuple[str, str]], progress: Callable[[], None] | None = None) -> dict[str, Result]:
        """What each document (id, text) says: the fields of its Extraction, or Failed. `progress` is called after each.

        Raises ExtractorBroken if the extractor does not start.
        """
        pending = deque(_Job(document_id, text) for document_id, text in documents)
        results: dict[str, Result] = {}
        wanted = min(self._settings.workers, -(-len(pending) // DOCUMENTS_PER_WORKER))
        while pending or any(worker.job for worker in self._workers):
            # Not more than there is work for; those that retire or die are replaced here.
            while len(self._workers) < wanted and len(self._workers) < len(pending) + self._busy():
                self._workers.append(self._new_worker())
            for worker in self._workers:
                if pending and worker.ready and worker.job is None:
                    self._give(worker, pending.popleft())
            for worker in self._ready():
                finished = self._take(worker, pending)
                if finished:
                    results[finished[0]] = finished[1]
                    if progress:
                        progress()
        return results

    def _busy(self) -> int:
        return sum(worker.job is not None for worker in self._workers)

    def _new_worker(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "orchestration.ingest.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # One process, one core: the numeric libraries must not start threads of their own.
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                    "OMP_NUM_THREADS": "1",
                    "OPENBLAS_NUM_THREADS": "1",
                },
            )
            connection = Connection(ours.detach())
        worker = _Worker(process, connection)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.send(self._start)
        return worker

    def _give(self, worker: _Worker, job: _Job) -> None:
        seconds = self._seconds(job)
        worker.job = job
        worker.until = time.monotonic() + WALL_TIMES_PROCESSOR * seconds
        # A worker that died in between is found by its closed pipe.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send((job.document_id, job.text, seconds))

    def _seconds(self, job: _Job) -> float:
        return self._settings.document_seconds * (1 + len(job.text) / MEGABYTE)

    def _ready(self) -> list[_Worker]:
        """Workers with an answer, or dead; those that are stuck are killed, and found dead."""
        by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers}
        ready = [by_connection[connection] for connection in wait(list(by_connection), timeout=1.0)]
        for worker in self._workers:
            if worker.job and worker not in ready and time.monotonic() > worker.until:
                worker.process.send_signal(signal.SIGPROF)
        return ready

    def _take(self, worker: _Worker, pending: deque[_Job]) -> tuple[str, Result] | None:
        try:
            answer: Answer = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._bury(worker, pending)
        if answer.broken:
            self._stop(worker)
            raise ExtractorBroken(f"The extractor does not work; nothing was changed. {answer.problem}")
        if not worker.ready:
            worker.ready = True
            return None
        job, worker.job = worker.job, None
        if answer.retire:
            self._stop(worker)
        if job is None:
            raise AssertionError("an answer to no question")
        if answer.extraction is not None:
            return job.document_id, answer.extraction
        return job.document_id, Failed(f"The text could not be read for claims. {answer.problem}", raised=True)

    def _bury(self, worker: _Worker, pending: deque[_Job]) -> tuple[str, Result] | None:
        code = worker.process.wait()
        job = worker.job
        self._stop(worker)
        if job is None:
            raise ExtractorBroken(f"The extracting process ended before it began ({_ending(code)}); nothing was changed.")
        if code == -signal.SIGPROF:
            return job.document_id, Failed(
                f"Reading the text took more than {self._seconds(job):.0f} seconds of processor time, and was stopped."
                " Split the file into one per article, or raise BILATERAL_DOCUMENT_SECONDS."
            )
        job.attempts += 1
        if job.attempts < ATTEMPTS:
            pending.appendleft(job)
            return None
        return job.document_id, Failed(
            f"Reading the text ended its process {ATTEMPTS} times ({_ending(code)}). If memory was short, run again with fewer"
            " BILATERAL_WORKERS; otherwise please report this text."
        )

    def _stop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.wait()


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
