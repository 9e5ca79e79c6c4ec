"""A hand-over in the core: whose names stand under which page, who is told of what, and when nobody waits any more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from plans.core import keys
from plans.core.command import SYSTEM, Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.notices import open_guards
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.desk.handover_signing import AddWord, SayAbsent, Sign, WithdrawSignature
from plans.desk.handover_state import GIVER, TAKER, Handover, Matter
from plans.desk.handovers import OPEN_FOR, HandoverWake, OpenHandover
from plans.kinds import decide, fold_any, notices, revision_of, wakes
from plans.times import BEIJING
from tests.factories import CAMPUS

STREAM = "handover:1"
MORNING = datetime(2026, 9, 3, 8, 30, tzinfo=BEIJING)
EVENING = datetime(2026, 9, 3, 21, 40, tzinfo=BEIJING)
WANG = Actor(id="wang", name="王值班", roles=frozenset({"duty"}))
LI = Actor(id="li", name="李值班", roles=frozenset({"duty"}))
LEFT = Actor(id="wang", name="王值班", roles=frozenset({"reporter"}))
DIRECTOR = Actor(id="chief", name="赵主任", roles=frozenset({"director", "admin"}))
MATTERS = (
    Matter(section="incidents", id="incident:17|", line="17号 踩踏"),
    Matter(section="warnings", id="warning:3|", line="预警3 暴雨红色预警", due=MORNING + timedelta(hours=3)),
)


@dataclass
class Life:
    now: datetime = MORNING
    giver: str = "wang"
    taker: Actor = LI
    leader: str = "chief"
    log: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.log:
            self.done(
                OpenHandover(
                    plan=CAMPUS.id, plan_version=CAMPUS.version, plan_hash="h", jurisdiction="某区", number=1,
                    year=2026, giver=self.giver, giver_name="王值班" if self.giver else "", taker_name="李值班",
                    seats=(CAMPUS.id,), titles=(CAMPUS.title,), leader="赵主任", leader_id=self.leader,
                    matters=MATTERS,
                ),
                self.taker,
            )  # fmt: skip

    @property
    def state(self) -> Handover:
        state: Handover = fold_any(STREAM, self.log)
        return state

    def do(self, command: Command, by: Actor, shown: Shown | None = None) -> Refusal | None:
        before = self.state if self.log else None
        outcome = decide(
            CAMPUS, before, command, by, now=self.now, stream=STREAM, cause=f"c{len(self.log)}", shown=shown
        )
        if isinstance(outcome, Refusal):
            return outcome
        self.log += outcome.recorded
        self.told += notices(CAMPUS, outcome.before, outcome.after, outcome.recorded)
        return None

    def done(self, command: Command, by: Actor) -> None:
        assert self.do(command, by) is None

    def refused(self, command: Command, by: Actor) -> str:
        refusal = self.do(command, by)
        assert refusal is not None
        return refusal.key

    def shown(self, side: str) -> Shown:
        name = str(keys.signing(side))
        revision = revision_of(self.state, name)
        assert revision is not None
        return Shown(object=name, revision=revision)

    def until(self, moment: datetime) -> list[Notice]:
        """Serve every wake until a moment; return what was told."""
        since = len(self.told)
        while points := [point.at for point in wakes(self.state, DEFAULT_POLICY) if point.at <= moment]:
            self.now, before = max(self.now, min(points)), len(self.log)
            self.done(HandoverWake(), SYSTEM)
            assert len(self.log) > before, "a wake that does nothing comes back for ever"
        self.now = moment
        return self.told[since:]

    def keys(self, since: int = 0) -> list[tuple[str, str]]:
        return [(item.key, str(item.to)) for item in self.told[since:]]


def test_both_read_the_page_and_it_is_complete_when_both_names_stand_under_it():
    life = Life()
    assert life.keys() == [("handover_take", "person:li"), ("handover_give", "person:wang")]
    assert life.state.matters == MATTERS and life.state.waits_for == (GIVER, TAKER)
    life.done(Sign(side=TAKER), LI)
    assert life.state.open and list(life.state.waits_for) == [GIVER] and len(life.told) == 2
    life.done(Sign(side=GIVER, added=("18号 火灾",)), WANG)
    assert life.state.state == "complete" and life.state.signed[GIVER].added == ("18号 火灾",)
    assert life.keys(2) == [("handover_complete", "person:li"), ("handover_complete", "person:wang")]
    assert not life.until(MORNING + timedelta(days=9))


ACTS = {
    "giver signs": (Sign(side=GIVER), WANG),
    "taker signs": (Sign(side=TAKER), LI),
    "giver adds": (AddWord(text="还有一个学生没有联系上"), WANG),
    "taker adds": (AddWord(text="已问过学校"), LI),
    "giver is gone": (SayAbsent(side=GIVER, reason="已下班离开"), LI),
    "taker is gone": (SayAbsent(side=TAKER, reason="送医"), WANG),
    "giver withdraws": (WithdrawSignature(side=GIVER), WANG),
}


@pytest.mark.parametrize("order", [order for size in (2, 3, 4) for order in permutations(ACTS, size)], ids="+".join)
def test_whatever_the_order_it_is_complete_when_each_name_stands_under_the_last_page_or_is_replaced(
    order: tuple[str, ...],
):
    life, gone, page = Life(), set[str](), 0
    oracle: dict[str, Any] = {}
    for name in order:
        command, by = ACTS[name]
        over = life.state.state == "complete"
        refusal = life.do(command, by)
        match command:
            case _ if over and not isinstance(command, WithdrawSignature):
                assert refusal is not None and refusal.key == "desk_closed"
            case Sign(side=side) if oracle.get(side) == page:
                assert refusal is not None and refusal.key == "handover_signed_already"
            case Sign(side=side):
                oracle[side] = page
                gone.discard(side)
            case AddWord():
                page += 1
            case SayAbsent(side=side) if oracle.get(side) == page:
                assert refusal is not None and refusal.key == "handover_signed_already"
            case SayAbsent(side=side):
                gone.add(side)
            case WithdrawSignature(side=side) if side in oracle:
                del oracle[side]
            case _:
                assert refusal is not None and refusal.key == "nothing_new"
        standing = {side for side in (GIVER, TAKER) if oracle.get(side) == page}
        complete = standing | gone == {GIVER, TAKER} and bool(standing)
        assert (life.state.state == "complete") == complete, order
        assert set(life.state.waits_for) == {GIVER, TAKER} - standing - gone
        open_sides = set() if complete else {GIVER, TAKER} - standing
        assert open_guards(life.state) == {keys.signing(side) for side in open_sides}


def test_a_name_goes_under_the_page_that_was_shown_and_no_other():
    life = Life()
    shown = life.shown(TAKER)
    life.done(AddWord(text="有一份报告欠着"), WANG)
    refusal = life.do(Sign(side=TAKER), LI, shown)
    assert refusal is not None and refusal.key == "changed_since"
    assert life.do(Sign(side=TAKER), LI, life.shown(TAKER)) is None
    assert [key for key, _ in life.keys(2)] == ["handover_word", "handover_word"]
    life.done(AddWord(text="再补一句"), WANG)
    assert life.state.waits_for == (GIVER, TAKER), "who signed the page before signs again"
    assert [item.text for item in life.state.words] == ["有一份报告欠着", "再补一句"]


@pytest.mark.parametrize(
    ("command", "by", "why"),
    [
        (Sign(side=GIVER), LI, "handover_not_yours"), (Sign(side=TAKER), WANG, "handover_not_yours"),
        (Sign(side=TAKER), DIRECTOR, "handover_not_yours"), (AddWord(text="话"), DIRECTOR, "handover_not_yours"),
        (SayAbsent(side=GIVER, reason="走了"), WANG, "handover_not_yours"),
        (SayAbsent(side=GIVER, reason="走了"), DIRECTOR, "handover_not_yours"),
        (SayAbsent(side=GIVER, reason="  "), LI, "handover_no_reason"), (AddWord(text=" "), WANG, "nothing_new"),
        (WithdrawSignature(side=TAKER), LI, "nothing_new"), (WithdrawSignature(side=TAKER), WANG, "handover_not_yours"),
        (Sign(side=TAKER), replace(LI, via="forward"), "no_authority_that_way"),
        (AddWord(text="话"), replace(WANG, via="anonymous"), "no_authority_that_way"),
    ],
)  # fmt: skip
def test_everybody_signs_for_himself(command: Command, by: Actor, why: str):
    assert Life().refused(command, by) == why


def test_only_a_duty_officer_opens_one():
    with pytest.raises(AssertionError):
        Life(taker=DIRECTOR)


def test_who_gave_it_signs_although_he_has_lost_the_office_meanwhile():
    life = Life()
    life.done(Sign(side=GIVER), LEFT)
    assert life.state.stands(GIVER)


def test_the_first_shift_of_an_office_has_one_name():
    life = Life(giver="")
    assert life.keys() == [("handover_take", "person:li")]
    assert life.refused(SayAbsent(side=GIVER, reason="没有人"), LI) == "handover_not_yours"
    life.done(Sign(side=TAKER), LI)
    assert life.state.state == "complete"


def test_two_people_of_one_account_sign_one_after_the_other():
    life = Life(giver="li")
    life.done(Sign(side=GIVER), LI)
    assert life.state.open
    life.done(Sign(side=TAKER), LI)
    assert life.state.state == "complete"
    assert [key for key, _ in life.keys(2)] == ["handover_complete"]


@pytest.mark.parametrize(
    ("since", "told"),
    [(MORNING, MORNING + timedelta(hours=1)), (EVENING, datetime(2026, 9, 4, 7, 30, tzinfo=BEIJING))],
)
@pytest.mark.parametrize("leader", ["chief", ""])
def test_the_leader_is_told_once_and_by_day_that_names_are_missing(since: datetime, told: datetime, leader: str):
    life = Life(now=since, leader=leader)
    life.done(Sign(side=TAKER), LI)
    assert not life.until(told - timedelta(seconds=1))
    [notice] = life.until(told)
    assert (notice.key, str(notice.to)) == ("handover_unsigned", "person:chief" if leader else "role:director")
    assert notice.params["missing"] == (GIVER,) and not notice.ring
    assert not life.until(since + OPEN_FOR)
    assert life.state.state == "lapsed"
    assert life.refused(Sign(side=GIVER), WANG) == "desk_closed"


def test_the_night_is_not_rung_for_a_page():
    assert [item.ring for item in Life(now=MORNING).told] == [False, True]
    assert [item.ring for item in Life(now=EVENING + timedelta(hours=1)).told] == [False, False]


def test_a_name_is_taken_back_for_a_minute_after_the_last_came_under_it():
    life = Life()
    life.done(Sign(side=TAKER), LI)
    life.done(Sign(side=GIVER), WANG)
    life.now += DEFAULT_POLICY.undo
    life.done(WithdrawSignature(side=TAKER), LI)
    assert life.state.open and life.state.waits_for == (TAKER,)
    life.done(Sign(side=TAKER), LI)
    life.now += DEFAULT_POLICY.undo + timedelta(seconds=1)
    assert life.refused(WithdrawSignature(side=TAKER), LI) == "handover_complete"
