"""Where an incident stands, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.render import aid, arrivals, duties, naming, on_site, raising, releasing
from bot.render.card import MOST_NAMES, first_six, possible, silent_units, state
from bot.render.catalogue import LABELS
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.matrix import called_groups
from bot.render.message import Key, Message
from bot.render.text import Text, bold, fill, joined
from bot.render.times import at
from bot.render.unsure import unsure_lines
from bot.render.values import figure, figures_to_show, label
from bot.render.view import View
from bot.texts import card as c
from bot.texts import status as t
from bot.texts import words as w
from plans.incident.records_decided import Doubt
from plans.incident.state import EVENT_LEVEL


def status(view: View) -> Message:
    """Return where an incident stands; in a group of others than officials only its number and state."""
    if view.neutral:
        return framed(view, fill(c.CARD_STATE.partition(w.SEMICOLON)[0], number=naming.number(view), state=state(view)))
    verified = view.incident.verified_at
    mark = t.STATUS_VERIFIED.format(time=at(verified, view.now)) if verified else t.STATUS_NOT_VERIFIED
    lines: list[Text | str] = [
        bold(naming.title(view)),
        *first_six(view),
        *(figure(view, name) for name in figures_to_show(view)[2:]),
        *unsure_lines(view),
        *(view.warnings if view.incident.open else ()),
        *on_site.lines(view),
        *arrivals.lines(view),
        *aid.lines(view),
        *releasing.lines(view),
        fill(t.STATUS_STATE, state=state(view), verified=mark),
        *possible(view),
    ]
    keys = []
    if view.incident.calls and view.incident.open:
        keys.append(Key(LABELS["calls"], press("calls", "calls")))
    if called_groups(view) and view.incident.open:
        keys.append(Key(LABELS["groups"], press("groups", "groups")))
    message = framed(view, joined(lines))
    return replace(message, rows=(*message.rows, tuple(keys))) if keys else message


def todo(
    views: Iterable[View], warnings: Sequence[str] = (), *, desk: Sequence[Text] = (), told: Sequence[Text] = ()
) -> Message:
    """Return what is open in several incidents; drills are named as such, real ones come first.

    Args:
        warnings: lines of the warnings in force.
        desk: of what is open at the duty desk. told: of what the reader was told to do.
    """
    blocks = []
    for view in sorted(views, key=lambda item: (item.incident.drill, item.incident.number)):
        if lines := todo_lines(view):
            name = naming.title(view).replace(naming.number(view), naming.listed_number(view), 1)
            blocks.append((len(lines), joined((fill(t.TODO_INCIDENT, title=name), *lines))))
    blocks += [
        (len(lines), joined((fill(title), *lines)))
        for title, lines in ((t.TODO_OWN, list(told)), (t.TODO_DESK, list(desk)))
        if lines
    ]
    above = joined(warnings)
    if not blocks:
        text = joined((above, t.TODO_NONE))
        return Message(text.plain, text.entities)
    head = fill(t.TODO_HEAD, count=sum(count for count, _ in blocks))
    text = joined((head, above, *(block for _, block in blocks)), "\n\n")
    return Message(text.plain, text.entities)


def _again(view: View, doubt: Doubt) -> Text:
    """Return that a word is asked for anew, since facts have overtaken it."""
    time = at(doubt.at, view.now)
    if doubt.subject == EVENT_LEVEL:
        return fill(t.TODO_OVERTAKEN, level=doubt.held or w.UNDETERMINED, time=time)
    fact = view.plan.facts[doubt.subject]
    return fill(t.TODO_OVERTAKEN_JUDGEMENT, question=fact.question, clause=fact.clause, time=time)


@dataclass(frozen=True, slots=True)
class Open:
    """One open matter of an incident.

    Attributes:
        key: what tells it from the others, and stays while it is open. due: by when, in the incident's own time.
    """

    key: str
    line: Text
    due: datetime | None = None


def todo_lines(view: View) -> list[Text]:
    """Return every open matter of one incident, one line each."""
    return [item.line for item in todo_items(view)]


def todo_items(view: View) -> list[Open]:
    """Return every open matter of one incident."""
    incident = view.incident
    items: list[Open] = []
    if incident.state == "reported" and not incident.handled_by:
        items.append(Open("unhandled", fill(t.TODO_UNHANDLED, time=at(incident.reported_at, view.now))))
    owed = duties.duties_of_office(view)
    certain = [item for item in owed if not item.instance.possible or duties.is_unsure(item)]
    items.extend(Open(f"owed:{item.instance.key}", _todo(view, item), duties.target(view, item)) for item in certain)
    if by_level := [item for item in owed if item.instance.possible and not duties.is_unsure(item)]:
        clauses = w.LIST.join(dict.fromkeys(item.instance.clause for item in by_level))
        due = duties.due(view, by_level[0])
        line = fill(t.TODO_POSSIBLE, due=due, count=len(by_level), citation=cite(clauses))
        items.append(Open("level", line, duties.target(view, by_level[0])))
    items.extend(
        Open(
            f"owed:{item.instance.key}",
            fill(
                t.TODO_TASK,
                due=duties.due(view, item),
                bearer=naming.unit_name(view, item.rule.bearer),
                name=duties.name(item),
                citation=duties.citation(item, reading=False),
            ),
            duties.target(view, item),
        )
        for item in duties.owed(view)
        if item.rule is not None and duties.is_task(item) and not item.instance.by_office
    )
    pending = incident.proposal
    if pending is not None and not pending.declined:
        line = fill(t.TODO_DECIDE, level=pending.level, clause=pending.clause, time=at(pending.at, view.now))
        items.append(Open(f"proposal:{pending.sequence}", line))
    fact = view.plan.facts.get(incident.question) if incident.question else None
    if fact is not None and incident.response_level is None and incident.state == "reported":
        items.append(
            Open(f"question:{incident.question}", fill(t.TODO_QUESTION, question=fact.question, clause=fact.clause))
        )
    items.extend(Open(f"doubt:{subject}", _again(view, doubt)) for subject, doubt in incident.doubts.items())
    if incident.conflicts:
        labels = w.LIST.join(label(view, name) for name in incident.conflicts)
        items.append(Open("conflicts", fill(t.TODO_CONFLICT, labels=labels)))
    if incident.death_unconfirmed:
        items.append(Open("death", Text(t.TODO_DEATH)))
    if silent := silent_units(view):
        names = duties.some_names(view, silent, MOST_NAMES)
        items.append(Open("silent", fill(t.TODO_UNITS, count=len(silent), names=names)))
    for topic, lines in (("raising", raising.todo(view)), ("on_site", on_site.todo(view))):
        items.extend(Open(topic, line) for line in lines)
    items.extend(Open(f"aid:{key}", line) for key, line in aid.todo(view).items())
    items.extend(Open("releasing", line) for line in releasing.todo(view))
    if incident.unsigned:
        roles = list(dict.fromkeys(item.role for item in incident.unsigned))
        items.append(Open("unsigned", fill(t.TODO_SIGN, roles=naming.roles(view.plan, roles))))
    return items


def _todo(view: View, item: duties.Owed) -> Text:
    name, due, citation = duties.name(item), duties.due(view, item), duties.citation(item, reading=False)
    if item.instance.possible:
        return fill(t.TODO_UNSURE, due=due, name=name, citation=citation)
    late = item.instance.due < view.now and not duties.is_immediate(item)
    template = t.TODO_ITEM_OVERDUE if late else t.TODO_ITEM
    return fill(template, due=due, name=name, citation=citation, left=duties.lacks(view, item))
