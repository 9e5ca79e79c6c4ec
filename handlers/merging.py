"""Two reports of one event: ``/merge``, 「并入N号」, 「不是同一件」."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import INTO
from handlers.replies import question_again
from handlers.which_incident import numbered
from plans.incident.duplicates import DenyDuplicate
from plans.incident.merging import Merge


@incident_command("merge")
async def merge(ask: IncidentCommand) -> None:
    """``/merge A B``: A goes into B."""
    incident = ask.subject.incident
    reference = numbered([word for word in ask.args if word not in INTO])
    if reference is None:
        await ask.wrong("merge_how")
        return
    async with ask.tools.service.store.reading() as rx:
        row = await rx.incidents.by_number(incident.jurisdiction, None, reference[0], incident.drill)
    if row is None or not ask.caller.reader.may_list(row):
        await ask.wrong("merge_no_such", number=str(reference[0]))
        return
    await ask.run(Merge(into=row.stream, number=row.number))


@button("merge", on="duplicate", again=question_again)
async def merge_pressed(press: ButtonPress) -> str:
    """「并入N号」."""
    return await press.run(Merge(into=press.arg("other"), number=press.arg("number")), done="merged", last=True)


@button("not_same", on="duplicate", again=question_again)
async def not_same(press: ButtonPress) -> str:
    """「不是同一件」."""
    return await press.run(DenyDuplicate(other=press.arg("other")), done="noted", last=True)
