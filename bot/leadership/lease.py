"""What a lease is, and the one of a process that is alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from storage.transaction import Writing


class Lease(Protocol):
    """The right to do something now."""

    @property
    def epoch(self) -> int:
        """A number that grows with every holder; 0 where there is only one."""
        ...

    def may_start(self) -> bool:
        """Return whether something that cannot be taken back may still be begun."""
        ...

    async def fence(self, tx: Writing) -> None:
        """Let this transaction commit only while the lease is held.

        Raises:
            LostClaim: it is not any more; roll back.
        """
        ...


class Leadership(Protocol):
    """Hands out leases."""

    def held(self, name: str) -> AbstractAsyncContextManager[Lease]:
        """Return a context that waits for a lease and keeps it for the length of its block.

        Raises:
            LostClaim: in place of the block's rest, when the lease was lost.
        """
        ...


class Always:
    """The lease of a process that is alone."""

    @property
    def epoch(self) -> int:
        """Return 0."""
        return 0

    def may_start(self) -> bool:
        """Return True."""
        return True

    async def fence(self, tx: Writing) -> None:
        """Do nothing."""


class Alone:
    """The leadership of a process that is alone."""

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[Lease]:
        """Grant it."""
        yield Always()
