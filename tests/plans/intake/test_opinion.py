"""The second opinion asks and never tells: no figure is changed by it, and its tables are those that were learnt."""

from __future__ import annotations

import json
from functools import cache

import pytest

from plans.intake import opinion, read
from plans.intake.opinion.models import CLASSES, FOLDER, likelihoods, meanings, trust
from plans.intake.opinion.signs import cues, of_number
from tests.plans.intake.opinion.learning import RARE, digest, learn, rates, written
from tests.plans.intake.opinion.messages import FOLDER as MESSAGES
from tests.plans.intake.opinion.messages import Message, grammar, messages
from tests.plans.intake.saying import NOW

# All of them look at the same messages, which are read once: by the one worker that has this file.
pytestmark = pytest.mark.xdist_group("opinion")

BATCHES = sorted({json.loads(line)["batch"] for line in (MESSAGES / "messages.jsonl").read_text("utf-8").splitlines()})


@cache
def every():
    return list(messages())


@cache
def ours():
    return [item for item in every() if item.batch]


@cache
def judged():
    """Each message with what the grammar read, and the same after the second opinion."""
    found = []
    for item in ours():
        before = grammar(item.text)
        scene = item.scene(before)
        found.append((item, before, opinion.second(scene.plain, scene.heard, scene.spoken, scene.category, before)))
    return found


def test_all_batches_are_known_before_the_messages_are_read():
    assert sorted({item.batch for item in ours()}) == BATCHES


@pytest.mark.parametrize("batch", BATCHES)
def test_it_asks_and_changes_nothing(batch):
    for _, before, after in (one for one in judged() if one[0].batch == batch):
        assert after.keys() == before.keys()
        for name, found in after.items():
            if found != before[name]:
                assert found.unknown
                assert not before[name].unknown
                first, *others = found.readings
                assert (first.at_least, first.at_most) == (before[name].at_least, before[name].at_most)
                assert any((option.at_least, option.at_most) == (None, None) for option in others)
                assert found.at_most is None, "what may be is bounded by nothing that was read"


def test_it_spares_what_is_read_rightly_and_asks_what_is_read_falsely():
    asked: list[bool] = []
    right: list[bool] = []
    for item, before, after in judged():
        for name, found in before.items():
            if name in item.says and not found.unknown:
                (right if item.is_right(name, found) else asked).append(after[name].unknown)
    assert sum(right) / len(right) < 0.08, "of what is right one in thirteen is asked at most"
    assert sum(asked) / len(asked) > 0.5, "of what is false a half is asked"


def test_on_longer_texts_there_is_none():
    text = "面包车追尾，" + "路上很堵，" * 40 + "受伤的不是三个，说是有误"
    before = read(text, now=NOW).facts
    assert len(text) > opinion.LONGEST
    with pytest.MonkeyPatch.context() as context:
        context.setattr(opinion, "MARGIN", -1)
        assert read(text, now=NOW).facts == before


@pytest.mark.parametrize("table", ["meaning.tsv", "trust.tsv"])
def test_the_tables_were_learnt_from_the_messages_that_are_here(table):
    assert digest() in (FOLDER / table).read_text("utf-8").partition("\n")[0], "run `make opinion`"


def test_every_row_of_the_tables_is_a_sign_that_some_message_has():
    scenes = [item.scene({}) for item in every()]
    seen = {sign for scene in scenes for at in range(len(scene.numbers)) for sign in of_number(scene, at)}
    assert set(meanings()) <= seen
    assert all(len(weights) <= len(CLASSES) for weights in meanings().values())
    assert "" in trust()
    names = {name for name, _ in cues()}
    told = {sign.partition(" ")[2] for sign in trust() if sign.startswith(("before ", "behind ", "sentence "))}
    assert told <= names


def test_likelihoods_come_to_one():
    for item in ours()[:40]:
        scene = item.scene({})
        for at in range(len(scene.numbers)):
            told = likelihoods(meanings(), of_number(scene, at))
            assert sum(told.values()) == pytest.approx(1)
            assert all(0 <= one <= 1 for one in told.values())


def test_the_same_messages_teach_the_same():
    few = ours()[:60]
    assert written(learn(few)) == written(learn(few))
    assert RARE > 1


def test_a_figure_that_readers_got_wrong_everywhere_is_likelier_wrong():
    right = Message(1, "车撞了，伤了3个", {"injuries": ((3, 3),)}, ())
    taught = []
    for at in range(30):
        text = f"客车翻了，{at + 2}个受伤，不对是别处"
        found = read(f"客车翻了，{at + 2}个受伤", now=NOW).facts
        taught.append(Message(1, text, {"injuries": ((None, None),)}, (found,)))
        text = f"客车翻了，{at + 2}个受伤"
        taught.append(Message(1, text, {"injuries": ((at + 2, at + 2),)}, (found,)))
    learnt = learn(taught)
    by_right: dict[bool, list[float]] = {True: [], False: []}
    for chance, is_right in rates(learnt, taught):
        by_right[is_right].append(chance)
    assert max(by_right[True]) < min(by_right[False])
    assert right.is_right("injuries", read(right.text, now=NOW).facts["injuries"])
