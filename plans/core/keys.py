"""What a button acts on or a notice hangs on, and to whom a notice goes: made and parsed here, and nowhere else.

Both are text when they are stored (``call:消防大队:2``, ``role:director``): what stands in databases stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class _Named(str):
    """``kind`` alone, or ``kind:of``."""

    __slots__ = ()

    @classmethod
    def make(cls, kind: str, of: object = "") -> Self:
        """Return the key of one thing of a kind."""
        return cls(f"{kind}:{of}" if of != "" else kind)

    @property
    def kind(self) -> str:
        """What it is."""
        return self.partition(":")[0]

    @property
    def of(self) -> str:
        """Which one; empty where a case has one only."""
        return self.partition(":")[2]


class Key(_Named):
    """An object of a case: of a button, with a revision (``plans.core.revisions``), or the guard of a notice."""

    __slots__ = ()


class Audience(_Named):
    """To whom: ``seat``, ``group`` (the command group), ``origin``, ``reporter``, or one of those made below."""

    __slots__ = ()


NOTHING = Key("")
"""No guard: worth sending in any case."""

# --- of the case as a whole

CASE = Key("incident")
"""The case, for a button that only reads or leads on to a preview: it has no revision."""

RECORD = Key("record")
"""The case as its log has it, for a button that reads it also when it is closed."""

STANDING = Key("standing")
"""What a decision rests on."""

REPORT = Key("report")
"""That, with every word and picture."""

FACTS, CLASS, ANSWERS = Key("facts"), Key("class"), Key("answers")
PLAN, DETERMINATION, HANDLING, COURSE = Key("plan"), Key("determination"), Key("handling"), Key("course")

CONDITIONS = Key("conditions")
"""The conditions of the end, confirmed one by one."""

UNHANDLED = Key("unhandled")
"""Guard: while nobody has taken the report."""

RINGING = Key("ringing")
"""Guard: while the response runs, a request to ring units is worth sending."""

ARRIVALS = Key("arrivals")
"""Whether units are asked when they arrive; open while somebody who was named to the seat is waited for."""

WHOM = Key("whom")
"""Guard: while the class is not known that says which units are called."""


RAISING = Key("raising")
"""Whether the level is raised for what the event is."""

SITE = Key("site")
"""Who commands at the scene."""

AID = Key("aid")
"""Whom help has still to be asked of, since the level demands it."""

# --- of one thing of many


def aid_of(sequence: int | str) -> Key:
    """Return the key of the call for help with that number in the log."""
    return Key.make("aid", sequence)


def aid_to(recipient: str) -> Key:
    """Return the key of asking somebody for help."""
    return Key.make("aid_to", recipient)


def fact(name: str) -> Key:
    """Return the key of what is said of a fact."""
    return Key.make("fact", name)


def figure(key: str) -> Key:
    """Return the key of a figure of which somebody has to choose how it is meant."""
    return Key.make("figure", key)


def element(name: str) -> Key:
    """Return the key of something that the report lacks."""
    return Key.make("element", name)


def question(fact: str) -> Key:
    """Return the guard of the question that would decide."""
    return Key.make("question", fact)


def conflict(fact: str) -> Key:
    """Return the guard of the question between sources."""
    return Key.make("conflict", fact)


def reading(sequence: int | str) -> Key:
    """Return the guard of the question which of two readings of a message is right, by its number in the log."""
    return Key.make("reading", sequence)


def proposal(sequence: int | str) -> Key:
    """Return the key of the proposal of that number in the log."""
    return Key.make("proposal", sequence)


def doubt(sequence: int | str) -> Key:
    """Return the key of the word that was overtaken by the event of that number."""
    return Key.make("doubt", sequence)


def edit(sequence: int | str) -> Key:
    """Return the key of the edited message that was noted with that number."""
    return Key.make("edit", sequence)


def decision(sequence: int | str) -> Key:
    """Return the key of the spoken decision of that number, for its signature."""
    return Key.make("decision", sequence)


def statement(sequence: int | str) -> Key:
    """Return the key of a statement for the public that was drafted with that number in the log."""
    return Key.make("statement", sequence)


def duplicate(stream: str) -> Key:
    """Return the key of the question whether another case is the same."""
    return Key.make("duplicate", stream)


def unit(name: str) -> Key:
    """Return the key of what a unit was asked and answered, whatever the round."""
    return Key.make("unit", name)


def body(name: str) -> Key:
    """Return the key of which body a placeholder is."""
    return Key.make("body", name)


def obligation(instance: str) -> Key:
    """Return the key of an obligation instance."""
    return Key.make("obligation", instance)


def owed(instance: str, recipient: str) -> Key:
    """Return the key of what one recipient has still to hear of an instance."""
    return Key.make("owed", f"{instance}|{recipient}")


def asked(instance: str, recipient: str) -> Key:
    """Return the key of what one recipient has asked for since an instance arose."""
    return Key.make("asked", f"{instance}|{recipient}")


def submission(sequence: int | str) -> Key:
    """Return the guard of a report that went up by a reporting line, by its number in the log."""
    return Key.make("submission", sequence)


def crossing(instance: str) -> Key:
    """Return the key of what would cross by a reporting line for an instance."""
    return Key.make("crossing", instance)


def pair(key: str) -> tuple[str, str]:
    """Return instance and recipient of what ``owed`` or ``asked`` made, or of what stands behind their colon."""
    instance, _, recipient = key.removeprefix("owed:").removeprefix("asked:").rpartition("|")
    return instance, recipient


def call(unit: str, number: int | str) -> Key:
    """Return the key of the call to a unit in a round."""
    return Key.make("call", f"{unit}:{number}")


def is_call(key: str) -> bool:
    """Return whether a key is that of a call."""
    return key.startswith("call:")


def called(key: str) -> tuple[str, str]:
    """Return unit and round of what ``call`` made, or of what stands behind its ``call:``."""
    name, _, number = key.removeprefix("call:").rpartition(":")
    return name, number


def calls(units: Iterable[str], number: int | str) -> Key:
    """Return the key of the calls to several units in a round, for one person who answers for all of them."""
    return Key.make("calls", f"{'|'.join(units)}:{number}")


def calls_in(key: str) -> tuple[tuple[str, str], ...]:
    """Return units, each with its round, of what ``call`` or ``calls`` made; nothing of any other key."""
    kind, _, rest = key.partition(":")
    names, _, number = rest.rpartition(":")
    if kind == "call":
        return ((names, number),)
    return tuple((name, number) for name in names.split("|")) if kind == "calls" else ()


def arrival(*units: str) -> Key:
    """Return the guard of the question whether a unit has arrived, or several that one person answers for."""
    return Key.make("arrival", "|".join(units))


def each_of(key: str) -> tuple[str, ...]:
    """Return what a key about several units stands for, one unit each; any other stands for itself."""
    kind, _, rest = key.partition(":")
    if kind == "calls":
        return tuple(call(*item) for item in calls_in(key))
    return tuple(arrival(unit) for unit in rest.split("|")) if kind == "arrival" else (key,)


# --- of a warning

WARNING = Key("warning")
"""The warning, for a button that only reads or leads on to a preview."""

PROPOSED = Key("proposed")
"""What waits to be issued, passed on or dismissed."""

STAGE = Key("stage")
"""What is in force."""

EXPIRY = Key("expiry")
"""Guard: while its time is nearly over, or over, and nobody has said what comes after it."""

SILENT = Key("silent")
"""Guard: while somebody who was woken has not answered."""


def waking(recipient: str) -> Key:
    """Return the key of what somebody is woken for by a warning (叫应)."""
    return Key.make("waking", recipient)


def waking_at(recipient: str, stage: int) -> Key:
    """Return the guard of a message that wakes somebody for one stage of a warning."""
    return Key.make("waking", f"{recipient}:{stage}")


def woken(key: str) -> tuple[str, int]:
    """Return recipient and stage of what ``waking_at`` made."""
    recipient, _, stage = key.removeprefix("waking:").rpartition(":")
    return recipient, int(stage)


# --- of a hand-over

HANDOVER = Key("handover")
"""The hand-over, for a button that only reads."""

PAGE = Key("page")
"""The page of all that was open, with what was added to it."""


def signing(side: str) -> Key:
    """Return the key of the name of one side under a hand-over."""
    return Key.make("sign", side)


# --- of what lies at the duty desk and goes to people

DRAFT = Key("draft")
"""What is written and chosen, and has not gone out."""

PAPER = Key("paper")
"""The case as it is on record, for a button that only reads or leads on to a preview."""


def told(round: int | str) -> Key:
    """Return the key of what was said to everybody, by how often it was said: each correction says it anew."""
    return Key.make("told", round)


def recipient(name: str) -> Key:
    """Return the key of one of those whom it went to, as ``Audience`` names them."""
    return Key.make("recipient", name)


# --- of an entry of the duty log

ENTRY = Key("entry")
"""The entry, for a button that only reads or leads on to a question."""

READ = Key("read")
"""What was read of an entry: who called, when, by when something is wanted."""

REPLY = Key("reply")
"""What an entry waits for."""

# --- of a spot check


def on_duty(person: str) -> Key:
    """Return the key of the question to one person whether he is there."""
    return Key.make("on_duty", person)


# --- of a drill that is played by a script


def drill_item(number: int) -> Key:
    """Return the key of an item that is still to be played, by its number."""
    return Key.make("drill_item", number)


def drill_look(number: int) -> Key:
    """Return the key of what those who evaluate look for, by its number."""
    return Key.make("drill_look", number)


def drill_finding(finding: str) -> Key:
    """Return the key of what a drill found wanting, while it is no instruction yet."""
    return Key.make("drill_finding", finding)


def drill_course(state: str) -> Key:
    """Return the key of the drill's course while it stands so: ready, running, held."""
    return Key.make("drill_course", state)


# --- to whom

SEAT, GROUP, ORIGIN, REPORTER = Audience("seat"), Audience("group"), Audience("origin"), Audience("reporter")


def to_role(role: str) -> Audience:
    """Return whoever holds a role of the plan."""
    return Audience.make("role", role)


def to_unit(unit: str) -> Audience:
    """Return those who answer for a unit."""
    return Audience.make("unit", unit)


def to_head(unit: str) -> Audience:
    """Return the head of a unit."""
    return Audience.make("head", unit)


def to_person(person: str) -> Audience:
    """Return one person by our id."""
    return Audience.make("person", person)
