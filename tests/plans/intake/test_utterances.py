"""What the writer does with each stretch of a text: only what is asserted gives figures, hearsay gives claims."""

import pytest

from plans.intake import SURE, read
from plans.intake.lexicon import rows
from tests.plans.intake.saying import NOW, said


def kinds(text):
    return [(item.kind, text[slice(*item.span)]) for item in read(text, now=NOW).utterances if item.kind != "asserted"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("有没有人受伤？死了几个？", ""),
        ("伤了3个，要不要派人？", "hurt=3"),
        ("如果死亡3人以上要立即报", ""),
        ("坝要是垮了下游两千人都得遭殃，现在还没垮，伤了1人", "hurt=1"),
        ("演练脚本：模拟3名学生被埋、1名教师重伤", ""),
        ("演练真出事了，不是脚本，2名学员摔伤", "hurt=2"),
        ("去年这段路死过3个人，今天还好，只伤了1个", "hurt=1"),
        ("网上说死了6个，都没有根据，现场确认1人死亡", "dead=1"),
        ("困了3个人，不对是5个，刚点完名", "trapped=5"),
        ("死亡2人那个数作废", ""),
        ("爆炸，死亡3人。刚才门卫那边报上来的关于隔壁仓库有1名电工受轻伤送去医院的消息作废", "dead=3"),
        ("不是没有伤亡，是数还没报上来", ""),
        ("领导问死了没有，我说不知道", ""),
    ],
)
def test_only_what_is_asserted_gives_figures(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("听过路的说死了俩，我还没到现场", [("deaths", 2, "过路的")]),
        ("外头传死了3个了，我没核实", [("deaths", 3, "外头")]),
        ("死了俩，我没核实", [("deaths", 2, "")]),
        ("派出所核实完是2个失联", []),
        ("那边急诊讲送来8个，两个重伤", [("injuries", 8, "急诊"), ("serious_injuries", 2, "急诊")]),
        ("楼塌了，医院那边讲死了2个", [("deaths", 2, "医院那边")]),
        ("县医院说死了2个", [("deaths", 2, "县医院")]),
        ("听医院讲死了2个", [("deaths", 2, "医院")]),
        ("听老师讲有3个学生受伤", [("injuries", 3, "老师")]),
        ("老师说有个孩子摔断了腿", [("injuries", 1, "老师")]),
        ("电话里家属讲死了2个", [("deaths", 2, "家属")]),
        ("消防说里面死了2个", [("deaths", 2, "消防")]),
        ("120说拉走3个伤的", [("injuries", 3, "120")]),
        ("刚才打120的人说死了2个", [("deaths", 2, "120的人")]),
        ("保安说死了1个", [("deaths", 1, "保安")]),
        ("有个司机说死了2个", [("deaths", 2, "有个司机")]),
        ("医生跟我说死了2个", [("deaths", 2, "医生")]),
        ("听保安说死了1个，听老师讲死了3个", [("deaths", 1, "保安"), ("deaths", 3, "老师")]),
        ("医院说死了2个，家属说死了4个", [("deaths", 2, "医院"), ("deaths", 4, "家属")]),
        ("听保安说死了1个，还伤了2个", [("deaths", 1, "保安"), ("injuries", 2, "保安")]),
    ],
)
def test_hearsay_gives_claims_with_their_source(text, claims):
    reading = read(text, now=NOW)
    assert [(claim.fact, claim.found.value, claim.source) for claim in reading.claims] == claims
    assert not (claims and reading.facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我们医院说死了2个", "dead=2"),
        ("我们医院统计死了2个", "dead=2"),
        ("医院统计死亡2人", "dead=2"),
        ("医院通报死亡2人", "dead=2"),
        ("据医院介绍，死亡2人", "dead=2"),
        ("经医院核实死亡2人", "dead=2"),
        ("指挥部说死亡2人", "dead=2"),
        ("对讲机里头说死亡2人", "dead=2"),
        ("医生：死了2个", "dead=2"),
        ("我问了医院，医院说死了2个", "dead=2"),
        ("我给县医院打过电话，那边急诊讲送来8个，两个重伤", "hurt=8 serious=2"),
        ("刚接医院电话，说死了2个", "dead=2"),
        ("给120说死了2个", "dead=2"),
        ("送到县医院说死了2个", "dead=2"),
        ("村主任说失踪3个，派出所核实完是2个", "missing=2"),
        ("医院说死了2个，我看到3个受伤", "hurt=3"),
    ],
)
def test_what_the_writer_asked_or_tells_of_his_own_is_no_hearsay(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize("word", [row.cells[0] for row in rows("sources", 2, 2) if row.cells[1] != "own"])
@pytest.mark.parametrize("says", ["说", "讲", "那边说", "刚才说"])
def test_every_source_of_the_table_is_named_with_what_it_says(word, says):
    reading = read(f"楼塌了，{word}{says}死了7个", now=NOW)
    assert not reading.facts, reading.facts
    (claim,) = reading.claims
    assert (claim.fact, claim.found.value) == ("deaths", 7) and word in claim.source


def test_a_forwarded_log_says_who_said_it_and_its_questions_give_nothing():
    text = "[09:12] 李老师：三楼天花板掉了\n[09:13] 李老师：砸伤两个学生\n[09:13] 张主任：伤了几个？"
    reading = read(text, now=NOW)
    assert [(item.kind, item.speaker) for item in reading.utterances] == [
        ("header", ""),
        ("quoted", "李老师"),
        ("header", ""),
        ("quoted", "李老师"),
        ("header", ""),
        ("asked", "张主任"),
    ]
    assert said(text) == "hurt=2"


def test_what_is_taken_back_is_shown_as_that():
    assert kinds("困了3个人，不对是5个") == [("withdrawn", "3个人，不对是")]


def test_below_the_line_a_figure_is_unknown_with_ways_to_read_it():
    found = read("县医院急诊收了9个里头有2个断了腿，另外还有一拨16个没数", now=NOW).facts.get("injuries")
    assert found is None or found.unknown or found.confidence >= SURE
    found = read("一班吐了5人，二班4人，三班复查后有2人不算就剩1人", now=NOW).facts["ill"]
    assert found.unknown
    assert found.confidence < SURE
    assert 2 <= len(found.readings) <= 3
    assert all(option.value is not None or option.at_least is None for option in found.readings)


def test_numbers_that_nothing_used_are_unread():
    reading = read("寝室里6个人吐了5个，外头还站着4个", now=NOW)
    assert [number.text for number in reading.unread] == ["4个"]
    for number in reading.unread:
        assert reading.plain[slice(*number.span)] == number.text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("各班报的：一班4个，二班2个，三班没有，都是拉肚子", "ill=6"),
        ("头车伤三个，二号车伤5个，三号车没事", "hurt=8"),
        ("东乡：死2伤11，道路通。\n西乡：没死人，伤6。\n北乡：电话打不通", "dead=2 hurt=17"),
        ("单位\t死亡\t受伤\n一车间\t1\t4\n二车间\t0\t3", "dead=1 hurt=7"),
        ("受伤8人，其中县医院5人，中医院3人", "hurt=8"),
        ("1楼死亡6人，2楼死亡4人，共死亡10人", "dead=10"),
    ],
)
def test_like_units_are_added_up(text, facts):
    assert said(text) == facts


