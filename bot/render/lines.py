"""Reporting lines in words, for administrators: whose reports go up to whom, whether they arrive; never a token."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.chat import text_message
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import at, day
from bot.texts import lines as t
from bot.texts.words import LIST
from plans.core.notice import Press


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line, as an administrator is shown it.

    Attributes:
        url: of the other installation; empty = this one. by: who offered it; empty = by command line.
        agreed_at: None = it waits for that. over: it was ended, and something waits still.
        heard_at, error: when the other installation answered last, and what is wrong now; empty = nothing.
        waiting, dead: how many reports wait, and were given up. terms: by which what was shown is known again.
    """

    id: str
    jurisdiction: str
    place: str
    recipients: tuple[str, ...]
    url: str = ""
    by: str = ""
    since: datetime
    agreed_at: datetime | None = None
    over: bool = False
    heard_at: datetime | None = None
    error: str = ""
    waiting: int = 0
    dead: int = 0
    terms: str = ""


def line(item: ShownLine, number: int, now: datetime) -> str:
    """Return one line of the list."""
    if item.over:
        state = t.OVER
    elif item.agreed_at is None:
        state = t.OFFERED
    else:
        state = t.HOLDS.format(day=day(item.agreed_at, now))
    return t.LINE.format(
        number=number, below=item.jurisdiction, place=item.place, names=names(item),
        where=t.ELSEWHERE.format(origin=origin(item.url)) if item.url else t.HERE, state=state,
        by=written(item.by, 16) or t.BY_COMMAND, day=day(item.since, now),
        heard=t.HEARD.format(at=at(item.heard_at, now)) if item.heard_at is not None else "",
        waiting=t.WAITING.format(count=item.waiting) if item.waiting else "",
        dead=t.DEAD.format(count=item.dead) if item.dead else "",
        error=t.ERROR.format(error=written(item.error, 60)) if item.error else "",
    )  # fmt: skip


def names(item: ShownLine) -> str:
    """Return for whom it stands."""
    return LIST.join(written(name, 24) for name in item.recipients)


def origin(url: str) -> str:
    """Return an address without its path."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def listed(found: Sequence[ShownLine], mine: Collection[str], known: Sequence[str], now: datetime) -> Message:
    """Return the lines with their buttons, and how one is offered.

    Args:
        mine: jurisdictions that the reader administers. known: to whom their plans want reports made.
    """
    lines = [t.LIST.format(count=len(found)) if found else t.NONE]
    rows: list[tuple[Key, ...]] = []
    for number, item in enumerate(found, 1):
        lines.append(line(item, number, now))
        keys = [Key(label.format(number=number), what) for label, what in _buttons(item, mine)]
        rows += [tuple(keys[start : start + 2]) for start in range(0, len(keys), 2)]
    example = known[0] if known else t.EXAMPLE
    lines += ["", t.HOW.format(example=example, known=LIST.join(known) or t.NOBODY)]
    return Message("\n".join(lines), (), tuple(rows))


def _buttons(item: ShownLine, mine: Collection[str]) -> list[tuple[str, Press]]:
    below, above = item.jurisdiction in mine, item.place in mine and not item.url
    found = []
    if above and item.agreed_at is None and not item.over:
        found.append((t.AGREE, press("line_agree", "", "line", id=item.id, terms=item.terms)))
    if below and item.waiting:
        found.append((t.HASTEN, press("line_hasten", "", "line", id=item.id)))
    if (below or above) and not item.over:
        found.append((t.END, press("line_ask_end", "", "line", id=item.id)))
    return found


def offered(item: ShownLine) -> Message:
    """Ask an administrator of the office above whether he agrees."""
    text = t.ASK.format(below=item.jurisdiction, place=item.place, names=names(item))
    agree = press("line_agree", "", "line", id=item.id, terms=item.terms)
    return Message(text, (), ((Key(t.CONFIRM_AGREE, agree), Key(t.REFUSE, press("line_end", "", "line", id=item.id))),))


def ask_end(item: ShownLine) -> Message:
    """Ask whether a line is to end."""
    text = t.ASK_END.format(below=item.jurisdiction, place=item.place, names=names(item), waiting=item.waiting)
    return Message(text, (), ((Key(t.CONFIRM_END, press("line_end", "", "line", id=item.id)),),))


def ended(item: ShownLine) -> Message:
    """Tell an administrator of the other office that a line is over."""
    return Message(t.ENDED_TOLD.format(below=item.jurisdiction, place=item.place, names=names(item)))


def result(key: str, /, **values: object) -> Message:
    """Return a plain answer."""
    plain = {name: LIST.join(value) if isinstance(value, list) else value for name, value in values.items()}
    return text_message(key, **plain)
