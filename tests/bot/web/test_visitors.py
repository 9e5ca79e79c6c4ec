"""A proxy of ours alone is believed where a request comes from; what somebody may ask is bounded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.proxies import networks_of
from bot.web import visitors
from bot.web.server import serving
from bot.web.visitors import (
    MOST_WELCOME,
    UNKNOWN,
    Allowance,
    Proxies,
    address_of,
    from_this_machine,
    host_of,
    network_of,
)
from tests.bot.rig import AT


def request(peer: str = "127.0.0.1", host: str = "127.0.0.1:8080", **headers: str):
    transport = Mock()
    transport.get_extra_info = lambda name, default=None: (peer, 40000) if name == "peername" else default
    said = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    return make_mocked_request("GET", "/wall", headers=said, transport=transport)


@pytest.mark.parametrize(
    ("peer", "said", "address"),
    [
        ("127.0.0.1", "10.0.0.7", "10.0.0.7"),
        ("127.0.0.1", "6.6.6.6, 10.0.0.7", "10.0.0.7"),  # what a visitor says himself stands before it
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "fe80::1%值班室大屏，已核对", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.7:443", "127.0.0.1"),
        ("172.17.0.1", "2001:db8::7", "172.17.0.1"),  # near us, and not set: docker may show anybody so
        ("10.9.0.1", "2001:db8::7", "2001:db8::7"),  # set
        ("fd00:9::1", "10.0.0.7", "10.0.0.7"),
        ("::ffff:10.9.0.1", "10.0.0.7", "10.0.0.7"),
        ("10.9.1.1", "10.0.0.7", "10.9.1.1"),
        ("8.8.8.8", "10.0.0.7", "8.8.8.8"),  # no proxy of ours
        ("::ffff:8.8.8.8", "10.0.0.7", "8.8.8.8"),
        ("", "10.0.0.7", UNKNOWN),
    ],
)
def test_an_address_is_that_of_the_peer_or_what_our_proxy_says(peer: str, said: str, address: str) -> None:
    ours = Proxies(networks_of("127.0.0.1，::1 10.9.0.0/24,fd00:9::/64"))
    last = said.rpartition(",")[2].strip()
    assert ours.visitor(peer, last) == address
    assert Proxies(networks_of("off")).visitor(peer, last) in (peer.removeprefix("::ffff:"), UNKNOWN)
    if not peer.startswith(("10.9", "fd00", "::ffff:10.9")):  # the same where nothing is set
        assert address_of(request(peer, **({"X_Forwarded_For": said} if said else {}))) == address


async def test_the_server_believes_whom_the_settings_name_and_says_whom_it_does_not() -> None:
    async def tell(asked: web.Request) -> web.Response:
        return web.Response(text=address_of(asked))

    async def told(*given: str) -> list[str]:
        how: dict[str, Any] = {"proxies": networks_of(*given)} if given else {}
        async with serving("127.0.0.1", 0, [web.get("/", tell)], **how) as port, ClientSession() as session:
            said = {"X-Forwarded-For": "10.0.0.7"}
            return [await (await session.get(f"http://127.0.0.1:{port}/", headers=said)).text() for _ in range(2)]

    assert await told() == await told("") == await told("127.0.0.1") == ["10.0.0.7"] * 2
    with capture_logs() as logs:
        assert await told("10.0.0.1") == ["127.0.0.1"] * 2
        assert Proxies().visitor("8.8.8.8", "10.0.0.7") == "8.8.8.8"
    assert [(line["event"], line["peer"]) for line in logs] == [("web.proxy_not_believed", "127.0.0.1")], (
        "once, if near"
    )


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("board.example.org", "board.example.org"), ("Board.Example.org:8443", "board.example.org"),
        ("[::1]:8080", "[::1]"), ("[::1]", "[::1]"), ("127.0.0.1:8080", "127.0.0.1"), ("a:b", "a:b"),
    ],
)  # fmt: skip
def test_a_host_is_read_without_its_port(host: str, name: str) -> None:
    assert host_of(request(host=host)) == name


@pytest.mark.parametrize(
    ("peer", "host", "headers", "here"),
    [
        ("127.0.0.1", "127.0.0.1:8080", {}, True),
        ("127.0.0.1", "localhost:8080", {}, True),
        ("::1", "[::1]:8080", {}, True),
        ("::ffff:127.0.0.1", "localhost", {}, True),
        ("127.0.0.1", "evil.example.org", {}, False),
        ("127.0.0.1", "127.0.0.1.evil.example.org", {}, False),
        ("127.0.0.1", "localhost.evil.example.org", {}, False),
        ("127.0.0.1", "localhost", {"X_Forwarded_For": "10.0.0.7"}, False),
        ("127.0.0.1", "localhost", {"Forwarded": "for=10.0.0.7"}, False),
        ("127.0.0.1", "localhost", {"Via": "1.1 proxy"}, False),
        ("10.0.0.7", "localhost", {}, False),
    ],
)
def test_this_machine_is_known_by_address_and_name(peer: str, host: str, headers: dict[str, str], here: bool) -> None:
    assert from_this_machine(request(peer, host, **headers)) is here


def test_a_network_is_one_visitor() -> None:
    assert network_of("2001:db8:1:2::7") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::7")
    assert network_of("10.0.0.7") == "10.0.0.7" and network_of(UNKNOWN) == UNKNOWN


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 130)), max_size=300))
def test_nobody_and_all_together_get_no_more_than_is_allowed(asks: list[tuple[int, int]]) -> None:
    allowance = Allowance(3, 10, timedelta(minutes=1))
    allowed: dict[int, list[str]] = {}
    now, began = AT, AT
    for visitor, seconds in asks:
        now += timedelta(seconds=seconds)
        if now >= began + timedelta(minutes=1):
            began = now
            allowed.clear()
        if allowance.take(str(visitor), now):
            allowed.setdefault(visitor, []).append("")
        assert all(len(item) <= 3 for item in allowed.values())
        assert sum(map(len, allowed.values())) <= 10
        assert len(allowance._taken) <= 11


def test_what_is_refused_costs_nobody_else() -> None:
    allowance = Allowance(2, 100, timedelta(minutes=1))
    assert [allowance.take("one", AT) for _ in range(50)].count(True) == 2
    assert allowance.take("another", AT)
    assert allowance.take("one", AT + timedelta(minutes=1))
    assert allowance.take("one", AT - timedelta(hours=1)), "a clock that was set back locks nobody out"


def test_whom_strangers_cannot_shut_out() -> None:
    allowance = Allowance(2, 10, timedelta(minutes=1))
    allowance.welcome("ours")
    assert sum(allowance.take(f"stranger {number}", AT) for number in range(50)) == 10
    assert [allowance.take("ours", AT) for _ in range(3)] == [True, True, False], "his own share, and no more"
    assert not allowance.take("another", AT)
    for number in range(MOST_WELCOME):
        allowance.welcome(f"newer {number}")
    assert not allowance.left("ours", AT + timedelta(minutes=1), 3) and len(allowance._welcome) == MOST_WELCOME
    assert sum(allowance.take(f"stranger {number}", AT + timedelta(minutes=1)) for number in range(50)) == 10
    assert not allowance.take("ours", AT + timedelta(minutes=1)), "of many those who came last"


def test_everybody_has_a_little_whatever_others_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "MOST_VISITORS", 30)
    allowance = Allowance(4, 10, timedelta(minutes=1), least=2)
    assert sum(allowance.take(f"stranger {number % 5}", AT) for number in range(50)) == 10
    assert [allowance.take("new", AT) for _ in range(3)] == [True, True, False]
    assert not allowance.take("stranger 0", AT), "who took part in it has had his"
    assert [allowance.take(f"another {number}", AT) for number in range(40)].count(True) == 24
    assert len(allowance._taken) == 30, "what is remembered is bounded"
