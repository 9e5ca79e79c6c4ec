"""Cases that are closed, opened again, or rejected as a mistake (误报)."""

OUTRUN_CLOSED = "{name}已归档"
REJECT_MANY = "{name}报的这{count}件都记为不属实？"
REJECT_MANY_MORE = "另有{count}件，这些确认后再列。"
REJECT_MANY_ALL = "确认后不再提醒；有一件在此期间有了变化，就一件也不记，重新列给您看。"
REJECT_MANY_KEY = "确认{count}件不属实"
REJECTED_TOGETHER = "值班席核实：{name}所报{count}件均不属实"
CLOSED = "{title} 已归档（{time}）。"
CLOSED_BEFORE_TASKS = """{title} 已归档，{count}项后续工作还没有办结，留在记录里，不再提醒：{names}。
要继续提醒请重开，办结后再归档。"""
REOPENED = "{title} 已重开（{time}），状态：{state}。{reason}"
REJECTED = """*{title} 核实为误报*（{time}）。
{reason?}
请勿转发旧消息。"""
REJECTED_REPORTER = "{number} 经核实为误报，已结束（{time}）。如有新情况请再报。"
REJECTED_UNIT = "{title} 经核实为误报（{time}）。{unit}不需要出动；已出动的请返回。"
OPEN_ITEM = "{report}{clause}报{to}"

LABELS = {
    "close": "归档",
}

POPUPS = {
    "rejected_many": "已把{count}件记为不属实",
    "closed": "已归档",
}

REFUSALS = {
    "close_needs_end": ("{state_name}的事件不能归档", "请先用 /end 终止，再归档"),
    "open_obligations": (
        "还有{count}项没有报完，不能归档：{open}",
        "请报完并登记；确实不用报的，用 /waive 写明理由免报",
    ),
    "not_closed": ("事件{state_name}，没有归档，不用重开", "可以直接继续办理"),
    "reason_to_reopen": ("重开已归档的事件须写明理由", "请写上理由，如“/reopen 又有学生发病”"),
    "reason_to_reject": ("判为误报须写明理由", "请写上理由，如“/reject 现场核实无此事”"),
}
