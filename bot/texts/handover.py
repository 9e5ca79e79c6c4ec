"""Hand-over of a shift (交接班): the page of all that is open, and the names under it."""

SECTIONS = {
    "incidents": "突发事件",
    "warnings": "生效预警",
    "entries": "值班日志待办",
    "instructions": "批示指令未办结",
    "announcements": "通知未回执",
    "shifts": "值班表待处理",
    "duties": "到期职责",
    "drills": "今日演练",
    "handovers": "未签的交接班",
    "channels": "通信故障",
}

INCIDENT = "*{title}*（{state}）{due}"
NEXT = "，下一时限{due}"
NO_NEXT = "，没有待报时限"
IN_SHORT = "*{number}*（{time}接报）{text}{owed}"
MANY_MORE = "{mark}更早还没有办结的{count}起：{numbers}"
OF_YEAR = "{year}年{numbers}号"
IN_SHORT_OWED = "；待报{count}项，{due}"
UNREADABLE = "*{number}* 正在办理，所依据的预案文件读不出来，请看 /status，并请管理员处理"
WARNING = "*{number} {title}* {span}{more}"
WARNING_WAITS = "*{number} {title}* {span}，*待发布*{more}"
WARNING_OVER = "，*已到期，没有解除或延长*"
DUTY_OVERDUE = "*逾期* {who}：{what}（{period}{clause}）"
DUTY_TODAY = "今天到期 {who}：{what}（{period}{clause}）"
DUTY_RETURNED = "退回重办 {who}：{what}（{period}{clause}）"
CLAUSE = "，{clause}"
OTHERS_OVERDUE = "逾期未办：{bearers}个责任主体，{count}项（{names}）"
OTHERS_TODAY = "今天到期：{bearers}个责任主体，{count}项（{names}）"
OTHER = "{name}{count}"
MORE_NAMES = "等"
LOST_CHAT = "机器人已不在指挥群“{title}”里"
NO_GROUP = "{plan}没有绑定指挥群"
BLOCKED = "屏蔽了机器人、收不到消息的（{count}）：{names}"
UNREACHABLE = "没有一个人能收到消息的单位（{count}）：{names}"
UNDELIVERED = "{case}：{what}"
FAILED = "{count}条消息没有送到"
WAITING = "{count}条消息还没有发出"
CASES = {
    "incident": "{number}号",
    "warning": "预警{number}",
    "duty": "职责册{number}",
    "entry": "日志{number}号",
    "instruction": "指令{number}号",
    "announcement": "通知{number}号",
    "handover": "交接班{number}号",
}
CASE = "{number}号"
DEFERRED = "{count}份报告处理不了，系统在反复重试，已另行通知值班席"
BEHIND_INBOX = "收到的消息积压{span}没有处理"
BEHIND_CLOCKS = "提醒晚了{span}"
TELEPHONE = "自动电话有{count}次没有打成或没有结果（一天内）"

