"""The sample, brought through the whole pipeline once for all tests and workers; each test that changes something gets a copy."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import RAW, Place, once

from orchestration.settings import Settings


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """No setting of the developer's shell reaches a test, and none of a test the next."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("BILATERAL_", "DAGSTER_"))]:
        del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)


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
