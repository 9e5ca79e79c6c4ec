"""Rounds: both arms in one run, taking turns at who goes first, so that a busy machine troubles both alike."""

from __future__ import annotations

import gc
import math
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Run:
    """How a benchmark is to run.

    Attributes:
        rounds: how often both arms run.
        quick: small sizes, to see that it works; its figures mean little.
        full: also what takes a quarter of an hour by itself.
        folder: an empty folder of its own, on a disk, deleted afterwards.
    """

    rounds: int
    quick: bool
    folder: Path
    full: bool = False

    def size(self, full: int, quick: int) -> int:
        """Return one of two sizes."""
        return quick if self.quick else full

    def say(self, words: str) -> None:
        """Tell who waits what is being done."""
        print(f"  {words}", file=sys.stderr, flush=True)


def alternate(rounds: int, first: Callable[[], T], second: Callable[[], T]) -> tuple[list[T], list[T]]:
    """Run both arms ``rounds`` times, the order turned round each time; return what each found in each round."""
    found: tuple[list[T], list[T]] = ([], [])
    for turn in range(rounds):
        for arm in (0, 1) if turn % 2 == 0 else (1, 0):
            gc.collect()
            found[arm].append((first, second)[arm]())
    return found


async def alternate_async(
    rounds: int, first: Callable[[], Awaitable[T]], second: Callable[[], Awaitable[T]]
) -> tuple[list[T], list[T]]:
    """See :func:`alternate`."""
    found: tuple[list[T], list[T]] = ([], [])
    for turn in range(rounds):
        for arm in (0, 1) if turn % 2 == 0 else (1, 0):
            gc.collect()
            found[arm].append(await (first, second)[arm]())
    return found


def each(work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Return how many seconds each of ``times`` calls took by a clock."""
    taken = []
    for _ in range(times):
        before = clock()
        work()
        taken.append(clock() - before)
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of all do not exceed, the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def scaled(values: Sequence[float], by: float) -> tuple[float, ...]:
    """Return the values times ``by``: seconds to milliseconds and the like."""
    return tuple(value * by for value in values)


def machine() -> Iterator[str]:
    """Yield what a reader must know of the machine, load and all."""
    yield f"{os.cpu_count()} cores"
    yield "load " + " ".join(f"{load:.2f}" for load in os.getloadavg())
    yield f"Python {sys.version.split()[0]}"
