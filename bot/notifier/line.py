"""The office above in another installation of the program, asked by its API: a report brought, and how it stands.

Addresses are judged as those of webhooks are (``bot.notifier.webhook``): nothing is followed, no proxy is used, and no
answer that is not as the API promises is believed. Whatever it answers, the same key may be asked again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.notifier.webhook import Answered, Closed, Unanswered

BASE = "/api/v1"
MOST_ANSWERED = 64 * 1024
"""Bytes of an answer; a longer one is none of the API's."""

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_WORD = 50, 500, 200
STATES = frozenset({"reported", "responding", "ended", "closed", "rejected", "merged"})
NOT_NOW = frozenset({408, 425, 429})
_NUMBER = re.compile(r"[0-9+-]{3,20}")
_INVISIBLE = frozenset({"Cc", "Cs", "Cn", "Co", "Cf"})
SHUT_OUT = frozenset({401, 403})
NOT_THERE = 404
NOT_VALID = "not-valid"
OVER, ROUND = "not_running", "went_round"
"""Refusals: the case is over there; the report has been there before."""


class Asker(Protocol):
    """Asks for something over the network."""

    async def ask(
        self, method: str, url: str, headers: dict[str, str], body: bytes = b"", most: int = MOST_ANSWERED
    ) -> Answered:
        """Ask; raise Unanswered, Closed."""
        ...


class NotNow(Exception):
    """It may be asked again later: nobody answered, or not as the API promises.

    Args:
        seconds: for so long it wants to be left alone.
    """

    def __init__(self, error: str, seconds: int = 0) -> None:
        super().__init__(error)
        self.seconds = seconds


class Never(Exception):
    """Asked again it would say the same: ``why`` is a key of the texts, ``error`` for the operator."""

    def __init__(self, why: str, error: str) -> None:
        super().__init__(error)
        self.why = why


class Unread(Never):
    """The other side does not know all words of what is asked, as an older program does."""


class Gone(Exception):
    """What was brought before is not known there any more, or its case is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is to be verified."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the API says of a report.

    Attributes:
        id: of the report there. recorded: it stands in a case, of which the rest is said.
    """

    id: str
    recorded: bool = False
    state: str = ""
    number: int = 0
    merged_into: int | None = None
    taken: bool = False
    taken_at: datetime | None = None
    taken_by: str = ""
    duty_line: str = ""
    response_level: str | None = None
    ended: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """The office above.

    Args:
        url: of its installation, without ``/api``. token: with which it is asked.
    """

    asker: Asker
    url: str
    token: str

    async def place(self) -> str:
        """Return the jurisdiction for which the token brings reports.

        Raises:
            Never: it brings none. NotNow.
        """
        found = await self._asked("GET", "/token")
        scopes = found.get("scopes")
        if not isinstance(scopes, list) or "report" not in scopes:
            raise Never("token", "the token is not for reports")
        return _text(found.get("jurisdiction"))

    async def report(self, key: str, body: Mapping[str, Any]) -> Told:
        """Bring a report; raise Never, NotNow."""
        return told_of(await self._asked("POST", "/reports", key, body))

    async def add(self, id: str, key: str, body: Mapping[str, Any]) -> Told:
        """Bring what is said anew of a report; raise Gone, Never, NotNow."""
        return told_of(await self._asked("POST", f"/reports/{id}/updates", key, body))

    async def told(self, id: str) -> Told:
        """Return how a report stands; raise Gone, Never, NotNow."""
        told = told_of(await self._asked("GET", f"/reports/{id}"))
        if told.id != id:
            raise NotNow("the answer is of another report")
        return told

    async def _asked(
        self, method: str, path: str, key: str = "", body: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity", "User-Agent": "tocsin"}
        sent = b""
        if body is not None:
            sent = json.dumps(body, ensure_ascii=False).encode()
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            answer = await self.asker.ask(method, f"{self.url}{BASE}{path}", headers, sent, MOST_ANSWERED)
        except Closed as problem:
            raise NotNow(f"closed: {problem}") from None
        except Unanswered as problem:
            raise NotNow(str(problem) or "no answer") from None
        return _read(answer)


def _read(answer: Answered) -> Mapping[str, Any]:
    """Return what was answered."""
    if answer.status in NOT_NOW or answer.status >= 500:
        raise NotNow(f"status {answer.status}", answer.wait)
    if answer.status in SHUT_OUT:
        raise Never("token", f"status {answer.status}")
    if answer.status == NOT_THERE:
        raise Gone
    if 400 <= answer.status < 500:
        code, refusal = _word(answer.body, "code"), _word(answer.body, "refusal")
        if refusal == OVER:
            raise Gone
        if code == NOT_VALID:
            raise Unread("refused", f"status {answer.status} {code}")
        why = {"nobody": "nobody"}.get(code) or {ROUND: "round"}.get(refusal, "refused")
        raise Never(why, " ".join(f"status {answer.status} {code} {refusal}".split()))
    if answer.status not in (200, 201, 202):  # also a redirect: it would carry words and token elsewhere
        raise NotNow(f"status {answer.status}")
    try:
        found = json.loads(answer.body) if len(answer.body) <= MOST_ANSWERED else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotNow("no answer of the API")
    return found


def _word(body: bytes, name: str) -> str:
    """Return a word of the program's that an answer gives."""
    try:
        code = json.loads(body).get(name)
    except (ValueError, AttributeError):
        return ""
    return code[:40] if isinstance(code, str) and code.isascii() and code.isprintable() else ""


def told_of(found: Mapping[str, Any]) -> Told:
    """Return what the API says of a report; raise NotNow for what it would not say."""
    try:
        id = _text(found["id"])
        if not id.replace("-", "").replace("_", "").isalnum() or not id.isascii():
            raise ValueError("id")
        if found["state"] == "refused":
            raise Never("refused", "the report was refused")
        case = found["incident"]
        if found["state"] == "kept" or case is None:
            return Told(id=id)
        state, merged = case["state"], case.get("merged_into")
        if state not in STATES:
            raise ValueError("state")
        level = case.get("response_level")
        return Told(
            id=id, recorded=True, state=state, number=_number(case["number"]),
            merged_into=None if merged is None else _number(merged), taken=_flag(case["taken"]),
            taken_at=_moment(case.get("taken_at")), taken_by=_text(case.get("taken_by") or ""),
            duty_line=_phone(case.get("duty_line")), response_level=None if level is None else _text(level)[:10],
            ended=_flag(case.get("ended", state in ("ended", "closed"))), questions=_questions(case.get("questions")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotNow("no answer of the API") from None


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORD:
        raise ValueError("text")
    return _visible(value)


def _visible(words: str) -> str:
    """Return words without what nobody can see and no database holds, but for ends of lines."""
    return "".join(one for one in words if one == "\n" or unicodedata.category(one) not in _INVISIBLE)


def _phone(value: Any) -> str:
    """Return a number that can be rung; anything else is none."""
    text = _text(value or "")
    return text if _NUMBER.fullmatch(text) else ""


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("flag")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise ValueError("number")
    return value


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("moment")
    return moment


def _questions(value: Any) -> tuple[Question, ...]:
    if value is None:
        return ()
    found = []
    for item in value[:MOST_QUESTIONS]:
        at, text = _moment(item["at"]), item["text"]
        if at is None or not isinstance(text, str):
            raise ValueError("question")
        found.append(Question(id=_text(item["id"]), at=at, text=_visible(text[:LONGEST_QUESTION])))
    return tuple(found)
