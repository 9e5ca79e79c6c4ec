"""What is kept beside the program is what would be worked out anew, and a file that is none of ours changes nothing."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

import plans.cache
from plans.cache import Cache
from plans.directory import entries
from plans.directory import readings as readings_module
from plans.directory import shipped as shipped_module
from plans.directory.readings import Readings, tables
from plans.directory.shipped import shipped
from plans.intake import engine
from plans.intake.patterns import Lazy
from plans.load import DATA, canonical, compact, digest, load_all, load_text
from plans.model import Plan, Unit

FILES = sorted(DATA.glob("*.yaml"))


def same(one: Any, other: Any, where: str = "") -> None:
    """Hold that two values are equal down to their types, their order and what was said of them."""
    assert type(one) is type(other), where
    if isinstance(one, BaseModel):
        assert one.model_fields_set == other.model_fields_set, where
        assert list(one.__dict__) == list(other.__dict__), where
        assert one.__pydantic_extra__ == other.__pydantic_extra__, where
        assert one.__pydantic_private__ == other.__pydantic_private__, where
        for name, value in one.__dict__.items():
            same(value, other.__dict__[name], f"{where}.{name}")
    elif isinstance(one, dict):
        assert list(one) == list(other), where
        for key, value in one.items():
            same(value, other[key], f"{where}.{key}")
    elif isinstance(one, tuple | list):
        assert len(one) == len(other), where
        for at, (value, further) in enumerate(zip(one, other, strict=True)):
            same(value, further, f"{where}[{at}]")
    else:
        assert one == other, where


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of caches of its own, and all caches as a new process has them."""
    monkeypatch.setattr(plans.cache, "FOLDER", tmp_path)
    monkeypatch.setattr(plans.cache, "CACHES", [])
    monkeypatch.setattr(compact, "_caches", {})
    monkeypatch.setattr(engine, "_KEPT", Cache("patterns", most=100))
    monkeypatch.setattr(readings_module, "_KEPT", Cache("readings", most=1))
    yield tmp_path


def a_plan(path: Path) -> tuple[bytes, Plan]:
    return path.read_bytes(), load_text(path.read_text("utf-8"), str(path))


def write(folder: Path, name: str, entries: Any) -> None:
    cache = Cache(name, most=1)
    assert cache.path.parent == folder
    cache.path.write_bytes(cache.replaced_by(entries))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_that_is_kept_is_the_plan_of_its_file(path: Path, folder: Path):
    content, plan = a_plan(path)
    assert compact.kept(content, path) is None
    write(folder, f"plan.{path.stem}", {plans.cache.digest(content, compact._maker()): compact.written(plan)})
    compact._caches.clear()
    kept = compact.kept(content, path)
    assert kept is not None
    same(kept, plan)
    assert kept == plan
    assert canonical(kept) == canonical(plan)
    assert digest(kept) == plan.hash


def test_a_plan_of_another_file_is_not_found(folder: Path):
    content, plan = a_plan(FILES[0])
    write(folder, f"plan.{FILES[0].stem}", {plans.cache.digest(content, compact._maker()): compact.written(plan)})
    assert compact.kept(content + b"\n", FILES[0]) is None
    assert compact.kept(content, FILES[1]) is None


def spoilt(value: Any, change: Callable[[Any], Any], at: random.Random) -> Any:
    """Return JSON with one of its values changed."""
    if isinstance(value, list) and value and at.random() < 0.9:
        place = at.randrange(len(value))
        return [*value[:place], spoilt(value[place], change, at), *value[place + 1 :]]
    if isinstance(value, dict) and value and at.random() < 0.9:
        key = at.choice(list(value))
        return {**value, key: spoilt(value[key], change, at)}
    return change(value)


STRANGE: tuple[Any, ...] = (
    None,
    1e400,
    -1,
    10**30,
    "x",
    [],
    {},
    [[]],
    [99],
    [5, 0, {"x": 1}],
    [5, 10**9, {}],
    [5, -1, {}],
    [6, 0, {}],
)


@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_an_entry_that_is_none_of_ours_is_an_error_at_worst_no_other_object(strange: Any, folder: Path):
    content, plan = a_plan(FILES[0])
    written = compact.written(plan)
    key = plans.cache.digest(content, compact._maker())
    for seed in range(20):
        write(folder, f"plan.{FILES[0].stem}", {key: spoilt(written, lambda _: strange, random.Random(seed))})
        compact._caches.clear()
        assert isinstance(compact.kept(content, FILES[0]), Plan | None)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a": 1}', b'"' + b"x" * 1_000_000]
)
def test_a_file_that_is_none_of_ours_is_as_if_it_were_not_there(content: bytes, folder: Path):
    (folder / Cache("patterns", most=1).path.name).write_bytes(content)
    assert engine.compiled("死亡|遇难").findall("3人遇难") == ["遇难"]
    path = FILES[0]
    (folder / Cache(f"plan.{path.stem}", most=1).path.name).write_bytes(content)
    assert compact.kept(path.read_bytes(), path) is None


def test_a_folder_that_is_absent_is_as_if_it_were_empty(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans.cache, "FOLDER", folder / "absent")
    assert engine.compiled("死亡").findall("死亡") == ["死亡"]


def test_a_value_of_an_unforeseen_kind_is_not_kept():
    with pytest.raises(compact.Unkept):
        compact.written({"a": object()})
    with pytest.raises(compact.Unkept):
        compact.written(Unit(id="a", name="b").model_copy(update={"name": {1, 2}}))


# --- expressions

