"""Spoken decisions that the duty officer records (代录), and their signing (补签)."""

ORAL_WHO = "{number}号：谁在电话里作的决定？（{what}）"
ORAL_START = "启动{level}级响应"
ORAL_END = "终止响应"
TO_SIGN = """*{recipient}请补签*：{number}，您{time}电话宣布{what}，记录人{recorded}。
属实请点“补签”；不属实请立即告诉值班室。
{phone?}"""
DECIDED_LEVEL = "{verb}{level}级响应"
DECIDED_END = "终止响应"
DECIDED_PUBLISH = "发布信息“{text}”"
DECIDED_SITE_HELD = "兼任现场指挥长"
DECIDED_SITE = "指定{name}为现场指挥长"

LABELS = {
    "oral": "代录口头决定",
    "oral_now": "属实，公布",
    "oral_noted": "属实，记录",
    "oral_not_now": "答复是暂不启动",
    "sign": "补签",
}

HELP = {
    "oral": "代录",
}

MESSAGES = {
    "oral_no_levels": "本预案没有响应级别，没有要代录的启动决定。情况请用 /update 记下，办完由值班员 /end。",
    "oral_how": (
        "请写明谁说的、决定什么。\n例如：/oral {first} 启动 {level}，/oral {last} 暂不启动，/oral {last} 终止\n"
        "本预案的职务：{roles}"
    ),
}

POPUPS = {
    "recorded": "已代录并公布，待补签",
    "noted_oral": "已代录",
    "signed": "已补签",
    "oral_by_duty": "口头决定只由值班员代录",
}

REFUSALS = {
    "oral_by_duty": ("口头决定只由值班员代录", "请把决定告诉值班员；您本人有权的，请直接发 /declare 或 /end"),
    "unknown_decision": ("没有“{given}”这种决定", "可代录：启动、调整、终止"),
    "unknown_role": ("本预案没有“{given}”这个职务", "可用：{known}"),
    "nothing_to_sign": ("没有等您补签的决定", "口头决定代录之后才能补签"),
}
