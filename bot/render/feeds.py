"""Somebody's secret links in words, with the buttons that make, renew and end them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.labels import press, short
from bot.render.message import Key, Message
from bot.render.times import at, day
from bot.texts import feeds as t
from plans.core.notice import Press


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What may be read by a link: ``what`` in words."""

    kind: str
    what: str
    jurisdiction: str = ""
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that somebody has; ``id`` is its digest."""

    id: str
    offer: Offer
    since: datetime
    seen_at: datetime | None


def links(found: Sequence[Link], offers: Sequence[Offer], now: datetime, how: str = t.HOW) -> Message:
    """Return the links that somebody has, and those that he may have."""
    lines, rows = [t.LIST] if found else [], list[tuple[Key, ...]]()
    for number, item in enumerate(found, 1):
        seen = t.SEEN.format(at=at(item.seen_at, now)) if item.seen_at is not None else t.UNSEEN
        lines.append(t.LINE.format(number=number, what=item.offer.what, day=day(item.since, now), seen=seen))
        rows.append(
            (
                Key(t.ANEW.format(number=number), _make(item.offer)),
                Key(t.END.format(number=number), press("feed_end", "", "feed", id=item.id, kind=item.offer.kind)),
            )
        )
    had = {(item.offer.kind, item.offer.jurisdiction, item.offer.plan) for item in found}
    for offer in offers:
        if (offer.kind, offer.jurisdiction, offer.plan) not in had:
            rows.append(((Key(short(offer.what), _make(offer))),))
    lines.append(how)
    return Message("\n".join(lines), (), tuple(rows))


def _make(offer: Offer) -> Press:
    return press("feed_make", "", "feed", kind=offer.kind, jurisdiction=offer.jurisdiction, plan=offer.plan)
