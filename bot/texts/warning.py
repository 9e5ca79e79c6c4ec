"""Warnings (预警): what is brought, issued, passed on, woken for, measured, asked about at its end, lifted."""

WORD = "预警"
TITLE = "{hazard}{level}预警"
NUMBER = "预警{number}"
DRILL_NUMBER = "【演练】预警{number}"
COLOURS = {"红": "红色", "橙": "橙色", "黄": "黄色", "蓝": "蓝色"}
ACTS = {
    "issue": "发布",
    "raise": "升级",
    "lower": "降级",
    "extend": "延长",
    "update": "更新",
    "lift": "解除",
}
PASSED_ON_BY = "{name}转发"
STATES = {"taken": "待发布", "in_force": "生效中", "lifted": "已解除", "dismissed": "未发布"}
SPAN = "{starts}至{ends}"
SPAN_OPEN = "{starts}起，未说明何时结束"
SPAN_UNTIL = "至{ends}"
SPAN_UNKNOWN = "起止时间未说明"
AREAS_ALL = "区域未说明，按全区通知"
WITH_WORDS = "{value}（原文“{words}”）"
LINE = "{name}：{value}"
FIELDS = {
    "hazard": "灾种",
    "colour": "级别",
    "level": "本预案级别",
    "issuer": "发布单位",
    "span": "时间",
    "areas": "区域",
}
UNSAID = "没有读到"

TAKEN = """*{number} 待处理：{act}{title}*
{fields}
{foreign?}
原文：“{text?}”
{asks?}
{conditions?}
还没有发给任何单位。请核对后点［预览］；不发布的点［不发布］。"""
WHICH_PLAN = """*{number} 按哪个预案处理，请选：{act}{title}*
{fields}
{text?}
几个预案都可能适用，措施和叫应的单位各不相同。选定前不能发布，也没有发给任何单位。"""
WHICH_PLAN_TEXT = "原文：“{text}”"
WHICH_PLAN_AGAIN = """*{number} 已等{span}，还没有选按哪个预案处理：{act}{title}*
{fields}
选定前不能发布。"""
TAKEN_AGAIN = """*{number} 已等{span}，还没有处理：{act}{title}*
{fields}
还没有发给任何单位。"""
PLAN_LEVEL = "按本预案为{level}预警{citation}：{who}"
MAY_ISSUE = "由{who}发布"
ONLY_ABOVE = "由{above}发布，本级确认后转发"
WHICH_LEVEL = (
    "还不知道是本预案的哪一级预警（{levels}）：转发不用写；以本预案名义发布的，先写明，如 /warn {number} 级别 …"
)
NO_WARNINGS = "本预案没有预警条款，只转发"
CONDITION_MET = "数字达到{level}预警条件{citation}：{because}"
CONDITION_MAYBE = "可能达到{level}预警条件{citation}，须研判：{because}"

RECEIPT = "已记为{number}，值班室正在处理。如果说的是已经发生的事件，请点［这是事件］，或用 /report 报告。"
OFFER = "已按事件报告记为{number}号。如果发来的是预警，请点［这是预警］；报告仍然保留。"

