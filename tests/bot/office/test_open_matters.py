"""Nothing open is left out and nothing closed is listed: the page of generated offices against another reading of them.

The oracle knows nothing of the program's states: it reads the names of events, and tables by SQL.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import SHANGHAI
from bot.office.desk import new_case
from bot.office.handover import hand_over, matters_of, taken_by
from bot.office.open_matters import sections
from bot.office.seat import take_seat
from bot.render.handover_page import none_of
from bot.render.open_matters import by_number
from bot.service import NewReport, Requester, Step
from bot.service.opening import NewCase
from bot.service.taking import open_warnings
from bot.texts import handover as t
from plans.core.command import Command
from plans.desk.announcements import Announce, OpenAnnouncement, StopWaiting
from plans.desk.entries import WithdrawEntry, WriteEntry
from plans.desk.entry_replies import AnswerEntry, TakeBackAnswer, WaiveEntry
from plans.desk.entry_state import Want
from plans.desk.handover_signing import SayAbsent, Sign
from plans.desk.handover_state import GIVER, TAKER
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.receipts import Receive
from plans.desk.results import DeclineInstruction, SettleInstruction
from plans.desk.returning import ReleaseRecipient, ReturnResult
from plans.desk.sending import Discard, Withdraw
from plans.duty.settling import SettleDuty
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.levels import Declare
from plans.incident.owed import Waive
from plans.incident.seat import TakeHandling
from plans.incident.units import Acknowledge
from plans.load import load_all
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.proposals import DismissProposal
from plans.warning.state import ISSUE, Content
from plans.warning.taking import TakeWarning
from plans.warning.waking import AnswerWarning
from storage import open_store
from storage.people import Person
from tests import stage
from tests.bot.rig import MEMORY
from tests.duty_year import Year, schools

CAMPUS = load_all()["jincheng-chengqu-campus"]
PLACE = CAMPUS.jurisdiction.name
DECEMBER = datetime(2026, 12, 28, 10, 0, tzinfo=SHANGHAI)
"""Days before duties of the year fall due."""
UNITS = ("区消防救援大队", "区卫生健康和体育局", "区应急管理局", "市公安局城区分局")
SEEDS = 8
ACTS = 56
LOOKS = 7
"""After so many acts the page is compared."""


def test_every_section_has_a_title_and_every_title_a_section():
    assert set(sections()) == set(t.SECTIONS)


def test_old_ones_behind_many_others_are_named_by_their_numbers():
    numbers = [(2026, 1), (2026, 3), (2026, 2), (2026, 9), (2025, 7)]
    assert by_number(numbers, drill=False).plain == "更早还没有办结的5起：2025年7号；2026年1–3、9号"


class Office:
    """A generated office: people, and acts that may be refused."""

    def __init__(self, year: Year, chance: random.Random, people: dict[str, Person]) -> None:
        self.year, self.chance, self.people, self.cause = year, chance, people, 0

    async def do(self, by: str, *steps: Any) -> bool:
        """Execute steps in somebody's name; False where they were refused."""
        self.cause += 1
        requester = Requester(person_id={**self.people, **self.year.heads}[by].id)
        result = await self.year.service.execute(list(steps), cause=f"act:{self.cause}", requester=requester)
        return result.refusal is None

    async def to(self, by: str, stream: str, command: Command) -> bool:
        return await self.do(by, Step(stream=stream, command=command))

    async def incident(self) -> str | None:
        """Return one of the incidents that were ever there."""
        async with self.year.store.reading() as rx:
            rows = await rx.incidents.list(limit=1000)
        return self.chance.choice(rows).stream if rows else None

    async def to_some(self, kind: str, by: str, command: Command, *, newest: bool = False) -> None:
        """Ask something of one of the cases of a kind that were ever there."""
        async with self.year.store.reading() as rx:
            rows = await rx.cases.newest(kind, 50)
        if rows:
            row = max(rows, key=lambda row: row.number) if newest else self.chance.choice(rows)
            await self.to(by, row.stream, command)

    async def act(self) -> None:
        """Do something, whatever it comes to."""
        await self.chance.choices([item for item, _ in CHOICES], [weight for _, weight in CHOICES])[0](self)


