"""Commands that end a case: ``/close /reopen /reject /merge``."""

from __future__ import annotations

from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import INTO
from handlers.which_incident import numbered
from plans import commands as c


@incident_command("close")
async def close(ask: IncidentCommand) -> None:
    """``/close``; the group reads it."""
    await ask.run(c.Close())


@incident_command("reopen", closed=True)
async def reopen(ask: IncidentCommand) -> None:
    """``/reopen`` with a reason."""
    await ask.run(c.Reopen(reason=ask.text))


@incident_command("reject")
async def reject(ask: IncidentCommand) -> None:
    """``/reject`` with a reason."""
    await ask.run(c.Reject(reason=ask.text))


@incident_command("merge")
async def merge(ask: IncidentCommand) -> None:
    """``/merge A B``: A goes into B."""
    incident = ask.subject.incident
    given = numbered([word for word in ask.args if word not in INTO])
    if given is None:
        await ask.wrong("merge_how")
        return
    async with ask.tools.service.store.reading() as rx:
        row = await rx.incidents.by_number(incident.jurisdiction, None, given[0], incident.drill)
    if row is None or not ask.caller.reader.may_list(row):
        await ask.wrong("merge_no_such", number=str(given[0]))
        return
    await ask.run(c.Merge(into=row.stream, number=row.number))
