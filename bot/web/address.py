"""Where Telegram delivers updates: a path and a secret that nobody can guess."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where Telegram delivers, and what it must know.

    Attributes:
        path: of the request, opaque. secret: the header's value.
    """

    path: str
    secret: str


def address(token: str, secret: str | None = None) -> Address:
    """Return the address of a bot's webhook: the same in every process, and nobody can guess it without the token.

    Args:
        secret: chosen by the operator; derived from the token when None.
    """
    return Address(path=f"/telegram/{_derived(token, 'path')}", secret=secret or _derived(token, "secret"))


def _derived(token: str, purpose: str) -> str:
    digest = hmac.new(token.encode(), f"tocsin webhook {purpose}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
