"""What a text says about people: one line each, in invented sentences."""

from datetime import datetime

import pytest

from plans.intake import SHANGHAI, Found, read

NOW = datetime(2026, 3, 2, 12, 6, tzinfo=SHANGHAI)

SHORT = {
    "dead": "deaths",
    "hurt": "injuries",
    "serious": "serious_injuries",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    "endangered": "endangered",
}


def shown(found: Found) -> str:
    if found.unknown:
        return "?"
    if found.value is not None:
        return str(found.value)
    return f"{'' if found.at_least is None else found.at_least}..{'' if found.at_most is None else found.at_most}"


def said(text: str) -> str:
    facts = read(text, now=NOW).facts
    return " ".join(
        f"{word}={shown(facts[fact])}{'+' if facts[fact].mode == 'increment' else ''}"
        for word, fact in SHORT.items()
        if fact in facts
    )


NUMBER_AND_HARM = [
    ("3死5伤", "dead=3 hurt=5"),
    ("学生打架，一死一伤", "dead=1 hurt=1"),
    ("1亡3伤", "dead=1 hurt=3"),
    ("死1伤4", "dead=1 hurt=4"),
    ("伤5人，亡1人", "dead=1 hurt=5"),
    ("造成2死5伤1失联", "dead=2 hurt=5 missing=1"),
    ("撞死1人撞伤2人", "dead=1 hurt=2"),
    ("死了一个，伤了三个", "dead=1 hurt=3"),
    ("死亡：1 受伤：3 失联：0", "dead=1 hurt=3 missing=0"),
    ("死亡 1 人，重伤 2 人，轻伤 5 人", "dead=1 hurt=7 serious=2"),
    ("伤亡情况：死亡1人，失联2人，重伤1人，轻伤4人", "dead=1 hurt=5 serious=1 missing=2"),
    ("死亡0人，受伤12人，失踪1人，被困3人", "dead=0 hurt=12 missing=1 trapped=3"),
    ("轻伤3，重伤1", "hurt=4 serious=1"),
    ("导致两人遇难、一人失联、五人受伤", "dead=2 hurt=5 missing=1"),
    ("遇难人数上升到9人，伤28人", "dead=9 hurt=28"),
    ("伤员5名、死者1名", "dead=1 hurt=5"),
    ("３名学生受伤，其中１人骨折", "hurt=3"),
    ("载39人大巴侧翻，3人轻伤无人死亡", "dead=0 hurt=3"),
    ("车内四人全部遇难，包括两名儿童", "dead=4"),
    ("机上5人无一生还", "dead=5"),
    ("井下被困的5名矿工全部遇难", "dead=5"),
]

GRADES = [
    ("3人重伤，14人轻伤", "hurt=17 serious=3"),
    ("3人重伤，另有14人受伤", "hurt=17 serious=3"),
    ("至少15人受伤，其中重伤3人，轻伤12人", "hurt=15.. serious=3"),
    ("共23人受伤，其中3人伤势较重，20人轻伤", "hurt=23 serious=3"),
    ("目前受伤11人，重伤2人，轻伤9人", "hurt=11 serious=2"),
    ("伤者共有12名，4名重伤", "hurt=12 serious=4"),
    ("危重2人，重伤3人，轻伤10人", "hurt=15 serious=5"),
    ("经核实，受伤学生3人，均为轻伤", "hurt=3"),
    ("4人轻微伤，无人重伤", "hurt=4 serious=0"),
    ("2名学生骨折、5名学生擦伤", "hurt=7"),
    ("伤了四五个学生，一个重伤", "hurt=4..5 serious=1"),
    ("5人坐黑车遇车祸 2死3重伤", "dead=2 hurt=3 serious=3"),
]

