"""A raw folder with all that is computed from it, as the tests of the whole pipeline use it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings, project_root

RAW = project_root() / "raw"
MEMORANDUM = (
    "date 2025-09-03\n"
    "ASTANA, September 3 – Kazakhstan and Hungary signed a memorandum of understanding on water management on Wednesday.\n"
    "Trade between Kazakhstan and Hungary reached $210 million in 2024.\n"
)


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
