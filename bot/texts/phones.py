"""Looking up numbers and incidents."""

FOUND = "“{query}”："
HIT = "{unit}（{kind}）"
HIT_LABEL = "{unit}（{label}，{kind}）"
HIT_NUMBER = "　{number}　{tap}"
CHANGED = "　{day}改，预案为{was}"
ADDED = "　{day}补充，预案没有这个号码"
CHECKED = "　{day}核对无误"
MORE = "还有{count}个，请写得更具体。"
SOURCE = "号码来自{plans}；有误请告诉管理员。"
SOURCE_DATED = "《{title}》（{year}年）"
SOURCE_UNDATED = "《{title}》"
SOURCE_LISTED = "单位名册"
NONE = "没有找到“{query}”。可试简称、拼音首字母或号码的一部分，例如 消防、wjj、2039。"
AT_HAND = "{number}号已叫应的单位："
DUTY_LINE = "值班电话 {number}　{tap}\n要报告，请发 /report 加一句话。先打120/110。"
DUTY_UNKNOWN = "值班电话正在核实。要报告，请发 /report 加一句话。先打120/110。"
INLINE_INCIDENT_TITLE = "{number}　{state}"
INLINE_INCIDENT_HINT = "{plan}　{time}接报"
INLINE_INCIDENT_TEXT = "{number}：{state}。详情请指挥人员私聊 @{username} 发 /status。"
INLINE = {
    "stranger": (
        "请先登记身份",
        "私聊机器人发 /join，或打开邀请链接，之后可以在这里查电话",
        "查应急电话请先私聊 @{username} 登记身份（/join）。紧急情况请先拨打120、110、119。",
    ),
    "none": (
        "没有找到",
        "可试简称、拼音首字母、号码的一部分、条款词或事件编号",
        "没有找到。紧急情况请先拨打120、110、119。",
    ),
}
"""Results that are no number: title, hint, and the text that is sent."""

HELP = {
    "phone": "电话",
}

MESSAGES = {
    "phone_how": (
        "请直接发要查的单位：简称、拼音首字母或号码的一部分，例如 消防、wjj、2039。\n"
        "也可以随时发 /phone 消防；在任何聊天里写 @{username} 消防，可以发出名片。"
    ),
    "phone_stranger": "查电话前请先登记身份：用 /join，或打开管理员发给您的邀请链接。\n紧急情况请先拨打120、110、119。",
    "phone_unbound": "本群还没有绑定预案，这里查不到电话。\n紧急情况请先拨打120、110、119。",
}
