"""Text -> utterances: what is asserted, asked, supposed, ordered, reported, quoted, of the past, or taken back.

Clauses end at commas and at blanks between words, sentences at full stops and line ends. A cue tells the kind of its
clause; a supposition, a tale of the past and hearsay go on to the end of the sentence or to words that come back to
what is the case. Hearsay goes on through later sentences only when they say so themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from plans.intake.breaks import STOPS, clause_end
from plans.intake.contrasting import of_another_day
from plans.intake.correcting import withdrawn
from plans.intake.disowning import disowned
from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.reading import GIVES_VALUES, Utterance, UtteranceKind
from plans.intake.relaying import asked as asked_before
from plans.intake.relaying import is_own, relayed
from plans.intake.replacing import FILL
from plans.intake.retelling import retold
from plans.intake.spheres import beside_a_drill, framed, has_figure, is_asked, own_words
from plans.intake.things import of_people

_CUES = {
    kind: any_of("utterances", kind)
    for kind in (
        *("asked", "supposed", "ordered", "past", "rumour", "reported", "unverified", "verified", "resume", "fiction"),
        "false_alarm",
    )
}  # fmt: skip
_RESUMES = lazy(own_words)
_LOG = lazy(
    r"[ \t]*(?:\[(?P<a>\d{1,2}:\d\d(?::\d\d)?)\][ \t]*(?P<who>[^\s:,。\[\]]{1,12}):"
    r"|(?P<who2>[^\s:,。\[\]\d][^\s:,。\[\]]{0,11})[ \t]+"
    r"(?:\d{2,4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ \t]+)?(?P<b>\d{1,2}:\d\d(?::\d\d(?=[\s:]|$))?)[ \t]*:?"
    r"|(?P<c>\d{1,2}:\d\d(?::\d\d(?=[\s:]|$))?)[ \t]+(?P<who3>[^\s:,。\[\]\d]{1,8}):"
    r"|\[?(?P<d>\d{1,2}:\d\d)\]?[ \t]+(?=[^\d]))"
)
_NAMES_A_FIGURE = lazy(r"死亡|死者|遇难|受伤|伤[员者亡]|失[联踪]|被困|病例|人数|更正")
"""22:40 伤员数更新：11 is written by nobody of that name."""
_WHO = ("who", "who2", "who3")
_UNIT = lazy(r"[\u4e00-\u9fa5]{0,4}[\d一二三四五六七八九十]{1,3}(?:\([\d一二三四五六]\))?(?:班|组|车间|号楼|栋|车)")
_LOG_TITLE = lazy(r"[^\n]{0,6}(?:聊天记录|转发|以下为?群消息|群聊)[^\n]{0,20}")
_DRILL = lazy(r"演练|演习", sparse=True)
_REAL = lazy(
    r"真出事|真的出事|真事|不是脚本|不是演练|不是演习|假戏真|弄假成真|真的不是|出了意外|发生意外|突发", sparse=True
)
_ASIDE = lazy(
    r"(?:累|笑|忙|跑|走|站|搬|蹲|坐|挤|颠)(?:死|得|到|趴|瘫|惨|坏)[^。;!?\n\d]{0,8}"
    r"(?:腰|腿|脚|胳膊|手|肚子|背)(?:都|快|也|要)+(?:断|散|废|折|软)了?"
    r"|(?:结果|报告|片子|化验单?|检[测验查]|核酸|数[字据]?|名单|原因|通报|成绩|单子|消息)[^,。;!?\n\d]{0,6}没(?:有)?出来?"
    r"|\((?:含|包括)(?!失)[^()\d一二两三四五六七八九十]{1,8}\)"
    r"|\((?:[男女][,、 ]?)?\d{1,3}多?岁[^()\d]{0,10}\)"
    r"|死[了过]?(?:\d{1,3}|[一二两三四五六七八九十几好]{1,3})[次回遍](?!性)"
    r"|(?<=\d)\([+-]\d{1,3},[^()\d]{1,8}\)"
    r"|死活(?:(?:联系|找|打|叫|敲)(?:不[上到通动着开]|不?了)|(?=联系|不|找|叫|敲|打))|伤脑筋|伤透脑筋|伤心|死机|死心"
    r"|(?:[累忙笑烦愁吵急吓骂夸逗催馋帅爱]|羡慕|尴尬|无语)(?:都)?死(?!亡|[伤了]?\d)"
    r"|(?:煤气|燃气|天然气|自来水|热水|信号|流量|汽油|柴油|墨|纸|余额|库存|位置|座位|车票|票|菜|饭|肉|馒头|包子|电池|声音|画面|图像)"
    r"(?:都|也|全|又|就|快|早)*(?:没了|断了|走了)(?=[,。;!? \n]|\Z)"
    r"|[热急累吓笑忙烦愁冷吵臭]死(?:个人|人|我)(?=[,。!;\s了啦]|$)"
    r"|[热急累吓笑忙气烦愁冷吵臭](?:都)?死(?:人|我|个人)?(?:了|啦|咯|喽)",
    sparse=True,
)
"""受伤总数(含重伤)为7人: says nothing of its own."""
_TAKEN_OUT = lazy(
    r"[^,。;!?\n()]{0,12}从(?:死亡|死者|重伤|轻伤|受伤|伤员|失联|失踪|被困)(?:数|名单|人员)?(?:里|中|里头|里面)?(?:剔|减|扣|刨|划|去|拿)"
)
"""把王某从死亡名单里剔: nobody died of it."""
_BEAST = lazy(
    r"(?:(?<=[,。;!?\n ])|^)[^,。;!?\n个人名位户]{0,10}?"
    r"(?:(?:[那这几两一二三四五六七八九]|\d{1,4}|十[一二三四五六七八九]?)(?:[只匹羽]|头(?![撞栽扎冲钻倒碰摔掉]|发|部|上|皮))"
    r"|[那这一两\d]条(?:[大小]?[黑白黄花灰]?)[狗蛇牛])"
    r"[^,。;!?\n\d个人名位]{0,8}?(?:死|没了|没气|没影|不见|跑了|跑丢|伤了|埋|冲走|淹|丢了|失踪|遭殃|中毒|倒了)"
    r"[^,。;!?\n\d个人名位]{0,6}(?=[,。;!?\n]|$)"
)
"""It befell animals: 那头牛当场死了, 还有一头跑没影了."""
_HERD = lazy(
    r"(?:(?<=[,。;!?\n ])|^)[^,。;!?\n个人名位养放救汉]{0,4}?(?:羊|猪|牛|鸡|鸭|鱼|马|驴|兔|鹅|牲口|牲畜|家禽)"
    r"(?:也|都|就|全|又|一共)*(?:[烧毒淹压砸冻]?死|淹|埋|冲走|没(?=了))了?[^,。;!?\n个人名位伤]{0,8}(?=[,。;!?\n]|$)"
)
"""羊死了三十多."""
_NO_FIGURES = ((_ASIDE, ""), (_TAKEN_OUT, "从"), (_BEAST, "只匹羽头条"), (_HERD, "死淹埋冲没"))
"""What says nothing of people's harm, and characters of which it holds one."""
_SCRIPT = lazy(r"(?:脚本|推演|案例|情景|想定|注入信息|例题|背景|设定)[^,。;!?\n]{0,6}:", sparse=True)
_QUOTED_HARM = lazy(
    r"[\"'“”‘’「『](?:伤员|伤者|死者|遇难者|被困者?|被困人员|受伤|死亡|失联|失踪|中毒|重伤|轻伤|救出|获救)[\"'“”‘’」』]",
    sparse=True,
)
"""In a drill: what is played, and befell nobody."""
_IS_OF_THEN = lazy(r"是|属|算|不关|不归|不干|那是")
"""A cue of the past that says so of the words before it (死3伤40是六月那回的)."""
_OF_OTHERS = lazy(r"(?:都|也|全|又)?(?:不[归关干](?:我|咱|俺|本)|那是(?:他|她|人家|别人))")
"""A clause that begins so says it of the clause before it."""
_BY_BEASTS = lazy(r"[咬踢顶抓挠蛰撞传吃毒砸掉落]")
"""In a sentence that names a beast or a thing: it may have done harm to people (咬伤三个，一看是邻居家的狗)."""
FAR = 80
"""Characters of a sentence in which it is looked whether its writer has asked for what he tells."""
ENOUGH = 400
"""Clauses that are told apart; a message has fewer, so that a hostile text stays cheap."""


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    ends_sentence: bool
    speaker: str = ""
    header: bool = False


