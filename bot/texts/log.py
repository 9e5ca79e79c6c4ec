"""The duty log (值班日志): an entry as it was understood, what it waits for, a day and a month of it, refusals."""

HEAD = "*{called}*　{at}　记录：{by}"
HEAD_STRUCK = "*{called}*　{at}　记录：{by}　*{mark}*"
CORRECTS = "更正{called}"
CORRECTED = "已更正，见{called}"
WITHDRAWN = "已撤回"
FROM_ANOTHER = "（转来的文字）"
CALLER = "{way}：{who}{phone}{time}"
NO_WAY = "来自"
PHONE = "　{phone}"
CALLED_AT = "　{time}"
DAY_HEAD = "{head}：{what}"
WHAT = "内容：{text}"
NO_WORDS = "没有文字：听完语音，发一句文字，我记在这一条里。"
WANTED = "要求：{when}{what}"
WANTED_OPEN = "要求：{what}（没说时限）"
WANTED_DUE = "{due}前 "
WANTED_SAID = "（原话：{words}）"
WANTED_WHICH = "要求：{what}　*时限要您点一下*：“{words}”是哪个时间？"
WANTED_PASSED = "要求：{what}　*时限没读准*：“{words}”。请点［改时限］，不用的点［不用回复］。"
WANTED_ANY = "回复"
RINGS = "{moments}提醒值班席。"
CALLED_WHICH = "*来电时间要您点一下*：上午还是晚上？"
REPLIED = "已回复：{at} {by}{words}"
REPLIED_WORDS = "　{words}"
WAIVED = "不用回复：{at} {by}"
BECAME = "已转：{names}"
EVIDENCE = "附：{files}"
FILES = {"photo": "照片", "voice": "语音", "video": "视频", "video_note": "视频", "document": "文件", "audio": "录音"}
FILE_COUNT = "{kind}{count}"
ALARMING = "*像是突发事件*：还没有上报。要上报，点［转为报告］。"

DUE = """*{called} 还差回复，{left}*　{due}前
{who?}
要求：{what}
办了点［已回复］。"""
DUE_WHICH = """*{called} 时限没有定*
{who?}
要求：{what}（“{words}”是哪个时间？最早是{due}，{left}）
点下面选；办了点［已回复］。"""
OVER = """*{called} 已过时限没登记，{left}*　应在{due}前
{who?}
要求：{what}
已经回复的，点［已回复］；不用的，点［不用回复］。"""
LEFT, LEFT_NONE, LEFT_OVER = "还有{span}", "到时了", "已过{span}"
IN_GROUP = "{called} 等待回复（{due}前，{left}）。值班席没有人：请值班员接班，发 /log {number} 看内容。"
STAMP_REPLIED = "【已回复】{at} {by}"
STAMP_WAIVED = "【不用回复】{at} {by}"
STAMP_CORRECTED = "【已更正】见{called}"
STAMP_WITHDRAWN = "【已撤回】"
STAMP_AGAIN = "【已改】"

DAY = "*值班日志*　{place}　{day}{count}"
FOUND = "*值班日志*　{place}　找“{words}”{count}"
SPAN = "*值班日志*　{place}　{first}至{last}{count}"
COUNT = "（{count}条）"
COUNT_WAITING = "（{count}条，{waiting}条等回复）"
COUNT_CUT = "（最近{count}条，更早的请写日期或多写几个字）"
NONE = "没有记录。"
LINE = "{at}　{number}号　{who}{what}{state}"
LINE_WHO = "{who}："
STATE_WAITING = "　［{due}前］"
STATE_UNSURE = "　［时限待点：“{words}”］"
STATE_OPEN = "　［等回复］"
STATE_REPLIED = "　［已回复］"
STATE_BECAME = "　［{names}］"
LIST_HOW = "看一条：/log 号　查：/log 9月3日、/log 找 对流　记一条：记 …"
OPEN_LINE = "{called}　{who}{what}{due}"
OPEN_CORRECTS = "（更正{called}）"
OPEN_DUE, OPEN_UNSURE = "（{due}前）", "（时限没定：“{words}”）"

NO_WORDS_LINE = "（语音、照片）"
ASK = """请说这一条，直接发给我（10分钟内）：
写一句、发语音，或发照片加说明。例：市政府值班室张 来电：下午强对流，16时前反馈落实情况"""
ASK_DUE = "{called}　几点前要回复？点一个，或直接发时间，例：16:00、明天9点、2小时。"
ASK_CALLER = "{called}　谁打来的？直接发单位和姓，例：市政府值班室 张　0356-2022492"
ASK_CORRECTION = """{called}　原文：
{text}
直接发更正后的整条内容。原来的一条留着，注明“已更正”。"""
ASK_WORDS = "{called}　{at}已登记回复。回复了什么？点一个，或直接发一句。"
PERHAPS_REPORT = "这句话已记成回复的内容，没有上报。如果是刚发生的突发事件，请点下面报告。"
ASK_WORDS_SET = ("已电话反馈", "已书面报送", "已落实")
BETWEEN = "至"

COMMANDS = {
    "find": ("找", "查找", "搜"), "due": ("时限", "改时限"), "caller": ("来电人", "改来电人"), "waive": ("不用回复",),
    "reply": ("已回复", "回复"), "correct": ("更正",), "undo": ("撤回",), "report": ("转报告", "转为报告"),
    "instruct": ("转指令", "转为指令"), "warning": ("转预警", "转为预警"), "export": ("导出",),
}  # fmt: skip
"""What is typed behind a number, or alone."""
BEGINS = ("记一笔", "记")
"""A message that begins so, and goes on behind a blank or a colon, is an entry."""

