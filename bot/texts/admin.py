"""Setting up: binding, inviting, registering, checking."""

TEXTS = {
    "welcome": "您好，这里是警钟。\n有人遇险请先拨打120、110、119。\n{state}",
    "welcome_known": "您的身份：{roles}。\n直接发文字、语音或照片就是报告。",
    "welcome_new": (
        "要报告，直接发文字、语音或照片，不用登记。\n有职务的请登记身份：打开管理员发给您的邀请链接，或用 /join 登记。"
    ),
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
    "bound_command": "已绑定：{plan}（{kind}）。\n下一步：用 /invite 邀请值班员和指挥人员，再用 /setup 检查。",
    "bound_members": "已绑定：{plan}（{kind}）。\n本群只有一句话的提示，数字和级别不在这里显示。",
    "bound_school": (
        "已绑定：{plan}（{kind}）。\n本群任何人可用 /report 报告；机器人在这里只回一句话，不显示数字和姓名。"
    ),
    "unbind_unknown": "本群没有绑定“{given}”。",
    "unbound": "已解除绑定：{plan}。",
    "admin_only": "只有管理员可以这样做。",
    "no_admins": (
        "还没有管理员，谁也不能绑定群、发邀请。\n您的Telegram编号是 {id}。\n"
        "请维护机器的人在设置里写 TOCSIN_ADMINS={id}，再重新启动机器人，然后再发 /setup。"
    ),
    "invite_how": (
        "请写明职务，联络员再写单位。\n例如：/invite 值班员，或 /invite 联络员 区消防救援大队\n"
        "/invite 全部 给还没有联络员的单位各做一份，连二维码一起打印\n"
        "/invite 撤销 看还没用的邀请，/invite 名单 看谁有什么身份、可解除，/invite 检查 看缺什么人。\n职务：{roles}"
    ),
    "unit_unknown": "没有“{given}”这个单位。可用：{units}",
    "unit_missing": "请写明单位。可用：{units}",
    "plan_missing": "请在最后写明预案：{plans}",
    "start_first": "请先私聊我，点“开始”，再发一次。",
    "invited": "邀请：{role}\n请把链接转给本人，只能用一次，7天内有效：\n{link}",
    "invited_all": (
        "已为{count}个还没有联络员的单位各做了一份邀请（{plan}）。\n"
        "附件可打印分发：每个单位扫自己的二维码，只能用一次，7天内有效。"
    ),
    "invited_nobody": "每个成员单位都有联络员了，没有要邀请的。",
    "invitation_dead": "这个邀请已经用过、撤销或过期，请向管理员要新的。",
    "joined_duty": (
        "已登记：{role}（{plan}）。\n轮到您值班时发 /shift 接班，以后的提醒就发给您；换班时接班的人再发 /shift。\n"
        "请打开本聊天的通知。"
    ),
    "joined": "已登记：{role}（{plan}）。\n有情况会私信叫您。请打开本聊天的通知。",
    "joined_already": "您已经登记过：{role}（{plan}），不用再点这个链接。发 /me 看自己的身份。",
    "join_how": "请写明职务和单位，管理员批准后生效。\n例如：/join 联络员 区消防救援大队\n职务：{roles}\n预案：{plan}",
    "claimed": "已提交：{role}。管理员批准后告诉您。",
    "claim_directly": "登记身份须由本人用自己的账号发送（不能匿名、转发或由别的机器人代发）。",
    "claimed_already": "{role}的申请已经提交，请等管理员批准。",
    "claimed_no_admin": "已提交：{role}。现在没有管理员能收到，请直接联系他们。",
    "claims_most": "您已有{most}件登记申请在等批准，请等管理员答复后再申请。",
    "claims_more": "另有{count}件，这些处理完再给您看。",
    "claim_ask": "{name}申请登记为：{role}（{plan}）。请确认是本人。",
    "claim_refused": "您登记{role}的申请未获批准，请联系管理员。",
    "claim_approved": "已批准：{role}",
    "claim_denied": "已拒绝",
    "claim_gone": "这个申请已经处理过",
    "revoked": "已解除：{name} {role}（{plan}），立即生效。",
    "revoked_you": "您的身份已由管理员解除：{role}（{plan}）。如有疑问请联系管理员。",
    "revoke_gone": "已经不在了，什么也没有改变。",
    "revoke_last_admin": "这是最后一位管理员，请先邀请另一位。",
    "uninvited": "已撤销邀请：{role}",
    "amended": "已改：{unit} {change}",
    "amend_stale": "这个号码刚被别人改过，什么也没有改变。请重新发 /phone 改",
    "seat_changed": "值班席之后已由{name}接班，没有改变。确要接班请发 /shift。",
    "seat_over": "这一班已经结束，没有改变。确要接班请发 /shift。",
    "roster_changed": "显示给您之后值班表有变化，没有写入。请按最新的预览再确认一次。",
    "bind_changed": "显示给您之后本群的绑定有变化，没有改变。请重新发送 /bind。",
    "seat_taken": "您已接班，上一班：{before}。以后的提醒发给您。",
    "seat_taken_first": "您已坐上值班席。以后的提醒发给您。",
    "seat_not_yours": "只有值班员可以接班。",
    "roll_not_yours": "叫应测试由值班员或管理员发起。",
    "roll_nobody": "还没有别人登记身份，没有可以叫应的人。用 /invite 邀请。",
    "roll_answered": "已应答，谢谢",
    "roll_answered_already": "您已经应答过",
    "roll_over": "这次叫应测试已经结束",
    "me_none": "您还没有登记身份。",
    "me": "您的身份：\n{lines}",
    "me_id": "您的Telegram编号：{id}",
    "me_line": "· {role}（{plan}）",
    "by_settings": "由设置指定",
    "setup_head": "安装检查：{plan}",
    "setup_groups": "{mark}指挥群：{count}个",
    "setup_pin": "{mark}本群置顶权限",
    "setup_duty": "{mark}值班员：{count}人；值班席：{seat}",
    "setup_role": "{mark}{title}：{count}人",
    "setup_level": "{mark}{level}级响应可由 {who} 宣布（{clause}）",
    "setup_level_none": "{mark}{level}级响应今天没有人能宣布（{clause}应由{who}）；可由值班员代录口头决定",
    "setup_units": "{mark}成员单位有联络员的：{bound}/{total}；其余由值班员打电话",
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
    "integrity_good": "未发现改动",
    "integrity_broken": "发现{count}处异常，请立即报告管理员",
    "added": "大家好，这里是警钟。管理员请发 /bind 绑定预案；绑定以前这里不接报告。\n紧急情况请先拨打120、110、119。",
    "group_lost": "机器人已不在“{title}”里，指挥群收不到卡片和公告。请把它重新加进群。",
    "pin_lost": "机器人在“{title}”没有置顶权限，响应公告不能置顶。请在群管理里打开“置顶消息”。",
}

SHEET = "邀请：{plan}"
SHEET_LINE = "联络员。请用手机扫码，在Telegram里点“开始”。{until}前有效，只能用一次。"
SHEET_FILE = "邀请函.docx"
QR_FILE = "邀请二维码.png"
QR_CAPTION = "{role}：请本人扫码。只能用一次，7天内有效。"

POPUPS = {"approve": "批准", "refuse": "不批准"}
MARK_GOOD, MARK_BAD = "✓ ", "✗ "

NOBODY = "无人"
"""On the duty seat."""
OWN_ROLES = {"duty": "值班员", "liaison": "联络员", "head": "单位负责人", "reporter": "报告人", "admin": "管理员"}
"""Roles of the program's own, besides the plan's."""

KINDS = {"command": "指挥群", "members": "成员群", "school": "学校群"}
NOBODY = "无人"
