"""Buttons of called units."""

from __future__ import annotations

from bot.texts.words import NO_ANSWER
from handlers.buttons import ButtonPress, button
from plans import commands as c


@button("ack", on="call")
async def ack(press: ButtonPress) -> str:
    """A unit's answer, or what the duty officer heard from it on the telephone."""
    command = c.Acknowledge(status=press.arg("status", "收到"), unit=press.arg("unit"))
    return await press.run(command, done="acknowledged")


@button("call_unit", on="unit")
async def call_more(press: ButtonPress) -> str:
    """A further unit is called: the plan's substitute for one that cannot come."""
    return await press.run(c.CallMore(units=(press.arg("unit"),)), done="called_more")


@button("name_body", on="body")
async def name_body(press: ButtonPress) -> str:
    """Which body a placeholder of the plan is here; where it was called, that body is called."""
    command = c.NameBody(unit=press.arg("unit"), body=press.arg("body"))
    return await press.run(command, done="body_named", last=True)


@button("unit_unheard", on="call")
async def unheard(press: ButtonPress) -> str:
    """A unit's telephone was not answered: kept for the record, the call stays open."""
    # The button's object is the round of the call: call:UNIT:ROUND.
    command = c.RingInVain(recipient=press.arg("unit"), outcome=NO_ANSWER, about=press.button.object)
    return await press.run(command, done="unheard")


@button("undo", on="call")
async def undo(press: ButtonPress) -> str:
    """「撤回」 the answer under which it stands."""
    return await press.run(c.Undo(only=press.button.revision), done="undone")
