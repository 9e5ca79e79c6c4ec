"""Who people are: the question, the answer, one's own page, the administrator's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.texts import identity as t
from plans.identity import NotSaid, Who

MOST = 10
"""People on one page of an administrator's."""


class Known(NamedTuple):
    """Somebody as an administrator sees him."""

    id: str
    name: str
    role: str


def who_is(who: Who) -> str:
    """Return who somebody is in words, for himself and for administrators: 赵敏（区应急管理局，0356-2250777）."""
    parts = t.PARTS.join(written(part, 40) for part in (who.office, who.phone) if part)
    name = written(who.name, 40)
    return t.IS.format(name=name, parts=parts) if parts else name


def asked_again(problem: NotSaid, ask: str = t.ASK) -> Message:
    """Say what could not be read, and ask again."""
    return Message(t.ASK_AGAIN.format(fault=t.FAULTS[problem.fault], ask=ask))


def asked() -> Message:
    """Ask somebody who he is."""
    return Message(t.ASK)


def asks(text: str) -> bool:
    """Return whether a message is one of those that ask who somebody is."""
    return t.HEAD in text


def asked_of(name: str, role: str) -> Message:
    """Ask an administrator who somebody is."""
    return Message(t.ASK_OF.format(name=written(name, 40), role=written(role, 40)))


def asked_once() -> Message:
    """Ask somebody who is there already who he is."""
    return Message(t.ASKED_ONCE.format(ask=t.ASK))


def invited(who: Who, role: str, plan: str, digest: str) -> Message:
    """Ask whoever opened an invitation whether he is the one whom it names; the phone is his own business."""
    args = {"digest": digest, "name": who.name, "office": who.office}
    keys = (
        Key(t.IT_IS_ME, press("invited_me", "", "people", **args)),
        Key(t.NOT_ME, press("invited_not_me", "", "people", **args)),
    )
    text = t.INVITED.format(who=who_is(who._replace(phone="")), role=role, plan=plan)
    return Message(text, (), (keys,))


def mine(who: Who | None, name: str, waiting: Who | None) -> Message:
    """Return one's own page.

    Args:
        who: None where it is not confirmed. name: what is shown instead. waiting: what an administrator is asked about.
    """
    lines = [t.MINE.format(who=who_is(who)) if who is not None else t.MINE_NOT.format(name=written(name, 40))]
    if waiting is not None:
        lines.append(t.MINE_WAITS.format(who=who_is(waiting)))
    label = t.CORRECT if who is not None else t.FILL_IN
    return Message("\n".join(lines), (), ((Key(label, press("name_mine", "", "people")),),))


def mine_line(who: Who | None, name: str) -> str:
    """Return the line about one's name under 我的身份."""
    return t.MINE.format(who=who_is(who)) if who is not None else t.MINE_NOT.format(name=written(name, 40))


def overview(place: str, confirmed: int, count: int, people: Sequence[Known]) -> Message:
    """Return who of a jurisdiction is not confirmed, each with the button that asks an administrator who it is.

    Args:
        count: how many they are. people: the first of them.
    """
    if not people:
        return Message(t.OVERVIEW_GOOD.format(place=place, confirmed=confirmed))
    lines = [t.OVERVIEW.format(place=place, confirmed=confirmed, count=count)]
    lines += [
        t.LINE.format(number=number, name=written(item.name, 40), role=written(item.role, 40))
        for number, item in enumerate(people[:MOST], 1)
    ]
    if count > MOST:
        lines.append(t.MORE.format(count=count - MOST))
    return Message("\n".join(lines), (), _buttons(t.CONFIRM_ONE, people))


def with_claim(name: str, claimed: Sequence[str]) -> str:
    """Return somebody's name with the last one that he says is his and that waits to be confirmed."""
    return t.CLAIMED.format(name=name, claimed=claimed[-1]) if claimed else name


def found(given: str, count: int, people: Sequence[Known], *, own: bool = False) -> Message:
    """Return those whom an administrator looked for, each with the button that corrects.

    Args:
        count: how many they are. people: the first of them. own: what he wrote might be meant of himself.
    """
    if not people:
        return Message(t.FOUND_NONE.format(given=written(given, 40)))
    lines = [
        t.FOUND.format(number=number, who=written(item.name, 90), role=written(item.role, 40) or t.NO_ROLE)
        for number, item in enumerate(people[:MOST], 1)
    ]
    if count > MOST:
        lines.append(t.FOUND_MORE.format(count=count - MOST))
    if own:
        lines.append(t.FOUND_OWN)
    return Message("\n".join(lines), (), _buttons(t.CORRECT_ONE, people))


def _buttons(label: str, people: Sequence[Known]) -> tuple[tuple[Key, ...], ...]:
    keys = [
        Key(label.format(number=number), press("name_edit", "", "people", person=item.id))
        for number, item in enumerate(people[:MOST], 1)
    ]
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


def claimant(who: Who, telegram: str) -> str:
    """Return who it is that claims something: as he says, and as Telegram calls him."""
    name = written(telegram, 40)
    if not who.name:
        return t.CLAIM_UNNAMED.format(telegram=name)
    return t.CLAIM_WHO.format(who=who_is(who), telegram=name)


def namesake(who: Who) -> str:
    """Return the word about another who was confirmed under the same name."""
    return t.NAMESAKE.format(who=who_is(who._replace(phone="")))


def confirmed_as(who: Who) -> str:
    """Return the word about who an account belongs to by what was confirmed, where it says otherwise now."""
    return t.CONFIRMED_AS.format(who=who_is(who._replace(phone="")))


def by_invitation(people: Sequence[tuple[Who, str]]) -> Message:
    """Tell administrators who was confirmed by an invitation, as he said himself; each with his Telegram name."""
    lines = [
        t.BY_INVITATION_LINE.format(who=who_is(who), telegram=written(telegram, 40)) for who, telegram in people[:MOST]
    ]
    if len(people) > MOST:
        lines.append(t.MORE.format(count=len(people) - MOST))
    return Message(t.BY_INVITATION.format(count=len(people), lines="\n".join(lines)))
