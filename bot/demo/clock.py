"""The town's clock: virtual, and the only one that may be turned back, when a town begins anew."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.clock import VirtualClock


class TownClock(VirtualClock):
    """A virtual clock that can be set while nobody lives by it."""

    async def turn_to(self, moment: datetime) -> None:
        """Set the clock, also back. Call it only while the program is off: whoever slept would never be woken.

        Args:
            moment: aware.
        """
        async with self._moving:
            self._wakes.clear()
            self._now = moment.astimezone(UTC)
