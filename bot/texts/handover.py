"""Hand-over of a shift (交接班): the page of all that is open, and the names under it."""

SECTIONS = {
    "incidents": "突发事件",
    "warnings": "生效预警",
    "entries": "值班日志待办",
    "instructions": "批示指令未办结",
    "announcements": "通知未回执",
    "shifts": "值班表",
    "duties": "日常职责",
    "drills": "今日演练",
    "channels": "通信故障",
}
