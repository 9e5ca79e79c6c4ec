"""Who may look by browser: the board's links and sessions, the wall's pairing; also the small pages before either."""

SESSIONS = "现在打开着的（{count}）："
SESSION = "{number}. {opened}打开，来自{address}，最近查看{seen}，{until}到期"
SESSION_LEAVE = "退出 {number}"
SESSION_LEAVE_ALL = "全部退出"
OPENED = "您的看板已打开：{at}，来自{address}。\n不是您本人打开的，请马上点「退出」，并告诉管理员。"
OPENED_LEAVE = "退出"
OUTSIDE = "{address}（单位网络之外）"
HERE = "{address}（机器人所在的机器，或反向代理没有传来地址）"
LEAVE_WORDS = frozenset({"退出", "退出全部", "全部退出"})
"""What is said behind the command to end all sessions."""

WALL_ASK = (
    "有一个屏幕在等待配对：\n"
    "配对码　{code}\n"
    "开始等待　{since}\n"
    "来自　{address}\n"
    "{places}\n"
    "请看着屏幕核对：码一样、就是值班室的那一个，再点确认。配对码{until}前有效。\n"
    "大屏不显示个人手机号和报告原文；配对后 /wall 可随时解除。"
)
WALL_ASK_ONE = "确认后显示　{jurisdiction}"
WALL_ASK_SEVERAL = "请选它显示哪一个："
WALL_CONFIRM = "确认，显示{jurisdiction}"
WALLS = "已配对的大屏（{count}）："
WALLS_NONE = "还没有配对的大屏。"
WALL = "{number}. {jurisdiction}，{by}{day}配对，来自{address}，{seen}，{until}到期"
WALL_SEEN = "最近在线{at}"
WALL_UNSEEN = "还没有打开"
WALL_SOMEBODY = "某人"
WALL_END = "解除 {number} {jurisdiction}"
WALL_ENDS = "这些大屏的配对快到期了，到期那天屏幕会变回配对码："
WALL_ENDS_LINE = "{number}. {jurisdiction}，{day}配对，来自{address}，{until}到期"
WALL_ENDS_HOW = "还挂在值班室的，点一下续半年；不用了的，发 /wall 解除。"
WALL_RENEW = "续半年 {number} {jurisdiction}"
WALL_HOW = "配对新的：在屏幕的浏览器里打开 {url} ，看到配对码后发 /wall 配对码"

MESSAGES = {
    "board_link": (
        "用浏览器打开（只限本人，只能用一次，10分钟内有效）：\n{link}\n"
        "打开后12小时到期；身份解除、停用机器人时立即退出。请不要转发。发 /board 退出全部 可随时全部退出。"
    ),
    "board_private": "看板的链接只发给本人：请私聊我，发 /board。",
    "board_direct": "请用自己的账号直接发 /board；转发的、修改过的不算。",
    "board_unset": (
        "还没有开通网页。请维护机器的人在设置里写 TOCSIN_BOARD_URL（大屏和看板的 https 网址），重新启动机器人；"
        "怎样设置见运行手册 deploy/runbook.md。"
    ),
    "board_nothing": "您管理的辖区还没有指挥群绑定预案，看板和大屏没有可看的内容。请先在指挥群发 /bind 绑定预案。",
    "board_left": "已退出。",
    "board_left_all": "已全部退出（{count}个），没有用过的链接也已作废。",
    "board_gone": "早已退出或到期，什么也没有改变。",
    "wall_where": "大屏的配对码请私聊发给我，或发在已绑定的指挥群里。",
    "wall_code": "“{given}”不是配对码：配对码是屏幕上的{length}个字母和数字，例如 /wall AC3 K9M",
    "wall_over": "没有屏幕在显示这个码：码每10分钟换一次，请看屏幕上现在的码，再发一次。",
    "wall_paired": "已配对，屏幕几秒后显示{jurisdiction}。解除：/wall",
    "wall_many": "已有{most}个大屏，请先用 /wall 解除不用的。",
    "wall_renewed": "已续：{jurisdiction}的这个大屏再显示半年。",
    "wall_ended": "已解除{jurisdiction}的这个大屏，屏幕几秒后不再显示。",
    "wall_gone": "早已解除或到期，什么也没有改变。",
}

NOTICE_NAMES = {
    "board_link": "看板的链接",
    "board": "看板的回答",
    "board_opened": "看板已打开的告知",
    "wall": "大屏的回答",
    "wall_ends": "大屏配对快到期的提醒",
}

PAGE_CODE_TITLE = "值班室大屏 · 等待配对"
PAGE_CODE = "配对码"
PAGE_CODE_HOW = "请管理员私聊机器人（或在指挥群）发送 /wall {code}"
PAGE_CODE_UNTIL = "{until}前有效，到时自动换新"
PAGE_MOMENT_TITLE = "正在打开"
PAGE_MOMENT = "已配对，正在打开大屏……"
PAGE_FULL_TITLE = "暂时不能配对"
PAGE_FULL = "等待配对的屏幕太多，或打开得太频繁。几分钟后自动再试。"
PAGE_ENTER_TITLE = "打开看板"
PAGE_ENTER = "这个链接只限收到它的本人使用，只能用一次。"
PAGE_ENTER_BUTTON = "打开看板"
PAGE_OVER_TITLE = "链接已失效"
PAGE_OVER = "这个链接已经用过、作废或超过10分钟。请私聊机器人发送 /board，取一个新的链接。"
PAGE_CLOSED_TITLE = "请从机器人打开"
PAGE_CLOSED = "没有登录，或已经退出、到期。请私聊机器人发送 /board，取一个链接。"
PAGE_AGAIN = "我刚打开过，再试一次"
PAGE_LEFT_TITLE = "已退出"
PAGE_LEFT = "已退出看板，可以关闭这一页。"
PAGE_REFUSED_TITLE = "不能这样打开"
PAGE_REFUSED = "请求不是从本站的网页发出的，没有执行。请直接用机器人给的网址打开。"
PAGE_BUSY_TITLE = "请稍候"
PAGE_BUSY = "来自这里的请求太多，请过一分钟再试。"
PAGE_DOWN_TITLE = "暂时打不开"
PAGE_DOWN = "数据库暂时没有回答，几秒后自动再试。紧急情况请用机器人或电话。"
PAGE_BROKEN_TITLE = "这一页出错了"
PAGE_BROKEN = "程序没能显示这一页，已记入日志。机器人照常工作，请在机器人里看；维护机器的人请查日志 web.failed。"
PAGE_NOWHERE_TITLE = "没有这一页"
PAGE_NOWHERE = "没有这一页。"

HELP = {
    "board": "看板（网页）",
    "wall": "值班室大屏",
}
