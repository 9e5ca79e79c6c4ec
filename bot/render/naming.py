"""What things and people are called: the incident, its place, sources, roles, units and their telephone lines."""

from __future__ import annotations

from bot.render.citing import cite
from bot.render.text import written
from bot.render.view import View
from bot.texts import script as s
from bot.texts import units as units_texts
from bot.texts import words as w
from plans.bodies import body_of, standing, stood_for
from plans.classify import route_for
from plans.core.event import Event
from plans.directory.numbers import dialled, tapped
from plans.model import Line, Plan, Response, Unit
from plans.persons import ACTOR, NAMED, held

FAX_KINDS = (w.FAX,)


def number(view: View) -> str:
    """Return ``17号``."""
    return w.NUMBER.format(number=view.incident.number)


def listed_number(view: View) -> str:
    """Return the number for a list in which drills and real incidents stand together."""
    return in_list(view.incident.number, drill=view.incident.drill)


def in_list(number: int, *, drill: bool) -> str:
    """Return ``17号`` or ``【演练】17号``: drills count apart, and stand beside real incidents."""
    return (w.DRILL_NUMBER if drill else w.NUMBER).format(number=number)


def class_name(view: View) -> str:
    """Return the name of the incident's class, else of the possible ones, else nothing."""
    names = {item.id: item.name for item in view.plan.classes}
    if view.incident.event_class:
        text = names.get(view.incident.event_class, written(view.incident.event_class, 20))
    else:
        text = w.OR.join(names[item] for item in view.incident.candidates[:2] if item in names)
    # Who reported was not sure; a person's word settles it.
    unsure = "suspected" in view.incident.flags and view.incident.verified_at is None
    return w.SUSPECTED.format(name=text) if text and unsure else text


def place(view: View) -> str:
    """Return where it is; what people wrote is shortened and disarmed."""
    return written(view.incident.place or view.incident.unit, 40) or w.PLACE_UNKNOWN


def title(view: View) -> str:
    """Return ``17号 ××小学 踩踏拥挤``."""
    where = written(view.incident.place or view.incident.unit, 24)
    return " ".join(part for part in (number(view), where, class_name(view)) if part)


def topic_name(view: View) -> str:
    """Return the name of an incident's topic, at most Telegram's 128 characters."""
    name = title(view)
    return (f"{w.DRILL}{name}" if view.incident.drill else name)[:128]


def source(view: View, key: str) -> str:
    """Return how a source of figures is read."""
    if key in w.SOURCES:
        return w.SOURCES[key]
    if key.startswith("person:"):
        return w.OTHER_PERSON
    merged, dot, own = key.partition("·")
    if dot:  # of an incident that was merged into this one: 18号·reporter
        return f"{written(merged, 8)}{dot}{source(view, own)}"
    if key in view.plan.roles:
        return view.plan.roles[key].title
    return written(key, 24)


def short_title(title: str, view: View) -> str:
    """Return a plan's title without what all of them share: ``水上搜救`` for 晋城市水上搜救应急预案."""
    return subject_of(title, view.plan)


def subject_of(title: str, plan: Plan) -> str:
    """Return the same from a plan of the place."""
    return title.removeprefix(plan.jurisdiction.name).removesuffix(w.PLAN_SUFFIX) or title


def route(view: View) -> str:
    """Return who leads and which special command body acts, where the plan says it for the incident's class."""
    name = view.incident.event_class or (view.incident.candidates[0] if len(view.incident.candidates) == 1 else "")
    way = route_for(view.plan, name)
    if way is None:
        return ""
    lead = w.ROUTE_POST.format(lead=way.lead, post=way.post) if way.post else way.lead
    return w.ROUTE.format(lead=lead, citation=cite(way.clause))


def role(plan: Plan, key: str) -> str:
    """Return a role's title."""
    return plan.roles[key].title if key in plan.roles else w.ROLES.get(key, key)


def roles(plan: Plan, keys: tuple[str, ...] | list[str]) -> str:
    """Return titles of roles, joined."""
    return w.LIST.join(role(plan, key) for key in keys)


def unit_of(plan: Plan, key: str) -> Unit | None:
    """Return a unit of the plan."""
    return next((unit for unit in plan.units if unit.id == key), None)


def unit_name(view: View, key: str) -> str:
    """Return what a unit is called; one that stands for another at each incident is named after that one if known."""
    unit = unit_of(view.plan, key)
    if unit is None:
        return written(key, 24)
    if unit.place_bound or unit.standing_for:
        stands = standing(view.plan, view.incident, key).name
        if stands:
            return written(stands, 24)
    return unit.name or unit.id


def short_name(view: View, key: str) -> str:
    """Return a unit's shortest official alias for a button (区卫健局), else its name."""
    unit = unit_of(view.plan, body_of(view.plan, view.incident, key))
    name = unit_name(view, key)
    if unit is None or unit.place_bound:
        return name
    aliases = [alias for alias in unit.aliases if alias[0] == name[0] and len(alias) >= 3]
    return min([*aliases, name], key=len)


def response(plan: Plan, level: str | None) -> Response | None:
    """Return the plan's response of a level."""
    return next((item for item in plan.responses if item.level == level), None)


def seat_number(view: View) -> str:
    """Return the number of the duty line, perhaps empty."""
    if view.seat_line:
        return view.seat_line
    for name in (view.plan.office, view.plan.office_unit):
        line = line_of(view, name)
        if line is not None:
            return read_number(view.plan, line.number)
    return ""


