"""Who holds what: invitations, claims, one's own roles."""

SHEET = "邀请：{plan}"
SHEET_NAMED = "{unit}（{name}）"
HEADS_NAMED = (
    "\n其中{count}份写明了名册上的负责人姓名，本人点“是我”即核实；换了人的，请另发：/invite 负责人 单位 姓名 新负责人"
)
SHEET_LINE = "{role}。请用手机扫码，在Telegram里点“开始”。{until}前有效，只能用一次。"
SHEET_FILE = "邀请函.docx"
QR_FILE = "邀请二维码.png"
QR_CAPTION = "{role}：请本人扫码。只能用一次，7天内有效。"
APPROVALS = {"approve": "批准", "refuse": "不批准"}

HELP = {
    "invite": "邀请",
    "join": "登记身份",
    "me": "我的身份",
}

MESSAGES = {
    "welcome": "您好，这里是警钟。\n有人遇险请先拨打120、110、119。\n{state}",
    "welcome_known": "您的身份：{roles}。\n直接发文字、语音或照片就是报告。",
    "welcome_new": (
        "要报告，直接发文字、语音或照片，不用登记。\n有职务的请登记身份：打开管理员发给您的邀请链接，或用 /join 登记。"
    ),
    "invite_how": (
        "请写明职务，联络员再写单位。\n例如：/invite 值班员，或 /invite 联络员 区消防救援大队\n"
        "知道是谁的，写上姓名：/invite 值班员 姓名 赵敏 区应急管理局，对方点“是我”就核实了\n"
        "/invite 全部 给还没有联络员的单位各做一份，连二维码一起打印；/invite 全部 学校 给名册里的学校各做一份\n"
        "/invite 撤销 看还没用的邀请，/invite 名单 看谁有什么身份、可解除，/invite 检查 看缺什么人。\n职务：{roles}"
    ),
    "invite_name": "{fault}请写：/invite 值班员 姓名 赵敏 区应急管理局 0356-2250777",
    "unit_unknown": "没有“{given}”这个单位，单位名册里也没有。可用：{units}",
    "body_several": "叫“{given}”的不止一个，请写全：{bodies}",
    "unit_missing": "请写明单位。可用：{units}",
    "plan_missing": "请在最后写明预案：{plans}",
    "invited": "邀请：{role}\n请把链接转给本人，只能用一次，7天内有效：\n{link}",
    "invited_all": (
        "已为{count}个还没有联络员的单位各做了一份邀请（{plan}）。\n"
        "附件可打印分发：每个单位扫自己的二维码，只能用一次，7天内有效。"
    ),
    "invited_bodies": (
        "已为名册里{count}个还没有人登记的单位各做了一份邀请（{role}，{plan}）。\n"
        "附件可打印分发：每个单位扫自己的二维码，只能用一次，7天内有效。{named}"
    ),
    "invited_bodies_more": (
        "已为名册里{count}个还没有人登记的单位各做了一份邀请（{role}，{plan}），还有{left}个：再发一次同样的命令。\n"
        "附件可打印分发：每个单位扫自己的二维码，只能用一次，7天内有效。{named}"
    ),
    "invited_no_body": "这些单位都有人登记，或邀请还没有用，没有要邀请的。用 /invite 撤销 可收回没用的邀请。",
    "invite_no_bodies": "单位名册还是空的，没有可邀请的单位。请先用 /bodies 导入名册；联络员用 /invite 全部",
    "bodies_unknown": "名册里没有“{given}”这样的单位或镇街。例如 /invite 全部 学校，或 /invite 全部 学校 城关镇",
    "invited_nobody": "每个成员单位都有联络员了，没有要邀请的。",
    "invitation_dead": "这个邀请已经用过、撤销或过期，请向管理员要新的。",
    "joined_duty": (
        "已登记：{role}（{plan}）。\n轮到您值班时发 /shift 接班，以后的提醒就发给您；换班时接班的人再发 /shift。\n"
        "请打开本聊天的通知。{ask}"
    ),
    "joined": "已登记：{role}（{plan}）。\n有情况会私信叫您。请打开本聊天的通知。{ask}",
    "joined_already": "您已经登记过：{role}（{plan}），不用再点这个链接。发 /me 看自己的身份。",
    "join_how": "请写明职务和单位，管理员批准后生效。\n例如：/join 联络员 区消防救援大队\n职务：{roles}\n预案：{plan}",
    "claim_who": "登记{role}：请先告诉我您是谁，管理员一并核实。\n{ask}",
    "claimed": "已提交：{role}。管理员批准后告诉您。",
    "claim_directly": "登记身份须由本人用自己的账号发送（不能匿名、转发或由别的机器人代发）。",
    "claimed_already": "{role}的申请已经提交，请等管理员批准。",
    "claimed_no_admin": "已提交：{role}。现在没有管理员能收到，请直接联系他们。",
    "claims_most": "您已有{most}件登记申请在等批准，请等管理员答复后再申请。",
    "claims_more": "另有{count}件，这些处理完再给您看。",
    "claim_ask": "{name}申请登记为：{role}（{plan}）。请确认是本人。",
    "claim_refused": "您登记{role}的申请未获批准，请联系管理员。",
    "claim_approved": "已批准：{role}",
    "claim_approved_same": "已批准：{role}。注意：另有同名同单位的人，请发 /name 写明科室。",
    "claim_denied": "已拒绝",
    "claim_gone": "这个申请已经处理过",
    "me_none": "您还没有登记身份。",
    "me": "您的身份：\n{lines}",
    "me_id": "您的Telegram编号：{id}",
    "me_line": "· {role}（{plan}）",
    "by_settings": "由设置指定",
}
