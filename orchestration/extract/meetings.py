"""Encounters and visits → meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from orchestration.extract.context import Context, capital_of, city_of_phrase, mention_distance, role_of, same_day, same_year
from orchestration.extract.dates import When, apart, find_dates, year_span
from orchestration.extract.people import Appearance, Figure
from orchestration.extract.quantities import find_numbers
from orchestration.extract.reader import Mention, Sentence

ENCOUNTERS = ("MEET", "MEET_PLANNED", "RECEIVE", "TALKS", "PHONE", "VIDEO", "PRESENT")
VISITS = ("VISIT", "VISIT_PLANNED")
NEWS = 14  # days: what is told without a date happened no longer before publication
SAME_STAY = 2  # days between two meetings of one visit
HIGH = frozenset({"monarch", "head_of_state", "head_of_government", "foreign_minister", "parliament_speaker"})
PLANNED = frozenset({"MEET_PLANNED", "VISIT_PLANNED"})
MINISTERS = frozenset({"minister", "foreign_minister"})


@dataclass
class Meeting:
    """An encounter as a sentence states it. visit: told only as a visit, so that a meeting within it absorbs it."""

    countries: tuple[str, ...]
    participants: dict[str, Figure]
    medium: str
    status: str
    when: When | None
    city: str | None
    host: str | None
    forum: str | None
    sentence: Sentence
    rule: str
    visit: bool = False
    until: dt.date | None = None
    group: bool = False  # one person met a group without names: no retelling of a meeting with named people
    merged: list[int] = field(default_factory=list)
    unnamed: frozenset[tuple[str, str]] = frozenset()  # side and role of those met who have no name


@dataclass
class Rejected:
    reason: str
    sentence: Sentence
    start: int
    end: int


def find_meetings(context: Context) -> tuple[list[Meeting], list[Rejected]]:
    """All meetings of a document, and the encounters that were not taken."""
    found: list[Meeting] = []
    rejected: list[Rejected] = []
    for sentence in context.text.sentences:
        triggers = sentence.of(*ENCOUNTERS, *VISITS)
        signed = None if sentence.has(*ENCOUNTERS) else _signing(context, sentence)
        if signed is not None:
            found.append(signed)
            continue
        if not triggers:
            met = _signed_together(context, sentence)
            found.extend([met] if met else [])
            continue
        told: list[Meeting | str | None] = [_encounter(context, part) for part in _split(context, sentence)]
        two_sided = any(
            isinstance(meeting, Meeting) and len({f.country for f in meeting.participants.values()}) > 1 for meeting in told
        )
        visit = None if two_sided or not sentence.has(*VISITS) else _visit(context, sentence)
        if visit is not None and (
            not any(isinstance(meeting, Meeting) for meeting in told) or (isinstance(visit, Meeting) and visit.status == "planned")
        ):
            told = [visit, *_further_stops(context, sentence, visit)]
        found.extend(meeting for meeting in told if isinstance(meeting, Meeting))
        if not any(isinstance(meeting, Meeting) for meeting in told):
            _date_the_last(context, sentence, found)
            reason = next((meeting for meeting in told if isinstance(meeting, str)), "no encounter between two sides")
            rejected.append(Rejected(reason, sentence, triggers[0].start, triggers[0].end))
    return _with_places(_with_dateline(context, _with_places(_without_echoes(_distinct(context, found))))), rejected


def _signed_together(context: Context, sentence: Sentence) -> Meeting | None:
    """ "In Antalya the minister signed a memorandum with the Turkmen minister X": who signed with whom met."""
    here = [a for a in context.registry.of(sentence) if a.figure.name and a.figure.country]
    signing = next(iter(sentence.settled("SIGN", "SIGN_PLANNED")), None)
    if signing is None or signing.head != "SIGN" or len(here) != 2:
        return None
    roles = [role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) for a in here]
    if "with" not in roles or here[0].figure.country == here[1].figure.country:
        return None
    meeting = _encounter(context, Part(sentence, signing, tuple(here)))
    return meeting if isinstance(meeting, Meeting) and meeting.status == "held" and meeting.city else None


def _without_echoes(meetings: list[Meeting]) -> list[Meeting]:
    """A headline's visit without a day is the one that the text tells of, whatever tense its noun leaves open."""
    return [
        m
        for m in meetings
        if not (m.visit and m.sentence.title and (m.when is None or m.when.kind == "current"))
        or not any(o is not m and o.countries == m.countries and set(o.participants) & set(m.participants) for o in meetings)
    ]