PARTS_AND_SUMS = [
    ("造成1人死亡、6人受伤（其中2人重伤）", "dead=1 hurt=6 serious=2"),
    ("塔吊倒塌，两名工人当场死亡，另有一人送医后不治", "dead=3"),
    ("工地塌方 2人当场死亡，1人送医途中死亡", "dead=3"),
    ("25名工人被困，其中8人遇难，15人获救，2人仍被困", "dead=8 trapped=2"),
    ("10名学生被困，其中2人受伤", "hurt=2 trapped=10"),
    ("2人落水，其中1人获救，1人遇难", "dead=1"),
    ("死亡学生2人，受伤学生7人，其中重伤1人", "dead=2 hurt=7 serious=1"),
    ("袭击造成包括4名儿童在内的21人死亡，另有60余人受伤", "dead=21 hurt=60..69"),
    ("第一辆车上3名学生受伤，第二辆车上4名学生受伤", "hurt=7"),
    ("三班2人吐，四班3人吐", "ill=5"),
    ("一年级4名、二年级6名、三年级2名学生出现腹泻", "ill=12"),
    ("保安一名、家长两名、学生三名受伤", "hurt=6"),
    ("受伤：保安一名、家长两名、学生三名", "hurt=6"),
    ("有人翻墙进校砍伤保安一名、家长两名、学生三名", "hurt=6"),
    ("男生3名、女生2名受伤", "hurt=5"),
    ("司机和两名乘客受伤", "hurt=3"),
    ("学生2人、教师1人遇难", "dead=3"),
    ("死者为一名教师和一名学生", "dead=2"),
    ("2男1女被困井下", "trapped=3"),
    ("已打捞出13具遗体，仍有2人失踪", "dead=13 missing=2"),
    ("送医35人，留观12人，出院3人", "hurt=35"),
    ("已有4人抢救无效死亡，11人受伤，较上午增加1人死亡", "dead=4 hurt=11"),
]

WHO_LATER_DIED = [
    ("10人烧伤，其中1人死亡", "dead=1 hurt=9"),
    ("此前通报的5名伤员中有1人因伤势过重去世", "dead=1 hurt=4"),
    ("2名重伤学生经抢救无效死亡", "dead=2"),
    ("一名男生从四楼坠下，经抢救无效死亡", "dead=1"),
    ("一名学生跳楼，120到场确认死亡", "dead=1"),
    ("一名工人被埋，救出时已无生命体征", "dead=1"),
    ("1人被卡在车内。消防到场后确认伤者已身亡", "dead=1"),
    ("食堂中毒8人，其中1人经抢救无效死亡", "dead=1 ill=8"),
]

IMPLICIT = [
    ("司机当场死亡", "dead=1"),
    ("母女二人遇难", "dead=2"),
    ("母子溺亡", "dead=2"),
    ("夫妻俩遇害", "dead=2"),
    ("祖孙三人被困电梯", "trapped=3"),
    ("一家五口一氧化碳中毒，三人死亡", "dead=3 ill=5"),
    ("货车与摩托车相撞致一家三口当场身亡", "dead=3"),
    ("12岁男孩溺水，已无生命体征", "dead=1"),
    ("游客在景区坠崖身亡", "dead=1"),
    ("消防员救火时牺牲，年仅22岁", "dead=1"),
    ("男子触电倒地，妻子施救时也触电，两人均身亡", "dead=2"),
    ("教师李某、学生张某受伤", "hurt=2"),
    ("学生王某被打伤，已送医，无生命危险", "hurt=1"),
    ("某小学三年级学生李某某（9岁）在操场猝死", "dead=1"),
    ("老师说有个孩子摔断了腿", "hurt=1"),
    ("一学生被狗咬伤", "hurt=1"),
    ("一名消防员牺牲，另一名受伤", "dead=1 hurt=1"),
]

