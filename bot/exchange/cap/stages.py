"""The stages of a warning of ours as CAP messages, each referring to those before it."""

from __future__ import annotations

from bot.exchange.cap.model import Alert, Reference
from bot.exchange.cap.profile import Notice, Place, Stage, alert_of
from plans.model import Plan
from plans.warning.state import ISSUE, PASS_ON, Content, WarningCase
from plans.warning.state import Stage as Said

_STAGES: dict[str, Stage] = {
    "issue": "issued", "raise": "raised", "lower": "lowered", "extend": "extended", "update": "updated",
    "lift": "lifted",
}  # fmt: skip


def alerts_of(plan: Plan, warning: WarningCase, headlines: tuple[str, ...]) -> tuple[Alert, ...]:
    """Return one CAP message for each stage, the earliest first; none where nothing was issued.

    Args:
        headlines: of each stage, in words.
    """
    alerts: list[Alert] = []
    references: list[Reference] = []
    for stage, headline in zip(warning.stages, headlines, strict=True):
        alert = alert_of(_notice(plan, warning, stage, headline, tuple(references)))
        alerts.append(alert)
        references.append(Reference(sender=alert.sender, identifier=alert.identifier, sent=alert.sent))
    return tuple(alerts)


def identifier_of(warning: WarningCase, stage: Said) -> str:
    """Return by what other systems name a stage of ours."""
    return f"{warning.stream.replace(':', '.')}.{stage.sequence}"


def _notice(plan: Plan, warning: WarningCase, stage: Said, headline: str, earlier: tuple[Reference, ...]) -> Notice:
    content: Content = stage.content
    office = plan.office if plan.office.startswith(plan.jurisdiction.name) else f"{plan.jurisdiction.name}{plan.office}"
    passed_on = stage.way == PASS_ON
    return Notice(
        identifier=identifier_of(warning, stage),
        sender=office,
        sent=stage.at,
        kind=content.hazard,
        stage="passed_on" if passed_on and stage.act == "issue" else _STAGES[stage.act],
        issuer=content.issuer or (office if stage.way == ISSUE else ""),
        headline=headline,
        colour=content.colour,  # type: ignore[arg-type]  # held by the core to be one of them
        level=content.level,
        begins=content.starts,
        ends=content.ends,
        areas=tuple(Place(name) for name in content.areas or (plan.jurisdiction.name,)),
        description=content.text,
        instruction="；".join(stage.measures),
        plan=plan.title,
        clause=stage.clause,
        passed_on_by=office if passed_on else "",
        earlier=earlier,
        status="Exercise" if warning.drill else "Actual",
    )
