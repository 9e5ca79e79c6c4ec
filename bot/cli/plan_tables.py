"""A plan for people: parts of tables, in the order in which somebody in a hurry asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.cli.plan_json import enders, titles
from bot.cli.plan_rest import rest
from bot.cli.table import heading, table, terminal, unwrapped, wrap
from bot.render.rules import borne_by, evidence, rhythm
from plans.classify.words import condition
from plans.clauses import all_readings
from plans.lint import coverage
from plans.model import Adjusting, Calls, Obligation, Plan

STARTS = {
    "occurred": "事发起",
    "known": "接报起",
    "phone_filed": "电话报告起",
    "filed": "上次报送起",
    "requested": "接到要求起",
    "casualties_changed": "伤亡变化起",
    "response_started": "响应启动起",
    "response_adjusted": "响应调整起",
    "response_ended": "响应结束起",
    "determined": "定级起",
    "holds": "判明有这种情况起",
    "closed": "归档起",
}

CHANNELS = {"any": "不限", "电话": "电话", "书面": "书面"}


REST = "其余内容"
"""Whatever else the file says, so that nothing is left out."""


def page(plan: Plan, parts: Iterable[str] = ()) -> list[str]:
    """Return the lines of a plan, or of some of its parts (``PARTS``)."""
    wanted = list(parts)
    lines = [] if wanted else _head(plan)
    for name, make in PARTS.items():
        body = make(plan) if not wanted or name in wanted else []
        if body:
            lines += [*heading(name), *body]
    if not wanted or REST in wanted:
        with unwrapped():
            lines_so_far = [*_head(plan), *(line for make in PARTS.values() for line in make(plan))]
        rest_lines = [f"{where}：{what}" for where, what in rest(plan, lines_so_far)]
        lines += [*heading(REST), *(f"  {line}" for text in rest_lines for line in wrap(text, terminal() - 2))]
    return lines


def _head(plan: Plan) -> list[str]:
    since = f"{plan.in_force}起施行" if plan.in_force else "未注日期"
    lines = [
        f"{plan.title}（{plan.document}）",
        f"{plan.issuer}　{plan.jurisdiction.name}　{since}　版本 {plan.version}",
    ]
    if plan.review is not None:
        lines.append(f"评估：{plan.review.text or plan.review.every}（{plan.review.clause}）")
    bounds = plan.bounds
    words = {"inclusive": "含", "exclusive": "不含"}
    basis = f"（{bounds.clause}）" if bounds.basis == "cited" else "（原文未定义，为解读）"
    bounds_words = (("以上", bounds.at_least), ("以下", bounds.at_most), ("超过", bounds.over))
    lines.append(f"数字：{'，'.join(f'{word}{words[value]}本数' for word, value in bounds_words)}{basis}")
    return [*lines, coverage(plan)]


def _levels(plan: Plan) -> list[str]:
    names = {item.id: item.name for item in plan.classes}
    rows = [
        (
            "、".join(names.get(name, name) for name in row.classes) or "各类",
            row.level,
            row.evidence or row.text,
            row.clause,
        )
        for row in (plan.levels.rows if plan.levels else ())
    ]
    if not rows and plan.event_levels and plan.responses:
        clause = f"（{plan.determination_clause}）" if plan.determination_clause else ""
        return [f"  没有分级标准，由{plan.office}认定{clause}：{'、'.join(plan.event_levels)}"]
    return table(rows, ("类别", "级别", "标准", "条款"))


def _responses(plan: Plan) -> list[str]:
    lines: list[str] = []
    for item in plan.responses:
        declared, ended = titles(plan, item.declared_by), titles(plan, enders(plan, item.ended_by, item.declared_by))
        lines += table(
            [
                (f"{item.level}级", f"宣布：{'、'.join(declared)}　终止：{'、'.join(ended)}（{item.clause}）"),
                *(("　启动", f"{part.text}（{part.clause}）") for part in item.conditions),
                *([("　建议", f"由{item.proposed_by}提出")] if item.proposed_by else []),
                *([("　通知", _called(item.calls))] if item.calls.clause else []),
                *(("　措施", measure) for measure in item.measures),
                *([("　说明", item.note)] if item.note else []),
            ]
        )
    return lines


def _called(calls: Calls) -> str:
    units = {"all": "全部成员单位", "picked": "按事件类别点名的单位", "none": ""}[calls.units]
    parts = [units, "各工作组" if calls.groups == "all" else "", "、".join(calls.always)]
    rest = "，其余单位告知" if calls.rest == "inform" else ""
    return f"{'、'.join(part for part in parts if part) or '不通知单位'}{rest}（{calls.clause}）"


def _roles(plan: Plan) -> list[str]:
    rows = [
        (role.title, "、".join(role.holders), "、".join(titles(plan, role.also)), role.duty, role.clause)
        for role in sorted(plan.roles.values(), key=lambda item: item.rank)
    ]
    return table(rows, ("职务", "由谁担任", "兼", "职权", "条款"))


def span(rule: Obligation) -> str:
    """Return a rule's time in words: 事发起30分钟内, 每4小时, 每日, 立即."""
    clock = rule.clock
    if clock.daily:
        return "每日一次"
    start = STARTS[clock.from_]
    if clock.workdays is not None:
        return f"{start}{clock.workdays}个工作日内"
    length = clock.every if clock.every is not None else clock.within
    seconds = int(length.total_seconds()) if length is not None else 0
    if not seconds:
        return f"{start}立即"
    units = ((86400, "天"), (3600, "小时"), (60, "分钟"), (1, "秒"))
    amount = next(f"{seconds // size}{name}" for size, name in units if seconds % size == 0)
    return f"{start}每{amount}" if clock.every is not None else f"{start}{amount}内"


