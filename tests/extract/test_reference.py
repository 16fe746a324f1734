"""The reference tables hold what extraction relies on: valid codes, dates and roles, and no spelling with two meanings."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "orchestration" / "extract" / "reference"
TABLES = {
    "countries": ["code", "iso2", "name", "region", "capital"],
    "country_names": ["code", "language", "names"],
    "cities": ["name", "country", "is_capital", "kind", "city", "aliases"],
    "organisations": ["code", "name", "kind", "forum", "seat", "aliases"],
    "agencies": ["name", "country", "kind", "aliases"],
    "people": ["name", "country", "role", "office", "from", "to", "aliases"],
}
ROLES = {
    "head_of_state", "head_of_government", "foreign_minister", "minister", "deputy_minister", "parliament_speaker", "ambassador",
    "organisation_head", "monarch", "other",
}  # fmt: skip
# One person at a time holds these, except where the constitution says otherwise: Bosnia's three-member presidency, Nicaragua's
# co-presidents, Iran's and Myanmar's double leadership, Libya's rival chairs, and Afghanistan before and after 2021.
SEVERAL_HEADS_OF_STATE = {"BIH", "NIC", "IRN"}
DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spellings(row: dict[str, str], *columns: str) -> list[str]:
    return [row[column] for column in columns] + [alias for alias in row["aliases"].split("|") if alias]


def day(text: str, *, last: bool) -> dt.date:
    """First or last day that a date of day, month or year precision may mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    if not last:
        return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, 1)
    year, month = (parts[0], parts[1]) if len(parts) > 1 else (parts[0], 12)
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


COUNTRIES = {row["code"]: row for row in rows("countries")}
CITIES = {row["name"] for row in rows("cities")}
ORGANISATIONS = {row["code"] for row in rows("organisations")}


@pytest.mark.parametrize("name", TABLES)
def test_table_has_its_columns_and_clean_cells(name: str) -> None:
    table = rows(name)
    assert list(table[0]) == TABLES[name]
    for row in table:
        for column, cell in row.items():
            assert cell is not None and cell == cell.strip(), (row, column)
            assert unicodedata.is_normalized("NFC", cell), (row, column)
            if column in ("aliases", "names"):
                parts = cell.split("|") if cell else []
                assert all(part and part == part.strip() for part in parts), row
                assert len(parts) == len(set(parts)), row


def test_countries_are_unique_and_complete() -> None:
    codes = [row["code"] for row in rows("countries")]
    assert len(codes) == len(set(codes)) >= 240
    assert len({row["iso2"] for row in rows("countries")}) == len(codes)
    assert {"XKX", "TWN", "PSE", "VAT", "HKG", "KAZ", "USA"} <= set(codes)
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)


def test_country_names_are_of_known_countries_and_languages() -> None:
    seen = set()
    for row in rows("country_names"):
        assert row["code"] in COUNTRIES, row
        assert row["language"] in {"tr", "ar", "kk", "ru", "en", "uz"}, row
        assert (row["code"], row["language"]) not in seen, row
        seen.add((row["code"], row["language"]))


def test_no_country_spelling_belongs_to_two_countries() -> None:
    claimed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("country_names"):
        for name in row["names"].split("|"):
            claimed[row["language"], name.casefold()].add(row["code"])
    assert {key: codes for key, codes in claimed.items() if len(codes) > 1} == {}


def test_every_state_has_its_capital_among_the_cities() -> None:
    capitals = {row["country"]: row["name"] for row in rows("cities") if row["is_capital"] == "true"}
    for country, name in capitals.items():
        assert COUNTRIES[country]["capital"] == name
    states = {row["country"] for row in rows("people") if row["role"] in ("head_of_state", "head_of_government")} & set(COUNTRIES)
    assert len(states) >= 190
    assert states - set(capitals) == set()


def test_cities_are_unique_and_residences_point_to_one() -> None:
    table = rows("cities")
    assert len(table) >= 600
    cities = {row["name"]: row["country"] for row in table if row["kind"] == "city"}
    assert len(cities) == sum(row["kind"] == "city" for row in table)
    for row in table:
        assert row["kind"] in ("city", "residence") and row["is_capital"] in ("true", "false"), row
        assert row["country"] in COUNTRIES, row
        if row["kind"] == "residence":
            assert cities[row["city"]] == row["country"], row
        else:
            assert row["city"] == "", row


def test_no_city_spelling_belongs_to_two_cities() -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in rows("cities"):
        for name in spellings(row, "name"):
            claimed[name.casefold()].add(row["city"] or row["name"])
    assert {name: cities for name, cities in claimed.items() if len(cities) > 1} == {}


def test_organisations_are_unique_and_keep_their_spellings_apart() -> None:
    table = rows("organisations")
    assert len(ORGANISATIONS) == len(table)
    assert {"EU", "UN", "OTS", "CIS", "EAEU", "SCO", "EBRD", "ADB", "WB", "IMF", "EDB"} <= ORGANISATIONS
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in table:
        assert row["kind"] in ("organisation", "bank", "union") and row["forum"] in ("true", "false"), row
        assert not row["seat"] or row["seat"] in CITIES, row
        for name in spellings(row, "code", "name"):
            claimed[name].add(row["code"])
    assert {name: codes for name, codes in claimed.items() if len(codes) > 1} == {}


