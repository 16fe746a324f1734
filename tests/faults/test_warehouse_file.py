"""A warehouse file that is damaged, of another version, or on a disk that is full or may not be written: what is said, what stays."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.ingest.refresh import Engine, refresh_claims
from orchestration.settings import Settings
from orchestration.warehouse import (
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseUnwritable,
    WarehouseVersion,
    migrations,
    open_warehouse,
    publish,
    warehouse_lock,
)
from orchestration.warehouse.ledger import read_ledger
from orchestration.warehouse.schema import SCHEMA_VERSION, TABLES
from orchestration.warehouse.store import create_tables, set_aside

OLD = Path(__file__).with_name("warehouse_of_schema_1.sql")


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder with a warehouse of one file and its published copy, in a place that any user can reach."""
    with tempfile.TemporaryDirectory(prefix="bilateral-test-") as folder:
        Path(folder).chmod(0o755)
        settings = Settings(raw_dir=Path(folder) / "raw", data_dir=Path(folder) / "data")
        settings.raw_dir.mkdir()
        with open_warehouse(settings) as connection:
            connection.execute(
                "insert into landing.files by name select 'a.txt' as source_path, 1 as size_bytes, now()::timestamp as modified_at,"
                " now()::timestamp as first_seen_at, 'quarantined' as status, 'x' as problem, 1 as batch_id"
            )
            publish(connection, settings)
        yield settings.data_dir


@pytest.fixture
def settings(made: Path) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="bilateral-test-") as folder:
        Path(folder).chmod(0o755)
        shutil.copytree(made, Path(folder) / "data")
        (Path(folder) / "raw").mkdir()
        yield Settings(raw_dir=Path(folder) / "raw", data_dir=Path(folder) / "data", lock_wait_seconds=0)


def published_files(settings: Settings) -> int:
    with duckdb.connect(str(settings.published_path), read_only=True) as connection:
        return connection.execute("select count(*) from landing.files").fetchall()[0][0]


