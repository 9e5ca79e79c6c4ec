"""Who is to be told what: (plan, incident, events) -> notices. Keys and parameters only; the words are ``bot/texts``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from plans import events as e
from plans.incident import Incident
from plans.model import Plan
from plans.obligations.wanted import CORRECTION


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A button: an action on an object, for whoever may. ``label`` is a key of the texts."""

    action: str
    label: str
    object: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to tell one audience.

    Attributes:
        kind: as in the timeline of ``tocsin simulate`` (contract.md).
        key: of the text.
        to: ``seat``, ``group`` (the command group), ``origin`` (where the report came from), ``reporter``,
            ``role:<id>``, ``unit:<id>``, ``person:<id>``.
        guard: the object without which it is no longer worth sending (``obligation:…``, ``proposal:…``, ``call:…``).
        edits: it changes a card or worksheet in place and sends nothing new.
        pin: a loud pin, at Ⅰ or Ⅱ.
    """

    kind: str
    key: str
    to: str
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 2
    ring: bool = False
    guard: str = ""
    obligations: tuple[str, ...] = ()
    buttons: tuple[Press, ...] = ()
    edits: bool = False
    pin: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    plan: Plan
    before: Incident | None
    after: Incident
    events: tuple[e.Recorded, ...]


E = TypeVar("E", bound=e.Event)
_Maker = Callable[[Any, e.Recorded, _Told], Iterator[Notice]]
_MAKERS: dict[type[e.Event], _Maker] = {}


def _on(
    kind: type[E],
) -> Callable[[Callable[[E, e.Recorded, _Told], Iterator[Notice]]], Callable[[E, e.Recorded, _Told], Iterator[Notice]]]:
    def register(
        function: Callable[[E, e.Recorded, _Told], Iterator[Notice]],
    ) -> Callable[[E, e.Recorded, _Told], Iterator[Notice]]:
        _MAKERS[kind] = cast(_Maker, function)
        return function

    return register


def notices(plan: Plan, before: Incident | None, after: Incident, events: tuple[e.Recorded, ...]) -> list[Notice]:
    """Return all notices of one command's events; the live card and the worksheet come last."""
    told = _Told(plan, before, after, events)
    found: list[Notice] = []
    for item in events:
        maker = _MAKERS.get(type(item.event))
        if maker is not None:
            found.extend(maker(item.event, item, told))
    found = _together(found)
    if events:
        found.append(Notice(kind="card", key="card", to="group", priority=3, edits=True))
        found.append(Notice(kind="card", key="worksheet", to="seat", priority=3, edits=True))
    return found


def _together(found: list[Notice]) -> list[Notice]:
    """Those due together for one person are one message: reminders of one audience, and the seat's list of numbers to ring."""
    merged: list[Notice] = []
    for notice in found:
        at = next((i for i, item in enumerate(merged) if _joins(item, notice)), None)
        if at is None:
            merged.append(notice)
            continue
        old = merged[at]
        params = {
            name: (
                *old.params.get(name, ()),
                *(item for item in notice.params.get(name, ()) if item not in old.params.get(name, ())),
            )
            for name in {*old.params, *notice.params}
        }
        merged[at] = Notice(
            kind="overdue" if "overdue" in (old.kind, notice.kind) else old.kind, key=old.key, to=old.to, params=params,
            priority=min(old.priority, notice.priority), ring=old.ring or notice.ring, guard=old.guard if old.guard == notice.guard else "",
            obligations=tuple(dict.fromkeys((*old.obligations, *notice.obligations))), buttons=old.buttons,
        )  # fmt: skip
    return merged


def _joins(one: Notice, other: Notice) -> bool:
    return one.key == other.key and one.to == other.to and one.key in ("reminder", "ring_units", "raised")


def _buttons(*presses: tuple[str, str, str, dict[str, Any]]) -> tuple[Press, ...]:
    return tuple(Press(action=action, label=label, object=obj, args=args) for action, label, obj, args in presses)


