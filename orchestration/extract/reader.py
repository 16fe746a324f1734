"""From a text to tokens, sentences, clauses and concept mentions, held in one spaCy `Doc`.

The `Doc` has no white-space tokens; `Reading.starts`/`ends` map tokens to offsets in the text. Everything after this module sees
concepts only and knows no language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from orchestration.extract.morphology import Reading
from orchestration.extract.packs import NAME_CONCEPTS, Node, Pack, load_pack, read_table
from orchestration.extract.text import repair_mixed_script, script_of, tokenize

SENTENCE_ENDS = frozenset(".!?…؟。")
CLOSERS = frozenset("\"'»”’)]“")
OPENERS = frozenset("\"'«“„(—–-[‘")
LONGEST_ASIDE = 9  # tokens between its commas
CLAUSE_MARKS = frozenset(",;:،؛()—–")
HYPHENS = frozenset("-‐‑–—")
QUOTES = frozenset("\"«»“”„‘’'")
VERBS = frozenset({"MEET", "RECEIVE", "VISIT", "SIGN", "RATIFY", "IN_FORCE", "TERMINATE", "INITIAL", "GRANT", "LOAN", "INVEST"})
ENCOUNTERING = frozenset({"MEET", "MEET_PLANNED", "RECEIVE", "PHONE"})
LONGEST_SENTENCE = 400
SCREEN = 120  # letters
SAMPLE = 400  # words tell the script of a text
LONGEST_HOMONYM = 7  # letters: without capitals a shorter word with grammar on it is no surname
LONGEST_GAP = 3  # words
DICTIONARY_FORM = frozenset({"nom"})
LONGEST_OFFICE = 10  # words
DEPARTMENTAL = frozenset({"minister", "deputy_minister", "foreign_minister"})
HEADER = re.compile(r"\A\s*date\s+(\d{4})-(\d{1,2})-(\d{1,2})\b[ \t]*")

SEMICOLONS = frozenset(";؛")


class _Heads(dict[str, str]):
    """The part of a concept before its value; asked for a million times in a long text, of a few hundred concepts."""

    def __missing__(self, concept: str) -> str:
        head = self[concept] = concept.partition("|")[0]
        return head


HEADS = _Heads()


@dataclass(frozen=True)
class Mention:
    """A concept in the text: tokens start..end (end exclusive)."""

    concept: str
    start: int
    end: int
    tags: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    gapped: bool = False  # matched over a gap: what stands in the gap is no part of it

    @property
    def head(self) -> str:
        return HEADS[self.concept]

    @property
    def value(self) -> str:
        return self.concept.partition("|")[2]


@dataclass
class Sentence:
    """Tokens start..end; mentions in order; clause number of each token, relative to start.

    head_final: the verb that governs another stands behind it (Turkish, Kazakh), not in front (English, Russian, Arabic).
    """

    index: int
    start: int
    end: int
    paragraph: int
    title: bool = False
    mentions: list[Mention] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    head_final: bool = False
    adjectives_follow: bool = False
    semicolons: frozenset[int] = frozenset()
    question: bool = False
    _indexed: list[Mention] | None = field(default=None, init=False, repr=False, compare=False)
    _heads: dict[str, list[Mention]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def governs(self, modifier: Mention, verb: Mention) -> bool:
        """Whether a word of planning, denial or condition is about a verb: in its clause, on the side where it belongs, and near."""
        if self.clause(modifier.start) != self.clause(verb.start):
            return False
        if self.head_final:
            # In front of a noun a participle says the same: "25 тамызда болатын … кездесу".
            noun = verb.head == "TALKS" and 0 <= verb.start - modifier.end <= 16
            return noun or verb.start <= modifier.start <= verb.end + 6
        return modifier.start <= verb.start <= modifier.end + 7 or 0 <= modifier.start - verb.end <= 2

    def denied(self, token: int) -> bool:
        """Whether what stands at a token is told as a rumour or in order to deny it."""
        return any(token < m.start and not self._apart(token, m) if self.head_final else m.end <= token for m in self.of("DENIAL"))

    def _apart(self, token: int, denial: Mention) -> bool:
        """Whether a semicolon parts a denial from a token in front, and no "this" behind it points back."""
        marks = [t for t in self.semicolons if token < t < denial.start]
        return bool(marks) and not any(marks[-1] < m.start for m in self.of("ANAPHOR"))

    def asks(self, verb: Mention) -> bool:
        """Whether a sentence whose last verb this is asks something."""
        return self.question and self.head_final and verb.end >= self.end - 3

    def to_come(self, verb: Mention) -> bool:
        """Whether a verb form that leaves its time to the next verb stands in front of one still to come: "imzalayıp … görüşecekler"."""
        if "linking" not in verb.tags:
            return False
        behind = [m for m in self.settled("SIGN", "SIGN_PLANNED", "MEET", "MEET_PLANNED", "RECEIVE") if m.start >= verb.end]
        following = min(behind, key=lambda m: m.start, default=None)
        return following is not None and following.head.endswith("_PLANNED") and "coming" in following.tags

    def settled(self, *heads: str) -> list[Mention]:
        """Mentions of these heads; where a planned reading overlaps another, only the planned one.

        Unless the other is a phrase with a gap that ends with it: "managed at last to conclude".
        """
        found = self.of(*heads)
        achieved = [m for m in found if m.gapped and not m.head.endswith("_PLANNED")]
        found = [
            m
            for m in found
            if not (
                m.head.endswith("_PLANNED")
                and any(a.end == m.end and a.start < m.start and m.head.startswith(a.head) for a in achieved)
            )
        ]
        planned = [m for m in found if m.head.endswith("_PLANNED")]
        return [m for m in found if m in planned or not any(p.start < m.end and m.start < p.end for p in planned)]

    # Looked up for every token; a sentence of 400 can have as many mentions. Mentions are complete when `read` returns.
    @cached_property
    def _starting(self) -> dict[int, list[Mention]]:
        return _grouped(self.mentions, lambda mention: mention.start)

    @cached_property
    def _ending(self) -> dict[int, list[Mention]]:
        return _grouped(self.mentions, lambda mention: mention.end)

    def starting_at(self, token: int) -> list[Mention]:
        return self._starting.get(token, [])

    def starting(self, head: str, token: int) -> bool:
        return any(mention.head == head for mention in self.starting_at(token))

    def ending_at(self, token: int) -> list[Mention]:
        return self._ending.get(token, [])

    def _by_head(self) -> dict[str, list[Mention]]:
        """Mentions by head, made again when `mentions` is another list: while a text is read its homonyms are settled."""
        if self._indexed is not self.mentions:
            self._indexed = self.mentions
            self._heads = _grouped(self.mentions, lambda mention: mention.head)
        return self._heads

    def of(self, *heads: str) -> list[Mention]:
        """Mentions of these heads, in order. Most sentences have few of them, and are asked for all."""
        groups = self._by_head()
        there = [head for head in dict.fromkeys(heads) if head in groups]
        if len(there) <= 1:
            return list(groups[there[0]]) if there else []
        return [mention for mention in self.mentions if mention.head in there]

    def has(self, *heads: str) -> bool:
        groups = self._by_head()
        return any(head in groups for head in heads)

    def clause(self, token: int) -> int:
        return self.clauses[min(max(token - self.start, 0), len(self.clauses) - 1)]


Key = TypeVar("Key")


def _grouped(mentions: list[Mention], key: Callable[[Mention], Key]) -> dict[Key, list[Mention]]:
    groups: dict[Key, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(key(mention), []).append(mention)
    return groups


@dataclass
class Text:
    """A document read by one pack."""

    body: str
    pack: Pack
    doc: Doc
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    capitals: bool = True  # whether capitals tell names: not in a script that has none

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of tokens start..end."""
        return self.starts[start], self.ends[end - 1]

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, where it is of the same paragraph."""
        before = self.sentences[sentence.index - 1] if sentence.index else None
        return before if before is not None and before.paragraph == sentence.paragraph else None

    def parted(self, one: int, other: int) -> bool:
        """Whether a semicolon stands between two tokens: each of its sides is told by itself."""
        return any(word in SEMICOLONS for word in self.words[min(one, other) : max(one, other)])

    def adjacent(self, token: int) -> bool:
        """Whether a token follows the one before it without white space."""
        return token > 0 and self.starts[token] == self.ends[token - 1]

    def capital(self, token: int) -> bool:
        return self.words[token][0].isupper()


@cache
def pipeline(code: str) -> Language:
    """The spaCy pipeline of one language: it holds the vocabulary; documents are made by `read`."""
    return Language(meta={"lang": "xx", "name": f"bilateral_{code}"})


def read(text: str, code: str) -> Text:
    """Read a text with the pack of a language. Header lines ("date 2025-08-25") are left out of the sentences."""
    pack = load_pack(code)
    header = HEADER.match(text)
    skip = header.end() if header else 0
    words, starts, ends, breaks = tokenize(text)
    first = next((i for i, start in enumerate(starts) if start >= skip), len(starts))
    words, starts, ends, breaks = words[first:], starts[first:], ends[first:], breaks[first:]
    words = [repair_mixed_script(unicodedata.normalize("NFC", word)) for word in words]
    spaces = [i + 1 < len(starts) and starts[i + 1] > ends[i] for i in range(len(words))]
    doc = Doc(pipeline(code).vocab, words=words, spaces=spaces)
    sentences = split_sentences(words, starts, ends, breaks, pack)
    found = Text(text, pack, doc, words, starts, ends, sentences, pack.capitals and not _without_capitals(words))
    for sentence in sentences:
        sentence.mentions = _with_verb_forms(found, find_mentions(found, sentence.start, sentence.end))
    _settle_homonyms(found)
    _settle_currencies(found)
    for sentence in sentences:
        sentence.clauses = list(_clauses(found, sentence))
        sentence.head_final = pack.settings.get("head_final", False)
        sentence.adjectives_follow = pack.settings.get("adjectives_follow", False)
    doc.spans["concepts"] = [Span(doc, m.start, m.end, label=m.concept) for s in sentences for m in s.mentions]
    return found


def _with_verb_forms(text: Text, mentions: list[Mention]) -> list[Mention]:
    """Tag the verbs that leave their time to the verb behind them ("linking") and those still to come ("coming"), by the pack's endings."""
    forms = {form: tuple(text.pack.settings.get(form, ())) for form in ("linking", "coming")}

    def tagged(mention: Mention) -> Mention:
        word = text.words[mention.end - 1].lower()
        told = {form for form, endings in forms.items() if endings and word.endswith(endings)}
        return replace(mention, tags=mention.tags | told) if told else mention

    if not any(forms.values()):
        return mentions
    return [tagged(m) if m.head in VERBS or m.head.endswith("_PLANNED") else m for m in mentions]


