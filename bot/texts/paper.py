"""What stands on every official paper."""

TO = "{names}："
TO_BETWEEN = "，"
ENCLOSED = "附件："
ENCLOSED_ONE = "{title}"
ENCLOSED_NUMBERED = "{ordinal}.{title}"
ENCLOSED_HEAD = "附件"
ENCLOSED_HEAD_NUMBERED = "附件{ordinal}"
NOTE = "（{note}）"
DATE = "{year}年{month}月{day}日"
PAGE = ("— ", " —")
NUMERALS, HUNDRED, NAUGHT = "一二三四五六七八九十", "百", "零"
HEADINGS = ("{ordinal}、", "（{ordinal}）", "{ordinal}.", "（{ordinal}）")
PICTURE = "图：{caption}"
CUT = "……（过长，其余从略）"
ROWS_CUT = "其余{count}行从略。"
BLOCKS_CUT = "以下{count}段从略：文书过长。"
NO_LINE_BEGINS = "的、，。；：）〕】》”’！？…·"
TO_FILL = ("【待补：", "】")
