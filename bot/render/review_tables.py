"""Tables of the papers: what was reported to whom and when, which units were called and what they answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.paper import Block, Paragraph, Table
from bot.render import duties, naming
from bot.render.matrix import by_phone
from bot.render.reports_told import further_filings, recipient_lines
from bot.render.text import written
from bot.render.times import on_day, span
from bot.render.view import View
from bot.texts import export as e
from bot.texts import review as t
from bot.texts import words as w
from plans.incident.records import Instance
from plans.incident.rounds import Called, calls_of
from plans.incident.units import ANSWERS


def table_of(head: tuple[str, ...], rows: list[tuple[str, ...]], shares: tuple[int, ...]) -> Table | None:
    """Return a table of a paper; None where it has no rows."""
    return Table(head, tuple(rows), shares) if rows else None


def none_said() -> Paragraph:
    """Return that there was nothing."""
    return Paragraph(t.NOTHING)


def reports_table(view: View) -> Iterator[Block]:
    """Yield what was to be reported, to whom it was told when, and what came of it."""
    items = [
        item
        for item in duties.owed(view, tuple(view.incident.instances))
        if not (item.instance.possible and item.instance.status == "superseded")
    ]
    items.sort(key=lambda item: (item.instance.due, item.instance.key))
    if not items:
        yield Paragraph(t.REPORTS_NONE)
        return
    own = [item for item in items if item.instance.by_office]
    counts = Counter(_sort(view, item) for item in own)
    parts = [t.REPORTS_PART.format(name=name, count=counts[name]) for name in t.REPORTS_ORDER if counts[name]]
    text = t.REPORTS_SUM.format(all=len(own), parts=w.COMMA.join(parts)) if own else ""
    if others := len(items) - len(own):
        text += t.REPORTS_OTHERS.format(count=others)
    yield Paragraph(text)
    further, beside = further_filings(view, items)
    rows = []
    for number, item in enumerate(items, 1):
        told = _together(
            view, {name: recipient_lines(view, item, name, further.get((item.instance.key, name), []), on_day)
                   for name in item.instance.to}
        )  # fmt: skip
        due = w.IMMEDIATELY if duties.is_immediate(item) else on_day(item.instance.due, view.now)
        rows.append((str(number), _named(view, item), due, "\n".join(told) or t.NOBODY, _result(view, item)))
    yield Table(t.REPORTS_HEAD, tuple(rows), (10, 36, 22, 60, 28))
    if beside:
        yield Paragraph(e.EXPORT_BESIDE)
        for filing in beside:
            time = on_day(filing.called_at, view.now)
            line = f"{naming.unit_name(view, filing.recipient)} {time} {filing.channel}"
            yield Paragraph(e.EXPORT_BESIDE_LINE.format(report=filing.report, told=line).strip())


def _together(view: View, told: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines of all recipients; those of whom the same is to be said share one."""
    groups: dict[str, list[str]] = {}
    for recipient, lines in told.items():
        name = naming.unit_name(view, recipient)
        for line in lines:
            groups.setdefault(line.removeprefix(name).strip(), []).append(name)
    return [t.TOGETHER.format(names=w.LIST.join(names), words=words) for words, names in groups.items()]


def _named(view: View, item: duties.Owed) -> str:
    bearer = ""
    if not item.instance.by_office and item.rule is not None:
        words = t.BEARER_TASK if duties.is_task(item) else t.BEARER
        bearer = words.format(name=naming.unit_name(view, item.rule.bearer))
    return t.NAMED.format(name=duties.name(item), bearer=bearer, citation=duties.citation(item, reading=False))


def _sort(view: View, item: duties.Owed) -> str:
    """Return which of the sorts that are counted a report is."""
    status = item.instance.status_at(view.now)
    order = dict(zip(("filed", "late", "overdue", "pending", "waived", "superseded", "possible"), t.REPORTS_ORDER,
                     strict=True))  # fmt: skip
    if status == "overdue" and duties.is_immediate(item):
        return order["pending"]
    return order[status]