PREVIEW = """*请确认：{act}{title}*
{fields}
{authority}
发给：{recipients}
{called?}
{left?}
{unreachable?}
{unknown?}
{foreign?}
{refusal?}
要求落实{citation}：
{measures?}
{lacking?}
短信（{length}字）：{sms}
确认后马上发出；发出后只能用更新或解除来改。"""
FOREIGN = "⚠ 生效的是{ours}的预警，这次说的是{theirs}：请核对是不是同一个（谁发布，谁解除）"
PREVIEW_LIFT = """*请确认：解除{title}*
{authority}
{reason?}
{foreign?}
{refusal?}
发给：{recipients}
解除后停止叫应和措施提醒。"""
NO_MEASURES = "（预案没有列出措施）"
RECIPIENTS = "{count}个单位：{names}"
RECIPIENTS_NONE = "本区域没有已登记的单位，只发指挥群；请电话通知"
CALLED = "按本预案叫应区域内的{kinds}{citation}"
CALLED_ALL = "按本预案区域内的单位都叫应{citation}"
CALLED_MEMBERS = "区域内没有登记要叫应的单位，改为叫应成员单位"
CALLED_UNSAID = "本预案没有写叫应哪些单位，区域内的都叫应"
LEFT = "区域内不叫应：{names}；需要的请电话通知，或核对名册的类别"
LEFT_ONE = "{kind}{count}个"
UNREACHABLE = "其中{count}个没有绑定联系人，将列入电话名单：{names}"
UNKNOWN_AREAS = "没有认出的区域：{names}，请核对"
LACKING = "预警内容还缺{citation}：{names}"
AUTHORITY_DUTY = "由值班室转发{issuer}的预警"

CARD = """*{number} {title}* {state}
{act}：{who} {time}{citation}
{fields}
收到{answered}/{total}　措施全部办完{done}/{total}
{silent?}
{late?}
{incidents?}
{measures?}"""
ASKED = "要求：\n{measures}"
CARD_LIFTED = """*{number} {title}* 已解除 {time}
{who}{citation}
生效：{span}
收到{answered}/{total}，措施全部办完{done}/{total}
{silent?}
{incidents?}"""
SILENT = "未应答：{names}"
ETC = "{names}等{count}个"
PAST = "预警时间已过{span}，还没有解除"
DURING = "预警期间事件：{numbers}"
LIFTED = """*解除：{number} {title}*
{who} {time}{citation}
{reason?}
已停止叫应和措施提醒。"""
FOR_LEADER = """*{act}：{number} {title}*（{who}，{time}）
{fields}"""
STAMPED = "〔已被{act}代替，见新消息〕"
STAMPED_LIFTED = "〔已解除〕"

CALL = """*{act}：{title}*（{issuer}）
时间：{span}
区域：{areas}
{text?}
请点一下［收到］。{ladder}"""
CALL_AGAIN = """*还没有收到您的应答：{title}*（{issuer}）
时间：{span}
区域：{areas}
请点一下［收到］。没有应答的，值班室将打电话。"""
LADDER = "{span}没有应答，将用其他方式联系，再无应答由值班室打电话（本地规定）。"
NEWS = """*{act}：{title}*（{issuer}）
时间：{span}
区域：{areas}
{note}"""
NEWS_NOTE = "不用再次应答；措施继续落实。"
MEMBER_NOTE = "请按职责做好准备，不用应答。"
RELEASED = "*{title}*：新的区域不再包括您那里，先前的要求到此为止。"
ENDED = "*解除：{title}*（{who}，{time}）。先前的要求到此为止。"

CHECKLIST = """*{title}* {recipient}
已收到 {time}。请落实{citation}，办完一项点一项：
{lines}
也可以回复本条：“2 不适用 原因”；发照片时写明第几项。"""
SAID_NOTE = "您写的没有当作突发事件；办完的请逐项点。说的是突发事件的，马上点［是突发事件，报告］。"
CHECKLIST_NONE = """*{title}* {recipient}
已收到 {time}。"""
MEASURE_OPEN = "{number}　☐ {text}"
MEASURE_DONE = "{number}　☑ {text}（{time}{shown}）"
MEASURE_SHOWN = "，附照片或文件"
MEASURE_NOT = "{number}　— {text}（不适用：{reason}）"
WHICH_NOT_APPLICABLE = "哪一项不适用？"
WHY_NOT_APPLICABLE = "“{text}”为什么不适用？"
REASONS = ("本单位不涉及", "已由上级统一落实", "条件不具备，另报")

