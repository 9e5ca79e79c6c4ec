"""Sending by other ways than Telegram, through Apprise. A gateway that answers slowly is waited for on a thread.

Only kinds that reach a person over the network are allowed: Apprise could also write files and run programs.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import warnings
from typing import Any, Protocol

KINDS = {
    "mailto": "邮件", "mailtos": "邮件", "dingtalk": "钉钉", "feishu": "飞书", "lark": "飞书", "wecombot": "企业微信",
    "wecom": "企业微信", "pushplus": "PushPlus", "wxpusher": "WxPusher", "schan": "Server酱", "pushdeer": "PushDeer",
    "pushdeers": "PushDeer", "bark": "Bark", "barks": "Bark", "ntfy": "ntfy", "ntfys": "ntfy", "gotify": "Gotify",
    "gotifys": "Gotify", "twilio": "短信", "vonage": "短信", "sinch": "短信", "sns": "短信", "clicksend": "短信",
    "smseagle": "短信", "smseagles": "短信", "httpsms": "短信", "json": "短信网关", "jsons": "短信网关",
    "form": "短信网关", "forms": "短信网关", "qq": "QQ", "slack": "Slack",
}  # fmt: skip
"""What may be used, by the beginning of its address, and what people call it."""

SECONDS = 15
LONGEST = 1500
"""Characters of an address."""


class NotSent(Exception):
    """The gateway did not take it, or took too long; it may be tried again."""


class BadAddress(ValueError):
    """No address of an allowed kind; the message says what was expected."""


class Notifier(Protocol):
    """Sends a text."""

    async def notify(self, address: str, text: str) -> None:
        """Send; raise NotSent."""
        ...


class AppriseNotifier:
    """Sends through Apprise, which is an optional part of the installation (``tocsin[channels]``)."""

    async def notify(self, address: str, text: str) -> None:
        """Send; raise NotSent."""
        try:
            service = _service(address)
        except BadAddress as problem:
            raise NotSent(str(problem)) from None
        try:
            async with asyncio.timeout(SECONDS):
                taken = await asyncio.to_thread(functools.partial(service.notify, body=text))
        except TimeoutError:
            raise NotSent(f"no answer within {SECONDS} s") from None
        if not taken:
            raise NotSent("the gateway refused it")  # Apprise keeps the reason to itself; it may hold the address


def kind_of(address: str) -> str:
    """Return what people call the kind of an address.

    Raises:
        BadAddress: it is none that may be used.
    """
    scheme = address.partition("://")[0].lower()
    if len(address) > LONGEST or "://" not in address or scheme not in KINDS or any(mark in address for mark in "\n\r"):
        known = "、".join(sorted(set(KINDS.values())))
        raise BadAddress(f"应为一个通知地址，如 mailto://用户:口令@smtp.example.cn?to=值班@example.cn；可用：{known}")
    _service(address)
    return KINDS[scheme]


def masked(address: str) -> str:
    """Return an address without its keys."""
    return address.partition("://")[0] + "://…"


def _service(address: str) -> Any:
    scheme = address.partition("://")[0].lower()
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # what it would say may hold an address
    with warnings.catch_warnings():  # of modules that the library loads and a later Python lacks
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import apprise
        except ImportError:
            raise BadAddress("这台机器没有安装其他通知方式，请管理员运行 pip install 'tocsin[channels]'") from None
        service = apprise.Apprise.instantiate(address) if scheme in KINDS else None
    if service is None:
        raise BadAddress(f"{masked(address)} 这个地址不完整，请按该服务的说明填写")
    return service
