"""Brings the generated parts of README.md and orchestration/docs/warehouse.md up to date: `make docs`.

In README.md, what stands between `<!-- NAME -->` and `<!-- end NAME -->` is written anew. `session` blocks are runs of the program:
their lines beginning with `$ ` are carried out one after the other, on a copy of raw/ in a temporary folder, and what they
print is put below them. `lines=N` shows the first N lines of each output, `width=N` cuts longer lines.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import typer

from orchestration.cli import Exit, app
from orchestration.present import ELLIPSIS, shorten
from orchestration.score import KINDS, Scores, score_folders
from orchestration.settings import MEGABYTE, Settings, project_root, variable

ROOT = project_root()
README = ROOT / "README.md"
WAREHOUSE = ROOT / "orchestration" / "docs" / "warehouse.md"
# Texts that rules were written with, and texts that they were not.
GOLD = {"accuracy": ("tests/corpus/dev", "tests/corpus/stories"), "unseen": ("tests/corpus/unseen",)}

BLOCK = re.compile(r"<!-- (?P<name>[a-z]+)(?P<options>[^>]*?) -->\n(?P<content>.*?)<!-- end (?P=name) -->", re.DOTALL)
IDENTIFIER = re.compile(r"\b(agreement|flow|meeting)-[0-9a-f]{12}\b")
# Facts that sessions explain: of each kind the one reported in most languages, first by id among equals.
EXAMPLES = """
select fact_id from marts.fact_sources where fact_type = ?
group by fact_id order by count(distinct language) desc, count(*) desc, fact_id limit 1
"""

EXIT_MEANINGS = {
    Exit.DONE: "done",
    Exit.FAILED: "the run, a check or the warehouse failed; stderr says what and what to do",
    Exit.USAGE: "wrong usage, a missing folder, or a setting that cannot be used",
    Exit.NOTHING_YET: "nothing is published yet",
    Exit.NOT_FOUND: "no such fact, claim or document",
    Exit.BAD_SQL: "the SQL was refused",
    Exit.BUSY: "another run holds the warehouse",
    Exit.INTERRUPTED: "interrupted; what was landed stays, the next run goes on from there",
}
SETTING_MEANINGS = {
    "raw_dir": "Folder with the news, one text a file (`*.txt`, in folders of any depth)",
    "data_dir": "Folder for all that is computed; can be deleted at any time",
    "max_file_bytes": "A larger file is quarantined unread",
    "batch_documents": "Documents in one transaction: what a kill can cost to read again",
    "workers": "Processes that extract",
    "document_seconds": "Processor seconds for one document (for each megabyte of it, if it has several) before it is quarantined",
    "worker_megabytes": "Memory of one extracting process, packs included; documents of several megabytes may take more",
    "lock_wait_seconds": "How long to wait for another run before giving up",
    "publish_text_bytes": "Texts are in the published copy up to this sum; `explain --document` needs them",
}


def commands_table() -> str:
    """Every command with its arguments and options, from the program itself."""
    lines = ["| command | what it does |", "| --- | --- |"]
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        lines.append(f"| `bilateral {name}` | {_cell(command.help)} |")
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                shown = parameter.metavar or parameter.name
            else:
                shown = "/".join([*parameter.opts, *parameter.secondary_opts]) + (
                    f" {parameter.metavar}" if parameter.metavar else ""
                )
            lines.append(f"| &emsp;`{shown}` | {_cell(parameter.help)} |")
    return "\n".join(lines)


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|").replace("*", "\\*")


def exits_table() -> str:
    lines = ["| code | meaning |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {int(code)} | {EXIT_MEANINGS[code]} |" for code in Exit)])


def settings_table() -> str:
    """Every environment variable with its default and meaning."""
    lines = ["| variable | default | meaning |", "| --- | --- | --- |"]
    defaults = Settings()
    for field in fields(Settings):
        value = getattr(defaults, field.name)
        if isinstance(value, Path):
            shown = f"`{value.relative_to(ROOT)}`"
        elif field.name == "workers":
            shown = "number of processors"
        elif field.name.endswith("_bytes"):
            shown = f"{value} ({value // MEGABYTE} MiB)"
        else:
            shown = f"{value:g}"
        lines.append(f"| `{variable(field.name)}` | {shown} | {SETTING_MEANINGS[field.name]} |")
    return "\n".join(lines)


def tables_table() -> str:
    """The marts with the grain of each."""
    lines = ["| table | one row per … |", "| --- | --- |"]
    for model in _models("marts"):
        lines.append(f"| [`marts.{model['name']}`]({WAREHOUSE.relative_to(ROOT)}#marts{model['name']}) | {_grain(model)} |")
    return "\n".join(lines)


def _grain(model: Mapping[str, Any]) -> str:
    return _cell(re.sub(r"^One row per ", "", model["description"]))


def _models(schema: str) -> list[Mapping[str, Any]]:
    from orchestration.defs.marts import MANIFEST

    nodes = [*MANIFEST["nodes"].values(), *MANIFEST["sources"].values()]
    found = [node for node in nodes if node["resource_type"] in ("model", "source") and node["schema"] == schema]
    return sorted(found, key=lambda node: node["name"])


def warehouse_page() -> str:
    """Every published table with its columns, from the descriptions in the dbt project."""
    parts = [
        "# The warehouse",
        "What `bilateral sql`, `make sql` and any DuckDB client that opens `data/published/bilateral.duckdb` can query. Written by"
        " `make docs` from the descriptions in `dbt_project/`.",
    ]
    for schema in ("marts", "claims", "landing", "ref"):
        for model in _models(schema):
            rows = [f"| `{name}` | {_cell(column['description'])} |" for name, column in model["columns"].items()]
            parts.append(f"## {schema}.{model['name']}\n\n{' '.join(model['description'].split())}\n")
            parts[-1] += "\n".join(["\n| column | meaning |", "| --- | --- |", *rows])
    return "\n\n".join(parts) + "\n"


def accuracy_table(scores: Scores, day: dt.date, folders: Sequence[str]) -> str:
    """Precision, recall and F1 by language and kind, dated."""
    lines = [
        f"{day}, `bilateral score {' '.join(folders)}`: {scores.texts} texts, precision / recall / **F1**.",
        "",
        f"| language | {' | '.join(KINDS)} | all |",
        "| --- | --- | --- | --- | --- |",
    ]
    languages = sorted({language for language, _ in scores.counts} - {"all"})
    for language in [*languages, "all"]:
        cells = []
        for kind in (*KINDS, "all"):
            count = scores.counts.get((language, kind))
            if count is None or not count.hits + count.missed + count.wrong:
                cells.append("–")
                continue
            precision, recall, f1 = count.figures()
            cells.append(f"{precision:.2f} / {recall:.2f} / **{f1:.2f}**")
        lines.append(f"| {language} | {' | '.join(cells)} |")
    lines += ["", f"Of the attributes that gold states, {scores.attribute_share():.1%} are right in the claims found."]
    return "\n".join(lines)


class Stage:
    """A copy of raw/ and an empty data folder, where sessions are carried out as from a fresh clone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "raw", folder / "raw")
        for name in ("tests", "Makefile"):
            (folder / name).symlink_to(ROOT / name)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BILATERAL_", "DAGSTER_"))}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        folders = {"BILATERAL_RAW_DIR": str(self.folder / "raw"), "BILATERAL_DATA_DIR": str(self.folder / "data")}
        return {**kept, **folders, "PATH": programs}

    def run(self, command: str) -> str:
        """What a command prints, on stderr and stdout as a terminal would show them. Raises CalledProcessError if it fails."""
        # The environment is there already, and `make run` is this.
        actual = re.sub(r"^make run$", "bilateral run", command)
        result = subprocess.run(
            actual, shell=True, cwd=self.folder, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if result.returncode:
            raise subprocess.CalledProcessError(result.returncode, command, result.stdout)
        return result.stdout.replace(f"{self.folder}/", "").replace(f"{ROOT}/", "")

    def with_examples(self, command: str) -> str:
        """The command with ids of facts that are there."""

        def example(found: re.Match[str]) -> str:
            with duckdb.connect(str(self.folder / "data" / "published" / "bilateral.duckdb"), read_only=True) as connection:
                row = connection.execute(EXAMPLES, [found[1]]).fetchone()
            return str(row[0]) if row else found[0]

        return IDENTIFIER.sub(example, command)


def commands_of(content: str) -> list[str]:
    """The commands of a session: its lines that begin with `$ `."""
    return [line[2:] for line in content.splitlines() if line.startswith("$ ")]


def session(content: str, options: Mapping[str, int], stage: Stage) -> str:
    """A session with the output that its commands have now."""
    parts = []
    for command in commands_of(content):
        command = stage.with_examples(command)
        lines = stage.run(command).strip("\n").splitlines()
        shown = [shorten(line, options.get("width", 10_000)) for line in lines[: options.get("lines", len(lines))]]
        parts.append("\n".join([f"$ {command}", *shown, *([ELLIPSIS] if len(shown) < len(lines) else [])]))
    return "```console\n" + "\n".join(parts) + "\n```"


def parse_options(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in (part.split("=") for part in text.split())}


# Blocks that depend on the program alone; the test suite compares them with README.md.
FIXED: dict[str, Callable[[], str]] = {
    "commands": commands_table,
    "exits": exits_table,
    "settings": settings_table,
    "tables": tables_table,
}


def rewritten(text: str, write: Callable[[str, str, str], str | None]) -> str:
    """The text with each block's content replaced by `write(name, options, content)`, or left where that is None."""

    def block(found: re.Match[str]) -> str:
        content = write(found["name"], found["options"], found["content"])
        if content is None:
            return found[0]
        return f"<!-- {found['name']}{found['options']} -->\n{content}\n<!-- end {found['name']} -->"

    return BLOCK.sub(block, text)


def main() -> None:
    """With `--tables`: only what depends on the program alone, in seconds."""
    tables_only = sys.argv[1:] == ["--tables"]
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder).resolve())

        def write(name: str, options: str, content: str) -> str | None:
            if name in FIXED:
                return FIXED[name]()
            if tables_only:
                return None
            print(f"{name} {'; '.join(commands_of(content))}", file=sys.stderr)
            if name == "session":
                return session(content, parse_options(options), stage)
            if name in GOLD:
                return accuracy_table(score_folders([ROOT / folder for folder in GOLD[name]]), dt.date.today(), GOLD[name])
            return None

        README.write_text(rewritten(README.read_text("utf-8"), write), "utf-8")
    WAREHOUSE.write_text(warehouse_page(), "utf-8")


if __name__ == "__main__":
    main()
