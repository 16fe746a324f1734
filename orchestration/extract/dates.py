"""Dates, periods and the date of publication."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from dataclasses import dataclass, replace

from orchestration.extract.quantities import Number, number_tags
from orchestration.extract.reader import CLAUSE_MARKS, HEADER, HYPHENS, Mention, Sentence, Text
from orchestration.extract.text import NUMBER_PARTS

EARLIEST, LATEST = 1900, 2100
NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\d.])|(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


# What gives a day without a year its year: a date near it, or a stretch of time that it must fall into.
Anchor = dt.date | tuple[dt.date, dt.date] | None


@dataclass(frozen=True)
class When:
    """A date or span of days at tokens start..end. precision: day, month, year. weekday: resolved from a weekday's name."""

    first: dt.date
    last: dt.date
    precision: str
    start: int
    end: int
    kind: str = "stated"  # stated, inferred_year, relative, weekday
    until: bool = False
    since: bool = False


@dataclass(frozen=True)
class Period:
    """The time a sum covers; either end may be open. until: to be reached by its end. since: open end."""

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int
    future: bool = False
    until: bool = False
    closed: bool = False  # both of its ends are told


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has none (30 February)."""
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_span(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _mention_at(sentence: Sentence, position: int, *heads: str) -> Mention | None:
    found = [m for m in sentence.mentions if m.start == position and m.head in heads]
    return max(found, key=lambda m: m.end, default=None)


def _ending_at(sentence: Sentence, position: int, *heads: str) -> Mention | None:
    found = [m for m in sentence.mentions if m.end == position and m.head in heads]
    return max(found, key=lambda m: m.end - m.start, default=None)


def _integer(text: Text, token: int, low: int, high: int) -> int | None:
    match = NUMBER_PARTS.match(text.words[token])
    if match and match.group(1).isdigit():
        value = int(match.group(1)) if match.group(1).isascii() else int("".join(str(int(c)) for c in match.group(1)))
        if low <= value <= high:
            return value
    return None


def year_at(text: Text, token: int) -> int | None:
    """A year in digits at a token."""
    return _integer(text, token, EARLIEST, LATEST) if len(text.words[token]) >= 4 else None


def header_date(body: str) -> dt.date | None:
    """The date of a header line "date 2025-08-25 …"."""
    match = HEADER.match(body)
    return safe_date(*map(int, match.groups())) if match else None


def _year_near(text: Text, sentence: Sentence, position: int, reach: int = 3) -> tuple[int, int] | None:
    """A year within a few tokens behind a position (commas, "of", "the year" between): the year and the token behind it."""
    for token in range(position, min(position + reach, sentence.end)):
        year = year_at(text, token)
        if year is not None:
            inflected = number_tags(text, token)  # "2023'te proje": what has a case of its own counts nothing
            scale = not inflected and _mention_at(sentence, token + 1, "SCALE", "CURRENCY", "UNIT")
            scale = scale or _percent_of(text, sentence, token)
            if scale:
                return None
            unit = _mention_at(sentence, token + 1, "YEAR_UNIT")
            return year, unit.end if unit else token + 1
        if text.words[token][0].isalpha() and len(text.words[token]) > 6:
            return None
    return None


def _year_before(text: Text, sentence: Sentence, position: int) -> int | None:
    """A year just in front ("2023 жылғы 5 қыркүйек")."""
    unit = _ending_at(sentence, position, "YEAR_UNIT")
    token = (unit.start if unit else position) - 1
    if token >= sentence.start:
        year = year_at(text, token)
        if year is not None and (unit or token == position - 1):
            return year
    return None


def _relative_year(sentence: Sentence, month_start: int, month_end: int, published: dt.date | None) -> int | None:
    if published is None:
        return None
    for mention in sentence.of("YEAR_OF"):
        if -4 <= mention.start - month_end <= 3 or -3 <= month_start - mention.end <= 3:
            return published.year + int(float(mention.value))
    return None


def infer_year(month: int, day: int, anchor: dt.date | tuple[dt.date, dt.date], planned: bool) -> int | None:
    """The year of a day without one.

    By a date: the nearest to it, before it for what happened, after it for what is planned. By a stretch of time: the only year in
    which the day falls into it, else None.
    """
    if isinstance(anchor, tuple):
        first, last = anchor
        days = [safe_date(year, month, day) for year in range(first.year, last.year + 1)]
        fitting = [date for date in days if date is not None and first <= date <= last]
        return fitting[0].year if len(fitting) == 1 else None
    candidates = [anchor.year - 1, anchor.year, anchor.year + 1]

    def distance(year: int) -> float:
        date = safe_date(year, month, min(day, 28))
        assert date is not None
        gap = (date - anchor).days
        if planned:
            return gap if gap >= -3 else -gap * 3 + 200
        return -gap if gap <= 3 else gap * 3 + 200

    return min(candidates, key=distance)


def find_dates(text: Text, sentence: Sentence, published: dt.date | None, anchor: Anchor, planned: bool = False) -> list[When]:
    """Days, months and years named in a sentence.

    published: the date of publication, for relative words. anchor: a date that gives "24–26 August" its year (publication, or a
    full date of the same document); without it such a day has no year and is left out. planned: what is told lies ahead.
    """
    dates: list[When] = []
    for mention in sentence.of("MONTH"):
        when = _month_date(text, sentence, mention, published, anchor, planned)
        if when:
            dates.append(when)
    dates.extend(_numeric_dates(text, sentence))
    if published is not None:
        dates.extend(_relative_dates(text, sentence, published, planned, dates))
    return sorted(dates, key=lambda d: d.start)


def _month_date(
    text: Text, sentence: Sentence, mention: Mention, published: dt.date | None, anchor: Anchor, planned: bool
) -> When | None:
    month = int(mention.value)
    start, end = mention.start, mention.end
    if end < sentence.end and text.words[end] == "." and text.adjacent(end):
        end += 1
    day = last_day = None
    spelled = _ordinal_before(sentence, start)
    if spelled is not None:
        day = last_day = int(spelled.value)
        start = spelled.start
    before = start - 1
    if before >= sentence.start and text.words[before] in HYPHENS and text.adjacent(before):
        before -= 1
    if before >= sentence.start and text.words[before] == ".":
        before -= 1
    if spelled is not None:
        pass
    elif (
        before >= sentence.start
        and (last_day := _integer(text, before, 1, 31)) is not None
        and _year_near(text, sentence, before, 1) is None
    ):
        day, start = last_day, before
        opening = before - 2
        if opening >= sentence.start and (text.words[before - 1] in HYPHENS or _mention_at(sentence, before - 1, "RANGE", "AND")):
            first = _integer(text, opening, 1, 31)
            if first is not None and first < day:
                day, start = first, opening
    elif end < sentence.end and (following := _integer(text, end, 1, 31)) is not None and len(text.words[end]) <= 4:
        # "April 24", "August 24–26"; "March 2025" has its year here and no day.
        day = last_day = following
        end += 1
        if end + 1 < sentence.end and text.words[end] in HYPHENS and (second := _integer(text, end + 1, 1, 31)) and second > day:
            last_day, end = second, end + 2
    near = _year_near(text, sentence, end)
    year, kind = None, "stated"
    if near:
        year, end = near
    else:
        year = _year_before(text, sentence, start) or _relative_year(sentence, start, end, published)
    if year is None and anchor is not None:
        if day is None and not _governs_time(text, sentence, mention):
            return None
        year, kind = infer_year(month, day or 1, anchor, planned), "inferred_year"
    if year is None or not EARLIEST <= year <= LATEST:
        return None
    if day is None:
        opening_day, closing_day = month_span(year, month)
        return When(opening_day, closing_day, "month", start, end, kind)
    first_day, final_day = safe_date(year, month, day), safe_date(year, month, last_day or day)
    return When(first_day, final_day, "day", start, end, kind) if first_day and final_day else None


def _ordinal_before(sentence: Sentence, start: int) -> Mention | None:
    """A day spelled as an ordinal in front of its month, a small word between: "the seventh of May"."""
    return _ending_at(sentence, start, "ORDINAL") or _ending_at(sentence, start - 1, "ORDINAL")


def _day_before(text: Text, sentence: Sentence, start: int) -> tuple[int, int] | None:
    """The day of "on the 9th of this month" and its token."""
    spelled = _ordinal_before(sentence, start)
    if spelled is not None:
        return int(spelled.value), spelled.start
    for token in (start - 1, start - 2):
        if token >= sentence.start and (day := _integer(text, token, 1, 31)) is not None:
            return day, token
    return None


def _governs_time(text: Text, sentence: Sentence, mention: Mention) -> bool:
    """Whether a bare month word is a time: it has a case, a glued or free preposition. Kasım is a name before it is November."""
    if mention.tags & {"loc", "gen", "ins", "dat", "abl"} or mention.prefixes:
        return True
    before = text.pack.normalize(text.words[mention.start - 1]) if mention.start > sentence.start else ""
    # "last October", "early March": where months are written with a capital and names are not declined.
    longest = 5 if text.pack.settings.get("months_capital") and text.words[mention.start - 1].islower() else 3
    return (
        before in text.pack.before
        or (len(before) <= longest and before.isalpha())
        or bool(_ending_at(sentence, mention.start, "MONTH_UNIT"))
    )


def _numeric_dates(text: Text, sentence: Sentence) -> list[When]:
    begin, end = text.span(sentence.start, sentence.end)
    dates = []
    for match in NUMERIC.finditer(text.body, begin, end):
        groups = match.groups()
        parts = [int(part) for part in (groups[3:] if groups[3] else (groups[2], groups[1], groups[0]))]
        date = safe_date(*parts)
        tokens = [i for i in range(sentence.start, sentence.end) if match.start() <= text.starts[i] < match.end()]
        if date and tokens:
            dates.append(When(date, date, "day", tokens[0], tokens[-1] + 1))
    return dates


def _relative_dates(text: Text, sentence: Sentence, published: dt.date, planned: bool, stated: list[When]) -> list[When]:
    dates: list[When] = []
    for mention in sentence.mentions:
        value = int(float(mention.value)) if mention.head in ("DAY", "WEEK", "MONTH_OF", "YEAR_OF") else 0
        if mention.head == "DAY":
            day = published + dt.timedelta(days=value)
            dates.append(When(day, day, "day", mention.start, mention.end, "relative"))
        elif mention.head == "WEEKDAY":
            if any(
                abs(d.start - mention.end) <= 2 or abs(mention.start - d.end) <= 2
                for d in [*stated, *dates]
                if d.precision == "day"
            ):
                continue
            day = _weekday(text, sentence, mention, published, planned)
            dates.append(When(day, day, "day", mention.start, mention.end, "weekday"))
        elif mention.head == "MONTH_OF":
            index = published.year * 12 + published.month - 1 + value
            first, last = month_span(index // 12, index % 12 + 1)
            number = _day_before(text, sentence, mention.start)
            exact = safe_date(first.year, first.month, number[0]) if number else None
            if number and exact:
                # "On the ninth of this month".
                dates.append(When(exact, exact, "day", number[1], mention.end, "relative"))
                continue
            dates.append(When(first, last, "month", mention.start, mention.end, "relative"))
    for mention in sentence.of("SEASON"):
        first, last = _season(text, sentence, mention, published, planned)
        dates.append(When(first, last, "year", mention.start, mention.end, "relative"))
    for mention in sentence.of("DAY_BEFORE"):
        # "It said on Wednesday, a day after they met": one day before the day last named, else before that of publication.
        named = [d for d in sorted([*stated, *dates], key=lambda d: d.start) if d.precision == "day" and d.end <= mention.start]
        day = (named[-1].first if named else published) - dt.timedelta(days=1)
        dates.append(When(day, day, "day", mention.start, mention.end, "relative"))
    return dates


def _season(text: Text, sentence: Sentence, mention: Mention, published: dt.date, planned: bool) -> tuple[dt.date, dt.date]:
    """The months of "in autumn": of the year named with it, else of the last autumn that has begun, or the next that is not over."""
    named = _year_near(text, sentence, mention.end)
    year = named[0] if named else _relative_year(sentence, mention.start, mention.end, published)

    def months(of: int) -> tuple[dt.date, dt.date]:
        end = of * 12 + int(mention.value) + 1
        return dt.date(of, int(mention.value), 1), month_span(end // 12, end % 12 + 1)[1]

    if year is not None:
        return months(year)
    around = [months(of) for of in range(published.year - 2, published.year + 2)]
    return next(m for m in around if m[1] >= published) if planned else [m for m in around if m[0] <= published][-1]


def _weekday(text: Text, sentence: Sentence, mention: Mention, published: dt.date, planned: bool) -> dt.date:
    """The day a weekday's name means: the last one up to the day of publication; the next one for what is planned."""
    wanted = int(mention.value)
    week = next((m for m in sentence.of("WEEK") if abs(m.start - mention.start) <= 4), None)
    back = (published.isoweekday() - wanted) % 7
    if week is not None and week.value not in ("0", "0.0"):
        offset = int(float(week.value))
        monday = published - dt.timedelta(days=published.isoweekday() - 1)
        candidate = monday + dt.timedelta(days=7 * offset + wanted - 1)
        if offset < 0 and back:
            # "last Monday": in most newsrooms the last one that was, even of this week.
            return published - dt.timedelta(days=back)
        return candidate
    if planned or back == 6:
        # Tomorrow's name means tomorrow: a day so long gone would be called last week's.
        return published + dt.timedelta(days=(wanted - published.isoweekday()) % 7)
    return published - dt.timedelta(days=back)


