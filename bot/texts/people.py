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

# --- 代行: a role held for somebody else, for a time
DELEGATION = {
    "how": (
        "请写明职务、由谁代行、到什么时候。\n"
        "例如：/delegate 指挥长 王副 到 明天8点\n"
        "/delegate 收回 可随时收回。到时自动终止；代行的人不能再转给别人。\n"
        "您可以交人代行的：{roles}"
    ),
    "nothing_to_lend": "您没有可以交人代行的职务。",
    "nobody": "没有“{given}”这个人。请写已登记的人的姓名：{names}",
    "several": "叫“{given}”的不止一人，请写 @用户名。",
    "no_time": "“{given}”不是以后的时间。请写如：8点、明天8点、11-27 08:00、24小时，最长{days}天。",
    "asked": "已请{name}确认。对方点“接受代行”后生效，到{until}为止。",
    "ask": (
        "{whose}请您代行{role}（{plan}），到{until}为止。\n"
        "接受后，您可以作出预案给这个职务的决定，记录和公告都注明代行。"
    ),
    "accepted": "已接受：代行{whose}的{role}（{plan}），到{until}为止。",
    "accepted_yours": "{name}已接受代行您的{role}，到{until}为止。发 /delegate 收回 可随时收回。",
    "refused_yours": "{name}没有接受代行您的{role}。",
    "refused": "已回复不接受",
    "stale": "这个授权已经答复过、收回或过期，或对方已不担任该职务，什么也没有改变。",
    "lender_gone": "{whose}已不担任这一职务，您不再{role}（{plan}）。",
    "offer_withdrawn": "已撤回请求：{name}不能再接受代行{role}。",
    "directly": "授权须由本人用自己的账号发出。",
    "taken_back": "已收回：{name}不再{role}，立即生效。",
    "taken_back_theirs": "{whose}已收回：您不再{role}（{plan}）。",
}
ACCEPT, REFUSE = "接受代行", "不接受"
LENT_HEAD = "由别人代行的您的职务："
LENT = "· {role}（{plan}）：{name}，到{until}"
OFFERED = "· {role}（{plan}）：已请{name}，到{until}，还没有答复"
LENT_NONE = "现在没有人代行您的职务。"
TAKE_BACK = "收回 {name}"
ACTING = "（代行{whose}，到{until}）"
ACTS = "代行{role}"
