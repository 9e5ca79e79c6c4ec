"""Later texts as people who are entered one by one: kind of event, what was known, text, what is another figure then.

Of every fact that is not named the case knows what it knew before; nobody becomes fewer unasked.
"""

from plans.intake import after, read
from plans.intake.roll.people import told_people
from tests.plans.intake.saying import NOW, SHORT

ROWS = [
    ("food_poisoning", "ill=18", "一共登记了23个人，有4个要住院", "ill=23"),
    ("traffic", "dead=1 hurt=18", "刚才写错了，伤8个，不是伤18个", "hurt=8"),
    ("collapse", "trapped=5 hurt=2", "又挖出一个活的，送医院了", "hurt=3 trapped=4"),
    ("collapse", "trapped=1 hurt=4", "剩下最后一个也救出来了，没有伤", "trapped=0"),
    ("flood", "trapped=14", "群众转移完了，没有被困的了", "trapped=0"),
    ("drowning", "missing=3", "下水的三个学生都找到了，两个没了一个在抢救", "dead=2 hurt=1 missing=0"),
    ("epidemic", "ill=16", "六年级也报了3个，加一起19个", "ill=19"),
    ("gas_poisoning", "ill=4 serious=2", "昏迷的两个醒了一个，另一个还没醒", ""),
    ("earthquake", "dead=3 hurt=30 missing=4", "清点完毕，死亡5人，受伤43人，失联0人", "dead=5 hurt=43 missing=0"),
    ("traffic", "dead=1 hurt=3", "我再说一遍：1死3伤，别搞混了", ""),
    ("stampede", "hurt=5 serious=1", "没有重伤，刚才理解错了", "serious=0"),
    ("stampede", "hurt=6 serious=2", "原来报的重伤2人经诊断都是轻伤", "serious=0"),
    ("traffic", "dead=1 hurt=2", "副驾那个女的在救护车上没的", "dead=2 hurt=1"),
    ("traffic", "hurt=4", "油罐车那边没人受伤，伤的都是客车上的，总数6个", "hurt=6"),
    ("chemical_leak", "ill=11", "附近村子也有人不舒服，7个，送卫生院了", "ill=18"),
    ("chemical_leak", "missing=2", "厂里点完名，一个不少", "missing=0"),
    ("collapse", "trapped=1 hurt=2", "楼板下那个救出来了，胸骨断了", "hurt=3 trapped=0"),
    ("collapse", "trapped=3 hurt=1", "塌方点又出来一个，浑身是血但清醒", "hurt=2 trapped=2"),
    ("collapse", "trapped=6", "一共挖出来6个，4个活的2个没了，里头没人了", "dead=2 trapped=0"),
    ("fire", "trapped=1", "搜完了，没有发现被困人员", "trapped=0"),
    ("fire", "dead=1 hurt=3", "废墟里发现一具烧焦的，身份没确认", "dead=2"),
    ("fire", "dead=1 hurt=2", "一名消防员扑救时摔伤", "hurt=3"),
    ("storm", "hurt=3", "大风又刮倒一面墙，压了两个，都送医院了", "hurt=5"),
    ("storm", "hurt=2", "树砸车里那个，医院说没保住", "dead=1 hurt=1"),
    ("food_poisoning", "ill=12", "吐的孩子现在是15个，刚才说的12个里有一个是装的", "ill=15"),
    ("food_poisoning", "ill=9", "昨天那9个里头3个还在输液，别的都走了", ""),
    ("explosion", "dead=2 hurt=6", "死的那两个身份查清了，是夫妻", ""),
    ("traffic", "hurt=6 dead=1", "伤的里头有一个是我们村的", ""),
    ("explosion", "dead=1 hurt=7 serious=3", "抢救的那三个，两个稳住了，一个没了", "dead=2 hurt=6 serious=2"),
    ("stampede", "hurt=15", "统计口径变了，轻微擦伤的4个不计，伤11人", "hurt=11"),
    ("attack", "missing=1 hurt=2", "原来说失踪那个，一直在派出所做笔录", "missing=0"),
    ("stampede", "dead=1 hurt=9", "踩踏现场又救起来4个，1个已经没呼吸了", "dead=2 hurt=12"),
    ("stampede", "hurt=11", "人民医院8个，中医院5个，妇幼2个，总的15个", "hurt=15"),
    ("flood", "missing=5", "那几个驴友找到了，5个人都好，就是冻着了", "missing=0"),
    ("traffic", "dead=0 hurt=6", "有一位老人晚上才说胸口疼，拍了片，肋骨裂两根，补进去", "hurt=7"),
    ("flood", "missing=9", "9个驴友全部下山，只有一个冻伤", "hurt=1 missing=0"),
    ("landslide", "missing=4", "又接到一户报失联，两口子", "missing=6"),
    ("landslide", "missing=2", "家属报来失联3人，跟前面的不重复", "missing=5"),
    ("flood", "missing=5 dead=2", "失联名单删掉一个，他昨天就出省了", "missing=4"),
    ("mine_accident", "trapped=6", "井下又联系上2个，位置在三号硐室", ""),
    ("collapse", "trapped=2 dead=1", "没有人压在下面了，犬和仪器都探过", "trapped=0"),
    ("food_poisoning", "ill=15", "今天上午又有4个学生呕吐，症状跟昨天的一样", "ill=19"),
    ("food_poisoning", "ill=19", "住院的8个今天出了3个，没有加重的", ""),
    ("food_poisoning", "ill=22", "食堂师傅的化验也是阳性，加一例", "ill=23"),
    ("gas_poisoning", "ill=3", "隔壁户也中招了，两个大人一个小孩，送去吸氧", "ill=6"),
    ("explosion", "dead=11 hurt=58 serious=10", "最终数字：死12，伤63，其中重伤9", "dead=12 hurt=63 serious=9"),
    ("attack", "dead=1 hurt=3", "被砍的店主抢救无效", "dead=2 hurt=2"),
    ("attack", "dead=2 hurt=4", "嫌疑人跳楼死了，不算在里面", ""),
    ("shipping", "missing=7", "救生筏上发现4个人，活着，冻得不轻", "hurt=4 missing=3"),
    ("shipping", "missing=11", "翻船的11人全部找齐，9活2亡", "dead=2 missing=0"),
    ("storm", "hurt=2", "大风里又吹倒一个工棚，轻伤4个", "hurt=6"),
    ("fire", "dead=2 hurt=5", "一个消防员牺牲了", "dead=3"),
    ("collapse", "missing=1 hurt=6", "那个说失踪的其实在医院，他是伤员里的一个", "missing=0"),
    ("flood", "missing=3", "小李没事，名单上划掉他", "missing=2"),
    ("traffic", "hurt=12 serious=2", "轻伤变更为13人，重伤还是2人", "hurt=15"),
    ("mine_accident", "trapped=2 dead=1", "至此，6名被困人员全部救出，其中2人遇难", "dead=2 trapped=0"),
    ("traffic", "hurt=4", "追尾那辆车上还有一个孕妇肚子疼，一起送了", "hurt=5"),
    ("stampede", "hurt=9", "中医院那边也有2个自己跑去看的，没在名单上", "hurt=11"),
    ("traffic", "hurt=8", "带队的老师也伤了，手腕骨折", "hurt=9"),
    ("traffic", "hurt=2", "对方车上还有一个轻伤，刚查出来", "hurt=3"),
    ("food_poisoning", "ill=13", "工地食堂那边也有人吐，数了一下5个", "ill=18"),
    ("chemical_leak", "ill=8", "环卫工有个喘不上气，也送去了", "ill=9"),
    ("stampede", "hurt=15", "挤伤的又送来6个，其中1个没意识", "hurt=21"),
    ("attack", "dead=1 hurt=2", "民警抓捕时被划伤一名", "hurt=3"),
    ("shipping", "missing=3", "货船那边报过来，船员都在，没有失联", "missing=0"),
    ("fire", "dead=1 hurt=5 serious=2 missing=1", "指挥长让报：死亡1人，重伤2人，轻伤6人，失联0人", "hurt=8 missing=0"),
    ("fire", "hurt=2", "门岗老刘也被烧了手，自己没说", "hurt=3"),
    ("traffic", "hurt=5", "大货司机自己去的医院，也得算上", "hurt=6"),
    ("epidemic", "ill=25", "又有三个班报告发热，共11人", "ill=36"),
    ("epidemic", "ill=15", "三年级那2个是感冒，跟这次没关系", "ill=13"),
    ("flood", "missing=1", "下水救人的辅警失踪了", "missing=2"),
    ("collapse", "dead=2 hurt=4 trapped=1", "一名消防员在搜救中被砸，肩膀骨裂", "hurt=5"),
    ("traffic", "dead=1 hurt=7", "刚送到的两个人情况还行，一个骨折一个脑震荡", ""),
    ("other", "hurt=2", "小孩手指被夹断了一根，刚才没报", "hurt=3"),
    ("earthquake", "dead=4 hurt=20", "县里说了，死亡口径先按5报", "dead=5"),
    ("earthquake", "dead=4 hurt=20 missing=2", "死亡5，受伤31，失联清零", "dead=5 hurt=31 missing=0"),
    ("explosion", "dead=9 hurt=40", "现场又清出2具，还在辨认", "dead=11"),
    ("explosion", "hurt=40 serious=7", "医院那头报了个新数：在院37，其中重症5", "serious=5"),
    (
        "explosion",
        "dead=11 hurt=40 serious=5",
        "有一个重的转到轻症病房了，还有一个没挺过来",
        "dead=12 hurt=39 serious=3",
    ),
    ("fire", "trapped=2", "楼上还有一个喊救命的，之前没发现", "trapped=3"),
    ("fire", "dead=0 trapped=1", "火场里发现的那个确认是住户，已经死了", "dead=1 trapped=0"),
    ("fire", "dead=0 hurt=2", "消防的小李手烫了，包了一下", "hurt=3"),
    ("traffic", "dead=2 hurt=27 serious=4", "伤员里头有两个外国人，翻译已经到了", ""),
    ("other", "missing=2", "两个还在半山腰的也下来了", "missing=0"),
    ("attack", "dead=1 hurt=5", "砍伤的又有一个没了，现在是2死4伤", "dead=2 hurt=4"),
    ("attack", "dead=1 hurt=5", "有个女学生躲厕所里没敢出来，才发现她腿上也挨了一刀", "hurt=6"),
    ("stampede", "hurt=12", "除了医院的12个，现场还包扎了5个没留名的", "hurt=17"),
    ("chemical_leak", "ill=6", "氨气那边又送去两拨，头一拨3个，后一拨4个", "ill=13"),
    ("mine_accident", "trapped=5", "5个里头有一个已经没了体温", "dead=1 trapped=4"),
    ("storm", "hurt=20 serious=3", "数字有变：伤22，其中重伤由3人改为4人", "hurt=22 serious=4"),
    ("epidemic", "ill=25", "又加了5个密接，没症状", ""),
]
NOT_UNDERSTOOD = [
    ("collapse", "trapped=3", "里面的人快救出来了"),
    ("traffic", "hurt=6", "那六个里说不定有一个要转重症"),
    ("flood", "missing=3", "家属来了3个，在指挥部等消息"),
    ("stampede", "hurt=8 dead=1", "增援的5名医生到了"),
    ("fire", "trapped=2", "里头2个人还在喊，消防正在破拆"),
]
"""Nothing of these is another figure."""


