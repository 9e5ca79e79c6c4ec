"""To whom something of the desk goes, in words: names, the pages on which they are picked; what both kinds say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.render import naming
from bot.render.cases import CaseView, framed_case
from bot.render.desk import called
from bot.render.labels import press
from bot.render.message import Message
from bot.render.said import Words, is_report
from bot.render.text import Text, fill, written, written_block
from bot.render.times import at
from bot.texts import recipients as t
from bot.texts import words as w
from plans.core import keys
from plans.core.keys import Audience
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.desk.addressed import DONE, WITHDRAWN, Addressed, Recipient
from plans.desk.sending import TextCorrected
from plans.times.night import is_night, morning_of

MOST_NAMES = 12
"""Names in a line; of more it is said how many there are."""

MOST_LINES = 40
"""Recipients with a line each."""

MOST_RINGS = 8
"""Numbers to ring in one message, each with two buttons."""

ON_A_PAGE = 12
"""Units to pick from in one message."""

NAMED = 2
"""Recipients whom the button names that picks them."""

MOST_TEXT = 600
"""Characters of the text where it is quoted beside other things; whoever it goes to reads all of it."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Recipients that are picked with one tap; ``name`` of ``texts.recipients.PRESETS``."""

    name: str
    recipients: tuple[str, ...]


def addressed(view: CaseView) -> Addressed:
    """Return what is shown; an error for a case that goes to nobody."""
    if not isinstance(view.case, Addressed):
        raise TypeError(f"{view.case.stream} goes to nobody")
    return view.case


def recipient_name(view: CaseView, name: str) -> str:
    """Return what a recipient is called."""
    key = Audience(name)
    if key.kind == "role":
        return naming.role(view.plan, key.of)
    unit = naming.unit_of(view.plan, key.of) if key.kind == "unit" else None
    if key.kind == "person" and not view.names.get(name):
        return t.ERASED
    return written(view.names.get(name, "") or (unit.name or unit.id if unit is not None else key.of), 24)


def names(view: CaseView, recipients: Collection[str], most: int = MOST_NAMES, *, counted: bool = False) -> str:
    """Return what recipients are called; of many the first, and how many there are unless that was ``counted``."""
    text = w.LIST.join(recipient_name(view, name) for name in islice(recipients, most))
    if len(recipients) <= most:
        return text
    return (t.ETC_ALONE if counted else t.ETC).format(names=text, count=len(recipients))


def absent_line(view: CaseView, absent: Collection[str]) -> str:
    """Return of whom it is known before it goes out that he cannot be told, in the order in which they were picked."""
    found = [name for name in addressed(view).chosen if name in absent]
    return t.ABSENT.format(count=len(found), names=names(view, found, counted=True)) if found else ""


def to_line(view: CaseView, recipients: Collection[str]) -> str:
    """Return to whom a draft goes."""
    if not recipients:
        return t.TO_NONE
    said = names(view, recipients)
    return said if len(recipients) > MOST_NAMES else t.TO.format(count=len(recipients), names=said)


def shown(state: Addressed) -> frozenset[str]:
    """Return whose names texts about it may show, as the others are only counted."""
    silent = [item.key for item in islice(state.silent(), MOST_LINES)]
    rung = [item.key for item in islice(to_ring(state), MOST_RINGS)]
    return frozenset({*silent, *rung, *islice(state.told, MOST_LINES), *state.chosen[:MOST_LINES]})


def to_ring(state: Addressed) -> list[Recipient]:
    """Return who is to be rung by telephone."""
    return [item for item in state.silent() if item.listed_at is not None]


def quoted(view: CaseView) -> str:
    """Return the text as it is quoted beside other things."""
    return written_block(addressed(view).text, MOST_TEXT)


def urgent(view: CaseView) -> str:
    """Return the mark of what cannot wait."""
    return t.URGENT if addressed(view).urgent else ""


def files(view: CaseView, *, below: bool = False) -> str:
    """Return how many pictures and files go with it; ``below``: they stand behind the message."""
    count = len(addressed(view).enclosures)
    return (t.FILES_BELOW if below else t.FILES).format(count=count) if count else ""


def handed_over(view: CaseView, notice: Notice, said: Text, what: str) -> Text:
    """Return what somebody hears for the first time who has come to stand for recipients since it went out."""
    recipients = [str(name) for name in notice.params["recipients"]]
    return Text(t.JOINED.format(names=names(view, recipients), what=what)) + "\n" + said


def rings(view: CaseView) -> str:
    """Return how it will arrive when it is sent now, where that is not plain: at night."""
    state = addressed(view)
    if not is_night(view.now):
        return ""
    return t.NIGHT_RINGS if state.presses else t.NIGHT_QUIET.format(morning=at(morning_of(view.now), view.now))


# --- picking


