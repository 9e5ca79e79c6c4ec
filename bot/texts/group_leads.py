"""Who leads a work group for which the plan names nobody."""

NOT_NAMED = "原文没有写，尚未指定"
LOCAL = "{lead}（本地规定，{by}{day}登记）"
LOCAL_SHORT = "{lead}（本地规定）"
CARD = "原文没写牵头的工作组：{items}"
CARD_ITEM = "{group}由{lead}牵头"
CARD_NOT_NAMED = "{count}组尚未指定牵头"
CARD_MORE = "共登记{count}组，见“工作组”"
ASKED = "{plan}（{id}）：{groups}"
SETUP_HEAD = "原文没有写牵头的工作组（{named}/{total}已登记）："
SETUP_LINE = "{mark}{group}（{clause}）：{lead}"
SETUP_HOW = "登记：/lead {group} 单位或职务；收回写“无”。登记的是本地规定，响应时随工作组显示。"
NOBODY = ("无", "没有", "收回")
"""How an administrator says that nobody leads any more."""

MESSAGES = {
    "lead_how": "请写明工作组和牵头的单位或职务。\n例如：/lead {group} {example}\n收回：/lead {group} 无\n{groups}",
    "lead_nothing_asked": "绑定的预案里，每个工作组原文都写了牵头，不用登记。",
    "lead_which_plan": "几个预案都有这个组，请写明是哪一个：\n{plans}",
    "lead_no_group": "没有“{given}”这个工作组，或者原文已写牵头（不能另行登记）。发 /lead 看有哪些。",
    "lead_no_post": "请写单位或职务，{most}个字以内，不写人名和号码。",
    "lead_as_before": "{group}早已登记为{lead}牵头，没有改动。",
    "lead_none_before": "{group}本来就没有登记牵头，没有改动。",
    "lead_named": "已登记（本地规定）：{plan}的{group}由{lead}牵头。响应时随工作组显示。",
    "lead_taken_back": "已收回：{plan}的{group}没有登记牵头，届时照实显示“尚未指定”。",
}
