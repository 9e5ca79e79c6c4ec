"""Taking back what was just done."""

LABELS = {
    "undo": "撤回",
}

MESSAGES = {
    "undone": "{number}号：已撤回上一步。",
}

POPUPS = {
    "undone": "已撤回",
}

REFUSALS = {
    "undo_not_yours": ("您已没有作出这一步时的身份，不能再撤回", "有误请告诉值班员更正"),
    "nothing_to_undo": ("没有可以撤回的操作", "只能撤回自己最近一次答复、登记或核实"),
    "undo_too_late": ("{at}的操作已超过{seconds}秒，不能撤回", "答复可另选一种；已登记的报送有误请用 /correct 更正"),
}
