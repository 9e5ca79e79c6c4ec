"""Which body a placeholder of the plan is here: 事发镇街, 事发学校; and the list of bodies that an office keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.render import naming
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import bodies as t
from bot.texts.words import LIST, NONE, SEMICOLON
from plans.areas import Body
from plans.areas.changes import Changes, differences
from plans.areas.sheet import Reading
from plans.bodies import mentioned, standing
from plans.core.notice import Notice, Press
from plans.model import Plan

MOST = 12
"""Bodies that a preview names one by one."""

MOST_UNREAD = 30
"""Rows that are not read that it names; where there are more, a file that comes with it names all."""


@renders("which_body")
def which_body(notice: Notice, view: View) -> Text:
    """A placeholder was called, and it is not plain which body it is."""
    unit = naming.unit_of(view.plan, str(notice.params["unit"]))
    name = (unit.name or unit.id) if unit is not None else str(notice.params["unit"])
    said = words_of(view) or naming.place(view)
    return fill(t.WHICH_BODY, number=naming.number(view), unit=name, place=said)


@renders("not_meant")
def not_meant(notice: Notice, view: View) -> Text:
    """A listed body was called, and another one was meant."""
    unit, body = (naming.unit_name(view, str(notice.params[name])) for name in ("unit", "body"))
    return fill(t.NOT_MEANT, number=naming.number(view), unit=unit, body=body)


@labels("body")
def _body(item: Press, view: View) -> str:
    """Return what a body is called, with its township where another one bears its name."""
    return told_apart(view, str(item.args["body"]))


def told_apart(view: View, body: str) -> str:
    """Return what a body is called, with its township where the words may mean another one of its name."""
    listed = mentioned(view.incident, body)
    if listed is None or not listed.township:
        return naming.unit_name(view, body)
    same = {other.id for mention in view.incident.mentions for other in mention.bodies if other.name == listed.name}
    if len(same) < 2:
        return naming.unit_name(view, body)
    return t.WITH_TOWNSHIP.format(name=written(listed.name, 24), township=written(listed.township, 12))


def words_of(view: View) -> str:
    """Return the words that may mean more than one listed body."""
    words = [mention.words for mention in view.incident.mentions if not mention.sure and mention.words]
    return LIST.join(written(word, 20) for word in dict.fromkeys(words))


def meant_lines(view: View) -> list[Text]:
    """Return which listed bodies the plan's placeholders are here, with the words that say so, and how to change it."""
    if view.neutral or not view.incident.mentions:
        return []
    lines = []
    for unit in view.plan.units:
        if not unit.place_bound or unit.standing_for:
            continue
        stands = standing(view.plan, view.incident, unit.id)
        if stands.body:
            said = t.SAID.format(words=written(stands.words, 20)) if stands.words else ""
            name = told_apart(view, stands.body)
            lines.append(fill(t.MEANT, unit=unit.name or unit.id, name=name, said=said))
        elif stands.among:
            names_ = LIST.join(told_apart(view, body) for body in stands.among[:MOST])
            lines.append(fill(t.MEANT_UNSURE, unit=unit.name or unit.id, names=names_))
    return [*lines, Text(t.MEANT_CHANGE)] if lines else []


class TakenOver(Protocol):
    """What is shown of a list that was taken over."""

    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102


def overview(plan: Plan, listed: Sequence[Body], newest: TakenOver | None, now: datetime) -> Message:
    """Return how many bodies are listed, and how a list is imported."""
    place = plan.jurisdiction.name
    counts = Counter(family for body in listed for family in sorted(body.families))
    kinds = LIST.join(t.COUNT.format(kind=kind, count=count) for kind, count in counts.most_common())
    lines: list[Text | str] = [fill(t.OVERVIEW, place=place, count=len(listed), kinds=kinds or NONE)]
    if newest is not None:
        lines.append(t.NEWEST.format(time=at(newest.at, now), source=written(newest.source, 30) or t.LIST_FILE))
    lines.append(t.HOW)
    row = []
    if listed:
        row.append(Key(t.EXPORT, press("export_bodies", "", "bodies", jurisdiction=place)))
    if newest is not None:
        row.append(Key(t.UNDO, press("undo_bodies", "", "bodies", jurisdiction=place, seen=newest.number)))
    text = joined(lines)
    return Message(text.plain, text.entities, (tuple(row),) if row else ())


def preview(place: str, name: str, reading: Reading, found: Changes, args: dict[str, Any]) -> Message:
    """Return what a file would change, every row that is not read, and the buttons that take it over.

    Args:
        args: what the buttons carry.
    """
    lines = [
        t.PREVIEW.format(
            place=place, name=written(name, 40), added=len(found.added), changed=len(found.changed), same=found.same
        )
    ]
    lines += [_added(body) for body in found.added[:MOST]]
    lines += [_changed(before, after) for before, after in found.changed[:MOST]]
    if (more := max(len(found.added) - MOST, 0) + max(len(found.changed) - MOST, 0)) > 0:
        lines.append(t.MORE.format(count=more))
    if found.absent:
        names_ = LIST.join(written(body.name, 20) for body in found.absent[:MOST])
        lines.append(t.ABSENT.format(count=len(found.absent), names=names_))
    problems = [*reading.problems, *found.problems]
    if problems:
        lines.append(t.PROBLEMS.format(count=len(problems)))
    unread = [*problems, *reading.unread]
    lines += [t.LINE_OF.format(text=written(text, 120)) for text in unread[:MOST_UNREAD]]
    if len(unread) > MOST_UNREAD:
        lines.append(t.UNREAD_MORE.format(count=len(unread)))
    keys = []
    if not found.nothing:
        keys.append((Key(t.CONFIRM, press("list_bodies", "", "bodies", **args)),))
    if found.absent:
        label = t.CONFIRM_WITHOUT.format(count=len(found.absent))
        keys.append((Key(label, press("list_bodies", "", "bodies", **args, without_absent=True)),))
    if keys:
        keys.append((Key(t.LEAVE, press("amend_not", "", "directory")),))
    else:
        lines.append(t.NOTHING)
    return Message("\n".join(lines), (), tuple(keys))


def _added(body: Body) -> str:
    parts = [LIST.join(body.short), body.kind, body.township, body.head, LIST.join(body.phones)]
    said = SEMICOLON.join(written(part, 30) for part in parts if part)
    return t.ADDED.format(name=written(body.name, 30), said=t.IN_BRACKETS.format(text=said) if said else "")


def _changed(before: Body, after: Body) -> str:
    parts = SEMICOLON.join(
        t.DIFFERENCE.format(what=what, old=written(old, 24) or NONE, new=written(new, 24) or NONE)
        for what, old, new in differences(before, after)
    )
    return t.CHANGED.format(name=written(before.name, 30), said=parts)


def not_read(name: str, problem: Exception) -> Message:
    """Return why a file is no list; where Telegram did not give it, that it may be sent again."""
    said = str(problem) if type(problem).__module__.split(".")[0] != "telegram" else t.POPUPS["file_gone"]
    return Message(t.NOT_READ.format(name=written(name, 40), problem=written(said, 200)))


def names(found: Sequence[str]) -> str:
    """Return some names, joined."""
    return LIST.join(written(name, 24) for name in found) or NONE
