"""What happens in the world of a case, and how people write of it: events, totals, corrections, hearsay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.counts import any_count, in_words
from tests.plans.intake.composed.updating import (
    ADDED,
    ANOTHER,
    FOUND_DEAD,
    LABEL,
    LESS,
    LOWERED,
    NONE_LEFT,
    OF_ANOTHER,
    RAISED,
    REVISED,
    SAME,
)


@dataclass
class World:
    """How many there are of each; the seriously hurt are among the hurt."""

    scene: words.Scene
    random: Random
    counts: dict[str, int] = field(default_factory=dict)

    def some(self, most: int = 4) -> int:
        return self.random.randint(1, max(1, most))

    def number(self, count: int) -> str:
        """A number of people, as it is typed."""
        spoken = "两" if count == 2 else in_words(count) if count < 100 else str(count)
        choice = self.random.random()
        if count in (2, 3) and choice < 0.1:
            return "俩" if count == 2 else "仨"
        return (spoken if choice < 0.4 else str(count)) + self.random.choice("个人个名人")

    @property
    def weak(self) -> str:
        return "ill" if "ill" in self.counts and "injuries" not in self.counts else "injuries"

    def pick(self, table: Mapping[str, tuple[str, ...]], fact: str, count: int) -> str:
        return self.random.choice(table[fact]).replace("{n}", self.number(count))


Event = Callable[[World], "tuple[str, set[str]] | None"]
"""Changes the world; what is said of it and which facts it changes, or None where it cannot happen."""


def _more(world: World) -> tuple[str, set[str]] | None:
    fact = world.random.choice(list(world.counts))
    count = world.some(6)
    world.counts[fact] += count
    told = {fact}
    if fact == "serious_injuries":
        world.counts[world.weak] += count
        told.add(world.weak)
    return world.pick(ADDED, fact, count), told


def _roughly_more(world: World) -> tuple[str, set[str]] | None:
    """As many more as people guess."""
    fact = world.random.choice([fact for fact in world.counts if fact != "serious_injuries"])
    count = replace(any_count(world.random), noun="")
    least, most = count.amount.least[1], count.amount.most[0]
    if most is not None and most < least:
        return None
    world.counts[fact] += world.random.randint(least, least + 3 if most is None else most)
    return world.random.choice(ADDED[fact]).replace("{n}", str(count)), {fact}


def _official(world: World) -> tuple[str, set[str]] | None:
    """A report in the form of an office: what is new, and the figures as they are then."""
    before = dict(world.counts)
    for fact in world.random.sample([fact for fact in before if fact != "serious_injuries"], 2):
        if fact in ("deaths", world.weak):
            world.counts[fact] += world.some(3)
    changed = [fact for fact in before if world.counts[fact] != before[fact]]
    if not changed:
        return None
    now = world.counts
    form = world.random.choice(("lines", "sentence", "signed", "parts"))
    if form == "lines":
        lines = [
            f"{at}、{LABEL[fact]}：{now[fact]}人（较上报+{now[fact] - before[fact]}）"
            for at, fact in enumerate(changed, 1)
        ]
        return "续报二\n" + "\n".join(lines), set(changed)
    if form == "signed":
        return "，".join(f"{LABEL[fact]}{now[fact]}（+{now[fact] - before[fact]}）" for fact in changed), set(changed)
    if form == "parts":
        told = [f"{LABEL[fact]}人数由{before[fact]}人增至{now[fact]}人" for fact in changed]
        return "截至20时，" + "，".join(told), set(changed)
    told = [f"新增{LABEL[fact]}{now[fact] - before[fact]}人，累计{LABEL[fact]}{now[fact]}人" for fact in changed]
    return "；".join(told) + "。", set(changed)


def _among_the_lost(world: World) -> tuple[str, set[str]] | None:
    """Of those who are missing some are alive and some are dead, told in one sentence."""
    lost = world.counts.get("missing", 0)
    if lost < 2:
        return None
    dead = world.random.randint(1, lost - 1)
    alive = world.random.randint(1, lost - dead)
    world.counts["missing"] -= dead + alive
    world.counts["deaths"] += dead
    forms = (
        "{m}名失联人员中，{a}人获救，{d}人遇难", "失联的{m}人里，{a}人联系上了，{d}人遇难",
        "失联{m}人中{a}人找到，{d}人遇难",
        "失联的找到{a}人活的，另外{d}人已经遇难",
    )  # fmt: skip
    return world.random.choice(forms).format(m=lost, a=alive, d=dead), {"missing", "deaths"}


def _part(world: World) -> tuple[str, set[str]] | None:
    """A part of those who are known of, which changes nothing."""
    whole = world.counts.get(world.weak, 0)
    if whole < 2:
        return None
    part = world.random.randint(1, whole - 1)
    forms = (
        "那{w}个人里头，县医院收了{p}个", "{w}人中{p}人是学生", "其中{p}人是老人",
        "县医院这边收了{p}个，我先报我这儿的",
        "{p}个转到市医院了", "{w}个里头有{p}个是女的",
    )  # fmt: skip
    return world.random.choice(forms).format(w=whole, p=part), set()


def _more_and_total(world: World) -> tuple[str, set[str]] | None:
    fact = world.random.choice([fact for fact in world.counts if fact != "serious_injuries"])
    count = world.some(6)
    world.counts[fact] += count
    total = world.counts[fact]
    forms = ["{a}，一共{t}", "{a}，累计{t}", "{a}，总共{t}了", "新增{l}{d}人，累计{l}{s}人", "{l}{d}人，累计{s}人"]
    form = world.random.choice(forms[:4])
    text = form.replace("{a}", world.pick(ADDED, fact, count)).replace("{t}", world.number(total))
    return text.replace("{l}", LABEL[fact]).replace("{d}", str(count)).replace("{s}", str(total)), {fact}


def _died_of_wounds(world: World) -> tuple[str, set[str]] | None:
    serious = world.counts.get("serious_injuries", 0)
    if not serious or world.weak not in world.counts:
        return None
    count = world.some(min(2, serious))
    world.counts["serious_injuries"] -= count
    world.counts[world.weak] -= count
    world.counts["deaths"] += count
    forms = (
        "重伤的走了{n}", "重伤的里头{n}没了", "重伤里{n}没抢救过来", "刚才重伤的{n}没救过来", "ICU里{n}抢救无效死亡",
        "重伤员中{n}不治身亡", "重伤的又走了{n}", "重伤里有{n}死亡", "又有{n}重伤员抢救无效死亡",
        "刚接医院电话，重伤的里面{n}没挺过来", "重伤的{n}刚走了",
    )  # fmt: skip
    return world.random.choice(forms).replace("{n}", world.number(count)), {"deaths", "serious_injuries", world.weak}


def _found(world: World) -> tuple[str, set[str]] | None:
    lost = world.counts.get("missing", 0)
    if not lost:
        return None
    count = world.some(lost)
    world.counts["missing"] -= count
    left = world.counts["missing"]
    if not left:
        return world.random.choice((*NONE_LEFT["missing"], "都联系上了", "失联的全都找到了，虚惊一场")), {"missing"}
    if world.random.random() < 0.5:
        forms = (
            "找到{n}还差{m}", "找到{n}，还有{m}没找到", "失联的找到{n}，还剩{m}", "又联系上{n}，还差{m}",
            "失联的还剩{m}", "找着{n}了，剩下{m}还在找",
        )  # fmt: skip
        text = world.random.choice(forms).replace("{n}", world.number(count)).replace("{m}", world.number(left))
        return text, {"missing"}
    return world.pick(LESS, "missing", count), {"missing"}


def _found_dead(world: World) -> tuple[str, set[str]] | None:
    lost = world.counts.get("missing", 0)
    if not lost:
        return None
    count = world.some(lost)
    world.counts["missing"] -= count
    world.counts["deaths"] += count
    forms = (
        *FOUND_DEAD, "搜救人员找到{n}失联的，已无生命体征", "确认遇难{n}为失联人员", "失联的{n}找到了，人没了",
        "下游找到{n}，没气了，是失联的", "失联人员里{n}确认遇难",
    )  # fmt: skip
    return world.random.choice(forms).replace("{n}", world.number(count)), {"missing", "deaths"}


def _out(world: World) -> tuple[str, set[str]] | None:
    trapped = world.counts.get("trapped", 0)
    if not trapped:
        return None
    count = world.some(trapped)
    world.counts["trapped"] -= count
    left = world.counts["trapped"]
    forms: tuple[str, ...]
    choice = world.random.random()
    if choice < 0.25 and "injuries" in world.counts:
        world.counts["injuries"] += count
        forms = ("救出{n}，都带伤", "扒出来{n}，都受伤了", "里面救出{n}，都受了轻伤")
        return world.random.choice(forms).replace("{n}", world.number(count)), {"trapped", "injuries"}
    if choice < 0.45:
        world.counts["deaths"] += count
        forms = ("刚又抬出来{n}，人不行了", "刚挖出来{n}，没气了", "救出{n}，人已经死了", "扒出来{n}，已无生命体征")
        return world.random.choice(forms).replace("{n}", world.number(count)), {"trapped", "deaths"}
    if not left:
        return world.random.choice((*NONE_LEFT["trapped"], "人全出来了，一个不落")), {"trapped"}
    if choice < 0.7:
        forms = (
            "里面还有{m}",
            "被困的救出{n}，{m}还在救",
            "救出{n}，还有{m}困在里面",
            "又出来{n}，里面还剩{m}",
            "被困的又救出来{n}，还剩{m}",
        )
        text = world.random.choice(forms).replace("{n}", world.number(count)).replace("{m}", world.number(left))
        return text, {"trapped"}
    return world.pick(LESS, "trapped", count), {"trapped"}


def _worse(world: World) -> tuple[str, set[str]] | None:
    if "serious_injuries" not in world.counts or world.weak not in world.counts:
        return None
    light = world.counts[world.weak] - world.counts["serious_injuries"]
    if light < 1:
        return None
    count = world.some(min(2, light))
    world.counts["serious_injuries"] += count
    forms = ("轻伤里有{n}转成重伤了", "{n}轻伤转重伤", "住院的里面有{n}转重症了", "轻伤的{n}病情加重，转ICU了")
    return world.random.choice(forms).replace("{n}", world.number(count)), {"serious_injuries"}


def _better(world: World) -> tuple[str, set[str]] | None:
    serious = world.counts.get("serious_injuries", 0)
    if not serious:
        return None
    count = world.some(min(2, serious))
    world.counts["serious_injuries"] -= count
    forms = ("重伤的脱险{n}，改轻伤", "重伤的里面{n}转轻了", "重伤的{n}脱离危险，转普通病房了")
    return world.random.choice(forms).replace("{n}", world.number(count)), {"serious_injuries"}


def _sent_in(world: World) -> tuple[str, set[str]] | None:
    if world.weak not in world.counts:
        return None
    count = world.some(5)
    world.counts[world.weak] += count
    forms = (
        "又送来{n}", "又有{n}送医院了", "又有{n}送医院了，一共{t}", "病房又收进来{n}", "又拉来{n}，一共{t}",
        "刚才漏报了{n}，一共{t}",
    )  # fmt: skip
    text = world.random.choice(forms).replace("{n}", world.number(count))
    return text.replace("{t}", world.number(world.counts[world.weak])), {world.weak}


def _home(world: World) -> tuple[str, set[str]] | None:
    forms = ("出院{n}", "今天又出院{n}", "{n}包扎完回家了", "治愈出院{n}", "{n}出院了，其余情况稳定")
    return world.random.choice(forms).replace("{n}", world.number(world.some())), set()


def _state(world: World) -> tuple[str, set[str]]:
    """All or some of it as it is."""
    facts = list(world.counts)
    world.random.shuffle(facts)
    chosen = sorted(facts[: world.random.randint(1, 3)], key=list(LABEL).index)
    lead = world.random.choice(("", "目前", "截至16时，", "续报：", "更新：", "核实后"))
    if "injuries" in chosen and "serious_injuries" in chosen and world.random.random() < 0.5:
        rest = [
            f"{LABEL[fact]}{world.counts[fact]}人" for fact in chosen if fact not in ("injuries", "serious_injuries")
        ]
        both = f"受伤{world.counts['injuries']}人（其中重伤{world.counts['serious_injuries']}人）"
        return lead + "，".join((*rest, both)), set(chosen)
    form = world.random.choice(("{l}{n}人", "{l}{n}", "累计{l}{n}人", "{l}：{n}", "共{l}{n}人", "{l}人数{n}人"))
    join = "\n" if "：" in form else "，"
    return lead + join.join(form.format(l=LABEL[fact], n=world.counts[fact]) for fact in chosen), set(chosen)


def _set_anew(world: World) -> tuple[str, set[str]] | None:
    """It turns out to be another number than was said."""
    fact = world.random.choice([fact for fact in world.counts if fact != "serious_injuries"])
    old = world.counts[fact]
    least = world.counts.get("serious_injuries", 0) if fact == world.weak else 0
    new = world.random.choice([number for number in range(least, old + 4) if number != old])
    world.counts[fact] = new
    form = world.random.choice((*REVISED, *(RAISED if new > old else LOWERED)))
    return form.format(l=LABEL[fact], o=old, b=new, d=abs(new - old)), {fact}


def _nothing(world: World) -> tuple[str, set[str]]:
    forms = (*SAME, "收到", "好的，继续盯", "无变化，继续搜救")
    return world.random.choice(forms), set()


def _hearsay(world: World) -> tuple[str, set[str]]:
    fact = world.random.choice(list(world.counts))
    clause = world.pick(ADDED, fact, world.some(9))
    frame = world.random.choice((*words.HEARD, *words.ASKED, *words.SUPPOSED, *words.DENIED))
    return frame.replace("{c}", clause), set()


def _elsewhere(world: World) -> tuple[str, set[str]]:
    """It tells of another event."""
    fact = world.random.choice(list(OF_ANOTHER))
    return world.random.choice(ANOTHER).replace("{c}", world.pick(OF_ANOTHER, fact, world.some(9))), set()


def _both(world: World) -> tuple[str, set[str]] | None:
    """What is new here, and then another event."""
    here = _more(world)
    there, _ = _elsewhere(world)
    return None if here is None else (here[0] + world.random.choice("；。") + there, here[1])


def _two(world: World) -> tuple[str, set[str]] | None:
    """Two events in one message: one adds, the next is a total or adds to something else."""
    texts: list[str] = []
    told: set[str] = set()
    for _ in range(2):
        event = world.random.choice((_more, _found, _out, _more_and_total, _worse, _sent_in))
        before = dict(world.counts)
        said = event(world)
        if said is None or said[1] & told or (said[1] | told) >= {"injuries", "serious_injuries"}:
            world.counts = before
            continue
        texts.append(said[0])
        told |= said[1]
    return (world.random.choice("，。；").join(texts), told) if texts else None


def _one_more(world: World) -> tuple[str, set[str]] | None:
    """再加一个: of whom is not said."""
    fact = world.random.choice([fact for fact in world.counts if fact != "serious_injuries"])
    world.counts[fact] += 1
    return world.random.choice(("再加一个", "又多了一个", "再加1个", "再添一个")), {fact}


EVENTS: tuple[Event, ...] = (
    *(_more, _more, _more_and_total, _died_of_wounds, _found, _found_dead, _out, _worse, _better, _sent_in, _home),
    *(_roughly_more, _official, _official, _among_the_lost, _part),
    *(_state, _state, _set_anew, _set_anew, _nothing, _hearsay, _elsewhere, _both, _two, _one_more),
)
