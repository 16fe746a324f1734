"""Sums of money → flows: what kind of money, between whom, in which direction, for which time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise

from orchestration.extract.context import (
    Context,
    Side,
    banks,
    capital_of,
    choose_pair,
    mention_distance,
    principals,
    role_of,
    unions,
)
from orchestration.extract.dates import Period, find_periods
from orchestration.extract.quantities import Money, Number, country_of_currency, find_money, find_numbers
from orchestration.extract.reader import HYPHENS, Mention, Sentence

# How much nearer than it is a cue counts: specific words bind more strongly than general ones.
BIAS = {
    "GRANT": 5, "LOAN": 5, "EXPORT": 4, "IMPORT": 4, "TRADE": 3, "CHANGE_BY": 4, "DOMESTIC": 2, "INVEST": 2, "INVEST_PLANNED": 2,
    "PROJECT": -1, "INSTRUMENT": -2, "INSTRUMENT_PLURAL": -2, "FINANCE": -4,
}  # fmt: skip
FARTHEST = 60
# For how many sentences a topic goes on: the parts of a grant or loan are told one after the other.
REACH = {"grant": 3, "loan": 3}
LOOK_BACK = 4  # sentences
UNSTATED = "financing of unstated kind"
VAGUE = 1.3  # a lone name without a part tells less of the direction than what was told before
EXCHANGED = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF"})  # what others lend and invest in too
WORLD_CURRENCIES = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF", "RUB", "AED", "SAR"})
INVESTED = frozenset({"fdi", "investment_pledge"})
TWO_WAY = frozenset({"trade_turnover", "trade_target"})

# What a text goes on about: flow type, pair, provider, recipient, number of the sentence.
Topic = tuple[str, tuple[str, str], str | None, str | None, int]


@dataclass
class Flow:
    """A flow as a sentence states it."""

    flow_type: str
    pair: tuple[str, str]
    provider: str | None
    recipient: str | None
    money: Money
    period: Period | None
    sentence: Sentence
    rule: str
    certainty: float = 0.0  # how clearly the names' parts tell the direction


@dataclass(frozen=True)
class Told:
    """The one-way trade told last: sentence, token behind its sum, cue, from whom to whom."""

    sentence: int
    end: int
    head: str
    provider: str
    recipient: str


@dataclass
class Rejected:
    """A sum that is no flow, and why."""

    reason: str
    sentence: Sentence
    start: int
    end: int


def find_flows(context: Context) -> tuple[list[Flow], list[Rejected], dict[int, list[tuple[Money, str]]]]:
    """All flows of a document, the sums that were not taken, and per sentence each sum with what it was taken for."""
    flows: list[Flow] = []
    rejected: list[Rejected] = []
    taken: dict[int, list[tuple[Money, str]]] = {}
    topic: Topic | None = None
    directions: dict[tuple[str, str], tuple[str, str]] = {}
    stated: dict[tuple[str, str, str], tuple[str, str]] = {}  # by kind too: a grant or loan goes one way throughout a text
    last: tuple[int, str] | None = None
    trade: Told | None = None
    for sentence in context.text.sentences:
        numbers = find_numbers(context.text, sentence)
        sums = find_money(context.text, sentence, numbers, last[1] if last and sentence.index - last[0] <= 2 else None)
        sums = [m for n, m in enumerate(sums) if not _left_behind(context, sentence, m, sums[n + 1 : n + 2])]
        if not sums:
            continue
        last = (sentence.index, sums[-1].currency)
        periods = find_periods(context.text, sentence, numbers, context.published)
        period_of = _assign_periods(context, sentence, sums, periods)
        aims = _assign_aims(context, sentence, sums, period_of)
        for money in sums:
            kind, cue, why = _classify(context, sentence, money, sums, numbers, aims, period_of.get(money))
            carried = False
            if (
                topic
                and topic[0] in TWO_WAY
                and sentence.index - topic[4] == 1
                and kind in ("investment_pledge", "instrument")
                and cue is not None
                and cue.head not in ("INVEST", "INVEST_PLANNED")
                and money in aims
                and sentence.clause(cue.start) != sentence.clause(money.start)
            ):
                # "We shall reach 5 billion": the trade told just before, not the projects told just after.
                kind, cue, why = None, None, "no cue"
            if (
                kind is None
                and topic
                and sentence.index - topic[4] <= REACH.get(topic[0], 1)
                and (
                    _carries(why, topic[0], money in period_of or money in aims or sentence.has("YEAR_OF", "SAME_YEAR"))
                    or (why == "no cue" and topic[0] not in TWO_WAY and _goes_on(sentence, money))
                )
            ):
                kind, carried = topic[0], True
                if kind == "export" and money in aims:
                    kind = "trade_target"  # "Our aim is half a billion": of the trade, not of its one half
                if kind in TWO_WAY:
                    kind = "trade_target" if money in aims or _reaches_ahead(context, period_of.get(money)) else "trade_turnover"
            if (
                kind == "loan"
                and topic
                and topic[0] == "grant"
                and cue
                and cue.head == "FINANCE"
                and sentence.index - topic[4] == 1
            ):
                # "The money …; in all the bank is ready to spend 650 million": of the grant told just before.
                kind = kind if sentence.has("LOAN") else "grant"
            if kind is None and why == UNSTATED:
                kind = _told_beside(context, sentence, money)
            if kind is None and why in ("no cue", UNSTATED):
                kind = _spoken_of(context, sentence, money, why, aims, period_of.get(money))
                if kind is None and why == "no cue" and flows and _part_of(flows[-1], sentence, money):
                    kind, carried = flows[-1].flow_type, True
            taken.setdefault(sentence.index, []).append((money, kind or why))
            if kind is None and topic and topic[4] == sentence.index and topic[0] in INVESTED and why in ("no cue", UNSTATED):
                # "35 billion, of which 15 billion in the first instalment": parts of what is invested.
                kind, carried = topic[0], True
                taken[sentence.index][-1] = (money, kind)
            if kind is None:
                rejected.append(Rejected(why, sentence, money.start, money.end))
                continue
            if kind == "instrument":
                continue
            if sentence.denied(money.start) or _negated(sentence, money, cue):
                rejected.append(Rejected("denied", sentence, money.start, money.end))
                continue
            near = cue.start if cue else money.start
            if (
                kind in TWO_WAY
                and sentence.clause(near) != sentence.clause(money.start)
                and len(_sides_beside(context, sentence, money)) == 2
            ):
                # "Trade with Iran was 3.2 billion, Russian-Azerbaijani 3.1 billion": the cue is said once, the sides are its own.
                near = money.start
            pair, how = choose_pair(context, sentence, near)
            if cue and near != cue.start:
                first, second = _sides_beside(context, sentence, money)
                pair, how = (first, second), "stated"
            if pair is not None and how == "stated" and kind not in TWO_WAY:
                pair = _giver_with_its_taker(context, sentence, money, pair)
            if pair is not None and kind == "loan" and cue is not None and cue.head.startswith("INSTRUMENT"):
                pair = _with_lender(context, sentence, money, pair)
            if pair is not None and kind == "grant":
                pair = _to_an_organisation(context, sentence, money, pair)
            if pair is not None and how == "completed" and kind != "loan":
                pair = _past_the_lender(context, pair)
            if pair is not None and kind in REACH and set(pair) <= banks():
                pair = _with_borrower(context, sentence, pair, topic[3] if topic else None)
            if pair is not None and how == "completed" and kind in REACH and topic and not set(pair) & banks():
                pair = _as_before(context, sentence, money, pair, topic)
            if pair is not None and how == "completed" and kind == "export" and topic and topic[0] == "export":
                pair = _same_trader(context, sentence, pair, topic)
            provider = recipient = None
            if how == "document" and topic and topic[0] == kind in REACH and sentence.index - topic[4] <= REACH[kind]:
                carried = True
            if carried and topic and (how == "document" or (kind not in TWO_WAY and set(pair or ()) == set(topic[1]))):
                pair, provider, recipient, how = topic[1], topic[2], topic[3], "carried"
            if pair is None:
                rejected.append(Rejected("only one side is named", sentence, money.start, money.end))
                continue
            # A lender may lend its own money: there only a sentence that names nobody tells of home.
            silent = ("document",) if kind in REACH else ("document", "completed")
            # "On top of it comes a loan": beside what one state gives another, its own money goes the same way.
            beside = topic is not None and {kind, topic[0]} <= REACH.keys() and sentence.index - topic[4] <= REACH[kind]
            if (
                how in silent
                and not (beside and topic and topic[2] == country_of_currency(money.currency))
                and kind not in (*TWO_WAY, "export")
                and _at_home(context, sentence, money.currency, pair)
            ):
                rejected.append(Rejected("money of one country, told of it alone", sentence, money.start, money.end))
                continue
            if how in ("document", "completed") and _of_a_third(money.currency, pair):
                rejected.append(Rejected("money of neither side", sentence, money.start, money.end))
                continue
            if kind == "fdi" and set(pair) & banks():
                # What a development bank puts into a country is lent, as a rule.
                kind = "loan"
            certainty = 0.0
            if kind not in TWO_WAY and how != "carried":
                provider, recipient, certainty = _direct(context, sentence, kind, pair, money, cue)
            unnamed = how == "document" or (how == "completed" and sentence.has("THIS"))
            before = _direct_before(context, sentence, kind, pair, money) if kind not in TWO_WAY and unnamed else None
            if before is not None and certainty < VAGUE and not any(s.code in pair for s in context.sides[sentence.index]):
                provider, recipient = before
            vague = (how == "document" and certainty < VAGUE) or (how == "completed" and certainty < VAGUE)
            if kind not in TWO_WAY and vague and _sorted(pair) in directions:
                provider, recipient = directions[_sorted(pair)]
            if how in ("completed", "document") and (known := stated.get((kind, *_sorted(pair)))):
                provider, recipient = known
            if kind == "export" and cue is not None and trade and _turned(context, sentence, cue, pair, certainty, trade):
                provider, recipient = trade.recipient, trade.provider
            if kind not in TWO_WAY and (provider is None or recipient is None):
                rejected.append(Rejected("direction is not stated", sentence, money.start, money.end))
                continue
            if kind == "loan" and how in ("document", "completed") and _own_money(money.currency, provider, recipient):
                rejected.append(Rejected("money of one country, told of it alone", sentence, money.start, money.end))
                continue
            period = period_of.get(money)
            part = sentence.has("MEMBER", "SAME_PERIOD") or (carried and kind == "export")
            if period is None and topic and sentence.index - topic[4] <= 1 and part:
                # "Of which 10.9 billion …": a part of the sum told before covers the same time.
                period = flows[-1].period
            if period is None and kind == "export":
                period = _time_of_trade(flows, _sorted(pair), sentence)
            if money.bound == "at_most" and _fell_to(context, sentence, money):
                money = replace(money, bound="exact")
            if kind == "trade_target" and money.bound == "at_most":
                # "to bring it up to 12 billion": the word leads to the aim, it bounds nothing.
                money = replace(money, bound="exact")
            if kind == "export" and cue is not None and provider is not None and recipient is not None:
                trade = Told(sentence.index, money.end, cue.head, provider, recipient)
            rule = f"{kind}:{cue.head.lower() if cue else 'carried'}:{how}"
            flows.append(Flow(kind, _sorted(pair), provider, recipient, money, period, sentence, rule, certainty))
            topic = (kind, pair, provider, recipient, sentence.index)
            if provider is not None and recipient is not None and kind != "export":
                directions[_sorted(pair)] = (provider, recipient)
                if kind in REACH and how == "stated":
                    stated.setdefault((kind, *_sorted(pair)), (provider, recipient))
    flows = [flow for flow in flows if not _told_otherwise(flow, taken)]
    return _distinct(flows), rejected, taken


def _fell_to(context: Context, sentence: Sentence, money: Money) -> bool:
    """ "Fell by a quarter, to 55 million": behind a change "to" leads to the level, it bounds nothing."""
    changed = any(0 <= money.start - m.end <= 6 for m in sentence.of("CHANGE_BY"))
    return changed and any(m.end == money.start for m in sentence.of("RANGE"))


def _told_beside(context: Context, sentence: Sentence, money: Money) -> str | None:
    """Grant or loan where only "allots" stands beside a sum: a noun of the sentence, or of the next one, which has no sum."""
    nouns = [m for m in sentence.of("GRANT", "LOAN") if m.end <= money.start]
    clause = sentence.clause(money.start)
    nouns = nouns or [m for m in sentence.of("GRANT", "LOAN") if clause <= sentence.clause(m.start) <= clause + 1][:1]
    if not nouns and sentence.index + 1 < len(context.text.sentences):
        following = context.text.sentences[sentence.index + 1]
        if following.paragraph == sentence.paragraph and not following.has("CURRENCY", "SCALE"):
            nouns = following.of("GRANT", "LOAN")[:1]
    return nouns[-1].head.lower() if nouns else None


def _part_of(whole: Flow, sentence: Sentence, money: Money) -> bool:
    """Whether a sum can be a part of what was pledged or invested just before: less, in the same currency."""
    return (
        whole.flow_type in ("investment_pledge", "fdi")
        and 0 <= sentence.index - whole.sentence.index <= 1
        and sentence.paragraph - whole.sentence.paragraph <= 1
        and money.currency == whole.money.currency
        and money.amount < whole.money.amount
    )


def _spoken_of(context: Context, sentence: Sentence, money: Money, why: str, aims: set[Money], period: Period | None) -> str | None:
    """The kind of a sum whose own sentence does not name it: that of the money last spoken of, a few sentences back at most."""
    for index in range(sentence.index, max(sentence.index - LOOK_BACK, -1), -1):
        before = context.text.sentences[index]
        spoken = [m for m in before.of("TRADE", "LOAN", "GRANT", "DOMESTIC") if index < sentence.index or m.end <= money.start]
        if not spoken:
            continue
        head = spoken[-1].head
        if head == "TRADE" and why == "no cue" and index >= sentence.index - 1:
            ahead = money in aims or _reaches_ahead(context, period) or sentence.has("AIM")
            return "trade_target" if ahead else "trade_turnover" if period is not None else None
        if head in ("LOAN", "GRANT") and (why == UNSTATED or index == sentence.index - 1):
            return head.lower()
        return None
    two_states = len({s.code for s in context.sides[sentence.index] if s.code in principals()}) >= 2
    return "grant" if why == UNSTATED and two_states and not sentence.has("INSTRUMENT", "PROJECT") else None


def _left_behind(context: Context, sentence: Sentence, money: Money, following: list[Money]) -> bool:
    """Whether an investment is to be raised from a sum to the next: "to raise its investments from 600 billion to a trillion"."""
    if not following or not sentence.has("AIM") or not sentence.has("INVEST") or sentence.has("TRADE"):
        return False
    words, pack = context.text.words, context.text.pack
    opens = money.start > sentence.start and pack.before.get(pack.normalize(words[money.start - 1])) == "source"
    return opens and any(m.start == money.end and following[0].start - m.end <= 2 for m in sentence.of("RANGE"))


def _at_home(context: Context, sentence: Sentence, currency: str, pair: tuple[str, str]) -> bool:
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


def _goes_on(sentence: Sentence, money: Money) -> bool:
    """ "Another 2.9 billion": a word in front of a sum that ties it to the one before."""
    return any(0 <= money.start - m.end <= 2 for m in sentence.of("MORE"))


def _of_a_third(currency: str, pair: tuple[str, str]) -> bool:
    """Whether a sum is in the money of a country that is no side, and that others do not use between them."""
    country = country_of_currency(currency)
    return currency not in WORLD_CURRENCIES and country is not None and country not in pair


def _same_trader(
    context: Context, sentence: Sentence, pair: tuple[str, str], topic: tuple[str, tuple[str, str], str | None, str | None, int]
) -> tuple[str, str]:
    """ "Exports to Iraq …; imports from Russia …": both of the one whose trade the sentence before tells."""
    before = context.text.sentences[topic[4]]
    trader = topic[3] if before.has("IMPORT") else topic[2]
    if sentence.index - topic[4] != 1 or before.paragraph != sentence.paragraph or trader is None:
        return pair
    named = next((s.code for s in context.sides[sentence.index] if s.code in pair), None)
    return (named, trader) if named and named != trader else pair


def _negated(sentence: Sentence, money: Money, cue: Mention | None) -> bool:
    """Whether the money is said not to be given: a word of denial about its verb or noun, in its clause."""
    if cue is None or cue.head in ("TRADE", "EXPORT", "IMPORT", "DOMESTIC", "CHANGE_BY"):
        return False
    return any(
        sentence.governs(m, cue) and sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of("NEGATION")
    )


def _as_before(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str], topic: Topic) -> tuple[str, str]:
    """A third side gives to whom the others gave ("Germany gave 22.5 million"), or gets from whom the others got."""
    side = next((s for s in context.sides[sentence.index] if s.code not in (context.pair or ())), None)
    if side is None or topic[0] not in REACH:
        return pair
    verbs = [
        m
        for m in sentence.of("OBTAIN")
        if sentence.clause(m.start) == sentence.clause(money.start) or (m.end <= money.start and not sentence.head_final)
    ]
    gets = bool(verbs) or side.role in ("goal", "place")
    other = topic[2] if gets else topic[3]
    return (side.code, other) if other and other != side.code else pair


def _with_borrower(context: Context, sentence: Sentence, lenders: tuple[str, str], borrower: str | None) -> tuple[str, str]:
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


def _time_of_trade(flows: list[Flow], pair: tuple[str, str], sentence: Sentence) -> Period | None:
    """The time of the trade told in the sentence before, of which exports are a part: the first of it, where it is compared."""
    told = [f for f in flows if f.flow_type == "trade_turnover" and f.pair == pair and f.sentence.index == sentence.index - 1]
    return told[0].period if told else None


def _turned(context: Context, sentence: Sentence, cue: Mention, pair: tuple[str, str], certainty: float, last: Told) -> bool:
    """Whether exports are told against the imports just before: "It imported 5 billion from India, shipping back 2 billion"."""
    if {cue.head, last.head} != {"EXPORT", "IMPORT"} or {last.provider, last.recipient} != set(pair):
        return False
    if sentence.index == last.sentence:
        return not any(side.start >= max(last.end, cue.start) for side in context.sides[sentence.index])
    return sentence.index - last.sentence == 1 and certainty < VAGUE


def _giver_with_its_taker(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
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


def _with_lender(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
    """What a development bank agreed on is its loan, to the state named beside it."""
    sides = [s for s in context.sides[sentence.index] if not context.text.parted(s.start, money.start)]
    lender = next((s.code for s in sides if s.code in banks()), None)
    if lender is None or lender in pair:
        return pair
    borrower = next((s.code for s in sides if s.code not in banks() and s.role not in ("goal", "place")), None)
    return (lender, borrower or context.other(lender) or pair[0])


def _to_an_organisation(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
    """A contribution to an organisation goes to it: "Slovenia has made a contribution of 1.5 million euros to UNRWA"."""
    here = [s for s in context.sides[sentence.index] if sentence.clause(s.start) == sentence.clause(money.start)]
    taker = next((s for s in here if s.head == "ORGANISATION" and s.role == "goal" and 0 <= s.start - money.end <= 4), None)
    giver = next((s for s in here if s.head != "ORGANISATION" and s.role in (None, "agent", "source")), None)
    return (giver.code, taker.code) if taker and giver else pair


def _past_the_lender(context: Context, pair: tuple[str, str]) -> tuple[str, str]:
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


def _told_otherwise(flow: Flow, taken: dict[int, list[tuple[Money, str]]]) -> bool:
    """Whether a headline's sum is told again in the text as something else: the text knows better."""
    if not flow.sentence.title:
        return False
    again = [
        kind
        for index, sums in taken.items()
        for money, kind in sums
        if index and money.currency == flow.money.currency and money.amount == flow.money.amount
    ]
    return bool(again) and flow.flow_type not in again