def _date_the_last(context: Context, sentence: Sentence, found: list[Meeting]) -> None:
    """ "The call, which took place on Tuesday, …": the day of the encounter told just before, which has none of its own."""
    talks = sentence.of("TALKS", "PHONE", "VIDEO", "MEET")
    last = found[-1] if found else None
    if last is None or not talks or sentence.index - last.sentence.index > 2 or last.status != "held":
        return
    if (
        (last.when is not None and last.when.kind != "current")
        or context.registry.of(sentence)
        or _status(sentence, talks[0]) != "held"
    ):
        return
    when = _date(context, sentence, talks[0], "held")
    near = when is not None and when.precision == "day" and mention_distance(sentence, talks[0], when.start, when.end) <= 20
    if when is not None and near and (context.published is None or 0 <= (context.published - when.last).days <= NEWS):
        found[-1] = replace(last, when=when)


@dataclass(frozen=True)
class Part:
    """A sentence, or the part of it that tells one of several encounters. people: only these take part (None: all)."""

    sentence: Sentence
    trigger: Mention
    people: tuple[Appearance, ...]


def _signing(context: Context, sentence: Sentence) -> Meeting | None:
    """Two people of two sides who signed something together have met: "Prime ministers A and B signed a pact in Canberra"."""
    signing = next((m for m in sentence.settled("SIGN", "SIGN_PLANNED") if m.head == "SIGN"), None)
    if signing is None or not sentence.has("INSTRUMENT", "INSTRUMENT_PLURAL") or sentence.has("LETTER"):
        return None
    people = [
        a
        for a in context.registry.of(sentence)
        if a.by_name and a.figure.name and a.figure.country and mention_distance(sentence, signing, a.start, a.end) <= 16
    ]
    if len({a.figure.country for a in people}) < 2 or _status(sentence, signing) != "held":
        return None
    return _encounter(context, Part(sentence, signing, tuple(people)))  # type: ignore[return-value]


def _split(context: Context, sentence: Sentence) -> list[Part]:
    """One part for each encounter: "he was received by the president and held talks with the minister" tells two.

    Two encounters need three people: one who takes part in both (the first named, or the one a pronoun stands for) and one each who
    stands nearest to the word.
    """
    triggers = sentence.settled(*ENCOUNTERS)
    if not triggers:
        return []
    appearances = list(context.registry.of(sentence))
    referred = _pronoun(context, sentence, appearances)
    triggers = [m for m in triggers if m.head != "PRESENT"] or triggers
    strong = [m for m in triggers if m.head not in ("TALKS", "PHONE", "VIDEO")]
    trigger = (strong or triggers)[0]
    if sentence.title:
        # "Lukashenko called Mirziyoyev, Rahmon awaits Xi": a headline's clauses are news of their own.
        here = [a for a in appearances if sentence.clause(a.start) == sentence.clause(trigger.start)]
        if len({a.figure.country for a in here if a.figure.country}) > 1:
            appearances = here
    whole = [Part(sentence, trigger, (*referred, *appearances))]
    named = [a for a in [*referred, *appearances] if a.by_name and a.figure.name]
    others = list({a.figure.country: a for a in named[1:] if a.figure.country != named[0].figure.country}.values())
    if sentence.has("SEPARATE") and len(others) > 1:
        return [Part(sentence, trigger, (named[0], other)) for other in others]
    if len(strong) < 2:
        return whole
    if len({a.figure.name for a in named}) < 3:
        # "The president will receive him, and with Mishustin the Mongolian premier will discuss …": told by his office.
        named = [a for a in [*referred, *appearances] if a.figure.name and a.figure.country]
        countries = [country for _, country in {(a.figure.name, a.figure.country) for a in named}]
        alone = [a for a in named if countries.count(a.figure.country) == 1]
        if len(countries) < 3 or len(alone) != 1:
            return whole
        named = [*alone, *(a for a in named if a not in alone)]
    subject = named[0]
    objects: dict[int, list[Appearance]] = {}
    for appearance in named[1:]:
        if appearance.figure.name == subject.figure.name:
            continue
        # Where verbs stand in front, one in a later clause is met by others.
        near = [m for m in strong if m.end <= appearance.start or sentence.clause(m.start) == sentence.clause(appearance.start)]
        governing = strong if sentence.head_final else near or strong
        nearest = min(governing, key=lambda m: mention_distance(sentence, m, appearance.start, appearance.end))
        objects.setdefault(nearest.start, []).append(appearance)
    if len(objects) < 2:
        return whole
    return [Part(sentence, m, (subject, *objects[m.start])) for m in strong if m.start in objects]


