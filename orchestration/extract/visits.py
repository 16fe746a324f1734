"""Visits → meetings."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.claims import Meeting
from orchestration.extract.context import Context, city_of_phrase, mention_distance, role_of
from orchestration.extract.meeting_details import PLANNED, VISITS, date_of, forum_of, latest_day, status_of, talked_about
from orchestration.extract.people import Appearance, Figure
from orchestration.extract.reader import Mention, Sentence


def find_visit(context: Context, sentence: Sentence) -> Meeting | str | None:
    """A visit of a named person to another country."""
    triggers = sorted(sentence.settled(*VISITS), key=lambda m: m.head not in PLANNED)
    if not triggers:
        return None
    destination = None
    for trigger in triggers:
        status = status_of(sentence, trigger)
        if status is None:
            continue
        visitor = _visitor(context, sentence, trigger)
        if visitor is None:
            continue
        destination = _destination(context, sentence, trigger, visitor.country)
        if destination is None and sentence.has("ACCEPT") and (host := _inviter(context, sentence)):
            guests = [a.figure for a in context.registry.of(sentence) if a.figure.name and a.figure.country not in (None, host)]
            guests = guests or [visitor] * (visitor.country != host)
            visitor, destination = (guests[0], (host, None)) if guests else (visitor, None)
        if destination is None and visitor.country and _returned(sentence, trigger) and (home := context.other(visitor.country)):
            destination = (home, None)
        if destination is None:
            continue
        host, city = destination
        when = date_of(context, sentence, trigger, status)
        if when is not None and context.published is not None and when.precision == "day" and when.first > context.published:
            status = "planned"
        assert visitor.country is not None
        people = {visitor.name: visitor}
        for appearance in context.registry.of(sentence):
            # "… was in Baku and signed with Aliyev": whom a visitor did it with he met.
            figure = appearance.figure
            role = role_of(context.text, sentence, appearance.start, appearance.end, appearance.tags, appearance.prefixes)
            if figure.country == host and figure.name and role == "with" and appearance.by_name:
                people[figure.name] = figure
        return Meeting(
            tuple(sorted((visitor.country, host))), people, "in_person", status, when, city, host,
            forum_of(context, sentence), sentence, f"meeting:{trigger.head.lower()}:visit", len(people) == 1, latest_day(context, sentence, status),
        )  # fmt: skip
    return "a visit without visitor or destination"


def _returned(sentence: Sentence, trigger: Mention) -> bool:
    """Whether a visit answers another: "he plans to return the visit": paid to the other side, which need not be named."""
    return trigger.head == "VISIT_PLANNED" and any(m.start < trigger.end and trigger.start < m.end for m in sentence.of("ACCEPT"))


def _inviter(context: Context, sentence: Sentence) -> str | None:
    """Whose invitation is accepted: the side of the person nearest to the word, who stands as its owner."""
    people = [a for a in context.registry.of(sentence) if a.figure.name and a.figure.country]
    owners = [
        (mention_distance(sentence, m, a.start, a.end), a.figure.country)
        for m in sentence.of("INVITE", "ACCEPT")
        for a in people
        if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) in ("owner", "source", "agent")
    ]
    speaker = context.author if sentence.has("FIRST_PERSON") else None
    return min(owners)[1] if owners else speaker.country if speaker else None


def _who_accepted(context: Context, sentence: Sentence) -> Figure | None:
    """ "He has accepted our invitation": the one named last before, of another side than who speaks."""
    if context.author is None or not (sentence.has("ACCEPT") and sentence.has("FIRST_PERSON")):
        return None
    own = context.author.country
    before = [a.figure for a in context.registry.before(sentence, 2) if a.figure.name and a.figure.country not in (None, own)]
    return before[-1] if before else None


def accepted(context: Context, sentence: Sentence) -> Meeting | None:
    """The visit that "he accepted the invitation" promises, to where the sentence before tells that somebody was invited."""
    taken = sentence.of("ACCEPT")
    own = next((m for m in sentence.of("INVITE") if not any(a.start <= m.start < a.end for a in taken)), None)
    before = sentence if own else context.text.sentences[sentence.index - 1] if sentence.index else None
    asked = before is not None and before is not sentence and not before.has("ACCEPT", *VISITS)
    invitation = own or (next(iter(before.of("INVITE")), None) if before and asked else None)
    if before is None or invitation is None or sentence.denied(sentence.start) or sentence.has("NEGATION"):
        return None
    people = list({a.figure.name: a.figure for a in context.registry.of(before) if a.figure.name and a.figure.country}.values())
    to = _destination(context, before, invitation, None)
    host, city = to if to and to[0] in {f.country for f in people} else (people[0].country if people else None, None)
    guests = {f.name: f for f in people if f.country != host}
    countries = {f.country for f in guests.values() if f.country}
    if host is None or len(countries) != 1:
        return None
    when = date_of(context, before, invitation, "planned")
    return Meeting(
        tuple(sorted((host, *countries))), guests, "in_person", "planned", when, city, host, None, sentence,
        "meeting:accept:visit", True,
    )  # fmt: skip


def further_stops(context: Context, sentence: Sentence, visit: Meeting | str) -> list[Meeting]:
    """The same visit to each country told in one run with its destination: "Kırgızistan ve Kazakistan'ı ziyaret edecek"."""
    if not isinstance(visit, Meeting) or visit.host is None or visit.city is not None:
        return []
    run: list[Mention] = []
    for mention in sentence.of("COUNTRY"):
        between = context.text.words[run[-1].end : mention.start] if run else []
        joined = len(between) == 1 and (between[0] == "," or (between[0].isalpha() and len(between[0]) <= 3))
        run = [*run, mention] if joined else [mention]
        if mention.value == visit.host:
            break
    origin = next(iter(visit.participants.values())).country
    return [
        replace(visit, countries=tuple(sorted((origin, stop.value))), host=stop.value)
        for stop in run
        if origin
        and stop.value not in (visit.host, origin)
        and run[-1].value == visit.host
        and role_of(context.text, sentence, stop.start, stop.end, stop.tags, stop.prefixes) != "source"
    ]


def _visitor(context: Context, sentence: Sentence, trigger: Mention) -> Figure | None:
    """Who visits: the person nearest to the word in its clause, or in the sentence."""
    people = [a for a in context.registry.of(sentence) if a.figure.name and a.figure.country and not _invites(sentence, a)]
    if not sentence.head_final and any(0 <= trigger.start - p.end <= 2 for p in sentence.of("PRONOUN")):
        # "He arrived in Istanbul, where he met the club's president": the one told of before.
        people = [a for a in context.registry.before(sentence, 3) if a.figure.name and a.figure.country][-1:]
        return people[0].figure if people else None
    if not people:
        return _who_accepted(context, sentence)

    def distance(appearance: Appearance) -> float:
        # Where the verb stands last its subject stands in front of it; whoever comes behind tells of it.
        follows = appearance.start - trigger.end
        # "Astana'ya gelen Başbakan": a participle stands right in front of its subject.
        behind = (
            20
            if sentence.head_final and appearance.start > trigger.start and not _qualifies(context, sentence, trigger, follows)
            else 0
        )
        return mention_distance(sentence, trigger, appearance.start, appearance.end) + behind + (0 if appearance.by_name else 1)

    return min(people, key=distance).figure


def _invites(sentence: Sentence, appearance: Appearance) -> bool:
    """Whether an invitation is somebody's, whom the visit is paid to: "Vuçiç'in davetine icabet ederek …"."""
    owns = sentence.head_final and "gen" in appearance.tags
    return owns and any(0 <= m.start - appearance.end <= 1 for m in sentence.of("INVITE", "ACCEPT"))


