"""Statistics (统计): six lines, what is behind each figure, definitions in words, sheets and paper."""

HEAD = "*{period}统计*　{place}{of}"
SUM, SUM_OF, SUM_OF_MANY = "合计", "合计（{places}）", "合计（{count}个辖区）"
SUM_WORDS = frozenset({"合计", "全部辖区", "汇总"})
OF_DRILLS = "（仅演练）"
OF_OWN = "（{units}）"
ABOUT = "{plans?}\n{until}{running}；{drills}。\n{behind?}"
PLANS = "预案：{plans}"
UNTIL = "截至{time}"
RUNNING, NOT_BEGUN = "，本期未完", "，本期还没有开始"
DRILLS_OUT, NO_DRILLS, DRILLS_ALONE = "演练{count}次，不计入", "没有演练", "只计演练，真实的不计入"
BEHIND = "另有{count}件的记录正在计入，稍后再看会更全。"

MONTH, QUARTER, HALF, YEAR = "{year}年{month}月", "{year}年第{quarter}季度", "{year}年{half}半年", "{year}年"
HALVES = ("上", "下")
DAY, DAYS, DAYS_OF_YEARS = "{first}", "{first}至{last}", "{first}至{last}"

LINE = "*{name}*　{text}"
NAMES = {
    "incident": "事件", "report": "报送", "answer": "应答", "decided": "处置", "warning": "预警", "spot": "抽查",
    "duty": "职责",
}  # fmt: skip
"""The six lines, in their order."""

COUNTED = "{title}{number}"
INCIDENTS = "{number}起{parts}"
NO_INCIDENTS = "没有接报"
OWN_INCIDENTS = "叫到本单位的{number}起{parts}"
NO_OWN_INCIDENTS = "没有叫到本单位的"
OPEN, REJECTED, MERGED = "未办结{number}", "误报{number}", "并案{number}"
NO_CLASS, NO_LEVEL, NO_RESPONSE, NO_COLOUR, NO_HAZARD = "未归类", "未认定等级", "未启动响应", "没有颜色", "未写明种类"
RESPONSE_OF = "{level}级响应"

STAGES = {
    "first": "首报", "follow_up": "续报", "final": "终报", "correction": "更正", "other": "其他报告",
    "task": "善后任务",
}  # fmt: skip
REPORT = "{name}应报{owed}家次：{said}"
"""A report to one recipient is one 家次."""
NO_REPORTS = "没有应报的"
OUTCOMES = {
    "in_time": "按时{number}", "late": "迟报{number}", "raised": "上调后补报{number}", "missed": "漏报{number}",
    "overdue": "逾期未报{number}", "pending": "未到时限{number}", "waived": "免报{number}",
}  # fmt: skip
OWED = "应报"
LATENESS = "（迟报中位{median}，最长{worst}）"
OTHER_REPORTS = "另有{parts}"
OTHER_REPORT = "{name}{owed}家次"

ANSWERS = "叫应{called}次，答复{answered}{time}，{arrived}未答复{silent}{names}"
ARRIVED = "到场{number}{time}，"
TIME = "（中位{median}，最长{worst}）"
NO_CALLS = "没有叫应"
SILENT_NAMES = "（{names}）"
MORE_NAMES = "{names}等{count}个"
DECLINED = "其中来不了{number}"

LEVELS = "启动响应{number}次（{parts}）"
DECIDED = {
    "corrections": "更正{number}次", "waivers": "免报{number}次", "rejected": "误报{number}起",
    "merged": "并案{number}起",
}  # fmt: skip
NOTHING_DECIDED = "没有启动响应，也没有更正、免报、误报、并案"
LEVEL = "{level}级{number}次{time}"
LEVEL_TIME = "，接报后中位{median}"

WARNINGS = "{number}次（{parts}），叫应{called}，答复{answered}{time}，未答复{silent}"
NO_WARNINGS = "没有发布或转发"
MEASURES = "；措施全部落实{done}，部分{part}，没有反馈{none}"

SPOT = "问{asked}人次，按时{in_time}，迟答{late}，未答{silent}{time}"
SPOT_TITLES = {"in_time": "按时在岗", "late": "迟答", "silent": "未答"}
SPOT_NUMBER = "抽查{number}"
SPOT_TOOK = "（{seconds}秒）"
ROW_SPOT = "{number}　{title}：{since}问，{said}{took}"

