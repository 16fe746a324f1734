"""Numbers, sums of money and counts in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import floor, log10

from orchestration.extract.packs import read_table
from orchestration.extract.reader import HYPHENS, Mention, Sentence, Text, means
from orchestration.extract.text import NUMBER_PARTS, parse_number

TIMES = frozenset({"YEAR_UNIT", "MONTH_UNIT", "DAY_UNIT", "WEEK_UNIT"})
MOST = 1e16  # no sum between states is larger; a longer number is an account, a telephone, noise


@cache
def country_of_currency(currency: str) -> str | None:
    """The country whose money it is; None for those of several."""
    return next((row["code"] for row in read_table("countries.csv") if row["iso2"] == currency[:2]), None)


@dataclass(frozen=True)
class Number:
    """A number at tokens start..end: value with its scale, exact / at_least / at_most / about, grammar of its last word."""

    value: float
    start: int
    end: int
    bound: str = "exact"
    tags: frozenset[str] = frozenset()
    scaled: bool = False
    digits: bool = True
    unit: str | None = None  # PERCENT, UNIT, CURRENCY, ... of the mention behind it


@dataclass(frozen=True)
class Money:
    """A sum: amount in units of an ISO 4217 currency at tokens start..end (bounds words not included)."""

    amount: float
    currency: str
    bound: str
    start: int
    end: int
    tags: frozenset[str] = frozenset()


def _at(sentence: Sentence, position: int, *heads: str) -> Mention | None:
    """Longest mention of one of these heads that starts at a token; of two readings of a word the one with less grammar."""
    found = [m for m in sentence.starting_at(position) if m.head in heads and not _is_preposition(m)]
    return max(found, key=lambda m: (m.end, -len(m.tags)), default=None)


def _is_preposition(mention: Mention) -> bool:
    """Whether what reads like "in yen" is a word of its own: بين, "between"."""
    return mention.head == "CURRENCY" and "place" in mention.prefixes


def _ending_at(sentence: Sentence, position: int, *heads: str) -> Mention | None:
    found = [m for m in sentence.ending_at(position) if m.head in heads and not _is_preposition(m)]
    return max(found, key=lambda m: m.end - m.start, default=None)


def _digits_at(text: Text, sentence: Sentence, position: int) -> tuple[float, int, frozenset[str]] | None:
    """Value, end and grammar of a number in digits at a token; groups of three set apart by spaces belong together."""
    match = NUMBER_PARTS.match(text.words[position])
    if not match or not text.words[position][0].isdigit():
        return None
    glued = position > sentence.start and text.adjacent(position) and text.capitals and text.capital(position - 1)
    if glued and not _ending_at(sentence, position, "CURRENCY"):
        return None  # "K2": a name
    token, suffix = match.group(1), match.group(2)
    end = position + 1
    if suffix is None and token.isdigit() and len(token) <= 3:
        while (
            end < sentence.end
            and len(text.words[end].partition("'")[0]) == 3
            and text.words[end][:3].isdigit()
            and text.starts[end] - text.ends[end - 1] == 1
            and "\n" not in text.body[text.ends[end - 1] : text.starts[end]]
        ):
            token += text.words[end][:3]
            end += 1
            if len(text.words[end - 1]) > 3:
                break
        tail = text.words[end] if end < sentence.end else ""
        decimals = tail[:3].isdigit() and tail[3:4] in (text.pack.decimal, "٫") and tail[4:].isdigit()
        if decimals and text.starts[end] - text.ends[end - 1] == 1:
            token += tail
            end += 1
    value = parse_number(token, text.pack.decimal)
    if value is None or value >= MOST:
        return None
    return value, end, number_tags(text, end - 1) if suffix else frozenset()


def number_tags(text: Text, token: int) -> frozenset[str]:
    """Grammar written onto a number: 2030'a."""
    match = NUMBER_PARTS.match(text.words[token])
    suffix = match.group(2) if match else None
    return (suffix and text.pack.recognizer.suffixes.parse(text.pack.normalize(suffix))) or frozenset()


