"""批示、指令: whose word it is, to whom, by when; what units make of it, and who hears what of that."""

WORD = "批示"
CALLED_BY = "{giver}{way}{recorded}"
BY_WAY = "（{way}）"
RECORDED = "（代录：{name}）"
NO_GIVER = "批示人没有写"
GIVEN = "{time}"
WITHIN = "事件：{number}号"
DUE = "期限：{time}前{words}"
DUE_WORDS = "（原文“{words}”）"
NO_DUE = "期限：没有写"
TO = "发给{to}"

DRAFT = """*{called} 草稿*
{by}　{given}
{incident?}
“{text}”
{files?}
{due}
发给：{to}
{unread?}
{missing?}
还没有发出。"""
MISSING_GIVER = "要先写明是谁的批示：发 /instruct {number} 批示人 姓名职务"

PREVIEW = """*请确认：发出{called}*
{by}　{given}
{incident?}
“{text}”
{files?}
{due}
发给{count}个：{to}
{absent?}
{chased?}
{ring?}
{refusal?}
发出后各单位马上收到；写错了可以更正或收回。"""
CHASED = "没办结的，本程序在{moments}提醒。"

CALL = """*{urgent}{by}* {called}
{given}
{incident?}
“{text}”
{files?}
主送：{to}
{due}
收到请点［收到］；办完点［办结］并回复结果。"""
CALL_AGAIN = """*{urgent}请尽快回执* {called}
{by}：“{text}”
{due}
{again}"""
CHASE = """*{urgent}{when}* {called}
{by}：“{text}”
{due}
{what}"""
CHASE_LEFT = "还剩{span}"
CHASE_NOW = "已到期"
CHASE_LATE = "已超期{span}"
CHASE_RECEIPT = "您还没有点［收到］。"
CHASE_RESULT = "办完请点［办结］并回复结果；办不了的点［退回］说明原因。"

MINE = """*{called}* {names}
{by}：“{text}”
{due}
{status}
{next?}"""
MINE_STATUS = {
    "sent": "还没有点收到。",
    "received": "{time}已收到。",
    "done": "{time}已办结：{result}",
    "declined": "{time}已退回：{reason}。等值班室答复。",
    "released": "不用办理了。",
    "returned": "{time}退回重办：{reason}",
}
MINE_NEXT = "办完点［办结］，再回复结果：文字、照片或文件都行。不该本单位办的点［退回］。"
MINE_BACK = "点错了、后来办了的，点［办结］再回复结果。"
MINE_MORE = "还有要补充的，直接回复这条消息。"
FILES = "附件{count}份"
NO_RESULT = "没有文字"

ASK_RESULT = """*{called}办结：请回复结果*（{names}）
{again?}
直接发文字、照片或文件（30分钟内）。没有别的要说，点下面一句。"""
ASK_AGAIN = "上次退回：{reason}"
QUICK = ("已按要求落实", "已排查，没有发现问题", "已传达到位")
ASK_WHY = "*{called}退回：为什么？*（{names}）\n点一句，或者直接发一句原因（30分钟内）。"
WHY_NOT = ("不属本单位职责", "需要牵头单位先办", "期限内办不完")
WHICH_BACK = "*{called}：退回哪一家的结果？*"
WHY_BACK = "*{name}的结果为什么不够？*\n{result}"
BACK_REASONS = ("没有写数字", "没有附照片", "没有写整改情况", "请核实后再报")
INSIST_REASON = "按职责分工办理"

