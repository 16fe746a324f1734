"""What Dagster loads: every asset is described, owned and placed; the lineage goes from the raw files to every mart."""

from __future__ import annotations

import dagster as dg
import pytest
import yaml

from orchestration.definitions import defs
from orchestration.defs.marts import MANIFEST
from orchestration.settings import project_root

GRAPH = defs.resolve_asset_graph()
KEYS = sorted(GRAPH.get_all_asset_keys())
RAW_FILES = dg.AssetKey("raw_files")
TABLES = [key for key in KEYS if key != RAW_FILES]
GROUPS = {
    "raw_files": "landing",
    "landing": "landing",
    "ref": "landing",
    "claims": "claims",
    "intermediate": "marts",
    "marts": "marts",
    "published": "published",
}


def test_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)
    assert [job.name for job in defs.jobs or []] == ["refresh"]
    assert [schedule.name for schedule in defs.schedules or []] == ["daily_refresh"]
    assert [sensor.name for sensor in defs.sensors or []] == ["new_files"]


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_every_asset_says_what_it_is(key: dg.AssetKey) -> None:
    node = GRAPH.get(key)
    assert node.description, "no description"
    assert node.owners, "no owner"
    assert node.kinds, "no kinds"
    # Seeds and views on claims share dbt's schema `staging`.
    expected = {GROUPS.get(key.path[0])} if key.path[0] != "staging" else {"claims", "marts"}
    assert node.group_name in expected


@pytest.mark.parametrize("key", TABLES, ids=str)
def test_every_table_has_its_name_and_columns(key: dg.AssetKey) -> None:
    metadata = GRAPH.get(key).metadata
    assert metadata["dagster/table_name"].endswith(".".join(key.path[-2:])) or key.path[0] == "published"
    if key.path[0] != "published":
        columns = metadata["dagster/column_schema"]
        columns = getattr(columns, "schema", columns).columns
        assert columns
        assert [column.name for column in columns if not column.description] == []


def test_every_mart_comes_from_the_raw_files() -> None:
    marts = [key for key in KEYS if key.path[0] in ("marts", "published")]
    assert len(marts) > 8
    for key in marts:
        assert RAW_FILES in GRAPH.get_ancestor_asset_keys(key), key


def test_every_dbt_test_is_an_asset_check() -> None:
    """A test of several models must say which it belongs to (`meta: dagster: ref`), or its result is lost among the logs."""
    tests = {node["name"] for node in MANIFEST["nodes"].values() if node["resource_type"] == "test"}
    assert tests - {key.name for key in GRAPH.asset_check_keys} == set()


def test_our_own_checks_are_there() -> None:
    names = {(key.asset_key.path[0], key.name) for key in GRAPH.asset_check_keys}
    assert {
        ("claims", "evidence_is_where_it_says"),
        ("claims", "every_row_has_its_document"),
        ("landing", "few_files_are_quarantined"),
    } <= names


def test_everything_that_writes_waits_its_turn() -> None:
    for key in TABLES:
        assert GRAPH.get(key).pools == {"warehouse"}, key


def test_telemetry_is_off() -> None:
    assert yaml.safe_load((project_root() / "dagster.yaml").read_text())["telemetry"] == {"enabled": False}
    project = yaml.safe_load((project_root() / "dbt_project" / "dbt_project.yml").read_text())
    assert project["flags"]["send_anonymous_usage_stats"] is False
    assert project["flags"]["version_check"] is False


def test_the_workspace_names_the_definitions() -> None:
    [location] = yaml.safe_load((project_root() / "workspace.yaml").read_text())["load_from"]
    assert location["python_module"]["module_name"] == "orchestration.definitions"
