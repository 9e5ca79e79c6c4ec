"""Commands and buttons say of themselves what holds for them: the table is held, so that nothing is hidden by that."""

from __future__ import annotations

import ast

import pytest

from bot.render.catalogue import HELP
from handlers.buttons import button
from handlers.commands import command, in_order
from handlers.register import BUTTONS, COMMANDS, menus
from plans.kinds import kinds, objects
from tests.conftest import REPOSITORY
from tests.handlers.made_buttons import made
from tests.handlers.table import PATH, table

OF_THE_OFFICE = {"directory", "people", "roll", "claim", "place", "delegation", "roster", "seat", "channel", "bodies",
                 "duties", "statistics", "board", "log", "spot", "script", "swap", "token", "webhook", "line",
                 "feed"}  # fmt: skip
"""Kinds of what a button acts on that belong to no incident: they are kept, and guard themselves, in ``bot.office``."""


def test_the_table_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == table(), "python -m tests.handlers.table writes it anew"


def test_every_button_that_is_made_does_something_and_every_button_is_made() -> None:
    assert {action for action, _, _ in made()} == set(BUTTONS)


def test_a_button_is_made_for_what_it_acts_on() -> None:
    assert [item for item in made() if item[1] and item[1] not in BUTTONS[item[0]].on] == []


def test_what_a_button_acts_on_has_a_revision_or_a_keeper() -> None:
    revised = {name for kind in kinds() for name in objects(kind.name)}
    assert {name for item in BUTTONS.values() for name in item.on} <= revised | OF_THE_OFFICE


def test_a_topic_that_is_not_imported_by_anybody_is_there() -> None:
    """Every decorated function of every file stands in the registers: the files are found, not listed."""
    decorated = {"command": set(COMMANDS), "incident_command": set(COMMANDS), "button": set(BUTTONS)}
    found = 0
    for path in sorted((REPOSITORY / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for item in getattr(node, "decorator_list", ()):
                if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id in decorated:
                    name = item.args[0]
                    assert isinstance(name, ast.Constant) and name.value in decorated[item.func.id], path
                    found += 1
    assert found == len(COMMANDS) + len(BUTTONS)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two actions"):
        button("ack")(BUTTONS["ack"].run)
    with pytest.raises(ValueError, match="twice"):
        command("call")(COMMANDS["call"].run)


def test_places_in_menus_and_help_are_taken_once_and_are_six_at_most() -> None:
    for names in (*map(menus.menu, menus.SCOPES), *map(menus.help_of, menus.ROLES)):
        assert 0 < len(names) <= menus.MOST and set(names) <= set(HELP)
    assert all(set(menus.further_of(role)) <= set(HELP) - set(menus.help_of(role)) for role in menus.ROLES)
    claimed = (
        {name for item in COMMANDS.values() for name in item.menus},
        {name for item in COMMANDS.values() for name in item.help},
    )
    assert claimed == (set(menus.SCOPES), set(menus.ROLES))
    with pytest.raises(ValueError, match="one place"):
        in_order(lambda item: 1)
