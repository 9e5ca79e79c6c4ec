"""Looking things up: who is responsible for a subject, what a clause says."""

STATUS = {"encoded": "已编码", "narrative": "叙述", "not_encoded": "未编码"}
KINDS = {
    "StartCondition": "启动条件",
    "Response": "响应",
    "Obligation": "报送义务",
    "Citation": "另见",
    "LevelRow": "分级标准",
    "Role": "职务",
    "Unit": "单位",
    "Group": "工作组",
    "Form": "报告要素",
    "Fact": "事实",
    "Choice": "选项",
    "Warning_": "预警",
    "WarningCall": "预警叫应",
    "Release": "信息发布",
    "MayRaise": "提高响应级别",
    "Aid": "请求支援",
    "OnSite": "现场指挥",
    "EndRule": "响应结束",
    "AfterAction": "后期工作",
    "Duty": "日常职责",
    "Subject": "职责分工",
    "Route": "牵头部门",
    "ScopeExclusion": "不适用",
    "Review": "评估",
    "Bounds": "数字含义",
    "EventClass": "事件类别",
    "Calls": "通知单位",
    "Line": "电话",
    "Variation": "时限变化",
    "LevelTable": "分级",
    "FirstAction": "先期处置",
    "Adjusting": "响应调整",
    "Raise": "提级",
    "Pick": "挑选单位",
    "Constraint": "数的关系",
    "Calendar": "日历条件",
    "Jurisdiction": "辖区",
    "Plan": "预案",
}
"""Kinds of statements of a plan file, by the name of their model."""
WHO_HEAD = "*{subject}* 由谁负责："
WHO_LINE = "· {unit}：{duty}{citation}"
WHO_PLAN = "{clause}，{plan}"
WHO_MORE = "另有{count}项，请写得更具体些。"
WHO_NOTHING = "各预案里没有写明“{subject}”由谁负责。可换个说法，或用 /phone 查电话。"
WHO_HOW = "请写明事项，例如：/who 燃气"
CLAUSE_HOW = "请写明条款或词，例如：/plan {clause}，或 /plan {word}"
CLAUSE_HEAD = "*{clause} {title}*\n{plan}（{document}）"
CLAUSE_SAID = "· {kind}：{text}{citation}"
CLAUSE_STATUS = "{status}：{reason}"
CLAUSE_READING = "解读：{taken}{other}"
CLAUSE_OTHER = "（另解：{alternative}）"
CLAUSE_ERRATUM = "勘误：{fault}；{reading}"
CLAUSE_MORE = "另有{count}项。"
CLAUSE_TEXT = "官方文本："
CLAUSE_NO_TEXT = "本机没有附官方文本。"
CLAUSE_SEVERAL = "几个预案都有这一条，请写明预案："
CLAUSE_FOUND = "题目里有“{word}”的条款："
CLAUSE_LINE = "· {clause} {title}"
CLAUSE_LINE_OF = "· {plan} {clause} {title}"
CLAUSE_UNKNOWN = "没有找到“{given}”。请写条款编号或题目里的词，例如：/plan {clause}"

HELP = {
    "who": "职责",
    "plan": "条款",
}
