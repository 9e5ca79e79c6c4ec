"""What is worked out when the program is installed, and what a command keeps for the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import plans.cache
from bot.preparation import keep
from plans.cache import Cache

REPOSITORY = Path(__file__).resolve().parents[2]

WHOLE = """
import json, sys
from pathlib import Path
import plans.cache
plans.cache.FOLDER = Path(sys.argv[1])
from bot.preparation import prepare
assert prepare()
texts = json.loads(sys.argv[2])
from datetime import UTC, datetime
from plans.directory import phone_book
from plans.load import load_all
from plans.intake.with_plan import read_for
from plans.intake import engine
engine._KEPT._stored = None
for text in texts:
    for plan in load_all().values():
        read_for(plan, text, now=datetime(2026, 3, 2, tzinfo=UTC))
print(len(engine._KEPT.fresh))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(plans.cache, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(plans.cache, "CACHES", [])
    monkeypatch.setattr("bot.preparation.CACHES", plans.cache.CACHES)
    monkeypatch.setattr(Cache, "collects", True)
    return tmp_path / "kept"


def test_after_the_preparation_no_text_finds_an_expression_that_is_to_be_translated(tmp_path: Path):
    texts = [
        "第三小学楼梯踩踏，2人死亡5人受伤，其中重伤1人",
        "更正：死亡应为1人",
        "听说化工厂爆炸",
        "无人员伤亡",
        "公交车起火，停运2小时",
    ]
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, str(tmp_path), json.dumps(texts)],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=80,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 12  # each of a few words


def stored(cache: Cache) -> Any:
    return json.loads(cache.path.read_text("utf-8"))


def test_what_is_worked_out_is_added_to_what_is_kept(folder: Path):
    cache = Cache("words", most=10)
    cache.put("a", lambda: {"死": 1})
    assert keep()
    assert stored(cache) == {"a": {"死": 1}}
    assert cache.fresh == {}
    later = Cache("words", most=10)
    later.put("b", lambda: 2)
    later.put("nothing", lambda: None)
    assert keep()
    assert stored(later) == {"a": {"死": 1}, "b": 2}
    assert [path.name for path in folder.iterdir()] == [cache.path.name]  # and nothing half written beside it
    assert later.path.stat().st_mode & 0o777 == 0o644


def test_a_cache_that_would_grow_beyond_its_size_is_begun_anew(folder: Path):
    cache = Cache("words", most=2)
    for key in "abc":
        cache.put(key, lambda: 1)
        assert keep()
        cache.forget()
        cache._stored = None
    assert stored(cache) == {"c": 1}


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(folder: Path, monkeypatch: pytest.MonkeyPatch):
    cache = Cache("words", most=2)
    cache.put("a", lambda: 1)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refused)
    assert not keep()
    assert list(folder.iterdir()) == []


def test_nothing_is_remembered_where_nobody_will_keep_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Cache, "collects", False)
    cache = Cache("words", most=2)
    cache.put("a", lambda: 1)
    assert cache.fresh == {}


@pytest.mark.parametrize(("unwritten", "kept"), [("1", False), ("", True)])
def test_a_command_keeps_what_it_worked_out_where_python_keeps_its_bytecode(unwritten: str, kept: bool, tmp_path: Path):
    code = "import plans.cache, sys; from pathlib import Path; plans.cache.FOLDER = Path(sys.argv.pop(1))\n"
    code += "from bot.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "kept"), "plans", "clause", "jincheng-energy", "4.1"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": unwritten},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kept").exists() == kept
