"""Lists by places and units, crossed with forms, marks and totals: like units are added, a stated total wins."""

from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT

UNITS = [
    row.split()
    for row in """一号楼 二号楼 三号楼|甲校 乙校 丙校|第一车厢 第二车厢 第三车厢|县医院 中医院 市人民医院|东村 西村 南村
一班 二班 三班|1号车 2号车 3号车|张庄村 李庄村 王庄村|一车间 二车间 三车间|101宿舍 102宿舍 103宿舍|小学 中学 幼儿园
前车 后车 中间那车|三楼 四楼 五楼|大巴 面包车 轿车|东区 西区 南区|一中 二中 三中|城关镇 东关镇 北留镇|A栋 B栋 C栋
内科 外科 儿科
主楼 副楼 附楼|南门 北门 东门|河东 河西 河心|1单元 2单元 3单元|第一组 第二组 第三组|高三1班 高三2班 高三3班
货车 客车 摩托车|实验小学 东关小学 西关小学|采煤队 掘进队 机电队|甲车 乙车 丙车|食堂 操场 教学楼""".replace(
        "\n", "|"
    ).split("|")
]
HARMS = {
    "受伤": "injuries", "死亡": "deaths", "发热": "ill", "被困": "trapped", "失联": "missing", "中毒": "ill",
    "遇难": "deaths", "腹泻": "ill",
}  # fmt: skip
FORMS = [
    ("{u}{n}人{h}", "{u}{n}人{h}"), ("{u}{h}{n}人", "{u}{h}{n}人"), ("{u}{n}人{h}", "{u}{n}人"),
    ("{u}{h}{n}人", "{u}{n}人"), ("{u}{n}个{h}", "{u}{n}个"), ("{u}有{n}人{h}", "{u}有{n}人"),
    ("{u}{h}{n}", "{u}{h}{n}"), ("{u}：{h}{n}人", "{u}：{h}{n}人"), ("{u}{h}了{n}个", "{u}{n}个"),
    ("{u}{n}名{h}", "{u}{n}名"), ("{u}：{n}人{h}", "{u}：{n}人{h}"), ("{u}那边{n}个{h}", "{u}那边{n}个"),
]  # fmt: skip
"""An entry, and those behind it."""
MARKS = ["，", "、", "；", " ", "。", "\n", ","]
BEHIND = ["共{t}人{h}", "一共{h}{t}人", "共{t}人", "合计{t}人", "总共{t}个", "加起来{t}个"]
BEFORE = ["共{t}人{h}，其中", "{h}{t}人：", "{t}人{h}，", "一共{h}{t}人，分别是", "{h}{t}人（"]
LEADS = ["", "事故造成", "目前", "今天上午", "报告：", "情况如下：", "爆炸了，", "发生事故，", "统计："]
TAILS = ["", "。", "，正在救援", "！", "，120到了"]
FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}


def shown(text):
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in FACTS & facts.keys() if not facts[name].unknown}


def listed(random, total, off):
    """A list of two or three units, with a total that is so much more than they come to."""
    units = random.choice(UNITS)[: random.choice((2, 2, 3))]
    harm, (first, rest) = random.choice(list(HARMS)), random.choice(FORMS)
    numbers = [random.randint(1, 9) for _ in units]
    entries = [(rest if at else first).format(u=units[at], n=number, h=harm) for at, number in enumerate(numbers)]
    text, sum_ = random.choice(MARKS).join(entries), sum(numbers) + off
    if total in BEHIND:
        text += random.choice("，。") + total.format(t=sum_, h=harm)
    elif total:
        text = total.format(t=sum_, h=harm) + text + ("）" if total.endswith("（") else "")
    return random.choice(LEADS) + text + random.choice(TAILS), HARMS[harm], sum_


@pytest.mark.parametrize("total", ["", "before", "behind"])
def test_units_come_to_one_figure(total):
    random, right, many = Random(f"units {total}"), 0, 160
    for _ in range(many):
        text, fact, number = listed(random, random.choice({"before": BEFORE, "behind": BEHIND}.get(total, [""])), 0)
        told = shown(text)
        assert told.items() <= {fact: number}.items(), (text, told)
        right += bool(told)
    assert right >= 0.95 * many


@pytest.mark.parametrize("off", [1, 3])
def test_a_stated_total_wins_or_the_difference_is_asked(off):
    random = Random(off)
    for _ in range(70):
        text, fact, number = listed(random, random.choice(BEFORE + BEHIND), off)
        told = shown(text)
        assert told.items() <= {fact: number}.items(), (text, told)
