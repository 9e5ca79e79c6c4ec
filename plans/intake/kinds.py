"""The kind of event, and which of a plan's classes the words speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from plans.intake.reading import Candidate

_WEIGHTS = {
    "traffic": (
        "车祸6 交通事故7 追尾6 相撞4 翻车6 侧翻5 撞上2 撞到2 撞倒3 撞向3 对撞5 冲撞2 碰撞2 轧过3 碾压3 肇事3 "
        "刹车2 坠桥3 翻入3 翻下3 驶入1 脱轨5 高速公路1.5 "
        "国道1.5 大货车1.5 货车1 客车1 轿车1 面包车1 摩托车1 大巴1.5 校车1.5 交警1.5 车辆0.5 收费站1 撞死4 撞伤4 "
        "撞飞4 连撞5 撞树4 撞入3 坠谷4 醉驾5 "
        "酒后驾5 驾车2 公交车2 逃逸2 车内1 车上0.8 电动车1.5 坠河1 坠江1 酒驾4 逆行2 触礁4 翻船4 沉船4 翻沉5 "
        "沉没3 客船2 渡船2 搁浅3"
    ),
    "fire": (
        "火灾6 起火5 着火5 失火6 大火5 火警5 火势4 明火3 燃烧2 自燃3 过火面积4 烧毁2 烧死4 浓烟2 扑灭3 火情4 "
        "消防0.8 山火6 纵火4 冒烟3 火海4 烧伤1.5 灭火2 "
        "救火4"
    ),
    "explosion": "爆炸5 闪爆8 爆燃8 炸裂4 爆裂4 炸伤3 煤气罐2 液化气2 燃气泄漏2 烟花1.5 炸毁2",
    "attack": (
        "袭击6 恐怖4 枪击8 枪杀7 开枪6 砍2.5 砍人6 砍杀6 捅5 刺死5 持刀6 持枪5 行凶6 凶手5 枪手6 歹徒5 杀人4 "
        "杀害5 劫持5 伤人事件5 砍伤6 打伤4 刺伤5 绑架5 "
        "人质4 人肉炸弹8 自杀式6 汽车炸弹8 炸弹4 武装分子5 斗殴5 打架5 殴打5 持械5 遇刺6 嫌疑人1.5 暴力2.5 "
        "冲突1.5 空袭5 投毒4 欺凌4 凶杀6 被害2 恐袭8 炮击5 "
        "枪战6 遇袭6 群殴5"
    ),
    "food_poisoning": (
        "食物中毒9 呕吐3 腹泻3 腹痛2.5 食用2 食堂1.5 吐了3 拉肚子3.5 恶心1.5 假酒5 午餐1 早餐1 就餐1.5 聚餐2 "
        "饭菜2 毒蘑菇6 野蘑菇5 中毒3 变质2 误食4 "
        "上吐下泻4 进食1.5 细菌性1 吃了1 吃完1 亚硝酸盐5 肚子疼2 肚疼2 肚子痛2"
    ),
    "gas_poisoning": (
        "煤气中毒12 一氧化碳9 毒气5 气体中毒9 硫化氢8 沼气6 氯气6 氨气6 有毒气体7 熏倒4 气体泄漏4 窒息3 "
        "燃气中毒12 煤烟6 有限空间4 化粪池3 污水1.5 清淤2.5 吸入2 "
        "毒烟1 炭火3 热水器2 硫化2 氨泄漏6 中毒1"
    ),
    "epidemic": (
        "疫情6 确诊病例7 确诊4 新型冠状病毒9 新冠8 肺炎3 流感6 诺如6 手足口8 水痘8 感染2.5 疑似病例5 传染4 病例2 "
        "麻疹8 霍乱8 鼠疫9 结核6 隔离1.5 登革热8 埃博拉9 "
        "聚集性3 发烧2 发热2.5 诺如病毒9 腮腺炎8 密切接触4 禽流感9 猩红热8 甲流6 乙流6"
    ),
    "earthquake": "地震7 震中5 里氏5 震源5 级强震5 余震3 震感4 强震4",
    "drowning": (
        "溺水9 溺亡10 落水5 溺毙10 淹死8 游泳3 坠河3 玩水4 下河3 戏水4 水库1.5 池塘1.5 打捞2 掉进河6 掉河里6 "
        "捞起2 滑入水4 坠江3 掉入水5"
    ),
    "collapse": "坍塌8 垮塌8 倒塌4 塌陷5 塌方6 塌了6 坍陷6 楼塌7 塌落6 脚手架3 围墙1.5 垮了5 倾覆2",
    "mine_accident": (
        "煤矿5 矿难10 透水6 瓦斯5 井下4 矿工4 冒顶7 矿井5 冲击地压7 顶板5 突水5 铁矿3 金矿3 矿山3 下井4 煤与瓦斯5 矿区1"
    ),
    "flood": "洪水6 洪涝7 山洪7 内涝6 暴雨4 洪灾8 汛3 积水3 强降雨4 决口5 溃坝6 水位2 防汛4 泥石流1 水灾6 降雨2",
    "storm": (
        "台风8 龙卷风9 飓风9 大风4 冰雹6 雷击5 暴雪6 沙尘暴6 狂风5 雷电4 强风4 热带风暴9 暴风6 雷暴5 雪灾6 登陆2 "
        "强对流4"
    ),
    "landslide": "滑坡8 泥石流8 山体崩塌8 山崩8 塌方1.5 滚石4 落石4 崩塌4 山体2",
    "air_crash": (
        "坠机10 飞机3 客机4 直升机4 航班3 机上3 空难10 战机4 坠毁6 机长2 军机4 失事3 机组2 专机4 滑翔3 热气球4"
    ),
    "fall": (
        "坠楼9 坠落3 跳楼8 摔下5 坠亡7 高坠8 跌落5 摔落5 高空2.5 掉下3 坠下5 抛物5 坠崖6 滑落3 失足3 砸中3 悬崖3 "
        "高处3 摔死4 跌下5 坠井4"
    ),
    "electric_shock": "触电9 漏电7 电击8 电死8 高压线4 电线2 电伤6 带电3 遭电击3 配电2",
    "other": "踩踏10 电梯4 拥挤3 停电4 失踪0.5 走失3 泄漏2 停水4 毒物1 作弊5 泄题5 舆情5 挤压2 化学品2",
}
"""Category -> words, each with its weight; names as in published corpora of Chinese incidents, `other` the rest."""

CATEGORIES: Mapping[str, Mapping[str, float]] = {
    name: {match[1]: float(match[2]) for match in re.finditer(r"([^\d\s]+)([\d.]+)", words)}
    for name, words in _WEIGHTS.items()
}
"""Category -> word -> weight."""

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
    end = 0
    for at, char in enumerate(text):
        words = _BY_HEAD.get(char) if at >= end else None
        word = next((item for item in words if text.startswith(item, at)), None) if words else None
        if word is None:
            continue
        times = seen[word] = seen.get(word, 0) + 1
        if times <= 3 and not _DENIED.search(text, max(0, at - 8), at):
            early = 1.6 if at < 60 else 1.2 if at < 160 else 0.8
            for name, weight in _OWNERS[word]:
                scores[name] = scores.get(name, 0) + weight * early / times
        end = at + len(word)
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 2 else None


def _longest(text: str, words: AbstractSet[str]) -> dict[str, int]:
    """Return where each word first stands in the text outside every longer one."""
    found: dict[str, int] = {}
    ends = [0] * len(text)  # per character, how far the words reach that cover it
    for word in sorted(words, key=len, reverse=True):
        for match in re.finditer(re.escape(word), text):
            start, end = match.span()
            if ends[start] >= end:
                continue
            found.setdefault(word, start)
            ends[start:end] = [max(known, end) for known in ends[start:end]]
    return found


def candidates(text: str, classes: Mapping[str, Sequence[str]]) -> tuple[Candidate, ...]:
    """A plan's classes whose words the normalised text holds, best first; those below half of the best are left out.

    A word that lies within a longer one of another class says nothing of its own: 森林火灾 is no 火灾.

    Args:
        text: normalised text.
        classes: class name -> words that speak for it.
    """
    found = []
    taken = _longest(text, {word for words in classes.values() for word in words if word})
    for name, words in classes.items():
        hits: list[tuple[str, tuple[int, int]]] = []
        score = 0.0
        for word in sorted({word for word in words if word}, key=len, reverse=True):
            at = taken.get(word, -1)
            if at >= 0 and not any(span[0] <= at and at + len(word) <= span[1] for _, span in hits):
                if _DENIED.search(text, max(0, at - 8), at):
                    continue
                hits.append((word, (at, at + len(word))))
                score += min(len(word), 6) * (1.5 if at < 30 else 1.0)
        if hits:
            found.append(Candidate(name=name, score=score, words=tuple(sorted(hits, key=lambda hit: hit[1]))))
    found.sort(key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in found if candidate.score >= found[0].score / 2)
