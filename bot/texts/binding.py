"""Which plan a group is bound to."""

KINDS = {"command": "指挥群", "members": "成员群", "school": "学校群"}

HELP = {
    "bind": "绑定本群",
}

LABELS = {
    "bind_beside": "两套同时服务，仍要绑定",
}

NOTICE_NAMES = {
    "served_twice": "另一套警钟同时服务的告知",
    "binding_over": "群的绑定到此为止的告知",
}

MESSAGES = {
    "add_group": "第一步：打开 {link} 选指挥群，置顶和话题的权限会一并给好，然后在群里点要绑定的预案。",
    "bind_in_group": "请在要绑定的群里发 /bind。",
    "bind_how": (
        "请点要绑定的预案，或写明预案和群的类别（指挥群、成员群、学校群）。\n"
        "例如：/bind {example} 学校群\n"
        "可绑定：\n"
        "{plans}"
    ),
    "bind_line": "· {id} {title}",
    "unbind_how": "请写明预案。本群绑定的：{plans}",
    "bind_unknown": "没有“{given}”这个预案。发 /bind 可看全部预案。",
    "bind_other": "本群已绑定{jurisdiction}的预案，不能再绑定别处的。",
    "bind_beside": (
        "没有绑定：{jurisdiction}正由另一套警钟服务（同一台数据库服务器上的 {database}）。\n"
        "再绑定一次，两套会各记一份事件、各编一个号，每个单位被叫应两遍。请先在那一套用 /unbind 解绑。\n"
        "确实要两套同时服务的（例如正在搬迁），请点下面的按钮，会记入管理记录。"
    ),
    "binding_over": (
        "群“{title}”升级后换了群号，新群是{other}的：{jurisdiction}在新群里的{count}个绑定到此为止。\n"
        "{jurisdiction}要用群的，请另建一个群，把机器人加进去，在那里发 /bind。"
    ),
    "served_twice": (
        "请核对：{jurisdiction}同时由另一套警钟服务（同一台数据库服务器上的 {database}）。\n"
        "两套会各记一份事件、各编一个号，每个单位被叫应两遍。请在其中一套用 /unbind 解绑。"
    ),
    "bound_command": "已绑定：{plan}（{kind}）。\n下一步：用 /invite 邀请值班员和指挥人员，再用 /setup 检查。",
    "bound_members": "已绑定：{plan}（{kind}）。\n本群只有一句话的提示，数字和级别不在这里显示。",
    "bound_school": (
        "已绑定：{plan}（{kind}）。\n本群任何人可用 /report 报告；机器人在这里只回一句话，不显示数字和姓名。"
    ),
    "unbind_unknown": "本群没有绑定“{given}”。",
    "unbound": "已解除绑定：{plan}。",
    "bind_changed": "显示给您之后本群的绑定有变化，没有改变。请重新发送 /bind。",
}
