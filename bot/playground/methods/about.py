"""The bot itself and how it gets its updates."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.core import WorldCore
from bot.playground.errors import ApiError, bad
from bot.playground.records import BotAccount, Webhook
from bot.playground.render import user_json, without_empty
from bot.playground.updates import check_kinds

Json = dict[str, Any]
_PORTS = {443, 80, 88, 8443}


def get_me(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getMe``."""
    return user_json(world.state.users[account.id]) | {
        "can_join_groups": account.can_join_groups,
        "can_read_all_group_messages": not account.privacy,
        "supports_inline_queries": account.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


def log_out(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``logOut``: this server answers no more to the bot."""
    account.logged_out = True
    return True


def close(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``close``; as at Telegram, not while a webhook is set."""
    if account.webhook is not None:
        raise ApiError(400, "Bad Request: can't close the bot while a webhook is set (refused by the local server)")
    return True


def set_webhook(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``setWebhook``; plain HTTP and any port are allowed to loopback only."""
    url = params["url"]
    if "certificate" in params:
        raise bad("certificates are not supported by the local server")
    secret = params.get("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")
    if "allowed_updates" in params:
        account.allowed_updates = check_kinds(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        account.queue.clear()
    if not url:
        account.webhook = None
        return True
    parts = urlsplit(url)
    if parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        raise bad("bad webhook: the local server delivers to loopback only")
    account.webhook = Webhook(url=url, secret=secret, max_connections=params.get("max_connections", 40))
    world.changed("update")
    return True


def delete_webhook(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``deleteWebhook``."""
    account.webhook = None
    if params.get("drop_pending_updates"):
        account.queue.clear()
    world.changed("update")
    return True


def get_webhook_info(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getWebhookInfo``."""
    hook = account.webhook
    info = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(account.queue),
    }
    if hook is None:
        return info | without_empty(allowed_updates=account.allowed_updates)
    return info | without_empty(
        max_connections=hook.max_connections,
        last_error_message=hook.last_error,
        last_error_date=int(hook.last_error_at.timestamp()) if hook.last_error_at else None,
        allowed_updates=account.allowed_updates,
    )
