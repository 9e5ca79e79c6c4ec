"""What all models of the API share: types of words and counts, pages, problems, how a case is named."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
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


class CaseNamed(Model):
    """A case as people and programs name it."""

    id: str
    number: int
    year: int
    drill: bool
    plan: str


class InIncident(Model):
    """Something of an incident, which it names."""

    incident: str
    number: int
    drill: bool


class Range(Model):
    """A figure that is not known exactly."""

    at_least: Count | None = None
    at_most: Count | None = None


Value = bool | Count | Range
Facts = Annotated[dict[Name, Value], Field(max_length=MOST_FACTS)]


State = Literal["reported", "responding", "ended", "closed", "rejected", "merged"]
