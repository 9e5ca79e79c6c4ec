"""Which body a placeholder of the plan is; the list of bodies that an office keeps."""

LINE, MOBILE = "电话", "手机"
"""Kinds of a listed body's numbers."""

WITH_TOWNSHIP = "{name}（{township}）"
HEAD_OF = "{name}（{head}）"

WHICH_BODY = """*{number} 请定{unit}是哪一个*：写的是“{place}”，看不出来
选定后即通知该单位，并给出电话。"""

NOT_MEANT = "{number} 事发单位不是{unit}，是{body}：刚才的通知请不必再办，不用应答。"

MEANT = "{unit}：{name}{said}"
SAID = "（原话“{words}”）"
MEANT_UNSURE = "{unit}：可能是{names}，未定"
MEANT_CHANGE = "单位不对的，发 /body 正确的单位名称"

LIST_FILE = "单位名册.xlsx"
OVERVIEW = "*单位名册*（{place}）共{count}个：{kinds}"
COUNT = "{kind}{count}"
NEWEST = "上次导入：{time}，{source}"
HOW = (
    "要导入，请把表格（.xlsx 或 CSV，10 MB以内）作为文件发给我，10分钟内有效；或发文件时在说明里写 /bodies。\n"
    "表头要有“学校名称”（或“单位名称”），可有：简称、类别、所属镇街、负责人（校长）、联系电话。先给您看会改什么，确认后才写入。"
)
EXPORT, UNDO = "导出名册", "撤销上次导入"
PREVIEW = "将导入单位名册（{place}，{name}）：增加{added}个，改动{changed}个，不变{same}个。"
ADDED = "＋ {name}{said}"
IN_BRACKETS = "（{text}）"
CHANGED = "改 {name}：{said}"
DIFFERENCE = "{what} {old}→{new}"
MORE = "另有{count}个，不一一列出。"
ABSENT = "名册里有、表里没有的{count}个：{names}。不选“不再列入”的就保留。"
PROBLEMS = "没有读的{count}处："
LINE_OF = "· {text}"
UNREAD_MORE = "共{count}处没有读，全部写在附件里。"
UNREAD_FILE, UNREAD_HEAD = "没有读的.csv", "没有读的行和原因"
NOTHING = "与名册没有不同，没有要导入的。"
CONFIRM, LEAVE = "确认导入", "返回"
CONFIRM_WITHOUT = "导入，表里没有的{count}个不再列入"
NOT_READ = "“{name}”没有读：{problem}"

MESSAGES = {
    "body_how": "请写单位名称，例如 /body 凤鸣小学；几件事同时在办的先写编号：/body 17号 凤鸣小学",
    "body_unknown": "名册里没有可作事发单位的“{given}”。相近的：{near}",
    "body_named_here": "已定为{body}",
    "bodies_where": "请先写明地区或预案，例如 /bodies 预案；可用：{places}",
    "bodies_busy": (
        "这个文件没有读完（可能太大，或上一个还在读），什么也没有改。"
        "请稍等再试，或在机器上用 tocsin bodies import 导入。"
    ),
    "bodies_changed": "显示给您之后名册有变化，没有写入。请按最新的预览再确认一次。",
    "bodies_listed": "名册已导入：增加{added}个，改动{changed}个，去掉{ended}个。发 /bodies 可导出或撤销。",
    "bodies_undone": "已撤销上次导入：恢复{added}个，改回{changed}个，去掉{ended}个。",
    "bodies_none": "还没有导入过名册。",
    "bodies_exported": "名册共{count}个单位，改好可再发给我；“登记编号”一列不要改。",
}

POPUPS = {
    "body_named": "已选定",
    "file_large": "文件太大，应在10 MB以内",
    "file_gone": "取不到这个文件，请再发一次",
}

HELP = {
    "bodies": "单位名册",
}
