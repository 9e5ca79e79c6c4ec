"""Looking up numbers, clauses and incidents; the directory and its changes."""

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
NONE = "没有找到“{query}”。可试简称、拼音首字母或号码的一部分，例如 消防、wjj、2039。"
AT_HAND = "{number}号已叫应的单位："
DUTY_LINE = "值班电话 {number}　{tap}\n要报告，请发 /report 加一句话。先打120/110。"
DUTY_UNKNOWN = "值班电话正在核实。要报告，请发 /report 加一句话。先打120/110。"
INLINE_INCIDENT_TITLE = "{number}　{state}"
INLINE_INCIDENT_HINT = "{plan}　{time}接报"
INLINE_INCIDENT_TEXT = "{number}：{state}。详情请指挥人员私聊 @{username} 发 /status。"
TEXTS = {
    "how": (
        "请直接发要查的单位：简称、拼音首字母或号码的一部分，例如 消防、wjj、2039。\n"
        "也可以随时发 /phone 消防；在任何聊天里写 @{username} 消防，可以发出名片。"
    ),
    "stranger": "查电话前请先登记身份：用 /join，或打开管理员发给您的邀请链接。\n紧急情况请先拨打120、110、119。",
    "unbound": "本群还没有绑定预案，这里查不到电话。\n紧急情况请先拨打120、110、119。",
    "amend_how": (
        "管理员可以这样改号码，点确认后才生效：\n"
        "/phone 改 区教育局 0356-2250777 0356-2250778 已迁新址\n"
        "/phone 错 区教育局 0356-2250777（号码有误，还不知道新的）\n"
        "/phone 加 区教育局 0356-2250779 夜间值班\n"
        "/phone 核对 区教育局 0356-2250777（打过，无误）\n"
        "/phone 撤销 区教育局 0356-2250777（恢复预案的号码）\n"
        "/phone 记录（看与预案不同的号码）"
    ),
    "amend_no_unit": "没有“{given}”这个单位。相近的：{near}",
    "amend_no_number": "“{given}”不是电话号码，应写作 0356-2250777、0356-2250777转801 或 12345。",
    "amend_which": "{unit}有{count}个号码，请写明是哪一个：{numbers}",
    "amend_not_there": "{unit}没有{number}这个号码。现有：{numbers}",
    "amend_several": "几个地方都有{unit}，请在最后写明预案：{plans}",
    "amend_nothing": "{unit}的这个号码没有改过。",
}
"""Answers that are no number."""
PREVIEW = "将改通讯录：{unit}\n{change}\n确认后，工作单、话术、叫应和查询都用新的。"
PREVIEW_OWN = "这是手机号码：只在私聊里给本地有职务的人看，不进群、不进话术。"
CHANGES = {
    "changed": "{was} → {number}（{kind}）",
    "wrong": "{was} 有误，不再使用",
    "added": "增加 {number}（{kind}）",
    "checked": "{was} 核对无误",
    "ended": "恢复预案的号码 {was}",
}
"""What is done to a number."""
CONFIRM, LEAVE = "确认修改", "返回"
LISTED = "与预案不同的号码（{count}）："
LISTED_LINE = "· {unit}：{change}，{day}{by}{note}"
LISTED_NONE = "没有与预案不同的号码。"
NOTE = "，{note}"
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
    "amended": "已改：{unit} {change}",
    "amend_stale": "这个号码刚被别人改过，什么也没有改变。请重新发 /phone 改",
}
