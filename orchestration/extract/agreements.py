"""Instruments that are signed, planned or in force → agreements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from orchestration.extract.context import (
    Context,
    Side,
    banks,
    choose_pair,
    mention_distance,
    principals,
    role_of,
    same_day,
    same_year,
)
from orchestration.extract.dates import When, apart, find_dates, year_at, year_span
from orchestration.extract.quantities import Money, Number, counts_before, find_numbers, number_tags
from orchestration.extract.reader import CLAUSE_MARKS, HYPHENS, QUOTES, Mention, Sentence

TRIGGERS = {
    "SIGN": "signed", "SIGN_PLANNED": "planned", "RATIFY": "in_force", "IN_FORCE": "in_force", "TERMINATE": "terminated",
    "INITIAL": "planned", "MEMBER": "signed",
}  # fmt: skip
FARTHEST_TRIGGER = 45
ELSEWHERE = "refers to a document named elsewhere"


@dataclass
class Agreement:
    """An agreement as a sentence states it. start..end: tokens of the instrument."""

    parties: tuple[str, ...]
    kind: str
    status: str
    when: When | None
    count: int
    count_bound: str
    money: Money | None
    subject: str | None
    sectors: tuple[str, ...]
    sentence: Sentence
    start: int
    end: int
    rule: str
    again: bool = False  # "the agreement": one told before, if there is one


@dataclass
class Rejected:
    reason: str
    sentence: Sentence
    start: int
    end: int


def find_agreements(context: Context, sums: dict[int, list[tuple[Money, str]]]) -> tuple[list[Agreement], list[Rejected]]:
    """All agreements of a document, and the instruments that were not taken.

    sums: per sentence each sum with what it was taken for, to give instruments their value.
    """
    found: list[Agreement] = []
    rejected: list[Rejected] = []
    for sentence in context.text.sentences:
        instruments = _instruments(sentence)
        if not instruments:
            continue
        numbers = find_numbers(context.text, sentence)
        here: list[Agreement] = []
        for instrument in instruments:
            packages = [a for a in [*found, *here] if a.kind == "package"]
            agreement = _read_instrument(context, sentence, instrument, numbers, packages[-1] if packages else None)
            if isinstance(agreement, str):
                if agreement == ELSEWHERE:
                    _date_the_last(context, sentence, instrument, found)
                    here.extend(_listed_contracts(context, sentence, instrument, packages[-1] if packages else None))
                    if packages and _opens_list(sentence, instrument):
                        here.extend(_members(context, sentence, instrument, packages[-1]))
                rejected.append(Rejected(agreement, sentence, instrument.start, instrument.end))
            else:
                here.extend(_each_with_its_partner(context, sentence, agreement))
                here.extend(_contrasted(context, sentence, agreement))
                here.extend(_members(context, sentence, instrument, agreement))
        found.extend(_with_values(sentence, here, sums.get(sentence.index, [])))
    found = [*_with_neighbouring_values(_distinct(found), sums), *_told_by_sum(context, found, sums)]
    return sorted(found, key=lambda a: (a.sentence.index, a.start)), rejected


def _told_by_sum(context: Context, found: list[Agreement], sums: dict[int, list[tuple[Money, str]]]) -> list[Agreement]:
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
                    subject, sectors = _subject(context, sentence, near[-1]), tuple(m.value for m in sentence.of("SECTOR"))
                    own.append(
                        replace(
                            package, kind="agreement", count=1, money=money, subject=subject, sectors=tuple(dict.fromkeys(sectors)),
                            sentence=sentence, start=near[-1].start, end=near[-1].end, rule="agreement:member:money",
                        )
                    )  # fmt: skip
        members.extend(own[: package.count])
    return members


def _opens_list(sentence: Sentence, instrument: Mention) -> bool:
    """Whether a noun opens a list of what it stands for: "the agreements include …"."""
    return any(mention_distance(sentence, m, instrument.start, instrument.end) <= 2 for m in sentence.of("MEMBER"))


def _listed_contracts(context: Context, sentence: Sentence, instrument: Mention, package: Agreement | None) -> list[Agreement]:
    """ "The agreements include Rakuten's biotechnology and …": what companies do behind such a noun are contracts of the package."""
    if package is None or not _opens_list(sentence, instrument):
        return []
    words = context.text.words
    nouns = [m.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start >= instrument.end]
    marks = [i + 1 for i in range(instrument.end, sentence.end) if words[i] in CLAUSE_MARKS]
    borders = sorted({instrument.end, *nouns, *marks, sentence.end})
    companies = sentence.of("AGENCY", "COMPANY")
    return [
        replace(
            package, kind="contract", count=1, count_bound="exact", money=None, subject=_words(context, start, end), start=start, end=end,
            sentence=sentence, rule=package.rule + ":listed",
        )
        for start, end in pairwise(borders)
        if start not in nouns and any(start <= m.start < end for m in companies)
    ]  # fmt: skip


def _members(context: Context, sentence: Sentence, instrument: Mention, package: Agreement) -> list[Agreement]:
    """ "Two agreements, one on road transport, the other on social security": members of a package without a noun of their own."""
    ones = _ones_of(sentence, instrument)
    least = 1 if len(ones) == 1 and _is_aside(context, sentence, ones[0]) else 2
    if package.kind != "package" or package.count_bound == "at_least" or not least <= len(ones) <= package.count:
        return []
    if any(instrument.end < m.start < ones[0].start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")):
        return []
    kind = instrument.value if instrument.value != "package" else "agreement"
    ends = [*(m.start for m in ones[1:]), sentence.end]
    return [
        replace(
            package, kind=kind, count=1, money=None, subject=_words(context, one.end, end), start=one.start, end=one.end,
            rule=package.rule + ":one_of",
        )
        for one, end in zip(ones, ends, strict=True)
    ]  # fmt: skip


def _is_aside(context: Context, sentence: Sentence, one: Mention) -> bool:
    """ "Fifteen agreements, one of them on …": behind a mark."""
    return context.text.words[one.start - 1] in CLAUSE_MARKS and any(m.start == one.start for m in sentence.of("MEMBER"))


def _ones_of(sentence: Sentence, instrument: Mention) -> list[Mention]:
    """ "One … the other …" behind an instrument, where no noun of its own follows."""
    named = sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")
    return [
        m
        for m in sentence.of("ONE_OF")
        if m.start >= instrument.end
        and not any(0 <= n.start - m.end <= 3 and sentence.clause(n.start) == sentence.clause(m.start) for n in named)
    ]


def _words(context: Context, start: int, end: int) -> str | None:
    """The document's words of tokens start..end, up to the first mark."""
    words = context.text.words
    stop = next((i for i in range(start, end) if words[i] in CLAUSE_MARKS or words[i] in ".!?"), end)
    if stop <= start:
        return None
    first, last = context.text.span(start, stop)
    return " ".join(context.text.body[first:last].split())


