"""Which of two readings of a message is right."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from handlers.replies import question_again
from plans.incident.second_reading import SettleReading


@button("settle_reading", on="fact", again=question_again)
async def settle_reading(press: ButtonPress) -> str:
    """One of the two readings; taking the second states its figure by the word of whoever presses."""
    return await press.run(SettleReading(fact=press.arg("fact"), use=press.arg("use")), done="reading_settled")
