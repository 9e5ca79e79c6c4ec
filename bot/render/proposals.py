"""A level is proposed: who is asked to decide, who is to be woken, who declines."""

from __future__ import annotations

from bot.render import naming
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.levels import level_citation
from bot.render.message import Message
from bot.render.naming import addressed, holders
from bot.render.registry import renders, settles
from bot.render.text import Text, fill
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import proposals as t
from bot.texts import words as w
from plans.assess import assess
from plans.classify import Match
from plans.core.notice import Notice
from plans.incident.proposals import ProposalDeclined

_PROPOSALS = {"proposal": t.PROPOSAL, "proposal_again": t.PROPOSAL_AGAIN}


@renders("proposal", "proposal_again")
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
        citation=level_citation(view, level, str(notice.params["clause"])),
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


@renders("proposal_widened")
def proposal_widened(notice: Notice, view: View) -> Text:
    """The only role that may is silent: a deputy is offered what he may declare."""
    level = str(notice.params["level"])
    pending = view.incident.proposal
    return fill(
        t.PROPOSAL_WIDENED,
        recipient=addressed(view),
        number=naming.number(view),
        verb=_verb(view),
        level=level,
        proposed=pending.level if pending else level,
        roles=naming.roles(view.plan, pending.to_roles if pending else ()),
        citation=level_citation(view, level, str(notice.params["clause"])),
        title=naming.title(view),
        figures=shortly(view),
        note=_note(view, level),
        time=_proposed_at(view),
    )


def _verb(view: View) -> str:
    return w.DECISIONS["adjust" if view.incident.response_level else "declare"]


def _note(view: View, level: str) -> str:
    response = naming.response(view.plan, level)
    return t.NOTE.format(note=response.note) if response is not None and response.note else ""


def _proposed_at(view: View) -> str:
    pending = view.incident.proposal
    return at(pending.at if pending is not None else view.now, view.now)


@renders("wake_decider")
def wake_decider(notice: Notice, view: View) -> Text:
    """The duty seat wakes by telephone whoever may decide."""
    level = str(notice.params["level"])
    return fill(
        t.WAKE_DECIDER,
        number=naming.number(view),
        level=level,
        roles=holders(view, tuple(notice.params["roles"])),
        because=_because(tuple(notice.params.get("because", ()))),
        citation=level_citation(view, level, str(notice.params["clause"])),
        unseated=_unseated(notice, view),
    )


def _unseated(notice: Notice, view: View) -> str:
    """Return who of those that may decide reads nothing here: nobody was asked there but by telephone."""
    roles = [role for role in notice.params["roles"] if role in view.unseated]
    if not roles:
        return ""
    if len(roles) == len(notice.params["roles"]):
        return t.WAKE_NOBODY
    return t.WAKE_SOME.format(roles=naming.roles(view.plan, roles))


def _because(reasons: tuple[str, ...]) -> str:
    return t.BECAUSE.format(because=w.SEMICOLON.join(reasons[:2])) if reasons else ""


@renders("ring_decider")
def ring_decider(notice: Notice, view: View) -> Text:
    """Still no decision: ring again."""
    level = str(notice.params["level"])
    return fill(
        t.RING_DECIDER,
        number=naming.number(view),
        ordinal=int(notice.params["ordinal"]),
        level=level,
        roles=holders(view, tuple(notice.params["roles"])),
        citation=level_citation(view, level, str(notice.params["clause"])),
        unseated=_unseated(notice, view),
    )


@renders("proposal_withdrawn")
def proposal_withdrawn(notice: Notice, view: View) -> Text:
    """The facts no longer speak for the proposed level."""
    return fill(t.PROPOSAL_WITHDRAWN, number=naming.number(view), level=str(notice.params["level"]))


@renders("declined")
def declined(notice: Notice, view: View) -> Text:
    """暂不启动."""
    return fill(
        t.DECLINED,
        number=naming.number(view),
        role=naming.role(view.plan, str(notice.params["role"])),
        level=str(notice.params["level"]),
    )


@renders("offer_declined")
def offer_declined(notice: Notice, view: View) -> Text:
    """A deputy will not declare a lower level meanwhile; the proposal stays open."""
    pending = view.incident.proposal
    return fill(
        t.OFFER_DECLINED,
        number=naming.number(view),
        role=naming.role(view.plan, str(notice.params["role"])),
        level=str(notice.params["level"]),
        deciders=naming.roles(view.plan, pending.to_roles if pending is not None else ()),
    )


def decline_again(view: View, level: str, guard: str) -> Message:
    """Ask anew whether a level is not to be started, with both buttons of the proposal."""
    presses = (
        press("decline", "not_now", guard, level=level),
        press("declare_preview", "start_level", guard, level=level),
    )
    return framed(view, t.DECLINE_AGAIN.format(number=view.incident.number, level=level), presses)


@settles(ProposalDeclined, "proposal")
def _declined_before(view: View, of: str, event: ProposalDeclined) -> str:
    return t.OUTRUN_DECLINED.format(role=naming.role(view.plan, event.by_role), level=event.level)
