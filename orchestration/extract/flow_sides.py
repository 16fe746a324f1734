"""Between whom money goes, and in which direction."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from orchestration.extract.context import Context, Side, banks, capital_of, mention_distance, role_of, unions
from orchestration.extract.flow_kinds import REACH
from orchestration.extract.quantities import Money, country_of_currency
from orchestration.extract.reader import HYPHENS, Mention, Sentence

VAGUE = 1.3  # a lone name without a part tells less of the direction than what was told before
EXCHANGED = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF"})  # what others lend and invest in too
WORLD_CURRENCIES = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF", "RUB", "AED", "SAR"})
# What a text goes on about: flow type, pair, provider, recipient, number of the sentence.
Topic = tuple[str, tuple[str, str], str | None, str | None, int]


@dataclass(frozen=True)
class Told:
    """The one-way trade told last: sentence, token behind its sum, cue, from whom to whom."""

    sentence: int
    end: int
    head: str
    provider: str
    recipient: str


def at_home(context: Context, sentence: Sentence, currency: str, pair: tuple[str, str]) -> bool:
    """Whether a sum in a country's own money is told in a sentence that names no other side: it stays in that country."""
    country = country_of_currency(currency)
    if currency in EXCHANGED or country not in pair:
        return False
    sides = context.sides[sentence.index]
    behind = [m.end for m in sentence.of("INVEST", "INVEST_PLANNED")] if sentence.adjectives_follow else []
    if any(s.head == "DEMONYM" and s.start in behind for s in sides):
        return False  # "Saudi investments": told of where they come from
    return all(side.code == country for side in sides)


def own_money(currency: str, provider: str | None, recipient: str | None) -> bool:
    """Whether a loan from another state would be in the receiver's own money, which others do not lend: it is one at home."""
    return currency not in EXCHANGED and country_of_currency(currency) == recipient and provider not in banks()


def of_a_third(currency: str, pair: tuple[str, str]) -> bool:
    """Whether a sum is in the money of a country that is no side, and that others do not use between them."""
    country = country_of_currency(currency)
    return currency not in WORLD_CURRENCIES and country is not None and country not in pair


def same_trader(
    context: Context, sentence: Sentence, pair: tuple[str, str], topic: tuple[str, tuple[str, str], str | None, str | None, int]
) -> tuple[str, str]:
    """ "Exports to Iraq …; imports from Russia …": both of the one whose trade the sentence before tells."""
    before = context.text.sentences[topic[4]]
    trader = topic[3] if before.has("IMPORT") else topic[2]
    if sentence.index - topic[4] != 1 or before.paragraph != sentence.paragraph or trader is None:
        return pair
    named = next((s.code for s in context.sides[sentence.index] if s.code in pair), None)
    return (named, trader) if named and named != trader else pair


def as_before(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str], topic: Topic) -> tuple[str, str]:
    """A third side gives to whom the others gave ("Germany gave 22.5 million"), or gets from whom the others got."""
    side = next((s for s in context.sides[sentence.index] if s.code not in (context.pair or ())), None)
    if side is None or topic[0] not in REACH:
        return pair
    verbs = [
        m
        for m in sentence.of("OBTAIN")
        if sentence.clause(m.start) == sentence.clause(money.start) or (m.end <= money.start and not sentence.head_final)
    ]
    gets = bool(verbs) or side.role in ("goal", "place")
    other = topic[2] if gets else topic[3]
    return (side.code, other) if other and other != side.code else pair


def with_borrower(context: Context, sentence: Sentence, lenders: tuple[str, str], borrower: str | None) -> tuple[str, str]:
    """Two banks lend to each other no more than to a state: the first named, and the state named or the one that borrows."""
    sides = [s.code for s in context.sides[sentence.index]]
    goals = [
        country
        for m in sentence.of("CITY")
        if (country := context.text.pack.cities.get(m.value)) and capital_of(country) == m.value and "dat" in m.tags
    ]
    states = [code for code in [*sides, *goals] if code not in banks()]
    other = next(iter(states), None) or borrower or next((code for code in context.pair or () if code not in banks()), None)
    lender = next((code for code in sides if code in lenders), lenders[0])
    return (lender, other or context.home or lenders[1])


def turned(context: Context, sentence: Sentence, cue: Mention, pair: tuple[str, str], certainty: float, last: Told) -> bool:
    """Whether exports are told against the imports just before: "It imported 5 billion from India, shipping back 2 billion"."""
    if {cue.head, last.head} != {"EXPORT", "IMPORT"} or {last.provider, last.recipient} != set(pair):
        return False
    if sentence.index == last.sentence:
        return not any(side.start >= max(last.end, cue.start) for side in context.sides[sentence.index])
    return sentence.index - last.sentence == 1 and certainty < VAGUE