PAGE = """*{called}* {state}
{by}　{given}
{incident?}
“{text}”
{files?}
{due}
{counts}
{delivered?}
{rings?}
{lines?}
{closing?}
{how?}"""
OF_A_DRILL = "演练{number}"
PAGE_HOW = "改：/instruct {number} 更正 …；“更正”也可以换成 期限、加发、代记、免办"
PAGE_STATES = {
    "draft": "草稿", "sent": "办理中", "done": "全部办结", "withdrawn": "已收回", "discarded": "没有发出",
}  # fmt: skip
COUNTS = "办结{done}/{total}，收到{received}，没有回执{silent}"
LINE_DONE = "{time}办结：{result}"
LINE_DONE_RECORDED = "{time}办结（电话，{name}）：{result}"
LINE_DECLINED = "{time}退回：{reason}"
LINE_RELEASED = "不用办"
LINE_RETURNED = "{time}退回重办：{reason}"
CLOSED_WHY = "收回原因：{reason}"

LIST_HEAD = "*没有办结的批示、指令*（{count}件）"
LIST_NONE = "没有未办结的批示、指令。"
LIST_LINE = "{called}　{by}：“{text}”　{due}　办结{done}/{total}{late}"
LIST_DRAFT = "{called}（草稿）　{by}：“{text}”"
LIST_LATE = "，已超期"
LIST_HOW = "记一条：/instruct 王副区长 举一反三，全区排查，一周内报结果"
LIST_DUE = "{time}前"
LIST_NO_DUE = "没有期限"

EXTENDED = "*{called}期限改为{time}前*\n{by}：“{text}”"
DECLINED = """*{name}退回了{called}*
原因：{reason}
{by}：“{text}”
请决定：不用它办，还是仍由它办。"""
RETURNED = """*{called}退回重办*（{name}）
{by}：“{text}”
原因：{reason}
{due}"""
RELEASED = "*{called}不用您的单位办了*\n“{text}”"
NOTED = "*值班室已代您单位记录* {called}办结\n{result}\n不对的，请联系值班室。"
SENT_OUT, CORRECTED = "发出", "更正"
IN_YOUR_NAME = """*值班室（{name}）以您的名义{what}了{called}*
{by}：“{text}”
发给{to}
{due}
不是您的意思，请马上点［收回］，或告诉值班室。"""
SUMMARY = """*您的批示全部办结* {called}
“{text}”
{lines}"""
SUMMARY_LINE = "{name}：{result}"
TO_TELL = """*{called}全部办结*{tell}
{by}：“{text}”
{lines}"""
TELL_HIM = "，请告诉{giver}"
HE_KNOWS = "，已报{giver}"
OVERDUE = """*{called}到期没办结的{count}个*
{by}：“{text}”
{due}
{names}"""

SCRIPT = "{giver}批示：{text}。{due}"
SCRIPT_DUE = "请在{time}前报结果。"

ELEMENT = "{giver}{time}批示{way}：{text}（{stands}）"
ELEMENT_STANDS = {
    "given": "{told}个单位，已办结{finished}个",
    "corrected": "{told}个单位，已办结{finished}个",
    "done": "{told}个单位全部办结",
}
SHEET = "批示：{giver}{time}“{text}”，办结{finished}/{told}{due}"
SHEET_DUE = "，{time}前"
SHEET_LATE = "，已超期（{time}前）"
COURSE = "{giver}批示（{number}）"
COURSE_AGAIN = {
    "corrected": "批示更正（{number}）",
    "done": "批示全部办结（{number}）",
    "withdrawn": "批示收回（{number}）",
}
COURSE_NUMBER = "指令{number}号"
WORDS_OF = ("批示", "指示")
"""What an element of a form is called in which instructions stand."""

CHOOSE_WAY = "*{called}：批示是怎么来的？*"
CHOOSE_DUE = "*{called}：什么时候前报结果？*\n也可以发 /instruct {number} 期限 9月30日下班前"
DUES = ("今天下班前", "明天下班前", "三天内", "一周内")
NO_DUE_WORD = "不限"

LABELS = {
    "instruct_give": "发出",
    "instruct_way": "批示方式",
    "instruct_due": "改期限",
    "instruct_extend": "改期限",
    "instruct_done": "办结",
    "instruct_decline": "退回",
    "instruct_back": "退回重办",
    "instruct_insist": "仍由它办",
    "instruct_release": "不用它办",
}

