"""A random message: what it says is chosen first, then how."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.counts import Count, any_count, plain_count
from tests.plans.intake.composed.message import FORMS, Message
from tests.plans.intake.composed.parts import (
    MOODS,
    Aboard,
    Among,
    Compact,
    Corrected,
    Denied,
    Distraction,
    Filler,
    Graded,
    Left,
    NotKnown,
    Opener,
    Part,
    Repeated,
    Roll,
    Said,
    Table,
    TakenBack,
    Unasserted,
    Unit,
    Units,
    Vague,
)
from tests.plans.intake.composed.truth import exactly


def compose(random: Random) -> Message:
    """One message; a quarter of them easy, a fifth without any figure that holds."""
    sort = random.random()
    if sort < 0.25:
        return _easy(random)
    if sort < 0.45:
        return _without_figures(random)
    return _any(random)


def _scene(random: Random) -> words.Scene:
    return random.choice(words.SCENES)


def _plain_saying(random: Random, scene: words.Scene, fact: str) -> words.Saying:
    said = words.ILL.get(scene.name, words.PLAIN["ill"]) if fact == "ill" else words.PLAIN[fact]
    return words.Saying(random.choice(said), plain=True)


def _saying(random: Random, scene: words.Scene, fact: str, *, sure: bool = False) -> words.Saying:
    if random.random() < 0.4:
        return _plain_saying(random, scene, fact)
    said = [
        saying for saying in words.SPOKEN[fact]
        if (not saying.scenes or scene.name in saying.scenes) and not (sure and saying.maybe)
    ]  # fmt: skip
    return random.choice(said)


def _noun(random: Random, scene: words.Scene) -> str:
    return random.choice(scene.nouns) if random.random() < 0.3 else ""


def _count(random: Random, scene: words.Scene) -> Count:
    if random.random() < 0.04:
        written, number = random.choice((("1", 1), ("2", 2), ("一", 1), ("两", 2)))
        return Count(written, exactly(number), random.choice("个名"), random.choice(words.AGED), "aged")
    return any_count(random, _noun(random, scene))


def _said(random: Random, scene: words.Scene, fact: str, *, sure: bool = False) -> Said:
    lead = random.choice(words.LEADS) if random.random() < 0.2 else ""
    lead = random.choice(words.NUMBERED_LEADS) if random.random() < 0.06 else lead
    count = _count(random, scene)
    lead = "" if ("人里" in lead or "人中" in lead) and count.amount.least[1] > 20 else lead
    tail = random.choice(words.TAILS) if random.random() < 0.08 else ""
    return Said(fact, _saying(random, scene, fact, sure=sure), count, lead, tail)


def _easy(random: Random) -> Message:
    scene = _scene(random)
    facts = random.sample(scene.facts, random.randint(1, min(3, len(scene.facts))))
    if "serious_injuries" in facts and "injuries" in facts:
        facts.remove("serious_injuries")
    parts: list[Part] = []
    for fact in facts:
        if random.random() < 0.15 and fact in words.NONE_OF and (fact != "injuries" or "serious_injuries" not in facts):
            parts.append(Denied(fact, random.choice(words.NONE_OF[fact])))
        else:
            count = plain_count(random, noun=_noun(random, scene))
            parts.append(Said(fact, _plain_saying(random, scene, fact), count))
    parts += [Filler(random.choice(words.FILLERS)) for _ in range(random.randint(0, 2))]
    random.shuffle(parts)
    return Message(
        Opener(scene, random.choice(scene.plain)), tuple(parts), random.choice(("sentence", "sentence", "lines")),
        random.choice(("，", "，", "。", "\n")), seed=random.randrange(1000),
    )  # fmt: skip


def _dressed(random: Random, opener: Opener | None, parts: list[Part], *, scripted: str = "") -> Message:
    parts = parts + _around(random)
    random.shuffle(parts)
    stops = any(part.ends_sentence for part in parts)
    join = (
        random.choice(("，", "，", "。", "\n", " ")) if stops else random.choice(("，", "，", "。", "\n", " ", "", ""))
    )
    table = any(isinstance(part, Table) for part in parts)
    form = "sentence" if table or random.random() < 0.5 else random.choice(FORMS)
    message = Message(
        opener, tuple(parts), form, "\n" if table else join, scripted,
        last=opener is not None and random.random() < 0.1, wide=not table and random.random() < 0.07,
        spaced=not table and random.random() < 0.07, ascii_marks=random.random() < 0.1,
        emoji=random.choice(words.EMOJI) if random.random() < 0.07 else "", seed=random.randrange(1000),
    )  # fmt: skip
    if random.random() < 0.12:
        mistaken = [word for word in words.HOMOPHONES if word in message.text]
        if mistaken:
            word = random.choice(mistaken)
            return replace(message, typos=((word, random.choice(words.HOMOPHONES[word])),), kept={})
    return message


def _around(random: Random) -> list[Part]:
    """What else people write."""
    found: list[Part] = []
    for words_, sort, chance in (
        (words.FILLERS, "filler:words", 0.4),
        (words.NUMBERED_FILLERS, "filler:numbered", 0.35),
        (words.IDIOMS, "filler:idiom", 0.08),
    ):
        if random.random() < chance:
            found.append(Filler(random.choice(words_), sort))
    if random.random() < 0.3:
        found.append(Distraction(random.choice(words.DISTRACTIONS), any_count(random)))
    return found


def _opener(random: Random, scene: words.Scene) -> Opener | None:
    if random.random() < 0.12:
        return None
    return Opener(scene, random.choice(scene.plain if random.random() < 0.6 else scene.numbered))


def _unasserted(random: Random, scene: words.Scene, moods: tuple[str, ...]) -> Unasserted:
    mood = random.choice(moods)
    if mood == "asked" and random.random() < 0.4:
        return Unasserted(mood, random.choice(words.ASKED_PLAINLY))
    if mood == "past" and random.random() < 0.15:
        return Unasserted("rule", random.choice(words.RULES))
    clause = replace(_said(random, scene, random.choice(scene.facts), sure=True), lead="", tail="")
    if mood == "rumour" and clause.count.amount == exactly(1):  # 并没有一人被困 says that nobody is
        clause = replace(clause, count=Count("3", exactly(3)))
    return Unasserted(mood, random.choice(MOODS[mood]), _one_clause(clause))


def _one_clause(said: Said) -> Said:
    """3人受伤，120拉走了吗？ asks of the second only, and 3人受伤，120拉走了不准 is said by nobody."""
    if "，" in said.saying.words:
        return replace(said, saying=words.Saying("{n}受伤", plain=True))
    return said


_MOODS = ("asked", "supposed", "ordered", "past", "rumour", "heard", "heard", "relayed")


def _without_figures(random: Random) -> Message:
    """Nothing that is said here holds."""
    scene = _scene(random)
    if random.random() < 0.15:
        script = random.choice(("演练脚本：", "【演练脚本】", "桌面推演背景：", "下午演练用的脚本如下：", "模拟情景："))
        facts = random.sample(scene.facts, random.randint(1, len(scene.facts)))
        told: list[Part] = [_said(random, scene, fact, sure=True) for fact in facts]
        join = random.choice("，，。")
        return Message(_opener(random, scene), tuple(told), "sentence", join, script, seed=random.randrange(1000))
    parts: list[Part] = []
    for _ in range(random.randint(1, 2)):
        choice = random.random()
        if choice < 0.65:
            parts.append(_unasserted(random, scene, (*_MOODS, "scripted")))
        elif choice < 0.8:
            parts.append(NotKnown(random.choice(words.NOT_KNOWN)))
        elif choice < 0.9:
            parts.append(Vague(random.choice(words.VAGUE)))
        else:
            fact = random.choice(scene.facts)
            old = replace(_one_clause(_said(random, scene, fact, sure=True)), lead="", tail="")
            parts.append(TakenBack(random.choice(words.TAKEN_BACK), old))
    return _dressed(random, _opener(random, scene), parts)


def _any(random: Random) -> Message:
    scene = _scene(random)
    left = list(scene.facts)
    random.shuffle(left)
    parts: list[Part] = []
    opener = _opener(random, scene)
    if random.random() < 0.12 and opener is not None and len(left) > 1:
        if {"deaths", "injuries"} <= set(left):
            parts.append(Denied("nobody", random.choice(words.NOBODY_HARMED)))
            left = [fact for fact in left if fact in ("missing", "trapped")]
    for _ in range(random.randint(1, 3)):
        if not left:
            break
        parts.append(_told(random, scene, left))
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        parts.append(_unasserted(random, scene, _MOODS))
    return _dressed(random, opener, parts)


def _told(random: Random, scene: words.Scene, left: list[str]) -> Part:
    """A part that tells one of the facts left, which it takes away."""
    fact = left.pop()
    choice = random.random()
    harmed = fact if fact in ("injuries", "ill") else ""
    if choice < 0.3:
        return _without_light(_said(random, scene, fact))
    if choice < 0.33 and fact in ("deaths", "injuries", "missing", "trapped"):
        told = _with_a_small_number(random, scene, fact)
        if fact == "trapped" and told.count.amount.least[1] > 1 and random.random() < 0.5:
            return Left(random.choice(words.LEFT), told, random.randint(1, told.count.amount.least[1] - 1))
        return Aboard(random.choice(words.ABOARD), told.count.amount.least[1] + random.randint(1, 30), told)
    if choice < 0.38:
        told = replace(_without_light(_said(random, scene, fact, sure=True)), lead="", tail="")
        return Repeated(random.choice(words.REPEATED), told)
    if choice < 0.47 and fact in words.NONE_OF:
        if fact == "injuries" and "serious_injuries" in left:
            left.remove("serious_injuries")
        return Denied(fact, random.choice(words.NONE_OF[fact]))
    if choice < 0.58:
        old = replace(_without_light(_one_clause(_said(random, scene, fact, sure=True))), lead="", tail="")
        new = any_count(random)
        while new.words == old.count.words:
            new = any_count(random)
        return Corrected(random.choice(words.CORRECTED), old, new)
    if choice < 0.66 and harmed:
        return _among(random, scene, harmed, left)
    if choice < 0.74:
        people, number = random.choice(words.ROLLS)
        harm = random.choice(words.ROLL_HARMS.get(fact, ()) or ("",))
        harm = harm.replace("都", "") if number == 1 else harm
        if harm:
            return Roll(fact, people, number, harm, random.choice(("", "", "目前", "现场")))
        return _said(random, scene, fact)
    if choice < 0.8 and len(left) and "ill" not in (fact, left[-1]):
        figures = [
            Said(f, words.Saying(words.PLAIN[f][0], plain=True), plain_count(random)) for f in (fact, left.pop())
        ]
        plain = [replace(said, count=replace(said.count, noun="", measure="人")) for said in figures]
        if {"serious_injuries", "injuries"} == {said.fact for said in plain}:
            plain = plain[:1]
        return Compact(tuple(plain), random.random() < 0.7, random.choice(("", "", "人")))
    return _units(random, scene, fact, left)


def _with_a_small_number(random: Random, scene: words.Scene, fact: str) -> Said:
    number = random.randint(1, 12)
    return Said(fact, _plain_saying(random, scene, fact), Count(str(number), exactly(number), random.choice("人个")))


def _without_light(said: Said) -> Said:
    """轻伤 beside 重伤 is one grade of two, which `Graded` composes."""
    if "轻伤" in said.saying.words:
        return replace(said, saying=words.Saying("{n}受伤", plain=True))
    return said


def _among(random: Random, scene: words.Scene, fact: str, left: list[str]) -> Part:
    number = random.randint(3, 30)
    measure = random.choice("人个名")
    part = Count(str(random.randint(1, number - 1)), exactly(0), measure)
    part = replace(part, amount=exactly(int(part.words)))
    if fact == "injuries" and random.random() < 0.35 and "serious_injuries" in left:
        left.remove("serious_injuries")
        light = Said(fact, words.Saying("{n}轻伤"), Count(str(number), exactly(number), measure))
        heavy = Said("serious_injuries", words.Saying("{n}重伤"), part)
        if random.random() < 0.5:
            heavy, light = (
                replace(said, saying=words.Saying(verb)) for said, verb in ((heavy, "重伤{n}"), (light, "轻伤{n}"))
            )
        return Graded(light, heavy, random.choice(("，", "、", "")))
    whole = Said(
        fact, _plain_saying(random, scene, fact), Count(str(number), exactly(number), measure, _noun(random, scene))
    )
    worse = "serious_injuries" if "deaths" not in left or random.random() < 0.6 else "deaths"
    if worse in left:
        left.remove(worse)
    elif worse != "serious_injuries" or fact != "ill":
        return whole
    verbs = ("{n}死亡", "{n}没救过来") if worse == "deaths" else ("{n}重伤", "{n}伤势危重", "重伤{n}")
    verb = "{n}重症" if fact == "ill" and worse != "deaths" else random.choice(verbs)
    link = random.choice(("，其中", "，其中有", "，里面", "，里头", "（其中"))
    return Among(whole, Said(worse, words.Saying(verb + ("）" if "（" in link else "")), part), link)


def _units(random: Random, scene: words.Scene, fact: str, left: list[str]) -> Part:
    size = random.randint(2, 4)
    stated = random.random() < 0.4
    strange = not stated and random.random() < 0.25

    def count() -> Count:
        return any_count(random) if strange else replace(plain_count(random, 12), measure=random.choice("人个"))

    total = random.choice(("一共", "合计", "总共", "共", "加起来")) if stated else ""
    mark = random.choice("，，、；")
    if fact in ("injuries", "ill") and random.random() < 0.25:
        names = random.sample(words.HOSPITALS, size)
        verb = random.choice(("收了{n}", "收治{n}", "送来{n}", "接了{n}", "{n}"))
        rows = tuple(Unit(name, ((fact, count()),)) for name in names)
        return Units((fact,), rows, verbs=(verb,), weak=True, mark=mark, sort="hospitals")
    names = random.sample(words.UNITS[random.choice(words.UNITS_OF[scene.name])], size)
    facts = [fact]
    if left and "ill" not in (fact, left[-1]) and {fact, left[-1]} != {"injuries", "serious_injuries"}:
        if random.random() < 0.4:
            facts.append(left.pop())
    if random.random() < 0.2:
        rows = tuple(
            Unit(name, tuple((f, Count(str(n), exactly(n))) for f in facts for n in (random.randint(0, 7),)))
            for name in names
        )
        return Table(tuple(facts), rows, total=total, sort="table")
    rows = tuple(Unit(name, tuple((f, count()) for f in facts)) for name in names)
    empty = random.choice(("其他没有", f"{names[-1]}没有")) if random.random() < 0.15 else ""
    if empty.startswith(names[-1]):
        rows = rows[:-1] if len(rows) > 2 else rows
        empty = empty if len(rows) < len(names) else ""
    if len(facts) > 1:
        verbs = tuple(words.COUNTED_IN_A_UNIT[f] for f in facts)
        return Units(tuple(facts), rows, verbs=verbs, total=total, empty=empty, mark=mark)
    how = random.random()
    if how < 0.5:
        verb = _plain_saying(random, scene, fact).words
        differs = random.choice((1, 2, 3)) if total and random.random() < 0.15 else 0
        return Units((fact,), rows, verbs=(verb,), total=total, empty=empty, mark=mark, differs=differs)
    label = {"deaths": "死亡", "injuries": "受伤", "missing": "失联", "trapped": "被困", "serious_injuries": "重伤"}
    word = label.get(fact) or {"food": "拉肚子", "epidemic": "发烧"}.get(scene.name, "中毒")
    if how < 0.62 and not strange:
        verb = _plain_saying(random, scene, fact).words
        first = random.choice((f"{verb}，其中", f"一共{verb}，", f"{verb}：", f"总共{verb}，分别是"))
        return Units((fact,), rows, mark=mark, first=first)
    if how < 0.82:
        return Units(
            (fact,),
            rows,
            head=random.choice((f"{word}的：", f"{word}人数：", f"各处{word}的 ")),
            total=total,
            empty=empty,
            mark=mark,
        )
    return Units((fact,), rows, tail=f"，都是{word}的", total=total, mark=mark)
