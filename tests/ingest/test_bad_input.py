"""Whatever lies in raw/: each file is ingested, or quarantined with a reason that says what to do; the others never notice.

All of it lies in one folder, read once with the real extractor; each test looks at one file.
"""

from __future__ import annotations

import os
import pickle
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from conftest import Desk
from places import once

from orchestration.ingest import read, scan
from orchestration.ingest.refresh import Engine, RefreshSummary, refresh_claims
from orchestration.settings import Settings
from orchestration.warehouse.audit import misplaced_evidence, orphan_claims

CLAIM = "Kazakhstan and Japan signed an agreement on water supply in Tokyo on 25 August 2025."
GOOD = f"date 2025-08-26\nNews from the capital of the country\n\n{CLAIM}\n"
TURKISH = "Türkiye ile Kazakistan arasında işbirliği anlaşması imzalandı. Görüşmeler sürüyor, çalışmalar başladı.\n"
RUSSIAN = "Казахстан и Россия подписали соглашение о сотрудничестве в области энергетики, сообщили в министерстве.\n"


def archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("news.txt", GOOD)
    return file.getvalue()


INGESTED = "ingested"
# Content → the status, or a pattern of the reason it is quarantined for.
CONTENT: dict[str, tuple[bytes | str, str]] = {
    "empty": ("", "is empty. Fill it or delete it"),
    "only spaces": (" \t\r\n \u00a0\u3000\u200b\ufeff", "only white space"),
    "one line of 10 MB": ("x" * 10_000_000, INGESTED),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "is a PDF document.*Export its text"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20, "is a JPEG picture"),
    "zip": (archive(), "is a zip archive or an Office document"),
    "random bytes": (bytes((i * i * 31 + i * 7) % 256 for i in range(5000)), "not plain text"),
    "NUL bytes": (GOOD.replace("Japan", "Ja\0pan"), "1 NUL byte .the first is byte 72"),
    "invalid UTF-8 in the middle": (TURKISH.encode() * 9 + b"\xc3\x28 \xff" + TURKISH.encode() * 9, r"is UTF-8, but byte \d+ .line 10. is not"),
    "cut off in a character": (TURKISH.encode() + "ş".encode()[:1], "ends in the middle of a character.*Copy it again"),
    "UTF-16 with BOM": (GOOD.encode("utf-16"), INGESTED),
    "UTF-16LE without BOM": (GOOD.encode("utf-16-le"), INGESTED),
    "UTF-16BE without BOM": (RUSSIAN.encode("utf-16-be"), INGESTED),
    "UTF-32 with BOM": (TURKISH.encode("utf-32"), INGESTED),
    "UTF-32 without BOM": (RUSSIAN.encode("utf-32-le"), INGESTED),
    "odd UTF-16": (GOOD.encode("utf-16") + b"a", "is marked as UTF-16.*damaged or cut off"),
    "UTF-8 with BOM": ((RUSSIAN + GOOD).encode("utf-8-sig"), INGESTED),
    "two encodings": (RUSSIAN.encode() * 3 + RUSSIAN.encode("cp1251"), "texts in different encodings were joined"),
    "mojibake": (TURKISH.encode().decode("cp1252"), "garbled before it came here.*iconv"),
    "HTML page": (f"<!DOCTYPE html><html><body><p>{CLAIM}</p></body></html>", "is an HTML page"),
    "tags": ("".join(f"<p>{word}</p><br/>" for word in GOOD.split()), "is an HTML page"),
    "right-to-left overrides": (GOOD.replace("Japan", "\u202eJapan\u202c\u2067\u2069"), INGESTED),
    "zero-width characters": (GOOD.replace("Japan", "Ja\u200bp\u200d\u2060an"), INGESTED),
    "control characters": (GOOD + "\x07\x1b[31mred\x1b[0m", INGESTED),
    "mostly control characters": ("\x01\x02\x03" * 500 + GOOD, "not plain text.*control characters"),
    "a million combining marks": (GOOD + "e" + "\u0301" * 1_000_000, INGESTED),
    "unsupported language": ("日本とカザフスタンは二十五日、東京で水道に関する協定に署名した。" * 5, INGESTED),
    "another language": ("Le Kazakhstan et le Japon ont signé un accord sur l'eau à Tokyo, selon le ministère. " * 5, INGESTED),
    "emoji": (GOOD + "👩‍👩‍👧‍👦🇰🇿🤝🇯🇵" * 300, INGESTED),
    "a number of 10,000 digits": (GOOD + f"Japan will provide Kazakhstan with a grant of ${'9' * 10_000} million.", INGESTED),
    "a number of 10,000 groups": (GOOD + f"Japan will provide Kazakhstan with a grant of ${'999,' * 10_000}999.", INGESTED),
    "no such day": (GOOD.replace("25 August 2025", "30 February 2025").replace("date 2025-08-26", "date 2025-02-30"), INGESTED),
    "years beyond the calendar": (GOOD.replace("2025", "99999") + "In the year 0000, on 00.00.0000 and 99.99.9999.", INGESTED),
    "SQL": (GOOD + "'; drop table landing.files; -- \" $$ ?1 :x {x}", INGESTED),
    "markup": (GOOD + "<script>alert(1)</script> [a](javascript:alert(1)) {{ 1 / 0 }} {% raise %} ${HOME} %s \\", INGESTED),
    "line ends of three systems": (GOOD.replace("\n", "\r") + "\r\n\u2028\x85" + GOOD, INGESTED),
    "ten thousand lines": ("a\n" * 10_000, INGESTED),
}  # fmt: skip

