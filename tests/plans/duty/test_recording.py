"""代录: the office records what a bearer said, with who and when; the bearer hears it, signs it or objects."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.bearers import bearers
from plans.core.command import Acting, Actor
from plans.duty.recording import ObjectToRecord, RecordDuty, SignDuty
from plans.duty.returning import ReturnDuty
from plans.duty.settling import SettleDuty
from plans.load import load_all
from tests.plans.duty.life import HEAD, SECTION, Life

PLANS = load_all()
DEHUI = PLANS["dehui-education-duties"]
BEARERS = [
    pytest.param(plan, item.kind, item.id, id=f"{plan.id}-{item.kind}-{item.id}")
    for plan in PLANS.values()
    for item in sorted({b for duty in plan.duties for b in bearers(plan, duty)}, key=lambda b: (b.kind, b.id))
]
WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")


def owing(life: Life) -> str:
    return next(item for item in life.book.waiting() if item.begins <= life.now).key


@pytest.mark.parametrize(("plan", "kind", "bearer"), BEARERS)
def test_every_bearer_of_every_plan_can_be_recorded_for_signs_and_objects(plan, kind, bearer):
    life = Life(plan, kind=kind, bearer="b-1" if kind == "body" else bearer, kinds=(bearer,) if kind == "body" else ())
    mine = [item for item in life.book.waiting() if item.begins <= life.now]
    if not mine:
        return
    own = life.book.bearer
    said = Actor(
        id="said", name="林某", roles=frozenset({own} if kind == "role" else {"head"}),
        units=frozenset(() if kind == "role" else {own}),
    )  # fmt: skip
    office = Actor(id="office", name="值班员甲", roles=frozenset({"duty"}))
    key = mine[0].key
    life.now += timedelta(hours=2)
    at = life.now - timedelta(minutes=20)
    command = RecordDuty(key=key, spoken_by="林某", spoken_id="said", spoken_at=at, text="已经做完")
    assert life.do(command, office) is None
    kept = life.instance(key)
    assert kept.told is not None and (kept.said, kept.at, kept.by, kept.text) == ("done", at, "林某", "已经做完")
    assert (kept.told.recorded_by, kept.told.spoken_by, kept.told.signed) == ("值班员甲", "林某", False)
    [(_, notice)] = [item for item in life.told if item[1].key == "duty_recorded"]
    assert str(notice.to) == (f"role:{own}" if kind == "role" else f"unit:{own}")
    assert [button.action for button in notice.buttons] == ["duty_sign", "duty_object"]
    assert life.do(ObjectToRecord(key=key, reason="还没做"), said) is None
    assert (life.instance(key).settled, life.instance(key).objected) == (False, "还没做")
    [(_, told)] = [item for item in life.told if item[1].key == "duty_objected"]
    assert str(told.to) == "person:office"
    assert life.do(command, office) is None
    assert life.do(SignDuty(key=key), said) is None
    signed = life.instance(key).told
    assert signed is not None and signed.signed
    assert life.refused(ObjectToRecord(key=key), said).key == "nothing_to_object"
    assert life.refused(SignDuty(key=key), said).key == "nothing_to_sign"


RECORDS = {
    "the duty officer": (SECTION, True),
    "the leader": (Actor(id="l", roles=frozenset({"leader"})), True),
    "the office's unit": (Actor(id="s", roles=frozenset({"liaison"}), units=frozenset({DEHUI.office_unit})), True),
    "its head": (HEAD, False),
    "its head, who is duty officer too": (replace(HEAD, roles=frozenset({"head", "duty"})), False),
    "another school": (Actor(id="o", roles=frozenset({"head"}), units=frozenset({"b-2"})), False),
    "an administrator": (Actor(id="a", roles=frozenset({"admin"})), False),
    "a reporter": (Actor(id="r", roles=frozenset({"reporter"})), False),
    "nobody": (Actor(id="n"), False),
    **{f"the duty officer, {way}": (replace(SECTION, via=way), False) for way in WAYS},
}


@pytest.mark.parametrize("who", RECORDS)
def test_the_office_records_and_nobody_for_himself(who):
    actor, may = RECORDS[who]
    life = Life(DEHUI)
    own = life.do(RecordDuty(key=owing(life), spoken_by="甲", spoken_id=actor.id), actor)
    assert own is not None and own.key in ("not_yours_to_record", "no_authority_that_way")
    assert (life.do(RecordDuty(key=owing(life), spoken_by="林校长"), actor) is None) is may


LIAR = Actor(id="head-3", name="林校长", roles=frozenset({"head"}), units=HEAD.units)
"""Another who answers for the school, and calls himself in Telegram as its headmaster is called."""
OTHER = Actor(id="head-2", name="陈副校长", roles=frozenset({"head"}), units=HEAD.units)


@pytest.mark.parametrize(
    ("spoken_by", "spoken_id", "signs"),
    [
        ("林校长", HEAD.id, {"head": True, "other": False, "recorder": False, "liar": False, "stranger": False}),
        ("林校长", "", {"head": True, "other": False, "recorder": False, "liar": False, "stranger": False}),
        ("门卫", "", {"head": False, "other": False, "recorder": False, "liar": False, "stranger": False}),
    ],
)
def test_only_who_said_it_signs_never_who_recorded_it(spoken_by, spoken_id, signs):
    people = {"head": HEAD, "other": OTHER, "recorder": SECTION, "liar": LIAR}
    people["stranger"] = Actor(id="z", name="林校长", confirmed=True)
    for name, person in people.items():
        life = Life(DEHUI)
        key = owing(life)
        life.do(RecordDuty(key=key, spoken_by=spoken_by, spoken_id=spoken_id), SECTION)
        assert (life.do(SignDuty(key=key), person) is None) is signs[name], name


def test_who_acts_for_another_signs_what_he_said_himself_alone():
    plan = next(plan for plan in PLANS.values() if any(b.kind == "role" for d in plan.duties for b in bearers(plan, d)))
    role = next(b.id for duty in plan.duties for b in bearers(plan, duty) if b.kind == "role")
    life = Life(plan, kind="role", bearer=role, kinds=())
    waiting = [item for item in life.book.waiting() if item.begins <= life.now]
    if not waiting:
        return
    lent = Actor(
        id="d", name="代某", roles=frozenset({role}), acting=(Acting(role, "正某", life.now + timedelta(days=1)),)
    )
    life.do(RecordDuty(key=waiting[0].key, spoken_by="代某"), SECTION)
    assert life.refused(SignDuty(key=waiting[0].key), lent).key == "nothing_to_sign"
    assert life.do(ObjectToRecord(key=waiting[0].key), lent) is None


def test_what_cannot_be_so_is_refused():
    life = Life(DEHUI)
    key = owing(life)
    refuse = life.refused
    assert refuse(RecordDuty(key="x|y", spoken_by="林校长"), SECTION).key == "no_such_duty"
    assert refuse(RecordDuty(key=key, spoken_by=" "), SECTION).key == "duty_who_said"
    ahead, before = life.now + timedelta(hours=1), life.now - timedelta(days=400)
    assert refuse(RecordDuty(key=key, spoken_by="林校长", spoken_at=ahead), SECTION).key == "duty_said_when"
    assert refuse(RecordDuty(key=key, spoken_by="林校长", spoken_at=before), SECTION).key == "duty_said_when"
    assert refuse(RecordDuty(key=key, spoken_by="林校长", status="not_applicable"), SECTION).confirm == "reason"
    assert refuse(ObjectToRecord(key=key), HEAD).key == "nothing_to_object"
    assert life.do(RecordDuty(key=key, spoken_by="林校长", status="not_applicable", text="放假"), SECTION) is None
    assert life.instance(key).reason == "放假"
    assert refuse(RecordDuty(key=key, spoken_by="林校长"), SECTION).key == "duty_settled"
    assert refuse(ObjectToRecord(key=key), OTHER_SCHOOL).key == "not_your_duty"
    assert refuse(ObjectToRecord(key="x|y"), HEAD).key == "no_such_duty"


OTHER_SCHOOL = Actor(id="o", roles=frozenset({"head"}), units=frozenset({"b-2"}))


def test_what_was_said_after_the_end_is_late_and_what_is_sent_back_is_told_no_more():
    life = Life(DEHUI)
    life.pass_days(40)
    missed = next(item for item in life.book.waiting() if item.status(life.now) == "missed")
    assert life.do(RecordDuty(key=missed.key, spoken_by="林校长"), SECTION) is None
    assert life.instance(missed.key).status(life.now) == "late"
    assert life.do(ReturnDuty(key=missed.key, reason="材料不全"), SECTION) is None
    assert life.instance(missed.key).told is None
    assert life.do(SettleDuty(key=missed.key, sure=True)) is None
    assert life.instance(missed.key).told is None
