"""Every refusal there is: who asks what, and which key, clause and way out he is given."""

import ast
import pathlib

import pytest

import plans.core
from plans.core.outcome import Refusal
from plans.incident.calling_units import CallMore
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.duplicates import DenyDuplicate
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge
from plans.incident.oral import RecordOral
from plans.incident.owed import Waive
from plans.incident.plan_choice import ChoosePlan
from plans.incident.proposals import DeclineProposal
from plans.incident.requests import RequestVerification
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.signing import Sign
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.kinds import decide
from tests.factories import (
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    LINAN,
    SCHOOL,
    START,
    STRANGER,
    Life,
    declared,
    filed,
    liaison,
    report,
    span,
)
from tests.plans.core.test_naming_obligations import owing

FIRE = "区消防救援大队"


def reported(**given) -> Life:
    return Life().report("+10m", **given)


def proposed() -> Life:
    life = reported()
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+12m")
    return life


def ended() -> Life:
    life = reported()
    life.do(End(reason="已处置"), DUTY, "+12m")
    return life


def response_ended() -> Life:
    life = declared()
    life.do(End(), DIRECTOR)
    return life


def closed() -> Life:
    life = reported()
    life.do(Verify(event_level="一般"), DUTY, "+11m")
    life.do(End(reason="已处置"), DUTY, "+12m")
    life.do(File(report="首报"), DUTY, "+13m")
    life.do(File(report="终报"), DUTY, "+14m")
    life.do(Close(), DUTY, "+15m")
    return life


def with_two_sources() -> Life:
    life = reported(facts={"ill": 6, "special_followup": True})
    life.do(Update(facts={"ill": 9, "special_followup": False}), liaison("区卫生健康和体育局"), "+12m")
    return life


def with_four_injured_told() -> Life:
    life = reported()
    life.do(Verify(facts={"deaths": 2}, event_level="一般"), DUTY, "+12m")
    return filed(life)


def drill() -> Life:
    return reported(drill=True)


def paused() -> Life:
    life = drill()
    life.do(PauseDrill(), DUTY)
    return life


def merged() -> Life:
    life = reported()
    life.do(Merge(into="incident:18", number=18), DUTY)
    return life


def late() -> Life:
    life = filed(reported())
    life.until("+40m")
    return life


LONG_AGO = START - span("+1h")
NOT_YET = START + span("+9h")

