"""What is said when the program itself cannot go on with something: by telephone, at once. No figures, no clauses."""

KEPT = (
    "您的消息已经收到并保存，但系统现在办不了，还没有人从系统里看到它的内容。\n"
    "请马上打电话：{line}。\n有人遇险先拨打120、110、119。"
)
KEPT_RUNG = (
    "您的消息已经收到并保存，但系统现在办不了，已请值班室人工处理。\n"
    "请马上再打电话确认：{line}。\n有人遇险先拨打120、110、119。"
)
NO_LINE = "值班室"
NOT_DONE = "这一步系统没有办成，什么也没有改变。\n请改用电话办理：{line}，并告诉管理员。"
ALARM = "⚠ 系统有一份报告办不了，请人工处理"
ALARM_FROM = "{time}　{who}{where}"
ALARM_IN = "（{place}）"
ALARM_TEXT = "原文：{text}"
ALARM_FILE = "（没有文字，只有照片、语音或文件，请向本人询问）"
ALARM_DO = "请马上打电话核实，按预案纸质版处置和报送。系统会自动重试，办成后另有消息。"
ALARM_WAKE = "⚠ {number}系统办不了：到点的提醒发不出来，请按值班工作单和纸质预案人工盯住时限。"
WHY_PLAN = "原因：本群绑定的预案“{plan}”不在程序里。"
WHY_STORED = "原因：它所用的预案“{plan}”读不出来。"
WHY_OTHER = "原因：程序出了故障，日志里有记录。"
ADMIN_PLAN = (
    "管理员：请装回含有这份预案的版本，或在群里用 /bind 绑定新预案、/unbind {plan} 解除旧的，再请各人重新登记。"
)
ADMIN_OTHER = "管理员：请把日志里“update.failed”一段交给维护人员。"
MISSING_HEAD = "⚠ 预案检查：有预案不能使用，报告会办不了"
MISSING_BOUND = (
    "· “{place}”绑定的预案“{plan}”不在程序里：请装回含有它的版本；"
    "已改名的，在该群用 /bind 绑定新的，再用 /unbind {plan} 解除旧的，并请各人重新登记。"
)
MISSING_MOVED = (
    "· “{place}”绑定的预案“{plan}”现在属于{now}，绑定时属于{then}："
    "请在该群用 /unbind {plan} 解除，再用 /bind {plan} 重新绑定，并请各人重新登记。"
)
MISSING_RUNNING = (
    "· {count}件进行中的事件所用的预案“{plan}”读不出来：它们的按钮、提醒都停了，请人工处置，"
    "并请维护人员用 tocsin audit verify 核对、从备份恢复。"
)
MISSING_FILE = "· 预案文件 {name} 读不了：请维护人员用 tocsin plans lint 核对。"
UNNAMED_PLACE = "某群"
SOMEBODY = "有人"
