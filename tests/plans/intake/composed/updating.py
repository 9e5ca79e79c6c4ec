"""A later text of a case: what was known, what it changes, and whether the reading changes that and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from plans.intake import SURE, After, after, read
from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.counts import Count, any_count, plain_count
from tests.plans.intake.composed.truth import Amount, Fault, Verdict, exactly, written
from tests.plans.intake.saying import NOW

How = Literal["add", "set", "less", "none", "died", "found dead", "same"]
CATEGORIES = {
    "fire": "fire", "traffic": "traffic", "collapse": "collapse", "mine": "mine_accident", "flood": "flood",
    "attack": "attack", "stampede": "stampede", "food": "food_poisoning", "gas": "gas_poisoning",
    "epidemic": "epidemic", "water": "drowning",
}  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """One thing that changes, or seems to.

    Args:
        fact: whose number it changes; empty where it changes none.
        how: add so many, set to so many, so many fewer, none left, so many of the injured died, so many
            of the missing are found dead, all stays.
        words: with ``{n}`` for the count.
        count: None where the words have no number.
        noise: it is asked, heard, of people not harmed …: the dimension it belongs to.
    """

    fact: str
    how: How
    words: str
    count: Count | None = None
    noise: str = ""

    def text(self) -> str:
        return self.words if self.count is None else self.words.replace("{n}", str(self.count))

    def smaller(self) -> Iterator[Turn]:
        if self.count is not None:
            for count in self.count.smaller():
                yield replace(self, count=count)


@dataclass(frozen=True)
class Update:
    """A text that comes after others, with what the case knew."""

    known: tuple[tuple[str, int], ...]
    scene: words.Scene
    turns: tuple[Turn, ...]
    fillers: tuple[str, ...] = ()
    join: str = "，"
    kept: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        pieces = [turn.text() for turn in self.turns]
        for at, filler in enumerate(self.fillers):
            pieces.insert(at * 2, filler)
        return self.join.join(pieces)

    @property
    def easy(self) -> bool:
        turn = self.turns[0]
        plain = turn.count is None or turn.count.plain
        return len(self.turns) == 1 and not self.fillers and plain and turn.words in _PLAIN

    def tags(self) -> set[str]:
        tags = {f"update:{turn.noise or turn.how}" for turn in self.turns}
        tags |= {f"count:{turn.count.style}" for turn in self.turns if turn.count is not None}
        return tags | ({"easy"} if self.easy else set())

    def allowed(self) -> dict[str, list[Amount]]:
        """What may be known of each fact that it changes; to leave it is never a lie."""
        before = dict(self.known)
        changed: dict[str, list[Amount]] = {}
        for turn in self.turns:
            number = None if turn.count is None else turn.count.amount
            if turn.noise or turn.how == "same":
                continue
            if turn.how == "died":
                number = number or exactly(1)
                changed["deaths"] = [exactly(before.get("deaths", 0)) + number]
                for fact in ("injuries", "serious_injuries", "ill"):
                    if fact in before:
                        changed[fact] = [_fewer(before[fact], number), exactly(before[fact])]
            elif turn.how == "found dead" and number is not None:
                changed["deaths"] = [exactly(before.get("deaths", 0)) + number]
                changed["missing"] = [_fewer(before.get("missing", 0), number)]
            elif turn.how == "none":
                changed[turn.fact] = [exactly(0)]
            elif number is not None:
                old = before.get(turn.fact)
                if turn.how == "set":
                    changed[turn.fact] = [number]
                elif turn.how == "add":
                    changed[turn.fact] = [exactly(old or 0) + number]
                    if old is None:
                        changed[turn.fact].append(Amount((0, number.least[1]), (None, None)))
                elif old is not None:
                    changed[turn.fact] = [_fewer(old, number)]
        _the_whole_grows_with_its_part(before, changed)
        return changed

    def faults(self) -> list[Fault]:
        """What the reading of it would make the case know falsely."""
        reading = read(self.text, now=NOW)
        now = after(reading, dict(self.known), CATEGORIES[self.scene.name])
        allowed = self.allowed()
        faults: list[Fault] = []
        for fact, shown in now.items():
            told = _bounds(shown)
            if _asks(shown):
                offered = [(option.at_least, option.at_most) for option in shown.readings]
                true = allowed.get(fact, [])
                if offered and true and not any(amount.true_of(*option) for amount in true for option in offered):
                    faults.append(Fault(fact, "excluded", told + "?"))
                continue
            if shown.change == "same":
                if self.easy and fact in allowed and not _holds(allowed[fact], dict(self.known).get(fact)):
                    faults.append(Fault(fact, "unread", told))
                continue
            old = dict(self.known).get(fact)
            if old is not None and shown.at_most is not None and shown.at_most < old:
                faults.append(Fault(fact, "wrong" if fact in allowed else "invented", told + " unasked"))
                continue
            fine = any(amount.true_of(shown.at_least, shown.at_most) for amount in allowed.get(fact, ()))
            if not fine and not (fact not in allowed and told == str(dict(self.known).get(fact))):
                verdict: Verdict = "wrong" if fact in allowed else "invented"
                faults.append(Fault(fact, verdict, told))
        if self.easy:
            faults += [Fault(fact, "unread", "") for fact in allowed if fact not in now and fact == self.turns[0].fact]
        return faults

    def figures(self) -> tuple[int, int]:
        """How many facts it changes, and how many of them are changed so, at once or when asked."""
        now = after(read(self.text, now=NOW), dict(self.known), CATEGORIES[self.scene.name])
        told = {turn.fact for turn in self.turns if turn.fact and not turn.noise}
        allowed = {fact: amounts for fact, amounts in self.allowed().items() if fact in told}
        right = sum(
            fact in now and any(amount.told_by(now[fact].at_least, now[fact].at_most) for amount in amounts)
            for fact, amounts in allowed.items()
        )
        return len(allowed), right

    def told(self) -> str:
        """The truth, for a person."""
        before = ", ".join(f"{fact} {number}" for fact, number in self.known) or "nothing"
        then = ", ".join(f"{fact} {' or '.join(map(str, amounts))}" for fact, amounts in self.allowed().items())
        return f"known {before}; then {then or 'the same'}"

    def smaller(self) -> Iterator[Update]:
        for at in range(len(self.turns)):
            if len(self.turns) > 1:
                yield replace(self, turns=self.turns[:at] + self.turns[at + 1 :])
        if self.fillers:
            yield replace(self, fillers=())
        if self.join != "，":
            yield replace(self, join="，")
        needed = {"died": "serious_injuries", "found dead": "missing"}
        kept = {turn.fact for turn in self.turns} | {needed.get(turn.how, "") for turn in self.turns}
        for at in range(len(self.known)):
            if self.known[at][0] in kept:
                continue
            yield replace(self, known=self.known[:at] + self.known[at + 1 :])
        for at, turn in enumerate(self.turns):
            for simpler in turn.smaller():
                yield replace(self, turns=(*self.turns[:at], simpler, *self.turns[at + 1 :]))


def _the_whole_grows_with_its_part(before: Mapping[str, int], changed: dict[str, list[Amount]]) -> None:
    """One more seriously hurt may be one more hurt, or one of those hurt before."""
    if "serious_injuries" in changed and "injuries" not in changed:
        old = exactly(before.get("injuries", 0))
        more = [
            Amount(
                (0, max(0, amount.least[1] - before.get("serious_injuries", 0))),
                (None if amount.most[0] is None else max(0, amount.most[0] - before.get("serious_injuries", 0)), None),
            )
            for amount in changed["serious_injuries"]
        ]
        changed["injuries"] = [old, *(old + amount for amount in more)]
        known = before.get("injuries", 0)
        changed["injuries"] += [amount for amount in changed["serious_injuries"] if known < amount.least[1]]
        if "injuries" not in before:
            changed["injuries"].append(Amount((0, 1), (None, None)))


def _fewer(old: int, number: Amount) -> Amount:
    high = number.most[0]
    return Amount(
        (max(0, old - (high if high is not None else old)),) * 2, (max(0, old - number.least[1]),) * 2
    )  # fmt: skip


def _asks(shown: After) -> bool:
    return shown.asks or shown.unknown or shown.confidence < SURE


def _holds(amounts: list[Amount], number: int | None) -> bool:
    return any(amount.true_of(number, number) for amount in amounts)


def _bounds(shown: After) -> str:
    return written(shown.at_least, shown.at_most)


ADDED = {
    "deaths": ("又死了{n}", "新增死亡{n}", "又有{n}去世", "刚又死了{n}", "死亡又多了{n}"),
    "injuries": ("又有{n}受伤", "新增受伤{n}", "又伤了{n}", "又送来{n}伤员", "伤员又多了{n}", "另外又有{n}摔伤"),
    "serious_injuries": ("又有{n}重伤", "新增重伤{n}", "重伤又多了{n}"),
    "missing": ("又有{n}失联", "新增失联{n}", "又发现{n}失踪", "失踪的又多了{n}"),
    "trapped": ("又发现{n}被困", "又有{n}被困", "新增被困{n}"),
    "ill": ("又有{n}发病", "新增发病{n}", "又有{n}不舒服", "又病倒{n}", "又来了{n}也是这症状"),
}
SET = {
    "deaths": ("死亡人数升至{n}", "累计死亡{n}", "一共死了{n}", "死亡增至{n}", "目前共死亡{n}", "死亡数更新为{n}"),
    "injuries": ("受伤人数升至{n}", "累计受伤{n}", "一共伤了{n}", "目前共{n}受伤", "受伤增至{n}"),
    "serious_injuries": ("重伤增至{n}", "一共{n}重伤", "重伤人数现在是{n}"),
    "missing": ("失联人数更新为{n}", "一共{n}失联", "失踪人数升至{n}", "失联总数{n}"),
    "trapped": ("被困人数更新为{n}", "一共{n}被困", "被困的总共{n}"),
    "ill": ("累计发病{n}", "发病人数升至{n}", "一共{n}发病", "累计{n}发病"),
}
LESS = {
    "missing": ("失联的找到{n}", "失踪的里面{n}联系上了", "找到{n}失联的，人没事"),
    "trapped": ("救出{n}", "被困的又救出来{n}", "里面出来了{n}"),
    "serious_injuries": ("{n}重伤转轻伤了",),
}
NONE_LEFT = {
    "missing": ("失联的全找到了", "失联的都联系上了", "失踪人员全部找到，都平安"),
    "trapped": ("被困的全救出来了", "里面的人都出来了", "被困人员全部救出"),
}
DIED = ("重伤的走了{n}", "伤员里{n}没抢救过来", "医院那{n}抢救无效死亡", "重伤的里头{n}没了")
SAME = (
    *("无新增", "没有新增伤亡", "情况没变化", "还是原来的数", "伤亡数没变", "没有新的情况", "今天没有新增", "数字不变"),
    *("无新增死亡", "死亡没增加", "暂无新增失联", "同上", "见上", "和刚才报的一样", "数字同前", "+1", "同上报"),
)
FOUND_DEAD = ("失联的找到{n}，已经遇难", "失踪的里面{n}找到了，没救过来", "又找到{n}遇难", "失联人员中{n}确认死亡")
LABEL = {
    "deaths": "死亡", "injuries": "受伤", "serious_injuries": "重伤", "missing": "失联", "trapped": "被困",
    "ill": "发病",
}  # fmt: skip
REVISED = (
    "{l}{o}→{b}", "更新：{l}{o}→{b}", "{l}由{o}人更正为{b}人", "{l}人数从{o}人改为{b}人", "{l}更正为{b}人",
    "{l}{o}->{b}",
    "前面报{l}{o}人不准，应为{b}人", "刚才报{l}{o}人有误，实际{b}人", "核实后{l}{b}人", "前面报{o}人不准，应为{b}人",
)  # fmt: skip
"""``{l}`` the fact, ``{o}`` what was known of it, ``{b}`` the new number."""
RAISED = (
    *("{l}人数上升到{b}人", "{l}人数由{o}人上升为{b}人", "{l}+{d}", "{l}：+{d}", "{l}人数增加{d}人", "{l}增加到{b}人"),
    "{l}数上调到{b}人",
)
LOWERED = (
    *("{l}人数下调至{b}人", "{l}减为{b}人", "{l}人数下调{d}人", "{l}降为{b}人", "{l}减少到{b}人", "{l}-{d}"),
    *("{l}人数核减{d}人", "{l}的有{d}个算重了，减掉", "{l}少了{d}人"),
)
ANOTHER = (
    *(
        "另一起：西关着火，{c}",
        "隔壁县那个矿{c}",
        "另外东街又出了一起车祸，{c}",
        "昨天那起事故{c}",
        "刚接报一起火灾，{c}",
    ),
    *("跟这起没关系，北边那起{c}", "邻县那场事故{c}", "又发生一起车祸：{c}"),
)
OF_ANOTHER = {
    "deaths": ("死了{n}", "死亡{n}"), "injuries": ("伤了{n}", "{n}受伤"), "serious_injuries": ("{n}重伤", "重伤{n}"),
    "missing": ("{n}失联", "失联{n}"), "trapped": ("困了{n}", "{n}被困"), "ill": ("{n}发病", "{n}中毒"),
}  # fmt: skip
_PLAIN = {found[at] for table in (ADDED, SET) for found in table.values() for at in (0, 1)}


def compose_update(random: Random) -> Update:
    """What a case knew, and a text that changes one or two things of it, or none."""
    scene = random.choice(words.SCENES)
    known: dict[str, int] = {}
    for fact in scene.facts:
        if random.random() < 0.6:
            known[fact] = random.choice((0, 1, 2, 3, 5, 8, 12, 20) if fact == "deaths" else (1, 2, 4, 6, 9, 14, 30))
    if "serious_injuries" in known:
        known["injuries"] = max(known.get("injuries", 0), known["serious_injuries"] + random.randint(0, 5))
    left = list(scene.facts)
    random.shuffle(left)
    if random.random() < 0.3:
        return _dressed(random, known, scene, [_noise(random, scene, known)])
    turns = [_turn(random, left.pop(), known)]
    if left and turns[0].how not in ("died", "found dead") and random.random() < 0.25:
        turns.append(_turn(random, left.pop(), known, died=False))
    if len(turns) > 1 and {turns[0].fact, turns[1].fact} == {"injuries", "serious_injuries"}:
        turns = turns[:1]
    if random.random() < 0.2:
        turns.append(_noise(random, scene, known))
    return _dressed(random, known, scene, turns)


def _dressed(random: Random, known: dict[str, int], scene: words.Scene, turns: list[Turn]) -> Update:
    fillers = random.sample(words.FILLERS, random.choice((0, 0, 0, 1)))
    if random.random() < 0.1:
        fillers.append(random.choice(words.NUMBERED_FILLERS))
    join = "。" if any(turn.noise for turn in turns) else random.choice("，，。")
    return Update(tuple(known.items()), scene, tuple(turns), tuple(fillers), join)


_COINCIDES = 0.3


def _number(random: Random, known: Mapping[str, int]) -> Count:
    """Any number; often one that comes out even with what was known, though it has nothing to do with it."""
    if known and random.random() < _COINCIDES:
        one, other = random.choice([*known.values()]), random.choice([*known.values()])
        near = random.choice((one, one + 1, one - 1, one + other, abs(one - other)))
        if near > 0:
            return replace(_small(random, 1), words=str(near), amount=exactly(near))
    count = plain_count(random) if random.random() < 0.7 else any_count(random)
    return replace(count, noun="")


def _small(random: Random, most: int) -> Count:
    number = random.randint(1, most)
    return Count(str(number), exactly(number), random.choice("个人"))


def _turn(random: Random, fact: str, known: dict[str, int], *, died: bool = True) -> Turn:
    choice = random.random()
    injured = known.get("serious_injuries", 0) if "serious_injuries" in known else 0
    if died and choice < 0.15 and injured:
        return Turn("deaths", "died", random.choice(DIED), _small(random, injured))
    if died and choice < 0.25 and known.get("missing"):
        return Turn("deaths", "found dead", random.choice(FOUND_DEAD), _small(random, known["missing"]))
    if choice < 0.4 and fact in LESS and known.get(fact):
        return Turn(fact, "less", random.choice(LESS[fact]), _small(random, known[fact]))
    if choice < 0.5 and fact in NONE_LEFT and known.get(fact):
        return Turn(fact, "none", random.choice(NONE_LEFT[fact]))
    if choice < 0.6 and fact in known and fact != "serious_injuries":
        return _revised(random, fact, known)
    if choice < 0.8:
        return Turn(fact, "add", random.choice(ADDED[fact]), _number(random, known))
    return Turn(fact, "set", random.choice(SET[fact]), _number(random, known))


def _revised(random: Random, fact: str, known: dict[str, int]) -> Turn:
    """It is said what was known and what is so now, or the difference of the two."""
    old = known[fact]
    least = known.get("serious_injuries", 0) if fact == "injuries" else 0
    new = random.choice([number for number in range(least, old + 5) if number != old])
    form = random.choice((*REVISED, *(RAISED if new > old else LOWERED)))
    text = form.format(l=LABEL[fact], o=old, b=new, d=abs(new - old))
    return Turn(fact, "set", text, Count(str(new), exactly(new), "人", style="revised"))


def _noise(random: Random, scene: words.Scene, known: Mapping[str, int]) -> Turn:
    """It seems to change something."""
    choice = random.random()
    fact = random.choice(scene.facts)
    clause = random.choice((*ADDED[fact], *SET[fact]))
    if choice > 0.93:
        other = random.choice(OF_ANOTHER[fact])
        return Turn("", "same", random.choice(ANOTHER).replace("{c}", other), _number(random, known), noise="another")
    if choice < 0.3:
        return Turn("", "same", random.choice(SAME), noise="nothing new")
    for until, noise, moods in (
        (0.45, "asked", words.ASKED),
        (0.6, "heard", words.HEARD),
        (0.7, "supposed", words.SUPPOSED),
    ):
        if choice < until:
            return Turn("", "same", random.choice(moods).replace("{c}", clause), _number(random, known), noise=noise)
    if choice < 0.85:
        safe = [found for found in words.DISTRACTIONS if not any(word in found for word in words.FREED)]
        return Turn("", "same", random.choice(safe), _number(random, known), noise="not harmed")
    return Turn("", "same", random.choice(words.ASKED_PLAINLY), noise="asked")
