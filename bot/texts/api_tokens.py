"""接口口令: other systems (110、119平台, met offices) ask by the API with a token that an administrator made."""

SCOPES = {"report": "报告", "read": "查询", "answer": "回复", "warn": "预警"}
"""What a token may be for."""

WHAT = "系统　{name}\n可以　{scopes}\n辖区　{place}（{plans}）\n有效　到{until}，每分钟最多{rate}次"
ALL_PLANS = "全部预案"
OF_PLANS = "只限{plans}"
FOR_UNITS = "{scopes}（代{units}）"
ASK = (
    "要给另一个系统制发接口口令：\n{what}\n"
    "请核对，对了再点「确认制发」。它报来的事署名“{name}”，每次使用都记入记录；它不能定级、启动，预警仍由值班室决定。"
)
CONFIRM = "确认制发"
SAME = "已经有过叫“{name}”的口令，请分清是不是同一个系统："
SAME_LINE = "{number}. {day}制发（{state}）：{scopes}；{used}"
SAME_HOW = (
    "同一个系统换口令：它以前报来的事，用新口令照样能查、能续报。同名的另一个系统：一件也看不到。\n"
    "旧口令还有效的，再用7天；泄露了的，请先撤销，再来换。"
)
SAME_ONE = "给{number}换口令（{day}制发）"
ANOTHER = "是另一个系统，确认制发"
HOLDS = "有效"
ENDED = "已到期"
REVOKED = "已撤销"
TOLD = "{by}制发了一个接口口令：\n{what}\n不该有的，请点「撤销」。"
TOLD_AGAIN = "{by}给一个系统换了接口口令（以前报来的事它照样能查、能续报）：\n{what}\n不该换的，请点「撤销」。"
REVOKE = "撤销"
SOMEBODY = "一位管理员"
LIST = "接口口令（{count}个）："
LIST_NONE = "还没有接口口令。"
LINE = "{number}. {name}{place}：{scopes}；{day}制发（{by}），到{until}；{used}"
OF_PLACE = "（{place}）"
BY_COMMAND = "命令行"
GONE = "制发人的资料已抹去"
USED = "最近使用{at}"
UNUSED = "还没有用过"
REVOKE_ONE = "撤销 {number} {name}"
ENDS = "这些接口口令快到期了，到期后对方系统送来的报告就收不到了："
ENDS_LINE = "{number}. {name}（{place}），{until}到期；{used}"
ENDS_HOW = "还在用的，点一下续一年，口令不变；不用了的，发 /token 撤销。"
RENEW_ONE = "续一年 {number} {name}"
MORE = "另有{count}个，撤销不用的以后再看。"
HOW = (
    "制发：/token 系统名称 权限，例如\n/token 110平台 报告\n/token 119平台 报告+回复 区消防救援大队 180天\n"
    "权限：报告、查询、回复（写明代哪个单位）、预警。可再写预案编号、辖区、到2027-06-30、每分钟60次。\n"
    "给已有的系统换口令：照原来的名称再发一次。"
)

MESSAGES = {
    "token_private": "接口口令只在私聊里制发：请私聊我，发 /token。",
    "token_made": (
        "“{name}”的口令（只显示这一次，请马上存进对方系统，再删除本条消息）：\n{secret}\n"
        "{until}到期。接口在本机网址的 /api/v1 下，说明见 /api/v1/openapi.json。泄露了请马上发 /token 撤销。"
    ),
    "token_changed": (
        "“{name}”换了口令（只显示这一次，请马上存进对方系统，再删除本条消息）：\n{secret}\n"
        "{until}到期。旧口令已不能用；以前报来的事，用新口令照样能查、能续报。"
    ),
    "token_changed_both": (
        "“{name}”换了口令（只显示这一次，请马上存进对方系统，再删除本条消息）：\n{secret}\n"
        "{until}到期。旧口令到{both}还能用，请在这以前换上；以前报来的事，用新口令照样能查、能续报。"
    ),
    "token_once": "这个口令已经制发过，没有再制发。",
    "token_name": "“{given}”不能作系统名称：2到{most}个字，不带空格、网址和电话号码，例如 110平台",
    "token_scope": "请写明权限：{scopes}，例如 110平台 报告+查询",
    "token_units": "「{answer}」要写明代哪个单位，写了单位也要写「{answer}」，例如 119平台 回复 区消防救援大队",
    "token_place": "请写明是哪一个辖区：{places}",
    "token_word": "没有读懂“{given}”：不是权限（{scopes}）、单位、预案编号、辖区，也不是期限（180天）或次数（60次）",
    "token_days": "有效期应为1到{most}天，例如 180天",
    "token_rate": "每分钟次数应为1到{most}，例如 60次",
    "token_many": "已有{most}个口令，请先用 /token 撤销不用的。",
    "token_revoked": "已撤销“{name}”的口令，它马上不能再用。还要用，请照原来的名称再发一次 /token。",
    "token_renewed": "已续：“{name}”的口令再用一年，口令不变。",
    "token_gone": "早已撤销或到期，什么也没有改变。",
}

NOTICE_NAMES = {
    "token": "接口口令的回答",
    "token_made": "接口口令",
    "token_ends": "接口口令快到期的提醒",
    "token_told": "制发、更换接口口令的告知",
}

HELP = {
    "token": "接口口令（给其他系统）",
}
