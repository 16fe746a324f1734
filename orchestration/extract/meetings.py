"""Encounters and visits → meetings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.extract.claims import Meeting, Rejected
from orchestration.extract.context import Context, Side, counted_states, led_in_region, mention_distance, role_of
from orchestration.extract.meeting_details import (
    ENCOUNTERS,
    VISITS,
    date_of,
    forum_of,
    latest_day,
    place_before,
    place_of,
    post_of,
    status_of,
)
from orchestration.extract.meeting_merging import NEWS, distinct, with_dateline, with_places, without_echoes
from orchestration.extract.people import Appearance, Figure
from orchestration.extract.quantities import find_numbers
from orchestration.extract.reader import Mention, Sentence
from orchestration.extract.visits import accepted, find_visit, further_stops

CALL = 5  # tokens between somebody called on and the verb, where it stands last: where, when
LEADERS = frozenset({"head_of_state", "head_of_government", "monarch"})
MINISTERS = frozenset({"minister", "foreign_minister"})
# What tells that people named together were not in one place, or that something else is told of them.
APART = (
    "LETTER", "INVITE", "NEGATION", "CONDITIONAL", "DENIAL", "PLANNED", "SIGN", "SIGN_PLANNED", "INITIAL", "CURRENCY", "SCALE", "AIM",
    "CALLED_OFF", "HISTORY", "FORMER",
)  # fmt: skip
CLOSE = 16  # tokens between the first and the last of people brought together


def find_meetings(context: Context) -> tuple[list[Meeting], list[Rejected]]:
    """All meetings of a document, and the encounters that were not taken."""
    found: list[Meeting] = []
    together: list[Meeting] = []
    rejected: list[Rejected] = []
    for sentence in context.text.sentences:
        triggers = sentence.of(*ENCOUNTERS, *VISITS)
        signed = None if sentence.has(*ENCOUNTERS) else _signing(context, sentence)
        if signed is not None:
            found.append(signed)
            continue
        if not triggers:
            met = accepted(context, sentence) if sentence.has("ACCEPT") else _signed_together(context, sentence)
            found.extend([met] if met else [])
            together.extend(_brought_together(context, sentence) if met is None else [])
            continue
        told: list[Meeting | str | None] = [_encounter(context, part) for part in _split(context, sentence)]
        two_sided = any(
            isinstance(meeting, Meeting) and len({f.country for f in meeting.participants.values()}) > 1 for meeting in told
        )
        visit = None if two_sided or not sentence.has(*VISITS) else find_visit(context, sentence)
        if visit is not None and (
            not any(isinstance(meeting, Meeting) for meeting in told) or (isinstance(visit, Meeting) and visit.status == "planned")
        ):
            told = [visit, *further_stops(context, sentence, visit)]
        ahead = any(float(m.value) > 0 for m in sentence.of("DAY", "WEEK", "MONTH_OF"))
        if two_sided and sentence.has("VISIT_PLANNED") and (ahead or _agreed_on_the_phone(context, sentence)):
            told.extend(_next_stop(context, sentence, told))
        if all(isinstance(meeting, Meeting) and meeting.status == "planned" for meeting in told):
            _date_the_last(context, sentence, found)
        if len(told) == 1 and isinstance(told[0], Meeting) and found and _took_part(sentence, told[0], found[-1]):
            found[-1] = replace(found[-1], participants={**found[-1].participants, **told[0].participants})
            continue
        found.extend(meeting for meeting in told if isinstance(meeting, Meeting))
        if not any(isinstance(meeting, Meeting) for meeting in told):
            _date_the_last(context, sentence, found)
            reason = next((meeting for meeting in told if isinstance(meeting, str)), "no encounter between two sides")
            rejected.append(Rejected(reason, sentence, triggers[0].start, triggers[0].end))
    if not found and any(sentence.has("LETTER") for sentence in context.text.sentences):
        together = []  # Greetings and congratulations go to and fro.
    # Who is named together again with those they met does nothing new.
    found += [m for m in together if not any(set(m.participants) <= set(other.participants) for other in found)]
    return with_places(with_dateline(context, with_places(without_echoes(distinct(context, found))))), rejected


def _took_part(sentence: Sentence, meeting: Meeting, last: Meeting) -> bool:
    """ "To the talks came also A and B": who took part in the meeting told just before, where nouns in the dative tell it."""
    opens = any(m.start == sentence.start and "dat" in m.tags for m in sentence.of("TALKS"))
    near = last.sentence.paragraph == sentence.paragraph and sentence.index - last.sentence.index <= 2
    return opens and near and meeting.rule.startswith("meeting:talks") and meeting.countries == last.countries


def _agreed_on_the_phone(context: Context, sentence: Sentence) -> bool:
    """ "In a call they agreed that the president would come in May": a visit whose verb has its own subject right in front."""
    ends = {a.end for a in context.registry.of(sentence) if a.figure.country}
    return sentence.has("PHONE", "VIDEO") and any(m.start in ends for m in sentence.of("VISIT_PLANNED"))


def _next_stop(context: Context, sentence: Sentence, told: list[Meeting | str | None]) -> list[Meeting]:
    """Where those who have met will go next: "… received his guest, who leaves tomorrow for the Vatican to see the Pope"."""
    visit = find_visit(context, sentence)
    if not isinstance(visit, Meeting) or visit.status != "planned":
        return []
    known = {
        country
        for meeting in told
        if isinstance(meeting, Meeting) and meeting.medium == "in_person"
        for country in meeting.countries
    }
    return [visit] if visit.host not in known else []


def _signed_together(context: Context, sentence: Sentence) -> Meeting | None:
    """ "In Antalya the minister signed a memorandum with the Turkmen minister X": who signed with whom met."""
    here = [a for a in context.registry.of(sentence) if a.figure.name and a.figure.country]
    author = context.author if sentence.has("FIRST_PERSON") else None
    signing = next(iter(sentence.settled("SIGN", "SIGN_PLANNED")), None)
    if signing is None or signing.head != "SIGN" or len(here) != (1 if author else 2):
        return None
    roles = [role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) for a in here]
    if "with" not in roles or len({a.figure.country for a in here}) < len(here):
        return None
    meeting = _encounter(context, Part(sentence, signing, tuple(here)))
    told = isinstance(meeting, Meeting) and meeting.status == "held"
    return meeting if isinstance(meeting, Meeting) and told and (meeting.city or author) else None


def _brought_together(context: Context, sentence: Sentence) -> list[Meeting]:
    """People of two sides of whom one clause tells something, though no word of an encounter: "A had been to see B", "A and B opened it".

    Not where they wrote, were asked to come, deny or suppose something, and not in a sentence about money or in a title.
    """
    if sentence.title or sentence.has(*APART):
        return []
    people = [a for a in context.registry.of(sentence) if a.by_name and a.figure.name and a.figure.country]
    if len({a.figure.country for a in people}) < 2 or people[-1].start - people[0].end > CLOSE:
        return []
    between = Mention("TALKS|", people[-1].start, people[-1].start)
    meeting = _encounter(context, Part(sentence, between, tuple(people)))
    return [replace(meeting, rule="meeting:together:people")] if isinstance(meeting, Meeting) and meeting.status == "held" else []


def _date_the_last(context: Context, sentence: Sentence, found: list[Meeting]) -> None:
    """ "The call, which took place on Tuesday, …": the day of the encounter told just before, which has none of its own."""
    talks = sentence.of("TALKS", "PHONE", "VIDEO")
    last = found[-1] if found else None
    if last is None or not talks or sentence.index - last.sentence.index > 2 or last.status != "held":
        return
    if (
        (last.when is not None and last.when.kind != "current")
        or any(a.start < talks[0].start or a.start - talks[0].end <= 2 for a in context.registry.of(sentence))
        or status_of(sentence, talks[0]) != "held"
    ):
        return
    when = date_of(context, sentence, talks[0], "held")
    near = when is not None and when.precision == "day" and mention_distance(sentence, talks[0], when.start, when.end) <= 20
    if when is not None and near and (context.published is None or 0 <= (context.published - when.last).days <= NEWS):
        found[-1] = replace(last, when=when)


@dataclass(frozen=True)
class Part:
    """A sentence, or the part of it that tells one of several encounters. people: who takes part. apart: the others' words are not its."""

    sentence: Sentence
    trigger: Mention
    people: tuple[Appearance, ...]
    apart: bool = False


