"""Which addresses are public, in whatever form they are written; and that a name's second answer is judged too."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.notifier.guard import Guard, Refused, is_public

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = ["8.8.8.8", "223.5.5.5", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
CLOSED = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001:db8::1",
    "localhost", "", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    assert is_public(address) and Guard().allows(address)


@pytest.mark.parametrize("address", CLOSED)
def test_not_public(address):
    assert not is_public(address) and not Guard().allows(address)


def test_one_closed_address_of_a_name_closes_the_name():
    Guard().all_of("sms.example.cn", ["223.5.5.5", "2400:3200::1"])
    with pytest.raises(Refused):
        Guard().all_of("sms.example.cn", ["223.5.5.5", "127.0.0.1"])


def test_what_the_operator_lists_is_open_by_name_address_and_network():
    guard = Guard(["sms.gov.example", "10.1.2.3", "10.2.0.0/16", "[fd00::5]"])
    assert guard.allows("10.1.2.3") and guard.allows("10.2.9.9") and guard.allows("::ffff:10.2.9.9")
    assert guard.allows("fd00::5") and not guard.allows("fd00::6") and not guard.allows("10.3.0.1")
    assert not guard.allows("192.168.9.9")
    guard.all_of("SMS.gov.example.", ["192.168.9.9"])
    assert guard.allows("192.168.9.9"), "the addresses of a listed name, once it was looked up"


def test_other_ways_of_writing_an_address_come_to_the_same_number():
    """As the resolver reads them: it is its answer that is judged."""
    for form in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1"):
        [found] = {item[4][0] for item in socket.getaddrinfo(form, 80, type=socket.SOCK_STREAM)}
        assert found == "127.0.0.1" and not Guard().allows(found)


REBOUND = """
import socket, ssl, sys
answers = ["8.8.8.8", "127.0.0.1"]
port = int(sys.argv[1])
socket.getaddrinfo = lambda host, *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]
from bot.notifier.guard import Guard, Refused, Watched
watched = Watched()
watched.install()
print(socket.getaddrinfo("sms.example.cn", port)[0][4][0])
ways = {
    "the name's second answer": lambda: socket.create_connection(("sms.example.cn", port), timeout=2),
    "its address": lambda: socket.socket().connect(("127.0.0.1", port)),
    "a name at the connection": lambda: socket.socket().connect(("localhost", port)),
    "over TLS": lambda: ssl._create_unverified_context().wrap_socket(socket.socket()).connect(("127.0.0.1", port)),
    "without raising": lambda: socket.socket().connect_ex(("127.0.0.1", port)),
    "mapped": lambda: socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.1", port)),
    "a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "a socket file": lambda: socket.socket(socket.AF_UNIX).connect("/tmp/x"),
    "listening": lambda: socket.socket().bind(("127.0.0.1", 0)),
}
for name, way in ways.items():
    try:
        way()
    except Refused:
        continue
    print("reached:", name)
watched.guard = Guard(["127.0.0.1"])
socket.socket().connect(("127.0.0.1", port))
print("listed")
"""


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing():
    """In a process of its own, as where it stands: it takes the place of the library's functions."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", REBOUND, str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.stdout.split() == ["8.8.8.8", "listed"], done.stdout + done.stderr
