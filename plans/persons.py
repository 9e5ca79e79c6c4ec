"""Which values of events say who somebody is, or are his words, and whose they are: for handing out and erasing.

Field names mean the same in every event; where one does not, the event is named. Ids lead to nobody once the person is
erased, and stay: who did what and when is what the record is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ACTOR, NAMED = "actor", "named"
"""Whose a value is: of whoever made the entry; of whom it names, whose id is not on record with it."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What a field holds of a person.

    Attributes:
        kind: ``id``, his ``name``, or ``words`` that he wrote.
        whose: ``ACTOR``, ``NAMED``, or the field of the same event with the id of whose name it is; without an id
            there it is that of whom it names.
    """

    kind: Literal["id", "name", "words"]
    whose: str = ACTOR


_FIELDS = {
    "by": Holds("id"),
    "giver_id": Holds("id"),
    "reporter_id": Holds("id"),
    "spoken_id": Holds("id"),
    "name": Holds("name"),
    "recorded_by": Holds("name"),
    "giver": Holds("name", "giver_id"),
    "reporter": Holds("name", "reporter_id"),
    "spoken_by": Holds("name", "spoken_id"),
    "acting_for": Holds("name", NAMED),
    "caller": Holds("name", NAMED),
    "commander": Holds("name", NAMED),
    "informant": Holds("name", NAMED),
    "names": Holds("name", NAMED),
    "taker": Holds("name", NAMED),
    "caption": Holds("words"),
    "note": Holds("words"),
    "phone": Holds("words"),
    "question": Holds("words"),
    "reason": Holds("words"),
    "sender": Holds("words"),
    "text": Holds("words"),
    "wanted": Holds("words"),
    "voice": Holds("words", "by"),
    "what": Holds("words"),
    "words": Holds("words"),
}

_OF_ONE_EVENT = {
    ("spotcheck-asked", "asked"): Holds("id", NAMED),
    ("spotcheck-asked", "people"): Holds("name", NAMED),
    ("spotcheck-closed", "silent"): Holds("id", NAMED),
    ("drill-evaluators-named", "people"): Holds("id", NAMED),
    ("seat-taken", "before"): Holds("id"),
    ("seat-taken", "before_name"): Holds("name", "before"),
    ("handover-opened", "giver"): Holds("id"),
    ("handover-opened", "giver_name"): Holds("name", "giver"),
    ("handover-opened", "taker_name"): Holds("name"),
    ("handover-opened", "leader"): Holds("name", "leader_id"),
    ("handover-opened", "leader_id"): Holds("id"),
    ("handover-opened", "matters"): Holds("words", NAMED),
    ("handover-signed", "added"): Holds("words", NAMED),
    ("handover-signed", "settled"): Holds("words", NAMED),
    ("edit-noticed", "before"): Holds("words"),
    ("site-handed-over", "before"): Holds("name", NAMED),
    ("evidence-added", "name"): Holds("words"),
    ("evidence-kept", "sender"): Holds("id"),
}


def held(event: str, field: str) -> Holds | None:
    """Return what a field of an event holds of a person; None for one that says nothing of any."""
    return _OF_ONE_EVENT.get((event, field)) or _FIELDS.get(field)
