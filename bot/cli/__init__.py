"""The one command, ``tocsin`` (contract.md). Modules are imported by the command that needs them: reading loads no Telegram."""

from __future__ import annotations

import sys

import typer

from bot.cli import plans, reading, running, storing
from bot.cli.output import Wrong

app = typer.Typer(
    name="tocsin", help="警钟：按应急预案办理突发事件的 Telegram 机器人。", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
app.add_typer(plans.app, name="plans")
app.command("classify")(reading.classify)
app.command("read")(reading.read)
app.command("simulate")(running.simulate)
app.command("run")(running.run)
app.command("demo")(running.demo)
app.add_typer(storing.incidents, name="incidents")
app.add_typer(storing.audit, name="audit")
app.add_typer(storing.db, name="db")


def main() -> None:
    """Run the command; wrong use or bad input is one sentence and exit status 2."""
    try:
        app()
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
