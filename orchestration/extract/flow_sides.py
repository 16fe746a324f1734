"""Between whom money goes."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.context import Context, Side, banks, capital_of, choose_pair, in_dateline, mention_distance, role_of
from orchestration.extract.flow_course import INVESTED, REACH, TWO_WAY, Course, Kind, Pair, Route, Topic, in_order
from orchestration.extract.flow_directions import VAGUE, direction_before, direction_of, seller_of, turned
from orchestration.extract.quantities import Money, country_of_currency
from orchestration.extract.reader import HYPHENS, Mention, Sentence

EXCHANGED = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF"})  # what others lend and invest in too
WORLD_CURRENCIES = EXCHANGED | {"RUB", "AED", "SAR"}
DEAL = 24  # tokens: how far from its price a word of buying or selling stands
HOME_MONEY = "money of one country, told of it alone"


def route_of(context: Context, course: Course, sentence: Sentence, money: Money, kind: Kind) -> Route | str:
    """Between whom a sum of a kind goes and which way, or the reason why nobody can say."""
    assert kind.name is not None
    if kind.cue and kind.cue.head == "OPPOSITE" and course.trade:
        told = course.trade
        return Route(kind.name, (told.recipient, told.provider), "carried", told.recipient, told.provider, carried=True)
    listed = _giver_in_front_of_dash(context, course, sentence, money, kind.name)
    if listed is not None:
        giver, taker = listed
        if giver == taker:
            return "what the receiver itself puts in"
        topic = course.topic
        again = kind.cue is None and topic is not None and topic.sentence == sentence.index
        name = topic.kind if again and topic else kind.name
        name = "loan" if name in INVESTED and giver in banks() else name
        return Route(name, listed, "listed", giver, taker, carried=True)
    pair, how = _pair(context, course, sentence, money, kind)
    carried = kind.carried
    topic = course.topic
    if carried and kind.name == "export" and (way := _from_to(context, sentence, money)) is not None:
        return Route(kind.name, way, "stated", *way)
    if how == "document" and topic and topic.kind == kind.name in REACH and course.lately(sentence):
        carried = True
    if carried and topic and (how == "document" or (kind.name not in TWO_WAY and set(pair or ()) == set(topic.pair))):
        one_way = kind.name not in TWO_WAY
        provider, recipient = (topic.provider, topic.recipient) if one_way else (None, None)
        route = Route(kind.name, topic.pair, "carried", provider, recipient, carried=True)
    elif (part := _part_for(context, course, sentence, money, kind)) is not None:
        route = part
    elif pair is None:
        return "only one side is named"
    else:
        route = Route(kind.name, pair, how, carried=carried)
    if kind.name == "export" and route.how == "completed" and _with_the_world(context, sentence, route.pair):
        return "trade with the world: the other side is told of only later"
    pointed = kind.name == "export" or sentence.has("TWO_COUNTRIES", "SIDES", "OFFICE_PLURAL")
    if route.how == "document" and not pointed and not _told_upto(context, sentence, route.pair):
        return "money at home: the other side is told of only later"
    why = _stays_at_home(context, course, sentence, money, kind.name, route)
    if why is not None:
        return why
    if route.kind in INVESTED and set(route.pair) & banks():
        if route.how == "document" and kind.cue is not None and kind.cue.head in ("PROJECT", "INVEST_PLANNED"):
            return "what something costs that a bank helps to pay for"
        route = replace(route, kind="loan")
    return route if kind.name in TWO_WAY else _directed(context, course, sentence, money, kind.cue, route)


def _giver_in_front_of_dash(context: Context, course: Course, sentence: Sentence, money: Money, name: str) -> Pair | None:
    """ "The partners will put in: China – 1.2 billion, Uzbekistan – 573 million": who gives stands in front of the dash of each sum.

    They give to the state of the town the sentence names, else to whom the money told last went or to the document's other side.
    """
    words, start = context.text.words, money.start
    while start > sentence.start and any(m.start <= start - 1 < m.end for m in sentence.of("BOUND_BEFORE")):
        start -= 1
    giver = next((s for s in context.sides[sentence.index] if s.end == start - 1 and (s.role is None or "nom" in s.tags)), None)
    several = len({t for m in sentence.of("SCALE") for t in (m.start,)}) > 1
    if giver is None or words[start - 1] not in HYPHENS or not several or name not in REACH.keys() | INVESTED:
        return None
    towns = [context.text.pack.cities.get(m.value) for m in sentence.of("CITY") if m.tags & {"loc", "gen"}]
    topic = course.topic
    last = topic.recipient if topic and topic.sentence == sentence.index else None
    taker = next((code for code in towns if code), None) or last or context.other(giver.code)
    return (giver.code, taker) if taker else None


def _from_to(context: Context, sentence: Sentence, money: Money) -> Pair | None:
    """ "Kazakistan'dan 70 milyon …; Moğolistan'dan Kazakistan'a ise 4 milyon": the way that a side of a semicolon tells by itself."""
    sides = [s for s in context.sides[sentence.index] if not context.text.parted(s.start, money.start)]
    sources, goals = ({s.code for s in sides if s.role == role} for role in ("source", "goal"))
    return (sources.pop(), goals.pop()) if len(sources) == len(goals) == 1 and sources != goals else None


def _with_the_world(context: Context, sentence: Sentence, pair: Pair) -> bool:
    """Whether a country's own trade is told before the text names the other side: "Türkiye'nin ihracatı nisanda 20 milyar dolar"."""
    if any(s.role != "owner" for s in context.sides[sentence.index] if s.code in pair):
        return False
    return not _told_upto(context, sentence, pair)