def giver_with_its_taker(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
    """Of two sides that both give, each in its own clause, the one that gives this sum, with the document's side that receives."""
    sides = {code: [s for s in context.sides[sentence.index] if s.code == code] for code in pair}
    here = [code for code in pair if any(sentence.clause(s.start) == sentence.clause(money.start) for s in sides[code])]
    if (
        len(here) != 1
        or set(pair) & banks()
        or any(s.role not in (None, "owner", "source") for found in sides.values() for s in found)
    ):
        return pair
    other = pair[1] if here[0] == pair[0] else pair[0]
    taker = context.other(here[0])
    both_new = other not in (context.pair or ()) and here[0] not in (context.pair or ())
    return (here[0], taker) if both_new and taker is not None else pair


def with_lender(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
    """What a development bank agreed on is its loan, to the state named beside it."""
    sides = [s for s in context.sides[sentence.index] if not context.text.parted(s.start, money.start)]
    lender = next((s.code for s in sides if s.code in banks()), None)
    if lender is None or lender in pair:
        return pair
    borrower = next((s.code for s in sides if s.code not in banks() and s.role not in ("goal", "place")), None)
    return (lender, borrower or context.other(lender) or pair[0])


def to_an_organisation(context: Context, sentence: Sentence, money: Money, pair: tuple[str, str]) -> tuple[str, str]:
    """A contribution to an organisation goes to it: "Slovenia has made a contribution of 1.5 million euros to UNRWA"."""
    here = [s for s in context.sides[sentence.index] if sentence.clause(s.start) == sentence.clause(money.start)]
    taker = next((s for s in here if s.head == "ORGANISATION" and s.role == "goal" and 0 <= s.start - money.end <= 4), None)
    giver = next((s for s in here if s.head != "ORGANISATION" and s.role in (None, "agent", "source")), None)
    return (giver.code, taker.code) if taker and giver else pair


def past_the_lender(context: Context, pair: tuple[str, str]) -> tuple[str, str]:
    """A third side that gives no loan deals with the document's state, not with its bank."""
    named, other = pair
    states = [code for code in context.pair or () if code not in banks() and code != named]
    outside = named not in (context.pair or ())
    return (named, states[0]) if outside and other in banks() and states else pair


def sides_beside(context: Context, sentence: Sentence, money: Money) -> list[str]:
    """Countries named in the clause of a sum, or in the one right in front of its dash."""
    clause = sentence.clause(money.start)
    here = {clause, clause - 1} if sentence.start < money.start and context.text.words[money.start - 1] in HYPHENS else {clause}
    return list(dict.fromkeys(s.code for s in context.sides[sentence.index] if sentence.clause(s.start) in here))


def direction_of(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], money: Money, cue: Mention | None
) -> tuple[str | None, str | None, float]:
    """(provider, recipient, certainty) of one-way money between two sides.

    A lender or agency gives. Else what the names' parts say: source gives, goal and place receive; a side without a part, in front,
    is the subject and gives. "Imports from" turns round: the subject receives.
    """
    sides = [s for s in context.sides[sentence.index] if s.code in pair]
    lenders = banks() | unions()
    first, second = pair
    if kind in ("loan", "grant"):
        for giver, taker in ((first, second), (second, first)):
            if giver in lenders and taker not in lenders:
                return giver, taker, 5.0
    owner = _owner(sentence, sides, cue)
    if owner is not None and cue is not None:
        other = second if owner == first else first
        return (other, owner, 3.0) if cue.head == "IMPORT" else (owner, other, 3.0)
    score = {first: 0.0, second: 0.0}
    imports = cue is not None and cue.head == "IMPORT"
    obtains = _taker(sentence, sides, money) if kind in ("loan", "grant") else None
    if obtains is not None:
        return (second if obtains == first else first), obtains, 3.0
    for side in sides:
        nearness = 1.0 if abs(sentence.clause(side.start) - sentence.clause(money.start)) <= 1 else 0.6
        leaning = _leaning(side, kind, cue, sentence)
        if imports and side.role not in ("source", "goal", "place"):
            # Whoever imports receives; from where and to where the goods go needs no turning round.
            leaning = -leaning
        score[side.code] += nearness * leaning
    if sides and not imports and not _coordinate(context, sides):
        # "Japan is giving Kyrgyzstan …": of two sides without a part the first is the subject.
        score[sides[0].code] += 0.2
    here = context.text.pack.cities.get(context.dateline or "")
    if not sides and here in pair and sentence.has("HERE"):
        return (second if here == first else first), here, 2.0
    if score[first] == score[second]:
        return *_without_parts(context, sentence, kind, pair, sides), 0.0
    giver = first if score[first] > score[second] else second
    return giver, second if giver == first else first, abs(score[first] - score[second])


def direction_before(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], money: Money
) -> tuple[str, str] | None:
    """Direction where a sentence names no side: as the sentences just before it, or the title, tell it of the same two."""
    for index in (sentence.index - 1, sentence.index - 2, 0):
        if 0 <= index < sentence.index and set(pair) <= {s.code for s in context.sides[index]}:
            provider, recipient, certainty = direction_of(context, context.text.sentences[index], kind, pair, money, None)
            if certainty > 1 and provider is not None and recipient is not None:
                return provider, recipient
    return None


