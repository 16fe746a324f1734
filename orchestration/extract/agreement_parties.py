"""Who concludes an instrument."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from orchestration.extract.agreement_details import words_of
from orchestration.extract.claims import Agreement
from orchestration.extract.context import Context, Side, banks, choose_pair, counted_states, led_in_region, principals, role_of
from orchestration.extract.people import Appearance
from orchestration.extract.reader import CLAUSE_MARKS, HYPHENS, Mention, Sentence


def find_parties(context: Context, sentence: Sentence, trigger: Mention, instrument: Mention) -> tuple[tuple[str, ...] | None, str]:
    """The sides that conclude it: a list of three or more states named together, else two."""
    partners = _partners(context, sentence)
    if partners:
        own = [s for s in partners if sentence.clause(s.start) == sentence.clause(instrument.start)] or partners
        code = min(own, key=lambda s: abs(s.start - instrument.start)).code
        other = _spoken_of_before(context, sentence, {s.code for s in partners}) or context.other(code)
        return (tuple(sorted((code, other))), "partner") if other and other != code else (None, "one side")
    place = _signed_in(context, sentence, trigger)
    listed = [code for code in _listed_states(context, sentence, trigger, instrument) if code not in place]
    if len(listed) == 2 and (subject := _with_them(context, sentence, listed)):
        listed = [*listed, subject]
    if len(listed) < 3:
        listed = (
            _listed_people(context, sentence)
            or _of_a_region(context, sentence)
            or list(counted_states(context, sentence))
            or listed
        )
    if len(listed) >= 3:
        return tuple(sorted(listed)), "listed"
    if len(listed) == 2 and sentence.clause(trigger.start) == _clause_of(context, sentence, listed):
        return tuple(sorted(listed)), "named"
    sources = {s.code for s in context.sides[sentence.index] if s.role == "source" and s.head == "COUNTRY"}
    if len(sources) >= 3:
        # "X from Kazakhstan, Y from Hungary and Z from China": companies told with their countries.
        return tuple(sorted(sources)), "listed"
    before = _pair_of_the_told(context, sentence, instrument)
    if before is not None:
        return tuple(sorted(before)), "before"
    cities = _twin_cities(context, sentence)
    if len(cities) == 2:
        return tuple(sorted(cities)), "cities"
    near = instrument.start if context.text.parted(instrument.start, trigger.start) else trigger.start
    pair, how = choose_pair(context, sentence, near, _bystanders(context, sentence) | place)
    if how in ("document", "people") or (how == "completed" and sentence.has("OFFICE_PLURAL")):
        # "At the meeting a roadmap was signed", "the leaders adopted": those who met in the sentence before.
        met = _met_before(context, sentence)
        if len(met) == 2 or (len(met) > 2 and sentence.has("OFFICE_PLURAL", "SIDES", "SAME_DAY")):
            return tuple(sorted(met)), "met"
    return (tuple(sorted(pair)), how) if pair else (None, how)


def _pair_of_the_told(context: Context, sentence: Sentence, instrument: Mention) -> tuple[str, str] | None:
    """ "The agreement should be ready in May": of the two sides of the sentence before in the paragraph, where this one names none."""
    points = any(m.end == instrument.start for m in sentence.of("ANAPHOR"))
    before = context.text.before(sentence)
    named = (
        context.sides[sentence.index] or context.registry.of(sentence) or sentence.has("OFFICE_PLURAL", "SIDES", "TWO_COUNTRIES")
    )
    if not points or before is None or named:
        return None
    codes = list(dict.fromkeys(s.code for s in context.sides[before.index] if s.code in principals() and s.role != "like"))
    return (codes[0], codes[1]) if len(codes) == 2 else None


def _twin_cities(context: Context, sentence: Sentence) -> set[str]:
    """The countries of two cities that conclude something: "Almaty and Izmir signed", where nobody else is named."""
    words, found = context.text.words, sentence.of("CITY")
    if context.sides[sentence.index] or any(m.end < sentence.end and words[m.end] in HYPHENS for m in found):
        return set()  # "the road Almaty – Bishkek"
    cities = [
        m for m in found if role_of(context.text, sentence, m.start, m.end, m.tags, m.prefixes) not in ("place", "goal", "source")
    ]
    people = {a.figure.country for a in context.registry.of(sentence) if a.figure.country and a.figure.role != "other"}
    return {context.text.pack.cities[m.value] for m in cities if m.value in context.text.pack.cities} if not people else set()


def _partners(context: Context, sentence: Sentence) -> list[Side]:
    """Sides that stand against each other, each in a clause of its own: "with the Emirates a pact was signed, with Mongolia another".

    None of them concludes anything with the other; both do with the one spoken of before.
    """
    sides = [s for s in context.sides[sentence.index] if s.code in principals()]
    partners = [s for s in sides if s.role == "with"]
    apart_from = {sentence.clause(s.start) for s in partners}
    return partners if len(sides) == len(partners) == len(apart_from) == len({s.code for s in partners}) >= 2 else []


def _spoken_of_before(context: Context, sentence: Sentence, exclude: set[str]) -> str | None:
    """The country or organisation last named before in the paragraph."""
    for index in range(sentence.index - 1, max(sentence.index - 3, -1), -1):
        if context.text.sentences[index].paragraph == sentence.paragraph:
            codes = [s.code for s in context.sides[index] if s.code in principals() - exclude]
            if codes:
                return codes[-1]
    return None


def each_with_its_partner(context: Context, sentence: Sentence, agreement: Agreement) -> list[Agreement]:
    """ "It has signed such agreements with Britain and Uzbekistan": as many as partners, each between one of them and the subject."""
    if agreement.kind != "package" or agreement.count_bound != "at_least" or len(agreement.parties) != 2:
        return [agreement]
    sides = [s for s in context.sides[sentence.index] if s.code in principals()]
    run = [s for s in sides if s.code in agreement.parties]
    nouns = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start == agreement.start and m.value != "package"]
    joined = len(run) == 2 and run[0].role == "with" and 0 < run[1].start - run[0].end <= 2
    between = context.text.words[run[0].end : run[1].start] if joined else []
    together = (
        any(m.end == run[0].start for m in sentence.of("BETWEEN") if len(context.text.words[m.start]) > 2) if joined else True
    )
    subject = context.home if not [s for s in sides if s not in run] else None
    if not nouns or together or not subject or subject in agreement.parties or not all(w.isalpha() for w in between):
        return [agreement]
    return [
        replace(
            agreement, parties=tuple(sorted((side.code, subject))), kind=nouns[0].value, count=1, count_bound="exact", start=side.start,
            end=side.end, when=None if agreement.when and agreement.when.kind == "current" else agreement.when,
        )
        for side in run
    ]  # fmt: skip


def contrasted(context: Context, sentence: Sentence, agreement: Agreement) -> list[Agreement]:
    """The agreements that a contrast tells without a noun of their own: "…, with Mongolia an interim one"."""
    partners = _partners(context, sentence) if agreement.rule.endswith(":partner") else []
    borders = [*(s.start for s in partners), sentence.end]
    nouns = [m.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")]
    named = {sentence.clause(one) for one, two in pairwise(borders) if any(one < noun < two for noun in nouns)}
    # "… with Lithuania – none".
    without = {sentence.clause(m.start) - step for m in sentence.of("NEGATION") for step in (0, 1)}
    mine = next((s.code for s in partners if s.code in agreement.parties), None)
    other = next((code for code in agreement.parties if code != mine), None)
    return [
        replace(
            agreement, parties=tuple(sorted((side.code, other))), subject=words_of(context, side.end, sentence.end), money=None,
            start=side.start, end=side.end,
        )
        for side in partners
        if other and side.code != mine and sentence.clause(side.start) not in named | without
    ]  # fmt: skip


def _met_before(context: Context, sentence: Sentence) -> set[str]:
    """The sides of the people named in the sentence before, in the same paragraph."""
    before = context.text.before(sentence)
    if before is None or not before.has("MEET", "MEET_PLANNED", "RECEIVE", "TALKS"):
        return set()
    return {a.figure.country for a in context.registry.of(before) if a.figure.country and a.by_name}


def _bystanders(context: Context, sentence: Sentence) -> frozenset[str]:
    """Third sides that a sentence names as a place or goal only, beside one of the document's two: "the road to the Libyan border"."""
    sides = context.sides[sentence.index]
    pair = set(context.pair or ())
    if sentence.head_final and any(m.start == sentence.start and m.end < sentence.end for m in sentence.of("SIDES")):
        # "Taraflar, Rusya'nın saldırılarını kınayan bir bildiri kabul etti": who concludes is told already.
        return frozenset({side.code for side in sides if side.role == "owner"} - pair)
    if not pair & {side.code for side in sides} or {side.code for side in sides} & banks():
        return frozenset()
    away = {side.code for side in sides if side.role in ("place", "goal")} - {
        s.code for s in sides if s.role not in ("place", "goal")
    }
    return frozenset(away - pair)


