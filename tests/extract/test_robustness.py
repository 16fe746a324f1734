"""Harmless changes to a text change no claim: what a document says does not depend on how its letters are laid out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestration.extract.packs import installed_packs
from orchestration.extract.pipeline import Extraction, claims_of

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS = [
    pytest.param(path, id=path.stem)
    for path in sorted([*CORPUS.glob("dev/*/*.txt"), *CORPUS.glob("stories/*.txt")])
    if json.loads(path.with_suffix(".json").read_text("utf-8"))["language"] in installed_packs()
]


def facts(extraction: Extraction) -> list[str]:
    """What is claimed, without the words and places that a change of layout moves."""
    left_out = {"claim_id", "evidence", "evidence_start", "evidence_end", "subject", "rule"}
    rows: list[dict[str, Any]] = [*extraction.agreement_claims, *extraction.flow_claims, *extraction.meeting_claims]
    return sorted(str({key: value for key, value in row.items() if key not in left_out}) for row in rows)


def wrap(text: str) -> str:
    """Every paragraph broken into lines of some ninety letters, blank lines between paragraphs."""
    wrapped = []
    for paragraph in re.split(r"\n+", text):
        lines, line = [], ""
        for word in paragraph.split(" "):
            if len(line) + len(word) > 90:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        wrapped.append("\n".join([*lines, line]))
    return "\n\n".join(wrapped)


CHANGES: dict[str, Callable[[str], str]] = {
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\w)", "\u00a0", text),
    "typographic apostrophes": lambda text: text.replace("'", "’"),
    "blank lines between paragraphs": lambda text: re.sub(r"\n+", "\n\n", text),
    "trailing spaces": lambda text: re.sub(r"\n", "  \n", text) + " \n",
    "wrapped lines": wrap,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_harmless_change(path: Path, change: str) -> None:
    text = path.read_text("utf-8")
    language = json.loads(path.with_suffix(".json").read_text("utf-8"))["language"]
    before, after = claims_of(text, "d", language), claims_of(CHANGES[change](text), "d", language)
    assert facts(after) == facts(before)