@_on(e.Reported)
def _reported(event: e.Reported, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(
        kind="received",
        key="receipt",
        to="origin",
        priority=1,
        buttons=_buttons(("correct_report", "fix_one", "incident", {})),
    )
    if event.source != "duty":
        yield Notice(
            kind="received", key="duty_ring", to="seat", priority=1, ring=True, guard="unhandled",
            buttons=_buttons(("handle", "handle", "incident", {})),
        )  # fmt: skip
    yield Notice(kind="card", key="card_new", to="group", priority=1)


@_on(e.EvidenceAdded)
def _evidence(event: e.EvidenceAdded, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if event.source != "duty":
        yield Notice(kind="note", key="evidence", to="seat", params={"kind": event.kind})


@_on(e.HandlingTaken)
def _handled(event: e.HandlingTaken, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="script", to="seat", priority=1, params={"number": 0})
    if told.after.source != "duty":
        yield Notice(kind="note", key="taken", to="reporter", priority=2)


@_on(e.SeatTaken)
def _seat(event: e.SeatTaken, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="takeover", to="seat", priority=1, obligations=event.open_obligations)


@_on(e.QuestionAsked)
def _asked(event: e.QuestionAsked, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    definition = told.plan.facts.get(event.fact)
    choices = definition.choices if definition else ()
    buttons = tuple(
        Press(
            action="judge",
            label=f"choice:{choice.id}",
            object=f"fact:{event.fact}",
            args={"fact": event.fact, "option": choice.id},
        )
        for choice in choices
    )
    if choices:
        buttons += _buttons(("unsure", "unsure", f"fact:{event.fact}", {"fact": event.fact}))
    yield Notice(
        kind="asked", key="question", to="seat", priority=2, guard=f"question:{event.fact}", buttons=buttons,
        params={"fact": event.fact, "question": event.question, "clause": event.clause},
    )  # fmt: skip


@_on(e.ConflictFound)
def _conflict(event: e.ConflictFound, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if not event.claims:
        return
    buttons = tuple(
        Press(
            action="resolve",
            label="by_source",
            object=f"fact:{event.fact}",
            args={"fact": event.fact, "use": source, "value": value},
        )
        for source, value in event.claims.items()
    )
    buttons += _buttons(("resolve", "sum", f"fact:{event.fact}", {"fact": event.fact, "use": "sum"}))
    yield Notice(
        kind="asked", key="conflict", to="seat", priority=1, guard=f"conflict:{event.fact}", buttons=buttons,
        params={"fact": event.fact, "claims": event.claims},
    )  # fmt: skip


@_on(e.DeathUnconfirmed)
def _death(event: e.DeathUnconfirmed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(
        kind="asked", key="death_unconfirmed", to="seat", priority=1, ring=True, params={"value": event.value, "source": event.source},
        buttons=_buttons(
            ("confirm_deaths", "confirm", "fact:deaths", {"value": event.value}), ("deny_deaths", "deny", "fact:deaths", {"value": 0})
        ),
    )  # fmt: skip


@_on(e.DuplicateSuspected)
def _duplicate(event: e.DuplicateSuspected, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    args = {"other": event.other, "number": event.number}
    yield Notice(
        kind="asked", key="duplicate", to="seat", priority=1, params={"number": event.number},
        buttons=_buttons(("merge", "merge", "incident", args), ("not_same", "not_same", "incident", args)),
    )  # fmt: skip


@_on(e.FactsStated)
def _stated(event: e.FactsStated, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if not event.confirmed:
        yield Notice(
            kind="note", key="update", to="seat", priority=2, params={"facts": event.facts, "source": event.source}
        )


@_on(e.Corrected)
def _corrected(event: e.Corrected, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(
        kind="note", key="correction", to="group", priority=1,
        params={"ordinal": event.ordinal, "old": event.old, "new": event.new, "told": event.told},
    )  # fmt: skip


@_on(e.Proposed)
def _proposed(event: e.Proposed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    guard = f"proposal:{item.sequence}"
    for role in event.to_roles:
        yield _proposal(role, event.level, event.clause, guard)
    yield Notice(
        kind="proposal", key="wake_decider", to="seat", priority=1, guard=guard,
        params={"level": event.level, "clause": event.clause, "roles": event.to_roles},
        buttons=_buttons(("oral_start", "oral", "proposal", {"level": event.level}), ("ring_failed", "no_answer", "proposal", {})),
    )  # fmt: skip


def _proposal(role: str, level: str, clause: str, guard: str, key: str = "proposal") -> Notice:
    return Notice(
        kind="proposal", key=key, to=f"role:{role}", priority=1, ring=True, guard=guard, params={"level": level, "clause": clause},
        buttons=_buttons(
            ("declare_preview", "start_level", guard, {"level": level}), ("decline", "not_now", guard, {"level": level})
        ),
    )  # fmt: skip


@_on(e.ProposalRung)
def _rung(event: e.ProposalRung, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    proposal = told.after.proposal
    if proposal is None:
        return
    guard = f"proposal:{proposal.sequence}"
    yield Notice(
        kind="escalation", key="ring_decider", to="seat", priority=1, ring=True, guard=guard,
        params={"level": proposal.level, "clause": proposal.clause, "roles": proposal.to_roles, "ordinal": event.ordinal},
        buttons=_buttons(("oral_start", "oral", "proposal", {"level": proposal.level}), ("ring_failed", "no_answer", "proposal", {})),
    )  # fmt: skip
    for role in proposal.to_roles:
        yield _proposal(role, proposal.level, proposal.clause, guard, key="proposal_again")
    for role in event.widened:
        lower = [item for item in told.plan.responses if role in item.declared_by and item.level != proposal.level]
        for response in lower[:1]:
            yield _proposal(role, response.level, response.clause, guard, key="proposal_widened")


@_on(e.ProposalDeclined)
def _declined(event: e.ProposalDeclined, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="declined", to="seat", params={"level": event.level, "role": event.by_role})


@_on(e.Declared)
def _declared(event: e.Declared, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(
        kind="announcement",
        key="announcement",
        to="group",
        priority=1,
        pin=event.level in ("Ⅰ", "Ⅱ"),
        params={"sequence": item.sequence},
    )
    if event.oral:
        yield Notice(
            kind="note", key="to_sign", to=f"role:{event.role}", priority=2, params={"sequence": item.sequence},
            buttons=_buttons(("sign", "sign", f"decision:{item.sequence}", {})),
        )  # fmt: skip
    absent = tuple(
        call.event.unit for call in told.events if isinstance(call.event, e.UnitCalled) and not call.event.reachable
    )
    if absent:
        yield Notice(kind="call", key="ring_units", to="seat", priority=1, params={"units": absent})


@_on(e.UnitCalled)
def _called(event: e.UnitCalled, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if event.reachable:
        guard = f"call:{event.unit}:{event.round}"
        yield Notice(
            kind="call", key="call", to=f"unit:{event.unit}", priority=1, ring=True, guard=guard, params={"unit": event.unit},
            buttons=_buttons(("ack", "received", guard, {"unit": event.unit, "status": "收到"})),
        )  # fmt: skip


@_on(e.UnitInformed)
def _informed(event: e.UnitInformed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="inform", to=f"unit:{event.unit}", priority=3, params={"unit": event.unit})


@_on(e.UnitAnswered)
def _answered(event: e.UnitAnswered, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if event.status == "来不了":
        yield Notice(
            kind="ack", key="unit_cannot", to="seat", priority=1, params={"unit": event.unit, "note": event.note or ""}
        )
    else:
        yield Notice(
            kind="ack",
            key="card",
            to="group",
            priority=3,
            params={"unit": event.unit, "status": event.status},
            edits=True,
        )


@_on(e.UnitsEscalated)
def _escalated(event: e.UnitsEscalated, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if event.step == 1:
        for unit in event.units:
            guard = f"call:{unit}:{told.after.calls[unit].round}"
            yield Notice(
                kind="escalation", key="call_again", to=f"unit:{unit}", priority=1, ring=True, guard=guard, params={"unit": unit},
                buttons=_buttons(("ack", "received", guard, {"unit": unit, "status": "收到"})),
            )  # fmt: skip
        return
    yield Notice(kind="escalation", key="ring_units", to="seat", priority=1, ring=True, params={"units": event.units})
    if event.step == 2:
        yield Notice(kind="escalation", key="silent_units", to="group", priority=2, params={"units": event.units})


@_on(e.Filed)
def _filed(event: e.Filed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    kind = "final" if event.report == "终报" else "filed"
    yield Notice(
        kind=kind,
        key="worksheet",
        to="seat",
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "report": event.report},
    )


@_on(e.RingFailed)
def _ring_failed(event: e.RingFailed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="worksheet",
        to="seat",
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "outcome": event.outcome},
    )


@_on(e.ObligationOpened)
def _opened(event: e.ObligationOpened, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if not event.by_office or event.possible:
        return
    if event.raised:
        yield Notice(kind="reminder", key="raised", to="seat", priority=1, obligations=(event.key,))
    elif event.rule == CORRECTION or event.report in ("核实答复",) or _is_change(told.plan, event.rule):
        key = (
            "correction_due"
            if event.rule == CORRECTION
            else "verification"
            if event.report == "核实答复"
            else "followup_due"
        )
        yield Notice(
            kind="reminder", key=key, to="seat", priority=1, ring=True, obligations=(event.key,), guard=f"obligation:{event.key}",
            buttons=_filing_buttons(event.key),
        )  # fmt: skip


@_on(e.ObligationChanged)
def _changed(event: e.ObligationChanged, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    if event.raised and not event.possible:
        yield Notice(kind="reminder", key="raised", to="seat", priority=1, obligations=(event.key,))


def _is_change(plan: Plan, rule: str) -> bool:
    return any(item.id == rule and item.clock.from_ == "casualties_changed" for item in plan.obligations)


def _filing_buttons(key: str) -> tuple[Press, ...]:
    return _buttons(
        ("script", "read_script", f"obligation:{key}", {"key": key}),
        ("filing", "register", f"obligation:{key}", {"key": key}),
    )


@_on(e.Reminded)
def _reminded(event: e.Reminded, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    kind = "overdue" if event.overdue else "reminder"
    possible = all(told.after.instances[key].possible for key in event.keys if key in told.after.instances)
    for audience in event.audience:
        to = audience if audience == "seat" else f"role:{audience}"
        yield Notice(
            kind=kind if audience == "seat" or event.overdue else "escalation", key="reminder_possible" if possible else "reminder", to=to,
            priority=1 if event.overdue else 2, ring=True, obligations=event.keys,
            guard=f"obligation:{event.keys[0]}" if len(event.keys) == 1 else "",
            params={"keys": event.keys, "overdue": event.overdue},
            buttons=_filing_buttons(event.keys[0]) if audience == "seat" and not possible else (),
        )  # fmt: skip


@_on(e.ReporterSentToPhone)
def _to_phone(event: e.ReporterSentToPhone, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="escalation", key="ring_yourself", to="origin", priority=1, ring=True, guard="unhandled")


@_on(e.Ended)
def _ended(event: e.Ended, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="ended", key="ended", to="group", priority=1, params={"sequence": item.sequence})
    for unit, call in told.after.calls.items():
        if call.round and call.reachable:
            yield Notice(kind="ended", key="ended_unit", to=f"unit:{unit}", priority=2, params={"unit": unit})
    if event.oral:
        yield Notice(
            kind="note", key="to_sign", to=f"role:{event.role}", priority=2, params={"sequence": item.sequence},
            buttons=_buttons(("sign", "sign", f"decision:{item.sequence}", {})),
        )  # fmt: skip
    yield Notice(kind="note", key="after_end", to="seat", priority=2)


@_on(e.Closed)
def _closed(event: e.Closed, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="closed", key="closed", to="group", priority=3)


@_on(e.Reopened)
def _reopened(event: e.Reopened, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="reopened", to="group", priority=2, params={"reason": event.reason or ""})


@_on(e.Rejected)
def _rejected(event: e.Rejected, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="rejected", to="group", priority=2, params={"reason": event.reason or ""})
    yield Notice(kind="note", key="rejected_reporter", to="reporter", priority=2)
    for unit, call in told.after.calls.items():
        if call.round and call.reachable:
            yield Notice(kind="note", key="rejected_unit", to=f"unit:{unit}", priority=1, params={"unit": unit})


@_on(e.Merged)
def _merged(event: e.Merged, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="merged", to="group", priority=2, params={"number": event.number})


@_on(e.DrillPaused)
def _paused(event: e.DrillPaused, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_paused" if event.paused else "drill_resumed", to="group", priority=1)


@_on(e.DrillJumped)
def _jumped(event: e.DrillJumped, item: e.Recorded, told: _Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_jumped", to="seat", priority=2, params={"seconds": event.seconds})
