"""A text has a kind of event where something happened, not where words only name one; few words tell which."""

from plans.intake import read
from plans.intake.kinds import CATEGORIES, FRAMES
from plans.intake.telling import tells_of_event
from tests.plans.intake.saying import NOW

TALK = """
晚班三个人，小周后半夜顶，有事打座机
早餐加了豆浆和鸡腿
今晚值班伙食小鸡炖蘑菇，给夜班留两份
气象台：明天大到暴雨，请注意防范
明早零下八度，路面可能结冰，慢点开
计划检修停电：周日8点到17点，涉及东街
客梯下午保养，大家走货梯
周三下午消防演练，假设三楼起火、2人被困，穿平底鞋
昨天看的灾难片，地震那段真吓人
这把游戏我们全队被炸死三回
笑到肚子疼，你们快看
这天热得要死
发生触电时应先切断电源再救人
遇到火灾不要坐电梯，走楼梯
请不要在楼道充电，易引发火灾
急救培训下周二，带笔记本
2008年那场地震我也在班上
国外又炸了一个化工厂，看新闻说的
听说菲律宾又刮台风了
二手灭火器低价出售，九成新
专修漏电、跳闸
意外险一年六十六，摔伤烫伤都保
滑翔伞体验298一位
我感冒了，找人替个班
肚子疼，下午请假不去了
三楼冒的是蒸汽，不是烟
烟感误报，已复位
三楼的警报是有人抽烟，没事
放鞭炮呢，不是爆炸
那个烧死人的视频是外地的，别转
灭火器到期了，换一批
新买的电瓶车，充电桩在哪
泳池开放时间调整
防汛沙袋今天装车
流感疫苗周三开打，知情同意书今天收齐
三号电梯坏了，请走楼梯
各点巡查正常，水位回落
煤气没了，谁有送气的电话
昨天那局游戏笑死，我们队五个人被一颗雷全炸没了
盘点累死我了，腰都断了，老板还嫌慢
讣告：退休职工王某享年88岁
""".strip().splitlines()
HAPPENED = """
traffic	三轮让大车给挂倒了，老人甩出去老远
traffic	他酒喝多了开车把两个扫马路的给铲了
food_poisoning	没来的都是昨天吃了那家凉面拉肚子的
food_poisoning	工友们喝的那桶米酒有问题，七八个眼睛看不清
flood	堤脚冒水，沙袋压不住了
flood	城西那片成湖了，人都在屋顶喊
fire	堆轮胎的棚子着了，黑烟老远看得见
collapse	老祠堂屋架下来了，里头有唱戏的
collapse	挡墙整个往外倒，把摊子盖了
collapse	不是爆炸，是楼板塌了
explosion	做豆腐的锅炉飞了，房顶一个大洞
explosion	加气站放散的时候响了，火球冲天
mine_accident	老空水打过来了，掘进头的人没动静
gas_poisoning	印染厂池子里捞泵，仨人进去没出来
gas_poisoning	果窖开门就往里走，三口人倒在梯子底下
epidemic	养老院好几位老人咳，抗原双杠
epidemic	孩子们眼屎糊住眼睛，一个传一个，三个班都有
stampede	下课铃一响都往下冲，三楼拐角摔下去一摞
stampede	抢年货的，前面几个趴地上被踏过去
landslide	石头泥巴把灶屋推平了
landslide	路基下边山皮脱下来一大片，班车差一点
power_outage	冰把线拉断了，山上三个村都黑着
power_outage	医院双路都掉了，手术台靠应急灯
other	孩子把硬币咽下去了，脸发青
other	电梯停在11和12层中间，关了4大1小
earthquake	屋里吊灯甩，人站不稳
earthquake	县里说4.8，土墙倒了七八家
attack	他把人从车上拖下来用扳手打
attack	小卖部进来个蒙脸的，拿着家伙要钱
storm	下冰蛋子，有个放学的娃头上起大包
electric_shock	洗车店老板趴地上了，说是插排漏电
electric_shock	脚手杆子碰了十千伏，三个抬杆的都倒
fall	升降平台歪了，人甩出来
fall	女生坐栏杆上自拍往后一仰没了
drowning	捡球的娃掉进蓄水池，老师跳下去也没起来
drowning	浪头一下就把洗脚的姑娘卷没影了
air_crash	植保机栽在稻田里，飞手手断了
air_crash	直升机吊水桶的时候掉湖里
""".strip().splitlines()


def test_what_is_only_named_has_no_kind_and_is_no_event():
    for text in TALK:
        reading = read(text, now=NOW)
        assert reading.category is None, (text, reading.category)
        assert not tells_of_event(reading), text


def test_few_words_tell_what_happened():
    for kind, text in (line.split("\t") for line in HAPPENED):
        assert read(text, now=NOW).category == kind, (text, read(text, now=NOW).category)


def test_a_report_that_names_a_notice_or_a_plan_is_one_all_the_same():
    for text in (
        "停课通知还没发，二年级又吐了六个，送医院了",
        "演练的时候梯子断了，真摔了一个",
        "物业断电后用灭火器扑灭，没有人员伤亡，电梯暂停使用",
    ):
        assert tells_of_event(read(text, now=NOW)), text


def test_a_frame_stands_for_each_of_its_heads_and_takes_no_word_away():
    assert {"fall", "collapse"} <= {name for found in FRAMES.values() for name in found}
    assert not [word for words in CATEGORIES.values() for word in words if word.startswith("(")]
