"""Extractors for the tests of ingestion: what they claim is plain from the text.

Each line "KAZ+JPN: words" is one agreement of these countries; "KAZ>JPN 5: words" a grant of 5 dollars; "KAZ&JPN: words" a meeting;
"?: words" a near miss. A line that begins with "!" misbehaves.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from types import SimpleNamespace

LINE = re.compile(
    r"^(?:(?P<one>[A-Z]{3})(?P<kind>[+>&])(?P<other>[A-Z]{3})(?: (?P<amount>\d+))?|\?): ?(?P<words>[^\r\n]*)", re.MULTILINE
)


class Fake:
    version = "one"

    def extract(self, text: str, document_id: str) -> SimpleNamespace:
        for trouble in re.findall(r"^!(\w+)", text, re.MULTILINE):
            self.misbehave(trouble)
        found = SimpleNamespace(
            language="en" if text.isascii() else "tr",
            published_on=None,
            published_on_basis=None,
            title=text.strip().splitlines()[0][:100],
            agreement_claims=[],
            flow_claims=[],
            meeting_claims=[],
            rejected_candidates=[],
        )
        for match in LINE.finditer(text):
            evidence = {"evidence": match[0], "evidence_start": match.start(), "evidence_end": match.end()}
            if match["kind"] is None:
                found.rejected_candidates.append(
                    {"document_id": document_id, "candidate": "flow", "reason": "a question", **evidence}
                )
                continue
            seed = f"{document_id}|{self.version}|{match.start()}|{match[0]}"
            row = {
                "claim_id": f"{match['kind']}{hashlib.sha256(seed.encode()).hexdigest()[:12]}",
                "document_id": document_id,
                **evidence,
                "rule": "line",
                "extractor_version": self.version,
            }
            countries = sorted([match["one"], match["other"]])
            if match["kind"] == "+":
                empty = ("signed_on", "signed_on_precision", "amount", "currency", "amount_bound")
                found.agreement_claims.append(
                    row
                    | dict.fromkeys(empty)
                    | {"parties": countries, "kind": "agreement", "status": self.status(text), "instrument_count": 1}
                    | {"instrument_count_bound": "exact", "subject": match["words"], "sectors": []}
                )
            elif match["kind"] == ">":
                found.flow_claims.append(
                    row
                    | {"flow_type": "grant", "provider": match["one"], "recipient": match["other"], "pair": countries}
                    | {"amount": float(match["amount"] or 1), "currency": "USD", "amount_bound": "exact"}
                    | {"period_start": None, "period_end": None}
                )
            else:
                empty = ("started_on", "ended_on", "date_precision", "city", "host_country", "forum")
                people = [{"name": match["words"], "country": match["one"], "role": "other"}]
                found.meeting_claims.append(
                    row
                    | dict.fromkeys(empty)
                    | {"countries": countries, "participants": people, "medium": "in_person", "status": "held"}
                )
        return found

    def status(self, text: str) -> str:
        return "dubious" if "!dubious" in text else "signed"

    def misbehave(self, trouble: str) -> None:
        if trouble == "raise":
            raise ValueError("no\nsense in it")
        if trouble == "loop":
            while True:
                pass
        if trouble == "sleep":
            time.sleep(60)
        if trouble == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if trouble == "hoard":
            bytearray(10**12)


class FakeTwo(Fake):
    version = "two"


class NotInstalled:
    def __init__(self) -> None:
        raise ImportError("no pack for any language")
