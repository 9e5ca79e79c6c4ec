"""Which addresses of other ways are taken: kinds that reach a person over the network, and nothing that steers how.

What an address may say beside host, key and recipients is listed for each kind; the rest is refused, since Apprise
would let it choose the time that a call may take, the HTTP method, headers, files to read and tries of its own.
"""

from __future__ import annotations

from ipaddress import ip_network
from urllib.parse import unquote

KINDS = {
    "mailto": "邮件", "mailtos": "邮件", "dingtalk": "钉钉", "feishu": "飞书", "lark": "飞书", "wecombot": "企业微信",
    "wecom": "企业微信", "pushplus": "PushPlus", "wxpusher": "WxPusher", "schan": "Server酱", "pushdeer": "PushDeer",
    "pushdeers": "PushDeer", "bark": "Bark", "barks": "Bark", "ntfy": "ntfy", "ntfys": "ntfy", "gotify": "Gotify",
    "gotifys": "Gotify", "twilio": "短信", "vonage": "短信", "sinch": "短信", "sns": "短信", "clicksend": "短信",
    "smseagle": "短信", "smseagles": "短信", "httpsms": "短信", "json": "短信网关", "jsons": "短信网关",
    "form": "短信网关", "forms": "短信网关", "qq": "QQ", "slack": "Slack",
}  # fmt: skip
"""What may be used, by the beginning of its address, and what people call it."""

LONGEST = 1500
"""Characters of an address."""

HOSTED = frozenset(
    {
        "mailto", "mailtos", "bark", "barks", "ntfy", "ntfys", "gotify", "gotifys", "pushdeer", "pushdeers", "smseagle",
        "smseagles", "json", "jsons", "form", "forms",
    }
)  # fmt: skip
"""Kinds whose address may name a host of somebody's own."""

GATEWAYS = frozenset({"json", "jsons", "form", "forms"})
"""Kinds whose whole address is chosen: they send with POST, and may name their fields with ``:`` and ``-``."""

_COMMON = frozenset({"format", "overflow"})
_MAIL = frozenset({"to", "cc", "bcc", "from", "name", "reply", "smtp", "mode", "user", "pass"})
_PUSH = frozenset({"to", "token", "topic", "channel"})
_BARK = frozenset({"to", "key", "group", "level", "sound", "volume", "call", "badge", "icon", "image"})
_NTFY = frozenset({"to", "token", "auth", "mode", "priority", "tags", "xtags", "click", "image"})
_EAGLE = frozenset({"to", "token", "batch", "flash", "priority"})

PARAMETERS: dict[str, frozenset[str]] = {
    "mailto": _MAIL, "mailtos": _MAIL, "dingtalk": frozenset({"to", "token", "secret"}), "feishu": frozenset({"token"}),
    "lark": frozenset(), "wecombot": frozenset({"key"}), "wecom": _PUSH, "pushplus": _PUSH,
    "wxpusher": frozenset({"to", "token"}), "schan": frozenset(), "pushdeer": frozenset(), "pushdeers": frozenset(),
    "bark": _BARK, "barks": _BARK, "ntfy": _NTFY, "ntfys": _NTFY, "gotify": frozenset({"priority"}),
    "gotifys": frozenset({"priority"}), "twilio": frozenset({"to", "from", "sid", "token", "apikey"}),
    "vonage": frozenset({"to", "from", "key", "secret", "ttl"}),
    "sinch": frozenset({"to", "from", "spi", "token", "region"}),
    "sns": frozenset({"to", "access", "key", "mode", "region", "secret", "token"}),
    "clicksend": frozenset({"to", "key", "batch"}), "smseagle": _EAGLE, "smseagles": _EAGLE,
    "httpsms": frozenset({"to", "from", "key"}), "json": frozenset(), "jsons": frozenset(), "form": frozenset(),
    "forms": frozenset(), "qq": frozenset({"token"}), "slack": frozenset({"to", "token", "image", "footer"}),
}  # fmt: skip
"""What an address of each kind may say after its question mark."""


class BadAddress(ValueError):
    """No address of an allowed kind; the message says what was expected."""


def scheme_of(address: str) -> str:
    """Return the beginning of an address that may be used.

    Raises:
        BadAddress: it is none; nothing of it stands in the message.
    """
    scheme = address.partition("://")[0].lower()
    if len(address) > LONGEST or "://" not in address or scheme not in KINDS or not address.isprintable():
        known = "、".join(sorted(set(KINDS.values())))
        raise BadAddress(f"应为一个通知地址，如 mailto://用户:口令@smtp.example.cn?to=值班@example.cn；可用：{known}")
    steering = sorted(name for name in _names(address) if not _allowed(scheme, name))
    if steering:
        shown = "、".join(name[:20] for name in steering[:3])
        raise BadAddress(
            f"{masked(address)} 里的“{shown}”不能写在地址里：超时、方法、请求头、转向、重试和证书检查由本程序定，请删去"
        )
    return scheme


def masked(address: str) -> str:
    """Return an address without its keys."""
    return address.partition("://")[0][:20] + "://…"


def cleared(address: str) -> str:
    """Return an address without all that steers the call: a stored one may be older than the rule."""
    scheme = address.partition("://")[0].lower()
    base, *rest = address.split("?")
    pairs = [pair for part in rest for pair in part.replace(";", "&").split("&")]
    kept = [pair for pair in pairs if (name := _name(pair)) and _allowed(scheme, name)]
    return f"{base}?{'&'.join(kept)}" if kept else base


def _allowed(scheme: str, name: str) -> bool:
    if scheme in GATEWAYS and name[:1] in (":", "-"):
        return True  # a field of the gateway's own form
    return name in PARAMETERS[scheme] or name in _COMMON


def _names(address: str) -> set[str]:
    """Return the names of an address's parameters as Apprise reads them: after any question mark, with & or ;."""
    pairs = [pair for part in address.split("?")[1:] for pair in part.replace(";", "&").split("&")]
    return {name for pair in pairs if (name := _name(pair))}


def _name(pair: str) -> str:
    return unquote(pair.partition("=")[0]).lower().strip()


def hosts_of(text: str) -> frozenset[str]:
    """Return the hosts that an operator lists: names, addresses, networks (``10.1.0.0/16``), separated by commas.

    Raises:
        ValueError: one is neither; the message says what was expected.
    """
    found = [part for part in text.replace("，", ",").replace("；", ",").replace(";", ",").replace(",", " ").split()]
    for host in found:
        if "/" in host:
            try:
                ip_network(host)
            except ValueError:
                raise ValueError("应为主机名、地址或网段，例如 sms.example.cn,10.1.2.3,10.1.0.0/16") from None
        elif not _is_host(host):
            raise ValueError("应为主机名、地址或网段，例如 sms.example.cn,10.1.2.3,10.1.0.0/16")
    return frozenset(host.lower() for host in found)


def _is_host(host: str) -> bool:
    bare = host.strip("[]").replace(":", "").replace(".", "").replace("-", "").replace("_", "")
    return bool(bare) and len(host) <= 253 and bare.isalnum() and bare.isascii()
