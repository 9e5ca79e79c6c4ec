"""Duties of every day (日常职责): the week's message, what is sent back, lists, refusals."""

DIGEST = """*本周职责* {title}
{overdue?}
{due?}
{daily?}
办完一项点一项；要交材料的，点［已办］后把照片、文件或文字发给我；本期没有这一项的点［不适用］。"""
OVERDUE = "*已过期没办*（{count}）\n{lines}"
DUE = "*本周要办完*（{count}）\n{lines}"
DAILY = "每天的：{names}（点下面的［今天…已办］，下午4点没点会提醒）"
LINE = "{number}　{text}（{when}{clause}）"
CLAUSE = "；{clause}"
WHEN_DUE = "{day}前"
WHEN_PAST = "应在{day}前办"
RETURNED = "，退回：{reason}"
HAND_IN = "交"
WANTED = {"none": "", "text": "，交文字", "photo": "，交照片", "file": "，交文件", "minutes": "，交记录"}
END = """*快到期* {title}
{lines}"""
DAILY_ASKED = """*今天还没有点* {title}
{lines}
办了请点［已办］；今天不用办的点［不适用］。"""
HEAD = """*{title}有{count}项职责过期一周以上*
{lines}"""
RETURN = """*退回：{text}*（{period}）
原因：{reason}
请重新办理后再点［已办］。"""
ADOPTED = """*预案有新版本* {title}
正在进行的一期不变；从下一期起按新的周期：{changed}"""
ADOPTED_ENDED = "不再要求：{ended}"
PAGE_HEAD = "*职责* {title}（{year}年）"
PAGE_STANDING = "经常性职责（不催办）：\n{lines}"
PAGE_NONE = "没有等待办理的职责。"
WHY_NOT = "“{text}”本期为什么不适用？"
REASONS = ("本期放假", "本单位没有这项", "已由上级统一办理")
NEEDS = """“{text}”要交{evidence}。
{before?}
{send}，我会记在这一项下；没有材料也可以先记已办。"""
NEEDS_AFTER = "上次退回：{reason}"
SEND = "把照片或文件发给我（10分钟内）"
SEND_WORDS = "写一两句话发给我（10分钟内；照片、文件也可以）"
ANSWER_DONE = "*是说职责办好了？点是哪一项*（{title}）"
ANSWER_NOT_YET = "*没有记*（{title}）：办好了再点，本期没有的点［不适用］。"
ANSWER_NOTHING = "*没有等待办理的这一项，没有记*（{title}）。点错过的、要补材料的，发 /duties 看。"
ANSWER_WORDS = "您写的：{words}"
ANSWER_FILES = "您发的：材料{count}份"
ANSWER_END = "没有当作突发事件。说的是突发事件的，马上点［是突发事件，报告］。"

RECORD, RECORD_NOT = "代录", "不适用"
"""What the office types: that it records, and that the duty does not apply this time."""
RECORD_SOMEBODY = "姓名"
RECORD_EXAMPLE = "/duties 代录 {title} 1 {name} 10:20 已办完"
RECORD_PAGE = """*电话代录* {title}
{lines}

记下谁在几点说的：{example}
本期没有这一项的，加“不适用”和原因。登记过、可以补签的：{names}。
对方马上会收到，可以补签，也可以点“不是这样”。材料仍请对方补交。"""
RECORDED = """*值班室代录* {title}
{text}（{period}）：{status}
{told}
{words?}
是您说的请补签；不是这样请点“不是这样”，这一项恢复待办。材料请照常补交。"""
TOLD = "{name} {time}电话所说，{recorder}代录，{signed}"
TOLD_SIGNED, TOLD_UNSIGNED = "已补签", "未补签"
TOLD_WORDS = "原话：{words}"
OBJECTED = """*对代录有异议* {title}
{text}（{period}）：{name}说不是这样。您记的是{spoken_by}所说，这一项已恢复待办，请打电话问清。"""
OBJECTED_LINE = "，对代录有异议"