DUTIES = "到期{number}项：已办{done}，迟办{late}，未办{missed}，退回{returned}，不适用{not_applicable}，待办{open}"
NO_DUTIES = "没有启用日常职责"
NONE_DUE = "没有到期的"

SECONDS, MINUTES_SECONDS = "{seconds}秒", "{minutes}分{seconds}秒"

# --- what is behind a figure

TOPIC = "*{period}{name}*　{place}{of}"
TOPIC_HOW = "点一项看明细。"
BY_STAGE = "{name}（{names}）：{said}{lateness}{sources}"
OTHERS_HEAD = "*别的单位应报、由我们确认的*"
SOURCES = "　依据{clauses}"
SOURCE, SOURCE_LOCAL = "{plan}{clause}", "{plan}{clause}时限为本地规定"
LOCAL = "本地口径"
UNIT = "{title}：叫应{called}，答复{answered}{time}，未答复{silent}"
BY_UNIT_MORE = "另有{count}个单位，见表格。"
DUTY = "{title}{citation}：{said}"
STATUS = {
    "done": "已办{number}", "late": "迟办{number}", "missed": "未办{number}", "returned": "退回{number}",
    "not_applicable": "不适用{number}", "open": "待办{number}",
}  # fmt: skip
MEASURE = {"done": "措施全部落实", "part": "措施部分落实", "none": "措施没有反馈"}
CORRECTIONS, WAIVERS = "更正", "免报"
TITLES = {
    "incident": "事件", "incident:open": "未办结", "rejected": "误报", "merged": "并案", "report": "报送",
    "others": "别的单位报送", "answer": "叫应", "answered": "答复", "silent": "未答复", "declined": "来不了",
    "arrival": "到场", "level": "启动", "warning": "预警", "in_force": "还在生效", "waking": "预警叫应", "duty": "职责",
    "correction": "更正", "waiver": "免报", "measure": "措施", "spot": "抽查",
}  # fmt: skip
OTHERS_OF = "别的单位{stage}"
OUTCOME_TITLES = {
    "in_time": "按时", "late": "迟报", "raised": "上调后补报", "missed": "漏报", "overdue": "逾期未报",
    "pending": "未到时限", "waived": "免报", "arrived": "已到场", "owed": "应更正",
    "declared": "启动", "answered": "已答复",
    "silent": "未答复", "declined": "来不了", "done": "全部落实", "part": "部分落实", "none": "没有反馈",
}  # fmt: skip
STATUS_TITLES = {
    "done": "已办", "late": "迟办", "missed": "未办", "returned": "退回", "not_applicable": "不适用", "open": "待办",
}  # fmt: skip
WARNING_STATES = {"taken": "待发布", "in_force": "生效中", "lifted": "已解除", "dismissed": "未发布"}
CORRECTION_KINDS = {"figures": "数字更正", "rejected": "误报更正", "merged": "并案更正"}

ROWS = "*{title}*　{count}条\n{period}　{place}{of}\n{page?}\n{lines}"
ROW_OF_PLACE = "{place}　{line}"
ROWS_PAGE = "第{first}至{last}条"
NO_ROWS = "没有这样的记录。"
ROW_INCIDENT = "{number}　{time}接报{what}　{state}"
ROW_REPORT = "{number}　{name}→{to}：{due}{said}{citation}"
BY_CHANNEL = "{name}（{channel}）"
ROW_DUE = "时限{time}，"
ROW_TOLD = "{time}报"
ROW_TOLD_LATE = "{time}报，迟{late}"
ROW_UNTOLD = {
    "missed": "漏报", "overdue": "逾期未报", "pending": "未到时限", "waived": "免报", "open": "未报",
}  # fmt: skip
ROW_ANSWER = "{number}　{unit}：{since}叫应，{said}"
ROW_ANSWERED = "{time}答复（{took}）"
ROW_ARRIVED = "{time}到场（用时{took}）"
ROW_SILENT = "未答复"
ROW_LEVEL = "{number}　{time}启动{level}级响应（接报后{took}）{citation}"
ROW_CORRECTION = "{number}　{time}{kind}"
ROW_WAIVER = "{number}　{name}：{due}{time}免报{late}{citation}"
ROW_WAIVED_LATE = "（已过时限）"
ROW_WARNING = "{number}　{time}{what}　{state}"
ROW_MEASURE = "{number}　{unit}：{said}"
ROW_DUTY = "{bearer}　{text}（{period}）{status}{citation}"

