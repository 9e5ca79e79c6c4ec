"""What a first report still lacks, and its short answers."""

FIELDS = {"place": "地点", "occurred": "发生时间", "nature": "事件性质"}
LACKING = """*{number} 首报还缺{count}项*（重要的在前）：{names}。
现在补：*{name}*。{how?}
点下面的答复；有具体情况请回复本条消息写明，例如“{name}……”。"""
HOW = {"deaths": "没有死亡请点“无”。", "occurred": "现按接报时间暂记。"}
COMPLETE = "{number} 首报各项都已写明或有了答复。有变化请直接发给我。"
ANSWERS = {"none": "无", "unknown": "不详", "verifying": "正在核实"}

LABELS = {
    "complete": "补缺项",
    "none": "无",
    "unknown": "不详",
    "verifying": "正在核实",
    "next_one": "先问下一项",
}

POPUPS = {
    "answered": "已记录，60秒内可撤回",
}
