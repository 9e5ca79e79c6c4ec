"""接口: what other systems are told by ``/api/v1``: titles and details of problems, and the words of its document."""

TITLE = "警钟接口"
DESCRIPTION = (
    "给110、119平台，热线，气象、水文部门和上级平台使用：送报告、预警，查事件、时限、单位、预警、职责、统计，代单位应答。"
    "口令由管理员用 /token 或 tocsin token 制发，每次请求写 Authorization: Bearer 口令。"
    "凡会改变什么的请求都要写 Idempotency-Key：同一个键、同样内容只办一次，回答相同。"
    "不知道的写 null，不写0。时刻一律带时区。"
)
BEARER = "管理员制发的口令，以 tocsin_ 开头"
KEY = "本次请求自己的编号（1到128个可见的ASCII字符，不含空格）。没收到回答就用同一个键再送，不会重复办理"
CURSOR = "上一页回答里的 next；不写从头开始"
LIMIT = "一页最多几条"
RETRY_AFTER = "过多少秒再试"
LOCATION = "办得怎样，看这里"

TAGS = {
    "token": "口令自己", "reports": "送报告", "incidents": "事件", "calls": "单位应答", "warnings": "预警",
    "duties": "日常职责", "statistics": "统计",
}  # fmt: skip

PROBLEMS = {
    "bad-request": ("请求读不懂", "请求不是本接口的写法。"),
    "no-key": ("没有写 Idempotency-Key", "请给这次请求一个自己的编号，写在 Idempotency-Key 里。"),
    "not-known": ("口令无效", "没有口令，或口令不对、已撤销、已到期。请管理员用 /token 查看、另发。"),
    "not-allowed": ("口令没有这项权限", "这个口令没有“{scope}”权限。请管理员用 /token 另发。"),
    "not-found": ("没有", "没有这一项，或这个口令看不到它。"),
    "no-such-method": ("不能这样请求", "这个网址不接受这种请求。"),
    "slow": ("请求太慢", "没有在{seconds}秒内收完，请用同一个 Idempotency-Key 再送。"),
    "refused": ("没有办", "{words}"),
    "nobody": ("没有人接", "{plan}还没有绑定指挥群，也没有值班员，没有人会看到。请马上改打电话。"),
    "too-large": ("内容太长", "最多{most}字节。"),
    "wrong-type": ("内容的类型不对", "应为{types}，不压缩。"),
    "not-valid": ("内容不对", "有{count}处不对，见 errors。"),
    "key-reused": ("同一个键送来了不同内容", "这个 Idempotency-Key 先前送过别的内容，没有采用；新的请求请用新的键。"),
    "too-many": ("请求太多", "{seconds}秒后再试。"),
    "broken": ("程序出错", "没有办成，已记入日志。请用同一个 Idempotency-Key 再送；紧急情况请马上打电话。"),
    "later": ("暂时存不下来", "没有存下，请过几秒用同一个 Idempotency-Key 再送；紧急情况请马上打电话。"),
}
"""Title and detail of each problem, by its code."""

INVALID = {
    "missing": "没有写", "too_long": "太多，最多{max_length}个", "too_short": "至少{min_length}个",
    "string_pattern_mismatch": "有不能用的字符，或长短不对", "extra_forbidden": "不认识这一项",
    "string_too_long": "太长，最多{max_length}个字",
    "string_too_short": "不能空着", "timezone_aware": "要带时区", "control": "有不能显示的字符",
    "unknown_plan": "没有这个预案，或这个口令不能用；可用：{known}",
    "unknown_category": "这个预案没有这一类；可用：{known}", "unknown_fact": "这个预案没有这一项；可用：{known}",
    "unknown_unit": "这个口令不代这个单位；可用：{known}", "unknown_status": "可用：{known}",
    "nothing_said": "text 和 facts 至少写一样", "cursor": "不是本接口给的游标", "fact_value": "值不对",
    "period": "应为 2026、2026-11、2026-Q4 或 2026-11-01..2026-11-15",
    "less_than_equal": "太大", "greater_than_equal": "太小", "bad_cap": "读不出CAP：{problem}",
}  # fmt: skip
INVALID_OTHER = "写法不对"

OPERATIONS = {
    "getToken": "这个口令是谁的、能做什么、到几时",
    "createReport": "送一个报告：先存下再回答，同时叫值班室",
    "createReports": "一次送多个报告，各用自己的键：存下就回答，不等办理",
    "getReport": "自己送的报告办得怎样",
    "updateReport": "给自己送的报告补充：新的文字或数字",
    "listIncidents": "事件，先报的在前",
    "getIncident": "一个事件：数字、等级、时限、单位",
    "listClocks": "还没报的时限，先到期的在前",
    "listUnits": "调用了的单位，各答了什么",
    "listCalls": "要代答的单位现在有哪些调用",
    "answerCall": "代单位应答",
    "createWarning": "送一个预警（CAP 1.2，或一段文字）：等值班室决定",
    "getBroughtWarning": "自己送的预警办得怎样",
    "getWarning": "一个预警",
    "listWarnings": "预警，先到的在前",
    "listDuties": "日常职责各期，按预案、主体、到期",
    "getStatistics": "一段时间的统计",
}

