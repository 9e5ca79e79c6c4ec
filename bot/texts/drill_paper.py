"""The paper of a drill (演练评估报告)."""

TITLE = ("关于", "的评估报告")
FILE = "演练{number}评估报告.docx"
MESSAGE = """*{title} 评估报告*
附件按公文格式排好。时间、结果取自记录，标黄的【待补】处由评估人员填写。{without}"""
WITHOUT = "\n现在正忙，文件没有做成，请稍后再发 /drill 报告 {number}"
LEAD = "本次演练由程序按脚本播发情景，时间和结果取自演练记录；标出的【待补】处由评估人员填写。"
BASICS, INJECTS, LOOKS, UNITS, REPORTS, HOLDS, MENDS, WORDS = (
    "基本情况", "情景播发", "期望和实际", "单位响应", "报送和办理", "暂停", "需要整改的", "评估结论和建议",
)  # fmt: skip
ITEMS = ("项目", "内容")
NAME, PLAN, CLAUSES, GOALS, TIME, DIRECTOR, EVALUATORS, INCIDENTS, COUNTED = (
    "演练名称", "依据预案", "演练要求", "演练目的", "起止时间", "导调员", "评估员", "演练事件", "计入职责",
)  # fmt: skip
PLAN_IS = "{title}（{document}，版本{version}）"
CLAUSE = "{clause}：{text}（{bearer}，{period}）"
STANDING = "常态"
NO_CLAUSES = "本预案没有写演练职责"
TIME_IS = "{began}至{ended}，共{span}"
SHIFTED = "；情景比脚本晚{span}（推迟和暂停）"
SELF = "导调员自行评估"
INCIDENT = "演练{number}号"
NO_INCIDENT = "没有播发第一份报告"
COUNTED_IS = "{bearer}：{text}（{clause}）"
COUNTED_NONE = "没有正在计期的演练职责"
NOT_COUNTED = "不计入：没有报告、没有情景，或没有一处评估（本地规定）"
INJECTS_HEAD = ("序号", "脚本时刻", "播发时间", "发给", "情景")
REPORT_TO = "第一份报告"
SKIPPED, NOT_PLAYED, EARLY = "跳过", "未播发", "{time}（提前）"
LOOKS_HEAD = ("序号", "期望", "应在", "实际", "结果", "依据和评语")
LOOKS_SUM = (
    "共看{all}处：做到{met}处，晚了{late}处，没做到{unmet}处，没看到{unseen}处，没人评{open}处，没到时候{ahead}处。"
)
RESULTS = {
    "met": "做到", "late": "晚了{span}", "late_only": "晚于时限", "unmet": "没做到", "unseen": "没看到", "": "没人评",
    "ahead": "没到时候",
}  # fmt: skip
NOT_DONE = "—"
BY_PROGRAM = "程序"
BY_PROGRAM_LACKING = "程序（缺{lacking}）"
BY = "{name}：{verdict}"
SAID = "{name}评：{words}"
UNITS_NONE = "没有叫应单位。"
OF_INCIDENT = "演练{number}号"
HOLD = "{since}至{until}，{why}，共{span}，各项时限顺延。"
HOLD_REAL, HOLD_OWN = "来了真的报告（{number}号）", "人工暂停"
HELD = "演练共暂停{span}，其间时限停走；下表的时间是演练时间，暂停不算在内。"
HOLDS_NONE = "没有暂停。"
MENDS_HEAD = ("序号", "问题", "整改指令")
MENDS_NONE = "期望的都做到了，单位都有答复，没有需要整改的。"
MEND_LATE, MEND_UNMET, MEND_SILENT = (
    "{number}.{look}：晚了",
    "{number}.{look}：没做到",
    "叫应后没有答复的{count}个单位：{names}",
)
MEND_OPEN = "还没有下指令"
MEND_IS = "指令{number}号，{stands}"
CONCLUSION, ADVICE = "总体评价、主要经验", "对预案、队伍、装备和培训的改进建议"
INTEGRITY = "记录完整性：{line}"
NOTE = "{integrity}；成稿时间：{time}"
