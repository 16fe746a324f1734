"""How the command line shows things: tables on a terminal, plain lines in a pipe, data on stdout and talk on stderr."""

from __future__ import annotations

import csv
import json
import math
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from orchestration.present import ELLIPSIS, plain, shorten, visible

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 160
# Seconds between lines about progress when nobody can see a bar move.
LINE_EVERY = 5.0


def talk(text: str) -> None:
    """Say something to the user, on stderr. Names and texts in it are shown as text."""
    print(text, file=sys.stderr)


def console(stream: TextIO | None = None) -> Console:
    """A Rich console for stdout (or the stream); a pipe gets a fixed width and no colour."""
    from rich.console import Console

    stream = stream or sys.stdout
    width = None if stream.isatty() else PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


class Progress:
    """A bar on a terminal, a line every few seconds elsewhere. Called with (what, done, total); what is done comes from a run.

    May be called from several threads: dbt finishes models in some of its own.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self._bar: Any = None
        self._task: Any = None
        self._stage = ""
        self._said = 0.0
        self._lock = threading.Lock()

    def __call__(self, what: str, done: int, total: int) -> None:
        with self._lock:
            self._show(what, done, total)

    def _show(self, what: str, done: int, total: int) -> None:
        stage = what.partition(":")[0]
        if self._bar is not None:
            self._bar.update(self._task, description=shorten(visible(what), 60), completed=done, total=total or None)
        elif stage != self._stage or done == total or time.monotonic() - self._said >= LINE_EVERY:
            # In a pipe: the start and the end of each stage, and a sign of life between.
            if stage != self._stage or done == total or total:
                print(f"{visible(stage)} {done}/{total}" if total else visible(what), file=self.stream, flush=True)
            self._said = time.monotonic()
        self._stage = stage

    @contextmanager
    def shown(self, first: str) -> Iterator[Progress]:
        """Show progress while the block runs."""
        if not self.stream.isatty():
            print(first, file=self.stream, flush=True)
            yield self
            return
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Bar(*columns, console=console(self.stream), transient=True) as self._bar:
            self._task = self._bar.add_task(first, total=None)
            try:
                yield self
            finally:
                self._bar = None


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[str] = ()) -> None:
    """A table for people on stdout. Cells are shown as text, whatever they hold; the last column takes the room that is left."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    right = set(numbers)
    for position, column in enumerate(columns):
        last = position == len(columns) - 1
        table.add_column(
            Text(column), justify="right" if column in right else "left", overflow="fold", no_wrap=False, ratio=1 if last else None
        )
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    screen = console()
    with screen.capture() as captured:
        screen.print(table)
    # Rich fills lines up with spaces, which only get in the way of whoever cuts and compares lines.
    for line in captured.get().splitlines():
        print(line.rstrip())
    # What is said next on stderr comes below it, wherever both go.
    sys.stdout.flush()


def show_records(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str, limit: int | None = None) -> int:
    """The result of a query on stdout as `table`, `csv` or `json`; returns how many rows there were.

    CSV and JSON carry every value whole. In a table on a terminal, long cells are cut and at most `limit` rows shown.
    """
    if form == "csv":
        return _write_csv(columns, rows)
    if form == "json":
        return _write_json(columns, rows)
    return _write_table(columns, rows, limit)


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_flat(value) for value in row])
        count += 1
    return count


def _flat(value: Any) -> Any:
    """A cell of CSV: lists and structures as JSON."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(for_json(value), ensure_ascii=False)
    return for_json(value)


def _write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    sys.stdout.write("[")
    for row in rows:
        record = {column: for_json(value) for column, value in zip(columns, row, strict=True)}
        sys.stdout.write(("," if count else "") + "\n" + json.dumps(record, ensure_ascii=False, allow_nan=False))
        count += 1
    sys.stdout.write("\n]\n" if count else "]\n")
    return count


def for_json(value: Any) -> Any:
    """A value as JSON can carry it: dates as ISO text, what is no number null, other types as text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): for_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [for_json(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], limit: int | None) -> int:
    """Columns side by side, each as wide as its longest cell: nothing is wrapped, so that lines can be searched and cut."""
    terminal = sys.stdout.isatty()
    widest = 60 if terminal else 1_000_000
    shown: list[list[str]] = []
    numeric = [True] * len(columns)
    count = 0
    for row in rows:
        count += 1
        if limit is not None and count > limit:
            continue
        shown.append([shorten(plain(value), widest) for value in row])
        numeric = [
            so_far and (value is None or (isinstance(value, int | float) and not isinstance(value, bool)))
            for so_far, value in zip(numeric, row, strict=True)
        ]
    from rich.cells import cell_len

    cells = [[visible(column) for column in columns], *shown]
    widths = [max(cell_len(line[position]) for line in cells) for position in range(len(columns))]
    rule = ["-" * width for width in widths]
    for line in (cells[0], rule, *shown):
        parts = []
        for cell, width, right in zip(line, widths, numeric, strict=True):
            gap = " " * (width - cell_len(cell))
            parts.append(gap + cell if right else cell + gap)
        print("  ".join(parts).rstrip())
    if limit is not None and count > limit:
        talk(f"{ELLIPSIS} {limit} of {count} rows are shown; --csv and --json give all, `limit` in the query fewer.")
    return count


def money(amount: float | None, currency: str | None, bound: str | None = None) -> str:
    """`> 7,400,000 JPY`; empty if there is no amount."""
    if amount is None:
        return ""
    sign = {"at_least": "> ", "at_most": "< ", "about": "~ "}.get(bound or "", "")
    figure = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
    return f"{sign}{figure} {currency or ''}".rstrip()