def _carries(why: str, topic: str, dated: bool) -> bool:
    """Whether a sum without a cue of its own goes on with what was told before.

    Trade goes on with another time ("in 2024 it was …"); the parts of a grant or loan also by "is set aside".
    """
    if topic in ("grant", "loan"):
        return why in ("no cue", UNSTATED)
    return why == "no cue" and dated


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    first, second = sorted(pair)
    return first, second


def _reaches_ahead(context: Context, period: Period | None) -> bool:
    if period is None or not (period.until or period.future):
        return False
    return context.published is None or period.last is None or period.last >= context.published


def _between(sums: list[Money], money: Money, mention: Mention) -> int:
    """Sums that stand between a sum and a mention."""
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return sum(1 for other in sums if other is not money and low <= other.start and other.end <= high)


def _number_between(numbers: list[Number], money: Money, mention: Mention) -> bool:
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return any(low <= number.start and number.end <= high for number in numbers)


def _assign_aims(context: Context, sentence: Sentence, sums: list[Money], period_of: dict[Money, Period]) -> set[Money]:
    """Each aim or target word belongs to the sum nearest to it, unless a time that is over stands nearer to that sum."""
    aimed: set[Money] = set()
    open_sums = [money for money in sums if not _reached(sentence, money)]
    for aim in sentence.of("AIM"):
        # Where verbs stand in front, an aim told in a later clause is another one, unless it follows at once.
        ahead = [
            m
            for m in open_sums
            if sentence.head_final or aim.start - m.end <= 6 or sentence.clause(aim.start) == sentence.clause(m.start)
        ]
        if not ahead:
            continue
        # Where verbs stand in front, an aim in a later clause than a sum is that of the next sum: "it is 2 billion, and 5 is needed".
        ranked = sorted(
            ahead,
            key=lambda m: (
                not sentence.head_final and m.end <= aim.start and sentence.clause(m.start) != sentence.clause(aim.start),
                mention_distance(sentence, aim, m.start, m.end) + (2 if m.end <= aim.start else 0),
            ),
        )
        distance = mention_distance(sentence, aim, ranked[0].start, ranked[0].end)
        period = period_of.get(ranked[0])
        # A time that stands before another sum in front is that one's: "2.2 billion for 2024, and 5 billion is needed".
        others = period is not None and any(period.end <= m.start and m.end <= min(aim.start, ranked[0].start) for m in sums)
        if distance <= 40 and (others or not _is_over(context, ranked[0], period, distance)):
            aimed.add(ranked[0])
    return aimed


