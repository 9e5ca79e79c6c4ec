"""Which body a placeholder of the plan is here: 事发镇街, 事发学校."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from plans import commands as c


@button("name_body", on="body")
async def name_body(press: ButtonPress) -> str:
    """Which body a placeholder of the plan is here; where it was called, that body is called."""
    command = c.NameBody(unit=press.arg("unit"), body=press.arg("body"))
    return await press.run(command, done="body_named", last=True)