def _instruments(sentence: Sentence) -> list[Mention]:
    """Instrument nouns, one for each place; a plural reading is kept beside the singular one."""
    best: dict[int, Mention] = {}
    for mention in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL"):
        other = best.get(mention.start)
        if other is None or (mention.end, mention.head == "INSTRUMENT_PLURAL") > (
            other.end,
            other.head == "INSTRUMENT_PLURAL",
        ):
            best[mention.start] = mention
    distinct: list[Mention] = []
    for start in sorted(best):
        # "ortak bildiri kabul etti": phrases that overlap name one instrument.
        if not distinct or start >= distinct[-1].end:
            distinct.append(best[start])
    return distinct


def _ratifies(sentence: Sentence, ratifying: Mention, instrument: Mention) -> bool:
    """ "Parliament ratified at its public session yesterday, Tuesday, an agreement that …": far, with no other instrument between."""
    if ratifying.head != "RATIFY" or not 0 <= instrument.start - ratifying.end <= 14:
        return False
    between = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if ratifying.end <= m.start < instrument.start]
    return not between and sentence.clause(ratifying.start) == sentence.clause(instrument.start)


def _trigger(sentence: Sentence, instrument: Mention, *, member: bool = False) -> tuple[Mention | None, float]:
    """The word that tells what became of an instrument, the nearest, and how far it is. member: "among them" counts too."""
    # What is ratified, in force or ended has been signed too: "ratified the treaty concluded in May".
    later = [
        m
        for m in sentence.of("RATIFY", "IN_FORCE", "TERMINATE", "INITIAL")
        if not sentence.head_final
        and (
            mention_distance(sentence, m, instrument.start, instrument.end) <= 6
            or _past_an_aside(sentence, instrument, m)
            or _ratifies(sentence, m, instrument)
        )
    ]
    if later:
        nearest = min(later, key=lambda m: mention_distance(sentence, m, instrument.start, instrument.end))
        return nearest, mention_distance(sentence, nearest, instrument.start, instrument.end)
    ended = _verb_behind(sentence, instrument) if sentence.head_final else None
    if ended is not None:
        return ended, mention_distance(sentence, ended, instrument.start, instrument.end)
    ranked = sorted(
        (
            (
                mention_distance(sentence, m, instrument.start, instrument.end) * (0.6 if m.end > instrument.end else 1.0)
                + (6 if m.head == "MEMBER" else 0),
                -m.end,
                m,
            )
            for m in sentence.settled(*TRIGGERS)
            if member or m.head != "MEMBER"
        ),
        key=lambda item: item[:2],
    )
    return (ranked[0][2], ranked[0][0]) if ranked else (None, 0.0)