def _reached(sentence: Sentence, money: Money) -> bool:
    """Whether the verb of a sum says that it has come to it: "9 milyar doları buldu ve taraflar …"."""
    if any(0 <= money.start - m.end <= 2 for m in sentence.of("AIM")):
        return False  # "the aim is 5 billion"
    if sentence.head_final:
        return any(0 <= m.start - money.end <= 1 for m in sentence.of("REACHED"))
    return any(0 <= money.start - m.end <= 2 for m in sentence.of("REACHED"))


def _is_over(context: Context, money: Money, period: Period | None, distance: float) -> bool:
    """Whether a sum has a time within a distance that is past by the day of publication."""
    if context.published is None or period is None or period.last is None or period.last >= context.published:
        return False
    return max(period.start - money.end, money.start - period.end) < distance


def _assign_periods(context: Context, sentence: Sentence, sums: list[Money], periods: list[Period]) -> dict[Money, Period]:
    """For each sum the period nearest to it, with no other sum between; one period of the sentence may serve several sums."""
    assigned: dict[Money, Period] = {}
    order = sorted([(m.start, 0, m) for m in sums] + [(p.start, 1, p) for p in periods], key=lambda item: item[0])
    if len(sums) == len(periods) > 1 and all(one[1] != other[1] for one, other in pairwise(order)):
        # "400 million in 2024 and 102 million in the first half of 2025": each has its own, in turn.
        return dict(zip(sums, periods, strict=True))
    for money in sums:
        best: tuple[float, Period] | None = None
        for period in periods:
            gap = period.start - money.end if period.start >= money.end else money.start - period.end
            if gap < 0:
                continue
            crossed = sum(
                1
                for o in sums
                if o is not money and min(money.end, period.end) <= o.start and o.end <= max(money.start, period.start)
            )
            # "358 million in January–April 2023 against 296 million in …": a time right behind another sum is that one's first.
            behind_other = any(o is not money and o.end <= period.start <= o.end + 3 and money.start >= period.end for o in sums)
            distance = gap + 10 * crossed + 6 * behind_other + 6 * abs(sentence.clause(period.start) - sentence.clause(money.start))
            if best is None or distance < best[0]:
                best = (distance, period)
        if best and best[0] <= 45:
            assigned[money] = best[1]
    return assigned


