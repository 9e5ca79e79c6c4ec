"""What Telegram accepts as a keyboard, and in which chat."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.errors import bad
from bot.playground.rules import Rules

Json = dict[str, Any]
_URL = re.compile(r"(?:(?:https?|tg|ton)://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?)", re.IGNORECASE)
_STYLES = {"danger", "success", "primary"}
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
    "web_app": "BUTTON_TYPE_INVALID",
    "request_poll": "poll can be requested in private chats only",
}


def split_markup(markup: Json | None, private: bool, rules: Rules) -> tuple[Json | None, Json | None]:
    """Return the inline keyboard and the other interface option of ``reply_markup``, one of them None.

    Raises:
        ApiError: 400, as Telegram words it.
    """
    if markup is None:
        return None, None
    if "inline_keyboard" in markup:
        return check_inline(markup, private, rules), None
    if "keyboard" in markup:
        _check_reply(markup, private, rules)
    elif "force_reply" in markup and "remove_keyboard" in markup:
        raise bad("object expected as reply markup")
    return None, markup


def check_inline(markup: Json, private: bool, rules: Rules) -> Json | None:
    """Return an inline keyboard without its empty rows, or None when nothing is left."""
    if set(markup) != {"inline_keyboard"}:
        raise bad("object expected as reply markup")
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > rules.buttons_limit or any(len(row) > rules.buttons_per_row for row in rows):
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button, private)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json, private: bool) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text is empty")
    kinds = set(button) - _LOOKS
    if not kinds:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad(f"can't parse inline keyboard button: exactly one of {sorted(kinds)} may be used")
    if "style" in button and button["style"] not in _STYLES:
        raise bad("invalid button style specified")
    kind = kinds.pop()
    if kind == "url" and not _URL.fullmatch(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL or unsupported protocol")
    if kind == "web_app" and not private:
        raise bad("BUTTON_TYPE_INVALID")
    if kind == "web_app" and not button["web_app"]["url"].startswith("https://"):
        raise bad("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed")


def _check_reply(markup: Json, private: bool, rules: Rules) -> None:
    if not any(markup["keyboard"]):
        raise bad("reply keyboard is empty")
    if sum(map(len, markup["keyboard"])) > 3 * rules.buttons_limit:
        raise bad("reply markup is too long")
    for row in markup["keyboard"]:
        for button in row:
            if not button["text"].strip():
                raise bad("keyboard button text is empty")
            kinds = set(button) - _LOOKS
            if len(kinds) > 1:
                raise bad("can't parse keyboard button: at most one of the optional fields may be used")
            for kind in kinds & set(_PRIVATE_ONLY):
                if not private:
                    raise bad(_PRIVATE_ONLY[kind])


def labels(markup: Json) -> list[list[str]]:
    """Return the labels of a reply keyboard by row."""
    return [[button["text"] for button in row] for row in markup["keyboard"]]


def button_kind(button: Json) -> tuple[str, Any]:
    """Return what an inline button does and with what: ``("callback", data)``, ``("url", address)``, …"""
    names = {"callback_data": "callback", "login_url": "login"}
    for field, value in button.items():
        if field not in _LOOKS:
            if field.startswith("switch_inline"):
                return "switch_inline", value
            if field == "copy_text":
                return "copy_text", value["text"]
            if field == "web_app":
                return "web_app", value["url"]
            return names.get(field, field), value
    raise AssertionError(f"a checked button does something: {button}")
