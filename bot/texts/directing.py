"""Drills that are played by a script."""

READY = """*{title}*　您是导调员
目的：{goals}
参演人：{who}
评估员：{evaluators}
共{injects}条情景，看{looks}处，全程约{minutes}分钟。
点“开始”后，指挥群收到“演练开始”，情景到时自动发出；每一条您都可以提前、推迟、跳过。来了真的报告，演练自己停。"""
READY_NOBODY = "未定（由您自己看；写 /drill 评估员 姓名 姓名）"
BEGUN = """*{title}，现在开始*（{time}）
全程是演练，每条消息首尾都有演练标记。真有险情请照常 /report，演练会停下。"""
HELD = "*{title} 暂停*（{time}）。提醒和催办停止，时限停走。"
HELD_FOR = "*{title} 暂停*（{time}）：来了真的报告（{number}号），请先办真的。演练的提醒和催办停止，时限停走。"
HELD_AWAY = "*{title} 暂停*（{time}）：程序停过，{since}以后的情景没有发。点“继续”从那里接着演。"
GONE_ON = "{title} 继续（{time}）。暂停了{span}，各项时限顺延。"
OVER = "*{title} 结束*（{time}）。演练事件的时限停走，不再提醒。没有演练标记的消息，都是真的。"
NEXT_REPORT = "*下一条：第一份报告*　{time}由程序发出\n{text}"
NEXT = "*下一条：给{who}*　{time}自动发出\n{text}"
NEXT_DEAF = "*{who}收不到消息*，没有人绑定或都停用了机器人：请打电话说给他听，或跳过。"
DEAF = "*收不到情景的参演人*：{who}。请先邀请他们，或到时打电话。"
NEXT_NOTE = "只给您看：{note}"
NEXT_NONE = "*情景都发完了*。还有{looks}处要看；看完请点“结束演练”。"
INJECT = "*演练情景*（{time}）\n{text}"
LOOK = """*请看*（{time}）：{text}
{seen?}
第{number}处；要写一句话：/drill 评 {number} 文字"""
SEEN = "程序看到：已做到（{time}）{late}。不用点；您看到的不一样，以您点的为准。"
SEEN_NOT = "程序还没看到：{lacking}。做到了会自己记下时间；您看到的不一样，以您点的为准。"
SEEN_LATE = "，晚于时限"
LACKING = {
    "state": "事件到{of}", "event_level": "认定{of}", "response_level": "{of}级响应", "proposal": "{of}级响应的建议",
    "declared_by": "由{of}宣布", "facts": "{of}为{wanted}", "statuses": "{of}", "answered": "{of}的答复",
}  # fmt: skip
END_ASKED = "结束“{title}”？还有{left}条没有发。结束后不能再开始；演练事件的时限停走，请另行归档。"
DROP_ASKED = "不演“{title}”了？"

LIVE = """*{title} 进展*　{state}
{next?}
情景：已发{played}条，跳过{skipped}条，待发{left}条
看：{counts}
{lines?}"""
LIVE_STATES = {
    "ready": "未开始", "running": "进行中", "held": "*暂停*", "over": "已结束", "dropped": "没有演",
}  # fmt: skip
LIVE_LATE = "，比脚本晚{span}"
LIVE_NEXT = "下一条：{time} 给{who}"
LIVE_NEXT_REPORT = "下一条：{time} 第一份报告"
LIVE_COUNTS = "做到{met}处，晚了{late}处，没做到{unmet}处，还没有{open}处，没到时候{ahead}处"
LIVE_LINE = {
    "met": "做到 {number}.{text}{time}",
    "late": "晚了 {number}.{text}{time}",
    "unmet": "没做到 {number}.{text}",
    "unseen": "没看到 {number}.{text}",
    "": "还没有 {number}.{text}（应{due}{lacking}）",
}
LIVE_TIME = "（{time}）"
LIVE_LACKING = "，缺{lacking}"
LIVE_MORE = "前面还有{count}处"
RESULT = """*{title} 评估*　{began}至{ended}
做到{met}处，晚了{late}处，没做到{unmet}处，没看到{unseen}处，没人评{open}处。"""
VERDICT_LINES = {
    "unmet": "*没做到*：{looks}",
    "late": "*晚了*：{looks}",
    "unseen": "没看到：{looks}",
    "": "没人评：{looks}",
    "met": "做到：{looks}",
}
ONE_LOOK = "{number}.{text}"
ONE_WORD = "{number}.{name}：{words}"
WORDS = "评语：{words}"
SKIPPED = "跳过的情景：{items}"
MENDED = "整改：{items}"
MEND_ITEM = "{finding}（指令{number}号，{stands}）"
SILENT = "没有答复的{count}家"
MEND_LEFT = "还有{count}项没有下整改指令，点下面的按钮，先看草稿，定了期限再发。"
COUNTS = "这场计入演练职责{clauses}。"
COUNTS_NOT = "这场不计入演练职责：要有一份报告、一条情景和一处评估。（本地规定）"
LATE = "比脚本晚{span}（推迟和暂停）。"
SCRIPTS = "*演练脚本*　点一个，您就是导调员；还不会开始。"
SCRIPT = "{number}. {title}：{minutes}分钟，{injects}条情景，看{looks}处"
NO_SCRIPTS = "您的预案没有随程序带的演练脚本。"
UNITS = "{drill}：叫应{called}家，没有答复{silent}家：{names}"
UNITS_ALL = "{drill}：叫应{called}家，都有答复"

