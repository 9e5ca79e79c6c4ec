"""Single people and families told of one after the other, clause by clause: 司机当场没了,副驾腿断了,后排俩娃没事.

Where every clause behind the event names somebody and what befell him, or goes on with it, these are the figures:
老两口,老头没了,老太太在ICU are two people, one of them dead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from plans.intake.lexicon import alternatives
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, lots_of
from plans.intake.reading import Found, Span
from plans.intake.told_people import SURNAMES

_CLAUSE = lazy(r"[^,;。!?\n:、 ]+")
_SURNAMES = SURNAMES + "乔傅奚常康文昌易柏汤祝窦章萧葛赖郎阎鲁"
_CALLED = (
    rf"(?:[老小阿][{_SURNAMES}]"
    rf"|[{_SURNAMES}](?:某{{1,2}}|师傅|总|工|队长?|经理|主任|老师|医生|哥|姐|叔|婶|伯|大[爷妈娘叔婶]))"
)
_ROLE = (
    r"(?:[\u4e00-\u9fa5]{1,3}(?<![人伤成])员(?!工)|[\u4e00-\u9fa5]{1,3}(?<![民女职员打散小])工(?![人友地作厂会])|(?:带队|代课|语文|数学|英语|体育|值班|跟班|跟车|任课|实习)老师|[\u4e00-\u9fa5]{0,3}(?:班长|队长|厂长|店长|组长|站长|所长|厨师长|主任|老板娘?|会计|经理|工头|司机|师傅|电工|焊工|木工|瓦工|"
    r"门卫|保安|保洁|教练|导游|副驾|房东|老汉|老太太|老头|老大爷|老奶奶|大爷|大妈|大娘|大姐|大哥|阿姨|媳妇|婆婆|公公|丈母娘|老丈人|[二三四大小老][叔舅姨姑爷伯]|小伙子?|姑娘))"
)
_DOING = (
    r"(?:[穿戴押跟停撑划捞钓遛挑择分带开骑坐卖买放赶看修推拉扛背送跑做烧扫站抱牵遛捡搬拾守管][^,的死伤没有人他她我\d]{0,4}的"
    r"(?:老汉|大爷|大妈|大姐|小伙子?|姑娘|女的|男的|师傅)?)"
)
_ONE = lazy(lambda: rf"(?:{_ROLE}|{_DOING}|{_CALLED}|(?:{alternatives('persons', 'one')})|[男女]的|妈|爸|爹|娘)")
_NAME = lazy(rf"{_CALLED}|长|(?<=[员工长卫安])[{_SURNAMES}]某{{1,2}}")
_LEAD = lazy(
    r"(?:(?:还有|另外?|旁边|路边|隔壁|前排|后排|后座|前座|车上|车里|屋里|店里|另一户|另一家|后车上?|前车上?|对面|路过|底下|楼[上下])的?)*"
)
_A = lazy(r"(?:有)?(?:[一1]?[个名位]|那个|这个|他|她|我|俺|[他她]家|人家)?")
_SINGLE = lazy(r"(?:有)?(?:[一1][个名位]|[个那这])")
_FOLK = lazy(
    r"(?:学生|乘客|旅客|游客|村民|居民|顾客|客人|女?工人?|民工|路人|行人|住户|员工|同学|队员|大家|家长|老师|[女男师]生|病人|患者|群众|职工|孩子|小孩|老人|娃娃?)$"
)
"""Without a word for one it may be several."""
_PAIR = lazy(
    lambda: (
        r"(?:祖孙|父子|母子|母女|父女|爷孙|兄弟|姐妹|兄妹|一家|全家)(?P<n>[两三四五六2-6])(?:口|人)"
        r"|[爷娘哥姐弟婆兄][孙们妹弟子]?仨"
        rf"|[老小]?(?:{alternatives('persons', 'pair')}|父子|母子|夫妻)(?:俩|两个?人?|[二两]人)?"
        r"|[公婆姑叔舅姨爷奶祖岳翁甥][孙媳侄甥婿女子]俩"
    )
)
_COUNT = lazy(
    lambda: (
        r"(?:(?P<n>[两三四五六七八九2-9])[个名位]|(?P<few>[俩仨]))"
        rf"(?P<noun>小?(?:娃娃?|乘客|工[人友]|民工|[男女]?学生|同学|村民|群众|老乡|游客|顾客|[男女]的|[男女]工|兄弟|姐妹|路人|年轻人|{_ONE.pattern})?)"
    )
)
_TOGETHER = lazy(r"[都全均俩仨]|双双|[和跟与同及]")
_GOES_ON = lazy(r"(?!他|她|它|谁|我|俺|咱|其|余|剩|又|另|还有|再有|人家|家里)[^\d们]{1,12}$")
_DOUBTFUL = lazy(
    r"昨|前天|去年|上[次周月]|那年|演[练习]|模拟|预案|如果|假如|要是|万一|预[计估]|可能|估计|好像|怀疑|疑似|[听网据]说|网[上传]|谣|传言|不是|不对|更正|错|"
    r"其[中余他它]|剩|里头有|里面有|[一总共合]共|合计|总计|[吗?□]|以为|刚才报|重复|说[是话]|来电|报警|[多数几]人|好几|若干|有人|一[些群帮]|分别|各|每"
)
_EXACT = lazy(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个人|[人名个位])(?!民)|[俩仨]|[多几数]人")
_THAT = lazy(r"[那这哪][个位]|个(?=[\u4e00-\u9fa5])(?![口钟多小大半把别])|[大老小男女]的")
_OFFICIAL = lazy(r"^(?:医生|大夫|医院|护士)(?=[已也就刚都]?(?:下|宣|判|正|在抢|摇|确))")
_COME = lazy(r"(?:120|119|110|救护车|急救车|消防|警察|民警|交警|救援)[^死伤亡困失]{0,8}$")
"""It tells of nobody who was hurt."""
_NO_HARM = lazy(r"脚手架|手脚架")
_HURT: frozenset[Lot] = frozenset(("hurt", "grave"))
_LONGEST, _TAIL = 160, 14
_FEWEST = 2
_COMMON: Mapping[str, int] = {"俩": 2, "仨": 3}


@dataclass
class _Entry:
    """So many, who they are, and what befell them."""

    many: int
    noun: str
    span: Span
    lots: set[Lot] = field(default_factory=set)


def of_singles(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, as people told of one after the other have them, where the text is such a tale.

    Args:
        text: normalised and masked.
        facts: as read so far.
    """
    told = dict(facts)
    if len(text) > _LONGEST or _DOUBTFUL.search(text):
        return told
    entries = _entries(_NO_HARM.sub(lambda match: "○" * len(match[0]), text))
    if entries is None or len(entries) < _FEWEST:
        return told
    count: Counter[str] = Counter()
    for entry in entries:
        fates = _facts(entry.lots)
        if fates is None:
            return told
        for fate in fates:
            count[fate] += entry.many
    span = (entries[0].span[0], entries[-1].span[1])
    for name in ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill"):
        many, found = count[name], told.get(name)
        if many:
            if found is None or found.unknown or (found.at_least, found.at_most) != (many, many):
                told[name] = Found(at_least=many, at_most=many, stated=many, text="", span=span)
        elif found is not None and (found.unknown or found.at_least):
            del told[name]
    return told


