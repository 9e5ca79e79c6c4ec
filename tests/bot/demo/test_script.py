"""Scene files: what is wrong in one is named, and what the shipped ones cite is in the plan."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.clock import SHANGHAI
from bot.demo.cast import PRIVATE
from bot.demo.script import SceneError, Scripted, read_script, read_scripts
from plans.load import load_all

SCENE = """title: 试
begins: 2026-03-02T03:05:00+08:00
steps:
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "应是一个场景"),
        ("title: 试", "begins"),
        ("title: 试\nbegins: 2026-03-02T03:05:00\nsteps: [{text: 一}]", "时区"),
        (SCENE + "  []", "steps"),
        (SCENE + "  - {text: ''}", "steps.1.text"),
        (SCENE + "  - {text: 一, at: 25点}", "21:44"),
        (SCENE + "  - {text: 一, acts: [{as: 赵校长}]}", "say、press、voice、photo"),
        (SCENE + "  - {text: 一, acts: [{as: 赵校长, say: 好, press: 好}]}", "say、press、voice、photo"),
        (SCENE + "  - {text: 一, acts: [{as: 赵校长, press: 好}]}", "「好」要写看到什么"),
        (SCENE + "  - {text: 一, acts: [{as: 甲, press: 好}, {as: 甲, say: 好}], look: {甲: 好}}", "「好」要写看到"),
        (SCENE + "  - {text: 一, acts: [{as: 赵校长, press: 好, gone: true}]}", "press 和 about"),
        (SCENE + "  - {text: 一, tittle: 二}", "steps.1.tittle"),
        (SCENE + "  - {text: [一}", "while parsing"),
        (SCENE + "  - {text: 一, acts: [{as: 赵校长, photo: 谁也没拍}]}", "没有照片"),
        (SCENE.replace("title", "plan: x\ntitle") + "  - {text: 一}", "plan 为“x”"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_scene_file_is_named(tmp_path, text, said):
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SceneError, match=r"^broken\.yaml: ") as raised:
        read_script(path)
    assert said in str(raised.value)


def test_the_moment_of_a_step_is_on_the_first_day_or_a_later_one():
    begins = datetime(2026, 3, 2, 21, 40, tzinfo=SHANGHAI)
    assert Scripted(text="一", at="21:44").moment(begins) == begins + timedelta(minutes=4)
    assert Scripted(text="一", at="+1 08:00").moment(begins) == begins.replace(day=3, hour=8, minute=0)
    assert Scripted(text="一").moment(begins) is None


@pytest.mark.parametrize("script", read_scripts().values(), ids=lambda script: script.key)
def test_a_scene_names_people_groups_and_clauses_that_exist_and_time_goes_forward(script):
    setting = script.setting
    clauses, people = load_all()[script.plan].clauses, {role.name for role in setting.cast}
    moments = [script.begins, *(moment for step in script.steps if (moment := step.moment(script.begins)))]
    assert moments == sorted(moments)
    for step in script.steps:
        assert step.clause in ("", "本地规定") or step.clause.split()[0] in clauses
        assert len(step.text) <= 70, step.text
        assert 0 < len(step.look) <= 3, step.text
        for screen in [*step.end, *(act.screen for act in step.acts)]:
            who, _, where = screen.partition("@")
            assert who in people
            assert where in {room.name for room in setting.rooms} | {PRIVATE}


def test_the_scenes_are_shown_in_the_order_of_their_nights():
    names = ["stampede", "poisoning", "drill", "quiet", "warning", "upward", "directed", "duties"]
    assert list(read_scripts()) == names
