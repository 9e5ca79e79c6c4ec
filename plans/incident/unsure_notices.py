"""Who is asked how a figure is meant: the duty seat, and whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from plans.core import keys
from plans.core.event import Recorded
from plans.core.keys import SEAT, Key, to_person
from plans.core.notice import Notice, Press
from plans.incident.case import NoticeContext
from plans.incident.records_said import Unsure
from plans.incident.state import Incident


def figures_asked(item: Recorded, context: NoticeContext, *, writer: bool = True) -> Iterator[Notice]:
    """Ask about every figure of one event that does not count yet; one who sits on the seat is asked once.

    Args:
        writer: whether also whoever wrote it.
    """
    found = [one for one in context.after.unsure.values() if one.sequence == item.sequence]
    for one in found:
        yield figure_asked(one, keys.SEAT)
        if writer and one.why != "said" and one.by and one.by != context.after.seat:
            yield figure_asked(one, to_person(one.by))


def choices(item: Recorded, context: NoticeContext) -> tuple[Press, ...]:
    """Return the buttons for whoever wrote what is not sure; whether a saying is true is not for him to say."""
    found = [one for one in context.after.unsure.values() if one.sequence == item.sequence and one.why != "said"]
    return tuple(press for one in found for press in _choices(one))


def asks_figure(incident: Incident, item: Recorded, key: Key) -> bool:
    """Return whether an event asked how a figure is meant, and nobody has chosen yet."""
    found = incident.unsure.get(key.of) if key.kind == "figure" else None
    return found is not None and found.sequence == item.sequence


def figure_asked(one: Unsure, to: keys.Audience = SEAT) -> Notice:
    """Return the question how a figure is meant; a death that is only said rings."""
    deaths = one.fact == "deaths" and one.why != "fall"
    return Notice(
        kind="asked",
        key="figure_asked",
        to=to,
        priority=1,
        ring=deaths and to == SEAT,
        guard=keys.figure(one.key),
        params={"key": one.key},
        buttons=_choices(one),
    )


def _choices(one: Unsure) -> tuple[Press, ...]:
    target = keys.figure(one.key)
    return tuple(
        Press(
            action="choose_figure",
            label=_label(one, choice),
            object=target,
            args={"key": one.key, "option": number, "fact": one.fact, "value": choice.get("value")},
        )
        for number, choice in enumerate(one.options)
    )


def _label(one: Unsure, choice: object) -> str:
    if one.why == "said":
        return "saying_holds" if choice == one.options[0] else "saying_dropped"
    return "as_it_was" if isinstance(choice, dict) and choice.get("keep") else "figure_is"
