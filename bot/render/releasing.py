"""Statements for the public: drafted from what is confirmed, laid before whoever decides, and what became of them."""

from __future__ import annotations

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Message
from bot.render.registry import renders, settles
from bot.render.text import Text, fill, quote, written, written_block
from bot.render.times import at
from bot.render.values import figures_to_show, label, told_figures
from bot.render.view import View
from bot.texts import releasing as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.publishing import ReleasePublished
from plans.incident.records_beside import Statement
from plans.incident.release_waiting import ReleaseSubmitted
from plans.incident.releasing import PUBLIC, public_instances, releasable, rule_of


def statement_text(view: View, addition: str = "") -> str:
    """Return the statement as it stands now: what happened, the confirmed figures, the response."""
    figures = releasable(view.incident)
    level = view.incident.response_level
    addition = written(addition, 300).rstrip("。")
    return t.STATEMENT.format(
        time=at(view.incident.occurred_at, view.now),
        place=naming.place(view),
        nature=naming.class_name(view) if view.incident.event_class else t.STATEMENT_NATURE,
        response=t.STATEMENT_RESPONSE.format(level=level) if level and view.incident.state == "responding" else "",
        now=at(view.now, view.now),
        figures=told_figures(view, figures) if figures else t.NO_FIGURES,
        addition=f"{addition}。" if addition else "",
    )


def preview_release(view: View, addition: str = "", publisher: str = "") -> Message:
    """Return the draft with its publisher and clause, and a button for each thing that it may be for."""
    rule = rule_of(view.plan, view.incident.event_level)
    text = statement_text(view, addition)
    above = rule is not None and rule.above
    if rule is None:
        who = t.WHO.format(publisher=written(publisher, 30)) if publisher else t.WHO_UNNAMED
    else:
        who = t.WHO_ABOVE.format(publisher=rule.above) if above else t.WHO.format(publisher=rule.by)
    left = [name for name in figures_to_show(view) if name in PUBLIC and name not in releasable(view.incident)]
    known = [name for name in left if view.incident.claims.get(name)]
    body = fill(
        t.PREVIEW,
        number=naming.number(view),
        who=who,
        citation=cite(rule.clause, rule.reading) if rule is not None else "",
        approval=t.APPROVAL.format(approval=rule.approval) if rule is not None and rule.approval else "",
        left_out=t.LEFT_OUT.format(names=w.LIST.join(label(view, name) for name in known)) if known else "",
        text=quote(text),
        above=written(rule.text, 120) if rule is not None and rule.text else "",
    )
    args = {"text": text, "addition": addition, "publisher": publisher}
    presses: list[Press] = []
    items = {item.instance.key: item for item in duties.owed(view)}
    for instance in public_instances(view.plan, view.incident):
        item = items.get(instance.key)
        if item is not None:
            name = f"{instance.report}（{duties.due(view, item)}）"
            presses.append(
                press("release_draft", "release_for", "standing", **args, obligation=instance.key, name=name)
            )
    if not presses:
        presses.append(press("release_draft", "release_draft", "standing", **args))
    return framed(view, body, (*presses, press("back", "back")))


def preview_publish(view: View, number: int, of: str = "", *, choose: bool = False) -> Message:
    """Return what would go out: by one's own word, or by that of a role which the duty officer notes.

    Args:
        of: the role that said so on the telephone.
        choose: ask first which role that was.
    """
    statement = view.incident.statements[number]
    guard = keys.statement(number)
    rule = rule_of(view.plan, view.incident.event_level)
    if choose:
        presses = [
            press("release_preview", "release_by", release=number, of=role, title=view.plan.roles[role].title)
            for role in (rule.roles if rule is not None else ())
        ]
        return framed(view, fill(t.WHOSE), (*presses, press("back", "back")))
    word = t.WORD_ORAL.format(role=naming.role(view.plan, of)) if of else ""
    body = fill(
        t.CONFIRM, citation=cite(statement.clause), publisher=statement.publisher, word=word, text=_text(statement)
    )
    presses = [
        press("release_publish", "release_medium", guard, release=number, of=of, medium=name) for name in t.MEDIA
    ]
    return framed(view, body, (*presses, press("back", "back")))


def _text(statement: Statement) -> Text:
    return quote(written_block(statement.text))


def _statement(notice: Notice, view: View) -> Statement:
    return view.incident.statements[int(notice.params["sequence"])]


@renders("release_approval")
def approval(notice: Notice, view: View) -> Text:
    """Whoever must approve reads the text; of a body outside the seat is asked to ring it."""
    statement = _statement(notice, view)
    template = t.ASK_OUTSIDE if notice.to.kind == "seat" else t.ASK_APPROVAL
    return fill(
        template,
        number=naming.number(view),
        approval=statement.approval,
        citation=cite(statement.clause),
        text=_text(statement),
    )