def _classify(
    context: Context,
    sentence: Sentence,
    money: Money,
    sums: list[Money],
    numbers: list[Number],
    aims: set[Money],
    period: Period | None,
) -> tuple[str | None, Mention | None, str]:
    """What a sum is: (flow type or "instrument" or None, the cue, the reason when None)."""
    best: tuple[float, Mention] | None = None
    for mention in sentence.of(*BIAS):
        if context.text.parted(mention.start, money.start):
            continue
        # "It jumped by 58 percent to 5 billion": the change is told already.
        if mention.head == "CHANGE_BY" and (
            _number_between(numbers, money, mention)
            or (sentence.head_final and not _changes(sentence, mention, money))
            # "It grew by a third and exceeded 160 million": the change has its own measure.
            or (not sentence.head_final and not 0 <= money.start - mention.end <= 3)
        ):
            continue
        distance = (
            mention_distance(sentence, mention, money.start, money.end) + 14 * _between(sums, money, mention) - BIAS[mention.head]
        )
        if sentence.head_final and 0 <= mention.start - money.end <= 2:
            distance -= 2  # "12 milyar yenlik bölümü kredi": the noun that a sum describes stands right behind it.
        if distance <= FARTHEST and (best is None or distance < best[0]):
            best = (distance, mention)
    if best is None:
        told = _value_of_thing_before(context, sentence, money)
        return told or (None, None, "no cue")
    cue = best[1]
    head = cue.head
    if head in ("EXPORT", "IMPORT"):
        # "A contract to supply …": what the instrument is about, no trade that happened.
        about = next((m for m in sentence.of("INSTRUMENT") if _is_about(sentence, m, cue)), None)
        if about is not None:
            return "instrument", about, ""
    if head in ("PROJECT", "INSTRUMENT", "INSTRUMENT_PLURAL", "INVEST"):
        # "The bank has financed projects worth …": what a lender gives is a loan, whatever it is given for.
        gives = next((m for m in sentence.of("FINANCE") if mention_distance(sentence, m, money.start, money.end) <= 12), None)
        if gives is not None and _lends(context, sentence):
            return "loan", gives, ""
        lenders = [s for s in context.sides[sentence.index] if s.code in banks() and s.role not in ("goal", "with")]
        if head == "INVEST" and any(sentence.clause(s.start) == sentence.clause(money.start) for s in lenders):
            return "loan", cue, ""
    near = {
        m.head
        for m in sentence.mentions
        if mention_distance(sentence, m, money.start, money.end) <= 20 and not _between(sums, money, m)
    }
    if head in ("PROJECT", "INVEST", "INVEST_PLANNED", "INSTRUMENT") and money in aims and sentence.has("TRADE"):
        aim_here = any(sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of("AIM"))
        if aim_here and sentence.clause(cue.start) != sentence.clause(money.start):
            return "trade_target", sentence.of("TRADE")[0], ""
    if head == "DOMESTIC":
        return None, cue, "domestic money, price or company figure"
    if head == "CHANGE_BY":
        return None, cue, "a change, not a level"
    if "CONDITIONAL" in near and head not in ("GRANT", "LOAN", "TRADE"):
        return None, cue, "conditional"
    if head == "TRADE":
        target = money in aims or _reaches_ahead(context, period)
        return ("trade_target" if target else "trade_turnover"), cue, ""
    if head in ("EXPORT", "IMPORT"):
        return ("trade_target" if money in aims and sentence.has("TRADE") else "export"), cue, ""
    if head == "GRANT":
        return "grant", cue, ""
    if head == "LOAN":
        return "loan", cue, ""
    if head == "FINANCE":
        if _arms(context, sentence):
            return "grant", cue, ""
        return ("loan" if _lends(context, sentence) else None), cue, UNSTATED
    if head in ("INVEST", "INVEST_PLANNED"):
        planned = head == "INVEST_PLANNED" or "INVEST_PLANNED" in near
        if _reached(sentence, money):
            near, planned = set(), False
        if not planned and near & {"PLANNED", "PROJECT", "AIM"} and not (period and not period.future):
            projects = [m for m in sentence.of("PROJECT") if mention_distance(sentence, m, money.start, money.end) <= 3]
            planned = bool(near & {"PLANNED", "AIM"}) or bool(projects)
        if _clause_has(sentence, money, "INSTRUMENT", "INSTRUMENT_PLURAL") and "VALUE" in near:
            planned = True
        return ("investment_pledge" if planned else "fdi"), cue, ""
    if head == "PROJECT":
        return "investment_pledge", cue, ""
    # What a development bank agrees on with a state is a loan.
    lends = any(side.code in banks() for side in context.sides[sentence.index])
    return ("loan" if lends else "instrument"), cue, ""


