from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.settings import Settings
from tests.facts.cases import CASES
from tests.facts.desk import Desk
from tests.facts.recipes import TODAY
from tests.facts.reports import documents
from tests.gold import CORPUS, claim_ids, land, read


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process builds the warehouse that most of these tests share; what does without may go to another."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            shares = "all_cases" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("facts" if shares else f"facts: {item.path.stem}"))


@pytest.fixture(scope="session")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The stories' gold and every case of its own countries, built once, with the tests of the data."""
    folder = tmp_path_factory.mktemp("facts")
    desk = Desk(Settings(raw_dir=folder / "raw", data_dir=folder / "data"))
    reports = [(pair, "") for pair in read([CORPUS / "stories"])]
    reports += [(pair, f"{name}: ") for number, (name, case) in enumerate(CASES.items()) for pair in documents(number, case)]
    for (gold, body), prefix in reports:
        desk.labels.update({claim_id: prefix + claim["fact"] for claim_id, claim in claim_ids(gold, body).items()})
    land(desk.settings, [pair for pair, _ in reports], "evidence")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BILATERAL_TODAY", TODAY)
        desk.build(())
    return desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty warehouse."""
    monkeypatch.setenv("BILATERAL_TODAY", TODAY)
    return Desk(Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data"))
