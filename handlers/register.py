"""The table of contents: which update goes to which function."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers import (
    amendments,
    binding,
    channels,
    closing,
    delegating,
    directory,
    drills,
    edits,
    facts,
    filing,
    inline,
    inviting,
    levels,
    membership,
    phones,
    reporting,
    revoking,
    roll,
    roster,
    seat,
    setup,
    status,
    strangers,
)
from handlers.buttons import Act, pressing
from handlers.commands import Handler, about_incident
from handlers.context import Context, Program, program_tools, tools_of
from handlers.pressed import ACTIONS, READS

PLAIN: dict[str, Handler] = {
    "start": inviting.start,
    "help": status.show_help,
    "report": reporting.report,
    "drill": drills.drill,
    "todo": status.show_todo,
    "who": directory.show_who,
    "plan": directory.show_clause,
    "shift": seat.takeover,
    "bind": binding.bind,
    "unbind": binding.unbind,
    "invite": inviting.invite,
    "join": inviting.join,
    "delegate": delegating.delegate,
    "me": inviting.show_me,
    "setup": setup.check,
    "roll": roll.roll,
    "channels": channels.look,
    "duty": roster.duty,
    "roster": roster.roster,
    "phone": phones.phone,
}
"""Commands that are about no incident, or open one."""

ABOUT: dict[str, Handler] = {
    "update": reporting.update_or_report,
    "correct": about_incident(facts.correct),
    "verify": about_incident(facts.verify),
    "judge": about_incident(facts.judge),
    "resolve": about_incident(facts.resolve),
    "declare": about_incident(levels.declare),
    "oral": about_incident(levels.oral),
    "end": about_incident(levels.end),
    "file": about_incident(filing.file, closed=True),
    "waive": about_incident(filing.waive),
    "request": about_incident(filing.request),
    "call": about_incident(filing.call),
    "ack": about_incident(filing.ack, choose=filing.calling_me),
    "undo": about_incident(filing.undo, choose=filing.last_of_mine),
    "close": about_incident(closing.close),
    "reopen": about_incident(closing.reopen, closed=True),
    "reject": about_incident(closing.reject),
    "merge": about_incident(closing.merge),
    "status": about_incident(status.show_status, closed=True),
    "export": about_incident(status.show_export, closed=True),
}
"""Commands about one incident: by reply, number, or the only open one."""

PRESSED: dict[str, Act] = {
    **ACTIONS,
    "open_clause": Act(directory.open_clause, (*READS, "proposal")),
    "calls": Act(status.press_calls, READS),
    "groups": Act(status.press_calls, READS),
    "amend": Act(amendments.confirm, ("directory",)),
    "amend_not": Act(amendments.dismiss, ("directory",)),
    "uninvite": Act(revoking.withdraw, ("people",)),
    "revoke": Act(revoking.ask, ("people",)),
    "revoke_now": Act(revoking.release, ("people",)),
    "roll_here": Act(roll.roll_here, ("roll",)),
    "report_kind": Act(reporting.report_kind, ("report",)),
    "report_where": Act(strangers.place, ("report",)),
    "claim": Act(inviting.claim, ("claim",)),
    "bind": Act(binding.bind_pressed, ("place",)),
    "delegate_accept": Act(delegating.accept, ("delegation",)),
    "delegate_refuse": Act(delegating.refuse, ("delegation",)),
    "delegate_back": Act(delegating.back, ("delegation",)),
    "roster": Act(roster.confirm, ("roster",)),
    "take_seat": Act(roster.sit, ("seat",)),
    "channel_test": Act(channels.test, ("channel",)),
    "channel_remove": Act(channels.remove, ("channel",)),
}
"""What buttons do."""


def register(program: Program) -> None:
    """Add every handler."""
    for handler in handlers(program_tools(program).username):
        program.add_handler(handler)
    program.add_error_handler(_remember)


def _caption(name: str, username: str) -> re.Pattern[str]:
    """Return how a command begins a caption; one that is addressed to another bot is none of ours."""
    return re.compile(rf"^/{name}(@{re.escape(username)})?(\s|$)", re.IGNORECASE)


def handlers(username: str) -> list[BaseHandler[Update, Context, object]]:
    """Return the handlers in the order in which they are asked.

    Args:
        username: of the bot, without @.
    """
    found: list[BaseHandler[Update, Context, object]] = [CallbackQueryHandler(pressing(PRESSED))]
    found.append(InlineQueryHandler(inline.answer))
    for name, function in {**PLAIN, **ABOUT}.items():
        found.append(CommandHandler(name, function, filters=filters.UpdateType.MESSAGES))
        found.append(MessageHandler(filters.CaptionRegex(_caption(name, username)), function))
    carried = filters.TEXT | filters.PHOTO | filters.VOICE | filters.VIDEO | filters.VIDEO_NOTE | filters.AUDIO
    carried |= filters.Document.ALL | filters.LOCATION
    said = carried & ~filters.COMMAND
    found.append(MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated))
    found.append(MessageHandler(filters.ChatType.PRIVATE & said & filters.UpdateType.MESSAGE, reporting.private_words))
    found.append(MessageHandler(said & filters.UpdateType.EDITED_MESSAGE, edits.edited))
    found.append(MessageHandler(filters.ChatType.PRIVATE & filters.COMMAND, status.show_help))
    found.append(
        MessageHandler(
            filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & filters.UpdateType.MESSAGE, reporting.anything_else
        )
    )
    found.append(
        MessageHandler(
            filters.ChatType.GROUPS & filters.REPLY & said & filters.UpdateType.MESSAGE, reporting.group_reply
        )
    )
    pictures = filters.PHOTO | filters.VIDEO | filters.Document.ALL | filters.AUDIO
    found.append(
        MessageHandler(
            filters.ChatType.GROUPS & pictures & ~filters.COMMAND & filters.UpdateType.MESSAGE, reporting.group_picture
        )
    )
    found.append(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    return found


async def _remember(update: object, context: Context) -> None:
    """Keep a handler's exception for the processor, which decides whether to try again."""
    if isinstance(update, Update) and context.error is not None:
        tools_of(context).updates.fail(update.update_id, context.error)
