"""Taking roles and invitations back."""

INVITATIONS = "还没有用的邀请（{count}）："
INVITATIONS_NONE = "没有还没用的邀请。"
INVITATION = "{number}. {role}，{day}发出，{until}"
INVITED_NAMED = "{role}（给{name}）"
INVITATION_UNTIL = "{day}到期"
INVITATION_EXPIRED = "已过期"
HOLDINGS = "现有身份（{count}）："
HOLDINGS_NONE = "没有这样的身份。"
HOLDING = "· {name}　{role}（{plan}）"
MORE = "另有{count}个，请加姓名、职务或单位缩小范围，例如 /invite 名单 值班员"
REVOKE_HOW = "要解除，请点下面的按钮，或发 /invite 解除 姓名 职务。"
SURE = "将解除{name}的{role}（{plan}）。立即生效：不再收到叫应和提醒，也不能再查看。"
SURE_YES, SURE_NO = "确认解除", "返回"
WITHDRAW = "撤销 {number} {role}"
RELEASE = "解除 {name} {role}"

MESSAGES = {
    "revoked": "已解除：{name} {role}（{plan}），立即生效。",
    "revoked_you": "您的身份已由管理员解除：{role}（{plan}）。如有疑问请联系管理员。",
    "revoke_gone": "已经不在了，什么也没有改变。",
    "revoke_last_admin": "这是最后一位管理员，请先邀请另一位。",
    "revoke_settings": (
        "{name}是设置里写明的管理员，不能在这里解除。请维护机器的人从 TOCSIN_DISTRICT_ADMINS 里去掉，再重新启动。"
    ),
    "first_admin": "您现在是{jurisdiction}的管理员（按机器上的设置）。发 /setup 看还缺什么。",
    "first_admin_gone": "{name}不再是{jurisdiction}的管理员：机器上的设置里已没有他。如有疑问请联系维护机器的人。",
    "first_admin_over": "设置里不再有您：{role}（{plan}）到此为止。如有疑问请联系维护机器的人。",
    "uninvited": "已撤销邀请：{role}",
}
