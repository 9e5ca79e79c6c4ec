"""The call to one recipient of a warning (叫应), and the list of whom to ring by telephone."""

from __future__ import annotations

from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView, framed_case
from bot.render.labels import press
from bot.render.message import Message
from bot.render.text import Text, fill, written_block
from bot.render.times import span
from bot.render.warning_pieces import issuer, number, period, recipient_name, the_warning, title
from bot.texts import warning as t
from bot.texts import words as w
from bot.texts.voice import CALL_BACK_WANTED
from plans.core import keys
from plans.core.notice import Notice


def nobody(notice: Notice, view: CaseView) -> Text:
    """Say to the office that nobody of the area is called."""
    stage = the_warning(view).stage
    act = t.ACTS[stage.act] if stage is not None else ""
    return fill(t.NOBODY, number=number(view), title=title(the_warning(view).content), act=act)


def _of_stage(view: CaseView) -> dict[str, str]:
    content = the_warning(view).content
    return {
        "title": title(content), "issuer": issuer(content, view.plan, the_warning(view).stage),
        "span": period(content, view.now), "areas": pieces.areas(content),
    }  # fmt: skip


def call(notice: Notice, view: CaseView) -> Text:
    """Call one recipient (叫应), the first time or again."""
    warning = the_warning(view)
    stage = warning.stage
    if notice.key == "warning_call_again" or stage is None:
        return fill(t.CALL_AGAIN, **_of_stage(view))
    first = view.policy.pauses_of_colour(warning.content.colour)[0]
    return fill(
        t.CALL, act=t.ACTS[stage.act], text=written_block(stage.content.text, 400),
        ladder=t.LADDER.format(span=span(first)), **_of_stage(view),
    )  # fmt: skip


def news(notice: Notice, view: CaseView) -> Text:
    """Tell a later stage of what was answered already, or a member who reads it."""
    stage = the_warning(view).stage
    waking = str(notice.params["recipient"]) in the_warning(view).waking
    act = t.ACTS[stage.act] if stage is not None else ""
    return fill(t.NEWS, act=act, note=t.NEWS_NOTE if waking else t.MEMBER_NOTE, **_of_stage(view))


def released(notice: Notice, view: CaseView) -> Text:
    """Say to whoever is not concerned any more that nothing is asked of him."""
    return fill(t.RELEASED, title=title(the_warning(view).content))


def listed(notice: Notice, view: CaseView) -> Text:
    """Return whom to ring."""
    return ring_list_text(view)


def ring_list_text(view: CaseView) -> Text:
    """Return whom to ring, with numbers and what to read out; those who answered since are gone from it."""
    warning = the_warning(view)
    waiting = pieces.to_ring(warning)
    lines = [
        t.RING_LINE.format(
            name=recipient_name(view, item.recipient), number=view.numbers.get(item.recipient, "") or w.NO_NUMBER,
            tried=(CALL_BACK_WANTED if item.wants_person else "")
            + (t.TRIED.format(count=item.tried) if item.tried else ""),
        )
        for item in waiting[:pieces.MOST_RINGS]
    ]  # fmt: skip
    if len(waiting) > pieces.MOST_RINGS:
        lines.append(t.RING_MORE.format(count=len(waiting) - pieces.MOST_RINGS))
    values = _of_stage(view)
    script = t.RING_SCRIPT.format(
        office=view.plan.office, title=values["title"], span=values["span"], areas=values["areas"]
    )
    return fill(t.RING_LIST, title=values["title"], count=len(waiting), lines="\n".join(lines), script=script)


def ring_list(view: CaseView) -> Message:
    """Return the same with two buttons for each: got through, nobody answered."""
    presses = []
    for item in pieces.to_ring(the_warning(view))[: pieces.MOST_RINGS]:
        target = keys.waking(item.recipient)
        presses.append(press("warning_rung", "warning_rung", target, recipient=item.recipient))
        presses.append(press("warning_in_vain", "warning_in_vain", target, recipient=item.recipient))
    return framed_case(view, ring_list_text(view), presses)
