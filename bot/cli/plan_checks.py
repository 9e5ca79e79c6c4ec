"""What is wrong with plan files, as a table, as lines or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.output import Wrong, existing, installed

SEVERITIES = {"error": "错误", "warning": "提醒", "known": "已知", "info": "说明"}


if TYPE_CHECKING:
    from plans.lint import Finding
    from plans.model import Plan


def findings_of(plan_id: str, official: str = "") -> tuple[list[dict[str, Any]], list[Plan]]:
    """Return the findings of one plan, or of all; a file that cannot be read has its problems as findings.

    Args:
        official: a file with the official text; left out, the one that is attached, where there is one.
    """
    from bot.cli.plan_coverage import import_acts
    from bot.clock import SHANGHAI, SystemClock
    from bot.official import NoText, official_text, opened
    from plans.coverage import idle as idle_clauses
    from plans.lint import lint as lint_plan
    from plans.lint import published_versions
    from plans.load import DATA, PlanError, load

    if plan_id and not plan_id.endswith((".yaml", ".yml")):
        own = DATA / f"{plan_id}.yaml"
        paths = [own] if plan_id.replace("-", "").isalnum() and own.is_file() else [Path(installed(plan_id).path)]
    else:
        paths = [existing(Path(plan_id))] if plan_id else sorted(DATA.glob("*.yaml"))
    import_acts()
    today, published = SystemClock().now().astimezone(SHANGHAI).date(), published_versions()
    findings: list[dict[str, Any]] = []
    plans: list[Plan] = []
    for path in paths:
        try:
            plan = load(path)
        except PlanError as problem:
            findings += [
                {
                    "rule": "load", "severity": "error", "file": str(path), "line": item.line, "clause": "",
                    "message": f"{item.where or '文件'}：{item.found}；应为{item.expected}"
                    + (f"，例如 {item.example}" if item.example else ""),
                }
                for item in problem.problems
            ]  # fmt: skip
            continue
        own = (DATA / f"{plan.id}.yaml").resolve()
        if plan.id in {other.id for other in plans} or (own.is_file() and own != path.resolve()):
            message = f"id {plan.id} 已用于另一个文件；应为每个预案自己的 id，新版本则放回原来的文件"
            findings.append(
                {"rule": "id", "severity": "error", "file": str(path), "line": 1, "clause": "", "message": message}
            )
        plans.append(plan)
        try:
            text = opened(plan, existing(Path(official))) if official else official_text(plan)
        except NoText as problem:
            raise Wrong(f"{official}：{problem}") from None
        checked: list[Finding] = lint_plan(
            plan, today=today, published=published, official=text, idle=idle_clauses(plan)
        )
        findings += [item.as_json() for item in checked]
    return findings, plans


def print_findings(findings: list[dict[str, Any]], plans: list[Plan], every: bool) -> None:
    """Print findings, and what of each plan is encoded; ``every``: also what only informs."""
    from bot.cli.table import table
    from plans.lint import coverage

    items = [item for item in findings if every or item["severity"] != "info"]
    for file in dict.fromkeys(item["file"] for item in items):
        typer.echo(f"{_short(file)}")
        rows = [
            (
                SEVERITIES[item["severity"]],
                f"第{item['line']}行",
                item["clause"],
                item["message"],
                item["rule"],
            )
            for item in items
            if item["file"] == file
        ]
        for line in table(rows):
            typer.echo(line)
    for line in table([(plan.id, plan.version, coverage(plan)) for plan in plans], indent=0):
        typer.echo(line)
    counts = {name: sum(item["severity"] == name for item in findings) for name in SEVERITIES}
    total = "，".join(f"{SEVERITIES[name]}{number}" for name, number in counts.items())
    typer.echo(f"检查了{len(plans)}个预案：{total}{'' if every else '（加 --all 看全部）'}")


def _short(file: str) -> str:
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file


def record_version(plans: list[Plan]) -> None:
    """Note the versions of installed plans as published."""
    from plans.lint import published_versions, versions_text
    from plans.load import DATA

    inside = [plan for plan in plans if Path(plan.path).parent == DATA]
    path = DATA / "versions.json"
    path.write_text(versions_text(inside, published_versions()), encoding="utf-8")
    typer.echo(f"已记入 {_short(str(path))}", err=True)
