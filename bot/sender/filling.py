"""A payload is completed just before the call: secrets stand in for their numbers, files are made of their data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.exchange.codes import qr, sheet
from bot.sealed import MADE, SECRETS, Seal
from bot.upload import upload
from plans.directory.numbers import masked_mobiles

_WORDS = frozenset({"text", "caption"})


def is_open(payload: Mapping[str, Any]) -> bool:
    """Return whether something of a payload is still to be filled in."""
    return SECRETS in payload


def filled(payload: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    """Return the payload as it is sent; it is written down nowhere."""
    return {key: _made(value) for key, value in seal.filled(payload).items()}


def for_many(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a payload as a group reads it: whoever wrote somebody's mobile number wrote it for the duty room."""
    return {key: _masked(key, value) for key, value in payload.items()}


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return masked_mobiles(value) if key in _WORDS else value
    if isinstance(value, Mapping):
        return {name: _masked(name, item) for name, item in value.items()}
    return [_masked(key, item) for item in value] if isinstance(value, list) else value


def _made(value: Any) -> Any:
    if not isinstance(value, dict) or MADE not in value:
        return value
    if value[MADE] == "qr":
        return upload(value["name"], qr(value["link"]))
    lines = [(unit, remark, link) for unit, remark, link in value["lines"]]
    return upload(value["name"], sheet(value["title"], lines, datetime.fromisoformat(value["at"])))
