"""Single words and short phrases: one thing has one name everywhere."""

SEAT_PHONE = "值班电话 {number}"
RECIPIENT = "{name}，"
ROLE_HOLDERS = "{title}（{holders}）"
REASON = "原因：{reason}"
NEUTRAL = "{number} 有新情况，有关人员请看私聊。"
DRILL = "【演练】"
REAL = "【真实】"
LATE_NOTE = "（系统恢复后补发，原应更早送达）"
VERIFYING = "正在核实"
UNVERIFIED = "（未核实）"
NONE = "无"
YES = "是"
NO = "否"
OR = "或"
COMMA = "，"
LIST = "、"
SEMICOLON = "；"
COLON = "："
STOP = "。"
NUMBER = "{number}号"
DRILL_NUMBER = "【演练】{number}号"
CITE = "（{inside}）"
READING = "解读：{taken}"
LOCAL_RULE = "本地规定"
LAW = "突发事件应对法第七十二条"
EXACT = "{value}{unit}"
BETWEEN = "{low}至{high}{unit}"
SHORT_OF = "{low}至不足{high}{unit}"
OVER = "超过{value}{unit}"
AT_LEAST = "至少{value}{unit}"
AT_MOST = "至多{value}{unit}"
DAY = "{month}月{day}日"
DAY_OF_YEAR = "{year}年{month}月{day}日"
SPOKEN_TIME = "{hour}时{minute:02d}分"
TODAY = "今天"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
YESTERDAY = "昨天"
MINUTES = "{minutes}分钟"
HOURS = "{hours}小时"
HOURS_MINUTES = "{hours}小时{minutes}分钟"
DAYS = "{days}天"
BY = "{when}前"
IMMEDIATELY = "立即"
UNSTATED = "未说明"
ASSUMED_TIME = "约{when}（按接报时间，待核）"
PLAN_SUFFIX = "应急预案"
ROUTE = "牵头：{lead}{citation}"
ROUTE_POST = "{lead}；专项指挥机构：{post}"
UNDETERMINED = "暂时无法判明"
NO_EVENT_LEVELS = "本预案不分级"
RESPONSE = "{level}级响应"
RESPONSE_WAS = "曾启动{level}级响应"
NO_RESPONSE = "未启动响应"
PLACE_UNKNOWN = "地点正在核实"
STATES = {
    "": "未接报",
    "reported": "已接报",
    "responding": "响应中",
    "ended": "已终止",
    "closed": "已归档",
    "rejected": "误报",
    "merged": "已并案",
}
SOURCES = {
    "duty": "值班员",
    "reporter": "报告人",
    "school": "报告人",
    "judgement": "研判",
    "correction": "更正",
    "sum": "各来源相加",
    "system": "程序",
    "admin": "管理员",
}
OTHER_PERSON = "另一位报告人"
ROLES = {
    "duty": "值班员",
    "admin": "管理员",
    "reporter": "报告人",
    "school": "报告人",
    "liaison": "联络员",
    "head": "单位负责人",
    "system": "程序",
}
OBLIGATION_STATUS = {
    "pending": "待报",
    "possible": "待定级",
    "overdue": "逾期未报",
    "filed": "已报",
    "late": "已报（迟报）",
    "waived": "已免报",
    "superseded": "不再需要",
    "open": "待报",
}
SUPERSEDED = {
    "rejected": "误报",
    "merged": "并案",
    "closed": "归档",
    "ended": "响应终止",
    "level": "等级变化",
    "plan": "改按另一预案",
    "undone": "已撤回",
    "unchanged": "数字没有变化",
    "otherwise": "已判明没有这种情况",
}
FIRST = "首报"
FOLLOWUP = "续报"
CORRECTION = "更正"
ANSWER = "核实答复"
PHONE = "电话"
WRITTEN = "书面"
CHANNELS = {"电话": "电话", "书面": "书面", "any": ""}
ENGAGED = "占线"
NO_ANSWER = "没接通"
RAISED_NOTE = "上调后补报"
SUSPECTED = "疑似{name}"
DECISIONS = {"declare": "启动", "agree": "同意启动", "adjust": "调整为", "end": "终止"}
NUMBER_HIDDEN = "（演练，不显示真实号码）"
NO_NUMBER = "电话未登记，请查通讯录"
LINE = "{name} {number}"
FAX = "传真"
NAME_BLANK = "〔姓名〕"
NAME_UNKNOWN = "姓名未记"
ERASED = "（内容已抹去）"
