"""Files that came with a duty or with a measure: the program alone says what became of them, once."""

from __future__ import annotations

import itertools

import pytest

from plans.bearers import bearers
from plans.core.command import SYSTEM, Actor
from plans.core.files import KeepFile, LoseFile
from plans.duty.settling import SettleDuty
from plans.load import load_all
from tests.plans.duty.life import Life

PLANS = load_all()
KEEP = KeepFile(reference="AgAD1", digest="0" * 64, size=9)
LOSE = LoseFile(reference="AgAD1", reason="gone")
ROLES = sorted({role for plan in PLANS.values() for role in plan.roles} | {"duty", "head", "deputy", "admin"})


def handed_in() -> Life:
    """A picture was handed in for a duty, and is being fetched."""
    plan = PLANS["dehui-education-duties"]
    kinds = tuple(sorted({item.id for duty in plan.duties for item in bearers(plan, duty) if item.kind == "body"}))
    life = Life(plan, kinds=kinds)
    life.pass_days(1)
    instance = next(life.book.waiting())
    done = SettleDuty(key=instance.key, text="已做", evidence=("photo:AgAD1",), sure=True)
    assert life.do(done) is None
    assert life.book.files == {"AgAD1": ""}
    return life


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", [KEEP, LOSE], ids=["kept", "lost"])
def test_nobody_but_the_program_says_what_became_of_a_file(role, command):
    life = handed_in()
    everybody = Actor(id="somebody", roles=frozenset({role}), units=frozenset({life.bearer}))
    assert life.refused(command, everybody).key == "nothing_new"
    assert life.book.files == {"AgAD1": ""}


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.product((KEEP, LOSE), repeat=2)), ids=lambda command: type(command).__name__
)
def test_it_is_said_once_and_what_was_said_first_stands(first, second):
    life = handed_in()
    assert life.do(first, SYSTEM) is None
    stands = dict(life.book.files)
    assert life.refused(second, SYSTEM).key == "nothing_new"
    assert life.book.files == stands == {"AgAD1": KEEP.digest if first is KEEP else "gone"}


@pytest.mark.parametrize("reference", ["", "AgAD2", "photo:AgAD1"])
def test_a_file_that_nobody_sent_is_not_kept(reference):
    life = handed_in()
    stray = KeepFile(reference=reference, digest=KEEP.digest, size=9)
    assert life.refused(stray, SYSTEM).key == "nothing_new"
