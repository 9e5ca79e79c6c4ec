"""What is due now in several incidents, as one message for one person: every incident, every deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.render import duties, naming
from bot.render.catalogue import LABELS
from bot.render.labels import SHARED, press, short
from bot.render.message import Key, Message, clipped, units
from bot.render.owed import overdue_for
from bot.render.text import Text, bold, fill, joined
from bot.render.view import View
from bot.texts import owed as t
from bot.texts import words as w
from plans.core.keys import obligation
from plans.obligations.quiet import quiet_days

MOST_ROWS = 40
"""Rows of buttons under one message: Telegram takes a hundred buttons at most."""

LAST_SIGN = 20
"""The last numeral in a circle."""

MOST_KEYS = 8
"""Incidents that get a button of their own: those that are due first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one person is told of one incident.

    Attributes:
        keys: of obligation instances. units: to be rung. decider: whether who decides is to be rung.
        to: the audience that he is told as.
    """

    stream: str
    keys: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    decider: bool = False
    to: str = "seat"

    def beside(self, other: Part) -> Part:
        """Return both together."""
        return Part(
            stream=self.stream,
            keys=tuple(dict.fromkeys((*self.keys, *other.keys))),
            units=tuple(dict.fromkeys((*self.units, *other.units))),
            decider=self.decider or other.decider,
            to="seat" if "seat" in (self.to, other.to) else self.to,
        )


def block(view: View, part: Part) -> Text | None:
    """Return what is still to be done about one incident; None where all of it is settled meanwhile."""
    incident = view.incident
    open_keys = {item.key for item in incident.open_instances}
    items = duties.owed(view, tuple(key for key in part.keys if key in open_keys))
    lines: list[Text | str] = [_line(view, item) for item in items]
    units = [unit for unit in part.units if unit in incident.calls and incident.calls[unit].silent]
    if units and incident.state == "responding":
        lines.append(t.TOGETHER_UNITS.format(count=len(units), names=duties.names(view, units)))
    pending = incident.proposal
    if part.decider and pending is not None and not pending.declined:
        roles = naming.roles(view.plan, pending.to_roles)
        lines.append(t.TOGETHER_DECIDER.format(level=pending.level, roles=roles))
    if not lines:
        return None
    if days := quiet_days(incident, view.now):
        act = t.REMINDER_QUIET_CLOSE if incident.state == "ended" else t.REMINDER_QUIET_END
        lines.append(t.REMINDER_QUIET.format(days=days, act=act))
    return joined((bold(naming.title(view)), *lines))


def _line(view: View, item: duties.Owed) -> str:
    if item.instance.possible:
        applies = item.rule.applies if item.rule is not None else ""
        return t.TOGETHER_POSSIBLE.format(name=duties.name(item), due=duties.due(view, item), applies=applies)
    bearer = ""
    if not item.instance.by_office and item.rule is not None:
        words = t.TOGETHER_TASK if duties.is_task(item) else t.TOGETHER_BEARER
        bearer = words.format(bearer=naming.unit_name(view, item.rule.bearer))
    return t.TOGETHER_ITEM.format(
        bearer=bearer, name=duties.name(item), due=duties.due(view, item), overdue=overdue_for(view, item),
        left=duties.lacks(view, item),
    )  # fmt: skip


def due_together(
    parts: Sequence[tuple[View, Part, Text]], whole: Sequence[tuple[str, str, Message]] = (), *, drill: bool = False,
    late: bool = False, unread: int = 0,
) -> Message | None:  # fmt: skip
    """Return the message of several cases' blocks, those due first on top; None where nothing is left.

    Args:
        whole: what is said in its own words: log, audience and message of each. Its buttons carry its number.
        late: it is said after an absence of the program, and says so.
        unread: cases of which something is due and cannot be shown.
    """
    if not parts and not whole and not unread:
        return None
    ordered = sorted(parts, key=lambda item: (_first(item[0], item[1]), item[0].incident.number))
    count, note = len(ordered) + len(whole) + unread, w.LATE_NOTE if late else ""
    head = fill(t.TOGETHER_HEAD if not whole else t.TOGETHER_HEAD_OF_ALL, count=count, late=note)
    blocks: list[Text | str] = [item[2] for item in ordered]
    if ordered:
        blocks.append(t.TOGETHER_FOOT)
    numbered = count > 1
    blocks += [_numbered(_inner(message), number, numbered) for number, (_, _, message) in enumerate(whole, 1)]
    if unread:
        blocks.append(t.TOGETHER_UNREAD.format(count=unread))
    text = joined((head, *blocks), "\n") if not whole else joined((head, *blocks), "\n\n")
    mark = w.DRILL if drill or (ordered and ordered[0][0].incident.drill) else ""
    if mark:
        text = joined((mark, text, mark))
    keys: list[Key] = []
    for view, part, _ in ordered:
        key = next((name for name in part.keys if _can_be_read(view, name)), "")
        if key and part.to == "seat" and len(keys) < MOST_KEYS:
            label = LABELS["script_of"].format(number=view.incident.number)
            keys.append(Key(label, press("script", "script_of", obligation(key), key=key), part.stream))
    rows = [tuple(keys[at : at + 2]) for at in range(0, len(keys), 2)]
    for number, (stream, to, message) in enumerate(whole, 1):
        sign = _sign(number) if numbered else ""
        for row in message.rows:
            own = [replace(key, label=short(sign + key.label), stream=stream, audience=to) for key in row]
            fits = len(own) < 2 or all(len(key.label) <= SHARED for key in own)
            rows += [tuple(own)] if fits else [(key,) for key in own]
    return Message(text.plain, text.entities, tuple(rows[:MOST_ROWS]), mark)


def _sign(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= LAST_SIGN else w.CITE.format(inside=number)


def _numbered(text: Text, number: int, numbered: bool) -> Text:
    return Text(_sign(number)) + text if numbered else text


def _inner(message: Message) -> Text:
    """Return the words of a message without the drill's marks around them."""
    text = Text(message.text, message.entities)
    if not message.mark:
        return text
    begin, end = units(message.mark), units(message.text) - units(message.mark) - 1
    kept = message.text.removeprefix(message.mark).removesuffix(f"\n{message.mark}")
    return Text(kept, clipped(text.entities, begin, end))


def _can_be_read(view: View, key: str) -> bool:
    instance = view.incident.instances.get(key)
    return instance is not None and instance.status == "open" and instance.by_office and not instance.possible


def _first(view: View, part: Part) -> float:
    dues = [view.incident.instances[key].due for key in part.keys if key in view.incident.instances]
    return min((due.timestamp() for due in dues), default=view.now.timestamp())
