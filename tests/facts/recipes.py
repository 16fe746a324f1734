"""The recipes of dbt_project/analyses/recipes and what they give on the sample.

python -m tests.facts.recipes    runs the pipeline on raw/ and writes their page again (`make recipes`)
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest.refresh import refresh_claims
from orchestration.settings import Settings, project_root
from orchestration.transform import build_marts

FOLDER = project_root() / "dbt_project" / "analyses" / "recipes"
PAGE = FOLDER / "README.md"
# "Days since" count to this day, so that the page stays the same.
TODAY = "2026-01-15"
LONGEST_CELL = 60
HEADING = """# Recipes

Questions in SQL, each with what it gives on the sample in `raw/` (days count to {today}). Paste one into `make sql`, or run
`bilateral sql "..."`. Written by `make recipes` from the files beside this page, which `dbt compile` knows as analyses.
"""


@dataclass(frozen=True)
class Recipe:
    """`sql`: as a user runs it on the published marts."""

    name: str
    question: str
    explanation: str
    sql: str


def read_recipes() -> list[Recipe]:
    """The recipes by file name. Their first two comments are the question and what to know about the answer."""
    recipes = []
    for path in sorted(FOLDER.glob("*.sql")):
        question, explanation, sql = path.read_text("utf-8").split("\n", 2)
        sql = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"marts.\1", sql).replace("{{ today() }}", "current_date").strip()
        recipes.append(Recipe(path.stem, question.removeprefix("-- "), explanation.removeprefix("-- "), sql))
    return recipes


def answer(connection: duckdb.DuckDBPyConnection, recipe: Recipe) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = connection.execute(recipe.sql.replace("current_date", f"date '{TODAY}'"))
    return [column[0] for column in cursor.description or ()], cursor.fetchall()


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) else f"{value:.6g}"
    text = " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1].rstrip() + "…"


def page(connection: duckdb.DuckDBPyConnection) -> str:
    """The whole page, as Markdown."""
    parts = [HEADING.format(today=TODAY)]
    for recipe in read_recipes():
        columns, rows = answer(connection, recipe)
        table = [
            "| " + " | ".join(columns) + " |",
            "|" + " --- |" * len(columns),
            *("| " + " | ".join(map(cell, row)) + " |" for row in rows),
        ]
        parts.append(f"## {recipe.question}\n\n{recipe.explanation}\n\n```sql\n{recipe.sql}\n```\n")
        parts.append("\n".join(table) + "\n" if rows else "Nothing on the sample.\n")
    return "\n".join(parts)


def sample_warehouse(data_dir: Path) -> Path:
    """Run the pipeline on the sample; returns the warehouse."""
    settings = Settings(data_dir=data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    refresh_claims(settings)
    failures = build_marts(settings).failures
    if failures:
        raise SystemExit("\n".join(failures))
    return settings.warehouse_path


def main() -> None:
    os.environ["BILATERAL_TODAY"] = TODAY
    with tempfile.TemporaryDirectory() as folder:
        warehouse = sample_warehouse(Path(folder))
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            PAGE.write_text(page(connection), "utf-8")


if __name__ == "__main__":
    main()
