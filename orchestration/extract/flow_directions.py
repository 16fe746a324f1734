"""In which direction money goes between two sides."""

from __future__ import annotations

from itertools import pairwise

from orchestration.extract.context import Context, Side, banks, mention_distance, role_of, unions
from orchestration.extract.flow_course import Told
from orchestration.extract.quantities import Money
from orchestration.extract.reader import QUOTES, Mention, Sentence

NEARNESS = {0: 1.0, 1: 0.9}  # by how many clauses a name stands away from the sum; farther: 0.6
VAGUE = 1.3  # a lone name without a part tells less of the direction than what was told before


def turned(context: Context, sentence: Sentence, cue: Mention, pair: tuple[str, str], certainty: float, last: Told) -> bool:
    """Whether exports are told against the imports just before: "It imported 5 billion from India, shipping back 2 billion"."""
    if {cue.head, last.head} != {"EXPORT", "IMPORT"} or {last.provider, last.recipient} != set(pair):
        return False
    if sentence.index == last.sentence:
        return not any(side.start >= max(last.end, cue.start) for side in context.sides[sentence.index])
    return sentence.index - last.sentence == 1 and certainty < VAGUE


def direction_of(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], money: Money, cue: Mention | None
) -> tuple[str | None, str | None, float]:
    """(provider, recipient, certainty) of one-way money between two sides.

    A lender or agency gives. Else what the names' parts say: source gives, goal and place receive; a side without a part, in front,
    is the subject and gives. "Imports from" turns round: the subject receives.
    """
    capitals = {t for m in sentence.of("CAPITAL") for t in (m.start, m.end)}
    # "In the Algerian capital": a place, whoever gives.
    places = [s for s in context.sides[sentence.index] if s.head == "DEMONYM" and {s.start, s.end} & capitals]
    sides = [s for s in context.sides[sentence.index] if s.code in pair and s.role != "like" and s not in places]
    if kind == "export":
        sides = _of_this_sum(sentence, sides, money, cue)
    lenders = banks() | unions()
    first, second = pair
    if kind in ("loan", "grant"):
        for giver, taker in ((first, second), (second, first)):
            if giver in lenders and taker not in lenders:
                return giver, taker, 5.0
    seller = _customers_of(sentence, sides) if kind == "export" else None
    paid = _bought_from(sentence, sides) if kind == "investment_pledge" else None
    if paid is not None:
        return second if paid == first else first, paid, 3.0
    if seller is not None:
        return seller, second if seller == first else first, 3.0
    owner = _owner(sentence, sides, cue)
    if owner is not None and cue is not None:
        other = second if owner == first else first
        return (other, owner, 3.0) if cue.head == "IMPORT" else (owner, other, 3.0)
    trader = _trader(sentence, sides, cue)
    if trader is not None and cue is not None:
        other = second if trader == first else first
        return (other, trader, 3.0) if cue.head == "IMPORT" else (trader, other, 3.0)
    score = {first: 0.0, second: 0.0}
    imports = cue is not None and cue.head == "IMPORT"
    # A state gets what is invested in it; a company that wins an order is paid for it.
    invested = cue is not None and cue.head in ("INVEST", "INVEST_PLANNED")
    takers = sides if kind in ("loan", "grant") or invested else [s for s in sides if s.head in ("COUNTRY", "CAPITAL")]
    obtains = _taker(sentence, takers, money) if kind != "export" else None
    if obtains is not None:
        return (second if obtains == first else first), obtains, 3.0
    for side in sides:
        nearness = NEARNESS.get(abs(sentence.clause(side.start) - sentence.clause(money.start)), 0.6)
        leaning = _leaning(side, kind, cue, sentence, money)
        if imports and cue is not None and side.role not in ("source", "goal", "place") and not _of_goods(side, cue, sentence):
            # Whoever imports receives; from where and to where the goods go needs no turning round.
            leaning = -leaning
        score[side.code] += nearness * leaning
    owned = bool(sides) and sentence.head_final and sides[0].role == "owner"
    if sides and not owned and not imports and not _coordinate(context, sides):
        # "Japan is giving Kyrgyzstan …": of two sides without a part the first is the subject.
        score[sides[0].code] += 0.2
    here = context.text.pack.cities.get(context.told_from(sentence) or "")
    if not sides and here in pair and sentence.has("HERE"):
        return (second if here == first else first), here, 2.0
    if score[first] == score[second]:
        town = None if sides else _by_town(context, sentence, pair)
        return (*town, 2.0) if town else (*_without_parts(context, sentence, kind, pair, sides), 0.0)
    giver = first if score[first] > score[second] else second
    return giver, second if giver == first else first, abs(score[first] - score[second])