_OF_NOBODY = (
    "三季度事故小结：触电1起，死1人",
    "今年一到九月全区火灾41起，亡4人，伤11人",
    "四月急诊周报：车祸伤21例，中毒3例，死亡1例",
    "连续安全生产3000天，零伤亡，今晚聚餐",
    "死3个以上就是较大，伤10个以上也算较大，背熟",
    "重伤1个赔十五万，死1个赔一百二",
    "伤5人就要报省里，死1人要报总局，都背下来",
    "考一考大家，食堂吐了18个，先封还是先救？",
    "答案明早公布：仓库爆炸，伤4死1，谁来指挥",
    "我把上课笔记发出来，某化工厂中毒死了4个",
    "我小叔子说桥那边车翻了死了三个，他也是从群里看来的",
    "群主说着火困了四个，结果是小孩恶作剧",
    "刚报的水库淹了俩那个警，到场啥事没有，报假警的",
    "他哭着说没了两个，一问是养的仓鼠",
    "今天单子太多，我们仨忙得快进ICU",
    "我们组业绩死了，3个人都要被砍头",
    "疫苗明天到，过敏的3位先别叫",
)
_OF_SOMEBODY = (
    ("狗场的狗跑出来咬伤3人，一看是隔壁老李养的狗", "hurt=3"),
    ("二楼着火呛伤4个，原因查了是小孩玩火", "hurt=4"),
    ("楼上掉下个花盆砸伤1人，一看是六楼的花", "hurt=1"),
    ("本季度刚开张就出事，脚手架塌了，伤4人", "hurt=4"),
    ("死了3个，要报市里了，翻车的", "dead=3"),
    ("村里淹死一个娃，我也是看着捞上来的", "dead=1"),
    ("安全生产搞了3年，昨晚还是出事了，机器绞伤1人", "hurt=1"),
    ("前天那起烧伤3个的已经上报过了，今天的是烫伤2个", "hurt=2"),
)


