"""The same text gives the same claims in every process: their ids, and with them every fact, hang on it.

Found on 2026-11-25 by comparing two runs: readings of a word came in the order of a set of strings, which Python shuffles anew
in each process, and one document in 109 had another meeting in some of the runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"

PROGRAM = """
import hashlib, pathlib, sys
from orchestration.extract.pipeline import Extractor
extractor = Extractor()
for path in sys.argv[1:]:
    text = pathlib.Path(path).read_text("utf-8-sig")
    print(pathlib.Path(path).name, hashlib.sha256(repr(extractor.extract(text, "d-0")).encode()).hexdigest())
"""


def test_claims_do_not_depend_on_the_order_of_sets() -> None:
    texts = sorted(CORPUS.rglob("*.txt"))
    # All that hung on the order when this was written, and every fifth of the others.
    chosen = [str(path) for number, path in enumerate(texts) if number % 5 == 0 or path.stem == "kk-d11"]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *chosen],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    first, second = (run.communicate()[0].splitlines() for run in runs)
    assert len(first) == len(chosen)
    assert first == second