def utterances(text: str) -> tuple[Utterance, ...]:
    """The utterances of normalised text, in order; what lies between them are marks."""
    clauses = list(_clauses(text))
    told: list[_Told | None] = [None] * len(text)
    for clause, (kind, cue, source) in zip(clauses, _kinds(text, clauses), strict=True):
        start = clause.start
        whole = not cue or kind in ("asked", "rumour") or _IS_OF_THEN.match(cue)
        if not whole and (at := text.find(cue, start, clause.end)) > start:
            told[start:at] = [("quoted" if clause.speaker else "asserted", "", "", clause.speaker)] * (at - start)
            start = at
        told[start : clause.end] = [(kind, cue, source, clause.speaker)] * (clause.end - start)
    for low, high in disowned(text):
        told[low:high] = [("rumour", text[low:high], "", "")] * (high - low)
    for kind, (low, high), cue in framed(text):
        for at in range(low, high):
            if (was := told[at]) is None or was[0] == kind:
                continue  # who tells of it is known
            if was[0] in (_MAY_BE_FRAMED if kind != "asked" else GIVES_VALUES):
                told[at] = (kind, cue, "", was[3])
    for low, high in of_another_day(text):
        told[low:high] = [("past", text[low:high], "", "")] * (high - low)
    for low, high in withdrawn(text):
        was = next((item for item in told[low:high] if item is not None), None)
        if was is not None and was[0] in GIVES_VALUES:
            told[low:high] = [("withdrawn", text[low:high], "", "")] * (high - low)
    return tuple(_runs(text, told))


