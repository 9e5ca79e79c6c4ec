"""Other ways to say a figure, put as the plain figure, so that whatever reads a text reads them alike.

受伤人数由17人更正为19人 is 受伤人数19人; 症状：呕吐，人数：18 is 发病：18; 厂里报伤5，街道报伤8，我数的7个 is 受伤7个;
死者是李某、王某和王某的儿子 is 死者是3人. Offsets stay as they were: what is left out is filled.
"""

from __future__ import annotations

from plans.intake.putting.changes import as_they_are
from plans.intake.putting.fields import headed
from plans.intake.putting.names import counted
from plans.intake.putting.results import as_it_came_out
from plans.intake.putting.sexes import without_sexes
from plans.intake.putting.sources import by_own_count
from plans.intake.reading import Span

LONGEST = 400
"""Characters of a text in which sources and names are looked for: longer ones are no messages of one who was there."""


def put(plain: str, heard: str, category: str | None) -> tuple[str, list[Span]]:
    """Masked text with these ways put plainly, and where a number stands now that was written elsewhere.

    Args:
        plain: normalised text.
        heard: the same, masked.
        category: kind of event.
    """
    heard = without_sexes(headed(as_they_are(heard), category))
    if len(heard) > LONGEST:
        return heard, []
    set_right, places = by_own_count(plain, heard)
    if set_right == heard:
        set_right, places = as_it_came_out(plain, heard)
    told, named = counted(set_right)
    return told, [*places, *named]
