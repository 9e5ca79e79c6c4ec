"""Which worker of a parallel run takes which tests, and what it tells of them.

xdist's own ``loadgroup`` looks through all that was run whenever a test ends, and six messages are sent for each test:
with thirty thousand tests that is a tenth of all work. Here a step costs the same however long the run is, and what
passed is told once.

Tests of one ``xdist_group`` are one piece of work, and these pieces begin first. The others are handed out a few at a
time in the order of the collection, and one by one at the end, so that no worker is left with many.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import NodeId
from _pytest.runner import runtestprotocol
from xdist.report import report_collection_diff
from xdist.workermanage import parse_tx_spec_config

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

ENOUGH = 2
"""A worker begins a test when it knows the next: so many it must have at least to go on without waiting."""

MOST_AT_ONCE = 10
SHARES = 20
"""For each worker what is left is cut into so many parts, where these are smaller."""


class Scheduler:
    """Hands out tests; ``xdist.scheduler.protocol.Scheduling`` has who asks each method.

    Args:
        workers: with how many the run begins.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._collections: dict[WorkerController, list[str]] = {}
        self._given: dict[WorkerController, dict[int, None]] = {}
        self._queue: deque[list[int]] = deque()
        self._scheduled = False

    @property
    def nodes(self) -> list[WorkerController]:
        """The workers that are there."""
        return list(self._given)

    @property
    def collection_is_completed(self) -> bool:
        """Whether all with whom the run began have collected."""
        return len(self._collections) >= self._workers

    @property
    def tests_finished(self) -> bool:
        """Whether nobody need be given more: a worker begins its last test when it hears that it is the last."""
        return self.collection_is_completed and not self._queue and all(len(it) < ENOUGH for it in self._given.values())

    @property
    def has_pending(self) -> bool:
        """Whether any test is not done."""
        return bool(self._queue) or any(self._given.values())

    def add_node(self, node: WorkerController) -> None:
        """Hear that a worker has started, and collects."""
        self._given[node] = {}

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Hear what a worker has collected, which is what all have."""
        for other, known in self._collections.items():
            difference = report_collection_diff(known, collection, other.gateway.id, node.gateway.id)
            assert not difference, difference
            break
        self._collections[node] = list(collection)

    def schedule(self) -> None:
        """Begin, or supply a worker that takes the place of another."""
        if not self._scheduled:
            self._scheduled = True
            self._queue.extend(pieces(next(iter(self._collections.values()))))
        for node in self._given:
            self._supply(node)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Hear that a worker is done with a test."""
        del self._given[node][item_index]
        self._supply(node)

    def mark_test_pending(self, item: str) -> None:
        """Hear that a test is to be run again, which nobody asks."""
        raise NotImplementedError

    def remove_pending_tests_from_node(self, node: WorkerController, indices: Sequence[int]) -> None:
        """Hear that a worker gave back tests, which nobody asks of it."""
        raise NotImplementedError

    def remove_node(self, node: WorkerController) -> str | None:
        """Return the test at which a worker died, None if it was at none; others take what else it had."""
        given = list(self._given.pop(node))
        if not given:
            return None
        if rest := given[1:]:
            self._queue.appendleft(rest)
        for other in self._given:
            self._supply(other)
        return self._collections[node][given[0]]

    def _supply(self, node: WorkerController) -> None:
        if node.shutting_down or node not in self._collections:
            return
        given = self._given[node]
        most = max(1, min(MOST_AT_ONCE, len(self._queue) // (SHARES * len(self._given))))
        while self._queue and len(given) < ENOUGH:
            taken: list[int] = []
            while self._queue and len(taken) < most:
                taken += self._queue.popleft()
            given |= dict.fromkeys(taken)
            node.send_runtest_some(taken)
        if not self._queue:
            node.shutdown()  # after the last that it was given


def pieces(collection: Iterable[str]) -> list[list[int]]:
    """Return what must be handed out together, as places in a collection: groups, the largest first, then the others.

    A name of a test ends with ``@`` and its group, where it is of one.
    """
    groups: dict[str, list[int]] = {}
    others: list[list[int]] = []
    for index, name in enumerate(collection):
        test, _, group = name.rpartition("@")
        if test and "]" not in group:
            groups.setdefault(group, []).append(index)
        else:
            others.append([index])
    return sorted(groups.values(), key=len, reverse=True) + others


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a worker call each test by its name and group: xdist writes that where pytest 9.2 looks no more."""
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        group = "_".join(sorted(str(mark.args[0]) for mark in item.iter_markers("xdist_group")))
        if group and not item.nodeid.endswith(f"@{group}"):
            item._id = NodeId.parse(f"{item.nodeid}@{group}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config) -> Scheduler | None:
    """Hand out tests as ``--dist loadgroup`` says."""
    if config.getoption("dist") != "loadgroup":
        return None
    return Scheduler(workers=len(parse_tx_spec_config(config)))


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Tell from a worker how a test ended, and each part of it that failed or left words.

    Whoever wants to see how long each part took is told of each.
    """
    config = item.config
    if not hasattr(config, "workerinput") or config.getoption("durations") is not None or config.getoption("xmlpath"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed or report.sections:
            item.ihook.pytest_runtest_logreport(report=report)
    return True
