"""The command ``tocsin`` (docs/contract.md): each subcommand imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from bot.cli import (
    audit,
    bodies,
    classify,
    db,
    directory,
    duties,
    incidents,
    lookup,
    people,
    plans,
    read,
    roster,
    run,
    simulate,
    stats,
    warn,
)
from bot.cli.chinese import UsageError, commands, group, sentence
from bot.cli.output import Wrong

app = group("警钟：按应急预案办理突发事件的 Telegram 机器人。每个命令加 --help 看说明。")
app.add_typer(plans.app, name="plans")
commands(app, "classify")(classify.classify)
commands(app, "read")(read.read)
app.add_typer(warn.app, name="warn")
commands(app, "phone")(lookup.phone)
commands(app, "who")(lookup.who)
commands(app, "stats")(stats.stats)
commands(app, "simulate")(simulate.simulate)
commands(app, "run")(run.run)
commands(app, "demo")(run.demo)
app.add_typer(directory.app, name="directory")
app.add_typer(bodies.app, name="bodies")
app.add_typer(duties.app, name="duties")
app.add_typer(people.app, name="people")
app.add_typer(roster.app, name="roster")
app.add_typer(incidents.app, name="incidents")
app.add_typer(audit.app, name="audit")
app.add_typer(db.app, name="db")


def main() -> None:
    """Run the command; wrong use or bad input is told in words, with exit status 2, never as a traceback."""
    _open_closed()
    sys.exit(_run([_clean(word) for word in sys.argv[1:]]))


def _open_closed() -> None:
    """Give the standard streams that the caller closed to nobody.

    Else the next file that is opened, a database perhaps, would get the number of one, and what is printed after it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")


def _run(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no Ⅲ shows ? instead of failing
    command: Any = typer.main.get_command(app)
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


def _clean(word: str) -> str:
    """Return an argument whose bytes were no text with � in their place."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
