"""Finding what was changed behind the program's back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from storage.journal.chain import GENESIS, digest, salted
from storage.journal.checkpoints import read_checkpoint
from storage.journal.tables import checkpoints, entries, heads, personal
from storage.session import Repository

STREAMS_AT_ONCE = 200
_NEEDED = {"stream", "sequence", "previous", "personal"}

_ENTRIES = (
    select(entries.c.stream, entries.c.sequence, entries.c.body, entries.c.hash)
    .where(entries.c.stream.in_(bindparam("streams", expanding=True)))
    .order_by(entries.c.stream, entries.c.sequence)
)
_PERSONAL = select(
    personal.c.stream,
    personal.c.sequence,
    personal.c.key,
    personal.c.salt,
    personal.c.value,
    personal.c.erased_at.is_not(None),
).where(personal.c.stream.in_(bindparam("streams", expanding=True)))

Secret = tuple[str | None, str | None, bool]
"""Of a personal value: the salt, the value, whether they were erased."""

_HEADS = select(heads)
_STREAMS = select(entries.c.stream).distinct()
_CHECKPOINTS = select(checkpoints).order_by(checkpoints.c.number)
_GONE: Secret = (None, None, False)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is not as it was written.

    Attributes:
        stream: the stream; ``checkpoints`` for the chain of checkpoints.
        sequence: the entry, or the checkpoint's number.
        kind: ``edited`` (the text is not the one that was hashed), ``missing`` (deleted inside the stream),
            ``truncated`` (deleted at its end), ``reordered`` (an entry in another's place), ``broken`` (does not follow
            from the entry before), ``rewritten`` (differs from a checkpoint), ``personal`` (a personal value was
            changed, or removed without being erased), ``checkpoint`` (the checkpoints themselves).
        text: for the engineer, in English; people read the kind in their own words.
    """

    stream: str
    sequence: int
    kind: str
    text: str


class Verification(Repository):
    """The examination of the log."""

    async def verify(self, stream: str | None = None, checkpoint: Mapping[str, Any] | None = None) -> list[Fault]:
        """Examine one stream or all, against the stored checkpoints and an exported one, and return what is wrong.

        Args:
            stream: all streams when None.
            checkpoint: an answer of ``export_checkpoint``, kept elsewhere. Without it, somebody who rewrites a
                stream, its head and all checkpoints since is not found.
        """
        faults, marks = await self._checkpoints(checkpoint)
        ends = {row.stream: row for row in await self._session.rows(_HEADS)}
        names = {stream} if stream else set(ends) | set(marks) | set(await self._streams())
        ordered = sorted(names)
        for start in range(0, len(ordered), STREAMS_AT_ONCE):
            some = ordered[start : start + STREAMS_AT_ONCE]
            rows = await self._by_stream(_ENTRIES, some)
            hidden = await self._by_stream(_PERSONAL, some)
            for name in some:
                faults += examine(name, rows[name], ends.get(name), hidden[name], marks.get(name, {}))
        return faults

    async def _by_stream(self, statement: Select[Any], streams: list[str]) -> dict[str, list[Sequence[Any]]]:
        rows: dict[str, list[Sequence[Any]]] = defaultdict(list)
        for row in await self._session.rows(statement, {"streams": streams}):
            rows[row[0]].append(row)
        return rows

    async def _streams(self) -> Iterable[str]:
        return [row.stream for row in await self._session.rows(_STREAMS)]

    async def _checkpoints(self, exported: Mapping[str, Any] | None) -> tuple[list[Fault], dict[str, dict[int, str]]]:
        faults: list[Fault] = []
        marks: dict[str, dict[int, str]] = defaultdict(dict)
        hashes: dict[int, str] = {}
        previous, expected = GENESIS, 1
        for row in await self._session.rows(_CHECKPOINTS):
            try:
                one = read_checkpoint(row.body, digest(row.body))
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                faults.append(_checkpoint(row.number, "cannot be read"))
                previous, expected = row.hash, row.number + 1
                continue
            if (one.hash, one.number, one.number) != (row.hash, row.number, expected) or one.previous != previous:
                faults.append(_checkpoint(row.number, "does not follow from the one before"))
            previous, expected = one.hash, row.number + 1
            hashes[row.number] = one.hash
            for name, end in one.heads.items():
                marks[name][end.sequence] = end.hash
        if exported is not None:
            number = exported["number"]
            if hashes.get(number) != exported["hash"]:
                faults.append(_checkpoint(number, "is not the exported one"))
            for name, head in exported["heads"].items():
                marks[name][head["sequence"]] = head["hash"]
        return faults, marks


