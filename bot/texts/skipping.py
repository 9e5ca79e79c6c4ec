"""Reports past a level."""

PAGE = """*{number} 越级报送* {name}
预案：{words}{citation}
按序应报：{names}；{stays}
已越级报的，点一下，或发：/skip {of}{report} 上级单位 时间 理由"""
STAYS = "越级不代替，仍应报。"
TOGETHER = "预案要求同时报。"
SKIPPED = """*{number} 已越级报{recipient}*：{name}{citation}
{left}"""
LEFT_TOGETHER = "预案要求同时报，还差：{names}"
LEFT = "按序应报的不变，还差：{names}"
LEFT_NONE = "按序应报的都已报到。"
LINE = "↑ 已越级报{recipient} {time}{citation}"
SECTION = "越级报送"
RECORD = "{time} {name}越级报{recipient}{reason}{citation}"
REASON = "，理由：{reason}"

LABELS = {
    "skip_page": "越级报送",
    "skip_told": "已越级报{to}",
}

MESSAGES = {
    "skip_how": "请写哪一项报告、报给哪一级，例如：/skip 首报 省政府 10:20 情况紧急\n本件可越级的：{reports}",
    "skipped": "{number}号越级报送已登记；按序应报的不变。",
}

POPUPS = {
    "skipped": "越级报送已登记；按序应报的不变",
}

REFUSALS = {
    "no_skipping": ("预案没有写“{report}”可以越级", "请按序报送"),
    "skip_to_whom": ("没有写越级报给谁", "请写上级单位，如“/skip 首报 省政府”"),
    "skip_is_owed": ("{to}本来就应报“{report}”，不算越级", "请用“已报”登记"),
    "skipped_already": ("“{report}”已登记越级报{to}", "后来的变化请用续报"),
}

NOTICE_NAMES = {
    "level_skipped": "越级报送登记",
}
