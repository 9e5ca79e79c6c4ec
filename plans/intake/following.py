"""What a case knows after a later text: totals, increments, people found or dead, figures taken back.

A text is read twice: as a first report (`Reading.facts`) and as steps and revisions of what is known. Where the two
speak of the same words and differ, or where a total and the steps beside it do not add up, it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from plans.intake.bare_totals import BARE, BareTotals
from plans.intake.clauses import clauses
from plans.intake.elsewhere import elsewhere
from plans.intake.fates import blanked
from plans.intake.folding import amount, folded, revised, withdrawn
from plans.intake.framing import placed, reported
from plans.intake.hearsay import by_authorities, claimed
from plans.intake.in_danger import apart_from_danger
from plans.intake.known_facts import bounds_known, meant, weak_fact
from plans.intake.later import ENOUGH, Later
from plans.intake.lost_people import FREED, NOT_FREED
from plans.intake.named_totals import named_totals
from plans.intake.patterns import lazy
from plans.intake.reading import GIVES_VALUES, After, Found, Option, Reading, Span, UtteranceKind
from plans.intake.remainder import Remainder
from plans.intake.revising import Revision, revisions
from plans.intake.roll import by_roll
from plans.intake.roll.origins import BEFORE_LIGHT
from plans.intake.speakers import unlabelled
from plans.intake.stepping import ADD, TOTAL, Bounds, Step
from plans.intake.steps import named_figures, steps
from plans.intake.taken_back import voided
from plans.intake.taking import (
    added,
    any_overlap,
    asked,
    bounds_of,
    clause_around,
    either,
    in_doubt,
    overlap,
    same_bounds,
    take,
)
from plans.intake.uncounted import with_uncounted
from plans.intake.utterances import masked
from plans.intake.whole_texts import understood_whole

_SAID: frozenset[UtteranceKind] = GIVES_VALUES | {"withdrawn"}
_HEARD: frozenset[UtteranceKind] = _SAID | {"reported", "rumour"}


def after(reading: Reading, known: Mapping[str, Any], category: str | None = None) -> Mapping[str, After]:
    """Return what is known once a text is taken in; facts that neither knew are absent.

    Args:
        reading: of the later text.
        known: fact -> number, or ``{"at_least", "at_most"}``, or ``{"value"}``, or None, before it.
        category: kind of the event as the case has it; a text alone rarely tells.

    Raises:
        TypeError: a known value is no number and no interval.
    """
    before = {name: bounds for name, value in known.items() if (bounds := bounds_known(value)) is not None}
    reading, places = reported(reading.later)
    heard = by_authorities(reading)
    told = _Following(reading, before, category).after()
    if heard is not None:
        told |= claimed(told, _Following(heard, before, category).after(), before)
    return MappingProxyType({name: placed(changed, places) for name, changed in told.items()})


class _Following:
    """Takes one text in."""

    def __init__(self, reading: Reading, before: Mapping[str, Bounds], category: str | None) -> None:
        plain, self.labels = unlabelled(reading.plain)
        self.reading = reading = replace(reading, plain=plain)
        self.before = before
        self.text = blanked(masked(plain, reading.utterances))
        self.weak = weak_fact(before, category)
        self.other = elsewhere(self.text, category)
        self.clauses = clauses(self.text)
        self.said = masked(reading.plain, reading.utterances, _SAID)
        self.revised = self._revised()
        spans = [revision.span for revision in self.revised]
        self.steps = [
            step if not any_overlap(step.span, self.other) else replace(step, sure=False)
            for step in steps(blanked(self.text), before, self.weak)
            if not any_overlap(step.span, spans)
        ]
        self.changed = {name: After(at_least=low, at_most=high) for name, (low, high) in before.items()}

    def after(self) -> dict[str, After]:
        """Return every fact that was known or is told of."""
        told: dict[str, list[Step]] = {}
        for step in self.steps:
            told.setdefault(step.fact, []).append(step)
        read = dict(self._read())
        for fact in dict.fromkeys((*read, *told)):
            new = self._joined(fact, told.get(fact, []), read.get(fact))
            if new is not None:
                self.changed[fact] = new
        for revision in self.revised:
            if revision.fact:
                base = self.before.get(revision.fact)
                doubtful = any_overlap(revision.span, self.other)
                new = revised(self.reading.plain, revision, base, doubtful=doubtful)
                moves = [step for step in told.get(revision.fact, ()) if step.how not in ("same", "aside")]
                self.changed[revision.fact] = self._beside(new, revision, moves) if revision.total and moves else new
        for fact, span in self._taken_back():
            now = self.reading.facts.get(fact)
            if now is None or now.unknown:
                self.changed[fact] = withdrawn(self.before.get(fact), self.reading.plain, span)
        bare = BARE.search(self.text)
        if bare is not None and (total := self._bare_totals().after(bare, self.changed)) is not None:
            self.changed[total[0]] = total[1]
        self._the_whole_holds_its_part()
        self.changed |= self._remainder(bare.span() if bare is not None else None).asked(self.changed)
        self._the_whole_holds_its_part()
        self.changed |= Later(
            text=blanked(self.text[:ENOUGH]),
            said=blanked(masked(self.reading.plain, self.reading.utterances, _HEARD)[:ENOUGH]),
            clauses=[clause for clause in self.clauses if clause.span[1] <= ENOUGH],
            known=self.before,
            weak=self.weak,
            other=self.other,
            revised=self.revised,
            steps=self.steps,
            changed=self.changed,
        ).told()
        if not self.other:
            self.changed |= by_roll(
                self.reading, self.text[:ENOUGH], self.before, self.weak, self.changed, self.revised
            )
        anew = [item.fact for item in self.revised]
        self.changed = dict(
            understood_whole(self.reading, self.before, self.weak, self.changed, anew, alone=not self.other)
        )
        mine = [clause for clause in self.clauses if not any_overlap(clause.span, self.other)]
        self.changed = dict(with_uncounted(mine, self.before, self.weak, self.changed))
        return apart_from_danger(self.text, self.before, self.changed)

    def _revised(self) -> list[Revision]:
        """The figures that are set anew, by what they were or by what they are now."""
        told = list(revisions(self.text, self.said, self.before))
        spans = [item.span for item in told]
        for fact, number, old, span in named_totals(self.text, self.said, self.weak):
            if not any_overlap(span, spans):
                told.append(Revision(fact, "set", number, old, span, total=True))
        return told

    def _beside(self, new: After, revision: Revision, moves: Sequence[Step]) -> After:
        """又死了一个，死亡到3个了: where what is told beside a total does not come to it, it is asked."""
        base = self.before.get(revision.fact)
        later = [step for step in moves if step.span[0] > revision.span[0] and step.how in ("less", "none")]
        stepped = (
            folded(self.text, (revision.number, revision.number), later) if later else folded(self.text, base, moves)
        )
        if later and stepped is not None:
            return stepped  # 被困一共6个，救出来2个
        return new if stepped is None or same_bounds(new, stepped) else either(new, stepped, base)

    def _bare_totals(self) -> BareTotals:
        taken = [found.span for found in self.reading.facts.values()] + [item.span for item in self.revised]
        return BareTotals(self.text, self.clauses, self.steps, taken, self.before, self.weak, self.other)

    def _read(self) -> Iterator[tuple[str, Found]]:
        """The figures of the first reading that may be new, under the fact that they are meant for."""
        steps_of = {step.fact for step in self.steps}
        for name, found in self.reading.facts.items():
            if isinstance(found.at_least, bool) or any_overlap(found.span, [item.span for item in self.revised]):
                continue
            if name == "missing" and "trapped" in steps_of and "missing" not in self.before:
                continue  # 还有2个没上来: of those who are trapped
            if self._follows_from_the_serious(name, found):
                continue
            held = any((self.before.get(fact) or (0, 0))[0] for fact in ("missing", "trapped"))
            if name == "deaths" and held and _NOT_YET_OUT.search(clause_around(self.text, found.span)):
                continue  # 还剩6人没救上来
            if name in ("injuries", "ill") and self._got_worse(found):
                continue
            if any(low <= found.span[0] < high for low, high in self.labels):
                continue
            if found.at_most == 0 and self.before.get(name, (0, 0))[0] and _NONE_SO.search(found.text):
                continue  # 5个都检查完了，没有骨折的: hurt they are
            if found.at_most == 0 and name in ("injuries", "ill") and self._of_the_freed(found):
                continue  # 已救出俩，无伤: none of those two
            yield meant(name, found, self.before, self.weak), found

    def _of_the_freed(self, found: Found) -> bool:
        """The sentence tells of people who came out or were found."""
        steps = [step for step in self.steps if step.fact in ("missing", "trapped") and step.how in ("less", "none")]
        return any(step.span[0] <= found.span[0] and self._one_sentence(step.span, found.span) for step in steps)

    def _got_worse(self, found: Found) -> bool:
        """重伤又多2人，是轻伤转的: they were hurt before."""
        steps = [step for step in self.steps if step.fact == "serious_injuries" and step.how == "add"]
        return any(overlap(step.span, found.span) for step in steps) and bool(
            BEFORE_LIGHT.search(clause_around(self.text, (found.span[0], found.span[1] + 4)))
        )

    def _follows_from_the_serious(self, name: str, found: Found) -> bool:
        """重伤5人 makes 5 hurt where nobody counted them; else it says nothing of how many are hurt."""
        serious = self.reading.facts.get("serious_injuries")
        if name not in ("injuries", "ill") or serious is None or not overlap(serious.span, found.span):
            return False
        figure = found.at_least, found.at_most
        if figure != (serious.at_least, serious.at_most):
            return False
        more = [step for step in self.steps if step.fact == "serious_injuries" and step.how == "add"]
        return name in self.before or bool(more and amount(more) != figure)

    def _joined(self, fact: str, told: Sequence[Step], found: Found | None) -> After | None:
        """One fact by its steps and by the first reading; None where both leave it."""
        base = self.before.get(fact)
        moves = [step for step in told if step.how not in ("same", "aside")]
        stepped = folded(self.text, base, moves) if moves else None
        if found is None or any(step.how == "aside" and overlap(step.span, found.span) for step in told):
            return stepped
        likeliest = bounds_of(found.readings[0]) if found.readings else (found.at_least, found.at_most)
        as_before = likeliest == base and not self._is_total(found)
        if as_before and moves and _OF_BEFORE.search(clause_around(self.text, found.span)):
            return stepped  # 早先说伤5个，里头有俩登记重了
        taken = self._taken(fact, found)
        if not moves:
            moved = [step for step in self.steps if not step.plain and step.how not in ("same", "aside")]
            if any(step.how == "same" for step in told) or any(overlap(step.span, found.span) for step in moved):
                taken = in_doubt(taken, base)
            return taken
        beside = [step for step in moves if overlap(step.span, found.span)]
        total = self._is_total(found)
        if found.unknown and beside and any(amount(beside) == (item.at_least, item.at_most) for item in found.readings):
            return stepped
        if found.unknown and all(step.sure for step in moves) and self._goes_on(moves[-1].span, found.span):
            return stepped  # 受伤的有两个不行了，人没了
        if beside and not total:
            alike = not all(step.plain for step in beside) or amount(beside) == (found.at_least, found.at_most)
            if alike and all(step.sure for step in beside):
                return stepped
        if taken.change == "same" and not total and _OF_BEFORE.search(clause_around(self.text, found.span)):
            return stepped
        left = [step for step in moves if step.how == "set"]
        if total and left and base is not None and added(base[0], left[-1].low) == found.at_least:
            return taken  # 后面还有2个，那一共是5个困着
        if stepped is None or same_bounds(stepped, taken):
            return taken if stepped is None or taken.asks else stepped
        if taken.readings and (stepped.at_least, stepped.at_most) == bounds_of(taken.readings[0]):
            return taken
        return either(taken if total else stepped, stepped if total else taken, base)

    def _taken(self, fact: str, found: Found) -> After:
        moved = any(
            not step.plain
            and step.how not in ("same", "aside", "withdrawn")
            and self._one_sentence(step.span, found.span)
            for step in self.steps
        )
        new = take(self.text, fact, found, self.before.get(fact), moved=moved)
        ends = [at for mark in "。;!?\n" if (at := self.text.find(mark, found.span[1])) >= 0]
        told = clause_around(self.text, (found.span[0], min(ends, default=len(self.text))))
        # 找到4人失联的, where none was known to be
        freed = fact in ("missing", "trapped") and FREED.search(told) and not NOT_FREED.search(told)
        # 6个人腿软但都没伤: weak at the knees is not ill
        unhurt = fact == "ill" and fact not in self.before and _UNHURT.search(told) is not None
        # 其中1人自行离站，找不到人了: nobody is looked for
        left = fact == "missing" and fact not in self.before and _LEFT.search(self.text) is not None
        doubtful = freed or left or unhurt or any_overlap(found.span, self.other)
        return in_doubt(new, self.before.get(fact)) if doubtful else new

    def _goes_on(self, step: Span, found: Span) -> bool:
        """The clause behind a step says more of the same people."""
        low, high = self.text.rfind(",", 0, found[0] + 1), found[1]
        return (
            0 <= found[0] - step[1] <= 4
            and low >= step[1] - 1
            and _MORE_BEHIND.search(self.text, step[1], high) is None
        )

    def _one_sentence(self, one: Span, other: Span) -> bool:
        return not any(mark in self.text[min(one[0], other[0]) : max(one[1], other[1])] for mark in "。;!?\n")

    def _is_total(self, found: Found) -> bool:
        return bool(TOTAL.search(clause_around(self.text, found.span))) and found.mode != "increment"

    def _taken_back(self) -> Iterator[tuple[str, Span]]:
        """Known figures that the text names and takes back: 不是死7个; 死亡2人那个消息…撤回."""
        yield from voided(self.reading.plain, self.before)
        for item in self.reading.utterances:
            words = self.reading.plain[item.span[0] : item.span[1]]
            if item.kind != "withdrawn" and not (item.kind in ("reported", "rumour") and _BACK.search(words)):
                continue
            if any_overlap(item.span, [revision.span for revision in self.revised]) or ADD.search(words):
                continue  # 说又失联2个，不属实: no figure as it was known
            for fact, number in named_figures(words):
                if self.before.get(fact) == (number.low, number.high):
                    yield fact, item.span

    def _remainder(self, bare: Span | None) -> Remainder:
        """What is left of the text; `bare` is where a total without a harm stands."""
        revised = [item.span for item in self.revised]
        figures = self.reading.facts.values()
        changing = [item.span for item in self.changed.values() if item.change != "same" and item.span is not None]
        changing += [found.span for found in figures if not found.unknown]
        changing += [step.span for step in self.steps if step.how not in ("same", "aside")]
        changing += [item.span for item in self.reading.utterances if item.kind not in GIVES_VALUES]
        return Remainder(
            text=self.text,
            clauses=self.clauses,
            before=self.before,
            weak=self.weak,
            steps=self.steps,
            used=[step.span for step in self.steps]
            + [found.span for found in figures]
            + revised
            + ([bare] if bare else []),
            changing=changing + revised,
            unread=self.reading.unread,
        )

    def _the_whole_holds_its_part(self) -> None:
        """The seriously hurt are among the hurt: what cannot be so, or may be either way, is asked."""
        serious = self.changed.get("serious_injuries")
        if serious is None or serious.change in ("same", "withdrawn") or not serious.at_least:
            return
        whole = self.weak if self.weak in self.before else "injuries"
        now = self.changed.get(whole)
        if now is None or now.at_most is None or now.asks:
            return
        old = Option(at_least=now.at_least, at_most=now.at_most)
        more = [step for step in self.steps if step.fact == "serious_injuries" and step.how == "add"]
        new: Bounds = (serious.at_least, None)
        if now.at_most >= serious.at_least:
            if now.change != "same" or not any(step.plain for step in more):
                return
            add = amount(more)
            new = added(now.at_least, add[0]), added(now.at_most, add[1])
        option = Option(at_least=new[0], at_most=new[1], text=serious.text, span=serious.span)
        self.changed[whole] = asked((old, option), "set", serious.text, serious.span)


_MORE_BEHIND = lazy(r"又|还|另|也|再|\d|[一二两三四五六七八九十俩仨]")
_NOT_YET_OUT = lazy(r"(?:还|仍|尚|就|只)?(?:剩|差|有)(?:下)?[^,。;!?\n]{1,6}没(?:能)?救[上出下]来?")
_NONE_SO = lazy(r"(?:没有?|无|未见)[^,。;!?\n]{0,3}(?:骨折|[烧烫内]伤|重伤)")
_LEFT = lazy(r"自行(?:离|走|回)|自己(?:离开|走了)|不辞而别")
_UNHURT = lazy(r"[都均全也](?:没|未|无)(?:有)?(?:受)?(?:伤|事|大碍)")
_OF_BEFORE = lazy(r"早先|前头|起先|起初|最早|之前|原来|刚才|先前|[那这](?=\d|[一二两三四五六七八九十俩仨])")
_BACK = lazy(r"撤回|作废|撤销|收回|不可靠|弄错|搞错|报错|说错|误报")
