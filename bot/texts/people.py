"""Roles of the program's own, and what is missing among people."""

OWN_ROLES = {"duty": "值班员", "liaison": "联络员", "head": "单位负责人", "reporter": "报告人", "admin": "管理员"}
"""Roles of the program's own, besides the plan's."""
KEPT = {
    "acts": "办过的事{count}项，只有时间、职务和标识，没有姓名：处置工作的记录，作证据、调查评估和责任认定用",
    "roles": "担任过的职务{count}个的起止时间：看得出当时谁有权作决定",
    "others": "别人写的、提到他的{count}处：是别人的记录；也要抹去的，按事件抹（tocsin audit erase）",
    "namesake": "只写了姓名、而另有同名的人的{count}处：不知道是谁的，请核实后按事件抹",
}
"""What stays when somebody is erased, and why."""
KEPT_HEAD = "留下的（《突发事件应对法》《个人信息保护法》允许为履行职责、作为证据和调查评估留存的）："
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
CHECK_GROUPS = "原文没写牵头、也没有登记的工作组（{count}）：{names}，可用 /lead 登记"
CHECK_UNCONFIRMED = "姓名还没有核实的（{count}）：{names}，管理员发 /name 核实"
CHECK_KINDS = "预警要叫应、单位名册里却一个也没有的类别：{names}；请核对名册的“类别”，或用 /bodies 补上"
CHECK_MORE = "等{count}个"
