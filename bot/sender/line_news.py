"""What is heard by reporting lines: which goes on with which, when it is tried and asked again, what a case is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.clock import SHANGHAI
from bot.notifier.line import Asker, Office
from bot.office.reported import Standing
from bot.outgoing.administrators import to_administrators
from bot.service import Requester, Service
from bot.texts.submitting import WHY
from plans.incident.hearing_back import HearBack
from plans.incident.superiors import Question
from storage.canonical import canonical
from storage.lines import Line, LineCase

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 21600, 28800)
)  # fmt: skip
"""Between the tries of one report: about a day; then it is given up. Its seat was told to ring long before."""

JITTER = 0.2

REST = timedelta(minutes=1)
"""For so long at most a line that did not answer is left alone with whatever else is due by it."""

SHUT = timedelta(minutes=30)
"""For so long what is to be heard is not asked for where the other side does not take our token."""

LOOKS = (
    (timedelta(minutes=5), timedelta(seconds=5), timedelta(minutes=1)),
    (timedelta(hours=1), timedelta(seconds=30), timedelta(minutes=5)),
    (timedelta(days=1), timedelta(minutes=5), timedelta(minutes=30)),
    (timedelta(days=30), timedelta(minutes=30), timedelta(hours=2)),
)
"""Up to so long after something went up another installation is asked so often, and a case of this one looked at: that
is told of by its own commits, and looked at besides for what came by another case."""

LONGEST_LOOK = LOOKS[-1][0]

LOOKS_EACH, MOST_LOOKS = timedelta(seconds=5), 5
"""So often at most another installation is asked by one line: half of what a token may ask. Reports want the rest."""


class Looks:
    """How often other installations were asked of late, by line; what is longest due comes first, so that each does."""

    def __init__(self) -> None:
        self._looked: dict[str, list[datetime]] = {}

    def may(self, line_id: str, now: datetime) -> bool:
        """Return whether it may be asked once more by a line, and note that it is."""
        if line_id in self.full(now):
            return False
        self._looked.setdefault(line_id, []).append(now)
        return True

    def full(self, now: datetime) -> dict[str, datetime]:
        """Return the lines by which no more is asked now, and when it may be again."""
        recent = {id: [at for at in looked if now - at < LOOKS_EACH] for id, looked in self._looked.items()}
        self._looked = {id: looked for id, looked in recent.items() if looked}
        return {id: looked[0] + LOOKS_EACH for id, looked in self._looked.items() if len(looked) >= MOST_LOOKS}


def office_of(service: Service, asker: Asker, line: Line) -> Office | None:
    """Return the other installation of a line; None where its token cannot be read any more."""
    token = service.seal.shown(line.key, line.token) if line.key else None
    return Office(asker, line.url, token) if token is not None else None


def pause_of(age: timedelta, *, remote: bool) -> timedelta:
    """Return after what time it is asked again, so long after something went up."""
    pauses = [there if remote else here for until, there, here in LOOKS if age <= until]
    return pauses[0] if pauses else LOOKS[-1][1]


def before(line: Line, lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the lines that led from the same office to the same one."""
    return tuple(other.id for other in lines if line.follows(other))


def after(line: Line, lines: Iterable[Line]) -> Line:
    """Return the line that goes on with the cases of one that is over; itself where it holds, or none does."""
    if line.holds:
        return line
    return next((other for other in lines if other.holds and other.follows(line)), line)


def heard_of(line: Line, earlier: tuple[str, ...], case: LineCase, standing: Standing) -> HearBack:
    """Return what a case is told of how its other stands: no more than that."""
    return HearBack(
        line=line.id, earlier=earlier, heard=True, number=standing.number, taken=standing.taken,
        taken_at=standing.taken_at, taker=standing.taken_by, level=standing.response_level,
        course="rejected" if standing.state == "rejected" else "ended" if standing.ended else "running",
        merged=standing.merged_into or 0,
        questions=tuple(Question(f"{case.reference}:{item.id}", item.at, item.text) for item in standing.questions),
    )  # fmt: skip


def digest_of(standing: Standing) -> str:
    """Return by what is seen whether a case stands as it did when it was heard of last."""
    told: list[Any] = [
        standing.state, standing.number, standing.taken, standing.taken_by, standing.response_level, standing.ended,
        standing.merged_into, [[item.id, item.text] for item in standing.questions],
    ]  # fmt: skip
    return hashlib.sha256(canonical(told).encode()).hexdigest()[:16]


async def tell_shut_out(service: Service, line: Line, why: str, requester: Requester) -> None:
    """Tell the administrators, once a day, that the other side does not take the token of their line."""
    told = {"place": line.place, "why": WHY[why]}
    async with service.store.reading() as rx:
        messages = await to_administrators(rx, line.jurisdiction, service.admins, "line_shut", **told)
    today = service.clock.now().astimezone(SHANGHAI).date()
    await service.say(messages, cause=f"line-shut:{line.id}:{today.isoformat()}", requester=requester)