def apart(one: When | None, other: When | None) -> bool:
    """Whether two stated dates exclude each other; a date only taken from the course of events excludes nothing."""
    if one is None or other is None or "current" in (one.kind, other.kind):
        return False
    return one.last < other.first or other.last < one.first


def find_periods(text: Text, sentence: Sentence, numbers: list[Number], published: dt.date | None) -> list[Period]:
    """The stretches of time that sums may cover, in order; overlapping readings reduced to the longest."""
    found: list[Period] = []
    found.extend(_month_ranges(text, sentence, published))
    found.extend(_years_to(text, sentence, published))
    found.extend(_year_parts(text, sentence, published))
    found.extend(_months(text, sentence, published))
    found.extend(_years(text, sentence, published))
    found.extend(_within(sentence, numbers, published))
    found.extend(_decade(sentence, published))
    found.sort(key=lambda p: (p.start, -(p.end - p.start)))
    kept: list[Period] = []
    for period in found:
        if not any(other.start <= period.start and period.end <= other.end for other in kept):
            kept.append(period)
    kept = sorted([*kept, *_years_before(text, sentence, kept, published)], key=lambda p: p.start)
    return [_open_ended(text, sentence, period) for period in kept]


def _months(text: Text, sentence: Sentence, published: dt.date | None) -> list[Period]:
    """Single months with their year ("in March 2025"); after a word like "by" or "since" also without one: the nearest to publication."""
    found = []
    for mention in sentence.of("MONTH"):
        if mention.start > sentence.start and _integer(text, mention.start - 1, 1, 31) is not None:
            continue
        month, start, end = int(mention.value), mention.start, mention.end
        near = _year_near(text, sentence, end, 2)
        if near and near[1] - end <= 3:
            found.append(Period(*month_span(near[0], month), start, near[1]))
        elif (
            published is not None
            and _ending_at(sentence, start, "SINCE_BEFORE", "UNTIL_BEFORE")
            and not _integer_at(text, sentence, end)
        ):
            year = min(
                (published.year - 1, published.year, published.year + 1),
                key=lambda y: abs((month_span(y, month)[1] - published).days),
            )
            found.append(Period(*month_span(year, month), start, end, month_span(year, month)[0] > published))
        elif published is not None and "loc" in mention.tags and not _integer_at(text, sentence, end):
            known = _relative_year(sentence, start, end, published) or infer_year(month, 1, published, False)
            if known:
                found.append(Period(*month_span(known, month), start, end))
    return found


