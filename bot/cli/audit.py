"""``tocsin audit``: whether the record was changed behind the program's back, and what is lawfully taken out of it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt, reading
from bot.cli.erasure import By, Reason, Sure, ordered
from bot.cli.output import AsJson, Wrong, emit, existing, moment

app = group("记录完整性：检查记录有没有被改动，导出检查点，依规抹去个人内容。")

KINDS = {
    "edited": "内容被改动",
    "missing": "被删除",
    "truncated": "末尾被删除",
    "reordered": "被调换位置",
    "broken": "与前一条接不上",
    "rewritten": "与检查点不符，被重写过",
    "personal": "个人内容被改动，或未经登记被删除",
    "checkpoint": "检查点不符",
    "plan": "保存的预案被改动",
    "holding": "身份与管理记录不符",
    "seat": "值班席与管理记录不符",
    "account": "人员的Telegram账号被换过",
    "name": "人员的真实姓名、单位与核实的不符",
    "binding": "群的绑定与管理记录不符",
    "lead": "工作组牵头的登记与管理记录不符",
    "override": "换班与管理记录不符",
    "invitation": "没有人发出的邀请",
    "session": "大屏或看板的会话与管理记录不符",
    "token": "其他系统的接口口令与管理记录不符",
    "webhook": "推送到别的系统的设置与管理记录不符",
    "line": "报送关系与管理记录不符",
    "feed": "日历或预警订阅的链接与管理记录不符",
    "message": "发出的消息被改动或删除",
    "evidence": "照片或文件被改动或丢失",
    "erasure": "个人内容被抹去，没有相应的抹去记录",
}
"""What each kind of fault is to people; see ``storage.journal.Fault``."""

NOT_COVERED = (
    "通讯录、值班表、单位名册的内容，日常职责是否启用（只核对改过没有记录，不核对号码和姓名）",
    "按钮的参数，实时卡片和工作单上的文字，群的名称，人员的Telegram名称和电话",
    "还没发出的消息，最近十分钟发出的消息",
    "正在等待配对的屏幕，其他系统送来还没办的、报给上级还没送到的内容",
    "早于本版本发出的邀请和登记时的Telegram账号",
    "备份文件，Telegram服务器上的内容",
)
"""What no check covers, as people are told; see ``bot.operations.proof.NOT_COVERED``."""

MOST = 50
"""Faults that people are shown; ``--json`` has all."""


def verify(
    checkpoint: Annotated[
        str, typer.Option("--checkpoint", metavar="FILE", help="以前导出的检查点文件，或存有检查点消息原文的文件")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """检查每条记录链，并把预案、身份、值班席、姓名、绑定、换班、邀请、会话、口令、推送、消息、文件等与它核对；有改动时退出码为1。

    只有与保存在别处的检查点核对，才能发现整条记录连同检查点一起被重写。
    """
    exported = _checkpoint(checkpoint)

    async def read(rx: Any) -> tuple[list[Any], int, dict[str, str]]:
        from bot.config import evidence_folder
        from bot.operations.proof import examine

        chains = await rx.journal.verify(checkpoint=exported)
        # What a broken chain says cannot be held against anything.
        beside = [] if chains else await examine(rx, moment(""), evidence_folder())
        faults = [*chains, *beside]
        rows = {item.stream: await rx.incidents.get(item.stream) for item in faults}
        numbers = {
            stream: f"{'演练' if row.drill else ''}{row.number}号（{row.jurisdiction}，{row.year}年）"
            for stream, row in rows.items()
            if row is not None
        }
        return faults, len(await rx.journal.heads()), numbers

    faults, streams, numbers = reading(read)
    if as_json:
        items = [
            {"stream": item.stream, "sequence": item.sequence, "kind": item.kind, "text": item.text} for item in faults
        ]
        emit({"ok": not faults, "streams": streams, "faults": items, "not_covered": list(NOT_COVERED)})
    else:
        for line in _lines(faults, streams, exported, numbers):
            typer.echo(line)
    raise typer.Exit(1 if faults else 0)


def _lines(faults: list[Any], streams: int, exported: dict[str, Any] | None, numbers: dict[str, str]) -> list[str]:
    against = f"，并与第{exported['number']}号检查点核对" if exported else ""
    head = f"记录完整性：检查了{streams}条记录链{against}："
    if not faults:
        advice = [] if exported else ["要排除整条记录被重写，请用 --checkpoint 与保存在别处的检查点核对。"]
        return [f"{head}未发现改动。", *advice, *_limits()]
    lines = [
        f"{numbers.get(item.stream) or _stream(item.stream)}{_which(item)}：{KINDS.get(item.kind, item.kind)}"
        for item in faults[:MOST]
    ]
    if len(faults) > MOST:
        lines.append(f"另有{len(faults) - MOST}处，加 --json 看全部")
    counts = "，".join(f"{KINDS.get(kind, kind)}{count}处" for kind, count in Counter(i.kind for i in faults).items())
    return [
        *lines,
        f"{head}发现{len(faults)}处异常（{counts}）。",
        "请勿再写入，先保全数据库文件，再与备份核对（见 deploy/runbook.md）。",
        *_limits(),
    ]


def _which(item: Any) -> str:
    if not item.sequence:  # of a row beside the chain, not of an entry
        return f"（{item.text}）"
    return f" 第{item.sequence}{'号' if item.stream == 'checkpoints' else '条'}"


def _limits() -> list[str]:
    return ["这项检查不包括：" + "；".join(NOT_COVERED) + "。"]


def _stream(name: str) -> str:
    kind, _, rest = name.partition(":")
    names = {"incident": f"事件 {rest}", "admin": f"管理记录 {rest}", "checkpoints": "检查点", "plan": f"预案 {rest}",
             "people": "人员", "sent": "已发消息"}  # fmt: skip
    return names.get(kind, name)


def _checkpoint(name: str) -> dict[str, Any] | None:
    if not name:
        return None
    from bot.operations.checkpoints import read_posted

    text = existing(Path(name)).read_bytes().decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = read_posted(text)
    if not _is_checkpoint(data):
        raise Wrong(
            f"{name}：不是检查点文件，应为 tocsin audit checkpoint 或机器人写出的JSON"
            "（见 TOCSIN_CHECKPOINT_FOLDER），或【记录检查点】消息的原文"
        )
    return dict(data)


def _is_checkpoint(data: Any) -> bool:
    if not isinstance(data, dict) or not isinstance(data.get("heads"), dict):
        return False
    heads = data["heads"].values()
    ends = all(isinstance(end, dict) and _is_end(end.get("sequence"), end.get("hash")) for end in heads)
    return ends and _is_end(data.get("number"), data.get("hash"))


def _is_end(number: object, hash_: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and isinstance(hash_, str)


def checkpoint(
    file: Annotated[str, typer.Argument(metavar="FILE", help="写入这个新文件；不写则显示出来")] = "",
    as_json: AsJson = False,
) -> None:
    """封存各条记录链的末端，导出检查点；请存到数据库管理员改不到的地方。"""
    path = Path(file) if file else None
    if path is not None and path.exists():
        raise Wrong(f"{path}：已有这个文件，不会覆盖；请换一个名字")

    async def run() -> dict[str, Any] | None:
        from storage import open_store

        async with await open_store(address()) as store:
            async with store.writing() as tx:
                if (await tx.journal.length())[0]:
                    await tx.journal.checkpoint(moment(""))
                export: dict[str, Any] | None = await tx.journal.export_checkpoint()
            return export

    from bot.private import write_private

    exported = attempt(run)
    if exported is None:
        raise Wrong("还没有任何记录，没有可以封存的内容")
    if path is not None:
        write_private(path, json.dumps(exported, ensure_ascii=False, indent=1) + "\n")
    if as_json or path is None:
        emit(exported)
    else:
        typer.echo(f"已写出第{exported['number']}号检查点（{len(exported['heads'])}条记录链）：{path}")


def erase(
    incident: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="已归档、误报或已并案的事件，见 incidents list；已解除或未发布的预警写 预警3；"
            "没有等回复的日志写 日志12",
        ),
    ],
    by: By,
    reason: Reason,
    yes: Sure = False,
    as_json: AsJson = False,
) -> None:
    """抹去一个事件或预警里的原文、人名、消息文字、照片和文件；何时做了什么仍在，记录链保持完整。

    备份和Telegram群里的消息不在此列。
    """
    name = incident.strip()
    by, reason = ordered(by, reason, yes)

    async def run() -> Any:
        from bot.config import evidence_folder
        from bot.operations.erasure import StillOpen
        from bot.operations.erasure import erase as do
        from storage import open_store

        async with await open_store(address()) as store:
            async with store.reading() as rx:
                stream = await _erased(rx, name)
            if stream is None:
                raise Wrong(
                    f"没有“{name[:60]}”这个事件、预警或日志；编号见 tocsin incidents list，预警写 预警3，日志写 日志12"
                )
            try:
                return await do(store, stream, by=by, reason=reason, now=moment(""), folder=evidence_folder())
            except StillOpen:
                raise Wrong("还没有归档，原文还要用；请先归档（/close）、解除或办结，再抹去") from None

    done = attempt(run)
    if as_json:
        emit({"values": done.values, "messages": done.messages, "updates": done.updates, "files": done.files})
    else:
        typer.echo(
            f"已抹去：记录{done.values}项，消息{done.messages}条，原始更新{done.updates}条，照片和文件{done.files}个。记录链完整。"
        )


async def _erased(rx: Any, name: str) -> str | None:
    """Return the log of what is to be erased: a warning by 预警3, an entry of the log by 日志12, else an incident."""
    from bot.cli.incident_record import row_of
    from bot.cli.warn import stream_of

    if name.startswith(("预警", "warning:")):
        return await stream_of(rx, name.removeprefix("预警"))
    if name.startswith(("日志", "entry:")):
        number = name.removeprefix("日志").removesuffix("号")
        rows = await rx.cases.called("entry", int(number), False) if number.isdecimal() else []
        found = await rx.cases.get(name)
        return rows[-1].stream if rows else found.stream if found is not None else None
    row = await row_of(rx, name)
    return row.stream if row is not None else None


commands(app, "verify")(verify)
commands(app, "checkpoint")(checkpoint)
commands(app, "erase")(erase)