def examine(
    stream: str,
    rows: Iterable[Sequence[Any]],
    head: Row[Any] | None,
    hidden: Iterable[Sequence[Any]],
    marks: Mapping[int, str],
) -> list[Fault]:
    """Return the faults of one stream.

    Args:
        stream: its name.
        rows: its entries in the order of their sequence: stream, sequence, body, hash.
        head: where it is said to end.
        hidden: its personal values: stream, sequence, key, salt, value, whether erased.
        marks: hashes that checkpoints give for sequences.
    """
    faults: list[Fault] = []

    def fault(sequence: int, kind: str, text: str) -> None:
        faults.append(Fault(stream=stream, sequence=sequence, kind=kind, text=text))

    secrets: dict[int, dict[str, Secret]] = defaultdict(dict)
    for _, sequence, key, salt, value, erased in hidden:
        secrets[sequence][key] = (salt, value, erased)
    seen: dict[int, str] = {}
    previous: str | None = GENESIS
    expected = 1
    for _, sequence, body, recorded in rows:
        if sequence != expected:
            for gone in range(expected, sequence):
                fault(gone, "missing", "the entry was deleted")
            previous = None  # what follows cannot be compared, and need not be reported a second time
        expected = sequence + 1
        actual = seen[sequence] = digest(body)
        fields = _parse(body)
        if actual != recorded or fields is None:
            fault(sequence, "edited", "the text is not the one that was hashed")
        elif fields["sequence"] != sequence or fields["stream"] != stream:
            fault(sequence, "reordered", f"this is entry {fields['sequence']} of {fields['stream']}")
        elif fields["previous"] != previous and previous is not None:
            fault(sequence, "broken", "does not follow from the entry before")
        if fields is not None and (fields["personal"] or sequence in secrets):
            for key in _changed(fields["personal"], secrets[sequence]):
                fault(sequence, "personal", f"the value of {key} was changed or removed")
        previous = recorded
    last = expected - 1
    end = 0 if head is None else head.sequence
    if end < last:
        fault(last, "broken", "the stream's end was not recorded by the program")
    elif end > last:
        fault(last + 1, "truncated", f"entries {last + 1} to {end} were deleted")
    elif head is not None and head.hash != previous:
        fault(last, "broken", "the stream's end is another one")
    for sequence, mark in sorted(marks.items()):
        if sequence not in seen:
            if sequence > max(end, last):
                fault(sequence, "truncated", "a checkpoint knows this entry, and it is gone")
        elif seen[sequence] != mark:
            fault(sequence, "rewritten", "a checkpoint knows another entry here")
    return faults


def _parse(body: str) -> dict[str, Any] | None:
    try:
        fields = json.loads(body)
    except ValueError:
        return None
    complete = isinstance(fields, dict) and fields.keys() >= _NEEDED and isinstance(fields["personal"], dict)
    return fields if complete else None


def _changed(digests: Mapping[str, str], values: Mapping[str, Secret]) -> list[str]:
    changed = sorted(values.keys() - digests.keys())
    for key, wanted in digests.items():
        salt, value, erased = values.get(key, _GONE)
        if not erased and (value is None or salted(salt or "", value) != wanted):
            changed.append(key)
    return changed


def _checkpoint(number: int, text: str) -> Fault:
    return Fault(stream="checkpoints", sequence=number, kind="checkpoint", text=f"checkpoint {number} {text}")
