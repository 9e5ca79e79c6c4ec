"""What a command needs of the shell is added to it, whichever command it is: none is decided without."""

import dataclasses

import pytest

from bot.service import desk, enrichers, warning
from plans.core.registry import DECIDERS

NEEDS = {
    "unreachable": (
        enrichers.unreachable_units,
        warning.recipients_of_area,
        desk.nobody_stands_for,
        desk.nobody_stands_for_others,
    ),
    "spoken_id": (enrichers.who_spoke, enrichers.who_named, enrichers.who_answered),
    "into_level": (enrichers.level_of_the_other,),
    "beside": (enrichers.running_beside,),
    "keeps_seat": (enrichers.plan_pin,),
}
"""What only the database knows, and who adds it."""


@pytest.mark.parametrize("need", NEEDS)
def test_every_command_that_needs_something_has_it_added(need: str) -> None:
    needing = {kind for kind in DECIDERS if need in {field.name for field in dataclasses.fields(kind)}}
    assert needing
    assert needing == {kind for kind, found in enrichers.ENRICHERS.items() if set(NEEDS[need]) & set(found)}
