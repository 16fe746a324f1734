"""For which time a sum is told, and whether it is aimed at."""

from __future__ import annotations

from itertools import pairwise

from orchestration.extract.claims import Flow
from orchestration.extract.context import Context, mention_distance
from orchestration.extract.dates import Period, year_at
from orchestration.extract.quantities import Money
from orchestration.extract.reader import Mention, Sentence

OWN_CUES = ("TRADE", "EXPORT", "IMPORT", "INVEST", "INVEST_PLANNED", "LOAN", "GRANT", "PROJECT", "FINANCE", "DOMESTIC", "CHANGE_BY")


def time_of_trade(flows: list[Flow], pair: tuple[str, str], sentence: Sentence) -> Period | None:
    """The time of the trade told in the sentence before, of which exports are a part: the first of it, where it is compared.

    Exports have the time of those the other way round, told just before.
    """
    before = [f for f in flows if f.pair == pair and f.sentence.index == sentence.index - 1]
    told = [f for f in before if f.flow_type == "trade_turnover"] or [f for f in before if f.flow_type == "export"][-1:]
    return told[0].period if told else None


def reaches_ahead(context: Context, period: Period | None) -> bool:
    if period is None or not (period.until or period.future):
        return False
    return context.published is None or period.last is None or period.last >= context.published


def assign_aims(context: Context, sentence: Sentence, sums: list[Money], period_of: dict[Money, Period]) -> set[Money]:
    """Each aim or target word belongs to the sum nearest to it, unless a time that is over stands nearer to that sum."""
    aimed: set[Money] = set()
    open_sums = [money for money in sums if not reached(sentence, money)]
    for aim in sentence.of("AIM"):
        # Where verbs stand in front, an aim told in a later clause is another one, unless it follows at once.
        ahead = [
            m
            for m in open_sums
            if sentence.head_final or aim.start - m.end <= 6 or sentence.clause(aim.start) == sentence.clause(m.start)
            if not has_own_object(sentence, aim, m)
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
        if distance <= 40 and (others or not _is_over(context, sentence, ranked[0], period, distance)):
            aimed.add(ranked[0])
    for first, second in pairwise(sums):
        if first in aimed and second in open_sums and not sentence.head_final and _goes_on(context, sentence, first, second):
            aimed.add(second)
    return aimed


def has_own_object(sentence: Sentence, aim: Mention, money: Money) -> bool:
    """ "The share is 46 million, so they want to double it": what is aimed at stands between as a pronoun, and is no sum."""
    between = [m for m in sentence.of("PRONOUN") if money.end <= m.start and m.end <= aim.start]
    return sentence.head_final and any(sentence.clause(m.start) != sentence.clause(money.start) for m in between)


def _goes_on(context: Context, sentence: Sentence, first: Money, second: Money) -> bool:
    """ "To reach 10 billion in three years, then 30 billion": no cue, verb or past time of its own between two sums."""
    told = [m for m in sentence.of("REACHED", "YEAR_OF", "PERCENT", *OWN_CUES) if first.end <= m.start < second.start]
    years = [token for token in range(first.end, second.start) if year_at(context.text, token)]
    return second.start - first.end <= 8 and not told and not years


def reached(sentence: Sentence, money: Money) -> bool:
    """Whether the verb of a sum says that it has come to it: "9 milyar doları buldu ve taraflar …"."""
    if any(0 <= money.start - m.end <= 2 for m in sentence.of("AIM")):
        return False  # "the aim is 5 billion"
    if sentence.head_final:
        return any(0 <= m.start - money.end <= 1 for m in sentence.of("REACHED"))
    return any(0 <= money.start - m.end <= 2 for m in sentence.of("REACHED"))


def _is_over(context: Context, sentence: Sentence, money: Money, period: Period | None, distance: float) -> bool:
    """Whether a sum has a time within a distance that is past by the day of publication."""
    if context.published is None or period is None or period.last is None or period.last >= context.published:
        return False
    gap = max(period.start - money.end, money.start - period.end)
    return gap < distance or (gap == distance and sentence.head_final)  # "2024'te 5 milyar dolara ulaşması"


def assign_periods(context: Context, sentence: Sentence, sums: list[Money], periods: list[Period]) -> dict[Money, Period]:
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
            if gap < 0 or (period.start >= money.end and context.text.parted(money.start, period.start)):
                continue  # a time behind a semicolon is told of what stands there
            crossed = sum(
                1
                for o in sums
                if o is not money and min(money.end, period.end) <= o.start and o.end <= max(money.start, period.start)
            )
            if crossed and period.until and period.start >= money.end and reached(sentence, money):
                continue  # "it comes near 9 billion, and may reach 15 by 2028"
            # "358 million in January–April 2023 against 296 million in …": a time right behind another sum is that one's first.
            behind_other = any(o is not money and o.end <= period.start <= o.end + 3 and money.start >= period.end for o in sums)
            distance = gap + 10 * crossed + 6 * behind_other + 6 * abs(sentence.clause(period.start) - sentence.clause(money.start))
            if best is None or distance < best[0]:
                best = (distance, period)
        if best and best[0] <= 45:
            assigned[money] = best[1]
    return assigned
