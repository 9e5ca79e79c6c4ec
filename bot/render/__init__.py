"""Messages from keys and parameters: pure, no I/O; the words are ``bot.texts``."""

from bot.render.card import card
from bot.render.elements import completion, lacking
from bot.render.export import export
from bot.render.filing import script_message
from bot.render.help import help
from bot.render.labels import label, press, rows
from bot.render.matrix import call_table, work_groups
from bot.render.message import Entity, Key, Message, split
from bot.render.notices import render, timeline_text
from bot.render.preview import choose_units, preview_declare, preview_end, preview_oral
from bot.render.refusals import popup, render_refusal
from bot.render.report import report_message, written_report
from bot.render.report_paper import report_papers
from bot.render.review import file_name, record_paper, review, review_message
from bot.render.script import script
from bot.render.status import status, todo
from bot.render.view import View
from bot.render.worksheet import numbered_keys, worksheet

__all__ = [
    "Entity",
    "Key",
    "Message",
    "View",
    "call_table",
    "card",
    "choose_units",
    "completion",
    "export",
    "file_name",
    "help",
    "label",
    "lacking",
    "numbered_keys",
    "popup",
    "press",
    "preview_declare",
    "preview_end",
    "preview_oral",
    "record_paper",
    "render",
    "render_refusal",
    "report_message",
    "report_papers",
    "review",
    "review_message",
    "rows",
    "script",
    "script_message",
    "split",
    "status",
    "timeline_text",
    "todo",
    "work_groups",
    "worksheet",
    "written_report",
]
