"""``tocsin warn``: what is read of a text and of a file, and what is wrong with one."""

from pathlib import Path

import pytest

from tests.bot.cli.test_contract import STORM

NOW = ("--now", "2026-07-09T13:06:00+08:00")
TEXT = "区气象台9日13时发布暴雨红色预警信号：预计14时至20时城关镇有大暴雨"


def test_a_text_is_read_with_its_words(tocsin):
    ran = tocsin("warn", "read", TEXT, *NOW, "--plan", "jincheng-water-rescue", "--json")
    assert (ran.status, ran.err) == (0, "")
    said = ran.json
    assert (said["kind"], said["colour"], said["stage"], said["area"]) == ("暴雨", "红", "issued", ["城关镇"])
    assert (said["from"], said["to"]) == ("2026-07-09T14:00:00+08:00", "2026-07-09T20:00:00+08:00")
    assert said["clause"] == "3.2.1"
    assert said["words"]["issuer"] == {"text": "区气象台", "span": [0, 4]}


def test_a_person_reads_it_in_words(tocsin):
    ran = tocsin("warn", "read", TEXT, *NOW)
    assert ran.status == 0
    for words in ("暴雨", "红色", "发布", "区气象台", "城关镇", "未说明"):
        assert words in ran.out


@pytest.mark.parametrize(
    ("text", "why"),
    [("会不会发布暴雨红色预警", "是在问"), ("【演练】发布暴雨红色预警", "演练"), ("下雨了", "没有预警")],
)
def test_why_there_is_none_is_said(tocsin, text, why):
    ran = tocsin("warn", "read", text, *NOW)
    assert ran.status == 1
    assert why in ran.out


def test_a_file_is_read_and_checked(tocsin):
    said = tocsin("warn", "read", STORM, *NOW, "--json")
    assert said.status == 0
    assert (said.json["kind"], said.json["colour"], said.json["area"]) == ("暴雨", "红", ["西街街道"])
    checked = tocsin("warn", "check", STORM)
    assert (checked.status, checked.out.strip()) == (0, "符合 CAP 标准。")


def test_what_is_wrong_with_a_file_is_named(tocsin):
    Path("bad.xml").write_bytes(STORM.read_bytes().replace(b"Extreme", b"Red"))
    checked = tocsin("warn", "check", "bad.xml")
    assert checked.status == 1
    assert "写的是“Red”" in checked.out
    ran = tocsin("warn", "read", "bad.xml")
    assert ran.status == 2
    assert "写的是“Red”" in ran.err


def test_a_text_in_a_file_is_read(tocsin):
    Path("storm.txt").write_text(TEXT, encoding="utf-8")
    assert tocsin("warn", "read", "storm.txt", *NOW, "--json").json["kind"] == "暴雨"
    assert tocsin("warn", "read", "absent.txt").status == 2
