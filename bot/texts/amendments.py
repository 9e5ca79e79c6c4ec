"""Changes of the directory: what is asked before, and what differs from the plans."""

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

MESSAGES = {
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
    "amended": "已改：{unit} {change}",
    "amend_stale": "这个号码刚被别人改过，什么也没有改变。请重新发 /phone 改",
}