def _years_to(text: Text, sentence: Sentence, published: dt.date | None) -> list[Period]:
    """ "In the year to March", "in the fiscal year that ended on 30 June 2024": the twelve months up to that month or day."""
    found = []
    for mention in sentence.of("YEAR_TO"):
        month = next((m for m in sentence.of("MONTH") if 0 <= m.start - mention.end <= 2), None)
        if month is None:
            continue
        days = [_integer(text, token, 1, 31) for token in (month.start - 1, month.end) if mention.end <= token < sentence.end]
        day = next((one for one in days if one), None)
        year = _year_near(text, sentence, month.end, 3)
        known = year[0] if year else infer_year(int(month.value), 1, published, False) if published else None
        if known is None:
            continue
        last = (safe_date(known, int(month.value), day) if day else None) or month_span(known, int(month.value))[1]
        first = _year_earlier(last) + dt.timedelta(days=1)
        found.append(Period(first, last, mention.start, year[1] if year else month.end, closed=True))
    return found


def _within(sentence: Sentence, numbers: list[Number], published: dt.date | None) -> list[Period]:
    """ "Within five years": up to that year, counted from publication."""
    if published is None:
        return []
    found = []
    for unit in sentence.of("YEAR_UNIT"):
        opening = next((m for m in sentence.of("WITHIN") if 0 <= unit.start - m.end <= 2), None)
        if opening is None and sentence.head_final:
            # "dört yıl içinde", "dört yılda": the word stands behind, or its case says so.
            opening = next((m for m in sentence.of("WITHIN") if m.start in (unit.start, unit.end)), None)
        number = next((n for n in numbers if opening and unit.start - 3 <= n.start and n.end <= unit.start), None)
        if opening and number and 1 <= number.value <= 50 and number.value == int(number.value):
            first, last = year_span(published.year + int(number.value))
            found.append(Period(first, last, min(opening.start, number.start), max(unit.end, opening.end), True, True))
    return found


