"""Instruments that are signed, planned or in force → agreements."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.agreement_details import signing_date, subject_of
from orchestration.extract.agreement_merging import distinct, with_neighbouring_values, with_values
from orchestration.extract.agreement_packages import (
    listed_contracts,
    members_of,
    ones_of,
    opens_list,
    told_by_sum,
    twins_of,
    without_noun,
)
from orchestration.extract.agreement_parties import contrasted, each_with_its_partner, find_parties
from orchestration.extract.claims import Agreement, Rejected
from orchestration.extract.context import Context, banks, mention_distance
from orchestration.extract.quantities import Money, Number, counts_before, find_numbers
from orchestration.extract.reader import CLAUSE_MARKS, Mention, Sentence

TRIGGERS = {
    "SIGN": "signed", "SIGN_PLANNED": "planned", "RATIFY": "in_force", "IN_FORCE": "in_force", "TERMINATE": "terminated",
    "INITIAL": "planned", "MEMBER": "signed",
}  # fmt: skip
FARTHEST_TRIGGER = 45
ELSEWHERE = "refers to a document named elsewhere"


def find_agreements(
    context: Context, sums: dict[int, list[tuple[Money, str]]], *, met: bool = False
) -> tuple[list[Agreement], list[Rejected]]:
    """All agreements of a document, and the instruments that were not taken.

    sums: per sentence each sum with what it was taken for, to give instruments their value. met: the document tells of a meeting.
    """
    found: list[Agreement] = []
    rejected: list[Rejected] = []
    for sentence in context.text.sentences:
        instruments = _instruments(sentence)
        if not instruments:
            _date_by_ceremony(context, sentence, found)
            found.extend(with_values(sentence, without_noun(context, sentence, found), sums.get(sentence.index, [])))
            continue
        numbers = find_numbers(context.text, sentence)
        here: list[Agreement] = []
        for instrument in instruments:
            packages = [a for a in [*found, *here] if a.kind == "package"]
            agreement = _read_instrument(
                context, sentence, instrument, numbers, packages[-1] if packages else None, met=met or bool(found)
            )
            told = any(a.sentence.paragraph == sentence.paragraph for a in [*found, *here])
            if agreement == ELSEWHERE and not told and _papers_of_money(context, sentence, sums):
                agreement = _read_instrument(
                    context, sentence, replace(instrument, concept="INSTRUMENT|agreement"), numbers, None, met=met
                )
            if isinstance(agreement, str):
                if agreement == ELSEWHERE:
                    _date_the_last(context, sentence, instrument, found)
                    here.extend(listed_contracts(context, sentence, instrument, packages[-1] if packages else None))
                    if packages and opens_list(sentence, instrument):
                        here.extend(members_of(context, sentence, instrument, packages[-1]))
                rejected.append(Rejected(agreement, sentence, instrument.start, instrument.end))
            else:
                here.extend(each_with_its_partner(context, sentence, agreement))
                here.extend(contrasted(context, sentence, agreement))
                here.extend(members_of(context, sentence, instrument, agreement))
                here.extend(twins_of(context, sentence, instrument, agreement))
        found.extend(with_values(sentence, here, sums.get(sentence.index, [])))
    found = [*with_neighbouring_values(distinct(found), sums), *told_by_sum(context, found, sums)]
    return sorted(found, key=lambda a: (a.sentence.index, a.start)), rejected


def _papers_of_money(context: Context, sentence: Sentence, sums: dict[int, list[tuple[Money, str]]]) -> bool:
    """Whether "the document" will be signed on a grant or loan told just before, of which the text has named no instrument."""
    before = context.text.before(sentence)
    if before is None or not sentence.has("SIGN_PLANNED"):
        return False
    return any(kind in ("grant", "loan") for _, kind in sums.get(before.index, []))


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
    put_off = _put_off(sentence, instrument)
    later = [
        m
        for m in sentence.of("RATIFY", "IN_FORCE", "TERMINATE", "INITIAL")
        if not sentence.head_final
        and m not in put_off
        and (
            mention_distance(sentence, m, instrument.start, instrument.end) <= 6
            or _past_an_aside(sentence, instrument, m)
            or _ended_next(sentence, instrument, m)
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
            if (member or m.head != "MEMBER")
            and m not in put_off
            and not _of_another(sentence, instrument, m)
            and not _tells_the_next(sentence, instrument, m)
        ),
        key=lambda item: item[:2],
    )
    return (ranked[0][2], ranked[0][0]) if ranked else (None, 0.0)


def _put_off(sentence: Sentence, instrument: Mention) -> list[Mention]:
    """Words of ratifying or coming into force that are denied of what is told to be signed: "put off ratifying the pact signed in May"."""
    clause = sentence.clause(instrument.start)
    if not any(0 <= m.start - instrument.end <= 6 and sentence.clause(m.start) == clause for m in sentence.of("SIGN")):
        return []
    return [
        m
        for m in sentence.of("RATIFY", "IN_FORCE")
        if any(n.head == "NEGATION" and sentence.governs(n, m) for n in near_by(sentence, m, 4))
    ]


def _ended_next(sentence: Sentence, instrument: Mention, verb: Mention) -> bool:
    """ "They concluded a pact, but Indonesia tore it up": ended in the clause behind, or farther on in its own; no instrument between."""
    clauses = sentence.clause(verb.start) - sentence.clause(instrument.start)
    if verb.head != "TERMINATE" or clauses not in (0, 1):
        return False
    others = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start >= instrument.end]
    return 0 <= verb.start - instrument.end <= (6 if clauses else 12) and not others


def _of_another(sentence: Sentence, instrument: Mention, verb: Mention) -> bool:
    """Whether a verb with its own object tells nothing of a noun in a clause before: "The pact helped, and since they signed a plan …"."""
    if sentence.head_final or verb.start < instrument.end or sentence.clause(verb.start) == sentence.clause(instrument.start):
        return False
    objects = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if 0 <= m.start - verb.end <= 3]
    own = any(sentence.clause(m.start) == sentence.clause(verb.start) for m in objects)
    return own and any(0 <= instrument.start - m.end <= 2 for m in sentence.of("ANAPHOR"))


def _tells_the_next(sentence: Sentence, instrument: Mention, verb: Mention) -> bool:
    """Whether a verb is that of the instrument right in front of it: "They signed a contract under the pact concluded in July".

    The first has a verb of its own in front, or is known already ("the memorandum follows a pact concluded in 2018").
    """
    if sentence.head_final or verb.head != "SIGN" or verb.start < instrument.end:
        return False
    others = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if instrument.end <= m.start and m.end <= verb.start]
    if not others or verb.start - others[-1].end > 2 or "conj" in others[-1].prefixes:
        return False
    nouns = sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL")
    in_front = [m for m in sentence.of("SIGN") if m.end <= instrument.start]
    told = bool(in_front) and not any(in_front[-1].end <= m.start < instrument.start for m in nouns)
    return told or "article" in instrument.prefixes


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
    # "Haziranda imzalanan anlaşma, onayların tamamlanmasıyla dün yürürlüğe girdi": the subject, set off by a comma.
    aside = behind.start - instrument.end <= 16 and sentence.clause(behind.start) - sentence.clause(instrument.start) == 1
    subject = aside and instrument.start - signed[-1].end <= 6 and not instrument.tags & {"acc", "dat", "loc", "abl"} - {"poss"}
    return behind if near or subject else None


def _date_the_last(context: Context, sentence: Sentence, instrument: Mention, found: list[Agreement]) -> None:
    """ "The document was signed on 29 November": the day of the instrument told last, which has none of its own."""
    trigger, distance = _trigger(sentence, instrument)
    if not found or trigger is None or trigger.head != "SIGN" or distance > 12:
        return
    last = found[-1]
    own = last.when is not None and last.when.kind != "current"
    if own or last.status == "planned" or sentence.index - last.sentence.index > 3:
        return
    _date(context, sentence, trigger, found)


def _date_by_ceremony(context: Context, sentence: Sentence, found: list[Agreement]) -> None:
    """ "The ceremony took place on Thursday": the day of the instrument told just before, which has none of its own."""
    signings = sentence.of("SIGN")
    after = bool(found) and sentence.index - found[-1].sentence.index <= 2 and found[-1].status in ("signed", "in_force")
    if after and signings and (found[-1].when is None or found[-1].when.kind == "current"):
        _date(context, sentence, signings[0], found)


def _date(context: Context, sentence: Sentence, signing: Mention, found: list[Agreement]) -> None:
    """Give the instrument told last the day that a sentence states for its signing."""
    when = signing_date(context, sentence, signing, "signed")
    if when is not None and when.kind != "current" and when.precision in ("day", "month"):
        found[-1] = replace(found[-1], when=when)


def _read_instrument(
    context: Context, sentence: Sentence, instrument: Mention, numbers: list[Number], package: Agreement | None, *, met: bool
) -> Agreement | str:
    """The agreement an instrument noun stands for, or the reason why it stands for none.

    package: the several documents told before, of which this may be one. met: the document tells of a meeting or a signing.
    """
    if not context.text.pack.capitals and not instrument.prefixes & {"article", "goal"} and _is_verb(context, sentence, instrument):
        return "a verb written like the noun"
    if _is_amended(sentence, instrument):
        return "changed by another instrument"
    trigger, distance = _trigger(sentence, instrument, member=package is not None)
    member = package if trigger is not None and trigger.head == "MEMBER" else None
    if trigger is None or distance > FARTHEST_TRIGGER:
        outcome = _outcome(context, sentence, instrument, numbers)
        if outcome is None and met and _introduced(context, sentence, instrument, numbers):
            outcome = instrument
        if outcome is None:
            return "no word of signing"
        trigger, distance = outcome, mention_distance(sentence, outcome, instrument.start, instrument.end)
    told = _status(sentence, instrument, trigger, distance, member)
    if isinstance(told, str):
        return told
    if _only_occasion(context, sentence, instrument, trigger):
        return "history only"
    status, rule = told
    counted = _count(context, sentence, instrument, numbers, trigger, package, status)
    if isinstance(counted, str):
        return counted
    kind, count, bound = counted
    if kind == "contract" and trigger.head == "RATIFY":
        kind = "treaty"  # What a parliament ratifies is a convention.
    parties, how = find_parties(context, sentence, trigger, instrument)
    if member and how != "named":
        parties, how = member.parties, "member"
    if parties is None:
        return "fewer than two sides"
    if kind == "treaty" and set(parties) & banks():
        kind = "agreement"  # one word for a treaty and a loan contract
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
    when = signing_date(context, sentence, trigger, status)
    if member and (when is None or when.kind == "current"):
        when = member.when
    dated = when is not None and when.precision == "day" and when.kind == "stated"
    if status == "signed" and dated and when and context.published is not None and when.first > context.published:
        # "They will get together on 7 July and sign a memorandum".
        status = "planned"
    subject = subject_of(context, sentence, instrument)
    sectors = tuple(dict.fromkeys(m.value for m in sentence.of("SECTOR")))
    return Agreement(
        parties, kind, status, when, count, bound, None, subject, sectors, sentence, instrument.start, instrument.end,
        f"agreement:{rule}:{how}", member is None and _is_again(sentence, instrument),
    )  # fmt: skip


def _status(
    sentence: Sentence, instrument: Mention, trigger: Mention, distance: float, package: Agreement | None
) -> tuple[str, str] | str:
    """(status, word that tells it) of an instrument, or the reason why it is none that is or will be concluded.

    package: the one that "among them" makes it a member of.
    """
    status, rule = package.status if package else TRIGGERS.get(trigger.head, "signed"), trigger.head.lower()
    if trigger is instrument:
        rule = "introduced"
    if sentence.denied(trigger.start):
        return "negated"
    if sentence.asks(trigger):
        return "a question"
    # "Cancelled the agreement": the verb that ends it denies nothing.
    own = trigger.start if trigger.head == "TERMINATE" else None
    if any(m.head == "NEGATION" and m.start != own and sentence.governs(m, trigger) for m in near_by(sentence, trigger, 4)):
        return "negated"
    if status == "signed" and any(m.head == "CONDITIONAL" and sentence.governs(m, trigger) for m in sentence.mentions):
        return "conditional"
    if status == "signed" and any(m.head == "PLANNED" and _governs(sentence, m, trigger) for m in sentence.mentions):
        status, rule = "planned", "planned_" + rule
    if status == "signed" and sentence.to_come(trigger):
        status, rule = "planned", "planned_" + rule
    if status in ("terminated", "in_force") and any(
        m.head == "PLANNED" and _governs(sentence, m, trigger) for m in sentence.mentions
    ):
        return "only to be ended or to take effect"
    if sentence.has("CALLED_OFF") and status in ("signed", "planned"):
        return "called off"
    history = [m for m in near_by(sentence, instrument, 12) if m.head == "HISTORY" and not _leads_on(sentence, instrument, m)]
    if history and distance > 6 and not _in_its_own_clause(sentence, instrument, trigger):
        return "history only"
    return status, rule


def _leads_on(sentence: Sentence, instrument: Mention, history: Mention) -> bool:
    """Whether a word of history behind an instrument is about the next one: "signed a contract, to carry out the pact of July"."""
    if sentence.head_final or history.start < instrument.end:
        return False
    return any(history.start <= m.start <= history.end + 1 for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL"))


def _in_its_own_clause(sentence: Sentence, instrument: Mention, trigger: Mention) -> bool:
    """ "On the basis of the memorandum that the company concluded in June": the clause behind the noun tells when it was signed."""
    clause = sentence.clause(trigger.start)
    others = [m for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL") if m.start >= instrument.end]
    own = clause - sentence.clause(instrument.start) == 1 and trigger.start >= instrument.end
    told = any(sentence.clause(m.start) <= clause for m in others)
    return own and not told and not sentence.head_final and trigger.head == "SIGN"


def _count(
    context: Context,
    sentence: Sentence,
    instrument: Mention,
    numbers: list[Number],
    trigger: Mention,
    package: Agreement | None,
    status: str,
) -> tuple[str, int, str] | str:
    """(kind, how many, bound) of what a noun stands for, or the reason why it stands for documents told elsewhere."""
    counted = counts_before(context.text, sentence, numbers, instrument)
    several = next((m for m in sentence.of("SEVERAL") if m.end <= instrument.start <= m.end + 4), None)
    if counted and any(m.start <= counted.start < m.end for m in sentence.of("OFFICE_PLURAL")):
        counted = None  # "the two came out with a declaration": two people
    if counted and any(m.start <= counted.start < m.end for m in sentence.of("SEVERAL_COUNTRIES")):
        counted = None  # "the six presidents adopted a declaration"
    if counted and several and several.start == counted.start:
        counted = None  # "onlarca": written like a number, told as a many
    if counted and several and counted.end <= several.start:
        counted = None  # "both attended the signing of dozens of documents"
    if several and any(several.end <= m.start and m.end <= instrument.start for m in sentence.of("INSTRUMENT")):
        several = None  # "bir dizi belge ve Ortaklık Bildirgesi": the many are those named first
    if counted and 1 < counted.value < 2000 and counted.value == int(counted.value):
        return "package", int(counted.value), counted.bound
    if several:
        return "package", int(float(several.value)), "at_least"
    if "dual" in instrument.tags:
        return "package", 2, "exact"
    member = trigger.head == "MEMBER"
    if (
        instrument.head == "INSTRUMENT_PLURAL"
        or "pl" in instrument.tags
        or _plural_by_place(context, sentence, instrument, listed=member)
    ):
        if member and package is not None and trigger.end <= instrument.start:
            return ELSEWHERE  # "among them … agreements on …": several members, whose number nobody tells.
        named = sentence.head_final and any(m.end == instrument.start for m in sentence.of("ANAPHOR"))
        pointed = named or "article" in instrument.prefixes
        valued = any(0 <= m.start - instrument.end <= 1 for m in sentence.of("VALUE")) and "gen" in instrument.tags
        if package is not None and (pointed or opens_list(sentence, instrument) or (valued and package.sentence is sentence)):
            return ELSEWHERE  # "The agreements": those told of before.
        if status == "in_force" and trigger.head == "IN_FORCE":
            return "agreements in general that are in force"
        # "Memoranda, one on mining, the other on tourism": two.
        return "package", 2, "exact" if len(ones_of(sentence, instrument)) == 2 else "at_least"
    if instrument.value == "package":
        fresh = _names_its_partner(context, sentence, instrument, trigger) or _is_described(context, sentence, instrument, status)
        return ("agreement", 1, "exact") if fresh else ELSEWHERE
    return instrument.value, 1, "exact"


def _is_amended(sentence: Sentence, instrument: Mention) -> bool:
    """ "Anlaşmada değişiklik yapan protokol": in front of what changes it; behind it where verbs stand in front."""
    others = [m for m in sentence.of("INSTRUMENT") if m.value != "package"]
    if not sentence.head_final:
        changing = [m.start for m in sentence.of("AMENDS") if 0 <= instrument.start - m.end <= 1]
        return any(0 <= start - m.end <= 1 for start in changing for m in others)
    changes = [m.end for m in sentence.of("AMENDS") if 0 <= m.start - instrument.end <= 2]
    return any(0 <= m.start - end <= 2 for end in changes for m in others)


def _between_companies(context: Context, sentence: Sentence, instrument: Mention) -> bool:
    """Whether two companies of two countries conclude it, and no state or office is named in its clause."""
    clause = sentence.clause(instrument.start)
    sides = [s for s in context.sides[sentence.index] if clause - 1 <= sentence.clause(s.start) <= clause]
    if sentence.has("LOAN", "GRANT"):
        return False  # between banks: what the money is lent under
    return {s.head for s in sides} == {"AGENCY"} and len({s.code for s in sides}) == 2 and not sentence.has("OFFICE", "BODY")


def _is_verb(context: Context, sentence: Sentence, instrument: Mention) -> bool:
    """Whether a one-word contract is a verb, where vowels are not written: somebody who holds something stands right behind it.

    So may a declaration be the announcing of something: "the president's announcing martial law".
    """
    if instrument.end - instrument.start > 1:
        return False
    if instrument.value == "declaration" and "place" in instrument.prefixes:
        return True  # "by announcing prices"
    holders = ["OFFICE", "HONORIFIC", "PERSON"]
    if instrument.value == "contract":
        holders += ["OFFICE_PLURAL", "SIDES", "DELEGATION", "TALKS", "DAY", "FORUM"]
    elif instrument.value != "declaration":
        return False
    named = any(a.start == instrument.end for a in context.registry.of(sentence))
    return named or any(m.start == instrument.end for m in sentence.of(*holders))


def _outcome(context: Context, sentence: Sentence, instrument: Mention, numbers: list[Number]) -> Mention | None:
    """The word of an encounter or visit that instruments are the outcome of, where nothing says that they were signed.

    "He left it with 26 agreements", "returned from the state visit with contracts worth …": counted or valued, and between two sides.
    """
    if instrument.value == "declaration" and (said := _said(sentence, instrument)):
        return said
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


def _said(sentence: Sentence, instrument: Mention) -> Mention | None:
    """ "Their joint statement condemns …", "in a joint declaration they …": what is quoted from a declaration has been issued."""
    if instrument.end - instrument.start < 2 or sentence.has("NEGATION", "CONDITIONAL", "HISTORY", "CALLED_OFF"):
        return None
    beside = [m for m in sentence.of("SAID") if 0 <= m.start - instrument.end <= 1 or 0 <= instrument.start - m.end <= 1]
    return beside[0] if beside else None


def _introduced(context: Context, sentence: Sentence, instrument: Mention, numbers: list[Number]) -> bool:
    """Whether a noun without a word of signing introduces a document of the meeting: it says about what, with whom or how many.

    "For shippers the memorandum on a terminal matters most", "their ministers added 15 other documents".
    """
    clause = sentence.clause(instrument.start)
    here = [m for m in sentence.mentions if sentence.clause(m.start) == clause]
    # "The arrangement", "the wide arrangement", a bare "agreement" that opens the sentence: told of before.
    pointed = any(m.head in ("ANAPHOR", "THIS") and 0 <= instrument.start - m.end <= 1 for m in here)
    pointed = pointed or "article" in instrument.prefixes or instrument.start == sentence.start
    # Where cases are suffixes a document that is new stands as subject: "bildirgenin …" tells more of a known one.
    pointed = pointed or (sentence.head_final and bool(instrument.tags & {"gen", "abl", "dat", "loc"}))
    doubted = any(m.head in ("NEGATION", "CONDITIONAL", "HISTORY", "CALLED_OFF", "RATIFY", "IN_FORCE", "TERMINATE") for m in here)
    if sentence.title or pointed or doubted:
        return False
    counted = counts_before(context.text, sentence, numbers, instrument)
    if counted is not None and 1 < counted.value < 500:
        return True
    if instrument.value in ("package", "programme"):
        return False
    topic = [m for m in sentence.of("SUBJECT_OF") if 0 <= m.start - instrument.end <= 1]
    if sentence.head_final:
        topic += [m for m in sentence.of("SUBJECT_OF") if 0 <= instrument.start - m.end <= 3]
    partner = any(
        s.role == "with" and sentence.clause(s.start) == clause and abs(s.start - instrument.start) <= 10
        for s in context.sides[sentence.index]
    )
    return bool(topic) or partner or any(m.head == "ONE_OF" for m in here) or _is_a_purchase(sentence, instrument)


def _is_a_purchase(sentence: Sentence, instrument: Mention) -> bool:
    """Whether a contract is told by its price or its goods: "jets under a contract worth 96 billion", "has ordered jets in a contract …"."""
    if instrument.value != "contract":
        return False
    clause = sentence.clause(instrument.start)
    bought = any(sentence.clause(m.start) == clause for m in sentence.of("BUY", "SELL") if m.end <= instrument.start)
    return bought or any(0 <= m.start - instrument.end <= 1 for m in sentence.of("VALUE"))


def _names_its_partner(context: Context, sentence: Sentence, instrument: Mention, trigger: Mention) -> bool:
    """Whether "the document" is told with whom: "with the bank the document is only initialled"."""
    fresh = not any(m.end == instrument.start for m in sentence.of("THIS", "ANAPHOR"))
    clause = sentence.clause(instrument.start)
    partners = [s for s in context.sides[sentence.index] if s.role == "with" and sentence.clause(s.start) >= clause - 2]
    about = any(m.start == instrument.end for m in sentence.of("SUBJECT_OF"))
    if about and trigger.head == "SIGN" and trigger.start > instrument.end:
        # "A document on partnership with the Emirates was signed on Wednesday".
        return fresh and any(instrument.end < s.start < trigger.start for s in partners)
    return fresh and trigger.head == "INITIAL" and any(s.end <= instrument.start for s in partners)


def _is_described(context: Context, sentence: Sentence, instrument: Mention, status: str) -> bool:
    """Whether "a document" to be signed is told by what it is about: "the document on strategic partnership is still being agreed"."""
    if status != "planned" or any(m.end == instrument.start for m in sentence.of("THIS", "ANAPHOR")):
        return False
    start = instrument.end
    about = next((m for m in sentence.of("SUBJECT_OF") if m.start == start and len(context.text.words[m.start]) <= 5), None)
    return about is not None and any(m.start >= about.end for m in sentence.of("SECTOR"))


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
    points = "article" in instrument.prefixes or any(m.end == instrument.start for m in sentence.of("ANAPHOR"))
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
    # "An agreement which the two signed will bring …": a verb right behind that of the aside is the noun's.
    aside = (
        not sentence.head_final
        and planned.start == trigger.end
        and any(m.end < trigger.start for m in sentence.of("INSTRUMENT", "INSTRUMENT_PLURAL"))
    )
    return not between and not aside


def _only_about(context: Context, sentence: Sentence, instrument: Mention, trigger: Mention | None) -> bool:
    """Whether an instrument is only what another one in front is about: "a protocol amending the 1996 convention was signed".

    Where verbs stand in front, one right behind it is its own, and tells it: "a pact that replaces one concluded in 1993".
    """
    for other in sentence.of("INSTRUMENT"):
        gap = instrument.start - other.end
        links = [m for m in sentence.of("HISTORY", "SUBJECT_OF") if other.end <= m.start and m.end <= instrument.start]
        known = {token for m in [*links, *sentence.of("ANAPHOR")] for token in range(m.start, m.end)}
        # A small word that is no such link joins two of a list: "меморандум о культуре и соглашение".
        listed = "conj" in instrument.prefixes or any(
            token not in known and word.isalpha() and len(word) <= 3
            for token, word in enumerate(context.text.words[other.end : instrument.start], other.end)
        )
        own = trigger is not None and sentence.adjectives_follow and trigger.start == instrument.end
        verb = own or (trigger is not None and other.end <= trigger.start < instrument.start)
        if 0 < gap <= 6 and links and not listed and not verb and sentence.clause(other.start) == sentence.clause(instrument.start):
            return True
    return False
