"""The command line: `bilateral run`, `rebuild`, `status`, `sql`, `explain`, `score`, `dev`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import duckdb
import typer

from orchestration.console import talk
from orchestration.settings import Settings, SettingsError


class Exit(IntEnum):
    """What the exit codes mean; `bilateral --help` and the README list them."""

    DONE = 0
    FAILED = 1  # the run, a check or the warehouse
    USAGE = 2  # a wrong option, a missing folder, a setting that cannot be used
    NOTHING_YET = 3  # nothing is published
    NOT_FOUND = 4  # no such fact, claim or document
    BAD_SQL = 5
    BUSY = 6  # another run holds the warehouse
    INTERRUPTED = 130


EXIT_CODES = """Exit codes: 0 done; 1 the run failed; 2 wrong usage or settings; 3 nothing is published yet;
4 no such fact, claim or document; 5 the SQL was refused; 6 another run holds the warehouse; 130 interrupted."""

app = typer.Typer(
    help="Who agreed, paid and met: raw news in five languages in, queryable tables with their sentences out.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

RawOption = Annotated[Path | None, typer.Option("--raw", metavar="DIR", help="Folder with the news, one text a file. [raw]")]
DataOption = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder for all that is computed. [data]")]


def main() -> None:
    """Entry point of the `bilateral` program."""
    for stream in (sys.stdout, sys.stderr):
        # What arrived from outside may hold anything; a terminal that cannot show a character must not end the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()


def fail(code: Exit, text: str) -> NoReturn:
    talk(text)
    raise typer.Exit(code)


def settings_with(raw: Path | None = None, data: Path | None = None) -> Settings:
    """Settings from the environment, with the folders that were given on the command line."""
    try:
        settings = Settings.from_env()
        given = {name: path for name, path in (("raw_dir", raw), ("data_dir", data)) if path is not None}
        return replace(settings, **given)  # type: ignore[arg-type]
    except SettingsError as error:
        fail(Exit.USAGE, str(error))


@contextmanager
def to_reader() -> Iterator[None]:
    """Whoever reads our output (head, less) may leave when they have seen enough: that is no failure."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered must go somewhere when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(Exit.DONE) from None


