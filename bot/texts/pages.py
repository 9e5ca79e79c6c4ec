"""The wall of the duty room (值班室大屏) and the board in a browser: what stands on their pages."""

WALL = "值班室大屏"
BOARD = "看板"
DRILL_MARK = "【演练】"
HIDDEN = "…"

INCIDENT_TITLE = "{number} {place}"
REPORTED = "{time}接报"
NOBODY = "尚无人接手"
HANDLED = "值班：{name}"
DECIDE = "待决定：是否{verb}{level}级响应"
QUESTION = "待研判：{question}"
SIGN = "待补签：{roles}的口头决定"
UNITS = "单位应答"
UNITS_OF = "{answered}/{called}"
UNITS_SAID = "单位应答：{called}个中{answered}个已应答"
COMING = "途中{count}个，最早{name}{time}前后到"
UNITS_NONE = "尚未叫应单位"
UNITS_SILENT = "未应答：{names}"
NAMES_MORE = "{names}等{count}个"
CLOCK_LEFT = "还差：{names}"
CLOCK_MORE = "另有{count}项待报"
CLOCK_AT_ONCE = "其中立即报送{count}项"
UNSHOWN = "预案打不开"
UNSHOWN_WHERE = "这里显示不了，请看机器人"
CLOCK_NONE = "没有待报时限"
CLOCK_JUDGE = "应先判明等级（{name}）"
CLOCK_UNSURE = "数字待核实，属实应报（{name}）"

WARNINGS = "生效预警"
WARNINGS_NONE = "没有生效的预警"
WARNING_UNTIL = "至{time}"
WARNING_OPEN = "没有写明到何时"
WARNING_ANSWERS = "叫应：{total}个中{answered}个已应答"
WARNING_SILENT = "未应答：{names}"
WATCH = "当前值守"
WATCH_NONE = "没有登记值守人员"
WATCH_SEAT = "值班席"
WATCH_EMPTY = "无人在席"
WATCH_PLANS = "{first}等{count}部预案"
DUTIES = "日常职责"
DUTIES_OVERDUE = "逾期{count}项"
DUTIES_BEARERS = "责任主体{count}个：{names}"
DUTIES_GOOD = "没有逾期"
DUTIES_NONE = "没有启用日常职责"
DELIVERIES = "消息送达"
DELIVERIES_GOOD = "没有积压"
DELIVERIES_WAIT = "等待发送{count}条"
DELIVERIES_FAILED = "未送达{count}条"
DELIVERIES_ELSEWHERE = "其他"
INCIDENTS = "进行中的事件"
INCIDENTS_NONE = "没有进行中的事件"

LOST = "已断开，以下为 {time} 的情况"
STUCK_WHY = {
    "telegram": "程序连不上 Telegram",
    "database": "程序读不到数据库",
    "waiting": "程序没有处理完收到的消息",
    "clocks": "程序的时限提醒迟了",
    "silent": "程序的一部分没有动静",
}
CONNECTING = "正在连接"
SKIP = "跳到正文"
WORDS_OF_SCRIPT = {
    "lost": LOST,
    "stuck": "已断开（{why}），以下为 {time} 的情况",
    "live": "实时",
    "cut": "已断开",
    "age": "{seconds}秒前更新",
    "left": "还剩",
    "stands": "暂停，时限停走",
    "late": "逾期",
    "now": "立即",
    "since": "已过",
    "until": "截止 {time}",
    "ended": "已到期，待解除",
    "hidden": "另有{count}起轮流显示：第{page}/{pages}页",
    "hidden_late": "，其中逾期{count}起",
    "counts": "{real}起",
    "counts_drill": "演练{drill}起",
    "fresh": "新的事件：{title}",
    "days": "{days}天",
}
"""What the scripts fill in as time goes on; they hold no words of their own."""

NAV = "看板各页"
NAV_INCIDENTS = "事件"
NAV_DUTIES = "日常职责"
NAV_STATISTICS = "统计"
STATISTICS_PERIODS = ("本月", "上月", "本季度", "上季度", "今年", "去年")
"""Periods that the page offers, as they are read from words; the first is shown at first."""
STATISTICS_PERIODS_OF = "期间"
STATISTICS_PLACE = "{place} {period}{of}"
STATISTICS_MORE = "表格、文书和演练的统计，请向机器人发 /stats。"
STATISTICS_BACK = "返回统计"
STATISTICS_ROWS = "共{count}条"
STATISTICS_NO_ROWS = "没有明细。"
STATISTICS_PAGES = "明细的各页"
STATISTICS_EARLIER = "上一页"
STATISTICS_LATER = "下一页"
LEAVE = "退出"
BACK = "返回看板"
MADE = "{time}的情况"
PRIVATE = "本页只给打开它的人看，内容随其权限；离开前请点“退出”。"

