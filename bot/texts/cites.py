"""What a plan refers to for its carrying out."""

LINE = "另见{citation}：{text}{to}{where}"
FOR = "{text}用"
"""What it is for, before what is referred to."""
WHERE = "，/plan {at} 查看"
MORE = "另见的还有{count}项，点“另见”"
PAGE_HEAD = "*{number} 另见*（预案指向的附录、预案、法规、标准）"
PAGE_HERE = "*现在用得上的*"
PAGE_OTHERS = "*其他*"
PAGE_REFERENCE = "只供查看，不是本预案的规定：{names}"
PAGE_NONE = "本预案没有另外指向的文件。"

LABELS = {
    "cites": "另见",
}
