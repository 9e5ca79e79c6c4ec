"""An entry of the duty log in words: as it was understood, what it waits for, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.render.cases import CaseView, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS, MESSAGES
from bot.render.desk import called_so
from bot.render.labels import press
from bot.render.message import Message
from bot.render.said import Words, is_report
from bot.render.text import Text, fill, joined, quote, struck, written, written_block
from bot.render.times import at, day, span
from bot.texts import desk as d
from bot.texts import log as t
from bot.texts import words as w
from plans.core.keys import ENTRY, READ
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.desk.entries import offers
from plans.desk.entry_rings import BEFORE, MINUTE
from plans.desk.entry_state import KIND, WITHDRAWN, Became, Entry, Reply, Want
from plans.times import midnight

MOST_LINE = 40
"""Characters of an entry in a line of a list."""

MOST_CARD = 1200
"""Characters of an entry on its page; all of it stands in the files."""


def entry_of(view: CaseView) -> Entry:
    """Return the entry; an error for a case of another kind."""
    if not isinstance(view.case, Entry):
        raise TypeError(f"{view.case.stream} is no entry of the log")
    return view.case


# --- parts of an entry


def who(entry: Entry) -> str:
    """Return who called, as far as it is known: 市政府值班室 张."""
    parts = (written(entry.unit, 30), written(entry.caller, 20))
    return " ".join(part for part in parts if part)


def words_in_line(entry: Entry, most: int = MOST_LINE) -> str:
    """Return what an entry says in one line."""
    said = entry.what if entry.head else entry.text
    return written(said, most) or (t.NO_WORDS_LINE if entry.evidence else w.ERASED)


def mark_of(entry: Entry) -> str:
    """Return why an entry does not stand; empty where it does."""
    if entry.state == WITHDRAWN:
        return t.WITHDRAWN
    return t.CORRECTED.format(called=called_so(KIND, entry.corrected_number)) if entry.corrected_by else ""


def became(entry: Entry) -> str:
    """Return what was opened from an entry: 17号事件、指令4号."""
    return w.LIST.join(_became(item) for item in entry.became)


def _became(item: Became) -> str:
    kind = item.stream.partition(":")[0]
    mark = w.DRILL_NUMBER.format(number=item.number) if item.drill else w.NUMBER.format(number=item.number)
    return called_so(kind, item.number) if kind in d.NAMES else d.OTHERS[kind].format(number=mark)


def files_of(entry: Entry) -> str:
    """Return which files came with an entry: 照片2、语音1."""
    counted = Counter(t.FILES.get(item.partition(":")[0], t.FILES["document"]) for item in entry.evidence)
    return w.LIST.join(t.FILE_COUNT.format(kind=kind, count=count) for kind, count in counted.items())


def _wanted(want: Want, now: datetime) -> Text | str:
    what = written(want.what, 40) or t.WANTED_ANY
    said = written(want.words, 20)
    if want.at is not None:
        due = t.WANTED_DUE.format(due=at(want.at, now)) + what
        return t.WANTED.format(when="", what=due) + (t.WANTED_SAID.format(words=said) if said else "")
    if want.options:
        return fill(t.WANTED_WHICH, what=what, words=said)
    if said:
        return fill(t.WANTED_PASSED, what=what, words=said)
    return t.WANTED_OPEN.format(what=what)


def _replied(reply: Reply, now: datetime) -> str:
    by = written(reply.by_name, 20) or w.NAME_UNKNOWN
    if reply.waived:
        return t.WAIVED.format(at=at(reply.at, now), by=by)
    words = t.REPLIED_WORDS.format(words=written(reply.words, 120)) if reply.words else ""
    return t.REPLIED.format(at=at(reply.at, now), by=by, words=words)


def _rings(entry: Entry, now: datetime) -> str:
    """Return when the seat is reminded of what waits; nothing where no time is known."""
    want = entry.waits_for
    due = want.at if want is not None else None
    if due is None or due <= now:
        return ""
    moments = [moment for moment in (due - BEFORE, due) if moment > now]
    return t.RINGS.format(moments=w.LIST.join(at(moment, now) for moment in moments))


def body(view: CaseView) -> Text:
    """Return an entry with all that was understood of it; what was not said is not there."""
    entry, now = entry_of(view), view.now
    mark, by = mark_of(entry), written(entry.by_name, 20) or w.NAME_UNKNOWN
    head = {"called": called_so(KIND, entry.number), "at": at(entry.said_at, now), "by": by}
    lines: list[Text | str] = [fill(t.HEAD_STRUCK, mark=mark, **head) if mark else fill(t.HEAD, **head)]
    if entry.corrects_number:
        lines.append(t.CORRECTS.format(called=called_so(KIND, entry.corrects_number)))
    if entry.head:
        text: Text | str = t.DAY_HEAD.format(head=entry.head, what=written_block(entry.what, MOST_CARD) or w.ERASED)
        return joined([*lines, struck(text) if mark else text])
    if who(entry) or entry.way or entry.called_at is not None:
        lines.append(
            t.CALLER.format(
                way=entry.way or t.NO_WAY, who=who(entry) or w.UNSTATED,
                phone=t.PHONE.format(phone=written(entry.phone, 24)) if entry.phone and view.place_kind == "private"
                else "",
                time=t.CALLED_AT.format(time=at(entry.called_at, now)) if entry.called_at is not None else "",
            )
        )  # fmt: skip
    if entry.called_options:
        lines.append(fill(t.CALLED_WHICH))
    said = written_block(entry.text, MOST_CARD)
    if said:
        origin = t.FROM_ANOTHER if entry.forwarded else ""
        lines.append(struck(said) if mark else quote(origin + said))
    else:
        lines.append(t.NO_WORDS if entry.evidence else w.ERASED)
    if entry.evidence:
        lines.append(t.EVIDENCE.format(files=files_of(entry)))
    lines += [_replied(reply, now) for reply in entry.replies]
    if not mark:
        lines += [_wanted(want, now) for want in entry.wants[len(entry.replies) :]]
        lines.append(_rings(entry, now))
    if entry.became:
        lines.append(t.BECAME.format(names=became(entry)))
    elif entry.alarming and not mark:
        lines.append(fill(t.ALARMING))
    return joined(lines)


def page(view: CaseView, *, acts: bool) -> Message:
    """Return an entry on its page; ``acts``: with what can be done about it."""
    entry = entry_of(view)
    return framed_case(view, body(view), offers(entry) if acts and entry.stands else ())


# --- notices


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return the words of a notice about an entry."""
    entry = entry_of(view)
    if notice.key in ("entry_written", "entry_worded"):
        return body(view)
    want = entry.waits_for or Want()
    due = want.counted_from or view.now
    said = {"called": called_so(KIND, entry.number), "due": at(due, view.now), "left": _left(due, view.now)}
    if view.place_kind != "private":
        return t.IN_GROUP.format(number=entry.number, **said)
    said |= {"who": who(entry), "what": written(want.what, 40) or t.WANTED_ANY}
    if want.at is None:
        return fill(t.DUE_WHICH, words=written(want.words, 20), **said)
    return fill(t.OVER if due + MINUTE <= view.now else t.DUE, **said)


