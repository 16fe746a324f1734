"""The dbt project from Python."""

from __future__ import annotations

import json

import pytest
from places import Place

from orchestration import transform
from orchestration.defs.marts import MANIFEST


def test_the_manifest_is_prepared_once() -> None:
    path = transform.prepared_manifest()
    before = path.stat().st_mtime_ns
    assert json.loads(path.read_text("utf-8"))["metadata"]["project_name"] == "bilateral"
    assert transform.prepared_manifest().stat().st_mtime_ns == before
    assert transform.project_version()[:16] == path.parent.name


def test_every_model_and_column_is_described() -> None:
    nodes = [*MANIFEST["nodes"].values(), *MANIFEST["sources"].values()]
    described = [node for node in nodes if node["resource_type"] in ("model", "seed", "source")]
    assert len(described) > 30
    missing = [
        f"{node['name']}.{name}" for node in described for name, column in node["columns"].items() if not column["description"]
    ] + [node["name"] for node in described if not node["description"] or not node["columns"]]
    assert missing == []


def test_the_marts_keep_their_contracts() -> None:
    marts = [node for node in MANIFEST["nodes"].values() if node["resource_type"] == "model" and node["schema"] == "marts"]
    assert len(marts) >= 9
    assert [node["name"] for node in marts if not node["config"]["contract"]["enforced"]] == []


def test_built_marts_are_current_until_an_input_changes(copied: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert transform.marts_are_current(copied.settings)
    with monkeypatch.context() as patch:
        patch.setattr(transform, "project_version", lambda: "another state of the models")
        assert not transform.marts_are_current(copied.settings)
    copied.working(
        "update landing.batches set batch_id = batch_id + 1 where batch_id = (select max(batch_id) from landing.batches)"
    )
    assert not transform.marts_are_current(copied.settings)


def test_a_published_copy_that_cannot_be_read_is_made_again(copied: Place) -> None:
    copied.settings.published_path.write_bytes(b"half a file")
    assert not transform.marts_are_current(copied.settings)