# --- the workbook and the paper

TABLE_FILE = "统计_{place}_{period}.xlsx"
PAPER_FILE = "统计_{place}_{period}.docx"
SUMMARY_SHEET = "总表"
SUMMARY_HEAD = ("项目", "指标", "数", "中位用时", "较快四分之一", "较慢四分之一", "最长用时", "依据", "编号")
UNIT_SHEET, DUTY_SHEET, NOTES_SHEET = "单位应答", "职责", "口径"
UNIT_HEAD = ("单位", "预案", "类别", "叫应", "答复", "来不了", "未答复", "中位用时", "最长用时")
UNIT_CALL, UNIT_WARNING = "事件叫应", "预警叫应"
DUTY_HEAD = ("职责或责任主体", "预案", "条款", "到期", "已办", "迟办", "未办", "退回", "不适用", "待办")
NOTES_HEAD = ("指标", "怎样算", "依据")
ROW_SHEETS = {
    "incident": "事件明细", "report": "报送明细", "others": "别的单位报送明细", "answer": "应答明细",
    "arrival": "到场明细",
    "level": "响应明细", "correction": "更正明细", "waiver": "免报明细", "warning": "预警明细",
    "waking": "预警叫应明细", "measure": "措施明细", "duty": "职责明细",
}  # fmt: skip
ROW_HEADS = {
    "incident": ("编号", "接报时间", "预案", "类别", "事件等级", "响应级别", "状态"),
    "warning": ("编号", "发布时间", "预案", "种类", "颜色", "状态"),
    "duty": ("责任主体", "职责", "条款", "期", "截止", "情况", "办理时间", "预案"),
    "": ("编号", "预案", "项目", "名称", "对象", "情况", "起算", "时限", "时间", "用时（秒）", "依据"),
}
ROWS_CUT = "只列前{count}条，共{total}条；缩短期间可以全部列出。"
PAPER_TITLE = ("{place}", "{period}", "突发事件处置情况统计")
PAPER_INTRO = "现将{place}{plans}{period}突发事件处置情况统计如下。{about}"
PAPER_PLANS = "（{plans}）"
PAPER_HEADINGS = {
    "incident": "事件", "report": "信息报送", "answer": "单位应答", "decided": "响应与更正", "warning": "预警",
    "duty": "日常职责", "notes": "统计口径",
}  # fmt: skip
PAPER_REPORT_HEAD = (
    "报告", "应报", "按时", "迟报", "上调后补报", "漏报", "逾期未报", "未到时限", "免报", "迟报中位", "迟报最长",
)  # fmt: skip
PAPER_UNIT_HEAD = ("单位", "叫应", "答复", "未答复", "中位用时", "最长用时")
PAPER_DUTY_HEAD = ("职责", "到期", "已办", "迟办", "未办", "退回", "不适用", "待办")
PAPER_NUMBER = "数量"
PAPER_BY_PLACE = "辖区"
PAPER_BY_PLAN, PAPER_BY_KIND, PAPER_BY_LEVEL = "预案", "事件类别", "事件等级"
PAPER_BY_RESPONSE, PAPER_BY_COLOUR, PAPER_BY_HAZARD = "响应级别", "预警颜色", "预警种类"
PAPER_NOTE = "{name}：{text}"

# --- definitions