def _past_an_aside(sentence: Sentence, instrument: Mention, verb: Mention) -> bool:
    """Whether only an aside that tells of the signing parts an instrument from its verb: "a protocol, signed in April, came into force"."""
    if verb.start < instrument.end or sentence.clause(verb.start) - sentence.clause(instrument.start) != 2:
        return False
    others = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if instrument.end <= m.start < verb.start]
    aside = [m for m in sentence.of("SIGN") if sentence.clause(m.start) == sentence.clause(instrument.start) + 1]
    return bool(aside) and not others


def _verb_behind(sentence: Sentence, instrument: Mention) -> Mention | None:
    """ "2003'te imzalanan anlaşmayı ekimde feshetti": the verb at the end tells what became of what was signed before."""
    signed = [m for m in sentence.of("SIGN") if m.end <= instrument.start]
    verbs = sentence.of("SIGN", "SIGN_PLANNED", "RATIFY", "IN_FORCE", "TERMINATE", "INSTRUMENT", "INSTRUMENT_PLURAL")
    behind = min((m for m in verbs if m.start >= instrument.end), key=lambda m: m.start, default=None)
    if not signed or behind is None or behind.head not in ("RATIFY", "IN_FORCE", "TERMINATE"):
        return None
    near = behind.start - instrument.end <= 6 and sentence.clause(behind.start) == sentence.clause(instrument.start)
    return behind if near else None


def _date_the_last(context: Context, sentence: Sentence, instrument: Mention, found: list[Agreement]) -> None:
    """ "The document was signed on 29 November": the day of the instrument told last, which has none of its own."""
    trigger, distance = _trigger(sentence, instrument)
    if not found or trigger is None or trigger.head != "SIGN" or distance > 12:
        return
    last = found[-1]
    own = last.when is not None and last.when.kind != "current"
    if own or last.status == "planned" or sentence.index - last.sentence.index > 3:
        return
    when = _signing_date(context, sentence, trigger, "signed")
    if when is not None and when.kind != "current":
        found[-1] = replace(last, when=when)


