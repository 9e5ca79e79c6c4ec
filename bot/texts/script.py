"""What is read aloud on the telephone, and the written report."""

HELLO = "您好，{office}值班室{name}，"
REPORTS = "报告{matter}{report}。"
FOLLOWS = "{matter}续报。"
SCENE = "{time}，{place}。"
GOODBYE = "请问您贵姓？"
ELEMENT = "{name}：{value}"
UNKNOWN = "{names}正在核实"
TO_ADD = "〔由您补充〕"
BLANK = "{names}" + TO_ADD
OTHERS = "其余{count}项正在核实"
COUNTED = "人数"
FIRST_WITHOUT_FORM = {
    "时间和地点": "occurred place",
    "事件性质": "nature",
    "已采取的措施": "measures",
    "信息来源": "source",
    "报告单位": "reporter_unit",
    "报告人": "reporter",
}
LATER_WITHOUT_FORM = {"处置进展": "measures"}
MATTER = "突发事件"
PLAN_WORDS = ("总体应急预案", "应急预案")
SINCE = "上次报您：{figures}（{time}）。"
NOW = "现在：{figures}。"
PUBLISHED = "情况通报：{time}，{place}发生{matter}事件。{figures}。{measures}后续情况将及时发布。（{office}）"
FIGURES_OPEN = "伤亡情况正在核实"
PUBLISHED_MEASURES = "已启动应急响应，有关部门正在现场处置。"
PUBLISH_BY = "{name}（通过{medium}发布，不打电话）"
BOTH = "{label}{values}，来源不一"
CORRECTS = "更正{matter}情况。"
WRONG = "原报{old}有误，经核实{new}，请以此为准。"
FALSE_ALARM = "原报事件经核实为误报，请以此为准。"
ANSWERS = "答复贵处{time}的核实要求。"
ASKED = "所问：{question}。"
ENDED = "应急响应已于{time}终止。"
DECLARED = "{time}{verb}{level}级响应"
HANDLED = "{time}值班室接手处置"
CALLED = "通知{count}个单位"
ANSWERED = "{status}：{names}"
INFORMANT = "{name}（电话）"
RELAYED = "{platform}转来，{name}"
REPORTED_BY = "{unit}{name}"
UNREGISTERED = "{name}（未登记人员）"
UNREGISTERED_NOBODY = "未登记人员"
TITLE = "{jurisdiction}{matter}信息报告（{report}）"
SERIAL = "编号：{year}年第{number}号，{report}第{ordinal}次"
NUMBERED = "{ordinal}. {name}：{value}"
LEVELS = "事件等级：{event}；响应：{response}"
FIGURES = "伤亡情况：{figures}"
TO = "报送：{names}"
BASIS = "依据：{document}第{clause}条"
MADE = "拟稿时间：{time}；值班电话：{number}"
SIGNED = "签发：　　　　（签发为本地做法，不影响报送时限）"
FILL_IN = "〔请补充〕"
OLD_OF = "{names}听到{old}"
OLD_NEW = "原报：{old}。更正为：{new}。"
MERGED = "原报事件与另一事件为同一件，已并案，请以现报数字为准。"
ASK = "核实要求：{question}（{name}，{time}）"
