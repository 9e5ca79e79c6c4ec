"""A night at an invented school, told by the real core: every notice with the view that it is rendered for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import SHANGHAI
from bot.render import View
from bot.texts.voice import OUTCOMES
from plans.core.command import SYSTEM, Actor, Command
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.incident.aid import AskAid
from plans.incident.aid_answers import AnswerAid
from plans.incident.aid_demand import DoWithoutAid
from plans.incident.arrivals import AskNoArrivals, ExpectArrival
from plans.incident.bodies import NameBody, mention_data
from plans.incident.case import Outcome
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.corrections import Correct
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.edits import NoteEdit
from plans.incident.ending import End
from plans.incident.evidence import AddEvidence, LoseEvidence
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.hearing_back import HearBack
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge
from plans.incident.on_site import HandOverSite, SetUpSite
from plans.incident.oral import RecordOral
from plans.incident.owed import Waive
from plans.incident.plan_choice import ChoosePlan
from plans.incident.proposals import DeclineProposal
from plans.incident.publishing import PublishRelease
from plans.incident.raising import JudgeRaising
from plans.incident.records_said import BodyMention, MentionedBody
from plans.incident.release_waiting import SubmitRelease
from plans.incident.releasing import ApproveRelease, DraftRelease
from plans.incident.reporting import Report
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.second_reading import CompareReadings
from plans.incident.skipping import SkipLevel
from plans.incident.state import Incident
from plans.incident.submitting import Submit
from plans.incident.superiors import Question
from plans.incident.units import Acknowledge
from plans.incident.voice import AskCallBack, HearRing, NoteVoiceCall
from plans.incident.wake import Wake
from plans.kinds import decide, notices
from plans.load import DATA, load
from plans.model import Plan
from plans.obligations.rules import tasks_after
from plans.obligations.wakes import wakes

CAMPUS = load(DATA / "jincheng-chengqu-campus.yaml")
EPIDEMICS = load(DATA / "jincheng-public-health.yaml")
LINAN = load(DATA / "linan-campus.yaml")
SHANTING = load(DATA / "shanting-overall.yaml")
ENERGY = load(DATA / "jincheng-energy.yaml")
TRANSIT = load(DATA / "jincheng-transit.yaml")
WATER = load(DATA / "jincheng-water-rescue.yaml")
BEGIN = datetime(2026, 3, 2, 3, 2, tzinfo=SHANGHAI)

SCHOOL = Actor(id="p-school", name="周校长", roles=frozenset({"reporter"}))
DUTY = Actor(id="p-duty", name="张三", roles=frozenset({"duty"}))
SECOND = Actor(id="p-duty2", name="李四", roles=frozenset({"duty"}))
DIRECTOR = Actor(id="p-director", name="王五", roles=frozenset({"director"}))
COMMANDER = Actor(id="p-commander", name="赵六", roles=frozenset({"commander"}))
DEPUTY = Actor(id="p-deputy", name="钱七", roles=frozenset({"deputy"}))
FIRE = "区消防救援大队"
HEALTH = "区卫生健康和体育局"
HEARSAY = {
    "missing@6": {
        "fact": "missing",
        "why": "said",
        "options": [{"value": 2}, {"keep": True}],
        "over": 2,
        "span": [0, 8],
    }
}
LIAISON = Actor(id="p-health", name="孙八", roles=frozenset({"liaison"}), units=frozenset({HEALTH}))
STRANGER = Actor(id="p-nobody", name="路人")


def clock(text: str) -> datetime:
    """Return a Beijing time of the night, ``03:07``, or of a later day, ``+1 09:30``."""
    days, _, time = text.rpartition(" ")
    hour, minute = time.split(":")
    moment = BEGIN.replace(hour=int(hour), minute=int(minute))
    return moment + timedelta(days=int(days or 0))


@dataclass
class Story:
    """One incident under way.

    Attributes:
        told: every notice in order, with the view in which it is read.
    """

    plan: Plan = CAMPUS
    drill: bool = False
    number: int = 17
    incident: Incident | None = None
    at: datetime = BEGIN
    told: list[tuple[Notice, View]] = field(default_factory=list)

    def report(self, at: str = "03:07", actor: Actor = SCHOOL, **given) -> Story:
        """Open the incident."""
        values = {
            "text": "宿舍楼楼梯踩踏，四名学生受伤，已拨120",
            "unit": "育才小学",
            "place": "育才小学宿舍楼",
            "facts": {"injuries": 4},
            "candidates": ("crowd",),
            "occurred_at": BEGIN,
            "occurred_basis": "stated",
            **given,
        }
        return self.do(
            at,
            Report(
                plan=self.plan.id,
                plan_version=self.plan.version,
                plan_hash=self.plan.hash,
                jurisdiction="chengqu",
                number=self.number,
                year=2026,
                drill=self.drill,
                reported_at=clock(at),
                **values,
            ),
            actor,
        )

    def do(self, at: str, command: Command, actor: Actor = DUTY) -> Story:
        """Execute a command that is not refused."""
        outcome = self.attempt(at, command, actor)
        assert isinstance(outcome, Outcome), outcome
        self.keep(outcome)
        return self

    def attempt(self, at: str, command: Command, actor: Actor = DUTY) -> Outcome | Refusal:
        """Decide a command without keeping what comes of it."""
        moment = clock(at)
        self.until(moment)
        self.at = moment
        stream = f"incident:{self.number}"
        return decide(self.plan, self.incident, command, actor, now=self.now, stream=stream, cause=at)

    @property
    def now(self) -> datetime:
        """The incident's own moment: a drill may have skipped ahead."""
        return self.at + (self.incident.offset if self.incident is not None else timedelta())

    def until(self, moment: datetime, *, beside: int = 0) -> Story:
        """Let the incident's clocks run; ``beside`` is the number of one that it may be the same as."""
        while self.incident is not None:
            due = min((point.at for point in wakes(self.incident, DEFAULT_POLICY)), default=None)
            if due is None or due - self.incident.offset > moment:
                break
            self.at = max(due - self.incident.offset, self.at)
            outcome = decide(self.plan, self.incident, Wake(beside=beside), SYSTEM, now=self.now, cause="wake")
            assert isinstance(outcome, Outcome)
            if not outcome.recorded:
                break
            self.keep(outcome)
        return self

    def keep(self, outcome: Outcome) -> None:
        """Take over the state, and note what is told to whom."""
        self.incident = outcome.after
        for notice in notices(self.plan, outcome.before, outcome.after, outcome.recorded):
            self.told.append((notice, self.view(notice.to)))

    def view(self, audience: str = "seat", **changes) -> View:
        """Return what one audience sees now."""
        assert self.incident is not None
        kind = {"group": "command"}.get(audience, "private")
        units = frozenset(unit.id for unit in self.plan.units if unit.id != FIRE)
        view = View(
            plan=self.plan,
            incident=self.incident,
            now=self.now,
            place_kind=kind,
            audience=audience,
            recipient=DIRECTOR.name if audience.startswith("role:") else "",
            bound_units=units,
            mentions={HEALTH: (7001, LIAISON.name)},
        )
        return replace(view, **changes)