def _entries(text: str) -> list[_Entry] | None:
    """Those of whom the text tells, in order; None where a clause of it is not understood."""
    entries: list[_Entry] = []
    frame = 0
    broken = False
    before = 0
    for clause in _CLAUSE.finditer(text):
        words = _OFFICIAL.sub("", clause[0])
        of_pair = frame > 1 or (bool(entries) and not entries[-1].lots and entries[-1].many > 1)
        entry = _entry(words, clause.span(), of_pair=of_pair)
        if entry is None:
            if not entries:
                if lots_of(words) or _EXACT.search(words) or _tells_of_others(words):
                    return None
                before = clause.end()
                continue
            lots = lots_of(words)
            if _COME.match(words):
                broken = True
                continue
            if (
                _GOES_ON.match(words) is None
                or _EXACT.search(words)
                or _TOGETHER.search(words)
                or _tells_of_others(words)
            ):
                return None
            if broken and lots:
                return None
            broken = broken or not lots
            entries[-1].lots |= lots.keys()
            continue
        if entries and not entries[-1].lots:
            last = entries[-1]
            if last.many < _FEWEST or frame or broken:
                return None
            frame = last.many + 1
            entries.pop()
        if frame:
            frame -= 1
            if frame and entry.many != 1:
                return None
        if any(_same(entry, other) for other in entries):
            return None
        entries.append(entry)
        broken = False
    left_open = frame > 1 or not entries or not all(entry.lots for entry in entries)
    return None if left_open or before == 0 else entries


