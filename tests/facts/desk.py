"""A warehouse of claims written down by hand, and its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.transform import build_marts
from tests.gold import claim_ids, land

# What is built is the same in every build of these tests; the tests of the data run once, on the warehouse of all cases.
MODELS_ONLY = ("--exclude-resource-type", "test")


@dataclass
class Desk:
    """A warehouse of claims written down by hand. `labels`: {claim_id: the fact that it states}."""

    settings: Settings
    labels: dict[str, str] = field(default_factory=dict)

    def land(self, reports: Iterable[tuple[dict[str, Any], str]], prefix: str = "", removed: Iterable[str] = ()) -> None:
        reports = list(reports)
        for gold, body in reports:
            self.labels.update({claim_id: prefix + claim["fact"] for claim_id, claim in claim_ids(gold, body).items()})
        land(self.settings, reports, "evidence", removed)

    def build(self, selection: Sequence[str] = MODELS_ONLY) -> list[dict[str, Any]]:
        result = build_marts(self.settings, selection)
        assert result.failures == []
        return result.events

    def sql(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.warehouse_path), read_only=True) as connection:
            return connection.execute(query, list(parameters)).fetchall()

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        with duckdb.connect(str(self.settings.warehouse_path), read_only=True) as connection:
            cursor = connection.execute(query, list(parameters))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def facts(self) -> dict[str, str]:
        """{claim_id: fact_id}"""
        return dict(self.sql("select claim_id, fact_id from marts.fact_sources"))

    def fact_rows(self) -> dict[str, dict[str, Any]]:
        """{fact_id: row of its mart}"""
        keys = {"agreements": "agreement_id", "financial_flows": "flow_id", "meetings": "meeting_id"}
        return {row[key]: row for table, key in keys.items() for row in self.rows(f"select * from marts.{table}")}

    def groups(self) -> list[tuple[str, ...]]:
        """The facts as the labels of their claims, sorted: right where each has one label, and each label is in one."""
        found = defaultdict(list)
        for claim_id, fact_id in self.facts().items():
            found[fact_id].append(self.labels[claim_id])
        return sorted(tuple(sorted(labels)) for labels in found.values())
