"""The program's own log: one line of JSON each on standard error, without tokens, mobile numbers or people's words."""

from __future__ import annotations

import json
import logging
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO, cast

import structlog

from bot.notifier.addresses import KINDS
from plans.directory.numbers import without_mobiles

_TOKEN = re.compile(r"\d{6,15}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")

# In a log a number may also be dotted, torn, or spelled as an error's repr() does it: better one too many than one.
_APART = r"(?:[\s\-_·‐-―−－ー\u200b\u2060\ufeff]|\\+u[0-9a-f]{4}|\\+x[0-9a-f]{2}|\\+[nt])"
_TORN = re.compile(
    rf"(?<!\d)(?:[+＋(（]*(?:[0０]{{2}}{_APART}?)?[8８][6６][)）]?{_APART}{{0,2}})?[0０]?"
    rf"[1１]{_APART}{{0,2}}[3-9３-９](?:{_APART}{{0,2}}\d){{9}}(?!\d)"
    r"|(?<![\d.])1[3-9]\d\.\d{4}\.\d{4}(?![\d.])"
)

_SECRETS = (
    (re.compile(r"(?i)\b(" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")://[^\s\"'\\]+"), r"\1://[地址]"),
    (re.compile(r"(?<=://)([^\s:/@\"']*):[^\s/@\"']+@"), r"\1:[口令]@"),
    (re.compile(r"(?<=/telegram/)[A-Za-z0-9_-]{20,}"), "[path]"),
    (re.compile(r"(?i)\bbearer\s+[^\s\"'\\]+"), "Bearer [口令]"),
    (re.compile(r"(?<=start=)[A-Za-z0-9_-]{16,}"), "[邀请]"),
    (re.compile(r"(?<=/board/enter/)[A-Za-z0-9_-]{16,}"), "[链接]"),
    (re.compile(r"(/calendar/|/feed/)[A-Za-z0-9_-]{16,}"), r"\1[链接]"),
    (re.compile(r"(?<=tocsin-)(wall|person)=[A-Za-z0-9_-]{16,}"), r"\1=[会话]"),
)
"""Addresses of other ways, passwords in addresses, the webhook's path, a second reader's key, invitations, what opens
the board to a browser, and links by which programs read."""


def redact(text: str) -> str:
    """Return the text without tokens, passwords and mobile numbers, in whatever way they are written."""
    text = _TOKEN.sub("[token]", text)
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return without_mobiles(_TORN.sub("[手机号]", text), "[手机号]")


def _redact_line(_: Any, __: str, line: Any) -> str:
    # The finished line, since secrets may stand anywhere in it: in the statement of a database error, deep in a
    # traceback.
    return redact(str(line))


class _Redacted(logging.Formatter):
    """Makes one line of JSON of what libraries log, tracebacks too, and redacts it.

    httpx writes the whole request line, token and all.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "event": record.getMessage(), "logger": record.name, "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }  # fmt: skip
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = record.stack_info
        return redact(json.dumps(line, ensure_ascii=False, default=repr))


class _Heard:
    """A stream that may have lost its reader: a log that nobody reads (a closed pipe) is no fault of the program."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def set_up(level: str) -> None:
    """Send every log, ours and the libraries', to standard error.

    Args:
        level: of our own log; libraries speak from warnings on.
    """
    stream = _Heard(sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
            _redact_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, stream)),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Redacted())
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
