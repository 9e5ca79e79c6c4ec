"""Reports past a level: what the plan says of them, who stays owed, and what was done."""

from __future__ import annotations

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Message
from bot.render.registry import renders
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import skipping as t
from bot.texts import words as w
from plans.acting import carries_out
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.records import Instance
from plans.incident.skipping import rule_of


@carries_out("command", "skip", "Obligation.skip_to")
def page(view: View, key: str) -> Message:
    """Return what the plan says of skipping a level here, who is owed, and a button for each whom it names."""
    item = duties.owed(view, (key,))[0]
    rule = rule_of(view.plan, item.instance)
    if rule is None:
        raise ValueError(f"{item.instance.rule} of {view.plan.id} does not let a level be skipped")
    text = fill(
        t.PAGE,
        number=naming.number(view),
        name=duties.name(item),
        words=rule.skip_level,
        citation=cite(rule.skip_clause or rule.clause),
        names=duties.names(view, item.instance.to),
        stays=t.TOGETHER if rule.skip_together else t.STAYS,
        of=w.NUMBER.format(number=view.incident.number) + " ",
        report=item.instance.report,
    )
    done = {skip.recipient for skip in view.incident.skips if skip.key == key}
    presses = [
        press(
            "skip", "skip_told", keys.owed(key, to), key=key, to=to, shown=view.incident.changed.get("facts", 0)
        )
        for to in rule.skip_to
        if to not in done and to not in item.instance.to
    ]  # fmt: skip
    return framed(view, text, presses)


def offers(view: View) -> list[Press]:
    """Return a button for the first open report of the office that may go past a level."""
    return [
        press("skip_page", "skip_page", keys.obligation(item.instance.key), key=item.instance.key)
        for item in duties.duties_of_office(view)
        if not item.instance.possible and rule_of(view.plan, item.instance) is not None
    ][:1]


def lines(view: View, instance: Instance) -> list[Text]:
    """Return to whom a report went past a level."""
    return [
        fill(
            t.LINE,
            recipient=naming.unit_name(view, skip.recipient),
            time=at(skip.at, view.now),
            citation=cite(skip.clause),
        )
        for skip in view.incident.skips
        if skip.key == instance.key
    ]


def record(view: View) -> list[str]:
    """Return every report that went past a level, in the order of time."""
    return [
        t.RECORD.format(
            time=at(skip.at, view.now),
            name=view.incident.instances[skip.key].report,
            recipient=naming.unit_name(view, skip.recipient),
            reason=t.REASON.format(reason=written(skip.reason, 80)) if skip.reason else "",
            citation=cite(skip.clause),
        )
        for skip in view.incident.skips
        if skip.key in view.incident.instances
    ]


@renders("level_skipped")
def level_skipped(notice: Notice, view: View) -> Text:
    """A report went past a level: who is owed it all the same."""
    item = duties.owed(view, (str(notice.params["key"]),))[0]
    left = t.LEFT_TOGETHER if notice.params["together"] else t.LEFT
    return fill(
        t.SKIPPED,
        number=naming.number(view),
        recipient=naming.unit_name(view, str(notice.params["recipient"])),
        name=duties.name(item),
        citation=cite(str(notice.params["clause"])),
        left=left.format(names=duties.names(view, item.left)) if item.left else t.LEFT_NONE,
    )
