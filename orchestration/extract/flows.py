"""Sums of money → flows: what kind of money, between whom, in which direction, for which time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from orchestration.extract.claims import Flow, Rejected
from orchestration.extract.context import Context
from orchestration.extract.dates import Period, find_periods
from orchestration.extract.flow_course import TWO_WAY, Course, Kind, Route, Sums, in_order
from orchestration.extract.flow_kinds import NO_CUE, UNSTATED, kind_of
from orchestration.extract.flow_sides import price_of, route_of
from orchestration.extract.flow_times import assign_aims, assign_periods, reached, time_of_trade
from orchestration.extract.quantities import Money, find_money, find_numbers
from orchestration.extract.reader import Mention, Sentence

SAME_CURRENCY = 3  # sentences: how far back the currency of a sum without one may have been named


def find_flows(context: Context) -> tuple[list[Flow], list[Rejected], dict[int, list[tuple[Money, str]]]]:
    """All flows of a document, the sums that were not taken, and per sentence each sum with what it was taken for."""
    course = Course()
    rejected: list[Rejected] = []
    taken: dict[int, list[tuple[Money, str]]] = {}
    currency: tuple[int, str] | None = None
    for sentence in context.text.sentences:
        sums = _sums(context, sentence, currency[1] if currency and sentence.index - currency[0] <= SAME_CURRENCY else None)
        if not sums.money and sentence.start in {m.start for m in sentence.of("THIS")}:
            course.asides += 1
        if sums.money:
            currency = (sentence.index, sums.money[-1].currency)
        for money in sums.money:
            kind = kind_of(context, course, sums, money)
            taken.setdefault(sentence.index, []).append((money, kind.name or kind.why))
            unsaid = kind.why in (NO_CUE, UNSTATED) and (kind.name is None or (kind.carried and kind.name in TWO_WAY))
            if (kind.name == "instrument" or unsaid) and (_add_price(context, course, sums, money) or not unsaid):
                continue
            why = _add_flow(context, course, sums, money, kind)
            if why is not None:
                rejected.append(Rejected(why, sentence, money.start, money.end))
    flows = [flow for flow in course.flows if not _told_otherwise(flow, taken)]
    return _distinct(flows), rejected, taken


def _sums(context: Context, sentence: Sentence, currency: str | None) -> Sums:
    """The sums of a sentence with their times. currency: that of a sum without one."""
    numbers = find_numbers(context.text, sentence)
    sums = find_money(context.text, sentence, numbers, currency)
    if currency is None and sums:
        # "Trade was 4.2 billion, the aim is 10 billion dollars": the currency is said once, at the end.
        sums = find_money(context.text, sentence, numbers, sums[0].currency)
    sums = [m for n, m in enumerate(sums) if not _left_behind(context, sentence, m, sums[n + 1 : n + 2])]
    if not sums:
        return Sums(sentence, (), (), {}, frozenset())
    periods = assign_periods(context, sentence, sums, find_periods(context.text, sentence, numbers, context.published))
    aims = assign_aims(context, sentence, sums, periods)
    return Sums(sentence, tuple(sums), tuple(numbers), periods, frozenset(aims))


def _add_flow(context: Context, course: Course, sums: Sums, money: Money, kind: Kind) -> str | None:
    """Add the flow that a sum of a kind is to what the text has told; else the reason why it is none."""
    sentence = sums.sentence
    if kind.name is None:
        return kind.why
    if sentence.denied(money.start) or _negated(sentence, money, kind.cue):
        return "denied"
    route = route_of(context, course, sentence, money, kind)
    if isinstance(route, str):
        return route
    _add(context, course, sums, money, kind.cue, route)
    return None


def _add_price(context: Context, course: Course, sums: Sums, money: Money) -> bool:
    """Add what a buyer is to pay a seller, by an instrument or without one, where the sum is told with the deal; whether it is."""
    found = price_of(context, course, sums.sentence, money)
    if found is not None and not sums.sentence.denied(money.start) and not _negated(sums.sentence, money, found[0]):
        _add(context, course, sums, money, *found)
        return True
    return False


def _add(context: Context, course: Course, sums: Sums, money: Money, cue: Mention | None, route: Route) -> None:
    period = _period(course, sums, money, route) or _time_of_it(context, sums.sentence, money, route)
    money = _with_bound(context, sums.sentence, money, route.kind)
    rule = f"{route.kind}:{cue.head.lower() if cue else 'carried'}:{route.how}"
    provider, recipient = route.provider, route.recipient
    flow = Flow(route.kind, in_order(route.pair), provider, recipient, money, period, sums.sentence, rule, route.certainty)
    course.add(flow, cue, route)


def _period(course: Course, sums: Sums, money: Money, route: Route) -> Period | None:
    """The time a sum covers: its own, or for a part of what was told before the time of the whole."""
    period, sentence, topic = sums.periods.get(money), sums.sentence, course.topic
    part = sentence.has("MEMBER", "SAME_PERIOD") or (route.carried and route.kind == "export")
    if period is None and topic and sentence.index - topic.sentence <= 1 and part:
        # "Of which 10.9 billion …": a part of the sum told before covers the same time.
        period = course.flows[-1].period
    if period is None and route.kind == "export":
        period = time_of_trade(course.flows, in_order(route.pair), sentence)
    return period


def _time_of_it(context: Context, sentence: Sentence, money: Money, route: Route) -> Period | None:
    """ "They spoke of last year's trade. It came to 30 billion": the one time that the sentence before tells of it."""
    stands_for = any(0 <= money.start - m.end <= 2 for m in sentence.of("PRONOUN"))
    before = context.text.sentences[sentence.index - 1] if sentence.index else None
    if route.kind != "trade_turnover" or not stands_for or before is None or not before.has("TRADE"):
        return None
    periods = find_periods(context.text, before, find_numbers(context.text, before), context.published)
    return periods[0] if len(periods) == 1 else None


def _with_bound(context: Context, sentence: Sentence, money: Money, kind: str) -> Money:
    """A sum with "up to" read as what it is: the word leads to a level or an aim, and bounds nothing there."""
    leads = money.bound == "at_most" and (
        kind == "trade_target"
        or _fell_to(context, sentence, money)
        or _rose_to(sentence, money, kind)
        or (sentence.head_final and "dat" in money.tags and reached(sentence, money))
    )
    return replace(money, bound="exact") if leads else money


def _fell_to(context: Context, sentence: Sentence, money: Money) -> bool:
    """ "Fell by a quarter, to 55 million": behind a change "to" leads to the level, it bounds nothing."""
    changed = any(0 <= money.start - m.end <= 6 for m in sentence.of("CHANGE_BY"))
    return changed and any(m.end == money.start for m in sentence.of("RANGE"))


def _rose_to(sentence: Sentence, money: Money, kind: str) -> bool:
    """ "Trade grew in 2024 to a record 68.7 billion", where one word says "to" and "up to"."""
    if kind not in ("trade_turnover", "export"):
        return False
    bounds = {(m.start, m.end) for m in sentence.of("BOUND_BEFORE") if 0 <= money.start - m.end <= 1}
    return any((m.start, m.end) in bounds for m in sentence.of("RANGE"))


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
    denials = [
        m
        for m in sentence.of("NEGATION")
        if sentence.governs(m, cue)
        and sentence.clause(m.start) == sentence.clause(money.start)
        and not (m.start == cue.start and m.end < cue.end)  # "need not be paid back" is what the cue says
    ]
    # "Nothing but ten billion has arrived".
    return any(not any(m.end <= o.start < money.start for o in sentence.of("ONLY")) for m in denials)


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
