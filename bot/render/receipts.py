"""Who has a text of the desk, in words: a line for each, whom to ring with what to read out, what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.render.cases import CaseView, framed_case
from bot.render.desk import called
from bot.render.labels import press
from bot.render.message import Message
from bot.render.recipients import MOST_LINES, MOST_RINGS, addressed, names, recipient_name, to_ring
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.texts import recipients as t
from bot.texts import words as w
from plans.core import keys
from plans.desk.addressed import Recipient

MOST_PAGE = 2400
"""Characters of these lines: a page is renewed in its place, and must not grow beyond one message."""


def lines(view: CaseView, recipients: Iterable[str], what: dict[str, tuple[str, str]]) -> str:
    """Return a line for each of some recipients.

    Args:
        what: by recipient, state and words of what became of it where the receipt alone does not say it.
    """
    state, found = addressed(view), list(recipients)
    return fitting([_line(view, state.told[name], what.get(name)) for name in found[:MOST_LINES]], len(found))


def fitting(lines: Sequence[str], count: int) -> str:
    """Return as many of some lines as fit on a page beside all else, and how many of ``count`` are left out."""
    room, kept = MOST_PAGE, list[str]()
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    left = [t.LINES_MORE.format(count=count - len(kept))] if len(kept) < count else []
    return "\n".join([*kept, *left])


def _line(view: CaseView, item: Recipient, what: tuple[str, str] | None) -> str:
    status, said = what or ("sent" if item.silent else "received", "")
    if not said and item.answered_at is not None:
        template = t.LINE_BY_KEY if item.by_key else t.LINE_RECORDED if item.recorded else t.LINE_RECEIVED
        said = template.format(time=at(item.answered_at, view.now), name=written(item.answered_by, 12))
    elif not said:
        said = t.LINE_SILENT if item.reachable else t.LINE_ABSENT
    return t.LINE.format(mark=t.STATES[status], name=recipient_name(view, item.key), what=said)


def rest_and_rings(view: CaseView, order: Sequence[str]) -> tuple[list[str], str]:
    """Return who has a line on the page, and in one line whom the seat is to ring: those stand on its list."""
    state = addressed(view)
    ringing = [item.key for item in to_ring(state)] if state.out else []
    told = t.TO_RING.format(count=len(ringing), names=names(view, ringing, counted=True)) if ringing else ""
    gone = set(ringing)
    return [name for name in order if name not in gone], told


def evidence(view: CaseView, handed_in: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield whose files they are, and the files (``kind:reference``): what went out, then what each handed in."""
    state = addressed(view)
    if state.enclosures:
        yield called(state), state.enclosures
    for name, items in handed_in.items():
        if items:
            yield f"{called(state)} {recipient_name(view, name)}", items


def ring_list_text(view: CaseView, said: str) -> Text:
    """Return whom to ring, with numbers and what to read out; those who have answered since are gone from it.

    Args:
        said: what it is about, in a sentence to be read out.
    """
    state = addressed(view)
    waiting = to_ring(state)
    if not waiting:
        return Text(t.RING_NONE)
    found = [
        t.RING_LINE.format(
            name=recipient_name(view, item.key), number=view.numbers.get(item.key, "") or w.NO_NUMBER,
            tried=t.TRIED.format(count=item.tried) if item.tried else "",
        )
        for item in waiting[:MOST_RINGS]
    ]  # fmt: skip
    if len(waiting) > MOST_RINGS:
        found.append(t.RING_MORE.format(count=len(waiting) - MOST_RINGS))
    script = t.RING_SCRIPT.format(office=view.plan.office, said=said)
    return fill(t.RING_LIST, called=called(state), count=len(waiting), lines="\n".join(found), script=script)


def ring_list(view: CaseView, said: str) -> Message:
    """Return the same with two buttons for each: got through, nobody answered."""
    presses = []
    for item in to_ring(addressed(view))[:MOST_RINGS]:
        target = keys.recipient(item.key)
        presses.append(press("desk_rung", "desk_rung", target, recipient=item.key))
        presses.append(press("desk_in_vain", "desk_in_vain", target, recipient=item.key))
    return framed_case(view, ring_list_text(view, said), presses)
