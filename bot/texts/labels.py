"""What stands on buttons of no topic in particular. Where two share a row, each has at most eight characters."""

LABELS = {
    "back": "返回",
    "status": "看事件",
    "worksheet": "值班工作单",
    "export": "导出记录",
}

NOTICE_NAMES = {
    "card": "事件卡片",
}
