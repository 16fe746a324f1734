"""Kill refreshes at random moments and compare what is left, row for row, with what undisturbed ones make.

`python -m tests.faults.kill --kills 100 --seed 1 --through cli` (minutes); the test suite does a few with `--through pipeline`.

A corpus goes through editions. Of each, one data folder is refreshed under kills until it is done and another one without;
then both must hold the same rows in every table, the same published copy and the same files, and no process may be left.

Times differ between two runs and are not compared: every column of type timestamp, `checked_ns` (when a file was last read), and
`inputs_sha256` of build_info, which hashes when the warehouse was made. Nor are the tables of what the last build had to look at
(`int_blocks`, `int_*_pairs`): a build that was killed halfway has left less to do. All else is, ids and batch numbers included.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse.lock import holder
from tests.faults.corpus import edit, write_first_edition

CHECKOUT = Path(__file__).parents[2]
# What a refresh goes through; a kill waits for one of them to begin, then a random part of the time it takes.
STAGES = ("start", "batch", "build", "publish")
NOT_COMPARED = frozenset({"checked_ns", "inputs_sha256"})
WORK_OF_THE_LAST_BUILD = re.compile(r'"intermediate"."int_(blocks|\w+_pairs)"')
# A refresh that takes longer hangs.
LONGEST = 600.0

CHILD = """
import os, sys
from orchestration import transform
from orchestration.ingest import refresh
from orchestration.settings import Settings

# The package gives the function the module's name.
publishing = sys.modules["orchestration.warehouse.publish"]

def announced(stage, function):
    def call(*arguments, **named):
        os.write(1, (stage + "\\n").encode())
        return function(*arguments, **named)
    return call

refresh._Run._land = announced("batch", refresh._Run._land)
refresh._Run._remove = announced("batch", refresh._Run._remove)
transform.invoke_dbt = announced("build", transform.invoke_dbt)
publishing._copy = announced("publish", publishing._copy)
os.write(1, b"start\\n")
if sys.argv[1] == "cli":
    sys.stdout = open(os.devnull, "w")
    sys.argv[1:] = ["run", "--show", "0"]
    from orchestration.cli import main
    main()
else:
    settings = Settings.from_env()
    refresh.refresh_claims(settings)
    if not transform.marts_are_current(settings):
        with transform.warehouse_lock(settings):
            result = transform.build_marts(settings)
            assert not result.failures, result.failures
            with transform.open_warehouse(settings) as connection:
                publishing.publish(connection, settings)
"""


@dataclass
class Tally:
    """Kills by the stage that had begun last, refreshes that ended before their kill, editions compared, rows compared."""

    kills: Counter[str] = field(default_factory=Counter)
    survived: int = 0
    editions: int = 0
    rows: int = 0
    lengths: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})


class Harness:
    """Two data folders of one raw folder."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        *,
        through: str = "pipeline",
        documents: int = 30,
        batch_documents: int = 7,
        stages: Sequence[str] = STAGES,
    ) -> None:
        self.chance = random.Random(seed)
        self.stages = stages
        self.through = through
        self.documents = documents
        self.raw = folder / "raw"
        self.temporary = folder / "tmp"
        self.killed, self.calm = (
            Settings(raw_dir=self.raw, data_dir=folder / name, batch_documents=batch_documents, workers=2)
            for name in ("killed", "calm")
        )
        for path in (self.raw, self.temporary, self.killed.data_dir, self.calm.data_dir):
            path.mkdir()
        self.targets: list[str] = []
        self.tally = Tally()

    def run(self, kills: int, kills_per_edition: int) -> Tally:
        """Kill that many refreshes. Raises AssertionError at the first difference."""
        write_first_edition(self.raw, self.chance, self.documents)
        while True:
            # A file written in the tick of its reading is read again by the next run: that would make other batches.
            time.sleep(2.1)
            self.refresh(self.calm, learn=True)
            wanted = min(kills_per_edition, kills - self.tally.kills.total())
            # If refreshes get to their end before the kill, the edition is done: the next one brings new work.
            while wanted and self.refresh_and_kill():
                wanted -= 1
            self.refresh(self.killed)
            self.compare()
            self.tally.editions += 1
            print(f"{self.tally.kills.total()} kills, {self.tally.editions} editions alike", file=sys.stderr, flush=True)
            if self.tally.kills.total() >= kills:
                return self.tally
            edit(self.raw, self.chance)

    def start(self, settings: Settings) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            **settings.to_env(),
            "PYTHONPATH": str(CHECKOUT),
            "BILATERAL_TODAY": "2025-01-01",
            "TMPDIR": str(self.temporary),
        }
        return subprocess.Popen(
            [sys.executable, "-c", CHILD, self.through],
            env=environment,
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def refresh(self, settings: Settings, *, learn: bool = False) -> None:
        """Undisturbed to the end; with `learn`, note how long each stage takes."""
        process = self.start(settings)
        assert process.stdout is not None
        stage, since = "start", time.monotonic()
        for line in process.stdout:
            now = time.monotonic()
            if learn:
                self.tally.lengths[stage].append(now - since)
            stage, since = line.strip(), now
        _, talk = process.communicate(timeout=LONGEST)
        if learn:
            self.tally.lengths[stage].append(time.monotonic() - since)
        assert process.returncode == 0, f"a refresh failed after {self.tally.kills.total()} kills:\n{talk}"

    def refresh_and_kill(self) -> bool:
        """Start a refresh and kill it at a random moment; False if it had come to its end by then."""
        if not self.targets:
            self.targets = self.chance.sample(self.stages, len(self.stages))
        target = self.targets.pop()
        process = self.start(self.killed)
        assert process.stdout is not None
        begun = "start"
        skip = self.chance.randrange(2) if target == "batch" else 0
        for line in process.stdout:
            begun = line.strip()
            if begun == target:
                if not skip:
                    break
                skip -= 1
        # Not quite to the end of the stage, or every other refresh would be done before its kill.
        delay = 0.8 * self.chance.random() * typical(self.tally.lengths[target])
        with suppress(subprocess.TimeoutExpired):
            process.wait(delay)
        if process.poll() is not None:
            _, talk = process.communicate()
            assert process.returncode == 0, f"a refresh failed after {self.tally.kills.total()} kills:\n{talk}"
            self.tally.survived += 1
            return False
        # The whole group, or the main process alone: its extractors must then go by themselves.
        if self.chance.random() < 0.5:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        self.wait_for_group(process.pid)
        process.communicate()
        assert holder(self.killed) is None, "a lock outlived its process"
        self.tally.kills[begun] += 1
        return True

    def wait_for_group(self, group: int) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.02)
        raise AssertionError("an extracting process outlived its run")

    def compare(self) -> None:
        for part in ("warehouse_path", "published_path"):
            ours, theirs = getattr(self.killed, part), getattr(self.calm, part)
            self.tally.rows += same_rows(ours, theirs)
        assert files(self.killed.data_dir) == files(self.calm.data_dir)
        assert [path.name for path in self.temporary.rglob("*")] == []
        assert list((CHECKOUT / "dbt_project" / "target").glob("**/.parsing-*")) == []


