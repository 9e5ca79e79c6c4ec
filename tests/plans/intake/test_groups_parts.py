"""Parts of groups: who is left inside, who died of them, who stands beside them in another role."""

from tests.plans.intake.saying import said

COME_TO = [
    # who is left where others were brought out
    ("索道上挂着17个人，已经放下来12个，上面还有5个", "trapped=5"),
    ("索道停了，吊厢里33人，已经救下21人", "trapped=12"),
    ("电梯里6个人，放出来2个，还有4个在里头", "trapped=4"),
    ("摩天轮卡住了，上面26人，接下来20人，还剩6人", "trapped=6"),
    ("缆车停在半空困了人，两个吊厢，里面22人", "trapped=22"),
    ("透水时井下31人，上来22人，其余在找", "missing=9"),
    # a figure of all who were held at first is no more that of those who are
    ("被埋4人，刨出来3个，其中1个没气了，剩1个没挖到", "dead=1 trapped=1"),
    ("市场大火，里头困了三个人，出来两个，还有一个没出来", "trapped=1"),
    ("先埋了2个，去救的又埋了2个，刨出来3个，还有1个在底下", "trapped=1"),
    # who dies after treatment is one of those told of before
    ("捅了3个，有一个没抢救过来", "dead=1 hurt=2"),
    ("触电3人，1人经抢救无效死亡", "dead=1 hurt=2"),
    ("撞了5个学生，有一个没挺过来", "dead=1 hurt=4"),
    # 也 and another role
    ("敬老院拉肚子的12个老人，护工也倒了1个", "ill=13"),
    ("车间晕倒4个，组长也晕了", "ill=5"),
    ("死了四个，后面油罐车的押运员腿断了", "dead=4 hurt=1"),
    ("两个钓鱼的电死了，去拉的村民手烧伤", "dead=2 hurt=1"),
    # of all who were hurt those with one wound are some
    ("戏台子塌了，一共伤了十七个，骨折的有4个", "hurt=17"),
    ("楼板砸了6个工人，手断的有2个", "hurt=6"),
    ("车上47人，没伤的31，没了的2，其余在医院", "dead=2 hurt=14"),
    # who does not come up from below
    ("两个工人下污水井没上来", "trapped=2"),
    # so many of each
    ("一班二班各晕倒3个", "ill=6"),
    ("两辆车上各死了一个", "dead=2"),
    ("南北两个工地各伤2人", "hurt=4"),
    ("每个宿舍都有两个拉肚子的", "ill=?"),
    ("跟各位家长说一声，孩子摔伤了2个，都在医院", "hurt=2"),
    ("两个司机各断了一条腿", "hurt=2"),
    # where those are who are not out yet
    ("吊篮里卡着8个游客，已经接下来5个，还有3个在上面", "trapped=3"),
    ("车漫水里了，先拖出来四个，另有九个站在车顶等船", "trapped=9"),
    # of another age or trade they are others
    ("后排五个老人脸磕破了，一个小伙子脚面压了", "hurt=6"),
    ("卫生院收的伤员5个，加上自己包扎的3个", "hurt=8"),
    ("小龙虾吃坏了，9个人横纹肌溶解", "ill=9"),
    # grades are not those of as many dead
    ("重大交通事故，大货车与轿车对头相撞，造成两人当场死亡，一人重伤一人轻伤", "dead=2 hurt=2 serious=1"),
    # choked is ill, hurt in a faint is hurt
    ("氨气漏了，呛了6个，都在吸氧", "ill=6"),
    ("里屋着火了，3个呛晕了在吸氧，隔壁老板后背烧伤", "ill=3 hurt=1"),
    ("有个姑娘低血糖晕倒，磕破了下巴", "hurt=1"),
]
"""Texts and what they come to."""

NOBODY = ["校门口电瓶车棚垮了一片，没有一个在里边", "护士节快乐！昨晚值班一个急诊都没有，吃了两碗面"]
"""Texts in which a number of none counts nobody."""


def test_who_is_part_of_whom_and_who_is_left():
    for text, facts in COME_TO:
        told = said(text).split()
        assert set(facts.split()) <= set(told), (text, told)


def test_not_even_one_is_nobody():
    for text in NOBODY:
        told = said(text)
        assert not any(f"{name}=1" in told for name in ("dead", "hurt", "trapped", "ill")), (text, told)
