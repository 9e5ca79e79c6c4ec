"""A level is declared, by one role or by several together."""

OUTRUN_DECLARED = "{role}已宣布{level}级响应"
AGREED = """*{number} {roles}同意启动{level}级响应*{citation}
须共同决定，还差：{missing}。请打电话请示，口头同意的可代录。"""
JOINTLY = "{roles}共同"
ANNOUNCEMENT = """*【{level}级响应】{title}*
事项：{matter}{figures}
级别：{kind}{level}级{citation}
预计期限：{expected}
处置措施{law}：{measures}
{declared}
{reason?}
{units?}
{informed?}"""
ANNOUNCE_FIGURES = "；{figures}"
ANNOUNCE_START = "启动"
ANNOUNCE_ADJUST = "由{previous}级调整为"
ANNOUNCE_OPEN = "另行通知"
ANNOUNCE_MEASURE = "{ordinal}. {text}"
ANNOUNCE_DECLARED = "{role}{acting}{time}宣布。"
ANNOUNCE_ORAL = "{role}{name}{time}电话宣布，记录人{recorded}，待补签。"
ANNOUNCE_REASON = "理由：{reason}"
ANNOUNCE_UNITS = "已通知{count}个单位：{names}{citation}"
ANNOUNCE_INFORMED = "另告知{count}个单位，无需出动。"

LABELS = {
    "declare_now": "确认宣布",
    "change_units": "改通知单位",
    "open_clause": "看条款{clause}",
}

HELP = {
    "declare": "启动或调整",
}

MESSAGES = {
    "declare_how": "请写明级别，可带理由。\n例如：/declare Ⅱ 受伤人数增加\n本预案的级别：{levels}",
}

POPUPS = {
    "declared": "已宣布，正在通知单位",
    "agreed": "已记下您的同意，正在请其他人决定",
}

REFUSALS = {
    "unknown_level": ("本预案没有{given}级响应", "可用：{known}"),
    "level_missing": ("没有写明响应级别", "请写上级别，可用：{known}"),
    "already_declared": ("{level}级响应已经启动", "不用重复启动；要调整请写另一级别"),
    "already_agreed": ("您已同意启动{level}级响应", "须共同决定，等其他人同意后自动发布；请值班员打电话请示"),
    "not_yours_to_declare": ("{level}级响应不由您宣布", "请值班员打电话请示；口头决定的可用“代录”"),
    "reason_for_other_level": (
        "建议的是{proposed}级，您选了{level}级，请写明理由",
        "请在级别后面写上理由再发，如 /declare {level} 险情扩大；代录的写作 /oral 职务 启动 {level} 理由",
    ),
}

NOTICE_NAMES = {
    "announcement": "响应公告",
}
