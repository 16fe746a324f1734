"""What a refresh has to do: the folder as it is against the ledger as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

# A file changed this shortly before it was read may have changed again within the same tick of the file system's clock.
CLOCK_TICK_NS = 2_000_000_000
# Marks refusals that follow from the listing alone.
BY_SCAN = "scan"


@dataclass(frozen=True)
class Plan:
    """Rows of the ledger (None for a new file) by source_path, in order of the names.

    `to_read`: new files, and files whose size or times differ, that must be looked into. `gone`: files in the ledger that are
    no longer there. `unchanged`: how many need nothing.
    """

    to_read: dict[str, dict[str, Any] | None]
    gone: dict[str, dict[str, Any]]
    unchanged: int


def make_plan(
    entries: pl.DataFrame, ledger: pl.DataFrame, *, rules: set[str], covers: Callable[[str], bool] = lambda _: True
) -> Plan:
    """Compare a scan (`Scan.frame()`) with `landing.files`.

    `rules`: what refuses files today; a quarantined file is tried again when something else refused it. `covers`: whether a name
    would have been found by the scan; others are left as they are.
    """
    there = ledger.filter(pl.col("status") != "removed")
    met = entries.join(there, on="source_path", how="left", suffix="_then")
    same_times = (
        pl.col("size_bytes").eq_missing(pl.col("size_bytes_then"))
        & pl.col("modified_ns").eq_missing(pl.col("modified_ns_then"))
        & pl.col("changed_ns").eq_missing(pl.col("changed_ns_then"))
    )
    quarantined = pl.col("status") == "quarantined"
    refused_by_listing = pl.col("problem").is_not_null()
    same = (
        pl.when(refused_by_listing)
        .then(quarantined & pl.col("problem").eq_missing(pl.col("problem_then")) & same_times)
        .otherwise(
            same_times
            & (pl.col("changed_ns") < pl.col("checked_ns") - CLOCK_TICK_NS)
            & (~quarantined | pl.col("refused_by").is_in(list(rules)))
        )
        .fill_null(False)
        & pl.col("status").is_not_null()
    )
    wanted = met.filter(~same).select("source_path")
    known = {row["source_path"]: row for row in ledger.join(wanted, on="source_path", how="semi").iter_rows(named=True)}
    gone = there.join(entries, on="source_path", how="anti").sort("source_path")
    return Plan(
        {name: known.get(name) for name in wanted["source_path"].sort()},
        {row["source_path"]: row for row in gone.iter_rows(named=True) if covers(row["source_path"])},
        len(met) - len(wanted),
    )
