"""What kind of money a sum is: grant, loan, investment, pledge, trade, export, the value of an instrument, or none of these."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extract.claims import Flow
from orchestration.extract.context import Context, banks, mention_distance, principals
from orchestration.extract.flow_course import INVESTED, REACH, TWO_WAY, Course, Kind, Sums
from orchestration.extract.flow_times import has_own_object, reached, reaches_ahead
from orchestration.extract.quantities import Money, Number
from orchestration.extract.reader import HYPHENS, Mention, Sentence

# How much nearer than it is a cue counts: specific words bind more strongly than general ones.
BIAS = {
    "GRANT": 5, "LOAN": 5, "EXPORT": 4, "IMPORT": 4, "TRADE": 3, "CHANGE_BY": 4, "DOMESTIC": 2, "INVEST": 2, "INVEST_PLANNED": 2,
    "PROJECT": -1, "INSTRUMENT": -2, "INSTRUMENT_PLURAL": -2, "FINANCE": -4,
}  # fmt: skip
FARTHEST = 60
NEXT = frozenset({"EXPORT", "IMPORT", "PROJECT"})
LATER = 8  # how much farther such a cue in a later clause counts: where verbs stand in front, so does what a sum is
LEAST = 10_000  # units of any currency: no state or company gives another less
LOOK_BACK = 4  # sentences: how far back a text may have spoken of the money that a sum belongs to
UNSTATED = "financing of unstated kind"
NO_CUE = "no cue"


def kind_of(context: Context, course: Course, sums: Sums, money: Money) -> Kind:
    """What a sum is taken for: by the word that says so, else by what the text has told before it."""
    if money.amount < LEAST:
        return Kind(None, None, "a price")
    opposite = _opposite(course, sums, money)
    kind = Kind("export", opposite) if opposite else _classify(context, sums, money)
    if kind.name in (None, "trade_turnover") and _share_of_one(context, course, sums.sentence, money):
        return Kind("export")
    if _of_the_trade(course, sums, money, kind):
        kind = Kind(None, None, NO_CUE)
    if kind.name is not None:
        return _of_the_grant(context, course, sums.sentence, kind)
    return _by_context(context, course, sums, money, kind)


def _opposite(course: Course, sums: Sums, money: Money) -> Mention | None:
    """ "In the opposite direction the figure was 1.1 billion": told of the one-way trade just before."""
    told, sentence = course.trade, sums.sentence
    if told is None or sentence.index - told.sentence > 1:
        return None
    behind = [m for m in sentence.of("OPPOSITE") if sentence.index > told.sentence or m.start >= told.end]
    behind = [m for m in behind if not any(told.end <= i.start < m.start for i in sentence.of("INVEST"))]
    near = [m for m in behind if mention_distance(sentence, m, money.start, money.end) <= 16 and not _between(sums.money, money, m)]
    return near[0] if near else None


def _of_the_trade(course: Course, sums: Sums, money: Money, kind: Kind) -> bool:
    """ "We shall reach 5 billion": the trade told just before, not the projects told just after."""
    topic, cue, sentence = course.topic, kind.cue, sums.sentence
    return (
        topic is not None
        and topic.kind in TWO_WAY
        and sentence.index - topic.sentence <= 1
        and kind.name in ("investment_pledge", "instrument")
        and cue is not None
        and cue.head not in ("INVEST", "INVEST_PLANNED")
        and money in sums.aims
        and (sentence.clause(cue.start) != sentence.clause(money.start) or _for_an_aim(sentence, money, cue))
    )


def _for_an_aim(sentence: Sentence, money: Money, cue: Mention) -> bool:
    """Where verbs stand last: "5 milyar dolara ulaşmak için anlaşma …": the sum is reached by what is told behind it."""
    return sentence.head_final and any(0 <= m.start - money.end <= 2 and m.end <= cue.start for m in sentence.of("AIM"))


def _of_the_grant(context: Context, course: Course, sentence: Sentence, kind: Kind) -> Kind:
    """ "The money …; in all the bank is ready to spend 650 million": of the grant told just before, if no other lender spends it."""
    topic, cue = course.topic, kind.cue
    givers = {side.code for side in context.sides[sentence.index] if side.code in banks()}
    after_grant = topic is not None and topic.kind == "grant" and sentence.index - topic.sentence == 1
    after_grant = after_grant and topic is not None and givers <= {topic.provider}
    if kind.name == "loan" and after_grant and cue and cue.head == "FINANCE" and not sentence.has("LOAN"):
        return replace(kind, name="grant")
    return kind


def _by_context(context: Context, course: Course, sums: Sums, money: Money, kind: Kind) -> Kind:
    """The kind of a sum whose words do not say it: what the text goes on with, or has spoken of around it.

    kind: without a name, with the reason why.
    """
    sentence, topic = sums.sentence, course.topic
    going_on = _going_on(course, sums, money, kind.why, context)
    if going_on is not None:
        return replace(kind, name=going_on, carried=True)
    if kind.why not in (NO_CUE, UNSTATED):
        return kind
    spoken = (_told_beside(context, sentence, money) if kind.why == UNSTATED else None) or _spoken_of(
        context, sums, money, kind.why
    )
    if spoken is not None:
        return replace(kind, name=spoken)
    whole = course.flows[-1].flow_type if course.flows and _part_of(course.flows[-1], sentence, money) else None
    if whole and kind.why == NO_CUE:
        return replace(kind, name=_so_far(sentence, money) or whole, carried=True)
    if kind.why == NO_CUE and _aimed_at(course, sums, money):
        return replace(kind, name="trade_target", carried=True)
    if kind.why == NO_CUE and _exported(context, course, sentence):
        return replace(kind, name="export")
    if topic and topic.sentence == sentence.index and topic.kind in INVESTED:
        # "35 billion, of which 15 billion in the first instalment": parts of what is invested.
        return replace(kind, name=_so_far(sentence, money) or topic.kind, carried=True)
    return kind


def _so_far(sentence: Sentence, money: Money) -> str | None:
    """ "It will invest 15 billion; 5 billion so far": what is there already of an investment."""
    clause = sentence.clause(money.start)
    return "fdi" if any(sentence.clause(m.start) == clause for m in sentence.of("SINCE_BEFORE", "SINCE_AFTER")) else None


def _going_on(course: Course, sums: Sums, money: Money, why: str, context: Context) -> str | None:
    """The kind of a sum that goes on with what was told before.

    Trade goes on with another time ("in 2024 it was …"), the parts of a grant or loan also by "is set aside"; everything one-way by
    "another 2.9 billion".
    """
    topic, sentence, period = course.lately(sums.sentence), sums.sentence, sums.periods.get(money)
    if topic is None:
        return None
    aimed = money in sums.aims
    stands_for = topic.kind in TWO_WAY and any(0 <= money.start - m.end <= 2 for m in sentence.of("PRONOUN"))
    named = {side.code for side in context.sides[sentence.index] if side.code in principals()}
    gives = any(side.role not in ("goal", "place") for side in context.sides[sentence.index] if side.code in named)
    if topic.kind in REACH and len(named) >= 2 and gives and not set(topic.pair) <= named:
        return None  # "Latvia in turn allots Ukraine 4.5 million": between others
    if topic.kind in REACH:
        carries = why in (NO_CUE, UNSTATED)
    else:
        carries = why == NO_CUE and (period is not None or aimed or stands_for or sentence.has("YEAR_OF", "SAME_YEAR"))
    another = any(0 <= money.start - m.end <= 2 for m in sentence.of("MORE"))
    if not carries and not (why == NO_CUE and topic.kind not in TWO_WAY and another):
        return None
    if topic.kind in TWO_WAY:
        return "trade_target" if aimed or reaches_ahead(context, period) else "trade_turnover"
    # "Our aim is half a billion": of the trade, not of its one half.
    return "trade_target" if topic.kind == "export" and aimed else topic.kind


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


def _exported(context: Context, course: Course, sentence: Sentence) -> bool:
    """ "Of this, 164 million was oil from Kazakhstan": a part of the trade just told that comes from one of its sides."""
    topic = course.topic
    if topic is None or topic.kind != "trade_turnover" or sentence.index - topic.sentence > 1 or not sentence.has("MEMBER"):
        return False
    sources = {s.code for s in context.sides[sentence.index] if s.role == "source"}
    return len(sources) == 1 and sources <= set(topic.pair)


def _aimed_at(course: Course, sums: Sums, money: Money) -> bool:
    """ "Then a new aim is named, 3 billion a year": of the trade that the text told of last, be it a paragraph before."""
    topic, sentence = course.topic, sums.sentence
    trade = topic is not None and topic.kind in {*TWO_WAY, "export"} and sentence.index - topic.sentence <= LOOK_BACK
    return trade and money in sums.aims and not sentence.title


def _share_of_one(context: Context, course: Course, sentence: Sentence, money: Money) -> bool:
    """ "Of it 2.4 billion is Kazakhstan's, 900 million Uzbekistan's": a part of the trade just told, with its owner right behind it."""
    whole = next((f for f in reversed(course.flows) if f.flow_type == "trade_turnover"), None)
    if whole is None or sentence.index - whole.sentence.index > 1 or not sentence.head_final:
        return False
    if money.currency != whole.money.currency or money.amount >= whole.money.amount:
        return False
    words = context.text.words
    bounds = {t for m in sentence.of("BOUND_AFTER") for t in range(m.start, m.end)}
    return any(
        s.role == "owner"
        and s.code in whole.pair
        and 0 <= s.start - money.end <= 3
        and all(t in bounds or words[t] in HYPHENS for t in range(money.end, s.start))
        for s in context.sides[sentence.index]
    )


def _part_of(whole: Flow, sentence: Sentence, money: Money) -> bool:
    """Whether a sum can be a part of what was pledged or invested just before: less, in the same currency."""
    return (
        whole.flow_type in INVESTED
        and 0 <= sentence.index - whole.sentence.index <= 1
        and sentence.paragraph - whole.sentence.paragraph <= 1
        and money.currency == whole.money.currency
        and money.amount < whole.money.amount
    )


def _spoken_of(context: Context, sums: Sums, money: Money, why: str) -> str | None:
    """The kind of the money last spoken of, a few sentences back at most."""
    sentence, period = sums.sentence, sums.periods.get(money)
    for index in range(sentence.index, max(sentence.index - LOOK_BACK, -1), -1):
        before = context.text.sentences[index]
        spoken = [m for m in before.of("TRADE", "LOAN", "GRANT", "DOMESTIC") if index < sentence.index or m.end <= money.start]
        if not spoken:
            continue
        head = spoken[-1].head
        if head == "TRADE" and why == NO_CUE and (index >= sentence.index - 1 or money in sums.aims):
            # An aim that no sum of the sentence has may be of this one: "the partners want more than 3 billion".
            aims = [aim for aim in sentence.of("AIM") if not has_own_object(sentence, aim, money)]
            open_aim = bool(aims) and not sums.aims and not reached(sentence, money)
            ahead = money in sums.aims or reaches_ahead(context, period) or open_aim
            # "By their statistics it exceeded 30 billion": the trade of the sentence before, which has told no sum.
            it = index < sentence.index and not before.has("CURRENCY", "SCALE")
            it = it and any(0 <= money.start - m.end <= 2 for m in sentence.of("PRONOUN"))
            return "trade_target" if ahead else "trade_turnover" if it or period is not None else None
        if head in ("LOAN", "GRANT") and (why == UNSTATED or index == sentence.index - 1):
            return head.lower()
        return None
    # "For the hospital in Herat Astana gave two million": a city tells to whom.
    cities = {context.text.pack.cities.get(m.value) for m in sentence.of("CITY")} & set(context.pair or ())
    states = {s.code for s in context.sides[sentence.index] if s.code in principals()}
    two_states = len(states | (cities if states else set())) >= 2
    if why != UNSTATED or not two_states or sentence.has("INSTRUMENT", "PROJECT"):
        return None
    # What companies put into a country is invested.
    return "fdi" if _clause_has(sentence, money, "COMPANY") else "grant"


def _between(sums: tuple[Money, ...], money: Money, mention: Mention) -> int:
    """Sums that stand between a sum and a mention."""
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return sum(1 for other in sums if other is not money and low <= other.start and other.end <= high)


def _of_the_next(sentence: Sentence, sums: tuple[Money, ...], mention: Mention, money: Money) -> bool:
    """Whether a cue behind a sum is that of the next one: in a later clause, or of one-way trade with another sum behind it."""
    later = sentence.clause(mention.start) > sentence.clause(money.start)
    trade = mention.head in ("EXPORT", "IMPORT") and mention.start >= money.end
    clause = sentence.clause(mention.start)
    return later or (trade and any(o.start >= mention.end and sentence.clause(o.start) == clause for o in sums))


def _measured_next(sentence: Sentence, sums: tuple[Money, ...], mention: Mention, money: Money) -> bool:
    """Whether a noun in a later clause has a sum of its own: "grants of 600 million, a third of it, 200 million, …, and investments of 1.8 billion"."""
    if sentence.head_final or mention.start < money.end or sentence.clause(mention.start) == sentence.clause(money.start):
        return False
    clause = sentence.clause(mention.start)
    return any(0 <= o.start - mention.end <= 3 and sentence.clause(o.start) == clause for o in sums)


def _each_its_own(sentence: Sentence, cue: Mention, money: Money) -> bool:
    """Whether grants or loans are told in a clause before a sum with the other behind it: "200 million are loans, 70 million – grants"."""
    if sentence.head_final or cue.head not in ("GRANT", "LOAN") or sentence.clause(cue.start) >= sentence.clause(money.start):
        return False
    return any(0 <= m.start - money.end <= 1 for m in sentence.of("LOAN" if cue.head == "GRANT" else "GRANT"))


def _in_turn(sentence: Sentence, sums: tuple[Money, ...], money: Money) -> Mention | None:
    """ "Exports and imports came to 5 and 3 billion": two ways of trade told first, then the sum of each in turn."""
    cues = [m for m in sentence.of("EXPORT", "IMPORT") if m.end <= sums[0].start]
    if len(sums) != 2 or len(cues) != 2 or cues[0].head == cues[1].head or sentence.has("TRADE"):
        return None
    if any(sums[0].end <= m.start < sums[1].start for m in sentence.of(*BIAS)):
        return None
    return cues[sums.index(money)]


def _number_between(numbers: tuple[Number, ...], money: Money, mention: Mention) -> bool:
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return any(low <= number.start and number.end <= high for number in numbers)


def _classify(context: Context, sums: Sums, money: Money) -> Kind:
    """What a sum is by the nearest word that says so, where specific words count as nearer than general ones."""
    sentence, aims, period = sums.sentence, sums.aims, sums.periods.get(money)
    cue = _in_turn(sentence, sums.money, money) or _nearest_cue(context, sums, money)
    if cue is None:
        return _value_of_thing_before(context, sentence, money) or Kind(None, None, NO_CUE)
    head = cue.head
    if head in ("EXPORT", "IMPORT"):
        # "A contract to supply …": what the instrument is about, no trade that happened.
        about = next((m for m in sentence.of("INSTRUMENT") if _is_about(sentence, m, cue)), None)
        if about is not None:
            return Kind("instrument", about)
    if head in ("PROJECT", "INSTRUMENT", "INSTRUMENT_PLURAL", "INVEST", "INVEST_PLANNED"):
        # "The bank has financed projects worth …": what a lender gives is a loan, whatever it is given for.
        gives = next((m for m in sentence.of("FINANCE") if mention_distance(sentence, m, money.start, money.end) <= 12), None)
        if gives is not None and _lends(context, sentence):
            return Kind("loan", gives)
        lenders = [s for s in context.sides[sentence.index] if s.code in banks() and s.role not in ("goal", "with")]
        if head in ("INVEST", "INVEST_PLANNED") and any(sentence.clause(s.start) == sentence.clause(money.start) for s in lenders):
            return Kind("loan", cue)
    near = {
        m.head
        for m in sentence.mentions
        if mention_distance(sentence, m, money.start, money.end) <= 20 and not _between(sums.money, money, m)
    }
    if head in ("PROJECT", "INVEST", "INVEST_PLANNED", "INSTRUMENT") and money in aims and sentence.has("TRADE"):
        aim_here = any(sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of("AIM"))
        if aim_here and sentence.clause(cue.start) != sentence.clause(money.start):
            return Kind("trade_target", sentence.of("TRADE")[0])
    if head == "DOMESTIC":
        return Kind(None, cue, "domestic money, price or company figure")
    if head == "CHANGE_BY":
        return Kind(None, cue, "a change, not a level")
    if "CONDITIONAL" in near and head not in ("GRANT", "LOAN", "TRADE"):
        return Kind(None, cue, "conditional")
    if head == "TRADE":
        target = money in aims or (reaches_ahead(context, period) and not reached(sentence, money))
        return Kind("trade_target" if target else "trade_turnover", cue)
    if head in ("EXPORT", "IMPORT"):
        return Kind("trade_target" if money in aims and sentence.has("TRADE") else "export", cue)
    if head == "GRANT":
        return Kind("grant", cue)
    if head == "LOAN":
        return Kind("loan", cue)
    if head == "FINANCE":
        if _arms(context, sentence):
            return Kind("grant", cue)
        return Kind("loan" if _lends(context, sentence) else None, cue, UNSTATED)
    if head in ("INVEST", "INVEST_PLANNED"):
        return _invested(sums, money, cue, near)
    if head == "PROJECT":
        return _of_a_project(context, sentence, money, cue)
    # What a development bank agrees on with a state is a loan.
    lends = any(side.code in banks() for side in context.sides[sentence.index])
    return Kind("loan" if lends else "instrument", cue)


def _nearest_cue(context: Context, sums: Sums, money: Money) -> Mention | None:
    """The word nearest to a sum that says what it is."""
    sentence, numbers = sums.sentence, sums.numbers
    best: tuple[float, Mention] | None = None
    for mention in _cues(context, sentence, money):
        # "It jumped by 58 percent to 5 billion": the change is told already.
        if mention.head == "CHANGE_BY" and (
            _number_between(numbers, money, mention)
            # "It grew by a fifth to 602 million": "to" leads to the level.
            or any(m.start > mention.end and m.end == money.start for m in sentence.of("RANGE"))
            or (sentence.head_final and not _changes(sentence, mention, money))
            # "It grew by a third and exceeded 160 million": the change has its own measure.
            or (not sentence.head_final and not 0 <= money.start - mention.end <= 3)
        ):
            continue
        if mention.head in ("GRANT", "LOAN", "INVEST") and _measured_next(sentence, sums.money, mention, money):
            continue
        distance = (
            mention_distance(sentence, mention, money.start, money.end)
            + 14 * _between(sums.money, money, mention)
            - BIAS[mention.head]
        )
        if mention.head in NEXT and not sentence.head_final and _of_the_next(sentence, sums.money, mention, money):
            distance += LATER  # "… came to 80 million, against purchases of …"
        if sentence.head_final and 0 <= mention.start - money.end <= 2:
            distance -= 2  # "12 milyar yenlik bölümü kredi": the noun that a sum describes stands right behind it.
        if _each_its_own(sentence, mention, money):
            distance += 4
        if any(m.start == mention.end and m.end == money.start for m in sentence.of("RANGE")):
            distance += 4  # "25 million is a credit and 20 million a grant": what stands in front is told of another sum.
        if distance <= FARTHEST and (best is None or distance < best[0]):
            best = (distance, mention)
    return best[1] if best else None


def _invested(sums: Sums, money: Money, cue: Mention, near: set[str]) -> Kind:
    """An investment made, or one that is still to come. near: the concepts around the sum."""
    sentence, period = sums.sentence, sums.periods.get(money)
    planned = cue.head == "INVEST_PLANNED" or "INVEST_PLANNED" in near
    if reached(sentence, money) or (not sentence.head_final and _at_work(sentence, money, cue)):
        near, planned = set(), False
    if not planned and near & {"PLANNED", "PROJECT", "AIM"} and not (period and not period.future):
        projects = [m for m in sentence.of("PROJECT") if mention_distance(sentence, m, money.start, money.end) <= 3]
        planned = bool(near & {"PLANNED", "AIM"}) or bool(projects)
    if _clause_has(sentence, money, "INSTRUMENT", "INSTRUMENT_PLURAL") and "VALUE" in near:
        planned = True
    if not planned and period is None and not reached(sentence, money) and _by_contract(sentence, money):
        planned = True
    if cue.head == "INVEST" and not reached(sentence, money) and not (period and not period.until):
        # "Grants of 640 million, investments of 1.4 billion and loans": parts of a package are still to be invested.
        planned = planned or (sentence.has("LOAN") and sentence.has("GRANT"))
    return Kind("investment_pledge" if planned else "fdi", cue)


def _of_a_project(context: Context, sentence: Sentence, money: Money, cue: Mention) -> Kind:
    """What the cost of a project is: put into it, given for it, or what it will take."""
    if put := _put_into(sentence, cue):
        return Kind("fdi" if put.head == "INVEST" else "investment_pledge", put)
    given = _told_beside(context, sentence, money) if _is_purpose(sentence, money, cue) else None
    opened = "fdi" if any(sentence.governs(m, cue) or 0 <= m.start - cue.end <= 12 for m in sentence.of("OPENED")) else None
    return Kind(given or opened or "investment_pledge", cue)


def _cues(context: Context, sentence: Sentence, money: Money) -> list[Mention]:
    """The words that may say what a sum is: those on its side of a semicolon, else the trade told in front of it.

    "To each other they sold goods": the verb of one-way trade at the end of a longer phrase is part of it.
    """
    both = [m for m in sentence.of("TRADE") if m.gapped]
    part = [m for m in sentence.of("EXPORT", "IMPORT") if any(t.end == m.end and t.start < m.start for t in both)]
    cues = [m for m in sentence.of(*BIAS) if m not in part and not context.text.parted(m.start, money.start)]
    return cues or [m for m in sentence.of("TRADE") if m.end <= money.start]


def _by_contract(sentence: Sentence, money: Money) -> bool:
    """ "They signed a contract to build a terminal, in which the firm invests 70 million": what is agreed on is still to be invested."""
    signed = [m for m in sentence.of("SIGN", "SIGN_PLANNED") if m.end <= money.start]
    return bool(signed) and any(m.value in ("contract", "memorandum") and m.end <= money.start for m in sentence.of("INSTRUMENT"))


def _is_about(sentence: Sentence, instrument: Mention, cue: Mention) -> bool:
    """Whether a cue tells what an instrument is about: just behind it, or in front where the noun stands last."""
    gap = instrument.start - cue.end if sentence.head_final else cue.start - instrument.end
    return 0 <= gap <= 3 and sentence.clause(cue.start) == sentence.clause(instrument.start)


def _put_into(sentence: Sentence, thing: Mention) -> Mention | None:
    """Where the verb stands last: the one of investing right behind what money is put into, "of it 160 million went into the plant"."""
    if not sentence.head_final or "dat" not in thing.tags:
        return None
    return next((m for m in sentence.settled("INVEST", "INVEST_PLANNED") if m.start == thing.end), None)


def _is_purpose(sentence: Sentence, money: Money, thing: Mention) -> bool:
    """Whether a thing only tells what given money is for: "ratified a loan agreement: Riyadh gives 50 million for building schools"."""
    if sentence.head_final or not any(
        m.start == money.end and m.end <= thing.start <= m.end + 1 for m in sentence.of("SUBJECT_OF")
    ):
        return False
    return any(m.end <= money.start and sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of("FINANCE"))


def _at_work(sentence: Sentence, money: Money, cue: Mention) -> bool:
    """Whether what is invested is at work already: "200 firms operate there, with investments of 4 billion"."""
    return any(m.end <= cue.start <= m.end + 16 and cue.end <= money.start for m in sentence.of("OPENED"))


def _changes(sentence: Sentence, change: Mention, money: Money) -> bool:
    """Where the verb stands last: "500 milyon dolar arttı" tells a difference, "3 milyar dolara" and "yüzde 20 artışla" a level."""
    return 0 <= change.start - money.end <= 2 and "dat" not in money.tags


def _value_of_thing_before(context: Context, sentence: Sentence, money: Money) -> Kind | None:
    """ "Their total value is 54.8 billion": what the projects, or the instrument, of the sentence before are worth."""
    words = context.text.words
    values = [
        m for m in sentence.of("VALUE") if len(words[m.start]) > 3 and sentence.clause(m.start) >= sentence.clause(money.start) - 1
    ]
    before = context.text.before(sentence)
    if not values or before is None or context.sides[sentence.index]:
        return None
    for head, kind in (("PROJECT", "investment_pledge"), ("INSTRUMENT", "instrument"), ("INSTRUMENT_PLURAL", "instrument")):
        things = before.of(head)
        if things:
            return Kind(kind, values[0])
    return None


def _arms(context: Context, sentence: Sentence) -> bool:
    """Whether one state gives another money for its defence: both are named, and no bank is."""
    named = {side.code for side in context.sides[sentence.index]}
    return len(named) >= 2 and not named & banks() and any(m.value == "defence" for m in sentence.of("SECTOR"))


def _lends(context: Context, sentence: Sentence) -> bool:
    """Whether a development bank is a side of the sentence or of the document, or a state's lender (a fund for development) is told of.

    "The fund" alone is one named before.
    """
    named = {side.code for side in context.sides[sentence.index]}
    if len(named & principals()) >= 2 and not named & banks() and not sentence.has("LENDER", "STATE_LENDER"):
        return False  # what one state gives another, whatever bank the text speaks of besides
    named |= set(context.pair or ())
    told = context.text.sentences[: sentence.index + 1] if sentence.has("LENDER") else [sentence]
    return bool(named & banks()) or any(other.has("STATE_LENDER") for other in told)


def _clause_has(sentence: Sentence, money: Money, *heads: str) -> bool:
    return any(sentence.clause(m.start) == sentence.clause(money.start) for m in sentence.of(*heads))
