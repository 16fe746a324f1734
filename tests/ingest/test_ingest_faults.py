from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ONE, TWO, Desk

from orchestration.ingest import read, refresh
from orchestration.ingest.refresh import Engine
from orchestration.ingest.workers import ExtractorBroken, WorkerPool
from orchestration.settings import MEGABYTE, Settings

GOOD = "KAZ+JPN: rail\n"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("raise", r"The text could not be read for claims. ValueError at ingest_fakes.py:\d+: no sense in it"),
        ("die", "ended its process 2 times .signal SIGKILL"),
        ("hoard", "needs more than 450 MB of memory"),
        ("dubious\nKAZ+TUR: x", "agreement_claims row 1, status: 'dubious' is not one of"),
    ],
)
def test_a_document_that_cannot_be_extracted_is_quarantined_and_the_others_go_on(desk: Desk, trouble: str, reason: str) -> None:
    desk.write("a.txt", GOOD)
    desk.write("b.txt", f"!{trouble}\n")
    desk.write("c.txt", GOOD.replace("rail", "road"))
    summary = desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "b.txt": "quarantined", "c.txt": "ingested"}
    assert desk.subjects() == ["rail", "road"]
    assert (summary.new, summary.quarantined) == (3, 1)
    with pytest.raises(AssertionError):
        assert "Traceback" in desk.problem("b.txt")
    assert __import__("re").search(reason, desk.problem("b.txt"))
    assert desk.refresh().nothing_changed


def test_a_document_that_takes_too_long_is_stopped(desk: Desk) -> None:
    desk.write("a.txt", "!loop\n")
    desk.write("b.txt", GOOD)
    desk.refresh(document_seconds=1)
    assert "more than 1 seconds of processor time" in desk.problem("a.txt")
    assert desk.subjects() == ["rail"]


def test_what_one_extractor_refused_the_next_one_tries_again(desk: Desk) -> None:
    desk.write("a.txt", "!raise\n")
    desk.refresh()
    desk.write("a.txt", "!raise\n")
    assert desk.refresh().quarantined == 0
    summary = desk.refresh(TWO)
    assert (summary.changed, summary.quarantined) == (1, 1)


def test_a_document_that_the_next_extractor_refuses_loses_its_claims(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    desk.write("b.txt", GOOD)
    desk.refresh()
    desk.refresh(Engine("ingest_fakes:Fake", "three"))
    assert desk.statuses() == {"a.txt": "quarantined", "b.txt": "quarantined"}
    assert "another document or extractor version" in desk.problem("a.txt")
    assert desk.subjects() == []
    assert desk.refresh().quarantined == 0
    assert desk.subjects() == ["rail"]


def test_an_extractor_that_fails_on_everything_is_to_blame_itself(desk: Desk) -> None:
    for number in range(refresh.BATCH_THAT_PROVES):
        desk.write(f"{number}.txt", f"!raise {number}")
    with pytest.raises(ExtractorBroken, match="failed on every one of 5 documents"):
        desk.refresh()
    assert desk.statuses() == {}


def test_more_documents_get_more_workers_and_all_answers_arrive(desk: Desk) -> None:
    for number in range(100):
        desk.write(f"{number:03}.txt", f"KAZ+JPN: {number:03}\n" + ("!die\n" if number % 40 == 7 else ""))
    summary = desk.refresh(batch_documents=60)
    assert (summary.quarantined, summary.claims["agreement_claims"]) == (3, 97)
    assert desk.subjects() == [f"{number:03}" for number in range(100) if number % 40 != 7]


def test_a_process_stays_however_large_the_one_that_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new process is told the peak memory of its parent as its own: with Dagster loaded, each document had a process to itself."""
    started = []
    original = WorkerPool._new_worker
    monkeypatch.setattr(WorkerPool, "_new_worker", lambda pool: started.append(1) or original(pool))
    ballast = b"x" * (400 * MEGABYTE)
    with WorkerPool("ingest_fakes:Fake", replace(Settings.from_env(), workers=1, worker_megabytes=450)) as pool:
        answers = pool.extract([(str(number), f"KAZ+JPN: {number}\n") for number in range(6)])
    assert len(answers) == 6 and len(ballast) > 0
    assert len(started) == 1


CHILD = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from orchestration.ingest.refresh import Engine, refresh_claims
from orchestration.settings import Settings
from orchestration.warehouse import batches
settings = Settings.from_env()
count = 0
original = getattr(batches, {place!r})
def killing(*arguments, **named):
    global count
    count += 1
    if count == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **named)
setattr(batches, {place!r}, killing)
refresh_claims(settings, engine=Engine("ingest_fakes:Fake", "one"))
"""


@pytest.mark.parametrize("place", ["_replace", "_settle_carriers", "_record"])
def test_a_kill_in_the_middle_of_a_batch_loses_and_doubles_nothing(desk: Desk, place: str) -> None:
    for number in range(6):
        desk.write(f"{number}.txt", f"KAZ+JPN: {number}\nKAZ>TUR {number}: aid\n")
    desk.write("9.txt", "KAZ+JPN: 0\nKAZ>TUR 0: aid\n")
    environment = {**os.environ, **desk.settings.to_env(), "BILATERAL_BATCH_DOCUMENTS": "2"}
    program = CHILD.format(tests=str(Path(__file__).parent), place=place, number=2)
    killed = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert desk.sql("select max(batch_id), count(*) from landing.batches") == [(1, 1)]
    assert desk.subjects() == ["0", "1"]
    desk.refresh(batch_documents=2)
    after_kill = desk.state()
    desk.settings.warehouse_path.unlink()
    desk.refresh()
    assert after_kill == desk.state()


def test_a_file_that_keeps_changing_is_left_for_the_next_run(
    desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write("a.txt", GOOD)
    desk.write("b.txt", "KAZ+TUR: gas")
    desk.refresh()
    before = desk.sql("select * from landing.files where source_path = 'a.txt'")
    original = read._read

    def growing(descriptor: int, limit: int) -> bytes:
        data = original(descriptor, limit)
        if data.startswith(b"KAZ+JPN"):
            with path.open("a") as file:
                file.write("more\n")
        return data

    monkeypatch.setattr(read, "_read", growing)
    desk.write("a.txt", GOOD + "KAZ>JPN 3: aid\n")
    summary = desk.refresh()
    assert (summary.unsettled, summary.changed) == (["a.txt"], 0)
    assert "still being written" in summary.describe()
    assert desk.sql("select * from landing.files where source_path = 'a.txt'") == before
    monkeypatch.undo()
    monkeypatch.setattr(refresh, "WorkerPool", refresh.WorkerPool)
    assert desk.refresh().changed == 1


def test_a_file_that_vanishes_between_listing_and_reading_is_left_for_the_next_run(
    desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write("a.txt", GOOD)
    original = refresh.read_file

    def vanishing(name: str, **limits: int) -> read.Content:
        path.unlink()
        return original(name, **limits)

    monkeypatch.setattr(refresh, "read_file", vanishing)
    summary = desk.refresh()
    assert (summary.unsettled, summary.new, desk.statuses()) == (["a.txt"], 0, {})


def test_one_in_the_place_of_another(desk: Desk) -> None:
    """A link, folder or pipe that takes a listed file's place before it is read is not followed, opened or waited for."""
    target = desk.write("secret", "KAZ+DEU: out")
    place = desk.raw / "a.txt"
    for make in (lambda: place.symlink_to(target), lambda: place.mkdir(), lambda: os.mkfifo(place)):
        make()
        with pytest.raises(read.Unsettled):
            read.read_file(str(place), max_file_bytes=100)
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
    assert ONE.version == "one"
