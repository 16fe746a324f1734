"""From a word to its stem: known stem + rest of the word parses as a suffix chain. Nothing is stripped blindly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST_WILDCARD_REST = 12
LONGEST_CHAIN = 5
ZERO_ENDING = frozenset({"pl", "zero"})


class Reading(NamedTuple):
    """One way to read a word: the key it has in the lexicon, and the grammar found around the stem."""

    key: str
    tags: frozenset[str]
    prefixes: frozenset[str] = frozenset()


class Suffixes:
    """The suffix chains of one language.

    table: tag → endings. order: groups of tags, each of which only stands behind those before it; behind the last group the order
    starts anew. Chains of up to five suffixes; results are kept, for a language has few distinct rests of words.
    """

    def __init__(self, table: Mapping[str, Sequence[str]], order: Sequence[Sequence[str]] = ()) -> None:
        self.tags_of: dict[str, set[str]] = defaultdict(set)
        for tag, endings in table.items():
            for ending in endings:
                self.tags_of[ending].add(tag)
        self.order = order
        self.places = {tag: place for place, group in enumerate(order) for tag in group}
        self.longest = max(map(len, self.tags_of), default=0)
        self._known: dict[str, frozenset[str] | None] = {"": frozenset()}

    def parse(self, rest: str) -> frozenset[str] | None:
        """Tags of the chain that spells `rest`, preferring few suffixes; None when no chain does."""
        if rest not in self._known:
            self._known[rest] = self._search(rest)
        return self._known[rest]

    def _search(self, rest: str) -> frozenset[str] | None:
        if len(rest) > 16:
            return None
        # How much is read and the place of the last suffix in the order → tags.
        layer: dict[tuple[int, int], frozenset[str]] = {(0, -1): frozenset()}
        for _ in range(LONGEST_CHAIN):
            following: dict[tuple[int, int], frozenset[str]] = {}
            for (position, place), tags in layer.items():
                for end in range(min(len(rest), position + self.longest), position, -1):
                    more = self.tags_of.get(rest[position:end])
                    for step in self._steps(more, place) if more else ():
                        following.setdefault((end, step), tags | (more or set()))
            for (position, _), tags in following.items():
                if position == len(rest):
                    return tags
            layer = following
            if not layer:
                return None
        return None

    def _steps(self, tags: set[str], place: int) -> set[int]:
        """The places in the order that a suffix with these tags may take behind a place."""
        if not self.order:
            return {-1}
        last = len(self.order) - 1
        return {-1 if step == last else step for step in (self.places[tag] for tag in sorted(tags)) if step > place}


@dataclass
class Recognizer:
    """Finds the lexicon keys that a word can be.

    stems: normalised stem → keys; wildcards: normalised beginning → keys ("imzala*"); exact: normalised word → keys ("=word").
    Keys are kept in the order of their entry, as dictionaries without values: a set's order is another one in every process, and
    with it would be the readings and the claims.
    """

    suffixes: Suffixes
    prefixes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    alternations: Sequence[Sequence[str]] = ()
    cut: Sequence[str] = ()
    apostrophe_is_suffix: bool = True
    fold: Mapping[str, str] = field(default_factory=dict)
    stems: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    wildcards: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    exact: dict[str, dict[str, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    _folded: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _known: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cut = sorted(self.cut, key=len, reverse=True)
        self._fold = str.maketrans(dict(self.fold))
        self._prefixes = [(text, tag) for tag, texts in self.prefixes.items() for text in texts]
        # A word that is only known folded has folded endings too: ның has become нин.
        folded: dict[str, list[str]] = defaultdict(list)
        for ending, tags in self.suffixes.tags_of.items():
            for tag in tags:
                folded[tag].append(ending.translate(self._fold))
        self._folded_suffixes = Suffixes(folded, self.suffixes.order)

    def add(self, word: str) -> str:
        """Enter one normalised word of a phrase; returns its key."""
        if word.startswith("="):
            self.exact[word[1:]].setdefault(word, frozenset())
        elif word.endswith("*"):
            self.wildcards[word[:-1]][word] = None
        else:
            for stem in self._stems_of(word):
                self.stems[stem][word] = None
                if self.fold:
                    self._folded[stem.translate(self._fold)][word] = None
        return word

    def add_form(self, form: str, key: str, tags: Iterable[str]) -> None:
        """Enter an inflected form whose grammar is known."""
        self.exact[form][key] = self.exact[form].get(key, frozenset()) | frozenset(tags)

    def _stems_of(self, word: str) -> Iterator[str]:
        yield word
        for ending in self._cut:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                yield word[: -len(ending)]
                break
        for last, changed in self.alternations:
            if word.endswith(last) and len(word) > 2:
                yield word[: -len(last)] + changed

    def read(self, word: str) -> tuple[Reading, ...]:
        """All readings of a normalised word, longest stem first."""
        known = self._known.get(word)
        if known is None:
            known = tuple(self._readings(word))
            self._known[word] = known
        return known

    def forget(self, keep: int = 50_000) -> None:
        """Drop the cache of words (not the lexicon) when it has grown: a process that reads for days must not."""
        if len(self._known) > keep:
            self._known.clear()

    def _readings(self, word: str) -> Iterator[Reading]:
        seen: set[tuple[str, frozenset[str]]] = set()
        found = False
        for reading in self._plain_readings(word):
            if (reading.key, reading.prefixes) not in seen:
                seen.add((reading.key, reading.prefixes))
                found = found or not reading.key.endswith("*")
                yield reading
        for rest, tags in self._without_prefixes(word, 3):
            for reading in self._plain_readings(rest):
                if (reading.key, tags) not in seen:
                    seen.add((reading.key, tags))
                    found = True
                    yield reading._replace(prefixes=tags)
        if not found and self.fold and len(word) >= 4:
            yield from self._folded_readings(word.translate(self._fold))

    def _without_prefixes(self, word: str, depth: int) -> Iterator[tuple[str, frozenset[str]]]:
        for text, tag in self._prefixes:
            if word.startswith(text) and len(word) - len(text) >= 2:
                rest = word[len(text) :]
                yield rest, frozenset((tag,))
                if depth > 1:
                    for deeper, tags in self._without_prefixes(rest, depth - 1):
                        yield deeper, tags | {tag}

    def _plain_readings(self, word: str) -> Iterator[Reading]:
        for key, tags in self.exact.get(word, {}).items():
            yield Reading(key, tags)
        stem, mark, ending = word.partition("'")
        if mark and self.apostrophe_is_suffix:
            rest_tags = self.suffixes.parse(ending)
            if rest_tags is None:
                rest_tags = self.suffixes.parse(mark + ending)
            if rest_tags is not None:
                for key, tags in self.exact.get(stem, {}).items():
                    yield Reading(key, tags | rest_tags)
                # Grammar may stand on both sides of the mark: Bildirge-si'nin.
                for length in range(len(stem), 0, -1):
                    for key in self.stems.get(stem[:length], ()):
                        chain = self.suffixes.parse(stem[length:])
                        if chain is not None:
                            yield Reading(key, chain | rest_tags)
        for length in range(len(word), 0, -1):
            keys = self.stems.get(word[:length])
            if keys:
                chain = self.suffixes.parse(word[length:])
                if chain is not None:
                    for key in keys:
                        # A stem whose ending was cut, bare: the plural form without an ending (встреч, программ).
                        yield Reading(key, chain if length < len(word) or key == word else ZERO_ENDING)
            if len(word) - length <= LONGEST_WILDCARD_REST:
                for key in self.wildcards.get(word[:length], ()):
                    yield Reading(key, self.suffixes.parse(word[length:]) or frozenset())

    def _folded_readings(self, folded: str) -> Iterator[Reading]:
        for length in range(len(folded), 3, -1):
            for key in self._folded.get(folded[:length], ()):
                chain = self._folded_suffixes.parse(folded[length:])
                if chain is not None:
                    yield Reading(key, chain)
