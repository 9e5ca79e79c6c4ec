"""The sentences of every notice."""

# --- the report
CALL_FIRST = "请先确认已拨打120/110。"
CALL_FIRST_DRILL = "演练中不要拨打120/110。"
RECEIPT = """*已记录 {number}*（{time}）。{emergency}
我读到：{read}。
{missing?}
原文只给值班室看。删除聊天不等于撤回。"""
RECEIPT_MISSING = "没有提到：{labels}。"
RECEIPT_NOTHING_READ = "没有读出数字，原文已交值班室"
RECEIPT_ASSUMED = "发生时间没有提到，暂按接报时间"
RECEIPT_FIGURE = "{label}{value}"
RECEIPT_NEUTRAL = """已记录，编号{number}（{time}）。{emergency}
值班室会联系报告人，请勿在群内传播未核实的消息。
{phone?}
{tap?}"""
RECEIPT_MERGED = """已记录{count}件报告：{numbers}（{time}）。{emergency}
值班室会联系报告人，请勿在群内传播未核实的消息。
{phone?}
{tap?}"""
RECEIPT_NUMBERS = "{first}至{last}"
SEAT_PHONE = "值班电话 {number}"
RINGS = "*【待接报】{count}件新报告（{first}号–{last}号）*"
RINGS_ONE = "• {title}（{name}，{time}）"
RINGS_MANY = "• {name}报了{count}件：最早 {first}；最近 {title}（{time}）"
RINGS_REST = "另有{people}人报的{count}件"
RINGS_DUE = "最早时限：{due}"
RINGS_ALL = "全部见 /todo"
RINGS_TAKE = "处理{number}号"
RINGS_REJECT = "这{count}件都不属实"
DUTY_RING = """*【待接报】{title}*
{figures}
{occurred}发生；信息来源：{informant}
{deadline?}
{stranger?}
{unplaced?}
{odd?}
{drill?}
{evidence?}"""
DUTY_RING_STRANGER = "报告人没有登记身份，未核实：请先打电话核实，不属实用 /reject。"
DUTY_RING_UNPLACED = "报告人没有说明是哪个辖区：请先问清地点，不属本地的请转告当地值班室。"
DUTY_RING_ODD = "原文说“{text}”，{why}。发生时间请问清，用 /update 改正。"
ODD_TIMES = {"future": "这个时间还没有到", "long_past": "那是一周以前"}
DUTY_RING_DRILL = "原文提到“演练”。没有用 /drill 发起的一律按真实事件办理；确是演练请先核实，再用 /reject 注明。"
DUTY_RING_DEADLINE = "{undetermined}最早时限：{name} {due}{citation}"
DUTY_RING_UNDETERMINED = "等级未定，按"
DUTY_RING_RAW = "原文：{text}"
DUTY_RING_EVIDENCE = "附材料{count}份"
EVIDENCE = "{number} 收到{kind}（{time}）。"
EDIT = """{number} {source}改了一条已记录的消息（{time}），记录没有变。
原：{before}
现：{after}
{changes?}"""
EDIT_CHANGES = "读出的变化：{changes}"
EDIT_NOTHING = "没有读出数字、地点或时间的变化。"
EDIT_PLACE = "地点{place}"
EDIT_TIME = "时间{time}"
EVIDENCE_LOST = "{number} 的{kind}没有存下：{why}"
EVIDENCE_LOST_WHY = {
    "large": "超过20 MB，机器人取不到，只留在聊天里。请另行保存原件。",
    "gone": "多次向Telegram取件未成。请向发送人再要一份。",
}
TAKEN = """{number} 值班员已接手（{time}）。请保持电话畅通，有变化直接发给我。
{phone?}
{tap?}"""
TAKEOVER = """*{seat}已接班*（{time}），提醒随值班席走。
{title}"""
TAKEOVER_NOTHING = "没有未完成的报送。"
RING_YOURSELF = """*{span}内无人接手 {number}，请立即拨打值班室 {phone}*。报告已保存，不用重写。
{tap?}"""
RING_YOURSELF_UNKNOWN = "（号码请查通讯录）"

