"""``tocsin plans``: what is installed, and one plan whole."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.output import AsJson, Wrong, emit, installed

app = typer.Typer(help="预案", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="预案编号，见 tocsin plans list")]


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """列出已安装的预案。"""
    from bot.cli.shapes import plan_line
    from plans.load import PlanError, load_all

    try:
        plans = load_all()
    except PlanError as problem:
        raise Wrong(str(problem)) from None
    if as_json:
        emit([plan_line(plan) for plan in plans.values()])
        return
    for plan in plans.values():
        typer.echo(f"{plan.id:<28} {plan.title}（{plan.document}）{plan.jurisdiction.name}　版本 {plan.version}")


@app.command()
def show(plan_id: Id, as_json: AsJson = False) -> None:
    """显示一个预案：等级、响应、时限、单位、电话、勘误。"""
    from bot.cli.shapes import plan_whole

    plan = installed(plan_id)
    if as_json:
        emit(plan_whole(plan))
        return
    for line in _pages(plan):
        typer.echo(line)


def _pages(plan: Any) -> list[str]:
    from bot.cli.shapes import plan_text

    return plan_text(plan)


@app.command()
def lint(
    plan_id: Annotated[str, typer.Argument(help="预案编号；不写则检查全部")] = "", as_json: AsJson = False
) -> None:
    """检查预案文件；有错误时退出码为1。"""
    from bot.clock import SystemClock
    from plans.lint import lint as check
    from plans.load import PlanError, load_all

    try:
        plans = list(load_all().values()) if not plan_id else [installed(plan_id)]
    except PlanError as problem:
        raise Wrong(str(problem)) from None
    today = SystemClock().now().date()
    findings = [finding for plan in plans for finding in check(plan, today=today)]
    if as_json:
        emit([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"检查了{len(plans)}个预案，{sum(item.severity == 'error' for item in findings)}个错误")
    raise typer.Exit(1 if any(item.severity == "error" for item in findings) else 0)