def _read_instrument(
    context: Context, sentence: Sentence, instrument: Mention, numbers: list[Number], package: Agreement | None = None
) -> Agreement | str:
    """The agreement an instrument noun stands for, or the reason why it stands for none.

    package: the several documents told before, of which this may be one.
    """
    if not context.text.pack.capitals and not instrument.prefixes & {"article", "goal"} and _is_verb(sentence, instrument):
        return "a verb written like the noun"
    trigger, distance = _trigger(sentence, instrument, member=package is not None)
    member = package if trigger is not None and trigger.head == "MEMBER" else None
    near = [m for m in sentence.mentions if mention_distance(sentence, m, instrument.start, instrument.end) <= 12]
    if trigger is None or distance > FARTHEST_TRIGGER:
        outcome = _outcome(context, sentence, instrument, numbers)
        if outcome is None:
            return "no word of signing"
        trigger, distance = outcome, mention_distance(sentence, outcome, instrument.start, instrument.end)
    status, rule = member.status if member else TRIGGERS.get(trigger.head, "signed"), trigger.head.lower()
    if sentence.denied(trigger.start):
        return "negated"
    if any(m.head == "NEGATION" and sentence.governs(m, trigger) for m in near_by(sentence, trigger, 4)):
        return "negated"
    if status == "signed" and any(m.head == "CONDITIONAL" and sentence.governs(m, trigger) for m in sentence.mentions):
        return "conditional"
    if status == "signed" and any(m.head == "PLANNED" and _governs(sentence, m, trigger) for m in sentence.mentions):
        status, rule = "planned", "planned_" + rule
    if status == "terminated" and any(m.head == "PLANNED" and _governs(sentence, m, trigger) for m in sentence.mentions):
        return "only to be ended"
    if sentence.has("CALLED_OFF") and status in ("signed", "planned"):
        return "called off"
    if any(m.head == "HISTORY" for m in near) and distance > 6:
        return "history only"
    if _only_occasion(context, sentence, instrument, trigger):
        return "history only"
    counted = counts_before(context.text, sentence, numbers, instrument)
    several = next((m for m in sentence.of("SEVERAL") if m.end <= instrument.start <= m.end + 4), None)
    if counted and several and several.start == counted.start:
        counted = None  # "onlarca": written like a number, told as a many
    if counted and several and counted.end <= several.start:
        counted = None  # "both attended the signing of dozens of documents"
    if several and any(several.end <= m.start and m.end <= instrument.start for m in sentence.of("INSTRUMENT")):
        several = None  # "bir dizi belge ve Ortaklık Bildirgesi": the many are those named first
    plural = (
        instrument.head == "INSTRUMENT_PLURAL"
        or "pl" in instrument.tags
        or _plural_by_place(context, sentence, instrument, listed=trigger.head == "MEMBER")
    )
    kind, count, bound = instrument.value, 1, "exact"
    if counted and 1 < counted.value < 2000 and counted.value == int(counted.value):
        kind, count, bound = "package", int(counted.value), counted.bound
    elif several:
        kind, count, bound = "package", int(float(several.value)), "at_least"
    elif "dual" in instrument.tags:
        kind, count = "package", 2
    elif plural and member is not None and trigger.end <= instrument.start:
        return ELSEWHERE  # "among them … agreements on …": several members, whose number nobody tells.
    elif plural and package is not None and ("article" in instrument.prefixes or _opens_list(sentence, instrument)):
        # "The agreements": those told of before.
        return ELSEWHERE
    elif plural and status == "in_force" and trigger.head == "IN_FORCE":
        return "agreements in general that are in force"
    elif plural:
        # "Memoranda, one on mining, the other on tourism": two.
        kind, count, bound = "package", 2, "exact" if len(_ones_of(sentence, instrument)) == 2 else "at_least"
    elif kind == "package":
        if not _names_its_partner(context, sentence, instrument, trigger):
            return ELSEWHERE
        kind = "agreement"
    if kind == "contract" and trigger.head == "RATIFY":
        kind = "treaty"  # What a parliament ratifies is a convention.
    parties, how = _parties(context, sentence, trigger, instrument)
    if member and how != "named":
        parties, how = member.parties, "member"
    if parties is None:
        return "fewer than two sides"
    if kind == "agreement" and _between_companies(context, sentence, instrument):
        kind = "contract"
    if (
        kind == "contract"
        and how == "document"
        and not any(s.has("COMPANY", "AGENCY", "DELEGATION") for s in context.text.sentences)
    ):
        return "a contract in a text that speaks of no company"
    if instrument.value == "contract" and how == "document" and any(m.head == "DOMESTIC" for m in near_by(sentence, instrument, 4)):
        return "a contract at home"
    when = _signing_date(context, sentence, trigger, status)
    if member and (when is None or when.kind == "current"):
        when = member.when
    dated = when is not None and when.precision == "day" and when.kind == "stated"
    if status == "signed" and dated and when and context.published is not None and when.first > context.published:
        # "They will get together on 7 July and sign a memorandum".
        status = "planned"
    subject = _subject(context, sentence, instrument)
    sectors = tuple(dict.fromkeys(m.value for m in sentence.of("SECTOR")))
    return Agreement(
        parties, kind, status, when, count, bound, None, subject, sectors, sentence, instrument.start, instrument.end,
        f"agreement:{rule}:{how}", _is_again(sentence, instrument),
    )  # fmt: skip


