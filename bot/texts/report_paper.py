"""A written report as an official writes it."""

ABOUT = "关于"
OF = "的{report}"
REPORT_WORDS = {"更正": "有关情况的更正报告", "核实答复": "有关情况的核实答复"}
EVENT = "{name}事件"
EVENT_OF_KINDS = "{name}类{what}"
KINDS_BETWEEN = ("、", "和")
EVENT_OF_SUPPLY = "{name}突发事件"
SUPPLY = "供应"
WHOLE_NAMES = ("事件", "事故", "险情", "疫情", "灾害", "灾难", "火灾", "案件", "事项")
OTHER_CLASS = "其他"
HAPPENED = "{time}，{place}发生{kind}。"
ASSUMED = "（按接报时间，待核）"
TO_FILL = "【待补：{name}】"
PLACE, OCCURRED, NATURE = "事发地点", "事发时间", "事件性质"
AS_OF = "截至{time}，{figures}。"
FIGURE = "{name}{value}"
FIGURE_OF_ITS_OWN = "{name}为{value}"
CHOICE = "{name}：{value}"
TAKEN = "已采取的措施：{measures}。"
PLANNED, TREND = "拟", "趋势"
IS = "{name}为{value}"
SAYS = "{name}：{value}。"
REPORTED_BEFORE = "有关情况已于{time}报告，现将最新情况{verb}如下："
REPORT_NOW = "现将有关情况{verb}如下："
WRONG = "原报{old}有误，经核实，{new}，请以此为准。"
ASKED_WHAT = "（{question}）"
ANSWERED = "根据{name}{time}的核实要求{question}，经核实，情况如下：【待补：核实结果】"
LEVELS = "事件等级：{event}。应急响应：{response}。"
FIRST_ENDS = "有关情况将及时续报。"
ENDS = "特此{verb}。"
VERB, VERBS = "报告", ("通报", "通知")
NOTE, NOTE_NUMBER = "联系人：{name}{number}", "，值班电话：{number}"
FIELD_WORDS = {
    "occurred": ("时间",),
    "place": ("地点",),
    "nature": ("性质", "类别"),
    "scope": ("范围",),
    "trend": ("趋势", "发展"),
    "measures": ("已采取", "已经采取", "采取", "处置进程", "应急行动", "控制措施", "最新进展"),
    "source": ("来源",),
    "reporter_unit": ("报告单位",),
    "reporter": ("报告人",),
}
REPORTED_AT = "报告时间"
BETWEEN_PARTS = "、及和"
TASK_DEMANDED = "{document}第{clause}条要求：{text}。现将办理情况报告如下："
FORM_HEAD = ("序号", "要素", "内容")
COUNTED_WORDS = "伤亡病失人"
FILE = "{number}{report}{to}.docx"
FILE_TO = "（{names}）"
