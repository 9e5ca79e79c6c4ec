"""Pictures: what stands in them, and what is said of them."""

DRILL = "【演练】不是真实事件"
NOT_DRAWN = "〓：有{count}个字本机没有字体，没有画出，请看文字消息。"
MORE = "另有{count}项没有画出：{counts}"
MORE_UNITS = "另有{count}个单位没有画出：{counts}"
COUNT = "{word}{count}"

FILE = "图.png"
CAPTION = "{mark}{title}（截至{time}）"
CAPTION_DUTIES = "{plan}　日常职责总表（截至{time}）"

INCIDENT = "{title}　时限和应答"
ENDED = "{title}　全过程"
STATE = "{state}；{response}；事件等级：{event}"
UNTIL = "{plan}　截至{time}"
NOW, END, LAST = "现在", "终止", "最后"

COURSE = "过程"
OCCURRED, REPORTED = "发生", "接报"
DETERMINED = "认定事件等级：{level}（{role}）"
DECIDED = "{what}（{role}）"
CORRECTED = "第{ordinal}次更正"
LATER = {"closed": "归档", "rejected": "认定误报", "merged": "并入{number}"}
COURSE_LEFT_OUT = "中间另有{count}项，见处置记录"

DUTIES = "报送时限（{count}项）"
DUTIES_NONE = "没有要报送的。"
BEARER = "{name}：{report}"
DUE = "应{due}"
DUE_AT_ONCE = "应立即"
STATUS = {
    "filed": "按时{verb}",
    "late": "迟{verb}",
    "overdue": "逾期未{verb}",
    "pending": "待{verb}",
    "at_once": "立即，待{verb}",
    "possible": "待判明",
    "waived": "已免{verb}",
    "superseded": "不再需要",
    "unknown": "未登记",
}
VERB, VERB_TASK = "报", "办"
LATE_BY, OVER_BY, LEFT, DUE_NOW = "迟{span}", "已过{span}", "还有{span}", "已到时"
OF_ALL = "{done}/{all}"
LACKS, TOLD, TO = "还差：{names}", "已报：{names}", "要报：{names}"
DETAIL = "{due}；{detail}"
SAID = "{name} {due}：{outcome}；{detail}"

UNITS = "单位应答（{count}个）"
UNIT_SILENT, UNIT_NEVER = "未应答，已叫{span}", "始终未应答"
UNIT_ANSWERED = "{status} {time}"
UNIT_TOOK = "（{span}）"
UNIT_EXPECTED = "，{expected}"
UNITS_ALIKE = "{count}个单位"
CALLED = "{time}叫应"
UNIT_SAID = "{name}：{parts}"

LEGEND = {
    "due": "应报时限",
    "told": "报到",
    "told_late": "报到，已迟",
    "called": "叫应",
    "received": "收到",
    "set_out": "已出发",
    "arrived": "已到场",
    "cannot": "来不了",
    "break": "中间较长，缩短画",
    "uneven": "时间轴不等比：密的地方放宽，空的地方缩短。",
}

DUTY_MATRIX = "{plan}　日常职责"
DUTY_SPAN = "{since}至{until}，{bearers}个责任主体，{duties}项职责"
DUTY_COUNTS = "合计：{counts}"
DUTY_NONE = "还没有开始的一期。"
DUTY_WORD = {
    "open": "待办", "done": "已办", "late": "迟办", "missed": "未办", "not_applicable": "不适用", "returned": "退回",
}  # fmt: skip
DUTY_SIGN = {"open": "待", "done": "办", "late": "迟", "missed": "未", "not_applicable": "－", "returned": "退"}
"""What stands in a cell that has room for one character."""
DUTY_LEGEND = "{sign}＝{word}"
DUTY_WORST = "一格有几期的，写最要紧的一种；空格是没有这一项。"
DUTY_WORST_COUNTED = "一格有几期的，写最要紧的一种和期数；空格是没有这一项。"
DUTY_COLUMN = "{number}　{text}{clause}"
DUTY_CELL = "{number} {said}"
DUTY_BEARERS_LEFT = "只画了{shown}个（未办多的在内），共{count}个，全部见导出表格。"
DUTY_DUTIES_LEFT = "只画了{shown}项（未办多的在内），共{count}项，全部见导出表格。"
"""A picture that would be too large to be read says what it leaves out."""

MONTH = "{period}统计　{place}{of}"
CAPTION_MONTH = "{mark}{period}统计　{place}{of}（截至{time}）"
MONTH_DAY, MONTH_MONTH = "{month}月{day}日", "{month}月"
MONTH_MOST, MONTH_MOST_OF_MONTHS = "最多一天{count}起", "最多一个月{count}起"
MONTH_ON_TIME = "按时{in_time}/{owed}"
MONTH_UNIT, MONTH_SILENT = "{time}（{answered}/{called}）", "未答复"
MONTH_UNITS = "条长是答复用时的中位数，括号里是答复数/叫应数。"
MONTH_UNITS_LEFT = "只画了前{shown}个单位，共{count}个；条长是答复用时的中位数，括号里是答复数/叫应数。"
MONTH_WOKEN, MONTH_DONE = "预警叫应", "按期已办"
