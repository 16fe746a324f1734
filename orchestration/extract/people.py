"""Who is named in a text: known people by table, unknown ones by their office, later mentions by surname or office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cache

from orchestration.extract.packs import FAMILY_NAME_FIRST, Ending, Person, read_table
from orchestration.extract.reader import CLAUSE_MARKS, HYPHENS, QUOTES, Mention, Sentence, Text, means
from orchestration.extract.romanisation import romanise, same_initials, same_person
from orchestration.extract.text import script_of

RANK = {
    "monarch": 9, "head_of_state": 8, "head_of_government": 7, "foreign_minister": 6, "parliament_speaker": 5, "minister": 4,
    "deputy_minister": 3, "organisation_head": 2, "ambassador": 1, "other": 0, "counterpart": 0,
}  # fmt: skip
OF_STATES = frozenset({"minister", "deputy_minister", "foreign_minister", "head_of_government", "monarch"})
LONGEST_NAME = 5
PERSONAL = frozenset({"SURNAME", "PERSON"})
SHORTEST_STEM = 4
NAME_BORDERS = frozenset({",", "(", "–", "—"})  # between a name and the office told behind it
GOING = ("VISIT", "VISIT_PLANNED", "MEET", "MEET_PLANNED", "RECEIVE")  # verbs whose object is no owner of their subject
LONGEST_TITLE = 8


@dataclass(frozen=True)
class Figure:
    """A person as one document knows them: canonical name, side, role."""

    name: str
    country: str | None
    role: str
    known: bool = True
    assumed: bool = False  # the country is that of the text's home, for want of any other


@dataclass(frozen=True)
class Appearance:
    """A figure at tokens start..end of a sentence, office and honorifics included; case tags of the last word."""

    figure: Figure
    sentence: int
    start: int
    end: int
    tags: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    by_name: bool = True


@dataclass
class Registry:
    """The people of one document, and the names they go by."""

    figures: dict[str, Figure] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)  # normalised surname of an unknown name → its name
    by_sentence: dict[int, list[Appearance]] = field(default_factory=dict)

    def add(self, appearance: Appearance) -> None:
        self.by_sentence.setdefault(appearance.sentence, []).append(appearance)

    def settle(self, figure: Figure) -> None:
        """Know a person of that name, wherever they appear, by another side or role."""
        self.figures[figure.name] = figure
        for index, appearances in self.by_sentence.items():
            self.by_sentence[index] = [replace(a, figure=figure) if a.figure.name == figure.name else a for a in appearances]

    def of(self, sentence: Sentence) -> list[Appearance]:
        return self.by_sentence.get(sentence.index, [])

    def before(self, sentence: Sentence, reach: int) -> list[Appearance]:
        """Those of the `reach` sentences before this one, in order."""
        return [a for index in range(sentence.index - reach, sentence.index) for a in self.by_sentence.get(index, ())]


def office_of(people: list[Person], day: dt.date | None) -> Person:
    """The term that covers a day (or the nearest before it); the latest one where no day is known."""
    if day is None:
        return max(people, key=lambda p: (p.term_end is None, p.term_start or dt.date.min))
    covering = [p for p in people if (p.term_start or dt.date.min) <= day <= (p.term_end or dt.date.max)]
    if covering:
        return max(covering, key=lambda p: (RANK[p.role], p.term_start or dt.date.min))
    past = [p for p in people if p.term_start and p.term_start <= day]
    return max(past or people, key=lambda p: p.term_end or dt.date.max)


@cache
def unions() -> frozenset[str]:
    """Codes of unions of states."""
    return frozenset(row["code"] for row in read_table("organisations.csv") if row["kind"] == "union")


@cache
def banks() -> frozenset[str]:
    """Codes of the organisations that lend."""
    return frozenset(row["code"] for row in read_table("organisations.csv") if row["kind"] == "bank")


def _lender_of_title(text: Text, sentence: Sentence, office: Mention) -> str | None:
    """The development bank last named, for "the vice-president of the bank"."""
    behind = any(means(text, token, "LENDER") for token in (office.end - 1, office.end) if token < sentence.end)
    if not behind and not any(0 <= office.start - m.end <= 2 for m in sentence.of("LENDER")):
        return None
    for earlier in reversed(text.sentences[: sentence.index + 1]):
        lenders = {m.start for m in earlier.of("LENDER")}
        # "The Qatari fund" is told of by its country.
        named = [
            m
            for m in earlier.of("ORGANISATION", "DEMONYM")
            if (m.value in banks() if m.head == "ORGANISATION" else m.end in lenders)
            and (earlier is not sentence or m.end <= office.start)
        ]
        if named:
            return named[-1].value
    return None


def _agency_of_title(sentence: Sentence, office: Mention) -> str | None:
    """The country of the company or agency whose name runs up to an office: "SOCAR Başkanı", "the head of Masdar"."""
    for agency in sentence.of("AGENCY"):
        leads = agency.start < office.start <= agency.end
        if leads or (not sentence.head_final and 0 <= agency.start - office.end <= 1):
            return agency.value
    return None


def is_given_name(text: Text, sentence: Sentence, city: Mention) -> bool:
    """Whether a city's name is a person's: a capitalised word that is nothing else follows (Виктория Абрамченко)."""
    if not text.capitals or city.end >= sentence.end or not text.words[city.end][0].isupper() or city.end - city.start > 1:
        return False
    return not any(m.start <= city.end < m.end and m.head != "SURNAME" for m in sentence.mentions)


def country_near(text: Text, sentence: Sentence, start: int, end: int) -> str | None:
    """The side an office belongs to: a country, adjective or organisation just in front of it or just behind it."""
    best: tuple[int, str] | None = None
    state = any(m.start == start and m.value in OF_STATES for m in sentence.of("OFFICE"))
    for mention in sentence.of("COUNTRY", "DEMONYM", "ORGANISATION", "CITY"):
        if state and mention.head == "ORGANISATION":
            continue  # "a delegation of the bank with the minister of finance": banks have none
        if mention.head == "CITY" and (
            mention.end <= start or _of_another(sentence, end, mention.start) or is_given_name(text, sentence, mention)
        ):
            continue
        if sentence.head_final and "loc" in mention.tags:
            # "The Dutch ambassador in Kazakhstan": where an office is held is not whose it is.
            continue
        if any(
            end <= m.start <= mention.end <= m.end and (m.start < mention.start or _tells(mention, m))
            for m in sentence.of("OFFICE")
        ):
            # "The president with the Italian premier": it tells whose the other office is.
            continue
        if not sentence.head_final and any(end <= m.start and m.end <= mention.start for m in sentence.of(*GOING)):
            continue  # "The king will leave for Kazan", "the premier visits Japan": where somebody goes, not whose he is
        owned = mention.head == "COUNTRY" and mention.end < start and any(m.end == mention.start for m in sentence.of("OFFICE"))
        if owned and not sentence.head_final:
            # "Послом КНР Чжоу Цянем министр …": the country of the office that it stands right behind.
            continue
        if mention.end <= start:
            gap = start - mention.end
            between = text.words[mention.end : start]
        elif mention.start >= end:
            if sentence.head_final:
                # What stands behind belongs to what comes next: "the head of state (…) with the Emir of Qatar".
                continue
            gap = mention.start - end
            between = text.words[end : mention.start]
            if any(m.start == end for m in sentence.of("RANGE")):
                continue  # "the minister and ADB President X": another's office
        else:
            gap, between = 0, []
        if sentence.head_final and gap and mention.end <= start and mention.tags & {"loc", "dat", "abl", "ins"}:
            continue  # "Ermenistan'la süreçteki temsilci": not of Armenia.
        if gap <= 2 and not any(word in ",;:.()،؛" for word in between) and not _of_another(sentence, end, mention.start):
            # Behind an office only "of", nothing or an article may stand in between; another name there starts something new.
            weight = gap * 2 + (1 if mention.start >= end else 0)
            side = text.pack.cities.get(mention.value) if mention.head == "CITY" else mention.value
            if side is not None and (best is None or weight < best[0]):
                best = (weight, side)
        elif (
            mention.head in ("COUNTRY", "ORGANISATION")
            and end <= mention.start <= end + LONGEST_TITLE
            and _title_goes_on(text, sentence, end, mention)
        ):
            weight = gap * 2 + 1
            if best is None or weight < best[0]:
                best = (weight, mention.value)
        elif (
            mention.head != "CITY" and gap <= LONGEST_TITLE and mention.end <= start and _one_title(text, sentence, mention, start)
        ):
            weight = gap * 2
            if best is None or weight < best[0]:
                best = (weight, mention.value)
    return best[1] if best else None


def _tells(country: Mention, office: Mention) -> bool:
    return country.head == "DEMONYM" and country.end == office.start


def _title_goes_on(text: Text, sentence: Sentence, end: int, country: Mention) -> bool:
    """Whether an office's title leads to its country: "Minister of Infrastructure | and Regional Development of the Republic of …"."""
    words = text.words[end : country.start]
    owns = any(text.pack.before.get(text.pack.normalize(word)) == "owner" for word in words[-2:])
    return (
        owns
        and text.capitals
        and all(w[0].isupper() or (w.isalpha() and len(w) <= 3) for w in words)
        and (not _of_another(sentence, end, country.start))
    )


