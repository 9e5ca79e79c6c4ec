"""A drill that is played: what its director steers by, what those who take part get, what those who evaluate saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.render import mending, naming
from bot.render.cases import CaseView, card_of, framed_case, labels_of, words_of
from bot.render.catalogue import LABELS
from bot.render.citing import cite
from bot.render.drills import in_minutes
from bot.render.labels import press, short, stamped
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at, span
from bot.scenario.actors import unit_called
from bot.texts import directing as t
from bot.texts import drill_scripts as own
from bot.texts import words as w
from plans.core import keys
from plans.core.keys import drill_course
from plans.core.notice import Notice, Press
from plans.desk import mending as desk_mending
from plans.desk.drill_state import INJECT, KIND, LATE, LOOK, MET, REPORT, UNMET, UNSEEN, Drill, Item
from plans.desk.evaluating import verdict_of
from plans.load import plan_facts

MOST_LIVE = 25
"""Looks on the director's page, the newest; the paper has all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A script as it is offered; ``own``: the office's."""

    id: str
    plan: str
    title: str
    minutes: int
    injects: int
    looks: int
    own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadScript:
    """A script of the office's that cannot be read any more; ``line``: where it is wrong, 0 = in none."""

    title: str
    line: int
    found: str


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
            seen = _seen(item, view)
            text = written(item.text, 200)
            return fill(t.LOOK, time=at(item.played_at, view.now), text=text, number=item.number, seen=seen)
        case "drill_held" if state.held_for:
            return fill(t.HELD_FOR, title=_title(state), time=at(state.held_at, view.now), number=state.held_for)
        case "drill_held" if state.missed and view.place_kind == "private":
            said = {"title": _title(state), "time": at(view.now, view.now), "since": at(state.held_at, view.now)}
            return fill(t.HELD_AWAY, **said)
        case "drill_gone_on":
            stood = timedelta(seconds=int(notice.params["stood"]))
            return fill(t.GONE_ON, title=_title(state), time=at(view.now, view.now), span=in_minutes(stood))
        case "drill_result":
            return result(state, view)
        case key:
            template = {"drill_begun": t.BEGUN, "drill_held": t.HELD, "drill_over": t.OVER}
            return fill(template[key], title=_title(state), time=at(view.now, view.now))


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    if item.action == "drill_mend":
        return mending.label(view, str(item.args["finding"]))
    return LABELS[item.label]


@card_of(KIND)
def live(view: CaseView) -> Message:
    """Draw the director's page: what comes next, what is met, late, open, and what of that is still to come."""
    state = drill_of(view)
    by = {verdict: 0 for verdict in t.LIVE_LINE}
    come = [item for item in state.looks if item.played_at is not None]
    lines = []
    for item in come:
        verdict = verdict_of(item, over=not state.open)
        by[verdict] += 1
        lines.append(_live_line(state, item, verdict, view))
    ahead = len(state.looks) - len(come)
    counts = t.LIVE_COUNTS.format(met=by[MET], late=by[LATE], unmet=by[UNMET], open=by[""] + by[UNSEEN], ahead=ahead)
    more = [t.LIVE_MORE.format(count=len(lines) - MOST_LIVE)] if len(lines) > MOST_LIVE else []
    others = [item for item in state.items.values() if item.kind != LOOK]
    behind = t.LIVE_LATE.format(span=span(state.shift)) if state.shift.total_seconds() >= 60 else ""
    text = fill(
        t.LIVE, title=_title(state), state=fill(t.LIVE_STATES[state.state]) + behind, next=_live_next(state, view),
        played=sum(item.played_at is not None for item in others), skipped=sum(item.skipped for item in others),
        left=sum(item.waits for item in others), counts=counts, lines="\n".join([*more, *lines[-MOST_LIVE:]]),
    )  # fmt: skip
    return framed_case(view, text)


def _live_next(state: Drill, view: CaseView) -> str:
    item = state.next if state.state == "running" else None
    if item is None:
        return ""
    time = at(state.due(item), view.now)
    if item.kind == REPORT:
        return t.LIVE_NEXT_REPORT.format(time=time)
    return t.LIVE_NEXT.format(time=time, who=written(item.who, 20))


def _live_line(state: Drill, item: Item, verdict: str, view: CaseView) -> str:
    said = {"number": item.number, "text": written(item.text, 40)}
    done = item.checked.at if item.checked is not None else None
    if verdict in (MET, LATE):
        return t.LIVE_LINE[verdict].format(**said, time=t.LIVE_TIME.format(time=at(done, view.now)) if done else "")
    if verdict:
        return t.LIVE_LINE[verdict].format(**said)
    lacks = lacking(view, item)
    lack = t.LIVE_LACKING.format(lacking=lacks) if lacks else ""
    return t.LIVE_LINE[verdict].format(**said, due=at(item.played_at, view.now), lacking=lack)


def _seen(item: Item, view: CaseView) -> str:
    """Return what the program saw of a look, for those who evaluate; empty where it looks at nothing."""
    if item.checked is None:
        return ""
    if item.checked.done:
        late = t.SEEN_LATE if item.checked.late else ""
        return t.SEEN.format(time=at(item.checked.at, view.now), late=late)
    return t.SEEN_NOT.format(lacking=lacking(view, item))


