"""Whether a figure accounts for what stands around it; what is left over makes it a question.

Each rule names one kind of remainder. None of them reads anything: where one holds, the figure may be another, and a
person is asked. A rule stays in `RULES` while it stops more false figures than it costs right ones.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.tokens import Token

_STOPS = "。;!?\n"
_MARKS = _STOPS + ","
_REACH = 14
"""Characters behind a figure within which a number that is left over may belong to it."""
_MOST = 8
"""Numbers of a text whose sums are tried."""
_KINDS = {
    "deaths": frozenset(("dead",)),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
    "ill": frozenset(("ill",)),
    "injuries": frozenset(("hurt", "light")),
    "serious_injuries": frozenset(("serious", "critical", "grave")),
}


@dataclass(frozen=True)
class Around:
    """What the rules look at.

    Args:
        text: normalised and masked.
        tokens: of the text, in order.
        facts: all that was read, each as it would be shown.
        spare: head counts that no reading used and that nothing explains.
        summed: facts that were added up over units.
        kind: of event.
    """

    text: str
    tokens: Sequence[Token]
    facts: Mapping[str, Found]
    spare: Sequence[Span]
    summed: Container[str]
    kind: str | None

    @cached_property
    def counts(self) -> list[Token]:
        """The head counts, in order."""
        return [token for token in self.tokens if token.kind == "count" and token.number is not None]

    @cached_property
    def over(self) -> list[Token]:
        """Those of them that are left over and say one number."""
        starts = {low for low, _ in self.spare}
        return [token for token in self.counts if token.start in starts and _number(token)]

    @cached_property
    def figures(self) -> list[int | float]:
        """What was read of people; the gravely hurt are among the hurt."""
        return [found.at_least for name, found in self.facts.items() if found.at_least and name != "serious_injuries"]

    def within(self, found: Found) -> list[Token]:
        """The head counts inside a figure's words."""
        return [token for token in self.counts if found.span[0] <= token.start < found.span[1]]

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span stands."""
        return self._between(span, _STOPS)

    def clause(self, span: Span) -> Span:
        """The clause in which a span stands."""
        return self._between(span, _MARKS + " ")

    def is_read(self, low: int, high: int) -> bool:
        """Whether the words of a figure stand there."""
        return any(found.span[0] < high and low < found.span[1] for found in self.facts.values())

    def _between(self, span: Span, marks: str) -> Span:
        low = max(self.text.rfind(mark, 0, span[0]) for mark in marks) + 1
        ends = [at for mark in marks if (at := self.text.find(mark, span[1])) >= 0]
        return low, min(ends, default=len(self.text))


Rule = Callable[[Around, str, Found], bool]


def doubtful(around: Around, name: str, found: Found) -> bool:
    """Whether something around a figure is not accounted for by it or by any other."""
    return any(rule(around, name, found) for rule in RULES)


def _number(token: Token) -> int | float:
    """The one number that a head count says; else 0."""
    number = token.number
    return number.low if number is not None and number.low == number.high and not number.hedged else 0


def sums(numbers: Sequence[int | float]) -> set[int | float]:
    """All that some of them come to."""
    reached: set[int | float] = {0}
    for number in numbers[:_MOST]:
        reached |= {other + number for other in reached}
    return reached - {0}


# ----------------------------------------------------------------------------------------- numbers that are left over


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
    text, number = around.text, _number(token)
    low, high = around.sentence((token.start, token.end))
    start = max(text.rfind(mark, 0, token.start) for mark in _MARKS) + 1
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
    others = [_number(other) for other in around.over if other is not token]
    if before and number in sums([*around.figures, *others]):
        return True  # 三个人下去，两个没气了，还有1个没捞上来
    if (
        before
        and number > (found.at_least or 0)
        and _OF_A_GROUP.search(text, max(0, token.start - 2), found.span[0] + 2)
    ):
        return True
    grave = around.facts.get("serious_injuries")
    parts = [_number(other) for other in around.over if low <= other.start < high]
    parts += [grave.at_least] if grave is not None and grave.at_least else []
    if found.at_least in sums(parts):
        return True  # 伤了6个，三男三女
    if number < (found.at_least or 0) and _RISEN.search(text, *found.span):
        return True
    wholes = {_number(other) for other in around.counts if low <= other.start < token.start}
    return not before and not wholes.isdisjoint(number + other for other in sums([*others, *around.figures]))


def is_part(around: Around, found: Found, at: int) -> bool:
    """被困9人，含2名小孩，3名老师: the count there is one of parts that are listed behind a figure and fit into it."""
    low = max(around.sentence((at, at))[0], found.span[1])
    parts = _PARTS.search(around.text, low, at)
    if parts is None or found.at_least is None:
        return False
    listed = [_number(token) for token in around.counts if parts.end() <= token.start <= at]
    return 0 not in listed and sum(listed) <= found.at_least


def a_number_behind(around: Around, name: str, found: Found) -> bool:
    """有症状的学生64人，教师7人: close behind a figure, or inside it, one is left over."""
    for token in around.over:
        if token.start < found.span[0]:
            continue
        apart = around.text[found.span[1] : token.start]
        near = len(apart) <= _REACH and not any(mark in apart for mark in _STOPS)
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


# -------------------------------------------------------------------------------------------- words that are left over


def counted_harms(around: Around, kinds: Container[str], low: int, high: int) -> Iterator[tuple[Token, Token]]:
    """Yield harms of these kinds with the head count that stands right beside each, in a stretch of the text."""
    for one, other in pairwise(around.tokens):
        if other.start >= high:
            return
        harm, count = (other, one) if one.kind == "count" else (one, other)
        if one.start >= low and other.start - one.end <= 1 and count.kind == "count" and harm.kind in kinds:
            yield harm, count


def another_line(around: Around, name: str, found: Found) -> bool:
    """客车：亡3 / 货车：亡1: a later line tells of the same harm with a number of its own, and they are not added."""
    if name in around.summed or "\n" not in around.text:
        return False
    return any(
        "\n" in around.text[found.span[1] : harm.start] and _number(count) not in (0, found.at_least)
        for harm, count in counted_harms(around, _KINDS[name], found.span[1], len(around.text))
    )


_GONE = lazy(
    r"(?:[个位名俩仨]|老[人头汉]|孩子|娃儿?|师傅|司机)[^。;\n]{0,8}?"
    r"(?:没了(?!呼吸|心跳)|不行了|凉了|硬了|没救(?![援出助])|断气|没气|没挺|叫不醒|喊不应|没反应|没呼吸|没心跳|没脉|停跳)"
    r"|,也(?:走了|没了|不行了|凉了|硬了)(?=[,。;!?\n]|$)"
)


_ONE_MORE = lazy(r"又走了?(?:一|1|两|2|三|3)?个")


def another_death(around: Around, name: str, found: Found) -> bool:
    """最后一个，也没了: somebody else is told of as of the dead, and no figure holds the words."""
    if name != "deaths":
        return False
    if any(not around.is_read(*match.span()) for match in _ONE_MORE.finditer(around.text, found.span[1])):
        return True
    return any(not around.is_read(*match.span()) for match in _GONE.finditer(around.text))


_ALL = lazy(r"(?<![人全身子脸手脚腿眼孔摸头嘴体气皮])都|均")


def all_of_one(around: Around, name: str, found: Found) -> bool:
    """徒弟下去也喊不应，捞上来都没呼吸: all of them, and only one was read."""
    return found.at_least == found.at_most == 1 and _ALL.search(around.text, *found.span) is not None


_HELD = lazy(r"困|被[埋压]")
_OUT = lazy(r"(?<!没)(?:救出|[扒挖拉抬]出|扒拉出|出来了|死(?!亡)|没救过来)")


def out_again(around: Around, name: str, found: Found) -> bool:
    """1人卡在驾驶室…就烧死了: who was stuck is out or dead in what follows, and how many are left is not told."""
    if name != "trapped" or _HELD.search(around.text, *found.span):
        return False
    high = around.sentence(found.span)[1]
    stop = next((token.start for token in around.counts if token.start >= found.span[1]), high)
    if stop < high:
        stop = max(around.text.rfind(mark, 0, stop) for mark in _MARKS)  # 救出来2个: it is told how many
    return _OUT.search(around.text, found.span[1], min(stop, high)) is not None


_ALL_WENT = lazy(
    r"[^,]{0,12}(?:都|全部?|均|陆续|一个不落)[^,]{0,6}(?:[接救撤转放扶送][^,]{0,3}|[下上出]来|下车|上岸|离开|脱险|疏散|走光|走完)了?,"
)


def safe_before(around: Around, name: str, found: Found) -> bool:
    """15名船员都接过来了，水手长肋骨撞断: those of the number are safe, and the harm is told of somebody else."""
    if name not in ("injuries", "ill", "deaths"):
        return False
    words = around.text[slice(*found.span)]
    went = _ALL_WENT.match(words)
    return went is not None and _ALL.search(words, went.end()) is None


_NONE_DIED = lazy(
    r"[,。;:!?](?:死亡|死的|死人|亡人)(?:倒|也|确实|目前|暂时|真的?)?(?:没有?|无|零)(?=[,。;!?\n]|$)"
    r"|[,。;!?](?:也|都|倒|目前|确实|暂|暂时)?(?:没(?:有)?死人|[无没]有?(?:人员?)?(?:死亡|亡人)|一个(?:都|也)?没死)(?=[,。;!?\n]|$)"
)


def none_died(around: Around, name: str, found: Found) -> bool:
    """在走廊喊死了三个，医务处核过了，死亡没有: behind a number of dead it is said that nobody died."""
    return name == "deaths" and _NONE_DIED.search(around.text, found.span[1]) is not None


_WELL = lazy(r"[^,。;\d一二两三四五六七八九十俩另其]{0,6}(?:没事|回家|好了|缓过来)")


def well_again(around: Around, name: str, found: Found) -> bool:
    """一个说胸闷后来没事回家了."""
    if name not in ("injuries", "ill", "serious_injuries"):
        return False
    return _WELL.match(around.text, max(found.span[0], found.span[1] - 2)) is not None


# -------------------------------------------------------------------------------------- words that may say another harm


_POISON = ("food_poisoning", "gas_poisoning", "epidemic")


_OF_HEAT = lazy(r"中暑|晕")


def ill_or_hurt(around: Around, name: str, found: Found) -> bool:
    """两个晕倒磕到脸了: where nobody was poisoned, one or two who feel unwell may be ill or hurt."""
    if name != "ill":
        return False
    words = around.text[found.span[0] : found.span[1]]
    few = (
        found.at_least is not None and found.at_least <= 2 and around.kind not in _POISON and not _OF_HEAT.search(words)
    )
    wounded = any(token.kind in ("wound", "hurt") and _in(token, found.span) for token in around.tokens)
    return few or wounded


def _in(token: Token, span: Span) -> bool:
    return span[0] <= token.start < span[1]


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
