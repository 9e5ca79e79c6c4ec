"""The one-page record: due, done, late, who took it, which clause, what was corrected."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import aid, duties, naming, on_site, skipping, submitting
from bot.render.card import event_level, state
from bot.render.delegating import acting
from bot.render.framing import framed_plain
from bot.render.matrix import by_phone
from bot.render.oral import decided
from bot.render.preview import assessed, end_conditions
from bot.render.releasing import release_lines
from bot.render.report import correction
from bot.render.reports_told import further_filings, recipient_lines, report_row, told_to
from bot.render.text import written
from bot.render.times import at, full, span
from bot.render.unsure import unsure_lines
from bot.render.values import figure, figures_to_show
from bot.render.view import View
from bot.texts import aid as aid_texts
from bot.texts import evidence as evidence_texts
from bot.texts import export as t
from bot.texts import on_site as site
from bot.texts import skipping as skips
from bot.texts import submitting as up
from bot.texts import words as w
from plans.incident.records_decided import Decision
from plans.incident.rounds import Called, GivenAnswer, calls_of
from plans.obligations.rules import rules_of


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record under its name; the first and the last have none."""

    name: str
    lines: list[str]


def export(view: View, integrity: str = "") -> str:
    """Return the record as plain text.

    Args:
        view: the incident.
        integrity: what checking the log's chain found, in words (未发现改动).
    """
    lines = [record_title(view)]
    for section in record(view, integrity):
        if section.name:
            lines.append(t.EXPORT_SECTION.format(name=section.name))
        lines.extend(section.lines or [t.EXPORT_NONE])
    return framed_plain(view, "\n".join(lines))


def record_title(view: View) -> str:
    """Return what the record is headed."""
    return t.EXPORT_HEAD.format(title=naming.title(view))


def record(view: View, integrity: str = "") -> list[Section]:
    """Return the record, part by part."""
    incident, plan = view.incident, view.plan
    head = [
        t.EXPORT_PLAN.format(title=plan.title, document=plan.document, version=incident.plan_version or plan.version),
        t.EXPORT_TIMES.format(
            occurred=full(incident.occurred_at),
            reported=full(incident.reported_at),
            verified=full(incident.verified_at),
        ),
        t.EXPORT_LEVELS.format(event=event_level(view), state=state(view)),
        t.EXPORT_FIGURES.format(figures=w.SEMICOLON.join(figure(view, name) for name in figures_to_show(view))),
        *unsure_lines(view),
    ]
    foot = [
        t.EXPORT_INTEGRITY.format(line=integrity or t.EXPORT_INTEGRITY_OPEN),
        *names_line(view),
        t.EXPORT_MADE.format(time=full(view.now)),
    ]
    always = {t.EXPORT_DECISIONS, t.EXPORT_REPORTS, t.EXPORT_UNITS, t.EXPORT_CORRECTIONS, t.EXPORT_READINGS}
    ended = incident.ended_at is not None and bool(incident.response_level)
    parts = [
        Section(t.EXPORT_DECISIONS, [_decision(view, item) for item in incident.decisions]),
        Section(site.SECTION, on_site.record(view)),
        Section(aid_texts.SECTION, aid.record(view)),
        Section(t.EXPORT_REPORTS, _reports(view)),
        Section(skips.SECTION, skipping.record(view)),
        Section(up.SECTION, submitting.record(view)),
        *([Section(t.EXPORT_END, _end(view))] if ended else []),
        Section(t.EXPORT_RELEASES, release_lines(view)),
        Section(t.EXPORT_UNITS, _units(view)),
        Section(t.EXPORT_CORRECTIONS, _corrections(view)),
        Section(t.EXPORT_MATERIAL, _evidence(view)),
        Section(t.EXPORT_READINGS, _readings(view)),
    ]
    shown = [part for part in parts if part.lines or part.name in always or part.name == t.EXPORT_END]
    return [Section("", head), *shown, Section("", foot)]


def names_line(view: View) -> list[str]:
    """Return the line about names that nobody had confirmed; none where there is no such name."""
    names = naming.names_to_check(view)
    return [t.EXPORT_NAMES.format(names=w.SEMICOLON.join(names))] if names else []


def _end(view: View) -> list[str]:
    return [line for line in (*end_conditions(view), assessed(view)) if line]


def _decision(view: View, item: Decision) -> str:
    oral = ""
    if item.oral:
        signed = t.EXPORT_SIGNED if item.signed else t.EXPORT_UNSIGNED
        recorder = naming.on_record(view, item.recorded_by, item.by) or w.NAME_UNKNOWN
        oral = t.EXPORT_ORAL.format(recorded=recorder, signed=signed)
    decider = naming.on_record(view, item.spoken_by, item.spoken_id if item.oral else item.by)
    return t.EXPORT_DECISION.format(
        time=at(item.spoken_at or item.at, view.now),
        role=naming.role(view.plan, item.role),
        name=decider + acting(item.acting_for, item.acting_until, view.now),
        what=decided(view, item),
        oral=oral,
        reason=t.EXPORT_REASON.format(reason=written(item.reason, 120)) if item.reason else "",
    )