def first(told: list[tuple[Notice, View]]) -> dict[str, tuple[Notice, View]]:
    """Return the first notice of each key."""
    found: dict[str, tuple[Notice, View]] = {}
    for notice, view in told:
        found.setdefault(notice.key, (notice, view))
    return found


def night() -> Story:
    """Night A: a stampede, from the report to the closed file, with a mistake about deaths on the way."""
    story = Story().report("03:07")
    story.until(clock("03:10"))  # nobody takes it
    story.do("03:11", TakeHandling())
    story.do("03:11", AddEvidence(kind="photo", reference="sha256:photo"), SCHOOL)
    story.do("03:11", LoseEvidence(reference="sha256:photo", reason="large"), SYSTEM)
    edit = NoteEdit(message="1", before="宿舍楼踩踏，4人受伤", after="宿舍楼踩踏，5人受伤", facts={"injuries": 5})
    story.do("03:11", edit, SCHOOL)
    story.do("03:12", Update(place="", township="东街街道办事处"))
    story.do("03:13", Judge(fact="capacity", option="local"))
    story.do("03:16", RingInVain(recipient="市政府", outcome="占线"))
    story.do("03:17", File(report="首报", channel="电话", to=("市委",), taker="刘科员", called_at=clock("03:15")))
    story.until(clock("03:17"))
    oral = RecordOral(
        of="director",
        decides="declare",
        level="Ⅲ",
        spoken_by="王五",
        spoken_at=clock("03:18"),
        unreachable=frozenset({FIRE}),
    )
    story.do("03:19", oral)
    story.do("03:20", Acknowledge(status="收到"), LIAISON)
    story.do("03:21", Acknowledge(unit="市公安局城区分局", status="来不了", note="警力在外"))
    story.do("03:22", RequestVerification(recipient="市委", question="核实一下年级"))
    story.until(clock("03:33"))  # the deadline passes
    story.do("03:34", File(report="首报", channel="电话", to=("市政府", "区委", "区政府")))
    story.do("03:36", Update(facts={"deaths": 1}), SCHOOL)
    story.do("03:37", Update(facts={"injuries": 9}, source=HEALTH), LIAISON)
    story.do("03:37", Update(text="听保安说失联2人", unsure=HEARSAY), SCHOOL)
    story.do("03:40", Verify(facts={"deaths": 1}, event_level="较大"))
    story.do("03:50", File(report="续报", channel="电话"))
    story.do("03:55", Correct(facts={"deaths": 0}, reason="区医院核实"))
    story.do("04:00", TakeOver(), SECOND)
    story.do("04:01", Declare(level="Ⅱ", reason="受伤人数增加", unreachable=frozenset({FIRE})), COMMANDER)
    story.until(clock("04:10"))  # silent units, then the list of numbers
    story.do("06:30", End(reason="伤员均已送医"), COMMANDER)
    return story


