"""The bot in a group: added, put out, without the right to pin."""

MESSAGES = {
    "greeting": (
        "大家好，这里是警钟。管理员请发 /bind 绑定预案；绑定以前这里不接报告。\n紧急情况请先拨打120、110、119。"
    ),
    "group_lost": "机器人已不在“{title}”里，指挥群收不到卡片和公告。请把它重新加进群。",
    "group_back": "机器人回到了“{title}”：绑定还在，卡片和公告照常发到那里。",
    "group_back_no_pin": (
        "机器人回到了“{title}”：绑定还在，卡片和公告照常发到那里，但没有置顶权限，响应公告不能置顶。"
        "请在群管理里打开“置顶消息”。"
    ),
    "pin_lost": "机器人在“{title}”没有置顶权限，响应公告不能置顶。请在群管理里打开“置顶消息”。",
}
