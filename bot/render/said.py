"""What somebody wrote or sent in answer to something, and the button by which it is a report after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.notice import Press


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody wrote or sent.

    Attributes:
        message: its number in the chat. place: of that chat by our id, where the button does not stand in it.
    """

    text: str
    files: tuple[str, ...]
    said_at: datetime
    message: int
    place: str = ""

    @property
    def handed_in(self) -> dict[str, Any]:
        """The words and files, as arguments of a button."""
        return {"text": self.text, "files": list(self.files)}


def is_report(obj: str, said: Words, label: str = "said_is_report") -> Press:
    """Return the button 「是突发事件，报告」.

    Args:
        obj: what it stands under; it does not change. label: of another name of it.
    """
    when = {"said_at": said.said_at.isoformat(), "message": said.message, "place": said.place}
    return Press(action="said_is_report", label=label, object=obj, args={**said.handed_in, **when})
