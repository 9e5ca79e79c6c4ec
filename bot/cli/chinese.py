"""Help and usage errors in Chinese: the command-line library knows only its own words."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli.plain_values import take_plainly

_HEADS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示本说明",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "; required]": "；必填]",
    "(dynamic)": "（自动）",
}

OPTIONS, COMMANDS = "[选项]", "命令 …"
"""What stands for options and subcommands in the line that says how to use a command."""

WIDTH = 100
"""Help is wrapped here; Chinese text has no spaces to wrap at, so that its lines are kept short by hand."""

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Wrong use, as the library raises it (where its class stands differs between versions)."""


def _translated(text: str) -> str:
    for word, chinese in _HEADS.items():
        text = text.replace(word, chinese)
    text = re.sub(r" <(?:str|list\[str\])>", lambda match: " " * len(match.group()), text)
    text = re.sub(r"; \d+<=x<=\d+", "", text)
    return re.sub(r"\{(\w+)\}", r"\1", text).replace("用法： ", "用法：")


class _Chinese:
    """What makes the help of the library's classes Chinese."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, with ``--help``."""
        return take_plainly(super().get_params(ctx))  # type: ignore[misc]  # of the class that stands behind it

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _translated(super().get_help(ctx))  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how to use it."""
        return _translated(super().get_usage(ctx))  # type: ignore[misc]


class Command(_Chinese, TyperCommand):
    """A command whose help is Chinese throughout."""


class Group(_Chinese, TyperGroup):
    """A group of commands whose help is Chinese throughout."""


_SETTINGS: dict[str, Any] = {"max_content_width": WIDTH}


def commands(app: typer.Typer, name: str) -> Any:
    """Return the decorator that registers a function as a command with Chinese help: ``commands(app, "list")``."""
    return app.command(name, cls=Command, context_settings=_SETTINGS, options_metavar=OPTIONS)


def group(help: str) -> typer.Typer:
    """Return a group of commands."""
    return typer.Typer(
        cls=Group,
        help=help,
        options_metavar=OPTIONS,
        subcommand_metavar=COMMANDS,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_SETTINGS,
    )


def sentence(problem: Any) -> str:
    """Return a usage error in words: what was wrong, what was expected, what to do."""
    context = getattr(problem, "ctx", None)
    text = _said(problem)
    if type(problem).__name__ == "NoArgsIsHelpError":
        return text
    if context is None:
        return f"{text}；加 --help 看说明"
    return f"{text}\n{context.get_usage().strip()}\n说明：{context.command_path} --help"


def _said(problem: Any) -> str:
    kind, message = type(problem).__name__, problem.format_message()
    parameter = getattr(problem, "param", None)
    name = _name(parameter)
    if kind == "NoArgsIsHelpError":
        return str(message)
    if kind == "MissingParameter":
        help_ = getattr(parameter, "help", None)
        return f"缺少 {name}{f'：{help_}' if help_ else ''}"
    if kind == "NoSuchOption":
        near = "、".join(sorted(getattr(problem, "possibilities", None) or ()))
        meant = f"；是不是 {near}" if near else ""
        return f"没有选项 {problem.option_name}{meant}；要把以 - 开头的文字当作参数，前面加 --"
    if kind == "BadOptionUsage":
        return f"选项 {problem.option_name} 后要写一个值"
    if kind == "BadParameter":
        return f"{name} 的值不对，应为：{getattr(parameter, 'help', None) or '别的值'}"
    if "No such command" in message:
        commands_ = "、".join(problem.ctx.command.commands)
        return f"没有这个命令：{message.split(chr(39))[1]}；可用：{commands_}"
    if "Missing command" in message:
        return f"还要写明命令：{'、'.join(problem.ctx.command.commands)}"
    if "unexpected extra argument" in message:
        extra = re.search(r"\(([^()]*)\)[^()]*\Z", message)
        return f"多出了参数：{extra.group(1) if extra else message}；含空格的文字要加引号"
    return str(message)


def _name(parameter: Any) -> str:
    if parameter is None:
        return "参数"
    options = [item for item in getattr(parameter, "opts", ()) if item.startswith("-")]
    return options[0] if options else (getattr(parameter, "metavar", None) or str(parameter.name))
