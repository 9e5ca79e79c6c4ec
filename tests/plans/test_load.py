"""Plan files: what is read, what is kept canonical, what defaults come from the core."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plans.load import DATA, PlanError, canonical, digest, from_canonical, load, load_all, load_text, plan_facts
from plans.load import canonical as canonical_module
from plans.model import CORE_FACTS, Compare, Within

TINY = Path(__file__).with_name("tiny.yaml")
PLANS = sorted(DATA.glob("*.yaml"))


def test_a_plan_is_read_with_its_types() -> None:
    plan = load(TINY)
    assert plan.id == "tiny-pool"
    assert plan.bounds.at_most == "exclusive"
    assert plan.levels is not None
    assert plan.levels.rows[0].when == Compare(fact="deaths", ge=30)
    assert plan.responses[1].conditions[0].when == Within(fact="event_level", values=("较大",))
    assert plan.obligations[0].clock.within == timedelta(minutes=30)
    assert plan.obligations[2].changes[0].every == timedelta(hours=2)
    assert plan.path == str(TINY.resolve())
    assert plan.hash == digest(plan)


def test_core_facts_exist_in_every_plan_and_a_file_says_only_what_differs() -> None:
    facts = plan_facts(load(TINY))
    assert list(facts)[: len(CORE_FACTS)] == list(CORE_FACTS)
    assert facts["deaths"].includes == ("missing",)
    assert facts["deaths"].open
    assert facts["deaths"].question == CORE_FACTS["deaths"].question
    assert facts["loss"].unit == "%"
    assert not facts["gas_leak"].open


def test_a_file_can_close_a_core_fact_and_its_canonical_text_keeps_that() -> None:
    text = TINY.read_text(encoding="utf-8").replace("  deaths: {includes: [missing]}", "  deaths: {open: false}")
    plan = from_canonical(canonical(load_text(text, "closed")))
    assert not plan_facts(plan)["deaths"].open


@pytest.mark.parametrize("path", [TINY, *PLANS], ids=lambda path: path.stem)
def test_canonical_text_comes_back_as_the_same_plan(path: Path) -> None:
    plan = load(path)
    again = from_canonical(canonical(plan))
    assert again.hash == plan.hash
    assert again.model_copy(update={"path": plan.path}) == plan
    assert canonical(again) == canonical(plan)


def test_comments_and_layout_do_not_change_the_hash_and_content_does() -> None:
    text = TINY.read_text(encoding="utf-8")
    plan = load_text(text, "one")
    assert load_text("# 另一条注释\n" + text.replace("{ge: 30}", "{ge:   30}"), "two").hash == plan.hash
    assert load_text(text.replace("{ge: 30}", "{ge: 31}"), "three").hash != plan.hash
    assert load_text(text.replace("指挥长赶赴现场", "指挥长到现场"), "four").hash != plan.hash


def test_an_older_schema_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**{key: item for key, item in data.items() if key != "name"}, "title": data["name"]}

    monkeypatch.setitem(canonical_module.__globals__["UPCASTERS"], 0, rename)
    old = canonical(load(TINY)).replace('"schema":1', '"schema":0').replace('"title":"云川', '"name":"云川', 1)
    plan = from_canonical(old)
    assert plan.title == load(TINY).title
    assert plan.schema_version == 1


def test_an_unchanged_file_is_read_once_and_a_changed_one_again(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    first = load(path)
    assert load(path) is first
    path.write_text(TINY.read_text(encoding="utf-8").replace("2030-01-01.1", "2030-01-01.2"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert load(path).version == "2030-01-01.2"


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PlanError, match="id tiny-pool 已用于") as caught:
        load_all(tmp_path)
    assert caught.value.file.endswith("b.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("id: 预案".encode("gb18030"))
    with pytest.raises(PlanError, match="UTF-8"):
        load(path)


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = TINY.read_text(encoding="utf-8").replace("{ge: 30}", "{gee: 30}").replace("PT4H", "4小时")
    with pytest.raises(PlanError) as caught:
        load_text(text, "twice.yaml")
    error = caught.value
    assert [problem.where for problem in error.problems] == ["levels.rows[0].when", "obligations[2].clock.every"]
    assert error.line == error.problems[0].line < error.problems[1].line
    assert error.example == "when: {deaths: {ge: 3, le: 9}}"
    assert "PT30M" in error.problems[1].expected
    assert str(error).startswith("twice.yaml: 第")