def masked(text: str, spoken: Sequence[Utterance], kept: frozenset[UtteranceKind] = GIVES_VALUES) -> str:
    """The text in which only utterances of certain kinds can be read; offsets stay as they were."""
    chars = list(text)
    for pattern, held in _NO_FIGURES:
        if held and not any(char in text for char in held):
            continue
        for aside in pattern.finditer(text):
            chars[aside.start() : aside.end()] = FILL * (aside.end() - aside.start())
    for item in spoken:
        if item.kind in kept:
            continue
        low, high = item.span
        chars[low:high] = (FILL if item.kind != "header" else "。") * (high - low)
        if (low and text[low - 1] in STOPS) or not low:
            chars[low] = "。"
        elif item.kind not in ("withdrawn", "header"):
            chars[low] = ","
    return of_people(retold("".join(chars)))


_APART: frozenset[UtteranceKind] = frozenset(("asked", "supposed", "ordered", "past", "rumour"))
"""Of these nothing befell anybody here and now."""
_WITH_FIGURES: frozenset[UtteranceKind] = frozenset(("asked", "reported"))
"""Of these only what has a figure of its own is set apart: somebody without one may be left out (老板娘说头疼)."""


def without(text: str, spoken: Sequence[Utterance]) -> str:
    """The text without what is only asked, feared, ordered or untrue, or of another day: nobody there is left out."""
    chars = list(text)
    for item in spoken:
        if item.kind in _APART | _WITH_FIGURES and (item.kind not in _WITH_FIGURES or has_figure(text, item.span)):
            low, high = item.span
            chars[low:high] = FILL * (high - low)
    return "".join(chars)


