"""Webhooks by the Standard Webhooks scheme: one POST, signed over id, moment and body, to where it may be reached.

Nothing is followed, no proxy is used, and whatever a receiver does, a request is over in ``SECONDS``. Where it may go
is judged three times: the address as it is written, all numbers that its name stands for when it is looked up, which is
done once, and the very number to which a connection is made. ``docs/webhooks.md`` is the protocol.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.notifier.addresses import BadAddress, hosts_of
from bot.notifier.guard import Guard, Refused

SECONDS = 15.0
"""For one request, from the look-up of the name to the last byte."""

MOST_ANSWERED = 4096
"""Bytes of a receiver's answer that are read: nothing of it is used."""

LONGEST = 500
"""Characters of an address."""

MOST_WAIT = 3600
"""Seconds that a receiver may ask us to wait (``Retry-After``)."""

PREFIX = "whsec_"
"""Begins a secret as receivers are given it; base64 follows."""

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PORTS = {"https": 443, "http": 80}


class Unanswered(Exception):
    """There was no answer: nobody knows whether the receiver has it."""


class Closed(Exception):
    """The address is none that may be reached from here, or leads to such a one now."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a receiver said: its status, for how many seconds it wants to be left alone, the beginning of its answer."""

    status: int
    wait: int = 0
    body: bytes = b""


