"""Help, menus and the keys under the chat."""

KEYBOARD = {
    "report": "🚨 报告事故",
    "todo": "📋 我的待办",
    "status": "📌 当前事件",
    "phone": "☎ 查电话",
    "log": "📒 记一笔",
}
"""The keys that stay under the private chat."""
HELP = {"help": "帮助"}
HELP_HEAD = "*警钟*：按预案办理突发事件。"
HELP_LINE = "/{command} {text}"
HELP_ALSO = "另有：{commands}"
HELP_MORE = "其他操作都有按钮；常用命令在菜单里。"
HELP_REPORT = "任何人可以报告：直接发文字、照片或语音，或点“报告事故”。先打120/110。"
HELP_NEUTRAL = "要报告，请发 /report 加一句话。先打120/110。值班电话 {number}。"
