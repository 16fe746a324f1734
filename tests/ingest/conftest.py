from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import ingest_fakes
import pytest

from orchestration.ingest import plan, refresh
from orchestration.ingest.refresh import Engine, RefreshSummary, Selection, refresh_claims
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse

ONE = Engine("ingest_fakes:Fake", "one")
TWO = Engine("ingest_fakes:FakeTwo", "two")


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new warehouse to copy: making one costs more than most tests."""
    settings = Settings(raw_dir=tmp_path_factory.mktemp("raw"), data_dir=tmp_path_factory.mktemp("data"))
    with open_warehouse(settings):
        pass
    return settings.warehouse_path


@dataclass
class Desk:
    """A raw folder with its warehouse."""

    settings: Settings
    engine: Engine = ONE
    extracted: list[str] = field(default_factory=list)

    @property
    def raw(self) -> Path:
        return self.settings.raw_dir

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def refresh(self, engine: Engine | None = None, **settings: Any) -> RefreshSummary:
        only = settings.pop("only", None) or Selection()
        self.extracted.clear()
        return refresh_claims(replace(self.settings, **settings), engine=engine or self.engine, only=only)

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.warehouse_path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def statuses(self) -> dict[str, str]:
        return dict(self.sql("select source_path, status from landing.files order by all"))

    def problem(self, name: str) -> str:
        rows = self.sql(f"select problem, document_id, status from landing.files where source_path = '{name}'")
        assert [row[1:] for row in rows] == [(None, "quarantined")]
        return rows[0][0]

    def subjects(self) -> list[str]:
        return [subject for (subject,) in self.sql("select subject from claims.agreement_claims order by all")]

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that does not depend on when it was done."""
        files = "source_path, document_id, content_sha256, size_bytes, status, problem, encoding"
        return {
            "files": self.sql(f"select {files} from landing.files where status <> 'removed' order by all"),
            "documents": self.sql("select * exclude (extracted_at, batch_id) from landing.documents order by all"),
            **{
                name: self.sql(f"select * exclude (batch_id) from claims.{name} order by all")
                for name in ("agreement_claims", "flow_claims", "meeting_claims", "rejected_candidates")
            },
        }


class InlinePool:
    """Stands for WorkerPool where a test makes many refreshes: the same answers without a process."""

    extracted: ClassVar[list[str]] = []

    def __init__(self, extractor: str, settings: Settings) -> None:
        self.extractor = getattr(ingest_fakes, extractor.partition(":")[2])()

    def __enter__(self) -> InlinePool:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def extract(self, documents: Any, progress: Callable[[], None] | None = None) -> dict[str, Any]:
        results = {}
        for document_id, text in documents:
            InlinePool.extracted.append(document_id)
            results[document_id] = vars(self.extractor.extract(text, document_id))
            if progress:
                progress()
        return results


@pytest.fixture
def desk(tmp_path: Path, empty_warehouse: Path) -> Desk:
    settings = Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data", workers=2, document_seconds=5)
    settings.raw_dir.mkdir()
    settings.data_dir.mkdir()
    shutil.copy(empty_warehouse, settings.warehouse_path)
    return Desk(settings)


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Extract in this process; yields the list of documents extracted."""
    monkeypatch.setattr(refresh, "WorkerPool", InlinePool)
    InlinePool.extracted.clear()
    yield InlinePool.extracted


@pytest.fixture
def fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system whose clock tells any two changes apart: files written a moment ago need not be read again."""
    monkeypatch.setattr(plan, "CLOCK_TICK_NS", -(10**15))