def _reports(view: View) -> list[str]:
    """Return every report that was owed, with each recipient: rung in vain, told, told again, not told.

    What was only possible and fell away is left out. What was reported though nobody owed it stands at the end: every
    filing of the log has its line.
    """
    lines: list[str] = []
    every = duties.owed(view, tuple(view.incident.instances))
    items = [
        item
        for item in sorted(every, key=lambda item: (item.instance.due, item.instance.key))
        if not (item.instance.possible and item.instance.status == "superseded")
    ]
    further, beside = further_filings(view, items)
    for number, item in enumerate(items, 1):
        lines.append(report_row(view, number, item))
        for name in item.instance.to:
            told = recipient_lines(view, item, name, further.get((item.instance.key, name), []))
            lines.extend(t.EXPORT_UNDER.format(line=line) for line in told)
    if beside:
        lines.append(t.EXPORT_BESIDE)
        lines.extend(t.EXPORT_BESIDE_LINE.format(report=filing.report, told=told_to(view, filing)) for filing in beside)
    return lines


def _units(view: View) -> list[str]:
    """Return every round of calls: each unit with all its answers, then the silent ones with what ringing came to."""
    lines: list[str] = []
    calls = calls_of(view.incident)
    for number in dict.fromkeys(call.round for call in calls):
        of_round = [call for call in calls if call.round == number]
        head = t.EXPORT_ROUND if number else t.EXPORT_UNASKED
        first = of_round[0]
        lines.append(head.format(round=number, level=first.level, time=at(first.at, view.now), count=len(of_round)))
        lines.extend(_unit(view, call) for call in of_round if call.answers)
        if silent := [call for call in of_round if not call.answers]:
            names = w.LIST.join(naming.unit_name(view, call.unit) + _rung(view, call) for call in silent)
            lines.append(t.EXPORT_SILENT.format(count=len(silent), names=names))
    return lines


def _unit(view: View, call: Called) -> str:
    answers = w.SEMICOLON.join(_answer(view, call, item) for item in call.answers)
    return t.EXPORT_UNIT.format(name=naming.unit_name(view, call.unit), answers=answers, rung=_rung(view, call))


def _answer(view: View, call: Called, item: GivenAnswer) -> str:
    notes = [t.EXPORT_TOOK.format(span=span(item.at - call.at))] if call.round else []
    notes += [naming.on_record(view, item.by)] if item.by else []
    notes += [by_phone(item.voice)] if item.recorded else []
    notes += [written(item.note, 60)] if item.note else []
    return t.EXPORT_ANSWER.format(
        status=naming.call_status(item.status),
        time=at(item.at, view.now),
        notes=w.CITE.format(inside=w.COMMA.join(notes)) if notes else "",
    )


def _rung(view: View, call: Called) -> str:
    rings = w.LIST.join(f"{at(moment, view.now)}{outcome}" for moment, outcome in call.rings)
    return w.CITE.format(inside=rings) if rings else ""


def _evidence(view: View) -> list[str]:
    """Return what came with the incident: kept under which digest, or why not."""
    lines = []
    for number, item in enumerate(view.incident.evidence.values(), 1):
        kept = t.EXPORT_KEPT.format(size=max(1, round(item.size / 1024)), digest=item.digest[:16])
        state = kept if item.digest else t.EXPORT_NOT_KEPT[item.lost or ("place" if "," in item.reference else "")]
        lines.append(
            t.EXPORT_EVIDENCE.format(
                ordinal=number,
                kind=evidence_texts.KINDS.get(item.kind, evidence_texts.KIND_OTHER),
                time=at(item.at, view.now),
                sender=t.EXPORT_SENDER if item.sender == view.incident.reporter_id else "",
                state=state,
            )
        )
    return lines


def _corrections(view: View) -> list[str]:
    lines = []
    for item in view.incident.corrections:
        text = correction(view, item)
        lines.append(
            t.EXPORT_CORRECTION.format(
                ordinal=item.ordinal,
                time=at(item.at, view.now),
                text=text,
                told=duties.names(view, item.told) or w.NONE,
            )
        )
    return lines


def _readings(view: View) -> list[str]:
    """Return the readings and local rules that this incident's clocks rest on."""
    rules = {rule.id: rule for rule in rules_of(view.plan)}
    used = list(dict.fromkeys(item.rule for item in view.incident.instances.values()))
    lines = []
    for name in used:
        rule = rules.get(name)
        if rule is not None and rule.reading is not None:
            lines.append(t.EXPORT_READING.format(clause=rule.clause, taken=rule.reading.taken))
        if rule is None or rule.local:
            report = rule.report if rule is not None else w.CORRECTION
            lines.append(t.EXPORT_LOCAL.format(name=report))
    return lines