def lacking(view: CaseView, item: Item) -> str:
    """Return what of a look's expectations the program has not seen."""
    names = item.checked.lacking if item.checked is not None else ()
    return w.LIST.join(_lacks(view, item, name) for name in names)


def _lacks(view: CaseView, item: Item, name: str) -> str:
    """Return one thing that the program has not seen, as people call it."""
    kind, _, of = name.partition(":")
    wanted = item.expects[kind]
    match kind:
        case "declared_by":
            of = naming.roles(view.plan, list(wanted))
        case "answered":
            of = unit_called(view.plan, of)
        case "facts":
            wanted = w.UNSTATED if wanted.get(of) is None else wanted[of]
            of = fact.label if (fact := plan_facts(view.plan).get(of)) is not None else of
        case "statuses":
            rule = next((rule for rule in view.plan.obligations if rule.id == of), None)
            of = rule.report + cite(rule.clause) if rule is not None else of
        case "state":
            of = w.STATES.get(wanted, wanted)
        case _:
            of = wanted or w.NONE
    return t.LACKING[kind].format(of=written(of, 40), wanted=written(str(wanted), 20))


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
            met=len(by[MET]), late=len(by[LATE]), unmet=len(by[UNMET]), unseen=len(by[UNSEEN]), open=len(by[""]),
        )
    ]  # fmt: skip
    lines += [fill(t.VERDICT_LINES[verdict], looks=_listed(items)) for verdict, items in by.items() if items]
    notes = [
        t.ONE_WORD.format(number=item.number, name=_names([person], view), words=written(said, 100))
        for item in state.looks
        for person, said in item.words
        if said
    ]
    if notes:
        lines.append(fill(t.WORDS, words=w.SEMICOLON.join(notes)))
    skipped = [item for item in state.items.values() if item.skipped]
    if skipped:
        lines.append(fill(t.SKIPPED, items=_listed(skipped)))
    if state.shift.total_seconds() >= 60:
        lines.append(fill(t.LATE, span=span(state.shift)))
    lines += [*view.beside, *mending.lines(view)]
    clauses = cite(w.LIST.join(dict.fromkeys(duty.clause for duty in view.plan.duties if duty.drill)))
    lines.append(fill(t.COUNTS, clauses=clauses) if state.counts else fill(t.COUNTS_NOT))
    return joined(lines)


def result_page(view: CaseView, *, directs: bool = True) -> Message:
    """Return the same anew, for its director with a button for each finding that is no instruction yet."""
    state = drill_of(view)
    if state.over_at is None:
        return live(view)
    presses = [press("drill_paper", "drill_paper", keys.RECORD)]
    for finding in desk_mending.offered(state) if directs else ():
        presses.append(press("drill_mend", "drill_mend", keys.drill_finding(finding), finding=finding))
    return framed_case(view, result(state, view), presses)


def _listed(items: Iterable[Item]) -> str:
    return w.SEMICOLON.join(t.ONE_LOOK.format(number=item.number, text=written(item.text)) for item in items)


def scripts(offered: Sequence[Script | UnreadScript]) -> Message:
    """Return the scripts that somebody may direct, each with its button, and how to bring one's own.

    What cannot be read any more is named with the reason, so that it can be mended or removed.
    """
    if not offered:
        return Message(t.NO_SCRIPTS + "\n" + own.HOW)
    lines = [
        t.SCRIPT.format(
            number=number, title=_offered_title(item), minutes=item.minutes, injects=item.injects, looks=item.looks
        )
        if isinstance(item, Script)
        else own.UNREAD.format(
            number=number,
            title=written(item.title, 60),
            found=written(item.found, 120),
            line=own.IN_LINE.format(line=item.line) if item.line else "",
        )
        for number, item in enumerate(offered, 1)
    ]
    text = joined([fill(t.SCRIPTS), *lines, own.HOW])
    rows = tuple(
        (
            Key(
                short(f"{number}. {_offered_title(item)}"),
                press("drill_choose", "drill_choose", "script", script=item.id),
            ),
        )
        for number, item in enumerate(offered, 1)
        if isinstance(item, Script)
    )
    return Message(text.plain, text.entities, rows)


def _offered_title(item: Script) -> str:
    return written(item.title, 60) + (own.OWN if item.own else "")


def end_asked(state: Drill) -> Message:
    """Return the question whether a drill is to end."""
    left = sum(item.waits and item.kind != LOOK for item in state.items.values())
    template = t.END_ASKED if state.begun_at is not None else t.DROP_ASKED
    said = {"title": _title(state)} | ({"left": left} if state.begun_at is not None else {})
    text = Text(w.DRILL) + fill(template, **said) + "\n" + w.DRILL
    end = stamped(press("drill_end_now", "drill_end_now", drill_course(state.state)), state)
    return Message(text.plain, text.entities, ((Key(LABELS["drill_end_now"], end),),), w.DRILL)
