"""Whether a meeting was held or is planned, when and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from orchestration.extract.context import (
    Context,
    capital_of,
    city_of_phrase,
    mention_distance,
    role_of,
    same_day,
    same_year,
    seat_of,
    year_beside,
)
from orchestration.extract.dates import When, find_dates, year_span
from orchestration.extract.reader import CLAUSE_MARKS, Mention, Sentence

ENCOUNTERS = ("MEET", "MEET_PLANNED", "RECEIVE", "TALKS", "PHONE", "VIDEO", "PRESENT")
VISITS = ("VISIT", "VISIT_PLANNED")
PLANNED = frozenset({"MEET_PLANNED", "VISIT_PLANNED"})


def status_of(sentence: Sentence, trigger: Mention) -> str | None:
    """held or planned by the trigger and the words beside it; None when it is denied or only imagined."""
    if sentence.denied(trigger.start) or sentence.asks(trigger):
        return None
    if sentence.has("CALLED_OFF"):
        return None
    beside = [m for m in sentence.mentions if sentence.governs(m, trigger)]
    if any(m.head == "NEGATION" and abs(m.start - trigger.start) <= 4 and not _of_main_verb(sentence, trigger, m) for m in beside):
        return None
    if any(m.head == "CONDITIONAL" for m in beside):
        return None
    # "Invited him to visit": only asked. "A visit at the invitation of …" took place.
    asked = [m for m in beside if m.head == "INVITE" and (sentence.head_final or m.start < trigger.start)]
    whom = sentence.of("PERSON", "SURNAME", "OFFICE", "PRONOUN", "COUNTERPART")
    urged = any(a.end <= w.start and w.end <= trigger.start for a in asked for w in whom)
    if asked and (trigger.head in ("VISIT", "TALKS") or (trigger.head == "VISIT_PLANNED" and urged)):
        return "planned" if sentence.has("ACCEPT") else None
    ahead = [m for m in sentence.of("DAY", "WEEK", "MONTH_OF", "YEAR_OF") if float(m.value) > 0]
    if any(0 <= m.start - trigger.end <= 4 and sentence.clause(m.start) == sentence.clause(trigger.start) for m in ahead):
        return "planned"  # "When he visits Lima next week"
    if _came_for(sentence, trigger):
        return "held"
    if trigger.head in PLANNED or sentence.to_come(trigger) or any(m.head == "PLANNED" for m in beside):
        return "planned"
    if trigger.head == "TALKS" and sentence.has(*PLANNED):
        return "planned"
    signing = [m for m in sentence.of("SIGN_PLANNED") if 0 <= m.start - trigger.end <= 1]
    if sentence.head_final and trigger.head in ("VISIT", "TALKS") and signing:
        # "Ziyaretinde imzalanacak": what is to be signed during it tells that it is still to come.
        return "planned"
    return "held"


def _of_main_verb(sentence: Sentence, trigger: Mention, negation: Mention) -> bool:
    """ "When they met he began not with oil but with water": behind the verb form of a time another word is denied."""
    return sentence.head_final and trigger.head == "MEET" and bool(trigger.tags & {"loc", "abl"}) and negation.start > trigger.end


def _came_for(sentence: Sentence, trigger: Mention) -> bool:
    """ "He was in Ulaanbaatar on Wednesday for talks with …": what a visitor has come for takes place."""
    if trigger.head != "MEET_PLANNED" or sentence.head_final or sentence.has("VISIT_PLANNED", "PLANNED"):
        return False
    clause = sentence.clause(trigger.start)
    return any(0 <= trigger.start - m.end <= 6 and sentence.clause(m.start) == clause for m in sentence.of("VISIT"))


def date_of(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """The date nearest to the encounter; "the same day" and no date at all take the current day of events (held ones)."""
    dates = find_dates(context.text, sentence, context.published, context.anchor, planned=status == "planned")
    # "Manama, 30 September 2025 / BNA / … met yesterday": the day of the telling, where another is told.
    opening = sentence.start + 10
    told_on = [
        d for d in dates if context.basis == "dateline" and d.first == context.published and d.kind == "stated" and d.end <= opening
    ]
    stated, dates = dates, [d for d in dates if d not in told_on and d.precision == "day"] or dates
    if status == "held" and context.published is not None:
        # "… met the guest, who leaves tomorrow": a day to come in another clause is none of what was held.
        here = sentence.clause(trigger.start)
        dates = [
            d
            for d in dates
            if d.first <= context.published or d.kind not in ("relative", "weekday") or sentence.clause(d.start) == here
        ]
        # "… agreed on the phone that he would come in May": the time of what is planned in another clause.
        ahead = {sentence.clause(m.start) for m in sentence.of(*PLANNED)} - {here} if not sentence.head_final else set()
        dates = [d for d in dates if d.precision == "day" or sentence.clause(d.start) not in ahead]
        if sentence.head_final:
            # "… called him and invited him to the summit of October": behind the verb stands the time of something else.
            dates = [d for d in dates if d.first <= context.published or sentence.clause(d.start) <= here]
    if dates:
        best = min(dates, key=lambda d: (d.precision != "day", mention_distance(sentence, trigger, d.start, d.end)))
        if status == "planned" and best.kind == "weekday":
            # "It said on Monday that X's visit of next month …": the day of another encounter, or of the telling.
            best = min((best, *_months_nearer(sentence, trigger, stated, best)), key=lambda d: d.precision == "day")
        best = _shifted(context, sentence, trigger, best)
        # A weekday in another clause is often the day somebody spoke of it: it may date the meeting, but excludes no other date.
        aside = best.kind in ("weekday", "relative") and sentence.clause(best.start) != sentence.clause(trigger.start)
        aside = aside and (sentence.head_final or not _between_marks(context, sentence, best))
        return replace(best, kind="current") if aside or best in told_on else best
    call = sentence.has("PHONE", "VIDEO")
    told = (same_day(context, sentence) if status == "planned" or call else None) or same_year(context, sentence)
    if told is not None:
        return told
    year = _relative_year(context, sentence, trigger, status) or (
        year_beside(context, sentence, trigger) if status == "planned" else None
    )
    if year is not None:
        return year
    current = context.current.get(sentence.index)
    if current is not None and sentence.has("NEXT_DAY"):
        return replace(current, kind="relative")
    if status == "planned" or call:
        return None
    return replace(current, kind="current") if current else None


def _between_marks(context: Context, sentence: Sentence, day: When) -> bool:
    """Whether a day stands alone between two marks, and so inside the clause it parts: "the minister held, on Tuesday, talks with …"."""
    dated = {t for m in sentence.of("DAY", "WEEKDAY", "DAY_UNIT", "MONTH", "NUMBER") for t in range(m.start, m.end)}
    words, clause = context.text.words, sentence.clause(day.start)
    inside = [t for t in range(sentence.start, sentence.end) if sentence.clause(t) == clause and words[t] not in CLAUSE_MARKS]
    alone = all(t in dated or words[t].isdigit() for t in inside)
    return alone and day.start > sentence.start + 1 and inside[-1] + 2 < sentence.end


def _shifted(context: Context, sentence: Sentence, trigger: Mention, day: When) -> When:
    """ "The day before" is before the day told last; "on Tuesday he met A, and B received him the day after" tells two days."""
    traced = context.current.get(sentence.index)
    if traced and any(m.start == day.start == traced.start for m in sentence.of("DAY_BEFORE")):
        return traced
    behind = [m for m in sentence.of("NEXT_DAY") if day.end <= m.start and m.end <= trigger.start]
    if day.precision != "day" or not behind or sentence.clause(behind[-1].start) == sentence.clause(day.start):
        return day
    after = day.first + dt.timedelta(days=1)
    return replace(day, first=after, last=after, start=behind[-1].start, end=behind[-1].end, kind="relative")


def _months_nearer(sentence: Sentence, trigger: Mention, dates: list[When], day: When) -> list[When]:
    """Relative months that stand nearer to an encounter than a day that is none of theirs."""
    far = mention_distance(sentence, trigger, day.start, day.end)
    return [
        d
        for d in dates
        if d.precision == "month"
        and d.kind == "relative"
        and min(abs(d.start - day.end), abs(day.start - d.end)) > 3
        and mention_distance(sentence, trigger, d.start, d.end) < far
    ]


def _relative_year(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """ "Next year", "last year" in the clause of an encounter; this year only of what is planned."""
    for mention in sentence.of("YEAR_OF") if context.published else ():
        offset = int(float(mention.value))
        ahead = offset or status == "planned"
        # "He accepted the invitation to Sofia; the visit will take place next year".
        clauses = {sentence.clause(m.start) for m in (trigger, *(sentence.of("VISIT") if sentence.has("ACCEPT") else ()))}
        if ahead and context.published and sentence.clause(mention.start) in clauses:
            first, last = year_span(context.published.year + offset)
            return When(first, last, "year", mention.start, mention.end, "relative")
    return None


def latest_day(context: Context, sentence: Sentence, status: str) -> dt.date | None:
    """ "By the end of this year": the last day of a planned meeting whose day is open."""
    if status != "planned" or context.published is None:
        return None
    for mention in sentence.of("YEAR_OF"):
        if sentence.has("UNTIL_BEFORE", "UNTIL_AFTER"):
            return dt.date(context.published.year + int(float(mention.value)), 12, 31)
    return None


def talked_about(context: Context, sentence: Sentence, place: Mention) -> bool:
    """Whether a place is what is talked about: "talks on Gaza"; not where a word leads to that also tells a place ("to Gaza")."""
    pack, words = context.text.pack, context.text.words
    # Where such words stand behind what it is about, the place in front of one is meant by its case.
    leads = [] if sentence.head_final else [m for m in sentence.of("SUBJECT_OF") if m.end == place.start]
    return any(pack.before.get(" ".join(pack.normalize(w) for w in words[m.start : m.end])) is None for m in leads)


def place_of(context: Context, sentence: Sentence, sides: set[str], trigger: Mention) -> tuple[str | None, str | None]:
    """City and host country of an encounter: a city that is its place, or a country visited."""
    cities = context.text.pack.cities
    ranked: list[tuple[int, int, str]] = []
    for mention in sentence.of("CITY"):
        if _is_of_a_topic(context, sentence, mention, sides, trigger) or _is_to_come(sentence, mention, trigger):
            continue
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        rank = 4 if talked_about(context, sentence, mention) else {"place": 0, "goal": 1, None: 3}.get(role, 4)
        later = not sentence.head_final and sentence.clause(mention.start) > sentence.clause(trigger.start)
        if rank == 3 and later and mention.start > trigger.end:
            continue  # "…, and agreed to open Astana's embassy": no place of its own
        if rank < 4:
            ranked.append((rank, mention.start, mention.value))
    for mention in sentence.of("CAPITAL"):
        city = city_of_phrase(context.text, sentence, mention)
        if city is None and "place" in mention.prefixes and context.home in sides:
            city = capital_of(context.home or "")  # "at the ministry in the capital"
        if city:
            ranked.append((2, mention.start, city))
    home = context.text.pack.settings.get("home")
    if home and sentence.has("HOME_CAPITAL") and (city := capital_of(home)):
        ranked.append((2, sentence.start, city))
    told_from = context.told_from(sentence)
    if told_from and sentence.has("HERE"):
        ranked.append((2, sentence.start, told_from))
    if sentence.has("THERE") and (named := _town_before(context, sentence)):
        ranked.append((1, sentence.start, named))
    visited_state = [s for s in context.sides[sentence.index] if s.head == "COUNTRY" and s.role == "place" and s.code in sides]
    if ranked and min(ranked)[0] == 1 and visited_state and cities.get(min(ranked)[2]) != visited_state[0].code:
        return None, visited_state[0].code  # "before returning to Algiers he will be received in the Vatican"
    if ranked:
        city = min(ranked)[2]
        return city, cities.get(city)
    for side in context.sides[sentence.index]:
        visited = side.role in ("place", "goal") or ("acc" in side.tags and sentence.head_final and sentence.has(*VISITS))
        if side.head == "COUNTRY" and visited and (side.code in sides or sentence.has(*VISITS)):
            return None, side.code
    return None, None


def _town_before(context: Context, sentence: Sentence) -> str | None:
    """The town that "there" means: the last one named in the sentence before."""
    before = context.text.sentences[sentence.index - 1].of("CITY") if sentence.index else []
    return max(before, key=lambda m: m.start).value if before else None


def place_before(context: Context, sentence: Sentence, sides: set[str]) -> tuple[str | None, str | None]:
    """Where what is told goes on: the only town that the sentence before in the paragraph names as a place, on the ground of one side."""
    before = context.text.before(sentence)
    if before is None or before.title or sentence.has("CITY", "CAPITAL"):
        return None, None
    cities = context.text.pack.cities
    towns = {
        m.value
        for m in before.of("CITY")
        if role_of(context.text, before, m.start, m.end, m.tags, m.prefixes) == "place" and cities.get(m.value) in sides
    }
    if len(towns) != 1 or before.has(*PLANNED, "RECALLED"):
        return None, None
    city = towns.pop()
    return city, cities.get(city)


def post_of(context: Context, sentence: Sentence, senders: list[str | None], sides: set[str]) -> tuple[str | None, str | None]:
    """Where an ambassador met somebody whom an embassy's own report tells of: its town, on the ground of the other side."""
    city = context.told_from(sentence)
    country = context.text.pack.cities.get(city) if city else None
    return (city, country) if country in sides and country not in senders else (None, None)


