"""What a pack says and the engine does not understand is an error that says what and where."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from orchestration.extract import packs
from orchestration.extract.reader import read


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


# Words that mean something only beside others: a sum, a number, a place.
BESIDE_OTHERS = {"CURRENCY", "PERCENT", "BE_THERE"}


@pytest.mark.parametrize("code", packs.installed_packs())
def test_every_phrase_can_be_found(code: str) -> None:
    """No phrase is covered by another one, above all not by one of IGNORE: it would be dead, without a word."""
    concepts = tomllib.loads((packs.PACKS / f"{code}.toml").read_text("utf-8"))["concepts"]
    dead = []
    for concept, phrases in concepts.items():
        if concept in ("IGNORE", "NO_NAME") or concept.partition("|")[0] in BESIDE_OTHERS:
            continue
        for phrase in phrases:
            if any(mark in phrase for mark in "*_@$"):
                continue
            text = read(f"qq {phrase.replace('=', '')} qq", code)
            if not any(mention.concept == concept for sentence in text.sentences for mention in sentence.mentions):
                dead.append((concept, phrase))
    assert dead == []
