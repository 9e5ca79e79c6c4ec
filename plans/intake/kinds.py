"""The kind of event, and which of a plan's classes the words speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plans.intake.reading import Candidate

CATEGORIES: Mapping[str, Mapping[str, float]] = {
    "traffic": {
        "车祸": 6, "交通事故": 7, "追尾": 6, "相撞": 4, "翻车": 6, "侧翻": 5, "撞上": 2, "撞到": 2, "撞倒": 3, "撞向": 3, "对撞": 5, "冲撞": 2, "碰撞": 2, "轧过": 3, "碾压": 3,
        "肇事": 3, "刹车": 2, "坠桥": 3, "翻入": 3, "翻下": 3, "驶入": 1, "脱轨": 5, "高速公路": 1.5, "国道": 1.5, "大货车": 1.5, "货车": 1, "客车": 1, "轿车": 1, "面包车": 1,
        "摩托车": 1, "大巴": 1.5, "校车": 1.5, "交警": 1.5, "车辆": 0.5, "收费站": 1, "撞死": 4, "撞伤": 4, "撞飞": 4, "连撞": 5, "撞树": 4, "撞入": 3, "坠谷": 4, "醉驾": 5, "酒后驾": 5, "驾车": 2, "公交车": 2, "逃逸": 2, "车内": 1, "车上": 0.8, "电动车": 1.5, "坠河": 1, "坠江": 1, "酒驾": 4, "逆行": 2, "触礁": 4, "翻船": 4, "沉船": 4, "翻沉": 5, "沉没": 3, "客船": 2, "渡船": 2, "搁浅": 3,
    },
    "fire": {
        "火灾": 6, "起火": 5, "着火": 5, "失火": 6, "大火": 5, "火警": 5, "火势": 4, "明火": 3, "燃烧": 2, "自燃": 3, "过火面积": 4, "烧毁": 2, "烧死": 4, "浓烟": 2, "扑灭": 3,
        "火情": 4, "消防": 0.8, "山火": 6, "纵火": 4, "冒烟": 3, "火海": 4, "烧伤": 1.5, "灭火": 2, "救火": 4,
    },
    "explosion": {"爆炸": 5, "闪爆": 8, "爆燃": 8, "炸裂": 4, "爆裂": 4, "炸伤": 3, "煤气罐": 2, "液化气": 2, "燃气泄漏": 2, "烟花": 1.5, "炸毁": 2},
    "attack": {
        "袭击": 6, "恐怖": 4, "枪击": 8, "枪杀": 7, "开枪": 6, "砍": 2.5, "砍人": 6, "砍杀": 6, "捅": 5, "刺死": 5, "持刀": 6, "持枪": 5, "行凶": 6, "凶手": 5, "枪手": 6, "歹徒": 5,
        "杀人": 4, "杀害": 5, "劫持": 5, "伤人事件": 5, "砍伤": 6, "打伤": 4, "刺伤": 5, "绑架": 5, "人质": 4, "人肉炸弹": 8, "自杀式": 6, "汽车炸弹": 8, "炸弹": 4, "武装分子": 5, "斗殴": 5, "打架": 5, "殴打": 5,
        "持械": 5, "遇刺": 6, "嫌疑人": 1.5, "暴力": 2.5, "冲突": 1.5, "空袭": 5, "投毒": 4, "欺凌": 4, "凶杀": 6, "被害": 2, "恐袭": 8, "炮击": 5, "枪战": 6, "遇袭": 6, "群殴": 5,
    },
    "food_poisoning": {
        "食物中毒": 9, "呕吐": 3, "腹泻": 3, "腹痛": 2.5, "食用": 2, "食堂": 1.5, "吐了": 3, "拉肚子": 3.5, "恶心": 1.5, "假酒": 5, "午餐": 1, "早餐": 1, "就餐": 1.5, "聚餐": 2, "饭菜": 2,
        "毒蘑菇": 6, "野蘑菇": 5, "中毒": 3, "变质": 2, "误食": 4, "上吐下泻": 4, "进食": 1.5, "细菌性": 1, "吃了": 1, "吃完": 1, "亚硝酸盐": 5, "肚子疼": 2, "肚疼": 2, "肚子痛": 2,
    },
    "gas_poisoning": {
        "煤气中毒": 12, "一氧化碳": 9, "毒气": 5, "气体中毒": 9, "硫化氢": 8, "沼气": 6, "氯气": 6, "氨气": 6, "有毒气体": 7, "熏倒": 4, "气体泄漏": 4, "窒息": 3, "燃气中毒": 12, "煤烟": 6,
        "有限空间": 4, "化粪池": 3, "污水": 1.5, "清淤": 2.5, "吸入": 2, "毒烟": 1, "炭火": 3, "热水器": 2, "硫化": 2, "氨泄漏": 6, "中毒": 1,
    },
    "epidemic": {
        "疫情": 6, "确诊病例": 7, "确诊": 4, "新型冠状病毒": 9, "新冠": 8, "肺炎": 3, "流感": 6, "诺如": 6, "手足口": 8, "水痘": 8, "感染": 2.5, "疑似病例": 5, "传染": 4, "病例": 2,
        "麻疹": 8, "霍乱": 8, "鼠疫": 9, "结核": 6, "隔离": 1.5, "登革热": 8, "埃博拉": 9, "聚集性": 3, "发烧": 2, "发热": 2.5, "诺如病毒": 9, "腮腺炎": 8, "密切接触": 4, "禽流感": 9, "猩红热": 8, "甲流": 6, "乙流": 6,
    },
    "earthquake": {"地震": 7, "震中": 5, "里氏": 5, "震源": 5, "级强震": 5, "余震": 3, "震感": 4, "强震": 4},
    "drowning": {"溺水": 9, "溺亡": 10, "落水": 5, "溺毙": 10, "淹死": 8, "游泳": 3, "坠河": 3, "玩水": 4, "下河": 3, "戏水": 4, "水库": 1.5, "池塘": 1.5, "打捞": 2, "掉进河": 6, "掉河里": 6, "捞起": 2, "滑入水": 4, "坠江": 3, "掉入水": 5},
    "collapse": {"坍塌": 8, "垮塌": 8, "倒塌": 4, "塌陷": 5, "塌方": 6, "塌了": 6, "坍陷": 6, "楼塌": 7, "塌落": 6, "脚手架": 3, "围墙": 1.5, "垮了": 5, "倾覆": 2},
    "mine_accident": {"煤矿": 5, "矿难": 10, "透水": 6, "瓦斯": 5, "井下": 4, "矿工": 4, "冒顶": 7, "矿井": 5, "冲击地压": 7, "顶板": 5, "突水": 5, "铁矿": 3, "金矿": 3, "矿山": 3, "下井": 4, "煤与瓦斯": 5, "矿区": 1},
    "flood": {"洪水": 6, "洪涝": 7, "山洪": 7, "内涝": 6, "暴雨": 4, "洪灾": 8, "汛": 3, "积水": 3, "强降雨": 4, "决口": 5, "溃坝": 6, "水位": 2, "防汛": 4, "泥石流": 1, "水灾": 6, "降雨": 2},
    "storm": {"台风": 8, "龙卷风": 9, "飓风": 9, "大风": 4, "冰雹": 6, "雷击": 5, "暴雪": 6, "沙尘暴": 6, "狂风": 5, "雷电": 4, "强风": 4, "热带风暴": 9, "暴风": 6, "雷暴": 5, "雪灾": 6, "登陆": 2, "强对流": 4},
    "landslide": {"滑坡": 8, "泥石流": 8, "山体崩塌": 8, "山崩": 8, "塌方": 1.5, "滚石": 4, "落石": 4, "崩塌": 4, "山体": 2},
    "air_crash": {"坠机": 10, "飞机": 3, "客机": 4, "直升机": 4, "航班": 3, "机上": 3, "空难": 10, "战机": 4, "坠毁": 6, "机长": 2, "军机": 4, "失事": 3, "机组": 2, "专机": 4, "滑翔": 3, "热气球": 4},
    "fall": {"坠楼": 9, "坠落": 3, "跳楼": 8, "摔下": 5, "坠亡": 7, "高坠": 8, "跌落": 5, "摔落": 5, "高空": 2.5, "掉下": 3, "坠下": 5, "抛物": 5, "坠崖": 6, "滑落": 3, "失足": 3, "砸中": 3, "悬崖": 3, "高处": 3, "摔死": 4, "跌下": 5, "坠井": 4},
    "electric_shock": {"触电": 9, "漏电": 7, "电击": 8, "电死": 8, "高压线": 4, "电线": 2, "电伤": 6, "带电": 3, "遭电击": 3, "配电": 2},
    "other": {"踩踏": 10, "电梯": 4, "拥挤": 3, "停电": 4, "失踪": 0.5, "走失": 3, "泄漏": 2, "停水": 4, "毒物": 1, "作弊": 5, "泄题": 5, "舆情": 5, "挤压": 2, "化学品": 2},
}  # fmt: skip
"""Category -> words with weights; the names are those of published news corpora of Chinese incidents, `other` for the rest."""

_BY_HEAD: dict[str, list[str]] = {}
for _name, _words in CATEGORIES.items():
    for _item in _words:
        _BY_HEAD.setdefault(_item[0], []).append(_item)
_BY_HEAD = {head: sorted(set(words), key=len, reverse=True) for head, words in _BY_HEAD.items()}
_OWNERS: dict[str, list[tuple[str, float]]] = {}
for _name, _words in CATEGORIES.items():
    for _item, _weight in _words.items():
        _OWNERS.setdefault(_item, []).append((_name, _weight))

_DENIED = re.compile(r"(?:未|没有?|无|排除|并非|不是|防止|避免|预防|险些)[^,。;]{0,5}$")
DRILL = re.compile(r"演练|演习|模拟(?:事故|火灾|地震|场景|情景)|桌面推演")
SUSPECTED = re.compile(r"疑似|怀疑|可能是|疑为|疑因|涉嫌")


def category(text: str) -> str | None:
    """The category whose words weigh most in normalised text; early words weigh more, repeats less."""
    scores: dict[str, float] = {}
    seen: dict[str, int] = {}
    at = 0
    while at < len(text):
        word = next((item for item in _BY_HEAD.get(text[at], ()) if text.startswith(item, at)), None)
        if word is None:
            at += 1
            continue
        times = seen[word] = seen.get(word, 0) + 1
        if times <= 3 and not _DENIED.search(text, max(0, at - 8), at):
            early = 1.6 if at < 60 else 1.2 if at < 160 else 0.8
            for name, weight in _OWNERS[word]:
                scores[name] = scores.get(name, 0) + weight * early / times
        at += len(word)
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 2 else None


def candidates(text: str, classes: Mapping[str, Sequence[str]]) -> tuple[Candidate, ...]:
    """A plan's classes whose words the normalised text holds, best first; those below half of the best are left out.

    Args:
        text: normalised text.
        classes: class name -> words that speak for it.
    """
    found = []
    for name, words in classes.items():
        hits: list[tuple[str, tuple[int, int]]] = []
        score = 0.0
        for word in sorted({word for word in words if word}, key=len, reverse=True):
            at = text.find(word)
            if at >= 0 and not any(span[0] <= at and at + len(word) <= span[1] for _, span in hits):
                if _DENIED.search(text, max(0, at - 8), at):
                    continue
                hits.append((word, (at, at + len(word))))
                score += min(len(word), 6) * (1.5 if at < 30 else 1.0)
        if hits:
            found.append(Candidate(name=name, score=score, words=tuple(sorted(hits, key=lambda hit: hit[1]))))
    found.sort(key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in found if candidate.score >= found[0].score / 2)
