"""Who is to be told what: (plan, case, events) -> notices, those of one command for one audience as one message."""

from __future__ import annotations

from plans.core.event import Recorded
from plans.core.keys import NOTHING, Key
from plans.core.kind import kind_of
from plans.core.notice import Notice
from plans.core.outcome import S
from plans.core.registry import ANSWERED, GUARDS, OVERTAKEN, QUESTIONS, QUESTIONS_OF_STATE, TELLERS
from plans.core.state import CaseState
from plans.model import Plan


def notices(plan: Plan, before: S | None, after: S, events: tuple[Recorded, ...]) -> list[Notice]:
    """Return all notices of one command's events; what is drawn anew in place comes last."""
    kind = kind_of(after.stream)
    context = kind.context(plan, before, after, events)
    all_notices: list[Notice] = []
    for item in events:
        teller = TELLERS.get(type(item.event))
        if teller is not None:
            all_notices.extend(teller(item.event, item, context))
    all_notices = _merged(all_notices)
    if events:
        all_notices.extend(kind.shows)
    return all_notices


def asked_again(plan: Plan, state: CaseState, name: str) -> Notice | None:
    """Return the question about what a button acts on as things stand now, None where nothing is left to be asked.

    Somebody answered what was asked before they changed.

    Args:
        name: the object, as ``plans.core.keys`` makes it.
    """
    key, context = Key(name), kind_of(state.stream).context
    if name in QUESTIONS_OF_STATE:
        return QUESTIONS_OF_STATE[name](context(plan, None, state, ()))
    item = next((item for item in reversed(state.events) if _asks(state, item, key)), None)
    if item is None:
        return None
    answers = list(TELLERS[type(item.event)](item.event, item, context(plan, None, state, (item,))))
    exactly = [notice for notice in answers if notice.guard == key]
    return next((notice for notice in (*exactly, *answers) if notice.buttons), None)


def open_guards(state: CaseState) -> frozenset[Key]:
    """Return the guards that are not settled; a notice about what is settled is not worth sending."""
    return frozenset(key for guards in GUARDS.get(kind_of(state.stream).name, ()) for key in guards(state))


def answered_guards(state: CaseState) -> frozenset[Key]:
    """Return the guards of which nobody is asked again, though what was asked is open still."""
    return frozenset(key for keys in ANSWERED.get(kind_of(state.stream).name, ()) for key in keys(state))


def overtaken_guards(state: CaseState) -> frozenset[Key]:
    """Return the guards of messages that hold no more, also of those that were settled before."""
    return frozenset(key for keys in OVERTAKEN.get(kind_of(state.stream).name, ()) for key in keys(state))


def _asks(state: CaseState, item: Recorded, key: Key) -> bool:
    question = QUESTIONS.get(type(item.event))
    return question is not None and item.sequence not in state.undone and question(state, item.event, item, key)


def _merged(separate: list[Notice]) -> list[Notice]:
    merged: list[Notice] = []
    places: dict[tuple[str, str], int] = {}  # of what others are merged with: thousands may be told of one case
    for notice in separate:
        together = (str(notice.to), notice.type.merges_as)
        at = places.get(together) if notice.type.merges_as else None
        if at is None:
            places.setdefault(together, len(merged))
            merged.append(notice)
        else:
            merged[at] = _merge(merged[at], notice)
    return merged


def _merge(one: Notice, other: Notice) -> Notice:
    params = {
        name: tuple(dict.fromkeys((*one.params.get(name, ()), *other.params.get(name, ()))))
        for name in dict.fromkeys((*one.params, *other.params))
    }
    return Notice(
        kind="overdue" if "overdue" in (one.kind, other.kind) else one.kind,
        key=one.key if one.key == other.key else one.type.merges_as,
        to=one.to,
        params=params,
        priority=min(one.priority, other.priority),
        ring=one.ring or other.ring,
        guard=one.guard if one.guard == other.guard else NOTHING,
        obligations=tuple(dict.fromkeys((*one.obligations, *other.obligations))),
        buttons=one.buttons or other.buttons,
    )
