"""What a command needs of the shell before it is decided, by the type of the command.

The core decides on what it is given; some commands need what only the database knows: which units nobody answers for,
who it was that spoke, the plan that was chosen. A command that needs something has an enricher here, and the
transaction asks :func:`enrich` for all of them alike. What a command brings about in another case of the same
transaction is named here too (:func:`follows`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.cases.body_lists import BodyLists, as_data
from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import Addresses
from bot.service.actors import actor_of
from bot.service.plan_choice import facts_under, is_served
from bot.service.requests import Requester, Step
from plans.bodies import known_units, mentioned
from plans.core.command import Actor, Command
from plans.core.outcome import CaseOutcome
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.state import CaseState
from plans.duty.book import AdoptPlan
from plans.duty.recording import RecordDuty
from plans.duty.state import DutyBook
from plans.incident.bodies import NameBody, mention_of
from plans.incident.calling_units import CallMore
from plans.incident.case import Outcome
from plans.incident.edits import SettleEdit
from plans.incident.facts import Update
from plans.incident.hearing_back import HearBack, case_above
from plans.incident.levels import Declare
from plans.incident.merging import Merge, absorption
from plans.incident.on_site import SetUpSite
from plans.incident.oral import RecordOral
from plans.incident.plan_choice import ChoosePlan
from plans.incident.publishing import PublishRelease
from plans.incident.state import RUNNING, Incident
from plans.incident.submitting import Submit
from plans.incident.unsure import ChooseFigure
from plans.incident.wake import Wake
from plans.model import Plan
from plans.warning.oral import RecordWarningWord
from storage.people import of_name
from storage.transaction import Reading

ANSWERING = ("head", "liaison")
"""Who speaks for a unit or a listed body."""

Enricher = Callable[["Deciding", Any], Awaitable[Command]]
Follower = Callable[[Any, Any], Step | None]

E = TypeVar("E", bound=Enricher)
O = TypeVar("O", RecordOral, RecordWarningWord, PublishRelease)  # noqa: E741
F = TypeVar("F", bound=Follower)


@dataclass(kw_only=True, slots=True)
class Deciding:
    """What a command is decided in; an enricher may put another plan there, and who acts under that.

    Attributes:
        admins: Telegram ids of the first administrators, from the settings.
        lists: the listed bodies.
        now: the program's moment.
        lock: whether nobody can take away the roles that are looked at before the transaction ends.
        policy: the office's own rules.
    """

    tx: Reading
    registry: PlanRegistry
    plan: Plan
    case: CaseState
    requester: Requester
    actor: Actor
    admins: frozenset[int]
    lists: BodyLists
    now: datetime
    lock: bool
    policy: Policy = DEFAULT_POLICY

    @property
    def incident(self) -> Incident:
        """The case, for a command about incidents."""
        if not isinstance(self.case, Incident):
            raise TypeError(f"{self.case.stream} is no incident")
        return self.case

    async def actor_under(self, plan: Plan, requester: Requester, *, lock: bool = False) -> Actor:
        """Return somebody with the roles that he holds under a plan."""
        return await actor_of(self.tx, requester, self.case.jurisdiction, plan, self.admins, lock=lock)


ENRICHERS: dict[type[Command], list[Enricher]] = {}
FOLLOWERS: dict[type[Command], Follower] = {}


def enriches(*commands: type[Command]) -> Callable[[E], E]:
    """Register what adds to some commands; several for one command are asked in the order of this file."""

    def register(enricher: E) -> E:
        for command in commands:
            ENRICHERS.setdefault(command, []).append(enricher)
        return enricher

    return register


def follows(command: type[Command]) -> Callable[[F], F]:
    """Register what a command that was done brings about in another case, all or none of both."""

    def register(follower: F) -> F:
        FOLLOWERS[command] = follower
        return follower

    return register


async def enrich(deciding: Deciding, command: Command) -> Command:
    """Return a command with all that it needs."""
    for enricher in ENRICHERS.get(type(command), ()):
        command = await enricher(deciding, command)
    return command


def following(outcome: CaseOutcome[Any], command: Command) -> Step | None:
    """Return what is to be done next for a command that was done, None for most."""
    follower = FOLLOWERS.get(type(command))
    return follower(outcome, command) if follower is not None else None


@enriches(ChoosePlan)
async def plan_pin(deciding: Deciding, command: ChoosePlan) -> ChoosePlan:
    """The chosen plan, who chooses with the roles held under it, and what the words say under it."""
    incident, registry, plan, before = deciding.incident, deciding.registry, deciding.plan, deciding.actor
    plans = {name: registry.current(name) for name in registry.ids}
    new = plan if command.plan == plan.id else plans.get(command.plan)
    tx = deciding.tx
    if new is None or new.jurisdiction.name != incident.jurisdiction or not await is_served(tx, new, incident):
        titles = tuple([item.title for item in plans.values() if await is_served(tx, item, incident)])
        return replace(command, plan_hash="", known=titles)
    deciding.plan = new
    deciding.actor = await deciding.actor_under(new, deciding.requester, lock=deciding.lock)
    handler = await deciding.actor_under(new, Requester(person_id=incident.handled_by))
    return replace(
        command,
        **facts_under(new, incident, deciding.now),
        plan_version=new.version,
        plan_hash=incident.plan_hash if new is plan else registry.hash_of(new.id),
        previous_title=plan.title,
        allowed=bool(before.roles & {"duty", *plan.roles}),
        keeps_seat=bool(incident.handled_by) and bool(handler.roles & {"duty", *new.roles}),
    )


@enriches(AdoptPlan)
async def newest_version(deciding: Deciding, command: AdoptPlan) -> AdoptPlan:
    """The installed version of the book's plan, and what recurs otherwise in it than in the one before."""
    old, registry = deciding.plan, deciding.registry
    if old.id not in registry.ids:
        return command
    new = registry.current(old.id)
    if registry.hash_of(new.id) == deciding.case.plan_hash:
        return command
    before = {duty.id: duty.every for duty in old.duties}
    changed = [item.id for item in new.duties if item.every != before.get(item.id) or item.id not in before]
    deciding.plan = new
    return replace(command, plan_version=new.version, plan_hash=registry.hash_of(new.id), changed=tuple(changed))