def _words_at(text: Text, sentence: Sentence, position: int) -> tuple[float, int, frozenset[str]] | None:
    """Value, end and grammar of a number in words: "two hundred and fifty"."""
    total, end, tags = 0.0, position, frozenset[str]()
    current = position
    while current < sentence.end:
        mention = _at(sentence, current, "NUMBER")
        if mention is not None and _at(sentence, current, "WEEKDAY"):
            break  # "اليوم الاثنين": a weekday that is written like "two".
        if mention is None:
            # A hyphen or a short joining word ("two hundred and fifty") inside the number.
            joins = text.words[current] in HYPHENS or (text.words[current].isalpha() and len(text.words[current]) <= 3)
            if end > position and end == current and joins and _at(sentence, current + 1, "NUMBER"):
                current += 1
                continue
            break
        if tags and sentence.head_final:
            break  # "оны екі миллиардқа": where endings stand on the last word, an ending ends the number.
        value = float(mention.value)
        if end > position:
            # "two hundred": the hundred multiplies; "hundred two": it adds; "two three": two numbers.
            last_digits = total % 100
            if value >= 100 and 0 < last_digits < 10 and value < 1000:
                total += last_digits * (value - 1)
            elif 0 < last_digits < 10 and value < 10:
                break
            elif value < (10 if last_digits and last_digits % 10 == 0 else 100) or (total >= 1000 > value):
                total += value
            else:
                break
        else:
            total = value
        end = current = mention.end
        tags = mention.tags
    return (total, end, tags) if end > position else None


def _past_hyphen(text: Text, sentence: Sentence, end: int) -> int:
    """The token behind a hyphen that ties a number to its scale or currency: "a 400-million-zloty loan"."""
    if end + 1 < sentence.end and text.words[end] in HYPHENS and text.adjacent(end) and text.adjacent(end + 1):
        return end + 1
    return end


def _scale_at(sentence: Sentence, position: int, *, counted: bool = False) -> Mention | None:
    """The scale word at a token; one that is the single and the dual (مليونا) is single behind a number, dual by itself."""
    found = [m for m in sentence.starting_at(position) if m.head == "SCALE"]
    sign = -1 if counted else 1
    return max(found, key=lambda m: (m.end, sign * float(m.value)), default=None)


def _scaled(
    text: Text, sentence: Sentence, value: float, end: int, tags: frozenset[str]
) -> tuple[float, int, frozenset[str], bool]:
    """Apply the scale words behind a number: "2 million", "бір жарым миллиард", "hundred thousand million"."""
    scaled = False
    half = _at(sentence, end, "HALF")
    if half:
        value, end, tags = value + 0.5, half.end, half.tags
    for _ in range(2):
        scale = _scale_at(sentence, _past_hyphen(text, sentence, end), counted=True)
        between = _at(sentence, end, "BOUND_AFTER") if scale is None and not scaled else None
        if between is not None:
            scale = _scale_at(sentence, between.end)  # "a hundred-odd million", "сто с лишним миллионов"
        if scale is None:
            break
        value, end, tags, scaled = value * float(scale.value), scale.end, scale.tags, True
    half = _at(sentence, end, "HALF") if scaled else None
    if half and (scale := _ending_at(sentence, end, "SCALE")):
        value, end = value + 0.5 * float(scale.value), half.end
    return value, end, tags, scaled


def _skip_dot(text: Text, sentence: Sentence, end: int) -> int:
    """An abbreviation's dot between scale and currency ("млрд. долл.") belongs to it."""
    if end < sentence.end and text.words[end] == "." and text.adjacent(end) and end + 1 < sentence.end:
        return end + 1
    return end


def find_numbers(text: Text, sentence: Sentence) -> list[Number]:
    """All numbers of a sentence, in order, with bounds; both ends of a range as one number (the lower, at_least)."""
    numbers: list[Number] = []
    position = sentence.start
    while position < sentence.end:
        parsed = _digits_at(text, sentence, position)
        digits = parsed is not None
        parsed = parsed or _words_at(text, sentence, position)
        if parsed is None:
            scale = _scale_at(sentence, position)
            # "a million dollars", "المليار دولار": one of the scale, only before a currency or a smaller part ("a billion 200 million").
            # "полмиллиарда", "مليارين": a multiple of the scale is a number by itself.
            half = _at(sentence, scale.end, "HALF") if scale else None
            end = half.end if half else scale.end if scale else position
            counted = _at(sentence, _past_hyphen(text, sentence, end), "CURRENCY") is not None
            if scale and half is None and not counted and _smaller_part(text, sentence, scale):
                # "مليارا و300 مليون": the single, which is written like a dual.
                single = [
                    m for m in sentence.starting_at(position) if m.head == "SCALE" and m.end == scale.end and "dual" not in m.tags
                ]
                scale = min(single, key=lambda m: float(m.value), default=scale)
                counted = True
            if scale and (counted or _is_multiple(scale) or _stands_for_one(text, sentence, scale)):
                value = float(scale.value) + (0.5 * 10 ** floor(log10(float(scale.value))) if half else 0.0)
                numbers.append(Number(value, position, end, tags=scale.tags, scaled=True, digits=False))
                position = end
            else:
                position += 1
            continue
        value, end, tags = parsed
        if not digits and _ending_at(sentence, position, "SEVERAL"):
            # "Several hundred million": nobody says how many.
            position = _scaled(text, sentence, value, end, tags)[1]
            continue
        value, scaled_end, tags, scaled = _scaled(text, sentence, value, end, tags)
        numbers.append(Number(value, position, scaled_end, tags=tags, scaled=scaled, digits=digits))
        position = max(scaled_end, position + 1)
    numbers = _join_ranges(text, sentence, _join_parts(text, sentence, numbers))
    return [_with_unit(text, sentence, _with_bound(text, sentence, number)) for number in numbers]