def _between_companies(context: Context, sentence: Sentence, instrument: Mention) -> bool:
    """Whether two companies of two countries conclude it, and no state or office is named in its clause."""
    clause = sentence.clause(instrument.start)
    sides = [s for s in context.sides[sentence.index] if clause - 1 <= sentence.clause(s.start) <= clause]
    if sentence.has("LOAN", "GRANT"):
        return False  # between banks: what the money is lent under
    return {s.head for s in sides} == {"AGENCY"} and len({s.code for s in sides}) == 2 and not sentence.has("OFFICE", "BODY")


def _is_verb(sentence: Sentence, instrument: Mention) -> bool:
    """Whether a one-word contract is a verb, where vowels are not written: somebody who holds something stands right behind it."""
    if instrument.end - instrument.start > 1:
        return False
    if instrument.value == "declaration" and "place" in instrument.prefixes:
        return True  # "by announcing prices"
    if instrument.value != "contract":
        return False
    holders = ("OFFICE", "OFFICE_PLURAL", "HONORIFIC", "PERSON", "SIDES", "DELEGATION", "TALKS", "DAY", "FORUM")
    return any(m.start == instrument.end for m in sentence.of(*holders))


def _outcome(context: Context, sentence: Sentence, instrument: Mention, numbers: list[Number]) -> Mention | None:
    """The word of an encounter or visit that instruments are the outcome of, where nothing says that they were signed.

    "He left it with 26 agreements", "returned from the state visit with contracts worth …": counted or valued, and between two sides.
    """
    counted = counts_before(context.text, sentence, numbers, instrument)
    several = any(m.end <= instrument.start <= m.end + 4 for m in sentence.of("SEVERAL"))
    valued = any(0 <= m.start - instrument.end <= 3 for m in sentence.of("VALUE"))
    plural = instrument.head == "INSTRUMENT_PLURAL" or "pl" in instrument.tags
    many = counted is not None and 1 < counted.value < 500
    if not (many or several or (valued and plural)):
        return None
    clause = sentence.clause(instrument.start)
    if any(sentence.clause(m.start) == clause for m in sentence.of("NEGATION", "CONDITIONAL", "HISTORY", "PLANNED", "CALLED_OFF")):
        return None
    if any(m.end == instrument.start for m in sentence.of("ANAPHOR")):
        return None
    met = sentence.of("VISIT", "MEET", "TALKS", "RECEIVE", "FORUM")
    return min(met, key=lambda m: mention_distance(sentence, m, instrument.start, instrument.end), default=None)


def _names_its_partner(context: Context, sentence: Sentence, instrument: Mention, trigger: Mention) -> bool:
    """Whether "the document" is told with whom: "with the bank the document is only initialled"."""
    fresh = not any(m.end == instrument.start for m in sentence.of("THIS", "ANAPHOR"))
    clause = sentence.clause(instrument.start)
    partners = [s for s in context.sides[sentence.index] if s.role == "with" and sentence.clause(s.start) >= clause - 2]
    return fresh and trigger.head == "INITIAL" and any(s.end <= instrument.start for s in partners)


