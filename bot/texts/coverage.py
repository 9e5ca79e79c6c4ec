"""What acts on a clause, as ``tocsin plans coverage`` says it."""

KINDS = {
    "reading": "判定",
    "question": "询问",
    "right": "权限",
    "command": "命令",
    "call": "叫应",
    "clock": "时钟",
    "list": "清单",
    "check": "检查",
    "warning": "预警",
    "duty": "日常职责",
}

ACTS = {
    ("call", "units"): "响应启动时叫应单位",
    ("check", "figures"): "检查预案里的数",
    ("check", "review"): "提醒评估修订到期",
    ("clock", "after"): "终止后的任务到期提醒",
    ("clock", "duty"): "每周清单和到期前的提醒",
    ("clock", "report"): "报送时限到点提醒",
    ("clock", "years"): "从施行日期起算的周期",
    ("command", "declare"): "/declare 宣布响应",
    ("command", "end"): "/end 终止响应",
    ("command", "file"): "/file 登记报送",
    ("command", "judge"): "/judge 记录研判",
    ("command", "site"): "/site 设立、移交现场指挥",
    ("command", "skip"): "/skip 越级报送",
    ("command", "verify"): "/verify 核实",
    ("duty", "drill"): "演练即算完成的职责",
    ("duty", "period"): "按周期立项的职责",
    ("duty", "settle"): "职责办结要交的材料",
    ("list", "announcement"): "启动公告的措施",
    ("list", "answers"): "应答表的工作组",
    ("list", "declaration"): "宣布前的预览",
    ("list", "duties"): "/duties 职责清单",
    ("list", "end"): "终止前要确认的条件",
    ("list", "form"): "报告要素",
    ("list", "phone"): "/phone 通讯录",
    ("list", "site"): "/site 现场指挥和先期处置",
    ("list", "who"): "/who 谁负责",
    ("question", "facts"): "缺什么问什么",
    ("question", "site"): "启动后问由谁任现场指挥",
    ("reading", "level"): "按分级标准判定事件级别",
    ("reading", "place"): "认出本辖区的单位",
    ("reading", "response"): "按启动条件建议响应级别",
    ("reading", "route"): "找牵头部门和指挥机构",
    ("reading", "scope"): "不适用的转别的预案",
    ("reading", "warning"): "按条件列出可能的预警级别",
    ("right", "declare"): "谁能宣布、调整响应",
    ("right", "end"): "谁能终止响应",
    ("right", "issue"): "谁能发布预警",
    ("right", "rank"): "职务高低和代行",
    ("warning", "issue"): "发布、转发、变更预警",
    ("warning", "lift"): "解除预警",
    ("warning", "measures"): "预警措施逐项落实",
}
"""By kind and name of an act (``plans.acting``)."""

NOTHING = "（没有）"
SUMMARY = "{plan}：已编码{encoded}条，{acting}条有程序照办，{idle}条没有"
NO_IDLE = "{plan}：已编码{encoded}条，每条都有程序照办"