DEFINITIONS = {
    "incident": "期内接报的事件（北京时间），还没有办结的按截至时刻算。误报、并案的也在总数里，另列。演练不计入。",
    "incident:level": "有权认定的人认定的事件等级，以最后一次为准；没有认定的列为“未认定等级”，不当作最低一级。",
    "incident:response": "期内事件启动过的最高响应级别。",
    "report": "每份应报的报告、每个接收单位算一次。误报、并案的事件只算更正，不算其他报告。",
    "report:in_time": (
        "按报告登记的实际通话或送达时间，不按登记的时间；在时限之前或正好。预案只写“立即”的没有时限，"
        "按本地规定的时间算（默认10分钟）。"
    ),
    "report:late": "在时限之后报到。迟多久从时限算到报到。",
    "report:raised": "级别上调后才要求报、报时已过时限的（上调后补报），不算迟报。",
    "report:missed": "过了时限没有报，后来不再要求或免报；过了时限才免报的也算漏报。",
    "report:overdue": "截至时刻已过时限、还没有报。",
    "report:pending": "截至时刻还没有到时限。",
    "report:waived": "在时限之前由值班员或以上人员写明原因免报。",
    "others": "预案规定由别的单位报、本机构只确认的，单独列出，不计入本机构的报送。",
    "answer": "启动响应时叫应的每个单位、每一轮算一次；用时从叫应到第一次答复。值班员代记的按记录时间。",
    "answer:silent": "截至时刻没有答复；再叫一轮时上一轮没有答复的，上一轮算未答复。",
    "arrival": "被叫应的单位说已到场的，每一轮算一次；用时从叫应到它这样说，代记的按记录时间。没有说的不计。",
    "level": "第一次启动和向上调整各算一次，向下调整不算。口头决定按说的时间算；用时从接报算起。",
    "correction": "数字报错后应向听到过的单位更正的次数；误报、并案引起的更正另列在报送里。",
    "waiver": "写明原因免报的次数，过了时限才免的也在内。",
    "warning": "期内第一次发布或转发的预警；颜色取发布过的最高一级，种类取最后一次的。没有发布的不计。",
    "waking": "每次要求签收的单位各算一次，升级后重新要求签收的再算一次；用时从发出到签收。",
    "measure": "每个接收单位的措施：全部说过（已办或不适用）、说过一部分、一项也没有说。",
    "spot": "进行过的抽查里每个被问的人各算一次；限时是本地规定，过了限时才答的算迟答。没有进行的不计。",
    "duty": "最后一天在期内、已经开始的每一期。到期后才办的是迟办，到期没有办的是未办，不会消失。",
    "spread": "中位：一半不超过它；较快、较慢四分之一同理；都取实际出现过的数。没有发生的不写零。",
}
"""How each figure is counted, in words; ``docs/statistics.md`` says the same in detail."""

DEFINITION_NAMES = {
    "incident": "事件", "incident:level": "事件等级", "incident:response": "响应级别", "report": "报送",
    "report:in_time": "按时", "report:late": "迟报", "report:raised": "上调后补报", "report:missed": "漏报",
    "report:overdue": "逾期未报", "report:pending": "未到时限", "report:waived": "免报", "others": "别的单位报送",
    "answer": "叫应和答复", "answer:silent": "未答复", "arrival": "到场", "level": "启动响应",
    "correction": "更正", "waiver": "免报次数",
    "warning": "预警", "waking": "预警叫应", "measure": "措施", "spot": "抽查", "duty": "职责", "spread": "用时",
}  # fmt: skip

# --- talk

LABELS = {
    "stats_previous": "上一期",
    "stats_next": "下一期",
    "stats_xlsx": "表格 xlsx",
    "stats_docx": "文书 docx",
    "stats_topic": "{name} {number}",
    "stats_figure": "{name} {number}",
    "stats_plan": "{name}",
    "stats_all": "全部预案",
    "stats_drills": "演练 {number}",
    "stats_place": "{name}",
    "stats_sum": "合计（{number}个辖区）",
    "stats_case": "{name}",
    "stats_more": "后{number}条",
    "stats_fewer": "前{number}条",
    "stats_back": "返回",
}

POPUPS = {
    "stats_private": "明细已发到私聊",
    "stats_busy": "正忙，请稍后再点",
}

MESSAGES = {
    "stats_none": "您没有可以看统计的身份。单位的联络员、负责人看本单位的，指挥部办公室和预案里有职务的看本预案的。",
    "stats_period": (
        "没有看懂期间“{given}”。可以写：本月、上月、本季、本年、去年、2026-11、2026年11月、2026、2026Q3、"
        "11月1日至11月15日。\n例如：/stats 上月"
    ),
    "stats_plan": "没有您可以看的预案“{given}”；可用：{plans}",
    "stats_file": "{period}统计，{place}，截至{time}。",
}

HELP = {
    "stats": "统计",
}

DRILL_WORDS = ("演练", "仅演练", "只看演练")
"""Words of ``/stats`` that ask for drills alone."""
