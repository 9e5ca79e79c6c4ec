"""``tocsin plans check``: what an author sees of a plan file in one go, with the rule of each finding."""

import pytest

from tests.plans.test_guide import EXAMPLE
from tests.plans.test_lint import TINY


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "my-plan.yaml"
    path.write_text(EXAMPLE, "utf-8")
    return path


def test_findings_pages_and_sample_texts_come_together(tocsin, plan):
    ran = tocsin("plans", "check", str(plan))
    assert (ran.status, ran.err) == (0, "")
    assert "检查了1个预案：错误0" in ran.out
    assert "报送时限" in ran.out
    assert "可能较大" in ran.out and "可能一般" in ran.out


def test_a_rule_with_a_condition_does_not_apply_always(tocsin, plan):
    text = EXAMPLE.replace("    applies: 发生突发事件后\n", "    when: {event_level: 较大}\n")
    plan.write_text(text, "utf-8")
    shown = tocsin("plans", "show", str(plan), "报送时限").out
    assert "事件级别为较大" in shown and "一律" not in shown
    plan.write_text(text.replace("    when: {event_level: 较大}\n", ""), "utf-8")
    assert "一律" in tocsin("plans", "show", str(plan), "报送时限").out


def test_a_fault_is_named_with_its_rule(tocsin, plan):
    plan.write_text(EXAMPLE.replace("deaths: {ge: 3, lt: 10}", "deaths: {ge: 4, lt: 10}"), "utf-8")
    ran = tocsin("plans", "check", str(plan))
    assert ran.status == 1
    for said in (ran, tocsin("plans", "lint", str(plan))):
        assert "evidence" in {line.split()[-1] for line in said.out.splitlines() if "死亡≥4" in line}


def test_texts_are_tried_and_what_they_should_come_to_is_compared(tocsin, plan, tmp_path):
    texts = tmp_path / "texts.txt"
    texts.write_text("# 一行一条\n游泳馆4人死亡 => 较大\n游泳馆2人死亡 => 较大\n游泳馆有人溺水\n", "utf-8")
    ran = tocsin("plans", "check", str(plan), "--texts", str(texts), "--json")
    assert ran.status == 0
    assert [(item["text"], item["expected"], item["met"]) for item in ran.json["texts"]] == [
        ("游泳馆4人死亡", "较大", "yes"),
        ("游泳馆2人死亡", "较大", "no"),
        ("游泳馆有人溺水", None, None),
    ]
    assert ran.json["texts"][0]["event_level"] == "较大"
    assert {"rule", "severity", "line", "clause", "message"} <= ran.json["findings"][0].keys()
    assert "应得较大，不符" in tocsin("plans", "check", str(plan), "--texts", str(texts)).out


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "没有一条报告"), ("游泳馆".encode("gbk"), "不是 UTF-8"), (None, "没有这个文件")]
)
def test_a_file_of_texts_that_cannot_be_used_is_said_so(tocsin, plan, tmp_path, content, words):
    texts = tmp_path / "texts.txt"
    if content is not None:
        texts.write_bytes(content)
    ran = tocsin("plans", "check", str(plan), "--texts", str(texts))
    assert ran.status == 2
    assert words in ran.err


def test_a_file_that_cannot_be_read_as_a_plan_shows_where(tocsin, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("id: [", "utf-8")
    ran = tocsin("plans", "check", str(path), "--json")
    assert ran.status == 1
    assert [item["rule"] for item in ran.json["findings"]] == ["load"]
    assert ran.json["texts"] == []


def test_evidence_is_held_against_a_given_official_text(tocsin, plan, tmp_path):
    official = tmp_path / "official.txt"
    official.write_text("1 分级标准\n3人以上10人以下死亡的为较大。\n2.1 报送时限\n事发后30分钟以内报告。\n", "utf-8")
    found = tocsin("plans", "check", str(plan), "--official", str(official), "--json").json["findings"]
    assert [item["message"] for item in found if item["rule"] == "evidence-text"] == [
        "官方文本里没有“3人以下死亡”；应照原文的字句，略去的用……"
    ]


def test_the_id_of_an_installed_plan_is_taken(tocsin, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(TINY.read_text("utf-8").replace("id: tiny-pool", "id: linan-campus"), "utf-8")
    found = tocsin("plans", "check", str(path), "--json").json["findings"]
    assert [item["rule"] for item in found if item["severity"] == "error"] == ["id"]
