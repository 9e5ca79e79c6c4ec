"""How often a duty recurs, and what its bearer hands in."""

UNITS = {
    "year": "每年",
    "half-year": "每半年",
    "quarter": "每季度",
    "month": "每月",
    "half-month": "每半月",
    "week": "每周",
    "term": "每学期",
    "day": "每天",
    "workday": "每个工作日",
    "school-day": "每个上课日",
}
BY = "每年{day}前"
SCHOOL = "{often}（整月不上课的不计）"
SCHOOL_OTHER = "{often}（整段不上课的不计）"
YEARS = "每{years}年"
THEME_DAYS = "主题日：{days}"
THEME_DAY = "{name}（{day}）"
AFTER_WORKDAYS = "{event}后{count}个工作日内"
AFTER_DAYS = "{event}后{count}天内"
BEFORE = "{event}前"
STANDING = "常设"
STANDING_SAID = "常设（{said}）"

DAY = "{month}月{day}日"
FROM_TO = "{first}至{last}"
WHOLE_DAY = "{year}年{month}月{day}日"
HALF_MONTHS = ("{month}月上半月", "{month}月下半月")
MONTH = "{month}月"
QUARTER = "第{quarter}季度"
HALVES = ("上半年", "下半年")
YEAR = "{year}年"

EVIDENCE = {"none": "", "text": "一句话", "photo": "照片", "file": "文件", "minutes": "会议记录"}
ALL = "各"
EACH = "各{kinds}"
BORNE = "{bearer}（{each}）"
DRILL = "演练即算完成"

TERMS = "学期"
NO_TERMS = "  没有写学期：上课日按工作日算，暂定"
LESSONS = "上课{count}天"
THEME_DAYS_HEAD = "主题日"
LOCAL = "本地"
MOVED = "改期"
EVENTS_HEAD = "节点"
UNDATED = "没有写明，不催办"
UNUSED = "“{name}”没有哪个预案用到：名称可能写错了"