def _of_another(sentence: Sentence, end: int, start: int) -> bool:
    """Whether another office stands between an office and a name behind it, to which the name belongs; not one that owns the first."""
    return any(
        end <= m.start < m.end <= start and "gen" not in m.tags and not m.prefixes & {"goal", "owner"}
        for m in sentence.of("OFFICE")
    )


def _one_title(text: Text, sentence: Sentence, country: Mention, end: int) -> bool:
    """Whether a country and an office belong to one long title: "Güney Kore Arazi, Altyapı ve Ulaştırma Bakanı"."""
    if not sentence.head_final or not text.pack.capitals or country.tags & {"loc", "dat", "abl", "ins"}:
        return False
    others = (
        ("OFFICE", "PERSON", "SURNAME", "COUNTRY", "ORGANISATION") if "gen" not in country.tags else ("OFFICE", "PERSON", "SURNAME")
    )
    if any(country.end <= m.start < end for m in sentence.of(*others)):
        return False
    between = text.words[country.end : end]
    if "gen" in country.tags:
        # "Türkiye'nin Ermenistan'la süreçteki özel temsilcisi"
        return not any(word in CLAUSE_MARKS for word in between)
    return between[0] not in CLAUSE_MARKS and all(word[0].isupper() or len(word) <= 3 for word in between)


def find_people(text: Text, day: dt.date | None, home: str | None, pair: tuple[str, str] | None = None) -> Registry:
    """All appearances of people in a document, in order.

    day: the day the text speaks from (publication), to know who held which office. home: the side of offices named without one.
    pair: the document's two sides, of whom "the two countries' ministers X and Y" are.
    """
    registry = Registry()
    for sentence in text.sentences:
        for appearance in _named(text, sentence, registry, day, home, pair):
            _register(registry, appearance)
    _merge_surnames(registry)
    _resolve_surnames(text, registry, day)
    _resolve_unknown_surnames(text, registry)
    _resolve_offices(text, registry, home)
    _resolve_guests(text, registry)
    for appearances in registry.by_sentence.values():
        appearances.sort(key=lambda a: a.start)
    _reconcile_roles(registry)
    return registry


def _merge_surnames(registry: Registry) -> None:
    """A title's "Minister Kowalczyk" is the Andrzej Kowalczyk whom the text names in full."""
    for short in [name for name in registry.figures if name and " " not in name]:
        full = [name for name in registry.figures if " " in name and short in (name.split()[-1], name.split()[0])]
        if len(full) != 1:
            continue
        figure = registry.figures[full[0]]
        del registry.figures[short]
        for appearances in registry.by_sentence.values():
            appearances[:] = [replace(a, figure=figure) if a.figure.name == short else a for a in appearances]
        registry.surnames.update({surname: full[0] for surname, name in registry.surnames.items() if name == short})


def _register(registry: Registry, appearance: Appearance) -> None:
    registry.add(appearance)
    known = registry.figures.get(appearance.figure.name)
    if known is None or (known.country is None and appearance.figure.country) or RANK[appearance.figure.role] > RANK[known.role]:
        registry.figures[appearance.figure.name] = appearance.figure


def _office_beside(
    text: Text, sentence: Sentence, start: int, end: int, bound: int | None = None
) -> tuple[Mention | None, bool, int, int]:
    """The office in front of or behind a name: (office, former, start, end of the whole). bound: no office in front of it counts."""
    position = start
    if bound is not None and bound > start:
        return _office_behind(text, sentence, start, end)
    while position > sentence.start:
        step = next((m for m in sentence.of("HONORIFIC", "DEMONYM") if m.end == position), None)
        if step is not None and "conj" in step.prefixes and not text.capitals:
            return _office_behind(text, sentence, start, end)  # "… and His Excellency X": what stands before is another's
        if step is not None and (step.head == "HONORIFIC" or any(o.end == step.start for o in sentence.of("OFFICE"))):
            position = step.start
            continue
        country = next((m for m in sentence.of("COUNTRY", "ORGANISATION", "DEMONYM", "CITY") if m.end == position), None)
        titled = next((o for o in sentence.of("OFFICE") if country and 0 <= country.start - o.end <= 2), None)
        # "Premier X, in Astana, Tokayev …": a name between, known or not, holds the office.
        between = range(titled.end, country.start) if country and titled else range(0)
        named = any(p.start in between for p in sentence.of("PERSON")) or (
            text.capitals and any(all(text.words[token + n].istitle() for n in (0, 1)) for token in between[:-1])
        )
        if country is not None and titled and not named:
            position = country.start
            while position > sentence.start and not any(o.end == position for o in sentence.of("OFFICE")):
                position -= 1
            continue
        if text.words[position - 1] in ',«"“' and any(o.end == position - 1 for o in sentence.of("OFFICE")):
            position -= 1
            continue
        break
    office = max((m for m in sentence.of("OFFICE") if m.end == position), key=lambda m: m.end - m.start, default=None)
    if office is not None:
        # "Who was foreign minister then, President Tokayev": what is told is told of the foreign minister.
        was = next((m for m in sentence.of("HELD_OFFICE") if m.end == office.start), None)
        then = next((m for m in sentence.of("OFFICE") if was and m.end == was.start), None)
        if then is not None:
            return then, False, then.start, end
        former = any(m.end == office.start or m.end == office.start - 1 for m in sentence.of("FORMER"))
        return office, former, office.start, end
    return _office_behind(text, sentence, start, end)


