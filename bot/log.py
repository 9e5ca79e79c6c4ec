"""The program's own log: one line of JSON each on standard error, without tokens, mobile numbers or people's words."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

from plans.directory.numbers import without_mobiles

_TOKEN = re.compile(r"\d{6,15}:[A-Za-z0-9_-]{20,64}")


def redact(text: str) -> str:
    """Return the text without bot tokens and mobile numbers."""
    return without_mobiles(_TOKEN.sub("[token]", text), "[手机号]")


def _redact_line(_: Any, __: str, line: Any) -> str:
    # The finished line, since secrets may stand anywhere in it: in the statement of a database error, deep in a
    # traceback.
    return redact(str(line))


class _Redacted(logging.Formatter):
    """Redacts what libraries log, tracebacks too; httpx writes the whole request line, token and all."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(level: str) -> None:
    """Send every log, ours and the libraries', to standard error.

    Args:
        level: of our own log; libraries speak from warnings on.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
            _redact_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacted("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
