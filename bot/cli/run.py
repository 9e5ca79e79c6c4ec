"""``tocsin run`` and ``tocsin demo``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import Wrong

if TYPE_CHECKING:
    from bot.settings import Settings


def run() -> None:
    """运行机器人；设置取自 TOCSIN_* 变量或 .env（见 deploy/env.example）。"""
    import asyncio
    import signal

    from bot.cli.database import told
    from bot.config import WrongSetting, read_settings
    from bot.log import set_up
    from bot.surroundings import BadSurroundings, tidy_proxies

    try:
        tidy_proxies()
        settings = read_settings()
    except (WrongSetting, BadSurroundings) as problem:
        raise Wrong(str(problem)) from None
    set_up(settings.log_level)
    os.environ.setdefault("PTB_TIMEDELTA", "true")

    async def serve() -> None:
        from bot.garbage import collect_seldom
        from bot.main import running
        from bot.preparation import warm
        from plans.load import load_each

        warm(load_each()[0].values())
        collect_seldom()
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with running(settings) as program:
            typer.echo("警钟已启动。", err=True)
            started = _started(settings, program.username, program.administered)
            for line in [*started, *program.hindered, *program.beside]:
                typer.echo(line, err=True)
            await stop.wait()
        typer.echo("警钟已停止。", err=True)

    from bot.main import CannotStart

    with told():
        try:
            asyncio.run(serve())
        except CannotStart as problem:
            raise Wrong(str(problem)) from None


def _started(settings: Settings, username: str, administered: bool) -> list[str]:
    """Return who runs, on what, and what is missing for anybody to begin."""
    from bot.database_urls import shown
    from bot.proxies import LOOPBACK, beyond

    way = f"webhook {settings.webhook_url}" if settings.mode == "webhook" else "轮询"
    lines = [f"机器人 @{username}，{way}；数据库 {shown(settings.database_url)}。"]
    if not administered:
        lines.append(
            f"还没有管理员：请私聊 @{username} 发 /setup，它会告诉您自己的Telegram编号；"
            "把编号写进 TOCSIN_ADMINS，再重新启动。"
        )
    address = settings.address
    if address is not None and beyond(address[0]) and settings.trusted_proxies == LOOPBACK:
        lines.append(
            f"TOCSIN_LISTEN 是 {address[0]}，没有写 TOCSIN_TRUSTED_PROXIES：前面若有代理，经它来的人都算作同一个地址；"
            "请把代理的地址写上（见 deploy/runbook.md）。"
        )
    return lines


def demo(
    port: Annotated[
        int, typer.Option("--port", metavar="N", help="网页端口，0到65535的整数，0为任意", min=0, max=65535)
    ] = 0,
    rate: Annotated[
        float, typer.Option("--rate", metavar="N", help="虚拟时钟的速度，0到600的数，如 1、60、600", min=0, max=600)
    ] = 1.0,
) -> None:
    """在浏览器里演示，不需要口令：本机的Telegram替身、一个指挥群、一夜的人。"""
    import asyncio
    import contextlib
    import signal

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
