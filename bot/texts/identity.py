"""核实姓名: who somebody is, asked once, confirmed by an invitation or an administrator."""

MARKED = "{name}（Telegram名，未核实）"
NOTE = "（Telegram名，未核实）"
LATER = "（当时用Telegram名，后核实为{name}）"
NAMELESS = "（没有姓名）"
DESCRIBED = "{name} {role}"
IS = "{name}（{parts}）"
PARTS = "，"

HEAD = "真实姓名、单位"
"""Stands in every question, by which a reply to it is known."""
ASK = (
    "请回复您的真实姓名、单位和科室、电话，例如：\n赵敏 区应急管理局 0356-2250777\n"
    "记录、值班表、签名都用真实姓名；电话只给管理员看，要打电话找您时也给值班席看。"
)
ASK_AGAIN = "{fault}{ask}\n要报告情况，请直接再发一次，不用等。"
FAULTS = {
    "name": "没有写姓名，或没有读懂。",
    "office": "没有写单位，或没有读懂。",
    "phone": "没有读懂电话。",
    "long": "写得太长，没有读。",
}
ASK_OF = "请回复“{name}”（{role}）的真实姓名、单位、电话，例如：\n赵敏 区应急管理局 0356-2250777"
ASKED_ONCE = "警钟记录用真实姓名，您的还没有核实。现在不忙时办，不急。\n{ask}"

INVITED = "这份邀请是给{who}的：{role}（{plan}）。\n您是本人吗？"
IT_IS_ME, NOT_ME = "是我", "不是我"

MINE = "您的姓名：{who}，已核实。"
MINE_NOT = "您的姓名还没有核实。现在显示的是：{name}。"
MINE_WAITS = "您报的{who}正等管理员核实。"
CORRECT, FILL_IN = "更正", "填写"

OVERVIEW = "姓名核实（{place}）：已核实{confirmed}人，还没有核实{count}人。"
OVERVIEW_GOOD = "姓名核实（{place}）：{confirmed}人都已核实。"
LINE = "{number}. {name}，{role}"
MORE = "另有{count}人，核实这些后再发 /name。"
CONFIRM_ONE = "核实 {number}"
FOUND = "{number}. {who}，{role}"
NO_ROLE = "还没有职务"
CLAIMED = "{name}（自报{claimed}，等核实）"
FOUND_NONE = "没有找到“{given}”。发 /name 看还没有核实的人；改自己的，请写全：/name 姓名 单位 电话"
FOUND_MORE = "另有{count}人，请写全姓名。"
FOUND_OWN = "没有改。要改这些人的，请点“更正”；要改您自己的，请发 /name，再点“更正”。"
CORRECT_ONE = "更正 {number}"

CLAIM_WHO = "{who}（Telegram名“{telegram}”）"
CLAIM_UNNAMED = "Telegram名“{telegram}”（没有报姓名）"
CLAIM_NAME = "{claimant}请核实：姓名、单位是否属实，是否本人。"
NAMESAKE = "注意：已有同名的{who}。"
CONFIRMED_AS = "注意：这个账号已核实为{who}，批准即改为以上姓名、单位。"
BY_INVITATION = "昨天起用邀请登记、按本人所报核实了{count}人，请看一眼，不对的发 /name 姓名 更正：\n{lines}"
BY_INVITATION_LINE = "· {who}（Telegram名“{telegram}”）"

HELP = {
    "name": "真实姓名",
}

MESSAGES = {
    "name_private": "请私聊我发 /name。",
    "name_no_role": "您还没有登记身份，请先用 /join 登记，姓名一并核实。",
    "name_directly": "姓名须由本人用自己的账号发送（不能匿名、转发或由别的机器人代发）。",
    "name_same": "姓名已经核实，没有变化。",
    "name_confirmed": "已核实：{who}。以后记录、值班表都用这个姓名；不对请发 /name 更正。",
    "name_phone": "已记下电话：{who}。",
    "name_phone_gone": "已删去电话：{who}。",
    "name_stated": "已记下：{who}。管理员核实后生效；写错了请再发一次。",
    "name_stated_no_admin": "已记下：{who}。现在没有管理员能收到，请直接联系他们核实。",
    "name_taken": "已有核实过的同名同单位的人，没有改。请写明科室，或联系另一位管理员。",
    "name_not_yourself": "自己的姓名请由另一位管理员核实，没有改。",
    "name_changed_since": "显示给您之后已有人改过，没有改。请发 /name 看现在的。",
    "name_gone": "这个人已不在您管理的名单里，没有改。",
    "name_corrected": "已核实：{who}。已记的内容不变，以后用这个姓名。",
    "name_corrected_same": (
        "已核实：{who}。已记的内容不变，以后用这个姓名。\n注意：另有同名同单位的人，值班表上分不清，请写明科室。"
    ),
    "name_you_are": "管理员已核实您的姓名：{who}。不对请发 /name 更正。",
    "name_refused": "您报的姓名没有核实通过，请联系管理员，或发 /name 再报一次。",
    "name_approved": "已核实：{who}",
    "name_denied": "已答复：不属实",
    "name_approved_same": "已核实：{who}。注意：另有同名同单位的人，请写明科室。",
    "name_changed_elsewhere": (
        "{before}的姓名已由{admin}（{place}）改为{who}，值班表、签名都按新的认。不对请发 /name {name} 更正。"
    ),
    "invited_named": "邀请：{role}，给{who}\n请把链接转给本人，对方点“是我”后生效，只能用一次，7天内有效：\n{link}",
    "invitation_others": "这份邀请是给{who}的，您已核实为{mine}，没有登记。请向管理员要您自己的邀请。",
    "invitation_not_me": "已作废这份邀请，并告诉了管理员。",
    "invitation_came_wrong": (
        "给{who}的邀请（{role}）到了别人手里：Telegram名“{telegram}”点了“不是我”。邀请已作废，请重新邀请。"
    ),
}