HEDGED = [
    ("近百人受伤", "hurt=90..100"),
    ("三十余人受伤", "hurt=30..39"),
    ("十几个学生上吐下泻", "ill=10..19"),
    ("宿舍楼煤气泄漏，二三十名学生头晕恶心", "ill=20..30"),
    ("食堂午餐后陆续有七八个学生肚子疼拉肚子", "ill=7..8"),
    ("大概三四十个学生拉肚子", "ill=30..40"),
    ("上百名学生腹痛", "ill=100.."),
    ("超过50人感染", "ill=51.."),
    ("不少于20人被困", "trapped=20.."),
    ("不到10人受伤", "hurt=7..9"),
    ("约50人受伤", "hurt=40..60"),
    ("数十人受伤", "hurt=20..99"),
    ("几十名学生呕吐", "ill=20..99"),
    ("吃坏肚子的有十来个人", "ill=10..19"),
    ("伤俩", ""),
    ("俩孩子受伤", "hurt=2"),
]

NONE_AND_UNKNOWN = [
    ("无人员伤亡", "dead=0 hurt=0"),
    ("所幸无人伤亡", "dead=0 hurt=0"),
    ("尚未接到人员伤亡报告", "dead=0 hurt=0"),
    ("未发现人员被困和伤亡", "dead=0 hurt=0 trapped=0"),
    ("零伤亡", "dead=0 hurt=0"),
    ("0伤亡", "dead=0 hurt=0"),
    ("伤亡0", "dead=0 hurt=0"),
    ("无一人伤亡", "dead=0 hurt=0"),
    ("夫妻争吵，邻居劝住未造成伤亡", "dead=0 hurt=0"),
    ("未出现死亡病例", "dead=0"),
    ("无人死亡", "dead=0"),
    ("没有死亡，受伤2人", "dead=0 hurt=2"),
    ("没人受伤", "hurt=0"),
    ("幸好没有人受伤", "hurt=0"),
    ("无重伤，轻伤2人", "hurt=2 serious=0"),
    ("未造成人员伤亡，仅2人擦伤", "dead=0 hurt=2"),
    ("死亡：无，受伤：3人", "dead=0 hurt=3"),
    ("5层楼起火，疏散1200人，无人受伤", "hurt=0"),
    ("建校以来从未发生人员伤亡", ""),
    ("未造成重大人员伤亡", ""),
    ("其余3人未受伤", ""),
    ("多名学生受伤，具体人数不详", "hurt=?"),
    ("有人受伤，数量不明", "hurt=?"),
    ("若干学生呕吐", "ill=?"),
    ("有学生从床上掉下来，胳膊骨折", "hurt=?"),
    ("伤亡不详，正在核实", ""),
    ("尚未公布伤亡人数", ""),
    ("是否有人受伤还不清楚", ""),
    ("学生伤亡情况正在核实", ""),
    ("共造成学生伤亡9人", ""),
]

UPDATES = [
    ("死亡人数由2人上升为3人", "dead=3"),
    ("受伤人数由4人增加到7人，其中1人重伤", "hurt=7 serious=1"),
    ("更正：受伤应为5人", "hurt=5"),
    ("更正：死亡2人，不是3人", "dead=2"),
    ("原报死亡2人有误，实为1人", "dead=1"),
    ("又发现2名伤员", "hurt=2+"),
    ("又有3名学生出现呕吐症状", "ill=3+"),
    ("新增确诊病例5例", "ill=5+"),
    ("累计确诊病例28例，新增5例", "ill=28"),
    ("现场发现2具遗体，遇难人数升至7人", "dead=7"),
    ("伤员增至9人", "hurt=9"),
    ("造成3人死亡。截至目前，已造成5人死亡", "dead=5"),
    ("仍有十余人被困", "trapped=10..19"),
]

