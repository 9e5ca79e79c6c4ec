"""Every command explains itself in Chinese."""

import re
from typing import Any, get_args

import pytest
import typer

from bot.cli.application import application
from bot.cli.table import width
from bot.scenario.form import Do


def paths(command, words=()):
    yield list(words)
    for name, inner in getattr(command, "commands", {}).items():
        yield from paths(inner, (*words, name))


COMMANDS = list(paths(typer.main.get_command(application())))

ENGLISH = (
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "Show this message",
    "required",
    "default",
    "Error",
    "Missing",
    "OPTIONS",
    "ARGS",
    "<str>",
    "<int",
    "True",
    "[[",
    "1<=x",
)
"""What the command-line library says of its own."""


def test_all_commands_of_the_contract_are_there():
    assert {" ".join(words) for words in COMMANDS} >= {
        "plans list",
        "plans show",
        "plans lint",
        "plans diff",
        "plans text",
        "read",
        "warn read",
        "warn cap",
        "token",
        "webhook add",
        "webhook dead",
        "warn check",
        "warn list",
        "classify",
        "simulate",
        "phone",
        "who",
        "audit verify",
        "audit checkpoint",
        "audit erase",
        "db upgrade",
        "db backup",
        "db restore",
        "db settle",
        "run",
        "demo",
        "incidents list",
        "incidents show",
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_chinese_throughout(tocsin, words):
    ran = tocsin(*words, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("用法：tocsin")
    assert "显示本说明" in ran.out
    assert re.search(r"[\u4e00-\u9fff]{2}", ran.out.split("\n\n")[1]), "what it does"
    assert [word for word in ENGLISH if word in ran.out] == []
    for line in ran.out.split("选项：")[-1].splitlines():
        assert not line.strip() or re.search(r"[\u4e00-\u9fff]", line), line


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_fits_a_terminal(tocsin, words):
    for line in tocsin(*words, "--help").out.splitlines():
        assert width(line) <= 140, line


def test_every_command_for_machines_has_json():
    quiet = {
        "",
        "plans",
        "directory",
        "people",
        "roster",
        "warn",
        "warn cap",
        "token",
        "webhook",
        "webhook remove",
        "webhook resume",
        "webhook test",
        "webhook resend",
        "line",
        "line offer",
        "line agree",
        "line connect",
        "line end",
        "bodies",
        "duties",
        "duties export",
        "desk",
        "drill",
        "incidents",
        "incidents export",
        "incidents paper",
        "audit",
        "db",
        "run",
        "demo",
        "db upgrade",
    }
    command: Any = typer.main.get_command(application())
    for words in COMMANDS:
        if " ".join(words) in quiet:
            continue
        found: Any = command
        for word in words:
            found = found.commands[word]
        assert any("--json" in parameter.opts for parameter in found.params), words


def test_the_help_of_a_scenario_names_all_that_a_step_can_do(tocsin):
    words = set(re.findall(r"[a-z_]+", tocsin("simulate", "--help").out))
    assert set(get_args(Do)) <= words
