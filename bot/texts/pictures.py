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
UNIT_SILENT = "未应答，已叫{span}"
UNIT_ANSWERED = "{status} {time}"
UNIT_TOOK = "（{span}）"
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

MONTH = "{place}　{period}统计"
MONTH_OF_DRILLS = "只算演练"
MONTH_OWN = "只算{count}个本单位"
MONTH_UNTIL = "截至{time}{drills}{behind}"
MONTH_DRILLS = "，{count}起演练没有算在内"
MONTH_BEHIND = "，另有{count}件有变化还没有重新统计"
PERIODS = {
    "month": "{year}年{month}月",
    "quarter": "{year}年第{quarter}季度",
    "year": "{year}年",
    "days": "{first}至{last}",
}
PERIOD_HALF = "{year}年{half}半年"
HALVES = ("上", "下")
NOTHING = "没有。"
MONTH_INCIDENTS = "突发事件 {count}起"
MONTH_INCIDENTS_OF = "其中还在处置{open}，误报{rejected}，并案{merged}"
MONTH_LEVELS = "等级：{parts}"
MONTH_PART = "{title}{number}"
MONTH_PART_UNKNOWN = "未定"
MONTH_DAY, MONTH_MONTH = "{month}月{day}日", "{month}月"
MONTH_MOST = "最多一天{count}起"
MONTH_MOST_OF_MONTHS = "最多一个月{count}起"
MONTH_REPORTS = "报送（以报到的时间算）"
STAGES = {"first": "首报", "follow_up": "续报", "final": "终报", "other": "其他报送", "task": "后续工作"}
MONTH_ON_TIME = "按时{in_time}/{owed}"
REPORT_WORDS = {
    "in_time": "按时", "late": "迟报", "raised": "上调后补报", "missed": "到期未报", "overdue": "逾期未报",
    "pending": "待报", "waived": "免报",
}  # fmt: skip
MONTH_LATENESS = "迟的一半在{median}以内，最长{worst}"
MONTH_CORRECTIONS = "更正{corrections}次，免报{waivers}次，误报{rejected}起"
MONTH_ANSWERS = "单位应答 {answered}/{called}"
MONTH_MEDIAN = "一半在{span}以内"
MONTH_UNIT = "{span}（{answered}/{called}）"
MONTH_UNIT_SILENT = "没有应答（0/{called}）"
MONTH_UNITS_LEFT = "只画了前{shown}个单位，共{count}个"
MONTH_WARNINGS = "预警 {count}个"
MONTH_WOKEN = "叫应{answered}/{called}"
MONTH_DUTIES = "日常职责 {count}项次"
