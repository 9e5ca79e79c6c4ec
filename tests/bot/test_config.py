"""Settings: what is taken, and that whatever is wrong is one Chinese sentence for the person who set it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import WrongSetting, database_url, read_settings
from bot.settings import Settings
from tests.bot.rig import TOKEN

Read = Callable[..., Settings]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Read settings in a folder of their own, from these variables and no others."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TOCSIN_")]:
        monkeypatch.delenv(name)

    def read(env_file: Path | None = None, **given: str) -> Settings:
        for name, value in given.items():
            monkeypatch.setenv(f"TOCSIN_{name.upper()}", value)
        return read_settings(env_file)

    return read


def sentence(read: Read, **given: str) -> str:
    with pytest.raises(WrongSetting) as caught:
        read(**{"token": TOKEN, **given})
    return str(caught.value)


def test_the_token_alone_is_enough(read: Read) -> None:
    settings = read(token=TOKEN)
    assert (settings.api_url, settings.mode, settings.admins) == ("https://api.telegram.org", "polling", frozenset())
    assert (settings.send_rate, settings.chat_gap, settings.group_rate) == (30, 1.0, 20)
    assert settings.database_url == "sqlite+aiosqlite:///tocsin.db"
    assert not settings.loopback


def test_what_is_meant_is_understood(read: Read) -> None:
    settings = read(
        token=TOKEN, api_url="http://127.0.0.1:8081/", database_url="/var/lib/tocsin.db", admins="10001，10002; 10003",
        send_rate="300", chat_gap="0.5", group_rate="60",
    )  # fmt: skip
    assert (settings.api_url, settings.loopback) == ("http://127.0.0.1:8081", True)
    assert settings.database_url == "sqlite+aiosqlite:////var/lib/tocsin.db"
    assert settings.admins == {10001, 10002, 10003}
    assert (settings.send_rate, settings.chat_gap, settings.group_rate) == (300, 0.5, 60)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://localhost:1", True),
        ("http://[::1]:1", True),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.7:8081", False),
    ],
)
def test_the_clock_may_be_moved_only_before_a_server_of_this_machine(read: Read, url: str, own: bool) -> None:
    assert read(token=TOKEN, api_url=url).loopback is own


WRONG = {
    ("token", "123"): "应为 @BotFather 给出的口令，形如 123456789:AA…",
    ("api_url", "127.0.0.1:8081"): "应为网址，例如 http://127.0.0.1:8081",
    ("database_url", "mysql://x"): "应以 sqlite+aiosqlite:/// 或 postgresql+asyncpg:// 开头，也可只写SQLite文件的路径",
    ("mode", "push"): "应为 polling 或 webhook",
    ("log_level", "loud"): "应为 debug、info、warning 或 error",
    ("admins", "@li"): "应为Telegram数字编号，多个以逗号分开，例如 10001,10002",
    ("long_poll", "51"): "应为0到50之间的秒数",
    ("long_poll", "一"): "应为整数",
    ("long_poll", "1.5"): "应为整数",
    ("send_rate", "0"): "应为1到1000之间的整数",
    ("group_rate", "1001"): "应为1到1000之间的整数",
    ("chat_gap", "-1"): "应为0到60之间的秒数，例如 1 或 0.5",
    ("chat_gap", "nan"): "应为0到60之间的秒数，例如 1 或 0.5",
    ("chat_gap", "x"): "应为数字",
    ("checkpoint_chat", "x"): "应为整数",
}


@pytest.mark.parametrize(("given", "said"), WRONG.items(), ids=[f"{name}={value}" for name, value in WRONG])
def test_what_is_wrong_is_one_chinese_sentence(read: Read, given: tuple[str, str], said: str) -> None:
    name, value = given
    assert sentence(read, **{name: value}) == f"设置 TOCSIN_{name.upper()} 不对：{said}"


@pytest.mark.parametrize("name", [name for name in Settings.model_fields if name != "token"])
@pytest.mark.parametrize("value", ["无", "-9", "http://", "[1,2", "http://[1,2", "http://x:y", "\x01"])
def test_no_words_of_a_library_reach_the_person(read: Read, name: str, value: str) -> None:
    try:
        read(**{"token": TOKEN, name: value})
    except WrongSetting as wrong:
        assert f"TOCSIN_{name.upper()}" in str(wrong)
        assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", str(wrong)), wrong


def test_a_missing_token_says_where_to_put_it(read: Read) -> None:
    with pytest.raises(WrongSetting) as caught:
        read()
    assert str(caught.value) == "缺少设置 TOCSIN_TOKEN，请写入环境变量或 .env（见 deploy/env.example）"


def test_all_faults_are_told_at_once(read: Read) -> None:
    said = sentence(read, mode="push", long_poll="99")
    assert said == "设置 TOCSIN_MODE 不对：应为 polling 或 webhook；设置 TOCSIN_LONG_POLL 不对：应为0到50之间的秒数"


def test_what_was_wrong_is_not_repeated_where_it_is_a_secret(read: Read) -> None:
    assert "7777:" not in sentence(read, token="7777:short")
    assert TOKEN not in repr(read(token=TOKEN))


def test_a_file_is_read_and_the_surroundings_come_first(read: Read, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"TOCSIN_TOKEN={TOKEN}\nTOCSIN_LONG_POLL=7\nTOCSIN_ADMINS=1,2\nOTHER=x\n")
    assert (read().long_poll, read().admins) == (7, frozenset({1, 2}))
    assert read(long_poll="9").long_poll == 9
    other = tmp_path / "other.env"
    other.write_text("TOCSIN_ADMINS=3\n")
    assert read(other, token=TOKEN).admins == {3}


def test_the_database_can_be_named_without_a_token(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database_url() == "sqlite+aiosqlite:///tocsin.db"
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "some/where.db")
    assert database_url() == "sqlite+aiosqlite:///some/where.db"
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "mysql://x")
    with pytest.raises(WrongSetting, match=r"^设置 TOCSIN_DATABASE_URL 不对：应以"):
        database_url()


def test_every_setting_stands_in_the_example() -> None:
    example = (Path(__file__).resolve().parents[2] / "deploy" / "env.example").read_text()
    named = {name.lower() for name in re.findall(r"^#?TOCSIN_([A-Z_]+)=", example, re.MULTILINE)}
    assert {"token", "admins", "database_url", "api_url", "mode", "send_rate", "chat_gap", "group_rate"} <= named
    assert named <= set(Settings.model_fields)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://board.example.org", "https://board.example.org"),
        ("https://Board.Example.org/", "https://board.example.org"),
        ("https://board.example.org:443", "https://board.example.org"),
        ("https://board.example.org:8443", "https://board.example.org:8443"),
        ("https://10.1.2.3", "https://10.1.2.3"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("", ""),
    ],
)
def test_the_boards_address_is_an_origin(read: Read, given: str, meant: str) -> None:
    settings = read(token=TOKEN, board_url=given)
    assert settings.board_url == meant
    assert settings.address == (("127.0.0.1", 8080) if meant else None)


@pytest.mark.parametrize(
    "given",
    [
        "board.example.org", "ftp://board.example.org", "https://", "https://board.example.org/path",
        "https://board.example.org?x", "https://board.example.org#x", "https://user@board.example.org",
        "https://user:word@board.example.org", "https://board.example.org:99999", "https://值班室.example.org",
        "http://board.example.org", "http://10.1.2.3:8080", "http://127.0.0.1.example.org",
    ],
)  # fmt: skip
def test_an_address_that_browsers_may_not_be_given_is_refused(read: Read, given: str) -> None:
    assert sentence(read, board_url=given).startswith("设置 TOCSIN_BOARD_URL 不对：")


@pytest.mark.parametrize(
    ("given", "reports"),
    [
        ({}, "http://127.0.0.1:8080/voice/callback"),
        ({"listen": "0.0.0.0:9000"}, "http://127.0.0.1:9000/voice/callback"),
        ({"listen": "[::1]:9000"}, "http://[::1]:9000/voice/callback"),
        ({"voice_callback": "https://bot.example.org/"}, "https://bot.example.org/voice/callback"),
    ],
)
def test_a_telephone_gateway_is_told_where_to_report(read: Read, given: dict[str, str], reports: str) -> None:
    settings = read(token=TOKEN, voice_url="http://10.1.2.3:8090/call", voice_secret="x" * 24, **given)
    assert settings.voice_reports == reports and settings.address is not None
    assert "x" * 24 not in repr(settings)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"voice_url": "http://10.1.2.3/call"}, "TOCSIN_VOICE_SECRET"),
        ({"voice_url": "http://voice.example.org/call", "voice_secret": "x" * 24}, "不加密"),
        ({"voice_url": "https://user:word@voice.example.org", "voice_secret": "x" * 24}, "不带口令"),
        ({"voice_url": "https://voice.example.org/?key=1", "voice_secret": "x" * 24}, "不带口令和参数"),
        ({"voice_url": "https://voice.example.org", "voice_secret": "short"}, "24到256个"),
        ({"voice_url": "https://voice.example.org", "voice_secret": "with a blank in the middle"}, "24到256个"),
    ],
)
def test_a_telephone_gateway_that_others_could_hear_or_ask_is_refused(
    read: Read, given: dict[str, str], said: str
) -> None:
    assert said in sentence(read, **given)
