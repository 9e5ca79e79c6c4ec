"""Buttons of called units."""

from __future__ import annotations

from handlers.buttons import Pressed
from plans import commands as c


async def ack(press: Pressed) -> str:
    """A unit's answer, or what the duty officer heard from it on the telephone."""
    command = c.Acknowledge(status=press.arg("status", "收到"), unit=press.arg("unit"))
    return await press.run(command, done="acknowledged")


async def undo(press: Pressed) -> str:
    """「撤回」."""
    return await press.run(c.Undo(), done="undone")
