"""A warning is changed by words: one field, another end or level, lifted, dismissed; and how that is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.render import warning_page as pages
from bot.service.taking import MOST_AREAS
from bot.texts import warning as t
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.replies import show
from plans.core.command import Command
from plans.intake.warning import read
from plans.model import Plan
from plans.warning.content import graded
from plans.warning.issuing import LiftWarning
from plans.warning.proposals import AmendProposal, DismissProposal
from plans.warning.state import COLOURS, Content, WarningCase
from plans.warning.taking import TakeChange

_FIELD = re.compile(
    r"^(?P<field>灾种|种类|级别|颜色|发布单位|区域|范围|从|起|延长到|延长至|到|至)\s*[:：]?\s*(?P<value>.+)$", re.DOTALL
)
_NAMES = {
    "灾种": "hazard", "种类": "hazard", "级别": "level", "颜色": "level", "发布单位": "issuer", "发布": "issuer",
    "区域": "areas", "范围": "areas", "从": "starts", "起": "starts", "到": "ends", "至": "ends", "延长到": "ends",
    "延长至": "ends",
}  # fmt: skip
_LIFT = re.compile(r"^解除(?:\s*[，,]?\s*(?P<reason>.*))?$", re.DOTALL)
_DISMISS = re.compile(r"^(?:不发布|不转发)(?:\s*[，,]?\s*(?P<reason>.*))?$", re.DOTALL)
_LIST = re.compile(r"[、,，;；\s]+")


class BadField(Exception):
    """What somebody gave a field cannot be read.

    Args:
        field: as he named it. value: what he gave.
    """

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field)
        self.field, self.value = field, value


def example_of(problem: BadField, number: int) -> str:
    """Return how the field is set that could not be read."""
    return t.EXAMPLES[_NAMES[problem.field]].format(number=number)


def changed(plan: Plan, warning: WarningCase, words: str, now: datetime) -> Command | None:
    """Return the command that words ask for; None where they are a text of their own.

    Raises:
        BadField: a field is named, and what it is given cannot be read.
    """
    if (match := _LIFT.match(words)) is not None:
        return LiftWarning(reason=(match["reason"] or "").strip())
    if (match := _DISMISS.match(words)) is not None:
        return DismissProposal(reason=(match["reason"] or "").strip())
    match = _FIELD.match(words)
    if match is None:
        return None
    fields = _fields(_NAMES[match["field"]], match["value"].strip(), now)
    if not fields:
        raise BadField(match["field"], match["value"])
    if warning.proposal is not None:
        return AmendProposal(fields=fields)
    return TakeChange(content=_with(warning.content, graded(plan, fields)), source="typed")


def _with(content: Content, fields: dict[str, Any]) -> Content:
    words = {name: said for name, said in content.words.items() if name not in fields}
    return replace(content, **fields, words=words)


def _fields(name: str, value: str, now: datetime) -> dict[str, Any]:
    """Return the field that somebody set, as the content holds it; empty where it cannot be read."""
    if name in ("starts", "ends"):
        found = read(f"暴雨红色预警，{'从' if name == 'starts' else '至'}{value}", now=now, entered=True).warnings
        moment = (found[0].from_ if name == "starts" else found[0].to) if found else None
        return {name: moment.value.at} if moment is not None else {}
    if name == "areas":
        named = tuple(dict.fromkeys(part[:40] for part in _LIST.split(value) if part))[:MOST_AREAS]
        return {name: named} if named else {}
    if name == "level":
        bare = value.removesuffix("预警").removesuffix("色")
        return {"colour": bare} if bare in COLOURS else {"level": value.removesuffix("预警") or value}
    return {name: value[:40]}


@button("warning_amend", on="proposed", who=Who.OFFICE)
async def amend(press: ButtonPress) -> str:
    """Say how what was read is set right."""
    await show(press, pages.how(await press.case_view(), "amend"), "warning_amend")
    return ""


@button("warning_extend", on="stage", who=Who.OFFICE)
async def extend(press: ButtonPress) -> str:
    """Say how a new end is given."""
    await show(press, pages.how(await press.case_view(), "extend"), "warning_extend")
    return ""


@button("warning_raise", on="stage", who=Who.OFFICE)
async def raised(press: ButtonPress) -> str:
    """Say how another level is given."""
    await show(press, pages.how(await press.case_view(), "raise"), "warning_raise")
    return ""