def _only_occasion(context: Context, sentence: Sentence, instrument: Mention, trigger: Mention | None) -> bool:
    """Whether an instrument is only the occasion of another one that stands between it and the word of signing."""
    if not sentence.head_final:
        return _only_about(context, sentence, instrument, trigger)
    occasion = next((m for m in sentence.of("HISTORY") if 0 <= m.start - instrument.end <= 4), None)
    if occasion is None or trigger is None or trigger.start < occasion.end:
        return False
    return any(occasion.end <= m.start < trigger.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL"))


def _is_again(sentence: Sentence, instrument: Mention) -> bool:
    """Whether a noun with nothing that tells what it is about points back: "The pact, signed last October, …"."""
    points = any(m.end == instrument.start for m in sentence.of("ANAPHOR"))
    return points and not any(instrument.end <= m.start <= instrument.end + 1 for m in sentence.of("SUBJECT_OF"))


def _plural_by_place(context: Context, sentence: Sentence, instrument: Mention, listed: bool) -> bool:
    """Whether a form that is genitive singular or plural is the plural: "подписали соглашения", not "подписание соглашения".

    Told by the word in front (its endings are the pack's) or by none there. listed: behind "among them", where members stand in
    the dictionary form.
    """
    endings = context.text.pack.settings.get("plural_behind", ())
    if not endings or "gen" not in instrument.tags:
        return False
    words = context.text.words
    if (
        not words[instrument.end - 1].lower().endswith(tuple(context.text.pack.settings["plural_like"]))
        or instrument.end - instrument.start > 1
    ):
        return False
    if instrument.start == sentence.start:
        return True
    word = words[instrument.start - 1].lower()
    if listed and word in CLAUSE_MARKS:
        return True
    signing = any(m.end == instrument.start and m.gapped is False for m in sentence.of("SIGN", "SIGN_PLANNED"))
    nouns = signing and word.endswith(tuple(context.text.pack.settings.get("nouns_end", ())))
    return word.endswith(tuple(endings)) and not nouns


def near_by(sentence: Sentence, trigger: Mention, reach: int) -> list[Mention]:
    """Mentions within so many tokens of a trigger."""
    return [m for m in sentence.mentions if mention_distance(sentence, m, trigger.start, trigger.end) <= reach]


def _governs(sentence: Sentence, planned: Mention, trigger: Mention) -> bool:
    """Whether a word of planning is about the signing: with no instrument between them behind the verb."""
    if not sentence.governs(planned, trigger):
        return False
    if planned.start < trigger.end:
        return True
    between = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if trigger.end <= m.start and m.end <= planned.start]
    return not between


def _parties(context: Context, sentence: Sentence, trigger: Mention, instrument: Mention) -> tuple[tuple[str, ...] | None, str]:
    """The sides that conclude it: a list of three or more states named together, else two."""
    partners = _partners(context, sentence)
    if partners:
        own = [s for s in partners if sentence.clause(s.start) == sentence.clause(instrument.start)] or partners
        code = min(own, key=lambda s: abs(s.start - instrument.start)).code
        other = _spoken_of_before(context, sentence, {s.code for s in partners}) or context.other(code)
        return (tuple(sorted((code, other))), "partner") if other and other != code else (None, "one side")
    listed = _listed_states(context, sentence, trigger, instrument)
    if len(listed) >= 3:
        return tuple(sorted(listed)), "listed"
    if len(listed) == 2 and sentence.clause(trigger.start) == _clause_of(context, sentence, listed):
        return tuple(sorted(listed)), "named"
    sources = {s.code for s in context.sides[sentence.index] if s.role == "source" and s.head == "COUNTRY"}
    if len(sources) >= 3:
        # "X from Kazakhstan, Y from Hungary and Z from China": companies told with their countries.
        return tuple(sorted(sources)), "listed"
    pair, how = choose_pair(context, sentence, trigger.start, _bystanders(context, sentence))
    if how in ("document", "people") or (how == "completed" and sentence.has("OFFICE_PLURAL")):
        # "At the meeting a roadmap was signed", "the leaders adopted": those who met in the sentence before.
        met = _met_before(context, sentence)
        if len(met) == 2 or (len(met) > 2 and sentence.has("OFFICE_PLURAL")):
            return tuple(sorted(met)), "met"
    return (tuple(sorted(pair)), how) if pair else (None, how)


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


def _each_with_its_partner(context: Context, sentence: Sentence, agreement: Agreement) -> list[Agreement]:
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


def _contrasted(context: Context, sentence: Sentence, agreement: Agreement) -> list[Agreement]:
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
            agreement, parties=tuple(sorted((side.code, other))), subject=_words(context, side.end, sentence.end), money=None,
            start=side.start, end=side.end,
        )
        for side in partners
        if other and side.code != mine and sentence.clause(side.start) not in named | without
    ]  # fmt: skip


def _met_before(context: Context, sentence: Sentence) -> set[str]:
    """The sides of the people named in the sentence before, in the same paragraph."""
    if sentence.index == 0:
        return set()
    before = context.text.sentences[sentence.index - 1]
    if before.paragraph != sentence.paragraph or not before.has("MEET", "RECEIVE", "TALKS"):
        return set()
    return {a.figure.country for a in context.registry.of(before) if a.figure.country and a.by_name}


