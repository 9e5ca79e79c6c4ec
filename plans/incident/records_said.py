"""What was said of an incident, as its state holds it: claims, figures to choose, bodies named, evidence, edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from plans.values import FactValue


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source last said about a fact."""

    value: FactValue
    source: str
    at: datetime
    sequence: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Unsure:
    """A figure that does not count before a person has chosen how it is meant.

    Attributes:
        why: ``read`` (the reader was not sure), ``fall`` (fewer than before, a contradiction, a figure taken back) or
            ``said`` (hearsay).
        options: plain values as ``{"value": …}``, the likeliest first; ``{"keep": True}`` = it stays as it was.
        over: the bounds of all readings, None where it leaves what counts.
        words: of the text that say it.
        source: whose message says it. by: who wrote that.
        from_other: it came with another case: what is chosen stands beside the figures of this one and replaces none.
    """

    key: str
    fact: str
    why: str
    options: tuple[Mapping[str, Any], ...]
    over: FactValue | None
    words: str
    source: str
    by: str
    at: datetime
    sequence: int
    from_other: bool = False


@dataclass(frozen=True, slots=True)
class MentionedBody:
    """A listed body that words may mean.

    Attributes:
        families: ``学校``, ``医院``, ``镇街`` … (``plans.areas.body``).
        office: id and name of the listed office of its township; empty where none is listed.
    """

    id: str
    name: str
    families: frozenset[str] = frozenset()
    township: str = ""
    office: str = ""
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class BodyMention:
    """Words that name a listed body.

    Attributes:
        words: as they were written; empty = nobody wrote them: it is the body for which the report was made, or one
            that a person has looked up.
        sure: there is one body, and nothing speaks against it.
    """

    words: str
    bodies: tuple[MentionedBody, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo, voice message, file or place that came with the incident.

    Attributes:
        sender: id of who sent it; at: the message's own date.
        digest: SHA-256 of the kept content, empty while it is not kept.
        lost: why it will not be: ``large`` or ``gone``.
    """

    kind: str
    reference: str
    sender: str
    at: datetime
    caption: str = ""
    name: str = ""
    digest: str = ""
    size: int = 0
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited message that waits to be adopted or left."""

    sequence: int
    message: str
    text: str
    source: str
    facts: dict[str, Any]
    place: str = ""
    occurred_at: datetime | None = None
    raised: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A figure of a message that two readers read differently.

    Attributes:
        sequence: number of the event that says so; of: of the one that recorded the message.
        first, second: plain values; the first reader may have read none.
        words: of the message, without names and telephone numbers.
        total: the second number would replace what is known.
    """

    fact: str
    sequence: int
    of: int
    first: Any
    second: Any
    words: str
    total: bool


class Answered(NamedTuple):
    """A short answer to what a report lacks: ``none``, ``unknown`` or ``verifying``, by whom and when."""

    answer: str
    source: str
    at: datetime
