"""Reporting lines: who may offer, agree to, end and hasten one; what of it is refused; both logs; proof and privacy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.notifier.webhook import PUBLIC, allowed_of
from bot.office import lines
from bot.office.administration import AdminResult
from bot.office.webhooks import By
from bot.operations.persons import kept_about
from bot.operations.proof import examine
from bot.operations.retention import forget
from bot.render.lines import listed
from bot.service import Requester
from storage.lines import Line
from storage.transaction import Reading
from tests.bot.two_installations import token
from tests.bot.two_offices import ABOVE, AT, BELOW, TOKEN, Offices

WHO = ("district", "city", "district-admin", "city-admin", "nobody", "command line")
FAR = "高平市"
"""A place that another installation serves."""

_count = iter(range(10_000))


@pytest.fixture
async def offices() -> AsyncIterator[Offices]:
    async with Offices.open() as offices:
        yield offices


def by(offices: Offices, who: str, via: str = "direct") -> By:
    cause = f"line:{next(_count)}"
    if who == "command line":
        return By(None, Requester(), cause)
    person = offices.people.get(who, offices.people["district"])
    return By(person, Requester(person_id=person.id, via=via), cause)


async def offered(offices: Offices, *recipients: str, who: str = "district-admin", **more: Any) -> AdminResult:
    given = {"jurisdiction": BELOW, "place": ABOVE, **more}
    done = await lines.offer(
        offices.service, by(offices, who), given["jurisdiction"], given["place"], recipients or ("市委",)
    )
    assert done is not None
    return done


async def faults(rx: Reading) -> list[str]:
    """Return what is found of lines; people here were seated behind the program's back."""
    return [fault.text for fault in await examine(rx, AT) if fault.kind == "line"]


async def the_line(offices: Offices) -> Line:
    async with offices.store.reading() as rx:
        [line] = await rx.lines.of()
    return line


