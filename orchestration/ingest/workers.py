"""Extraction in processes of its own: a document that takes too long, or takes its process down, costs that document only.

Not concurrent.futures: its pools lose all work when one process dies, cannot stop one document, and start every process by
importing the program's main module (with Dagster in it, two seconds each).
"""

from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any

from orchestration.ingest.messages import Answer, Job, Start
from orchestration.settings import MEGABYTE, Settings

# Fewer documents do not pay for starting another process (0.8 s, as much as some eighty documents).
DOCUMENTS_PER_WORKER = 40
# A process that died is no proof against its document: the system may have been short of memory.
ATTEMPTS = 2
# Waiting for something other than the processor; a document does not do that.
WALL_TIMES_PROCESSOR = 20
# Megabytes of memory that each megabyte of a text may take beyond the first; news takes 100.
MORE_PER_MEGABYTE = 150


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
    job: Job | None = None
    until: float = 0.0
    ready: bool = False

    def fileno(self) -> int:
        return self.connection.fileno()


class WorkerPool:
    """Processes with an extractor each, started when there is something to do. Use as a context manager."""

    def __init__(self, extractor: str, settings: Settings) -> None:
        self._start = Start(list(sys.path), extractor)
        self._settings = settings
        self._workers: list[_Worker] = []
        self._deaths: Counter[str] = Counter()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in list(self._workers):
            self._stop(worker)

    def extract(self, documents: Iterable[tuple[str, str]], progress: Callable[[], None] | None = None) -> dict[str, Result]:
        """What each document (id, text) says: the fields of its Extraction, or Failed. `progress` is called after each.

        Raises ExtractorBroken if the extractor does not start.
        """
        pending = deque(self._job(document_id, text) for document_id, text in documents)
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
                    # Claims must not depend on the order of a set; if some rule's ever do, let it be one order.
                    "PYTHONHASHSEED": "0",
                },
            )
            connection = Connection(ours.detach())
        worker = _Worker(process, connection)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.send(self._start)
        return worker

    def _job(self, document_id: str, text: str) -> Job:
        """A document with its budget, which grows with the text from a megabyte on."""
        megabytes = max(1.0, len(text) / MEGABYTE)
        return Job(
            document_id,
            text,
            seconds=math.ceil(self._settings.document_seconds * megabytes),
            megabytes=math.ceil(self._settings.worker_megabytes + MORE_PER_MEGABYTE * (megabytes - 1)),
        )

    def _give(self, worker: _Worker, job: Job) -> None:
        worker.job = job
        worker.until = time.monotonic() + WALL_TIMES_PROCESSOR * job.seconds
        # A worker that died in between is found by its closed pipe.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send(job)

    def _ready(self) -> list[_Worker]:
        """Workers with an answer, or dead; those that are stuck are killed, and found dead."""
        by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers}
        ready = [by_connection[connection] for connection in wait(list(by_connection), timeout=1.0)]
        for worker in self._workers:
            if worker.job and worker not in ready and time.monotonic() > worker.until:
                worker.process.send_signal(signal.SIGPROF)
        return ready

    def _take(self, worker: _Worker, pending: deque[Job]) -> tuple[str, Result] | None:
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
        return job.document_id, Failed(f"The text could not be read for claims. {answer.problem}", raised=not answer.too_much)

    def _bury(self, worker: _Worker, pending: deque[Job]) -> tuple[str, Result] | None:
        code = worker.process.wait()
        job = worker.job
        self._stop(worker)
        if job is None:
            raise ExtractorBroken(f"The extracting process ended before it began ({_ending(code)}); nothing was changed.")
        if code == -signal.SIGPROF:
            return job.document_id, Failed(
                f"Reading the text took more than {job.seconds} seconds of processor time, and was stopped."
                " Split the file into one per article, or raise BILATERAL_DOCUMENT_SECONDS."
            )
        self._deaths[job.document_id] += 1
        if self._deaths[job.document_id] < ATTEMPTS:
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