def receivers(rule: Obligation) -> str:
    """Return to whom a rule's report goes, in words."""
    return "、".join((*rule.to, *(("各成员单位",) if rule.to_members else ())))


def applies(plan: Plan, rule: Obligation) -> str:
    """Return when a rule applies, in its own words or in those of its condition; 一律 only where it has none."""
    return rule.applies or (condition(plan, rule.when) if rule.when is not None else "一律")


def _obligations(plan: Plan) -> list[str]:
    rows = [
        (
            rule.report,
            applies(plan, rule),
            f"{rule.bearer}→{receivers(rule)}",
            CHANNELS[rule.channel],
            "；".join(
                [
                    span(rule) + ("（本地规定）" if rule.local else ""),
                    *(item.text for item in rule.changes if item.text),
                ]
            ),
            rule.clause,
        )
        for rule in plan.obligations
    ]
    lines = table(rows, ("报告", "何时", "谁报给谁", "方式", "时限", "条款"))
    skips = [(f"{rule.bearer}越级", rule.skip_level) for rule in plan.obligations if rule.skip_level]
    return lines + table(skips)


def _forms(plan: Plan) -> list[str]:
    return table(
        [(item.report, "；".join(item.elements), item.clause) for item in plan.forms], ("报告", "要素", "条款")
    )


def _units(plan: Plan) -> list[str]:
    names = {unit.id: unit.name or unit.id for unit in plan.units}
    rows = []
    for unit in plan.units:
        numbers = [line.number if line.kind == "值班" else f"{line.number}（{line.kind}）" for line in unit.lines]
        if not numbers and unit.rung_at:
            numbers = [f"同{names.get(unit.rung_at, unit.rung_at)}"]
        place = "按事发地" if unit.place_bound else ""
        rows.append((names[unit.id], "、".join(numbers) or place or "无电话", unit.duty, "成员" if unit.member else ""))
    return table(rows, ("单位", "电话", "职责", "成员"))


def _groups(plan: Plan) -> list[str]:
    rows = [(item.name, "、".join(item.lead), "、".join(item.members), item.duty) for item in plan.groups]
    return table(rows, ("工作组", "牵头", "成员", "职责"))


def _warnings(plan: Plan) -> list[str]:
    rows = [
        (f"{item.level}{f'（{item.colour}色）' if item.colour and item.colour not in item.level else ''}",
         "；".join(item.conditions), item.issued_by, item.lifted_by, item.clause)
        for item in plan.warnings
    ]  # fmt: skip
    lines = table(rows, ("预警", "条件", "发布", "解除", "条款"))
    for item in plan.warnings:
        lines += table([(f"{item.level}措施", "；".join(item.measures))]) if item.measures else []
    for call in plan.warning_calls:
        of = "、".join(call.levels)
        rows_of_call = [(f"叫应（{of}）" if of else "叫应", "、".join(call.kinds) or "区域内的单位", call.clause)]
        lines += table(rows_of_call)
    content = plan.warning_content or next((item.content for item in plan.warnings if item.content), ())
    return lines + (table([("预警内容", "、".join(content))]) if content else [])


