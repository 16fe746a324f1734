"""Every claim and near miss of the whole corpus has its words where it says, in the text as it is."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from orchestration.extract.pipeline import Extractor
from orchestration.settings import project_root
from orchestration.warehouse.schema import CLAIM_TABLES

CORPUS = project_root() / "tests" / "corpus"
FOLDERS = sorted({path.parent for path in chain(CORPUS.rglob("*.txt"), (project_root() / "raw").glob("*.txt"))})


@cache
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(project_root()).as_posix())
def test_evidence_is_where_it_says(folder: Path) -> None:
    found = 0
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        extraction = extractor().extract(text, path.name)
        ids = set()
        for name in CLAIM_TABLES:
            for row in getattr(extraction, name):
                start, end = row["evidence_start"], row["evidence_end"]
                assert 0 <= start < end <= len(text), (path.name, name, row)
                assert text[start:end] == row["evidence"], (path.name, name, row)
                found += 1
                if "claim_id" in row:
                    assert row["rule"], (path.name, row)
                    assert row["claim_id"] not in ids, (path.name, row)
                    ids.add(row["claim_id"])
                else:
                    assert row["reason"], (path.name, row)
    assert found