RING_LIST = """*请打电话：{title}，{count}个单位没有应答*
{lines}
照着念：“{script}”"""
RING_LINE = "{name}　{number}{tried}"
TRIED = "（已打{count}次没通）"
RING_SCRIPT = "这里是{office}。{title}，{span}，{areas}。请立即落实防范措施，收到请回答。"
RING_MORE = "还有{count}个，打完这些再看"

EXPIRY = """*{number} {title} 到{ends}结束，请决定*
到时不会自动解除。收到{answered}/{total}，措施全部办完{done}/{total}。"""
EXPIRY_OPEN = """*{number} {title} 没有写明何时结束，已生效{span}，请决定*
收到{answered}/{total}，措施全部办完{done}/{total}。"""
OVER = """*{number} {title} 时间已过（{ends}），仍然有效，请决定*
不会自动解除，也不能一直挂着。谁发布，谁解除：{who}。"""
EXTEND_HOW = "延长到什么时候？发 /warn {number} 到 22:00（或 到 明天8时），再在预览里确认。"
RAISE_HOW = "改成什么级别？发 /warn {number} 级别 红，再在预览里确认。"
LIFT_HOW = """这是转发的预警，要发布单位解除。转发解除原文给我，或发：
/warn {number} 解除 区气象台20:10电话通知解除"""
AMEND_HOW = """要改哪一项，发：
/warn {number} 灾种 暴雨
/warn {number} 级别 红
/warn {number} 发布单位 区气象台
/warn {number} 从 14:00
/warn {number} 到 20:00
/warn {number} 区域 城关镇、河口乡"""
DISMISS_WHICH = "*{number} {title}* 为什么不发布？"
DISMISS_REASONS = ("不在本区域", "误报或重复", "已由上级直接发布")
NOBODY = "*{number} {title}* 已{act}，但本区域没有可以叫应的单位。请电话通知有关单位。"
TO_SIGN = "{number} {title}：{recorded}代录了您{time}的决定“{act}”。请补签。"

HEADLINE = "{issuer}{act}{title}"
CAP = """*{number} {title}*：CAP 1.2 文件{count}个，每个阶段一个，后一个引用前一个。"""
LIST_HEAD = "*预警*（{count}）"
LIST_LINE = "{number} {title}　{state}　{span}　收到{answered}/{total}"
LIST_NONE = "现在没有预警。"
INLINE_TITLE = "{title}　{state}"
INLINE_HINT = "{number}　{span}"
INLINE_TEXT = "{title}（{number}）{state}。时间：{span}。"
STATUS_LINE = "预警中：{title}（{number}，{span}）"
ONE = """*{number} {title}* {state}
{fields}
{stages}
{entry?}
收到{answered}/{total}　措施全部办完{done}/{total}
{silent?}
{incidents?}"""
STAGE_LINE = "{time} {act}：{who}{citation}{oral}"
ORAL = "（口头，{recorded}代录{signed}）"
UNSIGNED = "，未补签"

EXAMPLES = {
    "hazard": "/warn {number} 灾种 暴雨",
    "level": "/warn {number} 级别 红",
    "issuer": "/warn {number} 发布单位 区气象台",
    "starts": "/warn {number} 从 14:00",
    "ends": "/warn {number} 到 20:00（或 到 明天8时）",
    "areas": "/warn {number} 区域 城关镇、河口乡",
}
"""How each field is set."""

ELEMENTS = {
    "类别": "hazard",
    "级别": "colour",
    "起始": "starts",
    "延续": "ends",
    "区域": "areas",
    "范围": "areas",
    "机关": "issuer",
}
"""By which words a plan asks for what a warning of ours states."""

