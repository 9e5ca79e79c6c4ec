"""Where an incident stands, and what is open."""

STATUS_STATE = "状态：{state}；{verified}"
STATUS_VERIFIED = "{time}核实"
STATUS_NOT_VERIFIED = "未核实"
TODO_HEAD = "*待办*（{count}项）"
TODO_NONE = "没有待办。"
TODO_DESK = "*值班室*"
TODO_OWN = "*交办给您的*"
TODO_INSTRUCTED = "{called} {by}：“{text}”　{due}{late}{status}"
TODO_INSTRUCTED_STATUS = {"sent": "　还没有回执", "received": "", "returned": "　退回重办"}
TODO_NOTICED = "{called} “{text}”　还没有回执"
TODO_INCIDENT = "*{title}*"
TODO_ITEM = "{due} {name}{citation}，还差：{left}"
TODO_ITEM_OVERDUE = "*逾期* {due} {name}{citation}，还差：{left}"
TODO_POSSIBLE = "{due} 应先判明等级，关系到{count}项报送{citation}"
TODO_UNSURE = "数字待核实，属实{due}报{name}{citation}"
TODO_TASK = "{due} {bearer}办：{name}{citation}"
TODO_DECIDE = "待决定：{level}级响应（{clause}），{time}建议"
TODO_QUESTION = "待研判：{question}（{clause}）"
TODO_OVERTAKEN = "待重新认定等级：原为{level}，{time}起情况已超出"
TODO_OVERTAKEN_JUDGEMENT = "待重新研判：{question}（{clause}），{time}起又有伤亡消息"
TODO_CONFLICT = "数字不一，待取舍：{labels}"
TODO_DEATH = "死亡的说法待核实"
TODO_SIGN = "待补签：{roles}"
TODO_UNHANDLED = "无人接手，{time}接报"
TODO_UNITS = "未应答（{count}）：{names}"

HELP = {
    "status": "事件",
    "todo": "我的待办",
}