def _stands_for_one(text: Text, sentence: Sentence, scale: Mention) -> bool:
    """ "Our aim is – a billion", "to a billion": the scale alone, in the singular, behind a bound or an aim and before no noun."""
    if float(scale.value) < 1e6 or scale.tags & {"pl", "dual"}:
        return False
    leads = _ending_at(sentence, scale.start, "BOUND_BEFORE", "REACHED", "VALUE", "AIM")
    aimed = (
        scale.start > sentence.start + 1 and text.words[scale.start - 1] in HYPHENS and _ending_at(sentence, scale.start - 1, "AIM")
    )
    if not (leads or aimed):
        return False
    return (
        scale.end >= sentence.end or not text.words[scale.end][0].isalnum() or _at(sentence, scale.end, "BOUND_AFTER") is not None
    )


def _is_multiple(scale: Mention) -> bool:
    return scale.value.rstrip("0").rstrip(".") not in ("1", "")


def _smaller_part(text: Text, sentence: Sentence, scale: Mention) -> bool:
    """Whether a number of a smaller scale goes on behind a scale word: "a billion (and) 200 million"."""
    start = _past_joint(text, sentence, scale.end)
    parsed = (_digits_at(text, sentence, start) or _words_at(text, sentence, start)) if start < sentence.end else None
    smaller = _at(sentence, parsed[1], "SCALE") if parsed else None
    return parsed is not None and smaller is not None and parsed[0] * float(smaller.value) < _last_place(float(scale.value))


def _past_joint(text: Text, sentence: Sentence, end: int) -> int:
    """The token behind a one-letter "and"."""
    return end + 1 if end < sentence.end and len(text.words[end]) == 1 and text.words[end].isalpha() else end


