"""The updates that the handlers work off now: which of them came late, and with what each of them failed.

Between the program, which gives an update to python-telegram-bot and must know what became of it, and the handlers, to
which the library passes the update alone and whose exceptions it keeps to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class CurrentUpdates:
    """What is known of updates while they are worked off, by their ids."""

    def __init__(self) -> None:
        self._late: set[int] = set()
        self._failed: dict[int, Exception] = {}

    @contextmanager
    def working_off(self, update_id: int, *, delivered_late: bool = False) -> Iterator[None]:
        """Work an update off within a block; raise at its end what its handler failed with.

        Args:
            delivered_late: it lay at Telegram while we were away.
        """
        if delivered_late:
            self._late.add(update_id)
        try:
            yield
        finally:
            self._late.discard(update_id)
        problem = self.take_failure(update_id)
        if problem is not None:
            raise problem

    def delivered_late(self, update_id: int) -> bool:
        """Return whether an update lay at Telegram while we were away."""
        return update_id in self._late

    def fail(self, update_id: int, problem: Exception) -> None:
        """Keep what an update's handler failed with, for whoever gave the update."""
        self._failed[update_id] = problem

    def take_failure(self, update_id: int) -> Exception | None:
        """Return what an update's handler failed with, once; None where it did not."""
        return self._failed.pop(update_id, None)