def _told_upto(context: Context, sentence: Sentence, pair: Pair) -> bool:
    """Whether a text has spoken of both sides by the end of a sentence."""
    upto = context.text.sentences[: sentence.index + 1]
    named = {side.code for s in upto for side in context.sides[s.index]}
    named |= {a.figure.country for s in upto for a in context.registry.of(s) if a.figure.country}
    named |= {context.text.pack.cities.get(m.value, "") for s in upto for m in s.of("CITY")}
    return set(pair) <= named


def _part_for(context: Context, course: Course, sentence: Sentence, money: Money, kind: Kind) -> Route | None:
    """A part of what was lent or given before, with a receiver of its own: "of this 65 million goes to A, 50 million to B"."""
    topic, clause = course.topic, sentence.clause(money.start)
    if not kind.carried or topic is None or topic.kind not in REACH or topic.provider is None:
        return None
    sides = context.sides[sentence.index]
    takers = {s.code for s in sides if sentence.clause(s.start) == clause}
    if len(takers) != 1 or topic.provider in takers or any(s.role != "goal" for s in sides):
        return None
    taker = takers.pop()
    return Route(topic.kind, (topic.provider, taker), "carried", topic.provider, taker, carried=True)


def price_of(context: Context, course: Course, sentence: Sentence, money: Money) -> tuple[Mention, Route] | None:
    """The word of buying or selling beside the value of an instrument, and the price's way from the buyer to the seller."""
    deals = [m for m in sentence.of("BUY", "SELL") if mention_distance(sentence, m, money.start, money.end) <= DEAL]
    for deal in sorted(deals, key=lambda m: mention_distance(sentence, m, money.start, money.end)):
        route = route_of(context, course, sentence, money, Kind("export", deal))
        seller = None if isinstance(route, str) else seller_of(context, sentence, route.pair, deal)
        if seller is not None and not isinstance(route, str):
            buyer = next(code for code in route.pair if code != seller)
            return deal, replace(route, kind="investment_pledge", provider=buyer, recipient=seller)
    return None