# key, the incident, the command, who asks it, clause, confirm
REFUSALS = [
    ("staff_only", reported, Verify(), SCHOOL, "", ""),
    ("staff_only", declared, File(report="首报"), liaison(FIRE), "", ""),
    ("already_reported", reported, report(), SCHOOL, "", ""),
    ("not_running", closed, Verify(), DUTY, "", ""),
    ("not_running", closed, Undo(), DUTY, "", ""),
    ("not_running", merged, File(report="首报"), DUTY, "", ""),
    ("not_running", ended, Declare(level="Ⅲ"), DIRECTOR, "", ""),
    ("not_running", ended, End(reason="再结束"), DUTY, "", ""),
    ("not_running", ended, Reject(reason="误报"), DUTY, "", ""),
    ("not_running", ended, Merge(into="incident:18", number=18), DUTY, "", ""),
    # what is known
    ("outsider", reported, Update(facts={"injuries": 5}), STRANGER, "", ""),
    ("nothing_new", reported, Update(), DUTY, "", ""),
    ("unknown_fact", reported, Update(facts={"unicorns": 1}), DUTY, "", ""),
    ("unknown_fact", reported, Update(raised=("unicorns",)), DUTY, "", ""),
    ("unknown_fact", reported, Verify(facts={"unicorns": 1}), DUTY, "", ""),
    ("bad_value", reported, Update(facts={"injuries": "许多"}), DUTY, "", ""),
    ("bad_value", reported, Update(facts={"injuries": -1}), DUTY, "", ""),
    ("bad_value", reported, Update(facts={"injuries": 99_999_999}), DUTY, "", ""),
    ("bad_value", reported, Update(facts={"injuries": {"at_least": 5, "at_most": 3}}), DUTY, "", ""),
    ("bad_value", reported, Update(facts={"capacity": "enough"}), DUTY, "", ""),
    ("unknown_class", reported, Update(event_class="flood"), DUTY, "", ""),
    ("deaths_fall", with_four_injured_told, Update(facts={"deaths": 1}), DUTY, "", "sure"),
    ("time_ahead", reported, Update(occurred_at=NOT_YET), DUTY, "", ""),
    ("later_needs_reason", reported, Update(occurred_at=START + span("+5m")), DUTY, "", "reason"),
    ("nothing_to_correct", reported, Correct(facts={"injuries": 4}), DUTY, "", ""),
    ("no_conflict", reported, Resolve(fact="injuries", use="sum"), DUTY, "", ""),
    ("cannot_sum", with_two_sources, Resolve(fact="special_followup", use="sum"), DUTY, "", ""),
    ("unknown_source", with_two_sources, Resolve(fact="ill", use="报社"), DUTY, "", ""),
    ("already_verified", with_four_injured_told, Verify(), DUTY, "", ""),
    # judgements
    ("unknown_event_level", reported, Determine(level="潜在"), DUTY, "", ""),
    ("not_yours_to_determine", reported, Determine(level="较大"), SCHOOL, "4.1.1", ""),
    ("already_determined", with_four_injured_told, Determine(level="一般"), DUTY, "4.1.1", ""),
    ("unknown_judgement", reported, Judge(clause="9.9"), DUTY, "", ""),
    ("not_yours_to_judge", reported, Judge(clause="4.3.1(2)"), DUTY, "4.3.1(2)", ""),
    ("already_judged", proposed, Judge(clause="4.3.3(1)"), DUTY, "4.3.3(1)", ""),
    # levels
    ("unknown_level", reported, Declare(level="Ⅳ"), COMMANDER, "", ""),
    ("level_missing", reported, RecordOral(of="commander", decides="declare"), DUTY, "", ""),
    ("unknown_role", reported, RecordOral(of="mayor", decides="end"), DUTY, "", ""),
    ("unknown_decision", reported, RecordOral(of="commander", decides="sleep"), DUTY, "", ""),
    (
        "time_ahead",
        reported,
        RecordOral(of="commander", decides="declare", level="Ⅰ", spoken_at=NOT_YET),
        DUTY,
        "",
        "",
    ),
    ("already_declared", declared, Declare(level="Ⅲ"), DIRECTOR, "4.3.3", ""),
    ("not_yours_to_declare", reported, Declare(level="Ⅰ"), DUTY, "4.3.1", ""),
    ("reason_for_other_level", proposed, Declare(level="Ⅱ"), DEPUTY, "4.3.2", "reason"),
    ("unknown_unit", reported, Declare(level="Ⅲ", units=("外星联络处",)), DIRECTOR, "", ""),
    ("no_proposal", reported, DeclineProposal(), DIRECTOR, "", ""),
    ("not_yours_to_decide", proposed, DeclineProposal(), DUTY, "4.3.3", ""),
    ("nothing_to_sign", declared, Sign(), DIRECTOR, "", ""),
    ("not_yours_to_end", declared, End(), DUTY, "4.5", ""),
    ("reason_to_end_without_response", reported, End(), DUTY, "", "reason"),
    # units
    ("unknown_answer", declared, Acknowledge(status="也许"), liaison("区应急管理局"), "", ""),
    ("not_called", reported, Acknowledge(), liaison(FIRE), "", ""),
    ("not_called", reported, Acknowledge(unit=FIRE), DUTY, "", ""),
    ("already_called", declared, CallMore(units=("区应急管理局",)), DUTY, "", ""),
    ("unknown_unit", declared, CallMore(units=("某局",)), DUTY, "", ""),
    ("not_running", reported, CallMore(units=(FIRE,)), DUTY, "", ""),
    ("staff_only", declared, CallMore(units=(FIRE,)), liaison(FIRE), "", ""),
    ("not_your_unit", declared, Acknowledge(unit="区应急管理局"), liaison(FIRE), "", ""),
    # reports
    ("report_missing", reported, File(), DUTY, "", ""),
    ("time_ahead", reported, File(report="首报", called_at=NOT_YET), DUTY, "", ""),
    ("called_before_occurrence", reported, File(report="首报", called_at=LONG_AGO), DUTY, "", ""),
    ("unknown_obligation", reported, File(obligation="no-such"), DUTY, "", ""),
    ("unknown_recipient", reported, File(report="首报", to=("联合国",)), DUTY, "", ""),
    ("wrong_channel", reported, File(obligation="first-phone", channel="书面"), DUTY, "4.1.2", ""),
    ("already_filed", late, File(obligation="first-phone"), DUTY, "4.1.2", ""),
    ("already_filed_to", late, File(report="首报", channel="电话", to=("市委",)), DUTY, "", ""),
    ("document_to_file", response_ended, File(report="善后方案"), DUTY, "5.1", ""),
    ("nobody_owed", reported, File(report="捷报"), DUTY, "", ""),
    ("which_obligation", owing, File(report="信息发布"), DUTY, "3 信息发布", ""),
    ("time_ahead", reported, RequestVerification(recipient="市委", requested_at=NOT_YET), DUTY, "", ""),
    ("unknown_recipient", reported, RequestVerification(recipient="联合国"), DUTY, "", ""),
    ("plan_has_no_verification", lambda: Life(LINAN).report("+10m"), RequestVerification(), DUTY, "", ""),
    ("unknown_obligation", reported, Waive(obligation="no-such", reason="没有"), DUTY, "", ""),
    ("already_filed", late, Waive(obligation="first-phone", reason="已报"), DUTY, "4.1.2", ""),
    ("reason_to_waive", reported, Waive(obligation="first-phone", reason=" "), DUTY, "4.1.2", "reason"),
    # the case
    ("already_handled", lambda: reported(by=DUTY, source="duty"), TakeHandling(), DIRECTOR, "", ""),
    ("already_on_seat", lambda: reported(by=DUTY, source="duty"), TakeOver(), DUTY, "", ""),
    ("close_needs_end", reported, Close(), DUTY, "", ""),
    ("open_obligations", ended, Close(), DUTY, "4.1.1", ""),
    ("not_closed", reported, Reopen(reason="补充"), DUTY, "", ""),
    ("reason_to_reopen", closed, Reopen(), DUTY, "", "reason"),
    ("reason_to_reject", reported, Reject(), DUTY, "", "reason"),
    ("merge_into_itself", reported, Merge(into="incident:17", number=17), DUTY, "", ""),
    ("merge_after_declaration", declared, Merge(into="incident:18", number=18), DUTY, "4.3.3", ""),
    ("nothing_suspected", reported, DenyDuplicate(other="incident:18"), DUTY, "", ""),
    ("nothing_to_undo", reported, Undo(), DUTY, "", ""),
    ("undo_too_late", late, Undo(), DUTY, "", ""),
    # drills
    ("not_a_drill", reported, PauseDrill(), DUTY, "", ""),
    ("not_a_drill", reported, JumpDrill(), DUTY, "", ""),
    ("already_paused", paused, PauseDrill(), DUTY, "", ""),
    ("not_paused", drill, PauseDrill(paused=False), DUTY, "", ""),
    ("jump_paused", paused, JumpDrill(), DUTY, "", ""),
    ("held_by_director", paused, PauseDrill(paused=False, held=True), DUTY, "", ""),
    ("unknown_plan", reported, ChoosePlan(plan="another-plan"), DUTY, "", ""),
    ("same_plan", reported, ChoosePlan(plan=CAMPUS.id, plan_hash="0"), DUTY, "", ""),
    ("plan_settled", declared, ChoosePlan(plan="another-plan", plan_hash="0"), DUTY, "", ""),
    ("no_deadline_ahead", drill, JumpDrill(by=span("-5m")), DUTY, "", ""),
]


