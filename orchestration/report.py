"""What `run`, `status`, `explain` and `score` print: data on stdout, talk on stderr."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.console import for_json, money, show_table, talk
from orchestration.present import plain, shorten, visible
from orchestration.settings import Settings
from orchestration.warehouse import reader

if TYPE_CHECKING:
    from orchestration.runs import RunResult
    from orchestration.score import Scores

Row = Mapping[str, Any]
SENTENCE_WIDTH = 240


def tell_run(settings: Settings, result: RunResult) -> None:
    """What the run did, on stderr."""
    summary = result.summary or {}
    if not result.changed:
        talk(
            f"Nothing changed: {summary.get('seen', 0)} files in {settings.raw_dir} are as they were, no claim was touched, and the"
            f" marts are up to date. ({result.seconds:.1f} s)"
        )
        return
    parts = [
        f"{summary[name]} {name}"
        for name in ("new", "changed", "removed", "duplicate", "quarantined", "unchanged")
        if summary.get(name)
    ]
    again = summary.get("stale_reextracted")
    if again:
        parts.append(f"{again} read again by new rules")
    talk(f"Files: {', '.join(parts) or 'none'}. The marts are published in {settings.published_path}. ({result.seconds:.1f} s)")
    if summary.get("quarantined"):
        talk("`bilateral status` says why files are in quarantine.")


def show_marts(connection: duckdb.DuckDBPyConnection, limit: int) -> None:
    """The facts reported last, a table for each kind, with a sentence that states each; then what to do next."""
    counts = reader.fact_counts(connection)
    if limit:
        tables = (
            ("agreement", "agreements", AGREEMENT_COLUMNS, agreement_row),
            ("flow", "financial_flows", FLOW_COLUMNS, flow_row),
            ("meeting", "meetings", MEETING_COLUMNS, meeting_row),
        )
        for fact_type, table, columns, cells in tables:
            facts = reader.newest(connection, fact_type, limit)
            shown = f"the {len(facts)} reported last of {counts[table]}" if len(facts) < counts[table] else str(counts[table])
            rows = [(*cells(fact), shorten(visible(fact["sentence"] or ""), SENTENCE_WIDTH)) for fact in facts]
            show_table(f"marts.{table}: {shown}", (*columns, "sentence"), rows, numbers=("amount", "in USD"))
    example = next((fact for kind in reader.FACTS for fact in reader.newest(connection, kind, 1)), None)
    next_steps = ["bilateral status", 'bilateral sql "from marts.bilateral_relations"']
    if example:
        identifier = next(example[key] for _, key, _ in reader.FACTS.values() if key in example)
        next_steps.insert(0, f"bilateral explain {identifier}")
    talk("Next: " + " · ".join(next_steps) + " · make sql · make dev")


AGREEMENT_COLUMNS = ("id", "parties", "kind", "status", "signed on", "n", "amount")
FLOW_COLUMNS = ("id", "type", "from", "to", "amount", "in USD", "period")
MEETING_COLUMNS = ("id", "countries", "status", "on", "city", "who")


def agreement_row(fact: Row) -> tuple[Any, ...]:
    return (
        fact["agreement_id"],
        " ".join(fact["parties"]),
        fact["kind"],
        fact["status"],
        fact["signed_on"],
        fact["instrument_count"],
        money(fact["amount"], fact["currency"], fact.get("amount_bound")),
    )


def flow_row(fact: Row) -> tuple[Any, ...]:
    one, other = fact["provider"], fact["recipient"]
    if one is None and other is None:
        one, other = fact["pair"]
    return (
        fact["flow_id"],
        fact["flow_type"],
        one,
        other,
        money(fact["amount"], fact["currency"], fact["amount_bound"]),
        money(round(fact["amount_usd"]) if fact["amount_usd"] is not None else None, None),
        period(fact["period_start"], fact["period_end"]),
    )


def meeting_row(fact: Row) -> tuple[Any, ...]:
    return (
        fact["meeting_id"],
        " ".join(fact["countries"]),
        fact["status"] if fact["medium"] == "in_person" else f"{fact['status']}, {fact['medium']}",
        period(fact["started_on"], fact["ended_on"]),
        fact["city"],
        "; ".join(person["name"] for person in fact["participants"] or []),
    )


def period(start: dt.date | None, end: dt.date | None) -> str:
    """`2024`, `2024-03-01`, `2024-01-01..2024-06-30`, `..2030`; empty if nothing is known."""
    if start is None and end is None:
        return ""
    if start == end:
        return str(start)
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}..{end.year}"
    last = "" if end is None else str(end.year) if start is None and (end.month, end.day) == (12, 31) else str(end)
    return f"{start or ''}..{last}"


def show_status(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Files, documents, claims, quarantine, facts, last run."""
    files = reader.file_counts(connection)
    show_table("Files", ("status", "files"), list(files.items()), numbers=("files",))
    kinds = ("documents", "agreements", "flows", "meetings", "rejected")
    claims = reader.claim_counts(connection)
    rows = [(row["language"] or "unknown", *(row[kind] for kind in kinds)) for row in claims]
    rows.append(("all", *(sum(row[kind] for row in claims) for kind in kinds)))
    show_table("Documents and claims", ("language", *kinds), rows, numbers=kinds)
    show_table("Facts", ("mart", "rows"), list(reader.fact_counts(connection).items()), numbers=("rows",))
    refused = reader.quarantined(connection)
    if refused:
        show_table("Quarantine", ("file", "problem"), [(row["source_path"], row["problem"]) for row in refused])
    built = reader.build_info(connection)
    show_table(
        "State",
        ("what", "when (UTC)"),
        [
            ("last batch of documents landed", built["last_batch_at"]),
            ("marts built", built["built_at"]),
            *[
                (f"last run ({run['status'].lower()})", _at(run["ended_at"] or run["started_at"]))
                for run in reader.last_runs(settings)
            ],
        ],
    )