SOURCES = [
    (r"a|b", 0),
    (r"(?P<dead>死亡|遇难)(?P<n>\d+)人?(?!员)", 0),
    (r"(?i)ext[.=:]?\s*(\d{1,6})\Z", 0),
    (r"[^\s,，。;]{0,8}?(?:演练|演习)", re.DOTALL),
    (r"(?<=[\u4e00-\u9fa5])(\d{1,4})\.(?=[\s\u4e00-\u9fa5]|\Z)", 0),
    (r"(a)(b)?(?(2)c|d)\1", 0),
    (r"[\U00020000-\U0002A6DF]+", 0),
    ("", 0),
    (r"\b\w+\b", re.ASCII | re.IGNORECASE),
    (r"(?:x{2,}y)*z{3}", re.MULTILINE),
]
TEXTS = ["", "a", "死亡3人员", "遇难12人，EXT=12", "在消防演练", "共3. 人", "abca", "ad a", "𠀀𠀁", "xxyxxyzzz\nzzz"]


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize(("source", "flags"), SOURCES, ids=str)
def test_an_expression_that_is_kept_is_the_one_that_is_translated(
    source: str, flags: int, sparse: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Cache, "collects", True)
    translated = engine.compiled(source, flags, sparse=sparse)
    fresh = engine._KEPT.fresh
    assert len(fresh) == 1
    write(folder, "patterns", {key: make() for key, make in fresh.items()})
    monkeypatch.setattr(engine, "_KEPT", Cache("patterns", most=1))
    kept = engine.compiled(source, flags, sparse=sparse)
    assert engine._KEPT.fresh == {}
    for name in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(kept, name) == getattr(translated, name), name
    for text in TEXTS:
        found, expected = ([(m.span(), m.groups(), m.lastgroup) for m in p.finditer(text)] for p in (kept, translated))
        assert found == expected


def test_what_is_no_expression_is_told_as_ever(folder: Path, monkeypatch: pytest.MonkeyPatch):
    for collects in (False, True):
        monkeypatch.setattr(Cache, "collects", collects)
        with pytest.raises(re.error):
            engine.compiled("(", 0)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "AAAA"},
        {"code": ""},
        {"code": None},
        {"groups": 9},
        {"groups": "x"},
        {"names": {"a": 70}},
        {"names": []},
        {"flags": -1},
        {"source": 3},
    ],
    ids=str,
)
def test_an_entry_that_the_engine_refuses_is_translated_anew(
    change: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Cache, "collects", True)
    source = r"(?P<n>\d+)人(死亡|遇难)"
    engine.compiled(source)
    [(key, make)] = engine._KEPT.fresh.items()
    write(folder, "patterns", {key: make() | change})
    monkeypatch.setattr(engine, "_KEPT", Cache("patterns", most=1))
    assert engine.compiled(source).search("3人遇难").span() == (0, 4)  # type: ignore[union-attr]


def test_a_lazy_pattern_is_translated_once(folder: Path):
    pattern = Lazy("死亡", 0, False)
    assert pattern.search("3人死亡") is not None
    assert "search" in vars(pattern)


# --- readings


@pytest.fixture(scope="module")
def kept_readings() -> Readings:
    made = tables()
    assert made is not None
    return Readings(json.loads(json.dumps(made)))


def read_by_pypinyin(text: str) -> list[str]:
    each: Any = lambda chars: list(filter(str.isalnum, chars))  # noqa: E731
    return [part for part in lazy_pinyin(text, errors=each) if part]


def test_every_word_and_character_is_read_as_pypinyin_reads_it(kept_readings: Readings):
    texts = [*PHRASES_DICT, *map(chr, PINYIN_DICT)]
    assert [text for text in texts[::3] if list(kept_readings.of(text)) != read_by_pypinyin(text)] == []


def test_texts_of_words_and_their_pieces_are_read_as_pypinyin_reads_them(kept_readings: Readings):
    chance = random.Random()
    words, chars = list(PHRASES_DICT), list(map(chr, PINYIN_DICT))
    signs = list("a1，（〇々é①𠀀Ａ-\nー㐀鿿龦\ue815\ufa18½")

    def piece() -> str:
        word = chance.choice(words)
        at = chance.randrange(len(word))
        return chance.choice([word, word[at:], word[: at + 1], chance.choice(chars), chance.choice(signs)])

    texts = ["".join(piece() for _ in range(chance.randrange(1, 6))) for _ in range(4_000)]
    assert [text for text in texts if list(kept_readings.of(text)) != read_by_pypinyin(text)] == []


def test_names_are_read_as_pypinyin_reads_them(kept_readings: Readings):
    plans_ = [a_plan(path)[1] for path in FILES]
    names = {name for plan in plans_ for unit in plan.units for name in (unit.name, unit.id, *unit.aliases)}
    assert [name for name in names if list(kept_readings.of(name)) != read_by_pypinyin(name)] == []


# --- lines of the directory


def test_the_lines_that_are_kept_are_those_of_the_plans(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shipped_module, "_KEPT", Cache("phones", most=1))
    monkeypatch.setattr(Cache, "collects", True)
    assert shipped() is None
    fresh = shipped_module._KEPT.fresh
    write(folder, "phones", {key: make() for key, make in fresh.items()})
    monkeypatch.setattr(shipped_module, "_KEPT", Cache("phones", most=1))
    all_plans = load_all()
    assert shipped() == [entry for plan in all_plans.values() for entry in entries(plan)]
    for plan in all_plans.values():
        assert (shipped(plan.id) or []) == list(entries(plan))
    assert shipped("nothing") is None
    strange: Any
    for strange in (None, 3, [[]], [["a"]], [[1] * 8], {"a": 1}):
        write(folder, "phones", {key: strange for key in fresh})
        monkeypatch.setattr(shipped_module, "_KEPT", Cache("phones", most=1))
        assert shipped() is None
