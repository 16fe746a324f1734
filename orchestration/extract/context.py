"""What a whole document settles for its sentences: when it speaks, who its two sides are, and what part each name plays."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache

from orchestration.extract.dates import Anchor, When, find_dates, year_at, year_span
from orchestration.extract.packs import read_table
from orchestration.extract.people import Appearance, Figure, Registry, banks, is_given_name, unions
from orchestration.extract.quantities import number_tags
from orchestration.extract.reader import CLAUSE_MARKS, DICTIONARY_FORM, HYPHENS, QUOTES, SENTENCE_ENDS, Mention, Sentence, Text

ASIDE = 10  # tokens: how much farther an adjective in another clause counts, which describes a thing ("Russian gold") more often
LONGEST_SIGNATURE = 14  # tokens
SPOKEN_OF = 5  # sentences: how far back the states that a number of them means may have been named
SAME_NOUN = 3  # letters at its end by which a noun, with whatever article or preposition is written onto it, is the same
GIVING = frozenset({"FINANCE", "GRANT", "LOAN", "SELL"})
ENCOUNTERS = ("MEET", "MEET_PLANNED", "RECEIVE", "VISIT", "VISIT_PLANNED", "PHONE", "VIDEO")
SIDE_HEADS = ("COUNTRY", "DEMONYM", "ORGANISATION", "AGENCY")


@dataclass(frozen=True)
class Side:
    """A country or organisation at tokens start..end. role: source, goal, place, with, owner, agent; none: subject or unknown."""

    code: str
    start: int
    end: int
    role: str | None
    head: str
    tags: frozenset[str] = frozenset()


@dataclass
class Context:
    """A document's reading with what it settles.

    pair: its two most spoken-of sides. home: the side of offices and "our country". current: for each sentence the last day named
    up to it that can be the day of the events told.
    """

    text: Text
    published: dt.date | None
    basis: str | None
    anchor: Anchor
    registry: Registry
    pair: tuple[str, str] | None = None
    home: str | None = None
    dateline: str | None = None  # the city in which the text says it was written
    datelines: dict[int, str] = field(default_factory=dict)  # by paragraph, where a text of many items says so for each
    current: dict[int, When | None] = field(default_factory=dict)
    told: dict[int, When | None] = field(default_factory=dict)  # for each sentence the last day named before it, past or to come
    year: dict[int, int | None] = field(default_factory=dict)  # for each sentence the year last named up to it
    sides: dict[int, list[Side]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    author: Figure | None = None  # who speaks in the first person and signs at the end

    def told_from(self, sentence: Sentence) -> str | None:
        """The city in which a sentence was written: that of its own item, else that of the text."""
        return self.datelines.get(sentence.paragraph, self.dateline)

    def other(self, code: str) -> str | None:
        """The document's other side, seen from one of the pair; for a third side the home side or the first of the pair."""
        if self.pair is None:
            return None
        if code in self.pair:
            return self.pair[1] if code == self.pair[0] else self.pair[0]
        away = self.dateline is not None and self.home is not None and self.dateline != capital_of(self.home)
        if code in banks() and away:
            # Told from a summit's town: the bank lends to the state that is spoken of most.
            return next((side for side in self.pair if side not in banks()), self.pair[0])
        return self.home if self.home in self.pair else self.pair[0]


@cache
def principals() -> frozenset[str]:
    """Codes of those that conclude and pay in their own name, as a rule: countries, banks and unions of states."""
    return _country_codes() | banks() | unions()


@cache
def _seats() -> dict[str, str]:
    """The city where an organisation sits, by its code."""
    return {row["code"]: row["seat"] for row in read_table("organisations.csv") if row["seat"]}


def seat_of(organisation: str) -> str | None:
    """English name of the city where an organisation sits."""
    return _seats().get(organisation)


@cache
def _capitals() -> dict[str, str]:
    return {row["code"]: row["capital"] for row in read_table("countries.csv")}


def capital_of(country: str) -> str | None:
    """English name of a country's capital."""
    return _capitals().get(country) or None


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    """The countries of a region, by its code."""
    return {row["code"]: tuple(row["members"].split("|")) for row in read_table("regions.csv")}


def led_in_region(sentence: Sentence) -> tuple[str, ...]:
    """The countries of a region whose leaders or ministers a sentence tells of together: "the five presidents of Central Asia"."""
    offices = [*sentence.of("OFFICE_PLURAL"), *(m for m in sentence.of("OFFICE") if "pl" in m.tags)]
    for region in sentence.of("REGION"):
        members = _regions()[region.value]
        counted = [m for m in sentence.of("SEVERAL_COUNTRIES") if float(m.value) == len(members)]
        if any(mention_distance(sentence, m, region.start, region.end) <= 4 for m in [*offices, *counted]):
            return members
    return ()


