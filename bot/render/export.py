"""The one-page record: due, done, late, who took it, which clause, what was corrected."""

from __future__ import annotations

from bot.render import naming
from bot.render import owed as o
from bot.render.card import event_level, state
from bot.render.framing import framed_plain
from bot.render.report import correction
from bot.render.text import written
from bot.render.times import at, full, span
from bot.render.values import figure, known_figures
from bot.render.view import View
from bot.texts import lists as x
from bot.texts import words as t
from plans.incident import Decision


def export(view: View, integrity: str = "") -> str:
    """Return the record as plain text.

    Args:
        view: the incident.
        integrity: what checking the log's chain found, in words (未发现改动).
    """
    incident, plan = view.incident, view.plan
    lines = [
        x.EXPORT_HEAD.format(title=naming.title(view)),
        x.EXPORT_PLAN.format(title=plan.title, document=plan.document, version=incident.plan_version or plan.version),
        x.EXPORT_TIMES.format(
            occurred=full(incident.occurred_at),
            reported=full(incident.reported_at),
            verified=full(incident.verified_at),
        ),
        x.EXPORT_LEVELS.format(event=event_level(view), state=state(view)),
        x.EXPORT_FIGURES.format(figures=t.SEMICOLON.join(figure(view, name) for name in known_figures(view))),
        *_section(x.EXPORT_DECISIONS, [_decision(view, item) for item in incident.decisions]),
        *_section(x.EXPORT_REPORTS, _reports(view)),
        *_section(x.EXPORT_UNITS, _units(view)),
        *_section(x.EXPORT_CORRECTIONS, _corrections(view)),
        *_section(x.EXPORT_READINGS, _readings(view)),
        x.EXPORT_INTEGRITY.format(line=integrity or x.EXPORT_INTEGRITY_OPEN),
        x.EXPORT_MADE.format(time=full(view.now)),
    ]
    return framed_plain(view, "\n".join(lines))


def _section(name: str, lines: list[str]) -> list[str]:
    return [x.EXPORT_SECTION.format(name=name), *(lines or [x.EXPORT_NONE])]


def _decision(view: View, item: Decision) -> str:
    oral = ""
    if item.oral:
        signed = x.EXPORT_SIGNED if item.signed else x.EXPORT_UNSIGNED
        oral = x.EXPORT_ORAL.format(recorded=written(item.recorded_by, 16) or t.NAME_UNKNOWN, signed=signed)
    return x.EXPORT_DECISION.format(
        time=at(item.spoken_at or item.at, view.now),
        role=naming.role(view.plan, item.role),
        name=written(item.spoken_by, 16),
        verb=t.DECISIONS[item.kind],
        oral=oral,
        level=x.EXPORT_DECISION_END if item.level is None else x.EXPORT_DECISION_LEVEL.format(level=item.level),
        reason=x.EXPORT_REASON.format(reason=written(item.reason, 120)) if item.reason else "",
    )


def _reports(view: View) -> list[str]:
    lines: list[str] = []
    instances = sorted(view.incident.instances.values(), key=lambda item: (item.due, item.key))
    shown = {item.instance.key: item for item in o.owed(view, tuple(view.incident.instances))}
    for number, instance in enumerate(instances, 1):
        item = shown[instance.key]
        status = instance.status_at(view.now)
        late = ""
        if status == "late" and instance.filed_at is not None:
            late = x.EXPORT_LATE.format(span=span(instance.filed_at - instance.due))
        elif status == "overdue":
            late = x.EXPORT_OVERDUE.format(span=span(view.now - instance.due))
        reason = t.SUPERSEDED.get(instance.reason, written(instance.reason, 80))
        lines.append(
            x.EXPORT_ROW.format(
                ordinal=number,
                name=o.name(item),
                due=t.IMMEDIATELY if o.is_immediate(item) else at(instance.due, view.now),
                citation=o.citation(item, reading=False),
                status=t.OBLIGATION_STATUS[status],
                late=late,
                reason=x.EXPORT_REASON.format(reason=reason) if reason else "",
            )
        )
        if instance.status in ("filed", "open") and not instance.possible:
            lines.extend(_told(view, item, name) for name in instance.to)
    return lines


def _told(view: View, item: o.Owed, recipient: str) -> str:
    name = naming.unit_name(view, recipient)
    if recipient not in item.heard:
        return x.EXPORT_NOT_TOLD.format(name=name)
    filing = o.filing_of(view, item, recipient)
    taker = written(filing.taker, 16) if filing is not None else ""
    late_entry = filing is not None and (filing.recorded_at - filing.called_at).total_seconds() >= 60
    return x.EXPORT_TOLD.format(
        name=name,
        time=at(item.heard[recipient], view.now),
        channel=filing.channel if filing is not None else "",
        taker=x.EXPORT_TAKER.format(taker=taker) if taker else "",
        recorded=x.EXPORT_RECORDED.format(time=at(filing.recorded_at, view.now))
        if filing is not None and late_entry
        else "",
    )


def _units(view: View) -> list[str]:
    lines = []
    for call in view.incident.calls.values():
        if not call.round:
            continue
        time = ""
        if call.answered_at is not None:
            time = x.EXPORT_UNIT_TIME.format(
                time=at(call.answered_at, view.now), span=span(call.answered_at - call.called_at)
            )
        notes = [t.BY_PHONE] if call.recorded else []
        if call.note:
            notes.append(written(call.note, 60))
        note = x.EXPORT_UNIT_NOTE.format(note=t.COMMA.join(notes)) if notes else ""
        name = naming.unit_name(view, call.unit)
        lines.append(x.EXPORT_UNIT.format(name=name, status=t.UNIT_STATUS[call.status], time=time, note=note))
    return lines


def _corrections(view: View) -> list[str]:
    lines = []
    for item in view.incident.corrections:
        shown = correction(view, item)
        lines.append(
            x.EXPORT_CORRECTION.format(
                ordinal=item.ordinal, time=at(item.at, view.now), text=shown, told=o.names(view, item.told) or t.NONE
            )
        )
    return lines


def _readings(view: View) -> list[str]:
    """Return the readings and local rules that this incident's clocks rest on."""
    rules = {rule.id: rule for rule in view.plan.obligations}
    used = list(dict.fromkeys(item.rule for item in view.incident.instances.values()))
    lines = []
    for name in used:
        rule = rules.get(name)
        if rule is not None and rule.reading is not None:
            lines.append(x.EXPORT_READING.format(clause=rule.clause, taken=rule.reading.taken))
        if rule is None or rule.local:
            report = rule.report if rule is not None else t.CORRECTION
            lines.append(x.EXPORT_LOCAL.format(name=report))
    return lines
