"""A drill that is played: what its director steers by, what those who take part get, what those who evaluate saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.render.cases import CaseView, labels_of, words_of
from bot.render.catalogue import LABELS
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at, span
from bot.texts import directing as t
from bot.texts import words as w
from plans.core.keys import drill_course
from plans.core.notice import Notice, Press
from plans.desk.drill_state import INJECT, KIND, LOOK, MET, REPORT, UNMET, UNSEEN, Drill, Item
from plans.desk.evaluating import verdict_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A script as it is offered."""

    id: str
    plan: str
    title: str
    minutes: int
    injects: int
    looks: int


def drill_of(view: CaseView) -> Drill:
    """Return the drill that is shown; a TypeError for a case of another kind."""
    if not isinstance(view.case, Drill):
        raise TypeError(f"{view.case.stream} is no drill that is played")
    return view.case


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return what a notice of a drill says."""
    state = drill_of(view)
    item = state.items.get(int(notice.params.get("number", 0)))
    match notice.key:
        case "drill_ready":
            return ready(state, view)
        case "drill_next":
            return _next(state, item, view)
        case "drill_inject" if item is not None:
            return fill(t.INJECT, time=at(item.played_at, view.now), text=written_block(item.text))
        case "drill_look" if item is not None:
            return fill(t.LOOK, time=at(item.played_at, view.now), text=written(item.text, 200), number=item.number)
        case "drill_held" if state.held_for:
            return fill(t.HELD_FOR, title=_title(state), time=at(state.held_at, view.now), number=state.held_for)
        case "drill_result":
            return result(state, view)
        case key:
            template = {"drill_begun": t.BEGUN, "drill_held": t.HELD, "drill_gone_on": t.GONE_ON, "drill_over": t.OVER}
            return fill(template[key], title=_title(state), time=at(view.now, view.now))


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    return LABELS[item.label]


def _title(state: Drill) -> str:
    return written(state.title, 60)


def ready(state: Drill, view: CaseView) -> Text:
    """Return what a script comes to, before it begins."""
    items = state.items.values()
    who = dict.fromkeys(item.who for item in items if item.kind == INJECT)
    last = max((item.at for item in items), default=None)
    text = fill(
        t.READY, title=_title(state), goals=w.LIST.join(written(goal, 60) for goal in state.goals),
        who=w.LIST.join(written(name, 40) for name in who),
        evaluators=_names(state.evaluators, view) if state.evaluators else t.READY_NOBODY,
        injects=sum(item.kind == INJECT for item in items), looks=len(state.looks),
        minutes=int(last.total_seconds() // 60) if last is not None else 0,
    )  # fmt: skip
    deaf = w.LIST.join(written(name, 40) for name in view.beside)
    return joined((text, fill(t.DEAF, who=deaf))) if deaf else text


def _names(people: Iterable[str], view: CaseView) -> str:
    return w.LIST.join(written(view.names.get(person, w.NAME_UNKNOWN), 16) for person in people)


def _next(state: Drill, item: Item | None, view: CaseView) -> Text:
    if item is None:
        return fill(t.NEXT_NONE, looks=sum(look.waits for look in state.looks))
    template = t.NEXT_REPORT if item.kind == REPORT else t.NEXT
    said = {"time": at(state.due(item), view.now), "text": written_block(item.text)}
    text = fill(template, **said) if item.kind == REPORT else fill(template, **said, who=written(item.who, 40))
    if item.who in view.beside:
        text = joined((text, fill(t.NEXT_DEAF, who=written(item.who, 40))))
    return joined((text, fill(t.NEXT_NOTE, note=written(item.note, 200)))) if item.note else text


def result(state: Drill, view: CaseView) -> Text:
    """Return what was expected and what was done: what was not met comes first."""
    by = {verdict: [item for item in state.looks if verdict_of(item) == verdict] for verdict in t.VERDICT_LINES}
    lines: list[Text | str] = [
        fill(
            t.RESULT, title=_title(state), began=at(state.begun_at, view.now), ended=at(state.over_at, view.now),
            met=len(by[MET]), unmet=len(by[UNMET]), unseen=len(by[UNSEEN]), open=len(by[""]),
        )
    ]  # fmt: skip
    lines += [fill(t.VERDICT_LINES[verdict], looks=_listed(items)) for verdict, items in by.items() if items]
    notes = [
        t.ONE_WORD.format(number=item.number, name=_names([person], view), words=written(said, 100))
        for item in state.looks
        for person, said in item.words
    ]
    if notes:
        lines.append(fill(t.WORDS, words=w.SEMICOLON.join(notes)))
    skipped = [item for item in state.items.values() if item.skipped]
    if skipped:
        lines.append(fill(t.SKIPPED, items=_listed(skipped)))
    if state.shift.total_seconds() >= 60:
        lines.append(fill(t.LATE, span=span(state.shift)))
    return joined([*lines, *view.beside])


def _listed(items: Iterable[Item]) -> str:
    return w.SEMICOLON.join(t.ONE_LOOK.format(number=item.number, text=written(item.text)) for item in items)


def scripts(offered: Sequence[Script]) -> Message:
    """Return the scripts that somebody may direct, each with its button."""
    if not offered:
        return Message(t.NO_SCRIPTS)
    lines = [
        t.SCRIPT.format(number=number, title=item.title, minutes=item.minutes, injects=item.injects, looks=item.looks)
        for number, item in enumerate(offered, 1)
    ]
    text = joined([fill(t.SCRIPTS), *lines])
    rows = tuple(
        (Key(f"{number}. {item.title}", press("drill_choose", "drill_choose", "script", script=item.id)),)
        for number, item in enumerate(offered, 1)
    )
    return Message(text.plain, text.entities, rows)


def end_asked(state: Drill) -> Message:
    """Return the question whether a drill is to end."""
    left = sum(item.waits and item.kind != LOOK for item in state.items.values())
    template = t.END_ASKED if state.begun_at is not None else t.DROP_ASKED
    said = {"title": _title(state)} | ({"left": left} if state.begun_at is not None else {})
    text = Text(w.DRILL) + fill(template, **said) + "\n" + w.DRILL
    end = stamped(press("drill_end_now", "drill_end_now", drill_course(state.state)), state)
    return Message(text.plain, text.entities, ((Key(LABELS["drill_end_now"], end),),), w.DRILL)