NO_CASUALTIES = [
    ("高三(2)班开会，三年级5个班参加", ""),
    ("出动消防车8辆、消防员40人", ""),
    ("40名消防员赶到现场扑救", ""),
    ("车牌号为晋E12345的校车，核载19人，实载18人", ""),
    ("过火面积300平方米，损失50万元，疏散1200人", ""),
    ("房屋倒塌43户，转移2100人", ""),
    ("男生12岁，女生13岁，均为五年级学生", ""),
    ("救出5人，均未受伤", "hurt=0"),
    ("警方抓获4人", ""),
    ("学生家长3人情绪激动", ""),
    ("拨打120、110、119报警", ""),
    ("去年该校曾发生坍塌致3人死亡", ""),
    ("2025年该校曾发生踩踏致3人死亡。今天早上踩踏伤4人", "hurt=4"),
    ("3名歹徒被击毙，2名人质受伤", "hurt=2"),
    ("300名消防员参与救援，2名消防员受伤", "hurt=2"),
    ("全班45人，38人到校，7人请假，其中5人腹泻", "ill=5"),
    ("约2 0人受伤", ""),
    ("第3名学生", ""),
    ("昨晚8点吃的饭，20:40发病9人", "ill=9"),
]

ILL_AND_TRAPPED = [
    ("40余名学生疑似食物中毒，均无生命危险", "ill=40..49"),
    ("120余名师生出现咳嗽、流泪，38人送医观察", "ill=120..129"),
    ("六年级二班有3名学生发烧，其中1人已送医院", "ill=3"),
    ("确诊流感患者15人，疑似22人", "ill=15"),
    ("现有发热病人13名，重症1名，无死亡", "dead=0 serious=1 ill=13"),
    ("累计报告流感病例40例（重症5例、危重症2例）", "serious=5..7 ill=40"),
    ("客船触礁，船上25人，3人失踪", "missing=3 endangered=25"),
    ("客船翻沉，船上载有47人，已救起30人，17人下落不明", "missing=17 endangered=47"),
    ("三楼还有七八个孩子没下来，被困在里面", "trapped=7..8"),
    ("3个娃娃掉河里，捞上来2个，还有1个没找到", "missing=1"),
    ("3名被困学生已全部救出", "trapped=0"),
    ("5人被困，均已获救", "trapped=0"),
    ("电梯里4人被困，2人受伤，被困人员均已救出", "hurt=2 trapped=4"),
    ("消防救援队救出被困学生6人，其中2人受伤", "hurt=2 trapped=6"),
]