def _left(due: datetime, now: datetime) -> str:
    """Return how long it is until something is due: 还有30分钟, 到时了, 已过15分钟."""
    if due + MINUTE <= now:
        return t.LEFT_OVER.format(span=span(now - due))
    return t.LEFT.format(span=span(due - now)) if due > now else t.LEFT_NONE


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    if item.label in ("entry_due_at", "entry_called"):
        return at(datetime.fromisoformat(str(item.args["at"])), view.now)
    if item.label == "entry_answer_words":
        return str(item.args["words"])
    return LABELS[item.label]


@stamped_by(KIND)
def stamp(case: CaseState) -> str:
    """Return what heads the messages about what is settled in an entry."""
    if not isinstance(case, Entry):
        raise TypeError(f"{case.stream} is no entry of the log")
    if case.state == WITHDRAWN:
        return t.STAMP_WITHDRAWN
    if case.corrected_by:
        return t.STAMP_CORRECTED.format(called=called_so(KIND, case.corrected_number))
    if not case.replies:
        return t.STAMP_AGAIN
    last = case.replies[-1]
    said = t.STAMP_WAIVED if last.waived else t.STAMP_REPLIED
    return said.format(at=at(last.at, last.at), by=written(last.by_name, 20) or w.NAME_UNKNOWN)


# --- what is asked


def ask_due(view: CaseView, options: Sequence[datetime]) -> Message:
    """Ask by when an answer is wanted."""
    presses = [press("entry_due_at", "entry_due_at", READ, at=moment.isoformat()) for moment in options]
    return framed_case(view, t.ASK_DUE.format(called=called_so(KIND, view.case.number)), presses)


def ask_caller(view: CaseView) -> Message:
    """Ask who called."""
    return framed_case(view, t.ASK_CALLER.format(called=called_so(KIND, view.case.number)))


def ask_correction(view: CaseView) -> Message:
    """Ask for the entry as it should be; the words that stand are there to be copied."""
    entry = entry_of(view)
    said = written_block(entry.text, MOST_CARD)
    return framed_case(view, fill(t.ASK_CORRECTION, called=called_so(KIND, entry.number), text=quote(said)))


def ask_words(view: CaseView) -> Message:
    """Say that it is ticked off, and ask in which words it was answered; it can be taken back."""
    entry = entry_of(view)
    last = entry.replies[-1]
    presses = [press("entry_answer_words", "entry_answer_words", ENTRY, words=said) for said in t.ASK_WORDS_SET]
    presses.append(press("entry_undo", "entry_undo", ENTRY))
    return framed_case(
        view, t.ASK_WORDS.format(called=called_so(KIND, entry.number), at=at(last.at, view.now)), presses
    )  # fmt: skip


def perhaps_report(view: CaseView, words: Words) -> Message:
    """Ask whether words that were put down as an answer tell of an event."""
    return framed_case(view, t.PERHAPS_REPORT, [is_report(ENTRY, words)])


def said(text: str) -> Message:
    """Return a message of plain words."""
    return Message(text)


# --- lists


def about_files(place: str, first: date, last: date, now: datetime) -> Message:
    """Return what goes with the files of some days."""
    names = list(dict.fromkeys(day_name(item, now) for item in (first, last)))
    return Message(MESSAGES["log_file"].format(place=place, what=t.BETWEEN.join(names), time=at(now, now)))


def file_keys(first: date, last: date) -> list[Press]:
    """Return the buttons that give some days out as files; of a day its month too."""
    spans = [(first, last, ("log_day_docx", "log_day_xlsx") if first == last else ("log_span_docx", "log_span_xlsx"))]
    if first == last:
        month = first.replace(day=1)
        after = (month + timedelta(days=32)).replace(day=1)
        spans.append((month, after - timedelta(days=1), ("log_month_docx", "log_month_xlsx")))
    return [
        press("log_files", label, "log", first=begin.isoformat(), last=end.isoformat(), kind=label.rpartition("_")[2])
        for begin, end, labels in spans
        for label in labels
    ]


def day_name(day_: date, now: datetime) -> str:
    """Return what a day is called."""
    return day(midnight(day_), now)
