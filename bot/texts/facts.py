"""Figures and what else is known: news, conflicts, corrections."""

BY_SOURCE = "以{source}为准：{value}"
CONFLICT = """*{number} {label}数字不一，请取舍*
{claims}
程序不自动相加。取舍前按不一致报，两个数都说。"""
CONFLICT_CLAIM = "{source}：{value}{time}"
CONFLICT_TIME = "（{time}）"
DEATH_UNCONFIRMED = """*{number} 有{value}死亡的说法，未核实*（来源：{source}，{time}）
请立即向医院或现场核实。核实前对外说“正在核实”；按可能的更高等级计时。"""
UPDATE = """{number} 新情况（来源：{source}，{time}，未核实）：{facts}
{unread?}
{words?}"""
UPDATE_WORDS_ONLY = "文字补充"
UPDATE_TEXT_ONLY = "文字补充，见原文"
CORRECTION = """*【更正{ordinal}】{number}*：{before}{old}有误。{time}核实：{new}。
请以本条为准，勿转发旧消息。
{told?}"""
CORRECTION_BEFORE = "{time}所报"
CORRECTION_OLD = "“{old}”"
CORRECTION_TOLD = "听到过旧数字的单位须补报更正：{names}。"

LABELS = {
    "sum": "两批人相加",
    "confirm": "已核实，属实",
    "deny": "不属实",
}

HELP = {
    "update": "续报事实",
    "correct": "更正",
}

MESSAGES = {
    "update_how": (
        "没有读到新的数字、地点或时间。\n例如：/update 受伤升至6人，其中重伤1人\n也可以回复事件消息再发 /update。"
    ),
    "correct_how": "请写明哪个数字改成多少。\n例如：/correct 死亡0人，区医院23:05核实",
    "correct_unsure": (
        "更正的数字要写成定数。拿不准、听说的或追加的不作更正：{facts}。没有更正任何数字。\n"
        "请写明现在是多少，如：/correct 死亡0人；还不确定的请用 /update。"
    ),
    "resolve_how": (
        "请写明哪一项、以谁为准。\n例如：/resolve 受伤 报告人，或 /resolve 受伤 相加\n现在说法不一的有：{conflicts}"
    ),
    "updated": "已记录到{number}号。",
    "corrected": "{number}号已更正。已向听到旧数字的单位列出更正任务。",
    "corrected_unread": (
        "{number}号已更正。已向听到旧数字的单位列出更正任务。\n未读懂的数字：{unread}。也要更正的请再写明。"
    ),
    "resolved": "{number}号的数字已确定。",
}

POPUPS = {
    "resolved": "数字已确定",
    "confirmed": "已记录",
    "sure": "属实，照此记录",
}

REFUSALS = {
    "nothing_new": ("没有读到新的数字、地点或时间", "请写明变化，如“/update 受伤升至6人”"),
    "unknown_class": ("本预案没有“{given}”这一类别", "可用：{known}"),
    "unknown_fact": ("本预案没有“{given}”这一项", "可用：{known}"),
    "bad_value": ("“{fact}”的值看不懂：{problem}", "请写数字，如“{fact}3”，或“30至39”“至少3”“不明”"),
    "deaths_fall": (
        "死亡人数由{old_value}降为{new_value}，请再确认一次",
        "属实请确认；已报出的数字有误请用 /correct 更正",
    ),
    "time_ahead": ("时间{given}还没有到", "请核对时间，写北京时间，如“3时02分”"),
    "later_needs_reason": ("发生时间由{old}改到更晚的{new}，须由值班员写明理由", "请值班员补上理由再发"),
    "nothing_to_correct": ("数字与现有的相同，没有可更正的", "请写上正确的数字，如“/correct 死亡0”"),
    "no_conflict": ("“{fact_name}”只有一个来源，没有可取舍的", "新数字请用 /update"),
    "cannot_sum": ("“{fact_name}”有来源没有给出数字，不能相加", "请先问清各来源的数字"),
    "unknown_source": ("没有来自“{given}”的数字", "现有来源：{known}"),
}

NOTICE_NAMES = {
    "death_unconfirmed": "死亡待核实的消息",
    "correction": "更正",
}