def _of_this_sum(sentence: Sentence, sides: list[Side], money: Money, cue: Mention | None) -> list[Side]:
    """Sides without those behind a sum in a later clause, which tells of the trade the other way; all where too few are left.

    Where the clause of a sum has a verb of trade with its subject, they alone: "…, and Türkiye imported 3 billion from it".
    """
    clause = sentence.clause(money.start)
    if cue is not None and cue.end < money.start and sentence.clause(cue.start) == clause and not sentence.head_final:
        subject = [s for s in sides if s.start == cue.end and s.role is None and s.head in ("COUNTRY", "CAPITAL")]
        if subject:
            return [s for s in sides if sentence.clause(s.start) == clause]
    own = [s for s in sides if s.start < money.end or sentence.clause(s.start) <= sentence.clause(money.start)]
    return own if not sentence.head_final and own else sides


def seller_of(context: Context, sentence: Sentence, pair: tuple[str, str], deal: Mention) -> str | None:
    """Who sells where an instrument is told to be about buying or selling; None where the names' parts do not tell.

    From whom it comes sells, to whom it goes buys; of the others the first named does what the word says, with the other.
    """
    sides = [s for s in context.sides[sentence.index] if s.code in pair]
    does = -1.0 if deal.head == "BUY" else 1.0
    score = dict.fromkeys(pair, 0.0)
    for side in sides:
        # Alone a name without a part may be either: "the Chinese COFCO", of whom a case may stand farther on.
        told = 2.0 * does if side.code == sides[0].code and len({s.code for s in sides}) == 2 else 0.0
        score[side.code] += {"source": 3.0, "goal": -3.0, "with": -1.5 * does}.get(side.role or "", told)
    first, second = pair
    if abs(score[first] - score[second]) < VAGUE:
        return None
    return first if score[first] > score[second] else second


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
        or (s.head == "COUNTRY" and s.end == cue.start and not s.tags and sentence.head_final and cue.head != "IMPORT")
        or (s.head == "DEMONYM" and (s.start == cue.end if sentence.adjectives_follow else s.end == cue.start))
    ]
    return owners[0] if len(set(owners)) == 1 else None


def _customers_of(sentence: Sentence, sides: list[Side]) -> str | None:
    """The side whose customers or buyers a sentence tells of, which sells: "Italy is the first customer of Algeria: it sold it …"."""
    for noun in sentence.of("CUSTOMER"):
        if sentence.head_final:
            owners = [s for s in sides if s.end <= noun.start <= s.end + 3 and s.role == "owner"]
        else:
            owners = [s for s in sides if noun.end <= s.start <= noun.end + 1 and s.role not in ("with", "source", "agent")]
            owners += [s for s in sides if s.end == noun.start and "gen" in s.tags]  # "Azerbaijan's best customer"
        if owners and len({s.code for s in sides}) == 2:
            return owners[-1].code if sentence.head_final else owners[0].code
    return None


def _bought_from(sentence: Sentence, sides: list[Side]) -> str | None:
    """Whoever something is bought from for a sum, which is paid to it: "Poland will buy howitzers from Korea for 1.1 billion"."""
    clauses = {sentence.clause(m.start) for m in sentence.of("BUY")}
    sources = {s.code for s in sides if s.role == "source" and sentence.clause(s.start) in clauses}
    return sources.pop() if len(sources) == 1 else None


def _trader(sentence: Sentence, sides: list[Side], cue: Mention | None) -> str | None:
    """ "Kazakh pharmacies bought Indian drugs": where verbs stand in the middle, who stands in front of one of trade does it."""
    if cue is None or cue.head not in ("EXPORT", "IMPORT") or sentence.head_final:
        return None
    here = [s for s in sides if s.role is None and sentence.clause(s.start) == sentence.clause(cue.start)]
    front, behind = {s.code for s in here if s.end <= cue.start}, {s.code for s in here if s.start >= cue.end}
    return front.pop() if len(front) == len(behind) == 1 and front != behind else None


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


