"""Pieces of what is said of a warning: its title and span, whose it is, whom it wakes, who is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from bot.render import naming
from bot.render.cases import CaseView
from bot.render.text import Text, joined, written
from bot.render.times import at
from bot.texts import warning as t
from bot.texts import words as w
from plans.model import Plan, Warning_
from plans.warning.authority import foreign, name_of
from plans.warning.conditions import warning_of
from plans.warning.state import PASS_ON, Content, Stage, Waking, WarningCase

MOST_NAMES = 12
"""Names that stand in a line; of more it is said how many there are."""


MOST_AREAS = 30
"""Areas that stand in a line."""

MOST_RINGS = 8
"""Numbers to ring in one message, each with two buttons."""


def the_warning(view: CaseView) -> WarningCase:
    """Return the warning that is shown; a TypeError for a case of another kind."""
    if not isinstance(view.case, WarningCase):
        raise TypeError(f"{view.case.stream} is no warning")
    return view.case


def number(view: CaseView) -> str:
    """Return ``预警3``; that it is a drill stands over the whole message."""
    return t.NUMBER.format(number=view.case.number)


def marked_number(view: CaseView) -> str:
    """Return ``【演练】预警3`` where it stands among others."""
    return listed(view.case.number, drill=view.case.drill)


def listed(number: int, *, drill: bool) -> str:
    """Return ``预警3`` or ``【演练】预警3``."""
    return (t.DRILL_NUMBER if drill else t.NUMBER).format(number=number)


def title(content: Content) -> str:
    """Return ``暴雨红色预警``; the plan's own level where no colour was said."""
    level = t.COLOURS.get(content.colour, "") or content.level
    level = "" if level == t.TITLE.format(hazard="", level="") else level  # a plan that does not grade calls it 预警
    return t.TITLE.format(hazard=written(content.hazard, 20), level=written(level, 12))


def period(content: Content, now: datetime) -> str:
    """Return from when until when; what was not said is said to be so."""
    if content.starts is not None and content.ends is not None:
        return t.SPAN.format(starts=at(content.starts, now), ends=at(content.ends, content.starts))
    if content.ends is not None:
        return t.SPAN_UNTIL.format(ends=at(content.ends, now))
    if content.starts is not None:
        return t.SPAN_OPEN.format(starts=at(content.starts, now))
    return t.SPAN_UNKNOWN


def areas(content: Content) -> str:
    """Return the areas as they were named."""
    return some(content.areas) or t.AREAS_ALL


def some(names: Collection[str]) -> str:
    """Return names that somebody gave; of many the first, and how many there are."""
    text = w.LIST.join(written(name, 20) for name in islice(names, MOST_AREAS))
    return t.ETC.format(names=text, count=len(names)) if len(names) > MOST_AREAS else text


def issuer(content: Content, plan: Plan, stage: Stage | None = None) -> str:
    """Return whose warning it is: as the text says, else the unit that issued it, else the office."""
    own = stage.role if stage is not None and naming.unit_of(plan, stage.role) is not None else ""
    return written(content.issuer or own, 30) or plan.office


def other_issuer(view: CaseView, content: Content) -> str:
    """Return a word of caution where what is said comes from another issuer than what is in force; else nothing."""
    warning = the_warning(view)
    if not foreign(warning, content):
        return ""
    ours = dict.fromkeys(stage.content.issuer for stage in warning.stages if stage.content.issuer)
    return t.FOREIGN.format(ours=w.LIST.join(written(name, 30) for name in ours), theirs=written(content.issuer, 30))


def recipient_name(view: CaseView, key: str) -> str:
    """Return what a unit or body is called."""
    unit = naming.unit_of(view.plan, key)
    return written(view.names.get(key, "") or (unit.name or unit.id if unit is not None else key), 24)


def to_ring(warning: WarningCase) -> list[Waking]:
    """Return who is to be rung by telephone: first who asked for it."""
    rung = [item for item in warning.silent() if item.step >= 2 or not item.reachable]
    return sorted(rung, key=lambda item: not item.wants_person)


