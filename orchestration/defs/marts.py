"""The dbt models as assets, and the copy for readers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_subset_selection_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from orchestration.defs.metadata import DATABASE, OWNER, WAREHOUSE_POOL, table_metadata
from orchestration.defs.resources import Progress
from orchestration.settings import Settings
from orchestration.transform import BuildResult, build_marts, built_from, describe, position, prepared_manifest
from orchestration.warehouse import open_warehouse, publish

MANIFEST: Mapping[str, Any] = json.loads(prepared_manifest().read_text("utf-8"))
# dbt's layers in the groups of the asset graph: what only renames and types claims belongs to them.
GROUPS = {"staging": "claims", "intermediate": "marts", "marts": "marts"}


class Translator(DagsterDbtTranslator):
    """Models by schema and name, in the groups of the asset graph, all owned."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "seed":
            return "marts"
        return GROUPS.get(dbt_resource_props["schema"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return [OWNER]

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        # Without the SQL, which dbt's own documentation shows better.
        return dbt_resource_props.get("description") or ""

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        name = f"{DATABASE}.{dbt_resource_props['schema']}.{dbt_resource_props['name']}"
        return {**super().get_metadata(dbt_resource_props), "dagster/table_name": name}


TRANSLATOR = Translator(DagsterDbtTranslatorSettings(enable_asset_checks=True))


class BuildConfig(dg.Config):
    """How to build the marts."""

    full_refresh: bool = False  # build incremental models from nothing


@dbt_assets(
    manifest=MANIFEST,
    dagster_dbt_translator=TRANSLATOR,
    name="dbt_build",
    pool=WAREHOUSE_POOL,
    required_resource_keys={"settings", "progress"},
)
def marts(context: dg.AssetExecutionContext, config: BuildConfig) -> Iterator[Any]:
    settings: Settings = context.resources.settings
    progress: Progress = context.resources.progress
    selection, indirect = get_subset_selection_for_context(context, MANIFEST, None, None, None, TRANSLATOR, None)
    if indirect:
        selection += ["--indirect-selection", indirect]

    def report(event: Mapping[str, Any]) -> None:
        progress(f"Building marts: {describe(event)}", *position(event))

    result = build_marts(settings, selection, full_refresh=config.full_refresh, on_event=report)
    yield from asset_events(context, settings, result)
    if result.failures:
        raise dg.Failure(
            description="dbt: " + "; ".join(result.failures),
            metadata={"failed": len(result.failures), "log": str(settings.data_dir / "dbt" / "logs" / "dbt.log")},
        )


def asset_events(context: dg.AssetExecutionContext, settings: Settings, result: BuildResult) -> Iterator[Any]:
    """dbt's events as Dagster's, materialisations with the rows, columns and a sample of what was built."""
    with open_warehouse(settings) as connection:
        for raw in result.events:
            node = raw["data"]["node_info"]
            event = DbtCoreCliEventMessage(raw_event=raw, event_history_metadata={})
            for translated in event.to_default_asset_events(MANIFEST, TRANSLATOR, context):
                if isinstance(translated, dg.Output):
                    relation = node["node_relation"]
                    described = MANIFEST["nodes"][node["unique_id"]]
                    shown = table_metadata(connection, relation["schema"], relation["alias"], described=described)
                    yield translated.with_metadata({**translated.metadata, **shown})
                else:
                    yield translated


@dg.asset(
    key=["published", "marts"],
    deps=[spec.key for spec in marts.specs],
    group_name="published",
    owners=[OWNER],
    kinds={"duckdb", "file"},
    metadata={"dagster/table_name": "bilateral.marts", "dagster/storage_kind": "duckdb"},
    pool=WAREHOUSE_POOL,
    description=(
        "A read-only copy of the marts with the claims, documents and reference data behind them, replaced as a whole:"
        " who reads it never waits for a run and never sees half of one."
    ),
)
def published_marts(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:
    with open_warehouse(settings) as connection:
        if built_from(connection) is None:
            raise dg.Failure(
                description="The marts were not built to the end, so the copy that is published stays. Build the dbt assets first."
            )
        size = publish(connection, settings)
        facts = {
            name: connection.execute(f"select count(*) from marts.{name}").fetchone()
            for name in ("agreements", "financial_flows", "meetings")
        }
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(settings.published_path),
            "size_bytes": size,
            **{name: row[0] if row else 0 for name, row in facts.items()},
        }
    )
