"""The menu of commands: which set a person is shown in a chat."""

from __future__ import annotations

from typing import Any

from bot.playground.records import BotAccount, Chat, State

Json = dict[str, Any]


def menu_for(state: State, account: BotAccount, chat: Chat, user: int) -> list[Json]:
    """Return the commands that a person is shown, by Telegram's order: the narrowest scope, his language before none.

    Source: Bot API, "Determining list of commands".
    """
    admin = user in chat.members and chat.members[user].admin
    if chat.private:
        scopes: list[Json] = [{"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"}]
    else:
        scopes = [{"type": "chat_member", "chat_id": chat.id, "user_id": user}]
        scopes += [{"type": "chat_administrators", "chat_id": chat.id}] if admin else []
        scopes += [{"type": "chat", "chat_id": chat.id}]
        scopes += [{"type": "all_chat_administrators"}] if admin else []
        scopes += [{"type": "all_group_chats"}]
    language = (state.users[user].language_code or "")[:2]
    for scope in [*scopes, {"type": "default"}]:
        for wanted in (language, ""):
            for menu in account.menus:
                if menu.scope == scope and menu.language == wanted:
                    return menu.commands
    return []
