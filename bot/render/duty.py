"""Duties in words: the week's message, what is asked for, what is sent back, the page of one bearer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.render import naming, rules
from bot.render.cases import CaseView, framed_case, labels_of, words_of
from bot.render.catalogue import LABELS
from bot.render.citing import references_at
from bot.render.labels import press
from bot.render.message import Message
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, day
from bot.texts import duty as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.duty.case import duties_of, duty_of
from plans.duty.chasing import MOST_LISTED
from plans.duty.settling import duty_key
from plans.duty.state import KIND, DutyBook, Instance

MOST_WORDS = 40
"""Characters of a duty in a line."""

_MOMENT = timedelta(seconds=1)


def book_of(view: CaseView) -> DutyBook:
    """Return the book; an error for a case of another kind."""
    if not isinstance(view.case, DutyBook):
        raise TypeError(f"{view.case.stream} is no book of duties")
    return view.case


def title(view: CaseView) -> str:
    """Return whose book it is."""
    book = book_of(view)
    if book.bearer_kind == "role":
        return naming.role(view.plan, book.bearer)
    return written(view.names.get(book.bearer, "") or book.title, 24)


def words_of_duty(view: CaseView, name: str) -> str:
    """Return what a duty asks for; a duty that the plan has no more by its id."""
    duty = duty_of(view.plan, name)
    return written(duty.text, MOST_WORDS) if duty is not None else name


def clause_of(view: CaseView, name: str) -> str:
    """Return a duty's clause, to stand behind other words in brackets."""
    duty = duty_of(view.plan, name)
    return t.CLAUSE.format(clause=duty.clause) if duty is not None and duty.clause else ""


def period_of(instance: Instance) -> str:
    """Return the period as people call it."""
    return rules.period(instance.first, instance.last, instance.name)


def line(view: CaseView, number: int, instance: Instance) -> str:
    """Return a duty in a period with its number, its end, and what is handed in."""
    duty = duty_of(view.plan, instance.duty)
    last = day(instance.due - _MOMENT, view.now)
    when = (t.WHEN_PAST if instance.due <= view.now else t.WHEN_DUE).format(day=last)
    when += t.WANTED[duty.evidence if duty is not None else "none"]
    if instance.returned_at is not None:
        when += t.RETURNED.format(reason=written(instance.returned, 30))
    if instance.objected:
        when += t.OBJECTED_LINE
    return t.LINE.format(
        number=number, text=words_of_duty(view, instance.duty), when=when, clause=clause_of(view, instance.duty),
    )  # fmt: skip


def _lines(view: CaseView, keys: Sequence[str], start: int = 1) -> str:
    found = [(number, book_of(view).of(key)) for number, key in enumerate(keys, start)]
    return "\n".join(line(view, number, instance) for number, instance in found if instance is not None)


def _keys(notice: Notice, name: str) -> tuple[str, ...]:
    return tuple(notice.params.get(name, ()))


def _digest(notice: Notice, view: CaseView) -> Text:
    overdue, due, daily = _keys(notice, "overdue"), _keys(notice, "due"), _keys(notice, "daily")
    return fill(
        t.DIGEST, title=title(view),
        overdue=fill(t.OVERDUE, count=len(overdue), lines=_lines(view, overdue)) if overdue else "",
        due=fill(t.DUE, count=len(due), lines=_lines(view, due, len(overdue) + 1)) if due else "",
        daily=t.DAILY.format(names=w.LIST.join(words_of_duty(view, name) for name in daily)) if daily else "",
    )  # fmt: skip


def _end(notice: Notice, view: CaseView) -> Text:
    return fill(t.END, title=title(view), lines=_lines(view, _keys(notice, "due")))


def _daily(notice: Notice, view: CaseView) -> Text:
    return fill(t.DAILY_ASKED, title=title(view), lines=_lines(view, _keys(notice, "due")))


def _head(notice: Notice, view: CaseView) -> Text:
    overdue = _keys(notice, "overdue")
    return fill(t.HEAD, title=title(view), count=len(overdue), lines=_lines(view, overdue))


def _returned(notice: Notice, view: CaseView) -> Text:
    instance = book_of(view).of(str(notice.params["key"]))
    text = words_of_duty(view, instance.duty) if instance is not None else ""
    period = period_of(instance) if instance is not None else ""
    return fill(t.RETURN, text=text, period=period, reason=written(str(notice.params["reason"]), 120))


def _adopted(notice: Notice, view: CaseView) -> Text:
    changed = w.LIST.join(words_of_duty(view, name) for name in _keys(notice, "changed")) or w.NONE
    ended = w.LIST.join(words_of_duty(view, name) for name in _keys(notice, "ended"))
    return joined(
        (fill(t.ADOPTED, title=title(view), changed=changed), t.ADOPTED_ENDED.format(ended=ended) if ended else "")
    )


def _recorded(notice: Notice, view: CaseView) -> Text:
    instance = book_of(view).of(str(notice.params["key"]))
    if instance is None or instance.told is None:
        return Text(str(notice.params["key"]))
    return fill(
        t.RECORDED, title=title(view), text=words_of_duty(view, instance.duty), period=period_of(instance),
        told=told_line(view, instance), words=_told_words(instance), status=t.STATUS[instance.status(view.now)],
    )  # fmt: skip


