"""What a plan wants of the evaluation behind an incident: tasks, reports, and headings that an official fills in."""

from __future__ import annotations

from bot.texts import review as t
from bot.texts import words as w
from plans.model import Plan


def demands(plan: Plan) -> list[str]:
    """Return what the plan says of the evaluation: tasks after the end, reports and what they are to hold."""
    lines = [
        t.DEMAND.format(clause=item.clause, text=item.text, by=item.by)
        for item in plan.after
        if any(word in f"{item.task}{item.text}" for word in t.EVALUATION)
    ]
    for rule in plan.obligations:
        if any(word in rule.report for word in t.TELLS):
            due = rule.text or rule.applies
            lines.append(
                t.DEMAND_DUE.format(
                    clause=rule.clause, report=rule.report, by=rule.bearer, due=w.COMMA + due if due else ""
                )
            )
    lines += [
        t.DEMAND_ELEMENTS.format(clause=clause, elements=w.LIST.join(elements)) for clause, elements in _forms(plan)
    ]
    return list(dict.fromkeys(lines))


def own_headings(plan: Plan) -> list[str]:
    """Return the headings that an official fills in: those of every evaluation, and what the plan names besides."""
    usual = [t.CAUSES, t.LESSONS, t.MEASURES]
    named = [name for _, elements in _forms(plan) for name in elements]
    return list(dict.fromkeys((*named, *usual)))


def _forms(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    """Return clause and elements of the forms for an evaluation."""
    of = {item.clause for item in plan.after if any(word in f"{item.task}{item.text}" for word in t.EVALUATION)}
    return [
        (form.clause, form.elements)
        for form in plan.forms
        if any(word in form.report for word in t.TELLS) or form.clause in of
    ]