def _at(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)


# Shown elsewhere in an explanation, or of no use to a reader.
HIDDEN = frozenset({"batch_id", "contested", "claim_key", "person_ids", "fact_id", "fact_type", "matched_claim_id", "match_reason"})
OF_DOCUMENT = ("source_path", "language", "published_on", "is_official")
OF_EVIDENCE = ("evidence", "evidence_start", "evidence_end", "rule", "extractor_version", "claim_id", "document_id")


def show_explanation(connection: duckdb.DuckDBPyConnection, found: reader.Explanation, as_json: bool) -> None:
    """A fact or claim, the claims behind it and why they were taken for one."""
    if as_json:
        whole = {"type": found.fact_type, "fact": found.fact, "claims": found.claims, "values": found.values}
        print(json.dumps(for_json(whole), ensure_ascii=False, indent=2))
        return
    if found.fact is None:
        print(
            f"{found.fact_type} claim {found.asked}: it is not part of a fact (its file was removed, or the marts are older than it)"
        )
    else:
        _, key, _ = reader.FACTS[found.fact_type]
        part = f" (which claim {found.asked} is part of)" if found.asked != found.fact[key] else ""
        print(f"{found.fact_type} {found.fact[key]}{part}")
        _show_fields(found.fact, skip={key, *HIDDEN})
        if found.fact.get("usd_rate") is not None:
            rate = found.fact
            print(f"  rate: 1 {rate['currency']} = {rate['usd_rate']:.6g} USD on {rate['usd_rate_on']} ({rate['usd_rate_source']})")
        if found.fact.get("not_counted_because"):
            print(f"  not counted in totals: {found.fact['not_counted_because']}")
    count = len(found.claims)
    print(f"\n{count} claim{'' if count == 1 else 's'} {'behind it' if found.fact else ''}".rstrip())
    for number, claim in enumerate(found.claims, 1):
        asked = "  <- asked for" if claim["claim_id"] == found.asked and found.fact else ""
        print(f"\n{number}. {claim['claim_id']}{asked}")
        published = claim["published_on"] or "date unknown"
        official = ", official" if claim.get("is_official") else ""
        print(f"   document {visible(claim['source_path'] or claim['document_id'])} ({claim['language']}, {published}{official})")
        print(
            f"   characters {claim['evidence_start']}–{claim['evidence_end']}, rule {claim['rule']}, extractor {claim['extractor_version']}"
        )
        print(f"   «{visible(claim['evidence'])}»")
        _show_fields(claim, skip={*HIDDEN, *OF_DOCUMENT, *OF_EVIDENCE}, indent="   ")
        if claim.get("match_reason"):
            other = f" with {claim['matched_claim_id']}" if claim.get("matched_claim_id") else ""
            print(f"   {'merged' if count > 1 else 'alone'}{other}: {visible(claim['match_reason'])}")
    _show_contested(found.values)


def _show_fields(row: Row, skip: set[str], indent: str = "  ") -> None:
    for name, value in row.items():
        if name not in skip and value is not None and value != []:
            print(f"{indent}{name}: {plain(value)}")


