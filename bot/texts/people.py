"""Who holds what, taken back; what is missing among people."""

INVITATIONS = "还没有用的邀请（{count}）："
INVITATIONS_NONE = "没有还没用的邀请。"
INVITATION = "· {role}，{day}发出，{until}"
INVITATION_UNTIL = "{day}到期"
INVITATION_EXPIRED = "已过期"
HOLDINGS = "现有身份（{count}）："
HOLDINGS_NONE = "没有这样的身份。"
HOLDING = "· {name}　{role}（{plan}）"
MORE = "另有{count}个，请加姓名、职务或单位缩小范围，例如 /invite 名单 值班员"
REVOKE_HOW = "要解除，请点下面的按钮，或发 /invite 解除 姓名 职务。"
SURE = "将解除{name}的{role}（{plan}）。立即生效：不再收到叫应和提醒，也不能再查看。"
SURE_YES, SURE_NO = "确认解除", "返回"
WITHDRAW = "撤销 {role}"
RELEASE = "解除 {name} {role}"

CHECK_HEAD = "人员检查：{plan}"
CHECK_GOOD = "每个职务都有人，成员单位都有能收到消息的联络员。"
CHECK = {
    "roles": "没有人担任的职务：{names}",
    "units": "没有联络员的单位（{count}）：{names}",
    "unreachable": "有联络员但收不到消息的单位（{count}）：{names}",
    "never_started": "从没打开过机器人的：{names}",
    "blocked": "停用了机器人的：{names}",
    "silent": "上次叫应测试没有应答的：{names}",
    "no_roll": "{days}天没有做过叫应测试，可发 /roll",
    "never_rolled": "还没有做过叫应测试，可发 /roll",
    "seat": "值班席现在没有人，请值班员发 /shift",
}
"""What is wrong among people; each is a line."""
CHECK_MORE = "等{count}个"
