"""Reports that are made: what to read, whom to ring, what was said."""

OUTRUN_FILED = "{name}已登记{report}报{to}"
WHEN_TOLD = (
    "{number}号 系统刚恢复：“{name}已报”是离线期间点的，还没有登记。\n"
    "请点实际通话时间；别的时间请发，如：/file 首报 {name} 03:20"
)
WRITTEN_HEAD = "*书面{report}* {due}{citation}"
WRITTEN_HINT = "点文字即可复制；附件是按公文格式排好的报告，要素表附后。〔请补充〕和【待补】处须由值班员填写。"
HEAD = "*{ordinal}/{count} {line}*"
DUE = "{name} {due}{citation}"
NOTHING = "目前没有要打的电话。"
ASSUMED = "发生时间按接报时间暂记，请问清后用 /update 改正。"

LABELS = {
    "read_script": "念稿拨号",
    "register": "已报，登记",
    "told": "已报",
    "told_ago": "{minutes}分钟前已报",
    "told_at": "{time}已报",
    "told_other": "{name}已报",
    "busy": "占线",
    "asks": "要求核实",
    "write": "书面报告",
    "script_of": "{number}号念稿",
}

HELP = {
    "file": "报送",
}

MESSAGES = {
    "file_how": (
        "请写明报送类别，可带对象、方式、时间、接报人、文件。\n"
        "例如：/file 首报 市委 电话 3:15 接报张三\n可用类别：{reports}"
    ),
    "filed": "{number}号的报送已登记，60秒内可 /undo 撤回。",
    "request_how": "请写明哪一家要求核实、核实什么。\n例如：/request 市委 核实年级\n对象：{recipients}",
    "requested": "{number}号：上级核实要求已记录，30分钟时限已开始。",
}

POPUPS = {
    "when_told": "请点实际通话时间",
    "filed": "已登记",
    "requested": "已记录，30分钟内答复",
}

REFUSALS = {
    "report_missing": ("没有写明报的是哪一种", "请写上种类：{known}"),
    "document_to_file": (
        "{report}须写明成文材料的名称或文号才能登记",
        "请写：/file {report} 文件 ×政办〔2026〕5号；由他人办理的，写明收到了什么材料",
    ),
    "already_filed": ("这一项{report}{status_name}", "不用重复登记；数字有误请用 /correct 更正"),
    "already_filed_to": ("{report}已经用{channel}报过：{to}", "新情况请登记为续报；数字有误请用 /correct 更正"),
    "wrong_channel": ("这一项{report}须用{channel}报，您写的是{given}", "请按{channel}报；另用{given}报的请单独登记"),
    "called_before_occurrence": (
        "通话时间{given}早于发生时间{occurred_at}",
        "请核对通话时间；发生时间有误请用 /update 改正",
    ),
    "nobody_owed": ("现在没有要用{channel}报{report}的单位", "请看 /todo；可用的种类：{known}"),
    "unknown_recipient": ("没有这些接收单位：{given}", "可用：{known}"),
    "plan_has_no_verification": ("本预案没有规定核实答复的时限", "请用 /update 记下对方的要求"),
}
