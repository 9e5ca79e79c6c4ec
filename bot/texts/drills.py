"""Drills and their own clock."""

DRILL_PAUSED = "*{number} 演练暂停*（演练时间{time}）。提醒和催办停止，时限停走。"
DRILL_RESUMED = "{number} 演练继续（演练时间{time}）。{stood}{clock}"
STOOD = "暂停{span}，各项时限顺延。"
BEHIND, AHEAD = "演练时间比实际慢{span}", "演练时间比实际快{span}"
DRILL_JUMPED = "{number} 演练时间跳过{span}，现为{time}。{clock}"

MESSAGES = {
    "drill_how": (
        "请写明演练的第一份报告，或怎样控制演练。\n"
        "例如：/drill 实验小学宿舍楼踩踏，4人受伤\n"
        "/drill 暂停，/drill 继续，/drill 跳到下一时限\n"
        "按脚本演练（到时发情景，有导调员和评估员）：/drill 脚本\n"
        "导调、评估的：/drill 结果，/drill 报告，/drill 结束，/drill 评估员 姓名，/drill 评 3 文字"
    ),
    "drill_which": "现在有几场演练，请写明编号，例如：/drill 暂停 演1",
    "drill_none": "没有找到进行中的演练。",
}

POPUPS = {
    "drill_by_office": "演练由本地的值班员或指挥部人员发起，没有开始。真有险情请用 /report 报告。",
    "drills_paused": "已暂停{count}场演练",
    "no_drill": "没有要暂停的演练",
    "pause_drills": "暂停演练",
}

REFUSALS = {
    "drill_by_office": ("演练由值班员或指挥部人员发起", "真有险情请用 /report 报告"),
    "not_a_drill": ("这是真实事件，不能暂停或跳时间", "只有演练可以"),
    "already_paused": ("演练已经暂停", "要继续请点“继续”"),
    "not_paused": ("演练没有暂停", "不用继续"),
    "held_by_director": ("整场演练由导调员暂停着，没有继续", "请导调员在他的私聊里点“继续”"),
    "jump_paused": ("演练暂停着，时钟停走，没有跳", "先 /drill 继续，再 /drill 跳到下一时限"),
    "no_deadline_ahead": ("前面没有时限可跳", "请看 /todo"),
}

HELP = {
    "drill": "演练",
}