def raised() -> Story:
    """Held for 一般 at first; 重大 after its clocks have run out."""
    story = Story().report("03:07").do("03:10", Verify(event_level="一般"))
    return story.do("03:50", Determine(level="重大", reason="伤情加重"))


def beyond() -> Story:
    """Only the commander may declare Ⅰ, and stays silent."""
    story = (
        Story()
        .report("03:07", DUTY, informant="周校长", source="duty")
        .do("03:10", Judge(fact="capacity", option="beyond"))
    )
    return story.until(clock("03:30")).do("03:31", DeclineProposal(reason="等指挥长决定"), DEPUTY)


def declined() -> Story:
    """The director says 暂不启动."""
    story = Story().report("03:07").do("03:10", Judge(fact="capacity", option="local"))
    return story.do("03:12", DeclineProposal(reason="先由学校处置"), DIRECTOR)


def drill() -> Story:
    """A drill: paused, resumed, skipped ahead, declared and ended."""
    story = Story(drill=True, number=3).report("03:07").do("03:08", TakeHandling())
    story.do("03:09", PauseDrill()).do("03:10", PauseDrill(paused=False))
    story.do("03:11", JumpDrill()).do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    return story.do("03:14", Acknowledge(), LIAISON).do("03:20", End(reason="演练结束"), DIRECTOR)


def waited_for() -> Story:
    """One unit is past the time that it named, another said 收到 and nothing since; then nobody is asked any more."""
    story = Story().report("03:07").do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    story.do("03:13", Acknowledge(unit=FIRE)).do("03:14", ExpectArrival(minutes=10), LIAISON)
    return story.until(clock("03:45")).do("03:46", AskNoArrivals())


def mistake() -> Story:
    """Rejected after units were called and a body was told."""
    story = Story().report("03:07", duplicates=(("incident:16", 16),)).until(clock("03:23"), beside=16)
    story.do("03:10", File(report="首报", channel="电话", to=("区委",)))
    story.do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    return story.do("03:20", Reject(reason="现场核实无此事"))


def merged() -> Story:
    """The same incident as another, after units were called."""
    story = Story(number=18).report("03:09").do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    return story.do("03:15", Merge(into="incident:17", number=17, into_level="Ⅱ"))


def changed() -> Story:
    """Figures change after everybody was told, and the judgement is taken back."""
    story = Story().report("03:07").do("03:10", Verify(event_level="一般"))
    story.do("03:12", File(report="首报", channel="电话"))
    story.do("03:20", Update(facts={"injuries": 6, "serious_injuries": 1}))
    story.do("03:25", Judge(fact="capacity", option="district"))
    story.do("03:30", Judge(fact="capacity", option="district", holds=False))
    return story.do("03:40", Update(occurred_at=clock("02:50")))


