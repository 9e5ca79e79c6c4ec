"""Rings of objects are looked for seldom, and still found."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.garbage import NEW_OBJECTS, collect_seldom


@pytest.fixture
def as_before() -> Iterator[None]:
    """Put back how often this process looks, whatever a test made of it."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


class Ring:
    """Refers to itself, so that only a look frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("as_before")
def test_a_ring_outlives_few_new_objects_and_not_many() -> None:
    collect_seldom()
    ring = weakref.ref(Ring())
    kept: list[object] = [[] for _ in range(NEW_OBJECTS // 2)]
    assert ring() is not None
    kept += [[] for _ in range(NEW_OBJECTS)]
    assert ring() is None


@pytest.mark.usefixtures("as_before")
def test_what_there_was_is_not_walked_through_again() -> None:
    before = gc.get_freeze_count()
    kept: list[object] = [[] for _ in range(1000)]
    collect_seldom()
    assert gc.get_freeze_count() >= before + len(kept)
