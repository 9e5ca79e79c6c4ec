"""A refusal in words: the reason, the clause, who may, what to do next; long, and as a pop-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.render import naming
from bot.render.catalogue import REFUSALS
from bot.render.citing import cite
from bot.render.framing import framed_plain
from bot.render.message import units
from bot.render.naming import holders
from bot.render.registry import EXPLAINED
from bot.render.text import fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import refusals as t
from bot.texts import words as w
from plans.core.outcome import Refusal

POPUP_LIMIT = 200
"""Characters of a pop-up, here counted in UTF-16 units."""

MOST_LISTED = 12


def render_refusal(refusal: Refusal, view: View) -> str:
    """Return the refusal as a message; an unknown key is a KeyError."""
    why, following = _sentences(refusal, view)
    who = holders(view, refusal.who)
    text = fill(
        t.LONG,
        why=why,
        clause=cite(refusal.clause),
        who=t.WHO.format(titles=who) if who else "",
        next=following,
    )
    return framed_plain(view, text.plain)


def popup(refusal: Refusal, view: View) -> str:
    """Return the refusal for a pop-up: what does not fit is left out from the end, the reason last of all."""
    why, following = _sentences(refusal, view)
    who = t.POPUP_WHO.format(titles=naming.roles(view.plan, refusal.who)) if refusal.who else ""
    mark = w.DRILL if view.incident.drill else ""
    text = mark + t.POPUP.format(why=why, clause=cite(refusal.clause), who=who, next=following)
    return shortened(text)


def shortened(text: str, limit: int = POPUP_LIMIT) -> str:
    """Return a text as a pop-up holds it: Telegram counts an emoji twice."""
    if units(text) <= limit:
        return text
    while units(text) > limit - 1:
        text = text[:-1]
    return text + "…"


def _sentences(refusal: Refusal, view: View) -> tuple[str, str]:
    why, following = REFUSALS[refusal.key]
    values = _values(refusal, view)
    return why.format(**values), following.format(**values)


def _values(refusal: Refusal, view: View) -> dict[str, str]:
    """Return every parameter in words, and those made from it under a name of their own."""
    params = refusal.params
    values = {name: stated(value, view.now) for name, value in params.items()}
    if "state" in params:
        values["state_name"] = w.STATES.get(str(params["state"]), "")
    if "status" in params:
        values["status_name"] = w.OBLIGATION_STATUS.get(str(params["status"]), "")
    if "via" in params:
        values["way"] = t.WAYS.get(str(params["via"]), t.WAY_OTHER)
    if "unit" in params:
        values["unit_name"] = naming.unit_name(view, str(params["unit"])) or naming.unit_name(view, w.UNSTATED)
    if "declared_by" in params:
        values["declared_by"] = naming.role(view.plan, str(params["declared_by"]))
    if refusal.key in EXPLAINED:
        values |= EXPLAINED[refusal.key](params, view)
    return values


def stated(value: Any, now: datetime | None) -> str:
    """Return what a refusal states in words, short and plain whoever gave it; a moment in full without a ``now``."""
    if isinstance(value, datetime):
        return at(value, now if now is not None else value - timedelta(days=2))
    if isinstance(value, Mapping):  # id -> label
        return w.LIST.join(str(item) for item in list(value.values())[:MOST_LISTED])
    if isinstance(value, list | tuple):
        words = [item for item in value if not isinstance(item, Mapping)]  # entries have words of their own (EXPLAINED)
        names = w.LIST.join(written(str(item), 20) for item in words[:MOST_LISTED])
        return names or w.NONE
    return written(str(value), 60) if value not in (None, "") else w.UNSTATED
