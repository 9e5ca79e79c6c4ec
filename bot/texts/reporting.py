"""A report comes in: its receipt, the ring of the duty room, what is asked of whoever reports."""

REPORT_KINDS = "也可以先点下面的类别，马上记录，再补充。"
REPORTED_BY_KEY = "{kind}（按键报告，详情待补）"
CALL_FIRST = "请先确认已拨打120/110。"
CALL_FIRST_DRILL = "演练中不要拨打120/110。"
RECEIPT = """*已记录 {number}*（{time}）。{emergency}
我读到：{read}。
{unsure?}
{missing?}
原文只给值班室看。删除聊天不等于撤回。"""
RECEIPT_MISSING = "没有提到：{labels}。"
RECEIPT_NOTHING_READ = "没有读出数字，原文已交值班室"
RECEIPT_ASSUMED = "发生时间没有提到，暂按接报时间"
RECEIPT_FIGURE = "{label}{value}"
RECEIPT_NEUTRAL = """已记录，编号{number}（{time}）。{emergency}
值班室会联系报告人，请勿在群内传播未核实的消息。
{phone?}
{tap?}"""
RECEIPT_MERGED = """已记录{count}件报告：{numbers}（{time}）。{emergency}
值班室会联系报告人，请勿在群内传播未核实的消息。
{phone?}
{tap?}"""
RECEIPT_NUMBERS = "{first}至{last}"
RINGS = "*【待接报】{count}件新报告（{first}号–{last}号）*"
RINGS_ONE = "• {title}（{name}，{time}）"
RINGS_MANY = "• {name}报了{count}件：最早 {first}；最近 {title}（{time}）"
RINGS_REST = "另有{people}人报的{count}件"
RINGS_DUE = "最早时限：{due}"
RINGS_ALL = "全部见 /todo"
RINGS_TAKE = "处理{number}号"
RINGS_REJECT = "这{count}件都不属实"
DUTY_RING = """*【待接报】{title}*
{figures}
{occurred}发生；信息来源：{informant}
{deadline?}
{stranger?}
{unplaced?}
{odd?}
{unsure?}
{unread?}
{drill?}
{evidence?}"""
DUTY_RING_STRANGER = "报告人没有登记身份，未核实：请先打电话核实，不属实用 /reject。"
DUTY_RING_UNPLACED = "报告人没有说明是哪个辖区：请先问清地点，不属本地的请转告当地值班室。"
DUTY_RING_ODD = "原文说“{text}”，{why}。发生时间请问清，用 /update 改正。"
ODD_TIMES = {"future": "这个时间还没有到", "long_past": "那是一周以前"}
DUTY_RING_DRILL = "原文提到“演练”。没有用 /drill 发起的一律按真实事件办理；确是演练请先核实，再用 /reject 注明。"
DUTY_RING_DEADLINE = "{undetermined}最早时限：{name} {due}{citation}"
DUTY_RING_UNDETERMINED = "等级未定，按"
DUTY_RING_RAW = "原文：{text}"
DUTY_RING_EVIDENCE = "附材料{count}份"
RING_YOURSELF = """*{span}内无人接手 {number}，请立即拨打值班室 {phone}*。报告已保存，不用重写。
{tap?}"""
RING_YOURSELF_UNKNOWN = "（号码请查通讯录）"

LABELS = {
    "fix_one": "改一处",
    "said_is_report": "是突发事件，报告",
}

HELP = {
    "report": "报告",
}

MESSAGES = {
    "channel_no_report": "以频道身份发的不作为报告记录。要报告，请用本人账号发 /report 加一句话。先打120/110。",
    "report_how": (
        "请在 /report 后面写清：什么时间、什么地点、发生什么、伤亡几人。\n"
        "例如：/report 3时02分宿舍楼楼梯踩踏，4人受伤，已拨120\n"
        "私聊我时直接发文字、语音或照片即可。"
    ),
    "report_how_plain": (
        "请在 /report 后面写清：什么时间、什么地点、发生什么、影响多大。\n私聊我时直接发文字、语音或照片即可。"
    ),
    "report_now_plain": (
        "请发一句话：什么时间、什么地点、发生什么、影响多大。也可以按住话筒说，或发照片。\n"
        "有人遇险请先拨打120、110、119。"
    ),
    "report_now": (
        "请发一句话：什么时间、什么地点、发生什么、伤亡几人。也可以按住话筒说，或发照片。\n"
        "紧急情况请先拨打120、110、119。"
    ),
    "fix_one": "请回复这条消息，写出要改的内容，例如“受伤5人”。",
    "added": "已记到{number}号，值班室会看到。如果是另一件事，请用 /report 报告。",
}

POPUPS = {
    "said_reported": "已按突发事件报告",
    "reported_by_key": "已记录，请接着补充",
}

REFUSALS = {
    "already_reported": ("{number}号已经立案", "新情况请用 /update"),
}

NOTICE_NAMES = {
    "duty_ring": "待接报提醒",
    "ring_yourself": "“请直接打电话”的提醒",
}
