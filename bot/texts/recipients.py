"""What goes from the desk to people: to whom, who has it, whom to ring; shared by instructions and notices."""

TO_NONE = "还没有选单位"
TO = "{names}（{count}个）"
ETC, ETC_ALONE = "{names}等{count}个", "{names}等"
ABSENT = "不能用本程序通知的{count}个，发出后请打电话：{names}"
UNREAD = "没有认出：{words}"
PICK_HEAD = "*选择发给谁* {called}\n{text}\n已选：{to}"
PICK_END = "点一下选上，再点一下去掉。也可以发 /{command} {number} 发给 单位、职务、学校或镇街。"
PICKED, UNPICKED = "✓{name}", "{name}"
PAGES = "第{page}页，共{pages}页"
ERASED = "已注销的人"
SEE_FILES = "见附件"
FILES, FILES_BELOW = "附件{count}份", "附件{count}份，见下面"
JOINED = "您现在负责{names}，下面这一件还没有{what}。"
JOINED_RECEIPT, JOINED_RESULT = "回执", "办结"
NIGHT_QUIET = "现在是夜间：静音送达，{morning}还没有回执的再响铃提醒。要马上叫醒人的，点［加急］。"
NIGHT_RINGS = "夜间也会响铃。"

URGENT = "【加急】"
AGAIN = "还没有收到您的回执。"
STAMP_CORRECTED = "已更正，以新的一条为准"
STAMP_WITHDRAWN, STAMP_DONE, STAMP_RECEIPTS = "已收回", "已办结", "回执已结束"

RING_LIST = """*还没有回执，请打电话*（{called}，{count}个）
{lines}
念：{script}"""
RING_LINE = "{name}　{number}{tried}"
TRIED = "（打过{count}次没通）"
RING_MORE = "还有{count}个，这些办完后再显示"
RING_SCRIPT = "您好，{office}。{said}请问收到了吗？"
RING_NONE = "现在没有要打电话的。"

WITHDRAW_ASK = """*请确认：收回{called}*
{text}
{reason?}
已经发给的{count}个都会收到收回通知，原来的按钮作废。"""
WITHDRAWN = "*{called}已收回*\n{reason?}\n不用再办，也不用再回执。"
WITHDRAWN_WHY = "原因：{reason}"

CORRECTED = """*{called}更正*
{by?}
以这一条为准：
{text}
{due?}
请重新点［收到］。"""
CORRECTED_DONE = """*{called}更正*
{by?}
{text}
{due?}
{stands}"""
CORRECTED_STANDS = {
    "done": "您已经办结，不用重新回执；办结情况有变的，请补充。",
    "declined": "您的退回还在等值班室答复。",
    "released": "不用您的单位办，供您了解。",
}

PERHAPS_REPORT = "*像是突发事件*：{called}只是草稿，*没有上报*。要上报，点［报为事件］；上报和发{called}互不影响。"
DRAFT_LEFT = "*{called}还没有发出*\n{text}\n已选：{to}\n写好半小时了。要发请点［预览］，不发请点［不发了］。"
DRAFT_GONE = "*{called}没有发出*，已经作废。"

DELIVERED = "送达{sent}人{waiting}{failed}"
DELIVERING = "，正在发送{count}人"
NOT_DELIVERED = "，没有送达{count}人：{names}"

STATES = {"sent": "○", "received": "◐", "done": "☑", "declined": "✕", "released": "—", "returned": "↺"}
LINE = "{mark} {name}　{what}"
LINE_SILENT = "没有回执"
LINE_ABSENT = "不能用本程序通知"
LINE_RECEIVED = "{time}收到（{name}）"
LINE_BY_KEY = "{time}自动电话按键收到（{name}）"
LINE_RECORDED = "{time}电话确认收到（{name}）"
TO_RING = "要打电话的{count}个（点［看名单、记结果］）：{names}"
LINES_MORE = "另有{count}个没有列出"

