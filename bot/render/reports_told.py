"""To whom a report was told, and when: a line for each recipient, and filings that nothing asked for."""

from __future__ import annotations

from bot.render import duties, naming
from bot.render.text import written
from bot.render.times import When, at, span
from bot.render.view import View
from bot.texts import export as t
from bot.texts import words as w
from plans.incident.records import Filing, Instance


def further_filings(view: View, items: list[duties.Owed]) -> tuple[dict[tuple[str, str], list[Filing]], list[Filing]]:
    """Return the filings that no instance rests on: by the row of their kind that was open last, and those of no row.

    Who was told by telephone may be told in writing as well, or a second time: neither replaces the other.
    """
    resting = {filing.sequence for item in items for filing in item.filings.values()}
    further: dict[tuple[str, str], list[Filing]] = {}
    beside: list[Filing] = []
    for filing in view.incident.filings:
        if filing.sequence in resting:
            continue
        rows = [item.instance for item in items if _is_of(filing, item.instance)]
        if rows:
            last = max(rows, key=lambda item: (item.opened_sequence < filing.sequence, item.opened_sequence))
            further.setdefault((last.key, filing.recipient), []).append(filing)
        else:
            beside.append(filing)
    return further, beside


def _is_of(filing: Filing, instance: Instance) -> bool:
    fits = filing.report == instance.report and instance.channel in ("any", filing.channel)
    return fits and filing.recipient in instance.to and not instance.possible


def report_row(view: View, number: int, item: duties.Owed) -> str:
    """Return the line of a report that is or was owed."""
    instance = item.instance
    status, late = instance.status_at(view.now), ""
    if status == "late" and instance.filed_at is not None:
        late = t.EXPORT_LATE.format(span=span(instance.filed_at - instance.due))
    elif status == "overdue" and instance.by_office:
        late = t.EXPORT_OVERDUE.format(span=span(view.now - instance.due))
    elif instance.missed and instance.by_office and instance.settled_at is not None:
        late = t.EXPORT_MISSED.format(span=span(instance.settled_at - instance.due))
    outcome = w.OBLIGATION_STATUS[status]
    bearer = ""
    if not instance.by_office and item.rule is not None:
        words = t.EXPORT_TASK_BEARER if duties.is_task(item) else t.EXPORT_BEARER
        bearer = words.format(name=naming.unit_name(view, item.rule.bearer))
        outcome = t.EXPORT_NOT_CONFIRMED if instance.status == "open" else outcome
    reason = w.SUPERSEDED.get(instance.reason, written(instance.reason, 80))
    return t.EXPORT_ROW.format(
        ordinal=number,
        name=duties.name(item) + bearer,
        due=duties.due(view, item),
        citation=duties.citation(item, reading=False),
        status=outcome,
        late=late,
        reason=t.EXPORT_REASON.format(reason=reason) if reason else "",
    )


def recipient_lines(view: View, item: duties.Owed, recipient: str, further: list[Filing], when: When = at) -> list[str]:
    """Return the lines of one recipient of one report, in the order of time.

    Args:
        further: filings that nothing rests on. when: how a moment is written.
    """
    instance, name = item.instance, naming.unit_name(view, recipient)
    lines = [
        (moment, t.EXPORT_RANG.format(name=name, time=when(moment, view.now), outcome=outcome))
        for moment, outcome in duties.rings(view, recipient, instance)
    ]
    first = item.filings.get(recipient)
    filings = [*([first] if first is not None else []), *further]
    lines.extend((filing.called_at, told_to(view, filing, when)) for filing in filings)
    if recipient in item.heard and first is None:
        moment = item.heard[recipient]
        lines.append((moment, t.EXPORT_RECEIVED.format(name=name, time=when(moment, view.now))))
    texts = [text for _, text in sorted(lines, key=lambda line: line[0])]
    left = not instance.possible and not duties.is_task(item) and recipient not in item.heard and not filings
    if left and instance.status in ("open", "waived"):
        texts.append((t.EXPORT_NOT_TOLD if instance.status == "open" else t.EXPORT_EXCUSED).format(name=name))
    return texts


def told_to(view: View, filing: Filing, when: When = at) -> str:
    """Return who took a filing, when, by which way."""
    taker = written(filing.taker, 16)
    late_entry = (filing.recorded_at - filing.called_at).total_seconds() >= 60
    return t.EXPORT_FILING.format(
        name=naming.unit_name(view, filing.recipient),
        time=when(filing.called_at, view.now),
        channel=filing.channel,
        taker=t.EXPORT_TAKER.format(taker=taker) if taker else "",
        document=t.EXPORT_DOCUMENT.format(document=written(filing.document, 80)) if filing.document else "",
        recorded=t.EXPORT_RECORDED.format(time=when(filing.recorded_at, view.now)) if late_entry else "",
    )
