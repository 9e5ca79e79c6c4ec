"""What is wrong with a request, as RFC 9457 has it: a code that stays, words for people, where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.texts import api as t

STATUS: Mapping[str, int] = {
    "bad-request": 400,
    "no-key": 400,
    "not-known": 401,
    "not-allowed": 403,
    "not-found": 404,
    "no-such-method": 405,
    "slow": 408,
    "refused": 409,
    "nobody": 409,
    "too-large": 413,
    "wrong-type": 415,
    "not-valid": 422,
    "key-reused": 422,
    "too-many": 429,
    "broken": 500,
    "later": 503,
}
"""The status of each problem, by its code."""

DOCUMENT = "/api/v1/openapi.json"
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that is not answered.

    Args:
        code: of ``STATUS``. errors: what is wrong where, by key of ``texts.api.INVALID``, with its values.
        refusal: of the core, why nothing was done.
        values: of the detail. headers: of the answer.
    """

    def __init__(
        self, code: str, *, errors: Sequence[tuple[str, str]] = (), refusal: str = "",
        headers: Mapping[str, str] | None = None, **values: Any,
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.code, self.errors, self.refusal, self.values = code, errors, refusal, values
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """Of the answer."""
        return STATUS[self.code]

    def as_data(self) -> dict[str, Any]:
        """Return what is answered."""
        title, detail = t.PROBLEMS[self.code]
        values = {"count": len(self.errors), **self.values}
        data: dict[str, Any] = {
            "type": f"{DOCUMENT}#/x-problems/{self.code}", "title": title, "status": self.status,
            "detail": detail.format(**values) or title, "code": self.code,
        }  # fmt: skip
        if self.refusal:
            data["refusal"] = self.refusal
        if self.errors:
            data["errors"] = [{"at": at, "detail": words} for at, words in self.errors]
        return data

    def response(self) -> web.Response:
        """Return the answer."""
        return web.json_response(self.as_data(), status=self.status, content_type=MEDIA_TYPE, headers=self.headers)


def invalid(at: str, key: str, **values: Any) -> Problem:
    """Return the problem of one thing that is wrong."""
    return Problem("not-valid", errors=[(at, t.INVALID[key].format(**values))])
