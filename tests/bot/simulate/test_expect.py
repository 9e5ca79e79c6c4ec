"""An expectation that does not hold is told, each kind of it; one that holds is silent."""

import pytest

from tests.bot.simulate.conftest import HEAD, played

# An expectation at +13m of the head, and what is said of it; "" = it holds.
EXPECTED = {
    "state: reported": "",
    "state: closed": "state 应为 closed，实为 reported",
    "event_level: null": "",
    "event_level: 一般": "event_level 应为 一般，实为 null",
    "response_level: Ⅲ": "response_level 应为 Ⅲ，实为 null",
    "proposal: null": "",
    "proposal: Ⅱ": "proposal 应为 Ⅱ，实为 null",
    "asks: capacity": "",
    "asks: null": "asks 应为 null，实为 capacity",
    "possible_event_levels: [一般, 较大, 重大, 特别重大]": "",
    "possible_event_levels: 一般": "possible_event_levels 应为 [一般]，实为 [一般, 较大, 重大, 特别重大]",
    "possible_response_levels: [III, II, I]": "",
    "possible_response_levels: [Ⅲ]": "possible_response_levels 应为 [Ⅲ]，实为 [Ⅲ, Ⅱ, Ⅰ]",
    "facts: {injuries: 4}": "",
    "facts: {injuries: 5}": "事实 injuries 应为 5，实为 4",
    "facts: {deaths: 0}": "事实 deaths 应为 0，实为 null",
    "facts: {injuries: {at_least: 4, at_most: 4}}": "",
    "statuses: {first-phone: pending}": "",
    "statuses: {first-phone: [pending, filed]}": "义务 first-phone 的状态应为 [pending, filed]，实为 [pending]",
    "statuses: {first-general: filed}": "义务 first-general 的状态应为 [filed]，实为 []",
    'due: {first-phone: "+30m"}': "",
    "due: {first-phone: 2026-03-02T10:50:00+08:00}": "",
    'due: {first-phone: "+29m"}': "时限应为 [2026-03-02T10:49:00+08:00]，实为 [2026-03-02T10:50:00+08:00]",
    "refused: []": "拒绝应为 []，实为 [staff_only]",
    "refused: staff_only": "",
    "happens: [{kind: received}]": "",
    "happens: [{kind: received, to: 值班席, times: 1}]": "",
    "happens: [{kind: received, times: 3}]": "时间线应有3行 {kind: received}，实有2行",
    "happens: [{kind: received, times: 0}]": "时间线应有0行 {kind: received}，实有2行",
    "happens: [{kind: call}]": "时间线应有 {kind: call}，实际没有",
    'happens: [{kind: received, at: "+10m"}]': "",
    'happens: [{kind: received, after: "+10m1s"}]': "时间线应有 {",
    'happens: [{kind: received, before: "+9m"}]': "时间线应有 {",
    "happens: [{text: 值班室}]": "",
    "happens: [{key: staff_only, kind: refused}]": "",
    "never: [{kind: call}]": "",
    "never: [{kind: refused}]": "时间线不应有 {kind: refused}，实有 2026-03-02T10:32:00+08:00 refused：",
    "never: [{rule: first-phone}]": "",
    "incidents: {1: {state: reported}}": "",
    "incidents: {1: {state: closed}}": "1号：state 应为 closed，实为 reported",
    "incidents: {2: {state: merged}}": "2号：应有2号事件，实际没有",
}


STEPS = ['{at: "+12m", actor: school, do: verify}', *('{at: "+13m", expect: {' + item + "}}" for item in EXPECTED)]


@pytest.fixture(scope="module")
def failures():
    """What is said of each expectation, by its line; all of them are looked at in one play."""
    found = played(HEAD + "".join(f"  - {step}\n" for step in STEPS))["failures"]
    return [(int(text.split(":")[1].split("：")[0]), text) for text in found]


@pytest.mark.parametrize("expect", EXPECTED)
def test_an_expectation_on_the_way(failures, expect):
    line = HEAD.count("\n") + 2 + list(EXPECTED).index(expect)
    said = [text for number, text in failures if number == line]
    assert len(said) == bool(EXPECTED[expect])
    assert all(EXPECTED[expect] in text for text in said)


def test_the_end_is_looked_at_too_and_all_that_differs_is_told(play):
    result = play(expect="{state: closed, event_level: 重大, never: [{kind: received}]}")
    assert len(result["failures"]) == 3
    assert all(text.startswith("scenario.yaml:7：") for text in result["failures"])


def test_a_step_may_be_looked_at_before_it_is_taken(play):
    result = play('{at: "+12m", actor: duty, do: verify, event_level: 一般, expect: {event_level: 一般}}')
    assert "event_level 应为 一般，实为 null" in result["failures"][0]
    assert result["incident"]["event_level"] == "一般"


def test_a_rule_whose_lines_are_meant(play):
    reminded = 'happens: [{rule: first-phone, kind: reminder, at: "+27m"}]'
    expect = f'{{{reminded}, never: [{{rule: first-phone, before: "+19m"}}]}}'
    assert play(expect=expect)["failures"] == []
