"""Other ways to say a figure: changed figures, forms, what the writer counted himself, people told by their names."""

from tests.plans.intake.saying import said

SAYINGS = """
续报：截至18时，经核实，受伤人数由12人更正为14人，其中重伤仍为3人，死亡1人不变|dead=1 hurt=14 serious=3
经核实，死亡人数由3人更正为2人，受伤人数仍为8人|dead=2 hurt=8
三报：遇难4人（较上次增1），受伤11人（减1），失联清零|dead=4 hurt=11
续报二：受伤由21人增至24人，重伤仍是5人，死亡维持2人|dead=2 hurt=24 serious=5
伤者由11人核定为9人，2人系重复登记，死亡仍为1人|dead=1 hurt=9
失踪人数由12人核减为9人，3人系重复上报|missing=9
伤的不是5个，是8个，刚才漏了一车|hurt=8
统计里多算了一个，伤的不是7个是6个|hurt=6
事故类型：车祸⏎地点：国道岔口⏎死亡（ 1 ）人⏎受伤（ 3 ）人⏎失踪（  ）人⏎被困（ 0 ）人|dead=1 hurt=3
【突发事件报告】事件：坍塌；死亡人数（1），受伤人数（4），失联人数（2）|dead=1 hurt=4 missing=2
上报表：死亡_0_人 受伤_8_人 重伤_2_人|hurt=8 serious=2
一、事件：火灾⏎二、死亡人数：【 1 】⏎三、受伤人数：【 6 】⏎四、被困人数：【 】|dead=1 hurt=6
单位：某某小学⏎症状：呕吐腹泻⏎人数：18⏎住院：3⏎重症：无|ill=18
事件：食物中毒⏎涉及人数：23人⏎住院：6人⏎死亡：0人|ill=23
起火原因：不明⏎伤：2人⏎亡：1人⏎困：0人|dead=1 hurt=2
厂里报伤4，街道报伤6，我一个个数的5个|hurt=5
村里报死3，乡里报死2，我到场一具一具点的，就3具|dead=3
群里说失联8个，派出所报5个，我挨家敲门问的，6个|missing=6
物业报困了4个，我们现场喊话核对是6个|trapped=6
吃了毒蘑菇的有李某、王某、李某的弟弟，都送县医院了|ill=3
雷击，放羊的刘某、刘某儿子、邻居老何三个都没了|dead=3
失联人员：崔某、谭某、姜某某和他儿子|missing=4
落水的是船老大老郭、他媳妇和两个伙计，都没找着|missing=4
发烧的有小刘、小张、小陈，还有隔壁宿舍的小马|ill=4
被狗咬的是熊某和熊某的孙女，都打针了|hurt=2
伤了3个，等下，护士说是4个，刚才漏了个抱着的娃|hurt=4
登记的受伤15人，核下来有2人登了两遍，实际13人|hurt=13
昨天报的发烧22个，今天复核剔了4个普通感冒的，剩18个|ill=18
刚才说困了6个，数错了，加上司机是7个|trapped=7
先前报失联4人，其中2人已回家，现在还差2人|missing=2
原来说埋了5个，后来老李自己从山那边回来了，那就是4个|trapped=4
仓库着火，1死2伤，火已压住，路口都围起来了|dead=1 hurt=2
联系人：侯某、龙某；死亡1人；受伤2人|dead=1 hurt=2
""".strip().splitlines()


def test_a_figure_is_read_however_it_is_said():
    for row in SAYINGS:
        text, figures = row.replace("⏎", "\n").split("|")
        told = " ".join(word for word in said(text).split() if not word.endswith(("=0", "=?")))
        assert told == figures, text


def test_of_names_no_harm_is_told_of_nobody_is_counted():
    for text in ["报告人：张某、李某", "到场的有李某、王某、李某的弟弟", "今天值班小刘、小张和小陈"]:
        assert not any(char.isdigit() and char != "0" for char in said(text)), text
