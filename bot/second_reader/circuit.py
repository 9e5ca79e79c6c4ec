"""A server that fails again and again is left alone for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

AFTER = 5
"""Failures one after the other that open the circuit."""
FIRST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)
"""For how long nothing is asked; each further failure doubles it."""


class Circuit:
    """Open while nothing is to be asked. When its time is over one question is tried; its answer closes it.

    Attributes:
        until: until when nothing is asked; None while all is well.
    """

    def __init__(self) -> None:
        self.until: datetime | None = None
        self._failures = 0

    def is_open(self, now: datetime) -> bool:
        """Return whether nothing is to be asked now."""
        return self.until is not None and now < self.until

    @property
    def trying(self) -> bool:
        """Whether it was open, and no answer has come since: only one question at a time then."""
        return self.until is not None

    def succeeded(self) -> None:
        """An answer came that could be used."""
        self.until, self._failures = None, 0

    def failed(self, now: datetime) -> None:
        """None came."""
        self._failures += 1
        if self._failures >= AFTER:
            doubled: timedelta = FIRST * 2 ** min(self._failures - AFTER, 10)
            self.until = now + min(doubled, LONGEST)
