"""The two ways by which a report goes up: into a case of this installation, or to another one by its API.

Both have one shape: a report is brought once for its key, whoever dies in between, and how its case stands is asked
again and again. Neither side can read more of the other than :class:`Standing` says. Where the case that was opened
before is over there, or known no more, what follows goes up as a report anew, and says as which one it was there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.notifier.line import OVER, ROUND, Gone, Never, NotNow, Office, Told, Unread
from bot.office.api_work import report_from, update_from
from bot.office.lines import plans_in
from bot.office.reported import Asked, Standing, standing_of
from bot.service import NewReport, Requester, Service, Step
from bot.texts.submitting import KNOWN_AS
from plans.core.command import LINE, PLATFORM, platform_id
from storage.canonical import canonical
from storage.lines import Line, LineCase
from storage.submissions import SubmissionRow
from storage.transaction import Reading, Writing

ENDED, REFUSED, NOBODY, TOKEN, PLACE = "ended", "refused", "nobody", "token", "place"
"""Why a report cannot be brought, as the texts have it: the line is over, the other side refuses it, nobody reads it,
the token does not hold, or is another jurisdiction's."""

LONGEST = 200
"""Characters of whom a report comes from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A report that is to be brought.

    Attributes:
        earlier: lines that led from the same office to the same one before.
        case: what its case is there, where something arrived before; None = nothing did.
        number: of the case there that was the last to which something of the same case went; 0 = none.
    """

    line: Line
    row: SubmissionRow
    case: LineCase | None = None
    earlier: tuple[str, ...] = ()
    number: int = 0

    def opening(self) -> dict[str, Any]:
        """Return what opens a case there."""
        body = dict(self.row.body)
        if self.number:
            known = KNOWN_AS.format(number=self.number)
            body["informant"] = str(body.get("informant") or "")[: LONGEST - len(known)] + known
        return body


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A report that is safe there: what its case is there, its number and the duty line as far as they are known."""

    reference: str
    number: int = 0
    phone: str = ""


class LineWay(Protocol):
    """A way by which reports go up."""

    async def bring(self, letter: Letter) -> Brought:
        """Bring a report, or add to what was brought of its case; raise Never, NotNow."""
        ...

    async def standing(self, line: Line, earlier: Sequence[str], case: LineCase) -> Standing | None:
        """Return how a case stands there, None while that is not known; raise Gone, Never, NotNow."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """Into a case of this installation."""

    service: Service

    async def bring(self, letter: Letter) -> Brought:
        """Say what is new in the case that was opened before; else open one, as a report by the API does."""
        line, row, cause = letter.line, letter.row, f"line:{letter.row.key}"
        reference = letter.case.reference if letter.case is not None else ""

        async def more() -> Step | None:
            return await update_from(self.service, reference, row.body, row.created_at)

        async def report() -> NewReport:
            plans = [plan.id for plan in plans_in(self.service, line.place)]
            return report_from(self.service, plans, line.place, letter.opening(), row.created_at)

        if not reference or not await self._done(line, cause, more):
            reference = await self._done(line, f"{cause}:anew" if reference else cause, report)
        if not reference:
            raise Never(REFUSED, OVER)
        it = await self.standing(line, letter.earlier, reference)
        return Brought(reference=reference, number=it.number if it else 0, phone=(it.duty_line or "") if it else "")

    async def _done(self, line: Line, cause: str, make: Callable[[], Awaitable[NewReport | Step | None]]) -> str:
        """Do it once for its cause, and return in which case; empty where that is over.

        Raises:
            Never: it is refused, or nobody reads there.
        """
        async with self.service.store.reading() as rx:
            earlier = await rx.causes.result(cause)
            served = await _served(rx, self.service, line.place)
        if earlier is not None:
            streams, refused = list(earlier.get("streams", ())), str(earlier.get("refusal") or "")
        else:
            if not served:
                raise Never(NOBODY, "nobody reads there")
            step = await make()
            if step is None:
                return ""
            requester = Requester(via=PLATFORM, platform=LINE + line.id, fence=_stands(line.id))
            result = await self.service.execute([step], cause=cause, requester=requester)
            streams, refused = list(result.streams), result.refusal.key if result.refusal is not None else ""
        if streams or refused == OVER:
            return str(streams[0]) if streams else ""
        raise Never("round" if refused == ROUND else REFUSED, refused or "refused")

    async def standing(self, line: Line, earlier: Sequence[str], case: LineCase | str) -> Standing | None:
        """Ask the case itself."""
        mine = (platform_id(LINE + id) for id in (line.id, *earlier))
        return await standing_of(self.service, case if isinstance(case, str) else case.reference, *mine)


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


NEW = ("text", "informant", "place", "occurred_at", "facts", "drill", "route")
MORE = ("text", "facts", "correction")


class Elsewhere:
    """To another installation.

    Args:
        office: the other installation of a line, with its token; None where that cannot be read any more.
    """

    def __init__(self, service: Service, office: Any) -> None:
        self._service, self._office = service, office
        self._checked: set[str] = set()

    async def bring(self, letter: Letter) -> Brought:
        """Bring it under its key; where what was brought before is over there, or known no more, as a report anew."""
        office, key = await self._of(letter.line), key_of(letter.row)
        try:
            if letter.case is not None:
                return await _added(office, letter.case.reference, key, _part(letter.row.body, MORE))
        except Gone:
            key = f"{key}:anew"
        body = _part(letter.opening(), NEW)
        try:
            told = await _reported(office, key, body)
        except Gone:
            raise Never(REFUSED, "status 404") from None
        return Brought(reference=told.id, number=told.number, phone=told.duty_line)

    async def standing(self, line: Line, earlier: Sequence[str], case: LineCase) -> Standing | None:
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


async def _added(office: Office, reference: str, key: str, body: Mapping[str, Any]) -> Brought:
    """Add to a report; raise Gone where its case is over, or it is known no more.

    What is only kept there may still be refused: it is asked for again under its key.
    """
    told = await office.add(reference, key, body)
    if not told.recorded:
        raise NotNow("kept, not recorded yet")
    told = await office.told(reference)  # the addition stands in the case into which that one went
    return Brought(reference=reference, number=told.number, phone=told.duty_line)


async def _reported(office: Office, key: str, body: dict[str, Any]) -> Told:
    """Report; to an older program without the words that it does not know."""
    try:
        return await office.report(key, body)
    except Unread:
        if "route" not in body:
            raise
    return await office.report(key, {name: value for name, value in body.items() if name != "route"})


def key_of(row: SubmissionRow) -> str:
    """Return the key of a report there: the same over all tries, another one for other words.

    A district whose backup was restored may submit under a number for the second time.
    """
    return f"{row.key}:{hashlib.sha256(canonical(row.body).encode()).hexdigest()[:12]}"


def _part(body: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return of a body what there is to say: an installation that is older knows fewer words, and refuses others."""
    return {name: body[name] for name in names if body.get(name)}


def _standing(told: Told) -> Standing:
    return Standing(
        state=told.state, number=told.number, merged_into=told.merged_into, taken=told.taken, taken_at=told.taken_at,
        taken_by=told.taken_by, ring=False, duty_line=told.duty_line or None, response_level=told.response_level,
        ended=told.ended, questions=tuple(Asked(id=one.id, at=one.at, text=one.text) for one in told.questions),
    )  # fmt: skip


__all__ = ["Brought", "Elsewhere", "Gone", "Here", "Letter", "LineWay", "Never", "NotNow"]
