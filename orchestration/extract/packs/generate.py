"""Write packs/<code>.base.json again from CLDR (babel) and, for Russian, the inflected forms (pymorphy3).

Run as `uv run --group packs python orchestration/extract/packs/generate.py`. Neither package is needed at run time: what they know
is in the JSON files, which are committed so that a change of CLDR shows as a diff. The same versions give the same bytes.

What CLDR lacks comes from two hand-kept files: `../reference/country_names.csv` (short, long and former names of countries) and
`number_words.json` (cardinal numbers, since babel carries no spell-out rules).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from russian import RussianForms

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"

# The language, and the regional variants whose months differ (Arabic has Gulf, Levantine and Maghrebi names).
LOCALES = {
    "ar": ("ar", "ar_SY", "ar_IQ", "ar_DZ", "ar_MA"),
    "en": ("en", "en_GB"),
    "kk": ("kk",),
    "ru": ("ru",),
    "tr": ("tr",),
    "uz": ("uz",),
}

# A language name that is also the adjective of one country. Left out: English and Arabic (many countries), and names that are no
# adjective of a country (Persian is, in all six languages; Hindi, Hebrew, Pashto, Khmer are not).
LANGUAGE_COUNTRY = {
    "az": "AZE", "be": "BLR", "bg": "BGR", "cs": "CZE", "da": "DNK", "de": "DEU", "el": "GRC", "es": "ESP", "et": "EST",
    "fi": "FIN", "fr": "FRA", "ga": "IRL", "hr": "HRV", "hu": "HUN", "hy": "ARM", "id": "IDN", "is": "ISL", "it": "ITA",
    "ja": "JPN", "ka": "GEO", "kk": "KAZ", "ko": "KOR", "ky": "KGZ", "lo": "LAO", "lt": "LTU", "lv": "LVA", "mk": "MKD",
    "mn": "MNG", "ms": "MYS", "mt": "MLT", "ne": "NPL", "nl": "NLD", "no": "NOR", "pl": "POL", "pt": "PRT", "ro": "ROU",
    "ru": "RUS", "sk": "SVK", "sl": "SVN", "sq": "ALB", "sr": "SRB", "sv": "SWE", "tg": "TJK", "th": "THA", "tk": "TKM",
    "tr": "TUR", "uk": "UKR", "uz": "UZB", "vi": "VNM", "zh": "CHN",
}  # fmt: skip

# CLDR appends the word "language" or a suffix; what is left is the adjective.
LANGUAGE_AFFIXES = {
    "ar": re.compile(r"^ال"),
    "kk": re.compile(r"\s+тілі$"),
    "tr": re.compile(r"[cç][ae]$"),
    "uz": re.compile(r"cha$"),
}

# ISO codes that read as ordinary words in one of the languages once letter case is ignored (all, try, top …) stay out.
CURRENCY_CODES = frozenset(
    [
        "AED",
        "AUD",
        "AZN",
        "BHD",
        "BRL",
        "BYN",
        "CAD",
        "CHF",
        "CNH",
        "CNY",
        "CZK",
        "DKK",
        "EUR",
        "GBP",
        "HKD",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "JOD",
        "JPY",
        "KGS",
        "KRW",
        "KWD",
        "KZT",
        "MNT",
        "MYR",
        "NOK",
        "OMR",
        "PKR",
        "PLN",
        "QAR",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TJS",
        "TMT",
        "UAH",
        "USD",
        "UZS",
        "VND",
        "XDR",
        "ZAR",
    ]
)
# Signs shared by several currencies say nothing by themselves; the hand-written pack decides for its newsrooms.
SHARED_SIGNS = frozenset({"$", "£", "¥", "kr", "L", "R", "K", "Rs", "₨", "FCFA", "F", "D", "P", "S", "T"})

PAREN = re.compile(r"\s*\([^)]*\)")


def iso3_of() -> dict[str, str]:
    """CLDR's two-letter territory code → ISO 3166-1 alpha-3, for the countries of countries.csv."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso2"]: row["code"] for row in csv.DictReader(lines)}


