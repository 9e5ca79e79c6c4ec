"""Asking a telephone gateway: signed, bounded in time and answer, nowhere else than where it was set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

import bot.notifier.voice as voice
from bot.notifier import BadAddress
from bot.notifier.voice import HttpGateway, Rejected, Unanswered, is_signed, masked_telephone, signature, telephone_of
from tests.journeys.world import VOICE_SECRET
from tests.telephone import Telephone, telephone

CALL = {"id": "a", "number": "+8613900000017", "text": "三点零二分"}


@pytest.fixture
async def phone() -> AsyncIterator[Telephone]:
    async with telephone() as made:
        yield made


def gateway(phone: Telephone, secret: str = VOICE_SECRET) -> HttpGateway:
    return HttpGateway(phone.url, secret, lambda: 1_772_391_960.5)


async def test_a_call_is_asked_for_with_a_signature_and_known_by_its_id(phone: Telephone):
    await gateway(phone).dial(CALL)
    await gateway(phone).dial(CALL)
    assert phone.calls == {"a": CALL} and len(phone.requests) == 2
    with pytest.raises(Rejected, match="status 403"):
        await gateway(phone, "x" * 32).dial(CALL)
    assert phone.unsigned == 1
    phone.status = 409
    await gateway(phone).dial(CALL)  # it was asked before, and knows it


@pytest.mark.parametrize(
    ("status", "problem"),
    [(500, Unanswered), (502, Unanswered), (503, Unanswered), (429, Unanswered), (400, Rejected), (404, Rejected)],
)
async def test_what_it_answers(phone: Telephone, status: int, problem: type[Exception]):
    phone.status = status
    with pytest.raises(problem, match=f"status {status}"):
        await gateway(phone).dial(CALL)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(phone: Telephone, status: int):
    phone.status, phone.headers = status, {"Location": phone.url.replace("/call", "/elsewhere")}
    with pytest.raises(Rejected, match=f"status {status}"):
        await gateway(phone).dial(CALL)
    assert len(phone.requests) == 1


async def test_one_that_hangs_up_or_says_nothing_or_too_much_is_over_in_its_time(phone: Telephone, monkeypatch):
    phone.hang_up = True
    with pytest.raises(Unanswered):
        await gateway(phone).dial(CALL)
    phone.hang_up, phone.body = False, b"x" * 20_000_000
    await gateway(phone).dial(CALL)  # what it says is not read to its end
    monkeypatch.setattr(voice, "SECONDS", 0.3)
    phone.hold = asyncio.Event()
    async with asyncio.timeout(10):
        with pytest.raises(Unanswered, match="Timeout"):
            await gateway(phone).dial(CALL)


async def test_where_nobody_listens(phone: Telephone):
    nowhere = HttpGateway("http://127.0.0.1:1/call", VOICE_SECRET, lambda: 0)
    with pytest.raises(Unanswered) as problem:
        await nowhere.dial(CALL)
    assert "139" not in str(problem.value)


def test_signatures_hold_moment_and_body_together():
    given = signature(VOICE_SECRET, "1", b"23")
    assert is_signed(VOICE_SECRET, "1", b"23", given)
    for stamp, body, other in (
        ("12", b"3", given),
        ("1", b"24", given),
        ("1", b"23", given[:-1]),
        ("1", b"23", "\udcff"),
    ):
        assert not is_signed(VOICE_SECRET, stamp, body, other)


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        ("13900000017", "tel:+8613900000017", "139××××0017"),
        ("139 0000 0017", "tel:+8613900000017", "139××××0017"),
        ("+8613900000017", "tel:+8613900000017", "139××××0017"),
        ("tel:13900000017", "tel:+8613900000017", "139××××0017"),
        ("0356-2250777", "tel:+863562250777", "035××××0777"),
    ],
)
def test_numbers_that_may_be_called(written: str, address: str, shown: str):
    assert telephone_of(written) == address and masked_telephone(address) == shown


@pytest.mark.parametrize(
    "written",
    ["110", "119", "120", "12345", "95588", "0356-110", "0356-2250777转801", "+1 202 555 0100", "2250777",
     "400-000-0001", "abc", "", "13900000017;phone-context=evil", "1390000001"],
)  # fmt: skip
def test_numbers_that_may_not(written: str):
    with pytest.raises(BadAddress):
        telephone_of(written)
