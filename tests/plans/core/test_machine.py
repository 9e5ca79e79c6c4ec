"""A state machine over the core: random incidents and people, virtual time. Checks reliability.md I3 to I6 and I13.

Nothing that people do in any order may raise, lose an obligation, remind of what is done, or change a level without the
authority that the plan gives.
"""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from plans import commands as c
from plans import events as e
from plans.commands import SYSTEM, Actor, Command
from plans.decide import Outcome, Refusal, absorption
from plans.incident import Incident, fold
from plans.load import plan_facts
from plans.model import RESPONSE_LEVELS, Plan
from plans.obligations import wakes
from plans.obligations.wakes import next_reminder
from tests.factories import CAMPUS, LINAN, START, WATER, Life, person, report

PLANS = (CAMPUS, WATER, LINAN)
WAYS = ("direct", "direct", "direct", "direct", "forward", "anonymous")
PAUSES = [timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=7), timedelta(hours=1), timedelta(hours=4)]
UNIT_ANSWERS = ("收到", "已出发", "已到场", "来不了", "也许")
REPORTS = ("首报", "续报", "终报", "核实答复", "更正", "信息发布", "")


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

    @initialize(data=st.data(), plan=st.sampled_from(PLANS), drill=st.booleans())
    def open(self, data: st.DataObject, plan: Plan, drill: bool) -> None:
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
        known = plan_facts(self.plan)
        number = st.integers(0, 60)
        interval = st.tuples(number, number).map(lambda pair: {"at_least": min(pair), "at_most": max(pair)})

        def value(name: str) -> st.SearchStrategy[Any]:
            fact = known[name]
            if fact.type in ("count", "number"):
                return st.one_of(number, number, interval, st.none(), st.just(-1))
            if fact.choices:
                return st.sampled_from([*(choice.id for choice in fact.choices), "nonsense"])
            return st.booleans()

        names = st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True)
        return names.flatmap(lambda chosen: st.fixed_dictionaries({name: value(name) for name in chosen}))

    def draw_command(self, data: st.DataObject) -> Command:
        pick = lambda values: data.draw(st.sampled_from(list(values)))  # noqa: E731
        incident = self.life.incident
        levels = (*self.plan.event_levels, None)
        responses = [*(item.level for item in self.plan.responses), "Ⅴ"]
        reason = pick(["", "有理由"])
        moment = (
            self.life.now
            + incident.offset
            + pick([timedelta(), timedelta(minutes=-9), timedelta(hours=-1), timedelta(hours=1)])
        )
        rules = [*(item.id for item in self.plan.obligations), *incident.instances, "correction", "no-such"]
        bodies = sorted({name for item in self.plan.obligations for name in item.to})
        to = tuple(data.draw(st.lists(st.sampled_from(bodies), max_size=3, unique=True)))
        units = [unit.id for unit in self.plan.units]
        facts = data.draw(self.facts())
        clauses = [choice.clause for fact in self.plan.facts.values() for choice in fact.choices] + ["9.9"]
        judgements = [name for name, fact in self.plan.facts.items() if fact.judgement] + ["deaths"]
        classes = [item.id for item in self.plan.classes] + ["", "no-such"]
        role = pick([*self.plan.roles, "mayor"])
        choices: list[Command] = [
            c.TakeHandling(),
            c.TakeOver(),
            c.Verify(facts=facts, event_level=pick(levels), occurred_at=pick([None, moment]), reason=reason, sure=True),
            c.Judge(clause=pick(clauses), holds=pick([True, False])),
            c.Judge(fact=pick(judgements), holds=pick([True, False])),
            c.Determine(level=pick(levels), reason=reason),
            c.Update(facts=facts, sure=pick([True, False]), event_class=pick(classes), reason=reason),
            c.Update(facts=facts, increments=frozenset(facts), occurred_at=pick([None, moment])),
            c.Correct(facts=facts),
            c.Resolve(fact=pick([*incident.claims, "deaths"]), use=pick(["sum", "duty", "reporter"])),
            c.Declare(level=pick(responses), reason=reason, unreachable=frozenset(units[:3])),
            c.Declare(level=pick(responses), reason=reason),
            c.DeclineProposal(reason=reason),
            c.End(reason=reason),
            c.RecordOral(
                of=role, decides=pick(["declare", "adjust", "end", "decline"]), level=pick(responses), reason=reason
            ),
            c.Sign(),
            c.Acknowledge(status=pick(UNIT_ANSWERS), unit=pick(["", *units[:4]])),
            c.File(report=pick(REPORTS), channel=pick(["", "电话", "书面"]), to=to, called_at=pick([None, moment])),
            c.File(report=pick(REPORTS[:3])),
            c.File(obligation=pick(rules)),
            c.RingInVain(recipient=pick(bodies)),
            c.RequestVerification(recipient=pick([*bodies, ""])),
            c.Waive(obligation=pick(rules), reason=reason),
            c.Close(),
            c.Reopen(reason=reason),
            c.Reject(reason=reason),
            c.Merge(into="incident:18", number=18, into_level=pick([None, *RESPONSE_LEVELS])),
            c.AddEvidence(kind="photo", reference="sha256:x"),
            c.Undo(),
            c.Undo(),
            c.PauseDrill(paused=pick([True, False])),
            c.JumpDrill(),
            c.Wake(),
        ]
        return pick(choices)

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(data=st.data(), via=st.sampled_from(WAYS))
    def somebody_acts(self, data: st.DataObject, via: str) -> None:
        actor = data.draw(st.sampled_from(self.people))
        self.ask(
            self.draw_command(data), Actor(id=actor.id, name=actor.name, roles=actor.roles, units=actor.units, via=via)
        )

    @rule(data=st.data())
    def the_duty_officer_acts(self, data: st.DataObject) -> None:
        self.ask(self.draw_command(data), person("duty", "duty"))

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: timedelta) -> None:
        self.run(self.life.now + pause)

    @rule(pause=st.sampled_from(PAUSES))
    def nobody_is_awake_for_a_while(self, pause: timedelta) -> None:
        self.life.now += pause
        self.ask(c.Wake(), SYSTEM)
        self.run(self.life.now)

    @rule(deaths=st.integers(0, 3))
    def another_incident_is_absorbed(self, deaths: int) -> None:
        other = Life(self.plan, number=18).report("+10m", facts={"deaths": deaths, "injuries": 2})
        if deaths:
            other.do(c.File(report=self.plan.obligations[0].report, to=self.plan.obligations[0].to[:1]))
        self.ask(absorption(other.incident), person("duty", "duty"))

    # --- how it is done, and what is checked each time ----------------------------------------------------------------

    def run(self, moment: datetime) -> None:
        """Let the clocks run as the scheduler does: every wake does something, and none comes twice."""
        for _ in range(2000):
            points = wakes(self.life.incident, self.life.policy)
            due = min((point.at for point in points), default=None)
            if due is None or due - self.life.incident.offset > moment:
                break
            self.life.now = max(due - self.life.incident.offset, self.life.now)
            assert self.ask(c.Wake(), SYSTEM), f"woken at {due} for nothing: {points}"
        else:
            raise AssertionError("the clocks do not come to rest")
        self.life.now = max(self.life.now, moment)

    def ask(self, command: Command, actor: Actor) -> list[e.Event]:
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
        declared = [item.event for item in found.recorded if isinstance(item.event, e.Declared)]
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
                assert above or event.role in target.adjusted_by
            if event.oral:
                assert actor.roles & {"duty", *self.plan.roles}
        for item in found.recorded:
            if isinstance(item.event, e.Ended) and before.state == "responding":
                rank = {role: value.rank for role, value in self.plan.roles.items()}
                assert item.event.role == before.response_role or rank[item.event.role] < rank[before.response_role]

    def check_reminders(self, before: Incident, found: Outcome) -> None:
        """I4, I5: nobody is reminded of what is done; each thing once in a wake; a possible one once in its life."""
        keys = [key for item in found.recorded if isinstance(item.event, e.Reminded) for key in item.event.keys]
        assert len(keys) == len(set(keys))
        assert set(keys) <= {item.key for item in before.open_instances}
        assert not keys or before.state != "closed"
        assert not keys or not before.paused
        for key in keys:
            if before.instances[key].possible:
                assert not before.instances[key].reminded

    def check_none_vanished(self, before: Incident, found: Outcome) -> None:
        """I4: an instance leaves the record only when the filing that had opened it was taken back."""
        if not any(isinstance(item.event, e.Undone) for item in found.recorded):
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
    def the_case_and_its_obligations_agree(self) -> None:
        incident = self.life.incident
        assert incident.state in ("reported", "responding", "ended", "closed", "rejected", "merged")
        if incident.state == "closed":
            assert not [item for item in incident.open_instances if item.by_office]
        if incident.state in ("rejected", "merged"):
            assert {item.rule for item in incident.open_instances} <= {"correction"}
        if incident.state in ("reported", "responding"):
            assert (incident.state == "responding") is (incident.response_level is not None)
        rounds = [item.rule for item in incident.open_instances if item.rule.startswith("followup")]
        assert len(rounds) == len(set(rounds)), "one follow-up of each rule is open at a time"

    @invariant()
    def a_drill_calls_nobody_outside(self) -> None:
        """I13: whoever is addressed is the seat, the group, the reporter, or somebody of the plan."""
        members = {unit.id for unit in self.plan.units}
        for _, notice in self.life.told[-40:]:
            kind, _, name = notice.to.partition(":")
            assert kind in ("seat", "group", "origin", "reporter", "role", "unit")
            assert kind != "role" or name in self.plan.roles
            assert kind != "unit" or name in members

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
            assert following is None or following > now
            if item.by_office and not item.possible and item.arose_at + timedelta(minutes=11) < now and item.due < now:
                assert item.reminded
                assert item.status_at(now) == "overdue"


TestCore = Core.TestCase
TestCore.settings = settings(max_examples=30, stateful_step_count=25)