def _office_behind(text: Text, sentence: Sentence, start: int, end: int) -> tuple[Mention | None, bool, int, int]:
    """The office behind a name, after a mark; where no capital tells names apart also right behind it."""
    # Behind: "Masatsugu Asakawa, President of …", "Мұрат Нұртілеу – сыртқы істер министрі".
    position = end
    if not text.capitals and (
        office := max((m for m in sentence.of("OFFICE") if m.start == end), key=lambda m: m.end, default=None)
    ):
        named = any(m.start - office.end in (0, 1) for m in sentence.of("PERSON", "SURNAME")) or "conj" in office.prefixes
        return (None, False, start, end) if named else (office, False, start, office.end)
    if position < sentence.end and text.words[position] in {",", "،", "(", *HYPHENS}:
        for skip in range(4):
            office = max((m for m in sentence.of("OFFICE") if m.start == position + 1 + skip), key=lambda m: m.end, default=None)
            if office is not None:
                following = [m for m in sentence.of("PERSON", "SURNAME") if m.start >= office.end and m.start - office.end <= 3]
                former = any(m.end == office.start for m in sentence.of("FORMER"))
                return (None, False, start, end) if following else (office, former, start, office.end)
    return None, False, start, end


def _named(
    text: Text, sentence: Sentence, registry: Registry, day: dt.date | None, home: str | None, pair: tuple[str, str] | None
) -> list[Appearance]:
    """People named in full in a sentence: from the table, and unknown names beside an office."""
    found: list[Appearance] = []
    taken: set[int] = set()
    for mention in sentence.of("PERSON"):
        if mention.start in taken:
            continue
        terms = text.pack.people[mention.value]
        person = office_of(terms, day)
        # A name that "and" is written onto begins a new item of a list: the office in front of it is another's.
        opens = sentence.end if "conj" in mention.prefixes else mention.start
        office, former, start, end = _office_beside(text, sentence, mention.start, mention.end, bound=opens)
        role = person.role
        country: str | None = person.country
        if office is not None:
            fitting = [t for t in terms if t.role == office.value]
            role = "other" if former else office.value
            if role == "monarch" and not fitting:
                role = person.role  # A prince is titled so who is none.
            if fitting:
                country = fitting[0].country
            if office.value in ("other", "organisation_head") and not former:
                # "The UN envoy": whoever sent him, not where he comes from.
                sender = country_near(text, sentence, office.start, office.end)
                country = sender if sender and any(m.value == sender for m in sentence.of("ORGANISATION")) else country
            higher = RANK[person.role] > RANK[role] and role in ("other", "minister")
            in_office = _covers(person, day) if day is not None else person.term_end is None
            if higher and not former and in_office:
                role = person.role
        elif day is not None and not _covers(person, day):
            role = "other" if person.term_end and person.term_end < day else role
        counterpart = next((m for m in sentence.of("COUNTERPART") if 0 <= mention.start - m.end <= 1), None)
        if counterpart is not None:
            # "His Dutch colleague": the text says whose office it is, of which the table may not know.
            side = country_near(text, sentence, counterpart.start, counterpart.end)
            if side and side != country:
                country = side
                role = next((t.role for t in terms if t.country == side), "counterpart")
            elif role != person.role:
                role = "counterpart"  # the table knows only an office held before
        figure = Figure(mention.value, country, _of_a_union(role, country))
        tags = mention.tags
        behind = next((m for m in sentence.of("HONORIFIC") if m.start == end), None)
        if behind is not None:
            # "Нұртілеу мырзамен": the case stands on the title behind the name.
            end, tags = behind.end, tags | behind.tags
        found.append(Appearance(figure, sentence.index, start, end, tags, mention.prefixes))
        taken.update(range(mention.start, mention.end))
    for office, one in [*_named_in_turn(text, sentence, day, taken), *_partner_in_office(text, sentence, day, found, pair)]:
        found.append(one)
        taken.update(range(one.start, one.end))
        surname = _in_dictionary_form(text, _bare(text, text.words[one.end - 1]), _case_of_plural(text, office))
        registry.surnames.setdefault(surname, one.figure.name)
    offices = [
        office
        for office in sentence.of("OFFICE", "COUNTERPART", "HONORIFIC")
        if not any(office.start <= a.start < office.end or a.start <= office.start < a.end for a in found)
    ]
    # First the names that follow an office, then what is left in front of one: "Rashid Meredov, foreign minister of …".
    in_front = _name_in_front if text.capitals else _name_before
    for find in (_unknown_name, in_front):
        for office in list(offices):
            span = find(text, sentence, office, taken)
            if span is None:
                continue
            appearance = _newcomer(text, sentence, registry, day, home, office, span)
            if appearance is None:
                continue
            offices.remove(office)
            found.append(appearance)
            taken.update(range(*span[:2]))
            last = [w for w in text.words[span[0] : span[1]] if w not in HYPHENS][-1]
            registry.surnames.setdefault(
                _in_dictionary_form(text, _bare(text, last), _case_of(text, office)), appearance.figure.name
            )
            if appearance.figure.country in FAMILY_NAME_FIRST:
                registry.surnames.setdefault(_bare(text, text.words[span[0]]), appearance.figure.name)
    return found


def _named_in_turn(text: Text, sentence: Sentence, day: dt.date | None, taken: set[int]) -> list[tuple[Mention, Appearance]]:
    """Unknown names listed behind an office with as many countries, with it: "the ministers of A and B – X and Y"."""
    if not text.capitals:
        return []
    found: list[tuple[Mention, Appearance]] = []
    for office in {m.end: m for m in sentence.of("OFFICE_PLURAL", "OFFICE")}.values():
        countries = _countries_of(text, sentence, office) or _counted_before(text, sentence, office)
        behind = max(office.end, *(c.end for c in countries)) if countries and not sentence.head_final else office.end
        spans = _name_list(text, sentence, behind, taken) if len(countries) > 1 else []
        if len(spans) == len(countries):
            for span, country in zip(spans, countries, strict=True):
                one = None if span[0] in taken else _holder(text, sentence, day, office, span, country.value)
                found.extend([(office, one)] if one else [])
    return found