def _is_to_come(sentence: Sentence, city: Mention, trigger: Mention) -> bool:
    """Where verbs stand last: the town of a forum still to come, which is only spoken of: "… about the forum due in Baku"."""
    if not sentence.head_final or trigger.head in PLANNED:
        return False
    due = [m.end for m in sentence.of("PLANNED") if 0 <= m.start - city.end <= 1]
    forums = [m for m in sentence.of("FORUM") if "loc" not in m.tags]
    return any(0 <= forum.start - end <= 2 for end in due for forum in forums)


def _is_of_a_topic(context: Context, sentence: Sentence, city: Mention, sides: set[str], trigger: Mention) -> bool:
    """Whether a city of a third country behind the encounter, in a clause of its own, is what was spoken of: "…, about Gaza"."""
    third = context.text.pack.cities.get(city.value) not in sides and city.value not in {seat_of(side) for side in sides}
    behind = city.start > trigger.end and sentence.clause(city.start) > sentence.clause(trigger.start)
    return third and behind and not sentence.head_final and not sentence.has("FORUM", "SIDELINES")


def forum_of(context: Context, sentence: Sentence) -> str | None:
    """A multilateral format named with its organisation."""
    for forum in sentence.of("FORUM"):
        organisation = next(
            (m for m in sentence.of("ORGANISATION") if mention_distance(sentence, m, forum.start, forum.end) <= 4), None
        )
        if organisation:
            return f"{organisation.value} summit"
    return None
