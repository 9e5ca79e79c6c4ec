"""The two ways by which a report goes up: into a case of this installation, or to another one by its API.

Both have one shape: a report is brought once for its key, whoever dies in between, and how its case stands is asked
again and again. Neither side can read more of the other than :class:`Standing` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.notifier.line import Gone, Never, NotNow, Office, Told
from bot.office.api_work import report_from, update_from
from bot.office.lines import plans_in
from bot.office.reported import Asked, Standing, standing_of
from bot.service import NewReport, Requester, Service, Step
from plans.core.command import LINE, PLATFORM, platform_id
from storage.lines import Line, LineCase
from storage.submissions import SubmissionRow
from storage.transaction import Reading, Writing

ENDED, REFUSED, NOBODY, TOKEN, PLACE = "ended", "refused", "nobody", "token", "place"
"""Why a report cannot be brought, as the texts have it: the line is over, the other side refuses it, nobody reads it,
the token does not hold, or is another jurisdiction's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A report that is safe there: what its case is there, its number and the duty line as far as they are known."""

    reference: str
    number: int = 0
    phone: str = ""


class LineWay(Protocol):
    """A way by which reports go up."""

    async def bring(self, line: Line, row: SubmissionRow, case: LineCase | None) -> Brought:
        """Bring a report, or add to what was brought of its case; raise Never, NotNow."""
        ...

    async def standing(self, line: Line, case: LineCase) -> Standing | None:
        """Return how a case stands there, None while that is not known; raise Gone, Never, NotNow."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """Into a case of this installation."""

    service: Service

    async def bring(self, line: Line, row: SubmissionRow, case: LineCase | None) -> Brought:
        """Open a case as a report by the API does, or say what is new in the one that was opened before."""
        service, cause = self.service, f"line:{row.key}"
        async with service.store.reading() as rx:
            earlier = await rx.causes.result(cause)
            served = await _served(rx, service, line.place)
        streams = list(earlier.get("streams", ())) if earlier is not None else []
        if not streams:
            if earlier is not None:
                raise Never(REFUSED, str(earlier.get("refusal") or "refused"))
            if not served:
                raise Never(NOBODY, "nobody reads there")
            streams = await self._brought(line, row, case, cause)
        reference = case.reference if case is not None else streams[0]
        it = await standing_of(service, reference, platform_id(LINE + line.id))
        if it is None:
            return Brought(reference=reference)
        return Brought(reference=reference, number=it.number, phone=it.duty_line or "")

    async def _brought(self, line: Line, row: SubmissionRow, case: LineCase | None, cause: str) -> list[str]:
        service = self.service
        step: NewReport | Step | None
        if case is None:
            plans = [plan.id for plan in plans_in(service, line.place)]
            step = report_from(service, plans, line.place, row.body, row.created_at)
        else:
            step = await update_from(service, case.reference, row.body, row.created_at)
        if step is None:
            raise Never(REFUSED, "no such case")
        requester = Requester(via=PLATFORM, platform=LINE + line.id, fence=_stands(line.id))
        result = await service.execute([step], cause=cause, requester=requester)
        if result.refusal is not None:
            raise Never(REFUSED, result.refusal.key)
        return list(result.streams)

    async def standing(self, line: Line, case: LineCase) -> Standing | None:
        """Ask the case itself."""
        return await standing_of(self.service, case.reference, platform_id(LINE + line.id))


def _stands(line_id: str) -> Any:
    """Return what raises in the transaction where a line does not stand any more."""

    async def fence(tx: Writing) -> None:
        line = await tx.lines.get(line_id)
        if line is None or not line.holds:
            raise Never(ENDED, "the line is over")

    return fence


async def _served(rx: Reading, service: Service, place: str) -> bool:
    """Return whether anybody reads reports of a jurisdiction."""
    for plan in plans_in(service, place):
        if await rx.places.bound(place, plan.id, "command") or await rx.people.holders(place, plan.id, "duty"):
            return True
    return False


NEW = ("text", "informant", "place", "occurred_at", "facts", "drill")
MORE = ("text", "facts", "correction")


class Elsewhere:
    """To another installation.

    Args:
        office: the other installation of a line, with its token; None where that cannot be read any more.
    """

    def __init__(self, service: Service, office: Any) -> None:
        self._service, self._office = service, office
        self._checked: set[str] = set()

    async def bring(self, line: Line, row: SubmissionRow, case: LineCase | None) -> Brought:
        """Bring it under its key; where what was brought before is not known there any more, as a report anew."""
        office = await self._of(line)
        try:
            if case is not None:
                told = await office.add(case.reference, row.key, _part(row.body, MORE))
                return Brought(reference=case.reference, number=told.number, phone=told.duty_line)
            told = await office.report(row.key, _part(row.body, NEW))
        except Gone:
            if case is None:
                raise Never(REFUSED, "status 404") from None
            try:
                told = await office.report(f"{row.key}:anew", _part(row.body, NEW))
            except Gone:
                raise Never(REFUSED, "status 404") from None
        return Brought(reference=told.id, number=told.number, phone=told.duty_line)

    async def standing(self, line: Line, case: LineCase) -> Standing | None:
        """Ask for the report that was brought first."""
        office = await self._of(line)
        told = await office.told(case.reference)
        return _standing(told) if told.recorded else None

    async def _of(self, line: Line) -> Office:
        """Return the other installation, once it has said that the token is for the place that the line names."""
        office: Office | None = self._office(line)
        if office is None:
            raise Never(TOKEN, "the token cannot be read: the bot's own is another one now")
        if line.id not in self._checked:
            try:
                place = await office.place()
            except Gone:
                raise Never(REFUSED, "status 404") from None
            if place != line.place:
                raise Never(PLACE, f"the token is for {place}")
            self._checked.add(line.id)
        return office


def _part(body: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return of a body what there is to say: an installation that is older knows fewer words, and refuses others."""
    return {name: body[name] for name in names if body.get(name)}


def _standing(told: Told) -> Standing:
    return Standing(
        state=told.state, number=told.number, merged_into=told.merged_into, taken=told.taken, taken_at=told.taken_at,
        taken_by=told.taken_by, ring=False, duty_line=told.duty_line or None, response_level=told.response_level,
        ended=told.ended, questions=tuple(Asked(id=one.id, at=one.at, text=one.text) for one in told.questions),
    )  # fmt: skip


__all__ = ["Brought", "Elsewhere", "Gone", "Here", "LineWay", "Never", "NotNow"]