def counted_states(context: Context, sentence: Sentence) -> tuple[str, ...]:
    """The states that "the three countries", "the six presidents" mean: as many as were named together last.

    Else those of a region told of before, with the document's other side if that makes up the number.
    """
    many = max((int(float(m.value)) for m in sentence.of("SEVERAL_COUNTRIES")), default=0)
    if not many:
        return ()
    earlier = context.text.sentences[sentence.index :: -1]
    for one in earlier[:SPOKEN_OF]:
        people = [a.figure.country for a in context.registry.of(one) if a.by_name]
        named = dict.fromkeys(c for c in [*(s.code for s in context.sides[one.index]), *people] if c in principals())
        if len(named) == many:
            return tuple(code for code in named if code)
    for region in (m for one in earlier for m in one.of("REGION")):
        members = _regions()[region.value]
        spoken_of = sorted(context.weights, key=lambda code: (-context.weights[code], code))
        guests = [code for code in spoken_of if code in principals() and code not in members][:1]
        if many in (len(members), len(members) + len(guests)):
            return members if many == len(members) else (*members, *guests)
    return ()


def role_of(text: Text, sentence: Sentence, start: int, end: int, tags: frozenset[str], prefixes: frozenset[str]) -> str | None:
    """The part a noun phrase plays, by glued prefix, word behind, word in front, or case."""
    for prefix in ("source", "goal", "place", "with", "owner", "agent"):
        if prefix in prefixes:
            return prefix
    pack = text.pack
    for length in (2, 1):
        if end + length <= sentence.end:
            role = pack.after.get(" ".join(pack.normalize(word) for word in text.words[end : end + length]))
            if role:
                return role
    # In front, over at most two small or describing words ("in neighbouring Kazakhstan", "from the Netherlands").
    for gap in range(3):
        stop = start - gap
        if stop <= sentence.start or (gap and (text.words[stop] in CLAUSE_MARKS or tags == DICTIONARY_FORM)):
            # A name in the dictionary form is governed by nothing farther in front: "next in line is Indonesia".
            break
        if gap and any(m.start == stop and m.head in ("EXPORT", "IMPORT") for m in sentence.starting_at(stop)):
            break  # "while Tajikistan exported": the verb's subject
        if any(m.start < stop <= m.end for m in sentence.of("MEMBER")):
            break  # "в том числе Узбекистан": the word in front is one of a set phrase
        for length in (2, 1):
            if stop - length >= sentence.start:
                role = pack.before.get(" ".join(pack.normalize(word) for word in text.words[stop - length : stop]))
                if role:
                    return _by_case(pack.case_roles, role, tags)
    while end < sentence.end and text.words[end] in QUOTES:
        end += 1
    if end in range(sentence.start + 1, sentence.end) and text.words[end - 1] in QUOTES:
        role = pack.after.get(pack.normalize(text.words[end]))
        if role:
            return role
    if pack.settings.get("compounds") and not tags:
        tags = _tags_of_head(text, sentence, end)
    if {"gen", "dat"} <= tags and "gen" in pack.case_roles and "dat" in pack.case_roles:
        # One form for both: behind a word of giving it is the receiver, else the owner of what stands in front.
        given = any((m.end == start or (m.gapped and m.start + 1 == start)) and m.head in GIVING for m in sentence.mentions)
        if end + 1 < sentence.end and sentence.starting("COUNTRY", end + 1) and pack.before.get(pack.normalize(text.words[end])):
            given = False  # "экспорт Германии в Китай": to whom stands behind
        return pack.case_roles["dat" if given else "gen"]
    for tag in ("abl", "dat", "loc", "ins", "gen"):
        if tag in tags and tag in pack.case_roles:
            return pack.case_roles[tag]
    return None


def _tags_of_head(text: Text, sentence: Sentence, end: int) -> frozenset[str]:
    """Grammar of the noun that a name without grammar of its own stands before: "Kırgız bütçesine" is to the Kyrgyz."""
    if end >= sentence.end or not text.words[end][0].islower():
        return frozenset()
    word = text.pack.normalize(text.words[end])
    suffixes = text.pack.recognizer.suffixes.tags_of
    for length in range(min(4, len(word) - 4), 0, -1):
        case = suffixes.get(word[-length:], set()) & {"dat", "abl", "loc", "ins"}
        stem = word[:-length]
        if case and any("poss" in suffixes.get(stem[-size:], ()) and len(stem) - size >= 3 for size in (2, 1)):
            return frozenset(case)
    return frozenset()