@renders("release_ready")
def ready(notice: Notice, view: View) -> Text:
    """Whoever may publish reads the text."""
    statement = _statement(notice, view)
    approved = ""
    if statement.approved:
        approved = t.APPROVED_BY.format(
            approval=statement.approval,
            name=written(statement.approved_by, 16),
            time=at(statement.approved_at, view.now),
        )
    return fill(
        t.READY,
        number=naming.number(view),
        citation=cite(statement.clause),
        publisher=statement.publisher,
        approved=approved,
        text=_text(statement),
    )


@renders("release_submit")
def submit(notice: Notice, view: View) -> Text:
    """Another body publishes: the text is sent to it."""
    statement = _statement(notice, view)
    return fill(
        t.SUBMIT,
        number=naming.number(view),
        citation=cite(statement.clause),
        publisher=statement.publisher,
        text=_text(statement),
    )


@renders("release_returned")
def returned(notice: Notice, view: View) -> Text:
    """The draft was sent back."""
    statement = _statement(notice, view)
    return fill(
        t.RETURNED,
        number=naming.number(view),
        citation=cite(statement.clause),
        approval=statement.approval,
        reason=written(statement.reason, 120),
    )


@renders("release_published")
def published(notice: Notice, view: View) -> Text:
    """It went out."""
    statement = _statement(notice, view)
    role = naming.role(view.plan, statement.role) if statement.role in view.plan.roles else statement.role
    return fill(
        t.PUBLISHED,
        number=naming.number(view),
        citation=cite(statement.clause),
        time=at(statement.published_at, view.now),
        medium=written(statement.medium, 20),
        publisher=statement.publisher,
        word=t.WORD.format(role=role) if statement.role in view.plan.roles else "",
        text=_text(statement),
    )


def release_lines(view: View) -> list[str]:
    """Return the statements for the record, each with its clause; drafts that were replaced are left out."""
    return [
        t.EXPORT_LINE.format(
            time=at(item.published_at or item.at, view.now),
            status=t.STATUSES[item.status],
            publisher=item.publisher,
            citation=cite(item.clause),
            medium=f"，{written(item.medium, 20)}" if item.medium else "",
            text=written(item.text, 400),
        )
        for item in view.incident.statements.values()
        if item.status != "replaced"
    ]


def outdated(view: View, statement: Statement) -> bool:
    """Whether figures or who publishes are others than when it was drafted, so that it cannot go out any more."""
    rule = rule_of(view.plan, view.incident.event_level)
    other = rule is not None and (rule.above or rule.by) != statement.publisher
    return statement.figures != releasable(view.incident) or other


def _state(view: View, statement: Statement) -> str:
    """Return where a statement stands: for a draft what it waits for."""
    if statement.status != "draft":
        return t.STATUSES[statement.status]
    if outdated(view, statement):
        return t.WAITS_ANEW
    if statement.approval and not statement.approved:
        return t.WAITS_APPROVAL.format(approval=statement.approval)
    rule = rule_of(view.plan, view.incident.event_level)
    if rule is not None and rule.above:
        return t.WAITS_SUBMISSION.format(publisher=rule.above)
    return t.STATUSES["draft"]


def _status(view: View, statement: Statement) -> Text:
    return fill(
        t.STATUS_LINE,
        status=_state(view, statement),
        time=at(statement.published_at or statement.at, view.now),
        medium=f" {written(statement.medium, 20)}" if statement.medium else "",
        citation=cite(statement.clause),
    )


def _last(view: View) -> Statement | None:
    return next(reversed(view.incident.statements.values()), None)


def lines(view: View) -> list[Text]:
    """Return where the last statement stands, in one line."""
    statement = _last(view)
    return [_status(view, statement)] if statement is not None else []


def todo(view: View) -> list[Text]:
    """Return the last statement as long as something is to be done about it."""
    statement = _last(view)
    waits = statement is not None and statement.status in ("draft", "returned") and view.incident.open
    return [_status(view, statement)] if statement is not None and waits else []


@renders("release_again")
def again(notice: Notice, view: View) -> Text:
    """A draft waits: for what, since when, and that it must be drafted anew where the figures are others now."""
    statement = _statement(notice, view)
    return fill(
        t.AGAIN,
        number=naming.number(view),
        state=_state(view, statement),
        citation=cite(statement.clause),
        time=at(statement.waits_since, view.now),
        how=t.AGAIN_ANEW if outdated(view, statement) else "",
        text=_text(statement),
    )


@settles(ReleaseSubmitted, "statement")
def _submitted_before(view: View, of: str, event: ReleaseSubmitted) -> str:
    return t.OUTRUN_SUBMITTED if str(event.release) == of else ""


@settles(ReleasePublished, "statement")
def _published_before(view: View, of: str, event: ReleasePublished) -> str:
    return t.OUTRUN_PUBLISHED if str(event.release) == of else ""
