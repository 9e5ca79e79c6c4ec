"""Duties of every day (日常职责): the week's message, what is sent back, lists, refusals."""

DIGEST = """*本周职责* {title}
{overdue?}
{due?}
{daily?}
办完一项点一项；要交照片或文件的，点［交材料］后把照片发给我。"""
OVERDUE = "*已过期没办*（{count}）\n{lines}"
DUE = "*本周要办完*（{count}）\n{lines}"
DAILY = "每天的：{names}（点下面的［今天…已办］，下午4点没点会提醒）"
LINE = "{number}　{text}（{when}{citation}）"
WHEN_DUE = "{day}前"
WHEN_PAST = "应在{day}前办"
RETURNED = "，{reason}，退回"
HAND_IN = "交"
WANTED = {"none": "", "text": "，交文字", "photo": "，交照片", "file": "，交文件", "minutes": "，交记录"}
END = """*快到期* {title}
{lines}"""
DAILY_ASKED = """*今天还没有点* {title}
{lines}
办了请点［已办］；今天不用办的点［不适用］。"""
HEAD = """*{title}有{count}项职责过期一周以上*
{lines}"""
RETURN = """*退回：{text}*（{period}）
原因：{reason}
请重新办理后再点［已办］。"""
ADOPTED = """*预案有新版本* {title}
正在进行的一期不变；从下一期起按新的周期：{changed}"""
ADOPTED_ENDED = "不再要求：{ended}"
PAGE_HEAD = "*职责* {title}（{year}年）"
PAGE_STANDING = "经常性职责（不催办）：\n{lines}"
PAGE_NONE = "没有等待办理的职责。"
WHY_NOT = "“{text}”本期为什么不适用？"
REASONS = ("本期放假", "本单位没有这项", "已由上级统一办理")
NEEDS = """“{text}”要交{evidence}。
把照片或文件发给我（10分钟内），我会记在这一项下；没有材料也可以先记已办。"""

LABELS = {
    "duty_done": "{number} 已办",
    "duty_today": "今天{name} 已办",
    "duty_sure": "没有材料，记已办",
    "duty_not_applicable": "{number} 不适用",
    "duty_reason": "{reason}",
}

POPUPS = {
    "duty_done": "已记录",
    "duty_not_today": "今天不用办这一项",
    "duty_already": "今天已经办过",
}

REFUSALS = {
    "bears_no_duty": ("{name}在本预案里没有日常职责", "请核对单位的类别"),
    "no_such_duty": ("没有这一期职责（{given}）", "用 /duties 看清单"),
    "not_your_duty": ("这是{name}的职责", "由{name}办理，或由值班室代记"),
    "duty_settled": ("这一期已经办过", "要改请先撤回"),
    "evidence_wanted": ("这项职责要交材料", "请发照片或文件，或确认没有材料也记为已办"),
    "nothing_to_return": ("这一期还没有办，不用退回", "等办完再核对"),
    "reason_for_returning": ("退回要写明原因", "请选一个原因"),
    "not_yours_to_check": ("您不能退回这项职责", "由管理的科室核对"),
    "book_closed": ("这本职责簿已经结束", "用 /duties 看现在的"),
}

MESSAGES = {
    "duties_none": "您没有登记过要办日常职责的身份。",
}

HELP = {
    "duties": "日常职责",
}

NOTICE_NAMES = {
    "duty_digest": "本周职责",
    "duty_end": "职责快到期",
    "duty_returned": "职责退回",
}