def _same(one: _Entry, other: _Entry) -> bool:
    """Whether two may be one and the same."""
    longer, shorter = sorted((one.noun, other.noun), key=len, reverse=True)
    return bool(shorter) and longer.endswith(shorter)


def _entry(words: str, span: Span, *, of_pair: bool) -> _Entry | None:
    """Somebody with whom a clause begins, and what befell him."""
    lead = _LEAD.match(words)
    at = lead.end() if lead else 0
    pair = _PAIR.match(words, at)
    if pair is not None and pair.end() > at:
        named = next(numbers(pair["n"]), None) if pair["n"] else None
        many = int(named.low) if named else 3 if "仨" in pair[0] else 2
        return _with_fate(_Entry(many, pair[0], span), words[pair.end() :])
    several = _COUNT.match(words, at)
    if several is not None:
        if not several["noun"] and not at:
            return None
        number = next(numbers(several["n"]), None) if several["n"] else None
        many = int(number.low) if number else _COMMON[several["few"]]
        return _with_fate(_Entry(many, several["noun"], span), words[several.end() :])
    return _single(words, at, span, of_pair=of_pair)


def _single(words: str, at: int, span: Span, *, of_pair: bool) -> _Entry | None:
    article = _A.match(words, at)
    start = article.end() if article else at
    one = next((match for match in (_ONE.match(words, start), _ONE.match(words, at)) if match), None)
    if one is None or (lots_of(one[0]) and not one[0].startswith("年")):  # 年轻的 is no light wound
        return None
    end = one.end()
    if name := _NAME.match(words, end):
        end = name.end()
    noun = words[one.start() : end]
    if not of_pair and _FOLK.match(noun) and _SINGLE.search(words[at : one.start()]) is None:
        return None
    rest = words[end:]
    if _TOGETHER.match(rest):
        return None
    return _with_fate(_Entry(1, noun, span), rest)


def _tells_of_others(words: str) -> bool:
    """Whether words tell of other people (就跑出来个儿媳妇)."""
    if any(match.end() > match.start() for match in _PAIR.finditer(words)) or _THAT.search(words):
        return True
    return any(len(match[0]) > 1 and not lots_of(match[0]) for match in _ONE.finditer(words))


def _with_fate(entry: _Entry, rest: str) -> _Entry | None:
    if len(rest) > _TAIL or _EXACT.search(rest) or _tells_of_others(rest):
        return None
    entry.lots = set(lots_of(rest))
    return entry


def _facts(lots: set[Lot]) -> tuple[str, ...] | None:
    """For which facts somebody counts; None where it is not known."""
    if "dead" in lots:
        return ("deaths",) if lots.isdisjoint(("lost", "held", "well")) else None
    if "lost" in lots or "held" in lots:
        return (("missing" if "lost" in lots else "trapped"),) if len(lots) == 1 else None
    if "ill" in lots or (lots & _HURT and "well" in lots):
        return None
    if "grave" in lots:
        return ("injuries", "serious_injuries")
    if "hurt" in lots:
        return ("injuries",)
    return () if lots and lots <= {"well", "out"} else None
