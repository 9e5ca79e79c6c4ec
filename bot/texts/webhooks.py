"""推送: other systems that are told of what happens (webhooks), as administrators see them in chat and command line."""

GROUPS = {"incident": "事件", "clock": "时限", "report": "报送", "unit": "单位", "warning": "预警", "duty": "职责"}
"""What an address may be told of, by the beginning of the kinds."""

ADD_WORDS = frozenset({"加", "增加", "add"})
ALL = "全部"

LIST = "推送到别的系统（{count}）："
NONE = "还没有推送到别的系统。"
LINE = "{number}. {shown}\n    {jurisdiction}；推送{types}；{by}{day}准许；{arrived}{waiting}{dead}{ended}"
BY_COMMAND = "命令行"
ARRIVED = "最近送达{at}"
NEVER = "还没有送达过"
WAITING = "；{count}条在等"
DEAD = "；{count}条没送到，点「重发」"
ENDED = {
    "gone": "；已停：对方答复不再接收（410）",
    "failing": "；已停：对方一直没有收下",
    "stopped": "；已停用",
}
HOW = (
    "增加：/webhook 加 网址 [辖区] [{groups}]\n"
    "例如 /webhook 加 https://hook.example.cn/tocsin 事件 预警（不写种类为全部）\n"
    "内容里没有人名、电话和报告原文；演练的有标记。怎样接收、验签见 docs/webhooks.md。"
)
TEST, RESEND, STOP, RESUME = "测试 {number}", "重发 {number}", "停用 {number}", "启用 {number}"
REKEY, REMOVE = "换密钥 {number}", "删去 {number}"
ASK = {
    "remove": "删去 {shown}（{jurisdiction}）？\n以后不再推送，还在等的{waiting}条和没送到的{dead}条也一并删去。",
    "rekey": (
        "换 {shown}（{jurisdiction}）的签名密钥？\n"
        "新密钥只显示一次；24小时内新旧两个密钥同时签名，对方在这段时间里换上即可。"
    ),
}
CONFIRM = {"remove": "确认删去", "rekey": "确认换密钥"}
ENDED_TOLD = {
    "gone": "推送已停：{shown}（{jurisdiction}）答复不再接收（410）。",
    "failing": "推送已停：{shown}（{jurisdiction}）一天多没有收下，已有{dead}条没送到。",
}
ENDED_HOW = "机器人里的事件和预警不受影响。请与对方系统的维护人核对，好了以后发 /webhook 启用并重发。"

MESSAGES = {
    "webhook_private": "网址和密钥只能私聊说：请私聊我，发 /webhook。",
    "webhook_bad": "没有加上：{problem}。",
    "webhook_which": "您管理几个辖区，请写明是哪一个：{places}。例如 /webhook 加 网址 {first}",
    "webhook_kind": "“{given}”不是推送的种类，也不是您管理的辖区。种类：{groups}，或 docs/webhooks.md 里的一种。",
    "webhook_allowed": (
        "已准许推送到 {shown}（{jurisdiction}）。\n签名密钥（只显示这一次，请交给对方系统的维护人）：\n{key}\n"
        "请发 /webhook 点「测试」，对方收到才算接通。您的原消息里有网址，请把它删掉。"
    ),
    "webhook_rekeyed": (
        "{shown}（{jurisdiction}）的新密钥（只显示这一次）：\n{key}\n旧密钥24小时后不再签名，请在此之前换上。"
    ),
    "webhook_there": "{shown} 已经在推送了，没有再加。发 /webhook 查看。",
    "webhook_many": "一个辖区最多{most}个，请先发 /webhook 删去不用的。",
    "webhook_nothing": "您管理的辖区还没有指挥群绑定预案，没有可推送的内容。请先在指挥群发 /bind 绑定预案。",
    "webhook_removed": "已删去 {shown}，不再推送。",
    "webhook_stopped": "已停用，还在等的算作没送到",
    "webhook_resumed": "已启用，从现在起的推送；以前没送到的点「重发」",
    "webhook_same": "早已如此，什么也没有改变",
    "webhook_testing": "已发测试，请对方看是否收到",
    "webhook_resent": "{count}条正在重发",
    "webhook_none_dead": "没有没送到的",
    "webhook_is_stopped": "已停用，请先点「启用」",
    "webhook_is_gone": "早已删去，什么也没有改变",
}

NOTICE_NAMES = {
    "webhook": "推送设置的回答",
    "webhook_ended": "推送已停的告知",
}

HELP = {
    "webhook": "推送到别的系统",
}
