"""Which messages a bot gets (privacy mode) and whose telephone rings."""

from __future__ import annotations

from bot.playground.records import BotAccount, Chat, Message, State
from bot.playground.rules import Rules
from bot.playground.text import cut

_OWN_SERVICE = {
    "pinned_message", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
}  # fmt: skip


def sees(state: State, rules: Rules, account: BotAccount, chat: Chat, message: Message) -> bool:
    """Return whether the bot gets an update for a message.

    Source: Bot features, "Privacy mode"; a bot never gets what a bot wrote, but it gets service lines about
    its own acts.
    """
    if chat.private:
        return chat.bot == account.id and (message.sender != account.id or bool(_OWN_SERVICE & set(message.body)))
    member = chat.members.get(account.id)
    if member is None or not member.present:
        return False
    if message.sender == account.id:
        return bool(_OWN_SERVICE & set(message.body)) and message.service
    if message.service:
        return True
    if state.users[message.sender].is_bot:
        return False
    return member.admin or not account.privacy or _addressed(state, rules, account, chat, message)


def _addressed(state: State, rules: Rules, account: BotAccount, chat: Chat, message: Message) -> bool:
    if message.via == account.id:
        return True
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and replied.sender == account.id:
        return True
    name = (state.users[account.id].username or "").lower()
    for entity in message.entities:
        piece = cut(message.text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            _, at, addressee = piece.partition("@")
            return addressee == name if at else _last_bot(state, chat, account.id)
        if rules.privacy_passes_mentions and entity["type"] == "mention" and piece == f"@{name}":
            return True
    return False


def _last_bot(state: State, chat: Chat, bot: int) -> bool:
    others = [m.user for m in chat.members.values() if m.present and m.user != bot and state.users[m.user].is_bot]
    return not others or chat.last_bot in (None, bot)


def mentioned_users(state: State, rules: Rules, message: Message) -> list[int]:
    """Return the users whom the mentions of a message notify: only the first few (``Rules.mentions_notified``)."""
    by_name = {(u.username or "").lower(): u.id for u in state.users.values() if u.username and not u.is_bot}
    mentioned: list[int] = []
    count = 0
    for entity in message.entities:
        if entity["type"] not in ("mention", "text_mention"):
            continue
        count += 1
        if entity["type"] == "text_mention":
            user = entity["user"]["id"]
        else:
            user = by_name.get(cut(message.text, entity["offset"] + 1, entity["length"] - 1).lower())
        if count <= rules.mentions_notified and user is not None and user not in mentioned:
            mentioned.append(user)
    return mentioned


def rings(state: State, rules: Rules, chat: Chat, message: Message) -> dict[int, str]:
    """Return for each person present how the message reached him: loud, silent or muted.

    A mention (among the first few), a reply and a loud pin (``Rules.pin_rings_muted``) ring through a muted group.
    """
    pin = "pinned_message" in message.body
    if message.service and not pin:
        return {}
    replied = chat.messages.get(message.reply_to or 0)
    reached: dict[int, str] = {}
    for member in chat.members.values():
        user = state.users[member.user]
        if not member.present or user.is_bot or member.user == message.sender:
            continue
        called = member.user in message.mentioned or (replied is not None and replied.sender == member.user)
        through = called or (pin and rules.pin_rings_muted)
        if message.silent or (pin and chat.private):
            reached[member.user] = "silent"
        else:
            reached[member.user] = "muted" if member.muted and not through else "loud"
    return reached
