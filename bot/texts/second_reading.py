"""What a second reader of a message reads otherwise than the first."""

READ_TWICE = """*{number} 同一段话有两种读法，请看原文定*
{items}
只有您点了才算数；都不对的请用 /update 写明。"""
READ_TWICE_ITEM = "{label}：记为{first}，另一读数为{second}{words}"
READ_TWICE_NEW = "{label}：没有记，另一读数为{second}{words}"
READ_TWICE_WORDS = "（文中“{words}”）"

SECOND = "{label}{value}"
FIRST = "{label}{value}没读错"
FIRST_NONE = "{label}文中没说"

POPUPS = {
    "reading_settled": "已记录",
}

REFUSALS = {
    "reading_settled": ("这一处已经核对过，或已有新数字", "有变化请用 /update"),
}

NOTICE_NAMES = {
    "read_twice": "两种读法的核对",
}