def _settle_homonyms(text: Text) -> None:
    """A word that is a country and a city of another (عمان: Oman, Amman) is the city where its state is spoken of or it opens a text."""
    spans = {(s.index, m.start, m.end): m.value for s in text.sentences for m in s.of("COUNTRY")}
    both = [
        (s, m)
        for s in text.sentences
        for m in s.of("CITY")
        if (s.index, m.start, m.end) in spans and text.pack.cities.get(m.value) != spans[s.index, m.start, m.end]
    ]
    if not both:
        return
    taken = {(s.index, m.start) for s, m in both}
    spoken: Counter[str] = Counter()
    for sentence in text.sentences:
        for mention in sentence.of("COUNTRY", "DEMONYM", "CITY", "PERSON", "AGENCY"):
            if (sentence.index, mention.start) not in taken:
                people = text.pack.people.get(mention.value) if mention.head == "PERSON" else None
                spoken[people[0].country if people else text.pack.cities.get(mention.value, mention.value)] += 1
    for sentence, city in both:
        state, home = spans[sentence.index, city.start, city.end], text.pack.cities[city.value]
        opens = sentence.index <= 1 and city.start == sentence.start
        wrong = "COUNTRY" if spoken[home] > spoken[state] or (opens and spoken[home] == spoken[state]) else "CITY"
        sentence.mentions = [m for m in sentence.mentions if not (m.head == wrong and (m.start, m.end) == (city.start, city.end))]


