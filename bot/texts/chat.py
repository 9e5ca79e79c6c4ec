"""What is said in conversation: confirmations, pop-ups, how a command is written. No figures, no clauses."""

TEXTS = {
    "see_private": "请私聊我继续（先点“开始”）。",
    "not_bound": (
        "本群还没有绑定预案，您也还没有登记身份。\n"
        "管理员请在群里发 /bind；其他人请用 /join 登记身份。\n"
        "紧急情况请先拨打120、110、119。"
    ),
    "stranger": (
        "您还没有登记身份，不能这样做。\n"
        "要报告，直接发文字、语音或照片就行，值班室会看到（注明“未登记”）。紧急情况请先拨打120、110、119。\n"
        "有职务的请用 /join 登记身份，或打开管理员发给您的邀请链接。"
    ),
    "channel_no_report": "以频道身份发的不作为报告记录。要报告，请用本人账号发 /report 加一句话。先打120/110。",
    "nobody_serves": (
        "这里还没有开通值班，报告没有人能收到。\n请立即拨打120、110、119。\n管理员请把我加到指挥群，在群里发 /bind。"
    ),
    "stranger_full": (
        "您这一小时发来的已经很多，都已记录，再发的这一小时内记不下了。\n"
        "有新情况请直接拨打值班室{number}；紧急情况请先拨打120、110、119。"
    ),
    "where_is_it": (
        "已收到，正在保留您的话。请点事发地，马上交给那里的值班室。\n"
        "请先确认已拨打120/110。一分钟内没有点，就交给最可能的一处。"
    ),
    "placed_elsewhere": "报告人说明事发地在{jurisdiction}，已同时报给那里的值班室。",
    "report_how": (
        "请在 /report 后面写清：什么时间、什么地点、发生什么、伤亡几人。\n"
        "例如：/report 3时02分宿舍楼楼梯踩踏，4人受伤，已拨120\n"
        "私聊我时直接发文字、语音或照片即可。"
    ),
    "report_how_plain": (
        "请在 /report 后面写清：什么时间、什么地点、发生什么、影响多大。\n私聊我时直接发文字、语音或照片即可。"
    ),
    "report_now_plain": (
        "请发一句话：什么时间、什么地点、发生什么、影响多大。也可以按住话筒说，或发照片。\n"
        "有人遇险请先拨打120、110、119。"
    ),
    "report_now": (
        "请发一句话：什么时间、什么地点、发生什么、伤亡几人。也可以按住话筒说，或发照片。\n"
        "紧急情况请先拨打120、110、119。"
    ),
    "edited": "修改原消息不会改变已经记录的内容。请另发一条，或用 /update 写明变化。",
    "edit_noted": "{number}号：看到您改了消息。原记录不变，已请值班室决定是否采用。",
    "not_yours": "这里由值班员或指挥部人员办理。",
    "drill_how": (
        "请写明演练的第一份报告，或怎样控制演练。\n"
        "例如：/drill 实验小学宿舍楼踩踏，4人受伤\n"
        "/drill 暂停，/drill 继续，/drill 跳到下一时限"
    ),
    "drill_which": "现在有几场演练，请写明编号，例如：/drill 暂停 演1",
    "drill_none": "没有找到进行中的演练。",
    "update_how": (
        "没有读到新的数字、地点或时间。\n例如：/update 受伤升至6人，其中重伤1人\n也可以回复事件消息再发 /update。"
    ),
    "correct_how": "请写明哪个数字改成多少。\n例如：/correct 死亡0人，区医院23:05核实",
    "judge_how": "请写明条款和是否成立。\n例如：/judge 4.3.2(1) 是\n本预案可研判：{clauses}",
    "resolve_how": (
        "请写明哪一项、以谁为准。\n例如：/resolve 受伤 报告人，或 /resolve 受伤 相加\n现在说法不一的有：{conflicts}"
    ),
    "declare_how": "请写明级别，可带理由。\n例如：/declare Ⅱ 受伤人数增加\n本预案的级别：{levels}",
    "oral_how": (
        "请写明谁说的、决定什么。\n例如：/oral 指挥长 启动 Ⅰ，/oral 办公室主任 暂不启动，/oral 办公室主任 终止\n"
        "本预案的职务：{roles}"
    ),
    "file_how": (
        "请写明报送类别，可带对象、方式、时间、接报人。\n例如：/file 首报 市委 电话 3:15 接报张三\n可用类别：{reports}"
    ),
    "waive_how": "请写明值班工作单上的序号和理由。\n例如：/waive 2 市政府明确不需书面报告",
    "merge_no_such": "没有找到{number}号，没有并案。",
    "call_how": "请写明要再叫哪些单位。\n例如：/call 区消防救援大队\n还没有叫应的：{units}",
    "called_more": "{number}号：已叫应{units}。",
    "ack_how": "请写明单位和答复。\n例如：/ack 区消防救援大队 已出发",
    "request_how": "请写明哪一家要求核实、核实什么。\n例如：/request 市委 核实年级\n对象：{recipients}",
    "merge_how": "请写明并入哪一号。\n例如：/merge 18 17（把18号并入17号）",
    "fix_one": "请回复这条消息，写出要改的内容，例如“受伤5人”。",
    "updated": "已记录到{number}号。",
    "plan_chosen": "{number}号按“{plan}”处置。",
    "added": "已记到{number}号，值班室会看到。如果是另一件事，请用 /report 报告。",
    "corrected": "{number}号已更正。已向听到旧数字的单位列出更正任务。",
    "verified": "{number}号已核实。事件等级还没有判明，时限照旧；判明了请发 /verify {number} 一般（或其他等级）。",
    "verified_level": "{number}号已核实，事件等级判明为{level}。",
    "verified_level_kept": "{number}号已核实，事件等级仍为{level}。",
    "verified_unknown": "{number}号已核实，事件等级记为暂时无法判明，按其时限报。",
    "verified_plain": "{number}号已核实。",
    "judged": "{number}号的研判已记录。",
    "resolved": "{number}号的数字已确定。",
    "filed": "{number}号的报送已登记，60秒内可 /undo 撤回。",
    "waived": "{number}号的这一项已免报，理由已记录。",
    "requested": "{number}号：上级核实要求已记录，30分钟时限已开始。",
    "acknowledged": "{number}号：已记录“{status}”，60秒内可 /undo 撤回。",
    "undone": "{number}号：已撤回上一步。",
    "ended": "{number}号已终止。",
}
"""Messages by key."""

