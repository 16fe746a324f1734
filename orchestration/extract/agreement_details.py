"""When an instrument was or will be signed, and what it is about."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.context import Context, mention_distance, same_day, same_year, year_beside
from orchestration.extract.dates import When, find_dates, year_at, year_span
from orchestration.extract.reader import CLAUSE_MARKS, HYPHENS, QUOTES, Mention, Sentence

# Behind one of these a year is what an instrument is about or for, not when it was signed.
NO_SIGNERS = frozenset({"INSTRUMENT", "INSTRUMENT_PLURAL", "SUBJECT_OF", "SINCE_BEFORE", "UNTIL_BEFORE", "BETWEEN", "PROJECT"})


def words_of(context: Context, start: int, end: int) -> str | None:
    """The document's words of tokens start..end, up to the first mark."""
    words = context.text.words
    stop = next((i for i in range(start, end) if words[i] in CLAUSE_MARKS or words[i] in ".!?"), end)
    if stop <= start:
        return None
    first, last = context.text.span(start, stop)
    return " ".join(context.text.body[first:last].split())


def signing_date(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """The date in the sentence nearest to the word of signing; "the same day" and no date at all take the current day of events."""
    dates = find_dates(context.text, sentence, context.published, context.anchor, planned=status == "planned")
    dates = [d for d in dates if d.precision != "year"]
    if status == "planned":
        dates = [d for d in dates if not _of_the_telling(context, sentence, trigger, d)]
    if status in ("in_force", "terminated"):
        # The day it was ratified, took effect or ended is not the day it was signed.
        signing = sentence.of("SIGN")
        signing = [m for m in signing if sentence.clause(m.start) == sentence.clause(trigger.start)] or signing
        if not signing:
            return None
        dates = [
            d for d in dates
            if min(mention_distance(sentence, m, d.start, d.end) for m in signing) < mention_distance(sentence, trigger, d.start, d.end)
        ]  # fmt: skip
    recalled = _years_ago(context, sentence, trigger, status)
    if recalled is not None and all(sentence.clause(d.start) != sentence.clause(trigger.start) for d in dates):
        return recalled  # "At its session of 17 February it put off the pact signed last year"
    if dates:
        return min(dates, key=lambda d: (mention_distance(sentence, trigger, d.start, d.end), d.start))
    for mention in sentence.of("YEAR_UNIT"):
        year = _year_before(context, mention)
        if (
            year
            and "pl" not in mention.tags
            and not any(m.end == year.start for m in sentence.of("SINCE_BEFORE"))  # "sought since 2019"
            and (status != "signed" or context.published is None or year.first <= context.published)
        ):
            return year
    ahead = next((m for m in sentence.of("YEAR_OF") if status == "planned" and context.published), None)
    if ahead is not None and context.published is not None:
        first, last = year_span(context.published.year + int(float(ahead.value)))
        return When(first, last, "year", ahead.start, ahead.end, "relative")
    told = same_day(context, sentence) or _year_of_signing(context, sentence, trigger, status) or same_year(context, sentence)
    if told is not None:
        return told
    current = context.current.get(sentence.index)
    return replace(current, kind="current") if current and status == "signed" else None


def _of_the_telling(context: Context, sentence: Sentence, trigger: Mention, when: When) -> bool:
    """Whether a day that is over, in another clause than what is planned, is the day somebody told of it: "… , he said on Friday"."""
    over = context.published is not None and when.last <= context.published
    return over and sentence.clause(when.start) != sentence.clause(trigger.start)


def _years_ago(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """ "Signed last year": in the clause of the word of signing."""
    for mention in sentence.of("YEAR_OF") if status == "signed" and context.published else ():
        offset = int(float(mention.value))
        if offset < 0 and context.published and sentence.clause(mention.start) == sentence.clause(trigger.start):
            first, last = year_span(context.published.year + offset)
            return When(first, last, "year", mention.start, mention.end, "relative")
    return None


def _year_of_signing(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """A bare year that says when: "2014'te imzalanan", "signed in 2014"; of what is planned also "which they hope to sign in 2025"."""
    for signing in sentence.of("SIGN"):
        for unit in sentence.of("YEAR_UNIT"):
            year = year_at(context.text, unit.end) if unit.end < sentence.end else None
            beside = 0 <= unit.start - signing.end <= 1 or _who_signed(sentence, signing, unit)
            if year is not None and beside and "pl" not in unit.tags:
                first, last = year_span(year)
                return When(first, last, "year", unit.start, unit.end + 1)
    verbs = {"planned": sentence.of("SIGN_PLANNED"), "terminated": sentence.of("SIGN"), "in_force": sentence.of("SIGN")}
    for verb in [*([] if status in ("terminated", "in_force") else [trigger]), *verbs.get(status, ())]:
        when = year_beside(context, sentence, verb)
        if when is not None:
            return when
    return None


def _who_signed(sentence: Sentence, signing: Mention, unit: Mention) -> bool:
    """Whether only those who signed stand between: "a protocol that the heads of the railways signed in the year 2024", verb first."""
    if (
        sentence.head_final
        or not 0 <= unit.start - signing.end <= 6
        or sentence.clause(unit.start) != sentence.clause(signing.start)
    ):
        return False
    between = {m.head for m in sentence.mentions if signing.end <= m.start and m.end <= unit.start}
    return bool(between & {"OFFICE", "OFFICE_PLURAL", "SIDES", "PERSON", "COMPANY"}) and not between & NO_SIGNERS


def _year_before(context: Context, unit: Mention) -> When | None:
    words = context.text.words
    year = year_at(context.text, unit.start - 1) if unit.start else None
    if year is None or (unit.start >= 3 and words[unit.start - 2] in HYPHENS and year_at(context.text, unit.start - 3)):
        # "the programme for 2024–2026": the time it is for.
        return None
    first, last = year_span(year)
    return When(first, last, "year", unit.start - 1, unit.end)


def subject_of(context: Context, sentence: Sentence, instrument: Mention) -> str | None:
    """What it is about, in the document's own words: what follows a word like "on", or the words written with the noun."""
    text = context.text
    markers = list(sentence.of("SUBJECT_OF"))
    after = [m for m in markers if instrument.end <= m.start <= instrument.end + 2]
    if after:
        start = after[0].end
        end = start
        while end < sentence.end and end - start < 18 and text.words[end] not in ".;:!?":
            end += 1
    else:
        before = [m for m in markers if instrument.start - 3 <= m.end <= instrument.start]
        end = before[-1].start if before else instrument.end
        start = end
        told = max((m.end for m in sentence.of("INSTRUMENT") if m.end <= instrument.start), default=sentence.start)
        while (
            start > told and end - start < 14 and text.words[start - 1] not in CLAUSE_MARKS and text.words[start - 1] not in ".!?"
        ):
            start -= 1
    while start < end and text.words[start] in CLAUSE_MARKS | QUOTES:
        start += 1
    if start >= end:
        return None
    first, last = text.span(start, end)
    return " ".join(text.body[first:last].split())
