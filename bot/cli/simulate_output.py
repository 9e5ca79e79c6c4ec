"""A played scenario for people: what everybody was told, what became of each deadline, what was not as expected."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bot.cli.table import heading, table
from bot.texts.duty import STATUS
from bot.texts.instructions import PAGE_STATES
from bot.texts.log import STATES as ENTRY_STATES
from bot.texts.warning import STATES as WARNING_STATES
from bot.texts.words import OBLIGATION_STATUS, STATES

KINDS = {
    "received": "接报",
    "asked": "询问",
    "proposal": "建议",
    "refused": "拒绝",
    "announcement": "公布",
    "call": "通知",
    "ack": "答复",
    "escalation": "催办",
    "reminder": "提醒",
    "overdue": "逾期",
    "filed": "已报",
    "card": "现场卡",
    "ended": "终止",
    "final": "终报",
    "closed": "归档",
    "note": "告知",
    "warning": "预警",
    "duty": "职责",
    "log": "日志",
    "instruction": "指令",
    "inject": "情景",
}

POLICY = {
    "before": "期限前多久提醒",
    "backoff": "期限后隔多久再提醒，之后每天早上一次",
    "climb": "从期限前（负）或后多久起，同时提醒谁",
    "immediate": "“立即”的本地目标",
    "possible": "可能需要的报告，期限前多久提醒定级",
    "fallback": "多久没人接手就请报告人打电话",
    "proposal": "隔多久再催决定人，之后每天早上一次",
    "units": "单位多久不应答再呼叫，之后每天早上一次",
    "setting_out": "答复收到后多久没有出发，告诉值班室一次，按响应级别",
    "arrival": "过了所报到场时间多久问单位一次，再过多久告诉值班室一次",
    "ladder": "某个单位或决定职务自己的间隔，代替上面两项",
    "final": "终报的本地目标",
    "after_end": "终止后的任务多久内办结（预案没有规定时）",
    "correction": "更正多久内告知",
    "undo": "多久内可撤回",
    "waking": "预警叫应不应答，按颜色隔多久换下一种办法，之后每天早上一次",
    "expiry": "预警到期前多久、到期时问是否解除或延长",
    "release": "信息发布稿等批准、等发布时隔多久提醒，之后每天早上一次",
    "aid": "请求支援后隔多久问一次结果，之后每天早上一次",
    "swap_approval": "换班是否须带班领导同意才生效（true 或 false）",
    "swap_chase": "接班前多久还没有人替、没有决定，告诉本人和带班领导",
    "empty_shift": "接班前多久，没有人值班的班呼叫值班席和管理员",
    "voice": "其他通知方式叫过多久没有应答，打自动电话",
    "voice_ring": "报告多久没人接手，打自动电话给值班席",
    "handover": "接班后多久没有签齐，白天告诉带班领导一次",
    "receipt": "通知、指令多久没有回执提醒一次，再过多久列入值班席要打的电话；夜里等到早上",
    "urgent_receipt": "加急的通知、指令，同上",
    "instruction": "批示指令到期前多久催办",
    "overdue": "批示指令到期后隔多久再催，催完不再催",
}
"""What each key of the reminder policy means."""

_MANY = 3
"""More of the same at one moment than this are one line."""


def lines(result: dict[str, Any], *, cards: bool = False) -> list[str]:
    """Return a result of ``simulate`` in lines.

    Args:
        cards: also every renewal of the live card.
    """
    texts: list[str] = []
    for row in result["incidents"]:
        levels = f"事件级别 {row['event_level'] or '未定'}，响应级别 {row['response_level'] or '未启动'}"
        texts.append(
            f"{'【演练】' if row['drill'] else ''}{row['number']}号 {STATES[row['state']]}，{levels}　{row['text']}"
        )
    for row in result["warnings"]:
        name = f"{'【演练】' if row['drill'] else ''}预警{row['number']}"
        what = f"{row['kind'] or ''}{row['colour'] or row['level'] or ''}"
        state = WARNING_STATES[row["state"]]
        texts.append(f"{name} {state}，{what}　应答{row['called'] - len(row['silent'])}/{row['called']}")
    for row in result.get("entries", ()):
        texts.append(f"日志{row['number']}号 {ENTRY_STATES[row['state']]}　{row['text']}")
    for row in result.get("instructions", ()):
        done = sum(item["status"] == "done" for item in row["recipients"])
        texts.append(
            f"指令{row['number']}号 {PAGE_STATES[row['state']]}，办结{done}/{len(row['recipients'])}　{row['text']}"
        )
    several = len(result["incidents"]) > 1
    texts += [*heading("经过"), *table(_timeline(result["timeline"], cards, several))]
    if "duties" in result:
        texts += [*heading("日常职责"), *table(_duties(result["duties"]), ("职责", "各期情况"))]
    if owed := [_owed(row, several) for row in (*result["obligations"], *result["after_tasks"])]:
        texts += [*heading("报送"), *table(owed, ("期限", "报告", "条款", "结果", "报给谁"))]
    if result["failures"]:
        texts += [*heading("与 expect 不符"), *(f"  {text}" for text in result["failures"])]
    return texts


def _duties(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return a row for each duty: how many periods of all bearers stand how."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row["duty"], Counter())[row["status"]] += 1
    return [
        (name, "，".join(f"{STATUS[status]}{count[status]}" for status in STATUS if count[status]))
        for name, count in counts.items()
    ]


def _timeline(timeline: list[dict[str, Any]], cards: bool, several: bool) -> list[tuple[str, ...]]:
    """Return rows; what many people were told at once is one row, so are reports made one after the other."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for item in timeline:
        if item["kind"] == "card" and not cards and item["key"] != "card_new":
            continue
        same = (item["at"], item["kind"], item["key"], item["incident"])
        groups.setdefault(same if item["kind"] != "note" or item["key"] == "inform" else (*same, id(item)), []).append(
            item
        )
    rows: list[tuple[str, ...]] = []
    for items in groups.values():
        first, to = items[0], list(dict.fromkeys(name for item in items for name in item["to"]))
        whom = "、".join(to[:_MANY]) + (f"等{len(to)}个" if len(to) > _MANY else "")
        number = f"{first['incident']}号 " if several and first["incident"] else ""
        rows.append((moment(first["at"]), KINDS[first["kind"]], whom, number + _text(items)))
    return rows


def _text(items: list[dict[str, Any]]) -> str:
    heads = [item["text"].splitlines()[0] if item["text"] else "" for item in items]
    if items[0]["kind"] in ("filed", "final", "ack"):
        return "；".join(dict.fromkeys(heads))
    return heads[0]


def _owed(row: dict[str, Any], several: bool) -> tuple[str, ...]:
    whom = "、".join(f"{item['recipient']}{'✓' if item['filed_at'] else ''}" for item in row["to"])
    raised = "，上调后补报" if row["raised"] else ""
    number = f"{row['incident']}号 " if several else ""
    clause = row["clause"] or "本地规定"
    return moment(row["due"]), number + row["report"], clause, OBLIGATION_STATUS[row["status"]] + raised, whom


def moment(iso: str) -> str:
    """Return 03-02 10:20 for a moment in ISO 8601."""
    return iso[5:16].replace("T", " ")
