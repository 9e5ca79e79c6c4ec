"""One key has one text, whichever topic it stands in."""

import ast
from pathlib import Path
from types import ModuleType

import pytest

from bot.render.catalogue import KINDS, TOPICS, KeyTwice, gather


def module(file: str, **texts: dict[str, str]) -> ModuleType:
    found = ModuleType(Path(file).stem)
    found.__file__ = file
    found.__dict__.update(texts)
    return found


def test_a_key_that_two_topics_have_is_an_error_that_names_both_files():
    one, other = module("units.py", LABELS={"received": "收到"}), module("roll.py", LABELS={"received": "应答"})
    with pytest.raises(KeyTwice, match=r"LABELS\['received'\] stands in units\.py and in roll\.py"):
        gather("LABELS", (one, other))


def test_a_key_of_another_kind_is_another_key():
    one, other = module("units.py", LABELS={"undone": "撤回"}), module("undo.py", POPUPS={"undone": "已撤回"})
    assert gather("LABELS", (one, other)) == {"undone": "撤回"}
    assert gather("POPUPS", (one, other)) == {"undone": "已撤回"}


def test_every_text_can_be_listed():
    for kind in KINDS:
        assert gather(kind, TOPICS) and all(gather(kind, TOPICS).values())


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.__name__.rpartition(".")[2])
def test_no_name_or_key_is_given_twice_in_a_topic(topic):
    assert topic.__file__ is not None
    tree = ast.parse(Path(topic.__file__).read_text(encoding="utf-8"))
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    assert sorted(set(names)) == sorted(names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
            assert sorted(set(keys)) == sorted(keys)
