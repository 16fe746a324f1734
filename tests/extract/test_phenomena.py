"""One test per phenomenon and language (tests/phenomena): a regression names what broke."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from orchestration.extract.packs import load_pack
from orchestration.extract.pipeline import Extraction, claims_of

PHENOMENA = Path(__file__).parents[1] / "phenomena"
KINDS = {"agreements": "agreement_claims", "flows": "flow_claims", "meetings": "meeting_claims"}


def cases() -> list[Any]:
    found = []
    for path in sorted(PHENOMENA.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['phenomenon']}"))
    return found


def shown(row: dict[str, Any], column: str) -> Any:
    value = row[column]
    if column == "participants":
        return sorted(person["name"] for person in value)
    return str(value) if column.endswith("_on") or (column.startswith("period_") and value is not None) else value


def said(extraction: Extraction, kind: str, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = list(wanted[0]) if wanted else []
    rows = [{column: shown(row, column) for column in columns} for row in getattr(extraction, KINDS[kind])]
    return sorted(rows, key=str)


@pytest.mark.parametrize(("code", "case"), cases())
def test_phenomenon(code: str, case: dict[str, Any]) -> None:
    header = f"date {case['published']} " if "published" in case else ""
    extraction = claims_of(header + case["text"], "case", code)
    assert set(case) & set(KINDS), "a case states at least one kind"
    for kind in KINDS:
        if kind in case:
            wanted = [{k: sorted(v) if k == "participants" else v for k, v in claim.items()} for claim in case[kind]]
            assert said(extraction, kind, wanted) == sorted(wanted, key=str), load_pack(code).code