LABELS = {
    "warning_preview": "预览",
    "warning_amend": "修改",
    "warning_dismiss": "不发布",
    "warning_is_report": "这是事件",
    "is_warning": "这是预警",
    "warning_issue": "确认发布",
    "warning_pass_on": "确认转发",
    "warning_oral": "代录：{role}",
    "warning_lift": "确认解除",
    "warning_not_lifted": "不解除",
    "warning_answer": "收到",
    "warning_done": "{number} 办完",
    "warning_undone": "{number} 撤回",
    "warning_all_done": "全部办完",
    "warning_not_applicable": "有不适用的",
    "warning_back_to_list": "返回清单",
    "warning_ring_list": "看名单、记结果",
    "warning_rung": "通：{name}",
    "warning_in_vain": "没通：{name}",
    "warning_lift_preview": "解除",
    "warning_extend": "延长",
    "warning_raise": "改级别",
    "warning_sign": "补签",
    "warning_cap": "CAP文件",
    "warning_reason": "{reason}",
}

HELP = {
    "warn": "预警：记录、转发、解除",
}

MESSAGES = {
    "warn_how": (
        "预警这样记：转发气象等部门的预警原文给我，或发 /warn 区气象台发布暴雨红色预警，14时至20时，城关镇、河口乡。\n"
        "看预警：/warn；看一条：/warn 3；改：/warn 3 到 20:00；解除：/warn 3 解除。"
    ),
    "warn_which_place": (
        "您在{places}都有职务，不知道是哪里的预警，还没有记。请在那里的指挥群发，或在文字里写明，例如：/warn {place} …"
    ),
    "warn_nothing_read": (
        "没有读出预警（{why}）。应有灾种或颜色，例如：/warn 区气象台发布暴雨红色预警，14时至20时，城关镇。"
    ),
    "warn_no_such": "没有{number}号预警；/warn 看全部。",
    "warn_not_yours": "预警由值班员和预案里的负责人处理。",
    "warn_cap_bad": "这个文件没有记为预警：{problem}",
    "warn_cap_before": "这个文件先前已收到，是{number}号预警，没有重复记录；看它：/warn {number}。",
    "warn_cap_differs": (
        "这个文件的标识（identifier）与先前收到的{number}号预警的文件相同，内容却不同，没有采用。"
        "请发来的单位核对，另用标识发更新；确认要改的用 /warn {number} 修改。"
    ),
    "warn_lift_unknown": "没有找到它要解除的预警，没有记录；/warn 看现在有哪些。",
    "warn_field_bad": "没有读懂“{given}”，什么也没有改。例如：{example}。",
    "warn_picture_of_which": "照片没有记下：请在照片里写明是第几项，例如“2”，回复清单再发一次。",
    "warn_which_not_applicable": "请写明哪一项不适用、为什么，例如：2 不适用 本校没有住校生。",
    "warn_cap_none": "这个预警还没有发布过，没有CAP文件。",
}

POPUPS = {
    "warning_plan": "已按“{title}”处理",
    "warn_not_drill": "像是演练或测试，演练请发 /warn 演练 …",
    "warn_not_asked": "这是在问",
    "warn_not_supposed": "这是假设",
    "warn_not_ordered": "这是要求，不是预警",
    "warn_not_denied": "说的是没有预警",
    "warn_not_rule": "这是规定，不是预警",
    "warn_not_past": "说的是以前的预警",
    "warn_not_nothing": "没有灾种、颜色",
    "warn_not_read": "没有读出预警，请用 /warn 写明灾种或颜色",
    "warn_also": "已另记为预警；{number}号报告仍然保留，不是事件的请用 /reject",
    "warn_reported": "已按事件报告",
    "warn_reported_before": "先前已按事件报告",
    "warn_cap_test": "这是测试或草稿（status），不是正式预警，没有记录",
    "warn_cap_no_notice": "这是回执或报错（msgType），不是预警；应为 Alert、Update 或 Cancel",
    "warn_cap_unknown": "没有找到它要解除的预警，请用 /warn 核对后处理",
    "warn_cap_busy": "正在处理别的文件，请稍后再发一次",
    "warn_cap_gone": "文件取不下来，请再发一次",
    "warn_http_here": "只接受本机直接发来的请求，不接受代理转来的",
    "warn_http_type": "应为CAP文件，Content-Type写 application/cap+xml 或 application/xml，不压缩",
    "warn_http_plan": "不知道按哪个预案：请在地址里写 ?plan=编号，可用：{plans}",
    "warn_http_nobody": "{plan}还没有绑定指挥群，也没有值班员，没有人会看到；请先绑定",
    "warn_http_slow": "没有在10秒内收完，请重发",
    "warn_http_later": "暂时存不下来，请稍后重发",
    "warn_http_differs": "这个标识（identifier）的文件先前已收到，内容不同，没有采用；更新请另用标识",
    "warn_http_refused_before": "这个文件先前已收到，没有记为预警",
    "warn_cap_large": "文件太大，应在1 MB以内",
    "warning_issued": "已发布",
    "warning_passed_on": "已转发",
    "warning_recorded": "已代录，待补签",
    "warning_lifted": "已解除",
    "warning_answered": "已收到，谢谢",
    "warning_measure": "已记录",
    "warning_dismissed": "已记录，不发布",
    "warning_signed": "已补签",
    "warning_rung": "已记应答",
    "warning_vain": "已记没通",
}

