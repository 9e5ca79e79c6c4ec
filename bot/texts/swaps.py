"""替班、换班: asking for a replacement, saying yes, exchanging shifts, and what falls through."""

ERASED = "（已注销）"
"""In the place of the name of somebody who was erased."""

SHIFT = "{begins}–{ends} {kind}"
SHIFT_OF = "{begins}–{ends} {kind}（{plan}）"
REASON = "事由：{reason}\n"
APPROVAL = "带班领导同意后生效。"
CLASH = "注意：您这段时间已有{shifts}。"
MORNING = "现在是夜里，{time}再发给他们。"

OWN_HEAD = "您的班："
OWN_LINE = "{number}. {shift}{state}"
OWN_NONE = {
    "outside": "您没有排班，没有班要换。",
    "unknown": "您的姓名还没有核实，不知道值班表上哪些班是您的。请发 /name 姓名 单位 电话。",
    "no_roster": "还没有今后的值班表，没有班要换。",
    "none": "值班表上近期没有您的班。排了却没有显示的，多半是值班表上的姓名、单位与您核实的（{who}）不一样。",
}
KEEPERS = "值班表由{names}管理。"
KEEPERS_YOU = "值班表由您管理：/roster 改班，/setup 看哪些名字对不上。"
KEEPERS_NONE = "值班表由管理员管理。"
OWN_HOW = "点“请人替班”，同岗位的人会收到；先点“我来替”的人值这一班，别的班不变。"
OWN_MORE = "只列出最近{count}班。"
STATES = {
    "": "",
    "open": "，已请人替，还没有人应",
    "agreed": "，{name}愿意替，等带班领导同意",
    "instead": "，替{name}值",
}
WAITING_HEAD = "等您决定的换班："

ASK = "{asker}请人替班：\n{shift}\n{reason}先点“我来替”的人值这一班。{approval}{clash}"
ASK_EXCHANGE = "{asker}想与您换班。换了以后：\n您值：{his}\n{asker}值：{yours}\n{reason}{approval}"
LEADER_ASKED = "{asker}请人替班：\n{shift}\n{reason}已问{count}位同事；有人替、没人替都会再告诉您。"
LEADER_NOBODY = "{asker}请人替班，但没有能收到消息的同岗位同事：\n{shift}\n{reason}请安排。"
LEADER_WITHDRAWN = "{asker}撤回了替班请求，仍由{asker}值：\n{shift}"
LEADER_DECIDES = "请决定换班：\n{lines}\n{reason}"
LINE = "{shift}：由{before}改为{after}"
LEADER_TOLD = "换班：\n{lines}\n{reason}不用处理。"

ASKED = "已问{count}位同事：\n{shift}\n有人替会告诉您；没有人替，仍由您值。{morning}"
ASKED_NOBODY = "没有能收到消息的同岗位同事，{leaders}。仍由您值：\n{shift}"
LEADERS_TOLD, LEADERS_NONE = "已告诉{names}", "请自己联系带班领导"
ASKED_EXCHANGE = "已问{name}。换了以后：\n您值：{his}\n{name}值：{yours}\n答复前不变。{morning}"

TAKEN_ASKER = "{name}替您值：\n{shift}\n这一班的提醒改发给{name}。"
TAKEN_SUBSTITUTE = "由您替{asker}值：\n{shift}\n这一班的提醒发给您；到时请点“我接班”。{clash}"
TAKEN_NOW = "这一班已经开始，请现在点“我接班”。"
EXCHANGED = "换班已定：\n您值：{yours}\n{name}值：{his}"
AGREED_ASKER = "{name}愿意替，等{leaders}同意；同意前仍由您值：\n{shift}"
AGREED_SUBSTITUTE = "已记下您愿意替，等{leaders}同意；同意前仍由{asker}值：\n{shift}"
AGREED_NOBODY = "带班领导（现在没有联系得上的，请打电话请示，由管理员发 /swap 点同意）"
REFUSED_ASKER = "{leader}没有同意换班，仍由您值：\n{shift}"
REFUSED_SUBSTITUTE = "{leader}没有同意换班，您不用替：\n{shift}"
PARTNER_REFUSED = "{name}不换班，仍由您值：\n{shift}"

CHASED = "还没有人替：\n{shift}\n仍由{whose}值。"
CHASED_AGREED = "换班还没有决定：\n{lines}\n不决定就不换。"
CHASED_YOU = "您"

