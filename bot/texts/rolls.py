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
