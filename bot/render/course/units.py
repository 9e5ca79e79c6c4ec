"""Units, the site and aid."""

from __future__ import annotations

from bot.render import naming, times
from bot.render.citing import cite
from bot.render.course.words import names_of, told, why
from bot.render.matrix import by_phone
from bot.render.text import written
from bot.render.view import View
from bot.texts import course as t
from bot.texts import words as w
from plans.incident.aid import AidAsked
from plans.incident.aid_answers import AidAnswered
from plans.incident.aid_demand import AidNotNeeded
from plans.incident.arrivals import ArrivalExpected, ArrivalsUnasked
from plans.incident.calling import UnitCalled, UnitInformed
from plans.incident.on_site import SiteHandedOver, SiteSetUp
from plans.incident.on_site_demand import SiteNotNeeded
from plans.incident.units import UnitAnswered, UnitsEscalated


def together(event: UnitCalled | UnitInformed | UnitAnswered, names: str) -> str:
    """Return what one or several were told or said at the same time."""
    match event:
        case UnitCalled():
            return t.CALLED.format(names=names)
        case UnitInformed():
            return t.INFORMED.format(names=names)
    notes = [by_phone(event.voice or "")] if event.recorded else []
    notes += [written(event.note, 60)] if event.note else []
    inside = w.CITE.format(inside=w.COMMA.join(notes)) if notes else ""
    return t.ANSWERED.format(names=names, status=event.status, notes=inside)


@told(UnitsEscalated)
def _escalated(view: View, event: UnitsEscalated) -> str:
    return t.ESCALATED.format(names=names_of(view, event.units))


@told(ArrivalExpected)
def _expected(view: View, event: ArrivalExpected) -> str:
    return t.EXPECTED.format(name=naming.unit_name(view, event.unit), at=times.at(event.at, view.now))


@told(ArrivalsUnasked)
def _unasked(view: View, event: ArrivalsUnasked) -> str:
    return t.ASKED_AGAIN if event.again else t.UNASKED


@told(SiteSetUp)
def _site(view: View, event: SiteSetUp) -> str:
    who = naming.role(view.plan, event.role) if event.role else naming.person(event.commander)
    place = written(event.place, 40)
    return t.SITE.format(who=who, place=t.SITE_PLACE.format(place=place) if place else "", citation=cite(event.clause))


@told(SiteHandedOver)
def _site_over(view: View, event: SiteHandedOver) -> str:
    who = written(event.body, 40) or naming.person(event.commander)
    return t.SITE_OVER.format(who=who, citation=cite(event.clause))


@told(SiteNotNeeded)
def _site_not(view: View, event: SiteNotNeeded) -> str:
    return t.SITE_NOT.format(reason=why(event.reason), citation=cite(event.clause))


@told(AidAsked)
def _aid(view: View, event: AidAsked) -> str:
    what = written(event.what or "", 120)
    given = {"what": t.AID_WHAT.format(what=what) if what else "", "citation": cite(event.clause)}
    if event.unit:
        return t.AID_BY_UNIT.format(unit=naming.unit_name(view, event.unit), **given)
    return t.AID.format(to=written(event.to, 40), **given)


@told(AidAnswered)
def _aid_answered(view: View, event: AidAnswered) -> str:
    words = written(event.words or "", 80)
    return t.AID_ANSWERED.format(
        status=t.AID_STATUS.get(event.status, event.status),
        words=t.AID_WORDS.format(words=words) if words else "",
    )


@told(AidNotNeeded)
def _aid_not(view: View, event: AidNotNeeded) -> str:
    return t.AID_NOT.format(reason=why(event.reason))