def _signing(context: Context, sentence: Sentence) -> Meeting | None:
    """Two people of two sides who signed something together have met: "Prime ministers A and B signed a pact in Canberra"."""
    signing = next((m for m in sentence.settled("SIGN", "SIGN_PLANNED") if m.head == "SIGN"), None)
    if signing is None or sentence.has("LETTER") or not _tells_what(context, sentence):
        return None
    here = list(context.registry.of(sentence))
    with_him = any(m.start - 1 == p.start for m in sentence.of("PRONOUN") for p in sentence.of("BETWEEN"))
    people = [
        a
        for a in [*(_pronoun(context, sentence, here) if with_him else []), *here]
        if a.figure.name and a.figure.country and mention_distance(sentence, signing, a.start, a.end) <= 16
    ]
    named = [a for a in people if a.by_name]
    with_whom = [a for a in named if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "with"]
    # "The minister signed it with the Chinese deputy minister X": one of them by his office alone.
    people = people if with_whom else named
    if len({a.figure.country for a in people}) < 2 or status_of(sentence, signing) != "held":
        return None
    return _encounter(context, Part(sentence, signing, tuple(people)))  # type: ignore[return-value]


def _tells_what(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence of a signing, or the one before in the paragraph, says what was signed."""
    before = context.text.before(sentence)
    told = before is not None and before.has("SIGN") and before.has("INSTRUMENT", "INSTRUMENT_PLURAL")
    return told or sentence.has("INSTRUMENT", "INSTRUMENT_PLURAL")


def _split(context: Context, sentence: Sentence) -> list[Part]:
    """One part for each encounter: "he was received by the president and held talks with the minister" tells two.

    Two encounters need three people: one who takes part in both (the first named, or the one a pronoun stands for) and one each who
    stands nearest to the word.
    """
    appearances = list(context.registry.of(sentence))
    # "The invitation he has accepted": received nobody.
    accepted = sentence.of("ACCEPT")
    triggers = [
        m for m in sentence.settled(*ENCOUNTERS) if m.head != "RECEIVE" or not any(a.start <= m.start < a.end for a in accepted)
    ] or _called_on(sentence, appearances)
    if not triggers:
        return []
    referred = _pronoun(context, sentence, appearances)
    triggers = [m for m in triggers if m.head != "PRESENT"] or triggers
    strong = [m for m in triggers if m.head not in ("TALKS", "PHONE", "VIDEO")]
    strong = _with_calls(sentence, triggers, strong)
    trigger = (strong or triggers)[0]
    if sentence.title:
        # "Lukashenko called Mirziyoyev, Rahmon awaits Xi": a headline's clauses are news of their own.
        here = [a for a in appearances if sentence.clause(a.start) == sentence.clause(trigger.start)]
        if len({a.figure.country for a in here if a.figure.country}) > 1:
            appearances = here
    whole = [Part(sentence, trigger, (*referred, *appearances))]
    named = [a for a in [*referred, *appearances] if a.by_name and a.figure.name]
    subject = _subject(context, sentence, named)
    others = list({a.figure.name: a for a in named if subject and a.figure.country != subject.figure.country}.values())
    if sentence.has("SEPARATE") and subject and len(others) > 1:
        return [Part(sentence, _nearest(sentence, strong or [trigger], other), (subject, other)) for other in others]
    if len(strong) < 2:
        return _each_on_its_day(sentence, trigger, subject, others) or whole
    if len(days := _day_after_day(sentence, strong)) > 1:
        return [replace(whole[0], trigger=verb) for verb in days]
    if len({a.figure.name for a in named}) < 3:
        # "The president will receive him, and with Mishustin the Mongolian premier will discuss …": told by his office.
        named = [a for a in [*referred, *appearances] if a.figure.name and a.figure.country]
        countries = [country for _, country in {(a.figure.name, a.figure.country) for a in named}]
        alone = [a for a in named if countries.count(a.figure.country) == 1]
        if len(countries) < 3 or len(alone) != 1:
            return whole
        named = [*alone, *(a for a in named if a not in alone)]
        subject = alone[0]
    assert subject is not None
    objects: dict[int, list[Appearance]] = {}
    for appearance in named:
        if appearance.figure.name == subject.figure.name:
            continue
        # Where verbs stand in front, one in a later clause is met by others.
        near = [m for m in strong if m.end <= appearance.start or sentence.clause(m.start) == sentence.clause(appearance.start)]
        governing = strong if sentence.head_final else near or strong
        objects.setdefault(_nearest(sentence, governing, appearance).start, []).append(appearance)
    if len(objects) < 2:
        return whole
    return [Part(sentence, m, (subject, *objects[m.start]), apart=True) for m in strong if m.start in objects]


def _with_calls(sentence: Sentence, triggers: list[Mention], strong: list[Mention]) -> list[Mention]:
    """The words of encounters and a call told in a clause of its own: "he phoned his colleague X yesterday, and today received Y"."""
    if sentence.head_final or len(strong) != 1:
        return strong
    clause = sentence.clause(strong[0].start)
    calls = [m for m in triggers if m.head in ("PHONE", "VIDEO") and sentence.clause(m.start) != clause]
    return sorted([*calls[:1], *strong], key=lambda m: m.start)


def _medium(part: Part) -> str:
    """By which medium an encounter took place: of several in a sentence each has the words of its own clause."""
    sentence, clause = part.sentence, part.sentence.clause(part.trigger.start)
    heads = {m.head for m in sentence.of("PHONE", "VIDEO") if not part.apart or sentence.clause(m.start) == clause}
    return "phone" if "PHONE" in heads else "video" if "VIDEO" in heads else "in_person"


def _subject(context: Context, sentence: Sentence, named: list[Appearance]) -> Appearance | None:
    """Who takes part in all that a sentence tells: the first named; where verbs stand last, the first by whom or with whom nothing is done.

    "Naruhito tarafından kabul edilen Tokayev, ertesi gün Takaichi ile görüştü": Tokayev.
    """
    if not sentence.head_final or len(named) < 3:
        return named[0] if named else None
    done = [
        a
        for a in named
        if not a.tags & {"acc", "ins"}
        and role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) not in ("with", "agent", "like")
    ]
    return (done or named)[0]


def _each_on_its_day(sentence: Sentence, verb: Mention, subject: Appearance | None, others: list[Appearance]) -> list[Part]:
    """ "Fidan pazar günü Abdulati'yi, dün de Suudi mevkidaşını aradı": one verb at the end, a clause and a day for each."""
    days = {sentence.clause(m.start) for m in sentence.of("DAY", "WEEKDAY", "MONTH")}
    clauses = {sentence.clause(a.start) for a in others} & days
    if subject is None or not sentence.head_final or len(others) < 2 or len(clauses) < len(others):
        return []
    return [Part(sentence, replace(verb, start=a.end - 1, end=a.end), (subject, a)) for a in others]


def _day_after_day(sentence: Sentence, verbs: list[Mention]) -> list[Mention]:
    """ "On Tuesday they dined, and on Wednesday sat down to talks": where verbs stand in front, those with a weekday in front of each."""
    if sentence.head_final:
        return []
    dated = [
        next((m for m in verbs if m.start >= day.end and sentence.clause(m.start) == sentence.clause(day.start)), None)
        for day in sentence.of("WEEKDAY")
    ]
    return [verb for verb in dated if verb is not None] if None not in dated else []


def _nearest(sentence: Sentence, verbs: list[Mention], person: Appearance) -> Mention:
    return min(verbs, key=lambda m: mention_distance(sentence, m, person.start, person.end))


def _called_on(sentence: Sentence, appearances: list[Appearance]) -> list[Mention]:
    """Visits that are paid to somebody, not to a country: "mevkidaşı Nuri'yi ziyaret etti"."""
    called: list[Mention] = []
    for visit in sentence.settled(*VISITS):
        before = [a for a in appearances if a.figure.name and a.end <= visit.start]
        last = max(before, key=lambda a: a.end, default=None)
        near = last is not None and (last.end == visit.start or (sentence.head_final and visit.start - last.end <= CALL))
        if last is not None and near and "acc" in last.tags and sentence.clause(last.start) == sentence.clause(visit.start):
            called.append(visit)
    return called


def _pronoun(context: Context, sentence: Sentence, appearances: list[Appearance]) -> list[Appearance]:
    """Whom "he" means: the person last named before this sentence who is on no side named in it."""
    if not sentence.has("PRONOUN") and not _subject_elided(context, sentence, appearances):
        return []
    sides = {a.figure.country for a in appearances if a.figure.country}
    if len(sides) != 1:
        return []
    known = [a for a in context.registry.before(sentence, 5) if a.figure.name and a.figure.country not in sides]
    # Whom the sentence before tells of by his office alone: "The Russian premier came on Monday. His visit began with …".
    just_before = [a for a in known if a.figure.country and a.sentence == sentence.index - 1]
    others = just_before if len(just_before) == 1 else [a for a in known if a.by_name and a.figure.country]
    if not others:
        return []
    # The subject of the sentence before is the one it goes on about.
    last = others[-1].sentence
    return [next(a for a in others if a.sentence == last)]


def _subject_elided(context: Context, sentence: Sentence, appearances: list[Appearance]) -> bool:
    """Whether nobody named can be the subject: "Başkan tarafından kabul edildi", "Lavrov'la görüştü"."""
    named = [a for a in appearances if a.figure.name]
    # "A delegation of the bank came for talks with the minister": the subject is named, if not by a person.
    unnamed = not sentence.head_final and sentence.has("DELEGATION", "SIDES")
    return (
        bool(named)
        and not unnamed
        and all(
            a.tags & {"acc", "ins"} or role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) in ("with", "agent")
            for a in named
        )
    )


def _encounter(context: Context, part: Part) -> Meeting | str | None:
    """A meeting told as such: an encounter word and people of two sides, or of one side and the other side by office or country."""
    sentence, trigger, appearances = part.sentence, part.trigger, list(part.people)
    strong = trigger.head != "TALKS"
    appearances = [
        a for a in appearances if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) != "like"
    ]  # "X'in ardından": after X, without him
    appearances = _without_tellers(sentence, trigger, appearances)
    appearances = [_counterpart_with_side(context, a, appearances) for a in appearances]
    appearances = _on_two_sides(context, appearances)
    people = {a.figure.name: a.figure for a in appearances if a.figure.name and a.figure.country}
    people = {name: _settle_role(figure, people) for name, figure in people.items()}
    if context.author is not None and people and all(f.country != context.author.country for f in people.values()):
        # What an author who signs tells of a meeting is told of his own.
        people[context.author.name] = context.author
    sides = {figure.country for figure in people.values() if figure.country}
    how = "people"
    if len(sides) < 2:
        how, more = _complete_sides(context, sentence, appearances, sides)
        people.update(more)
        sides = sides | {f.country for f in more.values() if f.country}
        for plural in sentence.of("OFFICE_PLURAL"):
            listed = _listed_before(context, sentence, plural)
            sides = sides | set(listed if len(listed) > 2 else ())
        if len(sides) < 2:
            sides = sides | _other_sides(context, sentence, appearances, sides)
    counted = set(counted_states(context, sentence)) if strong and len({f.country for f in people.values()}) < 2 else set()
    sides = sides | counted | (_led_by(context, sentence) if strong and people else set())
    if len(sides) < 2:
        return "no second side" if people else None
    if not people and not counted and not (strong and sentence.has("DELEGATION", "OFFICE_PLURAL")):
        return "no representatives named"
    if sentence.has("LETTER") and trigger.head in ("TALKS", "PHONE") and not strong:
        return "a letter is no meeting"
    if trigger.head == "PRESENT" and not _presented(context, part):
        return "presented to nobody of another side"
    status = status_of(sentence, trigger)
    if status is None:
        return "denied, conditional or only invited"
    if not (strong and people) and _counted(context, sentence, trigger):
        return "a number of meetings, none of them told"
    if not sentence.head_final and any(n.start == trigger.end and n.unit == "UNIT" for n in find_numbers(context.text, sentence)):
        return "a gathering of many"  # "meetings that brought together 140 companies"
    if trigger.head == "TALKS" and not strong and not _talks_count(context, part):
        return "talks mentioned, not held by the people named"
    medium = _medium(part)
    when = date_of(context, sentence, trigger, status)
    if status == "held" and when is not None and context.published is not None and when.precision == "day":
        status = "planned" if when.first > context.published and when.kind != "current" else status
    city, host = place_of(context, sentence, sides, trigger) if medium == "in_person" else (None, None)
    if medium == "in_person" and status == "held" and city is None and host is None:
        city, host = place_before(context, sentence, sides)
        if city is None and any(figure.role == "ambassador" for figure in people.values()):
            city, host = post_of(context, sentence, [f.country for f in people.values() if f.role == "ambassador"], sides)
    return Meeting(
        tuple(sorted(s for s in sides if s)), people, medium, status, when, city, host, forum_of(context, sentence), sentence,
        f"meeting:{trigger.head.lower()}:{how}", until=latest_day(context, sentence, status),
        unnamed=frozenset((a.figure.country, a.figure.role) for a in appearances if a.figure.country and not a.figure.name),
        group=strong and len(people) == 1 and sentence.has("DELEGATION") and not sentence.has("COUNTERPART", "OFFICE_PLURAL"),
    )  # fmt: skip


def _without_tellers(sentence: Sentence, trigger: Mention, people: list[Appearance]) -> list[Appearance]:
    """People without those who only tell of an encounter: "…, said his aide X", in a clause of its own behind it."""
    opens = {
        sentence.clause(m.start)
        for m in sentence.of("ASIDE")
        if m.start > trigger.end and sentence.clause(max(m.start - 2, sentence.start)) != sentence.clause(m.start)
    }
    return [a for a in people if sentence.clause(a.start) not in opens - {sentence.clause(trigger.start)}]


def _presented(context: Context, part: Part) -> bool:
    """Whether one person presents something to another of another side: "the governor of Tokyo presented a concept to the president"."""
    sentence = part.sentence
    people = [a for a in part.people if a.figure.name and a.figure.country]
    receivers = [a for a in people if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "goal"]
    return any(a.figure.country != r.figure.country for r in receivers for a in people)


def _on_two_sides(context: Context, people: list[Appearance]) -> list[Appearance]:
    """Of two who meet and would be of one side, the one whose side nobody tells is of the document's other side."""
    sides = {a.figure.country for a in people if a.figure.country}
    unsettled = [a for a in people if a.figure.name and a.figure.assumed]
    met = {(a.figure.name, a.figure.role) for a in people if a.figure.country and a not in unsettled}
    if len(sides) != 1 or len(met) != 1 or len({a.figure.name for a in unsettled}) != 1:
        return people
    other = context.other(next(iter(sides)))
    if other is None:
        return people
    moved = replace(unsettled[0].figure, country=other, assumed=False)
    context.registry.settle(moved)
    return [replace(a, figure=moved) if a is unsettled[0] else a for a in people]


def _counterpart_with_side(context: Context, appearance: Appearance, people: list[Appearance]) -> Appearance:
    """An unknown "colleague" of somebody is of the document's other side; so the text knows them from here on."""
    figure = appearance.figure
    if figure.role != "counterpart" or figure.country:
        return appearance
    partner = next((a.figure for a in people if a.figure.country and a.figure.role != "counterpart"), None)
    side = context.other(partner.country) if partner and partner.country else None
    if side is None or partner is None or side == partner.country:
        return appearance
    settled = replace(figure, country=side, role=partner.role)
    context.registry.settle(settled)
    return replace(appearance, figure=settled)


def _settle_role(figure: Figure, people: dict[str, Figure]) -> Figure:
    """A counterpart holds the office of the other side's person."""
    if figure.role != "counterpart":
        return figure
    partner = next((f for f in people.values() if f.country != figure.country and f.role != "counterpart"), None)
    return replace(figure, role=partner.role if partner else "other")


def _complete_sides(
    context: Context, sentence: Sentence, appearances: list[Appearance], sides: set[str]
) -> tuple[str, dict[str, Figure]]:
    """People whom "the two ministers", "the leaders" or "his counterpart" mean: those of that office named before."""
    figures = [f for f in context.registry.figures.values() if f.country]
    several = [*sentence.of("OFFICE_PLURAL"), *(m for m in sentence.of("OFFICE") if m.tags & {"pl", "dual"})]
    for mention in several:
        listed = _listed_before(context, sentence, mention)
        if len(listed) > 2:
            return "office_plural", {f.name: f for f in figures if f.country in listed and _fits(f, mention, figures)}
        fitting = [f for f in figures if f.role == mention.value]
        if len(fitting) < 2 and mention.value in MINISTERS:
            fitting = [f for f in figures if f.role in MINISTERS]
        if len(fitting) > 2:
            fitting = [f for f in fitting if context.pair and f.country in context.pair]
        leaders = _just_met(context, sentence) if mention.value == "head_of_state" else []
        fitting = leaders or fitting
        if len({f.country for f in fitting}) != 2 or len(fitting) != 2:
            fitting = _last_ones(context, sentence, 2) if mention.value in ("head_of_state", "other") else []
        named = {a.figure.name for a in appearances if a.by_name and a.figure.name}
        joins = mention.value == "other" and len(appearances) == 1 and not sides & {f.country for f in fitting}
        if named and joins and len(fitting) == 2:
            # "In the evening the chancellor joined the two".
            return "office_plural", {f.name: f for f in fitting}
        if len({f.country for f in fitting}) == 2 and len(fitting) == 2 and named <= {f.name for f in fitting}:
            return "office_plural", {f.name: f for f in fitting}
    # "The three will get together": as many as the number in front of the word, those named last.
    met = [
        m for m in sentence.of("MEET", "MEET_PLANNED") if any(n.end == m.start and n.value == "3" for n in sentence.of("NUMBER"))
    ]
    if any(m.value == "3" for m in sentence.of("SEVERAL_COUNTRIES")) and not appearances:
        before = {a.figure.name: a.figure for a in context.registry.before(sentence, 1) if a.by_name and a.figure.country}
        if len(before) == 3 and len({f.country for f in before.values()}) > 1:
            return "office_plural", before  # "The three leaders": two of them may be of one union.
    three = _last_ones(context, sentence, 3) if met and not appearances else []
    if len(three) == 3:
        return "office_plural", {f.name: f for f in three}
    if sentence.has("COUNTERPART") and len(sides) == 1:
        present = next((a.figure for a in appearances if a.figure.country in sides), None)
        if present is not None:
            fitting = [f for f in figures if f.role == present.role and f.country not in sides]
            if len(fitting) == 1:
                return "counterpart", {fitting[0].name: fitting[0]}
    return "office", {}


def _listed_before(context: Context, sentence: Sentence, plural: Mention) -> list[str]:
    """The countries listed right in front of an office in the plural, whose holders it means: "A, B ve C'nin bakanları"."""
    words = context.text.words
    run: list[Side] = []
    for side in reversed([s for s in context.sides[sentence.index] if s.end <= plural.start]):
        between = words[side.end : run[-1].start] if run else words[side.end : plural.start]
        joined = len(between) == 1 and (between[0] == "," or len(between[0]) <= 3)
        if not (joined if run else len(between) <= 2):
            break
        run.append(side)
    return list(dict.fromkeys(s.code for s in run))


def _fits(figure: Figure, plural: Mention, figures: list[Figure]) -> bool:
    """Whether somebody is meant by an office in the plural: the only one of his country who holds it, or a minister of any kind."""
    roles = MINISTERS if plural.value in MINISTERS else {plural.value}
    return figure.role in roles and sum(f.country == figure.country and f.role in roles for f in figures) == 1


def _just_met(context: Context, sentence: Sentence) -> list[Figure]:
    """The two leaders of two sides, and nobody else, whom the sentence before in the paragraph names: "the two leaders"."""
    before = context.text.before(sentence)
    if before is None or not before.has(*ENCOUNTERS):
        return []
    named = {a.figure.name: a.figure for a in context.registry.of(before) if a.by_name and a.figure.name}
    figures = list(named.values())
    leaders = all(f.role in LEADERS for f in figures) and len({f.country for f in figures}) == len(figures) == 2
    return figures if leaders else []


def _last_ones(context: Context, sentence: Sentence, many: int) -> list[Figure]:
    """The last people, each of another side, named before a sentence: whom "the leaders", "the two", "the three" mean."""
    found: dict[str, Figure] = {}
    for appearance in reversed(context.registry.before(sentence, 6)):
        figure = appearance.figure
        if figure.name and figure.country and all(f.country != figure.country for f in found.values()):
            found[figure.name] = figure
        if len(found) == many:
            break
    return list(found.values())


def _other_sides(context: Context, sentence: Sentence, appearances: list[Appearance], sides: set[str]) -> set[str]:
    """The second side where its person has no name: by an office, a counterpart, a delegation or the side met."""
    for appearance in appearances:
        if not appearance.figure.name and appearance.figure.country and appearance.figure.country not in sides:
            return {appearance.figure.country}
    named = [s for s in context.sides[sentence.index] if s.code not in sides]
    if not sides:
        pair = list(dict.fromkeys(s.code for s in named))
        return (
            set(pair[:2])
            if len(pair) >= 2
            else (set(context.pair) if context.pair and sentence.has("TWO_COUNTRIES", "SIDES") else set())
        )
    sent = [m.end for m in sentence.of("DELEGATION")]
    for side in named:
        # "A delegation from the bank came for talks with the minister".
        if side.head == "DEMONYM" or side.role in ("with", "owner", "agent", None) or side.start - 1 in sent:
            return {side.code}
    met = any(role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "with" for a in appearances if a.by_name)
    if met or sentence.has("COUNTERPART", "DELEGATION", "SIDES", "OFFICE_PLURAL", "FIRST_PERSON"):
        code = next(iter(sides))
        other = context.other(code) if code else None
        return {other} if other else set()
    for side in named:
        return {side.code}
    return set()


def _led_by(context: Context, sentence: Sentence) -> set[str]:
    """The countries of office-holders told together, without their names: "with the presidents of A, B and C"."""
    offices = [*sentence.of("OFFICE_PLURAL"), *(m for m in sentence.of("OFFICE") if "pl" in m.tags)]
    led = set(led_in_region(sentence))
    for office in offices:
        run: list[str] = []
        reach = office.end + 2
        for side in context.sides[sentence.index]:
            if side.head == "COUNTRY" and office.end <= side.start <= reach:
                run.append(side.code)
                reach = side.end + 3
        led.update(run if len(run) > 2 else [])
    return led


def _talks_count(context: Context, part: Part) -> bool:
    """Whether talks that are only mentioned as a noun were held by the people named: two of them, or one who was met."""
    sentence = part.sentence
    if len({a.figure.name for a in part.people if a.figure.name}) >= 2:
        return True
    met = any(role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "with" for a in part.people if a.by_name)
    return met or sentence.has("DELEGATION", "COUNTERPART", "OFFICE_PLURAL", "VISIT", "SIDES")


def _counted(context: Context, sentence: Sentence, trigger: Mention) -> bool:
    """ "Nine meetings of the ministers": a number right in front of the noun."""
    return any(n.end == trigger.start and n.value >= 2 and n.value < 1000 for n in find_numbers(context.text, sentence))
