"""A state machine over the core: random incidents and people, virtual time. Checks I3 to I6 and I13.

The numbers are those of tests/chaos/README.md.
Nothing that people do in any order may raise, lose an obligation, remind of what is done, or change a level without the
authority that the plan gives.
"""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plans.bodies import known_units, listed_ids, standing
from plans.core.command import SYSTEM, Actor, Command
from plans.core.event import Event, Undone
from plans.core.outcome import Refusal
from plans.incident.bodies import NameBody, mention_data
from plans.incident.case import Outcome
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.doubts import WordOvertaken
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.ending import End, Ended
from plans.incident.evidence import AddEvidence
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare, Declared
from plans.incident.merging import Merge, absorption
from plans.incident.oral import RecordOral
from plans.incident.owed import Waive
from plans.incident.proposals import DeclineProposal
from plans.incident.records_said import BodyMention, MentionedBody
from plans.incident.reminders import Reminded
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.signing import Sign
from plans.incident.state import Incident
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.incident.wake import Wake
from plans.kinds import fold
from plans.load import plan_facts
from plans.model import RESPONSE_LEVELS, Plan
from plans.obligations.demands import demanded
from plans.obligations.wakes import next_reminder, wakes
from tests.factories import CAMPUS, DUTY, LINAN, START, WATER, Life, liaison, person, report

PLANS = {plan.id: plan for plan in (CAMPUS, WATER, LINAN)}
LISTED = [
    MentionedBody(id=name, name=name, families=frozenset({family}), township=town, office=office, office_name=office)
    for name, family, town, office in (
        ("凤鸣小学", "学校", "北石店镇", ""),
        ("河口中学", "学校", "河口乡", "河口乡人民政府"),
        ("河口乡人民政府", "镇街", "河口乡", "河口乡人民政府"),
        ("区医院", "医院", "", ""),
    )
]
"""Bodies that an office may have listed."""
PAUSES = [timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=7), timedelta(hours=1), timedelta(hours=4)]


def people(plan: Plan) -> list[Actor]:
    """Return one holder of every role, two duty officers, a liaison, the reporter, a stranger."""
    roles = [person(role, role) for role in plan.roles]
    units = [unit.id for unit in plan.units if unit.member][:2]
    return [
        *roles,
        person("duty", "duty"),
        person("second", "duty"),
        person("both", "duty", *plan.roles),
        person("liaison", "liaison", units=(units[0],)),
        person("school", "reporter"),
        person("admin", "admin"),
        person("stranger"),
    ]


