"""Settings of those who keep the bot running: what is taken, and what is refused in one sentence."""

from pathlib import Path

import pytest

from bot.cli.run import _started
from bot.config import WrongSetting, read_settings
from bot.proxies import LOOPBACK

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"


@pytest.fixture
def read(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def read(**given):
        for name, value in {"token": TOKEN, **given}.items():
            monkeypatch.setenv(f"TOCSIN_{name.upper()}", value)
        return read_settings()

    return read


def test_without_any_setting_no_port_is_open_and_nothing_is_told_outside(read):
    settings = read()
    assert settings.address is None
    assert (settings.heartbeat_url, settings.heartbeat_file, settings.checkpoint_folder) == (None, None, None)
    assert (settings.keep_days, settings.lease_seconds) == (90, 15)


def test_a_line_that_nobody_filled_in_is_no_setting(read):
    settings = read(heartbeat_url="", heartbeat_file="", webhook_secret="", checkpoint_chat="", checkpoint_folder="")
    assert (settings.heartbeat_url, settings.webhook_secret, settings.checkpoint_chat) == (None, None, None)


def test_everything_can_be_set(read):
    settings = read(
        mode="webhook",
        webhook_url="https://bot.example.org/tocsin/",
        webhook_secret="a" * 16,
        listen="[::1]:9000",
        heartbeat_url="https://hc.example.org/ping/1",
        heartbeat_file="/run/tocsin/beat",
        keep_days="0",
        checkpoint_chat="-1001",
    )
    assert settings.address == ("::1", 9000)
    assert settings.webhook_url == "https://bot.example.org/tocsin"
    assert settings.heartbeat_file == Path("/run/tocsin/beat")
    assert settings.checkpoint_chat == -1001
    assert "hc.example.org" not in repr(settings) and "a" * 16 not in repr(settings)


def test_a_webhook_listens_on_loopback_unless_told_otherwise(read):
    assert read(mode="webhook", webhook_url="https://bot.example.org").address == ("127.0.0.1", 8080)


def test_nobody_is_believed_but_whom_the_settings_name(read):
    assert read().trusted_proxies == read(trusted_proxies="").trusted_proxies == LOOPBACK
    assert [str(one) for one in read(trusted_proxies="172.18.0.1，fd00::/64").trusted_proxies] == [
        "172.18.0.1/32", "fd00::/64",
    ]  # fmt: skip
    assert read(trusted_proxies="off").trusted_proxies == ()
    assert "TOCSIN_TRUSTED_PROXIES" in _started(read(trusted_proxies="", listen="0.0.0.0:8080"), "b", True)[-1]
    for fine in ({"listen": "0.0.0.0:8080", "trusted_proxies": "off"}, {"listen": "127.0.0.1:8080"}, {"listen": ""}):
        assert len(_started(read(**{"trusted_proxies": "", **fine}), "b", True)) == 1, fine


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("trusted_proxies", "proxy.local", "代理的地址或网段"),
        ("trusted_proxies", "172.18.0.1/16", "代理的地址或网段"),
        ("trusted_proxies", "10.0.0.1,0.0.0.0/0", "不能相信所有地址"),
        ("trusted_proxies", "::/0", "不能相信所有地址"),
        ("mode", "webhook", "TOCSIN_WEBHOOK_URL"),
        ("webhook_url", "http://bot.example.org", "https"),
        ("webhook_url", "https://bot.example.org/?a=1", "网址"),
        ("webhook_secret", "short", "16到256"),
        ("webhook_secret", "x" * 20 + " ", "16到256"),
        ("listen", "8080", "地址:端口"),
        ("listen", "127.0.0.1:99999", "地址:端口"),
        ("heartbeat_url", "file:///etc/passwd", "http或https"),
        ("heartbeat_url", "hc.example.org/ping", "http或https"),
        ("keep_days", "-1", "天数"),
        ("lease_seconds", "1", "5到300"),
        ("reader_url", "127.0.0.1:11434/v1", "网址"),
        ("reader_url", "ftp://127.0.0.1/v1", "网址"),
        ("reader_url", "http://[::1/v1", "网址"),
        ("reader_url", "http://127.0.0.1:99999/v1", "网址"),
        ("reader_url", "https://user:word@llm.example.org/v1", "TOCSIN_READER_KEY"),
        ("reader_url", "https://llm.example.org/v1?key=1", "网址"),
        ("reader_url", "http://llm.example.org/v1", "https"),
        ("reader_url", "http://8.8.8.8/v1", "https"),
        ("reader_url", "https://llm.example.org/v1", "TOCSIN_READER_MODEL"),
        ("reader_key", "带 空格", "ASCII"),
    ],
)
def test_a_wrong_one_is_one_sentence(read, name, value, said):
    with pytest.raises(WrongSetting) as caught:
        read(**{name: value})
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://llm.example.org/v1/",
        "http://127.0.0.1:11434/v1",
        "http://localhost:8000/v1",
        "http://[::1]:8000/v1",
        "http://10.1.2.3/v1",
        "http://ollama:11434/v1/chat/completions",
    ],
)
def test_a_second_reader_is_off_until_it_is_set_and_its_key_is_a_secret(read, url):
    assert not read().reader_url
    settings = read(reader_url=url, reader_model="qwen3:8b", reader_key="sk-hidden-from-all")
    assert settings.reader_url == url.rstrip("/")
    assert settings.reader_key is not None and settings.reader_key.get_secret_value() == "sk-hidden-from-all"
    assert "sk-hidden" not in repr(settings) and "sk-hidden" not in str(settings.model_dump())


def test_the_lines_of_a_second_reader_may_be_left_empty(read):
    settings = read(reader_url="", reader_model="", reader_key="")
    assert (settings.reader_url, settings.reader_key) == ("", None)
