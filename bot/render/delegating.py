"""代行 in words: asking, answering, what is lent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import at
from bot.texts import delegating as t


@dataclass(frozen=True, kw_only=True)
class Loan:
    """A role of somebody that another holds for them, or was only asked to (``offered``)."""

    id: str
    name: str
    role: str
    plan: str
    until: datetime
    offered: bool = False


def result_message(key: str, values: Mapping[str, object], now: datetime) -> Message:
    """Return what an act of lending came to; ``key`` names the text."""
    return Message(t.TEXTS[key].format(**_shown(values, now)))


def offer(offer_id: str, values: Mapping[str, object], now: datetime) -> Message:
    """Ask somebody whether they will act; the offer is answered once."""
    keys = (
        Key(t.ACCEPT, press("delegate_accept", "", "delegation", id=offer_id)),
        Key(t.REFUSE, press("delegate_refuse", "", "delegation", id=offer_id)),
    )
    return Message(result_message("ask", values, now).text, (), (keys,))


def loans(lendings: Sequence[Loan], now: datetime) -> Message:
    """Return what of one's own others hold, each with its button to take it back."""
    if not lendings:
        return Message(t.LENT_NONE)
    lines, rows = [t.LENT_HEAD], []
    for item in lendings:
        name = written(item.name, 12)
        line = t.OFFERED if item.offered else t.LENT
        lines.append(line.format(role=item.role, plan=item.plan, name=name, until=at(item.until, now)))
        back = press("delegate_back", "", "delegation", id=item.id, offered=item.offered)
        rows.append((Key(t.TAKE_BACK.format(name=name), back),))
    return Message("\n".join(lines), (), tuple(rows))


def acting(whose: str, until: datetime | None, now: datetime) -> str:
    """Return for whom and until when a role is exercised; empty where it is one's own."""
    return "" if until is None else t.ACTING.format(whose=written(whose, 16), until=at(until, now))


def _shown(values: Mapping[str, object], now: datetime) -> dict[str, str]:
    return {
        key: at(value, now) if isinstance(value, datetime) else written(str(value), 60) for key, value in values.items()
    }
