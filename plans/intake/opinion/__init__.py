"""A second opinion on each figure that was read, from what stands around it and nothing of the grammar.

Two small linear models, learnt from messages of ours (`tests/plans/intake/opinion`): one tells what a number is meant
for, the other whether a figure that was read so is right. They read nothing and change nothing: a figure that they
hold for wrong is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plans.intake.doubting import open_ended
from plans.intake.opinion.models import falsehoods
from plans.intake.opinion.signs import Scene
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Utterance

MARGIN = 0.33
"""So likely wrong that a figure is asked; of what is right in messages that it never saw it asks one in ten."""
OF_BULLETINS = 0.5
"""The same in a text that is written as bulletins are: of 38 figures in such messages, each learnt without the batch
that it stands in, none was false, and the opinion is learnt from what people type."""
LONGEST = 160
"""Characters of a text on which there is an opinion: what people type, which is what it learnt from."""
_CONFIDENCE = 0.6
_BULLETIN = lazy(
    r"造成|致(?=\d)|截[至止]|据(?:了解|介绍|悉|初步)|发生[^,。]{0,12}(?:事故|事件|火灾|爆炸|地震)|"
    r"经(?:抢救|核实|救治|初步)|遇难|目前|均已|无生命危险|救治|报告"
)
_WRITTEN = 2
"""So many different words of bulletins make one."""


def opinions(
    plain: str, heard: str, spoken: Sequence[Utterance], category: str | None, facts: Mapping[str, Found]
) -> dict[str, float]:
    """How likely each figure of people that is shown is wrong."""
    return falsehoods(Scene(plain, heard, spoken, category, facts))


def second(
    plain: str, heard: str, spoken: Sequence[Utterance], category: str | None, facts: Mapping[str, Found]
) -> dict[str, Found]:
    """The facts, and those of them asked that are more likely wrong than `MARGIN`, in bulletins `OF_BULLETINS`.

    Args:
        plain: normalised text.
        heard: the same, masked.
        spoken: the utterances.
        category: kind of event.
        facts: as the grammar read them.
    """
    told = dict(facts)
    margin = OF_BULLETINS if len(set(_BULLETIN.findall(plain))) >= _WRITTEN else MARGIN
    if len(plain) > LONGEST:
        return told
    for name, likely in opinions(plain, heard, spoken, category, facts).items():
        if likely > margin:
            told[name] = open_ended(facts[name], _CONFIDENCE)
    return told
