"""With what a match begins or holds put before it, every expression of the reader finds the same."""

import re
import sys
from random import Random

import pytest

import plans.intake.with_plan  # noqa: F401  # with it, every module of the reader
from plans.intake import patterns
from plans.intake.outlines import by_body, by_either, by_head
from tests.plans.intake.test_hostile import HOSTILE, PIECES

WORDS = [
    *PIECES,
    *HOSTILE,
    "撤回",
    "受商",
    "从死亡名单里剔除",
    "一（2）班",
    "王家庄3人",
    "县医院",
    "H7N9",
    "-",
    "]",
    "^",
    "\\",
]


def _sources():
    for name, module in sorted(sys.modules.items()):
        if name.startswith("plans.intake"):
            for value in vars(module).values():
                if isinstance(value, (re.Pattern, patterns.Lazy)):
                    yield value._source if isinstance(value, patterns.Lazy) else value.pattern


SOURCES = sorted(set(_sources()))


def _texts(count=25):
    random = Random(3)
    return ["".join(random.choices(WORDS, k=random.randint(1, 40))) for _ in range(count)]


def _found(source, text):
    return [(match.span(), match.groups()) for match in re.finditer(source, text)]


@pytest.mark.parametrize("narrowed", [by_head, by_body])
def test_every_expression_of_the_reader_finds_the_same(narrowed):
    texts = _texts()
    assert len(SOURCES) > 400
    changed = [(source, done) for source in SOURCES if (done := narrowed(source)) != source]
    assert len(changed) > len(SOURCES) / 2
    for source, done in changed:
        for text in texts:
            assert _found(done, text) == _found(source, text), (source, text)


@pytest.mark.parametrize(
    ("source", "narrowed"),
    [
        ("死亡|受?伤", r"(?=[伤受死])(?:死亡|受?伤)"),
        (r"(?<!没)[死伤]\d", r"(?=[伤死])(?:(?<!没)[死伤]\d)"),
        ("(?P<n>一|[2-9-])个", r"(?=[2-9\-一])(?:(?P<n>一|[2-9-])个)"),
        ("(?:又){0,2}死", "(?=[又死])(?:(?:又){0,2}死)"),
        ("[^,]死", "[^,]死"),
        (".死", ".死"),
        ("死?", "死?"),
        ("(?i:a)b", "(?i:a)b"),
    ],
)
def test_it_is_tried_where_it_can_begin(source, narrowed):
    assert by_head(source) == narrowed


@pytest.mark.parametrize(
    ("source", "narrowed"),
    [
        (r"[\u4e00-\u9fa5]{1,3}(?:村|庄)(?=\d)", r"(?=(?s:.){0,3}[庄村])(?:[\u4e00-\u9fa5]{1,3}(?:村|庄)(?=\d))"),
        (r"\D*村", r"\D*村"),
        (".{0,2}", ".{0,2}"),
    ],
)
def test_it_is_tried_shortly_before_what_it_must_hold(source, narrowed):
    assert by_body(source) == narrowed


def test_of_several_expressions_the_same_is_found():
    several = ["一班", r"[\u4e00-\u9fa5]{1,2}(?:村|组)", "班|3楼", "[^,]院"]
    for text in _texts():
        assert _found(by_either(several), text) == _found("|".join(several), text)
