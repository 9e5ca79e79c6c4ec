"""What is said in conversation of no topic in particular. No figures, no clauses."""

OUTRUN = "{time} {said}，这次没有改变什么。"
WHICH_NONE = "现在没有进行中的事件。"
WHICH_NO_SUCH = "没有找到{number}号。"
WHICH_HEAD = "现在有{count}个事件，请在命令后写明编号："
WHICH_LINE = "{number}号{title}　{state}　{time}接报"
WHICH_DRILL = "演{number}号{title}　{state}　{time}接报"
OTHERS_OPEN = "另有进行中：{numbers}{more}。/todo 看全部；与本件是同一件的，发 /merge 并案"
OTHERS_MORE = "等{count}件"
DRILL_NUMBER = "演{number}号"

MESSAGES = {
    "see_private": "请私聊我继续（先点“开始”）。",
    "not_bound": (
        "本群还没有绑定预案，您也还没有登记身份。\n"
        "管理员请在群里发 /bind；其他人请用 /join 登记身份。\n"
        "紧急情况请先拨打120、110、119。"
    ),
    "not_yours": "这里由值班员或指挥部人员办理。",
    "admin_only": "只有管理员可以这样做。",
    "start_first": "请先私聊我，点“开始”，再发一次。",
    "no_admins": (
        "还没有管理员，谁也不能绑定群、发邀请。\n您的Telegram编号是 {id}。\n"
        "请维护机器的人在设置里写 TOCSIN_ADMINS={id}，再重新启动机器人，然后再发 /setup。"
    ),
}

POPUPS = {
    "button_unknown": "这个按钮已经失效，什么也没有改变。请以最新消息为准。",
    "button_stale": "这件事已经处理过或有了变化，什么也没有改变。请看最新的卡片。",
    "changed_since": "显示给您之后情况有变化，这次没有执行。请按最新的内容再确认一次。",
    "ask_again": "系统刚恢复，这次按键可能是之前的。请再确认一次。",
    "nothing_done": "已返回，什么也没有改变",
    "no_incident": "没有找到这个事件",
    "not_yours": "这里由值班员或指挥部人员办理",
    "noted": "已记录",
}

REFUSALS = {
    "changed_since": ("显示给您之后情况有变化，这次没有执行", "请按最新的内容再确认一次"),
    "no_incident": ("没有找到这个事件", "请写明编号，如“/status 17”"),
    "not_running": ("{state_name}的事件不能再做这一步", "请先看 /status；已归档的可由值班员 /reopen 重开"),
    "no_authority_that_way": ("{way}不算数：看不出是谁本人", "请用自己的账号直接发送或点按钮"),
    "same_as_before": ("与现在记录的一样，没有改动", "不用再发一次"),
    "staff_only": ("这一步由值班员或指挥部人员办理", "请把情况告诉值班室"),
    "outsider": ("您不是本事件的报告人，也没有登记身份", "新情况请用 /report 报告；有职务的请用 /join 登记身份"),
}
