"""要求核实: what this office asks the office or system that reported."""

HINT = "报告来自{name}（经系统）；要求核实请发：/askback 要核实的内容"
HINT_SEVERAL = (
    "报告来自{name}（经系统）；要求核实请发：/askback 要核实的内容。"
    "各单位都会收到；只问一家的，写并入前的号（并入了{numbers}号）：/askback 号 要核实的内容"
)
LINE = "已要求{name}核实 {time}：{question}"
COURSE = "要求报告单位核实：{question}"

HELP = {
    "askback": "要求来报单位核实",
}

MESSAGES = {
    "askback_how": "请写明要核实什么。\n例如：/askback 伤员的年级和人数",
    "asked_back": "{number}号：要求核实的话已交给来报单位。",
}

REFUSALS = {
    "reporter_reads_nothing": ("这一报告不是其他单位经系统报来的", "请打电话向报告人核实"),
    "question_missing": ("没有写明要核实什么，或超过{most}字", "请发：/askback 要核实的内容"),
}
