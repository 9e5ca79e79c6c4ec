"""The program's own log: one line of JSON each on standard error, without tokens, mobile numbers or people's words."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{3,15}:[A-Za-z0-9_-]{20,64}")
_MOBILE = re.compile(r"(?<!\d)(\+?86[- ]?)?1[3-9]\d{9}(?!\d)")


def redact(text: str) -> str:
    """Return the text without bot tokens and mobile numbers."""
    return _MOBILE.sub("[手机号]", _TOKEN.sub("[token]", text))


def _redact_all(_: Any, __: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: redact(value) if isinstance(value, str) else value for key, value in entry.items()}


class _Redacting(logging.Filter):
    """Redacts what libraries log; httpx writes the whole request line, token and all."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        return True


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
            _redact_all,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: redact(repr(value))),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Redacting())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
