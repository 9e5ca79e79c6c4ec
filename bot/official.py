"""The official texts that an installation has attached: one file for each plan, never in the repository."""

from __future__ import annotations

import os
from pathlib import Path

from plans.model import Plan
from plans.official import OfficialText

LARGEST = 5_000_000
"""Bytes; a plan is a hundred pages at most."""


class NoText(ValueError):
    """A file that is no text; the message says what to do."""


def folder() -> Path:
    """Return where texts are kept: ``$TOCSIN_HOME/texts``, else the user's own data folder."""
    home = os.environ.get("TOCSIN_HOME")
    if home:
        return Path(home) / "texts"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "tocsin" / "texts"


def text_path(plan_id: str) -> Path:
    """Return the file of a plan's official text, whether it is there or not."""
    return folder() / f"{plan_id}.txt"


def attach(plan: Plan, source: Path) -> Path:
    """Copy a text file to where it is looked for, in UTF-8; raise NoText or OSError."""
    text = _text_of(source)
    target = text_path(plan.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def opened(plan: Plan, source: Path) -> OfficialText:
    """Return the official text of a plan from a file that need not be attached; raise NoText or OSError."""
    return OfficialText(plan, _text_of(source))


def _text_of(source: Path) -> str:
    if source.stat().st_size > LARGEST:
        raise NoText(f"文件有{source.stat().st_size}字节，官方文本应不超过{LARGEST}字节")
    return _decoded(source.read_bytes())


def _decoded(data: bytes) -> str:
    """Return the text of bytes in UTF-8 or in the Chinese national encoding."""
    if b"\0" in data or data[:4] in (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise NoText("不是纯文本；PDF、Word文件请先另存为 .txt")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoText("认不出文字编码；请另存为 UTF-8 的 .txt")


def official_text(plan: Plan) -> OfficialText | None:
    """Return a plan's official text, None where none is attached."""
    path = text_path(plan.id)
    try:
        stamp = (plan.hash, str(path), path.stat().st_mtime_ns)
    except OSError:
        return None
    entry = _opened.get(plan.id)
    if entry is None or entry[0] != stamp:
        entry = _opened[plan.id] = (stamp, OfficialText(plan, path.read_text(encoding="utf-8")))
    return entry[1]


_opened: dict[str, tuple[tuple[str, str, int], OfficialText]] = {}


def section(plan: Plan, clause: str) -> str | None:
    """Return the official text of a clause, None where it is not attached or not found."""
    text = official_text(plan)
    return text.section(clause) if text is not None else None
