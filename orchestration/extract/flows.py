"""Sums of money → flows: what kind of money, between whom, in which direction, for which time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from orchestration.extract.claims import Flow, Rejected
from orchestration.extract.context import Context, banks, choose_pair
from orchestration.extract.dates import find_periods
from orchestration.extract.flow_kinds import (
    INVESTED,
    REACH,
    TWO_WAY,
    UNSTATED,
    carries,
    classify,
    goes_on,
    part_of,
    spoken_of,
    told_beside,
)
from orchestration.extract.flow_sides import (
    VAGUE,
    Told,
    Topic,
    as_before,
    at_home,
    direction_before,
    direction_of,
    giver_with_its_taker,
    of_a_third,
    own_money,
    past_the_lender,
    same_trader,
    sides_beside,
    to_an_organisation,
    turned,
    with_borrower,
    with_lender,
)
from orchestration.extract.flow_times import assign_aims, assign_periods, reaches_ahead, time_of_trade
from orchestration.extract.quantities import Money, country_of_currency, find_money, find_numbers
from orchestration.extract.reader import Mention, Sentence


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
        period_of = assign_periods(context, sentence, sums, periods)
        aims = assign_aims(context, sentence, sums, period_of)
        for money in sums:
            kind, cue, why = classify(context, sentence, money, sums, numbers, aims, period_of.get(money))
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
                    carries(why, topic[0], money in period_of or money in aims or sentence.has("YEAR_OF", "SAME_YEAR"))
                    or (why == "no cue" and topic[0] not in TWO_WAY and goes_on(sentence, money))
                )
            ):
                kind, carried = topic[0], True
                if kind == "export" and money in aims:
                    kind = "trade_target"  # "Our aim is half a billion": of the trade, not of its one half
                if kind in TWO_WAY:
                    kind = "trade_target" if money in aims or reaches_ahead(context, period_of.get(money)) else "trade_turnover"
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
                kind = told_beside(context, sentence, money)
            if kind is None and why in ("no cue", UNSTATED):
                kind = spoken_of(context, sentence, money, why, aims, period_of.get(money))
                if kind is None and why == "no cue" and flows and part_of(flows[-1], sentence, money):
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
                and len(sides_beside(context, sentence, money)) == 2
            ):
                # "Trade with Iran was 3.2 billion, Russian-Azerbaijani 3.1 billion": the cue is said once, the sides are its own.
                near = money.start
            pair, how = choose_pair(context, sentence, near)
            if cue and near != cue.start:
                first, second = sides_beside(context, sentence, money)
                pair, how = (first, second), "stated"
            if pair is not None and how == "stated" and kind not in TWO_WAY:
                pair = giver_with_its_taker(context, sentence, money, pair)
            if pair is not None and kind == "loan" and cue is not None and cue.head.startswith("INSTRUMENT"):
                pair = with_lender(context, sentence, money, pair)
            if pair is not None and kind == "grant":
                pair = to_an_organisation(context, sentence, money, pair)
            if pair is not None and how == "completed" and kind != "loan":
                pair = past_the_lender(context, pair)
            if pair is not None and kind in REACH and set(pair) <= banks():
                pair = with_borrower(context, sentence, pair, topic[3] if topic else None)
            if pair is not None and how == "completed" and kind in REACH and topic and not set(pair) & banks():
                pair = as_before(context, sentence, money, pair, topic)
            if pair is not None and how == "completed" and kind == "export" and topic and topic[0] == "export":
                pair = same_trader(context, sentence, pair, topic)
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
                and at_home(context, sentence, money.currency, pair)
            ):
                rejected.append(Rejected("money of one country, told of it alone", sentence, money.start, money.end))
                continue
            if how in ("document", "completed") and of_a_third(money.currency, pair):
                rejected.append(Rejected("money of neither side", sentence, money.start, money.end))
                continue
            if kind == "fdi" and set(pair) & banks():
                # What a development bank puts into a country is lent, as a rule.
                kind = "loan"
            certainty = 0.0
            if kind not in TWO_WAY and how != "carried":
                provider, recipient, certainty = direction_of(context, sentence, kind, pair, money, cue)
            unnamed = how == "document" or (how == "completed" and sentence.has("THIS"))
            before = direction_before(context, sentence, kind, pair, money) if kind not in TWO_WAY and unnamed else None
            if before is not None and certainty < VAGUE and not any(s.code in pair for s in context.sides[sentence.index]):
                provider, recipient = before
            vague = (how == "document" and certainty < VAGUE) or (how == "completed" and certainty < VAGUE)
            if kind not in TWO_WAY and vague and _sorted(pair) in directions:
                provider, recipient = directions[_sorted(pair)]
            if how in ("completed", "document") and (known := stated.get((kind, *_sorted(pair)))):
                provider, recipient = known
            if kind == "export" and cue is not None and trade and turned(context, sentence, cue, pair, certainty, trade):
                provider, recipient = trade.recipient, trade.provider
            if kind not in TWO_WAY and (provider is None or recipient is None):
                rejected.append(Rejected("direction is not stated", sentence, money.start, money.end))
                continue
            if kind == "loan" and how in ("document", "completed") and own_money(money.currency, provider, recipient):
                rejected.append(Rejected("money of one country, told of it alone", sentence, money.start, money.end))
                continue
            period = period_of.get(money)
            part = sentence.has("MEMBER", "SAME_PERIOD") or (carried and kind == "export")
            if period is None and topic and sentence.index - topic[4] <= 1 and part:
                # "Of which 10.9 billion …": a part of the sum told before covers the same time.
                period = flows[-1].period
            if period is None and kind == "export":
                period = time_of_trade(flows, _sorted(pair), sentence)
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


def _left_behind(context: Context, sentence: Sentence, money: Money, following: list[Money]) -> bool:
    """Whether an investment is to be raised from a sum to the next: "to raise its investments from 600 billion to a trillion"."""
    if not following or not sentence.has("AIM") or not sentence.has("INVEST") or sentence.has("TRADE"):
        return False
    words, pack = context.text.words, context.text.pack
    opens = money.start > sentence.start and pack.before.get(pack.normalize(words[money.start - 1])) == "source"
    return opens and any(m.start == money.end and following[0].start - m.end <= 2 for m in sentence.of("RANGE"))


def _negated(sentence: Sentence, money: Money, cue: Mention | None) -> bool:
    """Whether the money is said not to be given: a word of denial about its verb or noun, in its clause."""
    if cue is None or cue.head in ("TRADE", "EXPORT", "IMPORT", "DOMESTIC", "CHANGE_BY"):
        return False
    return any(
        sentence.governs(m, cue) and sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of("NEGATION")
    )


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


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    first, second = sorted(pair)
    return first, second


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