def _signed_in(context: Context, sentence: Sentence, trigger: Mention) -> frozenset[str]:
    """A third country that is only where something was signed: "signed in Luxembourg by …"."""
    pair = context.pair or ()
    return frozenset(
        s.code
        for s in context.sides[sentence.index]
        if s.role == "place" and s.code not in pair and 0 <= s.start - trigger.end <= 1 and pair
    )


def _clause_of(context: Context, sentence: Sentence, codes: list[str]) -> int:
    return max(sentence.clause(side.start) for side in context.sides[sentence.index] if side.code in codes)


def _listed_states(context: Context, sentence: Sentence, trigger: Mention, instrument: Mention) -> list[str]:
    """States named in one run, the one nearest to the word of signing: "Azerbaijan, Kazakhstan, Kyrgyzstan and Türkiye"."""
    runs: list[list[Side]] = []
    words = context.text.words
    for side in context.sides[sentence.index]:
        if side.head not in ("COUNTRY", "DEMONYM") and side.code not in principals():
            continue
        last = runs[-1][-1] if runs else None
        # Names of those who stand for them may stand between: "the presidents of Kazakhstan X and Azerbaijan Y".
        named = {t for m in sentence.of("PERSON") for t in range(m.start, m.end)}
        gap = [words[t] for t in range(last.end, side.start) if t not in named] if last else []
        joins = (
            last is not None
            and 0 < len(gap) <= 2
            and all(
                w in CLAUSE_MARKS or w in HYPHENS or len(w) <= 3 or sentence.starting("AND", last.end + n)
                for n, w in enumerate(gap)
            )
        )
        # A conjunction written onto the name leaves nothing between: "العراق وتركيا وقطر".
        onto = any("conj" in m.prefixes for m in sentence.starting_at(side.start) if m.end == side.end)
        if joins or (last is not None and not gap and (side.role != last.role or onto)):
            runs[-1].append(side)
        else:
            runs.append([side])
    with_whom = {side.code for side in context.sides[sentence.index] if side.role == "with"}
    several = [
        run
        for run in runs
        if len({side.code for side in run}) >= 2
        and not _names_a_thing(context, run, with_whom)
        and not _of_another(sentence, run, instrument)
    ]
    if not several:
        return []
    nearest = min(several, key=lambda run: min(abs(side.start - trigger.start) for side in run))
    return list(dict.fromkeys(side.code for side in nearest))