def _partner_in_office(
    text: Text, sentence: Sentence, day: dt.date | None, known: list[Appearance], pair: tuple[str, str] | None
) -> list[tuple[Mention, Appearance]]:
    """Of two behind an office in the plural the one whom no table knows: "the two countries' ministers X and Y"."""
    taken = {token for a in known for token in range(a.start, a.end)}
    for office in sentence.of("OFFICE_PLURAL") if text.capitals and pair else ():
        both = max((m.end for m in sentence.of("TWO_COUNTRIES") if m.start - office.end in (0, 1)), default=office.end)
        spans = _name_list(text, sentence, both, taken)
        holders = [next((a.figure for a in known if a.start <= start < a.end), None) for start, _ in spans]
        other = next((figure.country for figure in holders if figure), None)
        if len(spans) == 2 and None in holders and pair and other in pair:
            side = pair[1] if other == pair[0] else pair[0]
            one = _holder(text, sentence, day, office, spans[holders.index(None)], side)
            return [(office, one)] if one else []
    return []


def _holder(
    text: Text, sentence: Sentence, day: dt.date | None, office: Mention, span: tuple[int, int], country: str
) -> Appearance | None:
    """One of those who hold an office together, named at a span."""
    role = next((m for m in sentence.of("OFFICE") if m.end == office.end), office).value
    name = _canonical(text, *span, _case_of_plural(text, office))
    if name is None:
        return None
    figure = Figure(_known_spelling(text, name, country, role, day), country, _of_a_union(role, country), False)
    return Appearance(figure, sentence.index, *span, _tags(text, span[1] - 1))


def _case_of_plural(text: Text, office: Mention) -> str | None:
    """The case that an office in the plural stands in, by its ending, where the language inflects names."""
    word = text.words[office.start].lower()
    endings = text.pack.settings.get("plural_cases", {})
    return next((str(case) for case in endings if word.endswith(tuple(endings[case]))), None)


def _countries_of(text: Text, sentence: Sentence, office: Mention) -> list[Mention]:
    """The countries listed right in front of an office in the plural, or right behind it where such words follow."""
    # A word may be read as the state and as its people: "Ermenistan'ın".
    states = sorted({m.start: m for m in [*sentence.of("DEMONYM"), *sentence.of("COUNTRY")]}.values(), key=lambda m: m.start)
    if sentence.head_final:
        states = [m for m in reversed(states) if m.end <= office.start]
    else:
        states = [m for m in states if m.start >= office.end]
    run: list[Mention] = []
    for state in states:
        low, high = sorted((state, run[-1] if run else office), key=lambda m: m.start)
        gap = text.words[low.end : high.start]
        # "Türkiye ile Ermenistan'ın normalleşme süreci özel temsilcileri": what they are for stands between an owner and the office.
        near = len(gap) <= (4 if sentence.head_final and "gen" in state.tags and all(w.islower() for w in gap) else 1)
        if not (_joins(text, sentence, low.end, high.start) if run else near and "," not in gap):
            break
        run.append(state)
    return run[::-1] if sentence.head_final else run


def _counted_before(text: Text, sentence: Sentence, office: Mention) -> list[Mention]:
    """The countries that "üç ülkenin bakanları" means: as many as the nearest sentence before in the paragraph names, in its order."""
    counted = [m for m in sentence.of("SEVERAL_COUNTRIES") if 0 <= office.start - m.end <= 3]
    for before in text.sentences[sentence.index - 1 :: -1] if counted and sentence.index else ():
        if before.paragraph != sentence.paragraph:
            break
        named = {m.value: m for m in sorted(before.of("COUNTRY"), key=lambda m: m.start)}
        if len(named) == int(float(counted[0].value)):
            return list(named.values())
    return []


def _joins(text: Text, sentence: Sentence, start: int, end: int) -> bool:
    """Whether nothing but a comma or a conjunction stands at tokens start..end."""
    gap = text.words[start:end]
    conjunction = bool(gap) and (
        sentence.starting("AND", end - 1) or (gap[-1].isalpha() and gap[-1].islower() and len(gap[-1]) <= 3)
    )
    return gap == [","] or (len(gap) <= 2 and conjunction and gap[:-1] in ([], [","]))


def _name_list(text: Text, sentence: Sentence, start: int, taken: set[int]) -> list[tuple[int, int]]:
    """Tokens of each name of a list that opens at a token, behind a dash or comma or at once: two words or more, or known ones."""
    spans: list[tuple[int, int]] = []
    blocked = _concept_tokens(sentence) - taken
    position = start + 1 if start < sentence.end and text.words[start] in NAME_BORDERS else start
    while position < sentence.end:
        end = position
        while end < sentence.end and (
            (_nameish(text, end) and end not in blocked)
            or (text.words[end] == "-" and end > position)
            or _particle(text, end, sentence.end)
        ):
            end += 1
        if end - position < 2 and position not in taken:
            break
        spans.append((position, end))
        step = next((n for n in (1, 2) if _joins(text, sentence, end, end + n)), None)
        if step is None:
            break
        position = end + step
    return spans


def _newcomer(
    text: Text,
    sentence: Sentence,
    registry: Registry,
    day: dt.date | None,
    home: str | None,
    office: Mention,
    span: tuple[int, int, frozenset[str]],
) -> Appearance | None:
    """A person that no table knows, named at a span beside an office."""
    start, end, tags = span
    role = office.value if office.head == "OFFICE" else "other"
    if role == "ambassador" and not sentence.head_final:
        # "The deputy foreign minister, Ambassador X": a rank between the office and the name.
        owned = {m.start: m.end for m in sentence.of("DEMONYM", "COUNTRY") if m.end == office.start}
        bearer = [m for m in sentence.of("OFFICE") if m.end == office.start or m.end in owned]
        role = max((m.value for m in bearer), key=lambda value: RANK[value], default=role)
    if any(m.end == office.start for m in sentence.of("FORMER")) or _of_a_company(text, sentence, office):
        role = "other"
    side = country_near(text, sentence, office.start, office.end) or _country_of_title(text, sentence, office)
    side = side or _lender_of_title(text, sentence, office) or _agency_of_title(sentence, office)
    name = _canonical(text, start, end, _case_of(text, office))
    if name is None or (office.head == "HONORIFIC" and name not in registry.figures):
        return None
    name = _known_spelling(text, name, side, role if office.head == "OFFICE" else None, day)
    if side is None and name in text.pack.people:
        side = office_of(text.pack.people[name], day).country
    known = registry.figures.get(name)
    if office.head != "OFFICE" and known:
        role = known.role
    elif office.head == "COUNTERPART":
        role = "counterpart"
    told = side or (known.country if known else None)
    country = told or (home if office.head == "OFFICE" else None)
    assumed = known.assumed if known and side is None else told is None
    figure = Figure(name, country, _of_a_union(role, country), False, assumed)
    return Appearance(figure, sentence.index, min(office.start, start), max(office.end, end), tags)


