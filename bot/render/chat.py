"""Conversation: confirmations, pop-ups, which incident is meant, who spoke."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from bot.render import naming
from bot.render.catalogue import MESSAGES, POPUPS, WHAT
from bot.render.framing import framed
from bot.render.labels import LONGEST, SHARED, press, stamped
from bot.render.message import Key, Message
from bot.render.text import joined, quote, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import chat as chat_texts
from bot.texts import closing as closing_texts
from bot.texts import delivery as delivery_texts
from bot.texts import evidence as evidence_texts
from bot.texts import filing as filing_texts
from bot.texts import oral as oral_texts
from bot.texts import plan_choice as plan_choice_texts
from bot.texts import proposals as proposals_texts
from bot.texts import reporting as reporting_texts
from bot.texts import seat as seat_texts
from bot.texts.evidence import KIND_OTHER as EVIDENCE_OTHER
from bot.texts.evidence import KINDS as EVIDENCE
from bot.texts.words import DRILL, LIST, NUMBER, STATES
from plans.incident import Incident
from plans.model import Plan

MOST_KINDS = 16
"""Kinds of event that are offered as keys; a plan with more asks for a sentence alone."""

MOST_SAID, MOST_PASSED = 800, 3000
"""Characters of a message that did not arrive which the seat reads, and those who must know."""

MOST = 8
"""Other incidents named on a worksheet."""


class Line(Protocol):
    """What is shown of an incident in a list."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def drill(self) -> bool: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def reported_at(self) -> datetime: ...  # noqa: D102


def text_message(key: str, /, *, drill: bool = False, **values: Any) -> Message:
    """Return a fixed text; in a drill it begins and ends with the mark."""
    text = MESSAGES[key].format(**values)
    return Message(f"{DRILL}{text}\n{DRILL}" if drill else text, mark=DRILL if drill else "")


def report_form(message: Message, plan: Plan | None) -> Message:
    """Return how to report, with a key for each kind of event that the plan knows, where those are not too many."""
    if plan is None or len(plan.classes) > MOST_KINDS:
        return message
    keys = [
        Key(_cut(item.name), press("report_kind", "report_kind", "report", plan=plan.id, kind=item.id))
        for item in plan.classes
    ]
    rows: list[tuple[Key, ...]] = []
    for key in keys:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHARED and len(key.label) <= SHARED:
            rows[-1] = (*rows[-1], key)
        else:
            rows.append((key,))
    return replace(message, text=f"{message.text}\n{reporting_texts.REPORT_KINDS}", rows=tuple(rows))


def where_is_it(message: Message, places: Sequence[str], said: object) -> Message:
    """Return the question where it is, with a key for each jurisdiction.

    Args:
        said: id of the first message that is kept meanwhile.
    """
    keys = [
        Key(_cut(name), press("report_where", "report_where", "report", jurisdiction=name, message=said))
        for name in places
    ]
    return replace(message, rows=tuple((key,) for key in keys))


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def popup_text(key: str, /, **values: Any) -> str:
    """Return a pop-up's text."""
    return POPUPS[key].format(**values)


def sure_message(words: str, incident: Incident, again: Mapping[str, Any]) -> Message:
    """Return a refusal that only wants a second word, with the button for it.

    Args:
        again: arguments of the statement that is made once more.
    """
    key = Key(popup_text("sure"), stamped(press("sure", "confirm", "facts", **again), incident))
    return Message(words, rows=((key,),))


def which_incident(rows: Iterable[Line], number: int | None = None, now: datetime | None = None) -> Message:
    """Return the list of incidents that may be meant, or that there is none."""
    found = list(rows)
    if number is not None:
        return Message(chat_texts.WHICH_NO_SUCH.format(number=number))
    if not found:
        return Message(chat_texts.WHICH_NONE)
    lines = [
        (chat_texts.WHICH_DRILL if row.drill else chat_texts.WHICH_LINE).format(
            number=row.number, state=STATES[row.state], time=at(row.reported_at, now or row.reported_at)
        )
        for row in found[:20]
    ]
    return Message("\n".join([chat_texts.WHICH_HEAD.format(count=len(found)), *lines]))


def other_incidents(message: Message, others: Sequence[tuple[int, bool]], count: int | None = None) -> Message:
    """Return a worksheet with a last line that names the other open incidents: (number, whether a drill) each.

    Args:
        count: how many there are, where only the newest are given.
    """
    count = len(others) if count is None else count
    if not others:
        return message
    shown = LIST.join(
        (chat_texts.DRILL_NUMBER if drill else NUMBER).format(number=number) for number, drill in others[-MOST:]
    )
    line = chat_texts.OTHERS_OPEN.format(
        numbers=shown, more=chat_texts.OTHERS_MORE.format(count=count) if count > MOST else ""
    )
    body, mark = message.text, message.mark
    if mark and body.endswith(f"\n{mark}"):
        return replace(message, text=f"{body.removesuffix(mark)}{line}\n{mark}")
    return replace(message, text=f"{body}\n{line}")


def other_plan(view: View) -> Message:
    """Return what stands where the card was, in a group whose plan the incident does not fall under any more."""
    return framed(
        view,
        plan_choice_texts.OTHER_PLAN.format(number=naming.number(view), plan=naming.short_title(view.plan.title, view)),
    )


def handed_over(view: View, *, lost: bool = False) -> Message:
    """Return what stands where the worksheet was, for whoever does not sit on the seat any more.

    Args:
        lost: he did not hand it over but lost the office: the record still names him.
    """
    name = "" if lost else written(view.seat, 16)
    text = seat_texts.HANDED_OVER.format(number=view.incident.number, name=name, time=at(view.now, view.now))
    return framed(view, text if name else seat_texts.HANDED_OVER_SOMEBODY.format(number=view.incident.number))