async def report(office: Office, *, drill: bool = False) -> None:
    words = office.chance.choice(
        ["实验小学楼梯踩踏，4人受伤", "第二中学食堂起火", "幼儿园多人呕吐，6人送医", "校车侧翻"]
    )
    now = office.year.clock.now()
    new = NewReport(plan_id=CAMPUS.id, jurisdiction=PLACE, text=words, said_at=now, place_id="group", drill=drill)
    await office.do("duty", new)


async def drill(office: Office) -> None:
    await report(office, drill=True)


async def on_incident(office: Office) -> None:
    stream = await office.incident()
    if stream is None:
        return
    chance = office.chance
    by, command = chance.choice(
        [
            ("duty", TakeHandling()), ("commander", Declare(level="Ⅱ", reason="研判")),
            ("commander", Declare(level="Ⅰ", reason="加重")), ("duty", Reject(reason="不属实")),
            ("duty", File(report="首报", channel=chance.choice(("电话", "书面")))), ("duty", Reject(reason="误报")),
            ("duty", Update(facts={"injuries": chance.randint(1, 40)})), ("commander", End(reason="处置完毕")),
            ("duty", Reopen()), ("duty", File(report="首报", channel="电话", to=("区委",))),
        ]
    )  # fmt: skip
    await office.to(by, stream, command)


async def on_units(office: Office) -> None:
    stream, unit = await office.incident(), office.chance.choice(UNITS)
    if stream is not None:
        await office.to(unit, stream, Acknowledge(status=office.chance.choice(("收到", "已到场"))))


async def closing(office: Office) -> None:
    """Waive all that is owed and close."""
    stream = await office.incident()
    if stream is None:
        return
    async with office.year.store.reading() as rx:
        owed = [row.key for row in await rx.obligations.of(stream)]
    await office.to("commander", stream, End(reason="处置完毕"))
    for key in owed:
        await office.to("duty", stream, Waive(obligation=key, reason="已当面报告"))
    await office.to("duty", stream, Close())


async def warn(office: Office) -> None:
    now, chance = office.year.clock.now(), office.chance
    content = Content(
        hazard=chance.choice(("暴雨", "大风", "高温")), colour=chance.choice(("红", "橙", "黄", "蓝")),
        issuer="区气象台", starts=now, ends=now + timedelta(hours=chance.randint(2, 30)), areas=("城关镇",),
        text="预警",
    )  # fmt: skip
    new = NewCase(
        kind="warning", plan_id=CAMPUS.id, jurisdiction=PLACE,
        command=lambda given: TakeWarning(
            content=content, plan=given.plan.id, plan_version=given.plan.version, plan_hash=given.plan_hash,
            jurisdiction=PLACE, number=given.number, year=given.year, source="text",
        ),
    )  # fmt: skip
    await office.do("duty", new)


async def on_warning(office: Office) -> None:
    cases = await open_warnings(office.year.service, [CAMPUS])
    if not cases:
        return
    stream, chance = office.chance.choice(cases).stream, office.chance
    by, command = chance.choice(
        [
            ("commander", IssueWarning(way=ISSUE, reason="区里研判", recipients=UNITS[:3])),
            ("duty", IssueWarning(way="pass_on", reason="转发", recipients=UNITS[:2])),
            ("commander", LiftWarning(reason="过程结束")), ("duty", DismissProposal(reason="与本区无关")),
            (UNITS[0], AnswerWarning()), ("duty", AnswerWarning(recipient=UNITS[1])),
        ]
    )  # fmt: skip
    await office.to(by, stream, command)


async def on_duties(office: Office) -> None:
    async with office.year.store.reading() as rx:
        rows = await rx.duties.instances(PLACE, CAMPUS.id)
    if not rows:
        await office.year.switch(on=True)
        return
    row = office.chance.choice(rows)
    key = f"{row.duty}|{row.period}"
    for by in ("commander", *UNITS, *office.year.heads):
        await office.to(by, row.stream, SettleDuty(key=key, sure=True))


async def take_over(office: Office) -> None:
    """Somebody takes the seat; who gave it, and who took it, sign or do not."""
    office.cause += 1
    by, cause, service = office.chance.choice(("duty", "second")), f"shift:{office.cause}", office.year.service
    person = office.people[by]
    await take_seat(service, person, person.real_name, cause=cause, requester=Requester(person_id=person.id))
    async with service.store.reading() as rx:
        taken = [item for item in await taken_by(rx, service, cause, [PLACE]) if not item.to_himself]
    for item in taken:
        await hand_over(service, item, cause=cause, requester=Requester(person_id=person.id))


