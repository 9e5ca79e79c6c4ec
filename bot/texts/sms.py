"""A warning as a text message of at most 70 characters (:mod:`bot.render.sms`)."""

WARNING = "{kind}{grade}预警"
NO_KIND = "预警信息"
COLOUR = "{colour}色"
STAGES = {
    "issued": "{warning}",
    "passed_on": "转发{warning}",
    "updated": "{warning}更新",
    "raised": "升级为{warning}",
    "lowered": "降级为{warning}",
    "continued": "{warning}继续有效",
    "extended": "{warning}延长",
    "lifted": "{warning}解除",
}
DRILL = "【演练】"
ISSUER = "〔{issuer}〕"
FROM_TO = "{begins}至{ends}"
FROM = "{begins}起"
TO = "至{ends}"
HOUR = "{hour}时"
MINUTE = "{hour}时{minute:02}分"
DAY = "{day}日"
AREAS_MORE = "{areas}等{total}处"
AREA_JOINER = "、"
PART_JOINER = "，"
MEASURE_JOINER = "；"
SENTENCE_END = "。"
"""Between signal, period and areas a comma; the measures and whom to call are sentences of their own."""
