"""The sample, brought through the whole pipeline once for all tests and workers; each test that changes something gets a copy."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings, project_root

RAW = project_root() / "raw"
MEMORANDUM = (
    "date 2025-09-03\n"
    "ASTANA, September 3 – Kazakhstan and Hungary signed a memorandum of understanding on water management on Wednesday.\n"
    "Trade between Kazakhstan and Hungary reached $210 million in 2024.\n"
)


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """No setting of the developer's shell reaches a test, and none of a test the next."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("BILATERAL_", "DAGSTER_"))]:
        del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)


@dataclass(frozen=True)
class Place:
    """A raw folder and all that was computed from it."""

    settings: Settings

    @property
    def raw(self) -> Path:
        return self.settings.raw_dir

    @property
    def data(self) -> Path:
        return self.settings.data_dir

    def refresh(self) -> Any:
        """A run of the job, as `bilateral run` makes it."""
        from orchestration.runs import refresh

        return refresh(self.settings, lambda what, done, total: None)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """A query to the published copy."""
        with duckdb.connect(str(self.settings.published_path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def working(self, query: str) -> list[tuple[Any, ...]]:
        """A query to the working file, which may write."""
        with duckdb.connect(str(self.settings.warehouse_path)) as connection:
            return connection.execute(query).fetchall()

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """All facts with the sentences behind them."""
        tables = {"agreements": "agreement_id", "financial_flows": "flow_id", "meetings": "meeting_id"}
        return {
            **{table: self.rows(f"select * from marts.{table} order by {key}") for table, key in tables.items()},
            "sources": self.rows(
                "select fact_id, claim_id, document_id, source_path, evidence from marts.fact_sources order by all"
            ),
        }


def once(folder: Path, build: Callable[[], None]) -> None:
    """Build what goes into `folder` in the first of several processes that ask; the others wait for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            build()
            (folder / "done").touch()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Place:
    """The documents of raw/, with a first and a second run over them. Not to be changed: see `copied`."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "sample"
    place = Place(Settings(raw_dir=folder / "raw", data_dir=folder / "data"))

    def build() -> None:
        shutil.copytree(RAW, place.raw)
        before = dict(os.environ)
        runs = []
        for _ in range(2):
            run = place.refresh()
            published = place.settings.published_path.stat()
            runs.append(
                {
                    "succeeded": run.succeeded,
                    "problem": run.problem,
                    "changed": run.changed,
                    "summary": run.summary,
                    "published": [published.st_ino, published.st_mtime_ns],
                }
            )
        os.environ.clear()
        os.environ.update(before)
        (folder / "runs.json").write_text(json.dumps(runs))

    once(folder, build)
    return place


@pytest.fixture(scope="session")
def sample_runs(sample: Place) -> list[dict[str, Any]]:
    """What the first and the second run over the sample reported."""
    return json.loads((sample.raw.parent / "runs.json").read_text())


@pytest.fixture
def copied(sample: Place, tmp_path: Path) -> Place:
    """The sample with its warehouse, to change."""
    for folder in ("raw", "data"):
        shutil.copytree(sample.raw.parent / folder, tmp_path / folder)
    return Place(Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data"))