def _pronoun(context: Context, sentence: Sentence, appearances: list[Appearance]) -> list[Appearance]:
    """Whom "he" means: the person last named before this sentence who is on no side named in it."""
    if not sentence.has("PRONOUN") and not _subject_elided(context, sentence, appearances):
        return []
    sides = {a.figure.country for a in appearances if a.figure.country}
    if len(sides) != 1:
        return []
    before = [a for a in context.registry.before(sentence, 5) if a.by_name]
    others = [a for a in before if a.figure.country and a.figure.country not in sides]
    if not others:
        return []
    # The subject of the sentence before is the one it goes on about.
    last = others[-1].sentence
    return [next(a for a in others if a.sentence == last)]


def _subject_elided(context: Context, sentence: Sentence, appearances: list[Appearance]) -> bool:
    """Whether nobody named can be the subject: "Başkan tarafından kabul edildi", "Lavrov'la görüştü"."""
    named = [a for a in appearances if a.figure.name]
    return (
        sentence.head_final
        and bool(named)
        and all(
            a.tags & {"acc", "ins"} or role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) in ("with", "agent")
            for a in named
        )
    )


def _status(sentence: Sentence, trigger: Mention) -> str | None:
    """held or planned by the trigger and the words beside it; None when it is denied or only imagined."""
    if sentence.denied(trigger.start):
        return None
    if sentence.has("CALLED_OFF"):
        return None
    beside = [m for m in sentence.mentions if sentence.governs(m, trigger)]
    if any(m.head == "NEGATION" and abs(m.start - trigger.start) <= 4 for m in beside):
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
    if trigger.head in PLANNED or any(m.head == "PLANNED" for m in beside):
        return "planned"
    if trigger.head == "TALKS" and sentence.has(*PLANNED):
        return "planned"
    signing = [m for m in sentence.of("SIGN_PLANNED") if 0 <= m.start - trigger.end <= 1]
    if sentence.head_final and trigger.head in ("VISIT", "TALKS") and signing:
        # "Ziyaretinde imzalanacak": what is to be signed during it tells that it is still to come.
        return "planned"
    return "held"


def _encounter(context: Context, part: Part) -> Meeting | str | None:
    """A meeting told as such: an encounter word and people of two sides, or of one side and the other side by office or country."""
    sentence, trigger, appearances = part.sentence, part.trigger, list(part.people)
    strong = trigger.head != "TALKS"
    appearances = [
        a for a in appearances if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) != "like"
    ]  # "X'in ardından": after X, without him
    appearances = [_counterpart_with_side(context, a, appearances) for a in appearances]
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
        if len(sides) < 2:
            sides = sides | _other_sides(context, sentence, appearances, sides)
    if len(sides) < 2:
        return "no second side" if people else None
    if not people and not (strong and sentence.has("DELEGATION", "OFFICE_PLURAL")):
        return "no representatives named"
    if sentence.has("LETTER") and trigger.head in ("TALKS", "PHONE") and not strong:
        return "a letter is no meeting"
    if trigger.head == "PRESENT" and not _presented(context, part):
        return "presented to nobody of another side"
    status = _status(sentence, trigger)
    if status is None:
        return "denied, conditional or only invited"
    if not (strong and people) and _counted(context, sentence, trigger):
        return "a number of meetings, none of them told"
    if trigger.head == "TALKS" and not strong and not _talks_count(context, part):
        return "talks mentioned, not held by the people named"
    medium = "phone" if sentence.has("PHONE") else "video" if sentence.has("VIDEO") else "in_person"
    when = _date(context, sentence, trigger, status)
    if status == "held" and when is not None and context.published is not None and when.precision == "day":
        status = "planned" if when.first > context.published and when.kind != "current" else status
    city, host = _place(context, sentence, sides) if medium == "in_person" else (None, None)
    return Meeting(
        tuple(sorted(s for s in sides if s)), people, medium, status, when, city, host, _forum(context, sentence), sentence,
        f"meeting:{trigger.head.lower()}:{how}", until=_until(context, sentence, status),
        unnamed=frozenset((a.figure.country, a.figure.role) for a in appearances if a.figure.country and not a.figure.name),
        group=strong and len(people) == 1 and sentence.has("DELEGATION") and not sentence.has("COUNTERPART", "OFFICE_PLURAL"),
    )  # fmt: skip