@pytest.mark.parametrize(
    ("key", "make", "command", "actor", "clause", "confirm"),
    REFUSALS,
    ids=lambda value: value if isinstance(value, str) and value else type(value).__name__,
)
def test_refusal(key, make, command, actor, clause, confirm):
    life = make()
    before = life.incident
    refusal = life.refuse(command, actor)
    assert (refusal.key, refusal.clause, refusal.confirm) == (key, clause, confirm)
    assert life.incident is before, "a refused command changes nothing"


def test_no_incident():
    found = decide(CAMPUS, None, Verify(), DUTY, now=START)
    assert isinstance(found, Refusal)
    assert found.key == "no_incident"


def test_every_answer_is_already_given():
    life = declared()
    life.do(Acknowledge(status="已出发"), liaison("区应急管理局"))
    for status in ("收到", "已出发"):
        refusal = life.refuse(Acknowledge(status=status), liaison("区应急管理局"))
        assert (refusal.key, refusal.params["status"]) == ("already_answered", "已出发")


ENDING = ("unknown_condition", "condition_confirmed", "nobody_assesses", "assessors_missing")
"""Refused in test_end_conditions."""

RELEASING = (
    "already_drafted", "medium_missing", "not_yours_to_approve", "not_yours_to_release", "reason_to_send_back",
    "release_above", "release_not_above",
    "release_empty", "release_needs_level", "release_not_approved", "release_outdated", "release_own_figures",
    "release_settled", "release_unnamed", "release_unverified", "release_without_approval",
)  # fmt: skip
"""Refused in test_releasing."""