def _is_about(sentence: Sentence, instrument: Mention, cue: Mention) -> bool:
    """Whether a cue tells what an instrument is about: just behind it, or in front where the noun stands last."""
    gap = instrument.start - cue.end if sentence.head_final else cue.start - instrument.end
    return 0 <= gap <= 3 and sentence.clause(cue.start) == sentence.clause(instrument.start)


def _changes(sentence: Sentence, change: Mention, money: Money) -> bool:
    """Where the verb stands last: "500 milyon dolar arttı" tells a difference, "3 milyar dolara" and "yüzde 20 artışla" a level."""
    return 0 <= change.start - money.end <= 2 and "dat" not in money.tags


def _value_of_thing_before(context: Context, sentence: Sentence, money: Money) -> tuple[str | None, Mention | None, str] | None:
    """ "Their total value is 54.8 billion": what the projects, or the instrument, of the sentence before are worth."""
    words = context.text.words
    values = [
        m for m in sentence.of("VALUE") if len(words[m.start]) > 4 and sentence.clause(m.start) >= sentence.clause(money.start) - 1
    ]
    before = context.text.sentences[sentence.index - 1] if sentence.index else None
    if not values or before is None or before.paragraph != sentence.paragraph or context.sides[sentence.index]:
        return None
    for head, kind in (("PROJECT", "investment_pledge"), ("INSTRUMENT", "instrument"), ("INSTRUMENT_PLURAL", "instrument")):
        things = before.of(head)
        if things:
            return kind, values[0], ""
    return None