def closed() -> Story:
    """Everything filed, closed, opened again."""
    story = Story().report("03:07").do("03:10", Verify(event_level="一般"))
    story.do(
        "03:12",
        File(report="首报", channel="电话", to=("区指挥部", "晋城市教育局", "市委", "市政府", "区委", "区政府")),
    )
    story.do("04:00", End(reason="现场已处置完毕"))
    story.do("05:00", File(report="终报", channel="书面"))
    assert story.incident is not None
    for item in story.incident.open_instances:
        story.do("05:05", Waive(obligation=item.key, reason="已由对方确认"))
    return story.do("05:10", Close()).do("06:00", Reopen(reason="又有学生发病"))


def several() -> Story:
    """A bus in a reservoir: transit or water; it is water, says the duty officer."""
    among = tuple((plan.id, plan.title) for plan in (TRANSIT, WATER))
    story = Story(plan=TRANSIT).report(
        text="公交车坠入水库，8人落水", unit="", place="任庄水库", facts={"missing": 8}, candidates=("crash",),
        among=among, plan_clear=False,
    )  # fmt: skip
    story.until(clock("03:12")).plan = WATER
    choice = ChoosePlan(
        plan=WATER.id,
        plan_version=WATER.version,
        plan_hash=WATER.hash,
        previous_title=TRANSIT.title,
        candidates=("water",),
    )
    return story.do("03:12", choice)


def one_of_several() -> Story:
    """A boat: plainly water, though the group serves the transit plan too."""
    among = tuple((plan.id, plan.title) for plan in (WATER, TRANSIT))
    return Story(plan=WATER).report(unit="", place="任庄水库", candidates=("water",), among=among)


def overtaken() -> Story:
    """Twelve dead after 一般 was determined; nobody answers; the figure was wrong after all."""
    story = Story(TRANSIT).report("03:07", facts={"injuries": 3}, candidates=("crash",), text="公交车追尾")
    story.do("03:10", Verify(facts={"deaths": 0}, event_level="一般"))
    story.do("03:20", Update(facts={"deaths": 12}), SCHOOL)
    story.do("03:21", Update(facts={"deaths": 12}))
    story.until(clock("03:45"))
    return story.do("03:50", Correct(facts={"deaths": 0}, reason="误传"))


def late_level() -> Story:
    """重大 is found out two hours later, and nothing lower had been determined: it is late, and no rise."""
    story = Story().report("03:07").do("03:10", File(report="首报", channel="电话"))
    return story.do("05:10", Determine(level="重大"))


def judged_before() -> Story:
    """More are hurt than when it was judged that the school can cope; then fewer."""
    story = Story().report("03:07").do("03:10", Judge(fact="capacity", option="local"))
    story.do("03:20", Update(facts={"injuries": 9})).until(clock("03:25"))
    return story.do("03:30", Correct(facts={"injuries": 4}, reason="点错"))


def kind_unknown() -> Story:
    """Nobody knows what kind of event it is: the level leaves it to the class whom to call."""
    story = Story(plan=LINAN).report(text="学校出事了，4人受伤", unit="", candidates=())
    return story.do("03:12", Declare(level="Ⅳ"), Actor(id="p-chief", name="吴九", roles=frozenset(LINAN.roles)))


def together() -> Story:
    """A plan in which the commander and his deputy decide Ⅱ together: the deputy says yes first."""
    joint = [item.model_copy(update={"jointly": True}) if item.level == "Ⅱ" else item for item in CAMPUS.responses]
    story = Story(plan=CAMPUS.model_copy(update={"responses": tuple(joint)})).report("03:07")
    story.do("03:10", Judge(fact="capacity", option="district"))
    story.do("03:12", Declare(level="Ⅱ"), Actor(id="p-deputy", name="郑九", roles=frozenset({"deputy"})))
    return story.do("03:14", Declare(level="Ⅱ"), Actor(id="p-chief", name="吴九", roles=frozenset({"commander"})))


