"""Photos, voice messages and files that come with a report."""

CAPTION = "{number}号 {kind}（{time}，{who}）"
"""Under a photo, voice message or file that the duty seat sees."""
CAME = "{number} 收到{kind}（{time}）。"
LOST = "{number} 的{kind}没有存下：{why}"
LOST_WHY = {
    "large": "超过20 MB，机器人取不到，只留在聊天里。请另行保存原件。",
    "gone": "多次向Telegram取件未成。请向发送人再要一份。",
}
KINDS = {
    "photo": "照片",
    "voice": "语音",
    "audio": "录音",
    "video": "视频",
    "video_note": "视频",
    "document": "文件",
    "location": "位置",
    "venue": "位置",
}
KIND_OTHER = "材料"