def _show_contested(values: Sequence[Row]) -> None:
    """Attributes that reports disagree about, with the value that was taken and why."""
    contested = [value for value in values if value.get("is_contested")]
    if not contested:
        return
    print("\nReports disagree")
    for value in contested:
        taken = f"  <- taken: {plain(value['chosen_because'])}" if value["is_chosen"] else ""
        print(f"  {value['attribute']}: {plain(value['value'])} ({value['report_count']} reports){taken}")


def show_document(found: reader.Document, as_json: bool) -> None:
    """A document's text with its claims and near misses marked where they stand, below each line what they are and why."""
    if as_json:
        print(json.dumps(for_json({"document": found.row, "marks": found.marks}), ensure_ascii=False, indent=2))
        return
    row = found.row
    claims = sum(mark["mark"] == "claim" for mark in found.marks)
    print(f"{visible(row['source_path'])}  ({row['language'] or 'language unknown'}, published {row['published_on'] or 'unknown'})")
    print(f"{claims} claims [n⟨…⟩n], {len(found.marks) - claims} near misses (n⟨…⟩n)\n")
    numbered = list(enumerate(found.marks, 1))
    if found.body is None:
        talk("The text is not in the published copy (BILATERAL_PUBLISH_TEXT_BYTES); its claims follow.")
        for number, mark in numbered:
            print(f"«{visible(mark['evidence'])}»")
            _print_note(number, mark)
        return
    start = 0
    for line in found.body.splitlines(keepends=True):
        end = start + len(line)
        print(f"  {visible(_marked(line, start, numbered))}".rstrip())
        for number, mark in numbered:
            if start < mark["evidence_end"] <= end:
                _print_note(number, mark)
        start = end


def _marked(line: str, start: int, numbered: Sequence[tuple[int, Row]]) -> str:
    """A line that begins at character `start` of its document, with the signs of the marks that begin or end in it."""
    last = len(line.rstrip("\r\n"))
    inserts: list[tuple[int, int, int, int, str]] = []
    for number, mark in numbered:
        opened, closed = mark["evidence_start"] - start, mark["evidence_end"] - start
        left, right = ("[", "]") if mark["mark"] == "claim" else ("(", ")")
        # At one place, what ends is closed before anything opens, the longer of two is opened first, and last opened is first closed.
        if 0 <= opened < len(line):
            inserts.append((min(opened, last), 1, -closed, number, f"{left}{number}⟨"))
        if 0 < closed <= len(line):
            inserts.append((min(closed, last), 0, -opened, -number, f"⟩{number}{right}"))
    parts, position = [], 0
    for place, _, _, _, sign in sorted(inserts):
        parts += [line[position:place], sign]
        position = place
    return "".join([*parts, line[position:]])


def _print_note(number: int, mark: Row) -> None:
    """What a mark is: a claim with its rule and values, or a near miss with the reason why it was not taken."""
    place = f"characters {mark['evidence_start']}–{mark['evidence_end']}"
    if mark["mark"] == "rejected":
        print(f"    ({number}) no {mark['fact_type']}: {visible(mark['reason'])}; {place}")
        return
    print(f"    [{number}] {mark['fact_type']} {mark['claim_id']} by rule {mark['rule']}, {place}")
    skip = {*HIDDEN, *OF_EVIDENCE, "mark"}
    values = [f"{name} {plain(value)}" for name, value in mark.items() if name not in skip and value is not None and value != []]
    print(f"        {' · '.join(values)}")


def show_scores(scores: Scores, *, errors: bool, as_json: bool) -> None:
    """Precision, recall and F1 by language and kind, then how often each attribute is right."""
    if as_json:
        print(json.dumps(scores.as_dict(), ensure_ascii=False, indent=2))
        return
    if errors:
        for line in scores.errors:
            print(visible(line))
        print()
    figures = [
        (language, kind, count.hits, count.missed, count.wrong, *(f"{figure:.3f}" for figure in count.figures()))
        for (language, kind), count in scores.counts.items()
    ]
    columns = ("language", "kind", "found", "missed", "wrong", "precision", "recall", "F1")
    show_table("Claims", columns, figures, numbers=columns[2:])
    attributes = [(kind, name, right, total, f"{right / total:.3f}") for (kind, name), (right, total) in scores.attributes.items()]
    headings = ("kind", "attribute", "right", "of", "share")
    show_table("Attributes of the claims found", headings, attributes, numbers=headings[2:])
    sys.stdout.flush()
