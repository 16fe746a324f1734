from __future__ import annotations

from pathlib import Path

from tests.faults.readers import watch


def test_readers_see_the_state_before_or_after_and_never_between(tmp_path: Path) -> None:
    watched = watch(tmp_path, readers=8, editions=12, pause=0.1)
    assert watched.wrong == []
    # Each process answered throughout, and met more than the first and the last state.
    assert watched.queries >= 8 * 5 and min(watched.editions) >= 3
