"""Which proxies are believed when they say for whom they speak: those that an operator names, else those beside us."""

from __future__ import annotations

import ipaddress
import re

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK: tuple[Network, ...] = (ipaddress.IPv4Network("127.0.0.0/8"), ipaddress.IPv6Network("::1/128"))
"""This machine. That somebody stands in a private network says nothing: docker shows outsiders as its own gateway."""

NOBODY = "off"


def networks_of(text: str) -> tuple[Network, ...]:
    """Return the networks that an operator lists: addresses and networks, separated by commas; empty = this machine.

    Raises:
        ValueError: one is neither, or is everybody; the message says what was expected.
    """
    parts = [part for part in re.split(r"[,，;；\s]+", text) if part]
    if parts == [NOBODY]:
        return ()
    try:
        found = [ipaddress.ip_network(part) for part in parts]
    except ValueError:
        raise ValueError("应为代理的地址或网段，例如 127.0.0.1,172.18.0.1；谁也不信写 off") from None
    if any(network.prefixlen == 0 for network in found):
        raise ValueError("不能相信所有地址：那样谁都能冒充别人的地址。请只写代理自己的地址")
    return tuple(found) or LOOPBACK


def beyond(host: str) -> bool:
    """Return whether others than this machine may connect where it is listened."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