def _pair(context: Context, course: Course, sentence: Sentence, money: Money, kind: Kind) -> tuple[Pair | None, str]:
    """The two sides of a sum, and how they were found: as for every claim, and then by what its kind of money asks for."""
    cue, topic, name = kind.cue, course.topic, kind.name
    near = cue.start if cue else money.start
    beside = _sides_beside(context, sentence, money)
    if cue and name in TWO_WAY and sentence.clause(near) != sentence.clause(money.start) and len(beside) == 2:
        # "Trade with Iran was 3.2 billion, Russian-Azerbaijani 3.1 billion": the cue is said once, the sides are its own.
        return (beside[0], beside[1]), "stated"
    if cue and name in TWO_WAY and (partner := _another_partner(context, sentence, money, cue)):
        return partner, "stated"
    if (bracketed := _in_brackets(context, sentence, money)) is not None:
        return bracketed, "stated"
    apart = _behind_condition(context, sentence, money)
    if name in TWO_WAY:
        apart |= _where_traded(context, sentence)
    pair, how = choose_pair(context, sentence, near, apart)
    if pair is None or name in TWO_WAY:
        return pair, how
    if how == "stated":
        pair = _giver_with_its_taker(context, sentence, money, pair)
    if how == "completed" and name in INVESTED:
        pair = _in_town(context, sentence, pair)
    if name in REACH and how in ("stated", "completed"):
        pair = _giver_in_a_row(context, sentence, money, pair, topic)
    if name == "loan" and cue is not None and (cue.head.startswith("INSTRUMENT") or sentence.has("TWO_COUNTRIES")):
        pair = _with_lender(context, sentence, money, pair)
    elif name == "loan":
        pair = _of_the_bank(context, course, sentence, pair) or _lent_to_each(context, sentence, money, pair, apart)
        pair = _past_the_builder(context, sentence, money, pair)
    if name == "grant":
        pair = _to_an_organisation(context, sentence, money, pair)
    if how == "completed" and name != "loan":
        pair = _past_the_lender(context, pair)
    if name in REACH and set(pair) <= banks():
        pair = _with_borrower(context, sentence, pair, topic.recipient if topic else None)
    if how == "completed" and name == "loan" and topic and topic.kind == name:
        pair = _lends_too(context, sentence, pair, topic)
    if how == "completed" and name in REACH and topic and not set(pair) & banks():
        pair = _as_before(context, sentence, money, pair, topic, apart)
    if how == "completed" and name == "export" and topic and topic.kind == "export":
        pair = _same_trader(context, sentence, pair, topic)
    return pair, how


def _lends_too(context: Context, sentence: Sentence, pair: Pair, topic: Topic) -> Pair:
    """ "The EDB in turn is ready to lend 250 million": another bank, to whom the one of the sentence before lends."""
    before = context.text.sentences[topic.sentence]
    lender = next((s.code for s in context.sides[sentence.index] if s.code in banks() and s.role != "with"), None)
    goes_on = sentence.index - topic.sentence == 1 and before.paragraph == sentence.paragraph
    other = topic.recipient if topic.provider in banks() and topic.provider != lender else None
    return (lender, other) if lender and other and goes_on else pair


def _in_town(context: Context, sentence: Sentence, pair: Pair) -> Pair:
    """ "China Railway spent 28 million on the terminal in Aktau": the other side is that of the only town in the sentence."""
    named = {s.code for s in context.sides[sentence.index]}
    towns = {
        country
        for m in sentence.of("CITY")
        if (country := context.text.pack.cities.get(m.value))
        and role_of(context.text, sentence, m.start, m.end, m.tags, m.prefixes) == "place"
        and not in_dateline(context.text, sentence, m)
    }
    if len(towns) != 1 or len(named) != 1 or towns <= set(pair) or towns <= named:
        return pair
    return named.pop(), towns.pop()


def _another_partner(context: Context, sentence: Sentence, money: Money, cue: Mention) -> Pair | None:
    """ "Kazakhstan's trade with Italy was 20 billion, and with China 44": whose trade is said once, with whom in each clause."""
    if sentence.clause(cue.start) == sentence.clause(money.start):
        return None
    sides = context.sides[sentence.index]
    here = {s.code for s in sides if sentence.clause(s.start) == sentence.clause(money.start) and s.role == "with"}
    partners = {s.code for s in sides if s.role == "with"}
    own = [s.code for s in sides if sentence.clause(s.start) == sentence.clause(cue.start) and s.code not in partners]
    return (own[0], here.pop()) if len(here) == 1 and len(set(own)) == 1 else None


def _in_brackets(context: Context, sentence: Sentence, money: Money) -> Pair | None:
    """ "The Netherlands (4.3 billion), Russia (3.1 billion)": each sum is of the side in front of its bracket, with the one they share."""
    words, sides = context.text.words, context.sides[sentence.index]
    told = [s for s in sides if s.end < sentence.end and words[s.end] == "("]
    own = next((s.code for s in told if s.end == money.start - 1), None)
    listed = {s.code for s in told}
    shared = next((s.code for s in sides if s.code not in listed), context.home)
    return (own, shared) if own and len(listed) > 1 and shared and shared not in listed else None


def _where_traded(context: Context, sentence: Sentence) -> frozenset[str]:
    """Organisations that are only a place: "our first partner in the EU" trades with us, not with it."""
    sides = [s for s in context.sides[sentence.index] if s.head == "ORGANISATION"]
    return frozenset(s.code for s in sides if s.role == "place") - {s.code for s in sides if s.role != "place"}


