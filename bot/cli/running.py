"""``tocsin run``, ``tocsin demo``, ``tocsin simulate``."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import AsJson, Wrong, emit, existing


def run() -> None:
    """运行机器人；设置取自 TOCSIN_* 变量或 .env（见 deploy/env.example）。"""
    from bot.config import WrongSetting, read_settings
    from bot.log import set_up
    from storage import StorageError

    try:
        settings = read_settings()
    except WrongSetting as problem:
        raise Wrong(str(problem)) from None
    set_up(settings.log_level)
    os.environ.setdefault("PTB_TIMEDELTA", "true")

    async def serve() -> None:
        from bot.main import running

        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with running(settings):
            typer.echo("警钟已启动。", err=True)
            await stop.wait()
        typer.echo("警钟已停止。", err=True)

    from bot.main import CannotStart

    try:
        asyncio.run(serve())
    except (CannotStart, StorageError) as problem:
        raise Wrong(str(problem)) from None


def demo(
    port: Annotated[int, typer.Option("--port", help="网页端口，0为任意", min=0, max=65535)] = 0,
    rate: Annotated[float, typer.Option("--rate", help="虚拟时钟的速度：1、60、600", min=0, max=600)] = 1.0,
) -> None:
    """在浏览器里演示，不需要口令：本机的Telegram替身、一个指挥群、一夜的人。"""
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    from bot.demo.run import serve
    from bot.log import set_up

    set_up("warning")

    async def show() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with serve(port=port, rate=rate) as url:
            typer.echo(f"演示已就绪，请在浏览器打开：{url}\n按 Ctrl+C 结束。")
            await stop.wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(show())


def simulate(
    scenario: Annotated[str, typer.Argument(help="场景文件（YAML），例子见 tests/scenarios")] = "",
    policy: Annotated[bool, typer.Option("--policy", help="显示提醒策略的各项和默认值")] = False,
    as_json: AsJson = False,
) -> None:
    """在虚拟时间里演练一个场景，不联网。"""
    from plans.obligations import DEFAULT_POLICY

    if policy:
        if as_json:
            emit(DEFAULT_POLICY.as_data())
        else:
            for key, value in DEFAULT_POLICY.as_data().items():
                typer.echo(f"{key}: {value}")
        return
    if not scenario:
        raise Wrong("请写明场景文件，例如 tocsin simulate tests/scenarios/stampede.yaml")
    from bot.log import set_up
    from bot.simulate import ScenarioError, read_scenario
    from bot.simulate import simulate as play

    set_up("error")
    try:
        result = asyncio.run(play(read_scenario(existing(Path(scenario)))))
    except ScenarioError as problem:
        raise Wrong(str(problem)) from None
    if as_json:
        emit(result)
        return
    for item in result["timeline"]:
        typer.echo(
            f"{item['at'][5:16].replace('T', ' ')}　{item['kind']:<12} {'、'.join(item['to'])}：{item['text'].splitlines()[0]}"
        )
    typer.echo("")
    for row in result["obligations"]:
        typer.echo(
            f"{row['due'][5:16].replace('T', ' ')}　{row['report']}（{row['clause'] or '本地规定'}）　{row['status']}"
        )