def _qualifies(context: Context, sentence: Sentence, trigger: Mention, follows: int) -> bool:
    """Whether a verb stands right in front of a person, with nothing but their country and title between."""
    between = context.text.words[trigger.end : trigger.end + follows]
    return 0 <= follows <= 4 and all(word[0].isupper() or (len(word) <= 3 and word.isalpha()) for word in between)


def _destination(context: Context, sentence: Sentence, trigger: Mention, origin: str | None) -> tuple[str, str | None] | None:
    """Where to: a country or city that is a goal or place, not the visitor's own."""
    cities = context.text.pack.cities
    best: tuple[float, str, str | None] | None = None
    for mention in sentence.of("CITY", "COUNTRY", "CAPITAL"):
        city = city_of_phrase(context.text, sentence, mention) if mention.head == "CAPITAL" else mention.value
        country = mention.value if mention.head == "COUNTRY" else cities.get(city) if city else None
        if country is None or country == origin:
            continue
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        weight = mention_distance(sentence, trigger, mention.start, mention.end) - (
            16 if role == "goal" and not sentence.head_final else 12 if role in ("goal", "place") else 0
        )
        if role in ("source", "with", "agent") or talked_about(context, sentence, mention):
            continue
        other = [m for m in sentence.of(*VISITS) if m.end == mention.start != trigger.end]
        if other and role is None and not sentence.head_final:
            continue  # "will leave, having visited Beirut, for Muscat"
        if best is None or weight < best[0]:
            best = (weight, country, city if mention.head != "COUNTRY" else None)
    return (best[1], best[2]) if best and best[0] <= 25 else None
