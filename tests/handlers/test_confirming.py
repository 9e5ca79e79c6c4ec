"""I14: a confirmation acts only on what it was shown. Every button, after every change of what it acts on.

The table is held against the program's own register: a button that is not in it fails. Its cases are lived by the pure
core, so that all of them cost less than one walk through the chat; that the chat asks the core so is shown below.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.register import BUTTONS
from plans.core.command import SYSTEM, Actor, Command, Shown
from plans.core.keys import Key
from plans.core.outcome import Refusal
from plans.desk.instructions import AmendInstruction, ExtendInstruction, GiveInstruction
from plans.desk.receipts import Receive
from plans.desk.recipients import PickRecipients
from plans.desk.sending import Correct as TextCorrection
from plans.desk.sending import Discard, Withdraw
from plans.duty.recording import ObjectToRecord, RecordDuty, SignDuty
from plans.duty.settling import SettleDuty
from plans.incident.aid import AskAid
from plans.incident.aid_answers import AnswerAid
from plans.incident.arrivals import AskNoArrivals, ExpectArrival
from plans.incident.bodies import NameBody
from plans.incident.calling_units import CallMore
from plans.incident.case import Outcome
from plans.incident.closing import Close, Reject
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.duplicates import DenyDuplicate
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.elements import AnswerElement
from plans.incident.ending import ConfirmCondition, End
from plans.incident.evidence import AddEvidence
from plans.incident.facts import Update
from plans.incident.filing import File
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
from plans.incident.release_waiting import SubmitRelease
from plans.incident.releasing import ApproveRelease, DraftRelease
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling
from plans.incident.second_reading import CompareReadings, SettleReading
from plans.incident.signing import Sign
from plans.incident.skipping import SkipLevel
from plans.incident.submitting import Submit
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.incident.unsure import ChooseFigure
from plans.kinds import decide, objects, revision_of
from plans.load import load_all
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.oral import RecordWarningWord, SignWarning
from plans.warning.plan_choice import ChooseWarningPlan
from plans.warning.proposals import AmendProposal
from plans.warning.state import ISSUE
from tests.factories import (
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    SCHOOL,
    SECOND,
    WATER,
    Life,
    declared,
    liaison,
    person,
)
from tests.plans.desk.life import START as DESK_START
from tests.plans.desk.life import UNITS as DESK_UNITS
from tests.plans.desk.life import drafted as desk_drafted
from tests.plans.desk.life import given as desk_given
from tests.plans.duty.life import SECTION
from tests.plans.duty.life import Life as DutyLife
from tests.plans.warning.life import Life as WarningLife
from tests.plans.warning.life import actor as warner
from tests.plans.warning.life import heavy_rain

FIRE, HEALTH = "区消防救援大队", "区卫生健康和体育局"
FIREMAN = liaison(FIRE)
HOSPITAL = liaison(HEALTH)
OTHER = "incident:16"
CHIEF = person("chief", "commander")
SHANTING, DEHUI = (load_all()[name] for name in ("shanting-overall", "dehui-education-duties"))

Act = Callable[[Life], object]


def does(command: Command, by: Actor = DUTY) -> Act:
    return lambda life: life.do(command, by)


CHANGES: dict[str, Act] = {
    "level raised": does(Declare(level="Ⅰ", reason="情况加重"), COMMANDER),
    "level declared by another": does(Declare(level="Ⅱ", reason="研判"), DEPUTY),
    "level lowered": does(Declare(level="Ⅲ", reason="好转"), COMMANDER),
    "dead": does(Update(facts={"deaths": 9})),
    "injured": does(Update(facts={"injuries": 31})),
    "another source": does(Update(facts={"injuries": 12}), HOSPITAL),
    "a rumour of dead": does(Update(facts={"deaths": 8}), HOSPITAL),
    "corrected": does(Correct(facts={"injuries": 2})),
    "resolved": does(Resolve(fact="injuries", use="sum")),
    "place": does(Update(place="体育馆")),
    "class": does(Update(event_class="gas")),
    "determined": does(Determine(level="较大"), DIRECTOR),
    "judged otherwise": does(Judge(fact="capacity", option="beyond")),
    "declined": does(DeclineProposal(reason="先观察"), COMMANDER),
    "ended": does(End(reason="处置完毕"), COMMANDER),
    "closed": lambda life: _settled(life).do(Close(), DUTY),
    "rejected": does(Reject(reason="误报")),
    "merged": does(Merge(into=OTHER, number=16, into_level="Ⅰ")),
    "no duplicate": does(DenyDuplicate(other=OTHER)),
    "taken": does(TakeHandling(), SECOND),
    "plan": lambda life: _other_plan(life),
    "unit came": does(Acknowledge(status="已到场"), FIREMAN),
    "unit cannot": does(Acknowledge(status="来不了"), FIREMAN),
    "arrivals quiet": does(AskNoArrivals()),
    "arrivals asked": does(AskNoArrivals(again=True)),
    "called": does(CallMore(units=(FIRE,))),
    "told": does(File(report="首报", channel="电话", to=("区委",))),
    "all told": does(File(report="首报", channel="电话")),
    "asked back": does(RequestVerification(recipient="区委")),
    "waived": lambda life: life.do(Waive(obligation=life.instance("first-phone").key, reason="已当面报告"), DUTY),
    "edited again": does(NoteEdit(message="m1", before="伤4", after="伤5", facts={"injuries": 5}), SCHOOL),
    "edit dropped": lambda life: life.do(SettleEdit(sequence=_edit(life), adopt=False), DUTY),
    "answered": does(AnswerElement(element="trapped", answer="none"), SCHOOL),
    "signed": does(Sign(), COMMANDER),
    "more words": does(Update(text="浓烟很大，快来"), SCHOOL),
    "a picture": does(AddEvidence(kind="photo", reference="p9"), SCHOOL),
    "site set up": does(SetUpSite(commander="王五", of="commander")),
    "site handed over": does(HandOverSite(body="上级指挥部")),
    "help asked": does(AskAid(to="上级指挥部")),
    "help answered": does(AnswerAid(status="refused")),
    "condition confirmed": does(ConfirmCondition(condition="1.2")),
    "published": lambda life: life.do(
        PublishRelease(release=max(life.incident.statements, default=0), medium="政府网站"), DIRECTOR
    ),
    "submitted": lambda life: life.do(SubmitRelease(release=max(life.incident.statements, default=0)), DUTY),
    "body named": does(NameBody(unit="事发镇街", body="东街街道办事处")),
}  # fmt: skip


def _other_plan(life: Life) -> None:
    """Choose another plan, as the shell does: the core is asked by the chosen one."""
    command = ChoosePlan(
        plan=WATER.id, plan_version=WATER.version, plan_hash=WATER.hash, previous_title=CAMPUS.title, allowed=True
    )
    found = decide(WATER, life.incident, command, DUTY, now=life.now, cause="chosen")
    assert not isinstance(found, Refusal), found
    life.state, life.plan = found.after, WATER


def _edit(life: Life) -> int:
    return next(iter(life.incident.edits.values())).sequence


def reported() -> Life:
    life = Life().report("+10m", duplicates=((OTHER, 16),))
    life.do(Update(facts={"deaths": 0}), DUTY, "+11m")
    return life


def verified_by_duty() -> Life:
    life = reported()
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    return life


def drafted() -> Life:
    life = verified_by_duty()
    life.do(DraftRelease(text="发生踩踏，正在处置。"), DUTY)
    return life


def awaiting_approval() -> Life:
    life = drafted()
    statement = max(life.incident.statements)
    rule = life.plan.releases[0].model_copy(update={"approval": "区委宣传部"})
    life.plan = life.plan.model_copy(update={"releases": (rule, *life.plan.releases[1:])})
    life.do(DraftRelease(text="发生踩踏，已经控制。"), DUTY)
    assert life.incident.statements[statement].status == "replaced"
    return life


def for_above() -> Life:
    life = drafted()
    rule = life.plan.releases[0].model_copy(update={"above": "市指挥部", "roles": ()})
    life.plan = life.plan.model_copy(update={"releases": (rule, *life.plan.releases[1:])})
    life.do(DraftRelease(text="发生踩踏，已经控制。"), DUTY)
    return life


def _statement(life: Life) -> str:
    return f"statement:{max(life.incident.statements)}"


def fresh() -> Life:
    return Life().report("+10m", duplicates=((OTHER, 16),))


def judged(option: str = "district") -> Life:
    life = reported()
    life.do(Judge(fact="capacity", option=option), DUTY, "+13m")
    return life


def conflicting() -> Life:
    life = reported()
    life.do(Update(facts={"injuries": 6}), HOSPITAL)
    return life


def rumoured() -> Life:
    life = Life().report("+10m")
    life.do(Update(facts={"deaths": 1}), HOSPITAL, "+12m")
    return life


def fallen() -> Life:
    life = Life().report("+10m", facts={"injuries": 4})
    fewer = {"fact": "injuries", "why": "fall", "options": [{"value": 2}, {"keep": True}], "over": None, "span": [0, 4]}
    life.do(Update(text="受伤2人", unsure={"injuries": fewer}), SCHOOL, "+12m")
    return life


def overtaken() -> Life:
    life = reported()
    life.do(Determine(level="一般"), DUTY)
    life.do(Update(facts={"injuries": 9}), DUTY)
    return life


def _doubt(life: Life) -> str:
    return f"doubt:{life.incident.doubts['event_level'].sequence}"


def edited() -> Life:
    life = reported()
    life.do(NoteEdit(message="m1", before="伤4", after="伤3", facts={"injuries": 3}), SCHOOL)
    return life


def read_twice() -> Life:
    life = reported()
    life.do(CompareReadings(of=1, first={"injuries": 4}, second={"injuries": 14}), SYSTEM)
    return life


def called() -> Life:
    life = declared("Ⅱ")
    life.do(Acknowledge(status="收到"), FIREMAN)
    return life


def quieted() -> Life:
    life = called()
    life.do(AskNoArrivals(), DUTY)
    return life


def weighed() -> Life:
    return Life().report("+10m", among=((CAMPUS.id, CAMPUS.title), (WATER.id, WATER.title)), plan_clear=False)


def _settled(life: Life) -> Life:
    for item in life.incident.open_instances:
        if item.by_office:
            life.do(Waive(obligation=item.key, reason="演示"), DUTY)
    return life


def ended() -> Life:
    life = declared("Ⅱ")
    life.do(End(reason="处置完毕"), DEPUTY)
    return _settled(life)


def commanded() -> Life:
    life = declared("Ⅱ")
    life.do(SetUpSite(commander="王五", of="commander"), DUTY)
    return life


def helped() -> Life:
    life = declared("Ⅰ")
    life.do(AskAid(to="上级指挥部"), DUTY)
    return life


def skippable() -> Life:
    return Life(SHANTING).report("+10m")


def sensitive() -> Life:
    life = Life(SHANTING).report("+10m", facts={"sensitive": True}, candidates=())
    life.do(Judge(fact="grade", option="third"), CHIEF, "+12m")
    return life


def spoken() -> Life:
    life = judged("beyond")
    life.do(RecordOral(of="commander", decides="declare", level="Ⅰ"), DUTY)
    return life


@dataclass(frozen=True)
class Row:
    """One button.

    Attributes:
        make: how it came to be shown.
        on: what it acts on.
        command: what it does, by the incident as it was shown.
        stale: changes after which it does nothing; every other change that is possible leaves it as good as it was.
    """

    make: Callable[[], Life]
    on: str | Callable[[Life], str]
    command: Callable[[Life], Command]
    by: Actor
    stale: set[str] = field(default_factory=set)

    def object(self, life: Life) -> str:
        return self.on if isinstance(self.on, str) else self.on(life)


OVER = {"ended", "rejected", "merged", "closed", "plan"}
BY_SEAT = {
    "taken", "site set up", "help asked",
    "all told", "told", "asked back", "waived", "body named", "class", "place", "corrected", "dead", "injured",
    "judged otherwise", "no duplicate",
}  # fmt: skip
"""Acts of the duty seat: the first of them takes the case over."""
FIGURES = {"dead", "injured", "another source", "a rumour of dead", "corrected", "resolved"}
LEVELS = {"level raised", "level declared by another", "level lowered"}
STANDING = OVER | LEVELS | FIGURES | {
    "place", "class", "determined", "judged otherwise", "declined", "answered",
}  # fmt: skip
SAID = {"more words", "a picture", "edited again"}
DEATHS = {"dead", "a rumour of dead"}


def _first(life: Life) -> str:
    return life.instance("first-phone").key


ROWS: dict[str, Row] = {
    "handle": Row(fresh, "handling", lambda _: TakeHandling(), DUTY, OVER | BY_SEAT | {"arrivals quiet"}),
    "choose_plan": Row(
        weighed, "plan", lambda _: ChoosePlan(plan=CAMPUS.id, plan_hash=CAMPUS.hash, allowed=True), DUTY,
        OVER | LEVELS,
    ),
    "judge": Row(
        reported, "fact:capacity", lambda _: Judge(fact="capacity", option="local"), DUTY,
        OVER | {"judged otherwise"},
    ),
    "determine": Row(
        overtaken, _doubt, lambda _: Determine(level="较大"), DUTY,
        OVER | FIGURES | {"determined", "judged otherwise", "answered"},
    ),
    "determine_level": Row(
        reported, "determination", lambda _: Determine(level="较大"), DUTY,
        OVER | FIGURES | {"determined", "judged otherwise", "answered"},
    ),
    "set_class": Row(reported, "class", lambda _: Update(event_class="health"), DUTY, OVER | {"class", "place"}),
    "adopt_edit": Row(
        edited, lambda life: f"edit:{_edit(life)}", lambda life: SettleEdit(sequence=_edit(life), adopt=True), DUTY,
        OVER | FIGURES | {"place", "class", "edited again", "edit dropped", "judged otherwise", "answered"},
    ),
    "drop_edit": Row(
        edited, lambda life: f"edit:{_edit(life)}", lambda life: SettleEdit(sequence=_edit(life), adopt=False), DUTY,
        OVER | FIGURES | {"place", "class", "edited again", "edit dropped", "judged otherwise", "answered"},
    ),
    "settle_reading": Row(
        read_twice, "fact:injuries", lambda _: SettleReading(fact="injuries", use="first"), DUTY,
        OVER | {"injured", "another source", "corrected"},
    ),
    "answer": Row(
        reported, "element:trapped", lambda _: AnswerElement(element="trapped", answer="verifying"), SCHOOL,
        OVER | {"answered"},
    ),
    "answer_class": Row(
        reported, "class", lambda _: Update(event_class="health"), SCHOOL, OVER | {"class", "place"}
    ),
    "resolve": Row(
        conflicting, "fact:injuries", lambda _: Resolve(fact="injuries", use="reporter"), DUTY,
        OVER | {"injured", "another source", "corrected", "resolved"},
    ),
    "confirm_deaths": Row(
        rumoured, "fact:deaths", lambda _: Update(facts={"deaths": 1}), DUTY, OVER | DEATHS
    ),
    "deny_deaths": Row(
        rumoured, "fact:deaths", lambda _: Update(facts={"deaths": 0}, sure=True), DUTY, OVER | DEATHS
    ),
    "choose_figure": Row(
        fallen, lambda life: f"figure:{next(iter(life.incident.unsure))}",
        lambda life: ChooseFigure(key=next(iter(life.incident.unsure)), option=0), SCHOOL,
        OVER | {"injured", "corrected"},
    ),
    "sure": Row(
        conflicting, "facts", lambda _: Update(facts={"injuries": 2}, sure=True), DUTY,
        OVER | FIGURES | {"judged otherwise", "answered"},
    ),
    "merge": Row(
        reported, f"duplicate:{OTHER}", lambda _: Merge(into=OTHER, number=16, into_level="Ⅰ"), DUTY,
        OVER | LEVELS | {"no duplicate"},
    ),
    "not_same": Row(
        reported, f"duplicate:{OTHER}", lambda _: DenyDuplicate(other=OTHER), DUTY, OVER | LEVELS | {"no duplicate"}
    ),
    "declare": Row(judged, "standing", lambda _: Declare(level="Ⅱ"), COMMANDER, STANDING),
    "decline": Row(
        judged, lambda life: f"proposal:{life.proposal.sequence}", lambda _: DeclineProposal(), COMMANDER, STANDING
    ),
    "oral": Row(
        judged, "standing", lambda _: RecordOral(of="commander", decides="declare", level="Ⅱ"), DUTY, STANDING
    ),
    "end": Row(
        lambda: declared("Ⅱ"), "standing", lambda _: End(reason="处置完毕"), COMMANDER, STANDING
    ),
    "end_condition": Row(
        lambda: declared("Ⅱ"), "conditions", lambda _: ConfirmCondition(condition="1.1"), COMMANDER,
        OVER | LEVELS | {"condition confirmed"},
    ),
    "release_draft": Row(
        verified_by_duty, "standing", lambda _: DraftRelease(text="发生踩踏，正在处置。"), DUTY, STANDING
    ),
    "release_publish": Row(
        drafted, _statement,
        lambda life: PublishRelease(release=max(life.incident.statements), medium="政府网站"), DIRECTOR,
        FIGURES | {"corrected", "determined", "closed", "ended", "rejected", "merged", "plan", "published"},
    ),
    "release_approve": Row(
        awaiting_approval, _statement, lambda life: ApproveRelease(release=max(life.incident.statements)), DUTY,
        {"closed", "ended", "rejected", "merged", "plan"},
    ),
    "release_submitted": Row(
        for_above, _statement, lambda life: SubmitRelease(release=max(life.incident.statements)), DUTY,
        {"closed", "determined", "ended", "rejected", "merged", "plan", "submitted"},
    ),
    "reject_all": Row(reported, "report", lambda _: Reject(reason="不属实"), DUTY, STANDING | SAID),
    "sign": Row(
        spoken, lambda life: f"decision:{life.incident.unsigned[0].sequence}",
        lambda life: Sign(decision=life.incident.unsigned[0].sequence), COMMANDER, {"signed", "plan"},
    ),
    "ack": Row(
        called, f"call:{FIRE}:1", lambda _: Acknowledge(status="已出发", unit=FIRE), FIREMAN,
        {"unit came", "unit cannot", "level raised", "closed", "rejected", "merged"},
    ),
    "expect": Row(
        called, f"call:{FIRE}:1", lambda _: ExpectArrival(minutes=20, unit=FIRE), FIREMAN,
        {"unit came", "unit cannot", "level raised", "closed", "rejected", "merged"},
    ),
    "arrivals_quiet": Row(
        called, "arrivals", lambda _: AskNoArrivals(), DUTY, OVER | LEVELS | {"arrivals quiet"},
    ),
    "arrivals_again": Row(
        quieted, "arrivals", lambda _: AskNoArrivals(again=True), DUTY, OVER | LEVELS | {"arrivals asked"},
    ),
    "unit_unheard": Row(
        called, f"call:{HEALTH}:1", lambda _: RingInVain(recipient=HEALTH), DUTY,
        {"level raised", "closed", "rejected", "merged"},
    ),
    "call_unit": Row(
        lambda: declared("Ⅲ"), f"unit:{FIRE}", lambda _: CallMore(units=(FIRE,)), DUTY,
        OVER | LEVELS | {"unit came", "unit cannot", "called"},
    ),
    "name_body": Row(
        lambda: declared("Ⅲ"), "body:事发镇街", lambda _: NameBody(unit="事发镇街", body="北街街道办事处"), DUTY,
        OVER | {"place", "class", "body named"},
    ),
    "file": Row(
        reported, lambda life: f"owed:{_first(life)}|区委",
        lambda life: File(obligation=_first(life), to=("区委",)), DUTY,
        {"told", "all told", "waived", "rejected", "merged", "closed", "plan"},
    ),
    "ring_failed": Row(
        reported, lambda life: f"owed:{_first(life)}|区委", lambda _: RingInVain(recipient="区委"), DUTY,
        {"told", "all told", "waived", "rejected", "merged", "closed", "plan"},
    ),
    "request": Row(
        reported, lambda life: f"asked:{_first(life)}|区委", lambda _: RequestVerification(recipient="区委"), DUTY,
        {"told", "all told", "asked back", "waived", "rejected", "merged", "closed", "plan"},
    ),
    "submit": Row(
        reported, lambda life: f"crossing:{_first(life)}",
        lambda life: Submit(
            line="l1", obligation=_first(life), to=("市委",), text="首报", place="晋城市", stands_for=("市委",)
        ),
        DUTY, STANDING | SAID | {"told", "all told", "asked back", "waived"},
    ),
    "skip": Row(
        skippable, lambda life: f"owed:{life.instance('district-report').key}|省政府",
        lambda life: SkipLevel(obligation=life.instance("district-report").key, to="省政府"), DUTY,
        {"all told", "waived", "rejected", "merged", "closed", "plan"},
    ),
    "raise_level": Row(
        sensitive, "raising", lambda _: JudgeRaising(), CHIEF, OVER | LEVELS | {"declined"},
    ),
    "raise_not": Row(
        sensitive, "raising", lambda _: JudgeRaising(raises=False), CHIEF, OVER | LEVELS | {"declined"},
    ),
    "site_held": Row(
        lambda: declared("Ⅱ"), "site", lambda _: SetUpSite(role="commander"), DUTY, OVER | LEVELS | {"site set up"}
    ),
    "site_over": Row(
        commanded, "site", lambda _: HandOverSite(body="上级指挥部"), DUTY, OVER | LEVELS | {"site handed over"}
    ),
    "aid_ask": Row(
        lambda: declared("Ⅰ"), "aid_to:上级指挥部", lambda _: AskAid(to="上级指挥部"), DUTY, OVER | {"help asked"}
    ),
    "aid_answer": Row(
        helped, lambda life: f"aid:{min(life.incident.aid)}", lambda life: AnswerAid(request=min(life.incident.aid)),
        DUTY, OVER | {"help answered"},
    ),
    "close": Row(ended, "course", lambda _: Close(), DUTY, {"closed", "asked back", "determined"}),
}  # fmt: skip

READING = {
    "complete", "unsure", "declare_preview", "change_units", "toggle_unit", "oral_start", "oral_preview", "end_preview",
    "back", "script", "filing", "skip_page", "aid", "write", "open_clause", "calls", "groups", "correct_report",
    "cites", "reject_many", "release_start", "release_preview", "release_return",
    "submit_page", "review", "answer_alone",
}  # fmt: skip
"""What only shows something, drawn anew whenever it is pressed."""

TAKEN_BACK = {"undo", "undo_answer"}
"""They carry the very step that they offer to take back (``test_an_offer_to_take_back…``)."""

ELSEWHERE = {
    "pause_drills", "amend", "amend_not", "uninvite", "revoke", "revoke_now", "roll_here", "report_kind",
    "swap_list", "swap_ask", "swap_with", "swap_take", "swap_withdraw", "swap_give_back", "swap_approve", "swap_refuse",
    "report_where", "claim", "bind", "delegate_accept", "delegate_refuse", "delegate_back", "roster", "take_seat",
    "channel_test", "channel_remove", "voice_test", "list_bodies", "undo_bodies", "export_bodies",
    "duties_export", "duties_switch", "duties_show", "duties_check",
    "drill_choose", "drill_begin", "drill_play", "drill_delay", "drill_skip", "drill_hold", "drill_go_on", "drill_end",
    "drill_end_now", "drill_judge", "drill_mend", "drill_paper", "script_keep", "script_remove",
    "spotcheck_call", "spotcheck_here", "leave", "leave_all", "pair", "unpair", "renew", "make_token", "revoke_token",
    "renew_token",
    "stats_show", "stats_topic", "stats_rows", "stats_case", "stats_file", "log_files",
    "invited_me", "invited_not_me", "name_edit", "name_mine",
    "webhook_test", "webhook_resend", "webhook_stop", "webhook_resume", "webhook_ask", "webhook_remove",
    "webhook_rekey", "line_agree", "line_hasten", "line_ask_end", "line_end", "feed_make", "feed_end",
}  # fmt: skip
"""Of no incident's state: guarded by what they act on (``test_office_buttons.py``, ``test_delegating.py``,
``test_bodies.py``, ``test_duty_office.py``, ``test_board.py``, ``test_wall.py``,
``test_statistics.py``, ``test_log.py``, ``test_identity.py``, ``test_drill_scripts.py``,
``tests/bot/office/test_swaps.py``, ``tests/plans/desk/test_drills.py``)."""


OF_A_WARNING = {
    "warning_preview": "proposed", "warning_issue": "proposed", "warning_pass_on": "proposed",
    "warning_amend": "proposed", "warning_dismiss": "proposed", "warning_dismissed": "proposed",
    "warning_oral": "proposed", "warning_lift": "stage", "warning_lift_preview": "stage", "warning_extend": "stage",
    "warning_raise": "stage", "warning_sign": "decision", "warning_answer": "waking", "warning_done": "waking",
    "warning_all_done": "waking", "warning_undone": "waking", "warning_why_not": "waking",
    "warning_not_applicable": "waking", "warning_not": "waking", "warning_back_to_list": "waking",
    "warning_plan": "plan",
    "warning_rung": "waking", "warning_in_vain": "waking", "warning_ring_list": "silent",
}  # fmt: skip
"""Of a warning, and what each acts on; every stage of its life makes the buttons of the stage before it stale."""

OF_A_DUTY = {
    "duty_return", "duty_done", "duty_sure", "duty_not_applicable", "duty_not", "duty_sign",
    "duty_object", "duty_reopen", "duty_said",
}  # fmt: skip
"""Of one duty in one period: whatever is said of it makes them stale."""

OF_A_HANDOVER = {
    "handover_sign": "sign", "handover_absent": "sign", "handover_reason": "sign", "handover_word": "page",
    "handover_withdraw": "page",
}  # fmt: skip
"""Of a hand-over: a name is put under the page as it was shown (``tests/plans/desk/test_handovers.py``)."""

OF_WHAT_STANDS = {"handover_file", "is_warning", "warning_is_report", "warning_cap", "duty_today", "said_is_report"}
"""Of what does not change: words that were said, what is on record, the book; each does what it does once
(``test_warning.py``, ``test_bringing.py``, ``test_duty.py``, ``test_duty_answers.py``)."""


OF_THE_DESK = {
    "desk_pick": "draft", "desk_preset": "draft", "desk_preview": "draft", "desk_discard": "draft",
    "instruct_give": "draft", "instruct_way": "draft", "instruct_set_way": "draft", "instruct_urgent": "draft",
    "instruct_due": "draft", "instruct_set_due": "draft", "announce_send": "draft", "announce_urgent": "draft",
    "desk_received": "told", "desk_withdraw": "told", "desk_withdraw_sure": "told", "instruct_done": "told",
    "instruct_settled": "told", "instruct_decline": "told", "instruct_declined": "told", "instruct_extend": "told",
    "instruct_extended": "told", "announce_stop": "told",
    "desk_rung": "recipient", "desk_in_vain": "recipient", "instruct_insist": "recipient",
    "instruct_release": "recipient",
    "desk_ring_list": "silent",
    "desk_page": "paper", "desk_files": "paper",
    "instruct_back": "paper", "instruct_back_of": "paper", "instruct_returned": "paper",
}  # fmt: skip
"""Of a text of the desk, and what each acts on: a draft as it was shown, what was said, in the round in which it was;
pages are read at any time, and what is done from them says of whom (``test_instructions.py``)."""


OF_AN_ENTRY = {
    "entry_due_at": "read", "entry_called": "read", "entry_replied": "reply", "entry_waive": "reply",
    "entry_due": "entry", "entry_caller": "entry", "entry_correct": "entry", "entry_withdraw": "entry",
    "entry_undo": "entry", "entry_answer_words": "entry", "entry_report": "entry", "entry_instruct": "entry",
    "entry_warning": "entry",
}  # fmt: skip
"""Of an entry of the duty log: what was read of it is set right as it was shown, what it waits for is ticked off once;
its words do not change (``test_log.py``, ``test_log_enemies.py``, ``tests/plans/desk/test_entry_rings.py``)."""


def test_every_button_of_the_program_stands_in_the_table() -> None:
    groups = [
        set(ROWS),
        READING,
        TAKEN_BACK,
        ELSEWHERE,
        set(OF_A_WARNING),
        OF_A_DUTY,
        OF_WHAT_STANDS,
        set(OF_A_HANDOVER),
        set(OF_THE_DESK),
        set(OF_AN_ENTRY),
    ]
    assert set().union(*groups) == set(BUTTONS)
    assert sum(map(len, groups)) == len(BUTTONS)


@pytest.mark.parametrize("action", ROWS)
def test_a_button_acts_on_what_the_register_says(action: str) -> None:
    life = ROWS[action].make()
    assert Key(ROWS[action].object(life)).kind in BUTTONS[action].on
    assert Key(ROWS[action].object(life)).kind in objects("incident") - {"incident", "obligation"}
    assert revision_of(life.incident, ROWS[action].object(life)) is not None


@pytest.mark.parametrize("action", sorted(READING))
def test_what_only_reads_is_never_compared(action: str) -> None:
    assert set(BUTTONS[action].on) <= {"incident", "proposal", "obligation", "record"}


def _changed(life: Life, name: str) -> Life | None:
    """Return the same life after a change, None where that cannot happen to it."""
    twin = replace(life, told=[], state=copy.copy(life.state))
    try:
        CHANGES[name](twin)
    except (AssertionError, StopIteration, IndexError, KeyError):
        return None
    return twin if twin.incident.sequence > life.incident.sequence else None


def _pressed(row: Row, shown: Life, now: Life, by: Actor | None = None) -> Outcome | Refusal:
    """Decide what the button does, as it was shown, in the life as it is."""
    name = row.object(shown)
    revision = revision_of(shown.incident, name)
    assert revision is not None
    return decide(
        now.plan, now.incident, row.command(shown), by or row.by, now=now.now, cause="press",
        shown=Shown(object=name, revision=revision),
    )  # fmt: skip


@pytest.mark.parametrize("action", ROWS)
def test_after_any_change_of_what_it_acts_on_it_does_nothing(action: str) -> None:
    row = ROWS[action]
    shown = row.make()
    assert not isinstance(_pressed(row, shown, shown), Refusal), "unchanged, it does what it says"
    came, refused = set(), set()
    for name in CHANGES:
        now = _changed(shown, name)
        if now is None:
            continue
        came.add(name)
        if isinstance(_pressed(row, shown, now), Refusal):
            refused.add(name)
    assert len(came) >= 5
    assert refused == row.stale & came, (sorted(refused - row.stale), sorted(row.stale & came - refused))


CHOICE = ChooseWarningPlan(plan=SHANTING.id, plan_version=SHANTING.version, plan_hash="h")


@pytest.fixture(scope="module")
def of_warning() -> dict[str, WarningLife]:
    """A warning in four stages of one life."""
    lives = {}
    life = WarningLife(SHANTING)
    assert life.take(heavy_rain(issuer="")) is None
    lives["taken"] = copy.deepcopy(life)
    assert life.do(AmendProposal(fields={"ends": life.now + timedelta(hours=3)})) is None
    lives["amended"] = copy.deepcopy(life)
    assert life.do(RecordWarningWord(of="commander", decides=ISSUE, recipients=(FIRE,))) is None
    assert life.warning.in_force
    lives["issued"] = copy.deepcopy(life)
    assert life.do(LiftWarning(), warner("commander")) is None
    lives["lifted"] = life
    asked = WarningLife(SHANTING)
    assert asked.take(heavy_rain(issuer=""), among=((SHANTING.id, SHANTING.title), ("other", "别的预案"))) is None
    lives["asked"] = copy.deepcopy(asked)
    assert asked.do(CHOICE) is None
    lives["chosen"] = asked
    return lives


def _of_warning(life: WarningLife, kind: str) -> list[str]:
    if kind == "waking":
        return [f"waking:{name}" for name in life.warning.waking]
    if kind == "decision":
        return [f"decision:{item.sequence}" for item in life.warning.stages if item.oral]
    return [kind]


@pytest.mark.parametrize(
    ("kind", "shown", "later"),
    [
        ("proposed", "taken", "amended"), ("proposed", "taken", "issued"), ("proposed", "amended", "lifted"),
        ("stage", "issued", "lifted"), ("decision", "issued", ""), ("waking", "issued", "lifted"),
        ("silent", "issued", "lifted"), ("plan", "asked", "chosen"), ("proposed", "asked", "chosen"),
    ],
)  # fmt: skip
def test_a_button_of_a_warning_acts_on_the_stage_that_it_was_shown_at(
    of_warning: dict[str, WarningLife], kind: str, shown: str, later: str
) -> None:
    actions = [name for name, on in OF_A_WARNING.items() if on == kind]
    assert actions and all(kind in BUTTONS[name].on for name in actions)
    named = _of_warning(of_warning[shown], kind)
    assert named
    for name in named:
        before = revision_of(of_warning[shown].warning, name)
        assert before is not None
        if later:
            now = copy.deepcopy(of_warning[later])
            assert revision_of(now.warning, name) != before
            command = {"proposed": IssueWarning(way=ISSUE), "plan": CHOICE}.get(kind, LiftWarning())
            refusal = now.do(command, warner("commander"), Shown(object=name, revision=before))
            assert refusal is not None
            assert refusal.key in ("changed_since", "warning_plan_settled") or now.warning.proposal is None
        else:
            now = copy.deepcopy(of_warning[shown])
            assert now.do(SignWarning(), warner("commander")) is None
            assert revision_of(now.warning, name) is None


DESK_CHANGES: dict[str, Command] = {
    "picked": PickRecipients(recipients=(f"unit:{FIRE}",)), "way": AmendInstruction(way="会议"),
    "corrected": TextCorrection(text="改为全市排查"), "discarded": Discard(), "given": GiveInstruction(),
    "withdrawn": Withdraw(), "extended": ExtendInstruction(due=DESK_START + timedelta(days=9)),
    "received": Receive(recipient=f"unit:{DESK_UNITS[0]}"),
}  # fmt: skip

DESK_STALE = {
    "draft": {"picked", "way", "corrected", "discarded", "given"}, "told": {"corrected", "withdrawn"},
    "recipient": {"corrected", "withdrawn"}, "silent": {"withdrawn"}, "paper": set(),
}  # fmt: skip


@pytest.mark.parametrize("kind", DESK_STALE)
def test_a_button_of_the_desk_acts_on_the_draft_or_the_round_that_it_was_shown_in(kind: str) -> None:
    assert {name for name, on in OF_THE_DESK.items() if on == kind and BUTTONS[name].on != (kind,)} == set()
    make = desk_drafted if kind == "draft" else desk_given
    stale = set()
    for change, command in DESK_CHANGES.items():
        shown = make()
        of = {"told": shown.state.round, "recipient": f"unit:{DESK_UNITS[0]}"}.get(kind, "")
        name = str(Key.make(kind, of))
        before = revision_of(shown.state, name)
        assert before is not None
        if shown.do(command) is None and revision_of(shown.state, name) != before:
            stale.add(change)
    assert stale == DESK_STALE[kind]


def test_what_was_previewed_is_what_goes_out() -> None:
    life = desk_drafted()
    shown = Shown(object="draft", revision=revision_of(life.state, "draft") or 0)
    life.must(PickRecipients(toggle="unit:区人民武装部"))
    refusal = life.do(GiveInstruction(), shown=shown)
    assert refusal is not None and refusal.key == "changed_since"


@pytest.mark.parametrize("said", [{}, {"status": "not_applicable", "reason": "放假"}], ids=["done", "not applicable"])
def test_a_button_of_a_duty_acts_on_what_was_said_of_it_when_it_was_shown(said: dict[str, Any]) -> None:
    assert all(BUTTONS[name].on == ("duty",) for name in OF_A_DUTY)
    life = DutyLife(DEHUI)
    life.pass_days(1)
    waiting = next(iter(life.book.waiting()))
    name = f"duty:{waiting.key}"
    before = revision_of(life.book, name)
    assert before is not None
    command = SettleDuty(key=waiting.key, sure=True, **said)
    assert life.do(command, shown=Shown(object=name, revision=before)) is None
    refusal = life.do(command, shown=Shown(object=name, revision=before))
    assert refusal is not None and refusal.key in ("changed_since", "duty_settled")


@pytest.mark.parametrize("said", [SignDuty, ObjectToRecord])
def test_a_button_under_what_was_recorded_acts_on_that_record_alone(said: Any) -> None:
    life = DutyLife(DEHUI)
    life.pass_days(1)
    key = next(iter(life.book.waiting())).key
    assert life.do(RecordDuty(key=key, spoken_by="林校长"), SECTION) is None
    first = revision_of(life.book, f"duty:{key}")
    assert life.do(ObjectToRecord(key=key)) is None
    assert life.do(RecordDuty(key=key, spoken_by="林校长"), SECTION) is None
    again = revision_of(life.book, f"duty:{key}")
    assert first is not None and again is not None
    refusal = life.do(said(key=key), shown=Shown(object=f"duty:{key}", revision=first))
    assert refusal is not None and refusal.key == "changed_since"
    assert life.do(said(key=key), shown=Shown(object=f"duty:{key}", revision=again)) is None


def test_every_change_happens_to_some_button() -> None:
    lives = [row.make() for row in ROWS.values()]
    assert not [name for name in CHANGES if all(_changed(life, name) is None for life in lives)]


@pytest.mark.parametrize("action", ROWS)
def test_pressed_twice_it_has_one_effect(action: str) -> None:
    row = ROWS[action]
    shown = row.make()
    first = _pressed(row, shown, shown)
    assert not isinstance(first, Refusal)
    again = replace(shown, state=first.after)
    second = _pressed(row, shown, again)
    repeats = action in ("ring_failed", "unit_unheard")  # each try is one of its own
    assert repeats or isinstance(second, Refusal)


def test_told_is_recorded_with_the_figures_that_were_read_out() -> None:
    """The officer rings with the words on his screen; the figures that come meanwhile he has not told anybody."""
    life = reported()
    life.do(File(report="首报", channel="电话"), DUTY, "+12m")
    seen = life.incident.changed["facts"]
    life.do(Update(facts={"injuries": 9}), DUTY, "+14m")
    life.do(File(report="续报", to=("区委",), shown=seen), DUTY, "+15m")
    assert life.incident.last_filings()["区委"].figures["injuries"] == 4
    assert "区委" in life.instance("followup-casualties").to and life.status("followup-casualties") != "filed"
    life.do(File(report="续报", to=("区委",), shown=life.incident.changed["facts"]), DUTY, "+16m")
    assert life.incident.last_filings()["区委"].figures["injuries"] == 9


def test_an_offer_to_take_back_takes_back_that_and_nothing_else() -> None:
    life = called()
    of_answer = revision_of(life.incident, f"call:{FIRE}:1") or 0
    both = replace(FIREMAN, roles=FIREMAN.roles | {"duty"})
    life.do(File(report="首报", channel="电话"), both)
    assert life.refuse(Undo(only=of_answer), both).key == "nothing_to_undo"
    assert life.incident.calls[FIRE].status == "收到"
    life.do(Undo(), both)
    life.do(Undo(only=of_answer), both)
    assert life.incident.calls[FIRE].status == "called"


def test_what_was_undone_counts_as_never_changed() -> None:
    life = reported()
    before = {name: revision_of(life.incident, name) for name in ("standing", "facts", f"owed:{_first(life)}|区委")}
    life.do(File(report="首报", channel="电话"), DUTY)
    life.do(Undo(), DUTY)
    assert {name: revision_of(life.incident, name) for name in before} == before


def test_the_same_figure_said_again_changes_nothing_that_was_shown() -> None:
    life = judged()
    shown = revision_of(life.incident, "standing")
    life.do(Update(facts={"injuries": 4}), HOSPITAL)
    assert revision_of(life.incident, "standing") == shown
