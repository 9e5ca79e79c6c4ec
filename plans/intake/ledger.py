"""Persons told of one after another are summed by what befell them: 两个女工，一个没了，一个腿断.

Where the tale is understood as a whole, what was not read or was asked is told by it, and a figure that it does not
come to is asked. Where it has gaps, more or fewer persons than a figure counts make the figure a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType

from plans.intake import portions
from plans.intake.brief import TURNS
from plans.intake.doubting import open_ended
from plans.intake.fates import blanked
from plans.intake.offering import offered
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot
from plans.intake.persons import Gap, Person, names_a_part, tale
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL
from plans.intake.taking import any_overlap
from plans.intake.wholes import without_wholes
from plans.intake.words import FOLK, SINGULAR

LONGEST = 160
"""Characters of a text that may be a tale of a few persons."""
_ASKED = 0.6
_FEW = 2
"""So many are no whole of several others."""
_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_OF_FORCE = frozenset(("traffic", "collapse", "fall", "attack", "stampede", "explosion", "landslide", "mine_accident"))
"""Kinds of event of which somebody in care is hurt and not ill."""
_OF_PERSONS = ("deaths", "injuries", "missing", "trapped", "ill")
_FINE: frozenset[Lot] = frozenset(("well", "out"))
_WOUNDED = frozenset(("injuries", "serious_injuries"))
_PLAIN: Mapping[str, frozenset[Lot]] = {
    "deaths": frozenset(("dead",)),
    "injuries": frozenset(("hurt", "grave")),
    "serious_injuries": frozenset(("grave",)),
    "missing": frozenset(("lost",)),
    "trapped": frozenset(("held",)),
}
_SOFT: frozenset[Gap] = frozenset(
    ("about", "again", "beasts", "body", "folk", "gas", "heard", "rest", "sort", "together", "who")
)
"""Gaps beside which other persons still make a figure a question."""

_CHANGED = lazy(
    r"错|收回|撤回|没有一个没|无一|不对|更正|累计|说[是伤死有]|截至|核实|改口|误报|起初|还差|还少|就[他她佢这](?!们?[俩两仨三])|(?<![里上内头边])就[他她佢这]们?[俩两仨三]|他一个|就一个|[点数]过|疑似|排除|检测|阳性|其中[^。;]*、|为救|曾|\d{4}年|人家|那边|邻[县市村]|[升增达]至|上升|(?<![车船屋里上头内边])[一总]共(?!有?[\d一二两三四五六七八九十俩仨]{1,3}个?人?[,。;])|[共合总]计|加起来|共(?=\d|[受死收])"
    r"|除了?[^,。;!?\n]{1,8}外|最[重轻严][^,。;]{0,2}的?[是那]"
    r"|[\d一二两三四五六七八九十][个人名例]?(?:伤亡|死伤)|(?:伤亡|死伤)[^,。;!?\n\d]{0,4}[1-9一二两三四五六七八九十]"
    r"|[打砍捅]伤[^,。\d]{1,5}的"
    r"|先说|上次|去年|昨天|前[天年]|上个?(?:月|周|礼拜|星期)|[前头]几天|往年|早年|以为|演练|模拟|假|不算|不计|不是|[各每报或]|分别|为准|可能|估计|好像|怕是|名单|左右|多人|几个|若干|\d[/+]"
)
"""Beside such words a number may be another one than it seems."""
_AGAIN = lazy(r"又(?![是长冒拉])")
_BEASTS = lazy(r"[羊牛猪鸡鸭狗马驴](?![角场路家街肉山庄])")
_WATER = lazy(r"[河江湖海塘渠库堰溪潭沟冰船泳]|(?<!透)水")
_GAS = lazy(
    r"毒|炭|煤气|煤炉|一氧化碳|沼气|硫化氢|氨|氯|中暑|[吃喝食]|热射病|热晕|高温|闷热|热水器(?!漏电)|化粪池|菜窖|诺如|酸奶|流感"
    r"|漏(?!电)|[呛烟酸熏雾]"
)
"""Where somebody lies in hospital he may be ill."""
_LIKE_ILL = lazy(r"[眼喉嗓鼻嘴]|(?<!年)[轻重]的|轻症|头[晕疼痛]")
_SMOKE = lazy(r"烟|熏")
_GRAVELY = lazy(r"昏|抢救|手术|没醒")
_SEVERAL = lazy(rf"(?!(?:{SINGULAR})$)(?:{FOLK})")
_OFFICIAL = lazy(r"[\d一二两三四五六七八九十](?:人|名|例)(?!民)")
_SPOKEN = lazy(r"[一二两三四五六七八九十\d][个位口]|[俩仨]")
_LAMED = lazy(r"瘫痪")
_STILL = lazy(r"[还仍正没困等]|出不来")
_NOT_UP = lazy(r"没能?再?上来")
_ON_TOP = lazy(r"[困围顶岛树石楼屋井洞车]|沙洲")


@dataclass
class Account:
    """How many fared how, in whose words, and what was not understood."""

    counts: dict[str, int] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    gaps: set[Gap] = field(default_factory=set)
    singly: bool = False
    """Each is told of alone, and nobody by a number of his own that befell him."""
    closed: bool = False
    """All are told of who were counted before (六个：一个没救回来，三个在手术，俩划了层皮)."""
    alone: bool = False
    """It befell one only, who may be out again in words that are not known."""
    several: bool = False
    """It befell several, each of whom the text tells of apart, and the first are no whole of the others."""
    vague: set[str] = field(default_factory=set)
    """Facts for which somebody counts of whom it is told in words that may mean another (昏过去了, 送走了)."""

    def add(self, fact: str, person: Person) -> None:
        """Count a person for a fact."""
        self.counts[fact] = self.counts.get(fact, 0) + (person.many or 0)
        low, high = self.spans.get(fact, person.span)
        self.spans[fact] = min(low, person.span[0]), max(high, person.span[1])


def in_turn(
    text: str,
    category: str | None,
    facts: dict[str, Found],
    *,
    firm: bool = False,
    read: Mapping[str, Found] = MappingProxyType({}),
) -> dict[str, Found]:
    """The facts, with those that persons told of one after another come to.

    Args:
        text: normalised and masked.
        category: kind of event; without it nothing is told by persons alone.
        facts: as they were read, each as it would be shown.
        firm: another reading bears them out; only more hurt than were read make them a question.
        read: as the grammar has them; what it and the persons agree on is shown, also where the second opinion asked.
    """
    told = account(text, category) if category is not None or facts else None
    if told is None:
        return facts
    shown = _settled(text, category, facts, told, firm=firm, read=read)
    return {
        name: offered(found, (many, many), text, told.spans[name]) if (many := told.counts.get(name, 0)) else found
        for name, found in shown.items()
    }


def _settled(
    text: str,
    category: str | None,
    facts: dict[str, Found],
    told: Account,
    *,
    firm: bool,
    read: Mapping[str, Found],
) -> dict[str, Found]:
    """The facts as they are shown: those that the persons bear out, tell of alone, or make a question."""
    official = (firm or _is_official(text)) and not told.singly
    if told.gaps:
        return (
            facts
            if official
            else {
                name: open_ended(found, _ASKED) if _tells_of_others(told, name, found) else found
                for name, found in facts.items()
            }
        )
    changed = dict(facts)
    others = TURNS.search(text) is not None
    for name, many in told.counts.items():
        found, first = facts.get(name), read.get(name)
        plainly = (told.singly or told.closed) and not (told.alone and name in ("trapped", "missing"))
        plainly = plainly and (name not in told.vague or (told.closed and category in _OF_FORCE))
        if first is not None and not first.unknown and (first.at_least, first.at_most) == (many, many):
            changed[name] = first
        elif (
            (plainly and bool(found.unknown or found.at_least))  # none at all may be said of others
            or (found.unknown and told.several and name not in told.vague)
            if found is not None
            else (plainly or not others) and not _counted_otherwise(name, told.spans[name], facts)
        ):
            low, high = told.spans[name]
            changed[name] = Found(at_least=many, at_most=many, stated=many, text=text[low:high], span=(low, high))
    asked: dict[str, Found] = {}
    for name, found in changed.items():
        many = told.counts.get(name, 0)
        if found.unknown or (found.at_least, found.at_most) == (many, many) or _is_formal(name, found):
            continue
        if not many and (not found.at_least or name not in _OF_PERSONS):
            continue
        if official and not (name == "injuries" and found.at_least is not None and many > found.at_least):
            continue
        asked[name] = open_ended(found, _ASKED)
    return changed | asked


def _counted_otherwise(name: str, span: Span, facts: Mapping[str, Found]) -> bool:
    """The same words tell of another fact: who is trapped, and an ambulance comes, is not ill."""
    hurt = ("injuries", "serious_injuries")
    others = (found.span for other, found in facts.items() if not (name in hurt and other in hurt))
    return any_overlap(span, others)


def _is_official(text: str) -> bool:
    """A bulletin counts 人 and 名 alone, and the grammar knows how it tells of parts."""
    return _OFFICIAL.search(text) is not None and _SPOKEN.search(text) is None


_LEAD = 8
_PART_FIRST = lazy(
    r"(?:^|[,。:;、\n])[^,。:;、\n\d]{0,4}(?:其中|包[括含]|里[头边面]|当中|内[含有]|含)(?=[^,。:;、\n]{0,6}\d)"
)
"""其中重伤2人，共受伤9人: the first who are told of are a part."""
_BRIEF = 14
_FORMAL = lazy(r"[\d一二两三四五六七八九十][人名例]")


def _is_formal(name: str, found: Found) -> bool:
    """A bulletin that counts 人 and 名 tells of all who were trapped, also of those who are out."""
    brief = len(found.text) <= _BRIEF
    return name in ("trapped", "missing") and brief and _FORMAL.search(found.text) is not None


def _tells_of_others(told: Account, name: str, found: Found) -> bool:
    """More or fewer persons fared so than a figure counts, though not all of the tale is understood."""
    many = told.counts.get(name, 0)
    if not told.gaps <= _SOFT or not many or found.unknown or found.at_least is None:
        return False
    if found.at_least != found.at_most or many == found.at_least:
        return False
    if many > found.at_least:
        dead = name == "deaths" and told.gaps.isdisjoint(("again", "part"))
        return name == "injuries" or dead or (name == "trapped" and found.at_least > 0)
    if name == "deaths":
        far = found.at_least > many + 2
        return far or told.gaps.isdisjoint(("who", "together")) or "beasts" in told.gaps
    return name == "missing" or (name == "injuries" and told.gaps.isdisjoint(("who", "body", "together")))


def account(text: str, category: str | None) -> Account | None:
    """What persons masked text tells of; None where it is no such tale."""
    if len(text) > LONGEST:
        return None
    text = blanked(text)
    told = tale(text)
    if not told.persons:
        return None
    found = Account(gaps=told.gaps | _gaps_of(text))
    persons = without_wholes(text, told.persons, found.gaps)
    if len(persons) > 1 and all(person.closed for person in persons):
        found.gaps.discard("folk")  # 车上两人，老师没了，学生没事: a teacher and a pupil
        kept = {person.span for person in persons}
        wholes = [person for person in told.persons if person.span not in kept]
        found.closed = not any(person.lots for person in wholes) and all(person.kind != "part" for person in persons)
    others = [person for person in persons if not person.lots or not person.lots.keys() <= _FINE]
    harmed = [person for person in others if person.lots]
    found.alone = len(harmed) == 1
    found.singly = (len(harmed) > 1 or len(others) == len(harmed) == 1) and all(
        person.kind == "one" or person.named or (person.kind == "count" and person.many == 1 and not person.part)
        for person in harmed
    )
    found.several = len(harmed) > 1 and not _is_official(text) and not _may_be_whole(harmed)
    if len(persons) > 1 and _PART_FIRST.search(text, 0, persons[0].span[0] + _LEAD):
        found.gaps.add("part")
    hurt = any("hurt" in person.lots for person in persons)
    only = persons[0] if len(persons) == 1 else None
    if only is not None and only.kind == "one" and _SEVERAL.fullmatch(only.noun) and not _is_one(text, only):
        found.gaps.add("folk")
    ill_or_hurt = any(person.lots.keys() & {"ill", "care"} for person in persons)
    poison, gas = category in _POISON, _GAS.search(text) is not None
    weak = "ill" if poison or (gas and not hurt) else "injuries"
    if (poison or gas) and hurt and _LIKE_ILL.search(text):
        found.gaps.add("these")
    if weak == "injuries" and gas and ill_or_hurt:
        found.gaps.add("gas")
    whole: Person | None = None
    for person in persons:
        if person.many is None:
            if not person.lots.keys() <= {"well", "out"}:
                found.gaps.add("rest")
        elif not person.lots:
            if person.kind != "one":
                found.gaps.add("rest")
        else:
            part = person.kind == "part" or (person.part and _is_of_the_dead(person, whole))
            for fact in _facts(person, weak, text, set() if part else found.gaps, hurt=hurt):
                if person.many and (not part or fact == "serious_injuries"):
                    found.add(fact, person)
                    plain = not person.lots.keys().isdisjoint(_PLAIN.get(fact, ()))
                    ill = fact in _WOUNDED and weak != "injuries" and "hurt" not in person.lots
                    if not plain or ill or "ill" in person.lots:
                        found.vague.add(fact)
            whole = whole if person.part else person
    return found


def _may_be_whole(harmed: Sequence[Person]) -> bool:
    """13人受伤，主楼3个受伤、副楼1个: more than each of the others whom the same befell."""
    return any(
        one.kind == "count"
        and (one.many or 0) > max(_FEW, other.many or 0)
        and (other.many or 0) > 1
        and not one.lots.keys().isdisjoint(other.lots)
        for one, other in combinations(harmed, 2)
    )


def _is_of_the_dead(person: Person, whole: Person | None) -> bool:
    """9个遇难，其中有1名老师，正在救援: what is told of a part of the dead is no other harm of theirs."""
    return whole is not None and "dead" in whole.lots and (whole.many or 0) >= (person.many or 0)


def _is_one(text: str, person: Person) -> bool:
    """保安手被划伤 tells of one; 保安受伤了 and 有学生胳膊骨折 may be of several."""
    at = text.find(person.noun, *person.span)
    return names_a_part(text, person.span) and text[max(0, at - 1) : at] != "有"


def _gaps_of(text: str) -> set[Gap]:
    """What of the text as a whole makes it no plain tale."""
    gaps: set[Gap] = set()
    if text.strip().count("\n") > 1 or _LAMED.search(text):
        gaps.add("lines")
    if FILL in text:
        gaps.add("heard")
    if _CHANGED.search(text):
        gaps.add("changed")
    if portions.told(text):
        gaps.add("number")
    if _AGAIN.search(text):
        gaps.add("again")
    if _BEASTS.search(text):
        gaps.add("beasts")
    return gaps


def _facts(person: Person, weak: str, text: str, gaps: set[Gap], *, hurt: bool) -> list[str]:
    """The facts for which a person counts."""
    lots = person.lots
    if "dead" in lots:
        return ["deaths"]
    facts = _where(person, text, gaps)
    if "grave" in lots:
        facts += ["serious_injuries", "ill" if weak == "ill" and "hurt" not in lots else "injuries"]
    elif "hurt" in lots:
        facts.append("injuries")
    elif "ill" in lots:
        facts.append("ill")
        choked = "呛" in text and _WATER.search(text) is not None
        if weak != "ill" or choked or _SMOKE.search(text, *person.span):
            gaps.add("sort")
    elif "care" in lots and "well" not in lots:
        if weak != "injuries" or (hurt and _GRAVELY.search(text, max(0, lots["care"] - 2), lots["care"] + 4)):
            facts.append(weak)
        else:
            gaps.add("sort")
    elif "care" in lots and _GAS.search(text):
        gaps.add("sort")  # 缓过来了，没事: was he ill?
    if "well" in lots and facts and "hurt" not in lots:
        gaps.add("sort")
    return facts


def _where(person: Person, text: str, gaps: set[Gap]) -> list[str]:
    """Whether a person is missing or trapped; who was pressed and is hurt is not told to be stuck still."""
    lots = person.lots
    out, lost, held = (lots.get(lot, -1) for lot in ("out", "lost", "held"))
    if lost > out:
        if not _WATER.search(text) and _NOT_UP.search(text, *person.span):
            gaps.add("sort")
        return ["missing"]
    over = not lots.keys().isdisjoint(("hurt", "grave", "care", "well"))
    if held <= out or (over and not _STILL.search(text, *person.span)):
        return []
    if _WATER.search(text) and not _ON_TOP.search(text, *person.span):
        gaps.add("sort")
    return ["trapped"]
