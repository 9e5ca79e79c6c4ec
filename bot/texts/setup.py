"""Whether an installation has all it needs, and who can declare each level today."""

MARK_GOOD, MARK_BAD, MARK_OPEN = "✓ ", "✗ ", "– "
AND_MORE = "等"
NOBODY = "无人"
"""On the duty seat."""
TEST_CALL = "打一个测试电话"

HELP = {
    "setup": "安装检查",
}

MESSAGES = {
    "setup_head": "安装检查：{plan}",
    "setup_groups": "{mark}指挥群：{count}个",
    "setup_pin": "{mark}本群置顶权限",
    "setup_duty": "{mark}值班员：{count}人；值班席：{seat}",
    "setup_role": "{mark}{title}：{count}人",
    "setup_level": "{mark}{level}级响应可由 {who} 宣布（{clause}）",
    "setup_level_none": "{mark}{level}级响应今天没有人能宣布（{clause}应由{who}）；可由值班员代录口头决定",
    "setup_units": "{mark}成员单位有联络员的：{bound}/{total}；其余由值班员打电话",
    "setup_unconfirmed": "{mark}姓名还没有核实的：{count}人（{names}）；管理员发 /name 核实",
    "setup_telephone": (
        "{mark}自动电话：已接，{numbers}/{people}人的号码按1确认过；其余的请本人私聊发 /channels 加 电话，再打测试电话"
    ),
    "setup_no_telephone": "{mark}自动电话：没有接（可以不接；接法见管理员手册“自动电话”）",
    "setup_telephone_refused": "{mark}自动电话：最近20次里有{count}次语音网关没有接受，请管理员看日志",
    "setup_telephone_silent": "{mark}自动电话：最近20次里有{count}次语音网关没有回报结果，请核对回报地址",
    "setup_claims": "{mark}待批准的登记：{count}件",
    "setup_next": "下一步：{step}",
    "setup_ready": "可以使用。建议先用 /drill 做一次演练。",
    "setup_none": "还没有绑定预案，请先在指挥群里发 /bind。",
    "setup_add": "还没有绑定预案。{add}",
    "setup_step_group": "把机器人加进指挥群，在群里发 /bind",
    "setup_step_seat": "请值班员私聊机器人发 /shift 接班",
    "setup_step_duty": "用 /invite 值班员 邀请值班员",
    "setup_step_role": "用 /invite {title} 邀请{title}",
    "setup_step_units": "用 /invite 联络员 单位 邀请联络员，或请他们 /join",
    "setup_step_pin": "把机器人设为管理员并允许置顶",
}