async def sign(office: Office) -> None:
    async with office.year.store.reading() as rx:
        rows = await rx.cases.newest("handover", 20)
    if rows:
        by, side = office.chance.choice(("duty", "second")), office.chance.choice((GIVER, TAKER))
        command = office.chance.choice((Sign(side=side), SayAbsent(side=side, reason="已下班离开")))
        await office.to(by, office.chance.choice(rows).stream, command)


async def wait(office: Office) -> None:
    await office.year.until(office.year.clock.now() + timedelta(hours=office.chance.choice((1, 7, 30))))


async def block(office: Office) -> None:
    """Somebody blocks the bot, or a unit's liaison does."""
    async with office.year.store.writing() as tx:
        person = await tx.people.get(office.people[office.chance.choice(("commander", *UNITS))].id)
        assert person is not None
        blocked = None if person.blocked_at else office.year.clock.now()
        await tx.people.save(replace(person, blocked_at=blocked))


async def write(office: Office) -> None:
    now, chance = office.year.clock.now(), office.chance
    wants = tuple(Want(at=now + timedelta(hours=number + 2), what="反馈") for number in range(chance.randint(0, 2)))
    entry = WriteEntry(text="市政府值班室来电：请反馈", said_at=now, unit="市政府值班室", what="反馈", wants=wants)
    await office.do(chance.choice(("duty", "second")), new_case("entry", CAMPUS, entry))


async def on_entry(office: Office) -> None:
    command = office.chance.choice((AnswerEntry(words="已报"), WaiveEntry(), TakeBackAnswer(), WithdrawEntry()))
    await office.to_some("entry", office.chance.choice(("duty", "second")), command)


async def instruct(office: Office) -> None:
    recipients = tuple(f"unit:{unit}" for unit in office.chance.sample(UNITS, office.chance.randint(1, 3)))
    opened = OpenInstruction(text="举一反三，全区排查", giver="王副区长", recipients=recipients)
    await office.do("duty", new_case("instruction", CAMPUS, opened))
    await office.to_some("instruction", "duty", GiveInstruction(), newest=True)


async def on_instruction(office: Office) -> None:
    unit = office.chance.choice(UNITS)
    by, command = office.chance.choice(
        [
            (unit, Receive()), (unit, SettleInstruction(text="已排查")), (unit, SettleInstruction(text="已整改")),
            (unit, DeclineInstruction(reason="不属本单位")), ("duty", ReleaseRecipient(recipient=f"unit:{unit}")),
            ("duty", ReturnResult(recipient=f"unit:{unit}", reason="没有数字")), ("duty", Withdraw()),
            ("duty", Discard()),
        ]
    )  # fmt: skip
    await office.to_some("instruction", by, command)


async def announce(office: Office) -> None:
    recipients = tuple(f"unit:{unit}" for unit in office.chance.sample(UNITS, 2))
    opened = OpenAnnouncement(text="明早8点开会", recipients=recipients)
    await office.do("duty", new_case("announcement", CAMPUS, opened))
    await office.to_some("announcement", "duty", Announce(), newest=True)


async def on_announcement(office: Office) -> None:
    unit = office.chance.choice(UNITS)
    by, command = office.chance.choice([(unit, Receive()), (unit, Receive()), ("duty", StopWaiting())])
    await office.to_some("announcement", by, command)


CHOICES: list[tuple[Callable[[Office], Awaitable[None]], int]] = [
    (report, 3), (drill, 1), (on_incident, 12), (on_units, 4), (closing, 2), (warn, 3), (on_warning, 7), (on_duties, 2),
    (take_over, 2), (sign, 3), (wait, 1), (block, 1), (write, 3), (on_entry, 3), (instruct, 2), (on_instruction, 6),
    (announce, 1), (on_announcement, 3),
]  # fmt: skip


# --- another reading


Log = list[tuple[str, dict[str, Any]]]