def _join_parts(text: Text, sentence: Sentence, numbers: list[Number]) -> list[Number]:
    """One number told in parts of falling scale: "1 млрд 150 млн", "two million three hundred thousand", "مليار و200 مليون"."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        goes_on = last is not None and number.start in (last.end, _past_joint(text, sentence, last.end))
        # The smaller part must fit below the scale of the larger one: its last digit that is no zero.
        if last and goes_on and last.scaled and number.scaled and _last_place(last.value) > number.value:
            joined[-1] = replace(number, value=last.value + number.value, start=last.start)
        else:
            joined.append(number)
    return joined


def _last_place(value: float) -> float:
    place = 1.0
    while value and value % (place * 1000) == 0:
        place *= 1000
    return place


def _join_ranges(text: Text, sentence: Sentence, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last and last.bound != "range" and number.value < MOST:
            first, second = _unit_between(sentence, last.end, number.start)
            dash = second - first == 1 and text.words[first] in HYPHENS
            word = _at(sentence, first, "RANGE")
            # "Between six and seven", where "and" is written onto the second number.
            pair = first == second and _ending_at(sentence, last.start, "BETWEEN") is not None
            if (
                (pair or dash or (word and word.end == second))
                and (number.scaled or not last.scaled)
                and not _is_year(text, number)
            ):
                low = last.value
                if number.scaled and not last.scaled:
                    scale = _ending_at(sentence, number.end, "SCALE")
                    low *= float(scale.value) if scale else 1
                if low < number.value:
                    joined[-1] = replace(number, value=low, start=last.start, bound="range")
                    continue
        joined.append(number)
    return [replace(n, bound="at_least") if n.bound == "range" else n for n in joined]


def _unit_between(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """What stands between the ends of a range without the currency that both repeat: "$3 billion to $5 billion"."""
    behind, before = _at(sentence, start, "CURRENCY"), _ending_at(sentence, end, "CURRENCY")
    return (behind.end if behind and behind.end < end else start), (before.start if before and before.start > start else end)


def _is_year(text: Text, number: Number) -> bool:
    return (
        not number.scaled
        and number.digits
        and 1900 <= number.value <= 2100
        and len(text.words[number.start][:4].strip(".,'’")) == 4
    )


def _with_bound(text: Text, sentence: Sentence, number: Number) -> Number:
    """The bound words around a number, across its currency and small words."""
    for gap in range(4):
        position = number.start - gap
        mention = _ending_at(sentence, position, "BOUND_BEFORE")
        if mention and gap and any(sentence.starting(head, mention.end) for head in ("COUNTRY", "CITY")):
            break  # "صادراتها نحو المغرب بلغت 12", "завод под Ташкентом 40 млн": towards and near, not about
        if mention:
            return replace(number, bound=mention.value)
        if position - 1 < sentence.start or not (gap < 2 or _ending_at(sentence, position, "CURRENCY", "VALUE")):
            break
        if text.words[position - 1] in ",;:.،؛":
            break
    mention = _bound_across_time(text, sentence, number) or _bound_across_subject(text, sentence, number)
    if mention:
        return replace(number, bound=mention.value)
    if "about" in number.tags:
        return replace(number, bound="about")
    inside = next((m for at in range(number.start + 1, number.end) if (m := _at(sentence, at, "BOUND_AFTER"))), None)
    if inside is not None and number.scaled:
        return replace(number, bound=inside.value)
    for gap in range(5):
        mention = _at(sentence, number.end + gap, "BOUND_AFTER")
        if mention:
            return replace(number, bound=mention.value)
        if number.end + gap >= sentence.end or text.words[number.end + gap] in ",;:،؛":
            break
    return number


def _bound_across_subject(text: Text, sentence: Sentence, number: Number) -> Mention | None:
    """Where the verb opens its clause, a bound before its subject: "exceeded what Iran exported in the first half 5 billion"."""
    if not sentence.adjectives_follow or not number.scaled:
        return None
    for position in range(number.start - 1, max(sentence.start, number.start - 18), -1):
        word = text.words[position]
        if word in ",;:.،؛" or sentence.starting("SCALE", position) or sentence.starting("CURRENCY", position):
            return None
        mention = _ending_at(sentence, position, "BOUND_BEFORE")
        if mention and not (mention.value == "about" and mention.end - mention.start == 1):
            subjects = ("EXPORT", "IMPORT", "TRADE", "INVEST", "GRANT", "LOAN", "PROJECT")
            close = any(sentence.starting(head, at) for head in subjects for at in (position, position + 1))
            return mention if close else None
    return None


def _bound_across_time(text: Text, sentence: Sentence, number: Number) -> Mention | None:
    """A bound before the time that stands in front of a number: "exceeded last year 5 billion"."""
    times = ("YEAR_OF", "YEAR_UNIT", "MONTH", "MONTH_OF", "HALF_YEAR", "QUARTER")
    position, crossed = number.start, False
    while position > sentence.start and number.start - position < 7:
        time = _ending_at(sentence, position, *times)
        if time:
            position, crossed = time.start, True
            continue
        if crossed and (mention := _ending_at(sentence, position, "BOUND_BEFORE")):
            return mention
        word = text.words[position - 1]
        year = word.isdigit() and len(word) == 4
        if not (year or (word.isalpha() and len(word) <= 3)):
            return None
        position, crossed = position - 1, crossed or year
    return None


def _with_unit(text: Text, sentence: Sentence, number: Number) -> Number:
    tied = _past_hyphen(text, sentence, number.end)
    for end in (tied,) if tied > number.end else (number.end, number.end + 1):
        unit = _at(sentence, end, "PERCENT", "UNIT", "CURRENCY", *TIMES, "MONTH")
        if unit:
            return replace(number, unit=unit.head)
        if end >= sentence.end or not text.words[end][0].isalpha():
            break
    if number.end < sentence.end and text.words[number.end] == "%":
        return replace(number, unit="PERCENT")
    return number


def find_money(text: Text, sentence: Sentence, numbers: list[Number], currency: str | None = None) -> list[Money]:
    """Sums of money in a sentence; a sum repeated in another currency is left out (the first one counts).

    currency: that of the sum told just before, for "and 4.1 billion in 2024" (millions and more, with no unit of their own).
    """
    sums: list[Money] = []
    for number in numbers:
        before = _ending_at(sentence, number.start, "CURRENCY")
        if before is not None and any(other.scaled and other.end == before.start for other in numbers):
            before = None  # "500 milyon dolara 2030'a dek": the currency of the sum in front
        position = _skip_dot(text, sentence, number.end)
        tied = _past_hyphen(text, sentence, number.end)
        after = next((m for at in (number.end, position, tied) if (m := _at(sentence, at, "CURRENCY"))), None)
        if after is None and number.scaled and number.end < sentence.end:
            # One adjective or bound between: "20 млн. американских долларов", "5 billion or so dollars".
            gap = _at(sentence, number.end, "DEMONYM", "BOUND_AFTER")
            after = _at(sentence, gap.end, "CURRENCY") if gap else None
        if before is not None and text.words[before.start][0].isalpha() and not text.words[before.start].isupper() and after:
            before = None
        mention = before or after
        if mention is None:
            known = sums[-1].currency if sums else currency
            if (
                known
                and number.scaled
                and number.value >= 1e6
                and (number.unit is None or number.unit in TIMES)  # "3.9 billion in the months …"
                and not _counts_a_noun(text, sentence, number)
            ):
                sums.append(Money(round(number.value, 2), known, number.bound, number.start, number.end, number.tags))
            continue
        start = before.start if before is not None else number.start
        end = after.end if after is not None else number.end
        money = Money(round(number.value, 2), mention.value, number.bound, start, end, (after.tags if after else number.tags))
        if "about" in money.tags and money.bound == "exact":
            money = replace(money, bound="about")
        if "dat" in money.tags and _at(sentence, money.end, "UNTIL_AFTER"):
            # "Yedi milyon avroya kadar": as far as the sum.
            money = replace(money, bound="at_most")
        # "one", "two" and a currency's homonym are no sum between states; digits may be small (a price, told apart by its cue).
        if not number.digits and not number.scaled and number.value < 20:
            continue
        if money.amount > 0 and not (sums and _same_sum(text, sentence, sums[-1], money)):
            sums.append(money)
    return sums


def _counts_a_noun(text: Text, sentence: Sentence, number: Number) -> bool:
    """Whether a scaled number counts something else: a plain word right behind it that is no verb or cue of money."""
    if number.end >= sentence.end or not text.words[number.end][0].isalpha():
        return False
    if sentence.head_final and number.tags & {"poss", "acc"}:
        return False  # "bunun 700 milyonu bizim satışımız": of the sum told before
    if not text.pack.capitals and means(text, number.end, "NO_NAME"):
        return False  # "150 million, agreed on by …": a verb known to be no name
    return not any(m.start <= number.end < m.end for m in sentence.mentions) and len(text.words[number.end]) > 3


def _same_sum(text: Text, sentence: Sentence, first: Money, second: Money) -> bool:
    """Whether the second sum only repeats the first in another currency: in brackets, or after "or", "that is"."""
    if first.currency == second.currency or second.start - first.end > 6:
        return False
    between = text.words[first.end : second.start]
    return "(" in between or any(m.start >= first.end and m.end <= second.start for m in sentence.of("ALSO_KNOWN"))


def counts_before(text: Text, sentence: Sentence, numbers: list[Number], mention: Mention, reach: int = 4) -> Number | None:
    """The number that counts a noun: in front of it, within a few words, with no unit of its own and no other noun between."""
    best = None
    for number in numbers:
        if number.end <= mention.start <= number.end + reach and number.unit is None and (not number.scaled or number.value < 2000):
            between = text.words[number.end : mention.start]
            if (
                any(word in ",;:.()–—،؛" for word in between)
                or _is_year(text, number)
                or _ending_at(sentence, number.start, "MONTH")
                or "der" in number.tags  # "ikili anlaşma": of two sides, not two
            ):
                continue
            if any(number.end <= m.start < mention.start for m in sentence.of("SUBJECT_OF")):
                continue  # "üç korvetin inşası için sözleşme": it counts what the document is about.
            best = number
    return best
