"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.buttons import Action
from handlers.pressed import calling, deciding, filing, knowing

ACTIONS: dict[str, Action] = {
    "handle": knowing.handle,
    "judge": knowing.judge,
    "unsure": knowing.unsure,
    "resolve": knowing.resolve,
    "confirm_deaths": knowing.confirm_deaths,
    "deny_deaths": knowing.deny_deaths,
    "sure": knowing.sure,
    "merge": knowing.merge,
    "not_same": knowing.not_same,
    "correct_report": knowing.correct_report,
    "pause_drills": knowing.pause_drills,
    "declare_preview": deciding.declare_preview,
    "change_units": deciding.change_units,
    "toggle_unit": deciding.toggle_unit,
    "declare": deciding.declare,
    "decline": deciding.decline,
    "oral_start": deciding.oral_start,
    "oral_preview": deciding.oral_preview,
    "oral": deciding.oral,
    "end_preview": deciding.end_preview,
    "end": deciding.end,
    "back": deciding.back,
    "sign": deciding.sign,
    "ack": calling.ack,
    "undo": calling.undo,
    "file": filing.file,
    "ring_failed": filing.ring_failed,
    "request": filing.request,
    "script": filing.script,
    "filing": filing.script,
    "write": filing.write,
    "close": filing.close,
}