HEAD = "*{number}*　{time}"
SIDES = "交班：{giver}　接班：{taker}"
FIRST_SHIFT = "接班：{taker}（值班席此前没有人）"
SEATS = "值班席：{plans}"
LEADER = "带班领导：{name}{phone}"
LEADER_NONE = "带班领导：值班表上没有"
PHONE = "（{number}）"
COUNT = "*未办结{count}项*"
NOTHING = "*没有未办结的事项。*"
SECTION = "*{name}*（{count}）"
MATTER = "· {line}"
PART = "　— {line}"
PART_OF = "{number}：{line}"
NONE_OF = "没有：{names}"
ADDED_WORD = "补充（{name} {time}）：{text}"
ADDED = "*交班后新增*（{count}）"
SETTLED = "*交班后已了结*（{count}）"
SIGNED = {"giver": "交班人：{name} {time}已交清", "taker": "接班人：{name} {time}已接清"}
MISSING = {"giver": "交班人：{name} 未签", "taker": "接班人：{name} 未签"}
SIGNED_BEFORE = {
    "giver": "交班人：{name} {time}签过，之后有补充，请再签一次",
    "taker": "接班人：{name} {time}签过，之后有补充，请再签一次",
}
AWAY = {"giver": "交班人：{name} 已离岗，没有签（{reason}）", "taker": "接班人：{name} 已离岗，没有签（{reason}）"}
BOOK = "{number}，{names}"
BOOK_SIGNED = {"giver": "交班人{name}{time}签“已交清”", "taker": "接班人{name}{time}签“已接清”"}
BOOK_SIGNED_BEFORE = {
    "giver": "交班人{name}{time}签过，之后有补充，没有再签", "taker": "接班人{name}{time}签过，之后有补充，没有再签",
}  # fmt: skip
BOOK_MISSING = {"giver": "交班人{name}未签", "taker": "接班人{name}未签"}
BOOK_AWAY = "{name}已离岗，没有签（{time}注明：{reason}）"
BOOK_WORD = "{name}补充：{text}"
STATES = {"open": "待签", "complete": "已交清、已接清", "lapsed": "没有签齐，已不再等"}
STATE = "{state}"
TAKEN = "您已接班，上一班：{giver}。以后的提醒发给您。"
TAKEN_FIRST = "您已坐上值班席。以后的提醒发给您。"
GIVEN = "{taker}已接班（{time}）。您交出的事项如下，请核对后签。"
WORD_OWN = "已补充进交接页。请签补充后的这一页。"
WORD_OTHER = "对方补充了一句，已并入交接页。请签补充后的这一页。"
COMPLETE = "*{number}已办完*：{giver}，{taker}。"
COMPLETE_PART = {"giver": "{name}{time}已交清", "taker": "{name}{time}已接清"}
COMPLETE_AWAY = "{name}已离岗（{reason}）"
UNSIGNED = """*{number}没有签齐*：{giver}→{taker}（{time}接班），{missing}没有签。
值班席由{taker}坐着，提醒照常。请提醒补签；这条只说一次。"""
UNSIGNED_LINE = "*{number}没有签齐*：{giver}→{taker}（{time}），差{missing}"
NAMES = {"giver": "交班人", "taker": "接班人"}
ON_SEAT = "您已在值班席上，没有换班。"
OPEN_NOW = "*现在未办结*　{time}"
ASK_WORD = "请发一句要补充的话（{minutes}分钟内）。它会写进交接页，双方按补充后的页签。"
NO_FILES = "文字已写在交接页上；照片、文件没有留。要留的，点「📒 记一笔」再发一次。如果是突发事件，请点下面报告。"
PERHAPS_REPORT = "已写在交接页上，没有当作新的报告。如果是刚发生的突发事件，请点下面报告。"
ASK_REASON = "{name}为什么没有签？这会写在交接页上。"
ASK_REASON_TEXT = "请发一句原因（{minutes}分钟内），会写在交接页上。"
REASONS = ("已下班离开", "电话联系不上", "请假、因病离岗")
REASON_OTHER = "写明原因"
LIST = "*交接班记录*"
LIST_LINE = "{number}　{time}　{giver}→{taker}　{state}"
LIST_NONE = "还没有交接班记录。"
LIST_NONE_ON = "{day}没有交接班。"
FIRST_NAME = "（首班）"
FILE = "交接班记录{number}号{day}.docx"
PAPER_TITLE = ("值班交接班记录",)
PAPER_ROWS = {
    "time": "接班时间",
    "giver": "交班人",
    "taker": "接班人",
    "leader": "带班领导",
    "seats": "值班席",
    "number": "编号",
}
PAPER_HEAD = ("项目", "内容")
PAPER_OPEN = "接班时未办结的事项（{count}项）"
PAPER_OPEN_HEAD = ("类别", "事项", "时限")
PAPER_NOTHING = "接班时没有未办结的事项。"
PAPER_NONE_OF = "已逐类核对，没有：{names}。"
PAPER_WORDS = "补充"
PAPER_CHANGES = "签字时的变化"
PAPER_CHANGES_NONE = "签字时与接班时相同。"
PAPER_ADDED = "新增：{line}"
PAPER_SETTLED = "已了结：{line}"
PAPER_SIGNED = "签字"
STAMPS = {"complete": "【已签】", "lapsed": "【已过期】", "open": "【已签】"}

LABELS = {
    "handover_giver": "我已交清",
    "handover_taker": "我已接清",
    "handover_word": "补充一句",
    "handover_absent": "对方已离岗",
    "handover_withdraw": "撤回签字",
    "handover_file": "打印稿",
}

HELP = {
    "handover": "交接班记录",
}

MESSAGES = {
    "handover_not_read": "交接班记录由值班员和预案里的职务查看。",
    "handover_how": "没有读懂日期。请发 /handover 9月3日，或 /handover 12号；只发 /handover 看最近一次。",
    "handover_no_such": "没有找到{given}的交接班。发 /handover 看最近的。",
    "handover_printed": "交接班{number}号的打印稿在下面。",
    "handover_file_later": "现在排队的人多，没有做成打印稿，请过一会再点一次。",
    "handover_word_over": "这次交接班已经办完，没有补充进去。要记事请用 /log。",
    "handover_reason_said": "已写在交接页上。",
}

POPUPS = {
    "handover_signed": "已签",
    "handover_signed_first": "已签，等对方签。对方已离岗的，发 /handover 写明原因",
    "handover_withdrawn": "签字已撤回",
    "handover_absence": "已写在交接页上",
}

REFUSALS = {
    "handover_not_yours": ("这一栏由本人签", "各签各的名；对方不在的，点“对方已离岗”写明原因"),
    "handover_signed_already": ("这一栏已经签了", "不用再签；要补充请点“补充一句”"),
    "handover_too_long": ("这一段有{count}字，没有写进交接页", "最多{most}字：请分几次补充，或者记一条值班日志"),
    "handover_no_reason": ("没有写原因", "请写一句原因"),
    "handover_complete": ("交接班已经办完，签字不能再撤回", "要更正请记一条值班日志"),
}

NOTICE_NAMES = {
    "handover_give": "交班页",
    "handover_take": "接班页",
    "handover_word": "交接页的补充",
    "handover_complete": "交接班已办完",
    "handover_unsigned": "交接班没有签齐",
}