IN_THE_NEWS = [
    ("湖南一烟花厂爆炸致7死13伤 企业负责人被控制", "dead=7 hurt=13"),
    ("就诊人数已达126人，其中住院观察31人，疑似食物中毒，无重症和死亡病例。", "dead=0 serious=0 ill=126"),
    ("近200名学生在食堂就餐，下午有63名学生呕吐。截至昨晚10时，51人已出院，12人仍在留院观察。", "ill=63"),
    ("旅游大巴载有52人，翻下悬崖，造成27人丧生、25人不同程度受伤，其中8人伤势危重。", "dead=27 hurt=25 serious=8"),
    ("打死14名村民，打伤20多人，另有6人被绑架。", "dead=14 hurt=20..29"),
    ("两列火车相撞，至少80人遇难，超过170人受伤，仍在搜寻约20名失踪者。", "dead=80.. hurt=171.. missing=16..24"),
    ("地震造成7人死亡，其中A县4人、B县3人；受伤126人，其中重伤21人。", "dead=7 hurt=126 serious=21"),
    ("一对夫妻和他们的两个孩子不幸遇难，另有一名老人获救。", "dead=4"),
    ("小客车上5人当场死亡，油罐车驾驶员和押运员受轻伤。", "dead=5 hurt=2"),
    ("司机张某当场死亡，副驾驶座上的王某重伤，经抢救无效于当日下午死亡。", "dead=2"),
    ("车间内有17名工人，其中11人当场死亡，4人在送医途中死亡，2人正在医院抢救。", "dead=15 hurt=2"),
    ("事故已致6人死亡，7人受伤。此前报道称死亡人数为4人。", "dead=6 hurt=7"),
    ("车上43名师生中有19人受伤，其中学生17人、教师2人。", "hurt=19"),
    ("新增确诊病例3例，累计确诊病例61例，累计治愈出院20例，死亡2例。", "dead=2 ill=61"),
    ("死亡人数已经从昨天的12人上升到19人，受伤人数增至88人。", "dead=19 hurt=88"),
    ("洪水造成21人死亡，12人失踪，紧急转移3.2万人，倒塌房屋1200间。", "dead=21 missing=12"),
    ("山体滑坡掩埋3户人家，11人被埋，截至中午已找到7具遗体。", "dead=7 trapped=11"),
    ("当时井下有29人作业，18人升井，11人被困，目前已发现5名遇难矿工遗体。", "dead=5 trapped=11"),
    ("三名工人清理化粪池时先后中毒晕倒，其中两人经抢救无效死亡。", "dead=2 ill=3"),
    ("为救落水同学，两名中学生溺亡，被救的学生平安。", "dead=2"),
    ("男孩和爷爷散步时落水，爷爷被救起，男孩失踪。", "missing=1"),
    ("持刀男子闯入教室，砍死2名学生，砍伤5名学生和1名老师后自杀身亡。", "dead=2 hurt=6"),
    ("机上62名乘客和5名机组人员全部遇难。", "dead=67"),
    ("机上共有110人，目前已证实97人遇难，13人失踪。", "dead=97 missing=13"),
    ("一名儿童被卷入车底，消防员救出时已经没有了呼吸。", "dead=1"),
    ("医院共收治伤员34名，其中9人为重伤员，2人因抢救无效死亡。", "dead=2 hurt=32 serious=9"),
    ("事故导致2人当场死亡，4人受伤（后经医院抢救无效死亡）。", "dead=6"),
    ("造成8名乘客受伤。目前，一人经抢救无效死亡，其余伤者无生命危险", "dead=1 hurt=7"),
    ("死亡人数上升至10人，其余6名伤者中：4人伤情稳定、1人重症、1人危重", "dead=10 hurt=6 serious=1..2"),
    ("有99名师生上吐下泻而被送医，就医学生中37人留院观察", "ill=99"),
    ("撞死撞伤20余人", ""),
    ("造成2死3伤（其中1人当场死亡；1人送医后死亡）", "dead=2 hurt=3"),
    ("地震造成89人死亡，628人受伤。目前共收治伤员868人", "dead=89 hurt=628"),
    ("去年2月该矿瓦斯爆炸致9人死亡。昨天透水，5人被困。", "trapped=5"),
]

EVERYTHING = [
    *IN_THE_NEWS,
    *NUMBER_AND_HARM,
    *GRADES,
    *PARTS_AND_SUMS,
    *WHO_LATER_DIED,
    *IMPLICIT,
    *HEDGED,
    *NONE_AND_UNKNOWN,
    *UPDATES,
    *NO_CASUALTIES,
    *ILL_AND_TRAPPED,
]


@pytest.mark.parametrize(("text", "facts"), EVERYTHING, ids=[text for text, _ in EVERYTHING])
def test_people(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("多名学生受伤", {"injuries"}),
        ("伤亡情况不详", {"deaths", "injuries"}),
        ("学生煤气中毒", {"ill"}),
        ("9人死伤", {"deaths", "injuries"}),
        ("3人受伤", set()),
        ("无人员伤亡", set()),
    ],
)
def test_what_is_mentioned_without_a_number_is_raised(text, raised):
    assert set(read(text, now=NOW).raised) == raised


@pytest.mark.parametrize(("text", "facts"), EVERYTHING, ids=[text for text, _ in EVERYTHING])
def test_every_span_is_the_words_that_say_it(text, facts):
    for found in read(text, now=NOW).facts.values():
        assert text[found.span[0] : found.span[1]] == found.text != ""


def test_a_hedge_is_marked_and_the_written_number_kept():
    found = read("三十余人受伤", now=NOW).facts["injuries"]
    assert (found.stated, found.approx, found.value) == (30, True, None)