# --- questions
QUESTION = """*{number} 请研判：{question}*{citation}
{figures}
答复只记为您的研判，是否启动由有权的人决定。"""
CONFLICT = """*{number} {label}数字不一，请取舍*
{claims}
程序不自动相加。取舍前按不一致报，两个数都说。"""
CONFLICT_CLAIM = "{source}：{value}{time}"
CONFLICT_TIME = "（{time}）"
DEATH_UNCONFIRMED = """*{number} 有{value}死亡的说法，未核实*（来源：{source}，{time}）
请立即向医院或现场核实。核实前对外说“正在核实”；按可能的更高等级计时。"""
OVERTAKEN = """*{number} 情况超出已作的认定，请重新认定事件等级*{citation}
已认定：{held}（{role}，{time}）
现在：{figures}
{reached?}
{possible?}
没有变的也请点一下，记为看过新情况后的认定。"""
OVERTAKEN_AGAIN = """*{number} 第{ordinal}次催问：请重新认定事件等级*{citation}
已认定：{held}（{role}，{time}）
现在：{figures}
{reached?}
{possible?}
认定前，更高等级的时限按可能计。"""
OVERTAKEN_CERTAIN = "按现有事实已达{level}{because}"
OVERTAKEN_PERHAPS = "属实即达{level}{because}"
OVERTAKEN_RISEN = "认定后又有伤亡消息；本预案对此没有分级标准，由有权的人认定"
OVERTAKEN_BECAUSE = "：{because}"
OVERTAKEN_POSSIBLE = "更高等级另须：{items}"
OVERTAKEN_JUDGEMENT = """*{number} 研判后又有伤亡消息，请重新研判：{question}*{citation}
已研判：{held}
现在：{figures}
没有变的也请点一下，记为看过新情况后的研判。"""
OVERTAKEN_JUDGEMENT_AGAIN = """*{number} 第{ordinal}次催问，请重新研判：{question}*{citation}
已研判：{held}
现在：{figures}"""
WORD_STANDS = "{number} 数字更正后，已认定的{held}没有超出，不用重新认定。"
WORD_STANDS_JUDGEMENT = "{number} 数字更正后，伤亡没有超出研判时的情况，不用重新研判。"
DUPLICATE = """*{number} 可能与{other}号是同一件*
{title}
程序不自动并案，两件的数字不相加。请确认。"""
UPDATE = "{number} 新情况（来源：{source}，{time}，未核实）：{facts}"
UPDATE_TEXT_ONLY = "文字补充，见原文"
CORRECTION = """*【更正{ordinal}】{number}*：{before}{old}有误。{time}核实：{new}。
请以本条为准，勿转发旧消息。
{told?}"""
CORRECTION_BEFORE = "{time}所报"
CORRECTION_OLD = "“{old}”"
CORRECTION_TOLD = "听到过旧数字的单位须补报更正：{names}。"

WHICH_PLAN = """*{number} 按哪个预案处置，请确认*
{title}
{text?}
暂按“{plan}”计时，确认前什么也不会丢。"""
PLAN_TAKEN = """{number} 按“{plan}”处置。不是的请点："""
PLAN_CHANGED = """*{number} 改按“{plan}”处置*，原按“{previous}”。
时限按新预案计算；已报的记录都在。"""

# --- deciding
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
RECIPIENT = "{name}，"
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
ROLE_HOLDERS = "{title}（{holders}）"
AGREED = """*{number} {roles}同意启动{level}级响应*{citation}
须共同决定，还差：{missing}。请打电话请示，口头同意的可代录。"""
JOINTLY = "{roles}共同"
PROPOSAL_WITHDRAWN = "{number} 启动{level}级响应的建议已撤回：情况有变，现有事实不再支持。"
DECLINED = "{number} {role}答复：暂不启动{level}级响应。情况有变时会再次建议。"
OFFER_DECLINED = "{number} {role}答复：不先启动较低级别。{level}级仍等{deciders}决定，值班室继续打电话。"
ANNOUNCEMENT = """*【{level}级响应】{title}*
事项：{matter}{figures}
级别：{kind}{level}级{citation}
预计期限：{expected}
处置措施{law}：{measures}
{declared}
{reason?}
{units?}
{informed?}"""
ANNOUNCE_FIGURES = "；{figures}"
ANNOUNCE_START = "启动"
ANNOUNCE_ADJUST = "由{previous}级调整为"
ANNOUNCE_OPEN = "另行通知"
ANNOUNCE_MEASURE = "{ordinal}. {text}"
ANNOUNCE_DECLARED = "{role}{acting}{time}宣布。"
ANNOUNCE_ORAL = "{role}{name}{time}电话宣布，记录人{recorded}，待补签。"
ANNOUNCE_REASON = "理由：{reason}"
ANNOUNCE_UNITS = "已通知{count}个单位：{names}{citation}"
ANNOUNCE_INFORMED = "另告知{count}个单位，无需出动。"
TO_SIGN = """*{recipient}请补签*：{number}，您{time}电话宣布{what}，记录人{recorded}。
属实请点“补签”；不属实请立即告诉值班室。
{phone?}"""
TO_SIGN_LEVEL = "{verb}{level}级响应"
TO_SIGN_END = "终止响应"

