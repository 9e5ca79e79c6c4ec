"""What a person is asked for and answers with his next message here: one form a person and chat."""

from __future__ import annotations

from typing import Any

from bot.service.placing import give_way
from handlers.context import Caller, HandlerContext
from storage.forms import Form


async def ask_form(tools: HandlerContext, who: Caller, kind: str, data: dict[str, Any]) -> None:
    """Ask for something: what was asked before gives way, and nothing that was kept for it is lost."""
    await give_way(tools.service, who.place.id, who.person.id)
    async with tools.service.store.writing("form.asked") as tx:
        form = Form(place_id=who.place.id, person_id=who.person.id, kind=kind, data=data, at=tools.clock.now())
        await tx.forms.save(form)