POPUPS = {
    "reported_by_key": "已记录，请接着补充",
    "placed_already": "已经交给那里的值班室",
    "stranger_own": "您这一小时已报告多件，暂时记不下新的。请直接拨打值班室{number}；紧急情况请先拨打120、110、119。",
    "stranger_all": "现在未登记人员的报告太多，暂时记不下。请直接拨打值班室{number}；紧急情况请先拨打120、110、119。",
    "button_unknown": "这个按钮已经失效，什么也没有改变。请以最新消息为准。",
    "button_stale": "这件事已经处理过或有了变化，什么也没有改变。请看最新的卡片。",
    "rejected_many": "已把{count}件记为不属实",
    "handled": "已接手，请看下面的话术",
    "judged": "研判已记录",
    "determined": "等级认定已记录",
    "unsure": "好的，先按现有时限报送。有把握时再点。",
    "resolved": "数字已确定",
    "confirmed": "已记录",
    "answered": "已记录，60秒内可撤回",
    "adopted": "已采用，按修改后的记录",
    "kept_record": "未采用，记录不变",
    "merged": "已并入{number}号",
    "noted": "已记录",
    "declared": "已宣布，正在通知单位",
    "agreed": "已记下您的同意，正在请其他人决定",
    "when_told": "请点实际通话时间",
    "changed_since": "显示给您之后情况有变化，这次没有执行。请按最新的内容再确认一次。",
    "ask_again": "系统刚恢复，这次按键可能是之前的。请再确认一次。",
    "recorded": "已代录并公布，待补签",
    "noted_oral": "已代录",
    "ended": "已宣布终止",
    "nothing_done": "已返回，什么也没有改变",
    "signed": "已补签",
    "acknowledged": "已记录：{status}。60秒内可撤回",
    "called_more": "已叫应",
    "body_named": "已选定",
    "unheard": "已记录没接通，请过几分钟再打，或打其他号码",
    "filed": "已登记",
    "try_next": "请拨打下一个号码；接通后可代录。",
    "requested": "已记录，30分钟内答复",
    "undone": "已撤回",
    "closed": "已归档",
    "plan_chosen": "已按“{title}”处置",
    "no_incident": "没有找到这个事件",
    "oral_by_duty": "口头决定只由值班员代录",
    "drill_by_office": "演练由本地的值班员或指挥部人员发起，没有开始。真有险情请用 /report 报告。",
    "not_yours": "这里由值班员或指挥部人员办理",
    "drills_paused": "已暂停{count}场演练",
    "no_drill": "没有要暂停的演练",
    "pause_drills": "暂停演练",
    "sure": "属实，照此记录",
}
"""Pop-ups by key, at most 200 characters."""

