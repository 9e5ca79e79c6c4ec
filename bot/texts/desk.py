"""The duty desk: what its cases are called, refusals that they share."""

NAMES = {"entry": "日志", "instruction": "指令", "announcement": "通知", "handover": "交接班", "spotcheck": "抽查"}
CALLED = "{name}{number}号"
OTHERS = {"incident": "{number}事件", "warning": "预警{number}"}
"""What a case of another kind is called beside them."""
FROM_ENTRY = "来自{called}"

REFUSALS = {
    "desk_closed": ("这一条已经结束，没有再改", "要补充或更正，请值班员另发一条通知、指令，或者另记日志"),
}
