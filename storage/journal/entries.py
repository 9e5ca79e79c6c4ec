"""Appending and loading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, func, insert, select, update

from storage.errors import Conflict
from storage.journal.chain import GENESIS, Entry, Head, NewEntry, Sealed, seal, unseal_all
from storage.journal.tables import entries, heads, personal
from storage.session import Repository, parts

_HEAD = select(heads.c.sequence, heads.c.hash).where(heads.c.stream == bindparam("of")).with_for_update()
_HEADS_OF = select(heads.c.stream, heads.c.sequence, heads.c.hash).where(
    heads.c.stream.in_(bindparam("streams", expanding=True))
)
_HEADS = _HEADS_OF.order_by(heads.c.stream).with_for_update()
_ENDS = select(heads.c.stream, heads.c.sequence, heads.c.hash).order_by(heads.c.stream)
_END = select(heads.c.sequence, heads.c.hash).where(heads.c.stream == bindparam("stream"))
_LENGTH = select(func.count().label("streams"), func.coalesce(func.sum(heads.c.sequence), 0).label("length"))
_MOVE = update(heads).where(heads.c.stream == bindparam("of"))
_MOVE_ON = _MOVE.where(heads.c.sequence == bindparam("at"), heads.c.hash == bindparam("was"))
_ENTRY = insert(entries)
_PERSONAL = insert(personal)
_AFTER = (
    select(entries.c.sequence, entries.c.body, entries.c.hash)
    .where(entries.c.stream == bindparam("stream"), entries.c.sequence > bindparam("after"))
    .order_by(entries.c.sequence)
)
_OF_MANY = (
    select(entries.c.stream, entries.c.sequence, entries.c.body, entries.c.hash)
    .where(entries.c.stream.in_(bindparam("streams", expanding=True)))
    .order_by(entries.c.stream, entries.c.sequence)
)
_PERSONAL_OF = select(personal.c.stream, personal.c.sequence, personal.c.key, personal.c.value).where(
    personal.c.stream.in_(bindparam("streams", expanding=True))
)
_PERSONAL_AFTER = select(personal.c.sequence, personal.c.key, personal.c.value).where(
    personal.c.stream == bindparam("stream"), personal.c.sequence > bindparam("after")
)
_BEGINNING = Head(sequence=0, hash=GENESIS)
_SINCE = (
    select(entries.c.sequence, entries.c.body, entries.c.hash, personal.c.key, personal.c.value)
    .join_from(
        entries,
        personal,
        and_(personal.c.stream == entries.c.stream, personal.c.sequence == entries.c.sequence),
        isouter=True,
    )
    .where(entries.c.stream == bindparam("stream"), entries.c.sequence > bindparam("after"))
    .order_by(entries.c.sequence)
)


class Entries(Repository):
    """The entries of the log."""

    async def append(self, stream: str, expected: int, new: Sequence[NewEntry]) -> list[Entry]:
        """Append to a stream that the caller has loaded up to ``expected`` (0: a new stream) and return the entries.

        Raises:
            Conflict: the stream is elsewhere; nothing was written and the transaction is still usable.
        """
        seen = self._seen(stream, expected) if new else None
        sealed = _sealed(stream, seen, new) if seen is not None else []
        if seen is None or not await self._move_on(stream, seen, sealed[-1].entry):
            head = await self._held(stream)
            if head.sequence != expected:
                raise Conflict(stream, expected, head.sequence)
            if not new:
                return []
            sealed = _sealed(stream, head, new)
            await self._move_head(stream, head, sealed[-1].entry)
        await self._write(sealed)
        last = sealed[-1].entry
        self._keep_end(last)
        return [one.entry for one in sealed]

    async def look_ahead(self, streams: Collection[str], read: Collection[str]) -> None:
        """Hold many logs until the end of the transaction, and read some of them at once, for who loads and appends."""
        heads_found = dict.fromkeys(streams, _BEGINNING)
        logs: dict[str, list[Entry]] = {stream: [] for stream in read}
        for some in parts(streams):
            for row in await self._session.rows(_HEADS, {"streams": some}):
                heads_found[row.stream] = Head(sequence=row.sequence, hash=row.hash)
        for some in parts(read):
            wanted = {"streams": some}
            values: dict[tuple[str, int], dict[str, str | None]] = defaultdict(dict)
            for of, number, key, value in map(tuple, await self._session.rows(_PERSONAL_OF, wanted)):
                values[of, number][key] = value
            rows = await self._session.rows(_OF_MANY, wanted)
            for entry in unseal_all(
                [(body, hash_, values.get((of, number), {})) for of, number, body, hash_ in map(tuple, rows)]
            ):
                logs[entry.stream].append(entry)
        self._session.look_ahead("head", heads_found)
        self._session.look_ahead("log", logs)

    async def load(self, stream: str, after: int = 0) -> list[Entry]:
        """Return a stream's entries in order, those after a sequence only."""
        if ("log", stream) in self._session.ahead:
            log: list[Entry] = self._session.ahead.pop(("log", stream))
            return [entry for entry in log if entry.sequence > after]
        parameters = {"stream": stream, "after": after}
        values: dict[int, dict[str, str | None]] = defaultdict(dict)
        if after:  # a few, by one that remembers the rest
            bodies: dict[int, tuple[str, str]] = {}
            for number, body, hash_, key, value in map(tuple, await self._session.rows(_SINCE, parameters)):
                bodies[number] = body, hash_
                if key is not None:
                    values[number][key] = value
        else:
            rows = await self._session.rows(_AFTER, parameters)
            bodies = {number: (body, hash_) for number, body, hash_ in map(tuple, rows)}
            for number, key, value in map(tuple, await self._session.rows(_PERSONAL_AFTER, parameters) if rows else ()):
                values[number][key] = value
        if not bodies:
            return []
        found = unseal_all([(body, hash_, values.get(number, {})) for number, (body, hash_) in bodies.items()])
        self._keep_end(found[-1])
        return found

    async def heads(self) -> dict[str, Head]:
        """Return where every stream ends."""
        rows = await self._session.rows(_ENDS)
        return {row.stream: Head(sequence=row.sequence, hash=row.hash) for row in rows}

    async def head(self, stream: str) -> Head | None:
        """Return where a stream ends, None where it has not begun."""
        row = await self._session.first(_END, {"stream": stream})
        return Head(sequence=row.sequence, hash=row.hash) if row is not None else None

    async def length(self) -> tuple[int, int]:
        """Return how many streams there are, and how many entries in all of them."""
        [row] = await self._session.rows(_LENGTH)
        return int(row.streams), int(row.length)

    async def erase(self, stream: str, sequence: int, keys: Sequence[str], at: datetime) -> int:
        """Erase personal values and their salts for good and return how many there were; the chain stays whole.

        That it was done is for the caller to record, as an event.
        """
        return await self._session.run(
            update(personal)
            .where(
                personal.c.stream == stream,
                personal.c.sequence == sequence,
                personal.c.key.in_(keys),
                personal.c.erased_at.is_(None),
            )
            .values(salt=None, value=None, erased_at=at)
        )

    async def erasures(self) -> list[tuple[str, int, str, datetime]]:
        """Return every erased value: stream, sequence, key and when it was erased."""
        columns = (personal.c.stream, personal.c.sequence, personal.c.key, personal.c.erased_at)
        gone = select(*columns).where(personal.c.erased_at.is_not(None))
        rows = await self._session.rows(gone.order_by(personal.c.stream, personal.c.sequence, personal.c.key))
        return [(row.stream, row.sequence, row.key, row.erased_at) for row in rows]

    async def naming(self, word: str) -> list[str]:
        """Return the streams in whose entries a word stands, not counting what is personal; it reads all of the log."""
        statement = select(entries.c.stream).where(entries.c.body.contains(word, autoescape=True)).distinct()
        return [row.stream for row in await self._session.rows(statement.order_by(entries.c.stream))]

    async def calling(self, word: str) -> list[tuple[str, int]]:
        """Return the stream and number of each entry in whose personal values a word stands; it reads all of them."""
        statement = select(personal.c.stream, personal.c.sequence).where(
            personal.c.value.contains(word, autoescape=True)
        )
        rows = await self._session.rows(statement.distinct().order_by(personal.c.stream, personal.c.sequence))
        return [(row.stream, row.sequence) for row in rows]

    async def heads_of(self, streams: Collection[str]) -> dict[str, Head]:
        """Return where each of some streams ends; nothing of those that have not begun."""
        found: dict[str, Head] = {}
        for some in parts(streams):
            rows = await self._session.rows(_HEADS_OF, {"streams": some})
            found |= {row.stream: Head(sequence=row.sequence, hash=row.hash) for row in rows}
        return found

    def _keep_end(self, last: Entry) -> None:
        """Remember where a stream ends, as this transaction saw it."""
        self._session.keep(("end", last.stream), Head(sequence=last.sequence, hash=last.hash), entries, heads)

    def _seen(self, stream: str, expected: int) -> Head | None:
        """Return where a stream ends by what this transaction has read of it; None where that is not known."""
        if ("head", stream) in self._session.ahead or self._session.collects:
            return None
        if expected == 0:
            return _BEGINNING
        seen: Head | None = self._session.kept(("end", stream))
        return seen if seen is not None and seen.sequence == expected else None

    async def _move_on(self, stream: str, seen: Head, last: Entry) -> bool:
        """Move a stream's end, which is held until the transaction's; False when it is not where it was seen."""
        values = {"sequence": last.sequence, "hash": last.hash}
        if seen.sequence == 0:
            return await self._session.insert_new(heads, {"stream": stream, "checkpointed": 0} | values, ["stream"])
        return await self._session.run(_MOVE_ON, values | {"of": stream, "at": seen.sequence, "was": seen.hash}) > 0

    async def _held(self, stream: str) -> Head:
        """Return where a stream ends, and hold it there until the transaction does."""
        if ("head", stream) in self._session.ahead:
            head: Head = self._session.ahead.pop(("head", stream))
            return head
        row = await self._session.first(_HEAD, {"of": stream})
        return Head(sequence=row.sequence, hash=row.hash) if row else _BEGINNING

    async def _move_head(self, stream: str, head: Head, last: Entry) -> None:
        values = {"sequence": last.sequence, "hash": last.hash}
        if head.sequence:  # the row is locked since it was read
            await self._session.write(_MOVE, [values | {"of": stream}])
        elif not await self._session.insert_new(
            heads, {"stream": stream, "checkpointed": 0} | values, ["stream"]
        ):  # another transaction began the stream meanwhile and has committed by now
            actual = await self._session.scalar(select(heads.c.sequence).where(heads.c.stream == stream))
            raise Conflict(stream, 0, actual)

    async def _write(self, sealed: Sequence[Sealed]) -> None:
        self._session.touched.add("journal")
        keys = [{"stream": one.entry.stream, "sequence": one.entry.sequence} for one in sealed]
        await self._session.write(
            _ENTRY,
            [key | {"body": one.body, "hash": one.entry.hash} for key, one in zip(keys, sealed, strict=True)],
        )
        hidden = [
            key | {"key": name, "salt": salt, "value": value}
            for key, one in zip(keys, sealed, strict=True)
            for name, (salt, value) in one.secrets.items()
        ]
        if hidden:
            await self._session.write(_PERSONAL, hidden)


def _sealed(stream: str, head: Head, new: Sequence[NewEntry]) -> list[Sealed]:
    """Return new entries as they follow on a stream's end."""
    sealed: list[Sealed] = []
    previous = head.hash
    for sequence, one in enumerate(new, head.sequence + 1):
        sealed.append(seal(stream, sequence, previous, one))
        previous = sealed[-1].entry.hash
    return sealed