def named(warning: WarningCase) -> frozenset[str]:
    """Return whose names texts about it may show, as the others are only counted."""
    silent = [item.recipient for item in islice(warning.silent(), MOST_NAMES)]
    rung = [item.recipient for item in to_ring(warning)[:MOST_RINGS]]
    return frozenset({*silent, *rung, *islice(warning.waking, MOST_NAMES)})


def names(view: CaseView, recipients: Collection[str]) -> str:
    """Return what recipients are called; of many the first, and how many there are."""
    text = w.LIST.join(recipient_name(view, key) for key in islice(recipients, MOST_NAMES))
    return t.ETC.format(names=text, count=len(recipients)) if len(recipients) > MOST_NAMES else text


def fields(view: CaseView, content: Content) -> Text:
    """Return what the warning says, a line each; what was read beside the words that it was read from."""
    shown = {
        "hazard": written(content.hazard, 20),
        "colour": t.COLOURS.get(content.colour, ""),
        "level": "" if content.level in (t.WORD, t.COLOURS.get(content.colour, "")) else written(content.level, 12),
        "issuer": written(content.issuer, 30),
        "span": period(content, view.now) if content.starts is not None or content.ends is not None else "",
        "areas": some(content.areas),
    }
    # Of what the office says itself nobody asks who said it.
    silent = {"issuer"} if the_warning(view).stages and not content.issuer else set[str]()
    lines = []
    for name, value in shown.items():
        source = w.LIST.join(
            content.words[part] for part in (("starts", "ends") if name == "span" else (name,)) if part in content.words
        )
        if not value and (name == "level" or (name == "colour" and content.level) or name in silent):
            continue
        text = value or t.UNSAID
        if value and source and written(source, 40) != value:
            text = t.WITH_WORDS.format(value=value, words=written(source, 40))
        lines.append(t.LINE.format(name=t.FIELDS[name], value=text))
    return joined(lines)


def level_of(view: CaseView, content: Content) -> Warning_ | None:
    """Return the plan's warning that the content is one of."""
    return warning_of(view.plan, content.level, content.colour)


def who_may_issue(view: CaseView, level: Warning_) -> str:
    """Return who issues a level: roles and units of the plan, or the body above."""
    if level.above:
        return t.ONLY_ABOVE.format(above=level.above)
    names = [*(naming.role(view.plan, role) for role in level.issuers), *level.issuing_units]
    return t.MAY_ISSUE.format(who=w.LIST.join(names))


def ungraded(view: CaseView) -> str:
    """Return why it is no warning of the plan's own as it stands: none of its levels was said, or it has none."""
    levels = w.LIST.join(name_of(item) for item in view.plan.warnings)
    return t.WHICH_LEVEL.format(number=view.case.number, levels=levels) if levels else t.NO_WARNINGS


def by(view: CaseView, stage: Stage) -> str:
    """Return in whose name a stage was said."""
    name = naming.role(view.plan, stage.role) if stage.role in view.plan.roles or stage.role == "duty" else stage.role
    return t.PASSED_ON_BY.format(name=name) if stage.way == PASS_ON else name


def answered(warning: WarningCase) -> dict[str, int]:
    """Return how many answered, did all their measures, and were called."""
    stage = warning.stage
    count = len(stage.measures) if stage is not None else 0
    done = sum(
        count > 0 and all((name, number) in warning.measures for number in range(1, count + 1))
        for name in warning.waking
    )
    answered = sum(not item.silent for item in warning.waking.values())
    return {"answered": answered, "done": done, "total": len(warning.waking)}


def silent_names(view: CaseView) -> str:
    """Return who has not answered, or nothing."""
    silent = [item.recipient for item in the_warning(view).silent()]
    return t.SILENT.format(names=names(view, silent)) if silent else ""


def numbered(stage_measures: Iterable[str]) -> str:
    """Return measures, a numbered line each."""
    return "".join(f"\n{ordinal}. {text}" for ordinal, text in enumerate(stage_measures, 1)).strip()
