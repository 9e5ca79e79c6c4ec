"""What stands on buttons, by label key. Where two share a row, each has at most eight characters."""

LABELS = {
    # an incident's units
    "calls": "叫应表",
    "groups": "工作组",
    # receipt and taking over
    "fix_one": "改一处",
    "handle": "我来处理",
    "takeover": "我接班",
    "this_plan": "{title}",
    "other_plan": "改用{title}",
    # questions to the duty seat
    "determine_as": "认定{level}",
    "determine_still": "仍为{level}",
    "determine_unknown": "暂时无法判明",
    "determine_unknown_still": "仍无法判明",
    "unsure": "还说不准",
    "sum": "两批人相加",
    "confirm": "已核实，属实",
    "deny": "不属实",
    "complete": "补缺项",
    "none": "无",
    "unknown": "不详",
    "verifying": "正在核实",
    "next_one": "先问下一项",
    "adopt": "采用",
    "keep_record": "不采用",
    "merge": "并入{number}号",
    "not_same": "不是同一件",
    # deciding
    "start_level": "启动{level}级",
    "not_now": "暂不启动",
    "oral": "代录口头决定",
    "no_answer": "没接通",
    "declare_now": "确认宣布",
    "back": "返回",
    "change_units": "改通知单位",
    "oral_now": "属实，公布",
    "oral_noted": "属实，记录",
    "oral_not_now": "答复是暂不启动",
    "end_now": "确认终止",
    "sign": "补签",
    "open_clause": "看条款{clause}",
    # units
    "received": "收到",
    "left": "已出发",
    "there": "已到场",
    "cannot": "来不了",
    "ack_for": "{name}收到",
    "unheard": "{name}没接",
    "call_for": "叫{name}",
    "unit_on": "☑{name}",
    "unit_off": "☐{name}",
    "units_done": "选好了",
    "undo": "撤回",
    # filing
    "read_script": "念稿拨号",
    "register": "已报，登记",
    "told": "已报",
    "told_ago": "{minutes}分钟前已报",
    "told_other": "{name}已报",
    "busy": "占线",
    "asks": "要求核实",
    "write": "书面报告",
    "status": "看事件",
    "worksheet": "值班工作单",
    "export": "导出记录",
    "close": "归档",
}
"""Every fixed label; ``choice:…`` and ``by_source`` are made from the plan and the claims."""

CHOICE = "{label} → {level}"
BY_SOURCE = "以{source}为准：{value}"
