"""Who takes a report, and who sits on the duty seat."""

OUTRUN_HANDLED = "{name}已接手"
HANDED_OVER = "{number}号的值班工作单已交给{name}（{time}）。"
HANDED_OVER_SOMEBODY = "{number}号的值班工作单已交给别人。"
TAKEN = """{number} 值班员已接手（{time}）。请保持电话畅通，有变化直接发给我。
{phone?}
{tap?}"""
TAKEOVER = """*{seat}已接班*（{time}），提醒随值班席走。
{title}"""
TAKEOVER_NOTHING = "没有未完成的报送。"
HANDLED_OWN = "您已经在处理"
HANDLED_OTHER = "{name}已经在处理"
HANDLED_SOMEBODY = "值班员已经在处理"

LABELS = {
    "handle": "我来处理",
    "takeover": "我接班",
}

HELP = {
    "shift": "接班",
}

MESSAGES = {
    "seat_changed": "值班席之后已由{name}接班，没有改变。确要接班请发 /shift。",
    "seat_over": "这一班已经结束，没有改变。确要接班请发 /shift。",
    "seat_taken": "您已接班，上一班：{before}。以后的提醒发给您。",
    "seat_taken_first": "您已坐上值班席。以后的提醒发给您。",
    "seat_taken_here": "已接班，提醒随值班席走。交接页发在私聊：请先打开与机器人的私聊，点“开始”，再发 /handover。",
    "shift_name": "“{given}”不像姓名，没有接班。您自己接班只发 /shift；几个人共用账号的写上姓名，例如 /shift 赵敏",
    "seat_not_yours": "只有值班员可以接班。",
}

POPUPS = {
    "handled": "已接手，请看下面的话术",
}

REFUSALS = {
    "already_handled": ("{handled}", "请看 /status；要接过值班席请用 /shift"),
    "already_on_seat": ("您已经在值班席上", "直接办理即可"),
}