class Oracle:
    """What is open, read from the names of events and from tables alone."""

    def __init__(self, logs: dict[str, Log], tables: dict[str, list[Any]], now: datetime) -> None:
        self.logs, self.tables, self.now = logs, tables, now

    @classmethod
    async def read(cls, office: Office) -> Oracle:
        async with office.year.store.reading() as rx:
            streams = await rx._session.rows(text("select stream from journal_heads"))
            logs = {
                row.stream: [(entry.event, dict(entry.payload)) for entry in await rx.journal.load(row.stream)]
                for row in streams
            }
            tables = {
                "obligations": list(await rx._session.rows(text("select stream, key, status from obligations"))),
                "duties": list(await rx.duties.instances(PLACE, CAMPUS.id)),
                "people": list(await rx._session.rows(text("select id, real_name, blocked_at from people"))),
            }
        return cls(logs, tables, office.year.clock.now())

    def streams(self, kind: str) -> dict[str, Log]:
        return {name: log for name, log in self.logs.items() if name.startswith(f"{kind}:")}

    def last(self, log: Log, *names: str) -> str:
        return next((event for event, _ in reversed(log) if event in names), "")

    def is_open(self, stream: str) -> bool:
        log, kind = self.logs[stream], stream.partition(":")[0]
        if kind == "incident":
            return self.last(log, "closed", "rejected", "merged", "reopened") in ("", "reopened")
        if kind == "warning":
            return self.in_force(log) or self.waits(log)
        if kind == "entry":
            wants: list[Any] = next((said["wants"] for event, said in log if event == "entry-written"), [])
            taken_back = sum(event == "entry-answer-taken-back" for event, _ in log)
            answers = sum(event == "entry-answered" for event, _ in log) - taken_back
            return len(wants) > answers and not self.last(log, "entry-withdrawn", "entry-corrected")
        if kind in ("instruction", "announcement"):
            return self.is_addressed_open(log)
        names = {GIVER: 0, TAKER: 0}
        page = 0
        for event, said in log:
            page += event == "handover-word-added"
            if event in ("handover-signed", "handover-absence-said"):
                names[said["side"]] = page + 1
        first = not log[0][1]["giver"]
        signed = any(event == "handover-signed" for event, _ in log)
        complete = signed and names[TAKER] == page + 1 and (first or names[GIVER] == page + 1)
        return not complete and not self.last(log, "handover-lapsed")

    def is_addressed_open(self, log: Log) -> bool:
        """Whether a draft waits, or somebody has still to do what it says, or to say that he has it."""
        left: dict[str, str] = {}
        for event, said in log:
            if event in ("desk-draft-discarded", "desk-withdrawn", "announcement-waiting-stopped"):
                return False
            if event == "desk-recipients-told":
                left |= dict.fromkeys(said["recipients"], "told")
            elif event == "instruction-settled" or (event == "desk-receipt-given" and self.is_notice(log)):
                for name in said["recipients"]:
                    left[name] = "done"
            elif event == "instruction-declined":
                left |= dict.fromkeys(said["recipients"], "declined")
            elif event == "instruction-recipient-released":
                left[said["recipient"]] = "done"
            elif event == "instruction-result-returned":
                left[said["recipient"]] = "told"
        return not left or any(status != "done" for status in left.values())

    def is_notice(self, log: Log) -> bool:
        return log[0][0] == "announcement-opened"

    def in_force(self, log: Log) -> bool:
        acts = [said["act"] for event, said in log if event == "warning-issued"]
        return bool(acts) and acts[-1] != "lift"

    def waits(self, log: Log) -> bool:
        brought = ("warning-taken", "warning-change-taken", "warning-amended")
        return self.last(log, *brought, "warning-issued", "warning-dismissed") in brought

    def silent_units(self, log: Log) -> set[str]:
        silent: set[str] = set()
        for event, said in log:
            if event == "unit-called":
                silent.add(said["unit"])
            elif event == "unit-answered":
                silent.discard(said["unit"])
        return set() if self.last(log, "ended", "declared") != "declared" else silent

    def silent_recipients(self, log: Log) -> set[str]:
        silent: set[str] = set()
        for event, said in log:
            if event == "warning-recipients-called":
                silent = (silent | set(said["called"])) - set(said["released"]) - set(said["members"])
            elif event == "warning-answered":
                silent.discard(said["recipient"])
        return silent if self.in_force(log) else set()

    def owed(self, stream: str, status: str) -> set[str]:
        return {row.key for row in self.tables["obligations"] if (row.stream, row.status) == (stream, status)}

    def duties(self) -> tuple[set[str], int, int]:
        """Return those of the office that are overdue or end today, and how many of others are and do."""
        end = self.now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        own, late, today = set(), 0, 0
        for row in self.tables["duties"]:
            overdue = row.returned_at is not None or row.due <= self.now
            if row.said or not (overdue or row.due <= end):
                continue
            if row.bearer_kind == "role" or row.bearer == CAMPUS.office_unit:
                own.add(f"{row.bearer_kind}:{row.bearer}:{row.duty}:{row.period}")
            else:
                late, today = late + overdue, today + (not overdue)
        return own, late, today


