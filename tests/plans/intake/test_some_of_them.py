"""What is told of some of those just counted, crossed: where they were taken, who is of them, who is left out."""

from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT, said

FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}
HARMS = {
    "受伤": "injuries", "烫伤": "injuries", "中毒": "ill", "发烧": "ill", "拉肚子": "ill", "被砸伤": "injuries",
    "摔伤": "injuries", "腹痛": "ill", "呕吐": "ill",
}  # fmt: skip
WHOLES = "{n}人{h} {n}名学生{h} {h}{n}人 {n}个{h} {n}个工人{h} 共{n}人{h}".split()
TAKEN = """{a}人送县医院，{b}人送中医院|送县医院{a}人、中医院{b}人|其中{a}人送县医院，{b}人送中医院
{a}个在县医院，{b}个在中医院|{a}人住院，{b}人留观|{a}人送医，{b}人回家|已送医{a}人|送医{a}人
{a}人转市医院|转院{a}人|{a}人已出院|出院{a}人，住院{b}人|均送县医院|都送县医院了|全部送医
{a}人自行就医|{a}人拒绝送医|县医院收治{a}人，中医院收治{b}人|县医院{a}人，中医院{b}人
分别送往县医院{a}人、中医院{b}人|留观{a}人|{a}人门诊处理后离开|救护车拉走{a}个|{a}人送ICU
{a}人进手术室|{a}人输液，{b}人观察|{a}人轻微，{b}人需住院|已救治{a}人|{a}人家属接走""".replace("\n", "|").split("|")
MARKS = ["，", "。", "；", "\n", " ", "，目前"]
LEADS = ["", "食堂", "工地", "报告：", "今天上午"]
TAILS = ["", "。", "，120到了", "，家属情绪稳定"]
ALL = {"受伤": "injuries", "死亡": "deaths", "中毒": "ill", "被困": "trapped", "失联": "missing", "发烧": "ill"}
WITH = """{n}人{h}，包括司机在内|包括司机在内{n}人{h}|连司机在内{n}人{h}|连他在内一共{n}人{h}|算上司机{n}人{h}
{n}人{h}（含司机）|{h}{n}人（含2名儿童）|加上之前的2人一共{n}人{h}|加上之前的2人，共{n}人{h}
加上刚送来的2个一共{n}个{h}|{n}人{h}，其中包括之前的2人|连同2名消防员共{n}人{h}
{n}人{h}，司机也在里头|{n}人{h}，司机在内|{n}人{h}，包括2名老师在内|包括2名老师在内共{n}人{h}
之前7人{h}，加上刚来的2个，一共{n}人{h}|{h}{n}人，包括之前报的7人|{h}{n}人，比上次多2人
{n}人{h}，比刚才多了2个|{h}人数{n}，含之前2人|连大人带小孩{n}人{h}|大人小孩一共{n}个{h}
{n}人{h}，一个不少|{n}人{h}，除1人外均已送医|{n}人{h}，另外2人没事|除2人没事外，其余{n}人{h}
除2名老师外，{n}名学生{h}""".replace("\n", "|").split("|")


def shown(text):
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in FACTS & facts.keys() if not facts[name].unknown}


def test_whoever_is_treated_is_of_those_who_were_counted():
    random, right, many = Random("taken"), 0, 220
    for _ in range(many):
        harm, number, some, taken = random.choice(list(HARMS)), random.choice((5, 7, 9)), 2, random.choice(TAKEN)
        whole = random.choice(WHOLES).format(n=number, h=harm)
        text = random.choice(LEADS) + whole + random.choice(MARKS) + taken.format(a=some, b=number - some)
        text += random.choice(TAILS)
        told, may = shown(text), {HARMS[harm]: number}
        if "ICU" in taken or "手术" in taken:
            may["serious_injuries"] = some
        assert told.items() <= may.items(), (text, told)
        right += told.get(HARMS[harm]) == number
    assert right >= 0.97 * many


@pytest.mark.parametrize("lead", ["", "报告："])
def test_who_is_of_a_count_adds_nobody(lead):
    read_so = 0
    for form in WITH:
        for harm, fact in ALL.items():
            text = lead + form.format(n=9, h=harm)
            told = shown(text)
            assert told.items() <= {fact: 9}.items(), (text, told)
            read_so += bool(told)
    assert read_so >= 0.97 * len(WITH) * len(ALL)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("缺3具以上", ""),
        ("死亡3人，缺3具以上棺材", "dead=3"),
        ("灭火器3具", ""),
        ("抬出3具", "dead=3"),
        ("3人受伤，5人转市医院", "hurt=?"),
        ("东村3人受伤，下游3个村已转移", "hurt=3"),
    ],
)
def test_what_is_counted_beside(text, facts):
    assert said(text) == facts
