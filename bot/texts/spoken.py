"""What people write who do not know the command or the button: its name, as it is spoken."""

COMMANDS = {
    "shift": ("接班", "我接班", "接个班", "换班", "交班", "我交班"),
    "handover": ("交接班", "交接", "交接班记录", "交接记录"),
    "log": ("日志", "值班日志", "看日志", "记日志", "记录", "记"),
    "instruct": ("批示", "指令", "发指令", "记批示"),
    "notice": ("通知", "发通知"),
    "swap": ("替班", "请人替班", "请人替", "找人替班", "求替班", "调班", "倒班"),
    "duty": ("谁值班", "谁在值班", "今天谁值班", "值班表", "值班", "排班表"),
    "spotcheck": ("抽查", "查岗"),
    "todo": ("待办", "待办事项"),
    "status": ("事件",),
    "phone": ("通讯录", "电话本"),
    "stats": ("统计",),
    "board": ("看板",),
    "duties": ("日常职责", "职责"),
    "drill": ("演练", "开始演练"),
    "me": ("我的身份", "我是谁"),
    "name": ("真实姓名", "改姓名"),
    "help": ("怎么用", "使用说明", "菜单"),
}
"""Whole messages that name a command; none of them tells of an event."""
BUTTONS = (
    "我来", "我来替", "我替", "我可以替", "我来处理", "我接清", "我已接清", "已接清", "我已交清", "已交清",
    "我在岗", "在岗", "到岗", "在的", "办结", "已办结", "已回复", "发出", "预览", "撤回",
    "撤销",
)  # fmt: skip
"""Whole messages that name a button, or say what it says."""

MESSAGES = {
    "spoken_command": "没有当作报告。您要的请点：/{command} {what}\n有突发事件，请写明什么时间、什么地点、发生什么。",
    "spoken_button": (
        "没有记下：这句话看不出办哪一件。请点那条消息下的按钮，或回复那条消息；找不到的发 /todo。\n"
        "有突发事件，请写明什么时间、什么地点、发生什么。"
    ),
}