def _settle_currencies(text: Text) -> None:
    """Which of the currencies of one name is meant ("KWD/JOD/…" for dinar): the one last named in full, else that of the side
    most spoken of; none: no currency."""
    mentions = [m for sentence in text.sentences for m in sentence.mentions]
    if not any(m.head == "CURRENCY" and "/" in m.value for m in mentions):
        return
    spoken = Counter(_money_area(m.value, text.pack.cities) for m in mentions if m.head in ("COUNTRY", "DEMONYM", "CITY", "AGENCY"))
    named = {m.value for m in mentions if m.head == "CURRENCY"}
    for sentence in text.sentences:
        settled: list[Mention] = []
        for mention in sentence.mentions:
            if mention.head == "CURRENCY" and "/" in mention.value:
                family = mention.value.split("/")
                told = [code for code in family if code in named]
                best = max(family, key=lambda code: spoken[code[:2]])
                code = told[0] if len(told) == 1 else best if spoken[best[:2]] else None
                if code is None:
                    continue
                mention = replace(mention, concept=f"CURRENCY|{code}")
            settled.append(mention)
        sentence.mentions = settled


def _money_area(name: str, cities: dict[str, str]) -> str:
    """The two letters that a country's currency begins with."""
    return _iso2().get(cities.get(name, name), "")