def _late(instance: Instance) -> str:
    return span(instance.filed_at - instance.due) if instance.filed_at is not None else ""


def units_table(view: View) -> Iterator[Block]:
    """Yield which units were called when, when they answered, and which never did."""
    calls = calls_of(view.incident)
    asked = [call for call in calls if call.round]
    arrived = _status(3)
    if not calls:
        yield Paragraph(t.UNITS_NONE)
        return
    answered = [call for call in asked if call.answers]
    text = t.UNITS_SUM.format(
        all=len({call.unit for call in asked}),
        answered=len({call.unit for call in answered}),
        arrived=len({call.unit for call in asked if any(item.status == arrived for item in call.answers)}),
        silent=len({call.unit for call in asked} - {call.unit for call in answered}),
    )
    if informed := sum(not call.round for call in view.incident.calls.values() if not call.involved):
        text += t.UNITS_INFORMED.format(count=informed)
    yield Paragraph(text)
    several = len({call.round for call in asked}) > 1
    rows = [(naming.unit_name(view, call.unit), _called(view, call, several=several), *_answers(view, call))
            for call in calls if call.answers or call.rings]  # fmt: skip
    if rows:
        yield Table(t.UNITS_HEAD, tuple(rows), (36, 23, 23, 23, 23, 28))
    for number in dict.fromkeys(call.round for call in asked):
        silent = [call for call in asked if call.round == number and not call.answers and not call.rings]
        if silent:
            turn = t.UNITS_ROUND.format(round=number) if several else ""
            names = duties.names(view, [call.unit for call in silent])
            yield Paragraph(
                t.UNITS_SILENT.format(turn=turn, time=on_day(silent[0].at, view.now), count=len(silent), names=names)
            )


def _status(progress: int) -> str:
    return next(answer.id for answer in ANSWERS.values() if answer.progress == progress)


def _called(view: View, call: Called, *, several: bool) -> str:
    if not call.round:
        return t.UNITS_UNASKED
    turn = t.UNITS_ROUND.format(round=call.round) if several else ""
    return turn + on_day(call.at, view.now)


def _answers(view: View, call: Called) -> tuple[str, str, str, str]:
    """Return when it acknowledged, set out and arrived, and what else is to be said."""
    first: dict[str, str] = {}
    notes: list[str] = []
    for item in call.answers:
        first.setdefault(item.status, on_day(item.at, view.now))
        if ANSWERS[item.status].needs_substitute:
            notes.append(item.status + w.CITE.format(inside=on_day(item.at, view.now)))
        if item.recorded and by_phone(item.voice) not in notes:
            notes.append(by_phone(item.voice))
        if item.note:
            notes.append(written(item.note, 60))
    notes += [on_day(moment, view.now) + outcome for moment, outcome in call.rings]
    if not call.answers:
        notes.insert(0, t.SILENT)
    times = [first.get(_status(progress), "") for progress in (1, 2, 3)]
    return times[0], times[1], times[2], w.SEMICOLON.join(notes)


def _result(view: View, item: duties.Owed) -> str:
    """Return what came of a report: in time, late by how much, waived for what reason."""
    instance = item.instance
    status = instance.status_at(view.now)
    immediate = duties.is_immediate(item)
    why = w.SUPERSEDED.get(instance.reason, written(instance.reason, 80))
    reason = t.WHY.format(reason=why) if why else ""
    if not instance.by_office and instance.status == "open":
        return t.UNNOTED
    match status:
        case "filed":
            return t.AT_ONCE_DONE if immediate else t.IN_TIME
        case "late":
            return t.LATE.format(span=_late(instance))
        case "overdue":
            return t.OPEN if immediate else t.OVERDUE.format(span=span(view.now - instance.due))
        case "waived":
            return t.WAIVED + reason
        case "superseded":
            return t.GONE + reason
        case "possible":
            return t.POSSIBLE
    return t.OPEN