def cleaned(name: str, language: str) -> list[str]:
    """A CLDR name as people write it: no parenthesised addition, no abbreviated "islands", "and" in full."""
    name = PAREN.sub("", name).split(",")[0].replace("’", "'").replace("‘", "'").replace("ʻ", "'").strip()
    name = re.sub(r"\s+[-–—]\s+", "-", name) if language != "ru" else re.sub(r"\s+[-–—]\s+", " – ", name)
    names = [name]
    if language == "en":
        names += [
            name.replace("St. ", "Saint "),
            name.replace(" & ", " and "),
            name.replace("St. ", "Saint ").replace(" & ", " and "),
        ]
    if language == "ru":
        names += [name.replace("о-ва", "острова"), name.replace("о-в", "остров")] if "о-в" in name else []
    if language == "tr" and "Adaları" in name:
        names.append(name.replace("Adaları", "Adalari"))
    return names


def distinct(words: Iterable[str]) -> list[str]:
    """In the order given, once each, without empty ones."""
    return list(dict.fromkeys(word for word in words if word))


def country_names(language: str, locale: Locale, codes: dict[str, str], *, parentheses: bool = True) -> dict[str, list[str]]:
    """Every spelling of every country: CLDR's first, then the hand-kept ones."""
    names: dict[str, list[str]] = {code: [] for code in codes.values()}
    for iso2, code in codes.items():
        if iso2 in locale.territories:
            names[code] += cleaned(locale.territories[iso2], language)
    with (REFERENCE / "country_names.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["language"] == language:
                if row["code"] not in names:
                    raise SystemExit(f"country_names.csv: {row['code']} is not in countries.csv")
                names[row["code"]] += row["names"].split("|")
    return {code: distinct(spellings) for code, spellings in sorted(names.items()) if spellings}


def adjectives(language: str, locale: Locale) -> dict[str, list[str]]:
    """Language names that stand for one country, cut down to the adjective."""
    made: dict[str, list[str]] = {}
    for code, country in LANGUAGE_COUNTRY.items():
        name = locale.languages.get(code)
        if not name:
            continue
        affix = LANGUAGE_AFFIXES.get(language)
        adjective = affix.sub("", PAREN.sub("", name)) if affix else PAREN.sub("", name)
        if " " not in adjective or language == "kk":
            made.setdefault(country, []).append(adjective)
    return {country: distinct(words) for country, words in sorted(made.items())}


def exemplar_cities(locale: Locale) -> dict[str, list[str]]:
    """English exemplar name of each time zone → its name in the language, where the zone is named after a city."""
    english = Locale.parse("en").time_zones
    made: dict[str, list[str]] = {}
    for zone, names in sorted(locale.time_zones.items()):
        if "city" not in names or "/" not in zone or zone.split("/")[0] in ("Etc", "Antarctica"):
            continue
        own = english.get(zone) or {}
        name = str(own["city"]) if "city" in own else zone.rsplit("/", 1)[1].replace("_", " ")
        made.setdefault(name, []).append(str(names["city"]))
    return {name: distinct(spellings) for name, spellings in sorted(made.items())}


def month_names(locales: list[Locale]) -> dict[str, list[str]]:
    """Month number → full names (both contexts) and abbreviations of at least three letters."""
    made: dict[str, list[str]] = {str(month): [] for month in range(1, 13)}
    for locale in locales:
        for context, width in (
            ("format", "wide"),
            ("stand-alone", "wide"),
            ("format", "abbreviated"),
            ("stand-alone", "abbreviated"),
        ):
            for month, name in locale.months[context][width].items():
                if len(name.strip(".")) >= 3:
                    made[str(month)].append(
                        name if name.isupper() else name[:1].lower() + name[1:] if locale.language != "tr" else name
                    )
    return {month: distinct(names) for month, names in made.items()}


def weekday_names(locales: list[Locale]) -> dict[str, list[str]]:
    """ISO weekday (1 Monday) → full names. Abbreviations are left out: "Sal", "Per", "ср" are words of their own."""
    made: dict[str, list[str]] = {str(day): [] for day in range(1, 8)}
    for locale in locales:
        for context in ("format", "stand-alone"):
            for day, name in locale.days[context]["wide"].items():
                made[str(day + 1)].append(name)
    return {day: distinct(names) for day, names in made.items()}


def current_currencies() -> list[str]:
    """ISO 4217 codes that some territory pays with today."""
    codes = set()
    for territory in get_global("territory_currencies"):
        if len(territory) == 2 and territory.isalpha():
            codes.update(get_territory_currencies(territory))
    return sorted(codes | {"XDR"})


def currency_names(locale: Locale) -> dict[str, list[str]]:
    """ISO code → name, plural forms, sign, and the code itself where it cannot be taken for a word."""
    made: dict[str, list[str]] = {}
    for code in current_currencies():
        names = []
        if code in locale.currencies:
            names.append(locale.currencies[code])
        plurals = locale._data["currency_names_plural"].get(code) or {}
        names += [plurals[form] for form in sorted(plurals)]
        names = [PAREN.sub("", name) for name in names if PAREN.sub("", name) == name or code in ("XDR", "CNH")]
        sign = locale.currency_symbols.get(code, "")
        if sign and sign != code and sign not in SHARED_SIGNS:
            names.append(sign.replace("\xa0", " "))
        if code in CURRENCY_CODES:
            names.append(code)
        if names := distinct(name for name in names if name != code or code in CURRENCY_CODES):
            made[code] = names
    return made


def scale_words(locale: Locale) -> dict[str, list[str]]:
    """Factor → words of the compact decimal formats (thousand, million …), long and short, where they are letters."""
    made: dict[str, list[str]] = {}
    for width in ("long", "short"):
        for forms in [locale.compact_decimal_formats[width][plural] for plural in sorted(locale.compact_decimal_formats[width])]:
            for power, pattern in forms.items():
                zeros = str(pattern.pattern if hasattr(pattern, "pattern") else pattern)
                digits = zeros.count("0")
                word = re.sub(r"[0'’¤\xa0\u200f\u200e ]", " ", zeros).strip()
                word = " ".join(word.split()).strip(". ")
                if len(word) < 2 or not any(char.isalpha() for char in word):
                    continue
                factor = int(power) // 10 ** (digits - 1)
                made.setdefault(str(factor), []).append(word)
    return {factor: distinct(words) for factor, words in sorted(made.items(), key=lambda item: int(item[0]))}


def build(language: str) -> dict[str, Any]:
    """The base file of one language."""
    codes = iso3_of()
    locales = [Locale.parse(name) for name in LOCALES[language]]
    locale = locales[0]
    numbers = json.loads((HERE / "number_words.json").read_text("utf-8"))[language]
    system = locale.default_numbering_system
    symbols = locale.number_symbols.get("latn") or locale.number_symbols[system]
    base: dict[str, Any] = {
        "language": language,
        "countries": country_names(language, locale, codes),
        "languages": adjectives(language, locale),
        "cities": exemplar_cities(locale),
        "months": month_names(locales),
        "weekdays": weekday_names(locales),
        "currencies": currency_names(locale),
        "scale": scale_words(locale),
        "number_symbols": {"decimal": symbols["decimal"], "group": symbols["group"]},
        "numbers": numbers,
    }
    if language == "ru":
        RussianForms().extend(base, REFERENCE)
    return base


def render(base: dict[str, Any]) -> str:
    """The bytes of a base file: one line an entry, so that a change of CLDR reads well as a diff."""
    lines = ["{"]
    for position, (section, content) in enumerate(base.items()):
        comma = "," if position < len(base) - 1 else ""
        if not isinstance(content, dict) or section == "number_symbols":
            lines.append(f" {json.dumps(section)}: {json.dumps(content, ensure_ascii=False)}{comma}")
            continue
        lines.append(f" {json.dumps(section)}: {{")
        if section == "inflected":
            for inner_position, (kind, entries) in enumerate(content.items()):
                lines.append(f"  {json.dumps(kind)}: {{")
                lines += _entries(entries, "   ")
                lines.append("  }" + ("," if inner_position < len(content) - 1 else ""))
        else:
            lines += _entries(content, "  ")
        lines.append(" }" + comma)
    return "\n".join([*lines, "}", ""])


def _entries(entries: dict[str, Any], indent: str) -> list[str]:
    rows = [
        f"{indent}{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()
    ]
    return [row + "," for row in rows[:-1]] + rows[-1:]


def main(folder: Path = HERE) -> None:
    """Write every base file into `folder`."""
    for language in LOCALES:
        path = folder / f"{language}.base.json"
        path.write_text(render(build(language)), "utf-8")
        sys.stderr.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
