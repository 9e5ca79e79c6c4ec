"""Levels that may be raised for what the event is: sensitive, in an important place or at an important time."""

NOT = "不提高"

MAY_RAISE = """*{number} 请研判：是否把响应从{base}级提高到{level}级*{citation}
已知：{fact}。预案：{text}
由{roles}研判；提高只是建议{level}级，仍由{deciders}决定启动。"""
JUDGED = "{number} {role}研判：提高到{level}级{citation}，已建议，请{deciders}决定。"
JUDGED_NOT = "{number} {role}研判：不提高级别{citation}。"
TODO = "研判是否提高到{level}级（{fact}）{citation}：请{roles}"

LABELS = {
    "raise_not": "不提高",
}
RAISE_TO = "建议{level}级"

MESSAGES = {
    "raise_done": "{number}号的研判已记录。",
}

POPUPS = {
    "raise_done": "研判已记录，是否启动由有权的人决定",
}

REFUSALS = {
    "no_raising": ("本预案没有写可以提高响应级别", "要启动更高级别，请由有权的人宣布"),
    "not_yours_to_judge_raising": ("是否提高级别不由您研判", "请把情况告诉有权研判的人"),
    "raising_not_stated": ("还没有说明：{fact}", "属实的请先发 /update 说明，再研判"),
    "raising_judged": ("是否提高已经研判过了", "要启动其他级别，请由有权的人宣布"),
    "nothing_to_raise": ("没有可以提高的级别", "还没有建议或启动的级别，或已经是最高一级"),
}

NOTICE_NAMES = {
    "may_raise": "是否提高级别",
    "may_raise_role": "是否提高级别",
    "raising_judged": "提高级别的研判",
}
