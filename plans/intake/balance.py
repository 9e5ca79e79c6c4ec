"""Whether a figure accounts for what stands around it; what is left over makes it a question.

Each rule names one kind of remainder. None of them reads anything: where one holds, the figure may be another, and a
person is asked. A rule stays in `RULES` while it stops more false figures than it costs right ones.
"""

from __future__ import annotations

from plans.intake.around import MARKS, STOPS, Around, Rule, exact_number, sums
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.tokens import Token
from plans.intake.words_left import (
    all_of_one,
    another_death,
    another_line,
    ill_or_hurt,
    none_died,
    out_again,
    safe_before,
    well_again,
)

_REACH = 14
"""Characters behind a figure within which a number that is left over may belong to it."""


def doubtful(around: Around, name: str, found: Found) -> bool:
    """Whether something around a figure is not accounted for by it or by any other."""
    return any(rule(around, name, found) for rule in RULES)


_PART = lazy(r"其中|包[括含]|[里当之]中|里[头面边]|内?含|内有|男|女|大人|小孩|一家|[员者人]中|科|普外|\d[人名例]系")
"""Before a number or around its unit: they are of those just told of."""
_TREATED = lazy(
    r"(?:已|在|正在|需|自行)*(?:转院|转[往至到]?[^,。;!?\n\d]{0,5}医?院|门诊|[进做]手术|输液|离开|轻微|自行|拒绝)"
)
_MOVED = lazy(r"转院(?:的|了|有|:)*$")
"""Around a number: what is told of some of the hurt or ill."""
_ADDED = lazy(r"(?:连同|连带|加上|算上|带上)[^,。;!?\n\d]{0,12}$")
_IN_ALL = lazy(r"[^,。;!?\n\d]{0,4},?(?:一共|总共|共计|合计|共)")
_PARTS = lazy(r"其中|包[括含]|[里当之]中|里[头面边]|内?含|内有")
"""Behind it parts are listed: 其中2名学生、3名老师."""
_AMONG = lazy(r"(?:[客员者人伤]*(?:其中|里头|里面|当中|之中|里|中))|[^,。;!?\n\d]{0,3}有(?=[\d一二两三四五六七八九十])")
_ASIDE = lazy(r"\([^()]*$")
_OF_A_GROUP = lazy(
    r"一家|人\((?=重)|[名位][^,。;\d]{1,4}(?=\d)|口(?=[\d一二两三四五六七八九十])|[俩个人生](?:[^,。;\d]{1,8})?有?一个"
)
_APART = lazy(r"不算|不计|未计|没算|除外")
_CHANGE = lazy(r"(?:[由从][^,。;!?\n]{0,6}|新增|增加了?|减少了?|多了?|少了?)$")
_OBJECT = lazy(r"(?:为救|救|被|遭|把|将)(?:其中)?$")
_RISEN = lazy(r"[升增减]|更正|更新")
_TOTAL = lazy(
    r"(?:(?:一|总|拢|统|通|合|总)?共|[合共总]计|累计|加(?:起来|(?:一|在一)[块起]儿?)|[合算]起来|合一[块起]|总数|一起)"
    r"(?:人数|伤亡)?[:是有为就]{0,2}$"
)
_HARMED = lazy(r"伤亡[^\d]{0,3}$")