def spoken_as(text: str, spoken: Sequence[Utterance], kept: frozenset[UtteranceKind]) -> str:
    """The text in which only utterances of certain kinds stand, with all that they say; offsets stay as they were."""
    chars = list(text)
    for item in spoken:
        if item.kind not in kept:
            low, high = item.span
            chars[low:high] = "。" * (high - low)
    return "".join(chars)


def _tells_a_figure(name: str) -> bool:
    return bool(name) and _NAMES_A_FIGURE.search(name) is not None


def _clauses(text: str) -> Iterator[_Clause]:
    at, speaker, count = 0, "", 0
    length = len(text)
    while at < length and count < ENOUGH:
        fresh = at == 0 or text[at - 1] == "\n"
        if fresh:
            title = _LOG_TITLE.match(text, at)
            header = title or _LOG.match(text, at)
            if header and header.end() > at:
                named = "" if title else next((name for name in _WHO if _tells_a_figure(header[name] or "")), "")
                if not title and header["who"] and _UNIT.fullmatch(header["who"]):
                    named = "who"  # [22:54] 1班: tells of the class
                if named:
                    yield _Clause(at, header.start(named), True, header=True)
                    at, speaker = header.start(named), ""
                    count += 1
                    continue
                who = "" if title else next((w for w in (header["who"], header["who2"], header["who3"]) if w), "")
                speaker = who or (speaker if title else "")
                yield _Clause(at, header.end(), True, header=True)
                at = header.end()
                count += 1
                continue
        end = clause_end(text, at)
        if end > at:
            stop = end >= length or text[end] in STOPS
            if end < length and text[end] == "?":
                yield _Clause(at, end + 1, True, speaker)
            else:
                yield _Clause(at, end, stop, speaker)
            count += 1
        at = end + 1
    if at < length:
        yield _Clause(at, length, True, speaker)


_Told = tuple[UtteranceKind, str, str, str]
"""Kind, cue, source, speaker."""
_Kind = tuple[UtteranceKind, str, str]
_MAY_BE_FRAMED = GIVES_VALUES | {"reported"}


def _kinds(text: str, clauses: Sequence[_Clause]) -> list[_Kind]:
    told: list[_Kind] = []
    scripted = _CUES["ordered"].search(text) is not None and not _REAL.search(text)
    if _DRILL.search(text) and _QUOTED_HARM.search(text) and not _REAL.search(text):
        return [("ordered", "", "")] * len(clauses)
    drilled = scripted and (_DRILL.search(text) or _SCRIPT.search(text)) is not None
    if (drilled and not beside_a_drill(text)) or _CUES["fiction"].search(text):
        return [("ordered", "", "")] * len(clauses)
    running: _Kind | None = None
    sentence = 0  # where the sentence begins, among the clauses
    for at, clause in enumerate(clauses):
        if clause.header:
            told.append(("header", "", ""))
            running, sentence = None, at + 1
            continue
        part = text[clause.start : clause.end]
        before = text[max(clauses[sentence].start, clause.start - FAR) : clause.start]
        behind = text[clause.end : clause.end + FAR]
        now, running = _kind(part, running, clause, before, behind)
        if now[0] == "rumour":
            back = at
            while back > sentence and told[back - 1][0] in ("reported",):
                back -= 1
                told[back] = ("rumour", now[1], told[back][2])
        if at > sentence and now[0] == "past" and _OF_OTHERS.match(part) and told[at - 1][0] in GIVES_VALUES:
            told[at - 1] = ("past", now[1], "")  # 隔壁市死了1例,不归我们统计
        if _CUES["unverified"].search(part) and now[0] not in ("asked", "supposed") and not is_asked(part):
            for back in range(_paragraph(text, clauses, at), at):
                if told[back][0] in GIVES_VALUES:
                    told[back] = ("reported", part, "")
            now = ("reported", part, "") if now[0] in GIVES_VALUES else now
        if (alarm := _CUES["false_alarm"].search(part)) and not _BY_BEASTS.search(before + part):
            told[sentence:] = [("rumour", alarm[0], "")] * (at - sentence)  # 死了五个,问清是金鱼
            now = running = ("rumour", alarm[0], "")
        told.append(now)
        if clause.ends_sentence:
            running, sentence = None, at + 1
    return told