def _stays_at_home(context: Context, course: Course, sentence: Sentence, money: Money, kind: str, route: Route) -> str | None:
    """Why a sum does not cross a border: the money of the one country that is told of, or of a country that is no side."""
    topic, pair, how = course.topic, route.pair, route.how
    # A lender may lend its own money: there only a sentence that names nobody tells of home.
    silent = ("document",) if kind in REACH else ("document", "completed")
    # "On top of it comes a loan": beside what one state gives another, its own money goes the same way.
    beside = topic is not None and {kind, topic.kind} <= REACH.keys() and course.lately(sentence) is not None
    given = beside and topic is not None and topic.provider == country_of_currency(money.currency)
    one_way = kind not in TWO_WAY and kind != "export"
    if how in silent and not given and one_way and _at_home(context, sentence, money.currency, pair):
        return HOME_MONEY
    if how in ("document", "completed") and _of_a_third(money.currency, pair):
        return "money of neither side"
    return None


def _directed(context: Context, course: Course, sentence: Sentence, money: Money, cue: Mention | None, route: Route) -> Route | str:
    """A route with its direction: told by the sentence, else as the text has told it of the two before; or why it is unknown."""
    name, pair, how = route.kind, route.pair, route.how
    provider, recipient, certainty = route.provider, route.recipient, 0.0
    if how != "carried":
        provider, recipient, certainty = direction_of(context, sentence, name, pair, money, cue)
    open_to_text = how in ("document", "completed")
    # An adjective in another clause describes a thing and does nothing.
    aside = all(
        s.head == "DEMONYM" and sentence.clause(s.start) != sentence.clause(money.start)
        for s in context.sides[sentence.index]
        if s.code in pair
    ) or (name in INVESTED and _only_told_by(context, sentence, pair))
    unnamed = how == "document" or (how == "completed" and (aside or sentence.has("THIS")))
    before = direction_before(context, sentence, name, pair, money) if unnamed else None
    if before is not None and certainty < VAGUE and aside:
        provider, recipient = before
    if open_to_text and certainty < VAGUE and in_order(pair) in course.directions:
        provider, recipient = course.directions[in_order(pair)]
    if open_to_text and (known := course.stated.get((name, in_order(pair)))):
        provider, recipient = known
    if name == "export" and cue and course.trade and turned(context, sentence, cue, pair, certainty, course.trade):
        provider, recipient = course.trade.recipient, course.trade.provider
    if provider is None or recipient is None:
        return "direction is not stated"
    if name == "loan" and open_to_text and _own_money(money.currency, provider, recipient):
        return HOME_MONEY
    return replace(route, provider=provider, recipient=recipient, certainty=certainty)


def _only_told_by(context: Context, sentence: Sentence, pair: Pair) -> bool:
    """Whether a side is named only in the title of who speaks of a company: "Pakistan Başbakanı … şirketin yatıracağını söyledi"."""
    titles = {m.start for m in sentence.of("OFFICE")} if any(a.by_name for a in context.registry.of(sentence)) else set()
    sides = [s for s in context.sides[sentence.index] if s.code in pair]
    return sentence.head_final and sentence.has("COMPANY") and bool(sides) and all(s.end in titles for s in sides)


def _at_home(context: Context, sentence: Sentence, currency: str, pair: Pair) -> bool:
    """Whether a sum in a country's own money is told in a sentence that names no other side: it stays in that country."""
    country = country_of_currency(currency)
    if currency in EXCHANGED or country not in pair:
        return False
    sides = context.sides[sentence.index]
    behind = [m.end for m in sentence.of("INVEST", "INVEST_PLANNED")] if sentence.adjectives_follow else []
    if any(s.head == "DEMONYM" and s.start in behind for s in sides):
        return False  # "Saudi investments": told of where they come from
    return all(side.code == country for side in sides)


def _own_money(currency: str, provider: str | None, recipient: str | None) -> bool:
    """Whether a loan from another state would be in the receiver's own money, which others do not lend: it is one at home."""
    return currency not in EXCHANGED and country_of_currency(currency) == recipient and provider not in banks()


def _of_a_third(currency: str, pair: Pair) -> bool:
    """Whether a sum is in the money of a country that is no side, and that others do not use between them."""
    country = country_of_currency(currency)
    return currency not in WORLD_CURRENCIES and country is not None and country not in pair