LABELS = {
    "drill_begin": "开始",
    "drill_drop": "不演了",
    "drill_play": "现在发",
    "drill_delay": "推迟5分钟",
    "drill_skip": "跳过",
    "drill_hold": "暂停",
    "drill_go_on": "继续",
    "drill_end": "结束演练",
    "drill_end_now": "确认结束",
    "drill_paper": "评估报告",
    "drill_mend": "整改",
    "drill_met": "做到",
    "drill_unmet": "没做到",
    "drill_unseen": "没看到",
}

MESSAGES = {
    "drill_not_read": "演练由值班员、预案里的职务和管理员导调。",
    "drill_no_play": "您没有在导调或评估的演练。",
    "drill_not_directed": "您没有在导调的演练；评估员由导调员定。",
    "drill_result_later": "演练还没有结束。进展只给导调员看；要您看的到时逐处发给您，结束后把结果发给您。",
    "drill_end_none": "没有您导调的、或您作为管理员能结束的演练。",
    "drill_paper_none": "您导调、评估的演练里，没有{given}已经结束的。",
    "drill_note_how": "请写明第几处和评语，例如：/drill 评 3 没有问伤者送到哪里",
    "drill_evaluators_how": "请写评估员的姓名，例如：/drill 评估员 王五 赵六",
    "drill_who_unknown": "没有按姓名核实过的人：{names}。姓名要和登记的一样；同名的请写全称和单位。",
}

POPUPS = {
    "drill_paper_private": "评估报告已发到私聊",
    "drill_mend_there": "这一项已经有整改指令",
    "drill_mend_drafted": "草稿在下面，请选期限再发",
    "drill_chosen": "已选，请看下面的说明",
    "drill_started": "演练开始",
    "drill_sent": "已发出",
    "drill_delayed": "这条和后面的都推迟5分钟",
    "drill_skipped": "已跳过",
    "drill_holding": "演练已暂停",
    "drill_going_on": "演练继续",
    "drill_ended": "演练结束",
    "drill_judged": "已记，再点可以改",
    "drill_noted": "已记下评语",
    "drill_evaluators": "已定评估员",
}

REFUSALS = {
    "drill_not_yours": ("演练由值班员、预案里的职务和管理员导调", "请找值班员"),
    "drill_not_directing": ("只有导调员能这样做", "请找导调员"),
    "drill_not_evaluating": ("您不是这场演练的评估员", "请导调员用 /drill 评估员 加上您"),
    "drill_begun_already": ("演练已经开始", "请看下一条情景"),
    "drill_not_running": ("演练没有在进行", "暂停的请先继续"),
    "drill_not_held": ("演练没有暂停", "不用继续"),
    "drill_item_gone": ("这条已经发出或跳过", "请看最新的一条"),
    "drill_delay": ("一次最多推迟60分钟", "要停更久请点“暂停”"),
    "drill_no_look": ("没有这一处，或还没到看它的时候", "到时会发给您"),
}

NOTICE_NAMES = {
    "drill_live": "演练进展",
    "drill_ready": "演练说明",
    "drill_next": "下一条情景",
    "drill_inject": "演练情景",
    "drill_look": "评估",
    "drill_begun": "演练开始",
    "drill_held": "演练暂停",
    "drill_gone_on": "演练继续",
    "drill_over": "演练结束",
    "drill_result": "演练评估",
}
