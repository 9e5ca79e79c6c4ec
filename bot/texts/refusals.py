"""Why something was refused, and what to do instead: how the pair of a key is put together."""

WAYS = {
    "anonymous": "匿名管理员发出的指令",
    "channel": "以频道身份发出的指令",
    "forward": "转发的指令",
    "edit": "编辑后的消息",
    "via_bot": "通过其他机器人发出的指令",
    "platform": "其他系统经接口发来的指令",
}
WAY_OTHER = "这种方式发出的指令"
LONG = """{why}{clause}。
{who?}
{next}。"""
WHO = "有权的人：{titles}。"
POPUP = "{why}{clause}。{who}{next}。"
POPUP_WHO = "有权：{titles}。"