def _same_trader(context: Context, sentence: Sentence, pair: Pair, topic: Topic) -> Pair:
    """ "Exports to Iraq …; imports from Russia …": both of the one whose trade the sentence before tells."""
    before = context.text.sentences[topic.sentence]
    trader = topic.recipient if before.has("IMPORT") else topic.provider
    if sentence.index - topic.sentence != 1 or before.paragraph != sentence.paragraph or trader is None:
        return pair
    named = next((s.code for s in context.sides[sentence.index] if s.code in pair), None)
    return (named, trader) if named and named != trader else pair


def _as_before(context: Context, sentence: Sentence, money: Money, pair: Pair, topic: Topic, apart: frozenset[str]) -> Pair:
    """A third side gives to whom the others gave ("Germany gave 22.5 million"), or gets from whom the others got.

    apart: sides of the sentence that have no part in it.
    """
    third = [s for s in context.sides[sentence.index] if s.code not in (context.pair or ()) and s.code not in apart]
    partners = [s for s in context.sides[sentence.index] if s.role == "with" and s.code not in apart]
    if topic.provider in banks() and partners and partners[0].code not in banks():
        return topic.provider, partners[0].code  # "Talks go on with Cairo on a second loan": of the bank told of before
    side = next(iter(third), None)
    if side is None or topic.kind not in REACH:
        return pair
    verbs = [
        m
        for m in sentence.of("OBTAIN")
        if sentence.clause(m.start) == sentence.clause(money.start) or (m.end <= money.start and not sentence.head_final)
    ]
    gets = bool(verbs) or side.role in ("goal", "place")
    other = topic.provider if gets else topic.recipient
    return (side.code, other) if other and other != side.code else pair


def _with_borrower(context: Context, sentence: Sentence, lenders: Pair, borrower: str | None) -> Pair:
    """Two banks lend to each other no more than to a state: the first named, and the state named or the one that borrows."""
    sides = [s.code for s in context.sides[sentence.index]]
    goals = [
        country
        for m in sentence.of("CITY")
        if (country := context.text.pack.cities.get(m.value)) and capital_of(country) == m.value and "dat" in m.tags
    ]
    states = [code for code in [*sides, *goals] if code not in banks()]
    other = next(iter(states), None) or borrower or next((code for code in context.pair or () if code not in banks()), None)
    lender = next((code for code in sides if code in lenders), lenders[0])
    return (lender, other or context.home or lenders[1])


def _behind_condition(context: Context, sentence: Sentence, money: Money) -> frozenset[str]:
    """Sides with whom something is still to be agreed before a sum is paid: "which depends on a programme with the IMF"."""
    conditions = [m for m in sentence.of("CONDITIONAL") if m.start >= money.end]
    sides = context.sides[sentence.index]
    behind = {s.code for s in sides if s.role == "with" and any(m.end <= s.start for m in conditions)}
    return frozenset(behind - {s.code for s in sides if conditions and s.start < conditions[0].start})


def _giver_with_its_taker(context: Context, sentence: Sentence, money: Money, pair: Pair) -> Pair:
    """Of two sides that both give, each in its own clause, the one that gives this sum, with the document's side that receives."""
    sides = {code: [s for s in context.sides[sentence.index] if s.code == code] for code in pair}
    here = [code for code in pair if any(sentence.clause(s.start) == sentence.clause(money.start) for s in sides[code])]
    if (
        len(here) != 1
        or set(pair) & banks()
        or any(s.role not in (None, "owner", "source") for found in sides.values() for s in found)
    ):
        return pair
    other = pair[1] if here[0] == pair[0] else pair[0]
    taker = context.other(here[0])
    both_new = other not in (context.pair or ()) and here[0] not in (context.pair or ())
    return (here[0], taker) if both_new and taker is not None else pair


def _giver_in_a_row(context: Context, sentence: Sentence, money: Money, pair: Pair, topic: Topic | None) -> Pair:
    """Each of several givers has a clause with its sum: "The ADB pledged 270 million, the EBRD 150 million"; all give to one."""
    sides, clause = context.sides[sentence.index], sentence.clause(money.start)
    sums = {sentence.clause(m.start) for m in sentence.of("SCALE", "CURRENCY")}
    givers = {side.code for side in sides}
    here = {side.code for side in sides if sentence.clause(side.start) == clause}
    apart = len(here) == 1 and len(givers) > 1 and {sentence.clause(side.start) for side in sides} <= sums
    taker = topic.recipient if topic and topic.kind in REACH else next((c for c in context.pair or () if c not in banks()), None)
    if not apart or not givers & banks() or taker is None or taker in givers or any(s.role in ("goal", "place") for s in sides):
        return pair
    return (here.pop(), taker)


