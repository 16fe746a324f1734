"""Text of documents made safe to show: what arrived from outside stays text on a terminal, in Markdown and in a table."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ELLIPSIS = "…"
# Characters that Markdown would read as more than themselves; a link needs `://`, `www.` or `@` unescaped.
_MARKED = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^:@/])")
# Without effect beyond their place: marks of direction, zero-width spaces, soft hyphens.
_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_JOINERS = "\u200c\u200d"
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def visible(text: str) -> str:
    """One line in which nothing acts on its surroundings: white space collapsed, control and direction characters spelled out.

    Joiners that Arabic and Persian spelling needs stay.
    """
    return "".join(_spell_out(character) for character in " ".join(text.split()))


def _spell_out(character: str) -> str:
    if character in _UNSEEN:
        return ""
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Co") or (category == "Cf" and character not in _JOINERS):
        return f"\\u{ord(character):04x}"
    return character


def shorten(text: str, width: int) -> str:
    """At most `width` characters, the last of them an ellipsis if something was cut."""
    return text if len(text) <= width else text[: width - 1] + ELLIPSIS


def plain(value: Any) -> str:
    """A value of the warehouse as one line for a person: lists joined, numbers grouped, null empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Mapping):
        return ", ".join(plain(part) for part in value.values() if part is not None)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        separator = "; " if any(isinstance(part, Mapping) for part in value) else ", "
        return separator.join(plain(part) for part in value)
    return visible(str(value))


def markdown_text(text: str) -> str:
    """Text that Markdown and HTML renderers show as it is."""
    return _MARKED.sub(r"\\\1", "".join(_HTML.get(character, character) for character in visible(text)))


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], width: int = 120) -> str:
    """A Markdown table of untrusted values, each cut to `width` characters."""
    lines = [columns, ["---"] * len(columns)]
    lines.extend([markdown_text(shorten(plain(value), width)) for value in row] for row in rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
