"""The after-action paper (总结评估)."""

TITLE, TITLE_DRILL = "处置工作的总结评估", "应急演练的总结评估"
FILE = "{number}总结评估.docx"
RECORD_FILE = "{number}处置记录.docx"
RECORD_TITLE, RECORD_TITLE_DRILL = "的处置记录", "应急演练的处置记录"
LEAD = "本次处置的情况总结如下。时间、数字和人员取自处置记录，标出的【待补】处由评估人员填写。"
BASICS = "基本情况"
COURSE = "处置经过"
LEVELS = "定级和响应"
REPORTS = "报送和办理"
UNITS = "单位响应"
FIGURES = "数字和更正"
BESIDE = "现场指挥、支援和信息发布"
WARNINGS = "预警"
DEMANDS = "预案对总结评估的要求"
CAUSES, LESSONS, MEASURES = "原因分析", "经验教训", "改进措施"
OWN_WORDS = {CAUSES: "原因分析", LESSONS: "经验教训", MEASURES: "改进措施和责任单位、完成时限"}
PICTURE = "处置过程：时限和各单位应答{part}"
PICTURE_PART = "（{number}/{count}）"
ITEMS = ("项目", "内容")
NUMBER = "事件编号"
NUMBER_IS = "{year}年第{number}号"
PLAN = "适用预案"
PLAN_IS = "{title}（{document}，版本{version}）"
OCCURRED, REPORTED, VERIFIED, HANDLED = "事发时间", "接报时间", "核实时间", "接手处置"
PLACE, KIND, SOURCE = "事发地点", "事件类别", "信息来源"
LEVEL, RESPONSE, STATE, SEAT = "事件等级", "应急响应", "目前状态", "值班席"
ENDED, CLOSED = "响应终止", "归档时间"
ASSUMED = "{time}（按接报时间，待核）"
STEPS = ("时间", "事项")
REPORTS_HEAD = ("序号", "事项和依据", "时限", "对象和时间", "结果")
REPORTS_SUM = "值班室应报{all}项：{parts}。"
REPORTS_PART = "{name}{count}项"
REPORTS_ORDER = ("按时", "迟报", "逾期未报", "未到时限", "免报", "不再需要", "待判明")
REPORTS_OTHERS = "其他责任单位应报、应办{count}项，见表。"
REPORTS_NONE = "没有应当报送的事项。"
NAMED = "{name}{bearer}{citation}"
BEARER, BEARER_TASK = "（{name}应报）", "（{name}应办）"
IN_TIME, LATE, OVERDUE, WAIVED, GONE, OPEN, POSSIBLE, UNNOTED = (
    "按时", "迟报{span}", "逾期{span}未报", "免报", "不再需要", "未到时限", "待判明", "未登记",
)  # fmt: skip
TOGETHER = "{names} {words}"
AT_ONCE_DONE = "已报"
WHY = "：{reason}"
NOBODY = "—"
UNITS_HEAD = ("单位", "叫应", "收到", "出发", "到场", "说明")
UNITS_SUM = "叫应{all}个单位，{answered}个应答，{arrived}个到场，{silent}个没有应答。"
UNITS_NONE = "没有叫应单位。"
UNITS_ROUND = "第{round}次"
UNITS_UNASKED = "自行答复"
UNITS_INFORMED = "另告知{count}个单位，不要求应答。"
UNITS_SILENT = "{turn}叫应（{time}）没有应答的{count}个：{names}。"
SILENT = "未应答"
FIGURES_HEAD = ("项目", "数字", "来源", "时间")
FIGURES_NOT_SURE = "{value}（未核实）"
FIGURES_NONE = "没有登记数字。"
CORRECTIONS_NONE = "没有更正。"
CORRECTION = "第{ordinal}次更正（{time}）：{text}听到过旧数字的：{told}。"
NOTHING = "没有记录。"
WARNINGS_NONE = "事发期间本地没有生效的预警。"
DEMAND = "{clause}：{text}（{by}）。"
DEMAND_DUE = "{clause}：{report}（{by}）{due}。"
DEMAND_ELEMENTS = "{clause}列明的内容：{elements}。"
DEMANDS_NONE = "本预案没有对总结评估作出规定。"
EVALUATION = ("评估", "总结", "调查", "教训", "评价")
TELLS = ("总结", "评估", "调查报告", "评价")
INTEGRITY = "记录完整性：{line}"
NOTE = "{integrity}；成稿时间：{time}"
MESSAGE = """*{title} 总结评估*
附件按公文格式排好。标黄的【待补】处（原因分析、经验教训、改进措施等）由评估人员填写。{without}"""
WITHOUT_FILE = "\n现在正忙，文件没有做成，请稍后再发 /review {number}"
PDF_NAME = "{name}.pdf"
PDF_FOLLOWS = "PDF：{names}"

LABELS = {
    "review": "总结评估",
}

POPUPS = {
    "review_in_private": "已发到私聊",
    "review_no_private": "请先私聊我一次",
}

HELP = {
    "review": "总结评估",
}