def read_twice() -> Story:
    """A second reader reads more than the first one did."""
    story = Story().report("03:07")
    second = {"deaths": 2, "injuries": 14}
    words = {"deaths": "抬出来两个没救过来的", "injuries": "伤了十四个"}
    command = CompareReadings(
        of=1, first={"deaths": None, "injuries": 4}, second=second, words=words, totals=frozenset(second), reader="qwen"
    )
    return story.do("03:08", command, SYSTEM)


def another_school() -> Story:
    """The words name a listed school, whose head is called; the seat knows that another one is meant."""
    story = Story().report("03:07", unit="", place="凤鸣小学", mentions=(_mention("凤鸣小学"),))
    story.do("03:10", Judge(fact="capacity", option="local"))
    story.do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    return story.do("03:14", NameBody(unit="事发学校", body="河口小学", mentions=(_mention("河口小学", sure=False),)))


def commanded() -> Story:
    """Ⅱ demands a command at the scene: the deputy's word names it, and it goes over to the higher command."""
    story = Story().report("03:07").do("03:10", Judge(fact="capacity", option="district"))
    story.do("03:12", Declare(level="Ⅱ"), DEPUTY)
    story.do("03:20", SetUpSite(commander="王五", place="学校北门", of="commander", spoken_by="赵六"))
    return story.do("04:30", HandOverSite(body="上级指挥部"))


def helped() -> Story:
    """A unit asks for help, the office asks above, one comes and one is refused; an hour passes without a word."""
    story = Story().report("03:07").do("03:10", Judge(fact="capacity", option="district"))
    story.do("03:12", Declare(level="Ⅱ"), DEPUTY)
    story.do("03:15", AskAid(what="救护车2辆"), LIAISON)
    story.do("03:16", AskAid(to="市政府"))
    story.do("03:17", AskAid(to="市政府", what="专家3名", taker="王五"))
    story.until(clock("04:20"))
    assert story.incident is not None
    theirs, ours = story.incident.aid
    story.do("04:21", AnswerAid(request=theirs, words="市支队派出"))
    story.do("04:30", AnswerAid(request=theirs, status="arrived"))
    return story.do("04:31", AnswerAid(request=ours, status="refused", words="人在外地"))


def supplied() -> Story:
    """Energy Ⅱ demands help from the cities around: nobody asks, it is said again, and why not is written down."""
    story = Story(plan=ENERGY).report("03:07", candidates=())
    story.do("03:12", Declare(level="Ⅱ", reason="情况需要"), COMMANDER)
    story.until(clock("03:30"))
    return story.do("03:31", DoWithoutAid(reason="本市电厂足够"))


def skipped() -> Story:
    """The plan lets the township skip a level: it told the city at once, and the district is owed all the same."""
    story = Story().report("03:07").do("03:10", Verify(event_level="较大"))
    return story.do("03:15", SkipLevel(obligation="township-report", to="市委", reason="情况紧急"))


def sensitive() -> Story:
    """In an important time the level may be raised: somebody who may judge it says so, and it is proposed."""
    story = Story(plan=SHANTING).report("03:07", facts={"sensitive": True}, candidates=())
    story.do("03:10", Judge(fact="grade", option="third"), DIRECTOR)
    return story.do("03:12", JudgeRaising(reason="正值高考"), DIRECTOR)


def _mention(name: str, *, sure: bool = True) -> dict[str, Any]:
    body = MentionedBody(id=name, name=name, families=frozenset({"学校"}), township="北石店镇")
    return mention_data(BodyMention(words=name if sure else "", bodies=(body,), sure=sure))


def published() -> Story:
    """A statement is sent back, written again, approved by the province and published; the city's own goes above."""
    story = Story(plan=EPIDEMICS).report("03:07", candidates=()).do("03:10", Verify(event_level="较大"))
    assert story.incident is not None
    for at, approved in (("03:20", False), ("03:40", True)):
        story.do(at, DraftRelease(text="3月2日发生突发事件，正在处置。"))
        number = max(story.incident.statements)
        story.do(at, ApproveRelease(release=number, approved=approved, reason="口径待核", taker="省里周处长"))
    return story.do("03:50", PublishRelease(release=number, medium="政府网站"), COMMANDER)


def submitted() -> Story:
    """At this level another body publishes: the seat submits the draft."""
    story = Story(plan=TRANSIT).report("03:07", candidates=()).do("03:10", Verify(event_level="重大"))
    story.do("03:20", DraftRelease(text="3月2日发生突发事件，正在处置。"))
    story.until(clock("03:31"))
    assert story.incident is not None
    return story.do("03:33", SubmitRelease(release=max(story.incident.statements)))


