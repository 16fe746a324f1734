"""One agreement per fact, with the value that the text states for it."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.claims import Agreement
from orchestration.extract.context import banks, mention_distance
from orchestration.extract.dates import When, apart
from orchestration.extract.quantities import Money
from orchestration.extract.reader import Mention, Sentence


def with_values(sentence: Sentence, agreements: list[Agreement], sums: list[tuple[Money, str]]) -> list[Agreement]:
    """Give each instrument the value that the sentence states for it: the nearest, behind it rather than before."""
    usable = [m for m, kind in sums if kind in ("instrument", "grant", "loan", "investment_pledge")]
    valued: list[Agreement] = []
    for agreement in agreements:
        best: tuple[float, Money] | None = None
        for money in usable:
            mention = Mention("INSTRUMENT|", agreement.start, agreement.end)
            distance = mention_distance(sentence, mention, money.start, money.end) + (0 if money.start >= agreement.end else 2)
            nearest = min(
                agreements,
                key=lambda a: (
                    _told_later(sentence, a, money),
                    mention_distance(sentence, Mention("INSTRUMENT|", a.start, a.end), money.start, money.end),
                ),
            )
            lone = len(agreements) == len(usable) == 1
            if nearest is agreement and distance <= (70 if lone else 40) and (best is None or distance < best[0]):
                best = (distance, money)
        valued.append(replace(agreement, money=best[1]) if best else agreement)
    return valued


def _told_later(sentence: Sentence, agreement: Agreement, money: Money) -> bool:
    """Where verbs stand in front, an instrument in a later clause than a sum is the next one: "a pact worth 3 million, and a memorandum"."""
    behind = agreement.start >= money.end and sentence.clause(agreement.start) > sentence.clause(money.start)
    return behind and not sentence.head_final


def with_neighbouring_values(agreements: list[Agreement], sums: dict[int, list[tuple[Money, str]]]) -> list[Agreement]:
    """A contract or a grant or loan agreement without a value takes the one that the sentence beside it states and no other has."""
    claimed = {a.money for a in agreements if a.money}
    valued = []
    for agreement in agreements:
        index = agreement.sentence.index
        kinds = {"grant"} if agreement.sentence.has("GRANT") else {"loan"} if agreement.sentence.has("LOAN") else set()
        steps = [-1, 1] if agreement.again else [1, -1, 2] if set(agreement.parties) & banks() else [1, -1]
        if agreement.kind == "contract":
            kinds = {"investment_pledge", "instrument"}
            # "The contract of sale was signed yesterday": of what was told just before.
            steps = [-1, 1] if agreement.start == agreement.sentence.start else steps
        elif not kinds and len((agreement.subject or "").split()) <= 1:
            # "The agreement was signed by …": what it is about was told just before.
            kinds, steps = {"grant", "loan"}, [-1, 1]
        elif agreement.kind == "package" and not kinds:
            kinds, steps = {"instrument"}, [1]  # "Their total value is …"
        elif agreement.kind == "agreement" and not kinds:
            # An agreement with a bank is about its money; "an agreement on it" about the money told just before.
            if set(agreement.parties) & banks():
                kinds, steps = {"grant", "loan"}, [1, -1, 2]
            elif agreement.sentence.has("THIS"):
                kinds, steps = {"grant", "loan", "investment_pledge"}, [-1]
        if agreement.money is None and kinds and not sums.get(index):
            near = [m for step in steps for m, kind in sums.get(index + step, []) if kind in kinds and m not in claimed]
            if near:
                agreement = replace(agreement, money=near[0])
        valued.append(agreement)
    return valued


def with_days_of_visits(agreements: list[Agreement], meetings: list[tuple[tuple[str, ...], str, When | None]]) -> list[Agreement]:
    """What is to be signed without a day is to be signed at the one planned meeting of its sides."""
    planned: dict[frozenset[str], set[When]] = {}
    for countries, status, when in meetings:
        if status == "planned" and when is not None:
            planned.setdefault(frozenset(countries), set()).add(replace(when, start=0, end=0))
    dated = []
    for agreement in agreements:
        days = planned.get(frozenset(agreement.parties), set())
        if agreement.status == "planned" and agreement.when is None and len({d.first for d in days}) == 1:
            agreement = replace(agreement, when=replace(min(days, key=lambda d: d.first), kind="current"))
        dated.append(agreement)
    return dated


def distinct(found: list[Agreement]) -> list[Agreement]:
    """One agreement per fact: a headline and the sentence that repeats it, or two sentences with the same instrument, are one."""
    kept: list[Agreement] = []
    for agreement in found:
        for number, other in enumerate(kept):
            if _same(agreement, other):
                kept[number] = _merge(other, agreement)
                break
            if _settled_later(other, agreement):
                kept[number] = replace(agreement, when=other.when, money=agreement.money or other.money, subject=other.subject)
                break
        else:
            kept.append(agreement)
    return kept


def _settled_later(one: Agreement, other: Agreement) -> bool:
    """Whether the second tells what became of the first, whose signing is told only in passing: "the agreement signed in 1999"."""
    later = one.status == "signed" and other.status in ("in_force", "terminated")
    alike = set(one.parties) == set(other.parties) and one.kind == other.kind and one.count == other.count == 1
    near = 0 <= other.sentence.index - one.sentence.index <= 1
    about = len((other.subject or "").split()) <= 4 or _overlap(one.subject, other.subject) >= 0.5
    return later and alike and near and about


def _same(one: Agreement, other: Agreement) -> bool:
    titled = other.sentence.title and other.rule.endswith(":document") and set(other.parties) < set(one.parties)
    if set(one.parties) != set(other.parties) and not titled:
        return False
    if one.again and one.kind != "package" != other.kind and (other.sentence.index, other.start) < (one.sentence.index, one.start):
        # What is told again: "it was signed" of one in force, "it takes effect" of one that was signed.
        return {one.status, other.status} <= {"signed", "in_force"} or one.status == other.status
    loosely = one.sentence.title != other.sentence.title and "package" not in (one.kind, other.kind)
    if one.status != other.status or (one.kind != other.kind and not loosely):
        return False
    if one.sentence.index == other.sentence.index:
        return one.count == other.count and one.kind == "package"
    if one.money and other.money and one.money.amount != other.money.amount:
        return False
    if one.kind == "package" and one.count != other.count and "at_least" not in (one.count_bound, other.count_bound):
        return False
    if one.kind == "package" and one.count != other.count:
        return False
    if apart(one.when, other.when):
        return False
    return (
        one.sentence.title
        or other.sentence.title
        or _overlap(one.subject, other.subject) >= 0.5
        or not one.subject
        or not other.subject
    )


def _overlap(one: str | None, other: str | None) -> float:
    first = {word[:5] for word in (one or "").casefold().split() if len(word) > 3}
    second = {word[:5] for word in (other or "").casefold().split() if len(word) > 3}
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _merge(one: Agreement, other: Agreement) -> Agreement:
    """The better told of the two, with what only the other states."""
    best, rest = (other, one) if one.sentence.title and not other.sentence.title else (one, other)
    when = best.when
    if rest.when and (when is None or when.kind == "current" != rest.when.kind):
        when = rest.when
    status = "in_force" if "in_force" in (one.status, other.status) else best.status
    sectors = tuple(dict.fromkeys([*best.sectors, *rest.sectors]))
    return replace(best, money=best.money or rest.money, when=when, status=status, sectors=sectors)