FIELDS = {
    "id": "标识", "refusal": "没有办的原因，给程序看的", "name": "名称", "jurisdiction": "辖区",
    "plans": "可用的预案编号", "scopes": "权限", "units": "单位",
    "rate": "每分钟最多几次", "until": "到几时", "text": "原话，尽量照抄：什么时间、什么地点、发生什么、伤亡几人",
    "plan": "预案编号；不写由内容和值班室决定", "place": "地点，写了的以此为准", "category": "事件类别，预案里的编号",
    "occurred_at": "发生时间", "facts": "数字和是否，预案里的编号；写了的以此为准", "informant": "谁报的：姓名、电话",
    "route": "经过哪些辖区报上来的，不再报回其中任何一处",
    "at_least": "至少", "at_most": "至多；null 为不知道", "state": "现在怎样", "received_at": "收到的时刻",
    "incident": "记成了哪个事件", "number": "编号，人叫的“17号”", "year": "哪一年的编号",
    "drill": "是否演练", "drills": "演练也要",
    "taken": "值班室是否已接", "ring": "无人接，请马上打电话", "duty_line": "值班电话", "merged_into": "并入了几号",
    "taken_at": "何时接的", "taken_by": "谁接的", "ended": "处置已终止", "questions": "值班室要求核实的，请用补充来答",
    "correction": "以前报的有误，以这次为准",
    "items": "这一页", "next": "下一页的游标；null 为没有了", "type": "问题的种类，文档里有", "title": "是什么问题",
    "status": "状态", "detail": "怎样办", "code": "问题的编号", "errors": "哪里不对", "at": "哪一项",
    "event_level": "事件等级", "response_level": "响应级别", "reported_at": "接报时刻",
    "version": "变一次加一，没变就没有新内容",
    "event_class": "类别", "class_name": "类别名称", "occurred_basis": "时间的依据", "values": "数字",
    "fact": "编号", "label": "名称", "value": "值", "confirmed": "值班室或以上核实",
    "clocks": "时限", "key": "标识", "report": "报告名称", "clause": "依据条款", "due": "应在何时之前", "to": "报给谁",
    "channel": "方式", "decisions": "决定", "kind": "种类",
    "level": "级别", "role": "由谁", "response_started_at": "启动时刻",
    "ended_at": "结束时刻", "closed_at": "归档时刻",
    "unit": "单位", "round": "第几次调用，0为只告知", "called_at": "调用时刻",
    "answered_at": "应答时刻", "note": "说明", "answer": "应答",
    "hazard": "灾种", "colour": "颜色", "issuer": "发布单位",
    "starts": "何时起", "ends": "何时止", "areas": "范围", "waits": "是否在等值班室决定", "opened_at": "到的时刻",
    "duty": "职责编号", "bearer": "由谁做", "bearer_kind": "主体种类", "period": "哪一期",
    "first": "第一天", "last": "最后一天", "settled_at": "何时办的", "evidence": "附件数",
    "behind": "还有几件没有算进来", "incidents": "事件", "reports": "报告", "answers": "应答", "warnings": "预警",
    "duties": "职责", "open": "还没结束", "rejected": "误报", "merged": "并案", "owed": "应报", "in_time": "按时",
    "late": "迟报", "missed": "漏报", "overdue": "逾期",
    "pending": "未到时", "waived": "免报", "called": "调用", "answered": "应答",
    "silent": "没有应答", "declined": "来不了", "median": "中位数，秒", "worst": "最长，秒", "by_colour": "按颜色",
    "by_level": "按事件等级", "by_response": "按最高响应级别",
    "by_kind": "按类别", "done": "办了", "not_applicable": "不适用",
    "returned": "退回", "by_plan": "按预案", "in_force": "有效的", "of_drills": "只算演练", "corrections": "更正",
    "waivers": "免报", "lateness": "迟了多久", "time": "用时，秒", "count": "几次", "lower": "四分之一不超过，秒",
    "upper": "四分之三不超过，秒", "names": "预案里的名称", "raised": "上调后补报", "stage": "哪一类报告",
}  # fmt: skip
"""What each field of a request or an answer is."""

POPUPS = {
    "api_failed": "办不了，试了几次都出错，已记入日志。请改打电话告知值班室",
    "api_no_warning": "没有读出预警：没有预警种类，是演练，或早已过去",
}
