"""Reads the settings (``bot.settings``) from ``TOCSIN_*`` variables or ``.env``; a wrong one is one clear sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.database_urls import evidence_beside, meant
from bot.settings import Settings
from bot.surroundings import BadSurroundings, settings_of_environment


class WrongSetting(Exception):
    """A setting is missing or wrong; the message is for the person who set it."""


def unreadable(path: Path | None, problem: OSError | UnicodeDecodeError) -> str:
    """Return why a file of the office could not be read, and what to do."""
    if isinstance(problem, UnicodeDecodeError):
        return f"{path} 不是 UTF-8 文字（可能存成了 GBK），请另存为 UTF-8"
    match problem:
        case FileNotFoundError():
            return f"没有文件 {path}，请核对路径，或删去这一行设置"
        case IsADirectoryError():
            return f"{path} 是文件夹，应为文件"
        case PermissionError():
            return f"运行警钟的用户读不了 {path}，请改它的属主或权限"
    return f"读不了 {path}（{problem.strerror or problem}）"


def read_settings(env_file: Path | None = None) -> Settings:
    """Return the settings; raise WrongSetting with one sentence for each fault."""
    values: dict[str, Any] = dict(_given(env_file))
    try:
        return Settings(_env_file=None, **values)
    except ValidationError as problem:
        raise WrongSetting(
            "；".join(
                _sentence(item["loc"], item["msg"], item["type"], item.get("ctx", {})) for item in problem.errors()
            )
        ) from None


def database_url() -> str:
    """Return the database's URL alone: reading it needs no token."""
    try:
        return meant(_given().get("database_url", ""))
    except ValueError as problem:
        raise WrongSetting(f"设置 TOCSIN_DATABASE_URL 不对：{problem}") from None


def word_processor() -> str:
    """Return what is set of LibreOffice: making a PDF needs no token."""
    return _given().get("soffice", "")


def evidence_folder() -> Path:
    """Return where files of reports are kept: looking there needs no token."""
    path = _given().get("evidence_folder")
    return Path(path) if path else evidence_beside(database_url())


def calendar_file() -> Path | None:
    """Return the office's own days of work and rest: reading them needs no token."""
    path = _given().get("calendar_file")
    return Path(path) if path else None


def _given(env_file: Path | None = None) -> dict[str, str]:
    try:
        return settings_of_environment(Settings.model_fields, env_file)
    except BadSurroundings as problem:
        raise WrongSetting(str(problem)) from None


def _sentence(location: tuple[int | str, ...], message: str, kind: str, context: dict[str, Any]) -> str:
    name = f"TOCSIN_{str(location[0]).upper()}" if location else "设置"
    if kind == "missing":
        return f"缺少设置 {name}，请写入环境变量或 .env（见 deploy/env.example）"
    text = message.removeprefix("Value error, ")
    if kind == "literal_error":
        text = "应为 " + str(context["expected"]).replace("'", "").replace(" or ", " 或 ").replace(", ", "、")
    elif kind.startswith("int_"):
        text = "应为整数"
    elif kind.startswith("bool_"):
        text = "应为 true 或 false"
    elif kind.startswith(("float_", "finite_")):
        text = "应为数字"
    return f"设置 {name} 不对：{text}" if location else text
