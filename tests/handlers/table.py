"""The whole table of commands and buttons, as the decorators have it; ``python -m tests.handlers.table`` writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path

from handlers.access import Where, Who
from handlers.register import BUTTONS, COMMANDS

PATH = Path(__file__).with_name("commands_and_buttons.md")


def table() -> str:
    """Return both tables, each row with the file that it comes from."""
    meant = "\n".join(f"- {_named(item)}: {item.value}" for item in (*Who, *Where))
    return "\n\n".join(("# Commands and buttons", meant, _commands(), _buttons())) + "\n"


def _commands() -> str:
    head = ("command", "file", "about an incident", "closed too", "for", "reports", "help", "menus", "what it does")
    rows = [
        (
            f"/{name}", _file(item.function), _yes(item.about_incident), _yes(item.closed),
            _named(item.who) if item.about_incident else "", _yes(item.reports), _places(item.help),
            _places(item.menus), _does(item.function),
        )
        for name, item in sorted(COMMANDS.items())
    ]  # fmt: skip
    return "## Commands\n\n" + _drawn(head, rows)


def _buttons() -> str:
    head = ("button", "file", "acts on", "for", "where", "after a change", "late", "reports", "what it does")
    rows = [
        (
            name, _file(item.run), " ".join(item.on), _named(item.who), _named(item.where), _called(item.again),
            _called(item.late), _yes(item.reports), _does(item.run),
        )
        for name, item in sorted(BUTTONS.items())
    ]  # fmt: skip
    return "## Buttons\n\n" + _drawn(head, rows)


def _drawn(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    cells = [[cell.replace("|", r"\|") for cell in row] for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _named(item: Enum) -> str:
    return item.name.lower()


def _file(function: Callable[..., object]) -> str:
    return function.__module__.removeprefix("handlers.")


def _does(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().splitlines()[0]


def _called(function: Callable[..., object] | None) -> str:
    return function.__qualname__.partition(".")[0] if function is not None else ""


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _places(places: Mapping[str, int]) -> str:
    return " ".join(f"{name} {place}" for name, place in places.items())


if __name__ == "__main__":
    PATH.write_text(table(), encoding="utf-8")