def _explained(around: Around, found: Found, token: Token) -> bool:
    """It comes to what was read, or what is left over comes to it; it is a part, or told not to count."""
    text, number = around.text, exact_number(token)
    low, high = around.sentence((token.start, token.end))
    start = max(text.rfind(mark, 0, token.start) for mark in MARKS) + 1
    if number == found.at_least or _APART.search(text, start, high) or _AMONG.match(text, token.end):
        return True
    if _ASIDE.search(text, max(low, token.start - 40), token.start):
        return True
    if any(cue.search(text, max(start, token.start - 8), token.start) for cue in (_HARMED, _CHANGE, _OBJECT)):
        return True  # 伤亡共7人: of whom only the dead are told; 由2人上升为3人
    if _PART.search(text, start, token.end + 1) and number <= (found.at_least or 0):
        return True
    before = token.start < found.span[0]
    if is_part(around, found, token.start):
        return True
    if not before and number <= (found.at_least or 0):
        if _TREATED.match(text, token.end) or _MOVED.search(text, start, token.start):
            return True  # 9人受伤，2人转市医院
    if before and _ADDED.search(text, max(low, token.start - 16), token.start) and number < (found.at_least or 0):
        if _IN_ALL.match(text, token.end):
            return True  # 加上之前的2人一共9人受伤
    if not before and number == sum(around.figures) and _TOTAL.search(text, start, token.start):
        return True
    others = [exact_number(other) for other in around.over if other is not token]
    if before and number in sums([*around.figures, *others]):
        return True  # 三个人下去，两个没气了，还有1个没捞上来
    if (
        before
        and number > (found.at_least or 0)
        and _OF_A_GROUP.search(text, max(0, token.start - 2), found.span[0] + 2)
    ):
        return True
    grave = around.facts.get("serious_injuries")
    parts = [exact_number(other) for other in around.over if low <= other.start < high]
    parts += [grave.at_least] if grave is not None and grave.at_least else []
    if found.at_least in sums(parts):
        return True  # 伤了6个，三男三女
    if number < (found.at_least or 0) and _RISEN.search(text, *found.span):
        return True
    wholes = {exact_number(other) for other in around.counts if low <= other.start < token.start}
    return not before and not wholes.isdisjoint(number + other for other in sums([*others, *around.figures]))


def is_part(around: Around, found: Found, at: int) -> bool:
    """被困9人，含2名小孩，3名老师: the count there is one of parts that are listed behind a figure and fit into it."""
    low = max(around.sentence((at, at))[0], found.span[1])
    parts = _PARTS.search(around.text, low, at)
    if parts is None or found.at_least is None:
        return False
    listed = [exact_number(token) for token in around.counts if parts.end() <= token.start <= at]
    return 0 not in listed and sum(listed) <= found.at_least


def a_number_behind(around: Around, name: str, found: Found) -> bool:
    """有症状的学生64人，教师7人: close behind a figure, or inside it, one is left over."""
    for token in around.over:
        if token.start < found.span[0]:
            continue
        apart = around.text[found.span[1] : token.start]
        near = len(apart) <= _REACH and not any(mark in apart for mark in STOPS)
        if near and not _explained(around, found, token):
            return True
    return False


def a_number_beside(around: Around, name: str, found: Found) -> bool:
    """In the clause of a figure another number is left over, and nothing tells which of them it is."""
    low, high = around.clause(found.span)
    return any(low <= token.start < high and not _explained(around, found, token) for token in around.over)


_MORE = lazy(r"(?:连同|连带|加上|算上|带上|外带|捎带)[^,。;!?\n]{0,12}$")


def more_to_add(around: Around, name: str, found: Found) -> bool:
    """砸伤3人，连同跑的时候崴脚的2人: behind a figure so many are to be added, and they were not."""
    high = around.sentence(found.span)[1]
    behind = (token for token in around.counts if found.span[1] <= token.start < high)
    return any(_MORE.search(around.text, max(found.span[1], token.start - 16), token.start) for token in behind)


_TURN = lazy(r"现在|所以|目前|截至|总共|一共|合计|不对|先说|后来|又|还是|原来")


def a_turn_within(around: Around, name: str, found: Found) -> bool:
    """一个没救过来，所以现在1死: behind the first of numbers that were added up the tale turns."""
    numbers = around.within(found)
    return len(numbers) > 1 and _TURN.search(around.text, numbers[0].end, found.span[1]) is not None


RULES: tuple[Rule, ...] = (
    a_number_behind,
    a_number_beside,
    more_to_add,
    a_turn_within,
    another_line,
    another_death,
    all_of_one,
    out_again,
    safe_before,
    none_died,
    well_again,
    ill_or_hurt,
)
"""Of figures above zero."""