def undeliverable(
    view: View, *, notice: str, who: str, unit: str, phone: str, uncertain: bool = False, said: str = ""
) -> Message:
    """Tell the duty seat what did not reach whom, the number to ring instead, and what is to be said.

    Args:
        notice: key of the message.
        uncertain: it may have arrived; nobody knows.
        said: the words that did not arrive; none where others than the seat would read them.
    """
    what = WHAT.get(notice, delivery_texts.WHAT_OTHER)
    to = "".join(part for part in (unit, written(who, 16)) if part) or delivery_texts.SOMEBODY
    text = (delivery_texts.UNCERTAIN if uncertain else delivery_texts.UNDELIVERABLE).format(
        number=view.incident.number, to=to, what=what
    )
    if view.incident.drill:
        phone = ""
    text += delivery_texts.RING_INSTEAD.format(phone=phone) if phone else delivery_texts.RING_SOMEHOW
    words = _ours(said, MOST_SAID)
    return framed(view, joined((text, quote(delivery_texts.WHAT_IT_SAID.format(text=words)))) if words else text)


def _ours(said: str, most: int) -> str:
    """Return words of ours, which are clean already, for a quotation within a framed message."""
    words = said.replace(DRILL, "").strip()
    return words if len(words) <= most else f"{words[: most - 1]}…"


def passed_on(view: View, said: str) -> Message:
    """Return what the command group was to read, for one of those who must know."""
    return framed(view, joined((delivery_texts.PASSED_ON, quote(_ours(said, MOST_PASSED)))))


def topics_refused(view: View, title: str) -> Message:
    """Tell the seat why an incident has no topic of its own in a group."""
    return framed(view, delivery_texts.TOPICS_REFUSED.format(number=view.incident.number, title=written(title, 24)))


def media_caption(view: View, kind: str, who: str) -> str:
    """Return what stands under a photo, voice message or file that the duty seat gets."""
    text = evidence_texts.CAPTION.format(
        number=view.incident.number,
        kind=EVIDENCE.get(kind, EVIDENCE_OTHER),
        time=at(view.now, view.now),
        who=written(who, 16) or delivery_texts.SOMEBODY,
    )
    return framed(view, text).text


def absent(since: datetime, until: datetime, count: int, opened: int) -> Message:
    """Tell the duty seat how long the program was away and what it says late.

    Args:
        count: reminders and calls that were written late.
        opened: incidents that are open now.
    """
    start = at(since, until)
    text = (
        delivery_texts.ABSENT.format(since=start, until=at(until, until), count=count)
        if count
        else delivery_texts.ABSENT_NOTHING.format(since=start, until=at(until, until))
    )
    return Message(text + (delivery_texts.ABSENT_OPEN.format(count=opened) if opened else ""))


def decline_again(view: View, level: str, guard: str) -> Message:
    """Ask anew whether a level is not to be started, with both buttons of the proposal."""
    presses = (
        press("decline", "not_now", guard, level=level),
        press("declare_preview", "start_level", guard, level=level),
    )
    return framed(view, proposals_texts.DECLINE_AGAIN.format(number=view.incident.number, level=level), presses)


def when_told(view: View, guard: str, told: Mapping[str, Any], times: Sequence[datetime]) -> Message:
    """Ask when a recipient was told, of whom it was noted while the program was away: lateness counts by the call.

    Args:
        guard: what was pressed acts on. told: its arguments.
        times: of the call that are offered; none before the report.
    """
    first = view.incident.reported_at
    kept = [time for time in times if first is None or time + view.incident.offset >= first] or list(times[:1])
    args = {name: value for name, value in told.items() if name not in ("minutes", "name")}
    presses = [
        press("file", "told_at", guard, **args, time=at(moment, view.now), called_at=moment.isoformat())
        for moment in (time + view.incident.offset for time in kept)
    ]
    name = naming.unit_name(view, str(told.get("to", "")))
    return framed(view, filing_texts.WHEN_TOLD.format(number=view.incident.number, name=name), presses)


def many_to_reject(
    view: View, name: str, titles: Sequence[str], cases: dict[str, int], rest: Sequence[str], anchor: str
) -> Message:
    """Show which reports are to be 不属实 together, with the button that confirms this list and no other.

    Args:
        titles: of the reports shown. cases: their logs, each with the revision of what was known of it.
        rest: the logs of further ones, for the next list.
        anchor: the log that the button belongs to.
    """
    head = closing_texts.REJECT_MANY.format(count=len(titles), name=name)
    foot = closing_texts.REJECT_MANY_MORE.format(count=len(rest)) if rest else closing_texts.REJECT_MANY_ALL
    args = {"cases": cases, "rest": list(rest), "name": name, "count": len(titles)}
    key = Key(
        closing_texts.REJECT_MANY_KEY.format(count=len(titles)),
        stamped(press("reject_all", "reject_all", "report", **args), view.incident), anchor,
    )  # fmt: skip
    return replace(framed(view, "\n".join([head, *titles, foot])), rows=((key,),))


def oral_who(view: View, level: str, decides: str = "declare") -> Message:
    """Ask who spoke: one button for each role that may decide this."""
    response = next((item for item in view.plan.responses if item.level == level), None)
    roles = response.declared_by if response is not None and decides != "end" else tuple(view.plan.roles)
    what = oral_texts.ORAL_END if decides == "end" else oral_texts.ORAL_START.format(level=level)
    rows = tuple(
        (
            Key(
                view.plan.roles[role].title,
                press("oral_preview", "oral", "incident", of=role, level=level, decides=decides),
            ),
        )
        for role in roles
    )
    message = framed(view, oral_texts.ORAL_WHO.format(number=view.incident.number, what=what))
    return Message(message.text, message.entities, rows, message.mark)
