"""README.md says what the program does: its commands run, its tables are the program's, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer
from places import Place

from orchestration.cli import app
from orchestration.docs import generate

TEXT = generate.README.read_text("utf-8")
BLOCKS = [(found["name"], found["options"], found["content"]) for found in generate.BLOCK.finditer(TEXT)]
COMMANDS = [command for name, _, content in BLOCKS if name == "session" for command in generate.commands_of(content)]
MAKE_TARGETS = set(re.findall(r"^([a-z]+):", (generate.ROOT / "Makefile").read_text(), re.MULTILINE))
GROUP = typer.main.get_command(app)


def test_there_is_something_to_test() -> None:
    assert {name for name, _, _ in BLOCKS} == {"session", *generate.GOLD, *generate.FIXED}
    assert {"make run", "bilateral status"} <= set(COMMANDS)


@pytest.mark.parametrize("name", generate.FIXED)
def test_tables_are_the_program_s(name: str) -> None:
    [content] = [content for block, _, content in BLOCKS if block == name]
    assert content == generate.FIXED[name]() + "\n", "README.md is behind the program: `make docs`"


def test_the_page_of_the_warehouse_is_the_dbt_project_s() -> None:
    assert generate.WAREHOUSE.read_text("utf-8") == generate.warehouse_page(), (
        "orchestration/docs/warehouse.md is behind: `make docs`"
    )


def mentioned() -> set[str]:
    """Commands in sessions, in the text and in blocks of shell."""
    inline = re.findall(r"`((?:make|bilateral) [^`]+)`", TEXT)
    shell = re.findall(r"^((?:make|bilateral) [^#\n]+?)\s*(?:#|$)", TEXT, re.MULTILINE)
    return {*inline, *shell, *(command for command in COMMANDS if command.startswith(("make", "bilateral")))}


@pytest.mark.parametrize("command", sorted(mentioned()))
def test_every_command_exists(command: str) -> None:
    program, name, *arguments = shlex.split(command)
    if program == "make":
        assert name in MAKE_TARGETS
        return
    assert name in GROUP.commands  # type: ignore[attr-defined]
    options = {option for parameter in GROUP.commands[name].params for option in [*parameter.opts, *parameter.secondary_opts]}  # type: ignore[attr-defined]
    assert {argument.partition("=")[0] for argument in arguments if argument.startswith("--")} <= options


READING = sorted({command for command in COMMANDS if re.match(r"bilateral (status|sql|explain|score) ?", command)})


@pytest.mark.parametrize("command", READING)
def test_every_session_that_reads_runs(command: str, sample: Place) -> None:
    """Those that change something are the business of the tests of the whole graph."""
    stage = generate.Stage.__new__(generate.Stage)
    stage.folder = sample.raw.parent
    assert stage.run(stage.with_examples(command)).strip()


def test_a_session_is_written_again_with_what_it_prints(tmp_path: Path) -> None:
    stage = generate.Stage(tmp_path)
    old = "```console\n$ printf 'a long line\\nsecond\\nthird\\n'\nold output\n$ true\n```\n"
    text = f"before\n<!-- session lines=2 width=6 -->\n{old}<!-- end session -->\nafter <!-- end session -->"

    def write(name: str, options: str, content: str) -> str | None:
        return generate.session(content, generate.parse_options(options), stage)

    once = generate.rewritten(text, write)
    assert once.splitlines()[2:8] == ["```console", "$ printf 'a long line\\nsecond\\nthird\\n'", "a lon…", "second", "…", "$ true"]
    assert generate.rewritten(once, write) == once
    with pytest.raises(subprocess.CalledProcessError):
        generate.session("$ false\n", {}, stage)


@pytest.mark.parametrize("name", generate.GOLD)
def test_accuracy_is_dated_and_complete(name: str) -> None:
    [content] = [content for block, _, content in BLOCKS if block == name]
    assert re.match(r"20\d\d-\d\d-\d\d, `bilateral score ", content)
    rows = re.findall(r"^\| (\w\w|all) \|", content, re.MULTILINE)
    assert rows == ["ar", "en", "kk", "ru", "tr", "all"]


@pytest.mark.parametrize(
    "page",
    ["README.md", *sorted(path.relative_to(generate.ROOT).as_posix() for path in (generate.ROOT / "orchestration").rglob("*.md"))],
)
def test_links_lead_somewhere(page: str) -> None:
    path = generate.ROOT / page
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, target
