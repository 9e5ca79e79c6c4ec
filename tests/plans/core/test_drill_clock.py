"""The clock of a drill that is held stands: all in it comes later by as long as it was held, and nothing rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.core.command import SYSTEM, Actor, Command
from plans.core.event import Recorded, decode
from plans.core.fold import apply, fold
from plans.incident.aid import AskAid
from plans.incident.case import Outcome
from plans.incident.drills import DrillJumped, DrillPaused, JumpDrill, PauseDrill, clock_time
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Judge, Verify
from plans.incident.levels import Declare
from plans.incident.seat import TakeHandling
from plans.incident.state import Incident
from plans.incident.units import Acknowledge
from plans.obligations.wakes import wakes
from tests.factories import ADMIN, DIRECTOR, DUTY, SCHOOL, Life, liaison, span
from tests.plans.core.test_arrivals import FIRE, HEALTH

COURSE = ("drill_paused", "drill_resumed")

ACTS: tuple[tuple[Command, Actor], ...] = (
    (TakeHandling(), DUTY),
    (Verify(facts={"injuries": 4, "deaths": 0}, event_level="一般"), DUTY),
    (Judge(fact="capacity", option="local"), DUTY),
    (Declare(level="Ⅲ"), DIRECTOR),
    (Acknowledge(), liaison(FIRE)),
    (Acknowledge(status="已出发"), liaison(HEALTH)),
    (File(report="首报", channel="电话"), DUTY),
    (Update(text="又有一人死亡", facts={"deaths": 1}), SCHOOL),
    (AskAid(to="市政府", what="排涝车2台"), DUTY),
    (JumpDrill(), ADMIN),
)

Act = tuple[int, int, int | None]
"""Minutes before it, which act it is, and for how many minutes the drill is held around it; None = it goes on."""

HISTORIES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, len(ACTS) - 1), st.none() | st.integers(1, 600)),
    min_size=1,
    max_size=6,
)


def _begun() -> Life:
    return Life().report("+10m", drill=True)


def _live(acts: Sequence[Act], *, held: bool) -> tuple[Life, timedelta, list[tuple[datetime, str, str]]]:
    """Return the life, how long it was held, and what was said at which moment of the drill."""
    life, stood = _begun(), timedelta()
    said: list[tuple[datetime, str, str]] = []
    seen = 0

    def note() -> None:
        nonlocal seen
        said.extend(
            (life.start + at - stood, notice.key, notice.to)
            for at, notice in life.told[seen:]
            if notice.key not in COURSE and not notice.edits
        )
        seen = len(life.told)

    for minutes, number, pause in acts:
        life.run_to(life.now + timedelta(minutes=minutes))
        note()
        command, by = ACTS[number]
        if pause is None or not held or isinstance(command, JumpDrill):  # which is refused while it stands
            life.decide(command, by)
            note()
            continue
        life.do(PauseDrill(), SYSTEM)
        note()
        half, before = timedelta(minutes=pause) / 2, len(life.told)
        life.run_to(life.now + half)
        assert len(life.told) == before, "nothing is said while it is held"
        stood += half
        life.decide(command, by)
        note()
        assert wakes(life.incident, life.policy) == [], "nor will be"
        life.run_to(life.now + half)
        stood += half
        life.do(PauseDrill(paused=False), SYSTEM)
        note()
    life.run_to(life.now + span("+4h"))
    note()
    return life, stood, said


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_a_drill_that_was_held_goes_as_one_that_was_not_later_by_the_time_for_which_it_was_held(
    acts: list[Act],
) -> None:
    (plain, none, first), (held, stood, second) = _live(acts, held=False), _live(acts, held=True)
    assert second == first, "the same is said to the same, at the same moments of the drill"
    own, late = plain.incident, held.incident
    assert none == timedelta() and late.offset == own.offset - stood
    assert _owed(late, late.offset) == _owed(own, own.offset - stood), "each later by as long as it was held"
    assert [(point.kind, point.at - late.offset - stood) for point in wakes(late, held.policy)] == [
        (point.kind, point.at - own.offset) for point in wakes(own, plain.policy)
    ]


def _owed(incident: Incident, offset: timedelta) -> list[tuple[str, str, datetime]]:
    """Return what is owed or was, with the moment by the clock on the wall; keys hold numbers of events."""
    return sorted((item.rule, item.status, item.due - offset) for item in incident.instances.values())


def test_what_happens_while_the_clock_stands_is_written_down_at_the_moment_when_it_stopped() -> None:
    life = _begun()
    life.do(PauseDrill(), SYSTEM, "+12m")
    life.do(TakeHandling(), DUTY, "+40m")
    life.do(PauseDrill(paused=False), SYSTEM, "+1h12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+1h15m")
    named = {type(item.event).__name__: item.at - life.start for item in life.incident.events}
    assert named["HandlingTaken"] == named["DrillPaused"] == span("+12m") and named["Filed"] == span("+15m")
    assert not life.instance("first-phone").late, "its 30 minutes are not over"
    by_the_wall = {type(item.event).__name__: clock_time(life.incident, item.at) for item in life.incident.events}
    assert by_the_wall["Reported"] == life.moment("+10m"), "before it stood the two were the same"
    assert by_the_wall["HandlingTaken"] == life.moment("+12m") and by_the_wall["Filed"] == life.moment("+1h15m")


def test_a_real_incident_is_never_held() -> None:
    life = Life().report("+10m")
    assert life.refuse(PauseDrill(), DUTY, "+12m").key == "not_a_drill"
    assert life.incident.own_time(life.now) == life.now and not life.incident.paused


def test_nobody_jumps_while_it_stands_but_a_log_of_earlier_in_which_somebody_did_is_read() -> None:
    life = _begun()
    life.do(PauseDrill(), SYSTEM, "+12m")
    assert life.refuse(JumpDrill(by=span("+5m")), ADMIN, "+20m").key == "jump_paused"
    jump = Recorded(
        sequence=life.incident.sequence + 1, at=life.moment("+12m"), actor="x", event=DrillJumped(seconds=300)
    )
    life.state = apply(life.incident, [jump])
    assert life.incident.own_time(life.now) == life.moment("+17m")
    life.do(PauseDrill(paused=False), SYSTEM, "+30m")
    assert life.incident.own_time(life.now) == life.moment("+17m") and life.incident.offset == span("-13m")


def test_a_log_of_earlier_whose_clock_went_on_is_read_as_it_was() -> None:
    life = _begun()
    life.do(PauseDrill(), SYSTEM, "+12m")
    found = life.decide(PauseDrill(paused=False), SYSTEM, "+30m")
    assert isinstance(found, Outcome)
    [gone_on] = found.recorded
    assert isinstance(gone_on.event, DrillPaused) and gone_on.event.until == life.moment("+30m")
    earlier = decode("drill-paused", 1, {"paused": False})
    assert earlier == DrillPaused(paused=False, until=None)
    log = [*life.incident.events[:-1], replace(gone_on, event=earlier)]
    read: Incident = fold(life.incident.stream, log)
    assert not read.paused and read.offset == timedelta()
