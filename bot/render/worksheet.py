"""The pinned worksheet of the duty seat: every open obligation with each recipient, and the next number to ring."""

from __future__ import annotations

from bot.render import (
    aid,
    arrivals,
    asking_back,
    cites,
    drills,
    duties,
    instructed,
    naming,
    on_site,
    releasing,
    skipping,
    submitting,
)
from bot.render.bodies import meant_lines
from bot.render.card import event_level, occurred, possible, response_line, silent_units
from bot.render.citing import cite
from bot.render.desk import from_entry
from bot.render.elements import lacking
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Message
from bot.render.registry import draws
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.unsure import unread_line, unsure_lines
from bot.render.values import figure, figures_to_show, told_figures, value
from bot.render.view import View
from bot.texts import card as c
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Press
from plans.incident.releasing import public_instances
from plans.intake.with_plan import elsewhere
from plans.load import plan_facts
from plans.model import Within

AGO = (2, 5, 10)
"""Minutes by which a call's time may be set back with one press."""


@draws("worksheet")
def worksheet(view: View) -> Message:
    """Return the worksheet with buttons for the recipient to ring next, and one for each other that is owed."""
    head: list[Text | str] = [
        fill(c.SHEET_HEAD, title=naming.title(view)),
        fill(
            c.SHEET_SEAT,
            seat=written(view.seat, 20) or c.CARD_NOBODY,
            reported=at(view.incident.reported_at, view.now),
            occurred=occurred(view),
        ),
        *filter(None, [from_entry(view.incident), drills.own_clock(view)]),
        fill(c.SHEET_LEVELS, event=event_level(view), response=response_line(view)),
        *(figure(view, name) for name in figures_to_show(view)),
        *unsure_lines(view, words=True),
        *(view.warnings if view.incident.open else ()),
        *([unread] if (unread := unread_line(view)) else []),
        *meant_lines(view),
        *on_site.lines(view),
        *arrivals.sheet_lines(view),
        *aid.lines(view),
        *releasing.lines(view),
        *instructed.sheet_lines(view),
        *asking_back.sheet_lines(view),
        *possible(view),
        *_elsewhere(view),
        *cites.sheet_lines(view),
    ]
    owed = duties.duties_of_office(view)
    certain = [item for item in owed if not item.instance.possible]
    items = [joined(_item(view, number, item)) for number, item in enumerate(certain, 1)]
    maybe = [_maybe(view, item) for item in owed if item.instance.possible]
    others = [others_line(view, item) for item in duties.owed(view) if not item.instance.by_office]
    foot: list[Text | str] = []
    if age := oldest_untold(view):
        foot.append(fill(c.SHEET_OLDEST, time=age))
    calls = view.incident.calls
    if to_ring := [unit for unit in silent_units(view) if unit not in view.bound_units or calls[unit].step > 1]:
        foot.append(fill(c.SHEET_UNITS, names=duties.names(view, to_ring)))
    following = duties.next_call(view)
    if following is not None:
        foot.extend(number_lines(view, following[1]))
    blocks = [
        joined(head),
        *(items or [Text(c.SHEET_NONE)]),
        joined((fill(c.SHEET_MAYBE), *maybe)) if maybe else "",
        joined(others),
        joined(foot),
    ]
    release = [press("release_start", "release_start")] if public_instances(view.plan, view.incident) else []
    missing = [press("complete", "complete")] if view.incident.open and lacking(view) else []
    help_ = [press("aid", "aid")] if view.incident.state == "responding" else []
    over = [press("review", "review", keys.RECORD)] if view.incident.state == "ended" else []
    presses = (
        *filing_presses(view),
        *submitting.presses(view),
        *skipping.offers(view),
        *release,
        *missing,
        *help_,
        *arrivals.sheet_presses(view),
        *cites.offer(view),
        *over,
    )
    return framed(view, joined(blocks, "\n\n"), presses)


def _elsewhere(view: View) -> list[Text]:
    """Return which other plan the report's words may belong to, since this plan leaves it to that one."""
    return [
        fill(c.SHEET_ELSEWHERE, text=out.text, other=out.plan, citation=cite(out.clause))
        for out in elsewhere(view.plan, view.incident.text)
    ]


def numbered_keys(view: View) -> tuple[str, ...]:
    """Return the keys of the obligations in the order of the worksheet's numbers, the first being number 1."""
    return tuple(item.instance.key for item in duties.duties_of_office(view) if not item.instance.possible)


def _item(view: View, number: int, item: duties.Owed) -> list[Text | str]:
    instance = item.instance
    late = instance.due < view.now and not duties.is_immediate(item)
    lines: list[Text | str] = [
        fill(
            c.SHEET_ITEM_OVERDUE if late else c.SHEET_ITEM,
            ordinal=number,
            name=duties.name(item),
            due=duties.due(view, item),
            citation=duties.citation(item),
        )
    ]
    lines.extend(_recipients(view, item))
    lines.extend(skipping.lines(view, instance))
    lines.extend(submitting.sheet_lines(view, instance))
    lines.extend(_variations(view, item))
    if duties.is_task(item):
        lines.append(c.SHEET_TASK_HOW.format(name=duties.name(item)))
    return lines


def _variations(view: View, item: duties.Owed) -> list[Text]:
    """Return what would shorten the clock and how to say so, where it hangs on one yes or no that nobody gave."""
    facts = plan_facts(view.plan)
    variations: list[Text] = []
    for change in item.rule.changes if item.rule is not None else ():
        when = change.when
        if isinstance(when, Within) and when.values == (True,) and when.fact in facts and change.text:
            if value(view, when.fact) is None:
                name = facts[when.fact].label.partition("（")[0]
                variations.append(fill(c.SHEET_VARIATION, text=change.text, name=name))
    return variations