REFUSALS = {
    "warning_which_plan": ("还没有选按哪个预案处理", "请先选：{known}"),
    "warning_plan_settled": ("已按“{plan}”处理", "按另一个预案的，请另记一条"),
    "nothing_proposed": ("现在没有等待发布的预警", "有新的预警请转发原文或用 /warn"),
    "nothing_in_force": ("现在没有生效的预警", "用 /warn 看全部预警"),
    "warning_closed": ("这个预警已经结束", "有新的预警请另记一条"),
    "unknown_warning_level": ("本预案没有“{given}”这一级预警", "请用本预案的级别"),
    "unknown_colour": ("“{given}”不是预警颜色", "请写红、橙、黄、蓝"),
    "ends_before_start": ("结束时间不晚于开始时间", "请核对起止时间"),
    "ends_too_late": ("结束时间在{days}天以后", "请核对结束时间"),
    "warning_over": ("预警时间已经过了", "请先改结束时间，或不发布"),
    "reason_for_dismissing": ("不发布要写明原因", "请选一个原因"),
    "passed_on_from_whom": ("没有写明是谁的预警，不能转发", "请先补上发布单位"),
    "not_yours_to_pass_on": ("您不能转发预警", "请值班室转发"),
    "plan_without_warnings": ("本预案没有预警条款，不能以本预案名义发布", "可以转发有权单位发布的预警"),
    "which_warning_level": ("不知道是本预案的哪一级预警", "请先写明级别"),
    "issued_above": ("{level}预警由{above}发布", "请向上报告；上级发布后再转发"),
    "not_yours_to_issue": ("您不能发布{level}预警", "请有权的人发布，或由值班员代录"),
    "not_yours_to_lift": ("您不能解除这个预警", "谁发布，谁解除"),
    "lifted_by_issuer": ("这是{issuer}的预警，要{issuer}解除", "请转发解除原文，或写明何时由谁通知解除"),
    "not_woken": ("没有要{unit}应答的预警", "用 /warn 看全部预警"),
    "no_such_measure": ("没有第{given}项措施", "共{total}项"),
    "reason_for_not_applicable": ("不适用要写明原因", "请选一个原因"),
}

NOTICE_NAMES = {
    "warning_taken": "待处理的预警",
    "warning_taken_again": "待处理的预警",
    "warning_which_plan": "按哪个预案处理预警",
    "warning_which_plan_again": "按哪个预案处理预警",
    "warning_call": "预警叫应",
    "warning_call_again": "预警叫应",
    "warning_ring_list": "预警电话名单",
    "warning_expiry": "预警到期提醒",
    "warning_over": "预警到期提醒",
}
