"""The kind of event of short messages: what moved or gave way, in few words, with whatever people put around it."""

from itertools import product

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW

AROUND = ("{}", "喂，{}，快来人", "{}\n位置发群里了", "刚看到的，{}")
SAID = {
    "traffic": "皮卡开沟里了 拖拉机栽坡下去 班车溜沟里 出租车怼护栏上 渡船进水 驳船沉了 列车停在区间",
    "fire": "柴房着了 楼道冒黑烟 电池仓着过火 厨房火灭了 草垛烧光 电热毯点着被子 车间着起来 屋里着大火",
    "explosion": "氧气瓶炸烂 釜爆了 雷管响 轰的一声玻璃全碎 高压锅崩了",
    "attack": "醉汉拿着斧头见人就砍 两拨人互殴 有人挥刀 学生约架 一个男的拿砖头打人",
    "collapse": "戏台塌 围挡倒下 钢架子垮 楼板掉了 货架倒 院墙倒",
    "landslide": "后坡裂了口子 崖上掉石头 边坡垮 滚石砸车 弃渣场滑下来",
    "flood": "发大水 水漫到二楼 过水桥冲断 堤坝决口 地下车库倒灌 房子泡水",
    "storm": "龙卷风 妖风刮翻铁皮棚 雷劈着人 下雹子 大雪压棚",
    "gas_poisoning": "炭火盆熏着人 化粪池里人喊不应 氨水漏 仓里有股刺鼻味 菜窖闷了人",
    "food_poisoning": "流水席上吃坏肚子 学生拉稀 吃了菌子上吐下泻 小饭桌的娃吐了",
    "epidemic": "班上十几个发高烧 红眼病 密接要隔离 出疹子 抗原阳了",
    "electric_shock": "水泵漏电 焊工被电打了 鱼竿碰到高压线 拉线的电着了",
    "drowning": "洗澡的沉底了 掉堰塘里 有人跳江 滑到渠里 掉冰窟窿",
    "fall": "从楼顶跳下来 上铺摔下来 踩空滚下台阶 想不开跳楼",
    "stampede": "楼梯口挤倒了一片 人压人 闸机那边踩着人 一窝蜂往下挤",
    "mine_accident": "掌子面冒顶 采面透水 罐笼卡住 井下瓦斯高 巷道垮",
    "earthquake": "房子在晃 余震 震感明显",
    "power_outage": "全镇黑了 线路跳闸 变电站失压 母线断电",
    "other": "电梯卡住 野猪拱人 学生走丢 中暑 冲床压手 马蜂蜇人",
}


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, line in SAID.items() for words in line.split(" ")])
def test_few_words_tell_the_kind_of_event(kind: str, words: str) -> None:
    for around in AROUND:
        text = around.format(words)
        assert read(text, now=NOW).category == kind, text


VEHICLES = ("面包车", "皮卡", "拖拉机", "三轮", "大巴", "渣土车")
WAYS = ("翻沟里", "掉路坎下", "栽下去撞树", "怼墙上", "侧翻", "追尾")


@pytest.mark.parametrize(("vehicle", "way"), list(product(VEHICLES, WAYS)))
def test_any_vehicle_off_its_road_is_traffic(vehicle: str, way: str) -> None:
    assert read(f"{vehicle}{way}了", now=NOW).category == "traffic"


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("上火了嗓子疼", "fire"),
        ("火锅店开业", "fire"),
        ("发火骂人", "fire"),
        ("打过电话了", "electric_shock"),
        ("停电话费", "power_outage"),
        ("没电话号码", "power_outage"),
        ("火车票买好了", "fire"),
        ("救护车来了", "traffic"),
    ],
)
def test_a_word_within_another_tells_no_event(text: str, no: str) -> None:
    assert read(text, now=NOW).category != no
