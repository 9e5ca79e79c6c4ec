"""Reports that go up by a reporting line (经系统报送): previews, how they stand, what came back."""

INFORMANT = "{place}{number}号（{office}值班室）"
NOT_YET = "待补报"
KNOWN_AS = "；此前已报，贵处编{number}号"
CALL_OWED = "（本件经系统报送；电话报告仍按预案另行进行{citation}。）"
PREVIEW = """*预览：{number} 经系统报送{place}*
{name}{citation}
由{place}值班席代收：{names}
对方看到的原文：
{text}
同时单列的数字：{figures}。除此以外，图片、电话、其他记录都不送。
{counts}
{span}内对方没有人接报，会请您打电话（本地规定）。"""
NO_FIGURES = "没有（都在核实或待选定）"
COUNTS = "对方接报后，登记为现在已报，接报人按对方回告；接报前这一项仍算没报，照常提醒。"
CALL_STAYS = "这一项须打电话报；经系统报送不算报过，电话仍要打。"
COUNTED = "已登记为报过：{names}，时间按报送时。"
SHEET = "　↑ {time}经系统报送{place}：{state}"
THERE = "（对方{number}号）"
TAKER = "，接报人{name}"
STATES = {
    "sent": "正在送达",
    "arrived": "已到{number}，还没有人接报",
    "taken": "{time}已接报{number}{taker}",
    "failed": "没有送到：{why}",
}
WHY = {
    "ended": "报送关系已结束",
    "refused": "对方没有收下",
    "round": "这一报告已经过对方辖区",
    "nobody": "对方没有人值守",
    "token": "对方不认本系统的口令",
    "place": "口令不是对方辖区的",
    "silent": "试了一天没有连通",
}
SECTION = "经系统报送上级"
RECORD = "{time} 经系统报送{place} {report}（{names}）：{state}"
TAKEN = """*{number} {place}已接报*：{report}
{state}
{counts}"""
FAILED = """*{number} 请打电话：{report}没有送到{place}*
{why}。经系统报送的这一件不会再送，请改用电话和书面报。
{lines}"""
UNANSWERED = """*{number} 请打电话：{place}还没有人接报*
{report} {time}经系统报送，{state}；已过{span}（本地规定）。
{lines}
对方随后接报的，会登记并告诉您。"""
ROOM = "{place}值班室 {number}"
SAYS = """*{number} {place}来告*（对方{there}号，经系统）
{what}
{text?}"""
SAID = {
    "level": "对方已启动的响应级别：{level}",
    "ended": "对方已终止处置",
    "reopened": "对方已重新处置",
    "rejected": "对方按误报处理，请核对；不是误报的请打电话",
    "merged": "对方已并入{merged}号处理",
    "asked": "对方要求核实：",
    "lost": "对方查不到这一件了（对方可能恢复过备份或已清理），请打电话核对；再报送的会作为新的一件到对方",
}
COURSE = "经系统报送{place}：{report}（{names}）"
COURSE_TAKEN = "{place}接报（对方{number}号）{taker}"
COURSE_FAILED = "经系统报送{place}的{report}没有送到：{why}"
COURSE_SAID = "{place}来告（对方{number}号）：{what}"

LABELS = {
    "submit_to": "系统报{name}·{what}",
    "submit": "确认报送",
}

HELP = {
    "submit": "经系统报上级",
}

MESSAGES = {
    "submit_none": "现在没有可以经系统报送的：没有报送关系，或上级要的都已报、正在等对方接报。管理员发 /line 查看。",
    "submit_which": "请写明哪一件：/submit 序号（工作单上的）或种类。可报：{known}",
    "submitted": "{number}号：已交系统报送，对方接报后告诉您。",
}

POPUPS = {
    "submitted": "已交系统报送，对方接报后告诉您",
    "submit_none": "已不能报送：已报、正在等对方接报，或报送关系已结束",
}

REFUSALS = {
    "line_over": ("报送关系没有同意或已结束", "请按预案打电话、报书面；管理员发 /line 查看"),
    "not_to_cross": ("这一项没有要报{place}代收的单位，或都已报过", "可代收：{known}"),
    "already_submitted": ("这一项已经经系统报送{place}", "对方还没接报的，或须打电话报的，请打电话"),
    "went_round": ("这一事件的报告经过{place}，不能再报回{place}", "有新情况请打电话告知{place}"),
    "nothing_to_cross": ("没有可报送的原文，或太长", "请先补充要素"),
}

NOTICE_NAMES = {
    "submission_taken": "上级已接报的告知",
    "submission_failed": "报送没有送到，请打电话",
    "submission_unanswered": "上级没有接报，请打电话",
    "superior_said": "上级来告",
}