def _owner(sentence: Sentence, sides: list[Side], cue: Mention | None) -> str | None:
    """The side whose trade or money the cue is: "экспорт Казахстана", "казахстанский экспорт", "Japan's grant"."""
    if cue is None or cue.head not in ("EXPORT", "IMPORT", "INVEST", "GRANT", "LOAN"):
        return None
    owners = [
        s.code
        for s in sides
        if (s.role == "owner" and s.head in ("COUNTRY", "CAPITAL") and (s.start == cue.end or s.end == cue.start))
        or (s.role == "owner" and s.head == "COUNTRY" and sentence.head_final and s.end == cue.start - 1)
        or (s.head == "DEMONYM" and (s.start == cue.end if sentence.adjectives_follow else s.end == cue.start))
    ]
    return owners[0] if len(set(owners)) == 1 else None


def _taker(sentence: Sentence, sides: list[Side], money: Money) -> str | None:
    """ "Kyrgyzstan received a loan", "Tehran will pay back the loan": the subject is the one it was given to."""
    for verb in sentence.of("OBTAIN"):
        if mention_distance(sentence, verb, money.start, money.end) > 20:
            continue
        if sentence.adjectives_follow and any(verb.end < m.start and m.end <= money.start for m in sentence.of("FINANCE")):
            continue  # "received a letter on Qatar's giving 60 million": another's verb stands nearer
        subjects = [
            s for s in sides
            if s.role in (None, "owner", "place") and sentence.clause(s.start) == sentence.clause(verb.start)
        ]  # fmt: skip
        if len({s.code for s in subjects}) == 1:
            return subjects[0].code
        bare = [s for s in subjects if s.role is None and s.head in ("COUNTRY", "CAPITAL")]
        if len({s.code for s in bare}) == 1:
            return bare[0].code
    return None


def _coordinate(context: Context, sides: list[Side]) -> bool:
    """Whether the first two sides stand side by side as one subject: "Zambia and China exchanged notes on a grant"."""
    words = [word for side, other in pairwise(sides[:2]) for word in context.text.words[side.end : other.start]]
    together = len(sides) > 1 and sides[0].code != sides[1].code and sides[0].role is sides[1].role is None
    return together and len(words) == 1 and words[0].isalpha() and len(words[0]) <= 3


def _leaning(side: Side, kind: str, cue: Mention | None, sentence: Sentence) -> float:
    """How much a name's part makes it the giver (+) or the receiver (-)."""
    if side.role == "goal" and any(0 <= m.start - side.end <= 2 or 0 <= side.start - m.end <= 3 for m in sentence.of("THANKS")):
        # Whoever is thanked has given.
        return 3.0
    leaning = {"source": 3.0, "agent": 3.0, "goal": -3.0, "place": -2.5, "with": 0.0, "owner": 0.5, None: 1.0}.get(side.role, 0.0)
    if side.head == "AGENCY":
        leaning = leaning + 1.5 if leaning >= 0 else leaning
    if side.head == "DEMONYM":
        # "Chinese investment", "Japanese grant": an adjective on the money or the investor gives; "the Kazakh economy" receives.
        money = sentence.of("INVEST", "GRANT", "LOAN", "EXPORT", "COMPANY")
        before = () if sentence.adjectives_follow else (side.end, side.end + 1)
        if any(m.start in before or m.end == side.start for m in money):
            leaning = 2.5
        elif side.role == "goal" or side.role == "place":
            leaning = -2.5
        else:
            leaning = 0.3
    if side.role == "owner" and cue is not None and 0 <= cue.start - side.end <= 3:
        # "Japan's investment", "экспорт Казахстана": the owner of the money gives.
        leaning = 2.0
    return leaning


def _without_parts(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], sides: list[Side]
) -> tuple[str | None, str | None]:
    """Direction where names' parts do not tell: the visitor or the lone foreign name gives to the home side."""
    first, second = pair
    for mention in sentence.of("CITY"):
        # "… will build a plant in Kostanay": whose town it is receives.
        country = context.text.pack.cities.get(mention.value)
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        if country in pair and not sides and role in ("place", "goal"):
            return (second, first) if country == first else (first, second)
    if context.home in pair:
        return (second, first) if context.home == first else (first, second)
    named = {s.code for s in sides}
    if len(named) == 1:
        giver = next(iter(named))
        return giver, second if giver == first else first
    return None, None
