"""When units will be there: 「约20分钟」, one of several units alone, and no more asking in one incident."""

from __future__ import annotations

from bot.outgoing.addresses import Target
from bot.outgoing.units import alone
from handlers.buttons import ButtonPress, button
from plans.incident.arrivals import AskNoArrivals, ExpectArrival


@button("expect", on=("call", "calls"))
async def expected(press: ButtonPress) -> str:
    """「约20分钟」: a unit has set out and says when it will be there; several that one person answers for at once."""
    command = ExpectArrival(
        minutes=int(press.arg("minutes")), unit=press.arg("unit"), units=tuple(press.arg("units", ()))
    )
    return await press.run(command, done="expected")


@button("answer_alone")
async def one_alone(press: ButtonPress) -> str:
    """One of several units answers otherwise than the rest: its call, in a message of its own."""
    tools, subject = press.tools, press.subject
    now = tools.clock.now()
    async with tools.service.store.reading() as rx:
        viewer = tools.service.dispatcher.viewer(rx, subject.plan, subject.incident, now)
        outgoing = await alone(viewer, Target(press.caller.place, press.caller.person), press.arg("unit"))
    await tools.service.say([outgoing], cause=press.caller.cause, requester=press.caller.requester)
    return ""


@button("arrivals_quiet", on="arrivals")
async def quiet(press: ButtonPress) -> str:
    """「本案不再催到场」."""
    return await press.run(AskNoArrivals(), done="arrivals_quiet")


@button("arrivals_again", on="arrivals")
async def again(press: ButtonPress) -> str:
    """「恢复催到场」."""
    return await press.run(AskNoArrivals(again=True), done="arrivals_again")