def _arms(context: Context, sentence: Sentence) -> bool:
    """Whether one state gives another money for its defence: both are named, and no bank is."""
    named = {side.code for side in context.sides[sentence.index]}
    return len(named) >= 2 and not named & banks() and any(m.value == "defence" for m in sentence.of("SECTOR"))


def _lends(context: Context, sentence: Sentence) -> bool:
    """Whether a development bank is a side of the sentence or of the document."""
    named = {side.code for side in context.sides[sentence.index]} | set(context.pair or ())
    return bool(named & banks())


def _clause_has(sentence: Sentence, money: Money, *heads: str) -> bool:
    return any(sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of(*heads))


def _direct(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], money: Money, cue: Mention | None
) -> tuple[str | None, str | None, float]:
    """(provider, recipient, certainty) of one-way money between two sides.

    A lender or agency gives. Else what the names' parts say: source gives, goal and place receive; a side without a part, in front,
    is the subject and gives. "Imports from" turns round: the subject receives.
    """
    sides = [s for s in context.sides[sentence.index] if s.code in pair]
    lenders = banks() | unions()
    first, second = pair
    if kind in ("loan", "grant"):
        for giver, taker in ((first, second), (second, first)):
            if giver in lenders and taker not in lenders:
                return giver, taker, 5.0
    owner = _owner(sentence, sides, cue)
    if owner is not None and cue is not None:
        other = second if owner == first else first
        return (other, owner, 3.0) if cue.head == "IMPORT" else (owner, other, 3.0)
    score = {first: 0.0, second: 0.0}
    imports = cue is not None and cue.head == "IMPORT"
    obtains = _taker(sentence, sides, money) if kind in ("loan", "grant") else None
    if obtains is not None:
        return (second if obtains == first else first), obtains, 3.0
    for side in sides:
        nearness = 1.0 if abs(sentence.clause(side.start) - sentence.clause(money.start)) <= 1 else 0.6
        leaning = _leaning(side, kind, cue, sentence)
        if imports and side.role not in ("source", "goal", "place"):
            # Whoever imports receives; from where and to where the goods go needs no turning round.
            leaning = -leaning
        score[side.code] += nearness * leaning
    if sides and not imports and not _coordinate(context, sides):
        # "Japan is giving Kyrgyzstan …": of two sides without a part the first is the subject.
        score[sides[0].code] += 0.2
    here = context.text.pack.cities.get(context.dateline or "")
    if not sides and here in pair and sentence.has("HERE"):
        return (second if here == first else first), here, 2.0
    if score[first] == score[second]:
        return *_without_parts(context, sentence, kind, pair, sides), 0.0
    giver = first if score[first] > score[second] else second
    return giver, second if giver == first else first, abs(score[first] - score[second])


