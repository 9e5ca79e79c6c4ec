"""Any act of the duty seat takes the case over: 3分钟内无人接手 is not sent after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from plans import commands as c
from plans import events as e
from plans.commands import SYSTEM, Command
from plans.decide.decide import _DECIDERS
from tests.factories import CAMPUS, COMMANDER, DIRECTOR, DUTY, SCHOOL, Life, person
from tests.plans.data.shipped import plan

OTHER = "incident:16"


def reported() -> Life:
    return Life().report("+10m", duplicates=((OTHER, 16),))


def conflicting() -> Life:
    life = reported()
    life.do(c.Update(facts={"injuries": 6}), person("hospital", "liaison", units=("区卫生健康和体育局",)), "+10m30s")
    return life


def edited() -> Life:
    life = reported()
    life.do(c.NoteEdit(message="m", before="伤4", after="伤5", facts={"injuries": 5}), SCHOOL, "+10m30s")
    return life


def drill() -> Life:
    return Life().report("+10m", drill=True)


def weighed() -> Life:
    return Life().report("+10m", among=((CAMPUS.id, CAMPUS.title), ("other", "另一预案")), plan_clear=False)


def _owed(life: Life) -> str:
    return life.instance("first-phone").key


def _edit(life: Life) -> Command:
    return c.SettleEdit(sequence=next(iter(life.incident.edits.values())).sequence, adopt=False)


def _body(life: Life) -> Command:
    unit = next(unit for unit in life.plan.units if unit.standing_for)
    return c.NameBody(unit=unit.id, body=unit.standing_for[0])


ACTS: dict[type[Command], tuple[Callable[[], Life], Callable[[Life], Command]]] = {
    c.TakeHandling: (reported, lambda _: c.TakeHandling()),
    c.TakeOver: (reported, lambda _: c.TakeOver()),
    c.ChoosePlan: (weighed, lambda _: c.ChoosePlan(plan=CAMPUS.id, plan_hash=CAMPUS.hash, allowed=True)),
    c.Verify: (reported, lambda _: c.Verify()),
    c.Determine: (reported, lambda _: c.Determine(level=None)),
    c.Judge: (reported, lambda _: c.Judge(fact="capacity", option="local")),
    c.Update: (reported, lambda _: c.Update(facts={"deaths": 0})),
    c.Correct: (reported, lambda _: c.Correct(facts={"injuries": 3})),
    c.Resolve: (conflicting, lambda _: c.Resolve(fact="injuries", use="reporter")),
    c.AnswerElement: (reported, lambda _: c.AnswerElement(element="trapped", answer="verifying")),
    c.SettleEdit: (edited, _edit),
    c.AddEvidence: (reported, lambda _: c.AddEvidence(kind="photo", reference="p1")),
    c.File: (reported, lambda _: c.File(report="首报", channel="电话", to=("区委",))),
    c.RingInVain: (reported, lambda _: c.RingInVain(recipient="区委")),
    c.RequestVerification: (reported, lambda _: c.RequestVerification(recipient="市委")),
    c.Waive: (reported, lambda life: c.Waive(obligation=_owed(life), reason="已当面报告")),
    c.NameBody: (reported, _body),
    c.DenyDuplicate: (reported, lambda _: c.DenyDuplicate(other=OTHER)),
    c.Absorb: (reported, lambda _: c.Absorb(other="incident:9", number=9, claims={})),
    c.RecordOral: (reported, lambda _: c.RecordOral(of="commander", decides="declare", level="Ⅰ")),
    c.End: (reported, lambda _: c.End(reason="误会，已处置")),
    c.Reject: (reported, lambda _: c.Reject(reason="误报")),
    c.Merge: (reported, lambda _: c.Merge(into=OTHER, number=16)),
    c.PauseDrill: (drill, lambda _: c.PauseDrill()),
    c.JumpDrill: (drill, lambda _: c.JumpDrill(by=timedelta(minutes=1))),
}

NOT_ITS: dict[type[Command], str] = {
    c.Report: "opens the case",
    c.Wake: "the program's clock",
    c.KeepEvidence: "the program's",
    c.LoseEvidence: "the program's",
    c.NoteEdit: "comes as an edit, without authority",
    c.Declare: "of whom the plan lets declare",
    c.DeclineProposal: "of whom the plan lets decide",
    c.Sign: "of who spoke",
    c.CallMore: "under a declared response, when somebody has decided already",
    c.Acknowledge: "of a unit that a response has called",
    c.Close: "after the end",
    c.Reopen: "after the end",
    c.Undo: "of what was done before it",
}


def test_the_table_has_every_command():
    assert set(ACTS) | set(NOT_ITS) == set(_DECIDERS)
    assert not set(ACTS) & set(NOT_ITS)


@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_after_any_act_of_the_seat_the_reporter_is_not_told_that_nobody_took_it(kind):
    make, command = ACTS[kind]
    life = make()
    assert not life.incident.handled_by
    life.do(command(life), DUTY, "+11m")
    life.until("+2h")
    assert not [item for item in life.incident.events if isinstance(item.event, e.ReporterSentToPhone)]
    assert "ring_yourself" not in {key for key, _ in life.keys()}
    if life.incident.state in ("reported", "responding"):
        assert (life.incident.handled_by, life.incident.seat) == (DUTY.id, DUTY.id)


def test_the_reporter_learns_that_it_was_taken_and_the_seat_gets_the_script_once():
    life = reported()
    since = len(life.told)
    life.do(c.Determine(level=None), DUTY, "+11m")
    life.do(c.Judge(fact="capacity", option="local"), DUTY, "+11m30s")
    assert [key for key, _ in life.keys(since)].count("script") == 1
    assert ("taken", "reporter") in life.keys(since)


def test_an_act_that_is_taken_back_was_an_act():
    life = reported()
    life.do(c.File(report="首报", channel="电话", to=("区委",)), DUTY, "+11m")
    life.do(c.Undo(), DUTY, "+11m30s")
    life.until("+1h")
    assert life.incident.handled_by == DUTY.id
    assert "ring_yourself" not in {key for key, _ in life.keys()}


@pytest.mark.parametrize("name", ["jincheng-transit", "linan-campus", "dehui-education-duties"])
def test_so_it_is_in_other_plans(name):
    life = Life(plan(name)).report("+10m", facts={}, candidates=())
    life.do(c.Update(facts={"injuries": 2}), DUTY, "+11m")
    life.until("+1h")
    assert "ring_yourself" not in {key for key, _ in life.keys()}


@pytest.mark.parametrize(
    ("by", "command"),
    [
        (SCHOOL, c.Update(facts={"injuries": 5})),
        (DIRECTOR, c.Update(facts={"injuries": 5})),
        (COMMANDER, c.Judge(clause="4.3.1(2)")),
        (SYSTEM, c.Wake()),
        (person("duty", "duty", via="forward"), c.Update(facts={"injuries": 5})),
    ],
    ids=["reporter", "director", "commander", "clock", "forwarded"],
)
def test_what_others_do_is_no_act_of_the_seat(by, command):
    life = reported()
    life.decide(command, by, "+11m")
    life.until("+14m")
    assert "ring_yourself" in {key for key, _ in life.keys()}
