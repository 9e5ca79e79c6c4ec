"""Help, and the one-page record."""

HELP_HEAD = "*警钟*：按预案办理突发事件。"
HELP_LINE = "/{command} {text}"
HELP_MORE = "其他操作都有按钮；全部命令见菜单。"
HELP_REPORT = "任何人可以报告：直接发文字、照片或语音，或点“报告事故”。先打120/110。"
HELP_NEUTRAL = "要报告，请发 /report 加一句话。先打120/110。值班电话 {number}。"
COMMANDS = {
    "report": "报告",
    "update": "续报事实",
    "correct": "更正",
    "status": "事件",
    "todo": "我的待办",
    "file": "报送",
    "declare": "启动或调整",
    "oral": "代录",
    "end": "终止",
    "ack": "收到或代记",
    "call": "再叫单位",
    "phone": "电话",
    "who": "职责",
    "plan": "条款",
    "shift": "接班",
    "setup": "安装检查",
    "bind": "绑定本群",
    "invite": "邀请",
    "roll": "叫应测试",
    "channels": "其他通知方式",
    "duty": "谁在值班",
    "roster": "值班表",
    "join": "登记身份",
    "delegate": "授权代行",
    "me": "我的身份",
}
FOR_ROLE = {
    "admin": ("setup", "bind", "invite", "roll", "roster", "phone"),
    "duty": ("todo", "status", "file", "oral", "shift", "duty"),
    "leader": ("status", "declare", "end", "todo", "phone", "delegate"),
    "liaison": ("ack", "todo", "update", "status", "phone", "who"),
    "stranger": ("report", "update", "join", "me"),
    "reporter": ("report", "update", "status", "phone", "join", "me"),
}

EXPORT_HEAD = "{title} 处置记录"
EXPORT_PLAN = "预案：{title}（{document}），版本 {version}"
EXPORT_TIMES = "发生 {occurred}；接报 {reported}；核实 {verified}"
EXPORT_LEVELS = "事件等级：{event}；状态：{state}"
EXPORT_FIGURES = "数字：{figures}"
EXPORT_SECTION = "【{name}】"
EXPORT_DECISIONS = "决定"
EXPORT_REPORTS = "报送"
EXPORT_UNITS = "单位"
EXPORT_CORRECTIONS = "更正"
EXPORT_MATERIAL = "材料"
EXPORT_EVIDENCE = "{ordinal}. {kind}，{time}{sender}：{state}"
EXPORT_SENDER = "（报告人）"
EXPORT_KEPT = "已存，{size} KB，SHA-256 {digest}…"
EXPORT_NOT_KEPT = {"": "正在取件", "place": "记录在册", "large": "超过20 MB，未存", "gone": "取件未成，未存"}
EXPORT_READINGS = "解读和本地规定"
EXPORT_DECISION = "{time} {role}{name}{verb}{level}{oral}{reason}"
EXPORT_DECISION_LEVEL = "{level}级响应"
EXPORT_DECISION_END = "响应"
EXPORT_ORAL = "（电话宣布，记录人{recorded}，{signed}）"
EXPORT_SIGNED = "已补签"
EXPORT_UNSIGNED = "未补签"
EXPORT_REASON = "；理由：{reason}"
EXPORT_ROW = "{ordinal}. {name}，{due}{citation}：{status}{late}{reason}"
EXPORT_BEARER = "（{name}应报）"
EXPORT_NOT_CONFIRMED = "未登记"
EXPORT_LATE = "，迟{span}"
EXPORT_OVERDUE = "，已过{span}"
EXPORT_MISSED = "，当时已逾期{span}未报"
EXPORT_TOLD = "　{told}"
EXPORT_FILING = "{name} {time} {channel}{taker}{recorded}"
EXPORT_TAKER = "，{taker}接"
EXPORT_RECORDED = "，{time}登记"
EXPORT_RECEIVED = "　{name} {time} 接报时已收到"
EXPORT_RANG = "　{name} {time} {outcome}"
EXPORT_NOT_TOLD = "　{name} 未报"
EXPORT_EXCUSED = "　{name} 免报"
EXPORT_BESIDE = "以上各项之外另报："
EXPORT_BESIDE_LINE = "　{report} {told}"
EXPORT_ROUND = "第{round}次叫应（{level}级，{time}，{count}个单位）"
EXPORT_UNASKED = "未叫应、自行答复（{count}个单位）"
EXPORT_UNIT = "　{name}：{answers}{rung}"
EXPORT_ANSWER = "{status} {time}{notes}"
EXPORT_TOOK = "用时{span}"
EXPORT_SILENT = "　未应答（{count}）：{names}"
EXPORT_CORRECTION = "更正{ordinal}（{time}）：{text}听到过旧数字：{told}"
EXPORT_NONE = "无"
EXPORT_READING = "{clause}：{taken}"
EXPORT_LOCAL = "{name}的时限为本地规定"
EXPORT_INTEGRITY = "记录完整性：{line}"
EXPORT_INTEGRITY_OPEN = "未检查"
EXPORT_MADE = "导出时间：{time}"