def known_before(words):
    return {SHORT[name]: int(number) for name, number in (pair.split("=") for pair in words.split())}


def test_whoever_is_told_of_is_entered_where_he_belongs():
    for kind, known, text, then in ROWS:
        before = known_before(known)
        now = after(read(text, now=NOW), before, kind)
        shown = {fact: found.value for fact, found in now.items() if not found.unknown and found.value is not None}
        assert shown == before | known_before(then), (text, shown)
        for fact, many in before.items():
            assert now[fact].asks or (now[fact].value or 0) >= many, (text, fact)


def test_what_is_not_understood_gives_no_other_figure():
    for kind, known, text in NOT_UNDERSTOOD:
        before = known_before(known)
        now = after(read(text, now=NOW), before, kind)
        others = {fact for fact, found in now.items() if not found.unknown and found.value != before.get(fact)}
        assert not others, (text, others)


def test_of_all_wholes_the_one_is_taken_that_leaves_the_fewest_apart():
    told = told_people("被困的六个出来四个,两个自己走上来的,一个腿断了,还有一个已经没气了")
    assert told is not None
    assert [(item.many, [part.many for part in item.parts]) for item in told] == [(6, [4])]
    assert [part.many for part in told[0].parts[0].parts] == [2, 1, 1]


def test_a_long_text_is_no_account_of_a_few_people():
    assert told_people("又来1个," * 200) is None


def test_what_the_steps_are_sure_of_and_what_is_no_people_stays():
    told = after(read("又发现2名伤员，死亡1人", now=NOW), {"injuries": 4}, "stampede")
    assert (told["injuries"].at_least, told["deaths"].at_least) == (6, 1)
    assert not told["injuries"].asks
    stock = after(read("储煤2.5天", now=NOW), {"coal_stock_days": 4, "injuries": 1}, None)
    assert "coal_stock_days" not in stock or stock["coal_stock_days"].span is None