def _direct_before(context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], money: Money) -> tuple[str, str] | None:
    """Direction where a sentence names no side: as the sentences just before it, or the title, tell it of the same two."""
    for index in (sentence.index - 1, sentence.index - 2, 0):
        if 0 <= index < sentence.index and set(pair) <= {s.code for s in context.sides[index]}:
            provider, recipient, certainty = _direct(context, context.text.sentences[index], kind, pair, money, None)
            if certainty > 1 and provider is not None and recipient is not None:
                return provider, recipient
    return None


def _owner(sentence: Sentence, sides: list[Side], cue: Mention | None) -> str | None:
    """The side whose trade or money the cue is: "экспорт Казахстана", "казахстанский экспорт", "Japan's grant"."""
    if cue is None or cue.head not in ("EXPORT", "IMPORT", "INVEST", "GRANT", "LOAN"):
        return None
    owners = [
        s.code
        for s in sides
        if (s.role == "owner" and s.head in ("COUNTRY", "CAPITAL") and (s.start == cue.end or s.end == cue.start))
        or (s.role == "owner" and s.head == "COUNTRY" and sentence.head_final and s.end == cue.start - 1)
        or (s.head == "DEMONYM" and (s.start == cue.end if sentence.adjectives_follow else s.end == cue.start))
    ]
    return owners[0] if len(set(owners)) == 1 else None


