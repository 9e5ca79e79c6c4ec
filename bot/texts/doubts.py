"""Words that worse facts have overtaken."""

OVERTAKEN = """*{number} 情况超出已作的认定，请重新认定事件等级*{citation}
已认定：{held}（{role}，{time}）
现在：{figures}
{unsure?}
{reached?}
{possible?}
没有变的也请点一下，记为看过新情况后的认定。"""
OVERTAKEN_AGAIN = """*{number} 第{ordinal}次催问：请重新认定事件等级*{citation}
已认定：{held}（{role}，{time}）
现在：{figures}
{unsure?}
{reached?}
{possible?}
认定前，更高等级的时限按可能计。"""
OVERTAKEN_CERTAIN = "按现有事实已达{level}{because}"
OVERTAKEN_PERHAPS = "属实即达{level}{because}"
OVERTAKEN_RISEN = "认定后又有伤亡消息；本预案对此没有分级标准，由有权的人认定"
OVERTAKEN_SAID = "认定后又有伤亡的说法，待核实；本预案对此没有分级标准，由有权的人认定"
OVERTAKEN_BECAUSE = "：{because}"
OVERTAKEN_POSSIBLE = "更高等级另须：{items}"
OVERTAKEN_JUDGEMENT = """*{number} 研判后又有伤亡消息，请重新研判：{question}*{citation}
已研判：{held}
现在：{figures}
{unsure?}
没有变的也请点一下，记为看过新情况后的研判。"""
OVERTAKEN_JUDGEMENT_AGAIN = """*{number} 第{ordinal}次催问，请重新研判：{question}*{citation}
已研判：{held}
现在：{figures}
{unsure?}"""
WORD_STANDS = "{number} 数字已更正或说法不属实，已认定的{held}没有超出，不用重新认定。"
WORD_STANDS_JUDGEMENT = "{number} 数字已更正或说法不属实，伤亡没有超出研判时的情况，不用重新研判。"