def _of_goods(side: Side, cue: Mention, sentence: Sentence) -> bool:
    """Whether an adjective behind the verb tells whose goods were brought in: "imported Japanese goods"."""
    if side.head != "DEMONYM" or sentence.head_final or sentence.adjectives_follow or side.start < cue.end:
        return False
    return sentence.clause(side.start) == sentence.clause(cue.start) and not sentence.starting("COMPANY", side.end)


def _leaning(side: Side, kind: str, cue: Mention | None, sentence: Sentence, money: Money) -> float:
    """How much a name's part makes it the giver (+) or the receiver (-)."""
    if side.role == "goal" and any(0 <= m.start - side.end <= 2 or 0 <= side.start - m.end <= 3 for m in sentence.of("THANKS")):
        # Whoever is thanked has given.
        return 3.0
    role = None if side.head == "AGENCY" and side.role == "place" else side.role  # "a source in the authority said"
    leaning = {"source": 3.0, "agent": 3.0, "goal": -3.0, "place": -2.5, "with": 0.0, "owner": 0.5, None: 1.0}.get(role, 0.0)
    if side.head == "AGENCY" and kind == "fdi" and sentence.head_final and "acc" in side.tags and "gen" not in side.tags:
        return -2.5  # "Ipoteka Bank'ı satın aldı": what is bought
    if side.head == "AGENCY":
        leaning = leaning + 1.5 if leaning >= 0 else leaning
    if side.head == "DEMONYM":
        # "Chinese investment", "Japanese grant": an adjective on the money or the investor gives; "the Kazakh economy" receives.
        nouns = sentence.of("INVEST", "INVEST_PLANNED", "GRANT", "LOAN", "EXPORT", "COMPANY")
        before = () if sentence.adjectives_follow else (side.end, side.end + 1)
        behind = (side.start,) if sentence.adjectives_follow else ()
        case_between = side.role in ("goal", "place") and any(m.start == side.end + 1 for m in nouns)
        if any(m.start in before or m.end in behind for m in nouns) and not (case_between and sentence.head_final):
            leaning = 2.5
        elif side.role == "goal" or side.role == "place":
            leaning = -2.5
        elif side.role == "source" and "pl" in side.tags:
            leaning = 3.0  # "bought from the Americans"
        else:
            leaning = 0.3
    if side.role == "owner" and cue is not None and 0 <= cue.start - side.end <= 3:
        # "Japan's investment", "экспорт Казахстана": the owner of the money gives.
        leaning = 2.0
    if side.role == "owner" and sentence.head_final and side.head != "DEMONYM" and _does_it(sentence, side, money):
        leaning = 3.0
    return leaning


def _does_it(sentence: Sentence, side: Side, money: Money) -> bool:
    """Whether the verb in front of a sum is that of an owner: "Rusya'nın İran'a açtığı 2 milyar …", the sum that Russia gives."""
    gives = [m for m in sentence.of("FINANCE", "INVEST") if side.end <= m.start and m.end == money.start]
    return bool(gives) and sentence.clause(side.start) == sentence.clause(money.start)


def _by_town(context: Context, sentence: Sentence, pair: tuple[str, str]) -> tuple[str, str] | None:
    """ "… will build a plant in Kostanay": whose town it is receives; "the Plovdiv company X" gives."""
    words, (first, second) = context.text.words, pair
    for mention in sentence.of("CITY"):
        country = context.text.pack.cities.get(mention.value)
        role = role_of(context.text, sentence, mention.start, mention.end, mention.tags, mention.prefixes)
        if country not in pair or role not in ("place", "goal"):
            continue
        other = second if country == first else first
        describes = "der" in mention.tags and context.text.capitals and words[mention.end : mention.end + 1] != []
        if describes and (words[mention.end][0].isupper() or words[mention.end] in QUOTES):
            return country, other
        return other, country
    return None


def _without_parts(
    context: Context, sentence: Sentence, kind: str, pair: tuple[str, str], sides: list[Side]
) -> tuple[str | None, str | None]:
    """Direction where names' parts do not tell: the visitor or the lone foreign name gives to the home side."""
    first, second = pair
    if context.home in pair:
        return (second, first) if context.home == first else (first, second)
    named = {s.code for s in sides}
    if not named and kind in ("loan", "grant") and not sentence.has("OBTAIN", "THANKS"):
        # "Blinken announced $65 million in aid": of whom nobody says that they receive.
        named = {a.figure.country for a in context.registry.of(sentence) if a.figure.country in pair}
    if len(named) == 1:
        giver = next(iter(named))
        return giver, second if giver == first else first
    return None, None
