"""An office's own scripts of drills, sent as files."""

TOO_LARGE = "文件太大，脚本不超过{most}KB"
NO_TEXT = "不是 UTF-8 文字，脚本应为 YAML 文字文件"
OTHER_PLAN = "plan 为“{plan}”，您能导调的预案是：{plans}"
BETWEEN = "、"
LONG_TITLE = "title 太长，不超过{most}个字"
TOO_SLOW = "检查超过{seconds}秒没有完，请缩短脚本，减少步骤"
NOT_CHECKED = "检查没有完成，脚本可能太大，请缩短再发"

SOUND = """*脚本可以演*：{title}
{plan}
{minutes}分钟，{injects}条情景，看{looks}处
{replaces?}
{faults?}
点“保存脚本”后，本地能导调的人都可以选它。"""
REPLACES = "会替换现有的同名脚本（{time}保存）。"
FAULTY = """*脚本有错误{errors}处，没有保存*
{faults}
改好后再发一次。"""
FAULT = "{kind}　第{line}行：{found}{expected}{todo}"
FAULT_WHOLE = "{kind}　{found}{expected}{todo}"
ERROR, WARNING = "错误", "提醒"
EXPECTED = "；应为{expected}"
TODO = "；{todo}"
MORE = "还有{count}处。"
HOW = "自己写的脚本：把 YAML 文件发给我，说明写 /drill 脚本；要删除，发 /drill 脚本 删除 编号。写法见《导调员手册》。"
OWN = "（本地）"
UNREAD = "{number}. {title}（本地）：本版程序读不了，不能演。{line}{found}。请改好再发，或发 /drill 脚本 删除 {number}"
IN_LINE = "第{line}行："
REMOVE_ASKED = "删除本地脚本“{title}”？已经选了它的演练不受影响。"

LABELS = {
    "script_keep": "保存脚本",
    "script_remove": "确认删除",
}

MESSAGES = {
    "script_in_private": "请在私聊里把脚本发给我。",
    "script_busy": "正在检查别的文件，请稍后再发一次。",
    "script_remove_which": "请写本地脚本的编号，例如：/drill 脚本 删除 4。随程序带的不能删除。",
    "script_not_yours": "脚本由值班员、预案里的职务和管理员保存、删除。",
    "script_changed": "脚本已有改动，没有办。请重新发一次。",
    "script_too_many": "本地脚本已有{most}个，请先删除不用的。",
    "script_kept": "已保存：{title}",
    "script_removed": "已删除：{title}",
}
