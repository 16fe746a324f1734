"""What analysts ask of the marts: totals without double counting, relations of pairs, people, countries, rates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from tests.facts.cases import CASES
from tests.facts.desk import Desk
from tests.facts.recipes import TODAY

DAY = dt.date.fromisoformat


def sides(case: str) -> str:
    """The codes of A and B of a case, as a list of SQL."""
    number = list(CASES).index(case)
    return f"['{number:02d}A', '{number:02d}B']"


def total_check(desk: Desk) -> str:
    """The dbt test of the totals as dbt ran it."""
    found = list((desk.settings.data_dir / "dbt" / "compiled").rglob("totals_count_nothing_twice.sql"))
    assert len(found) == 1
    return found[0].read_text("utf-8")


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("target", "a target is counted"),
        ("cumulative_stock", "a stock is counted beside its parts"),
        ("package_total", "a package is counted beside its members"),
        ("within_longer_period", "two figures of the same time are counted"),
    ],
)
def test_the_check_of_totals_can_fail(all_cases: Desk, tmp_path: Path, reason: str, problem: str) -> None:
    """A test that never failed proves nothing: count what may not be counted, and it must say so."""
    # Named as the original: the test names the database in every relation.
    copy = tmp_path / "warehouse.duckdb"
    copy.write_bytes(all_cases.settings.warehouse_path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        assert connection.execute(total_check(all_cases)).fetchall() == []
        connection.execute(
            "update marts.financial_flows set counts_in_totals = true, not_counted_because = null where not_counted_because = ?",
            [reason],
        )
        assert problem in {row[0] for row in connection.execute(total_check(all_cases)).fetchall()}


def test_totals_of_a_pair_leave_out_stocks_and_packages(all_cases: Desk) -> None:
    query = "select {} from marts.bilateral_relations where pair = {}"
    stock = sides("a stock and what came in one year of it")
    assert all_cases.sql(query.format("fdi_usd, fdi_stock_usd, flows_not_counted", stock)) == [(4e8, 9e9, 1)]
    package = sides("a package and a member of it, both with their worth")
    assert all_cases.sql(query.format("pledges_usd, instruments_signed, agreements_signed", package)) == [(1.2e7, 3, 1)]


def test_a_missing_rate_is_null_and_says_so(all_cases: Desk) -> None:
    rows = all_cases.rows("select * from marts.financial_flows where amount_usd is null")
    assert rows
    for row in rows:
        assert row["usd_rate"] is None
        assert row["usd_rate_source"].startswith("missing: ")
        assert not row["counts_in_totals"]
    converted = all_cases.rows("select * from marts.financial_flows where currency != 'USD' and amount_usd is not null")
    assert converted
    for row in converted:
        assert row["amount_usd"] == pytest.approx(row["amount"] * row["usd_rate"])
        assert 0 <= (row["as_of_on"] - row["usd_rate_on"]).days <= 31


def test_relations_and_cadence_of_a_pair(all_cases: Desk) -> None:
    pair = sides("a second meeting of the same people weeks later")
    relations = all_cases.rows(f"select * from marts.bilateral_relations where pair = {pair}")[0]
    assert relations["meetings_held"] == relations["meetings_of_ministers"] == relations["meetings_in_person"] == 2
    assert (relations["first_meeting_on"], relations["last_meeting_on"]) == (DAY("2025-03-06"), DAY("2025-03-27"))
    assert relations["median_gap_days"] == relations["longest_gap_days"] == 21
    assert relations["days_since_last_meeting"] == (DAY(TODAY) - DAY("2025-03-27")).days
    cadence = all_cases.rows(f"select * from marts.bilateral_meeting_cadence where pair = {pair}")
    assert [(row["year"], row["meetings_held"], row["longest_gap_days"]) for row in cadence] == [(2025, 2, 21)]


def test_next_planned_meeting_and_those_nobody_reported(all_cases: Desk) -> None:
    ahead = "select next_planned_meeting_on from marts.bilateral_relations where pair = ['TUR', 'UZB']"
    assert all_cases.sql(ahead) == [(DAY("2026-01-29"),)]
    missed = "select planned_meetings_not_reported_held, next_planned_meeting_on from marts.bilateral_relations where pair = "
    assert all_cases.sql(missed + sides("a planned meeting a month from the one held")) == [(1, None)]


def test_a_meeting_of_three_is_one_of_each_pair(all_cases: Desk) -> None:
    number = list(CASES).index("a summit of three and two of its guests alone")
    rows = all_cases.sql(
        "select country_a, country_b, meetings_held from marts.bilateral_relations where starts_with(country_a, ?) order by all",
        f"{number:02d}",
    )
    assert [(one[-1] + other[-1], held) for one, other, held in rows] == [("AB", 2), ("AC", 1), ("BC", 1)]


def test_people_and_countries(all_cases: Desk) -> None:
    number = list(CASES).index("one name in the spellings of five languages")
    people = all_cases.rows("select * from marts.dim_person where country = ?", f"{number:02d}A")
    assert len(people) == 1
    assert len(people[0]["aliases"]) == 5
    assert people[0]["role"] == "head_of_state"
    surname = list(CASES).index("two people of one surname and country")
    people = all_cases.rows("select * from marts.dim_person where country = ? order by name", f"{surname:02d}A")
    assert [(person["name"], person["role"], person["aliases"]) for person in people] == [
        ("Daniel Carter", "minister", ["Carter", "Daniel Carter"]),
        ("Ilham Carter", "head_of_state", ["Carter", "Ilham Carter"]),
    ]
    countries = all_cases.sql(
        "select name, region is not null, kind from marts.dim_country where code in ('KAZ', 'EBRD') order by code"
    )
    assert [(known, kind) for _, known, kind in countries] == [(True, "organisation"), (True, "country")]
    assert all_cases.sql("select kind from marts.dim_country where code = '00A'") == [("unknown",)]


@pytest.mark.parametrize("currency", ["EUR", "KZT", "RUB", "UZS", "AED", "KGS", "AZN", "TRY", "CNY", "JPY", "KRW", "QAR", "SAR"])
def test_every_day_of_the_last_years_has_a_rate(all_cases: Desk, currency: str) -> None:
    """KZT, UZS, AED and, since March 2022, RUB are not among the ECB's: the monthly rates stand in."""
    missing = all_cases.sql(
        """
        select day
        from range(date '2022-03-01', (select min(last_rate_on) from ref.rate_sources), interval 1 day) as days (day)
        where not exists (
            select 1 from ref.exchange_rates
            where currency = ? and day between rate_on and applies_until
        )
        """,
        currency,
    )
    assert missing == []


def test_rates_keep_the_quotation_they_come_from(all_cases: Desk) -> None:
    """A rate can be checked against its publisher: units per euro or pound, and the dollar's quotation of the same day."""
    wrong = all_cases.sql(
        """
        select rates.*
        from ref.exchange_rates as rates
        inner join ref.exchange_rates as dollars using (source, rate_on, quoted_per)
        where dollars.currency = 'USD' and abs(rates.usd_per_unit * rates.quoted_units / dollars.quoted_units - 1) > 1e-9
        """
    )
    assert wrong == []