BOOK_TITLE = ("{place}", "值班日志")
BOOK_DAY = "{year}年{month}月{day}日{between}{weekday}"
BOOK_BETWEEN = {"heading": "　", "cell": "\n"}
BOOK_WEEKDAYS = "一二三四五六日"
BOOK_WEEKDAY = "星期{day}"
BOOK_HEAD = ("日期", "天气", "值班员", "带班领导")
BOOK_COLUMNS = ("时间", "来电来文", "内容", "处理", "记录")
BOOK_HAND_OVER, BOOK_CHECKS = "交接", "抽查"
BOOK_NONE = "当日没有记录。"
BOOK_NUMBER = "{number}号"
BOOK_DUE_WORDS = "“{words}”"
BOOK_WANTED = "要求：{due}{what}"
BOOK_REPLIED = "{at}回复{words}（{by}）"
BOOK_REPLIED_WORDS = "：{words}"
BOOK_WAIVED = "不用回复（{by}）"
BOOK_NOT_REPLIED = "未登记回复"
BOOK_STRUCK = "（{mark}）{text}"
BOOK_SEAT, BOOK_SEAT_BEFORE = "{at} {name}接班{before}{signed}", "（{name}交班）"
BOOK_SIGNED = "：{names}"
DAY_HAND_OVER, DAY_CHECK = "交接：{line}", "{line}"
BOOK_CUT = "内容太多，这份文件到第{count}条为止；其余请按日期导出。"
SHEET_DAYS, SHEET_ENTRIES = "每日", "记录"
SHEET_DAYS_HEAD = ("日期", "天气", "值班员", "带班领导", "记录条数", "交接", "抽查")
SHEET_HEAD = (
    "日期", "时间", "编号", "方式", "单位", "姓名", "号码", "内容", "要求", "时限", "处理", "处理时间", "处理人",
    "记录人", "状态", "已转", "附件",
)  # fmt: skip
STATES = {
    "noted": "已记", "waiting": "等回复", "answered": "已办", "withdrawn": "已撤回",
    "corrected": "已更正，见{number}号",
}  # fmt: skip
FILE_DAY, FILE_MONTH = "值班日志{day}", "值班日志{month}"
FILE_DAY_NAME, FILE_MONTH_NAME = "{year}-{month:02d}-{day:02d}", "{year}-{month:02d}"

LABELS = {
    "entry_replied": "已回复",
    "entry_waive": "不用回复",
    "entry_due": "改时限",
    "entry_caller": "改来电人",
    "entry_report": "转为报告",
    "entry_instruct": "转为指令",
    "entry_warning": "转为预警",
    "entry_correct": "更正",
    "entry_withdraw": "撤回",
    "entry_undo": "撤回",
    "log_day_docx": "本日 docx",
    "log_day_xlsx": "本日 xlsx",
    "log_month_docx": "本月 docx",
    "log_month_xlsx": "本月 xlsx",
    "log_span_docx": "下载 docx",
    "log_span_xlsx": "下载 xlsx",
}
HELP = {"log": "值班日志：记一条、查"}
MESSAGES = {
    "log_noted": "已记：{called}。",
    "log_duty": "值班日志由值班员记。",
    "log_how": "没看懂。看今天：/log　看一条：/log 12　查：/log 9月3日、/log 找 对流　记一条：记 …",
    "log_no_such": "没有日志{number}号。",
    "log_edited": "{called}不随消息改动。写错了，点［更正］，或发：/log {number} 更正 …",
    "log_edited_not": "改过的消息不记，请重新发一条。",
    "log_due_how": "没看懂时间“{given}”。请写：16:00、明天9点、12月3日10:00、2小时。",
    "log_file": "{place}值班日志　{what}（{time}制）。含个人信息，请按规定保管。",
}
POPUPS = {
    "entry_no_warning": "没有转成预警：{why}",
    "entry_reported": "已报告，见新消息",
    "entry_only_asks": "这一条只是询问，没有说发生了什么；要报告，请发 /report 加一句话",
    "log_replied": "已登记",
    "log_waived": "已登记：不用回复",
    "log_set": "已改",
    "log_withdrawn": "已撤回；记录里留着，划去",
    "log_again": "又在等回复",
    "log_file_busy": "正在给您做别的文件，请稍后再点",
    "log_in_private": "请到私聊里点，或发：/log {number} 时限 16:00",
}
REFUSALS = {
    "log_duty_only": ("值班日志由值班员记和改", "请值班员来办"),
    "log_empty": ("没有内容", "写一句，或发语音、照片"),
    "log_not_yours": ("不是您记的或您登记的", "写错的请点［更正］"),
    "log_too_late": ("{number}号过了一分钟，不能撤回", "写错的请点［更正］"),
    "log_in_use": ("{number}号已经有下文，不能撤回", "写错的请点［更正］"),
    "log_was_withdrawn": ("{number}号已撤回", "请另记一条"),
    "log_not_standing": ("{number}号已不作数（更正见{by}号）", "请改更正后的那一条"),
    "log_reported": ("{number}号已经报告为{incident}号事件", "有新情况，在那一起里续报"),
    "log_due_past": ("{given}已经过了", "请写以后的时间；办了点［已回复］"),
    "log_due_far": ("{given}太远", "请写一年以内的时间"),
    "log_waits_for_nothing": ("{number}号没有等待回复的事", "要加时限，点［改时限］"),
    "log_not_ticked": ("{number}号还没有登记回复，这句话没有记进去", "要登记，点［已回复］"),
    "log_answered": ("{at}已由{by}登记", "不用再点"),
}
NOTICE_NAMES = {
    "entry_written": "日志",
    "entry_worded": "日志",
    "entry_due": "日志到时限的提醒",
    "entry_over": "日志过时限的提醒",
}