def _after(plan: Plan) -> list[str]:
    rows: list[tuple[str, str, str]] = []
    for release in plan.releases:
        approved = f"，{release.approval}批准" if release.approval else ""
        text = f"{'、'.join(release.levels) or '各级'}：{release.by}{approved}"
        rows.append(("信息发布", "；".join(part for part in (text, release.text) if part), release.clause))
    for post in plan.on_site:
        text = "；".join(part for part in (post.commander, post.when, post.handover, "；".join(post.duties)) if part)
        rows.append(("现场指挥", text, post.clause))
    for aid in plan.aid:
        levels = "、".join(aid.levels) or "各级"
        who = f"{'、'.join(aid.units)}可以向{aid.to}请求" if aid.units else f"向{aid.to}请求"
        asked = "启动后提醒" if aid.demanded else ""
        rows.append(("请求支援", "；".join(part for part in (f"{levels}：{who}", aid.when, asked) if part), aid.clause))
    if plan.adjusting is not None:
        rows.append(("响应降级", _lowering(plan, plan.adjusting), plan.adjusting.clause))
    for end in plan.ends:
        by = f"宣布：{end.by}" if end.by else ""
        text = "；".join(part for part in (*end.conditions, end.assessed_by, by) if part)
        rows.append(("响应结束", text, end.clause))
    rows += [("后期工作", _owed(item.by, item.text, item.to), item.clause) for item in plan.after]
    for out in plan.excludes:
        rows.append(("不适用", f"{out.text} → {out.plan}" if out.plan else out.text, out.clause))
    return table(rows, ("事项", "内容", "条款"))


def lowered_by(plan: Plan, rule: Adjusting) -> str:
    """Return who may lower a level, in words."""
    return "宣布现级别的人或其上级" if isinstance(rule.lowered_by, str) else "、".join(titles(plan, rule.lowered_by))


def _lowering(plan: Plan, rule: Adjusting) -> str:
    by = lowered_by(plan, rule)
    return "；".join(part for part in (by, rule.text) if part)


def _owed(by: str, text: str, to: tuple[str, ...]) -> str:
    return f"{by}：{text}，报{'、'.join(to)}" if to else f"{by}：{text}"


def _routes(plan: Plan) -> list[str]:
    names = {item.id: item.name for item in plan.classes}
    rows = [
        ("、".join(names.get(name, name) for name in item.classes), item.lead, item.post or item.plan, item.clause)
        for item in plan.routes
    ]
    return table(rows, ("事件", "牵头部门", "指挥机构", "条款"))


def _duties(plan: Plan) -> list[str]:
    rows = [
        (rhythm(item), borne_by(plan, item), item.text + (f"（{item.applies}）" if item.applies else ""),
         evidence(item), item.clause)
        for item in plan.duties
    ]  # fmt: skip
    return table(rows, ("多久一次", "谁", "做什么", "交什么", "条款"))


def _subjects(plan: Plan) -> list[str]:
    rows = [("、".join(item.words), item.unit, item.duty, item.clause) for item in plan.subjects]
    return table(rows, ("事项", "负责单位", "职责", "条款"))


def _readings(plan: Plan) -> list[str]:
    rows = [(item.clause, item.reading.taken, item.reading.alternative) for item in all_readings(plan)]
    return table(rows, ("条款", "读作", "也可读作"))


def _cites(plan: Plan) -> list[str]:
    rows = [(item.clause, item.kind, item.to, item.text, item.at) for item in plan.cites]
    return table(rows, ("条款", "另见", "名称", "用处", "在本文件"))


def _errata(plan: Plan) -> list[str]:
    return table([(item.clause, item.fault, item.reading) for item in plan.errata], ("条款", "原文的问题", "怎样处理"))


PARTS: dict[str, Callable[[Plan], list[str]]] = {
    "响应级别": _responses,
    "事件级别": _levels,
    "报送时限": _obligations,
    "报告要素": _forms,
    "职务": _roles,
    "单位和电话": _units,
    "工作组": _groups,
    "预警": _warnings,
    "处置和善后": _after,
    "牵头部门": _routes,
    "日常职责": _duties,
    "职责分工": _subjects,
    "解读": _readings,
    "另见": _cites,
    "勘误": _errata,
    REST: lambda plan: [],
}
"""Parts by title, in the order in which they are shown."""