def _with_lender(context: Context, sentence: Sentence, money: Money, pair: Pair) -> Pair:
    """What a development bank agreed on is its loan, to the state named beside it."""
    sides = [s for s in context.sides[sentence.index] if not context.text.parted(s.start, money.start)]
    lender = next((s.code for s in sides if s.code in banks() and s.role not in ("goal", "place")), None)
    if lender is None or lender in pair:
        return pair
    goal = next((s.code for s in sides if s.code in pair and s.role == "goal"), None)
    borrower = goal or next((s.code for s in sides if s.code not in banks() and s.role not in ("goal", "place")), None)
    return (lender, borrower or context.other(lender) or pair[0])


def _lent_to_each(context: Context, sentence: Sentence, money: Money, pair: Pair, apart: frozenset[str]) -> Pair:
    """Of several states to which a bank of the sentence lends, each its own sum, the one nearest to the sum, and the bank."""
    sides = [s for s in context.sides[sentence.index] if s.code not in apart and not context.text.parted(s.start, money.start)]
    lender = next((s.code for s in sides if s.code in banks()), None)
    takers = [s for s in sides if s.role == "goal" and s.head in ("COUNTRY", "CAPITAL")]
    if lender is None or len({s.code for s in takers}) < 2 or not set(pair) <= {lender, *(s.code for s in takers)}:
        return pair
    return lender, min(takers, key=lambda s: abs(s.start - money.start)).code


def _of_the_bank(context: Context, course: Course, sentence: Sentence, pair: Pair) -> Pair | None:
    """ "When Russian supplies failed, the bank lent 300 million": by the lender that "the bank" means, to whom it lent before."""
    lender = next((s.code for s in context.sides[sentence.index] if s.head == "LENDER" and s.role is None), None)
    if lender is None or set(pair) & banks():
        return None
    before = next((f.recipient for f in reversed(course.flows) if f.flow_type == "loan" and f.provider == lender), None)
    borrower = before or context.other(lender)
    return (lender, borrower) if borrower else None


def _past_the_builder(context: Context, sentence: Sentence, money: Money, pair: Pair) -> Pair:
    """What a bank lends for something that a third country's company builds is lent at home: "a wind farm that Saudi Arabia's X erects"."""
    lender = next((code for code in pair if code in banks()), None)
    named = [s for s in context.sides[sentence.index] if s.code in pair and s.code != lender]
    builds = bool(named) and all(s.start >= money.end and _builder(s) for s in named)
    home = context.home
    return (lender, home) if lender and builds and home and home not in banks() and not sentence.head_final else pair


def _builder(side: Side) -> bool:
    """A company, or the state whose company it is."""
    return (side.role == "owner" and "gen" in side.tags) or (side.role is None and side.head == "AGENCY")


def _to_an_organisation(context: Context, sentence: Sentence, money: Money, pair: Pair) -> Pair:
    """A contribution to an organisation goes to it: "Slovenia has made a contribution of 1.5 million euros to UNRWA"."""
    here = [s for s in context.sides[sentence.index] if sentence.clause(s.start) == sentence.clause(money.start)]
    taker = next((s for s in here if s.head == "ORGANISATION" and s.role == "goal" and 0 <= s.start - money.end <= 4), None)
    giver = next((s for s in here if s.head != "ORGANISATION" and s.role in (None, "agent", "source")), None)
    return (giver.code, taker.code) if taker and giver else pair


def _past_the_lender(context: Context, pair: Pair) -> Pair:
    """A third side that gives no loan deals with the document's state, not with its bank."""
    named, other = pair
    states = [code for code in context.pair or () if code not in banks() and code != named]
    outside = named not in (context.pair or ())
    return (named, states[0]) if outside and other in banks() and states else pair


def _sides_beside(context: Context, sentence: Sentence, money: Money) -> list[str]:
    """Countries named in the clause of a sum, or in the one right in front of its dash."""
    clause = sentence.clause(money.start)
    here = {clause, clause - 1} if sentence.start < money.start and context.text.words[money.start - 1] in HYPHENS else {clause}
    return list(dict.fromkeys(s.code for s in context.sides[sentence.index] if sentence.clause(s.start) in here))