def _with_them(context: Context, sentence: Sentence, partners: list[str]) -> str | None:
    """Who concluded something with two others: "Niamey has ratified the convention with Algeria and Nigeria", not "between" them."""
    sides = context.sides[sentence.index]
    run = [s for s in sides if s.code in partners]
    between = any(m.end == run[0].start for m in sentence.of("BETWEEN"))
    subjects = [s for s in sides if s.role is None and s.code in principals() and s.start < run[0].start]
    if between or run[0].role != "with" or any(s.role != "with" for s in run) or len({s.code for s in subjects}) != 1:
        return None
    return subjects[0].code if subjects[0].code not in partners else None


def _listed_people(context: Context, sentence: Sentence) -> list[str]:
    """The states of three or more people named in one run, each of another: "Mirziyoyev, Rahmon and Japarov signed"."""
    words = context.text.words
    runs: list[list[Appearance]] = [[]]
    told = {t for m in sentence.of("OFFICE", "COUNTRY", "DEMONYM", "ORGANISATION", "HONORIFIC") for t in range(m.start, m.end)}
    for person in (a for a in context.registry.of(sentence) if a.by_name and a.figure.country in principals()):
        gap = range(runs[-1][-1].end, person.start) if runs[-1] else range(0)
        joins = all(t in told or words[t] in CLAUSE_MARKS or (words[t].isalpha() and len(words[t]) <= 4) for t in gap)
        runs = [*runs[:-1], [*runs[-1], person]] if joins else [*runs, [person]]
    longest = max(runs, key=len)
    countries = list(dict.fromkeys(a.figure.country for a in longest if a.figure.country))
    return countries if len(countries) == len(longest) >= 3 else []


def _led_before(context: Context, sentence: Sentence) -> tuple[str, ...]:
    """ "The leaders adopted a statement": those of the region who got together before in the paragraph, where no side is named."""
    if not sentence.has("OFFICE_PLURAL") or context.sides[sentence.index] or context.registry.of(sentence):
        return ()
    earlier = [s for s in context.text.sentences[: sentence.index] if s.paragraph == sentence.paragraph and s.has("MEET", "TALKS")]
    return next((members for s in reversed(earlier) if (members := led_in_region(s))), ())


def _of_a_region(context: Context, sentence: Sentence) -> list[str]:
    """The states of a region whose leaders conclude it together, with the other side of the sentence."""
    members = led_in_region(sentence) or _led_before(context, sentence)
    people = [a.figure.country for a in context.registry.of(sentence)]
    named = [c for c in [*(s.code for s in context.sides[sentence.index]), *people] if c in principals()]
    return list(dict.fromkeys([*members, *(code for code in named if code)])) if members else []


def _names_a_thing(context: Context, run: list[Side], with_whom: set[str]) -> bool:
    """Whether states joined by hyphens name a railway or corridor: one of them is told apart from it as the one agreed with."""
    words = context.text.words
    joined = all(words[one.end] in HYPHENS and two.start == one.end + 1 for one, two in pairwise(run))
    return joined and bool({side.code for side in run if side.role != "with"} & with_whom)


def _of_another(sentence: Sentence, run: list[Side], instrument: Mention) -> bool:
    """Whether a run of states tells between whom another instrument is, told right in front: "the agreement between A and B"."""
    if run[0].role != "with" or run[0].start > instrument.start:
        return False
    return any(0 < run[0].start - m.end <= 2 and m.end <= instrument.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL"))
