"""What a document says, as the rules find it: agreements, flows and meetings, and the candidates that were not taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orchestration.extract.dates import Period, When
from orchestration.extract.people import Figure
from orchestration.extract.quantities import Money
from orchestration.extract.reader import Sentence


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
class Meeting:
    """An encounter as a sentence states it. visit: told only as a visit, so that a meeting within it absorbs it."""

    countries: tuple[str, ...]
    participants: dict[str, Figure]
    medium: str
    status: str
    when: When | None
    city: str | None
    host: str | None
    forum: str | None
    sentence: Sentence
    rule: str
    visit: bool = False
    until: dt.date | None = None
    group: bool = False  # one person met a group without names: no retelling of a meeting with named people
    unnamed: frozenset[tuple[str, str]] = frozenset()  # side and role of those met who have no name


@dataclass
class Rejected:
    reason: str
    sentence: Sentence
    start: int
    end: int


@dataclass
class Flow:
    """A flow as a sentence states it."""

    flow_type: str
    pair: tuple[str, str]
    provider: str | None
    recipient: str | None
    money: Money
    period: Period | None
    sentence: Sentence
    rule: str
    certainty: float = 0.0  # how clearly the names' parts tell the direction