def _by_case(case_roles: dict[str, str], role: str, tags: frozenset[str]) -> str:
    """A word in front that governs two cases: place with the locative, goal with the accusative (Russian в, на)."""
    if role == "place" and "acc" in tags and "loc" not in tags and "nom" not in tags and case_roles:
        return "goal"
    return role


def find_sides(text: Text, sentence: Sentence, seats: dict[str, str] | None = None) -> list[Side]:
    """Countries and organisations of a sentence with their parts, in order.

    seats: the cities that speak for a union of states which the text names.
    """
    sides: list[Side] = []
    for mention in sorted(sentence.of(*SIDE_HEADS), key=lambda m: (m.start, -m.end, SIDE_HEADS.index(m.head))):
        if any(side.start == mention.start and side.end == mention.end for side in sides):
            continue
        role = role_of(text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        if role is None and mention.head == "DEMONYM" and sentence.adjectives_follow and _contracted(text, sentence, mention):
            role = "goal"
        if mention.head == "ORGANISATION" and any(m.end == mention.start for m in sentence.of("ASIDE")):
            continue  # "By the bank's reckoning": who tells, no side of what is told
        sides.append(Side(mention.value, mention.start, mention.end, role, mention.head, mention.tags))
    for mention in sentence.of("CITY"):
        # "Tokyo funds …", "between Moscow and Astana": a capital that is no place in its sentence speaks for its state.
        country = text.pack.cities.get(mention.value)
        if country is None or capital_of(country) != mention.value or any(s.start <= mention.start < s.end for s in sides):
            continue
        if is_given_name(text, sentence, mention):
            continue
        dateline = in_dateline(text, sentence, mention)
        if not _beside_a_capital(text, sentence, mention):
            country = (seats or {}).get(mention.value, country)
        role = role_of(text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        # "Sold to Kabul": where a case by itself tells to whom.
        giving = any((m.start > mention.start) == sentence.head_final for m in sentence.of(*GIVING))
        given = role == "goal" and mention.tags == {"dat"} and giving and sentence.has("CURRENCY", "UNIT")
        if (role not in ("place", "goal") or given) and not dateline and not sentence.has("VISIT", "VISIT_PLANNED"):
            sides.append(Side(country, mention.start, mention.end, role, "CAPITAL", mention.tags))
    return sorted(sides, key=lambda side: side.start)


def _beside_a_capital(text: Text, sentence: Sentence, city: Mention) -> bool:
    """ "Moscow and Bishkek will sign": beside another capital a union's seat speaks for its own state."""
    return any(
        other is not city and capital_of(text.pack.cities.get(other.value, "")) == other.value and _one_apart(text, city, other)
        for other in sentence.of("CITY")
    )


def _one_apart(text: Text, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda m: m.start)
    between = text.words[first.end : second.start]
    return len(between) == 1 and (between[0] in HYPHENS or (between[0].isalpha() and len(between[0]) <= 3))


def _contracted(text: Text, sentence: Sentence, adjective: Mention) -> bool:
    """Whether the noun that an adjective follows has the dative preposition written onto its article: للسوق المصرية."""
    return adjective.start > sentence.start and text.words[adjective.start - 1].startswith(text.pack.contractions)


def build_context(text: Text, published: dt.date | None, basis: str | None, registry: Registry, pair_only: bool = False) -> Context:
    """Settle pair, home and dates of a document."""
    context = Context(text, published, basis, published, registry)
    weights: dict[str, float] = defaultdict(float)
    last = max(len(text.sentences), 1)
    named = {m.value for sentence in text.sentences for m in sentence.of("ORGANISATION")}
    seats = {city for code, city in _seats().items() if code in named}
    lenders = {city for code, city in _seats().items() if code in named & banks()}
    unions = {city: code for code, city in _seats().items() if code in named and code in principals()}
    for sentence in text.sentences:
        context.sides[sentence.index] = find_sides(text, sentence, unions)
        early = 2.0 if sentence.index <= 2 else 1.0 + 0.5 * (1 - sentence.index / last)
        for side in context.sides[sentence.index]:
            # "Signed in Luxembourg": where a lender sits that is spoken of.
            at_its_seat = side.role == "place" and side.head == "COUNTRY" and capital_of(side.code) in lenders
            if side.head != "CAPITAL" and not at_its_seat:
                weights[side.code] += early * (0.8 if side.head == "DEMONYM" else 0.5 if side.head == "AGENCY" else 1.0)
        for appearance in registry.of(sentence):
            if appearance.figure.country:
                weights[appearance.figure.country] += early * (0.8 if appearance.by_name else 0.4)
        for city in sentence.of("CITY"):
            country = text.pack.cities.get(city.value)
            if country and capital_of(country) == city.value and city.value not in seats:
                weights[country] += early * 0.5
    if sum(code in principals() for code in weights) == 1:
        # "An Iranian company and the port of Aktau": the other side is told of by its towns alone.
        for town in (m.value for sentence in text.sentences for m in sentence.of("CITY")):
            if (country := text.pack.cities.get(town)) and town not in seats and country not in weights:
                weights[country] = 0.5
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    context.weights = dict(weights)
    # Other organisations are a side only where fewer than two countries are spoken of.
    states = [code for code in ranked if code in principals()]
    chosen = states if len(states) >= 2 and weights[states[1]] >= 0.35 * weights[ranked[0]] else ranked
    if len(chosen) >= 2 and _told_together(context, chosen[0], chosen[1]):
        country = next((code for code in states if code in _country_codes()), None)
        # Two banks lend to a country, not to each other.
        context.pair = (chosen[0], country if country and set(chosen[:2]) <= banks() else chosen[1])
    context.dateline = _dateline_city(text)
    context.datelines = _datelines(text)
    at_home = text.pack.cities.get(context.dateline) if context.dateline else None
    if context.dateline in seats and at_home not in {side.code for sides in context.sides.values() for side in sides}:
        at_home = None  # told from where the organisation sits that it speaks of
    context.home = (
        at_home or _visited(context, states[:2]) or next((code for code in states if code not in banks()), next(iter(states), None))
    )
    context.author = _author(text, registry)
    _add_implied_sides(context)
    if pair_only:
        return context
    if published is None:
        context.anchor = _anchor(text, registry)
    _trace_current_day(context)
    return context


def _visited(context: Context, states: list[str]) -> str | None:
    """Of the two states most spoken of the one to whose town the headline tells that somebody came: "The Emir has flown to Astana"."""
    for sentence in context.text.sentences[:1]:
        for city in sentence.of("CITY") if sentence.title and sentence.has("VISIT") else ():
            role = role_of(context.text, sentence, city.start, city.end, city.tags, city.prefixes)
            country = context.text.pack.cities.get(city.value)
            if role in ("goal", "place") and country in states:
                return country
    return None


def _told_together(context: Context, one: str, other: str) -> bool:
    """Whether a text tells of two sides in one paragraph, or of the second more than once; else it is named in passing, if it is no bank."""
    told: dict[str, list[int]] = {one: [], other: []}
    for sentence in context.text.sentences:
        codes = {s.code for s in context.sides[sentence.index]} | {a.figure.country for a in context.registry.of(sentence)}
        codes |= {context.text.pack.cities.get(city.value) for city in sentence.of("CITY")}
        for code in told.keys() & codes:
            told[code].append(sentence.paragraph)
    return len(told[other]) > 1 or bool({one, other} & banks() or set(told[one]) & set(told[other]))


def _add_implied_sides(context: Context) -> None:
    """The sides that "our country" and "the bank" mean: that of the language or the home side, and the lender last named."""
    text = context.text
    home = text.pack.settings.get("home") or context.home
    lenders: list[Side] = []
    lender: str | None = None
    union: str | None = None
    for sentence in text.sentences:
        sides = context.sides[sentence.index]
        implied = [(m, owner, "HOME") for m in sentence.of("OWN_COUNTRY") if (owner := _speaker(context, sentence, m))]
        implied += [(m, home, "HOME") for m in sentence.of("HOME")] if home else []
        if context.author and context.author.country:
            implied += [(m, context.author.country, "HOME") for m in sentence.of("FIRST_PERSON")]
        known = any(side.code in banks() for side in sides)
        if lender and not known:
            implied += [
                (m, _named_so(text, m, lenders), "LENDER") for m in sentence.of("LENDER") if _stands_alone(text, sentence, m)
            ]
        if union and not any(side.code in unions() for side in sides):
            implied += [(m, union, "ORGANISATION") for m in sentence.of("UNION") if text.capital(m.start)]
        for mention, code, head in implied:
            if not any(side.start <= mention.start < side.end for side in sides):
                role = role_of(text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
                sides.append(Side(code, mention.start, mention.end, role, head, mention.tags))
        sides.sort(key=lambda side: side.start)
        named_lenders = {m.start for m in sentence.of("STATE_LENDER")}
        lenders += [s for s in sides if (s.code in banks() and s.head == "ORGANISATION") or s.start in named_lenders]
        lender = lenders[-1].code if lenders else None
        union = next((side.code for side in reversed(sides) if side.code in unions()), union)


def _named_so(text: Text, mention: Mention, lenders: list[Side]) -> str:
    """Which of the lenders named before "the bank" or "the fund" means: the last that is called so, else the last."""
    # "The bank's director": as "the bank".
    noun = text.words[mention.end - 1].lower().partition("'")[0].partition("’")[0][-SAME_NOUN:]
    so = [s for s in lenders if any(noun in word.lower() for word in text.words[s.start : s.end])]
    return (so or lenders)[-1].code


def _speaker(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    """Whose country "his country" is: the first person's named in front of it, else the first one's of the sentence before.

    With nobody in front, a country that opens the sentence, whose body acts: "Romanya Meclisi ülkesi ile …".
    """
    if context.author is not None:
        return context.author.country
    here = [a.figure.country for a in context.registry.of(sentence) if a.end <= mention.start and a.figure.country]
    sides = context.sides[sentence.index]
    here = here or [s.code for s in sides if s.start == sentence.start and s.head == "COUNTRY" and not s.tags]
    before = [a.figure.country for a in context.registry.before(sentence, 1) if a.figure.country]
    return next(iter(here or before), None)


def _stands_alone(text: Text, sentence: Sentence, mention: Mention) -> bool:
    """Whether no name and no describing word stands before a noun: "the bank", not "Halyk Bank" or "the central bank"."""
    before = mention.start - 1
    if before < sentence.start or text.words[before] in CLAUSE_MARKS or mention.end - mention.start > 1:
        return True  # with its article the phrase is complete
    described = any(
        m.end == mention.start and m.head not in ("THIS", "INSTRUMENT", "SUBJECT_OF", "SCALE", "NUMBER", "CURRENCY")
        for m in sentence.mentions
    )
    return not described and not text.words[before][0].isupper()


def _author(text: Text, registry: Registry) -> Figure | None:
    """Who speaks in a text in the first person: the one it says was interviewed, else the one named in its last lines, which are short."""
    if not any(sentence.has("FIRST_PERSON") for sentence in text.sentences):
        return None
    asked = next((sentence for sentence in text.sentences if sentence.has("INTERVIEWED")), None)
    if asked is not None:
        return next((a.figure for a in registry.of(asked) if a.by_name and a.figure.country), None)
    for sentence in text.sentences[-2:]:
        if sentence.end - sentence.start <= LONGEST_SIGNATURE and text.words[sentence.end - 1] not in SENTENCE_ENDS:
            for appearance in registry.of(sentence):
                if appearance.by_name and appearance.figure.country:
                    return appearance.figure
    return None


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table("countries.csv"))


def _dateline_city(text: Text) -> str | None:
    """The city of the dateline."""
    for sentence in text.sentences[:3]:
        for city in sentence.of("CITY")[:1]:
            if in_dateline(text, sentence, city) and len(text.words[city.start]) > 3:
                return city.value if city.value in text.pack.cities else None
    return None


def _datelines(text: Text) -> dict[int, str]:
    """The city in capitals that opens each item of a text of several, by paragraph."""
    found: dict[int, str] = {}
    for sentence in text.sentences if text.pack.capitals else ():
        city = next((m for m in sentence.of("CITY") if m.start == sentence.start), None)
        if (
            city
            and _opens_paragraph(text, sentence)
            and text.words[city.start].isupper()
            and len(text.words[city.start]) > 3
            and city.value in text.pack.cities
        ):
            found[sentence.paragraph] = city.value
    return found if len(found) > 1 else {}


def in_dateline(text: Text, sentence: Sentence, city: Mention) -> bool:
    """Whether a city opens a sentence as the place it is told from: in capitals, or before a mark, an agency or a date."""
    if city.start - sentence.start > 1:
        return False
    if text.pack.capitals:
        day = text.words[city.end + 1 : city.end + 2] if text.words[city.end : city.end + 1] == [","] else []
        # "Jakarta, 14 January 2026", "Джакарта, 2026 жылғы 14 қаңтар"
        dated = day != [] and day[0].isdigit() and any(2 <= m.start - city.end <= 4 for m in sentence.of("MONTH"))
        return text.words[city.start].isupper() or (city.start == sentence.start and dated)
    behind = text.words[city.end] if city.end < sentence.end else ""
    return bool(behind) and (behind in "-–—/(،," or behind[0].isdigit())


def _anchor(text: Text, registry: Registry) -> Anchor:
    """What gives days without a year their year in a text that does not say when it was published.

    Its full dates, where all are of one year; else its months with a year; else the time in which all the people it names held the
    offices it gives them.
    """
    dates = [when for sentence in text.sentences for when in find_dates(text, sentence, None, None)]
    for precision in ("day", "month"):
        full = [when for when in dates if when.precision == precision]
        years = {when.first.year for when in full}
        if len(years) == 1:
            return max(when.last for when in full)
        if years:
            return None
    first, last = dt.date.min, dt.date.max
    for figure in registry.figures.values():
        terms = [term for term in text.pack.people.get(figure.name, []) if term.role == figure.role]
        if len(terms) == 1:
            first = max(first, terms[0].term_start or dt.date.min)
            last = min(last, terms[0].term_end or dt.date.max)
    return (first, last) if dt.date.min < first < last < dt.date.max else None


def _trace_current_day(context: Context) -> None:
    """For each sentence the last day named up to it; "the same day" keeps it, "the next day" and "the day before" move it."""
    current: When | None = None
    told: When | None = None
    told_in = -1
    year: int | None = None
    # "The day before, he had come to Gdansk": a step back in a text that has begun to tell of its day is over with its paragraph.
    back_from: tuple[int, When | None] | None = None
    opening = next((s.paragraph for s in context.text.sentences if not s.title), None)
    for sentence in context.text.sentences:
        if back_from is not None and sentence.paragraph != back_from[0] and not sentence.has("SAME_DAY", "NEXT_DAY"):
            current, back_from = back_from[1], None
        so_far = current
        if sentence.paragraph in context.datelines and _opens_paragraph(context.text, sentence):
            current = None  # The next item's events have days of their own.
        years = [found for token in range(sentence.start, sentence.end) if (found := year_at(context.text, token))]
        year = years[-1] if years else year
        context.year[sentence.index] = year
        context.told[sentence.index] = told
        told_here = told_in
        ahead = sentence.has("MEET_PLANNED", "VISIT_PLANNED", "SIGN_PLANNED") and not sentence.has(
            "MEET", "RECEIVE", "SIGN", "VISIT"
        )
        for when in find_dates(context.text, sentence, context.published, context.anchor, planned=ahead):
            if when.precision == "month" and sentence.has(*ENCOUNTERS) and not sentence.has("CURRENCY"):
                told = when  # "In April they met. At the same time …": in April too
            if when.precision != "day":
                continue
            if sentence.has("CALLED_OFF"):
                continue
            told = when
            told_in = sentence.index
            if context.published is not None and not -10 <= (when.last - context.published).days <= 1:
                continue
            if context.published is not None and when.kind != "stated" and when.first > context.published:
                continue
            current = when
        for shift in sentence.of("NEXT_DAY", "DAY_BEFORE"):
            back = shift.head == "DAY_BEFORE"
            # "On Tuesday … were signed. The day before …": before the day just told, if it is not that of publication.
            before = so_far if back else current
            earlier = before is not None and before.kind in ("weekday", "stated") and 0 < sentence.index - told_here <= 2
            fresh = back and context.published and not (earlier and before and before.first < context.published)
            base = context.published if fresh else before.first if before else None
            if base is not None:
                begun = opening is not None and sentence.paragraph > opening
                back_from = (sentence.paragraph, so_far) if fresh and begun else None
                day = base + dt.timedelta(days=-1 if back else 1)
                current = told = When(day, day, "day", shift.start, shift.end, "relative")
                told_in = sentence.index
        context.current[sentence.index] = current
        if so_far is not None and current is not None and current.first < so_far.first and _looks_back(sentence):
            current = so_far


def _looks_back(sentence: Sentence) -> bool:
    """ "Yesterday they had met in Muscat, too": told in passing, whatever the verbs in front of the last one say."""
    last = max((m.end for m in sentence.of("RECALLED")), default=None)
    return last is not None and not any(m.start >= last for m in sentence.of("SIGN", *ENCOUNTERS))


def _opens_paragraph(text: Text, sentence: Sentence) -> bool:
    return sentence.index == 0 or text.sentences[sentence.index - 1].paragraph != sentence.paragraph


def same_year(context: Context, sentence: Sentence) -> When | None:
    """What "the same year" means: the year last named."""
    year = context.year.get(sentence.index)
    for mention in sentence.of("SAME_YEAR"):
        if year is not None:
            first, last = year_span(year)
            return When(first, last, "year", mention.start, mention.end, "relative")
    return None


def year_beside(context: Context, sentence: Sentence, verb: Mention) -> When | None:
    """A bare year beside a verb, in its clause, that says when: "signed in 2014"."""
    text = context.text
    for token in range(max(sentence.start, verb.start - 8), min(sentence.end, verb.end + 8)):
        year = year_at(context.text, token)
        if year is None or sentence.clause(token) != sentence.clause(verb.start):
            continue
        beside = (text.words[at : at + 1] for at in (token - 1, token + 1))
        ranged = any(mark and mark[0] in HYPHENS for mark in beside)
        if ranged or any(m.end == token for m in sentence.of("SUBJECT_OF")):
            # "The plan for 2025".
            continue
        if role_of(context.text, sentence, token, token + 1, number_tags(context.text, token), frozenset()) == "place":
            first, last = year_span(year)
            return When(first, last, "year", token, token + 1)
    return None


def same_day(context: Context, sentence: Sentence) -> When | None:
    """What "the same day" means: the day last named before."""
    when = context.told.get(sentence.index)
    return replace(when, kind="relative") if when is not None and sentence.has("SAME_DAY") else None


def city_of_phrase(text: Text, sentence: Sentence, capital: Mention) -> str | None:
    """The city that "the Turkish capital", "Kazakistan'ın başkenti" means."""
    for mention in sentence.of("DEMONYM", "COUNTRY"):
        gap = capital.start - mention.end if mention.end <= capital.start else mention.start - capital.end
        if 0 <= gap <= 2:
            return capital_of(mention.value)
    return None


def sides_of_people(appearances: list[Appearance]) -> list[str]:
    return list(dict.fromkeys(a.figure.country for a in appearances if a.figure.country))


def choose_pair(
    context: Context, sentence: Sentence, near: int, exclude: frozenset[str] = frozenset()
) -> tuple[tuple[str, str] | None, str]:
    """The two sides of a claim, and how they were found ("stated", "completed", "document").

    Those named in the sentence, nearest to a token first; one alone is completed with the document's other side; none: those
    of the sentence before where a pronoun refers to it and it has turned to a third side, else the document's pair.
    """
    sides = [s for s in context.sides[sentence.index] if s.code not in exclude]
    # Each side of a semicolon is told by itself, but one that names nobody goes on with what stands in front.
    sides = [s for s in sides if not context.text.parted(s.start, near)] or [s for s in sides if s.end <= near]
    sides = [s for s in sides if s.role != "like"]  # "other than Gazprom": named only to be left out
    if sentence.has("TWO_COUNTRIES") and context.pair:
        named = list(dict.fromkeys(s.code for s in sides))
        met = None if named else _last_two_countries(context, sentence)
        if met is not None:
            return met, "document"
        lent = set(named) & banks() - set(context.pair)  # a bank named beside them lends to them
        if set(named) <= set(context.pair) or (set(named) >= set(context.pair) and not lent):
            return context.pair, "document"
    codes: dict[str, float] = {}
    for side in sides:
        distance = abs(side.start - near) + 4 * abs(sentence.clause(side.start) - sentence.clause(near))
        if sentence.head_final and side.start > near and sentence.clause(side.start) > sentence.clause(near):
            distance += 2 * ASIDE  # Where the verb stands last, what follows it is told of others.
        if context.pair and side.code in context.pair:
            distance -= 6
        elif side.head == "DEMONYM" and sentence.clause(side.start) != sentence.clause(near):
            distance += ASIDE
        codes[side.code] = min(codes.get(side.code, 1e9), distance)
    for appearance in context.registry.of(sentence):
        code = appearance.figure.country
        if code and code not in exclude:
            codes[code] = min(codes.get(code, 1e9), 12 + abs(appearance.start - near))
    ranked = sorted(codes, key=lambda code: (codes[code], code))
    states = [code for code in ranked if code in principals()]
    if len(states) >= 2 and not set(states) & _country_codes() and context.home in _country_codes():
        # Lenders and unions give to the country that the text is about, not to each other.
        return (states[0], context.home), "completed"
    if (
        len(states) >= 2
        and not set(states[:2]) & _country_codes()
        and (country := next((c for c in states if c in _country_codes()), None))
    ):
        return (states[0], country), "stated"
    if len(states) >= 2:
        return (states[0], states[1]), "stated"
    if len(states) == 1 and context.pair and states[0] in context.pair:
        # An organisation named in another clause is no side of what a state does in this one: "and on the summit of the ECO".
        here = {s.code for s in sides if sentence.clause(s.start) == sentence.clause(near)}
        ranked = [code for code in ranked if code in states or code in here]
    if len(ranked) >= 2:
        return (ranked[0], ranked[1]), "stated"
    local = _local_pair(context, sentence)
    if len(ranked) == 1:
        before = _partner_before(context, sentence, ranked[0])
        if before is not None:
            return (ranked[0], before), "completed"
        item = _item_pair(context, sentence) or local
        other = next((code for code in item if code != ranked[0]), None) if item and ranked[0] in item else context.other(ranked[0])
        return ((ranked[0], other), "completed") if other and other != ranked[0] else (None, "one side")
    if sentence.has("OFFICE_PLURAL"):
        # "The two presidents signed": those last named.
        last = sides_of_people(list(reversed(context.registry.before(sentence, 3))))[:2]
        if len(last) == 2:
            return (last[0], last[1]), "people"
    item = _item_pair(context, sentence)
    home = context.text.pack.cities.get(context.datelines.get(sentence.paragraph, ""))
    # An item of a digest that names nobody else tells of its own country, not of the two that another item is about.
    whole = context.pair if home is None or home in (context.pair or ()) else None
    return _pair_before(context, sentence) or local or _pair_of_the_two(context, sentence) or item or whole, "document"


def _item_pair(context: Context, sentence: Sentence) -> tuple[str, str] | None:
    """The two sides that an item of a digest speaks of: the country of its dateline and the one named with it."""
    home = context.text.pack.cities.get(context.datelines.get(sentence.paragraph, ""))
    if home is None:
        return None
    item = [s.index for s in context.text.sentences if s.paragraph == sentence.paragraph]
    codes = Counter(side.code for index in item for side in context.sides[index] if side.code in principals() and side.code != home)
    return (home, max(codes, key=lambda code: codes[code])) if codes else None


def _pair_of_the_two(context: Context, sentence: Sentence) -> tuple[str, str] | None:
    """ "The two countries signed a contract. The cost of the project …": of those whom the sentence before in the paragraph means."""
    before = context.text.before(sentence)
    if before is None or not before.has("TWO_COUNTRIES"):
        return None
    return None if context.sides[sentence.index] or context.sides[before.index] else _last_two_countries(context, before)


def _last_two_countries(context: Context, sentence: Sentence) -> tuple[str, str] | None:
    """ "The two countries": those of the sentence before in the paragraph; in a text on a country and a bank also of the one before."""
    states = context.pair is not None and set(context.pair) <= _country_codes()
    for index in range(sentence.index - 1, max(sentence.index - (2 if states else 3), -1), -1):
        before = context.text.sentences[index]
        if before.paragraph != sentence.paragraph:
            return None
        named = [s for s in context.sides[index] if s.code in _country_codes()]
        codes = list(dict.fromkeys(s.code for s in named))
        if len(codes) == 2 and (not states or {s.code for s in named if s.head != "DEMONYM"} == set(codes)):
            return codes[0], codes[1]
    return None


def _local_pair(context: Context, sentence: Sentence) -> tuple[str, str] | None:
    """The two sides that met, by the sentences before in the same paragraph."""
    for index in range(sentence.index - 1, max(sentence.index - 4, -1), -1):
        before = context.text.sentences[index]
        if before.paragraph != sentence.paragraph:
            return None
        if not before.has(*ENCOUNTERS):
            continue
        codes = {a.figure.country for a in context.registry.of(before) if a.figure.country and a.by_name}
        if len(codes) == 2:
            first, second = sorted(codes)
            return first, second
        if len(codes) > 2:
            return None
    return None


def _partner_before(context: Context, sentence: Sentence, code: str) -> str | None:
    """Of a side named alone with "this", "it", "the fund": the other of the two sides of the sentence before."""
    before = context.text.sentences[sentence.index - 1] if sentence.index else None
    if before is None or not sentence.has("THIS", "PRONOUN", "LENDER"):
        return None
    codes = list(dict.fromkeys(s.code for s in context.sides[before.index] if s.code in principals()))
    if before.paragraph == sentence.paragraph and len(codes) == 1 and codes[0] != code and context.pair and code in context.pair:
        # "The Saudi fund will lend … He signed it with the ministry of finance of Tajikistan": a third side, told of just before.
        return codes[0] if codes[0] not in context.pair and sentence.has("THIS") else None
    return next(other for other in codes if other != code) if len(codes) == 2 and code in codes else None


def _pair_before(context: Context, sentence: Sentence) -> tuple[str, str] | None:
    """The sides that the sentence before in the paragraph has turned to, when a third side is among them."""
    before = context.text.before(sentence)
    if before is None or context.pair is None or not sentence.has("PRONOUN", "THIS"):
        return None
    if any(s.code in principals() for s in context.sides[sentence.index]):
        # It names a side itself, if not in the same clause.
        return None
    codes = [s.code for s in context.sides[before.index] if s.code in principals()]
    codes = list(dict.fromkeys(codes))
    if not set(codes) - set(context.pair) or len(codes) > 2:
        return None
    if len(codes) == 2:
        return codes[0], codes[1]
    other = context.other(codes[0])
    return (codes[0], other) if other else None


def mention_distance(sentence: Sentence, mention: Mention, start: int, end: int) -> float:
    """How far a mention is from tokens start..end: tokens between, and eight for each clause border."""
    gap = start - mention.end if mention.end <= start else mention.start - end if mention.start >= end else 0
    return gap + 8 * abs(sentence.clause(mention.start) - sentence.clause(start))
