"""The checklist of one recipient of a warning: each measure done, or not applicable for a reason."""

from __future__ import annotations

from bot.render.cases import CaseView, framed_case
from bot.render.citing import cite
from bot.render.labels import press
from bot.render.message import Message
from bot.render.said import Words, is_report
from bot.render.text import fill, joined, written
from bot.render.times import at
from bot.render.warning_pieces import recipient_name, the_warning, title
from bot.texts import warning as t
from plans.core import keys
from plans.warning.measures import DONE
from plans.warning.state import Measure


def checklist(view: CaseView, recipient: str, said: Words | None = None) -> Message:
    """Return the measures of one recipient with a button each: a tap says done, another takes it back.

    Args:
        said: words that were taken as an answer; that they are none is one tap.
    """
    warning = the_warning(view)
    stage, waking, target = warning.stage, warning.waking[recipient], keys.waking(recipient)
    lines, presses = [], []
    for ordinal, asked, measure in warning.measures_of(recipient):
        lines.append(_measure_line(view, ordinal, asked, measure))
        presses.append(
            press("warning_done", "warning_done", target, recipient=recipient, number=ordinal)
            if measure is None
            else press("warning_undone", "warning_undone", target, recipient=recipient, number=ordinal)
        )
    values = {
        "title": title(warning.content), "recipient": recipient_name(view, recipient),
        "time": at(waking.answered_at, view.now),
    }  # fmt: skip
    note = t.SAID_NOTE if said is not None else ""
    again = [is_report("warning", said)] if said is not None else []
    if not lines or stage is None:
        return framed_case(view, joined((fill(t.CHECKLIST_NONE, **values), note)), again)
    if any(measure is None for _, _, measure in warning.measures_of(recipient)):
        presses.append(press("warning_all_done", "warning_all_done", target, recipient=recipient))
        presses.append(press("warning_not_applicable", "warning_not_applicable", target, recipient=recipient))
    text = fill(t.CHECKLIST, citation=cite(stage.clause), lines="\n".join(lines), **values)
    return framed_case(view, joined((text, note)), [*presses, *again])


def _measure_line(view: CaseView, ordinal: int, text: str, measure: Measure | None) -> str:
    if measure is None:
        return t.MEASURE_OPEN.format(number=ordinal, text=text)
    if measure.status == DONE:
        return t.MEASURE_DONE.format(
            number=ordinal, text=text, time=at(measure.at, view.now), shown=t.MEASURE_SHOWN if measure.evidence else ""
        )
    return t.MEASURE_NOT.format(number=ordinal, text=text, reason=written(measure.reason, 30))


def which_not_applicable(view: CaseView, recipient: str) -> Message:
    """Ask which measure does not apply."""
    target = keys.waking(recipient)
    presses = [
        press(
            "warning_why_not",
            "warning_reason",
            keys.waking(recipient),
            recipient=recipient,
            number=ordinal,
            reason=text,
        )
        for ordinal, text, measure in the_warning(view).measures_of(recipient)
        if measure is None
    ]
    presses.append(press("warning_back_to_list", "warning_back_to_list", target, recipient=recipient))
    return framed_case(view, t.WHICH_NOT_APPLICABLE, presses)


def why_not_applicable(view: CaseView, recipient: str, ordinal: int) -> Message:
    """Ask why."""
    text = next((text for number, text, _ in the_warning(view).measures_of(recipient) if number == ordinal), "")
    target = keys.waking(recipient)
    presses = [
        press(
            "warning_not", "warning_reason", keys.waking(recipient), recipient=recipient, number=ordinal, reason=reason
        )
        for reason in t.REASONS
    ]
    presses.append(press("warning_back_to_list", "warning_back_to_list", target, recipient=recipient))
    return framed_case(view, fill(t.WHY_NOT_APPLICABLE, text=text), presses)