class Core(RuleBasedStateMachine):
    """One incident of one plan, among whoever is about."""

    @initialize(data=st.data(), name=st.sampled_from(sorted(PLANS)), drill=st.booleans())
    def open(self, data: st.DataObject, name: str, drill: bool) -> None:
        plan = PLANS[name]
        self.plan, self.people = plan, people(plan)
        self.life = Life(plan, now=START + timedelta(minutes=10))
        self.seen: dict[str, str] = {}
        facts = data.draw(self.facts())
        classes = [item.id for item in plan.classes]
        candidates = tuple(data.draw(st.lists(st.sampled_from(classes), max_size=2, unique=True))) if classes else ()
        sender = data.draw(st.sampled_from(self.people))
        occurred = START - data.draw(st.sampled_from([timedelta(), timedelta(hours=3), timedelta(days=2)]))
        self.ask(report(plan, facts=facts, candidates=candidates, drill=drill, occurred_at=occurred), sender)

    # --- what people may say ------------------------------------------------------------------------------------------

    def facts(self) -> st.SearchStrategy[dict[str, Any]]:
        """Return figures that may be stated, rarely impossible ones."""
        known = plan_facts(self.plan)
        number = st.integers(0, 60)
        interval = st.tuples(number, number).map(lambda pair: {"at_least": min(pair), "at_most": max(pair)})

        def value(name: str) -> st.SearchStrategy[Any]:
            fact = known[name]
            if fact.type in ("count", "number"):
                return st.one_of(number, number, number, interval, st.none(), st.just(-1))
            return st.sampled_from([choice.id for choice in fact.choices]) if fact.choices else st.booleans()

        casualties = ("deaths", "injuries", "ill", "missing", "serious_injuries")
        names = st.lists(
            st.one_of(st.sampled_from(casualties), st.sampled_from(sorted(known))), max_size=3, unique=True
        )
        return names.flatmap(lambda chosen: st.fixed_dictionaries({name: value(name) for name in chosen}))

    @property
    def moment(self) -> datetime:
        """The incident's own moment."""
        return self.life.now + self.life.incident.offset

    def bodies(self) -> list[str]:
        return sorted({name for item in self.plan.obligations for name in item.to})

    def anybody(self, data: st.DataObject) -> Actor:
        return data.draw(st.sampled_from(self.people))

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(data=st.data(), sure=st.booleans(), ago=st.sampled_from([None, None, -9, -300]))
    def figures_change(self, data: st.DataObject, sure: bool, ago: int | None) -> None:
        facts, actor = data.draw(self.facts()), self.anybody(data)
        occurred = None if ago is None else self.moment + timedelta(minutes=ago)
        self.ask(Update(facts=facts, sure=sure, occurred_at=occurred, reason="核实"), actor)

    @rule(data=st.data(), sure=st.booleans())
    def a_listed_body_is_named(self, data: st.DataObject, sure: bool) -> None:
        named = data.draw(st.lists(st.sampled_from(LISTED), min_size=1, max_size=2, unique=True))
        mention = BodyMention(words="凤小", bodies=tuple(named), sure=sure and len(named) == 1)
        unreachable = frozenset(data.draw(st.lists(st.sampled_from([item.id for item in LISTED]), max_size=2)))
        command = Update(text="凤小还有人", mentions=(mention_data(mention),), unreachable=unreachable)
        self.ask(command, self.anybody(data))

    @rule(data=st.data(), looked_up=st.booleans())
    def a_placeholder_is_settled(self, data: st.DataObject, looked_up: bool) -> None:
        units = [unit.id for unit in self.plan.units if unit.place_bound]
        body = data.draw(st.sampled_from(LISTED))
        mention = mention_data(BodyMention(words="", bodies=(body,), sure=False))
        unit = data.draw(st.sampled_from(units or [self.plan.units[0].id]))
        command = NameBody(unit=unit, body=body.id, mentions=(mention,) if looked_up else ())
        self.ask(command, self.anybody(data))

    @rule(data=st.data(), level=st.sampled_from([None, "一般", "较大", "重大", "特别重大"]))
    def it_is_verified(self, data: st.DataObject, level: str | None) -> None:
        self.ask(Verify(facts=data.draw(self.facts()), event_level=level, sure=True), DUTY)

    @rule(level=st.sampled_from([None, "一般", "较大", "重大", "特别重大"]))
    def the_level_is_determined(self, level: str | None) -> None:
        self.ask(Determine(level=level), DUTY)

    @rule(data=st.data(), holds=st.booleans())
    def somebody_judges(self, data: st.DataObject, holds: bool) -> None:
        clauses = [
            clause
            for fact in self.plan.facts.values()
            if fact.judgement
            for clause in ([choice.clause for choice in fact.choices] or [fact.clause])
        ]
        self.ask(Judge(clause=data.draw(st.sampled_from([*clauses, "9.9"])), holds=holds), self.anybody(data))

    @rule(
        data=st.data(),
        reason=st.sampled_from(["", "研判"]),
        oral=st.booleans(),
        via=st.sampled_from(["direct", "direct", "forward"]),
    )
    def a_level_is_declared(self, data: st.DataObject, reason: str, oral: bool, via: str) -> None:
        level = data.draw(st.sampled_from([item.level for item in self.plan.responses]))
        response = next(item for item in self.plan.responses if item.level == level)
        role = data.draw(st.sampled_from([*response.declared_by, *self.plan.roles]))
        unreachable = frozenset(unit.id for unit in self.plan.units[::3])
        if oral:
            what: Command = RecordOral(of=role, decides="declare", level=response.level, reason=reason)
            self.ask(what, dataclasses.replace(DUTY, via=via))
        else:
            declaring = Declare(level=response.level, reason=reason, unreachable=unreachable)
            self.ask(declaring, person(role, role, via=via))

    @rule(data=st.data(), answer=st.sampled_from(["收到", "已出发", "已到场", "来不了"]), recorded=st.booleans())
    def a_unit_answers(self, data: st.DataObject, answer: str, recorded: bool) -> None:
        called = sorted(self.life.incident.calls) or [self.plan.units[0].id]
        unit = data.draw(st.sampled_from(called))
        self.ask(Acknowledge(status=answer, unit=unit), DUTY if recorded else liaison(unit))

    @rule(data=st.data(), ago=st.sampled_from([None, None, 2, 90]), channel=st.sampled_from(["", "电话", "书面"]))
    def a_report_is_made(self, data: st.DataObject, ago: int | None, channel: str) -> None:
        report_kind = data.draw(st.sampled_from(["首报", "续报", "终报", "更正", "核实答复", "事发报告"]))
        to = tuple(data.draw(st.lists(st.sampled_from(self.bodies()), max_size=2, unique=True)))
        called = None if ago is None else self.moment - timedelta(minutes=ago)
        self.ask(File(report=report_kind, to=to, channel=channel, called_at=called), DUTY)

    @rule(data=st.data(), whole=st.booleans(), second=st.booleans())
    def what_is_open_is_filed(self, data: st.DataObject, whole: bool, second: bool) -> None:
        if not self.life.incident.open_instances:
            return
        key = data.draw(st.sampled_from([item.key for item in self.life.incident.open_instances]))
        to = () if whole else self.life.incident.instances[key].to[:1]
        self.ask(File(obligation=key, to=to), person("second", "duty") if second else DUTY)

    @rule(data=st.data())
    def everything_is_filed(self, data: st.DataObject) -> None:
        for instance in self.life.incident.open_instances:
            if instance.by_office and not instance.possible:
                self.ask(File(obligation=instance.key), DUTY)

    @rule(data=st.data())
    def something_is_waived(self, data: st.DataObject) -> None:
        if self.life.incident.open_instances:
            key = data.draw(st.sampled_from([item.key for item in self.life.incident.open_instances]))
            self.ask(Waive(obligation=key, reason="已由上级知悉"), DUTY)

    @rule(data=st.data())
    def a_superior_asks(self, data: st.DataObject) -> None:
        self.ask(RequestVerification(recipient=data.draw(st.sampled_from(self.bodies()))), DUTY)

    @rule(data=st.data())
    def figures_are_corrected(self, data: st.DataObject) -> None:
        self.ask(Correct(facts=data.draw(self.facts())), DUTY)

    @rule(data=st.data())
    def a_conflict_is_resolved(self, data: st.DataObject) -> None:
        for fact, claims in self.life.incident.conflicts.items():
            self.ask(Resolve(fact=fact, use=data.draw(st.sampled_from([*claims, "sum"]))), DUTY)
            break

    @rule(who=st.sampled_from(["duty", "second", "school"]))
    def somebody_takes_something_back(self, who: str) -> None:
        self.ask(Undo(), next(actor for actor in self.people if actor.id == who))

    @rule(data=st.data(), reason=st.sampled_from(["", "已处置"]))
    @precondition(lambda self: len(self.life.incident.events) > 40)
    def it_ends(self, data: st.DataObject, reason: str) -> None:
        self.ask(End(reason=reason), data.draw(st.sampled_from([*self.people[: len(self.plan.roles)], DUTY])))

    @rule()
    def it_is_closed(self) -> None:
        self.ask(Close(), DUTY)

    @rule()
    @precondition(lambda self: self.life.incident.state == "closed")
    def it_is_opened_again(self) -> None:
        self.ask(Reopen(reason="又有人发病"), DUTY)

    @rule(what=st.sampled_from([Reject(reason="误报"), Merge(into="incident:18", number=18, into_level="Ⅰ")]))
    @precondition(lambda self: len(self.life.incident.events) > 60)
    def it_was_none_or_another(self, what: Command) -> None:
        self.ask(what, DUTY)

    @rule(deaths=st.integers(0, 3))
    @precondition(lambda self: len(self.life.incident.absorbed) < 2)
    def another_incident_is_absorbed(self, deaths: int) -> None:
        other = Life(self.plan, number=18 + len(self.life.incident.absorbed))
        other.report("+10m", facts={"deaths": deaths, "injuries": 2})
        if deaths:
            other.do(File(report=self.plan.obligations[0].report, to=self.plan.obligations[0].to[:1]))
        self.ask(absorption(other.incident), DUTY)

    @rule(data=st.data(), via=st.sampled_from(["direct", "forward", "anonymous"]))
    def anybody_tries_anything(self, data: st.DataObject, via: str) -> None:
        responses = [*(item.level for item in self.plan.responses), "Ⅴ"]
        choices: list[Command] = [
            TakeHandling(),
            TakeOver(),
            Declare(level=data.draw(st.sampled_from(responses)), reason="越权"),
            RecordOral(of="commander", decides="end"),
            RecordOral(of="commander", decides="decline"),
            RecordOral(of="mayor", decides="declare", level="Ⅰ"),
            DeclineProposal(),
            Sign(),
            End(),
            Acknowledge(status="也许"),
            Update(facts={"no-such": 1}),
            Update(event_class="no-such"),
            Update(event_class=next((item.id for item in self.plan.classes), "")),
            File(obligation="no-such"),
            RingInVain(recipient="市委"),
            AddEvidence(kind="photo", reference="sha256:x"),
            Reject(),
            Wake(),
        ]
        actor = dataclasses.replace(self.anybody(data), via=via)
        self.ask(data.draw(st.sampled_from(choices)), actor)

    @rule(paused=st.booleans(), jump=st.booleans())
    @precondition(lambda self: self.life.incident.drill)
    def the_drill_is_directed(self, paused: bool, jump: bool) -> None:
        self.ask(JumpDrill() if jump else PauseDrill(paused=paused), person("admin", "admin"))

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: timedelta) -> None:
        self.run(self.life.now + pause)

    @rule(pause=st.sampled_from(PAUSES))
    def nobody_is_awake_for_a_while(self, pause: timedelta) -> None:
        self.life.now += pause
        self.ask(Wake(), SYSTEM)
        self.run(self.life.now)

    # --- how it is done, and what is checked each time ----------------------------------------------------------------

    def run(self, moment: datetime) -> None:
        """Let the clocks run as the scheduler does: every wake does something, and none comes twice."""
        for _ in range(2000):
            points = wakes(self.life.incident, self.life.policy)
            due = min((point.at for point in points), default=None)
            if due is None or due - self.life.incident.offset > moment:
                break
            self.life.now = max(due - self.life.incident.offset, self.life.now)
            assert self.ask(Wake(), SYSTEM), f"woken at {due} for nothing: {points}"
        else:
            raise AssertionError("the clocks do not come to rest")
        self.life.now = max(self.life.now, moment)

    def ask(self, command: Command, actor: Actor) -> list[Event]:
        before = self.life.state
        found = self.life.decide(command, actor)
        if isinstance(found, Refusal):
            assert self.life.state is before
            assert found.key
            return []
        if before is not None:
            self.check_levels(before, found, actor)
            self.check_reminders(before, found)
            self.check_none_vanished(before, found)
        return [item.event for item in found.recorded]

    def check_levels(self, before: Incident, found: Outcome, actor: Actor) -> None:
        """I6: a level changes only by a declaration of somebody whom the plan lets declare."""
        declared = [item.event for item in found.recorded if isinstance(item.event, Declared)]
        if found.after.response_level != before.response_level:
            assert [event.level for event in declared] == [found.after.response_level]
        for event in declared:
            assert actor.via == "direct"
            held = {event.spoken_role} if event.oral else set(actor.roles)
            held |= {also for role in held if role in self.plan.roles for also in self.plan.roles[role].also}
            assert event.role in held
            target = next(item for item in self.plan.responses if item.level == event.level)
            height = RESPONSE_LEVELS.index
            raised = before.response_level is None or height(event.level) > height(before.response_level)
            rank = {role: item.rank for role, item in self.plan.roles.items()}
            if raised:
                assert event.role in target.declared_by
            else:
                above = rank[event.role] < rank[before.response_role] or event.role == before.response_role
                lowering = self.plan.adjusting.lowered_by if self.plan.adjusting else "declarer_or_above"
                assert above if isinstance(lowering, str) else event.role in lowering
            if event.oral:
                assert actor.roles & {"duty", *self.plan.roles}
        for item in found.recorded:
            if isinstance(item.event, Ended) and before.state == "responding":
                rank = {role: value.rank for role, value in self.plan.roles.items()}
                assert item.event.role == before.response_role or rank[item.event.role] < rank[before.response_role]

    def check_reminders(self, before: Incident, found: Outcome) -> None:
        """I4, I5: nobody is reminded of what is done; each thing once in a wake; a possible one once in its life."""
        keys = [key for item in found.recorded if isinstance(item.event, Reminded) for key in item.event.keys]
        assert len(keys) == len(set(keys))
        assert set(keys) <= {item.key for item in before.open_instances}
        assert not keys or before.state != "closed"
        assert not keys or not before.paused
        for key in keys:
            if before.instances[key].possible:
                assert not before.instances[key].reminded

    def check_none_vanished(self, before: Incident, found: Outcome) -> None:
        """I4: an instance leaves the record only when the filing that had opened it was taken back."""
        if not any(isinstance(item.event, Undone) for item in found.recorded):
            assert before.instances.keys() <= found.after.instances.keys()
        for instance in found.after.instances.values():
            if instance.status == "superseded":
                assert instance.reason
            if instance.status == "waived":
                assert instance.reason
            if instance.status == "filed":
                assert instance.filed_at is not None

    @invariant()
    def a_repeated_fold_gives_the_same_state(self) -> None:
        incident = self.life.incident
        assert fold(incident.stream, incident.events) == incident

    @invariant()
    def what_a_state_keeps_of_its_readings_is_what_they_find_anew(self) -> None:
        incident, policy = self.life.incident, self.life.policy
        anew = fold(incident.stream, incident.events)
        assert demanded(self.plan, incident, policy) == demanded(self.plan, anew, policy)
        for unit in sorted(known_units(self.plan, incident)):
            assert standing(self.plan, incident, unit) == standing(self.plan, anew, unit)

    @invariant()
    def the_case_and_its_obligations_agree(self) -> None:
        incident = self.life.incident
        assert incident.state in ("reported", "responding", "ended", "closed", "rejected", "merged")
        if incident.state == "closed":
            assert not [item for item in incident.open_instances if item.by_office]
        # What would be owed only at a level that facts reach and nobody determined may go with a closed case.
        gone = [item for item in incident.instances.values() if item.by_office and item.reason == "closed"]
        assert not [item for item in gone if not item.possible]
        assert not gone or any(isinstance(item.event, WordOvertaken) for item in incident.events)
        if incident.state in ("rejected", "merged"):
            assert {item.rule for item in incident.open_instances} <= {"correction"}
        if incident.state in ("reported", "responding"):
            assert (incident.state == "responding") is (incident.response_level is not None)
        rounds = [item.rule for item in incident.open_instances if item.rule.startswith("followup")]
        assert len(rounds) == len(set(rounds)), "one follow-up of each rule is open at a time"

    @invariant()
    def a_placeholder_or_the_body_that_it_is_was_called_and_never_both(self) -> None:
        incident = self.life.incident
        assert incident.calls.keys() <= known_units(self.plan, incident)
        for unit, body in incident.stood.items():
            call = incident.calls.get(unit)
            assert call is None or not call.silent or not call.round or body == unit

    @invariant()
    def a_drill_calls_nobody_outside(self) -> None:
        """I13: whoever is addressed is the seat, the group, the reporter, or somebody of the plan."""
        members = {unit.id for unit in self.plan.units} | listed_ids(self.life.incident)
        for _, notice in self.life.told[-40:]:
            kind, _, name = notice.to.partition(":")
            assert kind in ("seat", "group", "origin", "reporter", "role", "unit", "head")
            assert kind != "role" or name in self.plan.roles
            assert kind not in ("unit", "head") or name in members

    def teardown(self) -> None:
        """I4: after another day with nobody about, what is open and certain is overdue and was reminded of."""
        if not hasattr(self, "life"):
            return
        self.run(self.life.now + timedelta(days=1))
        incident, now = self.life.incident, self.life.now + self.life.incident.offset
        for item in incident.open_instances:
            if incident.state == "closed" or incident.paused:
                continue
            following = next_reminder(item, self.life.policy)
            if item.possible and incident.doubt is not None:
                # The question about the level speaks of it, and is asked again every hour.
                assert incident.doubt.rung > 3
                continue
            assert following is None or following > now
            if item.by_office and not item.possible and item.arose_at + timedelta(minutes=11) < now and item.due < now:
                assert item.reminded
                assert item.status_at(now) == "overdue"


TestCore = Core.TestCase
# A failure is not shrunk: that takes longer than a test may. To shrink one, leave ``phases`` out and raise the timeout.
TestCore.settings = settings(
    max_examples=40, stateful_step_count=25, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
