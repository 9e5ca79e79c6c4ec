"""Why something was refused, and what to do instead: one pair for every key of ``plans.decide``."""

REFUSALS = {
    # --- the case
    "changed_since": ("显示给您之后情况有变化，这次没有执行", "请按最新的内容再确认一次"),
    "undo_not_yours": ("您已没有作出这一步时的身份，不能再撤回", "有误请告诉值班员更正"),
    "oral_by_duty": ("口头决定只由值班员代录", "请把决定告诉值班员；您本人有权的，请直接发 /declare 或 /end"),
    "drill_by_office": ("演练由值班员或指挥部人员发起", "真有险情请用 /report 报告"),
    "no_incident": ("没有找到这个事件", "请写明编号，如“/status 17”"),
    "already_reported": ("{number}号已经立案", "新情况请用 /update"),
    "not_running": ("{state_name}的事件不能再做这一步", "请先看 /status；已归档的可由值班员 /reopen 重开"),
    "no_authority_that_way": ("{way}不算数：看不出是谁本人", "请用自己的账号直接发送或点按钮"),
    "staff_only": ("这一步由值班员或指挥部人员办理", "请把情况告诉值班室"),
    "outsider": ("您不是本事件的报告人，也没有登记身份", "新情况请用 /report 报告；有职务的请用 /join 登记身份"),
    "same_plan": ("本来就按“{plan}”处置", "不用再选"),
    "plan_settled": ("{number}号已经启动或结束响应，仍按“{plan}”处置", "确需改的，请先终止，再按另一预案报告"),
    "unknown_plan": ("没有“{given}”这个预案，或没有指挥群绑定它", "可用：{known}"),
    # --- event level and judgement
    "not_yours_to_determine": ("事件等级不由您认定", "请把情况告诉有权认定的人"),
    "already_determined": ("事件等级已经是{level_name}", "不用重复认定"),
    "unknown_event_level": ("本预案没有“{given}”这个事件等级", "可用：{known}；说不准请选“暂时无法判明”"),
    "already_verified": ("{at}已经核实", "有新数字请用 /update，数字有误请用 /correct"),
    "already_judged": ("“{fact}”已经这样研判", "情况有变请另选一项"),
    "unknown_judgement": ("没有“{given}”这一项研判", "可研判的条款：{known}"),
    "not_yours_to_judge": ("这一项研判不由您作出", "请把情况告诉有权研判的人"),
    # --- figures
    "nothing_new": ("没有读到新的数字、地点或时间", "请写明变化，如“/update 受伤升至6人”"),
    "unknown_class": ("本预案没有“{given}”这一类别", "可用：{known}"),
    "unknown_fact": ("本预案没有“{given}”这一项", "可用：{known}"),
    "bad_value": ("“{fact}”的值看不懂：{problem}", "请写数字，如“{fact}3”，或“30至39”“至少3”“不明”"),
    "deaths_fall": (
        "死亡人数由{old_value}降为{new_value}，请再确认一次",
        "属实请确认；已报出的数字有误请用 /correct 更正",
    ),
    "time_ahead": ("时间{given}还没有到", "请核对时间，写北京时间，如“3时02分”"),
    "later_needs_reason": ("发生时间由{old}改到更晚的{new}，须由值班员写明理由", "请值班员补上理由再发"),
    "nothing_to_correct": ("数字与现有的相同，没有可更正的", "请写上正确的数字，如“/correct 死亡0”"),
    "no_conflict": ("“{fact_name}”只有一个来源，没有可取舍的", "新数字请用 /update"),
    "cannot_sum": ("“{fact_name}”有来源没有给出数字，不能相加", "请先问清各来源的数字"),
    "unknown_source": ("没有来自“{given}”的数字", "现有来源：{known}"),
    # --- response level
    "unknown_level": ("本预案没有{given}级响应", "可用：{known}"),
    "level_missing": ("没有写明响应级别", "请写上级别，可用：{known}"),
    "already_declared": ("{level}级响应已经启动", "不用重复启动；要调整请写另一级别"),
    "already_agreed": ("您已同意启动{level}级响应", "须共同决定，等其他人同意后自动发布；请值班员打电话请示"),
    "not_yours_to_declare": ("{level}级响应不由您宣布", "请值班员打电话请示；口头决定的可用“代录”"),
    "not_yours_to_decide": ("是否启动{level}级响应不由您决定", "请值班员打电话请示有权的人"),
    "no_proposal": ("现在没有待决定的启动建议", "要主动启动请用 /declare"),
    "reason_for_other_level": ("建议的是{proposed}级，您选了{level}级，请写明理由", "写上理由即可宣布，理由写入记录"),
    "unknown_unit": ("预案里没有这些单位：{given}", "请按预案的单位名称填写，可用 /phone 查"),
    "unknown_decision": ("没有“{given}”这种决定", "可代录：启动、调整、终止"),
    "unknown_role": ("本预案没有“{given}”这个职务", "可用：{known}"),
    "nothing_to_sign": ("没有等您补签的决定", "口头决定代录之后才能补签"),
    # --- the end
    "not_yours_to_end": (
        "{level}级响应由{declared_by}宣布启动，不由您终止",
        "谁启动谁终止，或由其上级终止；口头决定的可用“代录”",
    ),
    "reason_to_end_without_response": ("没有启动响应就结束，须写明理由", "请写上理由，如“/end 现场已处置完毕”"),
    "close_needs_end": ("{state_name}的事件不能归档", "请先用 /end 终止，再归档"),
    "open_obligations": (
        "还有{count}项没有报完，不能归档：{open}",
        "请报完并登记；确实不用报的，用 /waive 写明理由免报",
    ),
    "not_closed": ("事件{state_name}，没有归档，不用重开", "可以直接继续办理"),
    "reason_to_reopen": ("重开已归档的事件须写明理由", "请写上理由，如“/reopen 又有学生发病”"),
    "reason_to_reject": ("判为误报须写明理由", "请写上理由，如“/reject 现场核实无此事”"),
    # --- merging
    "merge_into_itself": ("不能并入自己", "请写另一件的编号"),
    "merge_after_declaration": (
        "本件响应为{level}级，高于{into}号的{into_level_name}，不能并入",
        "请把{into}号并入本件，或先由有权的人调整级别",
    ),
    "nothing_suspected": ("这两件没有被提示为同一件", "要并案请用 /merge 加编号"),
    # --- seat
    "already_handled": ("{handled}", "请看 /status；要接过值班席请用 /shift"),
    "already_on_seat": ("您已经在值班席上", "直接办理即可"),
    # --- units
    "unknown_answer": ("没有“{given}”这种答复", "可用：{known}"),
    "not_your_unit": ("您不是{unit_name}的联络员", "请由该单位联络员答复，或由值班员电话问清后代记"),
    "not_called": ("{unit_name}没有被通知", "请先看叫应表；需要增加单位请告诉值班室"),
    "already_called": ("{unit_name}已经叫应过", "请看叫应表；没有应答的请打电话"),
    "already_answered": ("{unit_name}已经答复“{status}”", "情况有变请选另一种答复"),
    # --- filing
    "report_missing": ("没有写明报的是哪一种", "请写上种类：{known}"),
    "already_filed": ("这一项{report}{status_name}", "不用重复登记；数字有误请用 /correct 更正"),
    "already_filed_to": ("{report}已经用{channel}报过：{to}", "新情况请登记为续报；数字有误请用 /correct 更正"),
    "wrong_channel": ("这一项{report}须用{channel}报，您写的是{given}", "请按{channel}报；另用{given}报的请单独登记"),
    "called_before_occurrence": (
        "通话时间{given}早于发生时间{occurred_at}",
        "请核对通话时间；发生时间有误请用 /update 改正",
    ),
    "which_obligation": (
        "“{report}”不止一项没报：{among}",
        "请点工作单里那一项的“已报”，或写上工作单的序号：/file {report} 序号",
    ),
    "nobody_owed": ("现在没有要用{channel}报{report}的单位", "请看 /todo；可用的种类：{known}"),
    "unknown_recipient": ("没有这些接收单位：{given}", "可用：{known}"),
    "unknown_obligation": ("没有“{given}”这一项报送", "现在待报的：{known}"),
    "plan_has_no_verification": ("本预案没有规定核实答复的时限", "请用 /update 记下对方的要求"),
    "reason_to_waive": ("免报须写明理由", "请写上理由，理由写入记录"),
    # --- taking back
    "nothing_to_undo": ("没有可以撤回的操作", "只能撤回自己最近一次答复、登记或核实"),
    "undo_too_late": ("{at}的操作已超过{seconds}秒，不能撤回", "答复可另选一种；已登记的报送有误请用 /correct 更正"),
    # --- drills
    "not_a_drill": ("这是真实事件，不能暂停或跳时间", "只有演练可以"),
    "already_paused": ("演练已经暂停", "要继续请点“继续”"),
    "not_paused": ("演练没有暂停", "不用继续"),
    "no_deadline_ahead": ("前面没有时限可跳", "请看 /todo"),
}

WAYS = {
    "anonymous": "匿名管理员发出的指令",
    "channel": "以频道身份发出的指令",
    "forward": "转发的指令",
    "edit": "编辑后的消息",
    "via_bot": "通过其他机器人发出的指令",
}
WAY_OTHER = "这种方式发出的指令"
HANDLED_OWN = "您已经在处理"
HANDLED_OTHER = "{name}已经在处理"
HANDLED_SOMEBODY = "值班员已经在处理"
WHICH_ITEM = "{ordinal}. {text}（{clause}，{due}前）"
OPEN_ITEM = "{report}{clause}报{to}"

LONG = """{why}{clause}。
{who?}
{next}。"""
WHO = "有权的人：{titles}。"
POPUP = "{why}{clause}。{who}{next}。"
POPUP_WHO = "有权：{titles}。"
