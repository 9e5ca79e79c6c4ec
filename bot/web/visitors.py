"""Where a request comes from, under which name it asks for us, and how many requests somebody may make."""

from __future__ import annotations

import ipaddress
import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import structlog
from aiohttp import web

from bot.proxies import LOOPBACK, Network

HANDED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""By these headers a proxy says that it speaks for somebody else."""

UNKNOWN = "?"
LONGEST = 64
"""Letters of an address, its zone too: what is longer is none."""

MOST_VISITORS = 20_000
"""Who are remembered in one span; for more than these the least is not kept."""

MOST_WELCOME = 1000
"""Visitors who are remembered as such who belong here."""

MOST_TOLD = 10
"""So many proxies that nobody has set are told of."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

log = structlog.get_logger(__name__)


def from_this_machine(request: web.Request) -> bool:
    """Return whether this machine itself asks: not by a proxy, and not under the name of another one."""
    peer = _read(request.remote)
    if peer is None or not peer.is_loopback or any(name in request.headers for name in HANDED_ON):
        return False
    return named_loopback(request)


def named_loopback(request: web.Request) -> bool:
    """Return whether a request asks for this machine by a name of loopback."""
    return host_of(request).partition("]")[0].strip("[]") in ("127.0.0.1", "::1") or host_of(request) == "localhost"


def host_of(request: web.Request) -> str:
    """Return the name under which a request asks for us, without the port."""
    host = request.host.lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and not host.endswith("]") else host


class Proxies:
    """Who is believed when he says for whom he speaks.

    Args:
        believed: networks of the proxies in front of us; nobody else is believed, wherever he stands.
    """

    def __init__(self, believed: Sequence[Network] = LOOPBACK) -> None:
        self._believed = tuple(believed)
        self._told: set[str] = set()

    def visitor(self, remote: str | None, said: str) -> str:
        """Return from which address somebody asks.

        Args:
            remote: who is connected with us. said: for whom he says that he speaks.
        """
        address = _address_of(remote, said, self._believed)
        new = remote and remote not in self._told and len(self._told) < MOST_TOLD
        if said and remote and new and _doubted(remote, self._believed):
            self._told.add(remote)
            log.warning("web.proxy_not_believed", peer=address, setting="TOCSIN_TRUSTED_PROXIES")
        return address


PROXIES = web.AppKey("proxies", Proxies)
_NEARBY = Proxies()


def address_of(request: web.Request) -> str:
    """Return from which address somebody asks: as our own proxy says, where one stands in front of us.

    The last address of X-Forwarded-For is the one that the proxy saw itself.
    """
    said = ",".join(request.headers.getall("X-Forwarded-For", [])).rpartition(",")[2].strip()
    proxies: Proxies = request.config_dict.get(PROXIES, _NEARBY)
    return proxies.visitor(request.remote, said[:LONGEST])


@lru_cache(maxsize=1024)
def _address_of(remote: str | None, said: str, believed: tuple[Network, ...]) -> str:
    """Return from which address somebody asks; a platform asks thousands of times from one."""
    peer = _read(remote)
    if peer is not None and any(peer in network for network in believed):
        peer = _read(said) or peer
    return str(peer) if peer is not None else UNKNOWN


def _doubted(remote: str, believed: tuple[Network, ...]) -> bool:
    """Return whether somebody near us is not believed, perhaps a proxy of ours; strangers may say anything."""
    peer = _read(remote)
    return peer is not None and peer.is_private and not any(peer in network for network in believed)


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Return what is counted as one visitor: of IPv6 a whole /64, since a machine has as many addresses as it likes."""
    found = _read(address)
    return str(ipaddress.ip_network((found, 64), strict=False)) if isinstance(found, ipaddress.IPv6Address) else address


def _read(text: str | None) -> Address | None:
    try:
        found = ipaddress.ip_address(text or "")
    except ValueError:
        return None
    if getattr(found, "scope_id", None) is not None:
        return None  # behind the % stands whatever its writer likes, and people read it
    return getattr(found, "ipv4_mapped", None) or found


class Allowance:
    """So many in a span of time, for each visitor and for all of them; what it remembers is bounded by that.

    What all may together is for those who have shown nothing yet: whoever came in once is bounded by his own share
    alone, so that strangers, who come from as many addresses as they like, can shut out nobody who belongs here. And
    everybody has a little in any case, so that nobody who comes for the first time is shut out by many others.

    Args:
        each: for one. overall: for all. least: for one also when all of it is used up, while it can be remembered.
    """

    def __init__(self, each: int, overall: int, span: timedelta, least: int = 0) -> None:
        self._each, self._overall, self._span, self._least = each, overall, span, least
        self._began: datetime | None = None
        self._taken: Counter[str] = Counter()
        self._all = 0
        self._welcome: dict[str, None] = {}

    def welcome(self, visitor: str) -> None:
        """Remember one who has shown what lets him in; of many those who came last."""
        self._welcome.pop(visitor, None)
        self._welcome[visitor] = None
        if len(self._welcome) > MOST_WELCOME:
            del self._welcome[next(iter(self._welcome))]

    def wait(self, now: datetime) -> int:
        """Return after how many seconds more is allowed again, at the latest."""
        until = self._began + self._span if self._began is not None else now
        return max(1, math.ceil((until - now).total_seconds()))

    def left(self, visitor: str, now: datetime, count: int = 1) -> bool:
        """Return whether one more is allowed, or so many."""
        if self._began is None or not self._began <= now < self._began + self._span:
            self._began = now
            self._taken.clear()
            self._all = 0
        if self._taken[visitor] + count > self._each:
            return False
        if self._all + count <= self._overall or visitor in self._welcome:
            return True
        return self._taken[visitor] + count <= self._least and len(self._taken) < MOST_VISITORS

    def take(self, visitor: str, now: datetime, count: int = 1) -> bool:
        """Count one, or several at once, and return whether they are allowed; what is refused is not counted."""
        allowed = self.left(visitor, now, count)
        if allowed:
            self._taken[visitor] += count
            if visitor not in self._welcome:
                self._all += count
        return allowed
