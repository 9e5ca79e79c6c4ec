"""Lives of cases: ten true messages one after another, and whether what the case then shows is ever false.

A world is counted; each message tells of an event in it, of its state, of an earlier mistake, or of nothing that
matters. The case takes each message in with what it knew. What it asks is answered with the truth, or left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from plans.intake import SURE, After, after, read
from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.events import EVENTS, World
from tests.plans.intake.composed.truth import Fault, written
from tests.plans.intake.composed.updating import CATEGORIES
from tests.plans.intake.saying import NOW

MESSAGES = 10
_ASKED_AS_OPEN = 0.3
"""So often a question of the reading stays without an answer."""


@dataclass(frozen=True)
class Message:
    """One message of a life.

    Args:
        kind: the event that it tells of.
        truth: what is so once it is sent, fact -> number.
    """

    text: str
    kind: str
    truth: Mapping[str, int]


@dataclass(frozen=True)
class Step:
    """One message as the case took it in.

    Args:
        known: what the case knew when it came.
        open: facts of which it had asked and nobody had answered.
        missed: facts that the message changed and that are left as they were.
    """

    message: Message
    known: Mapping[str, object]
    open: frozenset[str]
    now: Mapping[str, After]
    faults: tuple[Fault, ...]
    missed: frozenset[str]


@dataclass(frozen=True)
class Life:
    """Messages of one case from its opening."""

    scene: words.Scene
    start: Mapping[str, int]
    messages: tuple[Message, ...]
    answers: int

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages)

    def steps(self) -> Iterator[Step]:
        """Take the messages in, one after another."""
        random = Random(self.answers)
        known: dict[str, object] = dict(self.start)
        truth: Mapping[str, int] = self.start
        unanswered: set[str] = set()
        for message in self.messages:
            before, was_open = dict(known), frozenset(unanswered)
            now = after(read(message.text, now=NOW), known, CATEGORIES[self.scene.name])
            changed = {fact for fact in message.truth if message.truth[fact] != truth[fact]}
            faults, missed = [], set[str]()
            for fact, shown in now.items():
                right = message.truth.get(fact)
                if _asks(shown):
                    if random.random() < _ASKED_AS_OPEN or right is None:
                        unanswered.add(fact)
                    else:
                        known[fact] = right
                        unanswered.discard(fact)
                    continue
                if shown.change == "same":
                    if fact in changed and fact not in unanswered:
                        missed.add(fact)
                    continue
                if fact in unanswered and shown.change != "set":
                    known[fact] = {"at_least": shown.at_least, "at_most": shown.at_most}
                    continue  # what it rests on is asked about
                unanswered.discard(fact)
                low, high = shown.at_least or 0, shown.at_most
                if right is None or low > right or (high is not None and high < right):
                    faults.append(Fault(fact, "wrong" if fact in changed else "invented", written(low, high)))
                elif _falls(before.get(fact), shown):
                    faults.append(Fault(fact, "wrong", written(low, high) + " unasked"))
                known[fact] = {"at_least": shown.at_least, "at_most": shown.at_most}
            # what was not read is not known to be so; a reader of the case sees the message
            unanswered |= missed | {fact for fact in changed if fact not in now}
            yield Step(message, before, was_open, now, tuple(faults), frozenset(missed))
            if faults:
                return
            truth = message.truth

    def fault(self) -> str:
        """The first message that makes the case show what is false, for a person; empty where none does."""
        for step in self.steps():
            if step.faults:
                told = ", ".join(f"{fault.verdict} {fault.fact} = {fault.shown}" for fault in step.faults)
                known = ", ".join(f"{fact} {_plain(value)}" for fact, value in step.known.items())
                truth = ", ".join(f"{fact} {value}" for fact, value in step.message.truth.items())
                head = f"[{step.message.kind}, {self.scene.name}] {step.message.text!r}"
                return f"{head}\n    knew: {known}; open {sorted(step.open)}\n    truth: {truth}\n    shows: {told}"
        return ""


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return written(value["at_least"], value["at_most"])
    return value


def _falls(old: object, new: After) -> bool:
    low = old["at_least"] if isinstance(old, dict) else old
    return isinstance(low, int | float) and new.at_most is not None and new.at_most < low


def _asks(shown: After) -> bool:
    return shown.asks or shown.unknown or shown.confidence < SURE


_SAFE = tuple(found for found in words.DISTRACTIONS if not any(word in found for word in words.FREED))
_SPEAKERS = ("[10:20] 老周：{t}", "老周 10:20\n{t}", "值班室：{t}", "[10:20] 老周：{t}\n[10:21] 王主任：收到")


def _dressed(random: Random, text: str) -> str:
    """With what people write around it: other sentences, other numbers, who sent it."""
    choice = random.random()
    if choice < 0.35:
        table = random.choice((words.FILLERS, words.FILLERS, words.NUMBERED_FILLERS, words.IDIOMS, _SAFE))
        other = random.choice(table).replace("{n}", str(random.randint(2, 40)) + "人")
        mark = "。" if table in (_SAFE, words.NUMBERED_FILLERS) else random.choice("，。")
        text = random.choice((f"{other}{mark}{text}", f"{text}{mark}{other}"))
    elif choice < 0.4:
        text = random.choice(_SPEAKERS).replace("{t}", text)
    elif choice < 0.45:
        text = random.choice(
            ("报告：{t}", "续报：{t}", "【续报】{t}", "更新一下，{t}", "领导，{t}", "刚核实，{t}")
        ).replace("{t}", text)
    return text


def compose_life(random: Random) -> Life:
    """A case with what was known first, and ten messages."""
    scene = random.choice(words.SCENES)
    world = World(scene, random)
    for fact in scene.facts:
        if fact != "endangered":
            world.counts[fact] = random.choice((0, 0, 1, 2, 3, 5, 9))
    if "serious_injuries" in world.counts:
        whole = world.weak
        world.counts[whole] = max(world.counts.get(whole, 0), world.counts["serious_injuries"] + random.randint(0, 5))
    start = dict(world.counts)
    messages: list[Message] = []
    while len(messages) < MESSAGES:
        event = random.choice(EVENTS)
        before = dict(world.counts)
        said = event(world)
        if said is None:
            world.counts = before
            continue
        text = _dressed(random, said[0])
        messages.append(Message(text, event.__name__.strip("_"), dict(world.counts)))
    return Life(scene, start, tuple(messages), random.randrange(10**9))
