"""What a drill found wanting, as instructions (整改)."""

TEXT = "演练整改（{title}，{date}）：{what}{said}请查明原因，整改到位，办结时写明改了什么。"
UNMET = "“{look}”没有做到。"
LATE = "“{look}”做到了，但是晚了（应{due}，实际{done}）。"
SILENT = "叫应后没有答复。"
SAID = "评估意见：{words}。"
STANDS = {"draft": "草稿", "given": "在办", "done": "已办结"}

REFUSALS = {
    "instruct_mend_due": ("整改要写明期限", "请点“期限”选一个，或发 /instruct 编号 期限 三天内"),
}
