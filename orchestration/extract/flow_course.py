"""The course of a text: what it has told of money so far, which later sentences go on about."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.extract.claims import Flow
from orchestration.extract.dates import Period
from orchestration.extract.quantities import Money, Number
from orchestration.extract.reader import Mention, Sentence

Pair = tuple[str, str]
# For how many sentences a topic goes on: the parts of a grant or loan are told one after the other.
REACH = {"grant": 3, "loan": 3}
INVESTED = frozenset({"fdi", "investment_pledge"})
TWO_WAY = frozenset({"trade_turnover", "trade_target"})


@dataclass(frozen=True)
class Sums:
    """The sums of a sentence: its numbers, for which time each sum is told, and which are aimed at."""

    sentence: Sentence
    money: tuple[Money, ...]
    numbers: tuple[Number, ...]
    periods: dict[Money, Period]
    aims: frozenset[Money]


@dataclass(frozen=True)
class Kind:
    """What a sum is taken for: a flow type, "instrument" (the value of one), or None and why.

    cue: the word that says so. carried: no word does, the sum goes on with what was told before.
    """

    name: str | None
    cue: Mention | None = None
    why: str = ""
    carried: bool = False


@dataclass(frozen=True)
class Route:
    """Between whom a sum goes and how the two were found. provider and recipient: None for trade in both directions.

    kind: the flow type, which the sides may settle: what a development bank puts into a country is lent, as a rule.
    """

    kind: str
    pair: Pair
    how: str  # stated, completed, document, people, carried
    provider: str | None = None
    recipient: str | None = None
    certainty: float = 0.0  # how clearly the names' parts tell the direction
    carried: bool = False


@dataclass(frozen=True)
class Topic:
    """What a text goes on about: the flow told last and the number of its sentence."""

    kind: str
    pair: Pair
    provider: str | None
    recipient: str | None
    sentence: int


@dataclass(frozen=True)
class Told:
    """The one-way trade told last: sentence, token behind its sum, cue, from whom to whom."""

    sentence: int
    end: int
    head: str
    provider: str
    recipient: str


@dataclass
class Course:
    """Flows told so far, what the text is about, and which way money goes between two sides."""

    flows: list[Flow] = field(default_factory=list)
    topic: Topic | None = None
    directions: dict[Pair, Pair] = field(default_factory=dict)
    stated: dict[tuple[str, Pair], Pair] = field(default_factory=dict)  # by kind too: a grant goes one way throughout a text
    trade: Told | None = None
    asides: int = 0  # sentences since the topic that only say who told of it: "The president announced this today"

    def lately(self, sentence: Sentence) -> Topic | None:
        """The topic, where it is told so shortly before a sentence that the sentence may go on with it."""
        topic = self.topic
        return topic if topic and sentence.index - topic.sentence - self.asides <= REACH.get(topic.kind, 1) else None

    def add(self, flow: Flow, cue: Mention | None, route: Route) -> None:
        """Go on with a flow."""
        self.flows.append(flow)
        self.asides = 0
        self.topic = Topic(flow.flow_type, route.pair, flow.provider, flow.recipient, flow.sentence.index)
        if flow.provider is None or flow.recipient is None:
            return
        if flow.flow_type == "export":
            if cue is not None:
                self.trade = Told(flow.sentence.index, flow.money.end, cue.head, flow.provider, flow.recipient)
            return
        self.directions[flow.pair] = (flow.provider, flow.recipient)
        if flow.flow_type in REACH and route.how == "stated":
            self.stated.setdefault((flow.flow_type, flow.pair), (flow.provider, flow.recipient))


def in_order(pair: Pair) -> Pair:
    """The two sides sorted, as claims list them."""
    first, second = sorted(pair)
    return first, second
