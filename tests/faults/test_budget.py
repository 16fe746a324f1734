"""Time and memory that one document may take: found by looking for slow texts, held by ending what is slower."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.extract.pipeline import Extraction, Extractor
from orchestration.ingest.workers import Failed, WorkerPool
from orchestration.settings import Settings
from tests.faults.slow import OPENINGS, SIGNS, case_names, phrases, text_of

# Seconds of processor time for a tenth of a megabyte: the promise is 5 s for a whole one. What grows with the square of the text
# takes far more. Generous, because a machine with other work counts more time for the same.
SECONDS, BYTES = 5.0, 100_000


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    extractor = Extractor()
    for opening in OPENINGS.values():
        extractor.extract(opening, "d-0")
    return extractor


def extract_in_time(extractor: Extractor, text: str) -> Extraction:
    began = time.process_time()
    found = extractor.extract(text, "d-0")
    assert time.process_time() - began < SECONDS
    for row in (*found.agreement_claims, *found.flow_claims, *found.meeting_claims, *found.rejected_candidates):
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]
    return found


@pytest.mark.parametrize("name", SIGNS)
def test_signs_without_end(extractor: Extractor, name: str) -> None:
    extract_in_time(extractor, text_of(name, BYTES))


@pytest.mark.parametrize("name", [name for name in case_names() if name not in SIGNS])
def test_words_without_end(extractor: Extractor, name: str) -> None:
    """Every phrase of a language in any order, denser than any news by far."""
    extract_in_time(extractor, text_of(name, BYTES // 10))


PIECES = st.one_of(
    st.sampled_from(sorted(OPENINGS)).flatmap(lambda code: st.sampled_from(phrases(code))),
    st.sampled_from(
        ["1", "25", "2025", "1,5", "12.05.2024", "$", "%", ",", ".", "-", "–", "(", ")", "«", "»", "“", "'", "\n", "\n\n"]
    ),
    st.text(min_size=1, max_size=3),
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(
    code=st.sampled_from(sorted(OPENINGS)),
    unit=st.lists(PIECES, min_size=1, max_size=8),
    separator=st.sampled_from(["", " ", "\n"]),
)
def test_any_text_said_again_and_again(extractor: Extractor, code: str, unit: list[str], separator: str) -> None:
    said = separator.join(unit) + separator
    extract_in_time(extractor, OPENINGS[code] + said * (20_000 // max(1, len(said.encode()))))


def test_budgets_grow_with_the_text_from_a_megabyte_on() -> None:
    pool = WorkerPool("ingest_fakes:Fake", Settings())
    article, megabyte, three = (pool._job("d", "x" * size) for size in (5_000, 1_000_000, 3 * 1024 * 1024))
    assert (article.seconds, article.megabytes) == (megabyte.seconds, megabyte.megabytes) == (5, 450)
    assert (three.seconds, three.megabytes) == (15, 750)


def test_what_takes_too_much_is_ended_and_its_worker_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "ingest"))
    texts = {"loop": "!loop\n", "hoard": "!hoard\n", "good": "KAZ+JPN: rail\n", "good too": "KAZ+TUR: gas\n"}
    with WorkerPool("ingest_fakes:Fake", Settings(workers=1, document_seconds=1)) as pool:
        results = pool.extract(texts.items())
    for name, reason in (
        ("loop", "more than 1 seconds of processor time.*BILATERAL_DOCUMENT_SECONDS"),
        ("hoard", "more than 450 MB of memory.*BILATERAL_WORKER_MEGABYTES"),
    ):
        failed = results[name]
        assert isinstance(failed, Failed) and not failed.raised
        assert re.search(reason, failed.problem), failed.problem
    assert [len(results[name]["agreement_claims"]) for name in ("good", "good too")] == [1, 1]
