"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.buttons import Act
from handlers.pressed import calling, completing, deciding, filing, knowing

READS = ("incident",)
"""On what a button acts that only shows something."""

ACTIONS: dict[str, Act] = {
    "handle": Act(knowing.handle, ("handling",)),
    "choose_plan": Act(knowing.choose_plan, ("plan",), knowing.ask),
    "judge": Act(knowing.judge, ("fact", "doubt"), knowing.ask),
    "determine": Act(knowing.determine, ("doubt",), knowing.ask),
    "set_class": Act(knowing.set_class, ("class",), knowing.ask),
    "adopt_edit": Act(knowing.adopt_edit, ("edit",), knowing.ask),
    "drop_edit": Act(knowing.drop_edit, ("edit",), knowing.ask),
    "complete": Act(completing.complete, READS),
    "answer": Act(completing.answer, ("element",), completing.renew),
    "answer_class": Act(completing.answer_class, ("class",), completing.renew),
    "undo_answer": Act(completing.undo_answer, ("answers",), completing.renew),
    "unsure": Act(knowing.unsure, READS),
    "resolve": Act(knowing.resolve, ("fact",), knowing.ask),
    "confirm_deaths": Act(knowing.confirm_deaths, ("fact",), knowing.ask),
    "deny_deaths": Act(knowing.deny_deaths, ("fact",), knowing.ask),
    "sure": Act(knowing.sure, ("facts",), knowing.ask_sure),
    "merge": Act(knowing.merge, ("duplicate",), knowing.ask),
    "not_same": Act(knowing.not_same, ("duplicate",), knowing.ask),
    "correct_report": Act(knowing.correct_report, READS),
    "pause_drills": Act(knowing.pause_drills, READS),
    "declare_preview": Act(deciding.declare_preview, (*READS, "proposal")),
    "change_units": Act(deciding.change_units, READS),
    "toggle_unit": Act(deciding.toggle_unit, READS),
    "declare": Act(deciding.declare, ("standing",), deciding.declare_preview),
    "decline": Act(deciding.decline, ("proposal",), deciding.ask_decline),
    "oral_start": Act(deciding.oral_start, ("proposal",)),
    "oral_preview": Act(deciding.oral_preview, READS),
    "oral": Act(deciding.oral, ("standing",), deciding.oral_preview),
    "end_preview": Act(deciding.end_preview, READS),
    "end": Act(deciding.end, ("standing",), deciding.end_preview),
    "back": Act(deciding.back, READS),
    "sign": Act(deciding.sign, ("decision",)),
    "ack": Act(calling.ack, ("call",)),
    "unit_unheard": Act(calling.unheard, ("call",)),
    "call_unit": Act(calling.call_more, ("unit",)),
    "name_body": Act(calling.name_body, ("body",)),
    "undo": Act(calling.undo, ("call",)),
    "file": Act(filing.file, ("owed",), filing.renew),
    "ring_failed": Act(filing.ring_failed, ("owed", "proposal"), filing.renew),
    "request": Act(filing.request, ("owed",), filing.renew),
    "script": Act(filing.script, ("obligation",)),
    "filing": Act(filing.script, ("obligation",)),
    "write": Act(filing.write, ("obligation",)),
    "close": Act(filing.close, ("course",)),
}