def _kind(part: str, running: _Kind | None, clause: _Clause, before: str, behind: str) -> tuple[_Kind, _Kind | None]:
    plain: _Kind = ("quoted" if clause.speaker else "asserted", "", "")
    if asked := _CUES["asked"].search(part):
        return ("asked", asked[0], ""), running
    verified = _CUES["verified"].search(part)
    if running is not None and running[0] == "reported" and (rumour := _CUES["rumour"].search(part)):
        return ("rumour", rumour[0], running[2]), None
    if running is not None:
        back = verified or (_RESUMES.match(part) and not _ONLY_HEARD.search(before))
        if back and not (running[0] == "supposed" and not verified and _CUES["supposed"].search(part)):
            running = None
        else:
            heard = _heard(part, before, behind) if running[0] == "reported" else None
            if heard is not None and _is_another(heard[1], running[2]):
                running = ("reported", *heard)  # 听保安说…, 听老师讲…: each a saying of its own
            return running, running
    if rumour := _CUES["rumour"].search(part):
        return ("rumour", rumour[0], ""), None
    if supposed := _CUES["supposed"].search(part):
        now: _Kind = ("supposed", supposed[0], "")
        return now, now
    if past := _CUES["past"].search(part):
        now = ("past", past[0], "")
        return now, now
    if verified:
        return plain, None
    if (ordered := _CUES["ordered"].search(part)) and not _REAL.search(part):
        now = ("ordered", ordered[0], "")
        return now, now
    if (heard := _heard(part, before, behind)) is not None:
        now = ("reported", *heard)
        return now, now
    return plain, running


def _heard(part: str, before: str, behind: str) -> tuple[str, str] | None:
    """Cue and source of what a clause tells by hearsay."""
    reported = _CUES["reported"].search(part)
    answered = reported is not None and _THEY.match(reported[0]) is not None and asked_before(before)
    if reported is not None and not answered and not is_own(reported[0]):
        return reported[0], _source(reported[0])
    return relayed(part, before, behind)


def _is_another(source: str, running: str) -> bool:
    """Whether somebody else speaks than the one whose words went on: named, and not only pointed at (他说)."""
    return bool(source) and source != running and not _THEY.match(source)


_THEY = lazy(r"[他她人都又还也就说]")
"""Who says it is the one who was asked, and nobody on the net or in the street."""
_ONLY_HEARD = lazy(r"(?:我|俺|咱|都|也|只|光)是听(?:人)?(?:说|讲|来)的[,: ]$")
"""Before a clause: all of it is hearsay (我是听说的，目前共死亡8人)."""
_SAID = lazy(r"^(?:听|据)|(?:说是|都说|还说|在传|有人发|[说讲传称]的?|看[见到]的?|发的)$")


def _source(cue: str) -> str:
    return _SAID.sub("", _SAID.sub("", cue))


def _paragraph(text: str, clauses: Sequence[_Clause], at: int) -> int:
    """The first clause of what 没核实 speaks of: all before it, in a log only what its speaker said."""
    first = at
    while first and not clauses[first - 1].header and clauses[first - 1].speaker == clauses[at].speaker:
        first -= 1
    return first


def _runs(text: str, told: Sequence[_Told | None]) -> Iterator[Utterance]:
    """Stretches of one kind; a comma between two of a kind joins them."""
    start, end, now = 0, 0, None
    at = 0
    for item, same in groupby(told):
        here, at = at, at + len(list(same))
        if item is None:
            continue
        if item == now and now is not None and now[0] != "header" and here - end <= 1:
            end = at
            continue
        if now is not None:
            yield Utterance(kind=now[0], cue=now[1], source=now[2], speaker=now[3], span=(start, end))
        start, end, now = here, at, item
    if now is not None:
        yield Utterance(kind=now[0], cue=now[1], source=now[2], speaker=now[3], span=(start, end))
