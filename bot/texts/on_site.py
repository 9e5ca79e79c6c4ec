"""The on-site command: who commands at the scene."""

SET_UP, HAND_OVER, WITHOUT, BY = "设立", "移交", "不设", "由"
"""The first word behind ``/site``; and what stands before whoever named the commander."""

WHO_COMMANDS = """*{number} 请定现场指挥*：{level}级响应应设现场指挥部{citation}
由谁担任：{commander}。
定了请发：/site {of}姓名 地点 {by}
不设的，请发：/site 不设 理由"""
SET = """*【现场指挥】{title}*
{who}任现场指挥长，{place}，{since}起{citation}。{named}
{duties?}
{handover?}"""
DUTIES = "职责：{duties}"
HANDOVER = "移交：{handover}"
NAMED = "由{role}{name}指定{oral}"
ORAL = "（电话，记录人{recorded}）"
HELD = "{role}"
HANDED = """*【现场指挥移交】{title}*
{before} → {after}，{since}{citation}。
{after}统一指挥现场，各单位照常处置、配合。"""

LINE = "现场指挥：{who}，{place}，{since}起{before}{citation}"
LINE_BEFORE = "（接{before}）"
LINE_WAITS = "*现场指挥未定*{citation}：发 /site 姓名 地点"
LINE_NOT = "不设现场指挥：{reason}{citation}"
TODO_WAITS = "定现场指挥（{level}级应设）{citation}：/site 姓名 地点"
SECTION = "现场指挥"
RECORD = "{since}{until} {who}，{place}{named}{citation}"
RECORD_UNTIL = "至{until}"
RECORD_NOT = "不设：{reason}{citation}"

PAGE = """*{number} 现场指挥*
{now}
{plan}
{how}"""
NOBODY = "还没有定现场指挥。"
PLAN_POST = "设立：{commander}{when}{citation}；职责：{duties}{handover}"
PLAN_FIRST = "先期处置：{commander}{when}{citation}；{duties}"
WHEN = "，{when}"
HANDED_TO = "；{handover}"
PLAN_NOTHING = "本预案没有写现场指挥，可以登记。"
HOW = "登记：/site 姓名 地点（可加时间和“由某职务”）；移交：/site 移交 姓名或上级机构；不设：/site 不设 理由"

LABELS = {
    "site_over": "已移交{to}",
}
HELD_LABEL = "{role}兼任"

MESSAGES = {
    "site_set": "{number}号的现场指挥已登记。",
    "site_over": "{number}号的现场指挥移交已登记。",
    "site_without": "{number}号不设现场指挥，已记录理由。",
}

POPUPS = {
    "site_set": "现场指挥已登记",
    "site_over": "移交已登记",
}

REFUSALS = {
    "site_stands": ("现场指挥已经是{name}", "换人或上级接管请发“/site 移交 姓名”；登记错了请在1分钟内撤销"),
    "site_commander_missing": ("没有写由谁任现场指挥长", "请发“/site 姓名 地点”"),
    "not_yours_to_name": ("现场指挥长不由您指定", "电话里定的，值班员可登记：/site 姓名 地点 由某职务"),
    "site_not_set_up": ("还没有登记现场指挥", "请先发“/site 姓名 地点”"),
    "site_to_whom": ("没有写移交给谁", "请发“/site 移交 姓名或上级机构”"),
    "site_before": ("{name}从{at}起指挥，移交不能早于这个时间", "请核对时间"),
    "site_not_asked": ("本级响应没有要求设现场指挥，或已经定了", "不用登记不设"),
    "site_reason": ("不设现场指挥，须写明理由", "请写上理由，如“/site 不设 现场已处置完毕”"),
}

NOTICE_NAMES = {
    "who_commands": "请定现场指挥",
    "site_set_up": "现场指挥",
    "site_handed_over": "现场指挥移交",
}
