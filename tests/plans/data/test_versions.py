"""A version of a plan that was recorded says for ever what it said: cases run under it and are read by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from plans.lint import lint, published_versions
from plans.load.canonical import canonical, digest
from plans.model import Plan
from tests.plans.data.shipped import IDS, plan
from tests.recorded import LOGS, recorded

PUBLISHED = published_versions()
PINNED = sorted(
    {
        (item["payload"]["plan"], item["payload"]["plan_version"], item["payload"]["plan_hash"])
        for day in LOGS.iterdir()
        for case in recorded(day)
        for item in case["log"]
        if item["payload"].get("plan_hash") and item["payload"]["plan"] in IDS
    }
)


LISTED = {
    ("dehui-education-duties", "1"): "119d2d75660fae9e",
    ("jincheng-chengqu-campus", "2025-04-10.1"): "d83628160a4a2800",
    ("jincheng-chengqu-campus", "2025-04-10.2"): "cfd74f838a6f74d9",
    ("jincheng-energy", "2021-09-27.1"): "90645d7a83b62975",
    ("jincheng-energy", "2021-09-27.2"): "c9c0ac4f505fa96c",
    ("jincheng-public-health", "2021-09-24.1"): "fc74ef1fe23ce62a",
    ("jincheng-public-health", "2021-09-24.2"): "b9387229ce3618d7",
    ("jincheng-transit", "2021-09-30.1"): "2b9186f6b51203a3",
    ("jincheng-transit", "2021-09-30.2"): "ea8a44aa1772d6da",
    ("jincheng-water-rescue", "2021-09-30.1"): "d643a283463b3896",
    ("jincheng-water-rescue", "2021-09-30.2"): "298973f9c81ed1ad",
    ("linan-campus", "2023-07-25.1"): "b4f02ae86bdc69ee",
    ("linan-campus", "2023-07-25.2"): "74c91b58df015a8f",
    ("shanting-overall", "2022-08-31.1"): "8bdf2f100403a472",
    ("shanting-overall", "2022-08-31.2"): "f6c5c6aaadbb35c6",
}
"""How each digest begins that was ever listed; a version that is published is added, and no line changes."""


def test_no_version_that_was_listed_is_listed_otherwise_or_gone():
    listed = {(name, version): digest[:16] for name, known in PUBLISHED.items() for version, digest in known.items()}
    assert {key: listed.get(key) for key in LISTED} == LISTED
    assert listed == LISTED, "published since: add it here"


@pytest.mark.parametrize("name", IDS)
def test_a_plan_that_is_shipped_says_what_is_listed_of_its_version_or_has_a_new_one(name: str):
    of = plan(name)
    assert not [item for item in lint(of, published=PUBLISHED) if item.rule == "version-reused"]
    assert PUBLISHED[name].get(of.version) in (digest(of), None), "the content changed: give it a new version"
    assert of.version in PUBLISHED[name] or of.version > max(PUBLISHED[name])


@pytest.mark.parametrize(("name", "version", "pinned"), PINNED)
def test_what_recorded_logs_are_pinned_to_stands_as_it_was(name: str, version: str, pinned: str):
    assert PUBLISHED[name][version] == pinned


READ = ("facts", "classes")


def _changed(of: Plan) -> Iterator[tuple[str, Plan]]:
    """Every field of every fact, of its answers and of the classes, each changed alone."""
    for name, fact in of.facts.items():
        for field, value in _others(fact):
            yield f"{name}.{field}", of.model_copy(update={"facts": {**of.facts, name: value}})
        for index, choice in enumerate(fact.choices):
            for field, value in _others(choice):
                choices = (*fact.choices[:index], value, *fact.choices[index + 1 :])
                changed = fact.model_copy(update={"choices": choices})
                yield f"{name}.{choice.id}.{field}", of.model_copy(update={"facts": {**of.facts, name: changed}})
    for index, item in enumerate(of.classes):
        for field, value in _others(item):
            classes = (*of.classes[:index], value, *of.classes[index + 1 :])
            yield f"{item.id}.{field}", of.model_copy(update={"classes": classes})


def _others(thing: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, field in type(thing).model_fields.items():
        value = getattr(thing, name)
        if field.annotation is bool:
            other: Any = not value
        elif field.annotation is str:
            other = f"{value}又"
        elif field.annotation == tuple[str, ...]:
            other = (*value, "又")
        else:
            continue
        yield name, thing.model_copy(update={name: other})


@pytest.mark.parametrize("name", IDS)
def test_no_word_by_which_a_fact_is_read_can_change_under_the_same_version(name: str):
    whole = plan(name)
    # What says nothing of facts is left out: it would be written as often as there are fields.
    others = {field: type(value)() for field, value in whole if isinstance(value, tuple | dict) and field not in READ}
    of = whole.model_copy(update=others)
    kept = canonical(of)
    changed = list(_changed(of))
    assert {field.rpartition(".")[2] for field, _ in changed} >= (
        {"said_by", "denied_by", "raised_by", "words"} if of.facts else set()
    )
    same = [field for field, other in changed if canonical(other) == kept]
    assert not same, same
