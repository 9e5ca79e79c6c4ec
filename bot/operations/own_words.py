"""What of the logs is somebody's own: his acts, his names, and the words that he wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cases.streams import is_case
from bot.office.identity import CONFIRMED
from plans.persons import ACTOR, NAMED, held
from plans.roster.people import name_key
from storage.journal import Entry
from storage.people import Person, is_confirmed
from storage.transaction import Reading

OWN_IN_THE_OFFICE = ("name", "before", "office", "office_before", "phone", "phone_before", "account")
"""Values of the office's log that are those of the person whom the entry names, else of whoever made it."""

EVENT = "person-erased"


async def entries_of(rx: Reading, person: Person) -> list[Entry]:
    """Return the entries of all logs that the person made, that are about him, or that call him by his real name.

    What he calls himself in Telegram is no reason to read, or to erase, what is written of anybody.
    """
    called: dict[str, set[int]] = {}
    for stream, sequence in await rx.journal.calling(person.real_name) if is_confirmed(person) else ():
        called.setdefault(stream, set()).add(sequence)
    entries = []
    for stream in dict.fromkeys([*await rx.journal.naming(person.id), *called]):
        of_name = called.get(stream, set())
        entries += [
            entry
            for entry in await rx.journal.load(stream)
            if _about(entry, person.id) or (entry.sequence in of_name and entry.event != EVENT)
        ]
    return entries


def _about(entry: Entry, person_id: str) -> bool:
    if entry.event == EVENT:  # the name in it is that of whoever ordered it
        return False
    return entry.actor == person_id or person_id in _values(entry.payload)


@dataclass(frozen=True)
class Own:
    """What of an entry is somebody's own.

    Attributes:
        names: the real names that he has and had. alone: nobody else may be called so.
    """

    person: Person
    names: frozenset[str]
    alone: bool

    def values_of(self, entry: Entry) -> list[str]:
        """Return the personal values of an entry that are his: names, and words that he wrote."""
        return [key for key in entry.personal if self._is_his(entry, key)]

    def has_part_in(self, entry: Entry) -> bool:
        """Return whether an entry is about him, not only words in which others speak of him."""
        return _about(entry, self.person.id) or bool(self.values_of(entry))

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Return the values of an entry for the person himself: of one that only mentions him, those that do."""
        if self.has_part_in(entry):
            return entry.payload
        return {key: value for key, value in entry.payload.items() if any(name in str(value) for name in self.names)}

    def _is_his(self, entry: Entry, key: str) -> bool:
        value, holds = entry.payload.get(key), held(entry.event, key)
        if not is_case(entry.stream):  # the log of the office: of whom it speaks is in its values
            if entry.event == "invited" and key == "name":  # whom an administrator meant
                return self.alone and self._called(value)
            if holds is not None and holds.whose in entry.payload:
                return bool(entry.payload[holds.whose] == self.person.id)
            whose = entry.payload.get("person") or entry.actor
            return (
                (key in OWN_IN_THE_OFFICE and whose == self.person.id)
                or (key == "text" and entry.actor == self.person.id)
                or str(value) == str(self.person.telegram_id)
            )
        if holds is None or holds.whose == ACTOR:
            return entry.actor == self.person.id
        whose = entry.payload.get(holds.whose) if holds.whose != NAMED else ""
        return whose == self.person.id if whose else self.alone and self._called(value)

    def _called(self, value: Any) -> bool:
        return isinstance(value, str) and name_key(value) in self.names

    def kept(self, entries: Sequence[Entry], roles: int) -> dict[str, int]:
        """Return what stays of him, and how many: acts by his id, roles with their dates, what others wrote of him."""
        acts = sum(_about(entry, self.person.id) for entry in entries)
        namesakes = sum(
            (holds := held(entry.event, key)) is not None
            and holds.kind == "name"
            and self._called(entry.payload.get(key))
            and not self._is_his(entry, key)
            and not self.alone
            for entry in entries
            if is_case(entry.stream)
            for key in entry.personal
        )
        others = sum(
            any(
                not self._is_his(entry, key) and any(name in str(entry.payload.get(key)) for name in self.names)
                for key in entry.personal
            )
            for entry in entries
        )
        return {
            name: count
            for name, count in (("acts", acts), ("roles", roles), ("others", others), ("namesake", namesakes))
            if count
        }


async def own_of(rx: Reading, person: Person, entries: Iterable[Entry]) -> Own:
    """Return what is his: by his ids, and by the real names under which he is and was confirmed."""
    names = {person.real_name} if is_confirmed(person) else set[str]()
    for entry in entries:
        if entry.event == CONFIRMED and entry.payload.get("person") == person.id:
            names |= {str(entry.payload[key]) for key in ("name", "before") if entry.payload.get(key)}
    same = {item.id for name in names for item in await rx.people.maybe_called(name)} - {person.id}
    return Own(person, frozenset(name_key(name) for name in names if name), not same)


def _values(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for item in value.values() for text in _values(item)} | set(value)
    if isinstance(value, list | tuple):
        return {text for item in value for text in _values(item)}
    return {value} if isinstance(value, str) else set()
