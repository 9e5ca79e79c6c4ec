"""What befell somebody, in many words: parts of the body crossed with what happened to them, and signs of each lot."""

from __future__ import annotations

from plans.intake import read
from plans.intake.body_words import bodily_end, next_part
from tests.plans.intake.saying import NOW, SHORT

HAPPENED = """手腕|断了 肿了 划破了 被玻璃划了 扎了个口子 骨折 动不了 缝了三针
额头|磕破了 缝了五针 起了个大包 撞了个口子 流血 碰破了
肋骨|断了两根 裂了 骨折
脚踝|扭了 崴了 肿了 砸了 骨折 动不了
后背|烫了 砸青了 划了一道 疼
手指头|压断了 夹了 掉了 炸烂了 保不住了
脸上|划了道口子 烫起泡了 崩了 全是血 蹭掉一层皮
胳膊|抬不起来 折了 让钢筋扎穿了 打了石膏 脱臼了"""
STRUCK = """砸了脚 压断了腿 碰破了头 磕掉两颗牙 崴了脚 划了手 扎穿了脚心 崩了眼睛 摔断了胳膊 夹了手指头 闪了腰
撞了头 擦破了膝盖
烫了后背 咬了小腿 戳了腿 踩了手 割了手指""".split()
NOBODY = """石头砸了 手机摔了 背包破了 车头撞了 手套掉了 头盔裂了 码头断了 脚手架断了 手续断了 腰带断了
对手打了 脸盆破了
木头断了 牙膏掉了 皮肤科开了""".split()
SIGNS = {
    "dead": """心跳停了 没按回来 拿布盖上了 装进尸袋了 一命呜呼 脑浆都出来了 死球了 当场就走了 卡在驾驶室没了
    按不回来了 脸都盖上了""",
    "hurt": """挨了两刀 一身伤 打了夹板 磕了一下 摔得不轻 包扎了 被救护车拉走了 拍片子去了 一瘸一拐 遍体鳞伤 脾破了
    失血过多 颅脑损伤 进了手术室 还在手术台上 失去意识 奄奄一息 一直没醒""",
    "serious": "还没脱离危险 命悬一线 大面积烧伤 伤得凶 烧得没一块好皮 进重症监护室了 没过危险期 随时有生命危险",
}


def shown(text):
    facts = read(text, now=NOW).facts
    return {name: facts[name].value for name in SHORT.values() if name in facts and not facts[name].unknown}


def test_a_part_and_what_happened_to_it_are_one_word():
    lines = [line.split("|") for line in HAPPENED.splitlines()]
    told = [f"{part}{word}" for part, words in lines for word in words.split()]
    for words in [*told, *STRUCK]:
        assert bodily_end(words, 0) > 2, words
    for words in told[::4] + STRUCK[::4]:
        assert shown(f"架子倒了，有3个人{words}") == {SHORT["hurt"]: 3}, words
        assert shown(f"架子倒了，一个{words}，一个没事") == {SHORT["hurt"]: 1}, words


def test_what_is_no_part_of_a_body_is_not_hurt():
    for words in NOBODY:
        assert not any(bodily_end(words, at) for at in range(len(words) - 1)), words
    assert next_part("石头、手机和腰带", 0, 8) is None


def test_signs_of_each_lot():
    for short, words in SIGNS.items():
        for word in words.split():
            told = shown(f"三号楼围墙塌了，有3个人{word}")
            assert told.get(SHORT[short]) == 3, (word, told)
            told = shown(f"三号楼围墙塌了，有个大爷{word}")
            assert told.get(SHORT[short]) in (1, None), (word, told)


def test_one_told_of_by_his_trade_or_place_is_one():
    for text, expected in (
        ("三号炉爆炸，司炉工断气了，旁边的徒弟没事", {"dead": 1}),
        ("路口撞车了，骑车的腿断了，后座的没事", {"hurt": 1}),
        ("夜市有人动刀，保安手被划了，摊主挨了两刀", {"hurt": 2}),
        ("架子倒了，两个客人胳膊划破，一个服务员砸了肩膀", {"hurt": 3}),
        ("被他砍的六个：一个没救回来，三个还在手术台上，俩就是划了层皮", {"dead": 1, "hurt": 5}),
        ("面包车撞树，司机当场没了，他老婆和闺女都拉去ICU了", {"dead": 1, "hurt": 2, "serious": 2}),
        ("拔河绳断了，摔伤的11个，手勒破的6个", {"hurt": 17}),
        ("架子倒了，老王没事，老李骨折", {"hurt": 1}),
        ("撞了头牛，牛撞死了，人没事", {}),
        ("管理员吸了几口氯气", {"ill": 1}),
        ("盘点：担架22副，裹尸袋40个", {}),
    ):
        told = {name: value for name, value in shown(text).items() if value}
        assert told == {SHORT[short]: value for short, value in expected.items()}, (text, told)