Calling = Declare | RecordOral | CallMore | NameBody | Update | SettleEdit | ChooseFigure


@enriches(Update)
async def bodies_of_words(deciding: Deciding, command: Update) -> Update:
    """The listed bodies that the words name."""
    mentions = await _mentioned(deciding, command.text, command.place)
    return replace(command, mentions=mentions) if mentions else command


@enriches(SettleEdit)
async def bodies_of_edit(deciding: Deciding, command: SettleEdit) -> SettleEdit:
    """The listed bodies that the words name which are adopted."""
    edit = next((item for item in deciding.incident.edits.values() if item.sequence == command.sequence), None)
    if edit is None or not command.adopt:
        return command
    return replace(command, mentions=await _mentioned(deciding, edit.text, edit.place))


async def _mentioned(deciding: Deciding, *texts: str) -> tuple[dict[str, Any], ...]:
    listed = await deciding.lists.of(deciding.tx, deciding.case.jurisdiction)
    return as_data(listed.mentions(*texts))


@enriches(NameBody)
async def body_looked_up(deciding: Deciding, command: NameBody) -> NameBody:
    """The listed body that was chosen, where the words of the incident do not name it."""
    if mentioned(deciding.incident, command.body) is not None:
        return command
    listed = await deciding.lists.of(deciding.tx, deciding.case.jurisdiction)
    body = listed.by_id.get(command.body)
    if body is None or any(unit.id == body.id for unit in deciding.plan.units):
        return command
    return replace(command, mentions=as_data([replace(listed.as_mention(body), sure=False)]))


