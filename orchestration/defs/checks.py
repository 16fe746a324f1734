"""Promises about the claims, checked after each refresh that changed something."""

from collections.abc import Sequence

import dagster as dg

from orchestration.defs.landing import CLAIM_KEYS, key_of
from orchestration.defs.metadata import WAREHOUSE_POOL
from orchestration.present import markdown_table
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
from orchestration.warehouse.audit import Place, misplaced_evidence, orphan_claims, quarantine

SHOWN = 10
# More files than this share in quarantine is worth a look: a new encoding, a broken export.
QUARANTINE_SHARE = 0.2


@dg.multi_asset_check(
    name="claims_hold",
    specs=[
        spec
        for key in CLAIM_KEYS
        for spec in (
            dg.AssetCheckSpec(
                "evidence_is_where_it_says",
                asset=key,
                blocking=True,
                description="The words of every row are in its document, at its offsets.",
            ),
            dg.AssetCheckSpec(
                "every_row_has_its_document",
                asset=key,
                blocking=True,
                description="Every row belongs to a stored text that a file in raw/ carries.",
            ),
        )
    ],
    pool=WAREHOUSE_POOL,
)
def claims_hold(settings: dg.ResourceParam[Settings]):
    with open_warehouse(settings) as connection:
        misplaced, orphans = misplaced_evidence(connection), orphan_claims(connection)
    for key in CLAIM_KEYS:
        yield _result(key, "evidence_is_where_it_says", misplaced)
        yield _result(key, "every_row_has_its_document", orphans)


def _result(key: dg.AssetKey, name: str, places: Sequence[Place]) -> dg.AssetCheckResult:
    wrong = [place for place in places if key_of(place[0]) == key]
    metadata: dict[str, dg.RawMetadataValue] = {"wrong_rows": len(wrong)}
    if wrong:
        columns = ("document_id", "evidence_start", "evidence_end")
        metadata["examples"] = dg.MarkdownMetadataValue(markdown_table(columns, [place[1:] for place in wrong[:SHOWN]]))
    return dg.AssetCheckResult(passed=not wrong, asset_key=key, check_name=name, metadata=metadata)


@dg.asset_check(
    asset=dg.AssetKey(["landing", "files"]),
    name="few_files_are_quarantined",
    description=f"At most {QUARANTINE_SHARE:.0%} of the files in raw/ cannot be read; `problem` says why each could not.",
    pool=WAREHOUSE_POOL,
)
def few_files_are_quarantined(settings: dg.ResourceParam[Settings]) -> dg.AssetCheckResult:
    with open_warehouse(settings) as connection:
        refused, present = quarantine(connection)
        examples = connection.execute(
            "select source_path, problem from landing.files where status = 'quarantined' order by source_path limit ?", [SHOWN]
        ).fetchall()
    return dg.AssetCheckResult(
        passed=refused <= QUARANTINE_SHARE * present,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "quarantined": refused,
            "files": present,
            "examples": dg.MarkdownMetadataValue(markdown_table(("source_path", "problem"), examples)),
        },
    )
