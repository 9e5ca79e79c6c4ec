"""What is verified, determined and judged, and the questions about it."""

CHOICE = "{label} → {level}"
QUESTION = """*{number} 请研判：{question}*{citation}
{figures}
答复只记为您的研判，是否启动由有权的人决定。"""
QUESTION_FIGURE = """*{number} 请核实：{question}*{citation}
{figures}
核实后回复本条，发 /update 和数字，例如 /update {example}"""

LABELS = {
    "determine_as": "认定{level}",
    "determine_still": "仍为{level}",
    "determine_unknown": "暂时无法判明",
    "determine_unknown_still": "仍无法判明",
    "unsure": "还说不准",
}

MESSAGES = {
    "judge_how": "请写明条款和是否成立。\n例如：/judge 4.3.2(1) 是\n本预案可研判：{clauses}",
    "judged": "{number}号的研判已记录。",
    "verified": "{number}号已核实。事件等级还没有判明，时限照旧；判明了请发 /verify {number} 一般（或其他等级）。",
    "verified_level": "{number}号已核实，事件等级判明为{level}。",
    "verified_level_kept": "{number}号已核实，事件等级仍为{level}。",
    "verified_unknown": "{number}号已核实，事件等级记为暂时无法判明，按其时限报。",
    "verified_plain": "{number}号已核实。",
    "verified_unlevelled": "{number}号已核实。本预案不分级，“{level}”没有记。",
}

POPUPS = {
    "judged": "研判已记录。按错了或情况有变，发 /judge 写明条款再判",
    "determined": "等级认定已记录",
    "unsure": "好的，先按现有时限报送。有把握时再点。",
}

REFUSALS = {
    "not_yours_to_determine": ("事件等级不由您认定", "请把情况告诉有权认定的人"),
    "already_determined": ("事件等级已经是{level_name}", "不用重复认定"),
    "unknown_event_level": ("本预案没有“{given}”这个事件等级", "可用：{known}；说不准请选“暂时无法判明”"),
    "already_verified": ("{at}已经核实", "有新数字请用 /update，数字有误请用 /correct"),
    "already_judged": ("“{fact}”已经这样研判", "情况有变请另选一项，或发 /judge 写明条款再判"),
    "unknown_judgement": ("没有“{given}”这一项研判", "可研判的条款：{known}"),
    "not_yours_to_judge": ("这一项研判不由您作出", "请把情况告诉有权研判的人"),
}
