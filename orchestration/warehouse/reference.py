"""Reference data for the warehouse: `ref.countries`, `ref.exchange_rates` and `ref.rate_sources`, from files in the package.

Nothing is fetched. The rates come from `rates/`, where `build.py` brings them up to date; countries and organisations are
the tables that extraction reads.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

RATES = Path(__file__).with_name("rates")
NAMES = Path(__file__).parents[1] / "extract" / "reference"
FILES = {
    "countries": NAMES / "countries.csv",
    "organisations": NAMES / "organisations.csv",
    "exchange_rates": RATES / "exchange_rates.parquet",
    "rate_sources": RATES / "sources.csv",
}

# A daily rate holds until the next one is published; holidays leave gaps of up to five days.
LONGEST_DAILY_GAP = 7

COUNTRIES = """
create or replace table ref.countries as
select code, name, region, 'country' as kind from read_csv($countries, header = true, all_varchar = true)
union all by name
select code, name, 'International organisation' as region, 'organisation' as kind
from read_csv($organisations, header = true, all_varchar = true)
order by code
"""

RATE_SOURCES = """
create or replace table ref.rate_sources as
select source, name, quoted_per, licence, address, package, last_rate_on::date as last_rate_on
from read_csv($rate_sources, header = true, all_varchar = true)
"""

# The dollar's own quotation of the same day turns every quotation into dollars per unit; the base currency (EUR, GBP),
# which no table quotes against itself, comes in with one unit.
EXCHANGE_RATES = f"""
create or replace table ref.exchange_rates as
with published as (
    select source, currency, rate_on, units from read_parquet($exchange_rates)
),
dollars as (
    select source, rate_on, units as dollars_per_base from published where currency = 'USD'
),
quoted as (
    select source, currency, rate_on, units from published
    union all
    select source, quoted_per, rate_on, 1.0 from dollars join ref.rate_sources using (source)
)
select
    currency,
    rate_on,
    case source
        when 'hmrc' then last_day(rate_on)
        else least(
            coalesce(lead(rate_on) over (partition by source, currency order by rate_on) - 1, rate_on + {LONGEST_DAILY_GAP}),
            rate_on + {LONGEST_DAILY_GAP}
        )
    end as applies_until,
    case source when 'hmrc' then 'monthly' else 'daily' end as frequency,
    dollars_per_base / units as usd_per_unit,
    units as quoted_units,
    quoted_per,
    source
from quoted
join dollars using (source, rate_on)
join ref.rate_sources using (source)
order by frequency, currency, rate_on
"""


def load_reference(connection: duckdb.DuckDBPyConnection) -> bool:
    """Land the packaged reference data in schema `ref`, if it is not there in this version already.

    Tables: `ref.countries` (code, name, region, kind), `ref.exchange_rates` (currency, rate_on, applies_until, frequency,
    usd_per_unit, quoted_units, quoted_per, source), `ref.rate_sources` and `ref.versions` (hash of the packaged files).

    Returns True if anything was written. Raises FileNotFoundError if a packaged file is missing.
    """
    version = _version()
    connection.execute("create schema if not exists ref")
    connection.execute("create table if not exists ref.versions (part varchar, content_sha256 varchar)")
    stored = connection.execute("select content_sha256 from ref.versions where part = 'reference'").fetchone()
    if stored == (version,):
        return False
    connection.execute("begin")
    try:
        connection.execute(COUNTRIES, _paths("countries", "organisations"))
        connection.execute(RATE_SOURCES, _paths("rate_sources"))
        connection.execute(EXCHANGE_RATES, _paths("exchange_rates"))
        connection.execute("delete from ref.versions where part = 'reference'")
        connection.execute("insert into ref.versions values ('reference', ?)", [version])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return True


def _paths(*names: str) -> dict[str, str]:
    return {name: str(FILES[name]) for name in names}


def _version() -> str:
    """Hash of the packaged files and of this module, which shapes the tables."""
    digest = hashlib.sha256()
    for path in (*FILES.values(), Path(__file__)):
        if not path.is_file():
            raise FileNotFoundError(f"reference data missing: {path}. Reinstall the project, or build it as rates/build.py says.")
        digest.update(path.read_bytes())
    return digest.hexdigest()