def _presented(context: Context, part: Part) -> bool:
    """Whether one person presents something to another of another side: "the governor of Tokyo presented a concept to the president"."""
    sentence = part.sentence
    people = [a for a in part.people if a.figure.name and a.figure.country]
    receivers = [a for a in people if role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "goal"]
    return any(a.figure.country != r.figure.country for r in receivers for a in people)


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
        fitting = [f for f in figures if f.role == mention.value]
        if len(fitting) < 2 and mention.value in MINISTERS:
            fitting = [f for f in figures if f.role in MINISTERS]
        if len(fitting) > 2:
            fitting = [f for f in fitting if context.pair and f.country in context.pair]
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
    for side in named:
        if side.head == "DEMONYM" or side.role in ("with", "owner", "agent", None):
            return {side.code}
    met = any(role_of(context.text, sentence, a.start, a.end, a.tags, a.prefixes) == "with" for a in appearances if a.by_name)
    if met or sentence.has("COUNTERPART", "DELEGATION", "SIDES", "OFFICE_PLURAL"):
        code = next(iter(sides))
        other = context.other(code) if code else None
        return {other} if other else set()
    for side in named:
        return {side.code}
    return set()


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


def _visit(context: Context, sentence: Sentence) -> Meeting | str | None:
    """A visit of a named person to another country."""
    triggers = sorted(sentence.settled(*VISITS), key=lambda m: m.head not in PLANNED)
    if not triggers:
        return None
    destination = None
    for trigger in triggers:
        status = _status(sentence, trigger)
        if status is None:
            continue
        visitor = _visitor(context, sentence, trigger)
        if visitor is None:
            continue
        destination = _destination(context, sentence, trigger, visitor.country)
        if destination is None:
            continue
        host, city = destination
        when = _date(context, sentence, trigger, status)
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
            _forum(context, sentence), sentence, f"meeting:{trigger.head.lower()}:visit", True, _until(context, sentence, status),
        )  # fmt: skip
    return "a visit without visitor or destination"


def _further_stops(context: Context, sentence: Sentence, visit: Meeting | str) -> list[Meeting]:
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
    people = [a for a in context.registry.of(sentence) if a.figure.name and a.figure.country]
    if not sentence.head_final and any(0 <= trigger.start - p.end <= 2 for p in sentence.of("PRONOUN")):
        # "He arrived in Istanbul, where he met the club's president": the one told of before.
        people = [a for a in context.registry.before(sentence, 3) if a.figure.name and a.figure.country][-1:]
        return people[0].figure if people else None
    if not people:
        return None

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
        if role in ("source", "with", "agent"):
            continue
        other = [m for m in sentence.of(*VISITS) if m.end == mention.start != trigger.end]
        if other and role is None and not sentence.head_final:
            continue  # "will leave, having visited Beirut, for Muscat"
        if best is None or weight < best[0]:
            best = (weight, country, city if mention.head != "COUNTRY" else None)
    return (best[1], best[2]) if best and best[0] <= 25 else None