def test_periods_rules_exams_and_false_alarms_tell_of_nobody():
    for text in _OF_NOBODY:
        assert said(text) == "", text
    for text, facts in _OF_SOMEBODY:
        assert said(text) == facts, text


_TOLD_ANEW = (
    ("三轮翻下田坎，伤2个——不对，后斗还坐了个娃，下巴磕破了，伤3个", "hurt=3"),
    ("刚说伤3个，又数了一遍，副驾那个没事，伤的是2个，小车追尾", "hurt=2"),
    ("车祸报死3，医院核实有一个活着，死的是2个，伤1个", "dead=2 hurt=1"),
    ("早上报的吐了20个，里面4个是装病的不算，16个，食堂饭菜问题", "ill=16"),
    ("清点烫伤6人，有2人重复登记要扣掉，4人，已送医", "hurt=4"),
    ("上面写死3伤6有误，现在是死3伤7，货车追尾", "dead=3 hurt=7"),
    ("发烧21个，其中3个是上周就请假的不算，18个，都在校医室", "ill=18"),
    ("先头报1死，人又救回来了，现在就是1个重伤，塔吊砸的", "hurt=1 serious=1"),
    ("外头传炸死十几个，没那么多，死的就1个，伤了6个", "dead=1 hurt=6"),
    ("一车间伤3个，二车间伤5个，锅炉爆了", "hurt=8"),
    ("追尾：第一辆车伤2个，第二辆车伤4个，核实了没有死亡", "dead=0 hurt=6"),
)


def test_a_harm_that_is_told_anew_takes_back_its_number():
    for text, facts in _TOLD_ANEW:
        assert said(text) == facts, text


_GRADED = (
    ("闪爆，两名卸车工烧伤，一重一轻", "hurt=2 serious=1"),
    ("锅炉喷汽，烫着两位师傅，一轻一重", "hurt=2 serious=1"),
    ("车间灼伤4人，1重3轻", "hurt=4 serious=1"),
    ("客车伤了11个，重3轻8", "hurt=11 serious=3"),
    ("工地两个工人摔下来，一重一轻", "hurt=2 serious=1"),
    ("各村：东村1重2轻，西村2轻", "hurt=5 serious=1"),
)


def test_who_is_graded_behind_the_number_of_the_hurt_is_no_other():
    for text, facts in _GRADED:
        assert said(text) == facts, text
