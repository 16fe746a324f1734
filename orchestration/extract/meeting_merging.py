"""One meeting per fact: retellings become one, and what one tells of day and place serves the others."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.claims import Meeting
from orchestration.extract.context import Context, role_of
from orchestration.extract.dates import apart

NEWS = 14  # days: what is told without a date happened no longer before publication
SAME_STAY = 2  # days between two meetings of one visit
HIGH = frozenset({"monarch", "head_of_state", "head_of_government", "foreign_minister", "parliament_speaker"})


def without_echoes(meetings: list[Meeting]) -> list[Meeting]:
    """A headline's visit without a day is the one that the text tells of, whatever tense its noun leaves open.

    So is the visit of which the text says what it may lead to ("his visit may change …"), where what was held on it is told.
    """
    return [
        m
        for m in meetings
        if not (m.visit and (m.sentence.title or _as_a_noun(m)) and (m.when is None or m.when.kind == "current"))
        or not any(
            o is not m
            and o.countries == m.countries
            and set(o.participants) & set(m.participants)
            and (m.sentence.title or (o.status == "held" and o.sentence.index - m.sentence.index in (1, 2)))
            for o in meetings
        )
    ]


def _as_a_noun(meeting: Meeting) -> bool:
    """Whether a visit is told as planned by another word than its own, and without a time."""
    timed = meeting.sentence.has("VISIT_PLANNED", "DAY", "WEEKDAY", "WEEK", "MONTH_OF", "YEAR_OF")
    return meeting.status == "planned" and meeting.rule == "meeting:visit:visit" and not timed


def distinct(context: Context, found: list[Meeting]) -> list[Meeting]:
    """One meeting per fact: the same people, medium, status and time are one; a visit goes into the meeting within it."""
    kept: list[Meeting] = []
    for meeting in found:
        for number, other in enumerate(kept):
            if _same(meeting, other) and not _long_ago(context, meeting, other) and not _long_ago(context, other, meeting):
                kept[number] = _merge(other, meeting)
                break
        else:
            kept.append(meeting)
    return kept


def _long_ago(context: Context, dated: Meeting, undated: Meeting) -> bool:
    """Whether a meeting of long before the publication stands beside one told without a date, as news: they are two."""
    if context.published is None or dated.when is None or undated.status != "held" or dated.sentence.title:
        return False
    news = undated.when is None or undated.when.kind == "current"
    stated = dated.when.kind in ("stated", "relative") and dated.sentence.index > undated.sentence.index
    return news and stated and (context.published - dated.when.last).days > NEWS


def with_places(meetings: list[Meeting]) -> list[Meeting]:
    """A meeting told without its place was where one of its people met others at that time, on the ground of one of its sides.

    One that is planned without a day is of the day of the same visit.
    """
    placed: list[Meeting] = []
    for meeting in meetings:
        if meeting.medium == "in_person" and meeting.city is None and meeting.host is None and meeting.sentence.has("SIDELINES"):
            before = [m for m in placed if m.city and m.status == meeting.status and not apart(meeting.when, m.when)]
            if before:
                meeting = replace(meeting, city=before[-1].city, host=before[-1].host)

        if meeting.status == "planned" and meeting.when is None and meeting.until is None:
            for other in meetings:
                shared = set(other.participants) & set(meeting.participants)
                if other.status == "planned" and other.when and shared and other.countries == meeting.countries:
                    meeting = replace(meeting, when=other.when)
                    break
        if meeting.medium == "in_person" and meeting.city is None and meeting.host is None:
            for other in [*reversed(placed), *meetings]:
                shared = set(other.participants) & set(meeting.participants)
                near = (
                    other.when is not None
                    and meeting.when is not None
                    and meeting.when.kind != "current"
                    and abs((meeting.when.first - other.when.last).days) <= SAME_STAY
                )
                at_home = other.city and other.host in meeting.countries and (other.status == meeting.status or near)
                if shared and at_home and (near or not (apart(meeting.when, other.when) or _another_day(meeting, other))):
                    meeting = replace(meeting, city=other.city, host=other.host)
                    break
        placed.append(meeting)
    return placed


def _only_place(context: Context) -> str | None:
    """The one city that a text names as the place of what it tells, or as where somebody came to."""
    places = {
        m.value
        for sentence in context.text.sentences
        for m in sentence.of("CITY")
        if role_of(context.text, sentence, m.start, m.end, m.tags, m.prefixes) in ("place", "goal")
    }
    return places.pop() if len(places) == 1 else None


def _within(visit: Meeting, meeting: Meeting) -> bool:
    """Whether a meeting is told for a day of a visit: both are one, whatever tense the visit is told in."""
    if visit.when is None or meeting.when is None or not visit.visit or meeting.visit:
        return False
    days, day = visit.when, meeting.when
    stated = "current" not in (days.kind, day.kind) and days.first < days.last
    return (
        stated and days.first <= day.first and day.last <= days.last and bool(set(visit.participants) & set(meeting.participants))
    )


def with_dateline(context: Context, meetings: list[Meeting]) -> list[Meeting]:
    """A meeting held, told without a place, by a text written in a city of one of its sides, was held there.

    In a text without a dateline: in the only city that it speaks of as a place.
    """
    only = None if context.dateline else _only_place(context)
    placed: list[Meeting] = []
    for meeting in meetings:
        city = context.told_from(meeting.sentence) or only
        country = context.text.pack.cities.get(city) if city else None
        lacks = meeting.medium == "in_person" and meeting.city is None and meeting.status == "held"
        if lacks and country in meeting.countries and meeting.host in (None, country):
            meeting = replace(meeting, city=city, host=country)
        placed.append(meeting)
    return placed


def _met_another(one: Meeting, other: Meeting) -> bool:
    """Whether one met an office-holder without a name ("the Emir") and the other met somebody of another office of that side."""
    for country, role in one.unnamed:
        roles = {figure.role for figure in other.participants.values() if figure.country == country}
        if roles and role not in roles and {role, *roles} <= HIGH:
            return True
    return False


def _told_again(call: Meeting, talk: Meeting) -> bool:
    """Whether "they discussed …" goes on about a call: the same people, no place and no day of its own."""
    if talk.medium != "in_person":
        call, talk = talk, call
    own = talk.city or talk.host or (talk.when is not None and talk.when.kind != "current")
    vague = talk.rule.split(":")[1] in ("talks", "receive")
    return vague and not own and call.status == talk.status and set(call.participants) == set(talk.participants)


def _another_day(one: Meeting, other: Meeting) -> bool:
    """Whether other countries met on a day of their own: "On 13 March two of the three had met"."""
    if one.when is None or other.when is None or set(one.countries) == set(other.countries):
        return False
    days = [w for w in (one.when, other.when) if w.precision == "day"]
    return len(days) == 2 and (days[0].last < days[1].first or days[1].last < days[0].first)


def _same(one: Meeting, other: Meeting) -> bool:
    if set(one.countries) == set(other.countries) and (_within(one, other) or _within(other, one)):
        return True
    if one.medium != other.medium and _told_again(one, other):
        return True
    if one.status != other.status or one.medium != other.medium or len(set(one.countries) & set(other.countries)) < 2:
        return False
    if _of_one_stay(one, other) or _of_one_stay(other, one):
        return True
    if apart(one.when, other.when) or _another_day(one, other):
        return False
    if len({len(one.countries) > 3, len(other.countries) > 3}) == 2 and not one.sentence.title and not other.sentence.title:
        return False  # a summit, and what two of those who came to it did apart from it
    first, second = set(one.participants), set(other.participants)
    if not first or not second:
        return True
    if one.visit or other.visit:
        return bool(first & second)
    if not one.sentence.title and not other.sentence.title and (_met_another(one, other) or _met_another(other, one)):
        return False
    if one.group != other.group and one.sentence.title == other.sentence.title:
        return False
    return first <= second or second <= first


def _of_one_stay(visit: Meeting, meeting: Meeting) -> bool:
    """Whether a visit is told by the day before or after a meeting within it, when the guest came or left: both are one."""
    if not visit.visit or meeting.visit or set(visit.countries) != set(meeting.countries) or not visit.participants:
        return False
    came, met = visit.when, meeting.when
    days = came is not None and met is not None and came.precision == met.precision == "day"
    within = set(visit.participants) <= set(meeting.participants)
    return days and within and came is not None and met is not None and abs((met.first - came.first).days) == 1


def _merge(one: Meeting, other: Meeting) -> Meeting:
    """The better told of the two (more people, an encounter rather than a visit), with what only the other states."""
    order = sorted((one, other), key=lambda m: (-len(m.participants), m.visit, m.sentence.title, m.sentence.index))
    best, rest = order[0], order[1]
    when = best.when
    if rest.when and (when is None or (when.kind == "current" and rest.when.kind != "current")):
        when = rest.when
    people = dict(best.participants)
    if set(rest.participants) <= set(people) or best.visit == rest.visit:
        people = {**rest.participants, **people}
    return replace(
        best,
        participants=people,
        when=when,
        city=best.city or rest.city,
        host=best.host or rest.host,
        forum=best.forum or rest.forum,
        until=best.until or rest.until,
    )
