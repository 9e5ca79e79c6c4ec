"""日历订阅 and 预警订阅: secret links at which programs read on their own."""

OWN = "我的值班和职责"
ROSTER = "{plan} 值班表"
WARNINGS = "{jurisdiction} 预警"
KINDS = {"own": OWN, "roster": "值班表", "warnings": "预警（CAP）"}
LIST = "已有的链接："
LINE = "{number}. {what}，{day}生成，{seen}"
SEEN = "最近读取{at}"
UNSEEN = "还没有读过"
ANEW, END = "换新 {number}", "停用 {number}"
HOW = "点下面的按钮生成链接。链接只显示一次；换新后旧链接立即失效。"
HOW_WARNINGS = "点下面的按钮生成订阅地址，交给要收预警的系统。地址只显示一次；换新后旧的立即失效。"
SHIFT_NOTE = "{plan} 值班"
DUTY_TITLE = "职责：{text}"
DUTY_NOTE = "{plan} {name}，截止这一天"
DRILL = "【演练】"
CALENDAR_OWN = "我的值班和职责"
CALENDAR_ROSTER = "{plan} 值班表"

MESSAGES = {
    "feed_private": "日历的链接只发给本人：请私聊我，发 /calendar。",
    "feed_nothing": "您现在没有登记的身份，没有可订阅的日历。",
    "feed_direct": "请用自己的账号直接操作；转发的、修改过的不算。",
    "feed_made": (
        "{what}的链接（只显示这一次）：\n{link}\n"
        "手机：日历 → 添加订阅日历，粘贴它。大约每小时自动更新一次，班次换了、职责办结了都会跟着变。"
        "知道链接的人都能看到，请不要转发；不用了发 /calendar 停用。"
    ),
    "feed_warnings_made": (
        "{what}的订阅地址（Atom，只显示这一次）：\n{link}\n"
        "请交给对方系统的维护人：每个阶段一条，链到 CAP 1.2 文件，演练的标为 Exercise。写法见 docs/cap.md。"
        "您调走了它照常有效，由在任的管理员发 /feed 换新、停用。"
    ),
    "feed_admin_private": "订阅地址只能私聊说：请私聊我，发 /feed。",
    "feed_not_yours": "您现在没有这个预案的身份，不能订阅它的值班表。",
    "feed_ended": "已停用，这个链接不再能读",
    "feed_gone": "早已停用，什么也没有改变",
}

NOTICE_NAMES = {
    "feed": "日历订阅的回答",
}

HELP = {
    "calendar": "日历订阅",
    "feed": "预警订阅（给其他系统）",
}
