"""What kind of money a sum is: grant, loan, investment, pledge, trade, export, the value of an instrument, or none of these."""

from __future__ import annotations

from orchestration.extract.claims import Flow
from orchestration.extract.context import Context, banks, mention_distance, principals
from orchestration.extract.dates import Period
from orchestration.extract.flow_times import reached, reaches_ahead
from orchestration.extract.quantities import Money, Number
from orchestration.extract.reader import Mention, Sentence

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
INVESTED = frozenset({"fdi", "investment_pledge"})
TWO_WAY = frozenset({"trade_turnover", "trade_target"})


def told_beside(context: Context, sentence: Sentence, money: Money) -> str | None:
    """Grant or loan where only "allots" stands beside a sum: a noun of the sentence, or of the next one, which has no sum."""
    nouns = [m for m in sentence.of("GRANT", "LOAN") if m.end <= money.start]
    clause = sentence.clause(money.start)
    nouns = nouns or [m for m in sentence.of("GRANT", "LOAN") if clause <= sentence.clause(m.start) <= clause + 1][:1]
    if not nouns and sentence.index + 1 < len(context.text.sentences):
        following = context.text.sentences[sentence.index + 1]
        if following.paragraph == sentence.paragraph and not following.has("CURRENCY", "SCALE"):
            nouns = following.of("GRANT", "LOAN")[:1]
    return nouns[-1].head.lower() if nouns else None


def part_of(whole: Flow, sentence: Sentence, money: Money) -> bool:
    """Whether a sum can be a part of what was pledged or invested just before: less, in the same currency."""
    return (
        whole.flow_type in ("investment_pledge", "fdi")
        and 0 <= sentence.index - whole.sentence.index <= 1
        and sentence.paragraph - whole.sentence.paragraph <= 1
        and money.currency == whole.money.currency
        and money.amount < whole.money.amount
    )


def spoken_of(context: Context, sentence: Sentence, money: Money, why: str, aims: set[Money], period: Period | None) -> str | None:
    """The kind of a sum whose own sentence does not name it: that of the money last spoken of, a few sentences back at most."""
    for index in range(sentence.index, max(sentence.index - LOOK_BACK, -1), -1):
        before = context.text.sentences[index]
        spoken = [m for m in before.of("TRADE", "LOAN", "GRANT", "DOMESTIC") if index < sentence.index or m.end <= money.start]
        if not spoken:
            continue
        head = spoken[-1].head
        if head == "TRADE" and why == "no cue" and index >= sentence.index - 1:
            ahead = money in aims or reaches_ahead(context, period) or sentence.has("AIM")
            return "trade_target" if ahead else "trade_turnover" if period is not None else None
        if head in ("LOAN", "GRANT") and (why == UNSTATED or index == sentence.index - 1):
            return head.lower()
        return None
    two_states = len({s.code for s in context.sides[sentence.index] if s.code in principals()}) >= 2
    return "grant" if why == UNSTATED and two_states and not sentence.has("INSTRUMENT", "PROJECT") else None


def goes_on(sentence: Sentence, money: Money) -> bool:
    """ "Another 2.9 billion": a word in front of a sum that ties it to the one before."""
    return any(0 <= money.start - m.end <= 2 for m in sentence.of("MORE"))


def carries(why: str, topic: str, dated: bool) -> bool:
    """Whether a sum without a cue of its own goes on with what was told before.

    Trade goes on with another time ("in 2024 it was …"); the parts of a grant or loan also by "is set aside".
    """
    if topic in ("grant", "loan"):
        return why in ("no cue", UNSTATED)
    return why == "no cue" and dated


def _between(sums: list[Money], money: Money, mention: Mention) -> int:
    """Sums that stand between a sum and a mention."""
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return sum(1 for other in sums if other is not money and low <= other.start and other.end <= high)


def _number_between(numbers: list[Number], money: Money, mention: Mention) -> bool:
    low, high = min(money.end, mention.end), max(money.start, mention.start)
    return any(low <= number.start and number.end <= high for number in numbers)


def classify(
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
        target = money in aims or reaches_ahead(context, period)
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
        if reached(sentence, money):
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
