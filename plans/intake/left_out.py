"""People whom a text tells of beside a figure without a number: 背他上来的也倒了, 掌勺的自己, 除了大副都, 又咬了2个.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of words beside which a figure is
asked.
"""

from __future__ import annotations

import re

from plans.intake.around import Around, Rule
from plans.intake.clauses import head_counts
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.stepping import HELPERS

_OF_PEOPLE = ("injuries", "ill")
_UNHARMED = lazy(
    r"没事|没伤|没受伤|没吃|没喝|没上车|没进去|好好的|平安|弄下来了|救下来了|拽上来|没碰着|躲开|没烧着|没砸着"
)
_EXCEPT = lazy(
    r"除了?(?!尘|草|雪|险|夕|名|非|湿|颤)[^,。;!?\n\d]{1,8}?(?:以外|之外|外)?,?(?:其[余他]|剩下)?(?:的|人)*(?:都|全|均|个个)"
)
_MORE = lazy(r"(?:^|[^,。;!?\n]{0,8}?)(?:又|接着|后来还|随后还)")
_ONE_MORE = lazy(
    r"(?:他|她|自己|人|[\u4e00-\u9fa5])也(?:给|被|跟着|就|一块儿?)?"
    r"(?:倒|晕|吐|伤|摔|烧|烫|中毒|昏|呛|咬|砸|栽|拉|扭|崴)(?:了|倒|伤|着|下|进|肚|翻)"
)
_BODY = r"(?:鼻子|手|手腕|胳膊|腿|头|额头|脸|腰|脚|脚踝|嘴|眼睛|膝盖|肩膀)"
_MYSELF = lazy(
    rf"(?:我|俺|本人)(?:自己|本人|也|就|的)*{_BODY}[^,。;!?\n\d]{{0,4}}?(?:血|破|伤|疼|肿|断|烫|烧|划|崴|磕|麻|青)"
    r"|(?:我|俺|本人)(?:自己|也)+[^,。;!?\n\d]{0,4}?(?:吐|拉|晕|伤了|摔|烧着|烫着|呛)"
    r"|(?:还有|加上|连)[^,。;!?\n\d]{1,6}(?:自己|本人)"
)
_ONLY = lazy(
    r"就(?:是)?(?:这|他们?|她们?|咱们?|我们)?(?P<n>\d{1,3}|[两三四五六七八九十]|[俩仨])(?:个人|[个人名]|(?<=[俩仨]))?(?=[,。;!?\n]|$)"
)
_PER = lazy(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[人个口](?:一|每)(?:桌|车|间|组|排|船|屋|户|批|趟|棚)")
_DISPUTED = lazy(
    r"为准|对下来|两边(?:都|有|数|说|报)|口径|不一致|对不上|有漏有重|有重有漏|数不一样|出入|各(?:说|报)各|谁的数|两个数|两本账|不统一"
)
_SAYS = lazy(
    r"[\u4e00-\u9fa5]{1,8}?(?:报(?:上来)?的?(?:是|数)?|登记的?(?:是)?|统计的?(?:是)?|口径(?:是)?|记的(?:是)?|数的(?:是)?)"
    r"[^,。;!?\n\d]{0,4}?(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
)
_NAMES = lazy(r"(?:^|\n)(?:死?亡|死者|遇难者?|伤|受伤|伤者|伤员|失联|失踪)(?:名单|人员)?:[^\n]*[×某*][^\n]*")
_FACT_OF = (("deaths", "亡死遇"), ("injuries", "伤"), ("missing", "失"))
_OUT_OF = lazy(r"(?:^|\n)[^\n]{0,8}?出(?:来|井)?\d{1,2}(?:人|个|名)?\(")
_BY_UNIT = lazy(
    r"(?:^|[。\n□ ])[\u4e00-\u9fa5]{0,4}[\d一二三四五六七八九十]{1,3}(?:班|组|车间|号楼|栋|车):"
    r"(?:差|少|缺|伤|死|困|失)[^,。;!?\n]{0,4}?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[个人名]"
)
_STOPS = "。;!?\n"
_FAR = 60
"""Characters behind a figure within which more of them are told of."""


def left_out(around: Around, name: str, found: Found) -> bool:
    """Whether somebody is told of whom the figure may leave out, or take in wrongly."""
    return any(rule(around, name, found) for rule in RULES)


def _of_the_unharmed(around: Around, name: str, found: Found) -> bool:
    """一个弄下来了没伤，另一个没气了: the words of the figure go over somebody to whom nothing happened."""
    words = around.text[slice(*found.span)]
    return name != "endangered" and "," in words and _UNHARMED.search(words[: words.rfind(",")]) is not None


def _all_but(around: Around, name: str, found: Found) -> bool:
    """吃了的除大副都吐了: how many those are is for a person to count."""
    low, high = around.sentence(found.span)
    exception = _EXCEPT.search(around.text, low, high)
    return exception is not None and _holds(found, exception.span())


def _and_again(around: Around, name: str, found: Found) -> bool:
    """上午咬了3个，中午又咬了2个: more of them, or some once more."""
    if name not in _OF_PEOPLE:
        return False
    line = around.text.find("\n", found.span[1])
    high = min(len(around.text) if line < 0 else line, found.span[1] + _FAR)
    for start, end in _clauses(around.text, found.span[1], high):
        clause = around.text[start:end]
        if _MORE.match(clause) is None or around.is_read(start, end) or HELPERS.search(clause):
            continue
        if head_counts(clause):
            return True
    return False


def _one_more(around: Around, name: str, found: Found) -> bool:
    """晕了两个，下去背人的也倒了."""
    return name in _OF_PEOPLE and _unread(around, _ONE_MORE, found) is not None


def _the_writer(around: Around, name: str, found: Found) -> bool:
    """磕破皮的有五六个，我自己鼻子出血."""
    return name in _OF_PEOPLE and any(
        not _holds(found, match.span()) or "," in match[0] or match[0].endswith(("自己", "本人"))
        for match in _MYSELF.finditer(around.text)
    )


def _no_more_than(around: Around, name: str, found: Found) -> bool:
    """…，就他俩: so many are all who are told of, and the figures do not come to it."""
    only = _ONLY.search(around.text, found.span[1])
    number = next(numbers(only["n"]), None) if only else None
    if number is None or number.low != number.high or name not in (*_OF_PEOPLE, "deaths"):
        return False
    return number.low not in (found.at_least, sum(around.figures))


def _so_many_each(around: Around, name: str, found: Found) -> bool:
    """8人一桌，两桌全吐: the number is that of one table."""
    low, high = around.sentence(found.span)
    return _PER.search(around.text, low, high) is not None


def _disputed(around: Around, name: str, found: Found) -> bool:
    """宿管报伤14，德育处报伤12，两边有漏有重: whose figure it is decides."""
    low = around.text.rfind("\n", 0, found.span[0]) + 1
    end = around.text.find("\n", found.span[1])
    high = len(around.text) if end < 0 else end
    if _DISPUTED.search(around.text, low, high) is None:
        return False
    return len(_SAYS.findall(around.text, low, high)) >= 2


def _named(around: Around, name: str, found: Found) -> bool:
    """亡：周××、钱×× in a line of names, and a figure that is not of it."""
    for match in _NAMES.finditer(around.text):
        line = match[0].strip()
        fact = next((fact for fact, heads in _FACT_OF if line[0] in heads), "")
        names = len(re.findall(r"[\u4e00-\u9fa5][×某*]", line))
        if fact == name and found.at_least != names:
            return True
    return False


def _by_log(around: Around, name: str, found: Found) -> bool:
    """4:25 出2(1活1亡), 5:50 出1(亡): told line by line, of which one was read."""
    told = _OUT_OF.findall(around.text)
    return name in ("deaths", "injuries") and len(told) >= 2


def _by_units(around: Around, name: str, found: Found) -> bool:
    """1班：差2个 … 3班：差1个, each in a message of its own: the figure is that of one of them."""
    lines = [match.span() for match in _BY_UNIT.finditer(around.text)]
    return len(lines) >= 2 and sum(_holds(found, span) for span in lines) == 1


def _holds(found: Found, span: Span) -> bool:
    return found.span[0] < span[1] and span[0] < found.span[1]


def _unread(around: Around, pattern: re.Pattern[str], found: Found) -> re.Match[str] | None:
    """The first match behind a figure, in its paragraph, that no figure was read from."""
    end = around.text.find("\n", found.span[1])
    for match in pattern.finditer(around.text, found.span[1], len(around.text) if end < 0 else end):
        if not around.is_read(*match.span()):
            return match
    return None


def _clauses(text: str, low: int, high: int) -> list[Span]:
    spans, start = [], low
    for at in range(low, high + 1):
        if at == high or text[at] in ",;:" + _STOPS:
            if at > start:
                spans.append((start, at))
            start = at + 1
    return spans


RULES: tuple[Rule, ...] = (
    _of_the_unharmed,
    _all_but,
    _and_again,
    _one_more,
    _the_writer,
    _no_more_than,
    _so_many_each,
    _disputed,
    _named,
    _by_log,
    _by_units,
)
