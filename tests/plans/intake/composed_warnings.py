"""Composes warnings as they are sent on, with what each of them says; `python -m` of it measures many seeds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from plans.intake import SHANGHAI, warning
from plans.intake.warning import WarningFound, WarningText

COLOURS = "红橙黄蓝"
LEVELS = {"红": ("Ⅰ级", "I级", "一级"), "橙": ("Ⅱ级", "II级", "二级"), "黄": ("Ⅲ级", "III级"), "蓝": ("Ⅳ级", "IV级")}
ROMAN = {"红": "Ⅰ", "橙": "Ⅱ", "黄": "Ⅲ", "蓝": "Ⅳ"}
KINDS = (
    *(
        "台风",
        "暴雨",
        "暴雪",
        "寒潮",
        "大风",
        "沙尘暴",
        "高温",
        "雷电",
        "冰雹",
        "霜冻",
        "大雾",
        "霾",
        "道路结冰",
        "干旱",
    ),
    *("地质灾害", "山洪", "洪水", "森林火险", "强对流", "重污染天气", "雷雨大风", "内涝"),
)
WRITTEN = {
    "地质灾害": "地质灾害气象风险",
    "山洪": "山洪灾害气象",
    "洪水": "中小河流洪水气象风险",
    "内涝": "城市内涝风险",
}
ISSUERS = (
    *("云河市气象台", "青山县气象局", "区气象台", "市气象台", "省气象台", "青山县自然资源局与青山县气象局", "区水利局"),
    *("云河市防汛抗旱指挥部办公室", "区重污染天气应急指挥部办公室", "林海县森林草原防灭火指挥部办公室", "市应急管理局"),
)
PLACES = ("城关镇", "东山镇", "白石乡", "南湖街道", "柳树坪镇", "河口街道", "马家沟乡")
WHOLE = ("全县", "我县", "全区", "我市大部地区")


@dataclass(frozen=True)
class Truth:
    """What a composed text says of one warning; None and empty is what it does not say."""

    kind: str | None = None
    colour: str | None = None
    level: str | None = None
    before: str | None = None
    stage: str | None = None
    passed_on: bool = False
    issuer: str | None = None
    issued_at: datetime | None = None
    from_: datetime | None = None
    to: datetime | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composed:
    """A text, when it was sent, what it says, and whether all of it must be read."""

    text: str
    now: datetime
    truth: tuple[Truth, ...]
    easy: bool = False
    tags: frozenset[str] = frozenset()
    why_not: str | None = None


@dataclass
class Draft:
    """A text as it grows."""

    random: Random
    now: datetime
    truth: Truth = field(default_factory=Truth)
    easy: bool = True
    tags: set[str] = field(default_factory=set)

    def one(self, choices: Sequence[str]) -> str:
        """One of the choices."""
        return self.random.choice(choices)

    def says(self, tag: str, **values: object) -> None:
        """Take down what was just written."""
        self.truth = replace(self.truth, **values)  # type: ignore[arg-type]
        self.tags.add(tag)


def signal(draft: Draft, colour: str) -> str:
    """暴雨红色预警信号, in one of its forms."""
    kind = draft.truth.kind or ""
    words = draft.one((kind, WRITTEN.get(kind, kind)))
    level = draft.one(LEVELS[colour])
    forms: tuple[tuple[str, bool], ...] = (
        (f"{words}{colour}色预警信号", False),
        (f"{words}{colour}色预警", False),
        (f"{words}{colour}色预警信号", False),
        (f"{words}预警（{colour}色）", False),
        (f"{words}{level}预警（{colour}色）", True),
        (f"{words}{colour}色（{level}）预警信号", True),
        (f"{colour}色{words}预警", False),
    )
    form, has_level = draft.random.choice(forms)
    if has_level:
        draft.says("level", level=ROMAN[colour])
    return form


def clock(draft: Draft, at: datetime) -> str:
    """A moment with its hour, as near to it as people write."""
    minute = f"{at.minute:02d}分" if at.minute else ""
    forms = [
        f"{at.year}年{at.month}月{at.day}日{at.hour:02d}时{minute}",
        f"{at.month}月{at.day}日{at.hour}时{minute}",
        f"{at.day}日{at.hour:02d}时{minute}",
        f"{at.month}月{at.day}日{at.hour:02d}:{at.minute:02d}",
    ]
    if at.date() == draft.now.date():
        forms.append(f"今天{at.hour}时{minute}")
    return draft.one(forms)


def issue_time(draft: Draft) -> str:
    """The time of issue, or nothing."""
    if draft.random.random() < 0.25:
        return ""
    at = (draft.now - timedelta(minutes=draft.random.randrange(0, 300))).replace(second=0)
    draft.says("issued at", issued_at=at)
    return clock(draft, at)


def told_period(draft: Draft) -> str:
    """From when to when, or nothing."""
    base = draft.truth.issued_at or draft.now
    begins = base.replace(minute=0) + timedelta(hours=draft.random.randrange(1, 10))
    ends = begins + timedelta(hours=draft.random.randrange(1, 20))
    to = draft.one(("至", "到", "～", "-", "—"))
    choice = draft.random.randrange(9)
    if choice == 0:
        return draft.one(("", "近期", "短时内"))
    if choice in (1, 2):
        hours = draft.random.choice((1, 2, 3, 6, 12, 24))
        draft.says("ahead", from_=base, to=base + timedelta(hours=hours))
        return draft.one((f"未来{hours}小时", f"未来{hours}小时内", f"今后{hours}小时"))
    if choice in (3, 4):
        draft.says("days and hours", from_=begins, to=ends)
        return f"{begins.day}日{begins.hour}时{to}{ends.day}日{ends.hour}时"
    if choice == 5 and begins.date() == base.date() == ends.date():
        draft.says("hours", from_=begins, to=ends)
        return f"今天{begins.hour}时{to}{ends.hour}时"
    if choice == 6:
        day = base.replace(hour=0, minute=0)
        draft.says("night and day", from_=day + timedelta(hours=20), to=day + timedelta(hours=44))
        return draft.one((f"{base.day}日夜间{to}{(day + timedelta(days=1)).day}日白天", f"今天夜间{to}明天白天"))
    if choice == 7:
        draft.says("next day", from_=begins, to=(begins + timedelta(days=1)).replace(hour=8))
        return f"{begins.day}日{begins.hour}时{to}次日8时"
    draft.says("with month", from_=begins, to=ends)
    return f"{begins.month}月{begins.day}日{begins.hour:02d}时{to}{ends.month}月{ends.day}日{ends.hour:02d}时"


def places(draft: Draft) -> str:
    """Where, or nothing."""
    choice = draft.random.randrange(5)
    if not choice:
        return ""
    if choice == 1:
        words = draft.one(WHOLE)
        draft.says("whole", areas=(words,))
        return words
    named = draft.random.sample(PLACES, draft.random.randrange(1, 4))
    draft.says("named", areas=tuple(named))
    if choice == 2 and len(named) > 1:
        return f"{'、'.join(named[:-1])}{draft.one(('和', '及', '以及'))}{named[-1]}"
    return "、".join(named) + draft.one(("", "等地", "", "局部"))


_OUTLOOK = (
    "将出现50毫米以上降水",
    "将有6级以上大风",
    "仍将持续",
    "降水量将达100毫米以上并伴有雷电",
    "最高气温将升至37℃以上",
)
_OBSERVED = ("过去3小时河口街道降水量达62毫米", "截至12时西坪村已出现8级大风", "目前马家沟乡能见度不足200米")
_ADVICE = (
    *(
        "请注意防范",
        "请做好防御工作",
        "请各单位于18时前上报值班情况",
        "各镇街请立即转移危险区群众",
        "请相关单位启动应急响应",
    ),
    *("联系电话：0356-2000000", "防御指南：1.停止户外作业；2.暂停学校露天活动", "应急办值班室24小时值守", "请转发周知"),
)
_BEFORE = ("受高空槽和切变线影响，", "受台风外围影响，", "各有关单位：", "")
_FILLER = (
    "区防指已于10时启动防汛Ⅳ级应急响应",
    "会商会15时至16时在三楼召开",
    "今天是第3次调度",
    "雨量站最大雨强每小时42毫米",
)


def body(draft: Draft) -> str:
    """What is expected, when and where."""
    parts = [places, told_period] if draft.random.random() < 0.3 else [told_period, places]
    first, second = [part(draft) for part in parts]
    pause = "，" if first and draft.random.random() < 0.4 else ""
    return f"预计{first}{pause}{second}{draft.one(_OUTLOOK)}"


def stage_of(draft: Draft, signals: str, issuer: str, when: str) -> str:
    """Who did what, as a clause."""
    truth = draft.truth
    colour = truth.colour or ""
    name = truth.kind or ""
    lower = COLOURS[COLOURS.index(colour) + 1 :]
    higher = COLOURS[: COLOURS.index(colour)]
    choice = draft.random.randrange(10)
    if choice in (0, 1, 2):
        draft.says("issued", stage="issued")
        forms = [f"{issuer}{when}发布{signals}", f"{issuer}{when}发布了{signals}"]
        if when:
            forms += [
                f"{issuer}于{when}发布{signals}",
                f"{when}，{issuer}发布{signals}",
                f"{issuer}\n{when}\n发布{signals}",
            ]
        return draft.one(forms)
    if choice == 3:
        draft.says("continued", stage="continued")
        return f"{issuer}{when}继续发布{signals}"
    if choice == 4:
        draft.says("updated", stage="updated")
        return f"{issuer}{when}{draft.one(('更新', '更新发布', '变更发布'))}{signals}"
    if choice == 5 and lower:
        old = draft.one(lower)
        draft.says("raised", stage="raised", before=old, level=None)
        verb = draft.one(("升级为", "提升为", "升级至", "上调为", "升级发布为"))
        change = draft.one(
            (
                f"将{name}{old}色预警信号{verb}{colour}色",
                f"将{name}{old}色预警{verb}{name}{colour}色预警",
                f"将{name}预警由{old}色{verb}{colour}色",
            )
        )
        return f"{issuer}{when}{change}"
    if choice == 6 and higher:
        old = draft.one(higher)
        draft.says("lowered", stage="lowered", before=old, level=None)
        verb = draft.one(("降级为", "降为", "下调为", "降低至"))
        return f"{issuer}{when}将{name}{old}色预警信号{verb}{colour}色"
    if choice == 7:
        draft.says("lifted", stage="lifted")
        return draft.one(
            (
                f"{issuer}{when}解除{signals}",
                f"{issuer}{when}发布{signals}解除通知" if not when else f"{issuer}{when}解除{signals}",
            )
        )
    if choice == 8:
        draft.says("extended", stage="extended")
        return f"{issuer}{when}{draft.one(('延长', '延长发布'))}{signals}"
    draft.says("heading alone")
    draft.says("no time", issued_at=None, issuer=issuer or None)
    return f"{issuer}{signals}"


def real(draft: Draft) -> str:
    """A warning that holds."""
    colour = draft.one(COLOURS)
    draft.says(f"kind:{colour}", kind=draft.one(KINDS), colour=colour)
    opening = draft.one(("", "", "", f"【{draft.truth.kind}{colour}色预警】", "【预警信息】"))
    issuer = draft.one(ISSUERS)
    draft.says("issuer", issuer=issuer)
    when = issue_time(draft)
    signals = signal(draft, colour)
    act = stage_of(draft, signals, issuer, when)
    handed = draft.random.random() < 0.15
    if handed:
        draft.says("passed on", passed_on=True)
        act = f"{draft.one(('转发', '区教育局转发', '现转发', '转：'))}{act}"
    lifted = draft.truth.stage == "lifted"
    lead = draft.one(_BEFORE) if not handed and not opening else ""
    text = f"{opening}{lead}{act}"
    if not lifted and draft.random.random() < 0.85:
        if draft.random.random() < 0.2:
            text += f"。{draft.one(_OBSERVED)}，{body(draft)}"
            draft.tags.add("observed")
        else:
            text += f"{draft.one(('：', '：', '，', '。'))}{body(draft)}"
    if draft.random.random() < 0.25:
        draft.easy = False
        draft.tags.add("filler")
        text += f"。{draft.one(_FILLER)}"
    return text + f"{draft.one(('，', '。'))}{draft.one(_ADVICE)}。"


def form(draft: Draft) -> str:
    """A warning as the lines of a form, in any order."""
    colour = draft.one(COLOURS)
    draft.says("form", kind=draft.one(KINDS), colour=colour, level=ROMAN[colour], issuer=draft.one(ISSUERS))
    begins = draft.now.replace(minute=0) + timedelta(hours=draft.random.randrange(1, 8))
    ends = begins + timedelta(hours=draft.random.randrange(1, 20))
    named = tuple(draft.random.sample(PLACES, 2))
    draft.says("form", from_=begins, to=ends, areas=named)
    lines = [
        f"{draft.one(('险情类别', '预警类型', '灾害种类'))}：{draft.truth.kind}",
        f"预警级别：{draft.one(LEVELS[colour])}（{colour}色）",
        f"起始时间：{begins.month}月{begins.day}日{begins.hour}时至{ends.month}月{ends.day}日{ends.hour}时",
        f"{draft.one(('预警区域', '影响范围'))}：{'、'.join(named)}",
        f"{draft.one(('发布机关', '发布单位'))}：{draft.truth.issuer}",
    ]
    if draft.random.random() < 0.5:
        at = draft.now.replace(second=0)
        draft.says("form", issued_at=at)
        lines.append(f"发布时间：{at.year}年{at.month}月{at.day}日{at.hour:02d}时{at.minute:02d}分")
    draft.random.shuffle(lines)
    return "\n".join(lines)


def chain(draft: Draft) -> str:
    """A warning that was raised while it held, told from its beginning."""
    first = draft.random.randrange(2, 4)
    colours = [COLOURS[first], COLOURS[first - 1], COLOURS[first - 2]][: draft.random.randrange(2, 4)]
    times = sorted(draft.random.sample(range(1, 11), len(colours)))
    day = draft.now.replace(hour=12, minute=draft.random.randrange(60))
    draft.now = day
    draft.says("chain", kind=draft.one(KINDS), issuer=draft.one(ISSUERS), colour=colours[-1], before=colours[-2])
    draft.says("chain", stage="raised", issued_at=day.replace(hour=times[-1], minute=0))
    later = "，".join(f"{hour}时升级为{colour}色" for hour, colour in zip(times[1:], colours[1:], strict=True))
    return f"{draft.truth.issuer}{day.day}日{times[0]}时发布{draft.truth.kind}{colours[0]}色预警，{later}。请注意防范。"


def by_name(draft: Draft) -> str:
    """A warning that is raised for some townships by name, with what was seen and what holds elsewhere."""
    at = draft.random.randrange(1, 4)
    new, old = COLOURS[at - 1], COLOURS[at]
    when = draft.now.replace(second=0) - timedelta(minutes=draft.random.randrange(90))
    named = draft.random.sample(PLACES, 3)
    draft.says("by name", kind=draft.one(KINDS), issuer=draft.one(ISSUERS), colour=new, before=old, stage="raised")
    draft.says("by name", issued_at=when, areas=tuple(named[:2]))
    told = draft.one(("受强对流云团影响，过去3小时我市北部已出现大到暴雨，", "目前河口街道能见度不足200米，", ""))
    second = f"{draft.random.randrange(60):02d}秒" if draft.random.random() < 0.3 else ""
    at_once = f"{when.month}月{when.day}日{when.hour}时{when.minute:02d}分{second}"
    return (
        f"{told}{draft.truth.issuer}{at_once}将{'、'.join(named[:2])}{draft.truth.kind}{old}色预警信号升级为{new}色，"
        f"请{named[2]}加强防御。"
    )


def risk(draft: Draft) -> str:
    """A warning whose colour stands in brackets behind the risk."""
    colour = draft.one(COLOURS)
    kind, name = draft.random.choice((("地质灾害", "地质灾害气象风险预警"), ("山洪", "山洪灾害气象预警")))
    begins = draft.now.replace(hour=20, minute=0, second=0)
    draft.now = begins - timedelta(hours=2)
    draft.says("risk", kind=kind, colour=colour, issuer=draft.one(ISSUERS), stage="issued", issued_at=draft.now)
    draft.says("risk", from_=begins, to=begins + timedelta(days=1), areas=("云河市西南部", "青山县东部"))
    next_day = begins + timedelta(days=1)
    verb = draft.one(("联合发布", "发布"))
    return (
        f"{draft.truth.issuer}{draft.now.month}月{draft.now.day}日{draft.now.hour}时{verb}{name}："
        f"预计，{begins.month}月{begins.day}日20时至{next_day.day}日20时，云河市西南部、青山县东部等地部分地区发生{kind}的"
        f"可能性较大（{colour}色预警）。{colour}色预警区内人员，请随时关注预警信息变化。"
    )


def notice(draft: Draft) -> str:
    """What is told of a warning that another issued: a title, a message of a school."""
    colour = draft.one(COLOURS)
    draft.says("notice", kind=draft.one(KINDS), colour=colour, issuer=draft.one(ISSUERS))
    choice = draft.random.randrange(4)
    issuer, name = draft.truth.issuer, f"{draft.truth.kind}{colour}色预警"
    if not choice:
        draft.says("notice", stage="issued")
        return f"{issuer}关于发布{name}的通知"
    if choice == 1:
        at = draft.now.replace(minute=0) - timedelta(hours=1)
        draft.says("notice", issued_at=at)
        return f"根据{issuer}{at.day}日{at.hour}时发布的{name}，请各学校做好防范，18时前报送落实情况。"
    if choice == 2:
        draft.says("notice", issuer=None)
        return f"{draft.one(('注意', '提醒', '紧急通知', '各位家长'))}：{name}！"
    draft.says("notice", stage="lifted")
    return f"各单位：{issuer}{draft.one(('已', '已经', '现已'))}解除{name}信号，请恢复正常秩序。"


def _no(why: str, *forms: str) -> tuple[str, tuple[str, ...]]:
    return why, forms


NOT = (
    _no("asked", "会不会发{s}？", "{i}是不是要发布{s}？", "{i}发布{s}了吗？", "什么时候解除{s}", "有没有{s}"),
    _no(
        "drill",
        "【演练】{i}发布{s}",
        "【测试信息】{i}{t}发布{s}，请勿理会",
        "应急演练：{i}发布{s}",
        "{i}发布{s}（测试）",
    ),
    _no(
        "supposed",
        "如果{i}发布{s}，学校要停课",
        "{i}可能发布{s}",
        "{i}拟于20时发布{s}",
        "{i}将于20时解除{s}",
        "一旦发布{s}，立即停课",
    ),
    _no("ordered", "建议{i}发布{s}", "请{i}尽快发布{s}", "提请发布{s}"),
    _no("denied", "{i}尚未解除{s}", "目前没有{s}", "{i}暂未发布{s}", "不是{s}"),
    _no("hearsay", "网传{i}发布{s}", "听说要发{s}", "{i}发布{s}系谣言"),
    _no(
        "rule", "收到{s}后立即停课", "{s}期间学校停课", "{s}的含义是什么", "{s}标准：3小时降雨100毫米", "请密切关注{s}"
    ),
    _no("past", "去年{i}发布过{s}", "上次{i}发布{s}时停了课", "往年{s}很少"),
    _no("nothing", "{i}启动防汛Ⅲ级应急响应", "预计今天{k}", "做好预警工作", "今天14时至16时有{k}"),
)


def compose(random: Random) -> Composed:
    """One text."""
    now = datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=random.randrange(525_000))
    draft = Draft(random, now)
    if random.random() < 0.25:
        why, forms = random.choice(NOT)
        colour = random.choice(COLOURS)
        draft.truth = Truth(kind=random.choice(KINDS), colour=colour)
        kind = draft.truth.kind
        words = {"s": signal(draft, colour), "i": random.choice(ISSUERS), "t": clock(draft, now), "k": kind}
        tail = random.choice(("", "。请注意防范", "，预计未来3小时城关镇有雨"))
        return Composed(
            random.choice(forms).format(**words) + tail, now, (), tags=frozenset({f"not:{why}"}), why_not=why
        )
    if random.random() < 0.1:
        return _two(draft)
    shape = random.choices((form, chain, notice, by_name, risk, real), (6, 6, 8, 6, 4, 70))[0]
    text = shape(draft)
    now = draft.now
    return Composed(text, now, (draft.truth,), draft.easy, frozenset(draft.tags))


def _two(draft: Draft) -> Composed:
    """Two kinds in one text."""
    first, second = draft.random.sample(KINDS, 2)
    one, other = draft.one(COLOURS), draft.one(COLOURS)
    issuer = draft.one(ISSUERS)
    if draft.random.random() < 0.5:
        text = f"{issuer}解除{first}{one}色预警信号，发布{second}{other}色预警信号。"
        truth = (
            Truth(kind=first, colour=one, stage="lifted", issuer=issuer),
            Truth(kind=second, colour=other, stage="issued", issuer=issuer),
        )
    else:
        text = f"{issuer}发布{first}{one}色、{second}{other}色预警信号：预计未来3小时城关镇有雨。"
        shared = Truth(
            stage="issued", issuer=issuer, from_=draft.now, to=draft.now + timedelta(hours=3), areas=("城关镇",)
        )
        truth = (replace(shared, kind=first, colour=one), replace(shared, kind=second, colour=other))
    return Composed(text, draft.now, truth, True, frozenset({"two"}))


def figures(found: WarningFound) -> Truth:
    """What was read, as a truth is written."""

    def value(words: object) -> object:
        return None if words is None else words.value  # type: ignore[attr-defined]

    def moment(words: object) -> object:
        return None if words is None else words.value.at  # type: ignore[attr-defined]

    plain: dict[str, object] = {
        name: value(getattr(found, name))
        for name in ("kind", "colour", "level", "before", "stage", "issuer", "issued_at")
    }
    return Truth(
        **plain,  # type: ignore[arg-type]
        passed_on=found.passed_on is not None,
        from_=moment(found.from_),  # type: ignore[arg-type]
        to=moment(found.to),  # type: ignore[arg-type]
        areas=tuple(area.value for area in found.areas),
    )


Fault = tuple[str, object, object]
"""Field, what is so, what was read."""


def false(composed: Composed, read: WarningText) -> list[Fault]:
    """What was read that the text does not say."""
    if len(read.warnings) > len(composed.truth):
        return [("warnings", len(composed.truth), [figures(found) for found in read.warnings])]
    faults: list[Fault] = []
    for found in map(figures, read.warnings):
        near = min(composed.truth, key=lambda truth: len(_wrong(truth, found)))
        faults += _wrong(near, found)
    return faults


def _wrong(truth: Truth, found: Truth) -> list[Fault]:
    wrong = []
    for name in Truth.__dataclass_fields__:
        is_so, was_read = getattr(truth, name), getattr(found, name)
        if name == "areas":
            if set(was_read) - set(is_so) - {area.removesuffix("大部地区") for area in is_so}:
                wrong.append((name, is_so, was_read))
        elif was_read and was_read != is_so:
            wrong.append((name, is_so, was_read))
    return wrong


def unread(composed: Composed, read: WarningText) -> list[Fault]:
    """What the text says and nobody read."""
    found = [figures(one) for one in read.warnings]
    missed: list[Fault] = []
    for truth in composed.truth:
        near = next((one for one in found if one.kind == truth.kind), Truth())
        missed += [
            (name, getattr(truth, name), getattr(near, name))
            for name in Truth.__dataclass_fields__
            if getattr(truth, name) and not getattr(near, name)
        ]
    return missed


def judged(
    seed: int, count: int, judge: Callable[[Composed, WarningText], list[Fault]]
) -> list[tuple[Composed, list[Fault]]]:
    """Texts of a seed that a judge finds fault with."""
    random = Random(seed)
    texts = [compose(random) for _ in range(count)]
    read = [(text, warning.read(text.text, now=text.now)) for text in texts]
    return [(text, faults) for text, found in read if (faults := judge(text, found))]


def main(seeds: int = 10, count: int = 1000) -> None:
    """Print what is false and what is unread, over several seeds."""
    wrong = [item for seed in range(seeds) for item in judged(seed, count, false)]
    missed = [item for seed in range(seeds) for item in judged(seed, count, unread)]
    for text, faults in wrong[:20]:
        print(f"{text.now:%m-%d %H:%M}", text.text, *faults, sep="\n    ")
    print("false", len(wrong), "of", seeds * count)
    print("unread", Counter(fault[0] for _, faults in missed for fault in faults))
    for text, faults in [item for item in missed if item[0].easy][:20]:
        print(f"{text.now:%m-%d %H:%M}", text.text, *faults, sep="\n    ")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
