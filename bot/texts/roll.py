"""叫应测试 (``/roll``)."""

ASK = """*【叫应测试】*{office} {time}
您的身份：{title}。这不是突发事件，收到请点一下。"""
HEAD = "*叫应测试* {time}：{answered}/{total}已应答"
SILENT = "*未应答*（{count}）：{names}"
BLOCKED = "*已屏蔽机器人，收不到*（{count}）：{names}"
NEVER = "*没有打开过私聊，收不到*（{count}）：{names}"
ANSWERED = "已应答（{count}）：{names}"
ANSWER = "{title}（{span}）"
ALL_THERE = "全部应答。"

HELP = {
    "roll": "叫应测试",
}

MESSAGES = {
    "roll_how": "没有读懂“{given}”，没有开始。叫应测试会叫所有人，要开始只发 /roll，后面不写别的。",
    "roll_not_yours": "叫应测试由值班员或管理员发起。",
    "roll_nobody": "还没有别人登记身份，没有可以叫应的人。用 /invite 邀请。",
    "roll_answered": "已应答，谢谢",
    "roll_answered_already": "您已经应答过",
    "roll_over": "这次叫应测试已经结束",
}