def _of_a_company(text: Text, sentence: Sentence, office: Mention) -> bool:
    """Whether an office is one of a company: its name stands in front, in a foreign script or as one known ("Toyota президенті")."""
    if office.head != "OFFICE" or office.start == sentence.start or not sentence.head_final:
        return False
    word = text.words[office.start - 1]
    foreign = word[0].isalpha() and script_of(word) == "Latin" != script_of(text.words[office.start])
    return foreign or any(m.end == office.start for m in sentence.of("AGENCY"))


def _of_a_union(role: str, country: str | None) -> str:
    """An office as an organisation has it: the "chief diplomat" of a union is no minister, the president of a bank heads no state."""
    if role == "head_of_state" and country in unions() | banks():
        return "organisation_head"
    return "other" if role in ("foreign_minister", "minister") and country in unions() else role


def _case_of(text: Text, office: Mention) -> str | None:
    """The case that an office stands in and its name with it, where the language inflects names; None: the dictionary form."""
    pack = text.pack
    if not pack.name_cases:
        return None
    first = office.start if office.head == "OFFICE" else office.end - 1
    while first + 2 < office.end and text.words[first + 1] in HYPHENS:
        first += 2
    readings = pack.readings(text.words[first])
    tags = readings[0].tags if readings else frozenset()
    if readings and not tags and readings[0].key.startswith("="):
        # A form entered as it stands: its ending tells.
        word = pack.normalize(text.words[first])
        table = pack.recognizer.suffixes.tags_of
        tags = next((frozenset(table[word[-cut:]]) for cut in (3, 2, 1) if word[-cut:] in table), tags)
    return next((case for case in pack.name_cases if case in tags), None)


def _in_dictionary_form(text: Text, word: str, case: str | None) -> str:
    """A normalised word of a name with the ending of its case undone."""
    for ending, own in text.pack.name_cases.get(case, ()) if case else ():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + own
    return word


def _covers(person: Person, day: dt.date | None) -> bool:
    return day is None or (person.term_start or dt.date.min) <= day <= (person.term_end or dt.date.max)


def _unknown_name(text: Text, sentence: Sentence, office: Mention, taken: set[int]) -> tuple[int, int, frozenset[str]] | None:
    """Tokens of a name behind an office: capitalised words that are no other concept; in scripts without capitals unknown words."""
    blocked = _concept_tokens(sentence, office)
    position = _past_title(text, sentence, office)
    end = position
    while end < sentence.end and end - position < LONGEST_NAME + 3 and end not in taken:
        word = text.words[end]
        if word in "-" and end > position and text.adjacent(end) and text.adjacent(end + 1) if end + 1 < sentence.end else False:
            end += 1
            continue
        # "Yun-duk": the second part of a name is written small, and short.
        part = end > position and text.words[end - 1] in HYPHENS and text.adjacent(end) and len(_bare(text, word)) <= 4
        if _particle(text, end, sentence.end):
            end += 1
            continue
        if not (part or _nameish(text, end)) or (end in blocked and not _name_word(text, end)):
            break
        if not text.pack.capitals and end > position and (_opens_anew(text, end) or _closed(text, position, end)):
            break
        known = _name_word(text, end) or _name_word(text, end - 1)
        if end - position >= (LONGEST_NAME if text.capitals else 3) and not known:
            break
        end += 1
        if text.pack.capitals and not text.capitals and (end - position >= 2 or _tags(text, end - 1)):
            break
    if end > position and _particle(text, end - 1, sentence.end):
        end -= 1  # "Bakan Ali Kaya da Rusya'nın …": it leads to no further part of the name
    if any(m.start == position and m.end == end for m in sentence.of("SURNAME")):
        return None
    if not text.pack.capitals and end > position and _opens_anew(text, position):
        return None
    count = sum(word not in HYPHENS for word in text.words[position:end])
    # Several office-holders are not named by one name; without capitals one unknown word is more often no name.
    least = 1 if position == office.end and text.capitals else 2
    if count >= least and not office.tags & {"pl", "dual"}:
        return position, end, _tags(text, end - 1)
    return None


def _past_title(text: Text, sentence: Sentence, office: Mention) -> int:
    """The token behind an office and all that belongs to it: its country, honorifics, its body, the portfolio of a ministry.

    Between words of a portfolio or body small words and commas may stand: "министр торговли, промышленности и энергетики".
    """
    title = ("HONORIFIC", "COUNTRY", "DEMONYM", "ORGANISATION", "AGENCY", "PORTFOLIO", "BODY")
    position = titled = office.end
    while position < sentence.end:
        step = max((m for m in sentence.of(*title) if m.start == position), key=lambda m: m.end, default=None)
        if step is not None:
            position = step.end
            if step.head == "HONORIFIC" and position + 1 < sentence.end and text.words[position] == ".":
                position += 1  # "Mr."
            continue
        word = text.words[position]
        following = position + 1 < sentence.end
        if not text.capitals and following and text.pack.before.get(text.pack.normalize(word)) in ("goal", "place"):
            # "The British ambassador to Iraq X".
            seat = next((m for m in sentence.of("COUNTRY") if m.start == position + 1), None)
            if seat is not None and seat.end < sentence.end and _nameish(text, seat.end):
                position = seat.end
                continue
        joins = following and (word == "," or (word.islower() and len(word) <= 3))
        if joins and any(m.start == position + 1 for m in sentence.of("PORTFOLIO")):
            position += 1
            continue
        # "Minister of Trade", "Minister of Energy and Industry": of what an office is, where the title has capitals.
        field = max((m.end for m in sentence.of("SECTOR") if m.start == position + 1), default=None)
        if joins and field is not None and text.capitals and text.words[position + 1][0].isupper():
            position = titled = field
            continue
        if position > office.end and _foreign_name(text, word):
            # A company in Latin letters: "главой корпорации Hanbit E&C Чон Мин Хо".
            position += 1
            continue
        if any(m.start == position for m in sentence.of("COMPANY")) and following and _foreign_name(text, text.words[position + 1]):
            position += 1
            continue
        company = None if text.capitals else _past_company(text, sentence, position)
        if company is not None:
            position = company
            continue
        # "Minister of Trade, Mr. X", "Minister of Trade, X": behind the comma too.
        near = not text.capitals or position in (office.end, titled)
        if word in ",،" and near and following and _nameish(text, position + 1):
            position += 1
            continue
        if not text.capitals and (city := next((m for m in sentence.of("CITY") if m.start == position), None)):
            # "The governor of Tokyo, …".
            position = city.end
            continue
        break
    return position


