"""Warnings (预警): why something is refused."""

REFUSALS = {
    "nothing_proposed": ("现在没有等待发布的预警", "有新的预警请转发原文或用 /warn"),
    "nothing_in_force": ("现在没有生效的预警", "用 /warn 看全部预警"),
    "warning_closed": ("这个预警已经结束", "有新的预警请另记一条"),
    "unknown_warning_level": ("本预案没有“{given}”这一级预警", "请用本预案的级别"),
    "unknown_colour": ("“{given}”不是预警颜色", "请写红、橙、黄、蓝"),
    "ends_before_start": ("结束时间不晚于开始时间", "请核对起止时间"),
    "warning_over": ("预警时间已经过了", "请先改结束时间，或不发布"),
    "reason_for_dismissing": ("不发布要写明原因", "请选一个原因"),
    "passed_on_from_whom": ("没有写明是谁的预警，不能转发", "请先补上发布单位"),
    "not_yours_to_pass_on": ("您不能转发预警", "请值班室转发"),
    "plan_without_warnings": ("本预案没有预警条款，不能以本预案名义发布", "可以转发有权单位发布的预警"),
    "which_warning_level": ("不知道是本预案的哪一级预警", "请先写明级别"),
    "issued_above": ("{level}预警由{above}发布", "请向上报告；上级发布后再转发"),
    "not_yours_to_issue": ("您不能发布{level}预警", "请有权的人发布，或由值班员代录"),
    "not_yours_to_lift": ("您不能解除这个预警", "谁发布，谁解除"),
    "lifted_by_issuer": ("这是{issuer}的预警，要{issuer}解除", "请转发解除原文，或写明何时由谁通知解除"),
    "not_woken": ("没有要{unit}应答的预警", "用 /warn 看全部预警"),
    "no_such_measure": ("没有第{given}项措施", "共{total}项"),
    "reason_for_not_applicable": ("不适用要写明原因", "请选一个原因"),
}
