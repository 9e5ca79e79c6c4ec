"""A night that comes to almost every commit and send of the program, told step by step, through any number of deaths.

Each step is what people do and how they see that it was heeded. When the program died meanwhile, it is started again,
and whoever does not see it does it once more, as people would.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.playground import Fault
from handlers.menus import PHONE
from plans.incident.state import Incident
from tests.chaos.deaths import Reaper
from tests.journeys.world import STAMPEDE, Forgiven, Town

POLICE, HEALTH, EMERGENCY, TOWNSHIP = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "事发镇街"
CALLED = (POLICE, HEALTH, EMERGENCY, TOWNSHIP, "区教育局", "事发学校")
POISON: dict[str, Any] = {"message": {"chat": {"id": 77, "type": "private"}, "from": {"id": 77}}}
"""What the envelope says is a message, and no handler can read."""

FORGIVEN = Forgiven(
    calls=(
        "query is too old",
        "query ID is invalid",
        "message is not modified",
        "upgraded to a supergroup",
        "Bad Gateway",
        "Too Many Requests",  # a new life does not know what the one before sent in its last second
        "chat not found",  # whoever wrote what no handler can read is answered all the same, and is nobody
    ),
    dead=("Forbidden", "Chat not found"),
    logs=("",),
    quarantined=1,  # the message that no handler can read is kept, and tried again
)

Act = Callable[[Town], Any]
Seen = Callable[[Town, Incident | None], bool]


@dataclass(frozen=True)
class Step:
    """What somebody does, and how it is seen that it was heeded; ``None``: by nothing."""

    name: str
    act: Act
    seen: Seen | None = None


def says(who: str, where: str, text: str) -> Act:
    """Return that somebody writes something."""
    return lambda town: getattr(town, who).send(getattr(town, where), text)


def presses(who: str, label: str, words: str = "") -> Act:
    """Return that somebody presses the newest button with this label."""

    def act(town: Town) -> None:
        person = getattr(town, who) if hasattr(town, who) else town.liaisons[who]
        person.press(town.button(person, label, words=words), label)

    return act


def declared(town: Town, incident: Incident | None) -> bool:
    """Tell whether the response runs."""
    return incident is not None and incident.response_level == "Ⅲ"


def shown(who: str, label: str) -> Seen:
    """Return that somebody sees a button of this label."""
    return lambda town, _: any(label in line.labels() for line in getattr(town, who).timeline(town.bot))


def filed(report: str, channel: str) -> Seen:
    """Return that a report of this kind was filed over this channel."""
    return lambda _, incident: (
        incident is not None
        and any(item.report == report and channel in (item.channel, "") for item in incident.filings)
    )


def answered(unit: str) -> Seen:
    """Return that a unit has said that it knows."""
    return lambda _, incident: incident is not None and incident.calls[unit].status == "收到"


def confirms(town: Town) -> None:
    """Let the director confirm; where the press was old he is asked again, and presses again."""
    town.director.press(town.button(town.director, "确认宣布"), "确认宣布")


def _photo(town: Town) -> None:
    """A photo and a voice message; both deaths at the note of a try in vain need a try in vain of their own."""
    town.world.faults.add(Fault(kind="status", method="getFile", status=502, times=3))
    town.head.send_photo(town.bot, b"what he sees")
    town.head.send_voice(town.bot, b"what he says")


NIGHT: tuple[Step, ...] = (
    Step(
        "a stranger writes", lambda town: town.stranger.start(town.bot),
        lambda town, _: bool(town.texts(town.stranger)),
    ),
    Step("talk in the group", says("deputy", "group", "大家辛苦了")),
    Step("the headmaster reports", says("head", "bot", STAMPEDE), lambda _, incident: incident is not None),
    Step("he wants to mend it", presses("head", "改一处")),
    Step(
        "and mends it", says("head", "bot", "宿舍楼，受伤5人"),
        lambda _, incident: incident is not None and "5" in str(incident.claims["injuries"][-1].value),
    ),
    Step("and sends a photo, which Telegram does not give away at once", _photo),
    Step("it is taken", presses("duty", "我来处理"), lambda _, incident: bool(incident and incident.handled_by)),
    Step("it is judged", presses("duty", "学校或镇街能处置 → Ⅲ"), shown("director", "启动Ⅲ级")),
    Step("the director is shown it", presses("director", "启动Ⅲ级"), shown("director", "确认宣布")),
    Step("he looks at whom it calls", presses("director", "改通知单位"), shown("director", "选好了")),
    Step("he has chosen", presses("director", "选好了"), shown("director", "确认宣布")),
    Step("he declares", confirms, declared),
    *(
        Step(
            f"{unit} answers", presses(unit, "收到"),
            answered(unit),
        )
        for unit in CALLED
    ),
    Step("one is ticked", presses("duty", "市政府已报", "值班工作单"), filed("首报", "电话")),
    Step(
        "by telephone", says("duty", "bot", "/file 首报 电话"),
        lambda _, incident: bool(incident and len([item for item in incident.filings if item.channel == "电话"]) > 1),
    ),
    Step("in writing", says("duty", "bot", "/file 首报 书面"), filed("首报", "书面")),
    Step(
        "verified", says("duty", "bot", "/verify 一般"),
        lambda _, incident: bool(incident and incident.event_level == "一般"),
    ),
    Step("time passes", lambda town: town.clock.advance(timedelta(minutes=20))),
    Step("and once more, where that was cut short", lambda town: town.clock.advance(timedelta(minutes=2))),
    Step("another photo comes", lambda town: town.head.send_photo(town.bot, b"what he sees now")),
    Step("telephone numbers are asked for", says("duty", "bot", PHONE)),
    Step("the end is shown", says("director", "bot", "/end 险情排除"), shown("director", "确认终止")),
    Step("it ends", presses("director", "确认终止"), lambda _, incident: bool(incident and incident.state == "ended")),
    Step("the last report", says("duty", "bot", "/file 终报"), filed("终报", "")),
    Step("the file is closed", says("duty", "bot", "/close")),
)  # fmt: skip
"""The main line, with everything that one incident brings."""


def _joins(town: Town) -> None:
    town.admin.add(town.world.add_group("新群", owner=town.admin), town.bot)


def _upgrades(town: Town) -> None:
    basic = town.world.add_group("旧群", owner=town.admin, members=[town.bot, town.commander], kind="group")
    town.admin.send(basic, "/help@tocsin_bot")
    town.admin.upgrade(basic)


OFFICE: tuple[Step, ...] = (
    Step("the group is bound again", says("admin", "group", "/bind@tocsin_bot jincheng-chengqu-campus")),
    Step("and again", says("admin", "group", "/bind@tocsin_bot jincheng-chengqu-campus")),
    Step("the bot is added to a group", _joins),
    Step("the right to pin is taken", lambda town: town.admin.promote(town.group, town.bot, [])),
    Step("somebody blocks the bot", lambda town: town.stranger.block(town.bot)),
    Step("a group becomes a supergroup", _upgrades),
    Step("an invitation is made", says("admin", "group", "/invite@tocsin_bot 值班员")),
    Step("what nobody can read comes", lambda town: town.world.queue_raw(town.bot, POISON)),
    Step("what is no update comes", lambda town: town.world.queue_raw(town.bot, {"message": "x"})),
    *(Step("time passes", lambda town: town.clock.advance(timedelta(minutes=2))) for _ in range(2)),
)
"""What administrators and Telegram do to the bot itself."""


async def live(town: Town, steps: tuple[Step, ...], reaper: Reaper | None = None, tries: int = 60) -> list[str]:
    """Live through steps; the program is started again whenever the reaper has taken it.

    Args:
        tries: how often a step may be taken before it counts as never heeded.

    Returns: where it died, in order.
    """
    deaths: list[str] = []
    for step in steps:
        for number in range(tries):
            if number == 0 or step.seen is not None:
                try:
                    done = step.act(town)
                except AssertionError as problem:
                    rows = [
                        f"{row.id} {row.notice} {row.state} {row.attempts} {row.ambiguous} {row.error} {row.not_before}"
                        for row in await town.outbox()
                    ]
                    raise AssertionError("\n".join([str(problem), f"{step.name}, {number}", *deaths, *rows])) from None
                if isinstance(done, Awaitable):
                    await _while_alive(town, done, reaper)
            alive = await _while_alive(town, town.settle(), reaper)
            while not alive:
                assert reaper is not None
                deaths.append(f"{step.name}: {reaper.dead}")
                await town.stop()
                reaper.bury()
                reaper.revive()
                await town.start()
                alive = await _while_alive(town, town.settle(), reaper)
            if reaper is not None:
                reaper.sore = False
            if step.seen is None or step.seen(town, await _incident(town)):
                break
            if reaper is None:
                await held_back(town)  # what is to be seen may be on its way
                if step.seen(town, await _incident(town)):
                    break
        else:
            raise AssertionError(f"{step.name!r} is never heeded; it died at {deaths}")
    return deaths


async def held_back(town: Town) -> None:
    """Let pass what Telegram wants waited for: nobody can answer a message that has not come yet."""
    for _ in range(3):
        async with town.open_store.reading() as rx:
            due = await rx.outbox.next_at()
        if due is None or due > town.clock.now() + timedelta(seconds=45):
            return
        await town.clock.advance_to(max(due, town.clock.now()))
        await town.settle()


async def _incident(town: Town) -> Incident | None:
    return await town.incident() if any(not row.drill for row in await town.incidents()) else None


async def _while_alive(town: Town, work: Awaitable[Any], reaper: Reaper | None) -> bool:
    """Do some work; False when the program died meanwhile."""
    task = asyncio.ensure_future(work)
    if reaper is None:
        await task
        return True
    death = asyncio.ensure_future(reaper.death.wait())
    await asyncio.wait({task, death}, return_when=asyncio.FIRST_COMPLETED)
    if reaper.dead:
        task.cancel()
        await asyncio.wait({task})
        return False
    death.cancel()
    task.result()
    return True


async def live_and_die(
    town: Town, story: Iterable[tuple[tuple[Step, ...], tuple[str, ...]]], reaper: Reaper
) -> list[str]:  # fmt: skip
    """Live through a story; each part says at which points the program dies meanwhile, once each (see ``live``)."""
    deaths: list[str] = []
    for steps, points in story:
        reaper.condemn(dict.fromkeys(points, 1))
        deaths += await live(town, steps, reaper)
        assert not reaper.left, (reaper.left, deaths)
    reaper.condemn({})
    return deaths