def _decade(sentence: Sentence, published: dt.date | None) -> list[Period]:
    """ "By the end of the decade": up to the next round year."""
    if published is None:
        return []
    first, last = year_span(-(-published.year // 10) * 10)
    return [Period(first, last, m.start, m.end, True, True) for m in sentence.of("DECADE_END")]


def _integer_at(text: Text, sentence: Sentence, token: int) -> bool:
    return token < sentence.end and text.words[token][0].isdigit()


def _years_before(text: Text, sentence: Sentence, periods: list[Period], published: dt.date | None) -> list[Period]:
    """ "A year earlier": the same stretch of time as the one last named, one year before; else the year before last."""
    found = []
    for mention in sentence.of("SAME_PERIOD"):
        year = _nearby_year(text, sentence, mention.start, mention.end, published)
        # "Geçen yılın aynı döneminde": the year in front belongs to it and is no stretch named before.
        opening = min(mention.start, year[1]) if year else mention.start
        named = [p for p in periods if p.end <= opening and p.first and p.last]
        if named and named[-1].first and named[-1].last and year:
            first, last = (_in_year(day, year[0]) for day in (named[-1].first, named[-1].last))
            found.append(Period(first, last, mention.start, max(year[2], mention.end), closed=True))
    for mention in sentence.of("YEAR_BEFORE"):
        named = [p for p in periods if p.end <= mention.start and p.first and p.last and not p.future]
        if named and named[-1].first and named[-1].last:
            first, last = (_year_earlier(day) for day in (named[-1].first, named[-1].last))
        elif published is not None:
            first, last = year_span(published.year - 1)
        else:
            continue
        found.append(Period(first, last, mention.start, mention.end))
    return found


def _year_earlier(day: dt.date) -> dt.date:
    return _in_year(day, day.year - 1)


def _in_year(day: dt.date, year: int) -> dt.date:
    """The same day of another year; the last of a month stays the last."""
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, day.month, calendar.monthrange(year, day.month)[1] if ends else day.day)


def _nearby_year(text: Text, sentence: Sentence, start: int, end: int, published: dt.date | None) -> tuple[int, int, int] | None:
    """The year that belongs to a part of a year: (year, start, end) of the whole expression."""
    for token in range(end, min(end + 5, sentence.end)):
        year = year_at(text, token)
        if year is not None:
            unit = _mention_at(sentence, token + 1, "YEAR_UNIT")
            return year, start, unit.end if unit else token + 1
        if text.words[token] in ".;:" or (text.words[token][0].isdigit()):
            break
    for token in range(start - 1, max(start - 5, sentence.start - 1), -1):
        year = year_at(text, token)
        if year is not None:
            return year, token, end
        if text.words[token] in ",.;:" or (text.words[token][0].isdigit()):
            break
    if published is not None:
        for mention in sentence.of("YEAR_OF"):
            if -1 <= mention.start - end <= 3 or -1 <= start - mention.end <= 3:
                year = published.year + int(float(mention.value))
                return year, min(start, mention.start), max(end, mention.end)
    return None


def _month_ranges(text: Text, sentence: Sentence, published: dt.date | None) -> list[Period]:
    """ "January–September (2025)", "from January to October", "с января по август 2016 года"."""
    months = sentence.of("MONTH")
    found = []
    for first, second in itertools.pairwise(months):
        across = _across_years(text, sentence, first, second)
        if across is not None:
            found.append(across)
        if first.start == second.start or second.start - first.end > 3 or int(first.value) >= int(second.value):
            continue
        between = text.words[first.end : second.start]
        if any(word[0].isdigit() or word in ",;.،؛" for word in between):
            continue
        if not between and not second.prefixes:
            continue
        year = _nearby_year(text, sentence, first.start, second.end, published)
        if year:
            found.append(
                Period(
                    month_span(year[0], int(first.value))[0],
                    month_span(year[0], int(second.value))[1],
                    year[1],
                    year[2],
                    closed=True,
                )
            )
        elif published is not None:
            # Without a year the last such stretch that is over by the day of publication.
            for guess in (published.year, published.year - 1):
                last = month_span(guess, int(second.value))[1]
                if last <= published + dt.timedelta(days=31):
                    found.append(Period(month_span(guess, int(first.value))[0], last, first.start, second.end, closed=True))
                    break
    return found


def _across_years(text: Text, sentence: Sentence, first: Mention, second: Mention) -> Period | None:
    """ "From April 2024 to March 2025": two months, each with its year."""
    year, end = year_at(text, first.end) if first.end < second.start else None, _year_near(text, sentence, second.end, 1)
    joined = any(m.start >= first.end and m.end <= second.start for m in sentence.of("RANGE", "UNTIL_BEFORE"))
    joined = joined or text.words[first.end + 1 : second.start] in [[mark] for mark in HYPHENS]
    if year is None or end is None or end[0] <= year or not joined or second.start - first.end > 3:
        return None
    return Period(month_span(year, int(first.value))[0], month_span(end[0], int(second.value))[1], first.start, end[1], closed=True)


def _year_parts(text: Text, sentence: Sentence, published: dt.date | None) -> list[Period]:
    """Halves, quarters, "the first eight months" of a year."""
    found = []
    for mention in sentence.mentions:
        if mention.head in ("HALF_YEAR", "QUARTER"):
            size = 6 if mention.head == "HALF_YEAR" else 3
            first_month = (int(mention.value) - 1) * size + 1
            months = (first_month, first_month + size - 1)
            start, end = mention.start, mention.end
        elif mention.head == "MONTH_UNIT":
            count = _months_counted(text, sentence, mention)
            if count is None:
                continue
            months, start, end = (1, count[0]), count[1], max(mention.end, count[2])
        else:
            continue
        year = _nearby_year(text, sentence, start, end, published)
        value = year[0] if year else None
        if value is None and published is not None:
            value = published.year if dt.date(published.year, months[1], 1) < published else published.year - 1
        if value is not None:
            lo, hi = (year[1], year[2]) if year else (start, end)
            found.append(Period(month_span(value, months[0])[0], month_span(value, months[1])[1], lo, hi))
    return found


def _months_counted(text: Text, sentence: Sentence, unit: Mention) -> tuple[int, int, int] | None:
    """The number in "first eight months", "за восемь месяцев", "الأشهر الثمانية الأولى": (count, start, end)."""
    for start, end in ((unit.start - 1, unit.start), (unit.end, unit.end + 1)):
        if not sentence.start <= start < sentence.end:
            continue
        number = _mention_at(sentence, start, "NUMBER")
        count = int(float(number.value)) if number and float(number.value) <= 11 else _integer(text, start, 2, 11)
        ten = _ending_at(sentence, start, "NUMBER")
        if count == 1 and ten and ten.value in ("10", "10.0"):
            count, start = 11, ten.start  # "on bir ayda"
        if count and 2 <= count <= 11:
            first = any(abs(m.start - unit.start) <= 4 for m in sentence.of("FIRST"))
            before = text.pack.normalize(text.words[start - 1]) if start > sentence.start else ""
            governed = before in text.pack.before or bool(unit.tags & {"loc", "gen", "der", "poss"})
            if first or governed:
                return count, min(start, unit.start), max(end, unit.end)
    return None


def _ends_a_date(text: Text, sentence: Sentence, token: int) -> bool:
    """Whether a year belongs to a day: "14 Mart 2024"."""
    month = _ending_at(sentence, token, "MONTH")
    return month is not None and month.start > sentence.start and _integer(text, month.start - 1, 1, 31) is not None


def _percent_of(text: Text, sentence: Sentence, token: int) -> Mention | None:
    """The percent sign or word behind a number, where it does not belong to the number behind it ("2022'de yüzde 68")."""
    mention = _mention_at(sentence, token + 1, "PERCENT")
    if (
        mention
        and mention.end < sentence.end
        and (text.words[mention.end][0].isdigit() or _mention_at(sentence, mention.end, "NUMBER"))
    ):
        return None
    return mention


def _years(text: Text, sentence: Sentence, published: dt.date | None) -> list[Period]:
    """Years in digits, pairs of years, and last / this / next year."""
    found = []
    token = sentence.start
    while token < sentence.end:
        year = year_at(text, token)
        if (
            year is None
            or _mention_at(sentence, token + 1, "SCALE", "CURRENCY")
            or _percent_of(text, sentence, token)
            or _ending_at(sentence, token, "CURRENCY")
            or _ends_a_date(text, sentence, token)
        ):
            token += 1
            continue
        end = token + 1
        unit = _mention_at(sentence, end, "YEAR_UNIT")
        end = unit.end if unit else end
        second = _second_year(text, sentence, token, end)
        if second and second[0] > year:
            found.append(Period(dt.date(year, 1, 1), dt.date(second[0], 12, 31), token, second[1]))
            token = second[1]
            continue
        first, last = year_span(year)
        future = published is not None and year > published.year
        found.append(Period(first, last, token, end, future))
        token = end
    if published is not None:
        for mention in sentence.of("YEAR_OF"):
            offset = int(float(mention.value))
            first, last = year_span(published.year + offset)
            found.append(Period(first, last, mention.start, mention.end, offset > 0))
    return found


def _second_year(text: Text, sentence: Sentence, token: int, end: int) -> tuple[int, int] | None:
    """The second end of "2007–2023", "between 2007 and 2023", "2005 ile 2021 arasında"."""
    for second in range(end, min(end + 4, sentence.end)):
        year = year_at(text, second)
        if year is not None:
            between = text.words[end:second]
            if not between or any(word in ",;.()،؛" for word in between):
                return None
            joined = any(word in HYPHENS for word in between) or any(
                m.start >= token - 4 and m.end <= second + 1
                for m in sentence.of("RANGE", "BETWEEN", "UNTIL_BEFORE", "SINCE_BEFORE")
            )
            if not joined:
                return None
            unit = _mention_at(sentence, second + 1, "YEAR_UNIT")
            return year, unit.end if unit else second + 1
    return None


def _open_ended(text: Text, sentence: Sentence, period: Period) -> Period:
    """since 2005 → no end; by 2030 → no beginning."""
    if period.first is None or period.last is None:
        return period
    opening = next(
        (
            m for m in sentence.of("SINCE_BEFORE", "UNTIL_BEFORE")
            # "from India last year": a name between is what the word is about.
            if 0 <= period.start - m.end <= 1 and not (m.end < period.start and text.words[m.end][0].isupper())
        ),
        None,
    )  # fmt: skip
    closing = next((m for m in sentence.of("SINCE_AFTER", "UNTIL_AFTER") if 0 <= m.start - period.end <= 1), None)
    since = any(m and m.head.startswith("SINCE") for m in (opening, closing)) and not period.closed
    until = any(m and m.head.startswith("UNTIL") for m in (opening, closing))
    # The governing word belongs to the expression: what stands next to it stands next to the period.
    period = replace(period, start=opening.start if opening else period.start, end=closing.end if closing else period.end)
    assert period.first is not None and period.last is not None
    single_year = period.first.year == period.last.year
    if since and single_year and not until:
        return replace(period, last=None)
    if until and single_year:
        return replace(period, until=True, future=True)
    return period


def find_dateline(text: Text) -> tuple[dt.date, str] | None:
    """A date of publication that the text itself gives: a full date in the first lines, in dateline position.

    Dateline position: on a line of its own, or before the first dash, bracket or agency of the first paragraphs ("АСТАНА, 7 марта
    2025 года – КазТАГ", "أنقرة 10 مايو 2022 (شينخوا)"). A day and month there may take the year of a full date beside them.
    """
    partial: tuple[int, int] | None = None
    full: dt.date | None = None
    paragraph = -1
    for sentence in text.sentences[:8]:
        if sentence.paragraph > 5:
            break
        first, paragraph = sentence.paragraph != paragraph, sentence.paragraph
        for when in find_dates(text, sentence, None, None):
            if when.precision != "day" or when.kind != "stated" or when.first != when.last:
                continue
            length = sentence.end - sentence.start
            behind = text.words[when.end : min(when.end + 4, sentence.end)]
            opens = when.start - sentence.start <= 6 and (not behind or any(w in HYPHENS or w in "(/.:،," for w in behind[:3]))
            own_line = length <= 14 and when.end >= sentence.end - 4
            if (opens and first and _before_is_place(text, sentence, when.start)) or own_line:
                full = full or when.first
        if partial is None:
            partial = _partial_dateline(text, sentence)
    if full is None:
        return None
    if partial and (full.month, full.day) != partial:
        date = safe_date(full.year, *partial)
        if date is not None and abs((date - full).days) <= 7:
            return date, "dateline"
    return full, "dateline"


def find_today(text: Text) -> tuple[dt.date, str] | None:
    """The day that a text calls today in its first paragraphs: "met today, Sunday 13 October 2024"."""
    for sentence in text.sentences[:4]:
        todays = [m for m in sentence.of("DAY") if float(m.value) == 0]
        for when in find_dates(text, sentence, None, None) if todays else ():
            if when.precision != "day" or when.kind != "stated" or when.first != when.last:
                continue
            for today in todays:
                between = range(today.end, when.start)
                named = {token for m in sentence.of("WEEKDAY") for token in range(m.start, m.end)}
                if len(between) <= 3 and all(token in named or text.words[token] in CLAUSE_MARKS for token in between):
                    return when.first, "dateline"
    return None


def _partial_dateline(text: Text, sentence: Sentence) -> tuple[int, int] | None:
    for mention in sentence.of("MONTH")[:1]:
        if mention.start - sentence.start <= 5 and _before_is_place(text, sentence, max(mention.start - 1, sentence.start)):
            day = _integer(text, mention.start - 1, 1, 31) if mention.start > sentence.start else None
            if day and any(word in HYPHENS for word in text.words[mention.end : mention.end + 3]):
                return int(mention.value), day
    return None


def _before_is_place(text: Text, sentence: Sentence, end: int) -> bool:
    """Whether nothing but a place, its punctuation and capitals stand before a date."""
    for token in range(sentence.start, end):
        word = text.words[token]
        if word[0].islower() and len(word) > 3:
            return False
    opening = text.words[sentence.start]
    if end == sentence.start + 1 and opening.istitle() and len(opening) <= 3:
        return any(m.start == sentence.start for m in sentence.of("CITY"))  # "On 14 June 2023, …" is no dateline.
    return True
