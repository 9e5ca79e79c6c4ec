"""Parts of a whole, crossed: 其中 and its like, behind and before, bracketed, of every harm."""

from collections import defaultdict
from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT, said

WHOLE = 9
FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}
HARMS = {
    "受伤": "injuries", "死亡": "deaths", "遇难": "deaths", "中毒": "ill", "发热": "ill", "腹泻": "ill",
    "被困": "trapped", "失联": "missing", "失踪": "missing", "伤亡": "toll",
}  # fmt: skip
WHOLES = [
    "{n}人{h}", "{h}{n}人", "{n}个{h}", "{h}{n}个", "{n}名学生{h}", "{h}：{n}人", "{h}{n}", "{h}人数{n}人",
    "共{h}{n}人", "{h}一共{n}个", "目前{h}{n}例",
]  # fmt: skip
CUES = "其中 包括 里头 里边 里面 含 内有 当中 其中有 包含 其中包括 里头有 内含".split()
GRADES = {"重伤": "serious", "危重": "serious", "病危": "serious", "轻伤": "light", "死亡": "dead", "重症": "serious"}
SHARES = "儿童 老师 学生 女生 男 女 老人 孕妇 小孩 工人 教师 外地人 女性".split()
CARE = "住院 留观 抢救 在抢救 已出院 住院治疗".split()
FORMS = {
    "grade": "{n}人{g} {g}{n}人 {n}个{g} {g}{n}个 {n}名{g} {g}{n}名 {n}例{g} {g}{n}例 {g}{n} {g}：{n}人 {n}人是{g}",
    "share": "{n}名{g} {g}{n}人 {g}{n}名 {n}个{g} {g}{n}个 {n}个是{g} {n}名为{g} {g}{n} {n}位{g} {n}人为{g} {n}人是{g}",
    "care": "{n}人{g} {g}{n}人 {n}个{g} {n}名{g} {g}{n}例 {n}个人{g}",
}  # fmt: skip
BETWEEN = ["，", "、", " ", "。", "", "\n", ",", "；", "：", "（", "("]
LEADS = ["", "事故造成", "化工厂爆炸，", "目前", "楼塌了，", "报告："]
TAILS = ["", "，正在救援", "。", "，120到了", "！"]


def fits(sort, part, fact):
    """Whether people tell of such a part of those whom it befell."""
    if sort == "care":
        return fact in ("injuries", "ill")
    if part == "轻伤":
        return fact in ("injuries", "toll")
    return part != "重症" or fact in ("injuries", "ill")


def shown(text):
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in FACTS & facts.keys() if not facts[name].unknown}


def composed(random, behind):
    """A whole and its part, the whole first or last: text, what it tells, and what may be shown."""
    harm, cue, sort = random.choice(list(HARMS)), random.choice(CUES), random.choice(list(FORMS))
    part = random.choice({"grade": list(GRADES), "share": SHARES, "care": CARE}[sort])
    fact, few, mark = HARMS[harm], random.randint(1, 4), random.choice(BETWEEN)
    if not fits(sort, part, fact) or HARMS.get(part) == fact:
        return None
    whole = random.choice(WHOLES).format(h=harm, n=WHOLE)
    told = cue + random.choice(FORMS[sort].split(" ")).format(g=part, n=few)
    close = {"（": "）", "(": ")"}.get(mark, "")
    text = f"{whole}{mark}{told}{close}" if behind else f"{told}，{whole}"
    meant = {} if fact == "toll" else {fact: WHOLE}
    may = defaultdict(set, {name: {number} for name, number in meant.items()})
    if GRADES.get(part) == "serious":
        meant["serious_injuries"] = few
    elif part == "死亡":
        meant["deaths"] = few
        may[fact if fact != "toll" else "injuries"].add(WHOLE - few)
    elif part == "轻伤" and fact == "toll":
        may["injuries"].add(few)
    for name, number in meant.items():
        may[name].add(number)
    return random.choice(LEADS) + text + random.choice(TAILS), meant, may


@pytest.mark.parametrize(("behind", "least"), [(True, 0.97), (False, 0.9)], ids=["behind", "before"])
def test_a_part_is_no_figure_beside_its_whole_nor_in_its_stead(behind, least):
    random, said_so, right = Random(27), 0, 0
    for case in filter(None, (composed(random, behind) for _ in range(500 if behind else 150))):
        text, meant, may = case
        told = shown(text)
        if behind:
            assert all(number in may[name] for name, number in told.items()), (text, told)
        said_so += len(meant)
        right += sum(told.get(name) in may[name] for name in meant)
    assert right >= least * said_so


@pytest.mark.parametrize("cue", CUES)
def test_of_those_whom_nobody_counted_a_part_is_not_all(cue):
    for harm, mark in ((harm, mark) for harm in ("受伤", "中毒", "被困") for mark in ("，", "；", "。")):
        fact = HARMS[harm]
        assert fact not in shown(f"有人{harm}{mark}{cue}2人住院"), (harm, mark)
        assert shown(f"有人{harm}{mark}{cue}2人重伤").items() <= {"serious_injuries": 2}.items(), (harm, mark)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("被困9人，其中重伤2人，轻伤3人", "hurt=5 serious=2 trapped=9"),
        ("3人受伤，里面还有2人被困", "hurt=3 trapped=2"),
        ("外面5人受伤，里面3人受伤", "hurt=?"),
        ("车上25人，其中3人重伤", "hurt=3 serious=3"),
        ("9个遇难，其中有1名老师，正在救援", "dead=9"),
        ("受伤3人，二车间内有4名工人被困", "hurt=3 trapped=4"),
        ("腹泻9人，在ICU1人", "serious=1 ill=9"),
    ],
)
def test_what_stands_beside_is_no_part(text, facts):
    assert said(text) == facts
