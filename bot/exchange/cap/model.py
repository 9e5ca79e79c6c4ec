"""What a CAP message consists of, as plain data; the names and the words are those of CAP 1.2, times are aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]
MsgType = Literal["Alert", "Update", "Cancel", "Ack", "Error"]
Scope = Literal["Public", "Restricted", "Private"]
Category = Literal[
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"
]
ResponseType = Literal["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
Version = Literal["1.1", "1.2"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A value with the name of its list: an event code, a geocode or a parameter."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An earlier message that this one updates or cancels."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """A file that belongs to a message; only what is said of it, never the file itself."""

    description: str
    mime_type: str
    size: int | None = None
    uri: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Where it holds.

    Attributes:
        description: in words.
        polygons: ``纬度,经度`` pairs with spaces between, as written; :func:`bot.exchange.cap.shapes.told` has words.
        circles: ``纬度,经度 半径`` in kilometres.
        geocodes: codes of areas, such as those of GB/T 2260.
        altitude, ceiling: feet above sea level, as they were written.
    """

    description: str
    polygons: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    geocodes: tuple[Pair, ...] = ()
    altitude: str = ""
    ceiling: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Info:
    """What is to be expected, in one language.

    Attributes:
        event: the kind of event, in words.
        effective: from when the words hold; `onset` is when the event is expected, `expires` when the words end.
    """

    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    categories: tuple[Category, ...]
    language: str = "zh-CN"
    response_types: tuple[ResponseType, ...] = ()
    audience: str = ""
    event_codes: tuple[Pair, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Pair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()

    def parameter(self, name: str) -> str:
        """Return the first value of a parameter, empty where there is none."""
        return next((pair.value for pair in self.parameters if pair.name == name), "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One message.

    Attributes:
        identifier: unique with its sender; neither holds white space, commas, ``<`` or ``&``.
        references: the messages that an Update, a Cancel, an Ack or an Error is about, earliest first.
    """

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    scope: Scope = "Public"
    source: str = ""
    restriction: str = ""
    addresses: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: str = ""
    infos: tuple[Info, ...] = ()
    version: Version = "1.2"

    @property
    def reference(self) -> Reference:
        """What a later message calls this one."""
        return Reference(sender=self.sender, identifier=self.identifier, sent=self.sent)

    def info_in(self, language: str = "zh") -> Info | None:
        """Return the block in a language, else the first; None where the message has none."""
        fits = (info for info in self.infos if info.language.lower().split("-")[0] == language)
        return next(fits, self.infos[0] if self.infos else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where in a file a value stands, and its words there."""

    line: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CapFile:
    """A message as a file says it.

    Attributes:
        places: path of each value that was read, such as ``info[1]/area[2]/areaDesc``.
        notes: what of the file was not used or is out of order, a sentence each.
    """

    alert: Alert
    places: Mapping[str, Place]
    notes: tuple[str, ...] = ()
