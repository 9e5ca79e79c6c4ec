"""Numbers told unit by unit are added up: 一班4个，二班2个，三班没有 are 6; a stated total goes before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from plans.intake.numerals import match_at, parse
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.tokens import tokenise
from plans.intake.unit_names import APART, SORTS, names

_N = r"(?:\d{1,3}|[一二两三四五六七八九十廿卅]{1,3}|[俩仨])"
_SORTS = {sort: names((sort,)) for sort in APART}
_SORTS["any"] = names([sort for sort in SORTS if sort not in APART])
_COUNT = lazy(
    rf"(?P<gap>(?:寝室|宿舍|的|那边|这边| |急诊|收治?了?|住了?|来了?|送来|送去|有|报|:|共|一共|还有|是)*?)"
    rf"(?P<n>(?:至少|最少|超过|不止|不到|不足|大概|大约|差不多|最多|近)?{_N}[多余来几]?|好几|几) ?"
    r"(?P<unit>个人|"
    r"个(?!村(?![民妇])|小?组(?![长员])|乡(?!亲)|镇(?!民)|县|班(?!主任|长)|多?小时|月|车间|"
    r"单位|学校|家庭|点|楼|房间|小区|社区)|[人名例口]|(?=[,。;!\n ]|$))"
)
_LIKELY = lazy(r"[班级车巴客科诊院所室楼门边侧头间线村庄屯寨营坪乡镇组社县关舍幢栋坑岸口层台顶]|[1-9]\d\d", sparse=True)
"""Without two of these no text has a list of units."""
_ROOM = lazy(r"\d{3}(?:寝室|宿舍|病房|室|房)?")
_NONE = lazy(r"(?:那边|这边|的|:|都|暂时?)*(?:没有|没|无|零|0)(?=[,。;!\n ]|$)")
_NOT_COUNTED = lazy(r"不(?:要|用)?算|没伤着|没事|不是(?=[,。;]|$)|没受伤|好好的|回家了|出院")
_STAFF = lazy(r"[^,。;\n]{0,6}(?:组成|专家|医生|医护|医务|护士)")
_PARTS = lazy(r"其中|[(（][^()]{0,40}$|分别|包括|里头|里面")
_TOTAL = lazy(r"一共|总共|共计|合计|总计|加起来|累计|共(?=\d|[死伤失困重轻吐确中拉发])", sparse=True)
_MORE = lazy(rf"{_N}(?:个(?!小时|月)|[人例名])")
"""Behind a unit whose number was not understood."""
_ENOUGH = 24
_REACH = 60
"""Characters from one unit to the next of its list."""
Read = Callable[[str], tuple[dict[str, Found], dict[str, Span]]]


@dataclass(frozen=True)
class _Entry:
    name: str
    start: int
    end: int
    behind: int
    open: bool = False


def added(text: str, facts: dict[str, Found], raised: dict[str, Span], weak: str, read: Read) -> dict[str, Found]:
    """Facts with those put in the stead of parts that are told unit by unit.

    Args:
        text: normalised text, masked.
        facts: what the text as a whole was read as; ``raised``: what it raises without a number.
        weak: the fact of which a bare number speaks, empty where none is likely.
        read: reads one stretch of text.
    """
    if sum(1 for _ in islice(_LIKELY.finditer(text), 2)) < 2:
        return facts
    for sort, units in _SORTS.items():
        for entries in _lists(text, units):
            facts = _summed(text, sort, entries, facts, raised, weak, read)
    return facts


def _lists(text: str, units: re.Pattern[str]) -> list[list[_Entry]]:
    found: list[list[_Entry]] = []
    now: list[_Entry] = []
    matches = [match for _, match in zip(range(_ENOUGH * 4), units.finditer(text), strict=False)]
    for at, match in enumerate(matches):
        nxt = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        stop = min((i for i in (text.find(m, match.end()) for m in "\n。") if i >= 0), default=len(text))
        total = _TOTAL.search(text, match.end(), min(nxt, stop))
        stop = total.start() if total else stop
        entry = _Entry(match[0], match.start(), min(nxt, stop), match.end())
        if not (_COUNT.match(text, match.end()) or _NONE.match(text, match.end()) or sort_of_list(text, entry)):
            if now and _MORE.search(text, match.end(), entry.end) and match.start() - now[-1].behind <= _REACH:
                now.append(replace(entry, open=True))
            continue
        if now and match.start() - now[-1].behind > _REACH * (3 if "\n" in text[now[-1].behind : match.start()] else 1):
            found.append(now)
            now = []
        now.append(entry)
    found.append(now)
    found = [_with_more(text, entries) if entries else entries for entries in found]
    return [entries[:_ENOUGH] for entries in found if len({entry.name for entry in entries}) >= 2]


_PARALLEL = lazy(rf"(?P<mark>[、,;])(?P<name>[\u4e00-\u9fa5]{{1,5}}?)(?P<n>{_N})(?:个人|[人个名例])(?=[、,;。\n]|$)")


def _with_more(text: str, entries: list[_Entry]) -> list[_Entry]:
    """A unit of any name that stands behind the others as they stand (…、2楼9人、顶楼53人)."""
    last = entries[-1]
    count = _COUNT.match(text, last.behind)
    more = _PARALLEL.match(text, count.end()) if count else None
    if more is None or _TOTAL.match(more["name"]) or _NO_UNIT.search(more["name"]) or len(entries) > _ENOUGH:
        return entries
    shorter = replace(last, end=more.start())
    return _with_more(
        text, [*entries[:-1], shorter, _Entry(more["name"], more.start("name"), last.end, more.end("name"))]
    )


_NO_UNIT = lazy(r"死|伤|困|失|病|毒|吐|没|还有|其中|另|又|有|共|剩|住|送|转|重|轻|的")
_HARMED = lazy(
    rf"[^,。;!?\n\d]{{0,6}}(?:死|伤|吐|困|烧|晕|拉|埋|发病|中毒|恶心|难受|不舒服|失踪|失联|发热|确诊|没死人|无伤亡)[^,。;\n]{{0,3}}(?:{_N}|亡|人)"
)


def sort_of_list(text: str, entry: _Entry) -> bool:
    """A harm with its number follows the unit at once."""
    return _HARMED.match(text, entry.behind) is not None


def _summed(
    text: str,
    sort: str,
    entries: Sequence[_Entry],
    facts: dict[str, Found],
    raised: dict[str, Span],
    weak: str,
    read: Read,
) -> dict[str, Found]:
    start, end = entries[0].start, entries[-1].end
    if _PARTS.search(text, max(0, start - 12), start) or text.count("(", 0, start) > text.count(")", 0, start):
        return facts
    if _STAFF.match(text, entries[-1].behind):
        return facts
    last: dict[str, dict[str, Found]] = {}
    bare: dict[str, Found] = {}
    unsure = False
    for entry in entries:
        part = text[entry.start : entry.end]
        own, _ = read(part)
        count = _COUNT.match(text, entry.behind, entry.end)
        if own and not any(found.unknown for found in own.values()):
            last[entry.name] = {
                name: replace(found, span=(found.span[0] + entry.start, found.span[1] + entry.start))
                for name, found in own.items()
            }
            bare.pop(entry.name, None)
        elif entry.open:
            unsure = True
        if count and not own.keys() & {"injuries", "ill", "deaths", "missing", "trapped"}:
            if _NOT_COUNTED.search(text, count.end(), entry.end):
                continue
            numeral = match_at(text, count.start("n"))
            number = parse(numeral, text) if numeral else None
            if number is None:
                return facts
            bare[entry.name] = Found(
                at_least=number.low,
                at_most=number.high,
                stated=number.stated,
                text="",
                span=(entry.start, max(count.end(), number.end)),
                approx=number.hedged,
            )
    names = {name for own in last.values() for name in own if name != "endangered"}
    if bare:
        some = {name for own in last.values() for name, found in own.items() if found.at_least}
        likely: list[str] = [name for name in ("ill", "injuries", "missing", "trapped", "deaths") if name in some]
        if not likely:
            spoken = [name for name in ("ill", "injuries") if name in raised or name in facts]
            likely = [name for name in spoken if name not in facts or facts[name].at_least != 0]
            if spoken and not likely:
                return facts  # 三组19人上了房顶，五组6人在楼上，没人受伤
        told = _told(text, start, entries[-1].behind)
        likely = told or likely or [weak]
        if weak == "ill" and likely == ["injuries"] and not told:
            likely = ["ill"]
        if likely[0] == "injuries" and "伤" not in text and "injuries" not in raised:
            return facts  # 内科住5个: hurt or ill?
        if len(likely) > 1 or not likely[0] or (_ROOM.fullmatch(entries[0].name) and likely[0] != "ill"):
            return facts
        names.add(likely[0])
        for unit, found in bare.items():
            last[unit] = {**last.get(unit, {}), likely[0]: found}
    if len(last) < 2:
        return facts
    changed = dict(facts)
    for name in names:
        parts = [own[name] for own in last.values() if name in own]
        if len(parts) < 2:
            continue
        total = _plus(parts)
        known = facts.get(name)
        said = _said_total(text, entries[-1].end)
        if said is not None and said != total.stated and said == (known.stated if known else None):
            total = replace(
                total,
                at_least=min(said, total.at_least or said),
                at_most=max(said, total.at_most or said),
                confidence=0.5,
            )  # 后车3人、面包车2人、加起来6人
        elif said is not None and said != total.stated and total.stated is not None:
            total = replace(total, confidence=0.5)
        inside = known is not None and start <= known.span[0] < end + 12
        if known is not None and not known.unknown and not inside and (known.at_least or 0) >= (total.at_least or 0):
            continue
        if known is not None and not (start <= known.span[0] < end) and _TOTAL.search(text, 0, start):
            continue
        changed[name] = replace(total, confidence=0.5) if unsure else total
    return changed


_TOTAL_OF = lazy(rf"[^,。;\n\d]{{0,4}}?(?P<n>{_N})")


def _said_total(text: str, at: int) -> int | None:
    total = _TOTAL.match(text, at)
    match = _TOTAL_OF.match(text, total.end()) if total else None
    return _value(match["n"]) if match else None


_FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    **dict.fromkeys(("hurt", "wound", "light"), "injuries"),
}


def _told(text: str, start: int, end: int) -> list[str]:
    """The harm that is told once for a whole list: 失联的：3号车12人，面包车8人; …，都是死亡的."""
    before = text[max(0, start - 10) : start].rstrip()
    behind = text[end : end + 14]
    for words in (before if before.endswith((":", "的")) else "", behind if _ALL_ARE.search(behind) else ""):
        kinds = [_FACTS[token.kind] for token in tokenise(words) if token.kind in _FACTS]
        if kinds:
            return kinds[-1:] if words == before else kinds[:1]
    return []


_ALL_ARE = lazy(r"都是?|均|全是")


def _plus(parts: Sequence[Found]) -> Found:
    high = None if any(part.at_most is None for part in parts) else sum(part.at_most or 0 for part in parts)
    stated = None if any(part.stated is None for part in parts) else sum(part.stated or 0 for part in parts)
    return replace(
        parts[0],
        at_least=sum(part.at_least or 0 for part in parts),
        at_most=high,
        stated=stated,
        span=(min(part.span[0] for part in parts), max(part.span[1] for part in parts)),
        approx=any(part.approx for part in parts),
    )


def _value(word: str) -> int | None:
    from plans.measures import value_of

    number = value_of(word)
    return int(number) if number is not None else None
