"""The automatic telephone: what is said, how numbers are read, what came of a call."""

DIGITS = "零一二三四五六七八九"
ON_THE_TELEPHONE = "零幺二三四五六七八九"
"""Of telephone numbers, where 一 is taken for 七."""
TENS = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")
TWO = "两"
IN_ORDER = "第"
COUNTED = "人名个起处条次家所台辆例户件栋间小分钟天位"
"""Before these two of something is 两."""
HOUR, SHARP, MINUTE, UNTIL, POINT, MINUS = "{hour}点", "整", "{minute}分", "到", "点", "负"
PERCENT = "百分之{number}"
EXTENSION = "转"
BEHIND_AMOUNTS = "人名例起号时点分年月日度岁米公千个件户处"
UNTIL_WRITTEN = "至到"
HOURS, MINUTES, YEAR = "时点", "分", "年"
DAY = "{year}年{month}月{day}日"
CLAUSES = r"（\d+(?:\.\d+)*(?:[(（][\d一二三四五六七八九十]+[)）])*(?:[、，,]\d+(?:\.\d+)*)*）"
SOMEBODY = "某"
ROMAN = {"Ⅰ": "一", "Ⅱ": "二", "Ⅲ": "三", "Ⅳ": "四"}
SENTENCE_END = "。"
PAUSE = "，"
ENDS = "。！？；，、：,.!?;:"

OWN_WORDS = "原文"
"""Begins the line that repeats what somebody wrote; perhaps with a child's name."""
MOBILE = "手机号见Telegram"
DRILL = "演练，演练，这是演练。"
OPENING = "这里是{office}值班室，自动电话。"
OPENING_TEST = "这里是警钟，自动电话。"
SEVERAL = "共有{count}件事。"
ORDINAL = "第{number}件。"
LEFT_OUT = "其余请看Telegram。"
KEYS = {
    "answer": "收到请按1。需要值班员打电话来，请按2。",
    "heard": "听到请按1。按1只表示听到，不算接手，请打开Telegram点我来处理，或者给值班室回电。",
    "told": "听到请按1。请打开Telegram处理，或者给值班室回电。",
    "decide": "这个电话不能作决定。请打开Telegram决定，或者给值班室回电。需要值班室打电话来，请按2。",
    "test": "听清了请按1。",
}
"""What the keys mean, by what the call is about; of several things the first that is asked for."""
ALSO_DECIDE = "其中要您决定的，按键不算决定，请打开Telegram决定，或者给值班室回电。"
ALSO_HEARD = "其中报告还没有人接手，按1不算接手。"
MEANINGS = {"answer": "收到", "heard": "听到", "told": "听到", "test": "听到", "call_back": "需要人工回电"}
TEST = "这是测试电话，不是突发事件。"

OUTCOMES = {
    "no_answer": "自动电话无人接听",
    "busy": "自动电话占线",
    "failed": "自动电话没有接通",
    "hung_up": "自动电话接通，没有按键就挂断",
    "call_back": "自动电话接通，按2要求人工回电",
}
"""What came of a call, as the log keeps it."""
NO_NUMBER = "号码已抹去"
CALL_BACK_WANTED = "（在自动电话里请求回电）"
BY_KEY = "电话按键 {number}"

RING_HEARD = """*{number} 值班席已在电话里听到，还没有人接手*
{name}{time}在自动电话（{voice}）里按了1。按键只表示听到：接电话的是谁、能不能处理，机器不知道。
请点［我来处理］；处理的时限照走。"""
CALL_BACK = """*{number} {name}要求回电*
他接到自动电话（{voice}），按了2。按键不作决定；请给他打电话，口头决定用 /oral 代录。"""
HEARD = "{name}在自动电话里听到报告（按1，{voice}），未接手"
CALLED_BACK = "{name}在自动电话里要求回电（按2，{voice}）"

TESTED = {
    "pressed": "测试电话：您按了1，这部电话可以用来叫您。",
    "other": "测试电话接通了，但按的不是1，还不能用来叫您。请再测一次，听清后按1。",
    "no_answer": "测试电话：无人接听。",
    "busy": "测试电话：占线。",
    "failed": "测试电话：没有接通，请核对号码，或请管理员检查语音网关。",
    "hung_up": "测试电话：接通后没有按键，还不能用来叫您。请再测一次，听清后按1。",
}

NOTICE_NAMES = {"ring_heard": "值班席听到报告的消息", "call_back": "要求回电的消息"}
