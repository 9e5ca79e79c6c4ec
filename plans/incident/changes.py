"""When each thing that somebody may be asked to confirm last changed, as numbers in the log.

A button names what it acts on and this number (the revision). Pressed after a change it is refused: nobody confirms
what was not shown. What was undone counts as never changed: the incident then stands as it was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from plans import events as e
from plans.incident.figures import effective
from plans.incident.state import OPEN_STATES, Incident

_TOUCHES: dict[type[e.Event], tuple[str, ...]] = {
    e.Declared: ("response",),
    e.Ended: ("course",),
    e.Closed: ("course",),
    e.Reopened: ("course",),
    e.Rejected: ("course",),
    e.Merged: ("course",),
    e.PlansWeighed: ("choice",),
    e.PlanChosen: ("choice",),
    e.SceneStated: ("scene",),
    e.OccurrenceChanged: ("scene",),
    e.LevelDetermined: ("determination",),
    e.Proposed: ("proposal",),
    e.Agreed: ("proposal",),
    e.ProposalDeclined: ("proposal",),
    e.ProposalWithdrawn: ("proposal",),
    e.HandlingTaken: ("handling",),
    e.FactsStated: ("words",),
    e.EvidenceAdded: ("words",),
    e.EditNoticed: ("words",),
    e.ElementAnswered: ("words",),
    e.Absorbed: ("words",),
}
_NAMED: dict[type[e.Event], Callable[[Any], str]] = {
    e.UnitCalled: lambda event: f"unit:{event.unit}",
    e.UnitAnswered: lambda event: f"unit:{event.unit}",
    e.BodyNamed: lambda event: f"body:{event.unit}",
    e.DuplicateSuspected: lambda event: f"duplicate:{event.other}",
    e.ElementAnswered: lambda event: f"answer:{event.element}",
}
_SPEAKING = (
    e.Reported, e.Verified, e.FactsStated, e.FactResolved, e.Corrected, e.Judged, e.DeathUnconfirmed, e.Absorbed,
    e.PlanChosen,
)  # fmt: skip
"""Events by which it may change what somebody says of a fact, or what is held to be known."""

_STANDING = ("course", "response", "plan", "scene", "determination", "proposal", "facts")
"""What a decision about the level or the end rests on."""


def speaking(event: e.Event) -> bool:
    """Return whether an event may change figures."""
    return isinstance(event, _SPEAKING)


def said(incident: Incident) -> dict[str, object]:
    """Return what is said of each fact, and what is held to be known, to be compared with what it is afterwards."""
    found: dict[str, object] = {
        f"said:{fact}": tuple((claim.source, claim.value, claim.confirmed) for claim in claims)
        for fact, claims in incident.claims.items()
    }
    return found | {"said:deaths?": incident.death_unconfirmed, "facts": effective(incident)}


def note(incident: Incident, item: e.Recorded, before: dict[str, object] | None) -> None:
    """Write down what an event changed.

    Args:
        before: what was said before the event, for one that speaks of facts.
    """
    for aspect in _touched(item.event):
        incident.changed[aspect] = item.sequence
    if before is not None:
        after = said(incident)
        for name in {*before, *after}:
            if before.get(name) != after.get(name):
                incident.changed[name.removesuffix("?")] = item.sequence


def _touched(event: e.Event) -> Iterator[str]:
    yield from _TOUCHES.get(type(event), ())
    if isinstance(event, e.PlanChosen) and event.plan != event.previous:
        yield "plan"
    named = _NAMED.get(type(event))
    if named is not None:
        yield named(event)


def revision_of(incident: Incident, name: str) -> int | None:
    """Return the revision of what a button acts on; None when it is settled or is not there any more.

    Args:
        name: ``standing`` (what a decision rests on), ``report`` (that and every word and picture),
            ``proposal:N``, ``facts``, ``fact:F``, ``class``, ``element:E``,
            ``answers``, ``doubt:N``, ``determination``, ``handling``, ``plan``, ``course``, ``edit:N``,
            ``duplicate:S``,
            ``call:U:ROUND``, ``unit:U``, ``body:U``,
            ``obligation:K``, ``owed:K|RECIPIENT``, ``asked:K|RECIPIENT``,
            ``decision:N``; ``incident`` has no revision (0): for what only
            reads.
    """
    kind, _, of = name.partition(":")
    return _REVISIONS[kind](incident, of)


def kind_of(name: str) -> str:
    """Return the kind of what a button acts on."""
    return name.partition(":")[0]


def _last(incident: Incident, *aspects: str) -> int:
    return max((incident.changed.get(aspect, 0) for aspect in aspects), default=0)


def _running(*aspects: str) -> Callable[[Incident, str], int | None]:
    """The last change of these aspects (``{}`` stands for what is named) while the incident is open."""

    def revision(incident: Incident, of: str) -> int | None:
        if incident.state not in OPEN_STATES:
            return None
        return _last(incident, "course", "plan", *(aspect.format(of) for aspect in aspects))

    return revision


def _standing(incident: Incident, of: str) -> int | None:
    return _running(*_STANDING)(incident, of)


def _proposal(incident: Incident, of: str) -> int | None:
    proposal = incident.proposal
    if proposal is None or proposal.declined or str(proposal.sequence) != of:
        return None
    return _standing(incident, of)


def _edit(incident: Incident, of: str) -> int | None:
    if not any(str(item.sequence) == of for item in incident.edits.values()):
        return None
    return _running("facts", "scene")(incident, of)


def _doubt(incident: Incident, of: str) -> int | None:
    if not any(str(item.sequence) == of for item in incident.doubts.values()):
        return None
    return _running("facts", "determination")(incident, of)


def _duplicate(incident: Incident, of: str) -> int | None:
    return _running("duplicate:{}", "response")(incident, of) if of in incident.suspected else None


def _call(incident: Incident, of: str) -> int | None:
    unit, _, number = of.rpartition(":")
    call = incident.calls.get(unit)
    if call is None or str(call.round) != number or not incident.open:
        return None
    return _last(incident, f"unit:{unit}")


def _body(incident: Incident, of: str) -> int | None:
    return None if of in incident.stood else _running("body:{}", "scene")(incident, of)


def _obligation(incident: Incident, of: str) -> int | None:
    instance = incident.instances.get(of)
    return instance.opened_sequence if instance is not None and instance.status == "open" else None


def _owed(incident: Incident, of: str) -> int | None:
    """What was told to a recipient since an obligation arose; that it asks for more makes what was told no other."""
    key, _, recipient = of.rpartition("|")
    opened, instance = _obligation(incident, key), incident.instances.get(key)
    if opened is None or instance is None:
        return None
    told = [
        item.sequence
        for item in incident.filings
        if item.recipient == recipient and item.report == instance.report and instance.channel in ("any", item.channel)
    ]
    return max([opened, *told])


def _asked(incident: Incident, of: str) -> int | None:
    """What a recipient has asked for since an obligation arose: the same call asks once."""
    opened, recipient = _owed(incident, of), of.rpartition("|")[2]
    if opened is None:
        return None
    return max([opened, *(item.sequence for item in incident.requests if item.recipient == recipient)])


def _decision(incident: Incident, of: str) -> int | None:
    return next((item.sequence for item in incident.unsigned if str(item.sequence) == of), None)


def _none(incident: Incident, of: str) -> int | None:
    return 0


def _answers(incident: Incident, of: str) -> int | None:
    return _last(incident, *(name for name in incident.changed if name.startswith("answer:")))


_REVISIONS: dict[str, Callable[[Incident, str], int | None]] = {
    "incident": _none,
    "standing": _standing,
    "report": _running(*_STANDING, "words"),
    "proposal": _proposal,
    "facts": _running("facts"),
    "fact": _running("said:{}"),
    "class": _running("scene"),
    "element": _running("said:{}", "answer:{}"),
    "answers": _answers,
    "handling": _running("handling"),
    "plan": _running("choice", "response"),
    "course": _running("response"),
    "doubt": _doubt,
    "determination": _running("determination", "facts"),
    "edit": _edit,
    "duplicate": _duplicate,
    "call": _call,
    "unit": _running("unit:{}", "response"),
    "body": _body,
    "obligation": _obligation,
    "owed": _owed,
    "asked": _asked,
    "decision": _decision,
}
KINDS = frozenset(_REVISIONS)
"""Every kind of thing that a button of an incident acts on."""