MAY = {
    "offer": {"district-admin", "command line"},
    "agree": {"city-admin", "command line"},
    "end": {"district-admin", "city-admin", "command line"},
    "hasten": {"district-admin", "command line"},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", MAY)
async def test_each_act_by_each_person(offices: Offices, act: str, who: str) -> None:
    if act == "offer":
        assert (await offered(offices, who=who)).ok is (who in MAY[act])
        return
    await offered(offices)
    line = await the_line(offices)
    service = offices.service
    for via in ("forward", "anonymous", "via_bot"):
        if who != "command line":
            late = by(offices, who, via)
            refused = await (
                lines.agree(service, late, line.id, lines.terms_of(line))
                if act == "agree"
                else getattr(lines, act)(service, late, line.id)
            )
            assert refused is not None and not refused.ok, via
    acting = by(offices, who)
    done = await (
        lines.agree(service, acting, line.id, lines.terms_of(line))
        if act == "agree"
        else getattr(lines, act)(service, acting, line.id)
    )
    assert done is not None and done.ok is (who in MAY[act])
    after = await the_line(offices)
    assert (after.agreed_at is not None, after.ended_at is not None) == (
        act == "agree" and done.ok, act == "end" and done.ok
    )  # fmt: skip


@pytest.mark.parametrize(
    ("recipients", "more", "key"),
    [
        (("区指挥部",), {}, "line_recipients"),
        (("市委", "省纪委"), {}, "line_recipients"),
        (("市委",), {"place": BELOW}, "line_itself"),
        (("市委",), {"place": "阳泉市"}, "line_place"),
        (("市委",), {"jurisdiction": "阳泉市", "who": "command line"}, "line_recipients"),
    ],
)
async def test_what_no_plan_says_is_no_line(offices: Offices, recipients: Any, more: Any, key: str) -> None:
    assert (await offered(offices, *recipients, **more)).key == key


async def test_one_line_to_an_office_and_one_office_for_a_recipient(offices: Offices) -> None:
    assert (await offered(offices, "市委")).key == "line_offered"
    assert (await offered(offices, "市政府")).key == "line_there"
    connected = await connect(offices, "市委", place="另一市")
    assert connected.key == "line_taken" and (await connect(offices, "市政府", place="另一市")).ok


async def test_no_line_leads_a_report_back_to_where_it_came_from(offices: Offices) -> None:
    """A → B → C: neither B nor C offers one to A, whether the others hold or are offered; C's end makes room."""
    third = "阳泉市"
    await offices.joined("市委")
    async with offices.store.writing() as tx:
        await tx.lines.add(Line(id="l2", jurisdiction=ABOVE, place=third, recipients=("省委",), offered_at=AT))
    for below, way in ((ABOVE, [ABOVE, BELOW, ABOVE]), (third, [third, BELOW, ABOVE, third])):
        async with offices.store.reading() as rx:
            found = await lines._way(rx, BELOW, below)
        assert [below, *found] == way
    back = await offered(offices, "省政府", jurisdiction=ABOVE, place=BELOW, who="command line")
    assert (back.key, back.values["way"]) == ("line_round", f"{ABOVE} → {BELOW} → {ABOVE}")
    async with offices.store.writing() as tx:
        await tx.lines.change("l1", ended_at=AT)
    assert (await offered(offices, "省政府", jurisdiction=ABOVE, place=BELOW, who="command line")).ok


async def test_no_line_leads_out_to_what_is_here(offices: Offices) -> None:
    assert (await connect(offices, place=ABOVE)).key == "line_here", "a group here serves it"
    secret = await token(offices)
    assert (await connect(offices, token=secret)).key == "line_here", "we gave the token out ourselves"
    assert (await connect(offices)).ok


async def test_it_is_agreed_to_as_it_was_shown_and_both_logs_say_so(offices: Offices) -> None:
    done = await offered(offices, "市委", "市政府")
    [letter] = done.messages
    assert "市委、市政府" in letter.message.text and letter.person_id == offices.people["city-admin"].id
    line = await the_line(offices)
    wrong = await lines.agree(offices.service, by(offices, "city-admin"), line.id, "0123456789abcdef")
    assert wrong is not None and wrong.key == "line_changed"
    assert await lines.agree(offices.service, by(offices, "city-admin"), line.id, lines.terms_of(line))
    again = await lines.agree(offices.service, by(offices, "city-admin"), line.id, lines.terms_of(line))
    assert again is not None and again.key == "line_same"
    async with offices.store.reading() as rx:
        for place in (BELOW, ABOVE):
            entries = [entry for entry in await rx.journal.load(f"admin:{place}") if "line" in entry.payload]
            assert [entry.event for entry in entries] == ["line-offered", "line-agreed"]
        assert await faults(rx) == []
        shown = listed(await lines.standing(rx, [ABOVE]), [ABOVE], [], AT)
    assert "市委、市政府" in shown.text and [key.label for row in shown.rows for key in row] == ["结束 1"]
    await lines.end(offices.service, by(offices, "city-admin"), line.id)
    async with offices.store.reading() as rx:
        assert await faults(rx) == [] and await lines.standing(rx) == []


async def connect(offices: Offices, *recipients: str, url: str = "https://city.example.cn", **more: Any) -> AdminResult:
    given = {"place": FAR, "token": TOKEN, "allowed": PUBLIC, "who": "command line", **more}
    done = await lines.connect(
        offices.service, by(offices, given["who"]), BELOW, given["place"], recipients or ("市委",), url=url,
        token=given["token"], allowed=given["allowed"],
    )  # fmt: skip
    assert done is not None
    return done


@pytest.mark.parametrize(
    "url",
    [
        "http://city.example.cn", "https://10.0.0.1", "https://127.0.0.1", "https://169.254.169.254", "https://[::1]",
        "https://user:pass@city.example.cn", "https://city.example.cn:8443", "https://city.example.cn/?a=b",
        "https://city.example.cn/api/v1", "ftp://city.example.cn", "https://2130706433", "nothing",
    ],
)  # fmt: skip
async def test_addresses_are_judged_as_those_of_webhooks(offices: Offices, url: str) -> None:
    assert not (await connect(offices, url=url)).ok
    async with offices.store.reading() as rx:
        assert await rx.lines.of() == []


async def test_another_installation_is_reached_by_a_token_that_nobody_reads_anywhere(offices: Offices) -> None:
    assert (await connect(offices, token="tocsin_short")).key == "line_token"
    allowed = allowed_of("http://127.0.0.1:8080")
    assert (await connect(offices, url="http://127.0.0.1:8080/", allowed=allowed)).ok
    line = await the_line(offices)
    assert line.holds and line.url == "http://127.0.0.1:8080" and TOKEN not in line.token
    async with offices.store.reading() as rx:
        said = str([entry.payload for entry in await rx.journal.load(f"admin:{BELOW}")])
        assert TOKEN not in said and line.token not in said
        assert f"admin:{FAR}" not in await rx.journal.heads(), "the other one is elsewhere, whatever it is called"
        assert await faults(rx) == []
    assert not (await lines.end(offices.service, by(offices, "city-admin"), line.id)).ok  # type: ignore[union-attr]
    assert (await lines.end(offices.service, by(offices, "district-admin"), line.id)).ok  # type: ignore[union-attr]
    over = await the_line(offices)
    assert (over.token, over.key) == ("", ""), "what is over keeps no token"


SPOILT = {
    "stands for another": "UPDATE lines SET recipients = '[\"省委\"]'",
    "leads elsewhere": "UPDATE lines SET place = '阳泉市'",
    "goes to another address": "UPDATE lines SET url = 'https://elsewhere.example'",
    "was agreed to by nobody": "UPDATE lines SET agreed_at = offered_at",
    "is gone": "DELETE FROM lines",
    "is over without a word": "UPDATE lines SET ended_at = offered_at",
}


@pytest.mark.parametrize("statement", SPOILT.values(), ids=SPOILT)
async def test_a_change_behind_the_programs_back_is_found(offices: Offices, statement: str) -> None:
    await offered(offices)
    async with offices.store.writing() as tx:
        await tx._session.connection.exec_driver_sql(statement)
    async with offices.store.reading() as rx:
        assert await faults(rx)


async def test_what_went_up_is_kept_for_a_time_and_a_person_reads_his_part(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    async with offices.store.writing() as tx:
        await tx.lines.change("l1", offered_by=offices.people["district-admin"].id)
    assert (await offices.store_of_rows()) == ["sent"]
    await forget(offices.store, AT + timedelta(days=40), timedelta(days=30))
    assert (await offices.store_of_rows()) == []
    async with offices.store.reading() as rx:
        kept = await kept_about(rx, offices.people["district-admin"])
    assert [(item["to"], item["did"]) for item in kept["lines"]] == [(ABOVE, ["offered"])]
