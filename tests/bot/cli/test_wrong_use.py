"""Wrong use and bad input: a sentence that says what was wrong and what was expected, status 2, never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REPOSITORY = Path(__file__).resolve().parents[3]
PLAN = "jincheng-chengqu-campus"

# What must stand in the sentence: what was wrong, what to do instead.
WRONG = {
    "no command": ([], "用法"),
    "no such command": (["foo"], "可用：classify"),
    "no subcommand": (["plans"], "用法"),
    "no such subcommand": (["plans", "foo"], "可用：list"),
    "no such option": (["read", "x", "--bogus"], "没有选项 --bogus"),
    "a word that looks like an option": (["line", "agree", "-LrkA10"], "前面加 --"),
    "too many words": (["read", "a", "b"], "多出了参数：b"),
    "no plan id": (["plans", "show"], "缺少 ID"),
    "no such plan": (["plans", "show", "nope"], PLAN),
    "a path as a plan": (["plans", "show", "../../etc/passwd"], PLAN),
    "no such plan file": (["plans", "show", "nope.yaml"], "没有这个文件"),
    "a folder as a plan file": (["plans", "lint", "folder.yaml"], "是文件夹"),
    "no such clause": (["plans", "clause", PLAN, "99"], "相近的"),
    "diff with one": (["plans", "diff", PLAN], "缺少 B"),
    "read without text": (["read"], "缺少 TEXT"),
    "read with no such plan": (["read", "x", "--plan", "nope"], PLAN),
    "now is nonsense": (["read", "x", "--now", "nonsense"], "2026-03-02T10:20:00+08:00"),
    "now is before the calendar": (["read", "x", "--now", "0001-01-01T00:00:00"], "1900年至2200年"),
    "now is after it": (["classify", "--plan", PLAN, "--now", "9999-12-31T23:59:59-12:00"], "1900年至2200年"),
    "classify without a plan": (["classify"], "缺少 --plan"),
    "no such class": (["classify", "--plan", PLAN, "--class", "nope"], "crowd 踩踏拥挤"),
    "a class where there are none": (["classify", "--plan", "dehui-education-duties", "--class", "x"], "不分类别"),
    "phone without a query": (["phone"], "缺少 QUERY"),
    "phone with spaces": (["phone", "  "], "tocsin phone"),
    "no lines at all": (["phone", "消防", "--limit", "0"], "1到10000"),
    "a limit that is no number": (["phone", "消防", "--limit", "很多"], "1到10000"),
    "who about nothing": (["who", ""], "tocsin who"),
    "simulate nothing": (["simulate"], "请写明场景文件"),
    "simulate no file": (["simulate", "nope.yaml"], "没有这个文件"),
    "simulate a folder": (["simulate", "folder.yaml"], "是文件夹"),
    "simulate bytes": (["simulate", "bytes.yaml"], "不是 UTF-8"),
    "simulate no yaml": (["simulate", "open.yaml"], "open.yaml:1"),
    "simulate nothing in it": (["simulate", "empty.yaml"], "occurred_at"),
    "simulate a list": (["simulate", "list.yaml"], "occurred_at"),
    "simulate an abyss": (["simulate", "deep.yaml"], "嵌套太深"),
    "a very long name": (["simulate", "x" * 5000], "文件名"),
    "a checkpoint of bytes": (["audit", "verify", "--checkpoint", "bytes.yaml"], "不是检查点文件"),
    "a checkpoint without its parts": (["audit", "verify", "--checkpoint", "open.yaml"], "不是检查点文件"),
    "erase without who": (["audit", "erase", "1"], "缺少 --by"),
    "erase for no reason": (["audit", "erase", "1", "--by", "孙", "--reason", " "], "依据和原因"),
    "erase by mistake": (["audit", "erase", "1", "--by", "孙", "--reason", "申请"], "--yes"),
    "backup to nowhere": (["db", "backup"], "缺少 FILE"),
    "restore from nowhere": (["db", "restore", "nope.db"], "没有这个文件"),
    "no checkpoint": (["audit", "verify", "--checkpoint", "nope"], "没有这个文件"),
}

FACTS = {
    "{": "不是JSON（第2个字符处不对）",
    "[]": "应为一个对象",
    "null": "应为一个对象",
    '{"foo": 1}': "可用：deaths 死亡",
    '{"event_level": "重大"}': "可用：deaths 死亡",
    '{"deaths": -1}': "从0起的整数",
    '{"deaths": 1.5}': "从0起的整数",
    '{"deaths": true}': "是数",
    '{"deaths": "三"}': "是数",
    '{"deaths": [1, 2]}': "事实的值是",
    '{"deaths": {}}': "事实的值是",
    '{"deaths": {"at_least": 5, "at_most": 3}}': "大于",
    '{"deaths": {"at_least": "x"}}': "是数或 null",
    '{"deaths": {"at_least": true}}': "是数或 null",
    '{"deaths": NaN}': "不是JSON",
    '{"deaths": Infinity}': "不是JSON",
    '{"deaths": 1e999}': "太大",
    '{"deaths": ' + "9" * 400 + "}": "太大",
    '{"deaths": ' + "9" * 5000 + "}": "不是JSON",
    "[" * 100_000: "不是JSON",
    '{"capacity": "nope"}': "beyond、district、local",
    '{"hazard_on_site": 3}': "hazard_on_site",
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "bytes.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "open.yaml").write_text("steps: [1", "utf-8")
    (tmp_path / "empty.yaml").write_text("", "utf-8")
    (tmp_path / "list.yaml").write_text("- 1", "utf-8")
    (tmp_path / "deep.yaml").write_text("[" * 3000 + "]" * 3000, "utf-8")


def told(ran, expected):
    assert ran.status == 2
    assert ran.out == ""
    assert expected in ran.err
    assert "Traceback" not in ran.err
    assert not re.search(r"\b(Error|Invalid|Usage|Try|expected|Input should)\b", ran.err)


@pytest.mark.parametrize("what", WRONG)
def test_wrong_use_is_told_in_words(tocsin, files, what):
    words, expected = WRONG[what]
    told(tocsin(*words), expected)


@pytest.mark.parametrize("json", [False, True])
@pytest.mark.parametrize("facts", FACTS, ids=lambda text: text[:40])
def test_wrong_facts_are_told_in_words(tocsin, facts, json):
    told(tocsin("classify", "--plan", PLAN, "--facts", facts, *(["--json"] if json else [])), FACTS[facts])


@pytest.mark.parametrize("plan", ["jincheng-energy", "linan-campus", "jincheng-water-rescue"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_no_traceback_is_shown(tocsin, plan, data):
    json = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["at_least", "at_most", "value"]), inner)
        ),
        max_leaves=4,
    )
    facts = data.draw(
        st.dictionaries(st.sampled_from(["deaths", "ill", "missing", "gas_cut_days", "x"]), json, max_size=3)
    )
    text = data.draw(
        st.text(max_size=60) | st.from_regex(r"(\d{1,30}(人|%|天)?(死|伤|失联|停电|减供负荷)?){0,5}", fullmatch=True)
    )
    import json as encoder

    ran = tocsin("classify", "--plan", plan, "--text", text, "--facts", encoder.dumps(facts), "--json")
    assert ran.status in (0, 2)
    assert "程序出错" not in ran.err
    if ran.status == 0:
        assert ran.json["plan"] == plan
        assert ran.err == ""
    else:
        assert ran.out == ""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_read_reads_anything(tocsin, text):
    ran = tocsin("read", "--json", "--now", "2026-03-02T10:30:00+08:00", "--", text)
    assert (ran.status, ran.err) == (0, "")
    assert ran.json["facts"] is not None


def test_a_huge_text_is_read_up_to_its_limit(tocsin):
    ran = tocsin("read", "踩踏，4人受伤。" + "一" * 120_000, "--json")
    assert ran.status == 0
    assert ran.json["facts"]["injuries"]["value"] == 4


def environment(tmp_path, **more):
    keep = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    return {**keep, "TOCSIN_HOME": str(tmp_path), "COLUMNS": "100", **more}


def test_bytes_that_are_no_text_are_read_with_a_mark(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "read", b"\xff\xfe4\xe4\xba\xba\xe5\x8f\x97\xe4\xbc\xa4", "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        env=environment(tmp_path, LC_ALL="C.UTF-8"),
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert b'"value": 4' in done.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    # head -1 of a long page
    first = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "plans", "show", PLAN, "--json"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    assert first.stdout
    assert first.stderr
    first.stdout.read(1)
    first.stdout.close()
    errors = first.stderr.read()
    first.stderr.close()
    assert first.wait(60) == 0
    assert errors == b""


def test_a_bug_is_one_sentence_and_a_traceback_only_when_asked_for(tocsin, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("one by none")

    monkeypatch.setattr("plans.load.load_all", broken)
    ran = tocsin("plans", "list")
    assert ran.status == 2
    assert "程序出错（ZeroDivisionError：one by none）" in ran.err
    monkeypatch.setenv("TOCSIN_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        tocsin("plans", "list")