def test_agencies_stand_for_one_country_and_are_no_organisation() -> None:
    table = rows("agencies")
    assert len(table) >= 200
    organisations = {name for row in rows("organisations") for name in spellings(row, "code", "name")}
    countries = {row["name"] for row in rows("countries")} | {n for row in rows("country_names") for n in row["names"].split("|")}
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in table:
        assert row["country"] in COUNTRIES and row["kind"] in ("agency", "company", "bank", "fund", "lender", "university"), row
        for name in spellings(row, "name"):
            claimed[name.casefold()].add(row["country"])
            assert name not in organisations and name not in countries, row
    assert {name: codes for name, codes in claimed.items() if len(codes) > 1} == {}


def test_people_have_valid_sides_roles_and_dates() -> None:
    for row in rows("people"):
        assert row["country"] in COUNTRIES or row["country"] in ORGANISATIONS, row
        assert row["role"] in ROLES and row["office"], row
        assert DATE.match(row["from"]) and (not row["to"] or DATE.match(row["to"])), row
        if row["to"]:
            assert day(row["from"], last=False) <= day(row["to"], last=True), row
        assert day(row["from"], last=False) < dt.date(2026, 2, 1), row


def test_a_term_is_listed_once() -> None:
    terms = [(row["name"], row["country"], row["role"], row["from"]) for row in rows("people")]
    assert len(terms) == len(set(terms))


def test_one_spelling_of_a_full_name_means_one_person() -> None:
    """Namesakes of one side would make the engine guess; a country apart they are told apart by their office."""
    claimed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("people"):
        for name in spellings(row, "name"):
            claimed[name.casefold(), row["country"]].add(row["name"])
    assert {key: names for key, names in claimed.items() if len(names) > 1} == {}


@pytest.mark.parametrize("role", ["head_of_state", "foreign_minister", "head_of_government", "monarch"])
def test_one_person_at_a_time_holds_an_office(role: str) -> None:
    terms: dict[str, list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
    for row in rows("people"):
        if row["role"] == role and not (role == "head_of_state" and row["country"] in SEVERAL_HEADS_OF_STATE):
            # Both ends at their narrowest: a handover within one day, month or year of coarse dates is no overlap.
            start = day(row["from"], last=True)
            end = day(row["to"], last=False) if row["to"] else dt.date.max
            terms[row["country"]].append((start, end, row["name"]))
    overlaps = []
    for country, held in terms.items():
        held.sort()
        for (_, end, name), (start, _, successor) in itertools.pairwise(held):
            if start < end and name != successor:
                overlaps.append((country, name, successor, start, end))
    assert overlaps == []


def test_the_offices_that_news_is_about_are_filled() -> None:
    """Central Asia, its neighbours, the G20 and the EU: who was foreign minister, and who led, at the start of every year since 2019."""
    ministers = [
        "KAZ",
        "UZB",
        "KGZ",
        "TJK",
        "TKM",
        "RUS",
        "CHN",
        "IRN",
        "AFG",
        "AZE",
        "GEO",
        "ARM",
        "TUR",
        "PAK",
        "IND",
        "JPN",
        "KOR",
        "USA",
        "GBR",
        "FRA",
        "DEU",
        "ITA",
        "CAN",
        "SAU",
        "ARE",
        "QAT",
        "KWT",
        "BHR",
        "OMN",
        "IDN",
        "BRA",
        "ARG",
        "AUS",
        "ZAF",
        "MEX",
        "POL",
        "HUN",
        "ISR",
        "UKR",
        "BLR",
        "EGY",
        "JOR",
        "SRB",
        "ESP",
        "NLD",
        "BEL",
        "SWE",
        "FIN",
        "NOR",
        "DNK",
        "EST",
        "LVA",
        "LTU",
        "CHE",
    ]
    table = rows("people")
    missing = []
    for code in ministers:
        for year in range(2021, 2027):
            on = dt.date(year, 1, 5)
            for roles in (("foreign_minister",), ("head_of_state", "monarch", "head_of_government")):
                # A prime minister may hold the foreign ministry as well.
                held = [
                    row
                    for row in table
                    if row["country"] == code
                    and (row["role"] in roles or ("Foreign Affairs" in row["office"] and roles == ("foreign_minister",)))
                    and day(row["from"], last=False) <= on <= (day(row["to"], last=True) if row["to"] else dt.date.max)
                ]
                if not held:
                    missing.append((code, year, roles[0]))
    assert missing == []


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Такэси Ивая", "Takeshi Iwaya"),
        ("مراد نورتلو", "Murat Nurtleu"),
        ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev"),
        ("شي جين بينغ", "Xi Jinping"),
        ("Реджеп Тайип Эрдоган", "Recep Tayyip Erdoğan"),
        ("Şevket Mirziyoyev", "Shavkat Mirziyoyev"),
        ("Садыр Жапаров", "Sadyr Japarov"),
        ("إلهام علييف", "Ilham Aliyev"),
    ],
)
def test_known_spellings_lead_to_their_person(alias: str, name: str) -> None:
    assert name in {row["name"] for row in rows("people") if alias in spellings(row, "name")}