class Poster(Protocol):
    """Sends webhooks."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        """Send one; raise Unanswered, Closed."""
        ...


@dataclass(frozen=True, slots=True)
class Allowed:
    """Where webhooks may go beside the public network.

    Attributes:
        origins: ``http://10.1.2.3:8080``: what is not https at 443, each as it is written.
        hosts: names, addresses, networks that are not public, at https and 443.
    """

    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def guard(self, host: str, origin: str) -> Guard:
        """Return who judges the addresses of one request."""
        return Guard([*self.hosts, *([host] if origin in self.origins else [])])


PUBLIC = Allowed()
"""Nothing beside the public network."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was read once: what was judged is what is asked.

    Attributes:
        shown: as people see it: without path and question, which may hold a key.
    """

    url: Any
    host: str
    origin: str

    @property
    def shown(self) -> str:
        """Scheme, host and port."""
        return f"{self.origin}/…"


def allowed_of(text: str) -> Allowed:
    """Return what an operator lists, separated by commas: hosts, networks, origins.

    Raises:
        ValueError: one is none of them; the message says what was expected.
    """
    parts = text.replace("，", ",").replace("；", ",").replace(";", ",").replace(",", " ").split()
    origins, hosts = set(), set()
    for part in parts:
        if "://" not in part:
            hosts.add(part)
            continue
        try:
            target = _read(part)
        except BadAddress:
            target = None
        if target is None or part.rstrip("/").count("/") != 2 or "?" in part:
            raise ValueError("网址应只写到端口，例如 http://10.1.2.3:8080,https://hook.example.cn:8443")
        origins.add(target.origin)
    return Allowed(frozenset(origins), hosts_of(" ".join(sorted(hosts))))


def target_of(text: str, allowed: Allowed) -> Target:
    """Return an address that may be sent to, as far as it is seen by what is written.

    Raises:
        BadAddress: it may not; the message says what was expected.
    """
    target = _read(text)
    if target.origin in allowed.origins:
        return target
    if target.url.scheme != "https":
        raise BadAddress("应为 https:// 网址；http:// 要由维护机器的人列入 TOCSIN_PUSH_HOSTS")
    if target.url.port != PORTS["https"]:
        raise BadAddress("只能用443端口；别的端口要由维护机器的人列入 TOCSIN_PUSH_HOSTS")
    try:
        numeric = [target.host] if _is_number(target.host) else []
        allowed.guard(target.host, target.origin).all_of(target.host, numeric)
    except Refused:
        raise BadAddress("不能推送到内网和本机的地址；确有需要，由维护机器的人列入 TOCSIN_PUSH_HOSTS") from None
    return target


def _read(text: str) -> Target:
    from yarl import URL  # aiohttp reads an address by it too: what is judged is what is asked

    try:
        url = URL(text)
        host, port = (url.host or "").rstrip(".").lower(), url.port
    except ValueError:
        raise BadAddress("不是网址，例如 https://hook.example.cn/tocsin") from None
    written = len(text) <= LONGEST and text.isascii() and text.isprintable() and " " not in text and "\\" not in text
    if not written or url.scheme not in PORTS or not host or not port:
        raise BadAddress("应为网址，例如 https://hook.example.cn/tocsin")
    if url.raw_user is not None or url.raw_password is not None or url.raw_fragment:
        raise BadAddress("网址里不能写用户名、口令和 #")
    bare = f"[{host}]" if ":" in host else host
    return Target(url, host, f"{url.scheme}://{bare}:{port}")


def _is_number(host: str) -> bool:
    """Return whether a host is written as digits: whatever reads it as a number looks nothing up."""
    return ":" in host or host.replace(".", "").isdigit() or host.startswith("0x")


def key_of(secret: str) -> bytes:
    """Return the key of a secret as receivers are given it."""
    return base64.b64decode(secret.removeprefix(PREFIX))


def signatures(keys: Iterable[bytes], id: str, stamp: str, body: bytes) -> str:
    """Return what signs a message: one signature for each key, ``v1,BASE64``, separated by spaces."""
    said = f"{id}.{stamp}.".encode() + body
    return " ".join(f"v1,{base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()}" for key in keys)


def headers_of(keys: Sequence[bytes], id: str, now: float, body: bytes) -> dict[str, str]:
    """Return the headers of one try: the id stays over all of them, the moment is that of this one."""
    stamp = str(int(now))
    return {
        "Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "tocsin",
        ID: id, TIMESTAMP: stamp, SIGNATURE: signatures(keys, id, stamp, body),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class HttpPoster:
    """Sends over the network.

    Args:
        allowed: where it may go beside the public network. seconds: for one request.
    """

    allowed: Allowed = PUBLIC
    seconds: float = SECONDS

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        """Send one; raise Unanswered, Closed."""
        return await self.ask("POST", url, headers, body)

    async def ask(
        self, method: str, url: str, headers: dict[str, str], body: bytes = b"", most: int = MOST_ANSWERED
    ) -> Answered:
        """Ask for something; raise Unanswered, Closed.

        Args:
            most: bytes of the answer that are read; one that is longer is cut there.
        """
        import aiohttp  # a tenth of a second that a start without webhooks need not pay

        try:
            target = target_of(url, self.allowed)
        except BadAddress:
            raise Closed("address") from None
        guard, closed = self.allowed.guard(target.host, target.origin), list[str]()
        try:
            # Not followed: a redirect would carry it elsewhere. No proxy, no cookies, no second look at the name.
            async with (
                asyncio.timeout(self.seconds),
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(
                        resolver=_resolver(guard, closed), use_dns_cache=False, force_close=True,
                        socket_factory=_sockets(guard, closed),
                    ),
                    timeout=aiohttp.ClientTimeout(total=self.seconds), headers=headers, auto_decompress=False,
                    cookie_jar=aiohttp.DummyCookieJar(), trust_env=False,
                ) as session,
                session.request(method, target.url, data=body or None, allow_redirects=False) as answer,
            ):  # fmt: skip
                status, wait = answer.status, _seconds(answer.headers.get("Retry-After", ""))
                said = await _read_some(answer.content, most)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as problem:
            if closed:
                raise Closed(closed[0]) from None
            raise Unanswered(type(problem).__name__) from None
        return Answered(status, wait, said)


def _resolver(guard: Guard, closed: list[str]) -> Any:
    """Return what looks a name up, once, and lets all of its addresses be judged together."""
    from aiohttp.abc import AbstractResolver, ResolveResult

    class Resolver(AbstractResolver):
        async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
            loop = asyncio.get_running_loop()
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
            addresses = [(str(item[4][0]), item[0]) for item in found]
            try:
                guard.all_of(host, [address for address, _ in addresses])
            except Refused:
                closed.append("not a public address")
                raise
            return [
                ResolveResult(
                    hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST
                )
                for address, kind in addresses
            ]  # fmt: skip

        async def close(self) -> None:
            pass

    return Resolver()


def _sockets(guard: Guard, closed: list[str]) -> Callable[[Any], socket.socket]:
    """Return what makes a socket for a connection to a number, if one may be made to it."""

    def made(info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        number = str(address[0])
        if not guard.allows(number) or (_is_own(family, number) and not guard.allows_own(number)):
            closed.append("not a public address")
            raise Refused("not a public address")
        return socket.socket(family=family, type=kind, proto=proto)

    return made


def _is_own(family: int, number: str) -> bool:
    """Return whether an address is one of this very machine: what listens there is not for the public."""
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((number, 9))  # of a datagram nothing is sent by it
            return str(probe.getsockname()[0]) == number
        except OSError:
            return False


async def _read_some(content: Any, most: int) -> bytes:
    """Read what a receiver says up to a bound: a connection that is left in the middle is closed."""
    said = b""
    async for piece in content.iter_chunked(1024):
        said += piece
        if len(said) > most:
            break
    return said


def _seconds(text: str) -> int:
    return min(int(text), MOST_WAIT) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
