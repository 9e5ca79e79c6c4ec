"""Notices about levels: proposals, who is to be woken, announcements, signatures, the end."""

from __future__ import annotations

from typing import TypeVar

from bot.render import naming
from bot.render import owed as o
from bot.render.citing import cite
from bot.render.delegating import acting
from bot.render.notices.registry import words
from bot.render.notices.reporting import seat_phone
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import ending as ending_texts
from bot.texts import levels as levels_texts
from bot.texts import oral as oral_texts
from bot.texts import proposals as proposals_texts
from bot.texts import words as w
from plans import events as e
from plans.assess import assess
from plans.classify import Match
from plans.notices import Notice

E = TypeVar("E", bound=e.Event)
_PROPOSALS = {"proposal": proposals_texts.PROPOSAL, "proposal_again": proposals_texts.PROPOSAL_AGAIN}


def addressed(view: View) -> str:
    """Return ``张三，`` where the reader's name is known."""
    return w.RECIPIENT.format(name=written(view.recipient, 16)) if view.recipient else ""


@words("proposal", "proposal_again")
def proposal(notice: Notice, view: View) -> Text:
    """To whoever may decide: what, why, under which clause."""
    level = str(notice.params["level"])
    because = tuple(_reason(item) for item in assess(view.plan, view.incident).matched if item.level == level)
    return fill(
        _PROPOSALS[notice.key],
        recipient=addressed(view),
        number=naming.number(view),
        verb=_verb(view),
        level=level,
        citation=_level_citation(view, level, str(notice.params["clause"])),
        title=naming.title(view),
        figures=shortly(view),
        because=_because(because),
        route=naming.route(view),
        note=_note(view, level),
        time=_proposed_at(view),
    )


def _reason(match: Match) -> str:
    """Return why a level holds, with the reading of its clause beside it."""
    return match.because + (w.CITE.format(inside=w.READING.format(taken=match.reading)) if match.reading else "")


@words("proposal_widened")
def proposal_widened(notice: Notice, view: View) -> Text:
    """The only role that may is silent: a deputy is offered what he may declare."""
    level = str(notice.params["level"])
    pending = view.incident.proposal
    return fill(
        proposals_texts.PROPOSAL_WIDENED,
        recipient=addressed(view),
        number=naming.number(view),
        verb=_verb(view),
        level=level,
        proposed=pending.level if pending else level,
        roles=naming.roles(view.plan, pending.to_roles if pending else ()),
        citation=_level_citation(view, level, str(notice.params["clause"])),
        title=naming.title(view),
        figures=shortly(view),
        note=_note(view, level),
        time=_proposed_at(view),
    )


def _verb(view: View) -> str:
    return w.DECISIONS["adjust" if view.incident.response_level else "declare"]


def _level_citation(view: View, level: str, clause: str) -> str:
    response = naming.response(view.plan, level)
    return cite(clause, response.reading if response is not None else None)


def _note(view: View, level: str) -> str:
    response = naming.response(view.plan, level)
    return proposals_texts.NOTE.format(note=response.note) if response is not None and response.note else ""


def _proposed_at(view: View) -> str:
    pending = view.incident.proposal
    return at(pending.at if pending is not None else view.now, view.now)


def holders(view: View, roles: tuple[str, ...]) -> str:
    """Return roles with the posts that hold them: ``办公室主任（区教育局局长）``."""
    shown = []
    for key in roles:
        role = view.plan.roles.get(key)
        posts = role.holders if role is not None else ()
        title = naming.role(view.plan, key)
        shown.append(w.ROLE_HOLDERS.format(title=title, holders=w.LIST.join(posts)) if posts else title)
    return w.SEMICOLON.join(shown)


@words("wake_decider")
def wake_decider(notice: Notice, view: View) -> Text:
    """The duty seat wakes by telephone whoever may decide."""
    level = str(notice.params["level"])
    return fill(
        proposals_texts.WAKE_DECIDER,
        number=naming.number(view),
        level=level,
        roles=holders(view, tuple(notice.params["roles"])),
        because=_because(tuple(notice.params.get("because", ()))),
        citation=_level_citation(view, level, str(notice.params["clause"])),
        unseated=_unseated(notice, view),
    )


def _unseated(notice: Notice, view: View) -> str:
    """Return who of those that may decide reads nothing here: nobody was asked there but by telephone."""
    roles = [role for role in notice.params["roles"] if role in view.unseated]
    if not roles:
        return ""
    if len(roles) == len(notice.params["roles"]):
        return proposals_texts.WAKE_NOBODY
    return proposals_texts.WAKE_SOME.format(roles=naming.roles(view.plan, roles))


