"""Processes that query the published copy in a loop while it is replaced: each answer is of one state, never of two.

`python -m tests.faults.readers --readers 8 --editions 200` (the test suite does fewer).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse, publish

TABLES = ("agreements", "financial_flows", "meetings")
# A reader's question spans three tables, as an analyst's does; every row of every table carries the number of its edition.
QUERY = " union all ".join(f"select '{table}', min(edition), max(edition), count(*) from marts.{table}" for table in TABLES)

READER = """
import json, sys, time
from pathlib import Path
from orchestration.settings import Settings
from orchestration.warehouse.reader import open_published
settings = Settings(raw_dir=Path(sys.argv[1]) / "raw", data_dir=Path(sys.argv[1]) / "data")
seen, wrong, slowest, queries = [], [], 0.0, 0
print("ready", flush=True)
while not (settings.data_dir / "over").exists():
    began = time.monotonic()
    connection = open_published(settings)
    rows = connection.execute(sys.argv[2]).fetchall()
    # A connection that stays open goes on seeing the state it was opened on.
    if queries % 3 == 0:
        time.sleep(0.02)
        if connection.execute(sys.argv[2]).fetchall() != rows:
            wrong.append("changed under an open connection")
    connection.close()
    slowest = max(slowest, time.monotonic() - began)
    queries += 1
    editions = {number for _, first, last, _ in rows for number in (first, last)}
    counts = {count for _, _, _, count in rows}
    if len(editions) != 1 or counts != {100 + min(editions)} or (seen and min(editions) < seen[-1]):
        wrong.append(rows)
    if not seen or seen[-1] != min(editions):
        seen.append(min(editions))
print(json.dumps({"queries": queries, "wrong": wrong, "seen": seen, "slowest": slowest}))
"""


@dataclass
class Watched:
    """What readers saw: queries, wrong answers, the numbers of distinct editions each met; seconds of the slowest publishing."""

    queries: int
    wrong: list[object]
    editions: list[int]
    publishing: float


def watch(folder: Path, *, readers: int, editions: int, pause: float) -> Watched:
    """Publish edition after edition while others read. Raises CalledProcessError if a reader fails."""
    settings = Settings(raw_dir=folder / "raw", data_dir=folder / "data")
    settings.raw_dir.mkdir()
    with open_warehouse(settings) as connection:
        # The half million exchange rates would make each publishing slower and no reader wiser.
        connection.execute("delete from ref.exchange_rates; create schema marts")
        _publish_edition(connection, settings, 0)
        started = [
            subprocess.Popen([sys.executable, "-c", READER, str(folder), QUERY], stdout=subprocess.PIPE, text=True)
            for _ in range(readers)
        ]
        for process in started:
            assert process.stdout is not None
            process.stdout.readline()
        slowest = 0.0
        for edition in range(1, editions + 1):
            began = time.monotonic()
            _publish_edition(connection, settings, edition)
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(pause)
    (settings.data_dir / "over").touch()
    told = []
    for process in started:
        out, _ = process.communicate(timeout=120)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, "reader")
        told.append(json.loads(out))
    left = sorted(path.name for path in settings.published_path.parent.iterdir())
    assert left == [settings.published_path.name], f"old copies are left: {left}"
    return Watched(
        queries=sum(one["queries"] for one in told),
        wrong=[answer for one in told for answer in one["wrong"]],
        editions=[len(one["seen"]) for one in told],
        publishing=slowest,
    )


def _publish_edition(connection: duckdb.DuckDBPyConnection, settings: Settings, edition: int) -> None:
    for table in TABLES:
        connection.execute(
            f"create or replace table marts.{table} as select {edition} as edition, range as id from range({100 + edition})"
        )
    publish(connection, settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--editions", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two editions")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="bilateral-readers-") as folder:
        watched = watch(Path(folder), readers=given.readers, editions=given.editions, pause=given.pause)
    print(
        f"{watched.queries} queries of {given.readers} processes during {given.editions} publishings: {len(watched.wrong)} wrong;"
        f" each reader saw {min(watched.editions)} to {max(watched.editions)} editions; slowest publishing {watched.publishing:.2f} s"
    )


if __name__ == "__main__":
    main()