@contextmanager
def published(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published copy; what stands in the way is told without a traceback."""
    from orchestration.warehouse.errors import WarehouseError
    from orchestration.warehouse.reader import NothingPublished, open_published

    try:
        connection = open_published(settings)
    except NothingPublished as error:
        fail(Exit.NOTHING_YET, str(error))
    except WarehouseError as error:
        fail(Exit.FAILED, str(error))
    try:
        with to_reader():
            yield connection
    finally:
        connection.close()


WaitOption = Annotated[
    bool | None,
    typer.Option("--wait/--no-wait", help="If another run is going on: wait for its end, or give up at once. [30 seconds]"),
]
ShowOption = Annotated[int, typer.Option("--show", metavar="N", min=0, help="How many facts of each kind to show at the end.")]


@app.command()
def run(raw: RawOption = None, data: DataOption = None, wait: WaitOption = None, show: ShowOption = 10) -> None:
    """Read what changed in the raw folder, bring the marts up to date and show what they hold."""
    _bring_up_to_date(settings_with(raw, data), wait, show)


@app.command()
def rebuild(raw: RawOption = None, data: DataOption = None, wait: WaitOption = None, show: ShowOption = 10) -> None:
    """Make the warehouse again from the raw folder: after damage, or to start afresh. What is published stays until it is done."""
    _bring_up_to_date(settings_with(raw, data), wait, show, again=True)


def _bring_up_to_date(settings: Settings, wait: bool | None, show: int, *, again: bool = False) -> None:
    from orchestration.console import Progress
    from orchestration.ingest.scan import RawFolderError
    from orchestration.runs import rebuild, refresh
    from orchestration.warehouse.errors import WarehouseBusy, WarehouseError
    from orchestration.warehouse.lock import warehouse_lock

    if not settings.raw_dir.is_dir():
        fail(
            Exit.USAGE, f"There is no folder {settings.raw_dir}. Create it and put .txt files into it, or name another with --raw."
        )
    seconds = None if wait is None else (float("inf") if wait else 0.0)
    progress = Progress()
    try:
        with progress.shown("Starting"), warehouse_lock(settings, wait_seconds=seconds):
            result = (rebuild if again else refresh)(settings, progress)
    except WarehouseBusy as error:
        fail(Exit.BUSY, str(error))
    except RawFolderError as error:
        fail(Exit.USAGE, str(error))
    except (WarehouseError, SettingsError) as error:
        fail(Exit.FAILED, str(error))
    except OSError as error:
        fail(Exit.FAILED, f"The data folder {settings.data_dir} cannot be used: {error}")
    except KeyboardInterrupt:
        fail(Exit.INTERRUPTED, "Interrupted. What was landed so far stays; run again to go on from there.")
    if not result.succeeded:
        if result.details:
            talk(result.details)
        fail(Exit.FAILED, f"The run failed: {result.problem}\nWhat was published before stays. Run again to try again.")
    from orchestration.report import show_marts, tell_run

    tell_run(settings, result)
    with published(settings) as connection:
        show_marts(connection, show)


@app.command()
def status(data: DataOption = None) -> None:
    """Files, documents and claims by language and kind, what is in quarantine and why, and the last run."""
    from orchestration.report import show_status

    settings = settings_with(data=data)
    with published(settings) as connection:
        show_status(connection, settings)


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="SELECT …; without it, a prompt.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values, with a header.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects.")] = False,
    data: DataOption = None,
) -> None:
    """Query the published tables, read-only: schemas marts, claims, landing and ref. `-` reads the query from stdin."""
    from orchestration.prompt import QueryRefused, prompt, query_and_show

    if as_csv and as_json:
        fail(Exit.USAGE, "--csv and --json exclude each other.")
    form = "csv" if as_csv else "json" if as_json else "table"
    if query == "-" or (query is None and not sys.stdin.isatty()):
        query = sys.stdin.read()
    settings = settings_with(data=data)
    with published(settings) as connection:
        try:
            if query is None:
                prompt(connection, form)
            else:
                query_and_show(connection, query, form)
        except QueryRefused as error:
            fail(Exit.BAD_SQL, str(error))
        except KeyboardInterrupt:
            fail(Exit.INTERRUPTED, "Interrupted.")


@app.command()
def explain(
    identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help="A fact or claim id, as in the tables.")] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="FILE", help="Instead of an id: a file of raw/, with every claim and near miss marked."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
    data: DataOption = None,
) -> None:
    """The sentences behind a fact or claim: document, language, offsets, rule, rate, and which claims were merged and why."""
    from orchestration import report
    from orchestration.warehouse import reader

    if (identifier is None) == (document is None):
        fail(Exit.USAGE, "Give either the id of a fact or claim, or --document FILE.")
    settings = settings_with(data=data)
    with published(settings) as connection:
        try:
            if document is not None:
                report.show_document(reader.document(connection, document), as_json)
            elif identifier is not None:
                report.show_explanation(connection, reader.explanation(connection, identifier), as_json)
        except reader.NotFound as error:
            fail(Exit.NOT_FOUND, str(error))


@app.command()
def score(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of gold files (*.json beside their texts).")],
    errors: Annotated[bool, typer.Option("--errors", help="List every missed, wrong and half-right claim.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """How good extraction is: precision, recall and F1 against texts whose claims are known."""
    from orchestration.report import show_scores
    from orchestration.score import GoldError, score_folders

    try:
        scores = score_folders(gold)
    except GoldError as error:
        fail(Exit.USAGE, str(error))
    with to_reader():
        show_scores(scores, errors=errors, as_json=as_json)


@app.command()
def dev(
    raw: RawOption = None,
    data: DataOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on 127.0.0.1.")] = 3000,
) -> None:
    """Serve the Dagster UI and its daemon on this machine only, until Ctrl-C."""
    from orchestration.runs import PortTaken, serve

    settings = settings_with(raw, data)
    talk(f"Dagster on http://127.0.0.1:{port} (Ctrl-C ends it); its files are in {settings.dagster_home}")
    try:
        serve(settings, port)
    except PortTaken as error:
        fail(Exit.USAGE, str(error))
    except OSError as error:
        fail(Exit.FAILED, f"The data folder {settings.data_dir} cannot be used: {error}")


if __name__ == "__main__":
    main()
