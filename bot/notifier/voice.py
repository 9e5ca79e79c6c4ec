"""Calls by an automatic telephone: one POST to the office's gateway, signed; what the gateway reports, signed as well.

The gateway's address and secret are the operator's. Nothing is followed, no proxy is used, and whatever the gateway
does, a request is over in ``SECONDS``. ``docs/voice.md`` is the protocol.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.notifier.addresses import BadAddress
from plans.directory.numbers import Number, number_of

SECONDS = 8.0
"""For one request, from the look-up of the name to the last byte."""

MOST_ANSWERED = 4096
"""Bytes of the gateway's answer that are read: nothing of it is used."""

TIMESTAMP, SIGNATURE = "X-Tocsin-Timestamp", "X-Tocsin-Signature"
SCHEME = "tel:"
"""The beginning of a channel's address that is a telephone number: ``tel:+8613800000000``."""

NOT_TAKEN = frozenset({429, 503})
KNOWN_ALREADY = 409
"""The gateway has a call of this id: it was asked before, and its answer got lost."""


class Unanswered(Exception):
    """No answer, or one that tells nothing: the gateway may have the call or not; the same id may be asked again."""


class Rejected(Exception):
    """The gateway will not make this call; asked again it would say the same."""


class Gateway(Protocol):
    """Makes calls."""

    async def dial(self, request: Mapping[str, Any]) -> None:
        """Have a call made; raise Unanswered, Rejected."""
        ...


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """The office's gateway.

    Args:
        url: where calls are asked for. secret: signs the requests.
        now: seconds since 1970.
    """

    url: str
    secret: str
    now: Callable[[], float]

    async def dial(self, request: Mapping[str, Any]) -> None:
        """Have a call made; raise Unanswered, Rejected."""
        import aiohttp  # a tenth of a second that a start without a gateway need not pay

        body = json.dumps(dict(request), ensure_ascii=False, separators=(",", ":")).encode()
        stamp = str(int(self.now()))
        headers = {
            "Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "tocsin",
            TIMESTAMP: stamp, SIGNATURE: signature(self.secret, stamp, body),
        }  # fmt: skip
        try:
            # Not followed: a redirect would carry number and words elsewhere. No proxy and no cookies.
            async with (
                asyncio.timeout(SECONDS),
                aiohttp.ClientSession(
                    timeout=aiohttp.ClientTimeout(total=SECONDS), headers=headers, auto_decompress=False,
                    cookie_jar=aiohttp.DummyCookieJar(),
                ) as session,
                session.post(self.url, data=body, allow_redirects=False) as answer,
            ):  # fmt: skip
                status = answer.status
                await _read_some(answer.content)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as problem:
            raise Unanswered(type(problem).__name__) from None
        if 200 <= status < 300 or status == KNOWN_ALREADY:
            return
        if status in NOT_TAKEN or status >= 500:
            raise Unanswered(f"status {status}")
        raise Rejected(f"status {status}")


async def _read_some(content: Any) -> None:
    """Read what a gateway says up to a bound: a connection that is left in the middle is closed."""
    size = 0
    async for piece in content.iter_chunked(1024):
        size += len(piece)
        if size > MOST_ANSWERED:
            return


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Return what signs a body sent at a moment: ``sha256=`` and the HMAC of ``TIMESTAMP.BODY`` in hex."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, stamp: str, body: bytes, given: str) -> bool:
    """Return whether a body was signed by who has the secret, compared in constant time."""
    return hmac.compare_digest(
        signature(secret, stamp, body).encode(), given.encode("utf-8", "surrogateescape")
    )  # fmt: skip


def telephone_of(text: str) -> str:
    """Return the address of a telephone, ``tel:+8613800000000``, of a number as people write it.

    Raises:
        BadAddress: it is none that may be called: emergency and service numbers, extensions and foreign ones are not.
    """
    number: Number | None = number_of(text.removeprefix(SCHEME).strip())
    if number is None or number.kind not in ("mobile", "landline") or not number.tap or number.extension:
        raise BadAddress("应为本人的手机或直线电话，如 13800000000、0356-2250777；短号、分机和境外号码不能拨")
    if not number.tap.startswith("+86"):
        raise BadAddress("境外号码不能拨")
    return SCHEME + number.tap


def is_telephone(address: str) -> bool:
    """Return whether a channel's address is a telephone."""
    return address.startswith(SCHEME)


def masked_telephone(address: str) -> str:
    """Return a telephone as logs and other people may see it: ``138××××0000``, ``035××××0777``."""
    digits = address.removeprefix(SCHEME).removeprefix("+86")
    national = digits if len(digits) == 11 and digits.startswith("1") else f"0{digits}"
    return f"{national[:3]}××××{national[-4:]}"
