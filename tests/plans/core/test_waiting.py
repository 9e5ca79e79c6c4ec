"""What may ring at night and what waits till 07:30: every notice, by its key, with the reason; a new one fails by name.

``python -m tests.plans.core.test_waiting`` prints the table.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

import bot
import handlers
import plans
from bot.render.cases import WORDS
from bot.render.notices import KEYS
from plans.core.kind import AHEAD
from plans.core.notice import declared, type_of
from plans.core.policy import MORNING
from plans.duty.chasing import ASKED_DAILY, BEFORE_END
from plans.times import BEIJING
from plans.times.night import is_night

NOW, WAITS, PRESSES, DAY, SILENT = "now", "waits", "presses", "day", "silent"
"""It rings at night; it is held till the morning; it rings at night only where its case presses (加急, soon due, within
an incident, red or orange); its clock says it by day alone; it never rings."""

RESPONSE = "somebody must act on a running incident"
LEGAL = "a plan's deadline runs"

TABLE: dict[str, tuple[str, str]] = {
    # incidents: what somebody must do
    "duty_ring": (NOW, "a report that nobody has taken"), "ring_yourself": (NOW, "nobody took it: the telephone"),
    "which_body": (NOW, "whom the report names decides who is called"),
    "reminder": (NOW, LEGAL), "reminder_possible": (NOW, LEGAL), "raised": (NOW, LEGAL), "level_late": (NOW, LEGAL),
    "due_moved": (NOW, LEGAL), "followup_due": (NOW, LEGAL), "correction_due": (NOW, LEGAL),
    "verification": (NOW, "half an hour to verify"),
    "death_unconfirmed": (NOW, "a death makes clocks strict"), "figure_asked": (NOW, "a death that is not sure"),
    "overtaken": (NOW, "the level may be higher than was determined"), "overtaken_again": (NOW, "the same, unanswered"),
    "call": (NOW, RESPONSE), "call_again": (NOW, RESPONSE), "whom_to_call": (NOW, RESPONSE),
    "ring_units": (NOW, RESPONSE), "unit_cannot": (NOW, "another must go"), "call_back": (NOW, "somebody waits"),
    "arrival_asked": (NOW, RESPONSE), "arrivals_waited_for": (NOW, RESPONSE), "aid_again": (NOW, RESPONSE),
    "proposal": (NOW, "only he may decide"), "proposal_again": (NOW, "the same, unanswered"),
    "proposal_widened": (NOW, "he may decide too"), "wake_decider": (NOW, "who decides must be rung"),
    "ring_decider": (NOW, "who decides must be rung"), "agreed": (NOW, "what was decided must be carried out"),
    "announcement": (NOW, "a response level rises"), "release_approval": (NOW, "the public waits"),
    "release_ready": (NOW, "the public waits"),
    "release_again": (NOW, "the public waits"),
    "submission_failed": (NOW, LEGAL), "submission_unanswered": (NOW, LEGAL),
    "superior_said": (NOW, "a superior asks, and no clock says so"),
    # warnings
    "warning_taken": (NOW, "it is not passed on yet"), "warning_taken_again": (PRESSES, "by its colour"),
    "warning_which_plan": (NOW, "it is not passed on yet"), "warning_which_plan_again": (PRESSES, "by its colour"),
    "warning_call": (NOW, "who is in its area must know"), "warning_call_again": (NOW, "the same, unanswered"),
    "warning_ring_list": (PRESSES, "by its colour"), "warning_expiry": (PRESSES, "by its colour"),
    "warning_over": (PRESSES, "by its colour"), "warning_card": (NOW, "it is issued, or is graver"),
    "warning_nobody": (NOW, "nobody heard of it"),
    # the desk
    "entry_due": (NOW, "somebody waits for an answer by then"), "entry_over": (NOW, "it is over; again by day"),
    "desk_told": (PRESSES, "in silence at night, rings in the morning"), "desk_again": (DAY, "reminded by day"),
    "desk_again_urgent": (PRESSES, "加急"), "desk_ring_list": (PRESSES, "加急"), "desk_corrected": (PRESSES, "加急"),
    "desk_corrected_done": (PRESSES, "加急"), "desk_withdrawn": (PRESSES, "加急"), "desk_draft": (PRESSES, "加急"),
    "desk_in_your_name": (PRESSES, "加急"), "instruction_chase": (PRESSES, "加急, or soon due"),
    "instruction_overdue": (PRESSES, "加急, or soon due"), "instruction_extended": (PRESSES, "加急, or soon due"),
    "instruction_declined": (PRESSES, "加急, or soon due"), "instruction_returned": (PRESSES, "加急, or soon due"),
    "instruction_summary": (PRESSES, "加急, or soon due"), "instruction_to_tell": (PRESSES, "加急, or soon due"),
    "handover_give": (DAY, "its maker asks whether it is night"), "spotcheck_ring": (NOW, "within the office's rules"),
    "drill_inject": (NOW, "who takes part in a drill plays now"), "drill_held": (NOW, "its director is asked"),
    # duties
    "duty_digest": (DAY, "09:00"), "duty_end": (DAY, "15:00"), "duty_daily": (DAY, "16:00"),
    "duty_objected": (WAITS, "the answer to an objection"), "duty_returned": (WAITS, "it is done again by day"),
    "duty_recorded": (WAITS, "news"),
    **dict.fromkeys(
        (
            "card", "card_new", "worksheet", "receipt", "inform", "script", "question", "taken", "takeover", "conflict",
            "update", "correction", "edit", "evidence", "evidence_lost", "duplicate", "merged", "merged_reporter",
            "merged_unit", "rejected", "rejected_reporter", "rejected_unit", "reopened", "closed",
            "closed_before_tasks",
            "ended", "ended_unit", "after_end", "after_tasks", "answer_times", "declared_leader", "declined",
            "offer_declined", "proposal_withdrawn", "may_raise", "may_raise_role", "raising_judged", "level_skipped",
            "not_meant", "plan_changed", "plan_taken", "which_plan", "read_twice", "word_stands", "to_sign",
            "submission_taken",
            "silent_units", "ring_heard", "reminder_beside", "aid_asked", "aid_answered", "aid_answered_unit",
            "aid_by_unit", "aid_wanted", "who_commands", "site_set_up", "site_handed_over", "drill_paused",
            "drill_resumed", "drill_jumped", "release_submit", "release_published", "release_returned",
        ),
        (SILENT, "news of an incident, or drawn in place"),
    ),
    **dict.fromkeys(
        (
            "warning_receipt", "warning_receipt_of_several", "warning_to_sign", "warning_for_leader", "warning_lifted",
            "warning_ended", "warning_news", "warning_released",
        ),
        (SILENT, "news of a warning"),
    ),
    **dict.fromkeys(
        (
            "desk_joined", "entry_written", "entry_worded", "announcement_rests", "desk_all_received",
            "instruction_recorded",
            "instruction_released", "handover_take", "handover_word", "handover_complete", "handover_unsigned",
            "drill_begun", "drill_gone_on", "drill_live", "drill_look", "drill_next", "drill_over", "drill_ready",
            "drill_result",
            "spotcheck_table", "spotcheck_dropped", "duty_head", "duty_plan_adopted",
        ),
        (SILENT, "news of the desk"),
    ),
}  # fmt: skip


@cache
def calls() -> tuple[tuple[set[str], str], ...]:
    """Return of every notice that the core makes its keys, as far as they stand there, and how it rings."""
    found: list[tuple[set[str], str]] = []
    for path in sorted(Path(plans.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = ".".join(("plans", *path.relative_to(Path(plans.__file__).parent).with_suffix("").parts))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                given = {item.arg: item.value for item in node.keywords if item.arg}
                if "edits" not in given and "key" in given:
                    ring = ast.unparse(given["ring"]) if "ring" in given else ""
                    found.append((set(_strings(given["key"], name)), ring))
    return tuple(found)


def _strings(node: ast.expr, module: str) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_strings(node.body, module), *_strings(node.orelse, module))
    elif isinstance(node, ast.Name) and isinstance(value := getattr(importlib.import_module(module), node.id, 0), str):
        yield value


def every() -> set[str]:
    """Return every key of a notice: of those that have words, that are declared, and that are made."""
    return {*KEYS, *(item.key for item in declared()), *(key for keys, _ in calls() for key in keys)} - {""}


def test_the_table_is_whole():
    kinds = set(WORDS)  # what words the notices of a kind is registered under the kind's name
    assert every() - kinds - TABLE.keys() == set(), "says whether it rings at night, and why"
    assert TABLE.keys() - every() == set(), "no notice is called so any more"


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_notice_rings_as_the_table_says(key: str):
    verdict, why = TABLE[key]
    assert why
    assert type_of(key).can_wait is (verdict == WAITS)
    rings = {ring for keys, ring in calls() if key in keys}
    if rings == {""}:
        assert verdict in (SILENT, WAITS), "it never rings"
    if rings and verdict == SILENT:
        assert not any(ring == "True" for ring in rings)
    if any(".ring(" in ring for ring in rings):
        assert verdict == PRESSES


def test_what_comes_by_day_alone_comes_by_day_also_when_it_is_said_early():
    for moment in (MORNING, BEFORE_END, ASKED_DAILY):
        at = datetime.combine(date(2026, 3, 2), moment, tzinfo=BEIJING)
        assert not is_night(at) and not is_night(at - AHEAD)


# --- letters of the office that are no notice of a case: where each rings, and why not only by day

OFFICE: dict[str, str] = {
    "bot/office/rescue.py": "a report could not be worked off, or nobody's clock runs",
    "bot/office/roll.py": "somebody holds a roll call now",
    "bot/office/accepting.py": "he has just opened the invitation",
    "bot/office/swap_rounds.py": "a shift is near that nobody serves; else it waits (not_before)",
    "bot/office/swap_words.py": "whom somebody asks now; else it waits (not_before)",
    "bot/office/swap_returns.py": "the answer to who asked; at night in silence",
    "bot/office/swaps.py": "the answer to who asked; at night in silence, or it waits (not_before)",
    "bot/office/delegating.py": "who may decide is another from now on",
    "bot/office/revoking.py": "who may decide is another from now on",
    "bot/office/claims.py": "somebody wants to serve now, and was asked back",
    "bot/office/plan_checks.py": "a plan cannot be read: its clocks stand",
    "bot/office/shift_words.py": "a shift is near; its moments are by day (rung_at)",
    "bot/office/absence.py": "the program was away while clocks ran",
    "bot/operations/restored.py": "the program was away while clocks ran",
    "bot/operations/checkpoints.py": "somebody changed the record; it waits for the morning",
    "bot/outgoing/undeliverable.py": "what rang has not arrived: somebody must be rung by hand",
    "bot/outgoing/notice_dispatcher.py": "as its notice", "bot/outgoing/case_dispatcher.py": "as its notice",
    "bot/outgoing/due_rows.py": "as its notices", "bot/outgoing/messages.py": "as its message",
    "bot/outgoing/cards.py": "as its row",
    "handlers/drafting.py": "the answer to who has just asked",
    "handlers/issuing.py": "the answer to who has just asked", "handlers/filing.py": "the answer to who has just asked",
    "handlers/rehearsal.py": "the answer to who has just asked",
    "handlers/submitting.py": "the answer to who has just asked",
    "bot/office/reported.py": "rings nobody here: it tells another office that the duty room is to be rung",
    "handlers/replies.py": "the answer to who has just asked",
    "handlers/membership.py": "the bot may not write in a group any more",
}  # fmt: skip


def test_every_place_that_rings_outside_of_the_core_says_why():
    found = set()
    for package in (bot, handlers):
        folder = Path(str(package.__file__)).parent
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and any(
                    item.arg == "ring" and not (isinstance(item.value, ast.Constant) and item.value.value is False)
                    for item in node.keywords
                ):
                    found.add(path.relative_to(folder.parent).as_posix())
    words = {
        "bot/render/announcements.py",
        "bot/render/instructions.py",
        "bot/sender/send_outcomes.py",
        "bot/web/api/reports.py",
    }  # no message
    assert found - words - OFFICE.keys() == set(), "says why it rings at night"
    assert OFFICE.keys() - found == set()


def table() -> str:
    """Return the table as it is read."""
    rows = [f"| `{key}` | {verdict} | {why} |" for key, (verdict, why) in sorted(TABLE.items())]
    return "\n".join(["| notice | at night | why |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(table())
