"""Who is asked anew for a word that worse facts have overtaken."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.incident import EVENT_LEVEL, Doubt
from plans.notices.notice import Notice, Press, buttons
from plans.notices.registry import Told, on
from plans.overtaken import levels_of


@on(e.WordOvertaken)
def _overtaken(event: e.WordOvertaken, item: e.Recorded, told: Told) -> Iterator[Notice]:
    doubt = told.after.doubts.get(event.subject)
    if doubt is not None and doubt.sequence == item.sequence:
        yield _asked("overtaken", doubt, told, "seat", because=event.because)


@on(e.WordAskedAgain)
def _again(event: e.WordAskedAgain, item: e.Recorded, told: Told) -> Iterator[Notice]:
    doubt = told.after.doubts.get(event.subject)
    for step in event.audience if doubt is not None else ():
        if doubt is not None:
            to = step if step == "seat" else f"role:{step}"
            yield _asked("overtaken_again", doubt, told, to, ordinal=event.ordinal)


def _asked(key: str, doubt: Doubt, told: Told, to: str, *, because: tuple[str, ...] = (), ordinal: int = 0) -> Notice:
    guard = f"doubt:{doubt.sequence}"
    possible = tuple(item.key for item in told.after.open_instances if item.possible and item.by_office)
    return Notice(
        kind="escalation" if ordinal else "asked",
        key=key,
        to=to,
        priority=1,
        ring=True,
        guard=guard,
        params={"subject": doubt.subject, "because": because, "ordinal": ordinal, "possible": possible},
        buttons=_answers(doubt, told, guard),
    )


def _answers(doubt: Doubt, told: Told, guard: str) -> tuple[Press, ...]:
    """Return the higher levels that the facts allow, that the word stands, and that nothing can be told yet."""
    if doubt.subject != EVENT_LEVEL:
        choices = told.plan.facts[doubt.subject].choices
        args = [{"fact": doubt.subject, "option": choice.id} for choice in choices]
        return buttons(*(("judge", f"choice:{item['option']}", guard, item) for item in args))
    levels = doubt.beyond if doubt.held is not None else levels_of(told.plan, told.after)
    presses = [("determine", "determine_as", guard, {"level": level}) for level in levels]
    if doubt.held is not None:
        presses.append(("determine", "determine_still", guard, {"level": doubt.held}))
        presses.append(("determine", "determine_unknown", guard, {"level": ""}))
    else:
        presses.append(("determine", "determine_unknown_still", guard, {"level": ""}))
    return buttons(*presses)


@on(e.WordStands)
def _stands(event: e.WordStands, item: e.Recorded, told: Told) -> Iterator[Notice]:
    earlier = told.before.doubts.get(event.subject) if told.before else None
    if earlier is not None:
        yield Notice(kind="note", key="word_stands", to="seat", params={"subject": event.subject, "held": earlier.held})
