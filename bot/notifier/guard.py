"""Where a channel may connect to: public addresses, and hosts that the operator lists. Standard library only.

It stands in the process that sends (``bot.notifier.child``) and is asked twice: for all addresses of a name when it is
looked up, and for the very address when a connection is made, so that a name that answers otherwise the second time
gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

_EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0:0/96"), IPv6Network("::/96"))
"""Networks of IPv6 whose last four bytes are an address of IPv4: NAT64, translated, the old compatible form."""

_SERVICES = (ip_network("168.63.129.16/32"), ip_network("192.0.0.0/24"))
"""Numbers that pass for public ones, behind which clouds keep their machines' own services."""


class Refused(OSError):
    """No way leads there for a channel."""


def is_public(address: str) -> bool:
    """Return whether a numeric address is one of the public network, in whatever form it hides another."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if "%" in address or ip.is_site_local:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _EMBEDDING):
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    service = any(ip in network for network in _SERVICES)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or service)


class Guard:
    """Decides for one job.

    Args:
        hosts: what the operator lists: names, addresses, networks.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        listed = [host.strip("[]") for host in hosts]
        self._networks = [ip_network(host) for host in listed if _is_network(host)]
        self._names = {host for host in listed if not _is_network(host)}
        self._known: set[str] = set()

    def allows(self, address: str) -> bool:
        """Return whether a connection to a numeric address may be made."""
        return address in self._known or is_public(address) or self._listed(address)

    def allows_own(self, address: str) -> bool:
        """Return whether a connection to an address of this very machine may be made: only where it is listed."""
        return address in self._known or self._listed(address)

    def all_of(self, host: str, addresses: Iterable[str]) -> None:
        """Judge all addresses of a name together.

        Raises:
            Refused: one of them is not public: which one is taken is not for the name's owner to choose.
        """
        ips = set(addresses)
        if host.lower().rstrip(".") in self._names:
            self._known |= ips
        elif not all(self.allows(address) for address in ips):
            raise Refused("not a public address")

    def _listed(self, address: str) -> bool:
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
        return any((mapped or ip) in network for network in self._networks)


def _is_network(host: str) -> bool:
    try:
        ip_network(host)
    except ValueError:
        return False
    return True


class Watched:
    """Puts a guard before every look-up and connection of this process.

    Attributes:
        guard: of the job at hand. connected: whether a connection was made since it was set to False.
    """

    def __init__(self) -> None:
        self.guard = Guard()
        self.connected = False

    def install(self) -> None:
        """Take the place of the library's functions; for a process that does nothing else."""
        look_up: Callable[..., list[Any]] = socket.getaddrinfo
        connect: Callable[..., Any] = socket.socket.connect

        def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> list[Any]:
            answers = look_up(host, *arguments, **options)
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
            self.guard.all_of(name, [str(item[4][0]) for item in answers])
            return answers

        def connected(one: socket.socket, address: Any) -> None:
            if one.family not in (socket.AF_INET, socket.AF_INET6) or not self.guard.allows(str(address[0])):
                raise Refused("not a public address")
            connect(one, address)
            here, there = str(one.getsockname()[0]), str(one.getpeername()[0])
            if here == there and not self.guard.allows_own(there):
                one.close()  # a public address of this very machine: what listens there is not for the public
                raise Refused("this machine itself")
            self.connected = True

        def never(one: socket.socket, *arguments: Any) -> Any:
            raise Refused("only streams are sent")

        socket.getaddrinfo = getaddrinfo
        socket.socket.connect = connected  # type: ignore[method-assign, assignment]
        socket.socket.connect_ex = never  # type: ignore[method-assign, assignment]
        socket.socket.sendto = never  # type: ignore[method-assign, assignment]
        socket.socket.bind = never  # type: ignore[method-assign, assignment]
