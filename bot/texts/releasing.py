"""Statements for the public (信息发布)."""

STATEMENT = "{time}，{place}发生{nature}。{response}截至{now}，{figures}。{addition}后续情况将及时发布。"
STATEMENT_RESPONSE = "已启动{level}级应急响应，正在处置。"
STATEMENT_NATURE = "突发事件"
NO_FIGURES = "人员情况正在核实"
PREVIEW = """*{number} 信息发布稿*（只写已核实的数字）
{who}{citation}
{approval?}
{left_out?}
{text}
{above?}
要补一句，请发：/release 补充的话（不写人数）。"""
WHO = "发布：{publisher}"
WHO_ABOVE = "由{publisher}发布，本级只报送此稿"
WHO_UNNAMED = "本预案没有写明这一级由谁发布，请先问明：/release 由 发布单位"
APPROVAL = "先经{approval}批准"
LEFT_OUT = "未写入（未核实或有不同说法）：{names}"
ASK_APPROVAL = """*{number} 请{approval}审批信息发布稿*{citation}
{text}
不同意请发：/release 退回 理由。"""
ASK_OUTSIDE = """*{number} 信息发布稿须先报{approval}批准*{citation}
{text}
电话报批后，同意的点“已批准”；不同意的发：/release 退回 理由。"""
READY = """*{number} 信息发布稿可以发布*{citation}
发布：{publisher}{approved}
{text}
请核对后选择发布方式。"""
APPROVED_BY = "；{approval}已批准（{name}{time}）"
SUBMIT = """*{number} 信息发布稿*{citation}
由{publisher}发布，请把此稿报送{publisher}，本级不得自行发布；报送后点“已报送”。
{text}"""
RETURNED = """*{number} 信息发布稿被退回*{citation}
{approval}：{reason}
请修改后重新送审。"""
PUBLISHED = """*{number} 信息已发布*{citation}
{time} {medium}，{publisher}{word}
{text}"""
WORD = "（{role}）"
WORD_ORAL = "（{role}电话同意，值班员代录）"
CONFIRM = """*预览：发布*{citation}
{publisher}{word}
{text}
点发布方式即登记为现在发布；发出后只能更正。"""
WHOSE = "发布须由有权的人同意。电话里是谁同意的？"
EXPORT_LINE = "{time} {status}，{publisher}{citation}{medium}：{text}"
STATUSES = {
    "draft": "待发布", "returned": "被退回，待修改", "replaced": "已换稿", "submitted": "已报送", "published": "已发布",
}  # fmt: skip
WAITS_APPROVAL = "待{approval}批准"
WAITS_SUBMISSION = "待报送{publisher}"
WAITS_ANEW = "数字或等级有变，须重新拟稿"
AGAIN = """*{number} 信息发布稿还在等：{state}*{citation}（{time}起）
{how?}
{text}"""
AGAIN_ANEW = "这份稿不能再发，请发 /release 重新拟稿。"
OUTRUN_SUBMITTED = "已经报送"
STATUS_LINE = "信息发布：{status} {time}{medium}{citation}"
MEDIA = ("政府网站", "政务新媒体", "新闻媒体", "新闻发布会")
SENT_BACK = ("退回", "不同意")
AGREED = ("批准", "同意")
BY = "由"
OUTRUN_PUBLISHED = "已经发布"

LABELS = {
    "release_start": "拟信息发布稿",
    "release_draft": "送审或提交",
    "release_for": "用于{name}",
    "release_approve": "已批准",
    "release_return": "退回",
    "release_submitted": "已报送",
    "release_preview": "发布前预览",
    "release_by": "{title}同意",
    "release_medium": "{medium}发布",
}

HELP = {
    "release": "信息发布",
}

MESSAGES = {
    "release_drafted": "{number}号：信息发布稿已提交。",
    "release_answered": "{number}号：对信息发布稿的意见已记录。",
}

POPUPS = {
    "release_drafted": "已提交",
    "release_approved": "已记录批准",
    "release_submitted": "已记录报送",
    "release_return": "请发：/release 退回 理由",
    "release_published": "已登记发布",
}

REFUSALS = {
    "release_unverified": ("事件还没有核实，不能对外发布", "请先核实：/verify"),
    "release_needs_level": ("事件等级没有认定，由谁发布取决于等级", "请先认定等级：/verify 等级"),
    "release_unnamed": ("本预案没有写明由谁发布", "请问明后写：/release 由 发布单位"),
    "release_empty": ("没有发布稿", "请发 /release 看系统拟的稿"),
    "release_own_figures": ("补充的话里写了人数", "人数只用已核实的，系统已经写入；请去掉后再发"),
    "already_drafted": ("同样的稿已经提交", "请等审批，或按提示发布"),
    "release_settled": ("这份稿已经发布、退回或换过稿", "请发 /release 看现在的稿"),
    "release_without_approval": ("这份稿不用先经批准", "请直接发布"),
    "not_yours_to_approve": ("这份稿不由您批准", "请由预案写明的人批准"),
    "reason_to_send_back": ("退回须写明理由", "请发：/release 退回 理由"),
    "medium_missing": ("没有写明发布方式", "请点发布方式"),
    "release_not_above": ("这份稿由本级发布，不用报送", "请按提示发布"),
    "release_above": ("这一级由{publisher}发布，本级不得自行发布", "请把稿子报送{publisher}"),
    "release_outdated": ("拟稿之后数字或等级有变化，这份稿不能再发", "请发 /release 重新拟稿"),
    "release_not_approved": ("这份稿须先经{approval}批准", "批准后再发布"),
    "not_yours_to_release": ("这一级的信息不由您发布", "请由预案写明的人决定；电话同意的由值班员代录"),
}

NOTICE_NAMES = {
    "release_approval": "信息发布审批",
    "release_ready": "信息发布稿",
    "release_published": "信息发布",
    "release_again": "信息发布稿等待提醒",
}
