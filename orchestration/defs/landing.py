"""From files to claims, and the reference data beside them."""

import os
from collections.abc import Iterator
from typing import Any

import dagster as dg
from pydantic import Field

from orchestration.defs.marts import MANIFEST
from orchestration.defs.metadata import OWNER, WAREHOUSE_POOL, static_metadata, table_metadata
from orchestration.defs.resources import Progress
from orchestration.ingest.refresh import RefreshSummary, Selection, refresh_claims
from orchestration.runs import PROCESS_TAG, process_mark
from orchestration.settings import Settings
from orchestration.transform import marts_are_current
from orchestration.warehouse import open_warehouse
from orchestration.warehouse.schema import CLAIM_TABLES, DOCUMENTS, FILES, Table

LANDED: dict[str, Table] = {table.name: table for table in (FILES, DOCUMENTS, *CLAIM_TABLES.values())}
REFERENCE = ("ref.countries", "ref.exchange_rates")
SOURCES = {f"{node['schema']}.{node['name']}": node for node in MANIFEST["sources"].values()}


def key_of(table: str) -> dg.AssetKey:
    return dg.AssetKey(table.split("."))


CLAIM_KEYS = [key_of(table.name) for table in CLAIM_TABLES.values()]

raw_files = dg.AssetSpec(
    "raw_files",
    group_name="landing",
    owners=[OWNER],
    kinds={"file"},
    description="The folder raw/ (BILATERAL_RAW_DIR): news articles, one text a file. Somebody else puts them there.",
)


def landed_spec(name: str) -> dg.AssetSpec:
    """The asset of a table that a refresh writes."""
    group = name.split(".")[0]
    described = SOURCES.get(name, {})
    return dg.AssetSpec(
        key_of(name),
        deps=[raw_files] if name == FILES.name else [key_of(FILES.name if name == DOCUMENTS.name else DOCUMENTS.name)],
        group_name=group,
        owners=[OWNER],
        kinds={"duckdb", "polars", "spacy" if group == "claims" else "python"},
        description=described.get("description") or LANDED[name].grain,
        metadata=static_metadata(name.split("."), LANDED[name], described),
        skippable=True,
    )


class RefreshConfig(dg.Config):
    """A part of the work, for backfills. Without any of it: everything that changed."""

    folder: str | None = Field(None, description="Only files below this folder of raw/.")
    month: str | None = Field(None, description="YYYY-MM: of the known documents, read again only those published then.")
    force: bool = Field(False, description="Read again what the present rules have read already.")


@dg.multi_asset(name="refresh_claims", specs=[landed_spec(name) for name in LANDED], pool=WAREHOUSE_POOL)
def landed(
    context: dg.AssetExecutionContext,
    config: RefreshConfig,
    settings: dg.ResourceParam[Settings],
    progress: dg.ResourceParam[Progress],
) -> Iterator[Any]:
    """Ledger, texts and claims are written together, a batch of documents in a transaction, so they are one step here."""
    context.instance.add_run_tags(context.run.run_id, {PROCESS_TAG: process_mark(os.getpid())})
    summary = refresh_claims(
        settings,
        only=Selection(config.folder, config.month, config.force),
        progress=lambda done, total: progress("Reading documents", done, total),
    )
    context.log.info(summary.describe())
    yield dg.AssetObservation(raw_files.key, metadata=numbers(summary))
    if summary.nothing_changed and marts_are_current(settings):
        # Without a materialisation here, Dagster skips the steps that come after this one.
        context.log.info("The marts are up to date: the steps after this one are skipped.")
        return
    with open_warehouse(settings) as connection:
        for name in LANDED:
            metadata = {**numbers(summary), **table_metadata(connection, *name.split("."), described=SOURCES.get(name))}
            yield dg.MaterializeResult(asset_key=key_of(name), metadata=metadata)


def numbers(summary: RefreshSummary) -> dict[str, int]:
    """What a refresh counted, as metadata."""
    names = (
        "seen",
        "new",
        "changed",
        "removed",
        "duplicate",
        "quarantined",
        "unchanged",
        "documents_extracted",
        "stale_reextracted",
    )
    return {
        **{name: getattr(summary, name) for name in names},
        **summary.claims,
        "claims_dropped": summary.claims_dropped,
        "unsettled": len(summary.unsettled),
    }


@dg.multi_asset(
    name="load_reference",
    specs=[
        dg.AssetSpec(
            key_of(name),
            group_name="landing",
            owners=[OWNER],
            kinds={"duckdb", "python"},
            description=SOURCES[name]["description"],
            metadata=static_metadata(name.split("."), None, SOURCES[name]),
        )
        for name in REFERENCE
    ],
    pool=WAREHOUSE_POOL,
)
def reference(settings: dg.ResourceParam[Settings]) -> Iterator[dg.MaterializeResult]:
    """From files in the package; landed when the warehouse is opened, if they have changed."""
    with open_warehouse(settings) as connection:
        for name in REFERENCE:
            metadata = table_metadata(connection, *name.split("."), described=SOURCES[name])
            yield dg.MaterializeResult(asset_key=key_of(name), metadata=metadata)