@cache
def _iso2() -> dict[str, str]:
    return {row["code"]: row["iso2"] for row in read_table("countries.csv")}


def _without_capitals(words: list[str]) -> bool:
    """Whether most words are of a script without capitals, which a language may have beside one with them."""
    scripts = [script_of(word) for word in words[:SAMPLE] if word[0].isalpha()]
    return scripts.count("Arabic") > len(scripts) / 2


def _wraps(breaks: list[int], words: list[str], starts: list[int], ends: list[int]) -> set[int]:
    """Tokens before which a single line break only wraps a line.

    A text is wrapped when no line of it is longer than a screen's. In it a break still ends a line that stops well short of the
    others, or that ends a sentence.
    """
    firsts = [0, *(i for i, count in enumerate(breaks) if count and i)]
    widths = [ends[nxt - 1] - starts[first] for first, nxt in zip(firsts, [*firsts[1:], len(words)], strict=True)]
    widest = max(widths, default=0)
    if len(firsts) < 4 or widest > SCREEN:
        return set()
    return {
        nxt
        for width, nxt in zip(widths, firsts[1:], strict=False)
        if breaks[nxt] == 1 and (width > 0.6 * widest or words[nxt][0].islower()) and words[nxt - 1] not in SENTENCE_ENDS
    }


def split_sentences(words: list[str], starts: list[int], ends: list[int], breaks: list[int], pack: Pack) -> list[Sentence]:
    """Sentences of a token list. Ordinals ("80. yıl"), initials and the pack's abbreviations do not end one; headlines do."""
    sentences: list[Sentence] = []
    wraps = _wraps(breaks, words, starts, ends)
    begin, paragraph = 0, 0
    for i in range(1, len(words) + 1):
        new_line = i == len(words) or breaks[i] >= 2 or (breaks[i] == 1 and i not in wraps)
        if breaks_here := (new_line or i - begin >= LONGEST_SENTENCE or _ends_sentence(words, starts, ends, i, pack)):
            title = not sentences and new_line and i < len(words) and words[i - 1] not in SENTENCE_ENDS and i - begin < 40
            breaks_within = frozenset(t for t in range(begin, i) if words[t] in SEMICOLONS)
            sentences.append(
                Sentence(len(sentences), begin, i, paragraph, title, semicolons=breaks_within, question=words[i - 1] == "?")
            )
            begin = i
        if breaks_here and new_line:
            paragraph += 1
    return [sentence for sentence in sentences if sentence.end > sentence.start]


