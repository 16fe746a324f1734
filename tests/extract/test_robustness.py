"""Harmless changes to a text change no claim: what a document says does not depend on how its letters are laid out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from orchestration.extract.packs import installed_packs, load_pack
from orchestration.extract.pipeline import Extraction, claims_of

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS = [
    pytest.param(path, id=path.stem)
    for path in sorted([*CORPUS.glob("dev/*/*.txt"), *CORPUS.glob("stories/*.txt")])
    if json.loads(path.with_suffix(".json").read_text("utf-8"))["language"] in installed_packs()
]


def facts(extraction: Extraction) -> list[str]:
    """What is claimed, without the words and places that a change of layout moves."""
    left_out = {"claim_id", "evidence", "evidence_start", "evidence_end", "subject", "rule"}
    rows: list[dict[str, Any]] = [*extraction.agreement_claims, *extraction.flow_claims, *extraction.meeting_claims]
    return sorted(str({key: value for key, value in row.items() if key not in left_out}) for row in rows)


@cache
def facts_before(text: str, language: str) -> list[str]:
    return facts(claims_of(text, "d", language))


def wrap(text: str) -> str:
    """Every paragraph broken into lines of some ninety letters, blank lines between paragraphs."""
    wrapped = []
    for paragraph in re.split(r"\n+", text):
        lines, line = [], ""
        for word in paragraph.split(" "):
            if len(line) + len(word) > 90:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        wrapped.append("\n".join([*lines, line]))
    return "\n\n".join(wrapped)


def regroup(text: str, decimal: str, separator: str) -> str:
    """Whole numbers of five digits and more in groups of three, set apart by a separator, however they were grouped before."""
    mark = "," if decimal == "." else "."
    grouped = rf"(?<![\d.,/-])\d{{1,3}}(?:[ \u00a0\u202f{re.escape(mark)}]\d{{3}})+(?![\d.,/-]*\d)"
    joined = re.sub(grouped, lambda m: re.sub(r"\D", "", m.group()), text)
    return re.sub(r"(?<![\d.,/-])\d{5,12}(?![\d.,/-]*\d)", lambda m: f"{int(m.group()):,}".replace(",", separator), joined)


def plain_quotes(text: str) -> str:
    return re.sub("[«»“”„‟]", '"', text)


def curly_quotes(text: str) -> str:
    """Quotation marks in pairs: “ opens, ” closes."""
    opens = iter(range(10_000))
    return re.sub('["«»“”„‟]', lambda _: "“" if next(opens) % 2 == 0 else "”", text)


def shout(text: str) -> str:
    """The headline in capitals: a first line that no dateline opens and that ends without a full stop."""
    head, newline, rest = text.partition("\n")
    header = re.match(r"\s*date \d{4}-\d{2}-\d{2}\s*", head)
    title = head[header.end() :] if header else head
    if header and not title:
        title, newline, rest = rest.partition("\n")
        head = head + "\n" + title
    if not rest.strip() or title.rstrip().endswith((".", "!", "?", "…")) or len(title) > 120 or "–" in title or " - " in title:
        return text
    dotted = title.replace("i", "İ") if re.search("[ğışİ]", text) and re.search("[ğĞşŞ]", text) else title
    return head[: len(head) - len(title)] + dotted.upper() + newline + rest


CHANGES: dict[str, Callable[[str], str]] = {
    "composed letters": lambda text: unicodedata.normalize("NFC", text),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\w)", "\u00a0", text),
    "narrow no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\w)", "\u202f", text),
    "space before the per cent sign": lambda text: re.sub(r"(?<=\d)%", " %", text),
    "no space before the per cent sign": lambda text: re.sub(r"(?<=\d)[ \u00a0]%", "%", text),
    "space behind the currency sign": lambda text: re.sub(r"([$€£¥₸₽₺])(?=\d)", r"\1 ", text),
    "straight quotes": plain_quotes,
    "curly quotes": curly_quotes,
    "upper-case headline": shout,
    "typographic apostrophes": lambda text: text.replace("'", "’"),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "blank lines between paragraphs": lambda text: re.sub(r"\n+", "\n\n", text),
    "trailing spaces": lambda text: re.sub(r"\n", "  \n", text) + " \n",
    "double spaces": lambda text: re.sub(r"(?<=[.,]) (?=\w)", "  ", text),
    "wrapped lines": wrap,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_harmless_change(path: Path, change: str) -> None:
    text = path.read_text("utf-8")
    language = json.loads(path.with_suffix(".json").read_text("utf-8"))["language"]
    changed = CHANGES[change](text)
    if changed != text:
        assert facts(claims_of(changed, "d", language)) == facts_before(text, language)


@pytest.mark.parametrize("separator", ["", " ", "\u00a0", "\u202f"], ids=["none", "space", "no-break", "narrow"])
@pytest.mark.parametrize("path", DOCUMENTS)
def test_spacing_of_digits(path: Path, separator: str) -> None:
    text = path.read_text("utf-8")
    language = json.loads(path.with_suffix(".json").read_text("utf-8"))["language"]
    changed = regroup(text, load_pack(language).decimal, separator)
    if changed != text:
        assert facts(claims_of(changed, "d", language)) == facts_before(text, language)


@pytest.mark.parametrize("separator", ["", " ", "\u00a0", "\u202f", ","], ids=["none", "space", "no-break", "narrow", "comma"])
def test_a_sum_in_full(separator: str) -> None:
    sum_ = f"{7_450_000:,}".replace(",", separator)
    found = claims_of(f"Japan has given Kyrgyzstan a grant of ${sum_} for schools.", "d", "en").flow_claims
    assert [(row["amount"], row["currency"]) for row in found] == [(7_450_000, "USD")]


# Each sentence tells one thing with its own sides, so that any order of them says the same.
STATEMENTS = {
    "en": [
        "On 3 March 2025 Japan gave Kyrgyzstan a grant of 5 million US dollars for schools in Osh.",
        "Trade between Germany and Mongolia reached 420 million euros in 2023.",
        "Egypt and Pakistan signed an extradition treaty in Cairo on 14 May 2024.",
        "Brazil's exports to Vietnam came to 3.1 billion dollars in 2022.",
    ],
    "ru": [
        "3 марта 2025 года Япония предоставила Кыргызстану грант в размере 5 млн долларов США на школы.",
        "Товарооборот между Германией и Монголией достиг 420 млн евро в 2023 году.",
        "14 мая 2024 года Египет и Пакистан подписали договор о выдаче преступников.",
        "Экспорт Бразилии во Вьетнам составил 3,1 млрд долларов в 2022 году.",
    ],
    "tr": [
        "Japonya, 3 Mart 2025'te Kırgızistan'a okullar için 5 milyon ABD doları hibe verdi.",
        "Almanya ile Moğolistan arasındaki ticaret hacmi 2023 yılında 420 milyon avroya ulaştı.",
        "Mısır ve Pakistan 14 Mayıs 2024'te suçluların iadesi anlaşması imzaladı.",
        "Brezilya'nın Vietnam'a ihracatı 2022 yılında 3,1 milyar dolar oldu.",
    ],
    "kk": [
        "2025 жылғы 3 наурызда Жапония Қырғызстанға мектептер үшін 5 миллион АҚШ доллары көлемінде грант берді.",
        "2023 жылы Германия мен Моңғолия арасындағы сауда айналымы 420 миллион еуроға жетті.",
        "2024 жылғы 14 мамырда Мысыр мен Пәкістан экстрадиция туралы келісімге қол қойды.",
    ],
    "ar": [
        "قدمت اليابان إلى قرغيزستان في 3 مارس 2025 منحة بقيمة 5 ملايين دولار لبناء مدارس.",
        "بلغ حجم التبادل التجاري بين ألمانيا ومنغوليا 420 مليون يورو في عام 2023.",
        "وقعت مصر وباكستان في 14 مايو 2024 معاهدة لتسليم المجرمين.",
    ],
}


@pytest.mark.parametrize("language", STATEMENTS)
def test_order_that_carries_nothing(language: str) -> None:
    statements = STATEMENTS[language]
    told = facts_before("\n\n".join(statements), language)
    assert len(told) >= len(statements)
    for order in permutations(statements):
        assert facts(claims_of("\n\n".join(order), "d", language)) == told
