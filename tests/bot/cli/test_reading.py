"""``tocsin read`` and ``tocsin classify``: shapes, the settled examples, what a person reads."""

import json

import pytest

from plans.load import load_all
from plans.model import EVENT_LEVELS, RESPONSE_LEVELS
from tests.bot.cli import shapes

PLANS = load_all()
NOW = ("--now", "2026-03-02T10:30:00+08:00")


def test_read_has_the_shape_of_the_contract(tocsin):
    ran = tocsin("read", "昨晚8点城北小学食堂三十余人呕吐，2人重伤，无人死亡", *NOW, "--json")
    assert (ran.status, ran.err) == (0, "")
    read = ran.json
    shapes.holds(read, shapes.READING)
    assert read["facts"]["serious_injuries"]["value"] == 2
    assert (read["facts"]["ill"]["at_least"], read["facts"]["ill"]["at_most"]) == (30, 39)
    assert read["facts"]["deaths"]["value"] == 0
    text = "昨晚8点城北小学食堂三十余人呕吐，2人重伤，无人死亡"
    for fact in read["facts"].values():
        start, end = fact["span"]
        assert fact["text"] == text[start:end]
    assert read["occurred_at"] == "2026-03-01T20:00:00+08:00"
    assert read["occurred"]["from"] <= read["occurred_at"] <= read["occurred"]["to"]


def test_silence_gives_nothing(tocsin):
    read = tocsin("read", "有情况", *NOW, "--json").json
    shapes.holds(read, shapes.READING)
    assert read["facts"] == {}
    assert (read["occurred_at"], read["occurred"], read["place"]) == (None, None, None)


def test_with_what_is_known_it_says_what_is_known_then(tocsin):
    asked = ("--known", '{"deaths": 2, "missing": 3}', "--category", "traffic")
    read = tocsin("read", "又死了一个，找到一个还差俩", *asked, *NOW, "--json").json
    shapes.holds(read, shapes.READING)
    assert read["after"]["deaths"] | {"value": 3, "change": "add", "asks": False} == read["after"]["deaths"]
    assert read["after"]["missing"]["value"] == 2
    assert read["after"]["missing"]["asks"]
    assert [option["value"] for option in read["after"]["missing"]["readings"]] == [2, 3]


def test_a_person_reads_what_is_known_then_and_what_there_is_to_choose_from(tocsin):
    known = ("--known", '{"deaths": 2, "missing": 3, "injuries": 8}', "--category", "traffic")
    shown = tocsin("read", "又死了一个，找到一个还差俩", *known, *NOW).out.partition("读后：")[2]
    assert [line.split()[:2] for line in shown.splitlines() if line.strip()] == [
        ["死亡", "3"],
        ["失联", "待选定：2、3"],
        ["受伤", "8（不变）"],
    ]


@pytest.mark.parametrize("text", ["收到", "+1", "同上", "有没有新增？"])
def test_where_nothing_is_read_it_says_so(tocsin, text):
    assert "没有读出新的情况。" in tocsin("read", text, "--known", '{"deaths": 2}', *NOW).out
    assert "没有读出新的情况。" not in tocsin("read", "又死了一个", "--known", '{"deaths": 2}', *NOW).out
    assert "没有读出事件的情况。" in tocsin("read", "收到", *NOW).out


def test_what_is_known_must_be_an_object_of_numbers(tocsin):
    assert "没有“车祸”这个种类；可用：traffic" in tocsin("read", "x", "--category", "车祸", *NOW).err
    for known, complaint in (("2", "--known 应为一个对象"), ('{"deaths": "两个"}', "不是数"), ("{", "不是JSON")):
        ran = tocsin("read", "又死了一个", "--known", known, *NOW, "--json")
        assert ran.status != 0
        assert complaint in ran.err


def test_with_a_plan_the_classes_are_the_plans(tocsin):
    read = tocsin("read", "食堂疑似食物中毒", "--plan", "jincheng-chengqu-campus", *NOW, "--json").json
    shapes.holds(read["class_candidates"], [{"id": shapes.some, "name": shapes.some}])
    assert read["class_candidates"][0] | {"score": 0, "words": 0} == {
        "id": "health", "name": "食物中毒和公共卫生", "score": 0, "words": 0,
    }  # fmt: skip
    people = tocsin("read", "食堂疑似食物中毒6人", "--plan", "jincheng-chengqu-campus", *NOW)
    assert "食物中毒和公共卫生" in people.out
    assert "中毒或发病" in people.out


