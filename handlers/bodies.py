"""Which body a placeholder of the plan is here: 事发镇街, 事发学校."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from plans.incident.bodies import NameBody


@button("name_body", on="body")
async def name_body(press: ButtonPress) -> str:
    """Which body a placeholder of the plan is here; where it was called, that body is called."""
    command = NameBody(unit=press.arg("unit"), body=press.arg("body"))
    return await press.run(command, done="body_named", last=True)