def _because(reasons: tuple[str, ...]) -> str:
    return proposals_texts.BECAUSE.format(because=w.SEMICOLON.join(reasons[:2])) if reasons else ""


@words("ring_decider")
def ring_decider(notice: Notice, view: View) -> Text:
    """Still no decision: ring again."""
    level = str(notice.params["level"])
    return fill(
        proposals_texts.RING_DECIDER,
        number=naming.number(view),
        ordinal=int(notice.params["ordinal"]),
        level=level,
        roles=holders(view, tuple(notice.params["roles"])),
        citation=_level_citation(view, level, str(notice.params["clause"])),
        unseated=_unseated(notice, view),
    )


@words("proposal_withdrawn")
def proposal_withdrawn(notice: Notice, view: View) -> Text:
    """The facts no longer speak for the proposed level."""
    return fill(proposals_texts.PROPOSAL_WITHDRAWN, number=naming.number(view), level=str(notice.params["level"]))


@words("declined")
def declined(notice: Notice, view: View) -> Text:
    """暂不启动."""
    return fill(
        proposals_texts.DECLINED,
        number=naming.number(view),
        role=naming.role(view.plan, str(notice.params["role"])),
        level=str(notice.params["level"]),
    )


@words("offer_declined")
def offer_declined(notice: Notice, view: View) -> Text:
    """A deputy will not declare a lower level meanwhile; the proposal stays open."""
    pending = view.incident.proposal
    return fill(
        proposals_texts.OFFER_DECLINED,
        number=naming.number(view),
        role=naming.role(view.plan, str(notice.params["role"])),
        level=str(notice.params["level"]),
        deciders=naming.roles(view.plan, pending.to_roles if pending is not None else ()),
    )


def event_at(view: View, sequence: int, kind: type[E]) -> tuple[E, e.Recorded]:
    """Return the event of a sequence number, which must be of the kind."""
    item = next(item for item in view.incident.events if item.sequence == sequence)
    if not isinstance(item.event, kind):
        raise TypeError(f"event {sequence} of {view.incident.stream} is {item.event.NAME}, not {kind.NAME}")
    return item.event, item


@words("agreed")
def agreed(notice: Notice, view: View) -> Text:
    """One of those who decide together has said yes: the duty seat rings the others."""
    level = str(notice.params["level"])
    return fill(
        levels_texts.AGREED,
        number=naming.number(view),
        level=level,
        citation=_level_citation(view, level, str(notice.params["clause"])),
        roles=naming.roles(view.plan, tuple(notice.params["roles"])),
        missing=holders(view, tuple(notice.params["missing"])),
    )


def deciders(view: View, event: e.Declared) -> str:
    """Return who declared: one role, or all that decided it together."""
    if event.jointly:
        return levels_texts.JOINTLY.format(roles=naming.roles(view.plan, event.jointly))
    return naming.role(view.plan, event.role)


@words("announcement", "declared_leader")
def announcement(notice: Notice, view: View) -> Text:
    """A level was declared: 事项, 级别, 预计期限, 处置措施."""
    event, item = event_at(view, int(notice.params["sequence"]), e.Declared)
    response = naming.response(view.plan, event.level)
    calls = [
        c.event
        for c in view.incident.events
        if isinstance(c.event, e.UnitCalled | e.UnitInformed) and _same(view, c, item)
    ]
    called = [call.unit for call in calls if isinstance(call, e.UnitCalled)]
    informed = [call.unit for call in calls if isinstance(call, e.UnitInformed)]
    if event.oral:
        declared = levels_texts.ANNOUNCE_ORAL.format(
            role=deciders(view, event),
            name=written(event.spoken_by or "", 16),
            time=at(event.spoken_at or item.at, view.now),
            recorded=written(event.recorded_by or "", 16) or w.NAME_UNKNOWN,
        )
    else:
        declared = levels_texts.ANNOUNCE_DECLARED.format(
            role=deciders(view, event),
            acting=acting(event.acting_for or "", event.acting_until, view.now),
            time=at(item.at, view.now),
        )
    matter = written(event.matter, 40) or naming.title(view)
    return fill(
        levels_texts.ANNOUNCEMENT,
        level=event.level,
        title=naming.title(view),
        matter=matter,
        figures=levels_texts.ANNOUNCE_FIGURES.format(figures=shortly(view)),
        kind=levels_texts.ANNOUNCE_ADJUST.format(previous=event.previous)
        if event.previous
        else levels_texts.ANNOUNCE_START,
        citation=_declared_citation(view, event),
        expected=written(event.expected, 60) or levels_texts.ANNOUNCE_OPEN,
        measures=measures(event.measures),
        law=cite(naming.law(view.plan)),
        declared=declared,
        reason=levels_texts.ANNOUNCE_REASON.format(reason=written(event.reason, 120)) if event.reason else "",
        units=_units(view, called, cite(response.calls.clause, response.calls.reading) if response else ""),
        informed=levels_texts.ANNOUNCE_INFORMED.format(count=len(informed)) if informed else "",
    )


