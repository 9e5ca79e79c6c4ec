"""What one audience is to be told: a key of the texts with parameters, never words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from plans.core.keys import NOTHING, Audience, Key


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A button: an action on an object, for whoever may. ``label`` is a key of the texts.

    Attributes:
        object: what it acts on (``plans.core.keys``).
        revision: of that object when the button was drawn; pressed after a change it does nothing.
    """

    action: str
    label: str
    object: str
    args: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True, slots=True)
class NoticeType:
    """What holds of every notice of a key, also of one that waits in the outbox. Declared in the topic's file.

    Attributes:
        fallback_to_group: where nobody sits on the duty seat, the command group is told; so it is of every question
            and every ring (:attr:`Notice.reaches_group`).
        escalates: it goes by a person's other channels too, and no quiet hours hold it.
        supersedes: a newer one about the same obligations takes the place of an older one that supersedes too.
        mentions: of the units in its parameters, those who answer may be mentioned.
        neutral: it tells nothing of the case, so that it may stand where others than officials read along.
        personal: it is for the holder of a role himself; for whoever acts for him only where there is none.
        asks_to_decide: whoever gets it is asked to decide.
        rings_deciders: it asks to ring those who decide; one of them who is asked himself does not get it besides.
        reminds: whoever holds several roles is reminded once of the same obligations.
        repeats: key of the notice that says the same for the first time: one person gets one of the two.
        merges_as: those of one command for one audience are one message, under this key.
        draws: it is the case's live message: a new one takes the place of the old, which is stamped and drawn no more.
        stamps: once its object is settled it is headed with what became of it, where its words know a line for that.
        pictured: a picture of the case goes behind its words, in official places.
        joins_as: those of several cases for one private chat are one message.
        can_wait: nobody is rung for it at night: it comes in the morning, with all else that waited for it.
        joins_units: those about several units for one private chat are one message, that names them.
        one_each: whoever stands for several of those it goes to gets it once, and answers for all of them.
        on_key: what a key means that is pressed when it is said on the telephone: ``answer`` (收到, as the button),
            ``heard`` (somebody of the seat knows of it, and has not taken it), ``decide`` (nothing: a decision is made
            by a person with a name, on Telegram or by word to the seat).
    """

    key: str
    fallback_to_group: bool = False
    escalates: bool = False
    supersedes: bool = False
    mentions: bool = False
    neutral: bool = False
    personal: bool = False
    asks_to_decide: bool = False
    rings_deciders: bool = False
    reminds: bool = False
    repeats: str = ""
    draws: bool = False
    stamps: bool = False
    merges_as: str = ""
    pictured: bool = False
    joins_as: str = ""
    joins_units: bool = False
    one_each: bool = False
    can_wait: bool = False
    on_key: Literal["", "answer", "heard", "decide"] = ""


_TYPES: dict[str, NoticeType] = {}


def declare(*types: NoticeType) -> None:
    """Declare what holds of notices; each key once."""
    for item in types:
        if item.key in _TYPES:
            raise ValueError(f"the notice “{item.key}” is declared twice")
        _TYPES[item.key] = item


def repeating() -> frozenset[str]:
    """Return the keys of the notices that say again what another has said."""
    return frozenset(item.key for item in _TYPES.values() if item.repeats)


def type_of(key: str) -> NoticeType:
    """Return what holds of every notice of a key; of one that was not declared nothing does."""
    return _TYPES.get(key) or _undeclared(key)


_undeclared = lru_cache(NoticeType)


def declared() -> tuple[NoticeType, ...]:
    """Return every declared notice."""
    return tuple(_TYPES.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to tell one audience.

    Attributes:
        kind: as in the timeline of ``tocsin simulate``.
        key: of the text, and of its :class:`NoticeType`.
        to: to whom (``plans.core.keys``).
        guard: the object without which it is no longer worth sending.
        obligations: keys of the instances that it speaks of; it is worth sending while one of them is open.
        edits: it changes a card or worksheet in place and sends nothing new.
        pin: it is pinned, loudly at Ⅰ or Ⅱ, until another takes its place or the case is over.
    """

    kind: str
    key: str
    to: Audience
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 2
    ring: bool = False
    guard: Key = NOTHING
    obligations: tuple[str, ...] = ()
    buttons: tuple[Press, ...] = ()
    edits: bool = False
    pin: bool = False

    @property
    def reaches_group(self) -> bool:
        """Whether the command group gets it where nobody sits on the duty seat, so that no question is lost."""
        return self.type.fallback_to_group or self.kind == "asked" or self.ring

    @property
    def type(self) -> NoticeType:
        """What holds of every notice of its key."""
        return type_of(self.key)


def buttons(*presses: tuple[str, str, Key, dict[str, Any]]) -> tuple[Press, ...]:
    """Return buttons from (action, label, object, arguments)."""
    return tuple(Press(action=action, label=label, object=target, args=args) for action, label, target, args in presses)


def notice_as_data(notice: Notice) -> dict[str, Any]:
    """Return a notice as plain JSON, to be said later."""
    return {
        "kind": notice.kind, "key": notice.key, "to": notice.to, "params": dict(notice.params),
        "priority": notice.priority, "ring": notice.ring, "guard": notice.guard,
        "obligations": list(notice.obligations),
        "buttons": [
            {"action": item.action, "label": item.label, "object": item.object, "args": dict(item.args)}
            for item in notice.buttons
        ],
    }  # fmt: skip


def notice_of_data(data: Mapping[str, Any]) -> Notice:
    """Return the notice again; lists are tuples there."""
    presses = (Press(**{**item, "args": _read(item["args"])}) for item in data["buttons"])
    return Notice(
        kind=data["kind"], key=data["key"], to=Audience(data["to"]), params=_read(data["params"]),
        priority=data["priority"], ring=data["ring"], guard=Key(data["guard"]),
        obligations=tuple(data["obligations"]), buttons=tuple(presses),
    )  # fmt: skip


def _read(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in params.items()}
