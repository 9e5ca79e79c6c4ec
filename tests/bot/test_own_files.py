"""The office's own files: pauses and days; one that cannot be read is said before anything starts."""

import re
from typing import Any

import pytest
from pydantic import SecretStr

from bot.main import _calendar, _policy, running
from bot.main.folders import hindered
from bot.main.program import CannotStart
from bot.settings import Settings
from plans.core.policy import DEFAULT_POLICY


def settings(**files: Any) -> Settings:
    return Settings(_env_file=None, token=SecretStr("110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"), **files)


def test_without_a_file_the_programs_own_holds(tmp_path):
    assert _policy(settings()) is DEFAULT_POLICY


def test_the_offices_pauses_hold(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text("units: [PT1M, PT2M]\nladder: {区消防救援大队: [PT1M]}\n", encoding="utf-8")
    found = _policy(settings(policy_file=file))
    assert len(found.units) == 2 and dict(found.ladder).keys() == {"区消防救援大队"}


@pytest.mark.parametrize("text", ["unit: [PT1M]\n", "units: soon\n", "units: [\n"])
def test_a_file_that_cannot_be_read_is_said(tmp_path, text):
    file = tmp_path / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotStart, match="TOCSIN_POLICY_FILE"):
        _policy(settings(policy_file=file))
    with pytest.raises(CannotStart, match="TOCSIN_CALENDAR_FILE"):
        _calendar(settings(calendar_file=tmp_path / "none"))


BROKEN = {
    "absent": (None, "没有文件"),
    "GBK": ("units: [PT1M] # 提醒".encode("gbk"), "不是 UTF-8 文字"),
    "no YAML": (b"units: [", "不是合法的 YAML"),
    "no mapping": (b"- PT1M", "应为“项: 时长”的各行"),
    "an unknown key": (b"unit: [PT1M]", "提醒策略没有“unit”这一项"),
    "no span": (b"units: soon", "units 应为时长的列表"),
    "aliases": (b"units: &a [PT1M]\nproposal: *a", "用了别名"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_wrong_with_the_policy_file_is_said_in_chinese(tmp_path, kind):
    content, said = BROKEN[kind]
    file = tmp_path / "policy.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotStart) as caught:
        _policy(settings(policy_file=file))
    text = str(caught.value)
    assert text.startswith("TOCSIN_POLICY_FILE：") and said in text
    assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+|Errno|codec", text), text


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "没有文件"), ("2027-02-14 班 # 补".encode("gbk"), "不是 UTF-8"), (b"x", "应写作 2027-02-14 班")],
)
def test_what_is_wrong_with_the_calendar_is_said_in_chinese(tmp_path, content, said):
    file = tmp_path / "days.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotStart, match=said):
        _calendar(settings(calendar_file=file))


@pytest.mark.parametrize(
    ("url", "plain", "starts"),
    [
        ("http://10.0.0.7:8081", False, False), ("http://api.example.org", False, False),
        ("http://127.0.0.1.example.org", False, False), ("http://10.0.0.7:8081", True, True),
        ("https://api.example.org", False, True), ("http://127.0.0.1:8081", False, True),
        ("http://localhost:8081", False, True),
    ],
)  # fmt: skip
async def test_the_token_goes_over_no_network_in_clear_unless_that_is_said(url, plain, starts):
    given = settings(api_url=url, api_plain=plain)
    assert given.readable is not starts
    if not starts:
        with pytest.raises(CannotStart, match="TOCSIN_API_PLAIN=true"):
            async with running(given):
                pass


def test_a_folder_that_cannot_be_written_is_said_and_the_start_goes_on(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    shut = tmp_path / "shut"
    shut.mkdir()
    given = settings(
        evidence_folder=shut / "not" / "yet",
        checkpoint_folder=tmp_path / "file" / "inner",
        heartbeat_file=tmp_path / "new" / "beat",
    )
    monkeypatch.setattr("bot.main.folders.os.access", lambda asked, mode: asked != shut)
    first, second, third = hindered(given)
    assert third.startswith(f"TOCSIN_HEARTBEAT_FILE：没有文件夹 {tmp_path / 'new'}，监控收不到心跳；请改好")
    assert first.startswith(f"TOCSIN_EVIDENCE_FOLDER：运行警钟的用户不能在文件夹 {shut} 里写")
    assert second.startswith("TOCSIN_CHECKPOINT_FOLDER：") and "每天的检查点写不出去" in second
    assert not (tmp_path / "new").exists() and [item.name for item in shut.iterdir()] == [], "nothing is made"
    monkeypatch.undo()
    assert hindered(settings(evidence_folder=shut)) == []