def _ends_sentence(words: list[str], starts: list[int], ends: list[int], i: int, pack: Pack) -> bool:
    """Whether a sentence ends between tokens i-1 and i."""
    last = i - 1
    closed = False
    while last > 0 and words[last] in CLOSERS and starts[last] == ends[last - 1]:
        last -= 1
        closed = True
    if words[last] not in SENTENCE_ENDS or (words[i] in CLOSERS | SENTENCE_ENDS and starts[i] == ends[i - 1]):
        return False
    following = words[i]
    if starts[i] == ends[i - 1] and following[0].isalnum() and following[0].isascii():
        return False
    if following[0].islower():
        return False
    if following in OPENERS and i + 1 < len(words) and words[i + 1][0].islower():
        return False
    if words[last] == "." and last > 0 and not closed:
        before = words[last - 1]
        if before[0].isdigit() and len(before) <= 2 and starts[last] == ends[last - 1] and pack.settings.get("ordinal_dot", False):
            return False
        if len(before) == 1 and before.isalpha() and before.isupper():
            return False
        if pack.normalize(before) in pack.abbreviations:
            return False
    return True


def _clauses(text: Text, sentence: Sentence) -> Iterator[int]:
    """The clause of each token; behind an aside ("…, the agency reports, …") the clause in front of it goes on."""
    words, number, last, resumed = text.words, 0, 0, -1
    inside = {token for m in sentence.mentions if not m.gapped for token in range(m.start, m.end)}
    asides = _asides(text, sentence, inside)
    for token in range(sentence.start, sentence.end):
        # A dash inside a name or an office ("deputy prime minister – foreign minister") divides nothing.
        # Nor does one with no space about it: "January–April".
        tight = words[token] in HYPHENS and token + 1 < sentence.end and text.adjacent(token) and text.adjacent(token + 1)
        if words[token] in CLAUSE_MARKS and token not in inside and not tight:
            if token in asides.values():
                number = resumed
            else:
                resumed = number if token in asides else resumed
                last += 1
                number = last
        yield number


def _asides(text: Text, sentence: Sentence, inside: set[int]) -> dict[int, int]:
    """The commas that open and close each short aside which says who tells something or when it is told."""
    asides: dict[int, int] = {}
    for mention in sentence.of("ASIDE"):
        opens = next(
            (
                t
                for t in range(mention.start - 1, max(sentence.start, mention.start - LONGEST_ASIDE), -1)
                if text.words[t] in CLAUSE_MARKS
            ),
            None,
        )
        closes = next(
            (t for t in range(mention.end, min(sentence.end, mention.end + LONGEST_ASIDE)) if text.words[t] in CLAUSE_MARKS), None
        )
        if opens is None or closes is None or text.words[opens] != "," or text.words[closes] != "," or {opens, closes} & inside:
            continue
        if closes - opens <= LONGEST_ASIDE and opens not in asides.values():
            asides[opens] = closes
    return asides


def means(text: Text, token: int, concept: str) -> bool:
    """Whether a word by itself stands for a concept, even inside a longer phrase."""
    children = text.pack.root.children
    return any(
        ending.concept == concept
        for reading in text.pack.readings(text.words[token])
        for ending in (children[reading.key].endings if reading.key in children else ())
    )


