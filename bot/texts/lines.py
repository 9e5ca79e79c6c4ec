"""报送关系: whose reports go up to which office, as administrators see it in chat and command line."""

ADD_WORDS = frozenset({"加", "增加", "add"})

LIST = "报送关系（{count}）："
NONE = "还没有报送关系。"
LINE = (
    "{number}. {below} → {place}（{where}）\n    代收：{names}\n    {state}；{by}{day}提出{heard}{waiting}{dead}{error}"
)
HERE = "本系统"
ELSEWHERE = "对方系统 {origin}"
BY_COMMAND = "命令行"
OFFERED = "等对方管理员同意"
HOLDS = "{day}起有效"
OVER = "已结束"
HEARD = "；{at}连通过"
WAITING = "；{count}件在等"
DEAD = "；{count}件没送到，已请值班席打电话"
ERROR = "；现在不通：{error}"
EXAMPLE = "市委"
NOBODY = "（所辖预案没有写明上级）"
HOW = (
    "提出：/line 加 上级辖区 接收单位…\n"
    "例如 /line 加 ××市 {example}（接收单位是预案要报的、由对方值班室代收的）\n"
    "可写：{known}\n"
    "对方在另一套系统的，由维护机器的人用 tocsin line connect 接通；口令不要发在聊天里。"
)
AGREE, HASTEN, END = "同意 {number}", "立即再试 {number}", "结束 {number}"
ASK = (
    "{below}提出：预案要报给 {names} 的报告，经系统报送{place}值班席，由你们代收。\n"
    "同意后，对方值班员每次看过原文才报送；到达后和接口来的报告一样叫值班席，接报人和时间回给对方，"
    "你们启动的响应级别、终止、误报和要求核实的话也回给对方，别的不回。演练的有标记。双方任何一方随时可以结束。"
)
CONFIRM_AGREE, REFUSE = "同意代收", "不同意"
ASK_END = "结束 {below} → {place} 的报送关系（代收 {names}）？\n还在等的{waiting}件不再送，会请值班席打电话。"
CONFIRM_END = "确认结束"
ENDED_TOLD = "{below} → {place} 的报送关系（代收 {names}）已由对方管理员结束。以后请按预案打电话和报书面。"

MESSAGES = {
    "line_private": "报送关系只在私聊里办：请私聊我，发 /line。",
    "line_which": "您管理几个辖区，请写明是谁的报告：/line 加 {first} 上级辖区 接收单位…（可用：{places}）",
    "line_offered": "已向{place}的管理员提出，代收：{names}。对方同意后才能报送。",
    "line_nobody": "已记下，代收：{names}；但{place}还没有能收到消息的管理员，请当面告诉对方发 /line 同意。",
    "line_connected": "已接通 {place}（{origin}），标识 {id}。首次报送时核对口令的辖区。",
    "line_place": "本系统里没有“{given}”的预案。对方在另一套系统的，由维护机器的人用 tocsin line connect 接通。",
    "line_recipients": "“{given}”不是所辖预案写明要报的上级。可写：{known}",
    "line_itself": "不能报送给自己。",
    "line_round": "报告会绕回来：{way}。报送关系只能一级一级往上，没有提出。",
    "line_here": "没有接通：{place}就在本系统里（口令是本系统制发的，或本系统已有群服务{place}）。"
    "同一套系统里请由{below}的管理员用 /line 加。",
    "line_there": "到{place}的报送关系已经有了，没有再加。要改接收单位，请先结束再提出。",
    "line_taken": "“{name}”已由{place}代收；一个接收单位只能有一处代收。",
    "line_address": "没有接通：{problem}。",
    "line_address_part": "没有接通：网址只写到对方系统的地址，不写 /api/v1 和问号，例如 https://city.example.cn",
    "line_token": "没有接通：口令应是对方管理员制发的接口口令（tocsin_ 开头，范围“报告”）。",
    "line_agreed": "已同意：{below}的报告从现在起可以经系统报送{place}。",
    "line_over": "已结束：{below} → {place}。",
    "line_same": "早已如此，什么也没有改变",
    "line_changed": "内容和给您看的不同，没有同意；请发 /line 再看",
    "line_hastened": "正在再试",
    "line_shut": "请核对：{why}。{jurisdiction}经系统报到{place}的，现在报不上去，也收不到回音。"
    "请按预案打电话、报书面，并向{place}的管理员问清。"
    "换了口令的，由维护机器的人用 tocsin line end 结束后重新 connect。",
    "line_is_gone": "没有这个报送关系",
}

NOTICE_NAMES = {
    "line": "报送关系的回答",
    "line_offered": "报送关系的提议",
    "line_ended": "报送关系结束的告知",
    "line_shut": "对方不认口令的告知",
}

HELP = {
    "line": "报送关系",
}
