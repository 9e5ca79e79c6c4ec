"""Settings as editors, shells, docker and systemd hand them over: understood, or refused with the nearest name."""

from __future__ import annotations

import os

import pytest

from bot.config import WrongSetting, database_url, read_settings
from bot.database_urls import DATABASE, shown
from bot.settings import Settings
from bot.surroundings import BadSurroundings, tidy_proxies
from tests.bot.rig import TOKEN


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("TOCSIN_") or "PROXY" in name.upper()]:
        monkeypatch.delenv(name)


def env(tmp_path, text: str, charset: str = "utf-8") -> None:
    (tmp_path / ".env").write_bytes(text.encode(charset))


TYPED = {
    "ADMIN": "TOCSIN_ADMINS", "ADMINSS": "TOCSIN_ADMINS", "DATABSE_URL": "TOCSIN_DATABASE_URL",
    "DATABASE": "TOCSIN_DATABASE_URL", "DB_URL": "TOCSIN_DATABASE_URL", "BOT_TOKEN": "TOCSIN_TOKEN",
    "TOKE": "TOCSIN_TOKEN", "LOGLEVEL": "TOCSIN_LOG_LEVEL", "WEBHOOK": "TOCSIN_WEBHOOK_URL",
    "LISTEN_ADDRESS": "TOCSIN_LISTEN", "POLICYFILE": "TOCSIN_POLICY_FILE", "EVIDENCE_DIR": "TOCSIN_EVIDENCE_FOLDER",
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_an_unknown_setting_is_named_with_the_nearest_known_one(monkeypatch, tmp_path, name):
    env(tmp_path, f"TOCSIN_TOKEN={TOKEN}\n")
    monkeypatch.setenv(f"TOCSIN_{name}", "x")
    for read in (read_settings, database_url):
        with pytest.raises(WrongSetting) as caught:
            read()
        assert str(caught.value).startswith(f"没有 TOCSIN_{name} 这个设置，是不是 {TYPED[name]}？"), caught.value


def test_an_unknown_setting_in_the_file_is_named_too_and_one_like_none(tmp_path):
    env(tmp_path, f"TOCSIN_TOKEN={TOKEN}\nTOCSIN_XQZW=1\n#TOCSIN_OLD=1\nOTHER=1\n")
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    assert str(caught.value) == "没有 TOCSIN_XQZW 这个设置；全部设置见 deploy/env.example"


def test_what_is_no_setting_but_known_is_let_be(monkeypatch):
    monkeypatch.setenv("TOCSIN_HOME", "/x")
    monkeypatch.setenv("TOCSIN_TRACEBACK", "1")
    monkeypatch.setenv("tocsin_token", TOKEN)
    assert read_settings().token.get_secret_value() == TOKEN


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", " ", "\t", "\u3000", "\ufeff"], ids=repr)
def test_what_stands_behind_a_value_is_no_part_of_it(monkeypatch, end):
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN + end)
    monkeypatch.setenv("TOCSIN_DATABASE_URL", f"/var/lib/t.db{end}")
    monkeypatch.setenv("TOCSIN_ADMINS", f"7{end}")
    monkeypatch.setenv("TOCSIN_LONG_POLL", f"5{end}")
    monkeypatch.setenv("TOCSIN_MODE", f"polling{end}")
    found = read_settings()
    assert found.token.get_secret_value() == TOKEN
    assert found.database_url == database_url() == "sqlite+aiosqlite:////var/lib/t.db"
    assert found.admins == {7} and found.long_poll == 5 and found.mode == "polling"


def test_a_value_of_two_lines_is_refused(monkeypatch):
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN)
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "/var/lib/t.db\nx")
    for read in (read_settings, database_url):
        with pytest.raises(WrongSetting, match="TOCSIN_DATABASE_URL 的值里有换行"):
            read()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_any_editor_is_read(tmp_path, charset, end):
    lines = (
        "# 口令和管理员",
        f"TOCSIN_TOKEN={TOKEN}",
        'TOCSIN_DATABASE_URL="数据/t.db"',
        "TOCSIN_ADMINS=7 # 孙管理",
        "",
    )
    env(tmp_path, end.join(lines), charset)
    found = read_settings()
    assert found.token.get_secret_value() == TOKEN and found.admins == {7}
    assert found.database_url == database_url() == "sqlite+aiosqlite:///数据/t.db"


def test_quotes_that_docker_takes_for_part_of_a_value_are_not(monkeypatch):
    monkeypatch.setenv("TOCSIN_TOKEN", f'"{TOKEN}"')
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "'/var/lib/t.db'")
    assert read_settings().database_url == "sqlite+aiosqlite:////var/lib/t.db"


def test_a_file_that_is_no_text_or_cannot_be_read_is_said(tmp_path):
    (tmp_path / ".env").write_bytes(b"TOCSIN_TOKEN=\xff\xff\xff\x00\x81")
    with pytest.raises(WrongSetting, match="不是文字"):
        read_settings()
    (tmp_path / ".env").unlink()
    (tmp_path / ".env").mkdir()
    with pytest.raises(WrongSetting, match="读不了设置文件"):
        read_settings()


def test_an_empty_database_is_the_usual_one_not_one_that_forgets(monkeypatch):
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN)
    monkeypatch.setenv("TOCSIN_DATABASE_URL", "")
    assert read_settings().database_url == database_url() == DATABASE


def test_a_database_is_shown_whole_and_without_its_password(tmp_path):
    assert shown(DATABASE) == str(tmp_path / "tocsin.db")
    assert shown("sqlite+aiosqlite:////var/lib/t.db") == "/var/lib/t.db"
    assert shown("sqlite+aiosqlite://") == "内存（不保存）"
    for url in ("postgresql+asyncpg://tocsin:geheim@db:5433/tocsin", "postgresql+asyncpg://tocsin:geheim@db:x/tocsin"):
        assert "geheim" not in shown(url) and "tocsin@db" in shown(url)


@pytest.mark.parametrize(
    ("given", "tidy"),
    [
        ("socks://127.0.0.1:1080", "socks5h://127.0.0.1:1080"), ("SOCKS://127.0.0.1:1080", "socks5h://127.0.0.1:1080"),
        ("socks5://127.0.0.1:1080\r", "socks5://127.0.0.1:1080"), ("http://127.0.0.1:7890", "http://127.0.0.1:7890"),
        ("127.0.0.1:7890", "127.0.0.1:7890"),
    ],
)  # fmt: skip
def test_proxies_are_made_such_as_the_library_reads_them(monkeypatch, given, tidy):
    monkeypatch.setenv("all_proxy", given)
    tidy_proxies()
    assert os.environ["all_proxy"] == tidy


def test_a_proxy_that_is_not_spoken_is_said(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks4://127.0.0.1:1080")
    with pytest.raises(BadSurroundings, match=r"^代理 HTTPS_PROXY 的 socks4:// 用不了，应为 http、https、socks5"):
        tidy_proxies()


def test_every_setting_is_known():
    assert {"token", "channel_hosts", "api_plain"} <= set(Settings.model_fields)
