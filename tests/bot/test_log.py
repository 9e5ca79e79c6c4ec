"""No token and no mobile number leaves by the log, wherever in a line it stands."""

import contextlib
import io
import json
import logging
import os
import warnings

import pytest
import structlog

from bot import log

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
MOBILE = "1391234" + "5678"


@pytest.fixture
def stream(monkeypatch):
    """Standard error, as the log finds it when it is set up."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    log.set_up("info")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        yield stream
    logging.captureWarnings(False)
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"POST /bot{TOKEN}/getMe", "POST /bot[token]/getMe"),
        (f"电话{MOBILE}。", "电话[手机号]。"),
        (f"+86{MOBILE}", "[手机号]"),
        (f"+86 {MOBILE}", "[手机号]"),
        (f"拨{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}。", "拨[手机号]。"),
        (f"{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}", "[手机号]"),
        (f"0{MOBILE}", "[手机号]"),
        ("".join(chr(ord(char) + 0xFEE0) for char in MOBILE), "[手机号]"),
        ("138 0013 8" + "000", "[手机号]"),
        ("138.0013.8" + "000", "[手机号]"),
        ("1 3 8 0 0 1 3 8 0 0 0", "[手机号]"),
        ("１３８　００１３　８" + "０００", "[手机号]"),
        ("13800138" + "000转2", "[手机号]转2"),
        ("0086 138 0013 8" + "000", "[手机号]"),
        ("0086-138" + "00138000", "[手机号]"),
        ("(+86)138" + "00138000", "[手机号]"),
        ("＋86－138－0013－8" + "000", "[手机号]"),
        ("86138" + "00138000", "[手机号]"),
        ("138\u00a00013\u20118" + "000", "[手机号]"),
        ("138\u200b0013\u200b8" + "000", "[手机号]"),
        (repr("138\u30000013\u30008" + "000"), "'[手机号]'"),
        (repr("138\n0013\xa08" + "000"), "'[手机号]'"),
        (TOKEN.replace(":", "%3A"), "[token]"),
        (TOKEN + "x" * 60, "[token]"),
        ("json://user:key@sms.example.cn/x?:a=1 failed", "json://[地址] failed"),
        ("'MAILTO://u:p@mail.example.cn'", "'MAILTO://[地址]'"),
        ("postgresql+asyncpg://tocsin:geheim@db/tocsin", "postgresql+asyncpg://tocsin:[口令]@db/tocsin"),
        ("socks5://me:geheim@127.0.0.1:1080", "socks5://me:[口令]@127.0.0.1:1080"),
        ("/telegram/" + "aB3_" * 10, "/telegram/[path]"),
        (f"GET /calendar/{'aB3-' * 6}.ics", "GET /calendar/[链接].ics"),
        (f"/feed/{'aB3_' * 6}/warnings.atom", "/feed/[链接]/warnings.atom"),
        ("https://t.me/x?start=" + "aB3_" * 5, "https://t.me/x?start=[邀请]"),
        ("Authorization: Bearer sk-" + "aB3_" * 5, "Authorization: Bearer [口令]"),
        ("15.123456789 s", "15.123456789 s"),
        ("2026-11-29T07:16:15.123456Z", "2026-11-29T07:16:15.123456Z"),
        ("chat -1001391234" + "567", "chat -1001391234" + "567"),
        ("95119 12345 400-810-1234", "95119 12345 400-810-1234"),
        ("0356-2250777", "0356-2250777"),
        ("update 110201543", "update 110201543"),
        ("sha256:" + "1" * 64, "sha256:" + "1" * 64),
    ],
)
def test_redaction(text, shown):
    assert log.redact(text) == shown


def test_a_line_is_json_and_keeps_secrets_however_deep(stream):
    logger = structlog.get_logger("x")
    logger.warning("poll.failed", error=f"https://api.telegram.org/bot{TOKEN}/getUpdates", nested={"to": [MOBILE]})
    try:
        raise ValueError(f"INSERT … [{TOKEN!r}, {MOBILE!r}]")
    except ValueError:
        logger.exception("update.failed", update=7)
    said = stream.getvalue()
    first, second = (json.loads(line) for line in said.splitlines())
    assert first["event"] == "poll.failed" and first["level"] == "warning" and first["timestamp"].endswith("Z")
    assert second["update"] == 7 and "ValueError" in str(second["exception"])
    assert TOKEN not in said and MOBILE not in said


def test_libraries_are_heard_from_warnings_on_and_redacted(stream):
    logging.getLogger("httpx").info("HTTP Request: POST /bot%s/sendMessage", TOKEN)
    logging.getLogger("httpx").warning("retrying /bot%s/sendMessage", TOKEN)
    try:
        raise OSError(f"bot{TOKEN}")
    except OSError:
        logging.getLogger("aiohttp").exception("lost %s", MOBILE)
    said = stream.getvalue()
    assert "HTTP Request" not in said
    assert "retrying /bot[token]/sendMessage" in said and "OSError: bot[token]" in said
    assert TOKEN not in said and MOBILE not in said


def test_each_line_is_one_document_whoever_writes_it_and_whatever_broke(stream):
    def broken():
        try:
            raise ConnectionError("all is dark\n  here\n")
        except ConnectionError as problem:
            raise RuntimeError(f"bot{TOKEN}") from problem

    for speak in (structlog.get_logger("x").exception, logging.getLogger("telegram.ext").exception):
        try:
            broken()
        except RuntimeError:
            speak("lost\nagain")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task>", exc_info=ValueError("x"))
    warnings.warn("an old way\nof saying", stacklevel=1)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == 4 and all({"event", "level", "timestamp"} <= set(line) for line in lines)
    assert [("exception" in line) for line in lines] == [True, True, True, False]
    assert "ConnectionError" in str(lines[0]["exception"]) and "ConnectionError" in lines[1]["exception"]
    assert lines[1]["timestamp"].endswith("Z") and TOKEN not in stream.getvalue()


def test_a_log_that_nobody_reads_any_more_breaks_nothing(monkeypatch):
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    read, write = os.pipe()
    os.close(read)
    gone = os.fdopen(write, "w", buffering=1)
    monkeypatch.setattr("sys.stderr", gone)
    try:
        log.set_up("info")
        logging.getLogger("x").warning("nobody")
        structlog.get_logger("x").warning("nobody")
    finally:
        structlog.configure(**before)
        root.handlers[:], root.level = handlers, level
        logging.captureWarnings(False)
        with contextlib.suppress(OSError):
            gone.close()


def test_the_level_is_that_of_the_settings(stream):
    structlog.get_logger("x").debug("quiet")
    structlog.get_logger("x").info("loud")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["loud"]