def _past_company(text: Text, sentence: Sentence, position: int) -> int | None:
    """The token behind a company that an office is of, where quotes or the tables tell its name: "the head of the firm «X» …"."""
    noun = next((m for m in sentence.of("COMPANY") if m.start == position), None)
    word = text.pack.normalize(text.words[position])
    leads = len(word) == 1 and word.isalpha()  # a preposition that would be written onto the name
    opening = noun.end if noun else position + leads
    known = next((m for m in sentence.of("AGENCY") if m.start == opening and opening > position), None)
    if known is not None:
        return known.end
    if opening >= sentence.end or text.words[opening] not in QUOTES:
        return None
    closing = next((i for i in range(opening + 1, min(opening + 7, sentence.end)) if text.words[i] in QUOTES), None)
    return closing + 1 if closing else None


def _foreign_name(text: Text, word: str) -> bool:
    """Whether a word is written in Latin letters in a text that is not."""
    return word == "&" or (script_of(word) == "Latin" and "Latin" not in text.pack.scripts)


def _country_of_title(text: Text, sentence: Sentence, office: Mention) -> str | None:
    """The country named in what belongs to an office: "возглавляющий Торгово-промышленную палату Таджикистана"."""
    end = _past_title(text, sentence, office)
    inside = [m for m in sentence.of("COUNTRY", "DEMONYM", "ORGANISATION") if office.end <= m.start and m.end <= end]
    return inside[-1].value if inside else None


def _name_in_front(text: Text, sentence: Sentence, office: Mention, taken: set[int]) -> tuple[int, int, frozenset[str]] | None:
    """Tokens of a name set off before its office: "Viktor Matis, Hungary's ambassador to Turkey"."""
    if office.head != "OFFICE" or office.tags & {"pl", "dual"}:
        return None
    position = office.start
    while position > sentence.start and office.start - position < 5 and text.words[position - 1] not in NAME_BORDERS:
        # "Slovakia's Defence Minister": what the office is about stands in front of it.
        step = next((m for m in sentence.of("COUNTRY", "DEMONYM", "ORGANISATION", "FORMER", "SECTOR") if m.end == position), None)
        if step is None and (text.words[position - 1][0].isupper() or len(text.words[position - 1]) > 3):
            return None
        position = step.start if step else position - 1
    end = position - 1
    if end <= sentence.start or text.words[end] not in NAME_BORDERS:
        return None
    apart = taken | _concept_tokens(sentence)
    start = end
    while start > sentence.start and end - start < LONGEST_NAME and start - 1 not in apart:
        if not (_nameish(text, start - 1) or (text.words[start - 1] in HYPHENS and text.adjacent(start) and start < end)):
            break
        start -= 1
    if sum(word not in HYPHENS for word in text.words[start:end]) < 2 or text.words[start] in HYPHENS:
        return None
    # "At the Ministry of Foreign Affairs, …": what a capitalised noun owns is no person.
    owner = start - 2
    if (
        owner >= sentence.start
        and text.words[owner][0].isupper()
        and text.words[start - 1].islower()
        and len(text.words[start - 1]) <= 3
    ):
        return None
    return start, end, _tags(text, end - 1)


def _particle(text: Text, token: int, end: int) -> bool:
    """A small word inside a name ("bin", "el-", "van"): only in front of a further capitalised word."""
    following = token + 1
    while following < end and text.words[following] in HYPHENS:
        following += 1
    particle = text.pack.normalize(text.words[token]) in text.pack.settings.get("particles", ())
    return particle and following < end and text.words[following][0].isupper()


def _name_before(text: Text, sentence: Sentence, office: Mention, taken: set[int]) -> tuple[int, int, frozenset[str]] | None:
    """Tokens of a name in front of its office, where no capital tells a name: two words or more that are no other concept."""
    if office.head != "OFFICE" or office.tags & {"pl", "dual"} or office.prefixes & {"conj"}:
        return None
    blocked = _concept_tokens(sentence, office)
    end = office.start
    if end - 1 > sentence.start and text.words[end - 1] in ",،":
        end -= 1
    start = end
    while start > sentence.start and start - 1 not in taken and end - start < LONGEST_NAME + 3:
        token = start - 1
        if not _nameish(text, token) or (token in blocked and not _name_word(text, token)):
            break
        if end - start >= 3 and not (_name_word(text, token) or _name_word(text, start)):
            break
        start = token
        if _opens_anew(text, token):
            break
    if end - start < 2:
        return None
    # "… the king": a word of names, or an office told with its country, and no article, shows that the words are a name.
    known = any(_name_word(text, token) for token in range(start, end))
    own = country_near(text, sentence, office.start, office.end) or _country_of_title(text, sentence, office)
    return (start, end, frozenset()) if known or (own and "article" not in office.prefixes) else None


def _concept_tokens(sentence: Sentence, office: Mention | None = None) -> set[int]:
    """Tokens that mean something else than a name."""
    return {
        token
        for m in sentence.mentions
        if m.head not in ("SURNAME", "SECTOR", "AIM", "PROJECT", "COMPANY", "CURRENCY")
        and m is not office
        and not _adjective_of(m.concept, m.tags)
        for token in range(m.start, m.end)
    }


def _name_word(text: Text, token: int) -> bool:
    """Whether a word is known as a part of names, where no capital tells one."""
    return not text.pack.capitals and text.pack.normalize(text.words[token]) in text.pack.spellings


def _closed(text: Text, start: int, end: int) -> bool:
    """Whether a name has come to its family name: a word with its article behind another, and no word of names follows."""
    articles = tuple(text.pack.name_articles)
    family = end - start >= 2 and bool(articles) and text.words[end - 1].startswith(articles)
    return family and not text.words[end].startswith(articles) and not _name_word(text, end)


def _opens_anew(text: Text, token: int) -> bool:
    """Whether a conjunction is written onto a word that is no name with it: the next person of a list begins."""
    word = text.pack.normalize(text.words[token])
    marks = text.pack.recognizer.prefixes.get("conj", ())
    return len(word) > 3 and word not in text.pack.spellings and any(word.startswith(mark) for mark in marks[:1])


def _nameish(text: Text, token: int) -> bool:
    word = text.words[token]
    if not word[0].isalpha() or len(word) < 2:
        return False
    if text.capitals and script_of(word) != "Arabic":
        return word[0].isupper()
    # In a script without capitals of a language that has them the lexicon is not made for telling names.
    return text.pack.capitals or _name_word(text, token) or not _listed(text, token)


def _listed(text: Text, token: int) -> bool:
    """Whether a word is one of the language, where no capital tells a name: entered as it stands, or standing by itself."""
    pack = text.pack
    return any(
        reading.key.startswith("=")
        or any(
            ending.concept.partition("|")[0] not in PERSONAL and not _adjective_of(ending.concept, reading.tags)
            for ending in _endings(text, reading.key)
        )
        for reading in pack.readings(text.words[token])
    )


