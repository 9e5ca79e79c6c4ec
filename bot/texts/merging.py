"""Two incidents that are one."""

DUPLICATE = """*{number} 可能与{other}号是同一件*
{title}
程序不自动并案，两件的数字不相加。请确认。"""
MERGED = "{title} 已并入{into}号（{time}），以后在{into}号处理。数字没有相加。"
MERGED_REPORTER = "{number} 与{into}号是同一件，已并案（{time}）。新情况请直接发给我，值班室会并入{into}号。"
MERGED_UNIT = "{title} 已并入{into}号（{time}）。{unit}请以{into}号的通知为准，已出动的按现场指挥要求继续。"

LABELS = {
    "merge": "并入{number}号",
    "not_same": "不是同一件",
}

MESSAGES = {
    "merge_how": "请写明并入哪一号。\n例如：/merge 18 17（把18号并入17号）",
    "merge_no_such": "没有找到{number}号，没有并案。",
}

POPUPS = {
    "merged": "已并入{number}号",
}

REFUSALS = {
    "merge_into_itself": ("不能并入自己", "请写另一件的编号"),
    "merge_after_declaration": (
        "本件响应为{level}级，高于{into}号的{into_level_name}，不能并入",
        "请把{into}号并入本件，或先由有权的人调整级别",
    ),
    "nothing_suspected": ("这两件没有被提示为同一件", "要并案请用 /merge 加编号"),
}
