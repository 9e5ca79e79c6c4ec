"""Where incidents stand, and what is open."""

HELP = {
    "status": "事件",
    "todo": "我的待办",
}