def typical(lengths: list[float]) -> float:
    return max(sum(lengths) / len(lengths), 0.05) if lengths else 1.0


def same_rows(one: Path, other: Path) -> int:
    """Assert that two databases hold the same tables and rows but for times; returns the number of rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        tables = {name: dict(columns_of(connection, name)) for name in ("one", "other")}
        assert tables["one"] == tables["other"], "the databases have other tables or columns"
        total = 0
        for table, columns in tables["one"].items():
            if WORK_OF_THE_LAST_BUILD.fullmatch(table):
                continue
            kept = ", ".join(f'"{column}"' for column, kind in columns if column not in NOT_COMPARED and kind != "TIMESTAMP")
            only = {
                left: connection.execute(
                    f"select {kept} from {left}.{table} except all select {kept} from {right}.{table} order by all limit 3"
                ).fetchall()
                for left, right in (("one", "other"), ("other", "one"))
            }
            assert not any(only.values()), f"{table} ({kept}): only after kills {only['one']}, only undisturbed {only['other']}"
            # Exchange rates are half a million rows that no kill concerns.
            if not table.startswith('"ref"'):
                counted = connection.execute(f"select count(*) from one.{table}").fetchone()
                total += counted[0] if counted else 0
        assert total
        return total


def columns_of(connection: duckdb.DuckDBPyConnection, database: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(schema.table, [(column, type)]) of every table of a database; views are looked at through the tables they show."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows: list[Any] = connection.execute(
        """
        select schema_name, table_name, column_name, data_type from duckdb_columns()
        semi join duckdb_tables() using (database_name, schema_name, table_name)
        where database_name = ? order by all
        """,
        [database],
    ).fetchall()
    for schema, table, column, kind in rows:
        found.setdefault(f'"{schema}"."{table}"', []).append((column, kind))
    yield from found.items()


def files(data: Path) -> set[str]:
    """Files below a data folder, but for Dagster's record of its runs, which names a file after each."""
    names = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith(("dagster/history/", "dagster/storage/", "dagster/schedules/"))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--kills-per-edition", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--batch-documents", type=int, default=7)
    parser.add_argument("--through", choices=["cli", "pipeline"], default="cli", help="bilateral run with Dagster, or without it")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="kill only after one of these has begun")
    given = parser.parse_args()
    began = time.monotonic()
    with TemporaryDirectory(prefix="bilateral-kill-") as folder:
        harness = Harness(
            Path(folder),
            given.seed,
            through=given.through,
            documents=given.documents,
            batch_documents=given.batch_documents,
            stages=given.stages,
        )
        tally = harness.run(given.kills, given.kills_per_edition)
    stages = ", ".join(f"{tally.kills[stage]} after the begin of {stage}" for stage in STAGES)
    print(f"{tally.kills.total()} kills ({stages}); {tally.survived} refreshes ended before their kill.")
    print(f"{tally.editions} editions compared, {tally.rows} rows alike in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
