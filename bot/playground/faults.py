"""Faults on order: which call fails, how, how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.errors import ApiError

Kind = Literal["status", "reset", "drop", "delay", "garbage", "refused", "half", "timeout"]
_PHRASES = {
    400: "Bad Request: fault",
    401: "Unauthorized",
    403: "Forbidden: fault",
    404: "Not Found",
    409: "Conflict: fault",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(kw_only=True)
class Fault:
    """One order.

    Args:
        kind: ``status`` answers with an error and no effect; ``reset`` cuts the connection, no effect;
            ``drop`` takes effect and then cuts it; ``delay`` waits and works; ``garbage`` answers with a page of HTML
            as a gateway does, no effect; ``refused`` is a connection that was never made; ``half`` takes effect and
            answers with the first half of the answer; ``timeout`` takes effect and never answers.
        method: only this method; None: any but getUpdates.
        chat: only this chat id; None: any.
        times: how many calls it hits; -1: all.
        skip: how many matching calls pass first.
        status, description, retry_after: for ``status`` (and ``garbage``: its status).
        seconds: real seconds of a ``delay``.
    """

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int = 1
    skip: int = 0
    status: int = 500
    description: str | None = None
    retry_after: int | None = None
    seconds: float = 0.0
    hits: int = 0

    def page(self) -> bytes:
        """Return the page of a ``garbage`` fault."""
        phrase = _PHRASES.get(self.status, "OK").partition(":")[0]
        return f"<html>\r\n<head><title>{self.status} {phrase}</title></head>\r\n</html>\r\n".encode()

    def error(self) -> ApiError:
        """Return the refusal of a ``status`` fault."""
        after = self.retry_after if self.retry_after is not None else (1 if self.status == 429 else None)
        text = self.description or _PHRASES.get(self.status, "fault").format(retry_after=after)
        return ApiError(self.status, text) if after is None else ApiError(self.status, text, retry_after=after)


@dataclass(kw_only=True)
class Faults:
    """The orders, in the sequence given; a call meets the first that fits."""

    orders: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """Order a fault and return it, so that its ``hits`` can be read."""
        self.orders.append(fault)
        return fault

    def clear(self) -> None:
        """Forget every order."""
        self.orders.clear()

    def meet(self, method: str, chat: object) -> Fault | None:
        """Return the fault that this call meets, and count it."""
        for fault in self.orders:
            if fault.method.lower() != method.lower() if fault.method else method == "getUpdates":
                continue
            if fault.chat is not None and str(fault.chat) != str(chat):
                continue
            if fault.times == 0:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1 if fault.times > 0 else 0
            fault.hits += 1
            return fault
        return None