def _adjective_of(concept: str, tags: frozenset[str]) -> bool:
    """Whether a word is an adjective made of one that counts: a family name as often, الطالبي of "student"."""
    return concept.partition("|")[0] == "UNIT" and "der" in tags


def _endings(text: Text, key: str) -> list[Ending]:
    node = text.pack.root.children.get(key)
    return node.endings if node else []


def _tags(text: Text, token: int) -> frozenset[str]:
    word = text.pack.normalize(text.words[token])
    _, mark, ending = word.partition("'")
    if mark:
        return text.pack.recognizer.suffixes.parse(ending) or frozenset()
    return _without_ending(text, word)[1]


def _without_ending(text: Text, word: str) -> tuple[str, frozenset[str]]:
    """A normalised unknown name without its case ending, where endings are written onto names, and the case."""
    for ending, letters, tag in text.pack.name_endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and word[-len(ending) - 1] in letters:
            return word[: -len(ending)], frozenset((tag,))
    return word, frozenset()


def _bare(text: Text, word: str) -> str:
    """A surname without its suffix, normalised."""
    return _without_ending(text, text.pack.normalize(word).partition("'")[0])[0]


def _canonical(text: Text, start: int, end: int, case: str | None = None) -> str | None:
    """Stable Latin spelling of an unknown name, without case endings after an apostrophe, or those of the case it stands in."""
    parts: list[str] = []
    joined_up = -1
    for token in range(start, end):
        word = text.words[token]
        if word in HYPHENS or token == joined_up:
            continue
        two = text.pack.spellings.get(" ".join(map(text.pack.normalize, text.words[token : token + 2])))
        if two and token + 1 < end:
            # Two words that are one name: عبد الله.
            parts.append(two)
            joined_up = token + 1
            continue
        if text.pack.settings.get("apostrophe", "suffix") == "suffix":
            head, mark, tail = word.replace("’", "'").partition("'")
            if mark and tail[:1].islower():
                word = head
        if token == end - 1 and text.pack.name_endings:
            stem, tags = _without_ending(text, text.pack.normalize(word))
            if tags:
                lengths = range(len(word), 0, -1)
                word = next((word[:n] for n in lengths if text.pack.normalize(word[:n]) == stem), stem)
        joined = token > start and text.words[token - 1] in HYPHENS
        if case:
            plain = _in_dictionary_form(text, text.pack.normalize(word), case)
            word = plain[:1].upper() + plain[1:]
        if token == start and not text.pack.capitals and _opens_anew(text, token):
            word = word[1:]
        latin = romanise(word, text.pack)
        if not latin:
            return None
        if joined and parts:
            parts[-1] += "-" + latin
        else:
            parts.append(latin)
    return " ".join(parts) if parts else None


def _known_spelling(text: Text, name: str, country: str | None, role: str | None, day: dt.date | None) -> str:
    """The canonical name of the office-holder whose name this can be, written another way.

    Of that country; where the text gives none, of those in that office at that time; where it gives neither, of as many words.
    """
    words = len(name.replace("-", " ").split())
    fitting = [
        known
        for known, terms in text.pack.people.items()
        if (
            terms[0].country == country and any(role in (None, t.role) or (day and _covers(t, day)) for t in terms)
            if country
            else role != "other" and any(role in (None, t.role) and _covers(t, day) for t in terms)
        )
        and (country is not None or role is not None or len(known.replace("-", " ").split()) == words)
        and same_person(known, name)
        and (country is not None or same_initials(known, name))
    ]
    return fitting[0] if len(fitting) == 1 else name


def _resolve_surnames(text: Text, registry: Registry, day: dt.date | None) -> None:
    """Surnames alone: first people named in full in this document, then the only office-holder of that name and time."""
    for sentence in text.sentences:
        mentions = sentence.of("SURNAME")
        for position in sorted({m.start for m in mentions}):
            here = [m for m in mentions if m.start == position]
            if any(a.start <= position < a.end for a in registry.of(sentence)):
                continue
            if _part_of_longer_name(text, sentence, here[0]):
                continue
            if not text.pack.capitals and means(text, position, "NO_NAME"):
                continue  # "على": a preposition written like a name
            candidates = list(dict.fromkeys(m.value for m in here))
            named = [name for name in candidates if name in registry.figures]
            if not named and len(_bare(text, text.words[position])) > (3 if text.pack.capitals else 2):
                named = _by_office_and_time(text, sentence, here, candidates, day)
            if len(named) != 1:
                continue
            name = named[0]
            mention = next(m for m in here if m.value == name)
            office, former, start, end = _office_beside(text, sentence, mention.start, mention.end)
            known = registry.figures.get(name)
            if known is None:
                person = office_of(text.pack.people[name], day)
                known = Figure(name, person.country, "other" if former else office.value if office else person.role)
            figure = replace(known, role="other") if former else known
            _register(registry, Appearance(figure, sentence.index, start, end, mention.tags, mention.prefixes))


def _part_of_longer_name(text: Text, sentence: Sentence, mention: Mention) -> bool:
    """Whether a surname stands inside another, unknown name: a capitalised word that is no concept right in front of it."""
    before, behind = mention.start - 1, mention.end
    if behind + 1 < sentence.end and text.words[behind] in HYPHENS and text.adjacent(behind) and text.adjacent(behind + 1):
        return text.pack.capitals and text.words[behind + 1].islower()  # "Юнус-бек"
    if not text.capitals or before < sentence.start:
        return False
    if text.words[before].islower() and len(text.words[before]) <= 3 and _particle(text, before, sentence.end):
        before -= 1  # "Bandar bin Mohammed"
        if before < sentence.start:
            return False
    word = text.words[before]
    if not word[0].isupper() or (before == sentence.start and len(word) < 3):
        return False
    return not any(m.start <= before < m.end for m in sentence.mentions) and word[0].isalpha() and before > sentence.start


def _distinctive(text: Text, token: int) -> bool:
    """Whether a surname in a script without capitals is no word of the language: long, and no given name."""
    word = text.pack.normalize(text.words[token])
    readings = text.pack.readings(word)
    listed = any(reading.key.startswith("=") for reading in readings)
    bare = max((len(word) - len(reading.prefixes) for reading in readings if reading.prefixes <= {"conj"}), default=0)
    return not text.pack.capitals and bare >= 5 and word not in text.pack.given_names and not listed


