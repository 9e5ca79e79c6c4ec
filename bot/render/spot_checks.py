"""Spot checks: the ring, and the table of who answered within how many seconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.render.cases import CaseView, labels_of, words_of
from bot.render.catalogue import LABELS
from bot.render.desk import called
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, on_day
from bot.texts import spot_checks as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.core.spot_rules import SpotRules
from plans.desk.spot_check_state import KIND, Asked, SpotCheck
from plans.desk.spot_checks import SpotCheckDropped


def check_of(view: CaseView) -> SpotCheck:
    """Return the check that is shown; a TypeError for a case of another kind."""
    if not isinstance(view.case, SpotCheck):
        raise TypeError(f"{view.case.stream} is no spot check")
    return view.case


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return what a notice of a check says."""
    state = check_of(view)
    if notice.key != "spotcheck_ring":
        return table(state, view.now)
    title = state.asked[str(notice.params["person"])].title
    seconds = int(state.within.total_seconds())
    return fill(t.RING, time=at(state.asked_at, view.now), title=title, seconds=seconds)


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    return LABELS[item.label]


def table(state: SpotCheck, now: datetime, by: str = "") -> Text:
    """Return who answered, within how many seconds, and who did not; or why it was not held."""
    if state.state == "dropped":
        level = next((item.event.level for item in state.events if isinstance(item.event, SpotCheckDropped)), "")
        why = t.WHY[state.dropped].format(level=level) if state.dropped == "response" else t.WHY[state.dropped]
        return fill(t.DROPPED, number=called(state), time=on_day(state.at, now), why=why)
    answered = [item for item in state.asked.values() if item.answered_at is not None]
    in_time = sorted((item for item in answered if not state.late(item)), key=lambda item: item.seconds)
    late = sorted((item for item in answered if state.late(item)), key=lambda item: item.seconds)
    silent = [item for item in state.asked.values() if item.answered_at is None and item.reachable]
    beyond = [item for item in state.asked.values() if item.answered_at is None and not item.reachable]
    who = t.BY.format(name=written(by, 16)) if by else t.BY_CHANCE if not state.by else ""
    lines: list[Text | str] = [
        fill(
            t.HEAD, number=called(state), time=on_day(state.asked_at, now), by=who, there=len(in_time),
            total=len(state.asked),
        )
    ]  # fmt: skip
    if not state.asked:
        lines.append(fill(t.NOBODY))
    for template, items, each in (
        (t.SILENT, silent, t.ONE), (t.UNREACHABLE, beyond, t.ONE), (t.LATE, late, t.TOOK), (t.IN_TIME, in_time, t.TOOK)
    ):  # fmt: skip
        if items:
            lines.append(fill(template, names=_names(items, each)))
    if state.state == "asked":
        lines.append(t.ASKING.format(time=at(state.closes_at, now)))
    lines.append(t.WITHIN.format(seconds=int(state.within.total_seconds())))
    return joined(lines)


def line(state: SpotCheck, now: datetime, by: str = "") -> str:
    """Return a check in one line, for the page of its day in the duty log."""
    return w.SEMICOLON.join(part.strip(w.STOP) for part in table(state, now, by).plain.split("\n"))


def _names(items: Iterable[Asked], each: str) -> str:
    names = []
    for item in items:
        said = {"title": item.title, "name": written(item.name, 16) or w.NAME_UNKNOWN}
        names.append(each.format(**said, seconds=item.seconds) if each == t.TOOK else each.format(**said))
    return w.LIST.join(names)


def overview(checks: Sequence[SpotCheck], rules: SpotRules, whom: Sequence[str], plan: str, now: datetime) -> Message:
    """Return the rules and the newest checks, with the button that holds one now."""
    begins, ends = rules.hours
    said = {"whom": w.LIST.join(whom), "seconds": int(rules.within.total_seconds())}
    if rules.weekly:
        rule = t.RULES.format(weekly=rules.weekly, hours=f"{begins:%H:%M}-{ends:%H:%M}", **said)
    else:
        rule = t.RULES_NONE.format(**said)
    blocks: list[Text | str] = [fill(t.LIST, rules=rule), *(table(item, now) for item in checks)]
    if not checks:
        blocks.append(t.NONE)
    text = joined(blocks, "\n\n")
    key = Key(LABELS["spotcheck_call"], press("spotcheck_call", "spotcheck_call", "spot", plan=plan))
    return Message(text.plain, text.entities, ((key,),))