POPUPS = {
    "instruct_way_set": "已改",
    "instruct_due_set": "期限已改",
    "instruct_settled": "已记办结",
    "instruct_declined_now": "已退回，值班室会答复",
    "instruct_returned_now": "已退回，对方会收到原因",
    "instruct_released_now": "已记：不用它办",
    "instruct_send_result": "请把结果发过来",
    "instruct_nothing_back": "没有办结的结果可以退回",
}

HELP = {"instruct": "记批示、发指令"}

MESSAGES = {
    "instruct_how": (
        "写批示：/instruct 王副区长 举一反三，全区排查，一周内报结果\n"
        "指挥部成员发自己的：/instruct 全区排查，明天下班前报\n"
        "在事件里：回复事件消息，或 /instruct 17号 王副区长 …\n"
        "改：/instruct 3 期限 9月30日前、/instruct 3 更正 …、/instruct 3 收回 原因、/instruct 3 加发 单位、"
        "/instruct 3 代记 单位 姓名 结果、/instruct 3 免办 单位"
    ),
    "instruct_not_yours": "批示、指令由值班员记录，或者由指挥部成员以自己的名义下达。"
    "要报告突发事件，请不带命令直接发给我；别的请联系值班室。",
    "instruct_due_unread": "没有读懂期限“{words}”。例如：明天下班前、9月30日前、一周内。",
    "instruct_no_incident": "没有找到您能办理的{number}号事件。改指令的写：/instruct 3 期限 9月30日前。",
    "instruct_no_due_now": "已改为没有期限。",
    "instruct_giver_set": "批示人已改为{giver}。",
    "instruct_due_now": "期限已改为{time}前。",
    "instruct_corrected_now": "已更正，正在通知收到过的各方；没有办结的要重新回执。",
    "instruct_record_how": (
        "写：/instruct {number} 代记 单位 姓名 结果。例如：/instruct {number} 代记 {name} 赵科长 已排查32处"
    ),
    "instruct_recorded_now": "已代{name}记办结。对方会收到。",
    "instruct_release_how": "写：/instruct {number} 免办 单位。例如：/instruct {number} 免办 {name}",
    "instruct_released_said": "已记：{name}不用办了。对方会收到。",
    "instruct_due_stays": "注意：期限没有改，仍是{due}。要改的，发：/instruct {number} 期限 {words}",
    "instruct_result_kept": "{called}：结果已记下。",
    "instruct_more_kept": "{called}：已补充到结果里。",
    "instruct_reply_how": (
        "这是{called}的消息，您写的没有记录。办结请写“办结 结果”，退回请写“退回 原因”。"
        "说的是突发事件的，请用 /report 报告。"
    ),
}

REFUSALS = {
    "instruct_own_name": ("您只能以自己的名义下达，没有记录", "别人的批示请值班员代录"),
    "instruct_no_leader": ("值班员没有以自己的名义下达批示的职务，没有记录", "写明是谁的批示，例如：王副区长 全区排查"),
    "instruct_who": ("还没有写明是谁的批示，没有发出", "发：/instruct 编号 批示人 姓名职务"),
    "instruct_due_over": ("期限{given}已经过了，没有记录", "请改期限"),
    "instruct_result_missing": ("没有写结果", "写一两句，或者发照片、文件"),
    "instruct_done_before": ("已经记过，没有改动", "要补充的，发新的文字或照片"),
    "instruct_why_not": ("退回要写原因", "写一两句原因"),
}

NOTICE_NAMES = {
    "instruction_extended": "指令期限变更",
    "instruction_declined": "指令被退回",
    "instruction_returned": "退回重办",
    "instruction_released": "指令不用办了",
    "instruction_recorded": "代录的办结",
    "instruction_summary": "批示办结汇总",
    "instruction_to_tell": "批示办结",
    "instruction_chase": "指令催办",
    "instruction_overdue": "指令到期名单",
}
