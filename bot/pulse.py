"""Whether each endless loop of this process still makes its turns, on the monotonic clock: for readiness and heartbeat.

A loop that has nothing to do is well. One that began a turn and does not end it is stuck; one that must come round by
itself (the poller hears from Telegram, the scheduler ticks) and does not, is silent; one that dies, and has not come
round since although it was begun anew, is dying.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.errors import LostClaim

TURN = timedelta(seconds=120)
"""A turn longer than this is stuck: no call to Telegram and no transaction is allowed to take so long."""


DYING = timedelta(seconds=60)
"""A loop is begun anew after a second, and after half a minute at most: by then it is no slip."""


@dataclass(slots=True)
class _Loop:
    silence: timedelta | None
    beaten: float
    longest: timedelta
    turns: list[float] = field(default_factory=list)


class Pulse:
    """The loops of one process.

    Args:
        monotonic: seconds that only grow.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._loops: dict[str, _Loop] = {}
        self._lost: dict[str, datetime] = {}
        self._died: dict[str, float] = {}

    def note(self, name: str, since: datetime | None) -> None:
        """Note since when a way outside is lost; None: it is there."""
        if since is None:
            self._lost.pop(name, None)
        else:
            self._lost[name] = since

    def lost(self) -> Mapping[str, datetime]:
        """Return the ways outside that are lost, and since when, on the program's clock."""
        return dict(self._lost)

    @contextmanager
    def expected(self, name: str, silence: timedelta | None = None, longest: timedelta = TURN) -> Iterator[None]:
        """Expect a loop to be well for the length of a block; what the block raises is the loop's death.

        Args:
            name: a word for logs and metrics.
            silence: how long it may go without a beat; None for a loop that may have nothing to do.
            longest: how long a turn may take.
        """
        self._loops[name] = _Loop(silence, self._monotonic(), longest)
        try:
            yield
        except LostClaim:  # another process does it now
            self._died.pop(name, None)
            raise
        except Exception:
            self._died.setdefault(name, self._monotonic())
            raise
        else:
            self._died.pop(name, None)
        finally:
            del self._loops[name]

    def beat(self, name: str) -> None:
        """Note that a loop came round; one that nobody expects is ignored."""
        if (loop := self._loops.get(name)) is not None:
            loop.beaten = self._monotonic()
            self._died.pop(name, None)

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Note that a loop works for the length of a block, and a beat at its end when nothing was raised."""
        if (loop := self._loops.get(name)) is None:
            yield
            return
        began = self._monotonic()
        loop.turns.append(began)
        try:
            yield
            loop.beaten = self._monotonic()
            self._died.pop(name, None)
        finally:
            loop.turns.remove(began)

    def ages(self) -> Mapping[str, timedelta]:
        """Return how long ago each loop came round the last time."""
        now = self._monotonic()
        return {name: timedelta(seconds=now - loop.beaten) for name, loop in self._loops.items()}

    def late(self) -> Mapping[str, timedelta]:
        """Return the loops that are stuck, silent or dying, and for how long."""
        now = self._monotonic()
        dying = {name: timedelta(seconds=now - since) for name, since in self._died.items()}
        ages = {name: age for name, age in dying.items() if age > DYING}
        for name, loop in self._loops.items():
            turn = timedelta(seconds=now - min(loop.turns)) if loop.turns else timedelta()
            age = timedelta(seconds=now - loop.beaten)
            if turn > loop.longest:
                ages[name] = turn
            elif loop.silence is not None and age > loop.silence:
                ages[name] = age
        return ages
