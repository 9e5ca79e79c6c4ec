"""Which body a placeholder of the plan is."""

WHICH_BODY = """*{number} 请定{unit}是哪一个*：地点写的是“{place}”，看不出来
选定后即通知该单位，并给出电话。"""

POPUPS = {
    "body_named": "已选定",
}
