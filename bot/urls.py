"""Addresses of servers as somebody sets them: what is one, and what may go to it without encryption."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def on_this_machine(host: str) -> bool:
    """Return whether a host is this machine."""
    return host in ("127.0.0.1", "localhost", "::1")


def near(host: str) -> bool:
    """Return whether a host is this machine, one of a private network, or a name without a dot (a container beside)."""
    try:
        found = ip_address(host)
    except ValueError:
        return "." not in host
    return found.is_loopback or found.is_private


def split(url: str) -> SplitResult | None:
    """Return the parts of an http(s) URL with a host and a port that can be; None of anything else."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets, or a port, that cannot be
        return None
    return parts if usable else None


def server(url: str, *, shape: str, readable: str, unencrypted: Callable[[str], bool] = near) -> str:
    """Return the URL of a server without the stroke at its end; empty where none is given.

    Args:
        shape: said of what is no URL, or holds a word of entry, parameters or a fragment.
        readable: said where others could read on the way what goes there.
        unencrypted: whether a host may be spoken to over http.

    Raises:
        ValueError: with one of the two.
    """
    if not url:
        return url
    parts = split(url)
    if parts is None or parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError(shape)
    if parts.scheme == "http" and not unencrypted(parts.hostname or ""):
        raise ValueError(readable)
    return url.rstrip("/")


def origin(url: str, *, shape: str, readable: str) -> str:
    """Return the URL of a server that browsers reach, as they say it: no path, no port that is understood."""
    parts = split(url.rstrip("/"))
    if url and (parts is None or parts.path or not url.isascii()):
        raise ValueError(shape)
    url = server(url, shape=shape, readable=readable, unencrypted=on_this_machine)
    if parts is None:
        return url
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, default) else "")
