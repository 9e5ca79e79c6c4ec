"""The process that speaks with other ways than Telegram. It knows nothing of the program and can be ended any time.

It says that it is ready, reads one job a line from its standard input, and answers each with one line:
``{"outcome": …, "reason": …}``. What Apprise, requests and smtplib do there is bounded from outside: the address
chooses neither time nor method.
"""

from __future__ import annotations

import json
import logging
import os
import smtplib
import sys
import warnings
from typing import Any

from bot.notifier.addresses import KINDS, BadAddress, cleared, masked, scheme_of
from bot.notifier.guard import Guard, Watched

CONNECT_SECONDS = 8.0
READ_SECONDS = 25.0
"""Between two pieces of an answer; for the whole of it the parent's clock holds."""

LARGEST = 64 * 1024
"""Bytes of an answer that are read, unpacked."""

NOT_TAKEN = frozenset({429, 503})
"""Answers of a gateway that did nothing and may be asked again."""

READY, SENT, UNSENT, REFUSED, UNSURE, BAD = "ready", "sent", "unsent", "refused", "unsure", "bad"
"""It takes jobs; it was taken; it never left; it was refused for good; nobody knows; it is no address."""


class Seen:
    """What the libraries did in one job: they keep it to themselves; ``raised``: the kind of error that came of it."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.unanswered = False
        self.raised = ""


watched = Watched()
seen = Seen()


def main() -> None:
    """Answer jobs until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr = open(os.devnull, "w")  # what is printed may hold an address
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    prepared = ""
    try:
        _prepare()
    except ImportError:
        prepared = "这台机器没有安装其他通知方式，请管理员运行 pip install 'tocsin[channels]'"
    answers.write(json.dumps({"outcome": READY, "reason": ""}) + "\n")
    answers.flush()
    for line in sys.stdin:
        job = json.loads(line)
        outcome, reason = (BAD, prepared) if prepared else _done(job)
        answers.write(json.dumps({"outcome": outcome, "reason": reason}) + "\n")
        answers.flush()


def _prepare() -> None:
    import apprise  # noqa: F401
    import requests  # it comes with apprise, whose calls are changed here

    watched.install()
    whole = requests.sessions.Session.send

    def send(session: Any, request: Any, **arguments: Any) -> Any:
        if request.method not in ("GET", "POST"):
            raise requests.exceptions.InvalidSchema("only GET and POST")
        arguments |= {
            "allow_redirects": False, "verify": True, "stream": True, "timeout": (CONNECT_SECONDS, READ_SECONDS),
        }  # fmt: skip
        try:
            answer = whole(session, request, **arguments)
            answer._content = _some(answer)
            answer._content_consumed = True
        except requests.exceptions.RequestException:
            seen.unanswered = seen.unanswered or watched.connected
            raise
        finally:
            session.close()
        seen.statuses.append(answer.status_code)
        return answer

    requests.sessions.Session.send = send  # type: ignore[method-assign, assignment]
    original = smtplib.SMTP.data

    def data(self: smtplib.SMTP, message: Any) -> Any:
        seen.unanswered = True  # from here on it may have been delivered, until the server says what became of it
        code, words = original(self, message)
        seen.unanswered = False
        return code, words

    smtplib.SMTP.data = data  # type: ignore[method-assign, assignment]


def _some(answer: Any) -> bytes:
    """Return the beginning of an answer's body; what is longer, or unpacks to more, is cut."""
    body = b""
    for piece in answer.iter_content(8192):
        body += piece
        if len(body) >= LARGEST:
            break
    return body[:LARGEST]


def _done(job: dict[str, Any]) -> tuple[str, str]:
    global seen
    seen, watched.connected, watched.guard = Seen(), False, Guard(job["hosts"])
    address = str(job["address"])
    scheme = address.partition("://")[0].lower()
    try:
        if job["task"] == "examine":
            scheme = scheme_of(address)
        service = _service(scheme, address)
    except BadAddress as problem:
        return BAD, str(problem)
    if job["task"] == "examine":
        return _examined(scheme, service)
    try:
        taken = bool(service.notify(body=str(job["text"])))
    except Exception as problem:  # whatever a library for somebody else's protocol raises is no answer
        seen.raised = type(problem).__name__  # its text may hold the address
        taken, seen.unanswered = False, seen.unanswered or watched.connected
    return _outcome(taken)


def _outcome(taken: bool) -> tuple[str, str]:
    if taken:
        return SENT, ""
    if seen.unanswered:
        return UNSURE, "no answer"
    if any(status >= 500 and status not in NOT_TAKEN for status in seen.statuses):
        return UNSURE, f"status {max(seen.statuses)}"
    if any(status in NOT_TAKEN for status in seen.statuses):
        return UNSENT, f"status {max(seen.statuses)}"
    if seen.statuses and max(seen.statuses) >= 300:
        return REFUSED, f"status {max(seen.statuses)}"
    why = "refused by its own rules" if seen.statuses else "not reached"
    return UNSENT, f"{why} ({seen.raised})" if seen.raised else why


def _examined(scheme: str, service: Any) -> tuple[str, str]:
    """Look up the host of an address that names one; what is found there is not told."""
    import socket

    host = getattr(service, "smtp_host", None) or getattr(service, "host", None)
    clouded = getattr(service, "mode", None) == "cloud"
    if not KINDS[scheme].hosted or clouded or not isinstance(host, str) or not host:
        return SENT, ""
    try:
        socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return BAD, "这个地址的主机名查不到，或不在公网上；内网的网关须由管理员写入设置 TOCSIN_CHANNEL_HOSTS"
    return SENT, ""


def _service(scheme: str, address: str) -> Any:
    """Return Apprise's service with all that is not the address's to choose."""
    import apprise

    asset = apprise.AppriseAsset(http_redirects=False, secure_logging=True, async_mode=False)
    service: Any = apprise.Apprise.instantiate(cleared(address), asset=asset) if scheme in KINDS else None
    if service is None or scheme not in _schemes(service):
        raise BadAddress(f"{masked(address)} 这个地址不完整，请按该服务的说明填写")
    service.socket_connect_timeout, service.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
    service.verify_certificate, service.redirects, service.retry, service.wait = True, False, 0, 0.0
    if scheme.startswith("mailto"):
        service.socket_connect_timeout = READ_SECONDS  # the only one that smtplib knows
    if KINDS[scheme].gateway:
        service.method, service.headers = "POST", {}
    return service


def _schemes(service: Any) -> set[str]:
    schemes: set[str] = set()
    for protocol in (service.protocol, service.secure_protocol):
        schemes |= {protocol} if isinstance(protocol, str) else set(protocol or ())
    return schemes
