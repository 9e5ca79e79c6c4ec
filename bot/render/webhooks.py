"""The addresses of other systems in words: what they are told of, whether it arrives; never a path: it may be a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.chat import text_message
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import at, day
from bot.texts import webhooks as t
from bot.texts.words import LIST
from plans.core.notice import Press


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address, as an administrator is shown it.

    Attributes:
        shown: without its path. by: who allowed it; empty = by command line.
        waiting, dead: how many messages wait, and were given up. why: why nothing is sent, empty where it is.
    """

    id: str
    jurisdiction: str
    shown: str
    types: tuple[str, ...]
    by: str
    since: datetime
    arrived_at: datetime | None
    waiting: int
    dead: int
    why: str


def types_named(types: Iterable[str]) -> str:
    """Return what an address is told of."""
    return LIST.join(t.GROUPS.get(item, item) for item in types) or t.ALL


def line(address: Address, number: int, now: datetime) -> str:
    """Return one address in two lines."""
    arrived = t.ARRIVED.format(at=at(address.arrived_at, now)) if address.arrived_at is not None else t.NEVER
    return t.LINE.format(
        number=number, shown=address.shown, jurisdiction=address.jurisdiction, types=types_named(address.types),
        by=written(address.by, 16) or t.BY_COMMAND, day=day(address.since, now), arrived=arrived,
        waiting=t.WAITING.format(count=address.waiting) if address.waiting else "",
        dead=t.DEAD.format(count=address.dead) if address.dead else "", ended=t.ENDED.get(address.why, ""),
    )  # fmt: skip


def addresses(found: Sequence[Address], now: datetime) -> Message:
    """Return the addresses with their buttons, and how one is added."""
    lines = [t.LIST.format(count=len(found)) if found else t.NONE]
    rows: list[tuple[Key, ...]] = []
    for number, item in enumerate(found, 1):
        lines.append(line(item, number, now))
        rows += _buttons(item, number)
    lines += ["", t.HOW.format(groups="|".join(t.GROUPS.values()))]
    return Message("\n".join(lines), (), tuple(rows))


def _buttons(item: Address, number: int) -> list[tuple[Key, ...]]:
    def key(label: str, what: Press) -> Key:
        return Key(label.format(number=number), what)

    test = key(t.TEST, press("webhook_test", "", "webhook", id=item.id))
    resend = key(t.RESEND, press("webhook_resend", "", "webhook", id=item.id))
    stop = key(t.STOP, press("webhook_stop", "", "webhook", id=item.id))
    resume = key(t.RESUME, press("webhook_resume", "", "webhook", id=item.id))
    rekey = key(t.REKEY, press("webhook_ask", "", "webhook", id=item.id, what="rekey"))
    remove = key(t.REMOVE, press("webhook_ask", "", "webhook", id=item.id, what="remove"))
    if item.why:
        return [(resume, remove)]
    if item.dead:
        return [(test, resend), (stop, rekey), (remove,)]
    return [(test, stop), (rekey, remove)]


def ask(item: Address, what: str) -> Message:
    """Ask whether an address is to go, or to be signed for by another key."""
    text = t.ASK[what].format(
        shown=item.shown, jurisdiction=item.jurisdiction, waiting=item.waiting, dead=item.dead
    )  # fmt: skip
    does = (
        press("webhook_remove", "", "webhook", id=item.id)
        if what == "remove"
        else press("webhook_rekey", "", "webhook", id=item.id)
    )
    return Message(text, (), ((Key(t.CONFIRM[what], does),),))


def result(key: str, /, **values: object) -> Message:
    """Return a plain answer."""
    return text_message(key, **values)


def ended(item: Address, why: str) -> Message:
    """Tell an administrator that an address is not told any more."""
    text = t.ENDED_TOLD[why].format(shown=item.shown, jurisdiction=item.jurisdiction, dead=item.dead)
    return Message(f"{text}\n{t.ENDED_HOW}")