# Names of a file that holds an article of its own each.
NAMES = {
    "spaces": "  two  spaces .txt",
    "quotes": 'it\'s "quoted" `so`.txt',
    "newline": "two\nlines\tand a tab.txt",
    "composed": unicodedata.normalize("NFC", "Şükrü Қазақ й.txt"),
    "decomposed": unicodedata.normalize("NFD", "Şükrü Қазақ й.txt"),
    "255 bytes": "я" * 125 + "x.txt",
    "no UTF-8": os.fsdecode(b"caf\xe9 \xff.txt"),
    "control": "bell\x07 \x1b[31m.txt",
    "direction": "\u202etxt.exe.txt",
    "SQL": "'; drop table landing.files; --.txt",
    "HTML": "<img src=x onerror=alert(1)>.txt",
    "Markdown": "[click](x) ![](y) | a | **b**.txt",
    "Jinja": "{{ 1 - 0 }}{% raise %}.txt",
    "shell": "$(touch hacked) & -rf *.txt",
    "dots": "....txt",
    "format": "%s %d {0} {x}.txt",
    "emoji": "🇰🇿🤝.TXT",
}


@dataclass
class Bad:
    """The folder after a refresh: rows of the ledger, bodies and agreements by source_path."""

    summary: RefreshSummary
    again: RefreshSummary
    files: dict[str, dict]
    outside: Path
    raw: Path

    def expect(self, name: str, expected: str) -> dict:
        row = self.files[name]
        if expected == INGESTED:
            assert row["status"] in (INGESTED, "duplicate") and row["problem"] is None, row["problem"]
        else:
            assert (row["status"], row["document_id"]) == ("quarantined", None)
            assert re.search(expected, row["problem"], re.DOTALL), row["problem"]
            assert "Traceback" not in row["problem"] and "Error" not in row["problem"]
        return row


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Bad:
    """Read by the first of several test processes that ask."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "bad"
    once(folder, lambda: (folder / "bad.pickle").write_bytes(pickle.dumps(read_bad(folder))))
    return pickle.loads((folder / "bad.pickle").read_bytes())


def read_bad(base: Path) -> Bad:
    settings = Settings(raw_dir=base / "raw", data_dir=base / "data", workers=2)
    raw, outside = settings.raw_dir, base / "outside"
    (raw / "names").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text(GOOD.replace("water", "secret"))
    for name, (content, _) in CONTENT.items():
        (raw / f"{name}.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    for name, shown in NAMES.items():
        (raw / "names" / shown).write_text(GOOD.replace("water supply", f"{name} supply"))
    with (raw / "200 MB.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (raw / "link out.txt").symlink_to(outside / "secret.txt")
    (raw / "link to nothing.txt").symlink_to(raw / "nothing")
    (raw / "link in.txt").symlink_to(raw / "unsupported language.txt")
    (raw / "loop a.txt").symlink_to(raw / "loop b.txt")
    (raw / "loop b.txt").symlink_to(raw / "loop a.txt")
    (raw / "itself").symlink_to(raw)
    (raw / "folder out").symlink_to(outside)
    (raw / "folder.txt").mkdir()
    (raw / "folder.txt" / "inside.txt").write_text(GOOD.replace("water", "inside"))
    os.mkfifo(raw / "pipe.txt")
    summary = refresh_claims(settings, engine=Engine.installed())
    again = refresh_claims(settings, engine=Engine.installed())
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as connection:
        cursor = connection.execute(
            """
            select f.*, d.body, d.language, d.published_on,
                (select list(subject) from claims.agreement_claims as c where c.document_id = f.document_id) as subjects
            from landing.files as f left join landing.documents as d using (document_id)
            """
        )
        columns = [column[0] for column in cursor.description]
        files = {row["source_path"]: row for row in (dict(zip(columns, values, strict=True)) for values in cursor.fetchall())}
        assert misplaced_evidence(connection) == [] and orphan_claims(connection) == []
    return Bad(summary, again, files, outside, raw)


@pytest.mark.parametrize("name", CONTENT)
def test_content(bad: Bad, name: str) -> None:
    content, expected = CONTENT[name]
    row = bad.expect(f"{name}.txt", expected)
    if expected == INGESTED and isinstance(content, str):
        assert row["body"] == content
    if expected == INGESTED and isinstance(content, str) and content.startswith(GOOD):
        assert row["subjects"], "the claim beside the trouble is lost"


@pytest.mark.parametrize("name", NAMES)
def test_names(bad: Bad, name: str) -> None:
    shown = f"names/{NAMES[name]}".encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    row = bad.expect(shown, INGESTED)
    assert row["body"] == GOOD.replace("water supply", f"{name} supply")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("200 MB.txt", "is too large: 209,715,200 bytes.*limit is 20,971,520.*Split it"),
        ("link out.txt", "leads out of the raw folder.*is not followed. Put a copy of the file here"),
        ("link to nothing.txt", "leads nowhere. Delete it or mend it"),
        ("loop a.txt", "link is broken .*Delete it or mend it"),
        ("loop b.txt", "link is broken"),
        ("folder out/", "leads out of the raw folder"),
        ("pipe.txt", "not a file but a pipe, socket or device. Remove it"),
    ],
)
def test_what_is_no_file(bad: Bad, name: str, expected: str) -> None:
    bad.expect(name, expected)


def test_links_inside_are_followed_and_those_outside_are_not(bad: Bad) -> None:
    assert bad.files["link in.txt"]["document_id"] == bad.files["unsupported language.txt"]["document_id"]
    assert "folder.txt" not in bad.files and bad.files["folder.txt/inside.txt"]["status"] == INGESTED
    assert not any(name.startswith("itself") or "secret" in str(row["body"]) for name, row in bad.files.items())


def test_no_day_of_the_calendar_is_made_up(bad: Bad) -> None:
    assert bad.files["no such day.txt"]["published_on"] is None
    assert bad.files["unsupported language.txt"]["language"] is None
    assert bad.files["another language.txt"]["language"] is None


def test_the_refresh_is_whole(bad: Bad) -> None:
    assert bad.summary.new == len(bad.files) == len(list(bad.files))
    assert not (bad.raw / "hacked").exists() and not Path("hacked").exists()
    # Quarantined files are not tried again; those written in the clock tick of their reading are read once more.
    assert bad.again.nothing_changed


def test_permission_denied(desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Root reads everything, so the system's answer is put in its place."""
    desk.write("a.txt", "KAZ+JPN: rail\n")
    denied = str(desk.write("b.txt", "KAZ+JPN: road\n"))
    original = os.open

    def opening(path: str, *arguments: int, **named: int) -> int:
        if path == denied:
            raise PermissionError(13, "Permission denied", path)
        return original(path, *arguments, **named)

    monkeypatch.setattr(read.os, "open", opening)
    desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "b.txt": "quarantined"}
    assert "permission denied). Give read permission: chmod a+r" in desk.problem("b.txt")
    monkeypatch.setattr(read.os, "open", original)
    desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "b.txt": "ingested"}


def test_a_folder_that_cannot_be_listed_keeps_what_is_known_of_it(
    desk: Desk, inline: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.txt", "KAZ+JPN: rail\n")
    desk.write("shut/b.txt", "KAZ+JPN: road\n")
    desk.refresh()
    original = os.scandir

    def listing(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    monkeypatch.setattr(scan.os, "scandir", listing)
    desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "shut/": "quarantined", "shut/b.txt": "ingested"}
    monkeypatch.setattr(scan.os, "scandir", original)
    desk.refresh()
    assert desk.statuses() == {"a.txt": "ingested", "shut/": "removed", "shut/b.txt": "ingested"}
