"""A level is proposed: who is asked to decide, who is to be woken, who declines."""

OUTRUN_DECLINED = "{role}已答复暂不启动{level}级响应"
DECLINE_AGAIN = "{number}号：{level}级响应是否暂不启动？"
PROPOSAL = """*{recipient}请您决定：{number}是否{verb}{level}级响应*{citation}
{title}
{figures}
{because?}
{route?}
{note?}
{time}建议，值班室也在给您打电话。"""
PROPOSAL_AGAIN = """*{recipient}再次请您决定：{number}是否{verb}{level}级响应*{citation}
{title}
{figures}
{because?}
{route?}
{note?}
{time}建议，至今没有答复。"""
PROPOSAL_WIDENED = """*{recipient}请您决定：{number}是否先{verb}{level}级响应*{citation}
建议的是{proposed}级，{roles}尚未答复；您可以先{verb}{level}级。
{title}
{figures}
{note?}
{time}建议，值班室仍在打电话。"""
BECAUSE = "理由：{because}"
NOTE = "注意：{note}"
WAKE_DECIDER = """*{number} 请打电话请示：是否启动{level}级响应*{citation}
有权决定：{roles}
{unseated?}
{because?}
接通后口头决定的，点“代录口头决定”。"""
RING_DECIDER = """*{number} 第{ordinal}次催办：是否启动{level}级响应，仍无人答复*{citation}
请再打：{roles}
{unseated?}
接通后口头决定的，点“代录口头决定”。"""
WAKE_NOBODY = "以上没有一人能在这里收到：建议没有发给任何人，只有打电话这一条路。"
WAKE_SOME = "{roles}没有人能在这里收到，只能打电话。"
PROPOSAL_WITHDRAWN = "{number} 启动{level}级响应的建议已撤回：情况有变，现有事实不再支持。"
DECLINED = "{number} {role}答复：暂不启动{level}级响应。情况有变时会再次建议。"
OFFER_DECLINED = "{number} {role}答复：不先启动较低级别。{level}级仍等{deciders}决定，值班室继续打电话。"

LABELS = {
    "start_level": "启动{level}级",
    "not_now": "暂不启动",
    "no_answer": "没接通",
}

POPUPS = {
    "try_next": "请拨打下一个号码；接通后可代录。",
}

REFUSALS = {
    "not_yours_to_decide": ("是否启动{level}级响应不由您决定", "请值班员打电话请示有权的人"),
    "no_proposal": ("现在没有待决定的启动建议", "要主动启动请用 /declare"),
}

NOTICE_NAMES = {
    "proposal": "启动请示",
    "proposal_again": "启动请示",
    "proposal_widened": "启动请示",
}
