"""Who looks by browser, with what he may see now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.office.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class WebViewer:
    """A wall, or a person.

    Attributes:
        kind: what looks.
        jurisdictions: of a wall the one that it shows; of a person all in which something is held, or administered.
        reader: a person's rights of this moment, by the same rules as in the chats; a wall has none.
        session: the session's id, which opens nothing.
        until: when the session ends by itself.
    """

    kind: Literal["wall", "person"]
    jurisdictions: tuple[str, ...]
    reader: Reader | None
    session: str
    until: datetime
