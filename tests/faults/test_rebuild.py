"""A damaged warehouse is made again from raw/, in which texts and names try to be more than text."""

from __future__ import annotations

from places import Place
from typer.testing import CliRunner

from orchestration.cli import Exit, app
from orchestration.defs.metadata import table_metadata
from orchestration.warehouse import open_warehouse

NAME = "'; drop table landing.files; -- {{ 1 - 0 }} <b>[x](y).txt"
HOSTILE = (
    "Kazakhstan and Hungary signed an agreement on '; drop table landing.files; -- {{ 1 / 0 }} {% raise %}"
    ' <script>alert(1)</script> [x](javascript:alert(1)) | **b** \x1b[31m "quotes" in Astana on 3 September 2025.'
)
TEXT = f"date 2025-09-03\nNews from the capital of the country\n\n{HOSTILE}\n"


def test_rebuild_after_damage_with_texts_that_must_stay_text(copied: Place) -> None:
    before = copied.facts()
    (copied.raw / NAME).write_text(TEXT)
    damaged = copied.settings.warehouse_path
    damaged.write_bytes(damaged.read_bytes()[:50_000])
    options = ["--raw", str(copied.raw), "--data", str(copied.data)]

    told = CliRunner().invoke(app, ["run", *options])
    assert told.exit_code == Exit.FAILED
    assert "is damaged" in told.stderr and "`bilateral rebuild`" in told.stderr and "Traceback" not in told.stderr
    assert copied.facts() == before, "what was published did not stay"

    done = CliRunner().invoke(app, ["rebuild", *options, "--show", "0"])
    assert done.exit_code == Exit.DONE, done.stderr
    assert {path.name for path in copied.data.glob("warehouse*")} == {"warehouse.duckdb", "warehouse.lock"}

    after = copied.facts()
    for table in ("agreements", "financial_flows", "meetings"):
        kept = {row[0] for row in after[table]}
        assert {row[0] for row in before[table]} <= kept, "facts or their ids are lost"
    [(fact, path, evidence)] = copied.rows(
        f"select fact_id, source_path, evidence from marts.fact_sources where starts_with(evidence, '{HOSTILE[:20]}')"
    )
    assert (path, evidence) == (NAME, HOSTILE)
    # The Dagster UI shows samples of the tables as Markdown.
    with open_warehouse(copied.settings) as connection:
        sample = table_metadata(connection, "landing", "files")["sample"].value
        shown = "".join(sample.splitlines()[2:])
        assert "<" not in shown and "](" not in shown and "\x1b" not in sample
    explained = CliRunner().invoke(app, ["explain", fact, "--data", str(copied.data)])
    assert (
        explained.exit_code == Exit.DONE and "\x1b" not in explained.stdout and "{{ 1 / 0 }}" in " ".join(explained.stdout.split())
    )
    document = CliRunner().invoke(app, ["explain", "--document", NAME, "--data", str(copied.data)])
    assert document.exit_code == Exit.DONE and "<script>alert(1)</script>" in " ".join(document.stdout.split())
    csv = CliRunner().invoke(
        app, ["sql", "--csv", "select body from landing.documents where contains(body, 'raise')", "--data", str(copied.data)]
    )
    assert "drop table landing.files; -- {{ 1 / 0 }}" in csv.stdout
