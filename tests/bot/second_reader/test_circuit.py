"""A server that fails is left alone, longer each time, and one answer makes it good."""

from datetime import UTC, datetime, timedelta

from bot.second_reader.circuit import AFTER, FIRST, LONGEST, Circuit

AT = datetime(2026, 3, 2, tzinfo=UTC)


def failed(times: int, circuit: Circuit | None = None) -> Circuit:
    circuit = circuit or Circuit()
    for _ in range(times):
        circuit.failed(AT)
    return circuit


def test_it_opens_after_so_many_failures_and_closes_with_one_answer():
    assert not failed(AFTER - 1).is_open(AT)
    circuit = failed(AFTER)
    assert circuit.is_open(AT) and circuit.is_open(AT + FIRST - timedelta(seconds=1))
    assert not circuit.is_open(AT + FIRST) and circuit.trying
    circuit.succeeded()
    assert not circuit.is_open(AT) and not circuit.trying
    assert not failed(AFTER - 1, circuit).is_open(AT)


def test_it_stays_open_longer_each_time_up_to_a_bound():
    waits = [(failed(AFTER + more).until or AT) - AT for more in range(60)]
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert waits == sorted(waits) and waits[-1] == LONGEST