def classify(tocsin, plan, **given):
    words = [part for key, value in given.items() for part in (f"--{key.rstrip('_')}", value)]
    ran = tocsin("classify", "--plan", plan, *words, *NOW, "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, shapes.ASSESSMENT)
    return ran.json


@pytest.mark.parametrize("plan_id", PLANS)
def test_classify_has_the_shape_of_the_contract_for_every_plan(tocsin, plan_id):
    found = classify(tocsin, plan_id)
    assert found["plan"] == plan_id
    for text in ("1人死亡，约30人受伤", "大面积停电，疑似霍乱，客船碰撞"):
        found = classify(tocsin, plan_id, text=text)
        order = ["未达标准", *EVENT_LEVELS]
        assert found["possible_event_levels"] == sorted(found["possible_event_levels"], key=order.index)
        order = list(RESPONSE_LEVELS)
        assert found["possible_response_levels"] == sorted(found["possible_response_levels"], key=order.index)
        if len(found["possible_event_levels"]) != 1:
            assert found["event_level"] is None
        if not PLANS[plan_id].event_levels:
            assert found["possible_event_levels"] == []


@pytest.mark.parametrize(
    ("plan", "text", "events", "responses"),
    [
        ("linan-campus", "食堂食物中毒35人送医", ["较大", "重大"], ["Ⅲ", "Ⅱ"]),
        ("linan-campus", "食堂食物中毒35人送医，无人死亡", ["较大"], ["Ⅲ"]),
        ("jincheng-energy", "晋城电网减供负荷59%", [], ["Ⅱ"]),
        ("jincheng-energy", "晋城电网减供负荷60%", [], ["Ⅰ"]),
        ("jincheng-water-rescue", "渔船翻沉，2人死亡，8人失踪，共10人涉险", ["重大"], ["Ⅰ"]),
        ("jincheng-water-rescue", "渔船沉没，1人死亡，船上共2人", ["一般"], ["Ⅲ"]),
        ("jincheng-transit", "公交车起火，3人死亡", ["较大"], ["Ⅱ"]),
        ("jincheng-public-health", "食物中毒99人，无人死亡", ["一般"], ["Ⅲ"]),
        ("jincheng-public-health", "食物中毒100人，无人死亡", ["较大"], ["Ⅱ"]),
        ("jincheng-chengqu-campus", "踩踏4人受伤", ["一般", "较大", "重大", "特别重大"], ["Ⅲ", "Ⅱ", "Ⅰ"]),
        ("dehui-education-duties", "校车追尾2人受伤", [], []),
    ],
)
def test_the_settled_examples(tocsin, plan, text, events, responses):
    found = classify(tocsin, plan, text=text)
    assert found["possible_event_levels"] == events
    assert found["possible_response_levels"] == responses
    assert found["event_level"] == (events[0] if len(events) == 1 else None)
    assert found["response_level"] == (responses[0] if len(responses) == 1 else None)


def test_what_decides_is_asked_and_cited(tocsin):
    found = classify(tocsin, "linan-campus", text="食堂食物中毒35人送医")
    assert [item["fact"] for item in found["ask"]] == ["deaths"]
    assert found["undetermined_because"] == ["死亡未定：0人则较大；1人以上则重大"]
    found = classify(tocsin, "linan-campus", text="食堂食物中毒35人送医，无人死亡")
    assert "30人以上、50人以下" in found["matched"][0]["because"]
    assert {(item["level"], item["distance"]) for item in found["near"]} == {("重大", 1), ("重大", 15)}
    assert found["declared_by"] == ["市政府"]


def test_a_plan_that_routes_names_lead_and_post(tocsin):
    found = classify(tocsin, "shanting-overall", text="燃气爆炸，3人死亡", class_="燃气事故")
    assert found["route"]["lead"] == "区住房和城乡建设局"
    assert found["route"]["post"] == "区燃气事故应急指挥部"
    assert found["class"] == "gas"
    people = tocsin("classify", "--plan", "shanting-overall", "--class", "gas", *NOW)
    assert "牵头：区住房和城乡建设局、区燃气事故应急指挥部" in people.out


def test_stated_facts_go_over_what_the_text_says(tocsin):
    facts = json.dumps({"deaths": 0, "ill": {"at_least": 40, "at_most": 49}})
    found = classify(tocsin, "linan-campus", text="食堂食物中毒35人送医", facts=facts)
    assert found["facts"] == {"deaths": 0, "ill": {"at_least": 40, "at_most": 49}}
    assert found["event_level"] == "较大"


def test_unknown_is_null_and_stays_open(tocsin):
    found = classify(tocsin, "linan-campus", class_="health", facts='{"ill": 35, "deaths": null}')
    assert found["facts"]["deaths"] is None
    assert found["possible_event_levels"] == ["较大", "重大"]


def test_a_class_may_be_given_by_name(tocsin):
    by_name = classify(tocsin, "linan-campus", class_="突发校园公共卫生事件", facts='{"ill": 35, "deaths": 0}')
    assert by_name == classify(tocsin, "linan-campus", class_="health", facts='{"ill": 35, "deaths": 0}')


@pytest.mark.parametrize(
    ("plan", "said", "unsaid"),
    [
        ("jincheng-energy", "事件级别：本预案不设", "可能是\n"),
        ("dehui-education-duties", "响应级别：本预案不设", "可能是"),
        ("dehui-education-duties", "责任清单\n", "类别未定"),
        ("jincheng-chengqu-campus", "待定，可能是一般、较大、重大、特别重大", "None"),
        ("jincheng-chengqu-campus", "由谁宣布：Ⅲ级办公室主任；Ⅱ级指挥长、副指挥长；Ⅰ级指挥长\n", "Ⅳ"),
        ("linan-campus", "由谁宣布：Ⅳ级总指挥；Ⅲ、Ⅱ、Ⅰ级市政府\n", "None"),
    ],
)
def test_people_read_no_empty_answer(tocsin, plan, said, unsaid):
    ran = tocsin("classify", "--plan", plan, *NOW)
    assert ran.status == 0
    assert said in ran.out
    assert unsaid not in ran.out


def test_a_circumstance_is_shown_with_its_words(tocsin):
    said = ("学生在校门口静坐，排除了霍乱，可能是诺如", "--plan", "linan-campus", *NOW)
    read = tocsin("read", *said, "--json").json
    facts = {name: read["facts"][name]["value"] for name in ("gathering", "plague_cholera")}
    assert facts == {"gathering": "present", "plague_cholera": False}
    assert "infectious" in read["raised"]
    people = tocsin("read", *said).out
    assert "出现" in people
    assert "“静坐”" in people
    assert "提到，未定" in people
