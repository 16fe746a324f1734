"""What counts as found, missed and wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.score import GoldError, read_gold, score

FLOW = {
    "type": "grant",
    "from": "JPN",
    "to": "KAZ",
    "pair": ["JPN", "KAZ"],
    "amount": 7.4e6,
    "currency": "USD",
    "bound": "exact",
    "period_start": None,
    "period_end": None,
    "evidence": "a grant of 7.4 million dollars",
}
CLAIM = {
    "flow_type": "grant",
    "provider": "JPN",
    "recipient": "KAZ",
    "pair": ["JPN", "KAZ"],
    "amount": 7.4e6,
    "currency": "USD",
    "amount_bound": "exact",
    "period_start": None,
    "period_end": None,
    "evidence": "a grant of 7.4 million dollars",
}


def counted(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> tuple[int, int, int]:
    document = {"doc": "a.txt", "language": "en", "agreements": [], "flows": gold, "meetings": []}
    scores = score([(document, "")], lambda text, name: {"agreements": [], "flows": found, "meetings": []})
    count = scores.counts["all", "all"]
    return count.hits, count.missed, count.wrong


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([], [], (0, 0, 0)),
        ([FLOW], [CLAIM], (1, 0, 0)),
        ([FLOW], [], (0, 1, 0)),
        ([], [CLAIM], (0, 0, 1)),
        ([FLOW], [CLAIM, CLAIM], (1, 0, 1)),
        ([FLOW], [{**CLAIM, "amount": 7.9e6, "evidence": "another sum"}], (0, 1, 1)),
        ([{**FLOW, "optional": True}], [], (0, 0, 0)),
        ([{**FLOW, "optional": True}], [CLAIM], (0, 0, 0)),
    ],
)
def test_found_missed_and_wrong(gold: list[dict[str, Any]], found: list[dict[str, Any]], expected: tuple[int, int, int]) -> None:
    assert counted(gold, found) == expected


def test_a_wrong_attribute_is_counted_and_listed() -> None:
    document = {"doc": "a.txt", "language": "en", "agreements": [], "flows": [FLOW], "meetings": []}
    wrong = {**CLAIM, "amount_bound": "about"}
    scores = score([(document, "")], lambda text, name: {"agreements": [], "flows": [wrong], "meetings": []})
    assert scores.attribute_share() < 1
    assert any("a.txt flows" in line for line in scores.errors)


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", '{"doc": "gone.txt", "language": "en", "agreements": [], "flows": [], "meetings": []}']
)
def test_gold_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(GoldError, match=r"a\.json"):
        list(read_gold([tmp_path]))


def test_gold_is_read_from_folders_below(tmp_path: Path) -> None:
    gold = {"doc": "a.txt", "language": "en", "agreements": [], "flows": [], "meetings": []}
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(json.dumps(gold))
        (tmp_path / name / "a.txt").write_text(name)
    assert [text for _, text in read_gold([tmp_path])] == ["x", "y"]
