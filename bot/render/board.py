"""The chat's side of board and wall: what is open, which screen waits, with buttons bound to what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address

from bot.render.chat import text_message
from bot.render.labels import press, short
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import at, day, full
from bot.texts import board as t

MOST = 20
"""Walls in one list."""


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A person's session, as its owner is shown it."""

    id: str
    address: str
    opened_at: datetime
    seen_at: datetime | None
    until: datetime


@dataclass(frozen=True, kw_only=True)
class WaitingScreen:
    """A screen that is to be paired.

    Attributes:
        digest: by which it waits.
    """

    digest: str
    code: str
    address: str
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class PairedWall:
    """A wall, as an administrator is shown it.

    Attributes:
        by: who paired it, empty where nobody knows any more.
    """

    id: str
    jurisdiction: str
    by: str
    address: str
    paired_at: datetime
    seen_at: datetime | None
    until: datetime


def place_of(address: str) -> str:
    """Return an address as people are shown it: with a word where it is none of the office's own network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.is_loopback:
        return t.HERE.format(address=address)
    return address if found.is_private else t.OUTSIDE.format(address=address)


def opened(session: OpenSession) -> Message:
    """Tell somebody that his link was used, with the button that ends what it opened."""
    text = t.OPENED.format(at=full(session.opened_at), address=place_of(session.address))
    return Message(text, (), ((Key(t.OPENED_LEAVE, press("leave", "", "board", id=session.id)),),))


def link(url: str, opened: Sequence[OpenSession], now: datetime) -> Message:
    """Return a link, and over its buttons what is open already."""
    message = text_message("board_link", link=url)
    if not opened:
        return message
    lines = [t.SESSIONS.format(count=len(opened))]
    rows = []
    for number, item in enumerate(opened, 1):
        lines.append(
            t.SESSION.format(
                number=number, opened=at(item.opened_at, now), address=place_of(item.address),
                seen=at(item.seen_at, now), until=at(item.until, now),
            )
        )  # fmt: skip
        rows.append((Key(t.SESSION_LEAVE.format(number=number), press("leave", "", "board", id=item.id)),))
    rows.append((Key(t.SESSION_LEAVE_ALL, press("leave_all", "", "board")),))
    return replace(message, text="\n\n".join((message.text, "\n".join(lines))), rows=tuple(rows))


def spaced(code: str) -> str:
    """Return a code as people read it aloud: in threes."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def ask(screen: WaitingScreen, jurisdictions: Sequence[str], now: datetime) -> Message:
    """Ask whether a screen is to show a jurisdiction, one button for each that may be meant."""
    one = len(jurisdictions) == 1
    text = t.WALL_ASK.format(
        code=spaced(screen.code), since=at(screen.since, now), until=at(screen.until, now),
        address=place_of(screen.address),
        places=t.WALL_ASK_ONE.format(jurisdiction=jurisdictions[0]) if one else t.WALL_ASK_SEVERAL,
    )  # fmt: skip
    rows = tuple(
        (
            Key(
                short(t.WALL_CONFIRM.format(jurisdiction=name)),
                press("pair", "", "board", screen=screen.digest, jurisdiction=name),
            ),
        )
        for name in jurisdictions
    )
    return Message(text, (), rows)


def ending_soon(paired: Sequence[PairedWall], now: datetime) -> Message:
    """Ask whether walls that end soon are to go on, each with its button."""
    lines, rows = [t.WALL_ENDS], []
    for number, item in enumerate(paired[:MOST], 1):
        values = {"number": number, "jurisdiction": item.jurisdiction, "address": place_of(item.address)}
        values |= {"day": day(item.paired_at, now), "until": day(item.until, now)}
        lines.append(t.WALL_ENDS_LINE.format(**values))
        rows.append((Key(short(t.WALL_RENEW.format(**values)), press("renew", "", "board", id=item.id)),))
    return Message("\n".join([*lines, t.WALL_ENDS_HOW]), (), tuple(rows))


def walls(paired: Sequence[PairedWall], url: str, now: datetime) -> Message:
    """Return the walls, each with the button that ends it, and how another one is paired."""
    lines = [t.WALLS.format(count=len(paired))] if paired else [t.WALLS_NONE]
    rows = []
    for number, item in enumerate(paired[:MOST], 1):
        seen = t.WALL_SEEN.format(at=at(item.seen_at, now)) if item.seen_at is not None else t.WALL_UNSEEN
        lines.append(
            t.WALL.format(
                number=number, jurisdiction=item.jurisdiction, by=written(item.by, 16) or t.WALL_SOMEBODY,
                day=day(item.paired_at, now), address=place_of(item.address), seen=seen, until=day(item.until, now),
            )
        )  # fmt: skip
        label = short(t.WALL_END.format(number=number, jurisdiction=item.jurisdiction))
        rows.append((Key(label, press("unpair", "", "board", id=item.id)),))
    lines.append(t.WALL_HOW.format(url=url))
    return Message("\n".join(lines), (), tuple(rows))
