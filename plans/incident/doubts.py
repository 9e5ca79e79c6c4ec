"""Words of persons that worse facts overtake: asked for anew at once, and again while nobody gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.classify.reach import classes_of, matched_level
from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Audience, Key, to_role
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.registry import applies, asks, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.figures import values_of
from plans.incident.records_decided import Doubt
from plans.incident.revisions import running
from plans.incident.state import EVENT_LEVEL, KIND, Incident
from plans.model import BELOW
from plans.overtaken import Overtaken, feared_rises, levels_of, overtaken

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class WordOvertaken(Event, name="word-overtaken"):
    """Worse facts have overtaken what a person determined or judged: it is asked for anew.

    Attributes:
        subject: ``event_level``, or the fact that was judged.
        held: what was given; None = 暂时无法判明.
        reached: the event level that the facts reach by all that was said; empty where no table grades them.
        surely: the level above ``held`` that they reach whatever is unknown or not confirmed, else empty.
        beyond: the event levels above ``held`` that are possible now, lowest first.
        because: clause and figures of the table, to be read aloud.
        unverified: only what nobody has chosen yet, a saying most of all, is beyond it.
    """

    subject: str
    held: str | None
    reached: str = ""
    surely: str = ""
    beyond: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WordAskedAgain(Event, name="word-asked-again"):
    """Nobody has given the word anew: the duty seat, and these roles, were asked again."""

    subject: str
    ordinal: int
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WordStands(Event, name="word-stands"):
    """The facts that had overtaken a person's word were wrong: it holds again."""

    subject: str


# --- what may happen


def doubt(case: Case) -> None:
    """Record which words are overtaken now, and which stand again because the facts were wrong."""
    overtaken_words = {item.subject: item for item in overtaken(case.plan, case.incident)}
    for subject in [name for name in case.incident.doubts if name not in overtaken_words]:
        case.record(WordStands(subject=subject))
    for subject, item in overtaken_words.items():
        open_doubt = case.incident.doubts.get(subject)
        if open_doubt is None or _worse(case, open_doubt, item):
            case.record(
                WordOvertaken(
                    subject=subject,
                    held=item.held,
                    reached=item.reached,
                    surely=item.surely,
                    beyond=item.beyond,
                    because=_because(case, item),
                    unverified=item.unverified,
                )
            )


def _worse(case: Case, open_doubt: Doubt, item: Overtaken) -> bool:
    """Whether an open question must ring once more: a higher level is reached, a saying has become a figure, more died.

    Other figures that rise meanwhile stand in what is asked again anyway.
    """
    order = ("", BELOW, *case.plan.event_levels)
    if order.index(item.reached) > order.index(open_doubt.reached) or order.index(item.surely) > order.index(
        open_doubt.surely
    ):
        return True
    if open_doubt.unverified and not item.unverified:
        return True
    return not item.reached and bool(feared_rises(open_doubt.basis, case.incident.basis, ("deaths",)))


def _because(case: Case, item: Overtaken) -> tuple[str, ...]:
    """Return the rows of the level that is reached, with the figures that reach it."""
    if item.subject != EVENT_LEVEL or not item.reached or item.reached == BELOW:
        return ()
    basis = case.incident.basis
    classes = classes_of(case.plan, basis.event_class, basis.candidates)
    return matched_level(case.plan, values_of(basis), item.reached, classes, basis.raised)


# --- what it does to the incident


@applies(WordOvertaken)
def _on_overtaken(incident: Incident, event: WordOvertaken, item: Recorded) -> None:
    earlier = incident.doubts.get(event.subject)
    incident.doubts[event.subject] = Doubt(
        subject=event.subject,
        sequence=item.sequence,
        held=event.held,
        reached=event.reached,
        surely=event.surely,
        beyond=event.beyond,
        at=item.at,
        basis=incident.basis,
        first=earlier.first if earlier is not None else item.sequence,
        unverified=event.unverified,
    )


@applies(WordAskedAgain)
def _on_asked_again(incident: Incident, event: WordAskedAgain, item: Recorded) -> None:
    doubt = incident.doubts.get(event.subject)
    if doubt is not None:
        incident.doubts[event.subject] = replace(doubt, rung=event.ordinal, rung_at=item.at)


@applies(WordStands)
def _on_stands(incident: Incident, event: WordStands, item: Recorded) -> None:
    incident.doubts.pop(event.subject, None)


@revises(KIND, "doubt")
def _revision(incident: Incident, of: str) -> int | None:
    if not any(str(item.sequence) == of for item in incident.doubts.values()):
        return None
    return running("facts", "determination")(incident, of)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    yield from (keys.doubt(item.sequence) for item in incident.doubts.values())


# --- who is told


declare(NoticeType("overtaken_again", repeats="overtaken", joins_as="due"))


@tells(WordOvertaken)
def _tell_overtaken(event: WordOvertaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    doubt = context.after.doubts.get(event.subject)
    if doubt is not None and doubt.sequence == item.sequence:
        yield _asked("overtaken", doubt, context, SEAT, because=event.because)


@tells(WordAskedAgain)
def _tell_asked_again(event: WordAskedAgain, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    doubt = context.after.doubts.get(event.subject)
    for step in event.audience if doubt is not None else ():
        if doubt is not None:
            to = SEAT if step == SEAT else to_role(step)
            yield _asked("overtaken_again", doubt, context, to, ordinal=event.ordinal)


def _asked(
    key: str, doubt: Doubt, context: NoticeContext, to: Audience, *, because: tuple[str, ...] = (), ordinal: int = 0
) -> Notice:
    guard = keys.doubt(doubt.sequence)
    possible = tuple(item.key for item in context.after.open_instances if item.possible and item.by_office)
    return Notice(
        kind="escalation" if ordinal else "asked",
        key=key,
        to=to,
        priority=1,
        ring=True,
        guard=guard,
        params={"subject": doubt.subject, "because": because, "ordinal": ordinal, "possible": possible},
        buttons=_answers(doubt, context, guard),
    )


def _answers(doubt: Doubt, context: NoticeContext, guard: Key) -> tuple[Press, ...]:
    """Return the higher levels that the facts allow, that the word stands, and that nothing can be told yet."""
    if doubt.subject != EVENT_LEVEL:
        choices = context.plan.facts[doubt.subject].choices
        args = [{"fact": doubt.subject, "option": choice.id} for choice in choices]
        return buttons(*(("judge", f"choice:{item['option']}", guard, item) for item in args))
    levels = doubt.beyond if doubt.held is not None else levels_of(context.plan, context.after)
    presses = [("determine", "determine_as", guard, {"level": level}) for level in levels]
    if doubt.held is not None:
        presses.append(("determine", "determine_still", guard, {"level": doubt.held}))
        presses.append(("determine", "determine_unknown", guard, {"level": ""}))
    else:
        presses.append(("determine", "determine_unknown_still", guard, {"level": ""}))
    return buttons(*presses)


@tells(WordStands)
def _tell_stands(event: WordStands, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    earlier = context.before.doubts.get(event.subject) if context.before else None
    if earlier is not None:
        yield Notice(kind="note", key="word_stands", to=SEAT, params={"subject": event.subject, "held": earlier.held})


@asks(WordOvertaken)
def _asks_word(incident: Incident, event: WordOvertaken, item: Recorded, key: Key) -> bool:
    return key == keys.doubt(item.sequence)
