"""The export is the case, line by line, as its log has it; ``test_scenario_files`` holds it for every scenario."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.render import View, export, render
from bot.render.report import written_report
from bot.render.worksheet import worksheet
from plans.core.command import Actor, Command
from plans.incident.calling_units import CallMore
from plans.incident.case import Outcome
from plans.incident.closing import Close, Reject
from plans.incident.corrections import Correct
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File, Filed
from plans.incident.judging import Determine, Verify
from plans.incident.levels import Declare
from plans.incident.owed import Waive
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingFailed, RingInVain
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.load import load_all, plan_facts
from plans.model import Plan
from tests.bot.render.record import agrees, owed_of, sections, standing
from tests.bot.render.story import Story, clock
from tests.factories import DEPUTY, DIRECTOR, DUTY, SECOND, START, Life, declared, filed, liaison, person, report

PLANS = load_all()
# --- what nobody wrote ------------------------------------------------


def _of_unit(unit: str) -> Actor:
    return person(f"liaison-{unit}", "liaison", name="孙联络", units=(unit,))


def wander(plan: Plan, seed: int, steps: int = 40) -> Life:
    """Live an incident in which anybody does anything, and let time pass."""
    chance = random.Random(f"{plan.id}{seed}")
    life = Life(plan)
    known = [name for name, fact in plan_facts(plan).items() if fact.type == "count"]
    bodies = sorted({name for rule in plan.obligations for name in rule.to})
    units = [unit.id for unit in plan.units if unit.member]
    kinds = sorted({rule.report for rule in plan.obligations}) or ["首报"]
    leaders = [person(role, role, name=f"某{role}") for role in plan.roles]
    life.do(report(plan, reported_at=START + timedelta(minutes=5), facts={}), DUTY)

    def figures() -> dict[str, int]:
        return {chance.choice(known): chance.randint(0, 12)} if known else {}

    def act() -> tuple[Command, Actor]:
        what = chance.choice(
            ["update", "verify", "level", "correct", "declare", "declare", "file", "file", "file", "ring", "ring",
             "ack", "ack", "ack", "more", "waive", "undo", "request", "end", "unheard"]
        )  # fmt: skip
        ago = life.now + (life.incident.offset) - timedelta(minutes=chance.choice([0, 0, 0, 3, 9]))
        to = tuple(chance.sample(bodies, min(len(bodies), chance.choice([0, 0, 1, 1, 2]))))
        calls = list(life.incident.calls)
        opened = [item.key for item in life.incident.open_instances]
        channel = chance.choice(["", "电话", "书面"])
        made: dict[str, tuple[Command, Actor]] = {
            "update": (Update(facts=figures(), sure=True, text="续报", reason="核实"), chance.choice([DUTY, SECOND])),
            "verify": (Verify(facts=figures(), sure=True), DUTY),
            "level": (Determine(level=chance.choice([None, *plan.event_levels])), DUTY),
            "correct": (Correct(facts=figures(), reason="有误"), DUTY),
            "file": (
                File(
                    report=chance.choice(kinds),
                    channel=channel,
                    to=to,
                    called_at=ago,
                    taker=chance.choice(["", "钱接报"]),
                ),
                DUTY,
            ),
            "ring": (RingInVain(recipient=chance.choice(bodies), outcome=chance.choice(["占线", "没接通"])), DUTY),
            "waive": (Waive(obligation=chance.choice(opened or ["-"]), reason="对方明确不需要"), DUTY),
            "undo": (Undo(), DUTY),
            "request": (RequestVerification(recipient=chance.choice(bodies), question="核实年级"), DUTY),
        }
        if what == "declare" and plan.responses:
            level = chance.choice([item.level for item in plan.responses])
            return Declare(level=level, reason="研判"), chance.choice(leaders)
        if what == "end" and chance.random() < 0.3:
            return End(reason="处置完毕"), chance.choice(leaders)
        if what == "ack" and calls:
            unit, status = chance.choice(calls), chance.choice(["收到", "已出发", "已到场", "来不了"])
            own = chance.random() < 0.6
            return Acknowledge(unit="" if own else unit, status=status), _of_unit(unit) if own else DUTY
        if what == "more" and units:
            return CallMore(units=(chance.choice(units),)), DUTY
        if what == "unheard" and calls:
            return RingInVain(recipient=chance.choice(calls)), DUTY
        return made.get(what, made["update"])

    for _ in range(steps):
        life.run_to(life.now + timedelta(minutes=chance.choice([0, 1, 2, 7, 30])))
        command, actor = act()
        life.decide(command, actor)
    return life


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_export_of_what_anybody_does_agrees_with_its_log(name, seed):
    life = wander(PLANS[name], seed)
    agrees(life.plan, life.incident, life.now + life.incident.offset)


# --- the cases that were seen ----------------------------------


def lines_of(life: Life, section: str = "报送") -> list[str]:
    return sections(export(View(plan=life.plan, incident=life.incident, now=life.now), ""))[section]


def test_a_telephone_report_stays_when_the_written_one_follows():
    life = declared("Ⅲ")
    life.do(File(report="首报", channel="电话", to=("区委",), taker="钱接报"), DUTY, "+20m")
    life.do(File(report="首报", channel="书面", to=("区委",)), DUTY, "+40m")
    shown = [line.strip("　") for line in lines_of(life)]
    assert "区委 10:40 电话，钱接报接" in shown and "区委 11:00 书面" in shown


def test_nothing_that_was_filed_says_not_told_after_the_case_is_closed():
    life = filed(declared("Ⅲ"))
    life.do(End(reason="处置完毕"), DIRECTOR, "+3h")
    for _ in range(5):
        for item in [one for one in life.incident.open_instances if one.by_office]:
            life.decide(File(obligation=item.key, document="城区教字〔2026〕3号"), DUTY)
    life.do(Close(), DUTY)
    agrees(life.plan, life.incident, life.now)
    assert "已报" in "\n".join(lines_of(life))


def test_the_answers_of_an_earlier_round_stay_when_the_level_rises():
    life = declared("Ⅲ")
    unit = next(iter(life.incident.calls))
    life.do(Acknowledge(status="收到"), liaison(unit), "+18m")
    life.do(Declare(level="Ⅱ", reason="扩大"), DEPUTY, "+30m")
    text = "\n".join(lines_of(life, "单位"))
    assert "第1次叫应（Ⅲ级" in text and "第2次叫应（Ⅱ级" in text and "收到 10:38" in text


def test_a_ring_in_vain_stands_on_the_telephone_row_alone():
    life = Life()
    life.report()
    life.do(RingInVain(recipient="市政府", outcome="占线"), DUTY, "+12m")
    event = next(item.event for item in life.incident.events if isinstance(item.event, RingFailed))
    assert life.incident.instances[event.about].channel == "电话"
    view = View(plan=life.plan, incident=life.incident, now=life.now)
    shown = worksheet(view).text.split("首报（书面）")
    assert "占线" in shown[0] and "占线" not in shown[1]
    agrees(life.plan, life.incident, life.now)


def test_a_written_report_names_those_to_whom_it_is_owed():
    life = Life()
    life.report()
    assert any("省委" in item.to for item in life.incident.open_instances if item.possible)
    text = written_report(View(plan=life.plan, incident=life.incident, now=life.now), "首报")
    (line,) = [line for line in text.splitlines() if line.startswith("报送：")]
    assert "省委" not in line and "区委" in line


@pytest.mark.parametrize("name", sorted(PLANS))
def test_a_report_that_nobody_owes_is_filed_to_nobody_by_itself(name):
    plan = PLANS[name]
    for kind in sorted({rule.report for rule in plan.obligations if rule.by_office}):
        life = Life(plan)
        life.do(report(plan, reported_at=START, facts={}), DUTY)
        before = owed_of(standing(life.incident))
        mine = [one for one in before.values() if one.event.report == kind and one.event.by_office]
        mine = [one for one in mine if not one.possible] or mine
        allowed = {name for one in mine for name in one.to}
        found = life.decide(File(report=kind), DUTY)
        if isinstance(found, Outcome):
            told = {item.event.recipient for item in found.recorded if isinstance(item.event, Filed)}
            assert told <= allowed, f"{kind} to {told - allowed}, whom nobody owed it"


def test_a_silent_unit_is_not_told_that_no_answer_is_needed():
    life = declared("Ⅱ")
    silent = next(iter(life.incident.calls))
    before = len(life.told)
    life.do(Declare(level="Ⅲ", reason="缓解"), DIRECTOR, "+30m")
    notices = [notice for _, notice in life.told[before:] if notice.key == "inform" and notice.to == f"unit:{silent}"]
    for notice in notices:
        text = render(notice, View(plan=life.plan, incident=life.incident, now=life.now)).text
        assert "不需要再次答复" not in text and "请立即答复" in text
        assert [press.action for press in notice.buttons] == ["ack"]
    assert notices


def test_what_was_missed_before_it_fell_away_says_so():
    story = Story().report("03:07")
    story.do("03:10", Verify(facts={}, event_level="一般"))
    story.until(clock("05:00"))
    story.do("05:00", Reject(reason="误报"))
    text = export(story.view())
    missed = [line for line in text.splitlines() if "不再需要" in line]
    assert any("首报" in line and "当时已逾期" in line for line in missed)
    assert not any("当时已逾期" in line for line in missed if "应报" in line), "of what others owed nobody knows"
