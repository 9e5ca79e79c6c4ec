"""其他通知方式: mail, SMS gateway, 企业微信 … beside Telegram."""

TEXTS = {
    "how": (
        "Telegram没有应答时，再用这些方式叫您。只能在私聊里设置，地址不会再显示出来。\n"
        "/channels 加 mailto://用户:口令@smtp.example.cn?to=值班@example.cn\n"
        "/channels 安静 1 22:00-07:00（安静时段只发叫应、公告和逾期；写“无”取消）\n"
        "地址的写法见 Apprise 的说明；可用：{kinds}{telephone}"
    ),
    "none": "还没有其他通知方式。",
    "list": "其他通知方式：\n{lines}",
    "telephone": (
        "\n/channels 加 电话 13800000000（自动电话：其他方式叫过仍没有应答才打；接听后按1即为收到，按2请值班员回电）"
    ),
    "no_telephone": "没有加上：这里没有接自动电话，请管理员按手册设置语音网关。",
    "added_telephone": (
        "已加上第{number}种：电话。还要确认：请点“测试”，电话打来后按1；没有确认的号码不会用来叫您。原消息里有号码，请把它删掉。"
    ),
    "testing_telephone": "测试电话马上打来，听清后请按1",
    "no_own_telephone": "先私聊发 /channels 加 电话 和您的号码，再点一次",
    "tested_often": "一小时内最多测试{most}次，请稍后再试",
    "private": "请私聊我发 /channels，地址不要发在群里。",
    "not_known": "请先登记身份：用 /join，或打开管理员发给您的邀请链接。",
    "bad": "没有加上：{problem}。",
    "busy": "没有加上：上一个地址还在核对，请过一分钟再发一次。",
    "added": "已加上第{number}种：{kind}。请点“测试”，收到才算数。原消息里有口令，请把它删掉。",
    "most": "最多{most}种，请先删去一种。",
    "quiet_bad": "请写明第几种和时段，例如 /channels 安静 1 22:00-07:00；写“无”取消。",
    "quiet": "第{number}种的安静时段：{quiet}。叫应、公告和逾期照发。",
    "test": "这是警钟的测试，不是突发事件。收到说明这种方式可用。",
    "testing": "已发测试，请看对方是否收到",
    "removed": "已删去：{kind}",
    "gone": "已经不在了",
}
LINE = "{number}. {kind}（{masked}）{quiet}，{proved}"
QUIET = "，安静 {quiet}"
NO_QUIET = "无"
PROVED = "{time}送达过"
NOT_PROVED = "还没有送达过"
CONFIRMED = "{time}按1确认过"
NOT_CONFIRMED = "还没有确认，不会用来叫您"
TEST, REMOVE = "测试 {number}", "删去 {number}"

HELP = {
    "channels": "其他通知方式",
}