SWITCHED_OFF, BEARER_GONE = "日常职责已停用", "名册或预案里不再有"
"""Why a book is closed, as the log keeps it."""

SWITCH_ON = """*启用日常职责*：{plan}
将为{count}个责任主体建立{year}年职责簿：{kinds}
{unreachable?}
启用后：每周第一个工作日{clock}每个主体一条清单，到期前一个工作日15:00提醒一次；每天的职责16:00没点才提醒。没有周期的（经常、定期、随时）只列出，不催办。
新增、撤销的单位和新版预案会自动跟上；随时可用 /duties 停用。"""
SWITCH_OFF = """*停用日常职责*：{plan}
{count}本职责簿停止提醒，已办、未办的记录都保留；再启用时从当时的一期接着办。"""
UNREACHABLE = "其中{count}个还没有可联系的联络员或负责人，收不到提醒：{names}"
NAMES_MORE = "{names}等{count}个"
COUNTED = "{kind}{count}"
KINDS = {"role": "岗位", "unit": "部门"}

CHOOSE, OWN, ALL = "看哪一个？", "我办：{title}", "总表：{plan}"
SUMMARY = """*日常职责*：{plan}
{bearers}个责任主体，{since}以来：
{lines}
{silent?}"""
SUMMARY_LINE = "{text}{citation}：{said}"
SUMMARY_WAITS = "另有{count}项职责都还在期限内。"
SUMMARY_NONE = "还没有开始的一期。"
SILENT = "一项也没办、又有过期的{count}个：{names}"
WEEKLY = """*本周催办清单*：{plan}
{missed?}
{daily?}
{returned?}"""
WEEKLY_MISSED = "有过期未办的{count}个：\n{lines}"
WEEKLY_DAILY = "上周每天的职责有漏点的{count}个：{names}"
WEEKLY_TIMES = "{name}{count}次"
WEEKLY_LINE = "{name}　{count}项"
WEEKLY_MORE = "另有{count}个，见导出表格。"
WEEKLY_RETURNED = "退回后还没有重办的{count}个：{names}"
QUARTERLY = "*{year}年第{quarter}季度职责情况*"
HANDED_IN = """*核对*　{title}
{text}（{period}{clause}）
{status}，{by} {time}
{words?}
{files}"""
HANDED_WORDS = "说明：{text}"
HANDED_FILES = "材料{count}份，在下面。"
HANDED_NOTHING = "没有材料。"
RETURN_REASONS = ("退回：看不清", "退回：不是本期的", "退回：材料不全")

STATUS = {
    "open": "待办", "done": "已办", "late": "迟办", "missed": "未办", "not_applicable": "不适用", "returned": "退回",
}  # fmt: skip
TABLE_FILE = "{plan}职责总表{day}.xlsx"
MATRIX, ROWS, BEARER = "总表", "明细", "责任主体"
ROWS_HEAD = ("责任主体", "职责", "条款", "期", "截止", "情况", "办理时间", "材料份数", "预案")
MATRIX_NOTE = "截至{time}。未办：过了期限没有办；迟办：过了期限才办；退回：核对后退回重办；空白：本期没有这项。"

DRILL_HELD = "【演练】{number}号"
DRILL_PLAYED = "【演练】{title}（演练脚本第{number}场）"
SETTLED = "{text}（{period}）{status}"
SETTLED_ALREADY = """“{text}”（{period}）已经记为*{status}*：{by} {time}。
点错了可以撤回，再重新点。"""
NOTHING_WAITS = "没有等待办理的这一项"
HEAD_OF = "{title}负责人"

