"""The after-action paper (总结评估), and the record (处置记录) on the same page.

What the log holds is laid out: course, clocks, answers, figures with sources and corrections, and what the plan demands
of the evaluation. What an official must find out for himself (why it happened, what is learnt, what is to be done
better) is left open under its heading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Picture, Table
from bot.render import aid, duties, naming, on_site
from bot.render.card import event_level, response_line, state
from bot.render.course.steps import course
from bot.render.export import further_filings, names_line, recipient_lines, record
from bot.render.form import informant, office
from bot.render.framing import framed
from bot.render.matrix import by_phone
from bot.render.message import Message
from bot.render.releasing import release_lines
from bot.render.report import correction
from bot.render.report_paper import about
from bot.render.report_sentences import to_fill
from bot.render.review_demands import demands, own_headings
from bot.render.text import fill, written
from bot.render.times import formal, full, on_day, span
from bot.render.values import amount, fact_of, figures_to_show, label
from bot.render.view import View
from bot.texts import export as e
from bot.texts import report_paper as p
from bot.texts import review as t
from bot.texts import words as w
from plans.incident.ending import Ended
from plans.incident.judging import LevelDetermined
from plans.incident.levels import Agreed, Declared
from plans.incident.proposals import OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed
from plans.incident.raising import RaisingJudged
from plans.incident.records import Instance
from plans.incident.rounds import Called, calls_of
from plans.incident.units import ANSWERS

LEVEL_EVENTS = (
    Agreed, Declared, Ended, LevelDetermined, OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed,
    RaisingJudged,
)  # fmt: skip


def review(
    view: View, *, pictures: tuple[Picture, ...] = (), warnings: tuple[str, ...] = (), integrity: str = ""
) -> Paper:
    """Return the after-action paper.

    Args:
        pictures: of the course. warnings: lines of those that were in force meanwhile.
        integrity: what the check of the log found, in words.
    """
    drill = view.incident.drill
    title = (*about(view), t.TITLE_DRILL if drill else t.TITLE)
    return Paper(
        title=title,
        blocks=tuple(_blocks(view, pictures, warnings)),
        signed_by=office(view),
        dated=view.now.astimezone(SHANGHAI).date(),
        note=_note(view, integrity),
        mark=w.DRILL if drill else "",
    )


def record_paper(view: View, integrity: str = "") -> Paper:
    """Return the record on the page of official papers: the same lines as the text."""
    drill = view.incident.drill
    blocks: list[Block] = []
    for section in record(view, integrity):
        if section.name:
            blocks.append(Heading(section.name))
        blocks.extend(map(Paragraph, _joined(section.lines) or [e.EXPORT_NONE]))
    return Paper(
        title=(*about(view), t.RECORD_TITLE_DRILL if drill else t.RECORD_TITLE),
        blocks=tuple(blocks),
        signed_by=office(view),
        dated=view.now.astimezone(SHANGHAI).date(),
        mark=w.DRILL if drill else "",
    )


def _joined(lines: Sequence[str]) -> list[str]:
    """Return the lines of the record, those below another one joined to it."""
    under = e.EXPORT_UNDER.partition("{")[0]
    found: list[str] = []
    for line in lines:
        if line.startswith(under) and found:
            found[-1] += w.SEMICOLON + line.removeprefix(under)
        else:
            found.append(line)
    return found


def review_message(view: View, *, without: bool = False) -> Message:
    """Return what is said beside the paper."""
    missing = t.WITHOUT_FILE.format(number=view.incident.number) if without else ""
    return framed(view, fill(t.MESSAGE, title=naming.title(view), **{"without": missing}))


def file_name(view: View, template: str) -> str:
    """Return what a paper is called as a file."""
    return template.format(number=naming.number(view))


def _note(view: View, integrity: str) -> str:
    line = t.INTEGRITY.format(line=integrity or e.EXPORT_INTEGRITY_OPEN)
    names = "".join(f"{one}{w.STOP}" for one in names_line(view))
    return names + t.NOTE.format(integrity=line, time=full(view.now))


def _blocks(view: View, pictures: tuple[Picture, ...], warnings: tuple[str, ...]) -> Iterator[Block]:
    yield Paragraph(t.LEAD)
    yield Heading(t.BASICS)
    yield Table(t.ITEMS, tuple(_basics(view)), (1, 4))
    steps = course(view)
    yield Heading(t.COURSE)
    yield from pictures
    yield _table(t.STEPS, [(on_day(step.at, view.now), step.words) for step in steps], (1, 4)) or _none()
    yield Heading(t.LEVELS)
    levels = [step for step in steps if step.event in LEVEL_EVENTS]
    yield _table(t.STEPS, [(on_day(step.at, view.now), step.words) for step in levels], (1, 4)) or _none()
    yield Heading(t.REPORTS)
    yield from reports_table(view)
    yield Heading(t.UNITS)
    yield from units_table(view)
    yield Heading(t.FIGURES)
    yield from _figures(view)
    beside = [*on_site.record(view), *aid.record(view), *release_lines(view)]
    if beside:
        yield Heading(t.BESIDE)
        yield from map(Paragraph, beside)
    yield Heading(t.WARNINGS)
    yield from map(Paragraph, warnings or (t.WARNINGS_NONE,))
    yield Heading(t.DEMANDS)
    yield from map(Paragraph, demands(view.plan) or [t.DEMANDS_NONE])
    for name in own_headings(view.plan):
        yield Heading(name)
        yield Paragraph(to_fill(t.OWN_WORDS.get(name, name)))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], shares: tuple[int, ...]) -> Table | None:
    return Table(head, tuple(rows), shares) if rows else None


def _none() -> Paragraph:
    return Paragraph(t.NOTHING)


def _basics(view: View) -> Iterator[tuple[str, str]]:
    incident, plan = view.incident, view.plan
    yield t.NUMBER, t.NUMBER_IS.format(year=incident.year, number=incident.number)
    version = incident.plan_version or plan.version
    yield t.PLAN, t.PLAN_IS.format(title=plan.title, document=plan.document, version=version)
    occurred = formal(incident.occurred_at)
    yield t.OCCURRED, t.ASSUMED.format(time=occurred) if incident.occurred_basis == "assumed" else occurred
    yield t.PLACE, written(incident.place or incident.unit, 80) or to_fill(p.PLACE)
    yield t.KIND, naming.class_name(view) or to_fill(p.NATURE)
    yield t.SOURCE, informant(view)
    yield t.REPORTED, formal(incident.reported_at)
    if incident.verified_at is not None:
        yield t.VERIFIED, formal(incident.verified_at)
    if incident.handled_at is not None:
        yield (
            t.HANDLED,
            formal(incident.handled_at)
            + w.COMMA
            + (naming.on_record(view, incident.handler_name, incident.handled_by) or w.NAME_UNKNOWN),
        )
    yield t.LEVEL, event_level(view)
    yield t.RESPONSE, response_line(view)
    if incident.ended_at is not None:
        yield t.ENDED, formal(incident.ended_at)
    if incident.closed_at is not None:
        yield t.CLOSED, formal(incident.closed_at)
    yield t.STATE, state(view)
    yield t.SEAT, naming.on_record(view, view.seat) or w.NAME_UNKNOWN


# --- what was owed


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


def _late(instance: Instance) -> str:
    return span(instance.filed_at - instance.due) if instance.filed_at is not None else ""


# --- units


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


# --- figures


def _figures(view: View) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for name in figures_to_show(view):
        for claim in view.incident.claims.get(name, ()):
            value = amount(claim.value, fact_of(view, name))
            rows.append(
                (
                    label(view, name),
                    value if claim.confirmed else t.FIGURES_NOT_SURE.format(value=value),
                    naming.source(view, claim.source),
                    on_day(claim.at, view.now),
                )
            )
    yield _table(t.FIGURES_HEAD, rows, (3, 4, 3, 3)) or Paragraph(t.FIGURES_NONE)
    for item in view.incident.corrections:
        yield Paragraph(
            t.CORRECTION.format(
                ordinal=item.ordinal,
                time=on_day(item.at, view.now),
                text=correction(view, item),
                told=duties.names(view, item.told) or w.NONE,
            )
        )
    if not view.incident.corrections:
        yield Paragraph(t.CORRECTIONS_NONE)