def _date(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """The date nearest to the encounter; "the same day" and no date at all take the current day of events (held ones)."""
    dates = find_dates(context.text, sentence, context.published, context.anchor, planned=status == "planned")
    # "Manama, 30 September 2025 / BNA / … met yesterday": the day of the telling, where another is told.
    opening = sentence.start + 8
    told_on = [
        d for d in dates if context.basis == "dateline" and d.first == context.published and d.kind == "stated" and d.end <= opening
    ]
    dates = [d for d in dates if d not in told_on and d.precision == "day"] or dates
    if dates:
        best = min(dates, key=lambda d: (d.precision != "day", mention_distance(sentence, trigger, d.start, d.end)))
        # A weekday in another clause is often the day somebody spoke of it: it may date the meeting, but excludes no other date.
        aside = best.kind in ("weekday", "relative") and sentence.clause(best.start) != sentence.clause(trigger.start)
        return replace(best, kind="current") if aside else best
    told = (same_day(context, sentence) if status == "planned" else None) or same_year(context, sentence)
    if told is not None:
        return told
    year = _relative_year(context, sentence, trigger, status)
    if year is not None:
        return year
    current = context.current.get(sentence.index)
    if current is not None and sentence.has("NEXT_DAY"):
        return replace(current, kind="relative")
    if status == "planned" or sentence.has("PHONE", "VIDEO"):
        return None
    return replace(current, kind="current") if current else None


def _relative_year(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """ "Next year", "last year" in the clause of an encounter; this year only of what is planned."""
    for mention in sentence.of("YEAR_OF") if context.published else ():
        offset = int(float(mention.value))
        ahead = offset or status == "planned"
        if ahead and context.published and sentence.clause(mention.start) == sentence.clause(trigger.start):
            first, last = year_span(context.published.year + offset)
            return When(first, last, "year", mention.start, mention.end, "relative")
    return None


def _until(context: Context, sentence: Sentence, status: str) -> dt.date | None:
    """ "By the end of this year": the last day of a planned meeting whose day is open."""
    if status != "planned" or context.published is None:
        return None
    for mention in sentence.of("YEAR_OF"):
        if sentence.has("UNTIL_BEFORE", "UNTIL_AFTER"):
            return dt.date(context.published.year + int(float(mention.value)), 12, 31)
    return None


def _place(context: Context, sentence: Sentence, sides: set[str]) -> tuple[str | None, str | None]:
    """City and host country of an encounter: a city that is its place, or a country visited."""
    cities = context.text.pack.cities
    ranked: list[tuple[int, int, str]] = []
    for mention in sentence.of("CITY"):
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        rank = {"place": 0, "goal": 1, None: 3}.get(role, 4)
        if rank < 4:
            ranked.append((rank, mention.start, mention.value))
    for mention in sentence.of("CAPITAL"):
        city = city_of_phrase(context.text, sentence, mention)
        if city:
            ranked.append((2, mention.start, city))
    home = context.text.pack.settings.get("home")
    if home and sentence.has("HOME_CAPITAL") and (city := capital_of(home)):
        ranked.append((2, sentence.start, city))
    if context.dateline and sentence.has("HERE"):
        ranked.append((2, sentence.start, context.dateline))
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


def _forum(context: Context, sentence: Sentence) -> str | None:
    """A multilateral format named with its organisation."""
    for forum in sentence.of("FORUM"):
        organisation = next(
            (m for m in sentence.of("ORGANISATION") if mention_distance(sentence, m, forum.start, forum.end) <= 4), None
        )
        if organisation:
            return f"{organisation.value} summit"
    return None


def _distinct(context: Context, found: list[Meeting]) -> list[Meeting]:
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


def _with_places(meetings: list[Meeting]) -> list[Meeting]:
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
                if shared and at_home and (near or not apart(meeting.when, other.when)):
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


def _with_dateline(context: Context, meetings: list[Meeting]) -> list[Meeting]:
    """A meeting held, told without a place, by a text written in a city of one of its sides, was held there.

    In a text without a dateline: in the only city that it speaks of as a place.
    """
    city = context.dateline or _only_place(context)
    country = context.text.pack.cities.get(city) if city else None
    return [
        replace(m, city=city, host=country)
        if m.medium == "in_person"
        and m.city is None
        and m.status == "held"
        and country in m.countries
        and m.host in (None, country)
        else m
        for m in meetings
    ]


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


def _same(one: Meeting, other: Meeting) -> bool:
    if set(one.countries) == set(other.countries) and (_within(one, other) or _within(other, one)):
        return True
    if one.medium != other.medium and _told_again(one, other):
        return True
    if one.status != other.status or one.medium != other.medium or len(set(one.countries) & set(other.countries)) < 2:
        return False
    if apart(one.when, other.when):
        return False
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