LABELS = {
    "duty_done": "{number} 已办",
    "duty_today": "今天{name} 已办",
    "duty_sure": "没有材料，记已办",
    "duty_not_applicable": "{number} 不适用",
    "duty_reopen": "撤回",
    "duty_reason": "{reason}",
    "duty_sign": "补签",
    "duty_object": "不是这样",
    "duties_on": "确认启用",
    "duties_off": "确认停用",
    "duties_show": "{name}",
    "duties_export": "导出表格",
    "duties_check": "核对",
    "duties_next": "看下一个",
}

POPUPS = {
    "duty_signed": "已补签",
    "duty_objected_now": "已恢复待办，值班室会看到",
    "duties_checked_all": "都看完了",
    "duty_returned_now": "已退回，对方会看到原因",
    "duty_done": "已记录",
    "duty_said_file": "已记录，您写的记作说明。照片、文件10分钟内发给我，也记在这一项下",
    "duty_said": "这一期已经办过，看新消息",
    "duty_reopened": "已撤回，请重新点",
    "duty_not_today": "今天不用办这一项",
    "duty_already": "今天已经办过",
}

REFUSALS = {
    "bears_no_duty": ("{name}在本预案里没有日常职责", "请核对单位的类别"),
    "no_such_duty": ("没有这一期职责（{given}）", "用 /duties 看清单"),
    "not_your_duty": ("这是{name}的职责", "由{name}办理；对方电话里说已办的，值班室用 /duties 代录 登记"),
    "not_yours_to_record": ("您不能代录{name}的职责", "由值班室或管理的科室代录；自己的职责自己点"),
    "duty_who_said": ("代录要写明是谁说的", "请写上{name}说话人的姓名"),
    "duty_said_when": ("说的时间应在本期开始以后、现在以前", "请写实际通话的时间，例如 10:20"),
    "nothing_to_object": ("没有可以提出异议的代录，或已经补签", "用 /duties 看清单"),
    "duty_settled": ("这一期已经办过", "点错了请用［撤回］"),
    "evidence_wanted": ("这项职责要交材料", "请发照片或文件，或确认没有材料也记为已办"),
    "nothing_to_return": ("这一期还没有办，不用退回", "等办完再核对"),
    "reason_for_returning": ("退回要写明原因", "请选一个原因"),
    "not_yours_to_check": ("您不能退回这项职责", "由管理的科室核对"),
    "book_closed": ("这本职责簿已经结束", "用 /duties 看现在的"),
}

MESSAGES = {
    "duty_record_office": "代录由值班室或管理的科室办。自己的职责发 /duties，自己点。",
    "duty_record_how": "请写明是谁的职责。\n例如：/duties 代录 凤鸣小学",
    "duty_record_which": "叫这个名字的不止一个，请写全称：{names}",
    "duty_recorded_now": "已代录：{title}“{text}”，{name}所说。对方会收到，可以补签或提出异议。",
    "duty_evidence": "已记在“{text}”（{period}）下，共有材料{count}份。如果这是突发情况，请马上把情况写成文字发给我。",
    "duty_words": "已记在“{text}”（{period}）下：照您写的，没有附件。如果您说的是突发情况，请发 /report 加上原话。",
    "duties_where": "请写明预案，例如 /duties {word} {example}；可用：{plans}",
    "duties_on": "已启用：{plan}。职责簿正在建立，10分钟内全部建好。",
    "duties_off": "已停用：{plan}。",
    "duties_on_already": "已经启用过，没有改动。",
    "duties_off_already": "没有启用，没有改动。",
    "duties_none": "您没有登记过要办日常职责的身份。",
    "duties_exported": "{plan}的职责总表，截至{time}。",
}

HELP = {
    "duties": "日常职责",
}

NOTICE_NAMES = {
    "duty_digest": "本周职责",
    "duty_end": "职责快到期",
    "duty_returned": "职责退回",
    "duty_recorded": "职责代录",
    "duty_answer": "对职责的答复",
    "duty_objected": "对代录的异议",
    "duty_section": "本周催办清单",
    "duty_leader": "季度职责情况",
}