OF_ARRIVALS = ("arrival_when", "arrivals_asked", "arrivals_unasked")
"""See test_arrivals."""

AT_THE_SCENE = (
    "site_stands", "site_commander_missing", "not_yours_to_name", "site_not_set_up", "site_to_whom", "site_before",
    "site_not_asked", "site_reason",
)  # fmt: skip
"""Refused in test_on_site."""

AID = (
    "not_yours_to_ask_aid", "aid_to_whom", "aid_for_what", "aid_too_long", "aid_stands", "aid_unknown_answer",
    "no_such_aid", "aid_which", "aid_settled", "aid_before", "aid_not_demanded", "aid_reason",
)  # fmt: skip
"""Refused in test_aid."""

SKIPPING = ("no_skipping", "skip_to_whom", "skip_is_owed", "skipped_already")
"""Refused in test_skipping."""

SUBMITTING = (
    "line_over", "not_to_cross", "already_submitted", "nothing_to_cross", "reporter_reads_nothing", "question_missing",
    "went_round",
)  # fmt: skip
"""Refused in test_submitting."""

RAISING = (
    "no_raising", "not_yours_to_judge_raising", "raising_not_stated", "raising_judged", "nothing_to_raise",
)  # fmt: skip
"""Refused in test_raising."""


def test_every_key_in_the_source_is_refused_in_a_test():
    """Some have tables of their own: test_authority, test_office, test_second_reading, handlers/test_confirming."""
    keys = set()
    folder = pathlib.Path(plans.core.__file__).parents[1]
    for path in (*folder.glob("core/*.py"), *folder.glob("incident/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                value = next(item.value for item in node.keywords if item.arg == "key")
                found = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                keys |= {ast.literal_eval(item) for item in found}
    assert keys == {row[0] for row in REFUSALS} | {
        "no_incident", "already_answered", "already_agreed", "no_authority_that_way", "drill_by_office", "oral_by_duty",
        "undo_not_yours", "changed_since", "reading_settled", *RELEASING, *OF_ARRIVALS,
        *AT_THE_SCENE, *AID, *SKIPPING, *SUBMITTING, *RAISING, *ENDING,
    }  # fmt: skip


def test_what_is_left_open_is_listed():
    refusal = ended().refuse(Close(), DUTY)
    assert {item["report"] for item in refusal.params["open"]} == {"首报", "终报"}
    assert any(item["possible"] for item in refusal.params["open"])
    assert all(item["to"] for item in refusal.params["open"])


def test_who_may_is_said_with_the_titles_of_the_plan():
    assert reported().refuse(Declare(level="Ⅰ"), DUTY).who == ("commander",)
    assert reported().refuse(Judge(clause="4.3.1(2)"), DUTY).who == ("commander", "deputy")
    assert reported().refuse(Verify(), SCHOOL).who == ("duty",)