def checksum(block: bytes) -> int:
    """DuckDB's own, over the header block of a file."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= (word * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    return result


def of_a_newer_duckdb(data: bytes) -> bytes:
    header = bytearray(data[:4096])
    header[12:20] = struct.pack("<Q", 300)
    header[:8] = struct.pack("<Q", checksum(bytes(header[8:])))
    return bytes(header) + data[4096:]


def with_holes(data: bytes) -> bytes:
    holed = bytearray(data)
    for start in range(12_288, len(data), 20_000):
        holed[start : start + 64] = bytes(64)
    return bytes(holed)


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        (lambda data: b"", WarehouseDamaged, "is damaged or is no DuckDB file"),
        (lambda data: b"\0" * 4096, WarehouseDamaged, "is damaged or is no DuckDB file"),
        (lambda data: b"id,name\n1,x\n" * 1000, WarehouseDamaged, "is damaged or is no DuckDB file"),
        (lambda data: data[:100], WarehouseDamaged, "is damaged or is no DuckDB file"),
        (lambda data: data[: len(data) // 2], WarehouseDamaged, "is damaged or is no DuckDB file"),
        (with_holes, WarehouseDamaged, "is damaged or is no DuckDB file"),
        (of_a_newer_duckdb, WarehouseVersion, "was written by another version of DuckDB"),
    ],
    ids=["empty", "zeros", "text", "header only", "cut in half", "holes", "newer DuckDB"],
)
def test_a_damaged_file(settings: Settings, damage, error: type[Exception], says: str) -> None:
    path = settings.warehouse_path
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(error, match=says) as caught, open_warehouse(settings) as connection:
        read_ledger(connection)
    assert "`bilateral rebuild` makes it again" in str(caught.value)
    assert path.read_bytes() == before
    assert published_files(settings) == 1
    # What rebuild does first.
    with warehouse_lock(settings):
        aside = set_aside(settings)
    assert aside is not None and aside.read_bytes() == before
    with open_warehouse(settings) as connection:
        assert read_ledger(connection).is_empty()


def test_a_folder_in_the_place_of_the_file(settings: Settings) -> None:
    settings.warehouse_path.unlink()
    settings.warehouse_path.mkdir()
    with pytest.raises(WarehouseDamaged, match="is damaged or is no DuckDB file"), open_warehouse(settings):
        pass


def test_another_database(settings: Settings) -> None:
    settings.warehouse_path.unlink()
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute("create table mine as select 1")
    with pytest.raises(WarehouseVersion, match=r"not a warehouse of this project. Move it away"), open_warehouse(settings):
        pass


def test_the_warehouse_of_a_newer_project(settings: Settings) -> None:
    with open_warehouse(settings) as connection:
        connection.execute("update landing.meta set schema_version = 999")
    with pytest.raises(WarehouseVersion, match=r"has schema 999.*Update the project"), open_warehouse(settings):
        pass


# Older versions of the project.


def old_warehouse(settings: Settings, script: str) -> None:
    settings.warehouse_path.unlink()
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute(script)


def shape(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    return connection.execute(
        """
        select schema_name, table_name, column_name, data_type, is_nullable from duckdb_columns()
        where database_name = current_catalog() and schema_name in ('landing', 'claims') order by all
        """
    ).fetchall()


def test_an_old_warehouse_is_migrated_with_all_it_holds(settings: Settings) -> None:
    with open_warehouse(settings) as connection:
        wanted = shape(connection)
    old_warehouse(settings, OLD.read_text("utf-8"))
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        before = {table.name: connection.execute(f"select * from {table.name} order by all").fetchall() for table in TABLES}
    assert before["claims.agreement_claims"] and before["landing.files"]
    with open_warehouse(settings) as connection:
        assert connection.execute("select schema_version, duckdb_version from landing.meta").fetchall() == [
            (SCHEMA_VERSION, f"v{duckdb.__version__}")
        ]
        assert shape(connection) == wanted
        assert before == {table.name: connection.execute(f"select * from {table.name} order by all").fetchall() for table in TABLES}


def test_a_migration_that_fails_changes_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    old_warehouse(settings, OLD.read_text("utf-8"))
    monkeypatch.setitem(migrations.MIGRATIONS, 1, (*migrations.MIGRATIONS[1], "insert into nowhere values (1)"))
    with pytest.raises(duckdb.CatalogException, match="nowhere"), open_warehouse(settings):
        pass
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        assert connection.execute("select * exclude (created_at) from landing.meta").fetchall() == [(1,)]


def test_what_is_too_old_to_migrate_is_left_alone_and_says_so(settings: Settings) -> None:
    old_warehouse(settings, OLD.read_text("utf-8"))
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute("update landing.meta set schema_version = 0")
    before = settings.warehouse_path.read_bytes()
    with pytest.raises(WarehouseVersion, match=r"has schema 0.*`bilateral rebuild` makes it again"), open_warehouse(settings):
        pass
    assert settings.warehouse_path.read_bytes() == before


def test_every_older_schema_has_a_decision() -> None:
    assert set(migrations.MIGRATIONS) == set(range(SCHEMA_VERSION))


def test_the_tables_are_those_of_this_schema_version() -> None:
    """Fails when a table changes. Then raise SCHEMA_VERSION, decide in migrations.py, keep a warehouse of the version before."""
    with duckdb.connect() as connection:
        create_tables(connection)
        columns = [" ".join(map(str, row)) for row in shape(connection)]
    assert (SCHEMA_VERSION, hashlib.sha256("\n".join(columns).encode()).hexdigest()[:12]) == (2, "8c764414703f")


# The disk and its rights.


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may write everywhere: be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_data_folder_that_may_not_be_written(settings: Settings) -> None:
    for path in (settings.data_dir, *settings.data_dir.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with (
            without_privileges(),
            pytest.raises(WarehouseUnwritable, match=r"cannot be written .*Give yourself write permission"),
            open_warehouse(settings),
        ):
            pass
        with without_privileges():
            assert published_files(settings) == 1
    finally:
        for path in (settings.data_dir, settings.published_path.parent):
            path.chmod(0o755)


def test_a_warehouse_file_that_may_not_be_written(settings: Settings) -> None:
    settings.data_dir.chmod(0o777)
    (settings.data_dir / "warehouse.lock").chmod(0o666)
    settings.warehouse_path.chmod(0o444)
    with (
        without_privileges(),
        pytest.raises(WarehouseUnwritable, match="cannot be opened for writing"),
        open_warehouse(settings),
    ):
        pass


def test_a_file_where_the_data_folder_should_be(settings: Settings) -> None:
    there = settings.data_dir.parent / "file"
    there.write_text("")
    with pytest.raises(WarehouseUnwritable, match="in the way"), open_warehouse(replace(settings, data_dir=there)):
        pass


FULL = """
import resource, signal, sys
from orchestration.settings import Settings
from orchestration.ingest.refresh import Engine, refresh_claims
from orchestration.warehouse import WarehouseUnwritable, open_warehouse, publish
settings = Settings.from_env()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
# A file that may not grow is to a program what a full disk is.
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    if sys.argv[1] == "refresh":
        refresh_claims(settings, engine=Engine("ingest_fakes:Fake", "one"))
    else:
        with open_warehouse(settings) as connection:
            publish(connection, settings)
except WarehouseUnwritable as error:
    print(error)
"""


@pytest.mark.parametrize("step", ["refresh", "publish"])
def test_a_full_disk(settings: Settings, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Where the extractor of these tests is.
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "ingest"))
    texts = {f"{number}.txt": f"KAZ+JPN: {number}\n" + os.urandom(200_000).hex() for number in range(6)}
    for name, text in texts.items():
        (settings.raw_dir / name).write_text(text)
    environment = {
        **os.environ,
        **replace(settings, batch_documents=2, workers=1).to_env(),
        "PYTHONPATH": str(Path(__file__).parents[1] / "ingest"),
    }
    done = subprocess.run([sys.executable, "-c", FULL, step], env=environment, capture_output=True, text=True, check=True)
    assert "is full. Free some space and run again: nothing is lost" in done.stdout, done.stderr
    assert published_files(settings) == 1
    left = {path.name for path in settings.published_path.parent.iterdir()}
    assert left == {settings.published_path.name}
    with open_warehouse(settings) as connection:
        ledger = read_ledger(connection)
        assert "a.txt" in ledger["source_path"].to_list() and len(ledger) < 7
    # With room again, the next refresh completes it.
    refresh_claims(settings, engine=Engine("ingest_fakes:Fake", "one"))
    with open_warehouse(settings) as connection:
        assert connection.execute("select count(*) from claims.agreement_claims").fetchall() == [(6,)]


# Others who have the file.


def test_a_program_that_has_the_file_open(settings: Settings) -> None:
    holding = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb; held = duckdb.connect({str(settings.warehouse_path)!r}); print(1, flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holding.stdout is not None
    holding.stdout.readline()
    try:
        says = f"is open in process {holding.pid}.*query the published copy"
        with pytest.raises(WarehouseBusy, match=says), open_warehouse(settings):
            pass
    finally:
        holding.communicate(b"\n")
    with open_warehouse(settings):
        pass
