"""The subcommands of ``tocsin``, and what a run of one comes to."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import typer

from bot.cli.chinese import UsageError, commands, group, sentence
from bot.cli.output import Wrong

COMMANDS = {
    "plans": ("plans", "app"),
    "classify": ("classify", "classify"),
    "read": ("read", "read"),
    "warn": ("warn", "app"),
    "phone": ("lookup", "phone"),
    "who": ("lookup", "who"),
    "stats": ("stats", "stats"),
    "simulate": ("simulate", "simulate"),
    "drill": ("drill", "app"),
    "run": ("run", "run"),
    "demo": ("run", "demo"),
    "directory": ("directory", "app"),
    "bodies": ("bodies", "app"),
    "duties": ("duties", "app"),
    "desk": ("desk", "app"),
    "people": ("people", "app"),
    "token": ("token", "app"),
    "webhook": ("webhook", "app"),
    "line": ("line", "app"),
    "roster": ("roster", "app"),
    "incidents": ("incidents", "app"),
    "audit": ("audit", "app"),
    "db": ("db", "app"),
}
"""Each subcommand, in the order of the help: the module of ``bot.cli`` and what it is called there."""


def application(first: str = "") -> typer.Typer:
    """Return ``tocsin``; where ``first`` is a subcommand, with that one alone, so that no other is imported."""
    app = group("警钟：按应急预案办理突发事件的 Telegram 机器人。每个命令加 --help 看说明。")
    for name in [first] if first in COMMANDS else COMMANDS:
        module, attribute = COMMANDS[name]
        command = getattr(import_module(f"bot.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            commands(app, name)(command)
    app.callback()(_group)  # else a single subcommand would stand for all of ``tocsin``
    return app


def _group() -> None:
    pass


def run(words: list[str]) -> int:
    """Run a subcommand; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no Ⅲ shows ? instead of failing
    command: Any = typer.main.get_command(application(words[0] if words else ""))
    try:
        status = command.main(words, prog_name="tocsin", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except Wrong as wrong:
        return _told(str(wrong))
    except UsageError as problem:
        return _told(sentence(problem))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `tocsin … | head`: nobody reads on
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as problem:
        name = f" {problem.filename}" if problem.filename else ""
        return _told(f"读写不了{name}：{problem.strerror or problem}")
    except Exception as problem:  # the last resort: a person is not shown a traceback
        if os.environ.get("TOCSIN_TRACEBACK"):
            raise
        return _told(
            f"程序出错（{type(problem).__name__}：{str(problem)[:200]}）。"
            "请设 TOCSIN_TRACEBACK=1 再运行一次，把输出交给维护者。"
        )


def _told(text: str) -> int:
    sys.stderr.write(f"{text.rstrip()}\n")
    return 2
