"""Who handles a case, and what becomes of it as a case: closed, merged, paused as a drill."""

from __future__ import annotations

from datetime import timedelta

from bot.render import naming
from bot.render.course.words import told, why
from bot.render.drills import in_minutes
from bot.render.times import span
from bot.render.view import View
from bot.texts import course as t
from bot.texts import voice as v
from plans.incident.closing import Closed, Rejected, Reopened
from plans.incident.drills import DrillJumped, DrillPaused
from plans.incident.duplicates import DuplicateDenied, DuplicateSuspected
from plans.incident.merging import Absorbed, Merged
from plans.incident.seat import HandlingTaken, SeatTaken
from plans.incident.voice import CallBackAsked, RingHeard


@told(HandlingTaken)
def _handling(view: View, event: HandlingTaken) -> str:
    return t.HANDLING.format(name=naming.of_event(view, event))


@told(RingHeard)
def _heard(view: View, event: RingHeard) -> str:
    return v.HEARD.format(name=naming.of_event(view, event), voice=event.voice or v.NO_NUMBER)


@told(CallBackAsked)
def _call_back(view: View, event: CallBackAsked) -> str:
    return v.CALLED_BACK.format(name=naming.of_event(view, event), voice=event.voice or v.NO_NUMBER)


@told(SeatTaken)
def _seat(view: View, event: SeatTaken) -> str:
    return t.SEAT.format(name=naming.of_event(view, event))


@told(Closed)
def _closed(view: View, event: Closed) -> str:
    return t.CLOSED.format(name=naming.of_event(view, event))


@told(Reopened)
def _reopened(view: View, event: Reopened) -> str:
    return t.REOPENED.format(reason=why(event.reason))


@told(Rejected)
def _rejected(view: View, event: Rejected) -> str:
    return t.REJECTED.format(reason=why(event.reason))


@told(Merged)
def _merged(view: View, event: Merged) -> str:
    return t.MERGED.format(number=event.number)


@told(Absorbed)
def _absorbed(view: View, event: Absorbed) -> str:
    return t.ABSORBED.format(number=event.number)


@told(DuplicateSuspected)
def _suspected(view: View, event: DuplicateSuspected) -> str:
    return t.SUSPECTED.format(number=event.number)


@told(DuplicateDenied)
def _denied(view: View, event: DuplicateDenied) -> str:
    return t.DENIED


@told(DrillPaused)
def _paused(view: View, event: DrillPaused) -> str:
    since = next((item.at for item in view.incident.events if item.event is event), event.until)
    if event.script == "over":
        return t.OVER
    if event.paused or event.until is None or since is None:  # the clock of a drill of earlier did not stand
        return t.PAUSED if event.paused else t.WENT_ON
    return t.STOOD.format(span=in_minutes(event.until - since))


@told(DrillJumped)
def _jumped(view: View, event: DrillJumped) -> str:
    return t.JUMPED.format(span=span(timedelta(seconds=event.seconds)))