def _bystanders(context: Context, sentence: Sentence) -> frozenset[str]:
    """Third sides that a sentence names as a place or goal only, beside one of the document's two: "the road to the Libyan border"."""
    sides = context.sides[sentence.index]
    pair = set(context.pair or ())
    if not pair & {side.code for side in sides} or {side.code for side in sides} & banks():
        return frozenset()
    away = {side.code for side in sides if side.role in ("place", "goal")} - {
        s.code for s in sides if s.role not in ("place", "goal")
    }
    return frozenset(away - pair)


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
        if joins or (last is not None and not gap and side.role != last.role):
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


def _only_about(context: Context, sentence: Sentence, instrument: Mention, trigger: Mention | None) -> bool:
    """Whether an instrument is only what another one in front is about: "a protocol amending the 1996 convention was signed"."""
    for other in sentence.of("INSTRUMENT"):
        gap = instrument.start - other.end
        links = [m for m in sentence.of("HISTORY", "SUBJECT_OF") if other.end <= m.start and m.end <= instrument.start]
        known = {token for m in [*links, *sentence.of("ANAPHOR")] for token in range(m.start, m.end)}
        # A small word that is no such link joins two of a list: "меморандум о культуре и соглашение".
        listed = "conj" in instrument.prefixes or any(
            token not in known and word.isalpha() and len(word) <= 3
            for token, word in enumerate(context.text.words[other.end : instrument.start], other.end)
        )
        verb = trigger is not None and other.end <= trigger.start < instrument.start
        if 0 < gap <= 6 and links and not listed and not verb and sentence.clause(other.start) == sentence.clause(instrument.start):
            return True
    return False


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