def _taker(sentence: Sentence, sides: list[Side], money: Money) -> str | None:
    """ "Kyrgyzstan received a loan", "Tehran will pay back the loan": the subject is the one it was given to."""
    for verb in sentence.of("OBTAIN"):
        if mention_distance(sentence, verb, money.start, money.end) > 20:
            continue
        if sentence.adjectives_follow and any(verb.end < m.start and m.end <= money.start for m in sentence.of("FINANCE")):
            continue  # "received a letter on Qatar's giving 60 million": another's verb stands nearer
        subjects = [
            s for s in sides
            if s.role in (None, "owner", "place") and sentence.clause(s.start) == sentence.clause(verb.start)
        ]  # fmt: skip
        if len({s.code for s in subjects}) == 1:
            return subjects[0].code
        bare = [s for s in subjects if s.role is None and s.head in ("COUNTRY", "CAPITAL")]
        if len({s.code for s in bare}) == 1:
            return bare[0].code
    return None


def _coordinate(context: Context, sides: list[Side]) -> bool:
    """Whether the first two sides stand side by side as one subject: "Zambia and China exchanged notes on a grant"."""
    words = [word for side, other in pairwise(sides[:2]) for word in context.text.words[side.end : other.start]]
    together = len(sides) > 1 and sides[0].code != sides[1].code and sides[0].role is sides[1].role is None
    return together and len(words) == 1 and words[0].isalpha() and len(words[0]) <= 3


def _leaning(side: Side, kind: str, cue: Mention | None, sentence: Sentence) -> float:
    """How much a name's part makes it the giver (+) or the receiver (-)."""
    if side.role == "goal" and any(0 <= m.start - side.end <= 2 or 0 <= side.start - m.end <= 3 for m in sentence.of("THANKS")):
        # Whoever is thanked has given.
        return 3.0
    leaning = {"source": 3.0, "agent": 3.0, "goal": -3.0, "place": -2.5, "with": 0.0, "owner": 0.5, None: 1.0}.get(side.role, 0.0)
    if side.head == "AGENCY":
        leaning = leaning + 1.5 if leaning >= 0 else leaning
    if side.head == "DEMONYM":
        # "Chinese investment", "Japanese grant": an adjective on the money or the investor gives; "the Kazakh economy" receives.
        money = sentence.of("INVEST", "GRANT", "LOAN", "EXPORT", "COMPANY")
        before = () if sentence.adjectives_follow else (side.end, side.end + 1)
        if any(m.start in before or m.end == side.start for m in money):
            leaning = 2.5
        elif side.role == "goal" or side.role == "place":
            leaning = -2.5
        else:
            leaning = 0.3
    if side.role == "owner" and cue is not None and 0 <= cue.start - side.end <= 3:
        # "Japan's investment", "экспорт Казахстана": the owner of the money gives.
        leaning = 2.0
    return leaning


def _without_parts(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], sides: list[Side]
) -> tuple[str | None, str | None]:
    """Direction where names' parts do not tell: the visitor or the lone foreign name gives to the home side."""
    first, second = pair
    for mention in sentence.of("CITY"):
        # "… will build a plant in Kostanay": whose town it is receives.
        country = context.text.pack.cities.get(mention.value)
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        if country in pair and not sides and role in ("place", "goal"):
            return (second, first) if country == first else (first, second)
    if context.home in pair:
        return (second, first) if context.home == first else (first, second)
    named = {s.code for s in sides}
    if len(named) == 1:
        giver = next(iter(named))
        return giver, second if giver == first else first
    return None, None


def _distinct(flows: list[Flow]) -> list[Flow]:
    """One flow per fact: the same kind, pair and sum is one, told best where the period is stated."""
    kept: list[Flow] = []
    for flow in flows:
        for number, other in enumerate(kept):
            same_period = (
                flow.period is None
                or other.period is None
                or (flow.period.first, flow.period.last)
                == (
                    other.period.first,
                    other.period.last,
                )
            )
            if (
                flow.flow_type == other.flow_type
                and flow.pair == other.pair
                and flow.money.currency == other.money.currency
                and abs(flow.money.amount - other.money.amount) <= 0.005 * other.money.amount
                and same_period
            ):
                if _detail(flow) > _detail(other):
                    kept[number] = flow
                break
        else:
            kept.append(flow)
    return kept


def _detail(flow: Flow) -> float:
    stated = flow.rule.endswith("stated")
    return (
        min(flow.certainty, 3.0) + 2 * (flow.period is not None) + (flow.money.bound != "exact") + stated - 2 * flow.sentence.title
    )


def period_dates(flow: Flow) -> tuple[dt.date | None, dt.date | None]:
    """Start and end of the time a flow covers; a target has only the end by which it is to be reached."""
    if flow.period is None:
        return None, None
    if flow.flow_type == "trade_target":
        return None, flow.period.last if flow.period.future or flow.period.until else None
    if flow.period.until and flow.flow_type not in ("trade_turnover", "export"):
        return None, flow.period.last
    return flow.period.first, flow.period.last
