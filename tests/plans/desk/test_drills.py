"""A drill by script in the core: what the program sees of its expectations, who moves it, what becomes of findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.core.command import SYSTEM, Actor, Command
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.desk.directing import (
    BeginDrill,
    DrillWake,
    EndDrill,
    GoOnWithDrill,
    HoldDrill,
    NameEvaluators,
    PrepareDrill,
)
from plans.desk.drill_expected import CheckLook, NoteIncident, check
from plans.desk.drill_items import DelayItem, ItemPlayed, PlayItem, SkipItem
from plans.desk.drill_state import INJECT, LATE, LOOK, MET, REPORT, UNMET, UNSEEN, Checked, Drill, Item
from plans.desk.evaluating import JudgeLook, NoteLook, verdict_of
from plans.desk.mending import DONE, DRAFT, DROPPED, GIVEN, NoteMending, concerned, findings
from plans.incident.drills import DrillJumped
from plans.incident.records import Call, Instance
from plans.incident.records_decided import Decision, Proposal
from plans.incident.records_said import Claim
from plans.incident.state import Incident
from plans.kinds import decide, fold_any, notices, revision_of, wakes
from plans.times import BEIJING
from plans.values import parse
from tests.factories import CAMPUS

START = datetime(2026, 9, 16, 10, 20, tzinfo=BEIJING)
CHEF = Actor(id="chef", name="陈主任", roles=frozenset({"director"}))
EYE = Actor(id="eye", name="周评估", roles=frozenset({"liaison"}))
DUTY = Actor(id="duty", name="李值班", roles=frozenset({"duty"}))
ADMIN = Actor(id="admin", name="孙管理", roles=frozenset({"admin"}))
HEAD = Actor(id="head", name="赵校长", roles=frozenset({"reporter"}))
ITEMS: tuple[dict[str, Any], ...] = (
    {"at": 60, "kind": REPORT, "text": "楼梯踩踏"},
    {"at": 300, "kind": INJECT, "text": "第一条", "to": "unit:区教育局", "who": "区教育局", "note": "只给导调"},
    {"at": 360, "kind": LOOK, "text": "有人接手"},
    {"at": 600, "kind": INJECT, "text": "第二条", "to": "seat", "who": "值班席"},
    {"at": 660, "kind": LOOK, "text": "宣布Ⅱ级", "expects": {"response_level": "Ⅱ"}},
)


@dataclass
class Life:
    """One drill, its clock moved by hand; every wake is served at its moment."""

    now: datetime = START
    log: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.log:
            opening: dict[str, Any] = {
                "plan": CAMPUS.id,
                "plan_hash": "h",
                "jurisdiction": "某区",
                "number": 1,
                "year": 2026,
            }
            self.do(PrepareDrill(**opening, title="踩踏演练", script="s", items=ITEMS))
            self.do(NameEvaluators(people=("eye",)))

    @property
    def case(self) -> Drill:
        case = fold_any("drill:1", self.log)
        assert isinstance(case, Drill)
        return case

    def do(self, command: Command, by: Actor = CHEF) -> str:
        """Return the key of the refusal, empty where it was done."""
        before = self.case if self.log else None
        outcome = decide(CAMPUS, before, command, by, now=self.now, stream="drill:1")
        if isinstance(outcome, Refusal):
            return outcome.key
        self.log += outcome.recorded
        self.told += notices(CAMPUS, before, outcome.after, outcome.recorded)
        return ""

    def wait(self, until: timedelta) -> None:
        goal = self.now + until
        while points := [point.at for point in wakes(self.case, DEFAULT_POLICY) if point.at <= goal]:
            self.now = max(self.now, min(points))
            self.do(DrillWake(), SYSTEM)
        self.now = goal

    def played(self) -> list[tuple[int, datetime]]:
        return [(item.event.number, item.at) for item in self.log if isinstance(item.event, ItemPlayed)]


# --- what the program sees

AT = START + timedelta(minutes=30)


def _incident(**given: Any) -> Incident:
    incident = Incident("incident:1")
    for name, value in given.items():
        setattr(incident, name, value)
    return incident


def _call(minutes: float | None) -> dict[str, Call]:
    answered = START + timedelta(minutes=minutes) if minutes is not None else None
    return {"消防": Call("消防", 1, START, answered_at=answered, status="called" if minutes is None else "收到")}


def _filed(minutes: float | None, within: int = 30) -> dict[str, Instance]:
    filed = START + timedelta(minutes=minutes) if minutes is not None else None
    due = START + timedelta(minutes=within)
    one = Instance(
        key="first:1", rule="first", clause="4.1", report="首报", channel="电话", due=due, to=("市委",),
        opened_at=START, status="filed" if filed else "open", filed_at=filed, late=filed is not None and filed > due,
    )  # fmt: skip
    return {one.key: one}


def _declared(role: str, level: str = "Ⅱ") -> list[Decision]:
    return [Decision(sequence=1, kind="declare", level=level, role=role, by="x", at=START)]


def _ill(value: int) -> dict[str, tuple[Claim, ...]]:
    return {"ill": (Claim(parse(value), "医院", START + timedelta(minutes=9), 1, True),)}


PROPOSED = Proposal(1, "Ⅱ", "4.3", ("deputy",), START)
RUNS = {"state": "responding", "response_level": "Ⅱ", "response_started_at": START + timedelta(minutes=12)}
SEEN: dict[str, tuple[dict[str, Any], dict[str, Any], Checked]] = {
    "a level": ({"response_level": "Ⅱ"}, RUNS, Checked(done=True, at=START + timedelta(minutes=12))),
    "another level": ({"response_level": "Ⅰ"}, RUNS, Checked(done=False, lacking=("response_level",))),
    "no level": ({"response_level": "Ⅱ"}, {}, Checked(done=False, lacking=("response_level",))),
    "that it responds": ({"state": "responding"}, RUNS, Checked(done=True, at=START + timedelta(minutes=12))),
    "that it is over": ({"state": "ended"}, RUNS, Checked(done=False, lacking=("state",))),
    "an event level": (
        {"event_level": "较大"},
        {"event_level": "较大", "determined_at": START},
        Checked(done=True, at=START),
    ),
    "a proposal": ({"proposal": "Ⅱ"}, {"proposal": PROPOSED}, Checked(done=True, at=START)),
    "what was declared before it was looked for": (
        {"proposal": "Ⅱ"},
        {"decisions": _declared("deputy")},
        Checked(done=True, at=START),
    ),
    "no proposal": ({"proposal": "Ⅱ"}, {}, Checked(done=False, lacking=("proposal",))),
    "by the right office": (
        {"declared_by": ["commander", "deputy"]},
        {"decisions": _declared("deputy")},
        Checked(done=True, at=START),
    ),
    "by another": (
        {"declared_by": ["commander"]},
        {"decisions": _declared("deputy")},
        Checked(done=False, lacking=("declared_by",)),
    ),
    "by nobody": ({"declared_by": ["commander"]}, {}, Checked(done=False, lacking=("declared_by",))),
    "an answer in time": (
        {"answered": {"消防": 600}},
        {"calls": _call(10)},
        Checked(done=True, at=START + timedelta(minutes=10)),
    ),
    "an answer too late": (
        {"answered": {"消防": 600}},
        {"calls": _call(10.1)},
        Checked(done=True, at=START + timedelta(minutes=10.1), late=True),
    ),
    "no answer": ({"answered": {"消防": 600}}, {"calls": _call(None)}, Checked(done=False, lacking=("answered:消防",))),
    "nobody called": ({"answered": {"消防": 600}}, {}, Checked(done=False, lacking=("answered:消防",))),
    "a report in time": (
        {"statuses": {"first": ["filed"]}},
        {"instances": _filed(30)},
        Checked(done=True, at=START + timedelta(minutes=30)),
    ),
    "a report too late": (
        {"statuses": {"first": ["filed"]}},
        {"instances": _filed(31)},
        Checked(done=True, at=START + timedelta(minutes=31), late=True),
    ),
    "no report": (
        {"statuses": {"first": ["filed"]}},
        {"instances": _filed(None)},
        Checked(done=False, lacking=("statuses:first",)),
    ),
    "one report of two": (
        {"statuses": {"first": ["filed", "filed"]}},
        {"instances": _filed(5)},
        Checked(done=False, lacking=("statuses:first",)),
    ),
    "a figure": ({"facts": {"ill": 9}}, {"claims": _ill(9)}, Checked(done=True, at=START + timedelta(minutes=9))),
    "another figure": ({"facts": {"ill": 9}}, {"claims": _ill(6)}, Checked(done=False, lacking=("facts:ill",))),
    "one of two things": (
        {"response_level": "Ⅱ", "facts": {"ill": 9}},
        RUNS,
        Checked(done=False, lacking=("facts:ill",)),
    ),
    "two things: since the later": (
        {"response_level": "Ⅱ", "facts": {"ill": 9}},
        {**RUNS, "claims": _ill(9)},
        Checked(done=True, at=START + timedelta(minutes=12)),
    ),
}


def _look(expects: dict[str, Any]) -> Item:
    return Item(number=1, at=timedelta(), kind=LOOK, text="看", expects=expects)


@pytest.mark.parametrize(("expects", "state", "wanted"), SEEN.values(), ids=SEEN)
def test_what_a_script_expects_is_seen_since_when_and_what_lacks(
    expects: dict[str, Any], state: dict[str, Any], wanted: Checked
) -> None:
    assert check(_look(expects), _incident(**state), AT) == wanted


def test_before_the_incident_has_begun_everything_lacks() -> None:
    look = _look({"response_level": "Ⅱ", "answered": {"消防": 60}})
    assert check(look, None, AT).lacking == ("response_level", "answered:消防")


def test_an_answer_and_a_report_are_late_by_the_clock_of_the_incident() -> None:
    answers, reports = _look({"answered": {"消防": 600}}), _look({"statuses": {"first": ["filed"]}})
    assert not check(answers, _incident(calls=_call(10)), AT).late
    assert check(answers, _incident(calls=_call(10.1)), AT).late
    assert not check(reports, _incident(instances=_filed(30)), AT).late
    assert check(reports, _incident(instances=_filed(31)), AT).late


def test_a_drill_whose_clock_was_jumped_is_told_by_the_real_one() -> None:
    jumped, began = timedelta(minutes=26), START + timedelta(minutes=12)
    jump = Recorded(sequence=1, at=START, actor="x", event=DrillJumped(seconds=26 * 60))
    incident = _incident(**{**RUNS, "response_started_at": began}, events=[jump], offset=jumped)
    assert check(_look({"response_level": "Ⅱ"}), incident, AT).at == began - jumped


SAID = {
    "nobody, and it is not looked at": ({}, None, ""),
    "the program, in time": ({}, Checked(done=True, at=AT), MET),
    "the program, later": ({}, Checked(done=True, at=AT + timedelta(seconds=1)), LATE),
    "the program, behind a deadline": ({}, Checked(done=True, at=AT, late=True), LATE),
    "the program has not seen it": ({}, Checked(done=False, lacking=("state",)), UNMET),
    "one who saw nothing leaves it to the program": ({"a": UNSEEN}, Checked(done=True, at=AT), MET),
    "one who saw nothing": ({"a": UNSEEN}, None, UNSEEN),
    "one who says no, over the program": ({"a": UNMET}, Checked(done=True, at=AT), UNMET),
    "one who says yes, over the program": ({"a": MET}, Checked(done=False, lacking=("state",)), MET),
    "one who says no, over the other": ({"a": MET, "b": UNMET}, None, UNMET),
}


@pytest.mark.parametrize(("verdicts", "checked", "wanted"), SAID.values(), ids=SAID)
def test_those_who_evaluate_count_and_else_the_program(
    verdicts: dict[str, str], checked: Checked | None, wanted: str
) -> None:
    item = Item(number=1, at=timedelta(), kind=LOOK, text="看", played_at=AT, verdicts=verdicts, checked=checked)
    assert verdict_of(item) == wanted
    open_yet = verdict_of(item, over=False)
    assert open_yet == ("" if wanted == UNMET and not set(verdicts.values()) & {UNMET} else wanted)


# --- who may what, and who is told

SEEN_NOW = Checked(done=True, at=START)
SYSTEM_ALONE = frozenset({"system"})
COMMANDS: tuple[tuple[Command, frozenset[str]], ...] = (
    (PlayItem(number=2), frozenset({"chef"})), (DelayItem(number=2, by=timedelta(minutes=5)), frozenset({"chef"})),
    (SkipItem(number=2), frozenset({"chef"})), (HoldDrill(), frozenset({"chef", "system"})),
    (EndDrill(), frozenset({"chef", "admin"})), (NameEvaluators(people=()), frozenset({"chef"})),
    (JudgeLook(number=3, verdict=MET), frozenset({"chef", "eye"})),
    (NoteLook(number=3, words="x"), frozenset({"chef", "eye"})),
    (CheckLook(number=5, checked=SEEN_NOW), frozenset({"system"})),
    (NoteIncident(incident="incident:9", incident_number=9), frozenset({"system"})),
    (NoteMending(finding="silent", instruction="instruction:1", instruction_number=1, stands=DRAFT), SYSTEM_ALONE),
)  # fmt: skip


@pytest.mark.parametrize("by", [CHEF, EYE, DUTY, ADMIN, HEAD, SYSTEM], ids=lambda by: by.id)
@pytest.mark.parametrize(("command", "may"), COMMANDS, ids=lambda item: type(item).__name__)
def test_only_the_director_moves_it_and_only_the_program_says_what_the_program_sees(
    command: Command, may: frozenset[str], by: Actor
) -> None:
    life = Life()
    life.do(BeginDrill())
    life.wait(timedelta(seconds=290 if getattr(command, "number", 0) == 2 else 700))
    refused = life.do(command, by)
    assert (refused == "") == (by.id in may), refused


def whole_life() -> Life:
    life = Life()
    life.do(BeginDrill())
    life.do(NoteIncident(incident="incident:1", incident_number=1), SYSTEM)
    life.wait(timedelta(minutes=2))
    life.do(DelayItem(number=2, by=timedelta(minutes=1)))
    life.wait(timedelta(minutes=5))
    life.do(JudgeLook(number=3, verdict=UNMET), EYE)
    life.do(HoldDrill(incident=4), SYSTEM)
    life.wait(timedelta(minutes=5))
    life.do(GoOnWithDrill())
    life.do(PlayItem(number=4))
    life.wait(timedelta(minutes=9))
    life.do(CheckLook(number=5, checked=Checked(done=False, lacking=("response_level",))), SYSTEM)
    life.do(CheckLook(number=5, checked=Checked(done=True, at=life.now)), SYSTEM)
    life.do(EndDrill(silent=("区应急管理局",)))
    return life


OPEN_TO = {
    "group": {"drill_begun", "drill_held", "drill_gone_on", "drill_over", "card"},
    "unit:区教育局": {"drill_inject"},
    "seat": {"drill_inject"},
    "person:chef": {"drill_ready", "drill_next", "drill_live", "drill_held", "drill_result"},
    "person:eye": {"drill_look", "drill_result"},
}
"""Who gets which notices of a drill: those who take part nothing but what is played to them, and that it is one."""


def test_those_who_take_part_get_what_is_played_and_nothing_of_the_directors_or_the_evaluators() -> None:
    told: dict[str, set[str]] = {}
    for notice in whole_life().told:
        told.setdefault(notice.to, set()).add(notice.key)
    assert told == OPEN_TO


# --- what is found wanting


def test_a_finding_is_one_instruction_and_open_again_when_that_is_dropped() -> None:
    life = whole_life()
    case = life.case
    assert findings(case) == ["look:3", "look:5", "silent"]
    assert concerned(case, "silent") == ("unit:区应急管理局",) and concerned(case, "look:3") == ("unit:区教育局",)
    first: dict[str, Any] = {"finding": "look:3", "instruction": "instruction:1", "instruction_number": 1}
    for stands, revision in ((DRAFT, None), (GIVEN, None), (DROPPED, 0), (DRAFT, None), (GIVEN, None), (DONE, None)):
        assert life.do(NoteMending(**first, stands=stands), SYSTEM) == ""
        assert revision_of(life.case, "drill_finding:look:3") == revision
    second = {**first, "instruction": "instruction:2", "instruction_number": 2}
    assert life.do(NoteMending(**second, stands=DRAFT), SYSTEM) == ""
    assert life.case.mended["look:3"].instruction == "instruction:1", "it has one already"
    assert revision_of(life.case, "drill_finding:look:9") is None, "nothing was found there"


# --- it never pours out


@given(
    st.lists(
        st.tuples(st.sampled_from(["wait", "hold", "on", "play", "skip", "delay"]), st.integers(1, 400)), max_size=25
    )
)
def test_each_item_comes_once_never_while_it_is_held_and_not_before_its_moment(acts: list[tuple[str, int]]) -> None:
    life = Life()
    life.do(BeginDrill())
    for act, amount in acts:
        case = life.case
        following = case.next.number if case.next is not None else 1
        count = len(life.played())
        match act:
            case "wait":
                life.wait(timedelta(seconds=amount))
                assert case.state == "running" or len(life.played()) == count, "held"
            case "hold":
                life.do(HoldDrill(incident=amount % 3), SYSTEM)
            case "on":
                left = [(item.number, due - life.now) for item in case.waiting if (due := case.due(item)) is not None]
                since = case.held_at
                life.do(GoOnWithDrill())
                life.do(DrillWake(), SYSTEM)
                if since is not None:
                    stood = life.now - since
                    now = life.case
                    waits = [
                        (item.number, due - life.now) for item in now.waiting if (due := now.due(item)) is not None
                    ]
                    assert waits == [(number, rest + stood) for number, rest in left], "at the pace of the script"
            case "play":
                life.do(PlayItem(number=following))
            case "skip":
                life.do(SkipItem(number=following))
            case _:
                life.do(DelayItem(number=following, by=timedelta(seconds=amount)))
    numbers = [number for number, _ in life.played()]
    assert len(numbers) == len(set(numbers))
    early = {item.event.number for item in life.log if isinstance(item.event, ItemPlayed) and item.event.early}
    case = life.case
    for number, at in life.played():
        assert number in early or at - START >= case.items[number].at


# --- what nobody foresaw


def test_who_reads_at_the_desk_no_more_does_not_begin() -> None:
    life = Life()
    assert life.do(BeginDrill(), Actor(id="chef", name="陈主任", roles=frozenset({"reporter"}))) == "drill_not_yours"
    assert life.do(BeginDrill()) == ""


def test_what_the_program_missed_is_held_and_comes_as_in_the_script() -> None:
    life = Life()
    life.do(BeginDrill())
    life.wait(timedelta(minutes=2))
    life.now += timedelta(minutes=40)  # the program was away: 300 s and 600 s have passed
    life.do(DrillWake(), SYSTEM)
    case = life.case
    assert (case.state, case.missed, case.held_at) == ("held", True, START + timedelta(seconds=300))
    assert [number for number, _ in life.played()] == [1]
    life.do(GoOnWithDrill())
    gone_on = life.now
    life.wait(timedelta(minutes=10))
    assert dict(life.played()) == {
        1: START + timedelta(seconds=60), 2: gone_on, 3: gone_on + timedelta(seconds=60),
        4: gone_on + timedelta(seconds=300), 5: gone_on + timedelta(seconds=360),
    }  # fmt: skip


def test_a_little_late_is_played_and_not_held() -> None:
    life = Life()
    life.do(BeginDrill())
    life.wait(timedelta(minutes=2))
    life.now = START + timedelta(seconds=300) + timedelta(minutes=4)
    life.do(DrillWake(), SYSTEM)
    assert life.case.state == "running" and [number for number, _ in life.played()] == [1, 2, 3]


def test_one_that_nobody_ends_is_over_by_itself() -> None:
    running, held = Life(), Life()
    for life in (running, held):
        life.do(BeginDrill())
        life.wait(timedelta(minutes=12))
    running.wait(timedelta(hours=11))
    assert running.case.state == "running"
    running.wait(timedelta(hours=1))
    assert running.case.state == "over" and wakes(running.case, DEFAULT_POLICY) == []
    held.do(HoldDrill())
    held.wait(timedelta(days=2))
    assert held.case.state == "held"
    held.wait(timedelta(days=1))
    assert held.case.state == "over" and held.case.over_at == held.case.holds[-1][1]


def test_the_end_offers_instructions_to_its_director_alone() -> None:
    told = [notice for notice in whole_life().told if notice.key == "drill_result"]
    assert {notice.to: [press.action for press in notice.buttons] for notice in told} == {
        "person:chef": ["drill_paper", *["drill_mend"] * 3], "person:eye": ["drill_paper"]
    }  # fmt: skip