def line_of(view: View, key: str) -> Line | None:
    """Return the line on which a unit is rung: its own, that of the unit it stands for, else the one it shares."""
    seen: set[str] = set()
    while key and key not in seen:
        seen.add(key)
        unit = unit_of(view.plan, key)
        if unit is None:
            return None
        lines = [line for line in unit.lines if line.kind not in FAX_KINDS] or list(unit.lines)
        if lines:
            return lines[0]
        stands = unit.standing_for or unit.place_bound
        key = standing(view.plan, view.incident, key).body if stands else unit.rung_at
    return None


def read_number(plan: Plan, digits: str) -> str:
    """Return a number to read, with its area code: ``0356-2022492``; short and written-out ones as they are."""
    return dialled(digits, plan.jurisdiction.area_code)


def tapped_number(plan: Plan, digits: str) -> str:
    """Return a number to tap, ``+863562022492``; short numbers such as 12369 have none."""
    return tapped(digits, plan.jurisdiction.area_code)


def hidden(view: View, key: str) -> bool:
    """Whether a unit's number is kept back: in a drill nobody outside the command body is rung."""
    if not view.incident.drill:
        return False
    meant = (key, *stood_for(view.plan, view.incident, key))
    return not any(unit.member for unit in (unit_of(view.plan, name) for name in meant) if unit is not None)


def known_as(view: View, unit: str) -> frozenset[str]:
    """Return the ids under which the plan speaks of a unit: its own, and the placeholders that it is here."""
    return frozenset((unit, *stood_for(view.plan, view.incident, unit)))


def medium(view: View, key: str) -> str:
    """Return by what a recipient hears that is no telephone: ``新闻媒体、政府网站和新媒体``; else nothing."""
    unit = unit_of(view.plan, key)
    return unit.medium if unit is not None else ""


def recipient_line(view: View, key: str) -> str:
    """Return whom to ring and the number to read: ``区委办公室 0356-2022492``; by what it hears that is not rung."""
    if by := medium(view, key):
        return s.PUBLISH_BY.format(name=unit_name(view, key), medium=by)
    line = line_of(view, key)
    unit = unit_of(view.plan, key)
    name = (line.label if line is not None and unit is not None and line in unit.lines else "") or unit_name(view, key)
    if hidden(view, key):
        digits = w.NUMBER_HIDDEN
    else:
        digits = read_number(view.plan, line.number) if line is not None else w.NO_NUMBER
    return w.LINE.format(name=name, number=digits)


def tap_line(view: View, key: str) -> str:
    """Return the same number to tap, alone on its line; nothing where it is hidden or unknown."""
    line = line_of(view, key)
    return "" if line is None or hidden(view, key) else tapped_number(view.plan, line.number)


def tap_seat(view: View) -> str:
    """Return the duty line to tap."""
    return tapped_number(view.plan, seat_number(view)) if seat_number(view) else ""


def law(plan: Plan) -> str:
    """Return the law under which a declaration states matter, level, term and measures; empty where there is none."""
    if plan.law is not None:
        return plan.law
    return "" if plan.jurisdiction.level == "organisation" else w.LAW


def seat_phone(view: View) -> str:
    """Return the duty line to read, perhaps nothing."""
    number = seat_number(view)
    return w.SEAT_PHONE.format(number=number) if number else ""


def addressed(view: View) -> str:
    """Return ``张三，`` where the reader's name is known."""
    return w.RECIPIENT.format(name=written(view.recipient, 16)) if view.recipient else ""


def holders(view: View, roles: tuple[str, ...]) -> str:
    """Return roles with the posts that hold them: ``办公室主任（区教育局局长）``."""
    texts = []
    for key in roles:
        plan_role = view.plan.roles.get(key)
        posts = plan_role.holders if plan_role is not None else ()
        title = role(view.plan, key)
        texts.append(w.ROLE_HOLDERS.format(title=title, holders=w.LIST.join(posts)) if posts else title)
    return w.SEMICOLON.join(texts)


def person(name: str | None) -> str:
    """Return a person's name, shortened and disarmed."""
    return written(name or "", 16) or w.NAME_UNKNOWN


def on_record(view: View, name: str | None, id: str = "") -> str:
    """Return the name of somebody as it stands on record; one that nobody had confirmed says so.

    Where none stands there it is who that is.
    """
    known = view.people.get(id)
    return written(name or (known.name if known is not None else ""), 16) + mark(view, name, id)


def mark(view: View, name: str | None, id: str = "") -> str:
    """Return what is to be said of a name on record, empty where it was confirmed or nobody is known by it.

    Args:
        id: whose it is; where that is not on record, whoever acted under the name; of several, one who was not known.
    """
    if id:
        known = view.people.get(id)
        return known.note if known is not None else ""
    return next((item.note for item in view.people.values() if name and item.note and name in item.called), "")


def of_event(view: View, event: Event, field: str = "name") -> str:
    """Return the name that an event holds in a field; one that nobody had confirmed says so."""
    name, holds = getattr(event, field), held(event.NAME, field)
    if not view.people or holds is None or holds.whose == NAMED:
        return person(name)
    if holds.whose == ACTOR:
        events = view.incident.events
        # By the event itself: two may be equal.
        made = view.incident.once("actors", lambda: {id(item.event): item.actor for item in events})
        whose = made.get(id(event), "")
    else:
        whose = getattr(event, holds.whose) or ""
    return on_record(view, name, whose) or w.NAME_UNKNOWN


def names_to_check(view: View) -> list[str]:
    """Return the names on record that nobody had confirmed when they were written, each with what is to be said."""
    return [
        f"{w.LIST.join(written(name, 16) for name in known.called or (known.name,))}{known.note}"
        for known in view.people.values()
        if known.note
    ]


def call_status(status: str) -> str:
    """Return where a called unit stands; what it answered is shown as it is."""
    return units_texts.STATUS.get(status, status)