def left_open() -> Story:
    """The response has ended and the case is closed before the tasks after it are done."""
    story = Story().report("03:07").do("03:10", Judge(fact="capacity", option="local"))
    story.do("03:12", Declare(level="Ⅲ"), DIRECTOR).do("05:00", End(), DIRECTOR)
    assert story.incident is not None
    tasks = {task.id for task in tasks_after(story.plan)}
    for item in list(story.incident.open_instances):
        if item.rule not in tasks:
            story.do("05:05", Waive(obligation=item.key, reason="已由对方确认"))
    return story.do("05:10", Close())


def telephoned() -> Story:
    """Keys on the telephone: the report is heard of and taken by nobody, a decider wants to be rung, a unit answers."""
    by_key = {actor.id: replace(actor, via="voice") for actor in (DUTY, DIRECTOR, LIAISON)}
    story = Story().report("03:07").do("03:09", HearRing(voice="139××××0017"), by_key[DUTY.id])
    story.do("03:10", Judge(fact="capacity", option="local"))
    story.do("03:11", AskCallBack(voice="138××××0003"), by_key[DIRECTOR.id])
    story.do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    assert story.incident is not None
    turn = story.incident.calls[HEALTH].round
    story.do("03:14", NoteVoiceCall(units=(HEALTH,), round=turn, outcome=OUTCOMES["no_answer"]), SYSTEM)
    call_back = NoteVoiceCall(units=(HEALTH,), round=turn, outcome=OUTCOMES["call_back"], wants_person=True)
    story.do("03:15", call_back, by_key[LIAISON.id])
    return story.do("03:16", Acknowledge(unit=HEALTH, round=turn, voice="137××××0088"), by_key[LIAISON.id])


def went_up() -> Story:
    """Reports go up by a line: one is taken, one cannot be delivered; the office above says what it does."""
    story = Story().report().do("03:08", TakeHandling())
    by: Any = {"line": "l1", "place": "晋城市", "stands_for": ("市委", "市政府", "晋城市教育局"), "text": "……"}
    heard: Any = {"line": "l1", "heard": True, "number": 23, "taken": True, "taker": "郑值班"}
    story.do("03:09", Submit(obligation="office-report", to=("晋城市教育局",), **by))
    story.do("03:09", Submit(obligation="first-phone", to=("市委", "市政府"), **by))
    assert story.incident is not None
    first, second = story.incident.submissions
    story.do("03:10", HearBack(line="l1", submission=first, arrived=True, number=23, phone="03562020119"), SYSTEM)
    story.do("03:14", HearBack(**heard), SYSTEM)
    story.do("03:15", HearBack(line="l1", submission=second, failed="nobody"), SYSTEM)
    course: Any = ({"level": "Ⅲ"}, {"level": "Ⅲ", "merged": 24}, {"level": "Ⅲ", "merged": 24, "course": "ended"})
    for more in course:
        story.do("03:16", HearBack(**heard, **more), SYSTEM)
    last: Any = {**heard, "level": "Ⅲ", "merged": 24, "questions": (Question("9", clock("03:17"), "伤员几年级"),)}
    return story.do("03:17", HearBack(**last), SYSTEM).do("03:18", HearBack(**last, course="rejected"), SYSTEM)


STORIES = {
    "night": night,
    "raised": raised,
    "beyond": beyond,
    "declined": declined,
    "drill": drill,
    "waited_for": waited_for,
    "mistake": mistake,
    "merged": merged,
    "changed": changed,
    "closed": closed,
    "several": several,
    "one_of_several": one_of_several,
    "overtaken": overtaken,
    "late_level": late_level,
    "judged_before": judged_before,
    "kind_unknown": kind_unknown,
    "together": together,
    "read_twice": read_twice,
    "commanded": commanded,
    "helped": helped,
    "supplied": supplied,
    "skipped": skipped,
    "sensitive": sensitive,
    "another_school": another_school,
    "published": published,
    "submitted": submitted,
    "left_open": left_open,
    "telephoned": telephoned,
    "went_up": went_up,
}