def _by_office_and_time(
    text: Text, sentence: Sentence, here: list[Mention], candidates: list[str], day: dt.date | None
) -> list[str]:
    """Candidates in office at that time, and of the office or country named beside the surname if there is one."""
    people = text.pack.people
    office, _, _, _ = _office_beside(text, sentence, here[0].start, here[0].end)
    counterpart = next(
        (m for m in sentence.of("COUNTERPART", "GUEST") if 0 <= here[0].start - m.end <= (2 if m.head == "COUNTERPART" else 1)),
        None,
    )
    alone = office is None and counterpart is None
    if alone and not text.capitals and not _distinctive(text, here[0].start):
        # Without capitals a surname is a word like others (علي, لي): alone it names nobody whom the text has not named in full.
        return []
    beside = office or counterpart or here[0]
    country = country_near(text, sentence, beside.start, beside.end)
    if alone and sentence.head_final and not any(m.end == beside.start for m in sentence.of("COUNTRY", "DEMONYM")):
        country = None  # What stands behind a lone surname there belongs to the next one.
    if alone and not text.capitals:
        spoken_of = {m.value for s in text.sentences for m in s.of("COUNTRY", "DEMONYM")}
        candidates = [name for name in candidates if people[name][0].country in spoken_of]
    fitting = [
        name
        for name in candidates
        if any(
            _covers(person, day)
            and (office is None or person.role == office.value)
            and (country is None or person.country == country)
            for person in people[name]
        )
    ]
    if len(fitting) > 1:
        top = max(RANK[office_of(people[name], day).role] for name in fitting)
        fitting = [name for name in fitting if RANK[office_of(people[name], day).role] == top]
    return fitting


def _resolve_unknown_surnames(text: Text, registry: Registry) -> None:
    if not registry.surnames:
        return
    suffixes = text.pack.recognizer.suffixes
    # By their first letters: a long list of names must not be gone through at every word.
    surnames: dict[str, list[tuple[str, str]]] = {}
    for surname, name in registry.surnames.items():
        if len(surname) >= 3:
            surnames.setdefault(surname[:3], []).append((surname, name))
    for sentence in text.sentences:
        covered = {t for a in registry.of(sentence) for t in range(a.start, a.end)}
        for token in range(sentence.start, sentence.end):
            if token in covered or not text.words[token][0].isalpha() or (text.capitals and not text.words[token][0].isupper()):
                continue
            word = text.pack.normalize(text.words[token])
            bare = word.partition("'")[0]
            for surname, name in surnames.get(word[:3], ()):
                rest = word[len(surname) :].lstrip("'") if word.startswith(surname) else None
                if bare == surname or (rest is not None and len(rest) <= 6 and suffixes.parse(rest) is not None):
                    tags = suffixes.parse(rest) if rest else frozenset()
                    appearance = Appearance(registry.figures[name], sentence.index, token, token + 1, tags or frozenset())
                    registry.add(appearance)
                    break


def _resolve_offices(text: Text, registry: Registry, home: str | None) -> None:
    """ "The president", "Japon Bakan": the one figure of the document with that office (and side), when only one has it."""
    figures = list(registry.figures.values())
    for sentence in text.sentences:
        covered = {t for a in registry.of(sentence) for t in range(a.start, a.end)}
        for office in sentence.of("OFFICE"):
            if office.start in covered or office.tags & {"pl", "dual"} or any(m.end == office.start for m in sentence.of("FORMER")):
                continue
            if any(m.start == office.start for m in sentence.of("OFFICE_PLURAL")):
                continue
            country = country_near(text, sentence, office.start, office.end)
            fitting = [f for f in figures if f.role == office.value and (country is None or f.country == country)]
            if len(fitting) > 1 and country is None:
                at_home = [f for f in fitting if f.country == home]
                before = {a.figure.name for a in registry.before(sentence, sentence.index)}
                told = [f for f in fitting if f.name in before]
                fitting = at_home if len(at_home) == 1 else told if len(told) == 1 else fitting
            if len(fitting) == 1:
                registry.add(Appearance(fitting[0], sentence.index, office.start, office.end, office.tags, office.prefixes, False))
            elif not fitting and (own := _minister_alone(registry, figures, sentence, office, country)):
                registry.add(Appearance(own, sentence.index, office.start, office.end, office.tags, office.prefixes, False))
            elif not fitting and country is not None:
                figure = Figure("", country, office.value, False)
                registry.add(Appearance(figure, sentence.index, office.start, office.end, office.tags, office.prefixes, False))


def _minister_alone(
    registry: Registry, figures: list[Figure], sentence: Sentence, office: Mention, country: str | None
) -> Figure | None:
    """ "The minister" where nobody holds just that office: the one minister of a country, else the foreign minister named last."""
    if country is not None:
        return _ministers(figures, office, country)
    if office.value != "minister" or office.end - office.start > 1:
        return None
    named = [a.figure for a in reversed(registry.before(sentence, sentence.index)) if a.by_name]
    return next((figure for figure in named if figure.role == "foreign_minister"), None)


def _ministers(figures: list[Figure], office: Mention, country: str) -> Figure | None:
    """ "The Turkish minister": the one minister of that country, whatever his portfolio."""
    if office.value != "minister" or office.end - office.start > 1:
        return None
    fitting = [f for f in figures if f.country == country and f.role in ("foreign_minister", "deputy_minister")]
    return fitting[0] if len(fitting) == 1 else None


def _resolve_guests(text: Text, registry: Registry) -> None:
    """ "The visiting minister", "his Uzbek guest": of the people named before, who is on no side of the hosts in the sentence."""
    for sentence in text.sentences:
        for guest in sentence.of("GUEST"):
            present = registry.of(sentence)
            apart = any(m.start == guest.end for m in sentence.of("DAY", "WEEKDAY", "WEEK"))
            if not apart and any(a.start <= guest.end + 2 and guest.start <= a.start for a in present if a.by_name):
                continue  # "his guest X" names him; "the guest met tomorrow …" does not
            hosts = {a.figure.name for a in present}
            sides = {a.figure.country for a in present}
            country = country_near(text, sentence, guest.start, guest.end)
            fitting = [
                a
                for a in registry.before(sentence, sentence.index)
                if a.figure.name and (a.figure.country == country if country else a.figure.country not in sides)
            ]
            together = [a for a in fitting if any(h.figure.name in hosts for h in registry.by_sentence[a.sentence])]
            if together or fitting:
                figure = max(together or fitting[:1], key=lambda a: RANK[a.figure.role]).figure
                registry.add(Appearance(figure, sentence.index, guest.start, guest.end, guest.tags, guest.prefixes, False))


def _reconcile_roles(registry: Registry) -> None:
    """One role for a figure throughout the document: the highest one stated; a nameless counterpart takes its partner's."""
    for appearances in registry.by_sentence.values():
        appearances[:] = [
            replace(a, figure=registry.figures.get(a.figure.name, a.figure)) if a.figure.name and a.figure.role != "other" else a
            for a in appearances
        ]


def family_name(name: str, country: str | None) -> str:
    """The family name of a canonical name."""
    parts = name.split()
    return parts[0] if country in FAMILY_NAME_FIRST else parts[-1]


__all__ = ["QUOTES", "RANK", "Appearance", "Figure", "Registry", "country_near", "family_name", "find_people"]
