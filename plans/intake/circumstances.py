"""What a text says of a plan's circumstances: of a flag that it is so or is not, of a choice which one it is.

The phrases stand in the plan file; here stand the words around them that take back what they assert: a denial, a
suspicion, a question, a supposition, a drill. What is only suspected, asked or rehearsed leaves the circumstance open,
what is supposed or past says nothing of it. Contradictions leave it open, unless the later of them corrects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from plans.intake.reading import GIVES_VALUES, Circumstance, Span, Utterance
from plans.model import Fact

Force = Literal["yes", "no", "open", "nothing"]
"""What one place of a text does with a phrase."""

_MANY = 12
"""Places of one phrase that are looked at, so that a hostile text stays cheap."""

_NARROW = 8
_GAP = rf"[^,。;!?\n]{{0,{_NARROW}}}?"
_WIDE_GAP = r"[^。!?\n]{0,30}?"
_CLAUSE_ENDS = ",。;!?\n"
_SENTENCE_ENDS = "。;!?\n"


class Phrase(NamedTuple):
    """A phrase of a plan file, ready to be looked for.

    Args:
        parts: of each of its parts the words, one of which must stand in the text.
        pattern: the whole, with one group a part.
    """

    parts: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=8192)
def phrase(written: str) -> Phrase:
    """Return the phrase that a plan file writes as ``公交/线路…停运``; see `plans.model.Fact`."""
    pieces = re.split("(…+)", written)
    parts = tuple(tuple(word for word in piece.split("/") if word) for piece in pieces[::2])
    gaps = [_WIDE_GAP if len(piece) > 1 else _GAP for piece in pieces[1::2]]
    groups = [f"({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})" for words in parts]
    pattern = groups[0] + "".join(gap + group for gap, group in zip(gaps, groups[1:], strict=True))
    return Phrase(parts, re.compile(pattern))


def places(text: str, letters: frozenset[str], written: str) -> Iterator[re.Match[str]]:
    """Yield where a phrase stands in normalised text.

    Args:
        letters: of the text, by which most words are seen to be absent.
    """
    parts, pattern = phrase(written)
    if written and all(any(letters.issuperset(word) and word in text for word in words) for words in parts):
        yield from islice(pattern.finditer(text), _MANY)


class Hit(NamedTuple):
    """A phrase in the text.

    Args:
        value: what it would assert.
        span: where it stands.
        force: what its surroundings make of it.
        letters: how many characters of it the plan file names; of two phrases at one place the fuller one counts.
    """

    value: bool | str
    span: Span
    force: Force
    letters: int


def circumstances(
    text: str, facts: Mapping[str, Fact], utterances: Sequence[Utterance] = (), classes: Collection[str] = ()
) -> tuple[dict[str, Circumstance], dict[str, Span]]:
    """Return what normalised text states of a plan's flags and choices, and what it merely leaves open.

    Args:
        facts: of the plan; what is counted is passed over.
        utterances: the text cut by what its writer does with each stretch; without them the words around a phrase
            alone tell.
        classes: of events for which the text speaks; what only other classes know is then not read.
    """
    said: dict[str, Circumstance] = {}
    raised: dict[str, Span] = {}
    around = Around(text, utterances)
    for name, fact in facts.items():
        if fact.type not in ("flag", "choice") or (fact.classes and classes and not {*fact.classes} & {*classes}):
            continue
        hits = _hits(fact, around)
        stated = None if fact.judgement else _stated(fact, hits, text)
        if stated is not None:
            said[name] = stated
            continue
        span = next((hit.span for hit in hits if hit.force in ("yes", "open")), None) or _raised(fact, around)
        if span is not None:
            raised[name] = span
    return said, raised


def _hits(fact: Fact, around: Around) -> list[Hit]:
    """All places of the phrases that assert something, but for those that lie within a fuller one of the fact."""
    others = list(_names(around, fact.not_of))
    asserting: list[tuple[bool | str, tuple[str, ...]]] = [(True, fact.said_by), (False, fact.denied_by)]
    asserting += [(choice.id, choice.said_by) for choice in fact.choices]
    found = [
        Hit(value, match.span(), around.force(match, suffices), sum(len(word) for word in match.groups()))
        for value, phrases in asserting
        for suffices in (any("疑似" in item for item in phrases),)
        for item in phrases
        for match in around.places(item)
        if not _within(match.span(1), others)
    ]
    found.sort(key=lambda hit: (hit.span[0], -hit.span[1]))
    return [hit for at, hit in enumerate(found) if not any(_fuller(other, hit) for other in _near(found, at))]


def _near(found: Sequence[Hit], at: int) -> Iterator[Hit]:
    """The hits that overlap one of those that are sorted by where they begin."""
    low, high = found[at].span
    for place, other in enumerate(found):
        if other.span[0] >= high:
            break
        if place != at and other.span[1] > low:
            yield other


def _fuller(other: Hit, hit: Hit) -> bool:
    """Whether another hit speaks in the place of one that it overlaps: the fuller one, the longer one."""
    if other.value != hit.value:
        return _within(hit.span, [other.span]) and other.letters > hit.letters
    return (hit.span[1] - hit.span[0], -hit.span[0]) < (other.span[1] - other.span[0], -other.span[0])


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in others)


def _names(around: Around, names: Sequence[str]) -> Iterator[Span]:
    for name in names:
        for match in around.places(name):
            yield match.span()


def _raised(fact: Fact, around: Around) -> Span | None:
    """Where a word stands that leaves the fact open."""
    others = list(_names(around, fact.not_of))
    for item in fact.raised_by:
        for match in around.places(item):
            if not _within(match.span(1), others) and around.force(match) in ("yes", "open"):
                return match.span()
    return None


def _stated(fact: Fact, hits: Sequence[Hit], text: str) -> Circumstance | None:
    """What the hits say together; None where they leave it open or say nothing."""
    domain: list[bool | str] = [choice.id for choice in fact.choices] or [False, True]
    sure = [hit for hit in hits if hit.force in ("yes", "no")]
    if not sure:
        return None
    last = sure[-1]
    differing = [hit for hit in sure if (hit.value, hit.force) != (last.value, last.force)]
    if differing and _corrects(text, max(hit.span[1] for hit in differing), last.span[0]):
        sure = [hit for hit in sure if (hit.value, hit.force) == (last.value, last.force)]
    asserted = [value for value in domain if any(hit.value == value and hit.force == "yes" for hit in sure)]
    denied = {hit.value for hit in sure if hit.force == "no"}
    doubted = any(hit.force == "open" and hit.span[0] > last.span[0] for hit in hits)
    if denied & set(asserted) or len(denied) == len(domain) or (asserted and asserted[-1] != asserted[0] == domain[0]):
        return None
    if doubted and (not asserted or asserted == [domain[0]]):
        return None  # the one is ruled out, and something else suspected
    left = asserted[-1:] or [value for value in domain if value not in denied]
    span = next(hit.span for hit in reversed(sure) if not asserted or (hit.value, hit.force) == (left[0], "yes"))
    return Circumstance(values=tuple(left), text=text[slice(*span)], span=span)


_CORRECTS = re.compile(
    r"更正|纠正|不对|错了|搞错|弄错|说错|写错|后来|现已|目前已|现在已?|最终|最后|核实后|经核实|结果|其实|实际|澄清|已?恢复"
)
_OTHERS = re.compile(r"另|其余|其他|余下|剩下|部分|还有")


def _before(pattern: re.Pattern[str], text: str, low: int, start: int) -> bool:
    """Whether a cue begins between two places, and so stands before what begins at the second or around it."""
    match = pattern.search(text, low)
    return match is not None and match.start() <= start


def _corrects(text: str, start: int, end: int) -> bool:
    """Whether what stands between two contradicting hits says that the later one replaces the earlier one."""
    between = text[max(start, end - 30) : end + 4]
    return _CORRECTS.search(between) is not None and not _OTHERS.search(between)


# --- what the surroundings make of a phrase

_LIGHT = (
    r"(?:发生|出现|造成|发现|引起|引发|导致|任何|什么|检出|查出|查到|达到|形成|构成|存在|有|是|属于?|受到?|被|再|新的|"
    r"一例|1例|一起|1起|人员?|谁|所谓|明显|的|了|过|到|见|真的?|影响|涉及|波及|因|为|会|用|地|其他|听说|听到|看到|报告|"
    r"接到|收到|确诊|诊断|进一步|大面积|大规模|大范围|继续|进入|处于|变成|正在|存在|持续|向外|往外|对外|全市|全区|全县|学生|师生|"
    r"疑似|新增|新发|本地|病例|患者|可能|要|在|全部|多)"
)
_DENIED = re.compile(
    rf"(?:(?<![从有毫])无(?!法|从|锡|数|证|照|牌|线|人机|论|奈|意)|(?<![从])未(?!成年|来|必|经)|没有?(?!想到|料到|多久|一会|来得及)|"
    rf"并未|并没有?|尚未|暂未|暂无|不(?:会再?|再|可能|至于|在|处于)?|不是|并非|并不是|非(?=$|属)|不属于?|不算|不存在|"
    rf"算不上|谈不上|够不上|达不到|零)(?:、|和|或|及|{_LIGHT}){{0,6}}$"
    r"|(?:未|没有?|并未|并没有?|无)(?:造成|导致|引起|引发|影响|发生|出现|发现|检出)[^,。;!?]{0,8}$"
)
_RULED_OUT = re.compile(r"(?:排除|否定|否认|误报|误传|误以为|错当成|误认为|误当成)[^,。;!?]{0,10}$")
_NEGATIVE = frozenset("没未无不非排")
"""A phrase that begins so denies by itself: what follows belongs to it (没有疑似病例)."""
_NOT_RULED_OUT = re.compile(
    r"(?:不能?|未能?|没有?能?|无法|尚未|还没有?|难以|不好|暂不能?|不可)(?:完全|彻底)?排除[^,。;!?]{0,14}$"
)
_DENIED_BEHIND = re.compile(
    r"[^,。;!?]{0,8}?(?:(?<![不未没能法以])(?:已经?|可以|基本|初步|全部|均|都)?(?:被)?(?:排除|否定)|不成立|不存在|阴性|"
    r"是假的|误报|误传|谣言|不属实|虚惊|没有的事|取消(?!后)|推迟|延期|没有发生|未发生|没发生|没有出现|未出现|没出现|不是真的)|"
    r"(?:一?个|事件|的情况|的事|现象|疫情|病例|情况)?(?:也|还|都|暂时|目前|倒)*(?<![沉淹埋])(?:没有|没)(?:的|了)?$"
)
_DENIED_LATER = re.compile(
    r"[,。;](?:后来|现在|目前|最后|最终|结果|经查|经检测|经核实|化验后?|检查后?|检测后?|专家)?[^,。;!?不未没能法]{0,4}?(?:已经?|也|都)?(?:被)?"
    r"(?:排除|否定)了?(?=[,。;!\n]|$)"
)
"""怀疑霍乱,后来排除了: the clause behind rules out what was just spoken of."""
_STILL_RULED = re.compile(r"[^,。;!?]{0,6}?(?:不能|无法|尚未|还没有?|未|没有?|难以)(?:完全|彻底)?(?:排除|确[认诊定])")
_SUSPECTED = re.compile(
    r"疑似|疑为|疑(?=是)|怀疑|可能|也许|或许|估计|大概|像是?|好像|似乎|据[说称传]|传闻|听说|听人说|网传|谣传|传言|有人说|都说是?|"
    r"担心|害怕|恐怕|生怕|怕是|怕会|险些|差点|差一点|待查|初诊|初判|初步判断|初步考虑|初步怀疑|考虑(?:是|为)|"
    r"将会|即将|快要|会不会|面临|存在[^,。;!?]{0,6}(?:风险|隐患)|预计|预测|有望|或将|或者?是|或(?=为|系)|高度警惕|警惕|不排除"
)
_SUSPECTED_BEHIND = re.compile(
    r"[^,。;!?]{0,6}?(?:可能性|的可能|待排|待查|待确认|待核实|未确认|没确认|尚未确认|未证实|没证实|的?风险|的?隐患|"
    r"嫌疑|疑似|未定性|没定性|不清楚|不确定|不好说|说不准|拿不准)|"
    r"[^,。;!?]{0,4}(?:检测|检验|化验|筛查|排查|送检|采样)(?![^,。;!?]{0,6}(?:阳性|确|证实|检出))"
)
_ASKED = re.compile(
    r"是不是|是否|有没有|有无|会不会|能不能|算不算|属不属于|属于不属于|难道|莫非|请问|问一下|问问|想问|咨询|"
    r"(?<![经已])核实(?!后|是|为|确|结果)|查一下|查清|查明(?=是)|确认一下|搞清|弄清|不清楚|不知道|不确定|没确定|未确定|"
    r"尚未确认|没搞清|没弄清|尚不明确|说不清|吃不准|拿不准|哪[个些种一]|什么(?=叫)|怎么(?:报|判|处|算)|该不该|要不要"
)
_ASKED_BEHIND = re.compile(r"(?:吗|么|嘛|没有|没|不|与否|还是[^,。;!?]{1,8})?\??$")
_TAG = re.compile(
    r"[,:]?(?:是吗|对吗|真的吗|有吗|是不是|对不对|是真的吗|对吧|真的假的|有这回事吗|属实吗|是否属实)\?*(?=[,。;!\n]|$)"
)
_SUPPOSED = re.compile(
    r"如果|假如|假设|假使|倘若|若(?=是|有|出现|发生|遇|发现|干)|如(?=有|遇|出现|发生|发现)|一旦|万一|要是|凡是?(?=发生|出现)|"
    r"发生[^,。;!?]{0,6}时(?:应|要|须|怎)"
)
_PREVENTED = re.compile(
    r"防止|避免|(?<!的)预防(?!接种|性|用药|针|服药)|谨防|严防|防范|防控|以防|以免|免得|提防|杜绝|防备|应对|防治|抵御|阻止|挫败|制止"
)
_RULE = re.compile(r"预案(?:规定|里|要求|明确|上写)|是指|分级标准|按(?:照)?(?:规定|标准)|属于?哪|的(?:定义|标准)")
_PAST = re.compile(
    r"去年(?!同期)|前年|上个?月|上次|上回|上一次|以前|过去|曾经|曾(?=发生|出现|有|因)|历史上|往年(?!同期|平均)|年前|早些年|那年|前些年|前几年|"
    r"旧闻|老新闻|回顾|案例|事故通报学习|警示教育"
)
_SCRIPTED = re.compile(r"演练|演习|推演|模拟(?!考|试卷)|脚本|剧本|假想|桌面推")
_NO_DRILL = re.compile(r"(?:不是|并非|非|不属于)[^,。;!?]{0,2}$")
_ABOUT = re.compile(
    r"的?(?:弧菌|病毒|病|疫情|事故|事件|泄漏|袭击)?(?:疫苗|防控|防治|防范|预防|知识|应急|预案|样(?=症状|病例)|试剂|讲座|宣传|专家|方案|培训|物资|"
    r"处置流程|演练|演习|科普|指南|手册|专项检查|考核|课)"
)


class Around:
    """What the words around a place of the text make of it.

    Args:
        text: normalised.
        utterances: the text cut by what its writer does with each stretch.
    """

    def __init__(self, text: str, utterances: Sequence[Utterance]) -> None:
        self.text, self.utterances, self.letters = text, utterances, frozenset(text)
        match = _SCRIPTED.search(text)
        self.scripted = match is not None and not _NO_DRILL.search(text, max(0, match.start() - 6), match.start())

    def places(self, written: str) -> Iterator[re.Match[str]]:
        """Yield where a phrase stands."""
        return places(self.text, self.letters, written)

    def force(self, match: re.Match[str], suffices: bool = False) -> Force:
        """Return what becomes of a phrase that stands here.

        Args:
            suffices: what is suspected (疑似) is already what the plan asks for.
        """
        start, end = match.span()
        told = self._told(start, end)
        kind = told.kind if told is not None else None
        if told is not None and told.kind == "supposed" and _SUSPECTED.search(told.cue):
            kind = "reported"  # 可能扩散: it may be so, which is more than a thought
        if kind in ("supposed", "past", "withdrawn", "rumour") or _ABOUT.match(self.text, end):
            return "nothing"
        low, high = self._bounds(start, end, _CLAUSE_ENDS)
        first, last = self._bounds(start, end, _SENTENCE_ENDS)
        if any(_before(cue, self.text, first, start - 1) for cue in (_SUPPOSED, _PAST, _RULE)):
            return "nothing"
        if _before(_PREVENTED, self.text, max(low, start - 14), start - 1):
            return "nothing"
        unsure = kind is not None and kind not in GIVES_VALUES
        if unsure or self.scripted or self._asked(low, start, end, high, last):
            return "open"
        if _NOT_RULED_OUT.search(self.text, low, start) or _STILL_RULED.match(self.text, end, high):
            return "open"
        denies = self.text[start] in _NEGATIVE
        if self._denied(max(low, start - 16), start) or (not denies and _DENIED_BEHIND.match(self.text, end, high)):
            return "no"
        if not denies and _DENIED_LATER.match(self.text, high):
            return "no"
        for group in range(2, match.re.groups + 1):
            gap = match.end(group - 1), match.start(group)
            if _SUPPOSED.search(self.text, *gap) or _PREVENTED.search(self.text, *gap):
                return "nothing"
            if _SUSPECTED.search(self.text, *gap) or _ASKED.search(self.text, *gap):
                return "open"
            if self._denied(*gap):
                return "no" if gap[1] - gap[0] <= _NARROW and "," not in self.text[slice(*gap)] else "open"
        before = _SUSPECTED.search(self.text, max(low, start - 24))
        behind = None if denies else _SUSPECTED_BEHIND.match(self.text, end, high)
        before = before if before is not None and before.start() < start else None
        doubts = [found[0] for found in (before, behind) if found is not None]
        return "open" if any(not (suffices and doubt.endswith("疑似")) for doubt in doubts) else "yes"

    def _told(self, start: int, end: int) -> Utterance | None:
        """The utterance that a phrase stands in; None also where its cue is a word of the phrase (在网上到处传)."""
        told = next((one for one in self.utterances if one.span[0] <= start < one.span[1]), None)
        at = self.text.find(told.cue, *told.span) if told is not None and told.cue else -1
        return None if told is not None and start <= at < end and told.kind != "asked" else told

    def _bounds(self, start: int, end: int, marks: str) -> Span:
        low = max(self.text.rfind(mark, 0, start) for mark in marks) + 1
        ends = (at for at in (self.text.find(mark, end) for mark in marks) if at >= 0)
        return low, min(ends, default=len(self.text))

    def _denied(self, low: int, start: int) -> bool:
        return any(pattern.search(self.text, low, start) for pattern in (_DENIED, _RULED_OUT))

    def _asked(self, low: int, start: int, end: int, high: int, last: int) -> bool:
        text = self.text
        if _before(_ASKED, text, low, start) or _TAG.match(text, high):
            return True
        closing = _ASKED_BEHIND.search(text, end, high)
        if closing is None:
            return False
        asks = closing[0].rstrip("?") not in ("", "没有", "没", "不") or text[high : high + 1] == "?"
        return asks and high >= last - 1