LABELS = {
    "desk_received": "收到",
    "desk_preview": "预览",
    "desk_pick": "选单位",
    "desk_other_page": "其他单位",
    "desk_discard": "不发了",
    "desk_ring_list": "看名单、记结果",
    "desk_rung": "已通知到",
    "desk_in_vain": "没打通",
    "desk_page": "看办理情况",
    "desk_is_report": "报为事件",
    "desk_refresh": "刷新",
    "desk_withdraw": "收回",
    "desk_withdraw_sure": "确认收回",
    "desk_files": "看附件",
    "desk_back": "返回",
    "urgent": "加急",
    "not_urgent": "不加急",
}

PRESETS = {
    "last": "上次的{count}个",
    "all": "全部成员单位{count}个",
    "called": "已叫应的{count}个",
    "named": "原文点到的{count}个",
    "none": "全部去掉",
}
PRESETS_NAMED = {
    "last": "上次的",
    "called": "已叫应的",
    "named": "原文点到的",
}
PRESET_ONE, PRESET_FEW, PRESET_MANY = "{what}：{names}", "{what}{count}个：{names}", "{what}{count}个：{names}等"

POPUPS = {
    "desk_receipt": "已记下：收到",
    "desk_rung": "已记为电话通知到",
    "desk_vain": "已记：没打通",
    "desk_sent": "已发出",
    "desk_urgency_set": "已改",
    "desk_discarded": "没有发出，已作废",
    "desk_withdrawn_now": "已收回，收到过的都会收到通知",
    "desk_files_sent": "附件发在下面了",
    "desk_in_private": "已发到您的私聊",
    "desk_only_office": "这里只给值班员和指挥部成员看",
}

MESSAGES = {
    "desk_directly": "通知、指令须由本人用自己的账号发（不能匿名、转发或由别的机器人代发），没有记录。",
    "desk_added": "已加发{count}个。",
    "desk_added_none": "没有认出要加发给谁：{words}。写单位、职务、学校或镇街的名称。",
    "desk_to_none": "没有认出要发给谁：{words}。写单位、职务、学校或镇街的名称，用顿号分开。",
    "desk_which_received": "有几件在等您回执：{names}。请点那条消息下面的［收到］，或者长按它选“回复”再发。",
    "desk_reply_how": (
        "这是{called}的消息，您写的没有记录。收到请点［收到］，或者回复“收到”。有事请给值班室打电话；"
        "说的是突发事件的，请用 /report 报告。"
    ),
    "desk_no_such": "没有找到{called}。",
    "desk_corrected_now": "已更正，正在通知收到过的各方重新回执。",
    "desk_draft_corrected": "草稿已改。",
}

REFUSALS = {
    "desk_not_yours": ("这要由值班员或者写它的人来做，没有改动", "请联系值班室"),
    "desk_is_out": ("已经发出，不能再改", "要加发的写“加发”，要改内容的写“更正”，要收回的点［收回］"),
    "desk_not_out": ("还没有发出，或者已经结束，没有记录", "请先看现在的情况"),
    "desk_no_text": ("没有写内容", "把内容写在命令后面"),
    "desk_nobody_chosen": ("没有选发给谁，没有发出", "先选单位，再点［发出］"),
    "desk_told_before": ("这些单位都已经发过，没有重发", "要提醒的，看名单打电话；要改内容的写“更正”"),
    "desk_too_many": ("一次最多发给{most}个，没有改动", "请分几次发"),
    "desk_too_many_files": ("一件最多带{most}份附件，没有再加", "多的请另发一件"),
    "desk_received_before": ("已经记过收到", "不用再点"),
    "desk_no_such_recipient": ("没有发给这个单位，没有记录", "请核对名称"),
    "desk_other_recipient": ("这不是您的单位，没有记录", "由本单位的联络员或负责人来点"),
    "desk_not_addressed": ("没有发给您的单位，没有记录", "需要办理的会直接发给您"),
}

NOTICE_NAMES = {
    "desk_told": "通知或指令",
    "desk_joined": "接手的通知或指令",
    "desk_again": "回执提醒",
    "desk_again_urgent": "加急回执提醒",
    "desk_ring_list": "没有回执的名单",
    "desk_corrected": "更正",
    "desk_corrected_done": "更正",
    "desk_withdrawn": "收回",
    "desk_draft": "没有发出的草稿",
    "desk_all_received": "回执齐了",
    "desk_in_your_name": "以您的名义发出的指令",
}
