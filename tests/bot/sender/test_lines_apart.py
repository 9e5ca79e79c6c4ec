"""Two installations that do not agree: another token, a backup that was restored, clocks apart, an older program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.notifier.line import _read
from bot.notifier.webhook import Answered
from bot.office.line_ways import key_of
from bot.office.reported import standing_of
from bot.service import NewReport, Requester
from plans.core.command import Actor
from plans.incident.asking_back import AskBack
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.merging import Merge
from plans.incident.seat import TakeHandling
from plans.incident.state import Incident
from plans.incident.submitting import Submit
from plans.kinds import decide
from plans.values import Interval
from tests.bot.two_installations import Apart, Pair, apart, together, token
from tests.bot.two_offices import ABOVE, BELOW, CITY, WORDS


@pytest.fixture
async def far() -> AsyncIterator[Apart]:
    async with apart() as pair:
        yield pair


@pytest.fixture
async def near() -> AsyncIterator[Pair]:
    async with together() as pair:
        yield pair


async def gone_up(pair: Pair) -> tuple[str, Incident]:
    """Let a report go up, and return the district's log and the city's case, which somebody has in hand."""
    stream = await pair.below.report()
    await pair.below.submit(stream)
    await pair.carry(seconds=2)
    case = (await pair.above())[-1]
    await pair.city.as_("city", TakeHandling(), case.stream)
    await pair.carry(seconds=7)
    return stream, case


async def more(pair: Pair, stream: str, line: str = "l1") -> str:
    result = await pair.below.submit(stream, "first-written", "市委", text="书面首报", line=line)
    assert result.refusal is None
    await pair.carry(seconds=7)
    return list((await pair.below.incident(stream)).submissions.values())[-1].state


async def said(pair: Pair, stream: str) -> list[str]:
    """Return what offices above have said, in the order of the log."""
    events = (await pair.below.incident(stream)).events
    return [item.event.what for item in events if item.event.NAME == "superior-said"]  # type: ignore[attr-defined]


async def notices(pair: Pair) -> list[str]:
    async with pair.below.store.reading() as rx:
        return [row.notice for row in await rx.outbox.waiting()]


async def test_a_line_with_another_token_says_as_which_case_it_was_known(far: Apart) -> None:
    stream, case = await gone_up(far)
    await far.renew(fresh=True)
    assert await more(far, stream, "l2") == "arrived"
    [first, second] = await far.above()
    assert first.text == WORDS and second.informant.endswith(f"；此前已报，贵处编{case.number}号")


async def test_a_line_with_another_secret_of_the_same_system_goes_on_with_its_cases(far: Apart) -> None:
    stream, case = await gone_up(far)
    await far.renew(same=True)
    assert await more(far, stream, "l2") == "taken"
    assert [item.stream for item in await far.above()] == [case.stream] and await said(far, stream) == []
    await far.city.as_("city", AskBack(question="几年级"), case.stream)
    await far.carry(seconds=7)
    assert await said(far, stream) == ["asked"]


async def test_a_line_made_anew_is_heard_at_once_also_of_what_went_up_before(near: Pair) -> None:
    stream = await near.below.report()
    await near.below.submit(stream)
    await near.carry(seconds=2)
    await near.renew()
    [case] = await near.above()
    await near.city.as_("city", TakeHandling(), case.stream)
    await near.carry(seconds=2)
    mine = await near.below.incident(stream)
    assert [item.state for item in mine.submissions.values()] == ["taken"] and len(mine.filings) == 1


async def test_a_city_that_lost_the_case_is_rung_and_gets_the_next_report_anew(far: Apart) -> None:
    stream, _ = await gone_up(far)
    async with far.city.store.writing() as tx:  # an older backup was restored there: nothing is known of it
        await tx._session.connection.exec_driver_sql("DELETE FROM api_requests")
    await far.carry(seconds=7)
    assert await said(far, stream) == ["lost"] and "superior_said" in await notices(far)
    await far.carry(minutes=10)
    assert await said(far, stream) == ["lost"], "it is said once"
    assert await more(far, stream) == "arrived" and len(await far.above()) == 2


async def test_a_district_that_was_restored_brings_other_words_under_another_key(far: Apart) -> None:
    stream = await far.below.report()
    await far.below.submit(stream)
    async with far.below.store.reading() as rx:
        [row] = await rx.submissions.due(far.below.clock.now(), 10)
    other = replace(row, body={**row.body, "text": "别的话"})
    assert key_of(row) == key_of(replace(row, attempts=7)) != key_of(other)
    assert key_of(row).startswith(row.key) and len(key_of(row)) < 100
    await far.carry(seconds=2)
    async with far.below.store.writing() as tx:  # restored: what went up is not known here, and goes up once more
        await tx._session.connection.exec_driver_sql("UPDATE submissions SET state='pending', finished_at=NULL")
        await tx._session.connection.exec_driver_sql("DELETE FROM line_cases")
    await far.carry(seconds=2)
    assert len(await far.above()) == 1, "the same words under the same key are the same report"
    async with far.below.store.writing() as tx:
        await tx._session.connection.exec_driver_sql(
            "UPDATE submissions SET state='pending', finished_at=NULL, body=replace(body, '30名', '31名')"
        )
        await tx._session.connection.exec_driver_sql("DELETE FROM line_cases")
    await far.carry(seconds=2)
    assert len(await far.above()) == 2 and await far.below.store_of_rows() == ["sent"]


async def test_a_city_that_takes_the_token_no_more_is_left_alone_and_the_administrators_hear_of_it(far: Apart) -> None:
    """Both do not agree whether the line stands: it shuts the door to who comes with a wrong token again and again."""
    await gone_up(far)
    async with far.city.store.writing() as tx:
        for one in await tx.api_tokens.every():
            await tx.api_tokens.revoke(one.id, far.city.clock.now())
    asked: list[str] = []
    road = far.below.work._elsewhere._office

    def counted(line: Any) -> Any:
        asked.append(line.id)
        return road(line)

    far.below.work._elsewhere._office = counted
    await far.carry(minutes=29)
    assert len(asked) <= 2 and (await notices(far)).count("line_shut") == 1
    await far.carry(minutes=60)
    assert len(asked) <= 5 and (await notices(far)).count("line_shut") == 1, "once a day"
    async with far.below.store.reading() as rx:
        [row] = [row for row in await rx.outbox.waiting() if row.notice == "line_shut"]
    assert "对方不认本系统的口令" in row.payload["text"]


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_an_hour_off_loses_nothing(far: Apart, hours: int) -> None:
    """The city's clock: whatever it says of when, a filing is made when it was submitted, and taken by now."""
    ahead = timedelta(hours=hours)
    real = far.city.clock.now
    far.city.service.clock = type("Off", (), {"now": staticmethod(lambda: real() + ahead)})()
    stream, case = await gone_up(far)
    await far.city.as_("city", AskBack(question="几年级"), case.stream)
    await far.carry(seconds=7)
    mine, now = await far.below.incident(stream), far.below.clock.now()
    [item], [request] = mine.submissions.values(), mine.requests
    assert (
        item.state == "taken"
        and item.taken_at is not None
        and item.at <= item.taken_at <= now
        and item.at <= request.requested_at <= now
    )
    assert mine.filings[0].called_at == item.at
    assert case.occurred_at is not None and case.occurred_at <= real() + ahead, "a time to come is not believed"