@enriches(Declare, RecordOral, CallMore, NameBody, Update, SettleEdit, ChooseFigure)
async def unreachable_units(deciding: Deciding, command: Calling) -> Calling:
    """The units and listed bodies that nobody answers for who can be written to."""
    plan, incident = deciding.plan, deciding.incident
    mentions = getattr(command, "mentions", ())
    if mentions:  # what is only now named may be called by this very command
        incident = copy(incident)
        incident.mentions += tuple(map(mention_of, mentions))
    bound = await Addresses(deciding.tx, plan, incident).bound_units()
    return replace(command, unreachable=known_units(plan, incident) - bound)


@enriches(RecordOral, RecordWarningWord, PublishRelease)
async def who_spoke(deciding: Deciding, command: O) -> O:
    """Whose word is recorded, by our id."""
    return replace(command, spoken_id=await _speaker(deciding, command.of, command.spoken_by))


@enriches(SetUpSite)
async def who_named(deciding: Deciding, command: SetUpSite) -> SetUpSite:
    """Whose word it was that named the commander, by our id."""
    return replace(command, spoken_id=await _speaker(deciding, command.word_of, command.spoken_by))


@enriches(RecordDuty)
async def who_answered(deciding: Deciding, command: RecordDuty) -> RecordDuty:
    """Who said it on the telephone, by our id, where one person of that name answers for the bearer."""
    book, people = deciding.case, deciding.tx.people
    if not isinstance(book, DutyBook):
        return command
    place, plan = book.jurisdiction, deciding.plan.id
    if book.bearer_kind == "role":
        found = await people.holders(place, plan, book.bearer)
    else:
        found = [one for role in ANSWERING for one in await people.holders(place, plan, role, book.bearer)]
    spoke = of_name(found, command.spoken_by)
    return replace(command, spoken_id=spoke[0].id if len(spoke) == 1 else "")


async def _speaker(deciding: Deciding, role: str, name: str) -> str:
    """Return the one holder of the role who bears the name, or the only one where none was named."""
    if not role:
        return ""
    people = await deciding.tx.people.holders(deciding.case.jurisdiction, deciding.plan.id, role)
    spoke = of_name(people, name) if name.strip() else people
    return spoke[0].id if len(spoke) == 1 else ""


@enriches(Merge)
async def level_of_the_other(deciding: Deciding, command: Merge) -> Merge:
    """The level of the incident that this one is merged into."""
    row = await deciding.tx.incidents.get(command.into)
    return replace(command, into_level=row.response_level if row else None)


@follows(Merge)
def absorbed(outcome: Outcome, command: Merge) -> Step:
    """What the other incident takes over."""
    return Step(stream=command.into, command=absorption(outcome.after))


@enriches(Submit)
async def line_that_holds(deciding: Deciding, command: Submit) -> Submit:
    """The line as it stands now, where it is the jurisdiction's own; whatever the command says of it counts nothing."""
    line = await deciding.tx.lines.get(command.line)
    if line is None or not line.holds or line.jurisdiction != deciding.case.jurisdiction:
        return replace(command, place="", stands_for=())
    return replace(command, place=line.place, stands_for=line.recipients)


@follows(HearBack)
def heard_there(outcome: Outcome, command: HearBack) -> Step | None:
    """What was heard of a case that went into another one is heard by that: it answers, and owes what is asked."""
    incident = outcome.after
    it = case_above(incident, command) if incident.state == "merged" else None
    if it is None:
        return None
    return Step(stream=incident.merged_into, command=replace(command, submission=0, passed=it))


@enriches(Wake)
async def running_beside(deciding: Deciding, command: Wake) -> Wake:
    """The lowest number of those that this may be the same as and that still run."""
    if not deciding.incident.suspected:
        return command
    rows = [await deciding.tx.incidents.get(stream) for stream in deciding.incident.suspected]
    running = [row.number for row in rows if row is not None and row.state in RUNNING]
    return replace(command, beside=min(running, default=0))
