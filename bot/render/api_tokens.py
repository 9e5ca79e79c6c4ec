"""Tokens of other systems as administrators read them: what one would be, what it is, which there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.render.chat import text_message
from bot.render.labels import press, short
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import at, day
from bot.texts import api_tokens as t
from bot.texts import words as w

MOST = 20
"""Tokens in one list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptToken:
    """A token.

    Attributes:
        plans: their titles; empty = all.
        by: who made it, empty where nobody knows any more. by_command: it was made on the command line.
        revoked_at: when it was ended before its time.
    """

    id: str
    name: str
    jurisdiction: str
    plans: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    rate: int
    by: str
    by_command: bool
    made_at: datetime
    until: datetime
    used_at: datetime | None
    revoked_at: datetime | None = None


def ask(token: KeptToken, spec: Mapping[str, Any], now: datetime, known: Sequence[KeptToken] = ()) -> Message:
    """Ask whether a token is to be made, with the button that makes just this one.

    Args:
        spec: what the button carries.
        known: tokens of the same name: whether it is the system of one of them nobody knows but who asks.
    """
    text = t.ASK.format(what=_what(token, now), name=written(token.name, 30))
    if not known:
        return Message(text, (), ((Key(t.CONFIRM, press("make_token", "", "token", **spec)),),))
    lines, rows = [text, t.SAME.format(name=written(token.name, 30))], []
    for number, item in enumerate(known, 1):
        used = t.USED.format(at=at(item.used_at, now)) if item.used_at is not None else t.UNUSED
        state = t.REVOKED if item.revoked_at is not None else t.HOLDS if now < item.until else t.ENDED
        values = {"number": number, "day": day(item.made_at, now), "state": state, "used": used}
        lines.append(t.SAME_LINE.format(scopes=_scopes(item), **values))
        rows.append((Key(short(t.SAME_ONE.format(**values)), press("make_token", "", "token", of=item.id, **spec)),))
    rows.append((Key(t.ANOTHER, press("make_token", "", "token", **spec)),))
    return Message("\n".join([*lines, t.SAME_HOW]), (), tuple(rows))


def made(
    secret: str, name: str, until: datetime, now: datetime, *, again: bool = False, both: datetime | None = None
) -> Message:
    """Tell the secret, once.

    Args:
        again: a system that was there is given it. both: until when the one before opens beside it; None = no more.
    """
    key = "token_made" if not again else "token_changed" if both is None else "token_changed_both"
    values = {"both": day(both, now)} if both is not None else {}
    return text_message(key, secret=secret, name=written(name, 30), until=day(until, now), **values)


def made_by_another(token: KeptToken, now: datetime, *, again: bool = False) -> Message:
    """Tell another administrator of a new token, or of a new secret, with the button that ends it."""
    text = (t.TOLD_AGAIN if again else t.TOLD).format(by=written(token.by, 16) or t.SOMEBODY, what=_what(token, now))
    return Message(text, (), ((Key(t.REVOKE, press("revoke_token", "", "token", id=token.id)),),))


def ending_soon(tokens: Sequence[KeptToken], now: datetime) -> Message:
    """Ask whether tokens that end soon are to go on, each with its button."""
    lines, rows = [t.ENDS], []
    for number, item in enumerate(tokens[:MOST], 1):
        used = t.USED.format(at=at(item.used_at, now)) if item.used_at is not None else t.UNUSED
        values = {"number": number, "name": written(item.name, 30), "place": item.jurisdiction, "used": used}
        lines.append(t.ENDS_LINE.format(until=day(item.until, now), **values))
        rows.append((Key(short(t.RENEW_ONE.format(**values)), press("renew_token", "", "token", id=item.id)),))
    return Message("\n".join([*lines, t.ENDS_HOW]), (), tuple(rows))


def listed(tokens: Sequence[KeptToken], places: Sequence[str], now: datetime) -> Message:
    """Return the tokens of some jurisdictions, each with the button that ends it, and how another one is made."""
    lines, rows = [t.LIST.format(count=len(tokens)) if tokens else t.LIST_NONE], []
    for number, item in enumerate(tokens[:MOST], 1):
        values = {"number": number, "name": written(item.name, 30), "scopes": _scopes(item)}
        values |= {"place": t.OF_PLACE.format(place=item.jurisdiction) if len(places) > 1 else ""}
        values |= {"day": day(item.made_at, now), "by": _by(item), "until": day(item.until, now)}
        values |= {"used": t.USED.format(at=at(item.used_at, now)) if item.used_at is not None else t.UNUSED}
        lines.append(t.LINE.format(**values))
        rows.append((Key(short(t.REVOKE_ONE.format(**values)), press("revoke_token", "", "token", id=item.id)),))
    if len(tokens) > MOST:
        lines.append(t.MORE.format(count=len(tokens) - MOST))
    return Message("\n".join([*lines, t.HOW]), (), tuple(rows))


def _by(token: KeptToken) -> str:
    return t.BY_COMMAND if token.by_command else written(token.by, 16) or t.GONE


def _scopes(token: KeptToken) -> str:
    named = w.LIST.join(t.SCOPES[name] for name in token.scopes)
    return t.FOR_UNITS.format(scopes=named, units=w.LIST.join(token.units)) if token.units else named


def _what(token: KeptToken, now: datetime) -> str:
    plans = t.OF_PLANS.format(plans=w.LIST.join(token.plans)) if token.plans else t.ALL_PLANS
    return t.WHAT.format(
        name=written(token.name, 30), scopes=_scopes(token), place=token.jurisdiction, plans=plans,
        until=day(token.until, now), rate=token.rate,
    )  # fmt: skip