def _declared_citation(view: View, event: e.Declared) -> str:
    """Return under which clause a level was declared: lowering it is under that of the adjusting."""
    rule = view.plan.adjusting
    if rule is not None and event.previous is not None and event.clause == rule.clause:
        return cite(rule.clause, rule.reading)
    return _level_citation(view, event.level, event.clause)


def _same(view: View, call: e.Recorded, declared: e.Recorded) -> bool:
    """Whether a call belongs to a declaration: it follows it, before any other declaration."""
    if call.sequence < declared.sequence:
        return False
    return not any(
        isinstance(other.event, e.Declared) and declared.sequence < other.sequence < call.sequence
        for other in view.incident.events
    )


def _units(view: View, units: list[str], citation: str) -> str:
    return (
        levels_texts.ANNOUNCE_UNITS.format(count=len(units), names=o.names(view, units), citation=citation)
        if units
        else ""
    )


def measures(texts: tuple[str, ...]) -> str:
    """Return measures, numbered, each on its line."""
    return (
        "".join(
            f"\n{levels_texts.ANNOUNCE_MEASURE.format(ordinal=number, text=text)}"
            for number, text in enumerate(texts, 1)
        )
        or w.UNSTATED
    )


@words("to_sign")
def to_sign(notice: Notice, view: View) -> Text:
    """A spoken decision was recorded: its speaker is asked to sign."""
    item = next(item for item in view.incident.decisions if item.sequence == int(notice.params["sequence"]))
    what = (
        oral_texts.TO_SIGN_END
        if item.level is None
        else oral_texts.TO_SIGN_LEVEL.format(verb=w.DECISIONS[item.kind], level=item.level)
    )
    return fill(
        oral_texts.TO_SIGN,
        recipient=addressed(view),
        number=naming.number(view),
        time=at(item.spoken_at or item.at, view.now),
        what=what,
        recorded=written(item.recorded_by, 16) or w.NAME_UNKNOWN,
        phone=seat_phone(view),
    )


@words("ended")
def ended(notice: Notice, view: View) -> Text:
    """The response, or the incident without one, has ended."""
    event, item = event_at(view, int(notice.params["sequence"]), e.Ended)
    role, time = naming.role(view.plan, event.role), at(event.spoken_at or item.at, view.now)
    level = view.incident.response_level
    if level is None:
        declared = ending_texts.ENDED_PLAIN.format(role=role, time=time)
    elif event.oral:
        declared = ending_texts.ENDED_ORAL.format(
            role=role,
            name=written(event.spoken_by or "", 16),
            time=time,
            level=level,
            recorded=written(event.recorded_by or "", 16) or w.NAME_UNKNOWN,
        )
    else:
        declared = ending_texts.ENDED_DECLARED.format(
            role=role + acting(event.acting_for or "", event.acting_until, view.now), time=time, level=level
        )
    rule = next((rule for rule in view.plan.ends if rule.clause == event.clause), None)
    return fill(
        ending_texts.ENDED,
        title=naming.title(view),
        declared=declared,
        citation=cite(event.clause, rule.reading if rule else None),
        reason=w.REASON.format(reason=written(event.reason, 120)) if event.reason else "",
    )


@words("after_end")
def after_end(notice: Notice, view: View) -> Text:
    """What is still owed after the end."""
    lines = [
        ending_texts.AFTER_REPORT.format(
            name=o.name(item), due=o.due(view, item), citation=o.citation(item), names=o.names(view, item.left)
        )
        for item in o.duties_of_office(view)
    ]
    if view.incident.unsigned:
        roles = list(dict.fromkeys(item.role for item in view.incident.unsigned))
        lines.append(ending_texts.AFTER_SIGN.format(roles=naming.roles(view.plan, roles)))
    lines.extend(
        ending_texts.AFTER_WORK.format(text=item.text, by=naming.unit_name(view, item.by), citation=cite(item.clause))
        for item in view.plan.after
    )
    return fill(ending_texts.AFTER_END, number=naming.number(view), items=joined(lines))
