"""The members of a package that have no noun of their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from orchestration.extract.agreement_details import subject_of, words_of
from orchestration.extract.claims import Agreement
from orchestration.extract.context import Context, mention_distance
from orchestration.extract.quantities import Money
from orchestration.extract.reader import CLAUSE_MARKS, Mention, Sentence


def told_by_sum(context: Context, found: list[Agreement], sums: dict[int, list[tuple[Money, str]]]) -> list[Agreement]:
    """Loan and grant agreements of a package that are told by their money alone: "The larger loan, $250 million, will pay for …"."""
    members: list[Agreement] = []
    taken = {a.money for a in found if a.money}
    told = {a.sentence.index: a for a in found}
    for package in found:
        if package.kind != "package" or package.count_bound != "exact":
            continue
        kinds = {kind for head, kind in (("LOAN", "loan"), ("GRANT", "grant")) if package.sentence.has(head, "FINANCE")}
        own: list[Agreement] = []
        for sentence in context.text.sentences[package.sentence.index + 1 : package.sentence.index + 5]:
            marks = sentence.of("MEMBER")
            for money, kind in sums.get(sentence.index, []):
                if money in taken or (sentence.index in told and told[sentence.index].money is None):
                    continue
                near = [m for m in marks if m.end <= money.start and not context.text.parted(m.start, money.start)]
                if sentence.index in told:
                    # Beside one told with a noun: "The first agreement is a loan of 85 million, and the second a grant of 22".
                    near = [m for m in near if m.start > told[sentence.index].end + 1]
                if kind in kinds and near:
                    subject, sectors = subject_of(context, sentence, near[-1]), tuple(m.value for m in sentence.of("SECTOR"))
                    own.append(
                        replace(
                            package, kind="agreement", count=1, money=money, subject=subject, sectors=tuple(dict.fromkeys(sectors)),
                            sentence=sentence, start=near[-1].start, end=near[-1].end, rule="agreement:member:money",
                        )
                    )  # fmt: skip
        members.extend(own[: package.count])
    return members


def without_noun(context: Context, sentence: Sentence, found: list[Agreement]) -> list[Agreement]:
    """ "In one of them a fund agrees to …", "The biggest, for 18 trains, …": a member that opens the sentence behind its package."""
    package = next((a for a in found if a.kind == "package" and a.sentence.index == sentence.index - 1), None)
    one = next((m for m in sentence.of("ONE_OF") if m.start - sentence.start <= 1), None)
    if package is None or one is None or sentence.paragraph != package.sentence.paragraph or sentence.head_final:
        return []
    if sentence.has("NEGATION", "CONDITIONAL", "CALLED_OFF", "DENIAL"):
        return []
    inside = one.start > sentence.start  # "in one of them", "under the second"
    if not inside and not any(one.end <= m.start <= one.end + 1 for m in sentence.of("SUBJECT_OF")):
        return []
    nouns = [m for m in package.sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start == package.start and m.value != "package"]
    sectors = tuple(dict.fromkeys(m.value for m in sentence.of("SECTOR")))
    return [
        replace(
            package, kind=nouns[0].value if nouns else "agreement", count=1, count_bound="exact", money=None, sectors=sectors,
            subject=words_of(context, one.end, sentence.end), sentence=sentence, start=one.start, end=one.end, rule="agreement:one_of:member",
        )
    ]  # fmt: skip


def opens_list(sentence: Sentence, instrument: Mention) -> bool:
    """Whether a noun opens a list of what it stands for: "the agreements include …"."""
    return any(mention_distance(sentence, m, instrument.start, instrument.end) <= 2 for m in sentence.of("MEMBER"))


def listed_contracts(context: Context, sentence: Sentence, instrument: Mention, package: Agreement | None) -> list[Agreement]:
    """ "The agreements include Rakuten's biotechnology and …": what companies do behind such a noun are contracts of the package."""
    if package is None or not opens_list(sentence, instrument):
        return []
    words = context.text.words
    nouns = [m.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start >= instrument.end]
    marks = [i + 1 for i in range(instrument.end, sentence.end) if words[i] in CLAUSE_MARKS]
    borders = sorted({instrument.end, *nouns, *marks, sentence.end})
    companies = sentence.of("AGENCY", "COMPANY")
    return [
        replace(
            package, kind="contract", count=1, count_bound="exact", money=None, subject=words_of(context, start, end), start=start, end=end,
            sentence=sentence, rule=package.rule + ":listed",
        )
        for start, end in pairwise(borders)
        if start not in nouns and any(start <= m.start < end for m in companies)
    ]  # fmt: skip


def members_of(context: Context, sentence: Sentence, instrument: Mention, package: Agreement) -> list[Agreement]:
    """ "Two agreements, one on road transport, the other on social security": members of a package without a noun of their own."""
    ones = ones_of(sentence, instrument)
    least = 1 if len(ones) == 1 and _is_aside(context, sentence, ones[0]) else 2
    if package.kind != "package" or package.count_bound == "at_least" or not least <= len(ones) <= package.count:
        return []
    if any(instrument.end < m.start < ones[0].start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")):
        return []
    kind = instrument.value if instrument.value != "package" else "agreement"
    ends = [*(m.start for m in ones[1:]), sentence.end]
    return [
        replace(
            package, kind=kind, count=1, money=None, subject=words_of(context, one.end, end), start=one.start, end=one.end,
            rule=package.rule + ":one_of",
        )
        for one, end in zip(ones, ends, strict=True)
    ]  # fmt: skip


def twins_of(context: Context, sentence: Sentence, instrument: Mention, agreement: Agreement) -> list[Agreement]:
    """ "A contract between A and B, and another under which C builds …": one more of the same kind, without a noun of its own."""
    if agreement.count != 1 or agreement.kind == "package":
        return []
    nouns = sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")
    following = min((m.start for m in nouns if m.start >= instrument.end), default=sentence.end)
    others = [
        m
        for m in sentence.of("MORE")
        if instrument.end < m.start < following - 3 and sentence.clause(m.start) > sentence.clause(instrument.start)
    ]
    return [
        replace(
            agreement, money=None, subject=words_of(context, one.end, following), start=one.start, end=one.end,
            rule=agreement.rule + ":another",
        )
        for one in others[:1]
        if any(one.end <= m.start <= one.end + 6 for m in sentence.of("AGENCY", "COMPANY", "BETWEEN", "COUNTRY", "SUBJECT_OF"))
    ]  # fmt: skip


def _is_aside(context: Context, sentence: Sentence, one: Mention) -> bool:
    """ "Fifteen agreements, one of them on …": behind a mark, or behind a verb that says what it is about."""
    opening = next((m.start for m in sentence.of("SUBJECT_OF") if m.end == one.start), one.start)
    return context.text.words[opening - 1] in CLAUSE_MARKS and any(m.start == one.start for m in sentence.of("MEMBER"))


def ones_of(sentence: Sentence, instrument: Mention) -> list[Mention]:
    """ "One … the other …" behind an instrument, where no noun of its own follows."""
    named = sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")
    return [
        m
        for m in sentence.of("ONE_OF")
        if m.start >= instrument.end
        and not any(0 <= n.start - m.end <= 3 and sentence.clause(n.start) == sentence.clause(m.start) for n in named)
    ]