FALLEN = {
    "role": "{name}已不担任这一职务",
    "blocked": "{name}停用了机器人，收不到提醒",
    "erased": "替班的人已注销登记",
    "roster": "值班表重新写过",
    "returned": "{name}撤回了",
}
FALLEN_SERVES = "换班作废：{why}。\n{shift}\n由您值。"
FALLEN_NOT_YOU = "换班作废：{why}。\n{shift}\n您不用值。"
FALLEN_LEADER = "换班作废：{why}。\n{shift}\n现在{name}。"
FALLEN_BY, FALLEN_NOBODY = "由{name}值", "没有人值，请安排"
REQUEST_FALLEN = {
    "fallen": "替班请求作废：值班表有变化。\n{shift}",
    "taker_gone": "没有换成：{name}不能替了，仍由您值。\n{shift}",
}
TAKER_OVER = "没有换成：{why}，您不用替{asker}值：\n{shift}"
OVER = {
    "withdrawn": "本人撤回了",
    "lapsed": "到时还没有决定",
    "fallen": "值班表有变化",
    "taker_gone": "您现在不能值这一班",
}
UNDECIDED = "换班到时还没有决定，仍由您值：\n{shift}"

HOLE = "{time}起值班表上没有人值主班，请安排"
HOLE_NAMES = "{time}的班：{names}没有登记、单位对不上或不是值班员，收不到提醒"
OPEN_ASKED = "{asker}请人替班，还没有人应：{shift}"
OPEN_AGREED = "{asker}请{taker}替班，等带班领导同意：{shift}"

STAMPS = {
    "done": "已由{name}替，不用再点。",
    "agreed": "{name}已先应下，不用再点。",
    "withdrawn": "{asker}已撤回，不用再点。",
    "refused": "没有换，不用再点。",
    "lapsed": "这一班已经开始或结束，不用再点。",
    "fallen": "值班表变了，不用再点。",
    "taker_gone": "{name}不能替了，没有换，不用再点。",
    "returned": "换班已撤回，不用再点。",
}
"""What heads the messages of a request that is settled: everybody who was asked reads it where the buttons were."""

TEXTS = {
    "gone": "这个请求没有了，什么也没有改变。",
    "yourself": "这是您自己的班，什么也没有改变。",
    "not_yours": "只有同岗位的同事可以替这一班，什么也没有改变。",
    "directly": "换班须由本人用自己的账号办理。",
    "taken": "已由{name}应下，什么也没有改变。",
    "settled": "这个请求已经了结，什么也没有改变。",
    "begun": "这一班已经开始或结束，什么也没有改变。",
    "not_your_shift": "这一班现在不由您值，什么也没有改变。",
    "not_his_shift": "这一班已不由{name}值，请求作废，什么也没有改变。",
    "taker_gone": "{name}已不能替这一班，什么也没有改变。",
    "asked_already": "这一班已经请人替了。发 /swap 可查看、撤回。",
    "same_shift": "这两班有重叠，不能换。",
    "may_not": "您不能决定这次换班，什么也没有改变。",
    "undo_over": "已过可撤回的时间。值不了请点“请人替班”。",
    "done": "由您值",
    "agreed": "已记下，等同意",
    "asked": "已发出",
    "withdrawn": "已撤回，仍由您值",
    "approved": "已同意",
    "refused": "已不同意",
    "returned": "已撤回，由{name}值",
    "declined": "已回复不换",
    "no_private": "请先私聊机器人点“开始”。",
    "whose_none": "同岗位的同事近期没有可以换的班。",
}
EXCHANGE_HEAD = "拿您的 {shift}\n换哪一班？点一下就问对方："
NUMBERED = "{number}. {shift} {name}"

TAKE, EXCHANGE_YES, EXCHANGE_NO = "我来替", "同意换班", "不换"
ASK_KEY, ASK_NUMBERED, EXCHANGE_NUMBERED = "请人替班", "{number} 请人替", "{number} 与人换"
WITHDRAW, WITHDRAW_NUMBERED, MISTAKEN, APPROVE, REFUSE = "撤回请求", "{number} 撤回", "按错了", "同意", "不同意"
EXCHANGE_WITH = "换 {number}"

HELP = {"swap": "请人替班、换班"}

NOTICE_NAMES = {
    "swap_asked": "请人替班",
    "swap_settled": "换班结果",
    "swap_decide": "换班请示",
    "swap_waits": "没有人替班",
}
