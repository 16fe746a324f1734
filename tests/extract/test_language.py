"""Which pack reads a text: by script, by letters, by small words, by the identifier; and no pack for a neighbour's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.extract.language import detect_language

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.txt")), ids=lambda path: path.stem)
def test_corpus_is_read_by_its_language(path: Path) -> None:
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert detect_language(path.read_text("utf-8")) == gold["language"]


UZBEK = "O{0}zbekiston Prezidenti Shavkat Mirziyoyev Tokioda Yaponiya Bosh vaziri bilan uchrashdi va hujjatlar imzolandi."


@pytest.mark.parametrize("mark", ["'", "ʻ", "‘", "’"])
def test_uzbek_whatever_mark_its_letters_are_typed_with(mark: str) -> None:
    assert detect_language(UZBEK.format(mark)) == "uz"


UNSUPPORTED = {
    "Azerbaijani": "Azərbaycan Prezidenti İlham Əliyev Bakıda Türkiyə Prezidenti ilə görüşdü və iki ölkə arasında sazişlər imzalandı.",
    "Kyrgyz": "Кыргыз Республикасынын Президенти Садыр Жапаров Бишкекте Өзбекстандын Президенти менен жолугушуп, эки өлкөнүн кызматташтыгын өнүктүрүү боюнча документтерге кол коюлду.",
    "Ukrainian": "Президент України зустрівся з прем'єр-міністром Японії, сторони підписали низку угод про співробітництво між двома країнами.",
    "Persian": "رئیس جمهور ایران در تهران با نخست وزیر ژاپن دیدار کرد و دو کشور چند سند همکاری امضا کردند.",
    "German": "Der Bundeskanzler traf in Berlin den Präsidenten Kasachstans, und die beiden Länder unterzeichneten mehrere Abkommen.",
    "French": "Le président a rencontré à Paris son homologue kazakh et les deux pays ont signé plusieurs accords de coopération.",
}


@pytest.mark.parametrize("language", UNSUPPORTED)
def test_a_language_without_pack_is_not_read_with_its_neighbours(language: str) -> None:
    assert detect_language(UNSUPPORTED[language]) is None


def test_too_few_words_tell_no_language() -> None:
    assert detect_language("Ankara, 2025.") is None