def _told_words(instance: Instance) -> str:
    words = instance.text or instance.reason
    return t.TOLD_WORDS.format(words=written(words, 120)) if words else ""


def told_line(view: CaseView, instance: Instance) -> str:
    """Return who said it on the telephone and when, who recorded it, and whether it was signed; perhaps nothing."""
    told = instance.told
    if told is None:
        return ""
    return t.TOLD.format(
        name=written(told.spoken_by, 20), time=at(told.at, view.now), recorder=written(told.recorded_by, 20),
        signed=t.TOLD_SIGNED if told.signed else t.TOLD_UNSIGNED,
    )  # fmt: skip


def _objected(notice: Notice, view: CaseView) -> Text:
    instance = book_of(view).of(str(notice.params["key"]))
    return fill(
        t.OBJECTED, title=title(view), text=words_of_duty(view, instance.duty) if instance is not None else "",
        period=period_of(instance) if instance is not None else "", name=written(str(notice.params["name"]), 20),
        spoken_by=written(str(notice.params["spoken_by"]), 20),
    )  # fmt: skip


_WORDS = {
    "duty_recorded": _recorded,
    "duty_objected": _objected,
    "duty_digest": _digest,
    "duty_end": _end,
    "duty_daily": _daily,
    "duty_head": _head,
    "duty_returned": _returned,
    "duty_plan_adopted": _adopted,
}


def settled_line(view: CaseView, key: str) -> str:
    """Return what was said of a duty in a period, in one line."""
    instance = book_of(view).of(key)
    if instance is None:
        return key
    return t.SETTLED.format(
        text=words_of_duty(view, instance.duty), period=period_of(instance),
        status=t.STATUS[instance.status(view.now)],
    )  # fmt: skip


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return the text of a notice about duties; raise KeyError for one without words."""
    return _WORDS[notice.key](notice, view)


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    args = {"number": "", **item.args}
    if "duty" in args:
        args["name"] = words_of_duty(view, str(args["duty"]))[:8]
    return LABELS[item.label].format(**args).strip()


def waiting_now(view: CaseView) -> list[Instance]:
    """Return what a bearer has to do in the order of its numbers; what is ticked day by day is not numbered."""
    waiting = book_of(view).waiting()
    return [item for item in waiting if item.begins <= view.now and item.first != item.last][:MOST_LISTED]


def lines_waiting(view: CaseView) -> str:
    """Return what a bearer has to do, a numbered line each."""
    return "\n".join(line(view, number, item) for number, item in enumerate(waiting_now(view), 1))


def page(view: CaseView) -> Message:
    """Return what one bearer has to do, each with its button, and what it does all the time."""
    book = book_of(view)
    waiting = waiting_now(view)
    lines = [line(view, number, item) for number, item in enumerate(waiting, 1)]
    standing = [
        written(duty.text, MOST_WORDS)
        for duty in duties_of(view.plan, book.bearer_kind, book.bearer, book.kinds)
        if duty.every is None
    ]
    text = joined(
        (
            fill(t.PAGE_HEAD, title=title(view), year=book.year), "\n".join(lines) or t.PAGE_NONE,
            t.PAGE_STANDING.format(lines="\n".join(standing)) if standing else "",
            *references_at(view.plan, [duty for item in waiting if (duty := duty_of(view.plan, item.duty))]),
        )
    )  # fmt: skip
    presses = []
    for number, item in enumerate(waiting, 1):
        presses.append(press("duty_done", "duty_done", duty_key(item.key), key=item.key, number=number))
        presses.append(
            press("duty_not_applicable", "duty_not_applicable", duty_key(item.key), key=item.key, number=number)
        )
    return framed_case(view, text, presses)


def needs(view: CaseView, instance: Instance) -> Message:
    """Say what is to be handed in, and how; it may be noted as done without."""
    duty = duty_of(view.plan, instance.duty)
    evidence = duty.evidence if duty is not None else "none"
    wanted = t.WANTED[evidence].lstrip(w.COMMA).removeprefix(t.HAND_IN)
    send = t.SEND_WORDS if evidence == "text" else t.SEND
    presses = [press("duty_sure", "duty_sure", duty_key(instance.key), key=instance.key)]
    reason = written(instance.returned, 30)
    text = fill(
        t.NEEDS, text=words_of_duty(view, instance.duty), evidence=wanted, send=send,
        before=t.NEEDS_AFTER.format(reason=reason) if instance.returned_at is not None else "",
    )  # fmt: skip
    return framed_case(view, text, presses)


def settled(view: CaseView, instance: Instance) -> Message:
    """Say what is recorded of it, with the button that takes it back."""
    presses = [press("duty_reopen", "duty_reopen", duty_key(instance.key), key=instance.key)]
    text = fill(
        t.SETTLED_ALREADY, text=words_of_duty(view, instance.duty), period=period_of(instance),
        status=t.STATUS[instance.status(view.now)], by=written(instance.by, 20) or w.UNSTATED,
        time=at(instance.at, view.now) if instance.at is not None else "",
    )  # fmt: skip
    return framed_case(view, text, presses)


def why_not(view: CaseView, instance: Instance) -> Message:
    """Ask why it does not apply this time."""
    presses = [
        press("duty_not", "duty_reason", duty_key(instance.key), key=instance.key, reason=reason)
        for reason in t.REASONS
    ]
    return framed_case(view, fill(t.WHY_NOT, text=words_of_duty(view, instance.duty)), presses)
