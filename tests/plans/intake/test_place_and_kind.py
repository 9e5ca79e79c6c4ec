import math
from datetime import datetime

import pytest

from plans.intake import SHANGHAI, Quantity, read

NOW = datetime(2026, 3, 2, 12, 6, tzinfo=SHANGHAI)
NAMES = ("实验小学", "区教育局", "消防", "区人民医院", "北石店镇", "晋城市实验小学东校区")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("实验小学宿舍楼凌晨3点02分发生踩踏", "实验小学宿舍楼"),
        ("实验小学的食堂里有学生呕吐", "实验小学的食堂"),
        ("晋城市实验小学东校区操场踩踏", "晋城市实验小学东校区操场"),
        ("区教育局报告：实验小学操场踩踏伤3人", "实验小学操场"),
        ("已通知消防，实验小学起火", "实验小学"),
        ("学生已送往区人民医院，实验小学食堂发生食物中毒", "实验小学食堂"),
        ("区人民医院门诊楼起火", "区人民医院门诊楼"),
        ("北石店镇发生校车侧翻", "北石店镇"),
        ("３月１日，实验小学二楼起火", "实验小学二楼"),
    ],
)
def test_names_of_the_caller_are_recognised(text, place):
    reading = read(text, now=NOW, names=NAMES)
    assert (reading.place, reading.place_text) == (place, place)
    assert reading.place_span is not None
    assert text[slice(*reading.place_span)] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("今天上午10点左右，三楼楼梯口发生拥挤踩踏", "三楼楼梯口"),
        ("今早在南关街道建设路与新华街交叉口，一辆校车与货车相撞", "南关街道建设路与新华街交叉口"),
        ("食堂食物中毒35人送医", "食堂"),
        ("现在三楼还有七八个孩子没下来", "三楼"),
        ("第八中学着火，3人死亡", "第八中学"),
        ("八中学生打架", "八中"),
        ("某县柳林镇柳林中学发生火灾", "某县柳林镇柳林中学"),
        ("高三(2)班3名学生晕倒", "高三(2)班"),
        ("时间：3月2日上午9时30分 地点：城区第五中学二楼楼梯 事件：踩踏", "城区第五中学二楼楼梯"),
        ("女司机操作失误撞入店铺，致1死4伤", None),
        ("5层楼起火", None),
        ("死亡人数上升至5人", None),
    ],
)
def test_places_without_names(text, place):
    assert read(text, now=NOW).place == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("两个学生中暑，都送市中医院了", None),
        ("人已经转省里", None),
        ("镇卫生院说还有一个没醒", None),
        ("市中医院停电，手术室用发电机", "市中医院"),
        ("镇卫生院锅炉房起火", "镇卫生院锅炉房"),
        ("台风把体育馆屋顶掀了", "体育馆"),
        ("泥石流冲了柳沟养猪场", "柳沟养猪场"),
        ("昨晚湖南那个司机没了", None),
        ("长沙湖南大学宿舍楼起火", "长沙湖南大学宿舍楼"),
        ("烧烤摊煤气罐爆了", "烧烤摊"),
        ("配电间有人触电", "配电间"),
        ("游泳馆更衣室漏电", "游泳馆更衣室"),
        ("雁岭隧道口垭口连环追尾", "雁岭隧道口垭口"),
        ("大学生落水", None),
        ("手机没信号，联系不上", None),
        ("死伤有三十多号人", None),
        ("扫街的大姐被车撞了", None),
        ("全县3个镇停电", "全县3个镇"),
    ],
)
def test_where_it_happened_is_told_from_where_people_were_brought(text, place):
    assert read(text, now=NOW).place == place


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("校门口一辆电动车撞倒两名学生", "traffic"),
        ("宿舍着火了", "fire"),
        ("实验室爆炸", "explosion"),
        ("有人持刀进校砍伤学生", "attack"),
        ("学生打架", "attack"),
        ("午饭后多名学生呕吐腹泻", "food_poisoning"),
        ("宿舍煤气中毒", "gas_poisoning"),
        ("幼儿园水痘病例6例", "epidemic"),
        ("刚才地震了，震感强烈", "earthquake"),
        ("两名学生下河游泳溺水", "drowning"),
        ("围墙倒塌压住5个学生", "collapse"),
        ("煤矿透水", "mine_accident"),
        ("暴雨引发山洪，操场积水", "flood"),
        ("台风登陆", "storm"),
        ("学校后山滑坡", "landslide"),
        ("一架直升机坠毁", "air_crash"),
        ("学生坠楼", "fall"),
        ("学生触电", "electric_shock"),
        ("楼梯踩踏", "stampede"),
        ("未发生火灾，排除爆炸", None),
        ("请大家下午来开会", None),
    ],
)
def test_category(text, category):
    assert read(text, now=NOW).category == category


def test_two_close_classes_are_both_returned():
    classes = {"食物中毒": ("呕吐", "食堂", "腹泻"), "传染病": ("发热", "传染", "呕吐"), "火灾": ("起火", "着火")}
    candidates = read("食堂午餐后多名学生呕吐发热", now=NOW, classes=classes).class_candidates
    assert [candidate.name for candidate in candidates] == ["食物中毒", "传染病"]
    assert candidates[0].words == (("食堂", (0, 2)), ("呕吐", (9, 11)))