def picking(view: CaseView, units: Sequence[str], presets: Sequence[Preset], page: int, command: str) -> Message:
    """Return the page on which recipients are picked: presets, then units, each a tap.

    Args:
        units: all that may be picked one by one. command: by which others are named in words.
    """
    state = addressed(view)
    pages = max(1, -(-len(units) // ON_A_PAGE))
    page %= pages
    text = fill(t.PICK_HEAD, called=called(state), text=quoted(view), to=to_line(view, state.chosen))
    end = t.PICK_END.format(command=command, number=state.number)
    presses = []
    if state.chosen:
        presses.append(press("desk_preview", "desk_preview", keys.DRAFT))
    for item in presets:
        if item.recipients and item.recipients != state.chosen:
            first = list(item.recipients[:NAMED])
            presses.append(
                press(
                    "desk_preset", "desk_preset", keys.DRAFT, preset=item.name, count=len(item.recipients),
                    first=first, page=page,
                )
            )  # fmt: skip
    if state.chosen:
        presses.append(press("desk_preset", "desk_preset", keys.DRAFT, preset="none", count=0, first=[], page=page))
    for name in units[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        presses.append(press("desk_pick", "desk_toggle", keys.DRAFT, recipient=name, page=page))
    if pages > 1:
        presses.append(press("desk_pick", "desk_other_page", keys.DRAFT, recipient="", page=page + 1))
    presses.append(press("desk_discard", "desk_discard", keys.DRAFT))
    where = "\n" + t.PAGES.format(page=page + 1, pages=pages) if pages > 1 else ""
    return framed_case(view, text + "\n" + end + where, presses)


def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button that is made from its arguments; empty for another."""
    if item.label == "desk_toggle":
        name, chosen = str(item.args["recipient"]), addressed(view).chosen
        return (t.PICKED if name in chosen else t.UNPICKED).format(name=recipient_name(view, name))
    if item.label == "desk_preset":
        return _preset_label(item, view)
    if item.label in ("desk_way", "desk_reason", "desk_due"):
        return str(item.args["words"])
    if item.label == "desk_of":
        return recipient_name(view, str(item.args["recipient"]))
    return ""


def _preset_label(item: Press, view: CaseView) -> str:
    """Return what is picked with one tap, and who that is: 原文点到的：区教育局."""
    name, count = str(item.args["preset"]), int(item.args["count"])
    what, first = t.PRESETS_NAMED.get(name), [str(of) for of in item.args.get("first", ())]
    if what is None or not first:
        return t.PRESETS[name].format(count=count)
    template = t.PRESET_ONE if count == 1 else t.PRESET_FEW if count <= NAMED else t.PRESET_MANY
    named = first if count <= NAMED else first[:1]
    return template.format(what=what, count=count, names=w.LIST.join(recipient_name(view, of) for of in named))


# --- what is said of both kinds alike


def common(notice: Notice, view: CaseView, by: str = "", due: str = "") -> Text | None:
    """Return the words of a notice that both kinds say alike; None for another.

    Args:
        by, due: whose word it is, and by when it is wanted: what takes the place of another says all of it.
    """
    state = addressed(view)
    match notice.key:
        case "desk_corrected":
            return fill(t.CORRECTED, called=called(state), text=written_block(state.text, 3000), by=by, due=due)
        case "desk_corrected_done":
            stands = t.CORRECTED_STANDS[str(notice.params.get("status", "done"))]
            text = written_block(state.text, 3000)
            return fill(t.CORRECTED_DONE, called=called(state), text=text, stands=stands, by=by, due=due)
        case "desk_withdrawn":
            reason = written(str(notice.params["reason"]), 60)
            return fill(
                t.WITHDRAWN, called=called(state), reason=t.WITHDRAWN_WHY.format(reason=reason) if reason else ""
            )
        case "desk_draft":
            return fill(t.DRAFT_LEFT, called=called(state), text=quoted(view), to=to_line(view, state.chosen))
    return None


def stamp(case: CaseState, done: str) -> str:
    """Return what heads a message that is settled, or says what holds no more; ``done``: when it is over."""
    corrected = isinstance(case.events[-1].event, TextCorrected)
    return t.STAMP_CORRECTED if corrected else {WITHDRAWN: t.STAMP_WITHDRAWN, DONE: done}.get(case.state, "")


def discarded(view: CaseView) -> Message:
    """Return that a draft was not sent."""
    return framed_case(view, fill(t.DRAFT_GONE, called=called(view.case)))


def withdrawing(view: CaseView, reason: str = "") -> Message:
    """Ask whether it is to be taken back, for that reason."""
    state = addressed(view)
    why = t.WITHDRAWN_WHY.format(reason=written(reason, 60)) if reason else ""
    text = fill(t.WITHDRAW_ASK, called=called(state), text=quoted(view), count=len(state.told), reason=why)
    target = keys.told(state.round)
    return framed_case(
        view, text,
        [
            press("desk_withdraw_sure", "desk_withdraw_sure", target, reason=reason),
            press("desk_page", "desk_back", keys.PAPER),
        ],
    )  # fmt: skip


def perhaps_report(view: CaseView, said: Words) -> Message:
    """Say that words which tell of an event are a draft alone, and offer to report them."""
    text = fill(t.PERHAPS_REPORT, called=called(view.case))
    return framed_case(view, text, [is_report(keys.PAPER, said, "desk_is_report")])