# --- units
WHOM_TO_CALL = """*{number} 请定通知哪些单位*：{level}级按事件类别点名{citation}，类别未定
已通知先期处置单位：{called}
选定类别后即通知该类单位；也可以用 /call 单位 逐个通知。"""
WHICH_BODY = """*{number} 请定{unit}是哪一个*：地点写的是“{place}”，看不出来
选定后即通知该单位，并给出电话。"""
RING_OWN = "{name}：与值班室同一电话，请当面通知"
RING_UNITS = """*{number} 请打电话叫应（{count}个单位）*
{lines}
接通后点单位登记“收到”，其他答复用 /ack 代记。"""
CALL = """*【{level}级响应】请{unit}*{ask}
{title}
{figures}
本单位职责：{duty}{citation}
去向：{place}
{lead?}
联系：{seat}{phone}
{tap?}"""
CALL_FIRST_TIME = "：收到请答复。"
CALL_DONE = "：已答复。"
CALL_AGAIN = "：尚未收到答复，请立即答复。"
CALL_LEAD = "牵头：{names}"
CALL_DUTY_NONE = "按预案承担任务"
SEAT_OFFICE = "{office}值班室"
CALL_ANSWERED = "{time}{name}答复：{status}"
INFORM = """{level}级响应告知：{title}（{clause}）
{unit}现不需要出动，请保持电话畅通，做好准备。"""
INFORM_LEVEL = """{title}：响应现为{level}级。
{unit}不需要再次答复，请按原任务和现场指挥要求继续。"""
INFORM_SILENT = """{title}：响应现为{level}级。
还没有收到{unit}的答复，请立即答复。"""
UNIT_CANNOT = """*{number} {unit}答复：来不了*{note}
请另行安排，并打电话问清。
{substitutes?}
{line}
{tap?}"""
UNIT_SUBSTITUTES = "同组可商请：{names}（{group}，{clause}）"
UNIT_NO_SUBSTITUTE = "预案没有写明由谁替补；可用 /call 再叫别的单位。"
UNIT_CANNOT_NOTE = "（{note}）"
SILENT_UNITS = """*{number} 未应答（{count}）*：{names}{more}
请立即在私聊里答复；值班室正在逐个打电话。"""

