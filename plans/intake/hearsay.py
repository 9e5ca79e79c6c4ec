"""What hospitals, police and the like are said to tell of a known case: taken like the writer's own words, and asked.

县医院讲那两个伤的，一个夜里走了: nobody else will tell it, and a figure that stands on beside it is false.
Of other people's sayings nothing is taken here; they are claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Reading
from plans.intake.relaying import is_authority
from plans.intake.stepping import Bounds
from plans.intake.taking import was

_PERHAPS = lazy(r"恐?怕是?(?:不行|要|得|会|没)|可能|说不定|也许|要是|如果|万一|估计(?:要|得|会)|差点")


def by_authorities(reading: Reading) -> Reading | None:
    """The reading as if the writer had said it himself; None where no authority is said to tell anything."""
    spoken = [
        item
        for item in reading.utterances
        if item.kind == "reported" and is_authority(item.source) and not _PERHAPS.search(reading.plain, *item.span)
    ]
    if not spoken:
        return None
    sources = {item.source for item in spoken}
    plain = list(reading.plain)
    for item in spoken:
        at = reading.plain.find(item.cue, *item.span) if item.cue else -1
        if at >= 0 and "院" in item.source and item.cue.startswith(item.source):
            plain[at + len(item.source) : at + len(item.cue)] = "," * (len(item.cue) - len(item.source))
        elif at >= 0:  # who died there was in care: 医院说那个老太太没了
            plain[at : at + len(item.cue)] = "," * len(item.cue)
    return replace(
        reading,
        plain="".join(plain),
        utterances=tuple(replace(item, kind="asserted") if item in spoken else item for item in reading.utterances),
        facts={**{claim.fact: claim.found for claim in reading.claims if claim.source in sources}, **reading.facts},
    )


def claimed(told: Mapping[str, After], heard: Mapping[str, After], known: Mapping[str, Bounds]) -> dict[str, After]:
    """What only the authorities tell, each to be confirmed before it counts."""
    new = {}
    for fact, item in heard.items():
        if item.change == "same" or (fact in told and (told[fact].change != "same" or told[fact].asks)):
            continue
        option = Option(at_least=item.at_least, at_most=item.at_most, text=item.text, span=item.span)
        new[fact] = item if item.asks else replace(item, asks=True, readings=(option, was(known.get(fact))))
    return new