def _signing_date(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """The date in the sentence nearest to the word of signing; "the same day" and no date at all take the current day of events."""
    dates = find_dates(context.text, sentence, context.published, context.anchor, planned=status == "planned")
    dates = [d for d in dates if d.precision != "year"]
    if status in ("in_force", "terminated"):
        # The day it was ratified, took effect or ended is not the day it was signed.
        signing = sentence.of("SIGN")
        if not signing:
            return None
        dates = [
            d for d in dates
            if min(mention_distance(sentence, m, d.start, d.end) for m in signing) < mention_distance(sentence, trigger, d.start, d.end)
        ]  # fmt: skip
    if dates:
        return min(dates, key=lambda d: (mention_distance(sentence, trigger, d.start, d.end), d.start))
    for mention in sentence.of("YEAR_UNIT"):
        year = _year_before(context, mention)
        if (
            year
            and "pl" not in mention.tags
            and (status != "signed" or context.published is None or year.first <= context.published)
        ):
            return year
    ahead = next((m for m in sentence.of("YEAR_OF") if status == "planned" and context.published), None)
    if ahead is not None and context.published is not None:
        first, last = year_span(context.published.year + int(float(ahead.value)))
        return When(first, last, "year", ahead.start, ahead.end, "relative")
    told = (
        same_day(context, sentence)
        or _years_ago(context, sentence, trigger, status)
        or _year_of_signing(context, sentence, trigger)
        or same_year(context, sentence)
    )
    if told is not None:
        return told
    current = context.current.get(sentence.index)
    return replace(current, kind="current") if current and status == "signed" else None


def _years_ago(context: Context, sentence: Sentence, trigger: Mention, status: str) -> When | None:
    """ "Signed last year": in the clause of the word of signing."""
    for mention in sentence.of("YEAR_OF") if status == "signed" and context.published else ():
        offset = int(float(mention.value))
        if offset < 0 and context.published and sentence.clause(mention.start) == sentence.clause(trigger.start):
            first, last = year_span(context.published.year + offset)
            return When(first, last, "year", mention.start, mention.end, "relative")
    return None


def _year_of_signing(context: Context, sentence: Sentence, trigger: Mention) -> When | None:
    """A bare year that says when: "2014'te imzalanan", "signed in 2014"."""
    for signing in sentence.of("SIGN"):
        for unit in sentence.of("YEAR_UNIT"):
            year = year_at(context.text, unit.end) if unit.end < sentence.end else None
            if year is not None and 0 <= unit.start - signing.end <= 1 and "pl" not in unit.tags:
                first, last = year_span(year)
                return When(first, last, "year", unit.start, unit.end + 1)
    for token in range(max(sentence.start, trigger.start - 8), min(sentence.end, trigger.end + 8)):
        year = year_at(context.text, token)
        if year is None or sentence.clause(token) != sentence.clause(trigger.start):
            continue
        if any(m.end == token for m in sentence.of("SUBJECT_OF")):
            # "The plan for 2025".
            continue
        if role_of(context.text, sentence, token, token + 1, number_tags(context.text, token), frozenset()) == "place":
            first, last = year_span(year)
            return When(first, last, "year", token, token + 1)
    return None


def _year_before(context: Context, unit: Mention) -> When | None:
    words = context.text.words
    year = year_at(context.text, unit.start - 1) if unit.start else None
    if year is None or (unit.start >= 3 and words[unit.start - 2] in HYPHENS and year_at(context.text, unit.start - 3)):
        # "the programme for 2024–2026": the time it is for.
        return None
    first, last = year_span(year)
    return When(first, last, "year", unit.start - 1, unit.end)


def _subject(context: Context, sentence: Sentence, instrument: Mention) -> str | None:
    """What it is about, in the document's own words: what follows a word like "on", or the words written with the noun."""
    text = context.text
    markers = list(sentence.of("SUBJECT_OF"))
    after = [m for m in markers if instrument.end <= m.start <= instrument.end + 2]
    if after:
        start = after[0].end
        end = start
        while end < sentence.end and end - start < 18 and text.words[end] not in ".;:!?":
            end += 1
    else:
        before = [m for m in markers if instrument.start - 3 <= m.end <= instrument.start]
        end = before[-1].start if before else instrument.end
        start = end
        told = max((m.end for m in sentence.of("INSTRUMENT") if m.end <= instrument.start), default=sentence.start)
        while (
            start > told and end - start < 14 and text.words[start - 1] not in CLAUSE_MARKS and text.words[start - 1] not in ".!?"
        ):
            start -= 1
    while start < end and text.words[start] in CLAUSE_MARKS | QUOTES:
        start += 1
    if start >= end:
        return None
    first, last = text.span(start, end)
    return " ".join(text.body[first:last].split())


def _with_values(sentence: Sentence, agreements: list[Agreement], sums: list[tuple[Money, str]]) -> list[Agreement]:
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
                key=lambda a: mention_distance(sentence, Mention("INSTRUMENT|", a.start, a.end), money.start, money.end),
            )
            lone = len(agreements) == len(usable) == 1
            if nearest is agreement and distance <= (70 if lone else 40) and (best is None or distance < best[0]):
                best = (distance, money)
        valued.append(replace(agreement, money=best[1]) if best else agreement)
    return valued


def _with_neighbouring_values(agreements: list[Agreement], sums: dict[int, list[tuple[Money, str]]]) -> list[Agreement]:
    """A contract or a grant or loan agreement without a value takes the one that the sentence beside it states and no other has."""
    claimed = {a.money for a in agreements if a.money}
    valued = []
    for agreement in agreements:
        index = agreement.sentence.index
        kinds = {"grant"} if agreement.sentence.has("GRANT") else {"loan"} if agreement.sentence.has("LOAN") else set()
        steps = [-1, 1] if agreement.again else [1, -1]
        if agreement.kind == "contract":
            kinds = {"investment_pledge", "instrument"}
        elif not kinds and len((agreement.subject or "").split()) <= 1:
            # "The agreement was signed by …": what it is about was told just before.
            kinds, steps = {"grant", "loan"}, [-1, 1]
        elif agreement.kind == "agreement" and not kinds:
            # An agreement with a bank is about its money; "an agreement on it" about the money told just before.
            if set(agreement.parties) & banks():
                kinds, steps = {"grant", "loan"}, [1, -1, 2]
            elif agreement.sentence.has("THIS"):
                kinds, steps = {"grant", "loan"}, [-1]
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


def _distinct(found: list[Agreement]) -> list[Agreement]:
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
    if set(one.parties) != set(other.parties):
        return False
    if one.again and one.kind != "package" != other.kind and other.sentence.index < one.sentence.index:
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