def test_a_denied_class_does_not_count():
    classes = {"火灾": ("火灾", "起火"), "踩踏": ("踩踏",)}
    candidates = read("排除火灾，系楼梯踩踏", now=NOW, classes=classes).class_candidates
    assert [candidate.name for candidate in candidates] == ["踩踏"]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("这是一次消防演练，3人受伤", {"drill"}),
        ("疑似食物中毒", {"suspected"}),
        ("3人受伤", set()),
    ],
)
def test_flags(text, flags):
    assert read(text, now=NOW).flags == flags


QUANTITIES = {
    "power": Quantity(words=("损失电力",), unit="兆瓦"),
    "load": Quantity(words=("减供负荷",), unit="%", raised_by=("大面积停电",)),
    "users": Quantity(words=("用户", "停电用户"), unit="%"),
    "gas_days": Quantity(words=("天然气", "断供"), unit="天"),
    "visibility": Quantity(words=("能见度",), unit="米"),
    "stoppage": Quantity(words=("中断", "停运"), unit="小时"),
    "ship": Quantity(unit="人", raised_by=("客船", "游船")),
}


@pytest.mark.parametrize(
    ("text", "fact", "bounds"),
    [
        ("晋城电网减供负荷59%", "load", (59, 59)),
        ("减供负荷达到40％以上", "load", (40, None)),
        ("停电影响占全县用户的20%", "users", (20, 20)),
        ("预计天然气断供3天", "gas_days", (3, 3)),
        ("江面能见度不足100米", "visibility", (70, math.nextafter(100, 0))),  # 99.5 is short of it too
        ("地铁中断运行超过两小时", "stoppage", (math.nextafter(2, 3), None)),  # not 3: two and a half are over two
        ("地铁停运1.5小时", "stoppage", (1.5, 1.5)),
        ("线路停运两天", "stoppage", (48, 48)),
        ("线路停运两个半小时", "stoppage", (2.5, 2.5)),
        ("地铁停运1小时30分，滞留乘客2000人", "stoppage", (1.5, 1.5)),
        ("停电影响占全县用户的四分之一", "users", (25, 25)),
        ("停电影响占全县用户的五分之二以上", "users", (40, None)),
        ("线路停运90分钟", "stoppage", (1.5, 1.5)),
        ("减供负荷百分之五十九", "load", (59, 59)),
        ("减供负荷四成", "load", (40, 40)),
        ("减供负荷百分之三十至百分之五十", "load", (30, 50)),
        ("减供负荷百分之三十到五十", "load", (30, 50)),
        ("减供负荷约百分之三十", "load", (24, 36)),
        ("减供负荷百分之三十到5时恢复", "load", (30, 30)),
        ("损失电力15万千瓦", "power", (150, 150)),
        ("损失电力十五万千瓦", "power", (150, 150)),
        ("损失电力10至15万千瓦", "power", (100, 150)),
        ("损失电力3000千瓦", "power", (3, 3)),
        ("能见度0.5公里", "visibility", (500, 500)),
    ],
)
def test_quantities_of_a_plan(text, fact, bounds):
    facts = read(text, now=NOW, quantities=QUANTITIES).facts
    assert set(facts) == {fact}
    assert (facts[fact].at_least, facts[fact].at_most) == bounds
    assert text[slice(*facts[fact].span)] == facts[fact].text


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("城区大面积停电", {"load"}),
        ("客船触礁，船上25人", {"ship"}),
        ("没有大面积停电", set()),
        ("食堂有3人呕吐", set()),
    ],
)
def test_quantities_raised_without_a_number(text, raised):
    reading = read(text, now=NOW, quantities=QUANTITIES)
    assert set(reading.raised) & set(QUANTITIES) == raised
    assert not set(reading.facts) & set(QUANTITIES)


def test_a_word_that_another_number_explains_raises_nothing():
    wanted = {**QUANTITIES, "county": Quantity(words=("负荷",), unit="兆瓦")}
    reading = read("晋城电网减供负荷59%", now=NOW, quantities=wanted)
    assert set(reading.facts) == {"load"}
    assert "county" not in reading.raised
    assert "county" in read("电网负荷下降", now=NOW, quantities=wanted).raised


def test_json_shape():
    shape = read("昨晚11点半实验小学食堂中毒，三十余人呕吐，2人重症", now=NOW, names=NAMES).as_json()
    assert shape["occurred_at"] == "2026-03-01T23:30:00+08:00"
    assert shape["occurred"]["from"] == shape["occurred"]["to"] == shape["occurred_at"]
    assert shape["occurred"]["text"] == "昨晚11点半"
    assert shape["occurred"]["span"] == [0, 6]
    assert (shape["place"], shape["place_text"]) == ("实验小学食堂", "实验小学食堂")
    assert shape["category"] == "food_poisoning"
    ill = shape["facts"]["ill"]
    assert (ill["at_least"], ill["at_most"], ill["text"], ill["span"]) == (30, 39, "三十余人呕吐", [15, 21])
    assert shape["facts"]["serious_injuries"]["value"] == 2
    assert "value" not in ill


def test_silence_gives_nothing():
    shape = read("请值班室回电", now=NOW).as_json()
    assert shape["facts"] == {}
    assert (shape["occurred_at"], shape["occurred"], shape["place"], shape["category"]) == (None, None, None, None)
