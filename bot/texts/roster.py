"""值班表: who is on duty, the word at the change of a shift, editing."""

HEAD = "*值班* {plan}"
SEAT = "值班席：{name}（{time}起）"
SEAT_NONE = "值班席：现在没有人"
TURN = "{kind}：{name}，到{until}"
DAY, DAY_NONE = "{day}（{weekday}）：", "{day}（{weekday}）：值班表上没有安排。"
TURN_OF_A_DAY = "· {begins}–{ends} {kind} {name}"
DAY_UNREAD = "没有看懂“{given}”是哪一天。"
DAY_WRONG = "{wrong}。"
DAY_HOW = "可以写：/duty 明天、/duty 周三、/duty 12月3日、/duty 下周。只发 /duty，看现在谁值班。"
INSTEAD = "（替{name}）"
NO_TURN = "值班表上现在没有人。"
NO_ROSTER = "还没有值班表。请管理员发 /roster 登记。"
NEXT = "下一班 {time}：{names}"
DIFFERS = "值班表与值班席不一致：请{name}发 /shift 接班，或请管理员改值班表。"
PHONE = "（{number}）"
COMING = "您的{kind}{time}开始（{plan}）。到时请点“我接班”。"
COMING_LEADER = "您带班的一班{time}开始（{plan}）。"
COMING_INSTEAD = "这一班您替{name}值。"
NOT_REACHED = (
    "{time}的{kind}{name}{phone}（{plan}）收不到提醒：{why}。\n请打电话告诉本人；值不了的，请另行安排并改值班表。"
)
BLOCKED, NO_CHAT = "停用了机器人", "没有打开过机器人"
EMPTY = "{time}起（{plan}）值班表上没有人值主班。请安排人，并改值班表。"
OVERLAPPING = "值班表上您有同时的两班（{plan}）：\n{lines}{more}\n值不了的，请点“请人替班”，或请管理员改值班表。"
OVERLAP = "· {one} 与 {other}"
SPAN = "{begins}–{ends} {kind}"
UNKNOWN_MORE_PAIRS = "\n等{count}处"
UNDONE_HEAD = "这样写入会作废已定的换班{count}处，作废后告诉本人："
UNDONE = "· {time} {kind} {name}的班，现由{substitute}值"
UNDONE_MORE = "等{count}处"
DOUBLE = "\n同时有两班的人：{names}。写入后告诉本人。"
UNCHANGED = (
    "{time}已换班，按值班表应由{name}接班（{plan}），值班席现在是{sits}。\n"
    "请接班的人点“我接班”；临时换人的，请管理员改值班表。"
)
NOBODY = "空着的"
ACCOUNT = "{name}（用{account}的账号）"
UNKNOWN = "{time}的班（{plan}）有人收不到提醒，也不能点名叫人。\n{lines}"
UNKNOWN_LINE = (
    "值班表上的{names}没有登记，或姓名还没有核实。{registered}\n"
    "请本人用 /join 登记；已登记的，请管理员发 /name 核实姓名。"
)
REGISTERED = "已登记的有：{names}。"
SEVERAL_LINE = "值班表上的{names}：两人同名，请在名册写明单位，如 {example}（区教育局）。"
ELSEWHERE_LINE = (
    "值班表上的{name}写的是{office}，登记的{name}是{known}，不当作同一个人，收不到提醒。\n"
    "是同一个人的，请改值班表上的单位，或请管理员发 /name {name} 更正；不是的，请本人用 /join 登记。"
)
ELSEWHERE_MORE = "单位对不上的共{count}人。"
UNKNOWN_MORE = "等{count}人"
TAKE = "我接班"
LOCAL = "提前提醒和换班后的核对为本地规定。"
TEXTS = {
    "how": (
        "请写明日期、班次和值班的人，一行一天：\n"
        "/roster 11-27 夜班 赵值班\n"
        "11-28 全天 钱值班\n"
        "日期可写一段：12-01至12-31 工作日。班次：白班、夜班、全天，或 08:30-17:30。\n"
        "同一天原有的班次会被替换。整月的表用 tocsin roster import 导入（xlsx、CSV、iCalendar）。"
    ),
    "which": "请先写明预案：/roster 预案 日期 班次 姓名。可用：{plans}",
    "nothing": "没有读到值班安排。{problems}",
    "written": "值班表已改：写入{count}条，替换{gone}条。发 /duty 查看。",
}
PREVIEW = "将改值班表（{plan}）：\n{lines}{more}\n同一天原有的班次会被替换。"
LINE = "· {time} {kind} {name}"
OF_OFFICE = "{name}（{office}）"
MORE = "\n等{count}条"
PROBLEM = "\n第{line}行没有读懂：{text}"
PROBLEMS_MORE = "\n共{count}行没有读懂。"
TENTATIVE = "\n{year}年的放假安排还没有公布，工作日为暂定。"
CONFIRM, LEAVE = "确认修改", "返回"

HELP = {
    "duty": "谁在值班，可加日期",
    "roster": "值班表",
}

MESSAGES = {
    "roster_changed": "显示给您之后值班表有变化，没有写入。请按最新的预览再确认一次。",
}
