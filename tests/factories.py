"""People and incidents for tests: invented actors, and a life that is lived in virtual time without a database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from plans.core.command import SYSTEM, Actor, Command
from plans.core.event import Event
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.incident.case import Outcome
from plans.incident.filing import File
from plans.incident.judging import Judge, Verify
from plans.incident.levels import Declare
from plans.incident.records import Instance
from plans.incident.records_decided import Proposal
from plans.incident.reporting import Report
from plans.incident.state import Incident
from plans.incident.wake import Wake
from plans.kinds import decide, notices
from plans.load import DATA, load
from plans.model import Plan
from plans.obligations.wakes import wakes

BEIJING = timezone(timedelta(hours=8))
START = datetime(2026, 3, 2, 10, 20, tzinfo=BEIJING)
"""When it happened, unless a test says otherwise: an ordinary Monday morning in Beijing."""

CAMPUS = load(DATA / "jincheng-chengqu-campus.yaml")
WATER = load(DATA / "jincheng-water-rescue.yaml")
LINAN = load(DATA / "linan-campus.yaml")

_SPAN = re.compile(r"^([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")


def span(text: str) -> timedelta:
    """Return ``+1h30m``, ``-5m``, ``+2d`` or ``+45s`` as a length of time."""
    match = _SPAN.match(text)
    assert match, f"{text}: expected +1h30m"
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match.group(1) == "-" else length


def person(id: str, *roles: str, name: str = "", units: tuple[str, ...] = (), via: str = "direct") -> Actor:
    """Return an actor."""
    return Actor(id=id, name=name or f"某{id}", confirmed=True, roles=frozenset(roles), units=frozenset(units), via=via)


SCHOOL = person("school", "reporter", name="周校长")
DUTY = person("duty", "duty", name="张三")
SECOND = person("second", "duty", name="李四")
FOUR = ("市委", "市政府", "区委", "区政府")
POLICE = "市公安局城区分局"
DIRECTOR = person("director", "director", name="王五")
DEPUTY = person("deputy", "deputy", name="钱七")
COMMANDER = person("commander", "commander", name="赵六")
ADMIN = person("admin", "admin", name="孙九")
STRANGER = person("stranger", name="路人")


def liaison(unit: str) -> Actor:
    """Return the person who answers for a unit."""
    return person(f"liaison-{unit}", "liaison", units=(unit,))


def report(plan: Plan = CAMPUS, **given: Any) -> Report:
    """Return a report ten minutes after it happened: four injured in a crush."""
    values: dict[str, Any] = {
        "plan": plan.id,
        "plan_version": plan.version,
        "plan_hash": plan.hash,
        "jurisdiction": "jincheng",
        "number": 17,
        "year": 2026,
        "text": "楼梯踩踏，四名学生受伤",
        "reported_at": START + span("+10m"),
        "occurred_at": START,
        "place": "育才小学",
        "candidates": ("crowd",) if plan.id == CAMPUS.id else (),
        "facts": {"injuries": 4},
    }
    return Report(**{**values, **given})


@dataclass
class Life:
    """One incident under way.

    Attributes:
        now: the moment of the last command.
        told: every notice so far, with its moment as an offset from the start.
        causes: how many commands there were; each has a cause of its own.
    """

    plan: Plan = CAMPUS
    policy: Policy = DEFAULT_POLICY
    start: datetime = START
    now: datetime = START
    number: int = 17
    state: Incident | None = None
    told: list[tuple[timedelta, Notice]] = field(default_factory=list)
    causes: int = 0

    @property
    def incident(self) -> Incident:
        """The incident; there must be one."""
        assert self.state is not None
        return self.state

    @property
    def proposal(self) -> Proposal:
        """The proposal; there must be one."""
        assert self.incident.proposal is not None
        return self.incident.proposal

    def moment(self, at: str) -> datetime:
        """Return ``+3h`` after the start."""
        return self.start + span(at)

    def report(self, at: str = "+10m", by: Actor = SCHOOL, **given: Any) -> Life:
        """Open the incident."""
        values = {"reported_at": self.moment(at), "occurred_at": self.start, "number": self.number, **given}
        self.do(report(self.plan, **values), by, at)
        return self

    def decide(self, command: Command, by: Actor = DUTY, at: str = "") -> Outcome | Refusal:
        """Let the clocks run up to ``at`` and decide; an outcome becomes the state."""
        if at:
            self.until(at)
            self.now = max(self.moment(at), self.now)
        self.causes += 1
        found = decide(
            self.plan,
            self.state,
            command,
            by,
            now=self.now + (self.state.offset if self.state else timedelta()),
            stream=f"incident:{self.number}",
            cause=f"cause-{self.causes}",
            policy=self.policy,
        )
        if isinstance(found, Outcome):
            self.state = found.after
            for notice in notices(self.plan, found.before, found.after, found.recorded):
                self.told.append((self.now - self.start, notice))
        return found

    def do(self, command: Command, by: Actor = DUTY, at: str = "") -> list[Event]:
        """Decide a command that must not be refused; return its events."""
        found = self.decide(command, by, at)
        assert isinstance(found, Outcome), found
        return [item.event for item in found.recorded]

    def refuse(self, command: Command, by: Actor = DUTY, at: str = "") -> Refusal:
        """Decide a command that must be refused."""
        found = self.decide(command, by, at)
        assert isinstance(found, Refusal), [item.event.NAME for item in found.recorded]
        return found

    def until(self, at: str) -> Life:
        """Let every registered moment up to ``at`` (inclusive) have its wake."""
        return self.run_to(self.moment(at))

    def run_to(self, moment: datetime) -> Life:
        """Let every registered moment up to this one (inclusive) have its wake."""
        while self.state is not None:
            due = min((point.at for point in wakes(self.state, self.policy)), default=None)
            if due is None or due - self.state.offset > moment:
                break
            self.now = max(due - self.state.offset, self.now)
            assert self.do(Wake(), SYSTEM), f"woken at {due} for nothing"
        self.now = max(self.now, moment)
        return self

    def wake(self, at: str) -> list[Event]:
        """Wake only now, however much was missed."""
        self.now = self.moment(at)
        return self.do(Wake(), SYSTEM)

    def instance(self, rule: str) -> Instance:
        """Return the last instance of a rule, or the one of a key."""
        return [item for item in self.incident.instances.values() if rule in (item.rule, item.key)][-1]

    def due(self, rule: str) -> timedelta:
        """Return when the last instance of a rule is due, from the start."""
        return self.instance(rule).due - self.start

    def status(self, rule: str) -> str:
        """Return the status of a rule's last instance now."""
        return self.instance(rule).status_at(self.now)

    def owed(self) -> dict[str, str]:
        """Return rule -> status of the last instance of every rule that the office bears, superseded ones left out."""
        items = [item for item in self.incident.instances.values() if item.by_office and item.status != "superseded"]
        return {item.rule: item.status_at(self.now) for item in items}

    def branch(self) -> Life:
        """Return a life that was the same up to now and goes its own way."""
        return replace(self, told=list(self.told))

    def keys(self, since: int = 0) -> list[tuple[str, str]]:
        """Return (key, audience) of the notices that are new messages, from the ``since``-th notice on."""
        return [(notice.key, notice.to) for _, notice in self.told[since:] if not notice.edits]


def declared(level: str = "Ⅲ", plan: Plan = CAMPUS, by: Actor | None = None) -> Life:
    """Return a life that is verified, judged and under response since +15 min."""
    life = Life(plan)
    life.report()
    life.do(Verify(facts={"injuries": 4, "deaths": 0}, event_level="一般"), DUTY, "+12m")
    option = {"Ⅲ": "local", "Ⅱ": "district", "Ⅰ": "beyond"}[level]
    life.do(Judge(fact="capacity", option=option), DUTY, "+13m")
    life.do(Declare(level=level), by or {"Ⅲ": DIRECTOR, "Ⅱ": DEPUTY, "Ⅰ": COMMANDER}[level], "+15m")
    return life


def filed(life: Life, at: str = "+20m") -> Life:
    """File the first report by telephone and in writing to everybody who is owed it."""
    life.do(File(report="首报", channel="电话"), DUTY, at)
    if any(item.report == "首报" and item.by_office for item in life.incident.open_instances if not item.possible):
        life.do(File(report="首报", channel="书面"), DUTY, at)
    return life
