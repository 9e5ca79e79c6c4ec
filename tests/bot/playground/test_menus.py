"""Commands by scope and language, descriptions, the bot itself."""

from __future__ import annotations

import pytest


def commands(*names):
    return [{"command": name, "description": f"{name} 说明"} for name in names]


async def test_the_narrowest_menu_is_shown(town):
    town.li.start(town.bot)
    await town("setMyCommands", commands=commands("help"))
    group = {"type": "chat", "chat_id": town.group.id}
    admins = {"type": "chat_administrators", "chat_id": town.group.id}
    await town("setMyCommands", commands=commands("status"), scope=group)
    await town("setMyCommands", commands=commands("setup"), scope=admins)
    await town("setMyCommands", commands=commands("todo"), scope={"type": "all_private_chats"}, language_code="zh")
    assert town.li.commands(town.group) == [("setup", "setup 说明")]
    assert town.wang.commands(town.group) == [("status", "status 说明")]
    assert town.li.commands(town.bot) == [("todo", "todo 说明")]
    await town("deleteMyCommands", scope=group)
    assert town.wang.commands(town.group) == [("help", "help 说明")]
    assert (await town("getMyCommands", scope=admins)).result == commands("setup")
    assert (await town("getMyCommands", scope={"type": "all_group_chats"})).result == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": commands("Report")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("报告")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("x" * 33)}, "1-32 characters"),
        ({"commands": commands(*(f"c{n}" for n in range(101)))}, "0-100 items"),
        ({"commands": [{"command": "x", "description": "x" * 257}]}, "1-256 characters"),
        ({"commands": commands("x"), "language_code": "zh-hans"}, "invalid language code"),
        ({"commands": commands("x"), "scope": {"type": "everybody"}}, "scope"),
        ({"commands": commands("x"), "scope": {"type": "chat"}}, 'can\'t find field "chat_id"'),
        ({"commands": commands("x"), "scope": {"type": "chat", "chat_id": -1}}, "chat not found"),
    ],
)
async def test_wrong_menus_are_refused(town, params, words):
    assert words in (await town("setMyCommands", **params)).error


async def test_descriptions(town):
    assert (await town("setMyDescription", description="值班助手")).result is True
    assert (await town("getMyDescription")).result == {"description": "值班助手"}
    assert "0-512 characters" in (await town("setMyDescription", description="x" * 513)).error
    assert (await town("setMyShortDescription", short_description="值班", language_code="zh")).result is True
    assert (await town("getMyShortDescription", language_code="zh")).result == {"short_description": "值班"}
    assert "0-120 characters" in (await town("setMyShortDescription", short_description="x" * 121)).error


async def test_get_me(town):
    me = (await town("getMe")).result
    assert (me["username"], me["is_bot"], me["can_read_all_group_messages"]) == ("tocsin_bot", True, False)
    assert (await town("close")).result is True
