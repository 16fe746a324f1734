"""The dbt project itself: unit tests, documentation that can be made offline, and what every model owes its readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.transform import DBT_PROJECT, invoke_dbt, prepared_manifest
from tests.facts.desk import Desk


@pytest.fixture(scope="module")
def manifest(all_cases: Desk) -> dict[str, Any]:
    return json.loads(prepared_manifest().read_text("utf-8"))


def models(manifest: dict[str, Any], *layers: str) -> dict[str, dict[str, Any]]:
    nodes = manifest["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] == "model" and node["fqn"][1] in layers}


def test_unit_tests_pass(all_cases: Desk, tmp_path: Path) -> None:
    outcome = invoke_dbt(
        ["test", "--select", "test_type:unit"], all_cases.settings.warehouse_path, tmp_path, log_path=tmp_path, parsed=True
    )
    results = {result.node.name: result for result in outcome.result.results}
    assert len(results) > 12
    assert {name: result.message for name, result in results.items() if str(result.status) != "pass"} == {}


def test_docs_can_be_generated(all_cases: Desk, tmp_path: Path, manifest: dict[str, Any]) -> None:
    outcome = invoke_dbt(["docs", "generate"], all_cases.settings.warehouse_path, tmp_path, log_path=tmp_path, parsed=True)
    assert outcome.success, outcome.exception
    catalog = json.loads((tmp_path / "catalog.json").read_text("utf-8"))
    assert catalog["errors"] is None
    for name, node in models(manifest, "marts").items():
        columns = catalog["nodes"][node["unique_id"]]["columns"]
        assert list(columns) == list(node["columns"]), name
    assert (tmp_path / "index.html").is_file()


def test_every_model_says_what_a_row_is(manifest: dict[str, Any]) -> None:
    for name, node in models(manifest, "staging", "intermediate", "marts").items():
        assert node["description"].startswith("One row per "), name
        assert node["patch_path"].endswith(f"/{name}.yml"), "a YAML per model"
        assert node["columns"], name
        for column in node["columns"].values():
            assert column["description"].strip(), (name, column["name"])


def test_marts_are_a_contract_and_the_rest_is_private(manifest: dict[str, Any]) -> None:
    marts = models(manifest, "marts")
    assert len(marts) == 10
    for name, node in marts.items():
        assert node["contract"]["enforced"], name
        assert (node["access"], node["group"]) == ("public", "facts"), name
    for name, node in models(manifest, "staging", "intermediate").items():
        assert (node["access"], node["group"]) == ("protected", "reconciliation"), name


def test_columns_are_those_of_the_tables(all_cases: Desk, manifest: dict[str, Any]) -> None:
    """A column that nobody described, or a description of none."""
    for name, node in models(manifest, "staging", "intermediate", "marts").items():
        found = [column for (column,) in all_cases.sql(f"select column_name from (describe {node['schema']}.{name})")]
        assert sorted(found) == sorted(node["columns"]), name


def test_what_decides_has_unit_tests(manifest: dict[str, Any]) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    deciding = {
        name for name in models(manifest, "intermediate") if name.endswith(("_pairs", "_claims")) or name == "int_clusters"
    } | {"int_documents", "int_people", "int_fact_values", "int_flows", "agreements", "financial_flows", "trade_targets_progress"}
    assert deciding <= tested


def test_exposures_name_what_reads_the_marts(manifest: dict[str, Any]) -> None:
    read = {node for exposure in manifest["exposures"].values() for node in exposure["depends_on"]["nodes"]}
    assert {node["unique_id"] for node in models(manifest, "marts").values()} <= read


def test_the_seed_of_decisions_is_diffable() -> None:
    lines = (DBT_PROJECT / "seeds" / "reconciliation_overrides.csv").read_text("utf-8").splitlines()
    assert lines[0] == "claim_a,claim_b,decision,decided_on,reason"
    assert lines[1:] == sorted(lines[1:])