async def compare(office: Office) -> None:
    oracle = await Oracle.read(office)
    async with office.year.store.reading() as rx:
        matters = await matters_of(rx, office.year.service, [CAMPUS], oracle.now)
    ids = [item.id for item in matters]
    assert not [name for name, count in Counter(ids).items() if count > 1], "nothing stands there twice"
    listed: dict[str, dict[str, str]] = {}
    for item in matters:
        stream, _, key = item.id.partition("|")
        listed.setdefault(stream, {})[key] = item.line
    for kind, sections_of in (("incident", ("incidents", "drills")), ("warning", ("warnings",)),
                              ("handover", ("handovers",)), ("entry", ("entries",)),
                              ("instruction", ("instructions",)), ("announcement", ("announcements",))):  # fmt: skip
        wanted = {stream for stream in oracle.streams(kind) if oracle.is_open(stream)}
        found = {item.id.partition("|")[0] for item in matters if item.section in sections_of}
        assert found == wanted, (kind, found ^ wanted)
    for stream, log in oracle.streams("incident").items():
        if not oracle.is_open(stream):
            continue
        lines = listed[stream]
        assert {key.removeprefix("owed:") for key in lines if key.startswith("owed:")} >= oracle.owed(stream, "open")
        beyond = {key.removeprefix("owed:") for key in lines if key.startswith("owed:")} - oracle.owed(stream, "open")
        assert beyond <= oracle.owed(stream, "possible")
        silent = oracle.silent_units(log)
        names = silent & set(UNITS)
        assert not silent or f"（{len(silent)}）" in lines["silent"], (silent, lines["silent"])
        assert all(unit in lines["silent"] for unit in names), (names, lines)
        assert ("silent" in lines) == bool(silent)
    for stream, log in oracle.streams("warning").items():
        if oracle.is_open(stream):
            line = listed[stream][""]
            assert all(name in line for name in oracle.silent_recipients(log)), line
            assert ("待发布" in line) == (not oracle.in_force(log))
    own, late, today = oracle.duties()
    mine = [item for item in matters if item.section == "duties"]
    assert {item.id.partition("|")[2] for item in mine} - {"others"} == own
    [said] = [item.line for item in mine if item.id == f"duties:{CAMPUS.id}|others"] or [""]
    for words, count in (("逾期未办", late), ("今天到期", today)):
        assert (words in said) == (count > 0) and (not count or f"{count}项" in said.split(words)[1]), (said, count)
    channels = "".join(item.line for item in matters if item.section == "channels")
    for row in oracle.tables["people"]:
        assert (f"{row.real_name}（" in channels) == (row.blocked_at is not None), channels
    none, there = none_of(matters, sections(), "{names}"), {item.section for item in matters}
    assert [name for name in none.split("、") if name] == [t.SECTIONS[name] for name in sections() if name not in there]


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_the_page_lists_what_another_reading_finds_open_and_nothing_else(seed: int):
    chance = random.Random(seed)
    async with await open_store(MEMORY) as store, Year.open(store, CAMPUS, DECEMBER, schools(4)) as year:
        async with year.store.writing() as tx:
            people = {"duty": year.section}
            for number, (name, role, unit) in enumerate(
                [("second", "duty", None), ("commander", "commander", None), *((u, "liaison", u) for u in UNITS)]
            ):
                person = await stage.enter(tx, id=f"p{number}", chat=50 + number, name=f"人员{number}", at=DECEMBER)
                await stage.grant(tx, person, CAMPUS, role, unit=unit, at=DECEMBER)
                people[name] = person
        office = Office(year, chance, people)
        if seed % 2:
            await year.switch(on=True)
            await year.until(DECEMBER + timedelta(days=(1, 3.3, 6)[seed // 2 % 3]))
        for number in range(ACTS):
            await office.act()
            if number % LOOKS == LOOKS - 1:
                await compare(office)