async def test_an_older_program_is_told_without_the_words_that_it_does_not_know(far: Apart) -> None:
    asked: list[dict[str, Any]] = []
    road = far.below.work._elsewhere
    office = road._office

    class Older:
        def __init__(self, line: Any) -> None:
            self.office = office(line)

        async def place(self) -> str:
            return str(await self.office.place())

        async def report(self, key: str, body: dict[str, Any]) -> Any:
            asked.append(body)
            if "route" in body:
                _read(Answered(422, 0, b'{"code": "not-valid"}'))
            return await self.office.report(key, body)

    road._office = Older
    stream = await far.below.report()
    await far.below.submit(stream)
    await far.carry(seconds=2)
    assert ["route" in body for body in asked] == [True, False] and len(await far.above()) == 1


async def test_a_report_never_goes_round(near: Pair) -> None:
    """A → B: what B has of it, also in another case, goes to A by no line; and A takes none that has been there."""
    stream, case = await gone_up(near)
    new = NewReport(plan_id=CITY.id, jurisdiction=ABOVE, text="市民来电呕吐", said_at=near.city.clock.now())
    other = (await near.city.as_("city", new)).streams[0]
    await near.city.as_("city", Merge(into=other, number=2), case.stream)
    into = await near.city.incident(other)
    assert into.route == case.route == (BELOW,)
    owed = next(item for item in into.open_instances if "市委" in item.to)
    back = Submit(line="b", obligation=owed.key, to=("市委",), text="首报", place=BELOW, stands_for=("市委",))
    found: Any = decide(CITY, into, back, Actor(id="d", roles=frozenset({"duty"})), now=near.city.clock.now())
    assert found.key == "went_round"
    round_ = NewReport(
        plan_id=CITY.id, jurisdiction=ABOVE, text="呕吐", said_at=near.city.clock.now(), route=(ABOVE, "阳泉市")
    )
    result = await near.city.service.execute([round_], cause="round", requester=Requester())
    assert result.refusal is not None and result.refusal.key == "went_round"
    assert (await near.below.incident(stream)).submissions


