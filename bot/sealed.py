"""Secrets of links that are filled in when a message is sent, so that no row, backup or file ever holds one.

What is stored is a number; the secret is its keyed digest, and the key is made of the bot's token, which stands in no
database. Both have the same length, so that a message is not shifted by it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

SECRETS, MADE = "secrets", "made"
"""Keys of a payload: the numbers that are to be replaced in it; of a file that is made when it is sent."""

OPENED = "="
"""Begins what is kept of a secret that came in a link: its digest. Telegram's links cannot hold it."""

KEY = 32
"""Letters of the number of a key, and of the key in base64."""

_START = re.compile(r"(/start(?:@\w+)?\s+)(\S{1,128})", re.IGNORECASE)
_BEFORE = ("start=", "/board/enter/", "/calendar/", "/feed/", "tocsin_", "whsec_")
"""What stands before a secret, wherever it is written."""

_LINK = re.compile(f"(?:{'|'.join(f'(?<={word})' for word in _BEFORE)})[A-Za-z0-9_+/-]{{16,64}}")


class Seal:
    """Makes secrets.

    Args:
        token: of the bot; without one a key of chance, for as long as the program runs.
    """

    def __init__(self, token: str = "") -> None:
        key = hashlib.sha256(b"tocsin invitations\0" + token.encode()).digest()
        self._key = key if token else secrets.token_bytes()

    def new(self) -> tuple[str, str]:
        """Return a number to be stored and the digest of its secret."""
        number = secrets.token_urlsafe(16)
        return number, digest(self.secret(number))

    def new_long(self, before: str) -> tuple[tuple[str, str], str]:
        """Return two numbers that stand for a secret of 256 bits, one behind the other, and its digest.

        Args:
            before: words that begin the secret, by which it is found where it should not be.
        """
        first, second = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        return (first, second), digest(before + self.secret(first) + self.secret(second))

    def new_key(self) -> str:
        """Return a number to be stored, whose secret signs something."""
        return secrets.token_hex(KEY // 2)

    def secret(self, number: str) -> str:
        """Return the secret of a number, as long as the number is: 128 bits of a link, 192 of a key, in base64."""
        mac = hmac.new(self._key, number.encode(), hashlib.sha256).digest()
        if len(number) == KEY:
            return base64.b64encode(mac[:24]).decode()
        return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")

    def hidden(self, number: str, text: str) -> str:
        """Return a text of others' (a token) as it may be stored: unreadable without the bot's token, and known again.

        Args:
            number: of :meth:`new_key`; never used for two texts.
        """
        said = text.encode()
        veiled = bytes(one ^ other for one, other in zip(said, self._veil(number, len(said)), strict=True))
        return f"{veiled.hex()}.{digest(text)}"

    def shown(self, number: str, stored: str) -> str | None:
        """Return what :meth:`hidden` stored; None where the bot's token is another one now."""
        veiled, _, known = stored.partition(".")
        said = bytes.fromhex(veiled)
        plain = bytes(one ^ other for one, other in zip(said, self._veil(number, len(said)), strict=True))
        text = plain.decode(errors="replace")
        return text if hmac.compare_digest(digest(text), known) else None

    def _veil(self, number: str, length: int) -> bytes:
        """Return as many bytes as a text has that nobody knows without the key, and that no other text gets."""
        blocks = range(-(-length // hashlib.sha512().digest_size))
        parts = (hmac.new(self._key, f"veil:{number}:{block}".encode(), hashlib.sha512).digest() for block in blocks)
        return b"".join(parts)[:length]

    def filled(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return a payload with the secrets in the place of their numbers."""
        numbers = payload.get(SECRETS, ())
        copy: dict[str, Any] = {key: value for key, value in payload.items() if key != SECRETS}
        for number in numbers:
            copy = _replaced(copy, number, self.secret(number))
        return copy


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opened(code: str) -> str:
    """Return the digest of what came with ``/start``: itself, where intake took the secret away already."""
    return code[len(OPENED) :] if code.startswith(OPENED) else digest(code)


def without_start(text: str) -> str:
    """Return words as they may be kept: of ``/start SECRET`` the secret's digest."""
    return _START.sub(lambda match: f"{match[1]}{OPENED}{digest(match[2])}", text)


def without_links(text: str) -> str:
    """Return any text as it may be kept: of a link's secret only the length, since entities count characters."""
    return _LINK.sub(lambda match: "·" * len(match[0]), text)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, Mapping):
        return {key: _replaced(item, old, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(item, old, new) for item in value]
    return value