def _maybe(view: View, item: duties.Owed) -> Text:
    template = c.SHEET_ITEM_UNSURE if duties.is_unsure(item) else c.SHEET_ITEM_POSSIBLE
    return fill(
        template, name=duties.name(item), due=duties.due(view, item), citation=duties.citation(item, reading=False)
    )


def _recipients(view: View, item: duties.Owed) -> list[Text]:
    """Return the recipients: ticked with time and taker, or open; those of whom the same is to be said together."""
    lines: list[Text] = []
    groups: dict[str, list[str]] = {}
    for name in item.instance.to:
        if name in item.heard:
            lines.append(_ticked(view, item, name))
        else:
            groups.setdefault(_to_say(view, item, name) or name, []).append(name)
    for names in groups.values():
        lines.append(fill(c.SHEET_OPEN, names=duties.names(view, names), note=_to_say(view, item, names[0])))
    return lines


def _ticked(view: View, item: duties.Owed, recipient: str) -> Text:
    filing = item.filings.get(recipient)
    taker = c.SHEET_TAKER.format(taker=written(filing.taker, 16)) if filing is not None and filing.taker else ""
    time = at(item.heard[recipient], view.now)
    return fill(c.SHEET_TICKED, name=naming.unit_name(view, recipient), time=time, taker=taker)


def _to_say(view: View, item: duties.Owed, recipient: str) -> str:
    """Return in vain so often, and, where something was told before, what the recipient last heard."""
    missed, heard = "", ""
    if attempt := duties.vain(view, recipient, item.instance):
        count, outcome = attempt
        missed = c.SHEET_VAIN.format(outcome=outcome, times=c.SHEET_TIMES.format(count=count) if count > 1 else "")
    last = view.incident.last_filings().get(recipient)
    if item.instance.report == w.FIRST:
        return missed
    if last is not None:
        heard = c.SHEET_HEARD.format(figures=told_figures(view, last.figures), time=at(last.called_at, view.now))
    else:
        heard = c.SHEET_NOT_HEARD
    return missed + heard


def others_line(view: View, item: duties.Owed) -> Text:
    """Return a report or task that somebody else owes."""
    bearer = item.rule.bearer if item.rule is not None else ""
    if duties.is_task(item):
        return fill(
            c.SHEET_TASK,
            name=duties.name(item),
            bearer=naming.unit_name(view, bearer),
            due=duties.due(view, item),
            citation=duties.citation(item, reading=False),
        )
    return fill(
        c.SHEET_OTHERS,
        name=duties.name(item),
        bearer=naming.unit_name(view, bearer),
        to=duties.names(view, item.instance.to),
        citation=duties.citation(item, reading=False),
    )


def oldest_untold(view: View) -> str:
    """Return the age of the oldest change that somebody has not heard: since when a follow-up is open."""
    rules = {rule.id for rule in view.plan.obligations if rule.clock.from_ == "casualties_changed"}
    opened = [item.opened_at for item in view.incident.open_instances if item.rule in rules and not item.possible]
    return at(min(opened), view.now) if opened else ""


def number_lines(view: View, recipient: str) -> list[Text | str]:
    """Return whom to ring: the number to read, and alone on its line the one to tap."""
    return [fill(c.SHEET_NEXT, line=naming.recipient_line(view, recipient)), naming.tap_line(view, recipient)]


def recipient_presses(view: View, item: duties.Owed, recipient: str) -> list[Press]:
    """Return the buttons for one recipient of one obligation.

    「已报」 carries up to where the figures were known that stand above it: those were read out, not later ones.
    """
    instance = item.instance
    guard = keys.owed(instance.key, recipient)
    args = {"key": instance.key, "to": recipient}
    filed_args = args | {"shown": figures_shown(view)}
    return [
        press("file", "told", guard, **filed_args),
        press("ring_failed", "busy", guard, **args, outcome=w.ENGAGED),
        press("ring_failed", "no_answer", guard, **args, outcome=w.NO_ANSWER),
        press("request", "asks", keys.asked(instance.key, recipient), **args),
        *(press("file", "told_ago", guard, **filed_args, minutes=minutes) for minutes in AGO),
        press("script", "read_script", keys.obligation(instance.key), key=instance.key),
    ]


def figures_shown(view: View) -> int:
    """Return up to which number in the log figures are known that a message shows."""
    return view.incident.changed.get("facts", 0)


MOST_OTHERS = 24
"""Recipients with a button each; the next ones follow as these are ticked off, and all are named above."""


def filing_presses(view: View) -> list[Press]:
    """Return the worksheet's buttons: all for the next recipient, one for each other that is owed the same report."""
    following = duties.next_call(view)
    presses: list[Press] = []
    if following is not None:
        item, recipient = following
        presses.extend(recipient_presses(view, item, recipient))
        presses.extend(
            press(
                "file",
                "told_other",
                keys.owed(item.instance.key, other),
                key=item.instance.key,
                to=other,
                shown=figures_shown(view),
                name=naming.unit_name(view, other),
            )
            for other in [other for other in item.left if other != recipient][:MOST_OTHERS]
        )
    presses.extend(
        press("write", "write", keys.obligation(item.instance.key), key=item.instance.key)
        for item in duties.duties_of_office(view)[:3]
        if item.instance.channel == w.WRITTEN and not item.instance.possible
    )
    return presses
