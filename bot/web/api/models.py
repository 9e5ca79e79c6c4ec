"""What is brought and answered, field by field; what each is stands in ``bot.texts.api`` by the field's name."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

LONGEST = 4096
"""Characters of words that are kept: as many as Telegram sends."""

MOST_FACTS = 60
PAGE, MOST = 50, 200
"""Items of a page."""


def _visible(words: str) -> str:
    """Refuse what nobody can see or no database hold, but for ends of lines and tabs."""
    for character in words:
        if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") and character not in "\n\r\t":
            raise PydanticCustomError("control", "control characters")
    return words


def _something(words: str) -> str:
    if not words.strip():
        raise PydanticCustomError("string_too_short", "empty")
    return words


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_visible)]
Said = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_visible), AfterValidator(_something)]
Short = Annotated[str, Field(max_length=200), AfterValidator(_visible)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_visible)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Model(BaseModel):
    """The base: nothing that is not named, nothing that is not of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Page(Model):
    """Where a page begins, and how long it is."""

    cursor: Annotated[str, Field(max_length=1000)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE


class Invalid(Model):
    """What is wrong where."""

    at: str
    detail: str


class ProblemDetails(Model):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    refusal: str | None = None
    errors: list[Invalid] | None = None


# --- tokens


Scope = Literal["report", "read", "answer", "warn"]


class TokenInfo(Model):
    """A token, to whoever asks with it."""

    id: str
    name: str
    jurisdiction: str
    plans: list[str]
    scopes: list[Scope]
    units: list[str]
    rate: int
    until: datetime


# --- reports


class Range(Model):
    """A figure that is not known exactly."""

    at_least: Count | None = None
    at_most: Count | None = None


Value = bool | Count | Range
Facts = Annotated[dict[Name, Value], Field(max_length=MOST_FACTS)]


class NewReport(Model):
    """A report as it is brought."""

    text: Said
    plan: Name | None = None
    place: Short | None = None
    category: Name | None = None
    occurred_at: AwareDatetime | None = None
    facts: Facts | None = None
    informant: Short | None = None


class ReportUpdate(Model):
    """What is said anew of a report."""

    text: Words | None = None
    facts: Facts | None = None


State = Literal["reported", "responding", "ended", "closed", "rejected", "merged"]


class ReportedIncident(Model):
    """The incident that a report became, to whoever brought it.

    ``taken``: the duty room has it in hand; ``ring``: nobody has, and it should be rung by telephone.
    """

    id: str
    number: int
    year: int
    drill: bool
    plan: str
    state: State
    taken: bool
    ring: bool
    duty_line: str | None
    merged_into: int | None


class Report(Model):
    """What became of a report, or of an addition to one.

    ``state``: ``kept`` it is safe and waits to be worked off, ``recorded`` it stands in the incident, ``refused``.
    """

    id: str
    state: Literal["kept", "recorded", "refused"]
    received_at: datetime
    incident: ReportedIncident | None
    detail: str | None
