"""The recipes run on the sample and give what their page says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.facts.recipes import PAGE, TODAY, page, read_recipes, sample_warehouse


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BILATERAL_TODAY", TODAY)
        return sample_warehouse(tmp_path_factory.mktemp("sample"))


def test_page_is_what_the_recipes_give(sample: Path) -> None:
    with duckdb.connect(str(sample), read_only=True) as connection:
        found = page(connection)
    assert found.splitlines() == PAGE.read_text("utf-8").splitlines(), "the sample gives something else now: make recipes"


def test_recipes_ask_and_explain() -> None:
    recipes = read_recipes()
    assert len(recipes) >= 12
    for recipe in recipes:
        assert recipe.question.endswith("?"), recipe.name
        assert recipe.explanation.endswith("."), recipe.name
        assert "{{" not in recipe.sql, recipe.name
    assert len({recipe.question for recipe in recipes}) == len(recipes)
