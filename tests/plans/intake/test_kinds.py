"""The kind of event of short messages: what moved or gave way, in few words, with whatever people put around it."""

from itertools import product

import pytest

from plans.intake import read
from plans.intake.kinds import category
from plans.intake.numerals import normalise
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


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fire", "我们楼下烧烤店着火，三楼有人从阳台跳下来摔断了腿"),
        ("fall", "工人在三楼阳台擦玻璃掉下来摔断了腿"),
        ("explosion", "食堂煤气罐爆了，厨师脸上烫了一片"),
        ("gas_poisoning", "食堂煤气罐漏了，两个厨师头晕"),
        ("earthquake", "5.1级，吓得有人从二楼跳下来摔伤"),
        ("storm", "阵风9级，刮倒了工地围挡"),
        ("stampede", "散场时候人踩人，台阶上摔伤了六个"),
        ("fall", "老人下楼梯踩空，滚下去摔伤了"),
        ("electric_shock", "下雨路边积水漏电，一个女孩走过去就倒了"),
        ("flood", "下雨路边积水，地下室进水"),
        ("other", "叉车司机心梗倒在岗位上"),
        ("traffic", "叉车在路口撞了个骑车的"),
        ("traffic", "送外卖的小哥在路口被车撞了"),
        ("food_poisoning", "点外卖吃了以后全班拉肚子"),
        ("other", "食堂打汤烫了两个学生"),
        ("fire", "食堂油锅起火，烫伤一个师傅"),
        ("other", "厂里冲床压断了手指"),
        ("other", "钢水溅出来烫着两个人"),
        ("explosion", "钢水包遇水炸了，烫伤两个"),
        ("collapse", "商场吊顶掉下来砸着三个顾客"),
        ("fall", "从商场三楼扶梯口掉下来一个小孩"),
        ("attack", "学校门口有人拿羊角锤砸人"),
        ("collapse", "羊角锤敲墙，墙倒了压住两个"),
        ("drowning", "两个孩子在水塘边玩，一个滑到水里没上来"),
        ("flood", "村里发水，一家人困在房顶上"),
        ("other", "野蜂蜇了五个人"),
        ("gas_poisoning", "宿舍里烧蜂窝煤，四个人叫不醒"),
        (None, "消防演练下午三点开始"),
        (None, "地震应急演练通知"),
        ("stampede", "地震演练下楼踩踏，伤了两个"),
        ("fall", "不是跳楼，是擦窗户失足坠下来的"),
        ("collapse", "不是爆炸，是楼板塌了"),
        ("air_crash", "教练机冲出跑道，飞行员受伤"),
        ("traffic", "去机场的大巴侧翻"),
        ("power_outage", "变电站失压，全城没电"),
        ("traffic", "手机没电了打不了，前面两辆车撞了"),
        ("other", "马拉松有人猝死"),
        ("other", "水上乐园滑道撞伤两个"),
        ("landslide", "后山垮下来埋了两户"),
        ("traffic", "盘山路上面包车翻下坡"),
        ("epidemic", "班里十二个孩子发烧，体温38.6"),
        ("other", "敬老院冻伤两位老人"),
        ("electric_shock", "吊车碰线，司机当场不行了"),
        ("gas_poisoning", "氮气罐里检修的人下去没声了"),
        ("drowning", "冰面裂了，孩子掉进去"),
    ],
)
def test_the_cause_is_the_kind_and_not_what_came_of_it(kind: str | None, text: str) -> None:
    assert read(text, now=NOW).category == kind


TALK = (
    "今晚看{}的电影 昨晚梦见{}了 {}处置培训定在周三 周五开会学习{}事故案例 请大家学习{}防范知识 "
    "{}值班表已更新 {}应急预案征求意见 "
    "国外又{}了，看新闻说的 小说里写的{} 游戏里{}了哈哈 "
    "考试题：{}怎么处置 作文题目是{} {}险要不要买 关于{}的通知收到请回复"
).split()
IDIOMS = (
    "群里炸锅了 国足又翻车了 直播翻车了 这明星塌房了 人设崩塌 作业多到爆炸 "
    "气炸了 心态崩了 这歌火了 这家店火了 股票跳水 楼市塌了 "
    "中毒太深，天天刷剧 口红中毒色号 我踩到狗屎了 淹没在作业里 嗨翻了 炸鸡真香 发烧友集合"
).split()
TOLD = (
    ("explosion", "面馆后厨炸锅，师傅两只胳膊烫烂"),
    ("explosion", "实验楼试剂瓶炸裂，研究生眼睛受伤"),
    ("fire", "游戏厅起火，里面还有人"),
    ("fire", "电影院着火了"),
    ("fire", "培训中心起火"),
    ("collapse", "小说城楼塌了，压了人"),
    ("traffic", "国道上大货车翻车了"),
)


def test_what_is_only_talked_of_tells_of_no_kind():
    for word in ("火灾", "爆炸", "车祸", "坍塌", "食物中毒", "溺水", "地震"):
        assert not [frame for frame in TALK if category(normalise(frame.replace("{}", word))) is not None], word
    assert not [text for text in IDIOMS if category(normalise(text)) is not None]
    assert not [text for kind, text in TOLD if category(normalise(text)) != kind]
