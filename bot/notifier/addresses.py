"""Which addresses of other ways are taken: kinds that reach a person over the network, and nothing that steers how.

What an address may say beside host, key and recipients is listed for each kind; the rest is refused, since Apprise
would let it choose the time that a call may take, the HTTP method, headers, files to read and tries of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import unquote

LONGEST = 1500
"""Characters of an address."""

_COMMON = frozenset({"format", "overflow"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of address that may be used.

    Attributes:
        name: what people call it.
        parameters: what an address may say after its question mark.
        hosted: it may name a host of somebody's own.
        gateway: its whole address is chosen: it sends with POST, and may name its fields with ``:`` and ``-``.
    """

    name: str
    parameters: frozenset[str] = frozenset()
    hosted: bool = False
    gateway: bool = False


def _kind(name: str, parameters: str = "", *, hosted: bool = False, gateway: bool = False) -> Kind:
    return Kind(name, frozenset(parameters.split()), hosted or gateway, gateway)


_MAIL = _kind("邮件", "to cc bcc from name reply smtp mode user pass", hosted=True)
_BARK = _kind("Bark", "to key group level sound volume call badge icon image", hosted=True)
_NTFY = _kind("ntfy", "to token auth mode priority tags xtags click image", hosted=True)
_EAGLE = _kind("短信", "to token batch flash priority", hosted=True)
_GOTIFY = _kind("Gotify", "priority", hosted=True)
_DEER = _kind("PushDeer", hosted=True)
_GATEWAY = _kind("短信网关", gateway=True)
_PUSH = "to token topic channel"

KINDS: dict[str, Kind] = {
    "mailto": _MAIL,
    "mailtos": _MAIL,
    "dingtalk": _kind("钉钉", "to token secret"),
    "feishu": _kind("飞书", "token"),
    "lark": _kind("飞书"),
    "wecombot": _kind("企业微信", "key"),
    "wecom": _kind("企业微信", _PUSH),
    "pushplus": _kind("PushPlus", _PUSH),
    "wxpusher": _kind("WxPusher", "to token"),
    "schan": _kind("Server酱"),
    "pushdeer": _DEER,
    "pushdeers": _DEER,
    "bark": _BARK,
    "barks": _BARK,
    "ntfy": _NTFY,
    "ntfys": _NTFY,
    "gotify": _GOTIFY,
    "gotifys": _GOTIFY,
    "twilio": _kind("短信", "to from sid token apikey"),
    "vonage": _kind("短信", "to from key secret ttl"),
    "sinch": _kind("短信", "to from spi token region"),
    "sns": _kind("短信", "to access key mode region secret token"),
    "clicksend": _kind("短信", "to key batch"),
    "smseagle": _EAGLE,
    "smseagles": _EAGLE,
    "httpsms": _kind("短信", "to from key"),
    "json": _GATEWAY,
    "jsons": _GATEWAY,
    "form": _GATEWAY,
    "forms": _GATEWAY,
    "qq": _kind("QQ", "token"),
    "slack": _kind("Slack", "to token image footer"),
}
"""What may be used, by the beginning of its address."""


def names() -> list[str]:
    """Return what people call the kinds, each once, in order."""
    return sorted({kind.name for kind in KINDS.values()})


class BadAddress(ValueError):
    """No address of an allowed kind; the message says what was expected."""


def scheme_of(address: str) -> str:
    """Return the beginning of an address that may be used.

    Raises:
        BadAddress: it is none; nothing of it stands in the message.
    """
    scheme = address.partition("://")[0].lower()
    if len(address) > LONGEST or "://" not in address or scheme not in KINDS or not address.isprintable():
        available = "、".join(names())
        raise BadAddress(
            f"应为一个通知地址，如 mailto://用户:口令@smtp.example.cn?to=值班@example.cn；可用：{available}"
        )
    steering = sorted(name for name in _names(address) if not _allowed(scheme, name))
    if steering:
        keys = "、".join(name[:20] for name in steering[:3])
        raise BadAddress(
            f"{masked(address)} 里的“{keys}”不能写在地址里：超时、方法、请求头、转向、重试和证书检查由本程序定，请删去"
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
    if KINDS[scheme].gateway and name[:1] in (":", "-"):
        return True  # a field of the gateway's own form
    return name in KINDS[scheme].parameters or name in _COMMON


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
    hosts = [part for part in text.replace("，", ",").replace("；", ",").replace(";", ",").replace(",", " ").split()]
    for host in hosts:
        if "/" in host:
            try:
                ip_network(host)
            except ValueError:
                raise ValueError("应为主机名、地址或网段，例如 sms.example.cn,10.1.2.3,10.1.0.0/16") from None
        elif not _is_host(host):
            raise ValueError("应为主机名、地址或网段，例如 sms.example.cn,10.1.2.3,10.1.0.0/16")
    return frozenset(host.lower() for host in hosts)


def _is_host(host: str) -> bool:
    bare = host.strip("[]").replace(":", "").replace(".", "").replace("-", "").replace("_", "")
    return bool(bare) and len(host) <= 253 and bare.isalnum() and bare.isascii()
