"""Accounts of units that are understood as a whole: lists, parts, those not to be counted, totals; and what is none."""

from plans.intake.tally.pieces import pieces, unit_of
from tests.plans.intake.saying import said

ACCOUNTS = """
爆炸的伤员，县医院收了8个，中医院5个，镇卫生院还有3个包扎完走了|hurt=16
婚宴食物中毒，人民医院12个，二院7个，还有3个在社区诊所打点滴|ill=22
各医院报的数：市一院收治伤员11人，其中重伤3人；市二院6人；县中医院4人，重伤1人|hurt=21 serious=4
大巴侧翻，伤员分了三家医院，县医院9个，里头重的2个，中医院4个，卫生院2个都是皮外伤|hurt=15 serious=2
塌方伤员：人民医院6人（重伤2），中医院3人（重伤1），骨科医院1人|hurt=10 serious=3
火灾伤员去向：市一院5人，其中1人到院后抢救无效死亡；烧伤医院3人，全是重度烧伤|dead=1 hurt=7 serious=3
泄漏中毒的，厂医务室观察8人，县医院住院5人，转市里2人|ill=15
初一发烧11人，初二7人，初三没有，老师2人|ill=20
三年级拉肚子的6个，四年级9个，五年级4个，食堂阿姨里也有1个|ill=20
二班吐了8个，三班吐了5个，四班一个没有|ill=13
台风后各村：⏎上河村 死1 伤3⏎下河村 伤2⏎石桥村 失联1⏎新庄村 没事|dead=1 hurt=5 missing=1
台风灾情汇总⏎东塘乡 死1 伤2 失联1⏎西塘乡 伤6 重伤1⏎北塘乡 无⏎南塘乡 失联2|dead=1 hurt=8 serious=1 missing=3
地震后各村报：马家湾伤7，牛家湾伤2死1，羊家湾没人接电话|dead=1 hurt=9
客车追尾货车，客车上死2伤9，货车司机轻伤|dead=2 hurt=10
大巴伤了11个，小轿车里3个，骑电动车的1个，都送医院了|hurt=15
大巴上伤9个，出租车上伤2个，路边等车的老太太擦伤1个|hurt=12
三个团，A团吐7个，B团5个，C团没有，B团有俩是晕车不算|ill=10
三个组都在一起吃的，A组吐了7个，B组5个。B组有俩刚问清楚是晕车，不算|ill=10
人民医院收了6个，其中2个重伤，中医院3个，其中1个是人民医院转来的，已经算在6个里了|hurt=8 serious=2
伤的分三家：一院8、二院5、三院3。一院那8个里有1个路上没了，已算在死的2个里|dead=2 hurt=15
中巴核载19实载23，死2，伤的分两家：县医院9、中医院6。县医院那9个里头有1个没挺过来，已经算在死的2个里|dead=2 hurt=14
教育局说一中8个，我问了校长是5个，二中3个，都是被玻璃划伤|hurt=8
王家坳拉了13个，李家坳拉了6个，张家坳就1个|ill=20
发热人数：高一4人、高二9人、高三16人，教工1人，共30人|ill=30
一车间中毒3个，二车间5个，三车间0，保卫科去救的俩也倒了|ill=10
这拨吃蘑菇中毒的，卫生院留了4个，县医院拉走3个，剩下1个没症状在家|ill=7
东街拉肚子8个，西街5个，南街没有，北街2个，还有房东老太太也吐了|ill=16
公交追尾，前面那辆伤6个，后面那辆伤4个，两个司机都没事|hurt=10
高一（2）班9个发烧，高一（5）班4个，高二（1）班6个，校医说像流感|ill=19
工地食堂中毒的，钢筋工7个，木工组5个，水电组2个，保安2个|ill=16
四个宿舍都有，101的3个，102的2个，105的4个，107的1个，都是头晕恶心|ill=10
两辆车加起来伤了13个，大巴9个，中巴4个|hurt=13
送医统计：人民医院14人，红会医院5人，其中1人是陪护误登，应剔除；都是踩伤|hurt=18
我们院收10，中医院收6，里头有2个是从我们院转过去的，所以实打实14个伤员|hurt=14
三班发烧6个，四班2个外带1个老师|ill=9
全园手足口，大班4中班2，小班3|ill=9
大伙儿别慌，一中伤4个，二中2个里有1个是老师也算上，三中电话打不通|hurt=6
甲工段伤3（重1），乙工段伤2，丙工段死1|dead=1 hurt=5 serious=1
送来14个发烧的，有3个是感冒老病号，不算这批，那就11个|ill=11
收了13个，有2个是上一场车祸的，不是这起，实际11个，都是轻伤|hurt=11
拉肚子的，A栋6个，B栋9个，C栋3个，其中B栋有1个是老胃病不算|ill=17
""".strip().splitlines()
NONE = """
今早公交和渣土车剐了，车上19个人，碰伤4个，司机没事|hurt=4
旅行团遇上滚石，团里28人，游客有四个刮伤，导游没事|hurt=4
流感，一班11，二班8，请假的名单里有3个是阑尾炎的不算|
一家四口煤气中毒，两个大人没了，两个孩子在吸氧|
""".strip().splitlines()
"""Texts that are none, in part read by others; no figure of theirs is added up."""


def test_accounts_of_units_are_added_up():
    for row in ACCOUNTS:
        text, figures = row.replace("⏎", "\n").split("|")
        told = " ".join(word for word in said(text).split() if not word.endswith(("=0", "=?")))
        assert told == figures, text


def test_what_is_no_list_of_units_is_not_added_up():
    for row in NONE:
        text, figures = row.split("|")
        assert not figures or figures in said(text), text
        assert "32" not in said(text) and "23" not in said(text) and "16" not in said(text), text


def test_units_are_named_by_what_stands_before_their_number():
    for head, unit in [
        ("目前县医院收了", "县医院"), ("食堂阿姨里也有", "食堂阿姨"), ("其中一车间", "一车间"), ("我们都在", ""),
        ("骑电动车的", "骑电动车的"), ("校长说三班", "三班"), ("跑出来的", ""), ("睡在车", ""),
        ("人民医院", "人民医院"),
    ]:  # fmt: skip
        assert unit_of(head) == unit, head


def test_a_part_is_a_clause_of_its_own():
    told = [(piece.text, piece.among) for piece in pieces("县医院收了6个里头2个重的,那6个里有1个转走了")]
    assert told == [("县医院收了6个", False), ("里头2个重的", True), ("那6个里有1个转走了", True)]