def find_mentions(text: Text, begin: int, end: int) -> list[Mention]:
    """Concept mentions among tokens begin..end, in order; those inside a longer one are left out."""
    found: list[Mention] = []
    for start in range(begin, end):
        word = text.words[start]
        if not word[0].isalnum() and word not in "%№" and unicodedata.category(word[0]) != "Sc":
            continue
        found.extend(_match(text, start, end))
    # Words listed only to be no names are known by their reading; they mean nothing else.
    found = sorted((m for m in found if m.head != "NO_NAME"), key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    reach_start, reach_end = -1, -1
    for mention in found:
        if mention.end <= reach_end and (mention.start, mention.end) != (reach_start, reach_end):
            # "görüşme yapılmadı": the denial inside the phrase of an encounter stays.
            if mention.head == "NEGATION" and any(m.end >= mention.end and m.head in VERBS for m in kept[-8:]):
                kept.append(mention)
            # "Called him", "saw her": whom they met is told by the pronoun.
            if mention.head == "PRONOUN" and any(m.end >= mention.end and m.head in ENCOUNTERING for m in kept[-8:]):
                kept.append(mention)
            # "EU commissioner", "NATO chief": an office tells its side.
            if mention.head in ("ORGANISATION", "COUNTRY", "DEMONYM") and any(
                m.head == "OFFICE" and m.start <= mention.start and mention.end <= m.end for m in kept[-8:]
            ):
                kept.append(mention)
            # "Supply contract": the noun says what is done as well.
            if mention.head in ("BUY", "SELL") and any(m.end >= mention.end and m.head == "INSTRUMENT" for m in kept[-8:]):
                kept.append(mention)
            continue
        if mention.end > reach_end and not mention.gapped:
            reach_start, reach_end = mention.start, mention.end
        if mention not in kept[-8:]:
            kept.append(mention)
    blocked = [m for m in kept if m.head == "IGNORE"]
    if blocked:
        kept = [m for m in kept if m.head != "IGNORE" and not any(b.start <= m.start and m.end <= b.end for b in blocked)]
    return _settle_offices(text, _settle_names(text, _with_portfolios(text, _with_stays(kept))))


def _with_stays(mentions: list[Mention]) -> list[Mention]:
    """ "Astana'da olacak": right behind a place a word of being is a planned visit, anywhere else nothing."""
    places = {m.end for m in mentions if m.head in ("CITY", "COUNTRY") and "loc" in m.tags}
    return [
        replace(m, concept="VISIT_PLANNED") if m.head == "BE_THERE" else m
        for m in mentions
        if m.head != "BE_THERE" or m.start in places
    ]


def _settle_offices(text: Text, mentions: list[Mention]) -> list[Mention]:
    """One office where two run into each other: "заместитель министра" + "министра транспорта" is a deputy.

    Where the governing noun stands in front, the first of the two is the office held.
    """
    if text.pack.settings.get("head_final", False):
        return mentions
    offices = [m for m in mentions if m.head == "OFFICE" and not m.gapped]
    merged: dict[Mention, Mention | None] = {}
    # "Помощник российского президента": the adjective of a country between them.
    adjectives = {m.start: m.end for m in mentions if m.head == "DEMONYM"}
    for outer in offices:
        for inner in offices:
            runs_on = outer.start < inner.start < outer.end < inner.end
            adjacent = inner.start in (outer.end, adjectives.get(outer.end))
            owns = adjacent and "gen" in inner.tags and outer.value in ("other", "deputy_minister")
            if runs_on or owns:
                merged[outer] = Mention(outer.concept, outer.start, inner.end, outer.tags, outer.prefixes)
                merged.setdefault(inner, None)
    return [whole for m in mentions if (whole := merged.get(m, m)) is not None]


def _match(text: Text, start: int, end: int) -> Iterator[Mention]:
    """Longest matches of the lexicon that start at a token, one for each concept."""
    best: dict[str, Mention] = {}
    pack = text.pack
    # Node, position, prefixes of the first word, words skipped in this gap, whether any gap was crossed.
    stack: list[tuple[Node, int, frozenset[str], int, bool]] = [(pack.root, start, frozenset(), 0, False)]
    while stack:
        node, position, prefixes, skipped, gapped = stack.pop()
        at_start = position == start
        if position >= end:
            continue
        word = text.words[position]
        if not at_start and word in HYPHENS:
            stack.append((node, position + 1, prefixes, skipped, gapped))
        for reading in pack.readings(word):
            if reading.prefixes and not at_start and reading.prefixes - {"article", "conj"} and "article" not in reading.prefixes:
                continue
            child = node.children.get(reading.key)
            if child is None:
                continue
            first = reading.prefixes if at_start else prefixes
            for ending in child.endings:
                if _is_other_word(pack, ending.concept, reading, first) or _is_longer_word(pack, ending.concept, reading, word):
                    continue
                mention = Mention(ending.concept, start, position + 1, reading.tags | ending.tags, first, gapped)
                other = best.get(ending.concept)
                if other is not None and other.end == mention.end and ending.tags and other.tags:
                    # One form of several cases: "Монголии" is of, to and in Mongolia.
                    best[ending.concept] = replace(other, tags=other.tags | mention.tags)
                    continue
                if mention.head == "WEEKDAY" and any(m.head == "WEEKDAY" and m.end == mention.end for m in best.values()):
                    continue  # The longest stem comes first: "pazartesi" is no "pazar".
                if _acceptable(text, mention, ending.upper) and (
                    ending.concept not in best or best[ending.concept].end < mention.end
                ):
                    best[ending.concept] = mention
            if child.children:
                stack.append((child, position + 1, first, 0, gapped))
        if at_start:
            continue
        one = node.children.get("_")
        if one is not None:
            stack.append((one, position + 1, prefixes, 0, True))
        some = node.children.get("__")
        if some is not None:
            # None to three words: what follows the gap may start here, or one word further on.
            stack.append((some, position, prefixes, 0, True))
            if skipped < LONGEST_GAP:
                stack.append((Node(children={"__": some}), position + 1, prefixes, skipped + 1, True))
    yield from best.values()


def _is_other_word(pack: Pack, concept: str, reading: Reading, prefixes: frozenset[str]) -> bool:
    """In a script without capitals a name with grammar on it is another word: الرياضة is sport, not Riyadh; عليه is no Ali.

    So is a name with another ending of the dictionary form (Новый is no Нова), or without its own (Мин is no Минь).
    """
    if concept.partition("|")[0] not in NAME_CONCEPTS:
        return False
    if reading.tags == DICTIONARY_FORM or "zero" in reading.tags:
        return True
    if pack.capitals:
        return False
    return bool(reading.tags) or "article" in prefixes


def _acceptable(text: Text, mention: Mention, upper: bool) -> bool:
    """Names need their capital where the script has capitals; acronyms need all of theirs, in any script."""
    word = text.words[mention.start]
    if not text.capitals and text.pack.capitals and mention.head == "SURNAME" and mention.tags and len(word) < LONGEST_HOMONYM:
        return False
    if upper:
        if mention.head == "CURRENCY" and any(not text.adjacent(token) for token in range(mention.start + 1, mention.end)):
            return False
        letters = [char for char in word.split("'")[0].split("’")[0] if char.isalpha()]
        return all(char.isupper() for char in letters)
    if not text.pack.capitals or not word[0].isalpha() or script_of(word) == "Arabic":
        return True
    short = mention.head == "SURNAME" or (
        mention.head in ("COUNTRY", "CITY") and mention.end - mention.start == 1 and len(word) <= 7
    )
    if (
        short
        and mention.tags
        and text.pack.settings.get("names_take_apostrophe")
        and not _has_apostrophe(text.words[mention.end - 1])
    ):
        return False
    if mention.head in NAME_CONCEPTS:
        if _runs_into_another(text, mention):
            return False
        # A surname may open with a small particle: аль-Джабер, van Rompuy.
        particle = mention.head == "SURNAME" and mention.end - mention.start > 1 and len(word) <= 4
        return word[0].isupper() or (particle and text.words[mention.end - 1][0].isupper())
    if mention.head == "MONTH" and text.pack.settings.get("months_capital", False):
        # Without a day beside it a month may be written small: "nisan ayında", "ekimde".
        # "ekimde", not "arada"; "ocak-eylül".
        # "eylül 2024'te".
        dated = (
            not mention.tags
            and mention.end < len(text.words)
            and text.words[mention.end][:4].isdigit()
            and len(text.words[mention.end]) >= 4
        )
        joined = dated or any(
            0 <= t < len(text.words) - 1 and text.words[t] in HYPHENS and text.adjacent(t) and text.adjacent(t + 1)
            for t in (mention.start - 1, mention.end)
        )
        return word[0].isupper() or joined or mention.end - mention.start > 1 or (mention.tags == {"loc"} and len(word) >= 6)
    return True


def _is_longer_word(pack: Pack, concept: str, reading: Reading, word: str) -> bool:
    """Where names take an apostrophe before their grammar: whether a name is only the beginning of a word ("Havalimanı'nda")."""
    if not reading.tags or not pack.settings.get("names_take_apostrophe") or concept.partition("|")[0] not in NAME_CONCEPTS:
        return False
    head, mark, _ = pack.normalize(word).partition("'")
    return bool(mark) and reading.key.lstrip("=") != head


def _runs_into_another(text: Text, name: Mention) -> bool:
    """Whether grammar behind an apostrophe ends a name before its last word: "SOCAR'ın Türkiye'ye …" tells of no SOCAR Türkiye."""
    if not text.pack.settings.get("names_take_apostrophe"):
        return False
    grammar = (text.pack.normalize(word).partition("'")[2] for word in text.words[name.start : name.end - 1])
    return any(ending and text.pack.recognizer.suffixes.parse(ending) for ending in grammar)


def _has_apostrophe(word: str) -> bool:
    return any(mark in word for mark in "'’ʼ‘`´")


def _with_portfolios(text: Text, mentions: list[Mention]) -> list[Mention]:
    """An office with the departments that follow it, as one mention: "minister of industry and trade" speaks of no trade."""
    parts: dict[int, int] = {}
    for mention in mentions:
        if mention.head == "PORTFOLIO":
            parts[mention.start] = max(mention.end, parts.get(mention.start, 0))
    if not parts:
        return mentions
    grown: list[Mention] = []
    for mention in mentions:
        end = mention.end
        while mention.head == "OFFICE" and mention.value in DEPARTMENTAL and end - mention.end < LONGEST_OFFICE:
            joined = end + 1 if end < len(text.words) and text.words[end].isalpha() and len(text.words[end]) <= 3 else end
            following = parts.get(end) or parts.get(joined)
            if following is None:
                break
            end = following
        grown.append(replace(mention, end=end) if end != mention.end else mention)
    longer = [(m.start, m.end) for m, old in zip(grown, mentions, strict=True) if m.end != old.end]
    return [m for m in grown if m.head == "OFFICE" or not any(start < m.start and m.end <= end for start, end in longer)]


def _ends_a_name(text: Text, country: Mention, mentions: list[Mention]) -> bool:
    """Whether a country's name written with a hyphen is a person's: a capitalised word that is nothing else stands in front of it."""
    before = country.start - 1
    if before < 1 or not text.capitals or not any(word in HYPHENS for word in text.words[country.start : country.end]):
        return False
    return (
        text.words[before].istitle()
        and text.words[before - 1] not in SENTENCE_ENDS
        and not any(m.start <= before < m.end for m in mentions)
    )


def _settle_names(text: Text, mentions: list[Mention]) -> list[Mention]:
    """Give hyphenated case endings (АҚШ-тың) to their name; where one span has two readings, a full name wins over a surname."""
    settled: list[Mention] = []
    months = {m.start for m in mentions if m.head == "MONTH" and m.start and text.words[m.start - 1][0].isdigit()}
    weekdays = {m.start for m in mentions if m.head == "WEEKDAY"}
    addressed = {m.end for m in mentions if m.head == "HONORIFIC"}
    for mention in mentions:
        if mention.head == "CITY" and mention.start in months:
            # "23 қазанда": October, not Kazan.
            continue
        if mention.head == "COUNTRY" and _ends_a_name(text, mention, mentions):
            continue
        if mention.head == "SURNAME" and mention.start in weekdays and mention.start not in addressed:
            # "On Friday": a day, unless "Mr Friday" is addressed.
            continue
        if mention.head in NAME_CONCEPTS and mention.end + 1 < len(text.words) and text.words[mention.end] == "-":
            ending = text.words[mention.end + 1]
            if text.adjacent(mention.end) and text.adjacent(mention.end + 1) and len(ending) <= 5 and ending[0].islower():
                tags = text.pack.recognizer.suffixes.parse(text.pack.normalize(ending))
                if tags:
                    mention = Mention(mention.concept, mention.start, mention.end + 2, mention.tags | tags, mention.prefixes)
        settled.append(mention)
    return settled
