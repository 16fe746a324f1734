"""A word is read only when it is a known stem and the rest of it is grammar."""

from orchestration.extract.morphology import Recognizer, Suffixes


def recognizer() -> Recognizer:
    made = Recognizer(
        Suffixes({"abl": ["dan", "den"], "pl": ["lar"], "poss": ["i", "si"], "loc": ["da"]}),
        prefixes={"conj": ["و"], "article": ["ال"]},
        alternations=[("k", "ğ")],
        fold={"қ": "к", "ә": "а"},
    )
    for word in ("japonya", "ortak", "imzala*", "=sum", "اتفاق", "қазақстан"):
        made.add(word)
    return made


def keys(word: str) -> list[str]:
    return [reading.key for reading in recognizer().read(word)]


def test_suffix_chain_gives_the_case() -> None:
    (reading,) = recognizer().read("japonya'dan")
    assert (reading.key, reading.tags) == ("japonya", {"abl"})
    assert recognizer().read("japonyalardan")[0].tags == {"pl", "abl"}


def test_what_is_no_suffix_is_not_stripped() -> None:
    assert keys("japonyalı") == []
    assert keys("ortakçı") == []


def test_stem_alternation() -> None:
    assert keys("ortaği") == ["ortak"]


def test_wildcard_and_exact() -> None:
    assert keys("imzaladıklarını") == ["imzala*"]
    assert keys("sum") == ["=sum"]
    assert keys("sumda") == []


def test_glued_prefixes_are_kept_as_grammar() -> None:
    (reading,) = recognizer().read("والاتفاق")
    assert reading.prefixes == {"conj", "article"}


def test_folded_letters_are_only_a_last_resort() -> None:
    assert keys("казакстан") == ["қазақстан"]
    assert keys("қазақстан") == ["қазақстан"]


def test_endless_words_are_no_words() -> None:
    assert keys("japonya" + "lar" * 500) == []
