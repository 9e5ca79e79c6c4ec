"""Every test is run once, groups stay together, and a worker that dies loses one test."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scheduling import ENOUGH, MOST_AT_ONCE, Scheduler, pieces

pytest_plugins = ("pytester",)

NAMES = st.lists(st.sampled_from(["", "", "", "@browser", "@weeks"]), max_size=200).map(
    lambda groups: [f"t::test[{number}]{group}" for number, group in enumerate(groups)]
)


@dataclass(eq=False)
class Worker:
    """Remembers what it was given and does it in order, as xdist's worker does: the last one when told that it is."""

    gateway: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(id="gw"))
    queue: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    most: int = 0
    shutting_down: bool = False

    def send_runtest_some(self, indices: list[int]) -> None:
        assert not self.shutting_down
        self.queue += indices
        self.most = max(self.most, len(self.queue))

    def shutdown(self) -> None:
        self.shutting_down = True

    def can_work(self) -> bool:
        return len(self.queue) >= (1 if self.shutting_down else ENOUGH)


def begun(names: list[str], workers: int) -> tuple[Scheduler, list[Worker]]:
    scheduler, nodes = Scheduler(workers), [Worker() for _ in range(workers)]
    for node in nodes:
        scheduler.add_node(node)
    for node in nodes:
        assert not scheduler.collection_is_completed
        scheduler.add_node_collection(node, names)
    scheduler.schedule()
    return scheduler, nodes


@given(names=NAMES, workers=st.integers(1, 4), data=st.data())
def test_every_test_is_run_once_whoever_is_how_fast(names, workers, data):
    scheduler, nodes = begun(names, workers)
    while able := [node for node in nodes if node.can_work()]:
        assert scheduler.has_pending
        node = data.draw(st.sampled_from(able))
        index = node.queue.pop(0)
        node.done.append(index)
        scheduler.mark_test_complete(node, index)
    assert scheduler.tests_finished
    assert not scheduler.has_pending
    assert sorted(index for node in nodes for index in node.done) == list(range(len(names)))
    for group in ("@browser", "@weeks"):
        assert sum(any(names[index].endswith(group) for index in node.done) for node in nodes) <= 1


@given(names=NAMES, workers=st.integers(2, 4), deaths=st.integers(1, 3), data=st.data())
def test_a_worker_that_dies_loses_the_test_it_was_at_and_no_other(names, workers, deaths, data):
    scheduler, nodes = begun(names, workers)
    lost: list[str] = []
    while able := [node for node in nodes if node.can_work()]:
        node = data.draw(st.sampled_from(able))
        if deaths and data.draw(st.booleans()):
            deaths -= 1
            at = names[node.queue[0]]
            assert scheduler.remove_node(node) == at
            lost.append(at)
            nodes.append(Worker(done=node.done))  # the tests of the dead remain done
            nodes.remove(node)
            scheduler.add_node(nodes[-1])
            scheduler.add_node_collection(nodes[-1], names)
            scheduler.schedule()
        else:
            index = node.queue.pop(0)
            node.done.append(index)
            scheduler.mark_test_complete(node, index)
    assert scheduler.tests_finished
    assert sorted([names[index] for node in nodes for index in node.done] + lost) == sorted(names)


def test_a_worker_that_has_nothing_to_do_dies_of_nothing():
    scheduler, (node, *_) = begun(["t::test"], 2)
    index = node.queue.pop()
    scheduler.mark_test_complete(node, index)
    assert scheduler.remove_node(node) is None


def test_many_are_handed_out_a_few_at_a_time_and_the_last_one_by_one():
    scheduler, nodes = begun([f"t::test[{number}]" for number in range(5000)], 3)
    assert {len(node.queue) for node in nodes} == {MOST_AT_ONCE}
    while able := [node for node in nodes if node.can_work()]:
        for node in able:
            node.most = 0
            scheduler.mark_test_complete(node, node.queue.pop(0))
    assert max(node.most for node in nodes) <= ENOUGH


def test_workers_that_collected_different_tests_run_none():
    scheduler = Scheduler(2)
    for node, names in ((Worker(), ["a::b"]), (Worker(), ["a::c"])):
        scheduler.add_node(node)
        if names == ["a::c"]:
            with pytest.raises(AssertionError, match="a::c"):
                scheduler.add_node_collection(node, names)
        else:
            scheduler.add_node_collection(node, names)


def test_groups_begin_first_and_an_at_in_a_parameter_is_none():
    assert pieces(["t::a", "t::b@x", "t::c[@home]", "t::d@y", "t::e@x"]) == [[1, 4], [3], [0], [2]]


def test_what_fails_is_told_with_the_part_that_failed(pytester):
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def broken():
            raise ValueError("in the setup")

        @pytest.fixture
        def unclosed():
            yield
            raise ValueError("in the teardown")

        def test_setup(broken): pass
        def test_call(): assert "in the call" == ""
        def test_teardown(unclosed): pass
        def test_good(): pass
        """
    )
    found = pytester.runpytest_subprocess("-p", "tests.scheduling", "-n", "1", "--dist", "loadgroup")
    found.assert_outcomes(passed=2, failed=1, errors=2)
    for words in ("ValueError: in the setup", "ValueError: in the teardown", "in the call"):
        found.stdout.fnmatch_lines([f"*{words}*"])


def test_a_group_is_kept_with_one_worker_by_the_pytest_that_is_installed(pytester):
    pytester.makepyfile(
        """
        import os, pytest

        @pytest.mark.parametrize("number", range(40))
        @pytest.mark.xdist_group("together")
        def test_grouped(number): open(f"grouped-{os.environ['PYTEST_XDIST_WORKER']}", "w").close()

        @pytest.mark.parametrize("number", range(40))
        def test_other(number): open(f"other-{os.environ['PYTEST_XDIST_WORKER']}", "w").close()
        """
    )
    found = pytester.runpytest_subprocess("-p", "tests.scheduling", "-n", "2", "--dist", "loadgroup")
    found.assert_outcomes(passed=80)
    assert len(list(pytester.path.glob("grouped-*"))) == 1
