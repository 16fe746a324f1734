"""Questions to the published copy: what `bilateral status`, `sql` and `explain` show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse.errors import WarehouseError, explain

Row = dict[str, Any]

# A query may read what is published and nothing else: no other file, no network, no extension, and no way to lift this.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}

FACTS = {
    "agreement": ("marts.agreements", "agreement_id", "claims.agreement_claims"),
    "flow": ("marts.financial_flows", "flow_id", "claims.flow_claims"),
    "meeting": ("marts.meetings", "meeting_id", "claims.meeting_claims"),
}


class NothingPublished(WarehouseError):
    """No run has published anything yet."""


class NotFound(LookupError):
    """No fact, claim or document has this name; the text says what there is."""


def open_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The published copy, read-only and shut off from everything else. Raises NothingPublished or another WarehouseError."""
    path = settings.published_path
    if not path.is_file():
        raise NothingPublished(f"Nothing is published yet: there is no {path}. Run `bilateral run` (or `make run`) first.")
    try:
        return duckdb.connect(str(path), read_only=True, config=READ_ONLY)
    except duckdb.Error as error:
        raise explain(error, path) or error from error


def records(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
    """All rows of a query as dictionaries."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def file_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Files by status."""
    return dict(connection.execute("select status, count(*) from landing.files group by 1 order by 1").fetchall())


def claim_counts(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Documents and claims by language (null where none is known): documents, agreements, flows, meetings, rejected."""
    return records(
        connection,
        """
        with counted as (
            select document_id, 'agreements' as kind from claims.agreement_claims
            union all select document_id, 'flows' from claims.flow_claims
            union all select document_id, 'meetings' from claims.meeting_claims
            union all select document_id, 'rejected' from claims.rejected_candidates
        ),
        by_document as (
            select
                document_id,
                count(*) filter (kind = 'agreements') as agreements,
                count(*) filter (kind = 'flows') as flows,
                count(*) filter (kind = 'meetings') as meetings,
                count(*) filter (kind = 'rejected') as rejected
            from counted group by document_id
        )
        select
            language, count(*) as documents, sum(coalesce(agreements, 0))::bigint as agreements,
            sum(coalesce(flows, 0))::bigint as flows, sum(coalesce(meetings, 0))::bigint as meetings,
            sum(coalesce(rejected, 0))::bigint as rejected
        from landing.documents left join by_document using (document_id)
        group by language order by documents desc, language nulls last
        """,
    )


def quarantined(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Files that could not be read, with the reason: source_path, problem."""
    return records(connection, "select source_path, problem from landing.files where status = 'quarantined' order by source_path")


def fact_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of the three marts of facts by their names."""
    counts = {}
    for table, _, _ in FACTS.values():
        row = connection.execute(f"select count(*) from {table}").fetchone()
        counts[table.removeprefix("marts.")] = int(row[0]) if row else 0
    return counts


def build_info(connection: duckdb.DuckDBPyConnection) -> Row:
    """When the marts were built (`built_at`, UTC) and from which batch (`last_batch_id`), and when that batch was landed."""
    [row] = records(
        connection,
        """
        select built_at, last_batch_id, (select max(finished_at) from landing.batches) as last_batch_at
        from marts.build_info
        """,
    )
    return row


def newest(connection: duckdb.DuckDBPyConnection, fact_type: str, limit: int) -> list[Row]:
    """The facts reported last, each with one sentence that states it: all columns of the mart, `sentence` and `sentence_language`.

    The sentence is that of the first official or else the earliest report.
    """
    table, key, _ = FACTS[fact_type]
    day = {"agreement": "signed_on", "flow": "period_end", "meeting": "started_on"}[fact_type]
    reported = "first_reported_on" if fact_type != "meeting" else "started_on"
    return records(
        connection,
        f"""
        with said as (
            select
                fact_id,
                arg_min(evidence, (published_on is null, published_on, claim_id)) as sentence,
                arg_min(language, (published_on is null, published_on, claim_id)) as sentence_language
            from marts.fact_sources group by fact_id
        )
        select facts.*, said.sentence, said.sentence_language
        from {table} as facts left join said on facts.{key} = said.fact_id
        order by facts.{reported} desc nulls last, facts.{day} desc nulls last, facts.{key}
        limit {int(limit)}
        """,
    )


@dataclass
class Explanation:
    """A fact, or a claim that became part of one or of none.

    `claims` are the claims behind the fact (or the one claim asked for), each with its columns and, where there is one, its
    row of marts.fact_sources; `values` what the reports say of each attribute, where dbt keeps it.
    """

    asked: str
    fact_type: str
    fact: Row | None
    claims: list[Row]
    values: list[Row]


def explanation(connection: duckdb.DuckDBPyConnection, identifier: str) -> Explanation:
    """What stands behind a fact or claim. Raises NotFound."""
    for fact_type, (table, key, _) in FACTS.items():
        if found := records(connection, f"select * from {table} where {key} = ?", [identifier]):
            return _explain_fact(connection, fact_type, found[0], identifier)
    for fact_type, (_, _, table) in FACTS.items():
        found = records(connection, f"select * from {table} where claim_id = ?", [identifier])
        if not found:
            continue
        facts = records(connection, "select distinct fact_id from marts.fact_sources where claim_id = ?", [identifier])
        if facts:
            mart, key, _ = FACTS[fact_type]
            [fact] = records(connection, f"select * from {mart} where {key} = ?", [facts[0]["fact_id"]])
            return _explain_fact(connection, fact_type, fact, identifier)
        return Explanation(identifier, fact_type, None, [_with_document(connection, found[0])], [])
    raise NotFound(f"There is no fact and no claim {identifier!r}.{_similar(connection, identifier)}")


def _explain_fact(connection: duckdb.DuckDBPyConnection, fact_type: str, fact: Row, asked: str) -> Explanation:
    _, key, claims_table = FACTS[fact_type]
    claims = records(
        connection,
        f"""
        select sources.* exclude (claim_id, document_id, evidence, evidence_start, evidence_end), claims.*
        from marts.fact_sources as sources join {claims_table} as claims using (claim_id)
        where sources.fact_id = ?
        order by sources.published_on nulls last, claims.document_id, claims.evidence_start
        """,
        [fact[key]],
    )
    values: list[Row] = []
    if _exists(connection, "marts", "fact_values"):
        values = records(
            connection,
            "select * from marts.fact_values where fact_id = ? order by attribute, is_chosen desc, report_count desc, value",
            [fact[key]],
        )
    return Explanation(asked, fact_type, fact, claims, values)


def _with_document(connection: duckdb.DuckDBPyConnection, claim: Row) -> Row:
    document = records(
        connection,
        """
        select d.language, d.published_on, min(f.source_path) as source_path
        from landing.documents as d left join landing.files as f using (document_id)
        where d.document_id = ? group by all
        """,
        [claim["document_id"]],
    )
    return {**(document[0] if document else {}), **claim}


def _similar(connection: duckdb.DuckDBPyConnection, identifier: str) -> str:
    """A hint: ids that begin like this one."""
    if len(identifier) < 3:
        return ""
    ids = " union all ".join(
        f"select {column} as id from {table}"
        for mart, key, claims in FACTS.values()
        for table, column in ((mart, key), (claims, "claim_id"))
    )
    found = connection.execute(
        f"select distinct id from ({ids}) where starts_with(id, ?) order by id limit 5", [identifier]
    ).fetchall()
    return f" Did you mean {', '.join(row[0] for row in found)}?" if found else ""


def _exists(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    row = connection.execute(
        "select count(*) from information_schema.tables where table_schema = ? and table_name = ?", [schema, table]
    ).fetchone()
    return bool(row and row[0])


@dataclass
class Document:
    """A stored text with every claim and rejected candidate in it, in the order of the text. `body` is None if not published."""

    row: Row
    body: str | None
    marks: list[Row]


def document(connection: duckdb.DuckDBPyConnection, name: str) -> Document:
    """The document of a file (its path below raw/, or the end of it) or with an id. Raises NotFound."""
    found = records(
        connection,
        """
        select d.*, f.source_path from landing.documents as d join landing.files as f using (document_id)
        where (f.source_path = $name or ends_with(f.source_path, '/' || $name) or d.document_id = $name)
            and f.status in ('ingested', 'duplicate')
        order by f.source_path <> $name, f.source_path limit 1
        """,
        {"name": name},
    )
    if not found:
        refused = records(connection, "select problem from landing.files where source_path = ? and status = 'quarantined'", [name])
        reason = (
            f"it is in quarantine: {refused[0]['problem']}"
            if refused
            else "`bilateral status` and landing.files list what there is"
        )
        raise NotFound(f"There is no document of a file {name!r}; {reason}.")
    marks: list[dict[str, Any]] = []
    for fact_type, (_, _, table) in FACTS.items():
        claims = records(connection, f"select * from {table} where document_id = ?", [found[0]["document_id"]])
        marks.extend({**claim, "fact_type": fact_type, "mark": "claim"} for claim in claims)
    rejected = records(connection, "select * from claims.rejected_candidates where document_id = ?", [found[0]["document_id"]])
    marks.extend({**candidate, "fact_type": candidate["candidate"], "mark": "rejected"} for candidate in rejected)
    marks.sort(key=lambda mark: (mark["evidence_start"], mark["evidence_end"], mark["mark"]))
    return Document(found[0], found[0]["body"], marks)


def last_runs(settings: Settings, limit: int = 1) -> list[Row]:
    """Dagster's last runs: run_id, status, started_at, ended_at (seconds since 1970). Empty if there is no record of any.

    Read from its storage directly: importing Dagster for this takes longer than everything else here.
    """
    import sqlite3

    storage = Path(settings.dagster_home) / "history" / "runs.db"
    if not storage.is_file():
        return []
    try:
        with sqlite3.connect(f"file:{storage}?mode=ro", uri=True) as connection:
            rows = connection.execute(
                "select run_id, status, start_time, end_time from runs order by id desc limit ?", [limit]
            ).fetchall()
    except sqlite3.Error:
        return []
    return [dict(zip(("run_id", "status", "started_at", "ended_at"), row, strict=True)) for row in rows]
