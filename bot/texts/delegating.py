"""代行: a role held for somebody else, for a time."""

TEXTS = {
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

HELP = {
    "delegate": "授权代行",
}