STATE = "状态"
EVENT_LEVEL = "事件等级"
RESPONSE_LEVEL = "响应"
HAPPENED = "发生"
REPORTED_AT = "接报"
VERIFIED_AT = "核实"
NOT_VERIFIED = "尚未核实"
AT_PLACE = "地点"
KIND = "类别"
PLAN = "预案"
SEAT = "值班"
FIGURES = "数字及来源"
FIGURE = "项目"
FIGURE_SOURCES = "各来源的说法"
FIGURE_COUNTED = "现按"
FIGURE_SAID = "{value}（{source}，{time}{sure}）"
FIGURE_SURE = "，已核实"
FIGURE_UNSURE = "，未核实"
PICTURE = "时限和应答一览图"
NOTES = "提示"
CLOCKS = "报送时限"
CLOCKS_NONE = "没有应报事项"
HEARD = "{time}已报{taker}"
HEARD_TAKER = "，{taker}接"
NOT_HEARD = "未报"
EXCUSED = "免报"
BY_OTHERS = "（{name}应报）"
UNITS_HEAD = "单位"
UNIT = "单位"
UNIT_ANSWER = "答复"
UNIT_TIME = "时间"
UNIT_TOOK = "用时"
UNIT_NOTE = "备注"
UNIT_UNBOUND = "无联络员"
NUMBER = "电话"
DECISIONS = "决定"
TIMELINE = "经过"
TIME = "时间"
MESSAGES_SENT = "发出的消息"
MESSAGES_NONE = "没有发出过消息"
MESSAGE_TO = "发给"
MESSAGE_WHAT = "内容"
MESSAGE_STATE = "结果"
MESSAGE_STATES = {
    "pending": "等待发送",
    "sending": "正在发送",
    "sent": "已发出",
    "ambiguous": "不知是否送到",
    "dead": "未送达",
}
MESSAGES_OLDER = "只列最近{count}条，更早的见 /export 和聊天记录。"
EVIDENCE = "材料"
EVIDENCE_NONE = "没有收到照片、语音或文件"
EVIDENCE_OPEN = "{kind}{number}"
EVIDENCE_ALT = "材料{number}：{kind}，{time}收到"
EVIDENCE_SIZE = "{size} KB"
EVIDENCE_FETCHING = "正在取件"
OFFICE_ONLY = "经过、发出的消息和材料由值班员、预案里的各级负责人和管理员查看。"

WARNING_STATE = "状态"
WARNING_IN_FORCE = "生效中"
WARNING_OVER = "已解除"
WARNING_WAITING = "待发布"
WARNING_SPAN = "时段"
WARNING_AREAS = "范围"
WARNING_BY = "发布"
WARNING_STAGES = "经过"
WARNING_WOKEN = "叫应"
WARNING_WOKEN_NONE = "没有叫应单位"
WARNING_MEASURES = "应急措施"
WARNING_NOT_ANSWERED = "未应答"
WARNING_ANSWERED = "{time}已应答"
WARNING_RINGS = "电话列最先要打的{count}家；打过登记以后，列后面的。"
WARNING_MORE = "另有{count}个单位已应答。"

DUTIES_TITLE = "日常职责：{plan}"
DUTIES_SINCE = "本季度（{since}起）到期的职责，按责任主体。"
DUTIES_BEARER = "责任主体"
DUTIES_NOT_YOURS = "您所在的预案没有启用日常职责，或不由您查看。"
DUTIES_EMPTY = "本季度还没有到期的职责。"

STATISTICS = "统计"
STATISTICS_NONE = "没有可以查看的统计。"

CROWDED = "打开的页面太多，请关掉几个再试。"
ENDED = "登录已结束，请在与机器人的私聊里重新发 /board。"

COLOUR_CLASSES = {"蓝": "blue", "黄": "yellow", "橙": "orange", "红": "red"}
"""What a colour is called in the style sheet; the word stands in the title always."""
