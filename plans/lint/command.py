"""Who commands, who is called, who reports to whom: nobody missing, nobody unknown, everybody with a line."""

from __future__ import annotations

from plans.directory.numbers import why_not
from plans.lint.finding import Report
from plans.load.document import Path
from plans.model import Plan, Unit
from plans.obligations.starts import recipients


def check_command(report: Report) -> None:
    """Check responses, roles, obligations, forms, units and groups."""
    _responses(report)
    _obligations(report)
    _units(report)
    _groups(report)


def _responses(report: Report) -> None:
    plan = report.plan
    for name, role in plan.roles.items():
        if not role.holders:
            report.add("no-holder", "warning", ("roles", name), f"{role.title}没有任职的岗位", clause=role.clause)
    for index, response in enumerate(plan.responses):
        path: Path = ("responses", index)
        level = f"{response.level}级响应"
        if not response.declared_by:
            report.add("no-declarer", "error", path, f"{level}没有人可以宣布启动", clause=response.clause)
        if response.jointly and len(response.declared_by) < 2:
            message = f"{level}写明共同决定，declared_by 却只有{len(response.declared_by)}个职务；应写出各方"
            report.add("jointly", "error", path, message, clause=response.clause)
        if not response.ended_by:
            report.add("no-end", "error", path, f"{level}没有人可以终止", clause=response.clause)
        if not response.conditions:
            report.add("no-condition", "warning", path, f"{level}没有启动条件", clause=response.clause)
        if response.calls.units == "picked" and not response.calls.picks:
            report.add(
                "no-pick", "error", (*path, "calls"), f"{level}要挑选单位，但没有写挑选哪些", clause=response.clause
            )


def _obligations(report: Report) -> None:
    plan = report.plan
    known, lines = known_units(plan), _with_lines(plan)
    forms = {form.report for form in plan.forms}
    told: set[str] = set()
    for index, rule in enumerate(plan.obligations):
        path: Path = ("obligations", index)
        if not rule.to and not rule.to_members:
            report.add(
                "no-recipient",
                "error",
                path,
                f"{rule.id}没有报送对象",
                clause=rule.clause,
                kinds=("missing-recipient",),
            )
        if not rule.bearer.strip():
            report.add("no-bearer", "error", path, f"{rule.id}没有责任单位", clause=rule.clause)
        if rule.by_office and rule.report in ("首报", "续报", "终报") and rule.report not in forms | told:
            told.add(rule.report)
            report.add(
                "no-form", "warning", path, f"{rule.report}没有写明要素", clause=rule.clause, kinds=("missing-form",)
            )
        for recipient in recipients(plan, rule) if rule.by_office and rule.report != "信息发布" else ():
            if recipient in told or recipient in lines:
                continue
            told.add(recipient)
            state = "没有电话可拨" if recipient in known else "不在单位名录里，没有电话可拨"
            report.add(
                "recipient-line", "warning", (*path, "to"), f"报送对象{recipient}{state}", clause=rule.clause,
                kinds=("missing-line", "missing-recipient"),
            )  # fmt: skip


def known_units(plan: Plan) -> set[str]:
    """Return every name and alias of the units."""
    return {name for unit in plan.units for name in _names(unit)}


def _with_lines(plan: Plan) -> set[str]:
    """Return the names under which a line can be found.

    A unit that stands for others has theirs; one that is rung at another unit has that one's.
    """
    own = {name for unit in plan.units if unit.lines for name in _names(unit)}
    reached = [unit for unit in plan.units if unit.rung_at in own or any(other in own for other in unit.standing_for)]
    return own | {name for unit in reached for name in _names(unit)}


def _names(unit: Unit) -> set[str]:
    return {unit.id, unit.name, *unit.aliases} - {""}


def _units(report: Report) -> None:
    seen: dict[str, str] = {}
    lines = _with_lines(report.plan)
    for index, unit in enumerate(report.plan.units):
        path: Path = ("units", index)
        if unit.member and unit.id not in lines and not unit.place_bound and not unit.standing_for:
            report.add("missing-line", "warning", path, f"{unit.id}没有电话", clause=unit.clause)
        for place, line in enumerate(unit.lines):
            wrong = why_not(line.number, report.plan.jurisdiction.area_code, office=True)
            if wrong:
                at: Path = (*path, "lines", place, "number")
                report.add("telephone", "error", at, f"{unit.id}的电话{wrong}", clause=line.clause or unit.clause)
        if unit.member and not unit.duty:
            report.add(
                "missing-duty",
                "warning",
                path,
                f"成员单位{unit.id}没有职责",
                clause=unit.clause,
                kinds=("missing-row", "blank-cell"),
            )
        for name in _names(unit):
            if seen.setdefault(name, unit.id) != unit.id:
                message = f"{name}既指{seen[name]}，又指{unit.id}"
                report.add("ambiguous-name", "error", path, message, clause=unit.clause, kinds=("naming",))


def _groups(report: Report) -> None:
    known = known_units(report.plan)
    for index, group in enumerate(report.plan.groups):
        if not group.lead and not group.members:
            message = f"{group.name}没有牵头和成员单位"
            kinds = ("missing-member", "missing-rows", "missing-lead")
            report.add(
                "empty-group",
                "warning",
                ("groups", index),
                message,
                clause=group.clause,
                reading=group.reading,
                kinds=kinds,
            )
        for key in ("lead", "members"):
            for place, name in enumerate(getattr(group, key)):
                path: Path = ("groups", index, key, place)
                if name not in known:
                    message = f"{group.name}的{name}不在单位名录里"
                    report.add("unknown-member", "error", path, message, clause=group.clause, reading=group.reading)
                if key == "members" and name in group.lead:
                    message = f"{group.name}的{name}既牵头又是成员"
                    report.add("duplicate-member", "warning", path, message, clause=group.clause, reading=group.reading)
