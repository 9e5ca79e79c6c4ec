"""通知 with receipts: the draft, what people read, the table of who has it."""

DRAFT = """*{called} 草稿*{urgent}
“{text}”
{files?}
发给：{to}
{unread?}
还没有发出。"""
DRAFT_URGENT = "（加急）"
PREVIEW = """*请确认：发出{called}*{urgent}
“{text}”
{files?}
发给{count}个：{to}
{absent?}
{ring?}
{refusal?}
每人收到一条，点［收到］回执；没有回执的提醒一次，再列给值班室打电话。"""
CALL = """*{urgent}通知* {called}（{office}）
{text}
{files?}
收到请点［收到］。"""
CALL_AGAIN = """*{urgent}通知，请回执* {called}（{office}）
{text}
{again}"""
MINE = """*通知* {called}（{office}）
{text}
☑ {time}已回执。"""
PAGE = """*{called}* {state}
{by}　{time}
“{text}”
{files?}
{counts}
{delivered?}
{rings?}
{lines?}
{closing?}
{how?}"""
PAGE_HOW = "改：/notice {number} 更正 …；再发给别人：/notice {number} 加发 …"
PAGE_STATES = {"draft": "草稿", "sent": "等回执", "done": "回执结束", "withdrawn": "已收回", "discarded": "没有发出"}
COUNTS = "已回执{answered}/{total}"
ALL_RECEIVED = "*{called}回执齐了*（{total}个）\n“{text}”"
RESTS = "*{called}不再等回执*\n“{text}”\n还有{silent}个没有回执：{names}"
CLOSED_WHY = "收回原因：{reason}"
BY, BY_DRAFT = "发出：{name}", "起草：{name}"

LIST_HEAD = "*等回执的通知*（{count}件）"
LIST_NONE = "没有等回执的通知。"
LIST_LINE = "{called}　“{text}”　已回执{answered}/{total}"
LIST_DRAFT = "{called}（草稿）　“{text}”"
LIST_HOW = "发通知：/notice 明早8点开会，然后选单位；或 /notice 城关镇学校：明早8点开会"
SCRIPT = "通知：{text}。"

LABELS = {
    "announce_send": "发出",
    "announce_stop": "不再等",
}

POPUPS = {"announce_stopped": "不再等回执"}

HELP = {"notice": "发通知、看回执"}

MESSAGES = {
    "notice_how": (
        "发通知：/notice 明早8点开会，然后选单位\n"
        "也可以先写发给谁：/notice 城关镇学校、区教育局：明早8点开会\n"
        "改：/notice 5 更正 …、/notice 5 收回 原因、/notice 5 加发 单位、/notice 5 加急"
    ),
    "notice_not_yours": "通知由值班员或指挥部成员发。要报告突发事件，请不带命令直接发给我；别的请联系值班室。",
}

NOTICE_NAMES = {"announcement_rests": "通知回执结束"}