async def test_of_several_who_reported_one_is_asked_alone_by_his_own_case(near: Pair) -> None:
    """The case of the district went into one that another system had reported: each can be asked, and both together."""
    stream, case = await gone_up(near)
    await token(near.city)
    async with near.city.store.reading() as rx:
        [other] = await rx.api_tokens.every()
    report = NewReport(plan_id=CITY.id, jurisdiction=ABOVE, text="120：学生呕吐", said_at=near.city.clock.now())
    requester = Requester(via="platform", platform=other.id)
    into = (await near.city.service.execute([report], cause="120", requester=requester)).streams[0]
    await near.city.as_("city", AskBack(question="只问120，并案之前"), into)
    await near.city.as_("city", Merge(into=into, number=2), case.stream)
    await near.city.as_("city", AskBack(question="两家都问"), into)
    await near.city.as_("city", AskBack(question="只问城区"), case.stream)
    await near.carry(seconds=3)
    assert {item.question for item in (await near.below.incident(stream)).requests} == {"两家都问", "只问城区"}
    theirs = await standing_of(near.city.service, into, f"platform:{other.id}")
    assert theirs is not None and [item.text for item in theirs.questions] == ["只问120，并案之前", "两家都问"]


async def test_what_the_district_says_anew_takes_the_place_of_what_came_with_its_case(near: Pair) -> None:
    stream, case = await gone_up(near)
    new = NewReport(plan_id=CITY.id, jurisdiction=ABOVE, text="市民来电呕吐", said_at=near.city.clock.now())
    other = (await near.city.as_("city", new)).streams[0]
    await near.city.as_("city", Merge(into=other, number=2), case.stream)
    await near.below.as_("district", Verify(facts={"ill": 30, "deaths": 0}, event_level="较大"), stream)
    await near.below.as_("district", Update(facts={"ill": 44}, text="44人"), stream)
    assert await more(near, stream) == "taken"
    claims = (await near.city.incident(other)).claims["ill"]
    theirs = [item.value for item in claims if item.source == "1号·reporter"]
    assert [value.exact for value in theirs if isinstance(value, Interval)] == [44]


async def test_fewer_dead_than_went_up_before_are_no_slip(near: Pair) -> None:
    """The correction went by telephone; the next report by the line is believed, since somebody here set it right."""
    stream, case = await gone_up(near)
    await near.below.as_("district", Verify(facts={"ill": 30, "deaths": 2}, event_level="较大"), stream)
    assert await more(near, stream) == "taken"
    await near.below.as_("district", Correct(facts={"deaths": 1}, reason="重复计算"), stream)
    await near.below.as_("district", File(report="更正", channel="电话"), stream)
    await near.below.as_("district", File(report="首报", channel="电话"), stream)
    await near.below.as_("district", Update(facts={"ill": 45}, text="45人"), stream)
    mine = await near.below.incident(stream)
    follow = next(item for item in mine.open_instances if item.report == "续报" and "市委" in item.to)
    await near.below.submit(stream, follow.key, "市委", text="续报：发病45人，死亡1人")
    await near.carry(seconds=7)
    assert list((await near.below.incident(stream)).submissions.values())[-1].state == "taken"
    assert (await near.city.incident(case.stream)).claims["deaths"][-1].value.exact == 1  # type: ignore[union-attr]


async def test_what_the_city_asks_of_a_case_that_went_into_another_below_is_asked_there(near: Pair) -> None:
    """Asked and not answered before the merger too; its time runs from when it was asked; nothing is asked twice."""
    stream, case = await gone_up(near)
    await near.city.as_("city", AskBack(question="几年级"), case.stream)
    await near.carry(seconds=2)
    asked_at = (await near.below.incident(stream)).requests[0].requested_at
    other = await near.below.report("同一件：又有人来电")
    await near.below.as_("district", Merge(into=other, number=2), stream)
    await near.city.as_("city", AskBack(question="几个班"), case.stream)
    await near.carry(minutes=2)
    into = await near.below.incident(other)
    assert [(item.question, item.requested_at == asked_at) for item in into.requests] == [
        ("几年级", True), ("几个班", False)
    ]  # fmt: skip


async def test_the_citys_seat_reads_the_words_and_the_figures_stated_beside_them_are_totals(near: Pair) -> None:
    """Nothing is added twice, nothing that was stated is asked about, and no answer stands in the log alone."""
    stream, case = await gone_up(near)
    await near.below.as_("district", Verify(facts={"ill": 32, "deaths": 0}, event_level="较大"), stream)
    words = "书面首报：又有2人发病，都是五年级学生。上次报您：死亡0人，中毒或发病30人"
    await near.below.submit(stream, "first-written", "市委", text=words)
    await near.carry(seconds=2)
    theirs = await near.city.incident(case.stream)
    assert [item.value for item in theirs.claims["ill"] if item.source == "reporter"] == [Interval(32, 32)]
    assert not theirs.unsure and not theirs.death_unconfirmed
    async with near.city.store.reading() as rx:
        [row] = [row for row in await rx.outbox.waiting() if row.stream == case.stream and row.notice == "update"]
    assert "五年级学生" in row.payload["text"]