# --- reports owed
REMINDER_LEFT = "【还剩{span}】"
REMINDER_DUE = "【时限已到】"
REMINDER_OVERDUE = "【已逾期】"
REMINDER_NOW = "【立即】"
REMINDER = """*{head}{number} 报送提醒*
{items}
若已报未登记，点一下即可。
{climb?}
{quiet?}"""
REMINDER_QUIET = "这件已{days}天没有新的记录。处置完了，请{act}；还在处置，请用 /update 记一笔。"
REMINDER_QUIET_END = "终止"
REMINDER_QUIET_CLOSE = "报完终报后归档"
REMINDER_LEADER = """*{head}{number} 报送尚未登记，请督促*
{items}
值班：{seat}；值班电话 {phone}"""
TOGETHER_HEAD = "*【提醒】{count}件事件有要办的*{late}"
TOGETHER_FOOT = "若已报未登记，点编号登记；/todo 看全部。"
TOGETHER_ITEM = "{bearer}{name} {due}{overdue}，还差：{left}"
TOGETHER_BEARER = "{bearer}应报："
TOGETHER_POSSIBLE = "请判明等级（{applies}）：{name} {due}"
TOGETHER_UNITS = "请打电话叫应（{count}）：{names}"
TOGETHER_DECIDER = "请打电话请示是否启动{level}级响应：{roles}"
REMINDER_OTHERS = """*{number} 请核对他人应报的报告*
{items}
已报的请登记，未报的请催。"""
REMINDER_BESIDE = """*{number} 与{other}号是不是同一件还没有定*，报送提醒先随{other}号发；到时限仍未报的单独提醒。
{items}
请确认：并案，或不是同一件。"""
REMINDER_ITEM = "{name} {due}{overdue}{citation}，还差：{left}"
REMINDER_OTHER_ITEM = "{bearer}应报：{name} {due}{citation}，还差：{left}"
REMINDER_LATE = "，已过{span}"
REMINDER_CLIMB = "{time}仍未登记，将同时提醒{role}。"
REMINDER_POSSIBLE_BY = "在{due}"
REMINDER_POSSIBLE = """*{number} 请{by}判明事件等级*
{items}
届时仍无法判明，按“暂时无法判明”的时限报。"""
REMINDER_UNSURE = """*{number} 请核实数字，属实须立即报*
{items}
核实后点“已核实”或用 /verify，不属实的用 /update 写明。"""
REMINDER_POSSIBLE_ITEM = "{applies}：{name} {due}{citation}"
RAISED = """*{number} 等级上调为{level}*
时限仍从事发起算，已过的请立即补报；记录注明“上调后补报”。
{items}"""
LEVEL_LATE = """*{number} {what}，请立即报*
时限从事发或接报起算，不从认定起算；已过的请立即报完。
{items}"""
LEVEL_DETERMINED = "等级认定为{level}"
LEVEL_BY_FACTS = "按现有事实"
DUE_MOVED = """*{number} 报送时限有变，以此为准*
{items}
原因：发生时间、等级或数字有变化。"""
CORRECTION_DUE = """*{number} 请立即更正*：{names}听到过旧数字。
{corrected}
{due}报完{citation}"""
VERIFICATION = """*{number} {name}要求核实，{due}答复*{citation}
{question?}
现在：{figures}"""
QUESTION_ASKED = "所问：{question}"
FOLLOWUP_DUE = """*{number} 伤亡有变化，立即续报*{citation}
现在：{figures}
{heard}"""
HEARD = "上次听到：{figures}，{time}"
NOT_HEARD = "尚未听到"

# --- the end
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
AFTER_WORK = "{text}：{by}{citation}"
CLOSED = "{title} 已归档（{time}）。"
REOPENED = "{title} 已重开（{time}），状态：{state}。{reason}"
REJECTED = """*{title} 核实为误报*（{time}）。
{reason?}
请勿转发旧消息。"""
REJECTED_REPORTER = "{number} 经核实为误报，已结束（{time}）。如有新情况请再报。"
REJECTED_UNIT = "{title} 经核实为误报（{time}）。{unit}不需要出动；已出动的请返回。"
MERGED = "{title} 已并入{into}号（{time}），以后在{into}号处理。数字没有相加。"
MERGED_REPORTER = "{number} 与{into}号是同一件，已并案（{time}）。新情况请直接发给我，会记入{into}号。"
MERGED_UNIT = "{title} 已并入{into}号（{time}）。{unit}请以{into}号的通知为准，已出动的按现场指挥要求继续。"
REASON = "原因：{reason}"

# --- drills
DRILL_PAUSED = "*{number} 演练暂停*（{time}）。提醒和催办停止。"
DRILL_RESUMED = "{number} 演练继续（{time}）。"
DRILL_JUMPED = "{number} 演练时间跳过{span}，现为{time}。"

NEUTRAL = "{number} 有新情况，有关人员请看私聊。"

# --- one line for the timeline of `tocsin simulate`
CARD_ACK = "{unit}：{status}"
CARD_UPDATED = "{number} 现场卡更新"
SHEET_FILED = "{report} 已报 {name}"
SHEET_VAIN = "{name}{outcome}"
SHEET_UPDATED = "{number} 值班工作单更新"
