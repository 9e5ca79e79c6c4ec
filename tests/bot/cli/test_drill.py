"""``tocsin drill``: what comes with the program, and what a fault of a script is told by."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bot.cli.conftest import Tocsin
from tests.bot.simulate.test_drill import SOUND


def test_on_the_command_line(tocsin: Tocsin, tmp_path: Path) -> None:
    path = tmp_path / "drill.yaml"
    path.write_text(SOUND.replace("drill: true\n", ""), encoding="utf-8")
    wrong = tocsin("drill", "check", str(path))
    assert wrong.status == 1 and f"错误 {path}:1 没有写 drill: true" in wrong.out
    assert "应为drill: true；在开头加一行" in wrong.out and "错误1处，提醒0处。" in wrong.out
    assert json.loads(tocsin("drill", "check", str(path), "--json").out)[0]["rule"] == "drill"
    path.write_text(SOUND, encoding="utf-8")
    assert tocsin("drill", "check", str(path)).out == "没有问题，可以演。\n"
    assert "教学楼楼梯踩踏处置演练" in tocsin("drill", "list").out
