"""Every notice of the core in words: ``render(notice, view) -> Message``."""

from __future__ import annotations

from bot.render import naming
from bot.render import owed as o
from bot.render.card import card
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.matrix import call_table
from bot.render.message import Message
from bot.render.notices import asking, calling, choosing, closing, completing, deciding, doubting, reminding, reporting
from bot.render.notices.registry import WORDS
from bot.render.script import script
from bot.render.text import fill, joined, quote
from bot.render.view import View
from bot.render.worksheet import recipient_presses, worksheet
from bot.texts import cards as c
from bot.texts import filing as filing_texts
from bot.texts import units as units_texts
from bot.texts import words as w
from plans.notices import Notice, Press

__all__ = [
    "KEYS",
    "asking",
    "calling",
    "choosing",
    "closing",
    "completing",
    "deciding",
    "doubting",
    "reminding",
    "render",
    "reporting",
    "script_message",
    "timeline_text",
]

_CARDS = {"card": card, "card_new": card, "worksheet": worksheet, "answer_times": call_table}
_TO_FILE = ("raised", "level_late", "due_moved")
"""What the duty seat acts on at once, though the core gives it no button."""

_NEUTRAL_KEYS = frozenset({"receipt", "taken", "ring_yourself", "rejected_reporter", "merged_reporter"})
"""What may be said as it is where others than officials read along."""

KEYS = frozenset({*WORDS, *_CARDS, "script"})
"""Every notice key that has words."""


def render(notice: Notice, view: View) -> Message:
    """Return the message of a notice for one audience; an unknown key is a KeyError."""
    if view.neutral and notice.key not in _NEUTRAL_KEYS:
        return framed(view, fill(w.NEUTRAL, number=naming.number(view)))
    if notice.key in _CARDS:
        return _CARDS[notice.key](view)
    if notice.key == "script":
        return script_message(view)
    presses = () if view.neutral else notice.buttons or _presses(notice, view)
    return framed(view, WORDS[notice.key](notice, view), presses)


MOST_SUBSTITUTES = 4
MOST_BOTH = 12
"""Units that get both buttons, reached and not; of more the keyboard would be a wall."""


def _presses(notice: Notice, view: View) -> tuple[Press, ...]:
    """Return buttons for what the reader does next, where the core gives none."""
    if notice.key in _TO_FILE:
        return tuple(press("script", "read_script", f"obligation:{key}", key=key) for key in notice.obligations[:1])
    if notice.key == "ring_units":
        calls = view.incident.calls
        units = [unit for unit in notice.params["units"] if unit in calls]
        both = len(units) <= MOST_BOTH
        rung = [_rung(view, unit, f"call:{unit}:{calls[unit].round}") for unit in units]
        return tuple(item for pair in rung for item in (pair if both else pair[:1]))
    if notice.key == "unit_cannot":
        found = calling.substitutes_of(view, str(notice.params["unit"]))
        names = found[1] if found is not None else []
        fresh = [unit for unit in names if not (call := view.incident.calls.get(unit)) or not call.round]
        shown = [(unit, naming.short_name(view, unit)) for unit in fresh[:MOST_SUBSTITUTES]]
        return tuple(press("call_unit", "call_for", f"unit:{unit}", unit=unit, name=name) for unit, name in shown)
    return (press("close", "close", "course"),) if notice.key == "after_end" else ()


def _rung(view: View, unit: str, guard: str) -> tuple[Press, Press]:
    """Return what came of ringing a unit: it was reached, or not this time."""
    name = naming.short_name(view, unit)
    return (
        press("ack", "ack_for", guard, unit=unit, status=units_texts.ANSWER_RECEIVED, name=name),
        press("unit_unheard", "unheard", guard, unit=unit, name=name),
    )


def script_message(view: View, key: str = "", recipient: str = "") -> Message:
    """Return whom to ring next and what to read to them, with the buttons for what came of it.

    Args:
        view: the incident before the duty seat.
        key: of an obligation instance; by default the one to ring about next.
        recipient: of that instance; by default the first that has not heard it.
    """
    following = _chosen(view, key, recipient)
    if following is None:
        return framed(view, filing_texts.NOTHING)
    item, name = following
    to = item.instance.to
    head = fill(filing_texts.HEAD, ordinal=to.index(name) + 1, count=len(to), line=naming.recipient_line(view, name))
    due = fill(filing_texts.DUE, name=o.name(item), due=o.due(view, item), citation=o.citation(item))
    spoken = quote(script(view, name, item.instance.report))
    hint = filing_texts.ASSUMED if view.incident.occurred_basis == "assumed" else ""
    presses: list[Press] = recipient_presses(view, item, name)[:-1]
    return framed(view, joined((head, naming.tap_line(view, name), spoken, due, hint)), presses)


def _chosen(view: View, key: str, recipient: str) -> tuple[o.Owed, str] | None:
    if not key:
        return o.next_call(view)
    item = next(iter(o.owed(view, (key,))), None)
    if item is None or not item.instance.to:
        return None
    name = recipient or next(iter(item.left), item.instance.to[0])
    return (item, name) if name in item.instance.to else None


def timeline_text(notice: Notice, view: View) -> str:
    """Return a notice as the timeline of ``tocsin simulate`` shows it: what changes a card or worksheet is one line."""
    params = notice.params
    if not notice.edits:
        return render(notice, view).text
    if "status" in params:
        status = units_texts.STATUS[str(params["status"])]
        return c.TIMELINE_ACK.format(unit=naming.unit_name(view, str(params["unit"])), status=status)
    if "report" in params:
        return c.TIMELINE_FILED.format(report=params["report"], name=naming.unit_name(view, str(params["recipient"])))
    if "outcome" in params:
        return c.TIMELINE_VAIN.format(name=naming.unit_name(view, str(params["recipient"])), outcome=params["outcome"])
    template = c.TIMELINE_CARD if notice.key == "card" else c.TIMELINE_SHEET
    return template.format(number=naming.number(view))
