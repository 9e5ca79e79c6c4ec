"""Folders that the settings name and that cannot be written: said at the start, which goes on all the same.

A share that is not mounted after a power cut must not keep the bot silent; files wait until somebody has mended it.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog

from bot.settings import Settings

log = structlog.get_logger(__name__)


def hindered(settings: Settings) -> list[str]:
    """Return a sentence for each folder that cannot be used, with what waits for it."""
    folders: list[tuple[str, Path | None, str]] = [
        ("TOCSIN_EVIDENCE_FOLDER", settings.evidence, "照片和文件暂时存不下来"),
        ("TOCSIN_CHECKPOINT_FOLDER", settings.checkpoint_folder, "每天的检查点写不出去"),
        (
            "TOCSIN_HEARTBEAT_FILE",
            settings.heartbeat_file.parent if settings.heartbeat_file is not None else None,
            "监控收不到心跳",
        ),
    ]
    sentences = []
    for name, folder, lost in folders:
        why = _why(folder, made=name != "TOCSIN_HEARTBEAT_FILE") if folder is not None else ""
        if why:
            log.error("start.folder_unusable", setting=name, folder=str(folder), reason=why)
            sentences.append(f"{name}：{why}，{lost}；请改好，不必重新启动。")
    return sentences


def _why(folder: Path, *, made: bool) -> str:
    """Return why a folder cannot be written, or cannot be made when the first file comes; empty where it can.

    Args:
        made: whether the program makes it then; else it must be there.
    """
    there = folder.absolute()
    if not made and not there.exists():
        return f"没有文件夹 {there}"
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return f"{there} 不是文件夹"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"运行警钟的用户不能在文件夹 {there} 里写（可用 chown tocsin: {there} 改属主）"
    return ""
