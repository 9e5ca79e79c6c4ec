"""Pictures: what stands in them, and what is said of them."""

DRILL = "【演练】不是真实事件"
NOT_DRAWN = "〓：有{count}个字本机没有字体，没有画出，请看文字消息。"
MORE = "另有{count}项没有画出：{counts}"
MORE_UNITS = "另有{count}个单位没有画出：{counts}"
COUNT = "{word}{count}"

INCIDENT = "{title}　时限和应答"
ENDED = "{title}　全过程"
STATE = "{state}；{response}；事件等级：{event}"
UNTIL = "{plan}　截至{time}"
NOW, END = "现在", "终止"

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
LATE_BY, OVER_BY, LEFT = "迟{span}", "已过{span}", "还有{span}"
OF_ALL = "{done}/{all}"
LACKS, TOLD = "还差：{names}", "已报：{names}"
DETAIL = "{due}；{detail}"
SAID = "{name} {due}：{outcome}；{detail}"

UNITS = "单位应答（{count}个）"
UNIT_SILENT = "未应答，已叫{span}"
UNIT_ANSWERED = "{status} {time}"
UNIT_INFORMED = "已告知"
UNIT_TOOK = "（{span}）"
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
}
