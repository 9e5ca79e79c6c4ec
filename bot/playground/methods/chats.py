"""What a bot learns about chats and their members."""

from __future__ import annotations

from typing import Any

from bot.playground import access, posting
from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.records import BotAccount, Member
from bot.playground.render import full_chat_json, member_json, user_json

Json = dict[str, Any]


def get_chat(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getChat``."""
    chat = access.find_chat(world, account, params["chat_id"])
    if not chat.private:
        access.member_chat(world, account, params["chat_id"])
    return full_chat_json(world.state, chat)


def get_member(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getChatMember``; somebody who was never there has left."""
    chat = access.member_chat(world, account, params["chat_id"])
    if params["user_id"] not in world.state.users:
        raise bad("PARTICIPANT_ID_INVALID")
    member = chat.members.get(params["user_id"]) or Member(user=params["user_id"], status="left")
    return member_json(world.state, member)


def get_administrators(world: WorldCore, account: BotAccount, params: Json) -> list[Json]:
    """Carry out ``getChatAdministrators``: no other bots."""
    chat = access.member_chat(world, account, params["chat_id"])
    if chat.private:
        raise bad("there are no administrators in the private chat")
    if params.get("return_bots"):
        raise bad('parameter "return_bots" is not supported by the local server')
    admins = [m for m in chat.members.values() if m.admin]
    return [member_json(world.state, m) for m in admins if m.user == account.id or not world.state.users[m.user].is_bot]


def count_members(world: WorldCore, account: BotAccount, params: Json) -> int:
    """Carry out ``getChatMemberCount``."""
    chat = access.member_chat(world, account, params["chat_id"])
    return sum(1 for member in chat.members.values() if member.present)


def leave(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``leaveChat``."""
    chat = access.member_chat(world, account, params["chat_id"])
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    body = {"left_chat_member": user_json(world.state.users[account.id])}
    posting.service(world, chat, account.id, body)
    posting.set_member(world, chat, account.id, account.id, "left", rights=[])
    return True


def export_link(world: WorldCore, account: BotAccount, params: Json) -> str:
    """Carry out ``exportChatInviteLink``: a fresh link, the old one is void."""
    chat = access.member_chat(world, account, params["chat_id"])
    if chat.private:
        raise bad("there are no invite links in private chats")
    access.need_right(chat, account, "can_invite_users", "not enough rights to manage chat invite link")
    chat.invite = f"https://t.me/+{world.new_id():016d}"
    return chat.invite
