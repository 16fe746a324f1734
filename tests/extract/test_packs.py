"""What a pack says and the engine does not understand is an error that says what and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.extract import packs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs that the engine reads instead of its own."""
    copy = tmp_path / "packs"
    shutil.copytree(packs.PACKS, copy)
    monkeypatch.setattr(packs, "PACKS", copy)
    return copy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[concepts]\n", '[concepts]\nSINGS = ["sings"]\n', "unknown concept SINGS"),
        ("[concepts]\n", '[concepts]\nOFFICE = ["boss"]\n', "concept OFFICE must have a value"),
        ("[concepts]\n", "[notions]\nx = []\n\n[concepts]\n", "unknown sections"),
        ("\nIGNORE = [", '\nIGNORE = ["trade minister", ', "stand under IGNORE and under OFFICE|minister"),
    ],
)
def test_what_a_pack_gets_wrong(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "en.toml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(packs.PackError) as error:
        packs.load_pack.__wrapped__("en")
    assert "pack en" in str(error.value)
    assert message in str(error.value)
