"""What a query may not do, where the servers listen, what is installed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import duckdb
import pytest

from orchestration import runs
from orchestration.settings import Settings, project_root
from orchestration.warehouse.reader import open_published

SECRET = "the content of another file"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    base = tmp_path_factory.mktemp("published")
    settings = Settings(raw_dir=base / "raw", data_dir=base / "data")
    settings.published_path.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.published_path)) as connection:
        connection.execute("create schema marts; create table marts.agreements as select 1 as id")
    (base / "secret.csv").write_text(SECRET)
    with duckdb.connect(str(base / "other.duckdb")) as connection:
        connection.execute(f"create table secrets as select '{SECRET}' as secret")
    return settings


REFUSED = [
    # Other files: reading.
    "from read_csv('{base}/secret.csv')",
    "from '{base}/secret.csv'",
    "from read_text('{base}/*')",
    "from read_blob('/etc/passwd')",
    "from read_json('{base}/secret.csv')",
    "from read_parquet('{base}/secret.csv')",
    "from glob('{base}/*')",
    "from sniff_csv('{base}/secret.csv')",
    "attach '{base}/other.duckdb'",
    "attach '{base}/other.duckdb' (read_only)",
    "import database '{base}'",
    # Other files: writing.
    "copy marts.agreements to '{base}/out.csv'",
    "copy (select 1) to '{published}' (format csv)",
    "copy (select 1) to '{published}.csv'",
    "export database '{base}/out'",
    "attach '{base}/new.duckdb'",
    "set temp_directory = '{base}/spill'",
    "pragma enable_profiling = 'json'",
    "pragma profiling_output = '{base}/profile.json'",
    "set log_query_path = '{base}/log'",
    # The published copy itself.
    "insert into marts.agreements values (2)",
    "update marts.agreements set id = 2",
    "delete from marts.agreements",
    "drop table marts.agreements",
    "create table marts.mine as select 1",
    "create schema mine",
    "alter table marts.agreements add column x int",
    # The network, extensions, secrets.
    "from 'https://example.invalid/x.csv'",
    "from read_csv('http://127.0.0.1:1/x.csv')",
    "from 's3://bucket/x.parquet'",
    "install httpfs",
    "load httpfs",
    "load '{base}/x.duckdb_extension'",
    "install spatial from community",
    "create persistent secret mine (type s3, key_id 'x', secret 'y')",
    # Lifting any of this.
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "pragma enable_external_access = true",
    "set allowed_directories = ['/']",
    "set allow_unsigned_extensions = true",
    "set access_mode = 'read_write'",
]


def test_a_query_reads(settings: Settings) -> None:
    with open_published(settings) as connection:
        assert connection.execute("with x as (from marts.agreements) select count(*) from x").fetchall() == [(1,)]


@pytest.mark.parametrize("query", REFUSED)
def test_a_query_does_nothing_else(settings: Settings, query: str) -> None:
    base = settings.data_dir.parent
    before = {path: path.stat().st_mtime_ns for path in base.rglob("*")}
    with open_published(settings) as connection, pytest.raises((duckdb.Error, RuntimeError)) as caught:
        print(connection.execute(query.format(base=base, published=settings.published_path)).fetchall())
    assert SECRET not in str(caught.value)
    assert {path: path.stat().st_mtime_ns for path in base.rglob("*")} == before


def test_no_local_files_through_python(settings: Settings) -> None:
    """DuckDB's Python package would find the program's own variables as tables."""
    import polars as pl

    frame = pl.DataFrame({"secret": [SECRET]})
    with open_published(settings) as connection, pytest.raises(duckdb.Error):
        connection.execute("from frame")
    assert frame.height == 1


def test_the_servers_listen_on_this_machine_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Started(Exception):
        pass

    def start(program: str, command: list[str]) -> None:
        raise Started(command)

    monkeypatch.setattr(os, "execv", start)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Started) as caught:
        runs.serve(Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data"), port)
    command = caught.value.args[0]
    assert command[command.index("--host") + 1] == "127.0.0.1"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project_root(), capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [project_root() / name for name in listed.stdout.decode().split("\0") if name]


def test_nothing_listens_elsewhere_or_carries_a_secret() -> None:
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[0-9A-Za-z]{36}\b"
        r"|(?i:\b(?:password|passwd|api_?key|secret_?key|access_?token)\b\s*[:=]\s*[\"'][^\"'\s]{8,}[\"'])"
    )
    open_to_all = re.compile(r"\b0\.0\.0\.0\b|--host[= ](?!127\.0\.0\.1|localhost)\d")
    found = []
    for path in tracked():
        if path.suffix in (".parquet", ".duckdb") or path == Path(__file__) or not path.is_file():
            continue
        text = path.read_text("utf-8", "replace")
        found.extend(f"{path.name}: {match[0]}" for pattern in (secret, open_to_all) for match in pattern.finditer(text))
    assert found == []


def test_every_dependency_is_pinned_with_its_hash() -> None:
    lock = tomllib.loads((project_root() / "uv.lock").read_text("utf-8"))
    for package in lock["package"]:
        if "editable" in package["source"] or "virtual" in package["source"]:
            assert package["name"] == "bilateral"
            continue
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert package["version"] and files, package["name"]
        for file in files:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), (package["name"], file)
