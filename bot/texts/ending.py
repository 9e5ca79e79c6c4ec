"""The end of a response."""

OUTRUN_ENDED = "{role}已宣布终止"
ENDED = """*【响应终止】{title}*
{declared}{citation}。
{reason?}
终报和后续工作由值班室继续办理。"""
ENDED_DECLARED = "{role}{time}宣布终止{level}级响应"
ENDED_ORAL = "{role}{name}{time}电话宣布终止{level}级响应，记录人{recorded}，待补签"
ENDED_PLAIN = "{role}{time}终止，未启动响应"
ENDED_UNIT = "{title}：{level}级响应已终止（{time}）。感谢{unit}，现场工作按现场指挥要求交接。"
AFTER_END = """*{number} 终止后还要做*
{items}
全部完成后归档。"""
AFTER_REPORT = "{name} {due}{citation}，报送：{names}"
AFTER_SIGN = "补签：{roles}"
AFTER_WORK = "{name}：{text}。{by}，{due}{citation}"
AFTER_TASKS = """*{title} 后续工作*
{level}级响应已终止。请{unit}办理：
{items}
办结后请把材料的文号或名称告诉值班室登记。
{phone?}"""
AFTER_TASK = "{name}：{text}，{due}{citation}"

LABELS = {
    "end_condition": "确认：{name}",
    "end_now": "确认终止",
    "end_preview": "终止",
}

HELP = {
    "end": "终止",
}

MESSAGES = {
    "end_assessed": "{number}号：评估人已记录。",
    "ended": "{number}号已终止。",
}

POPUPS = {
    "condition_confirmed": "已记录",
    "ended": "已宣布终止",
}

REFUSALS = {
    "unknown_condition": ("没有这一项终止条件", "请发 /end 看现在的条件"),
    "condition_confirmed": ("“{condition}”已经确认过", "其余条件请发 /end 看"),
    "nobody_assesses": ("本预案没有要求专家评估", "可以直接 /end"),
    "assessors_missing": ("没有写明由谁评估（{assessed_by}）", "请发：/end 评估 姓名"),
    "not_yours_to_end": (
        "{level}级响应由{declared_by}宣布启动，不由您终止",
        "谁启动谁终止，或由其上级终止；口头决定的可用“代录”",
    ),
    "reason_to_end_without_response": ("没有启动响应就结束，须写明理由", "请写上理由，如“/end 现场已处置完毕”"),
}

NOTICE_NAMES = {
    "ended": "终止公告",
    "after_tasks": "终止后的任务",
}
