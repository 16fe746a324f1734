"""Tokens keep their offsets; words and numbers have one comparable form."""

import pytest

from orchestration.extract.text import normalize, parse_number, repair_mixed_script, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Astana'da 7,4 milyon", ["Astana'da", "7,4", "milyon"]),
        ("2030'a kadar", ["2030'a", "kadar"]),
        ("$6.2bn", ["$", "6.2", "bn"]),
        ("80. yılı", ["80", ".", "yılı"]),
        ("24–26 тамыз", ["24", "–", "26", "тамыз"]),
        ("АҚШ-тың 10-шы", ["АҚШ", "-", "тың", "10-шы"]),
        ("بلغت ٢٫٩ مليار", ["بلغت", "٢٫٩", "مليار"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text)[0] == tokens


def test_offsets_hold_over_white_space_and_marks() -> None:
    text = "  İran’ın\t\u200bвизиті\r\n\n«5+1»  e\u0301tat "
    words, starts, ends, breaks = tokenize(text)
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == words
    assert breaks[words.index("«")] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("BAKANI", "bakanı"), ("İRAN", "İran"), ("أستانا", "استانا"), ("وقّعـت", "وقعت"), ("Ёлка", "елка"), ("İran’ın", "iran'in")],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


def test_latin_letters_in_a_cyrillic_word_are_repaired() -> None:
    assert repair_mixed_script("Aстaнa") == "Астана"
    assert repair_mixed_script("Astana") == "Astana"


@pytest.mark.parametrize(
    ("token", "decimal", "value"),
    [
        ("7,4", ",", 7.4),
        ("1.200", ",", 1200),
        ("1.200,5", ",", 1200.5),
        ("1,200", ".", 1200),
        ("478.7", ".", 478.7),
        ("0.125", ",", 0.125),
        ("1,234,567", ".", 1234567),
        ("٥٤٤٫٦", ",", 544.6),
        ("12.05.2024", ",", None),
        ("1.2.3", ".", None),
    ],
)
def test_numbers(token: str, decimal: str, value: float | None) -> None:
    assert parse_number(token, decimal) == value