OUTRUN = "{time} {said}，这次没有改变什么。"
OUTRUN_HANDLED = "{name}已接手"
OUTRUN_DECLARED = "{role}已宣布{level}级响应"
OUTRUN_DECLINED = "{role}已答复暂不启动{level}级响应"
OUTRUN_ENDED = "{role}已宣布终止"
OUTRUN_CLOSED = "{name}已归档"
OUTRUN_FILED = "{name}已登记{report}报{to}"
OUTRUN_ANSWERED = "{unit}已答复“{status}”（{name}）"

WHICH_NONE = "现在没有进行中的事件。"
WHICH_NO_SUCH = "没有找到{number}号。"
WHICH_HEAD = "现在有{count}个事件，请在命令后写明编号："
WHICH_LINE = "{number}号　{state}　{time}接报"
WHICH_DRILL = "演{number}号　{state}　{time}接报"
REPORT_KINDS = "也可以先点下面的类别，马上记录，再补充。"
REPORTED_BY_KEY = "{kind}（按键报告，详情待补）"
WHEN_TOLD = (
    "{number}号 系统刚恢复：“{name}已报”是离线期间点的，还没有登记。\n"
    "请点实际通话时间；别的时间请发，如：/file 首报 {name} 03:20"
)
DECLINE_AGAIN = "{number}号：{level}级响应是否暂不启动？"
OTHER_PLAN = "{number} 已改按“{plan}”处置，见该预案的指挥群。"
ORAL_WHO = "{number}号：谁在电话里作的决定？（{what}）"
ORAL_START = "启动{level}级响应"
ORAL_END = "终止响应"
OTHERS_OPEN = "另有进行中：{numbers}{more}。/todo 看全部"
OTHERS_MORE = "等{count}件"
DRILL_NUMBER = "演{number}号"
HANDED_OVER = "{number}号的值班工作单已交给{name}（{time}）。"
HANDED_OVER_SOMEBODY = "{number}号的值班工作单已交给别人。"

REJECT_MANY = "{name}报的这{count}件都记为不属实？"
REJECT_MANY_MORE = "另有{count}件，这些确认后再列。"
REJECT_MANY_ALL = "确认后不再提醒；有一件在此期间有了变化，就一件也不记，重新列给您看。"
REJECT_MANY_KEY = "确认{count}件不属实"
REJECTED_TOGETHER = "值班席核实：{name}所报{count}件均不属实"

UNDELIVERABLE = "{number}号：给{to}的{what}送不到。"
UNCERTAIN = "{number}号：给{to}的{what}不知道是否送到（网络没有回音，已重发）。"
RING_INSTEAD = "请改打电话{phone}。"
RING_SOMEHOW = "请改用电话或当面通知。"
WHAT_IT_SAID = "内容：{text}"
PASSED_ON = "指挥群里发不出这条消息，单独发给您："
TOPICS_REFUSED = (
    "“{title}”里不能为{number}号建话题，都发在 General。请群管理员给机器人“管理话题”权限，不要关闭 General。"
)
SOMEBODY = "对方"
WHAT_OTHER = "消息"
WHAT = {
    "call": "叫应",
    "call_again": "再次叫应",
    "duty_ring": "待接报提醒",
    "proposal": "启动请示",
    "proposal_again": "启动请示",
    "proposal_widened": "启动请示",
    "announcement": "响应公告",
    "reminder": "报送提醒",
    "reminder_possible": "定级提醒",
    "ring_yourself": "“请直接打电话”的提醒",
    "unit_cannot": "单位不能到场的消息",
    "death_unconfirmed": "死亡待核实的消息",
    "card": "事件卡片",
    "ended": "终止公告",
    "correction": "更正",
}
"""What a message was, by the key of its notice."""

ABSENT = "离线 {since}–{until}，补发提醒{count}条（已注明补发）。"
ABSENT_NOTHING = "离线 {since}–{until}，没有漏发提醒。"
ABSENT_OPEN = "现有{count}个进行中的事件，请用 /todo 核对。"

KEYBOARD = {"report": "🚨 报告事故", "todo": "📋 我的待办", "status": "📌 当前事件", "phone": "☎ 查电话"}
"""The keys that stay under the private chat."""

MEDIA = "{number}号 {kind}（{time}，{who}）"
"""Under a photo, voice message or file that the duty seat sees."""

MENU = {"help": "帮助"}
"""What the menus show besides the commands of the help."""
