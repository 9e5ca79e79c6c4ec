"""Words as people use them in reports.

They are written down apart from the reader's own tables, so that they test it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Harm = Literal["hurt", "ill", "either"]


@dataclass(frozen=True)
class Saying:
    """A way to say a harm of a number of people.

    Args:
        words: with ``{n}`` in the stead of the count.
        plain: nobody can take it for something else.
        scenes: where it can be said; empty is everywhere.
        late: of a death, that they were among the injured before.
        maybe: it need not be taken for this fact, though it may.
    """

    words: str
    plain: bool = False
    scenes: tuple[str, ...] = ()
    late: bool = False
    maybe: bool = False


@dataclass(frozen=True)
class Scene:
    """A kind of event: how it begins, who is there, and what befalls them."""

    name: str
    harm: Harm
    plain: tuple[str, ...]
    numbered: tuple[str, ...]
    nouns: tuple[str, ...]
    facts: tuple[str, ...]


AGED = ("8岁孩子", "70岁老人", "3岁男孩", "16岁女生", "60多岁的老太太", "四十来岁的男子")
"""People whose age stands beside their number."""
_ALL = ("deaths", "injuries", "serious_injuries", "missing", "trapped")

SCENES = (
    Scene(
        "fire", "either",
        ("南门小吃店着火了", "家具厂起火", "老街民房失火", "仓库那边烧起来了", "职工宿舍火灾"),
        ("3号楼着火", "老市场2区起火", "幸福里8栋1单元失火了", "5号仓库火灾", "丰收路18号商铺着火"),
        ("居民", "工人", "住户", "租客", "老人", "学生"), _ALL,
    ),
    Scene(
        "traffic", "hurt",
        ("大货车追尾了", "国道上撞车", "客车翻到沟里了", "校车被撞了", "桥头出车祸了", "面包车侧翻"),
        ("12路公交撞了护栏", "7路车和货车相撞", "省道305线车祸", "G40高速K128+300处追尾", "208国道翻车"),
        ("乘客", "学生", "司机", "老人", "孩子", "旅客"), _ALL,
    ),
    Scene(
        "collapse", "hurt",
        ("工地脚手架塌了", "老教学楼塌了半边", "自建房垮了", "料仓倒塌", "厂房屋顶塌下来了"),
        ("2号塔吊倒了", "6号厂房坍塌", "4栋楼板塌了", "二期工地基坑塌方"),
        ("工人", "民工", "村民", "学生", "师傅"), _ALL,
    ),
    Scene(
        "mine", "hurt",
        ("矿上冒顶了", "井下透水", "煤矿井下瓦斯爆炸", "采掘面塌了"),
        ("2号矿出事了", "3号井透水", "1203工作面冒顶"),
        ("矿工", "工人", "工友"), _ALL,
    ),
    Scene(
        "flood", "hurt",
        ("后沟发山洪了", "河水漫堤了", "山洪冲了村子", "滑坡把房子埋了", "泥石流下来了"),
        ("3组那边滑坡", "5社山洪", "二道沟泥石流", "X203县道塌方"),
        ("村民", "群众", "老人", "游客", "驴友"), _ALL,
    ),
    Scene(
        "attack", "hurt",
        ("校门口有人持刀砍人", "车站有人捅人", "集市上有人开车冲撞人群", "医院门诊有人伤人"),
        ("2号门有人拿刀", "地铁3号口有人砍人"),
        ("学生", "路人", "家长", "群众", "旅客"), ("deaths", "injuries", "serious_injuries"),
    ),
    Scene(
        "stampede", "hurt",
        ("楼梯口踩踏了", "操场看台踩踏", "下课楼道里挤倒一片", "庙会发生踩踏"),
        ("2号看台踩踏", "3楼楼梯踩踏了"),
        ("学生", "孩子", "游客", "群众"), ("deaths", "injuries", "serious_injuries"),
    ),
    Scene(
        "food", "ill",
        ("食堂吃坏肚子了", "喜宴上食物中毒", "学校食堂疑似食物中毒", "工地食堂饭菜有问题"),
        ("2号食堂食物中毒", "第3食堂吃坏了", "12号晚上的席食物中毒"),
        ("学生", "员工", "工人", "客人", "孩子"), ("deaths", "ill"),
    ),
    Scene(
        "gas", "either",
        ("车间氨气泄漏", "化工厂氯气跑了", "宿舍煤气中毒", "污水井硫化氢中毒"),
        ("3号车间氯气泄漏", "2号冷库漏氨", "4号井硫化氢中毒"),
        ("工人", "居民", "员工", "师傅"), ("deaths", "ill", "missing", "trapped"),
    ),
    Scene(
        "epidemic", "ill",
        ("学校里水痘传开了", "班里诺如扎堆", "养老院流感聚集", "幼儿园手足口病聚集"),
        ("H1N1流感聚集发病", "H7N9病例", "3号宿舍楼诺如病毒聚集"),
        ("学生", "孩子", "老人", "幼儿"), ("deaths", "ill"),
    ),
    Scene(
        "water", "hurt",
        ("渡船翻了", "小船沉了", "水库有人落水", "河边有孩子溺水"),
        ("浙岱渔0217翻船", "2号渡船沉了", "3号码头有人落水"),
        ("乘客", "船员", "孩子", "渔民", "游客"), ("deaths", "missing", "injuries"),
    ),
)  # fmt: skip

PLAIN = {
    "deaths": ("死了{n}", "死亡{n}", "{n}死亡", "{n}遇难"),
    "injuries": ("伤了{n}", "{n}受伤", "受伤{n}"),
    "serious_injuries": ("{n}重伤", "重伤{n}"),
    "missing": ("{n}失踪", "失踪{n}", "{n}失联", "失联{n}"),
    "trapped": ("{n}被困", "被困{n}", "困了{n}"),
    "ill": ("{n}中毒", "{n}发烧", "{n}拉肚子", "{n}呕吐"),
}
"""What anybody writes who writes plainly; the ill by scene below."""

ILL = {
    "food": ("{n}拉肚子", "{n}呕吐", "{n}中毒", "吐了{n}", "{n}肚子疼"),
    "gas": ("{n}中毒", "中毒{n}"),
    "epidemic": ("{n}发烧", "发病{n}", "确诊{n}", "{n}发病"),
}

SPOKEN: dict[str, tuple[Saying, ...]] = {
    "deaths": (
        Saying("遇难{n}"), Saying("{n}没了"), Saying("没了{n}"), Saying("{n}当场没了"), Saying("当场死亡{n}"),
        Saying("{n}没抢救过来", late=True), Saying("{n}没救过来", late=True), Saying("{n}抢救无效死亡", late=True),
        Saying("{n}身亡"), Saying("{n}丧生"), Saying("{n}去世了"), Saying("{n}当场断气"), Saying("死的有{n}"),
        Saying("人死了{n}"), Saying("{n}已经确认死亡"), Saying("{n}淹死了", scenes=("flood", "water")),
        Saying("{n}烧死了", scenes=("fire",)), Saying("{n}砸死了", scenes=("collapse", "mine")),
        Saying("{n}溺亡", scenes=("flood", "water")), Saying("闹出{n}人命", maybe=True), Saying("{n}走了", maybe=True),
        Saying("有{n}不幸遇难"), Saying("{n}牺牲", maybe=True), Saying("{n}没气了"), Saying("{n}已无生命体征"),
    ),
    "injuries": (
        Saying("{n}挂彩", maybe=True), Saying("{n}擦伤"), Saying("{n}骨折"), Saying("{n}烫伤"), Saying("{n}摔伤"),
        Saying("{n}磕破了头"), Saying("{n}划伤"), Saying("{n}轻伤"), Saying("轻伤{n}"), Saying("伤着{n}"),
        Saying("伤{n}"), Saying("{n}不同程度受伤"), Saying("{n}负伤"), Saying("{n}崴了脚"), Saying("碰伤{n}"),
        Saying("{n}烧伤", scenes=("fire", "mine")), Saying("{n}砸伤", scenes=("collapse", "mine")),
        Saying("砍伤{n}", scenes=("attack",)), Saying("{n}被捅伤", scenes=("attack",)), Saying("受伤的有{n}"),
        Saying("{n}被踩伤", scenes=("stampede",)), Saying("撞伤{n}", scenes=("traffic", "attack")),
        Saying("有{n}受了伤"), Saying("{n}受伤已送医"), Saying("{n}受伤，120拉走了"),
        Saying("{n}被划了一刀", scenes=("attack",)),
    ),
    "serious_injuries": (
        Saying("{n}伤势很重"), Saying("{n}伤得很重"), Saying("{n}生命垂危"), Saying("{n}伤势危重"),
        Saying("重伤的有{n}"),
        Saying("{n}在ICU抢救"), Saying("{n}受重伤"), Saying("有{n}重伤"), Saying("{n}伤情严重"),
    ),
    "missing": (
        Saying("{n}联系不上"), Saying("{n}下落不明"), Saying("{n}没影了"), Saying("{n}找不到了"), Saying("{n}失去联系"),
        Saying("还有{n}没找到"), Saying("{n}不见了"), Saying("{n}没上来", scenes=("water",)), Saying("有{n}失联"),
        Saying("{n}被冲走", scenes=("flood", "water"), maybe=True),
    ),
    "trapped": (
        Saying("困住{n}"), Saying("{n}困在里面"), Saying("{n}困在里头出不来"), Saying("里头困着{n}"),
        Saying("还有{n}被困"),
        Saying("{n}埋在下面", scenes=("collapse", "mine", "flood"), maybe=True),
        Saying("{n}还没出来", maybe=True),
        Saying("{n}卡在车里", scenes=("traffic",)),
        Saying("埋里头{n}", scenes=("collapse", "mine", "flood"), maybe=True),
        Saying("{n}困井下", scenes=("mine",)),
        Saying("{n}被堵在楼上", scenes=("fire",), maybe=True), Saying("有{n}被困"),
    ),
    "ill": (
        Saying("{n}上吐下泻", scenes=("food", "epidemic")), Saying("{n}闹肚子", scenes=("food",)),
        Saying("{n}恶心呕吐", scenes=("food", "gas", "epidemic")), Saying("{n}头晕恶心", scenes=("food", "gas")),
        Saying("{n}不舒服", scenes=("food", "gas"), maybe=True), Saying("{n}出疹子", scenes=("epidemic",)),
        Saying("{n}吃坏了肚子", scenes=("food",)), Saying("{n}熏晕了", scenes=("gas",), maybe=True),
        Saying("病倒{n}", scenes=("food", "epidemic")), Saying("{n}有症状", scenes=("food", "epidemic", "gas")),
        Saying("{n}腹痛腹泻", scenes=("food",)), Saying("阳了{n}", scenes=("epidemic",), maybe=True),
        Saying("确诊{n}", scenes=("epidemic",)), Saying("拉肚子的有{n}", scenes=("food",)),
        Saying("有{n}中毒", scenes=("food", "gas")),
        Saying("{n}送医院了", scenes=("food", "epidemic"), maybe=True),
    ),
}  # fmt: skip

LABELS = {
    "deaths": ("死亡", "死亡人数", "遇难", "死"),
    "injuries": ("受伤", "受伤人数", "伤", "伤员"),
    "serious_injuries": ("重伤", "重伤人数", "重伤员"),
    "missing": ("失踪", "失联", "失联人数", "失踪人数"),
    "trapped": ("被困", "被困人数", "被困人员"),
    "ill": ("发病", "患病", "发病人数"),
}

NONE_OF = {
    "deaths": ("没死人", "没有人死亡", "无人死亡", "没人死", "没有死亡", "死亡的没有", "无死亡"),
    "injuries": ("没人受伤", "无人受伤", "没有人受伤", "没伤着人", "没有受伤的"),
    "serious_injuries": ("无重伤", "没有重伤的", "没有重伤", "没人重伤", "重伤的没有"),
    "missing": ("无人失联", "没有失踪的", "没人失踪", "无失联", "无失踪人员"),
    "trapped": ("无人被困", "没人被困", "没有被困的", "无被困人员"),
}
NOBODY_HARMED = ("无人员伤亡", "没有人员伤亡", "没有伤亡", "无伤亡", "没造成人员伤亡", "未造成人员伤亡")
NOT_KNOWN = (
    *("伤亡不详", "伤亡情况不明", "人数还在统计", "具体伤亡还不清楚", "伤亡数字待核", "伤亡人数暂时没报上来"),
    *("没有新的情况", "暂无新增", "无新增", "今天无新增", "没有新增伤亡", "有没有伤亡还不知道", "还不知道有没有人受伤"),
    *("不是没有伤亡，是还没统计上来", "死没死人不清楚", "多少人受伤还说不准", "人员情况正在核实"),
)

ASKED = (
    *("{c}吗？", "是不是{c}？", "{c}是真的吗？", "{c}？", "不是说{c}吗？", "是否{c}？", "有人问{c}是不是真的？"),
    *("{c}了没有？", "真的{c}？", "{c}对不对？", "谁说{c}的？", "到底是不是{c}？", "{c}？？"),
    *("家长在问：“{c}吗？”", "记者问是不是{c}？", "领导问{c}没有？", "{c}还是没有？"),
)
ASKED_PLAINLY = (
    *("有没有人受伤？", "死了几个？", "死人了吗？", "伤了多少人？", "有人被困吗？", "有没有伤亡", "几个人受伤？"),
    *(
        "有没有死人？",
        "失联的有几个？",
        "是死了一个还是两个？",
        "伤了3个还是5个？",
        "有人员伤亡吗？",
        "需不需要送医院？",
    ),
    *("现场还有没有人被困？", "是不是有人没出来？", "到底几个人？", "伤的重不重？", "谁能说下死了几个伤了几个？"),
)
SUPPOSED = (
    *("如果{c}就要上报", "万一{c}怎么办", "要是{c}就麻烦了", "一旦{c}立即启动预案", "假如{c}谁负责", "要防止{c}"),
    *("就怕{c}", "别到时候{c}", "假设{c}，应该怎么处置", "倘若{c}，由区里处置", "万一再{c}可不得了"),
)
ORDERED = (
    *("请核实是否{c}", "核实一下是不是{c}", "请尽快核实是否{c}并回复", "去看看是不是{c}", "帮忙确认有没有{c}"),
    *("请确认{c}是否属实", "麻烦查一下是否{c}"),
)
SCRIPTED = (
    *("演练脚本：{c}", "桌面推演设定：{c}", "下午演练的脚本是：{c}", "模拟情景：{c}", "演练方案里写的是{c}"),
    *("推演情景设置：{c}", "培训案例：{c}"),
)
PAST = (
    *(
        "去年那次{c}",
        "前年也是这里{c}",
        "2019年那次{c}",
        "上回着火{c}",
        "想起三年前{c}",
        "去年同期{c}",
        "以前这条路{c}",
    ),
    *("十年前这里也{c}",),
)
DENIED = (
    *("网上说{c}是假的", "群里传{c}是谣言", "{c}的说法不属实", "网传{c}系谣言", "说{c}的都是瞎传", "并没有{c}"),
    *("不存在{c}的情况",),
)
HEARD = (
    *("听说{c}", "据说{c}", "有人说{c}", "听人讲{c}", "群里传{c}", "网上说{c}", "路过的人说{c}", "听邻居讲{c}"),
    *("有群众反映{c}", "邻居说{c}", "有个司机说{c}", "朋友圈里说{c}", "好像听说{c}", "据路人说{c}", "他说{c}"),
    *("听说好像{c}", "门卫听别人说{c}", "外面都在传{c}", "有网友称{c}", "我是听说的，{c}"),
)
RELAYED = ("医院那边讲{c}", "消防说{c}", "120说{c}", "交警讲{c}", "医生说{c}", "指挥部通报{c}", "急诊那边说{c}")
RULES = (
    *("死亡3人以上的要报省里", "一次死3人以上就是较大事故", "重伤10人以上算较大", "死1人也要半小时内报"),
    *("10人以上中毒要报疾控", "按规定3人以上失联要启动二级响应", "死10人以上是重大事故"),
)
"""Sentences of a rule book."""

LEADS = (
    *(
        "目前",
        "现场",
        "已确认",
        "初步统计",
        "截至14时",
        "经核实",
        "刚清点完，",
        "我在现场，",
        "截至目前",
        "清点了一下，",
    ),
    *("现在是", "已经", "确定", "报告：", "情况是", "刚核对过，", "截止14:30，"),
)

NUMBERED_LEADS = (
    "一车30人里",
    "全班45人中",
    "工地上20个人，",
    "8点40分",
    "3号楼里",
    "第二次报：",
    "12时05分，",
    "楼里住了16户，",
)
"""Leads with numbers that are not those of the harmed."""

FILLERS = (
    *("消防到了", "家属在赶来", "路已经封了", "校长在现场", "火已经灭了", "正在组织疏散", "请领导指示", "救护车在路上"),
    *("具体原因在查", "现场很乱", "学校已停课", "有情况再报", "派出所的人在", "天太黑看不清", "信号不好", "大家别围观"),
    *("收到请回复", "我在现场盯着", "电也停了", "雨还在下", "辛苦各位", "通道已经打开", "警戒线拉起来了"),
)
NUMBERED_FILLERS = (
    *(
        "电话尾号5518",
        "我电话13900000000",
        "来了2辆消防车",
        "在3号门集合",
        "坐12路过来的",
        "班车2号停运",
        "110和120都打了",
    ),
    *(
        "塌了2间房",
        "烧了3辆车",
        "预计30分钟到",
        "14:20发现的",
        "5月3号投用的楼",
        "3楼东头",
        "301宿舍",
        "502室",
        "2栋1单元",
    ),
    *(
        "K12+300附近",
        "G15高速封了",
        "淹了30亩地",
        "损失大概5万元",
        "停了3趟车",
        "水深1.5米",
        "调了5台泵",
        "火是8点半灭的",
    ),
    *("距学校500米", "3号楼封了", "第2次报告", "用了4个灭火器", "风力6级", "气温38度", "2号线停运", "过火20平方米"),
    *(
        "死了2头猪",
        "砸坏3台机器",
        "死了5只羊",
        "伤了1头牛",
        "编号0032",
        "3班停课",
        "一中高二3班停课",
        "H7N9检测没出",
        "给了10箱水",
    ),
)
IDIOMS = (
    *(
        "忙死了",
        "急死我了",
        "热死人了",
        "电脑死机了",
        "死活联系不上物业",
        "别死等",
        "手机快没电了",
        "伤脑筋",
        "吓死个人",
    ),
    *("这路太难走了", "真是要命", "嗓子都喊哑了", "人都快累趴了"),
)

DISTRACTIONS = (
    *("转移{n}", "疏散{n}", "{n}已经安全转移", "救出{n}", "获救{n}", "{n}脱险", "{n}自己跑出来了", "出动消防员{n}"),
    *(
        "{n}在现场维持秩序",
        "围观的有{n}",
        "现场有民警{n}",
        "来了{n}帮忙",
        "抓了{n}",
        "嫌疑人{n}已控制",
        "{n}出院",
        "{n}已出院",
    ),
    *(
        "当班{n}",
        "全厂{n}",
        "排查密接{n}",
        "{n}检查没事",
        "{n}核酸阴性",
        "{n}平安",
        "安置{n}",
        "{n}在安置点",
        "派了{n}过去",
    ),
    *("{n}已经联系上了", "投入救援力量{n}", "来了医护{n}", "{n}没事", "{n}毫发无损", "{n}只是虚惊一场", "值班{n}"),
    *(
        "事发时楼里有{n}",
        "家长来了{n}",
        "隔离观察{n}",
        "做笔录{n}",
        "增援{n}",
        "解救{n}",
        "车上{n}",
        "班里{n}",
        "全村{n}",
        "报名{n}",
    ),
)
FREED = {
    **dict.fromkeys(("救出", "获救", "脱险", "解救", "跑出来"), ("trapped", "missing")),
    "联系上": ("missing",),
    "出院": ("injuries", "ill"),
}
"""Words of distractions after which fewer are still trapped, missing or in care than were."""
VAGUE = (
    *(
        "不少人受伤了",
        "有人受伤",
        "伤了不少人",
        "死了人",
        "有人没出来",
        "好多人受伤",
        "有人被困",
        "不少人倒了",
        "多人受伤",
    ),
    *("伤的人很多", "有学生受伤", "有人员伤亡", "有老人被困", "还有人失联"),
)
UNITS: dict[str, tuple[str, ...]] = {
    "classes": (
        "一班",
        "二班",
        "三班",
        "四班",
        "五班",
        "高一（3）班",
        "初二5班",
        "三年级2班",
        "2021级1班",
        "大班",
        "中班",
    ),
    "villages": ("东坪村", "柳沟村", "石桥村", "上洼组", "河口村", "三道湾村", "王家庄"),
    "buses": ("1号车", "2号车", "3号车", "前车", "后车", "大巴", "面包车", "货车"),
    "wards": ("内科", "外科", "急诊", "二病区", "三病区", "儿科"),
    "workshops": ("一车间", "二车间", "装配车间", "焊工班", "3号线", "包装车间", "机修班"),
    "floors": ("1楼", "2楼", "3楼", "四楼", "地下室", "顶楼"),
    "dorms": ("1号宿舍", "2栋", "3栋", "女生楼", "男生楼"),
    "sites": ("东边", "西边", "南门", "北门", "桥头", "路口"),
}
COUNTED_IN_A_UNIT = {
    "deaths": "死了{n}",
    "injuries": "伤了{n}",
    "serious_injuries": "重伤{n}",
    "missing": "失联{n}",
    "trapped": "困了{n}",
}
HOSPITALS = ("县医院", "中医院", "二院", "人民医院", "镇卫生院", "市一院", "儿童医院")
UNITS_OF = {
    "fire": ("floors", "dorms", "workshops"), "traffic": ("buses",), "collapse": ("workshops", "floors"),
    "mine": ("workshops",), "flood": ("villages",), "attack": ("sites", "classes"), "stampede": ("classes", "floors"),
    "food": ("classes", "workshops", "dorms"), "gas": ("workshops", "floors"), "epidemic": ("classes", "dorms"),
    "water": ("buses",),
}  # fmt: skip

ROLLS: tuple[tuple[str, int], ...] = (
    *(
        ("张某、李某、王某", 3),
        ("赵某和钱某", 2),
        ("母女俩", 2),
        ("一家三口", 3),
        ("夫妻俩", 2),
        ("老两口", 2),
        ("爷孙俩", 2),
    ),
    *(("父子俩", 2), ("兄弟仨", 3), ("司机和售票员", 2), ("一男一女", 2), ("两男一女", 3), ("一个大人两个孩子", 3)),
    *(
        ("一名老师和两名学生", 3),
        ("门卫老李", 1),
        ("司机", 1),
        ("班主任", 1),
        ("看门的大爷", 1),
        ("值夜的保安", 1),
        ("一家五口", 5),
    ),
    *(
        ("母子两人", 2),
        ("姐弟俩", 2),
        ("1个老师3个学生", 4),
        ("孙某某、周某某", 2),
        ("老赵和他儿子", 2),
        ("师徒二人", 2),
        ("李某（男，45岁）、王某（女，38岁）", 2),
        ("赵某某、钱某某、孙某某三人", 3),
        ("司机张某和乘客李某", 2),
        ("一对小夫妻", 2),
        ("爷爷和孙女", 2),
        ("奶奶带着的两个孩子", 2),
    ),
)
ROLL_HARMS = {
    "deaths": ("当场没了", "遇难", "当场死亡", "没了", "不幸身亡"),
    "injuries": ("受伤", "都受伤了", "受了轻伤", "摔伤了"),
    "missing": ("失联", "失踪", "联系不上", "下落不明"),
    "trapped": ("被困", "被困在里面", "困在里头"),
    "ill": ("中毒", "都中毒了"),
}

ABOARD = (
    *("车上一共{t}，{c}，其余的没事", "连司机{t}，{c}，其他人都没事", "里面原来有{t}，跑出来{r}，{c}"),
    *("当时在场{t}，{c}", "全家{t}，{c}", "楼里{t}，疏散了{r}，{c}", "{t}里头，{c}"),
    *("当班{t}，安全升井{r}，{c}", "登记{t}，平安{r}，{c}"),
)
"""``{t}`` how many there were at all, ``{r}`` the others, ``{c}`` what befell some."""
LEFT = (
    *("{c}，已救出{r}，还有{l}", "{c}，救出来{r}，还剩{l}没出来", "{c}，其中{r}已获救，{l}仍被困"),
    *("原来{c}，先后救出{r}，现在还困着{l}",),
)
"""``{c}`` people trapped, ``{r}`` those who are out, ``{l}`` those who are left."""

REPEATED = (
    *("{c}，再说一遍，{c}", "{c}。重复：{c}", "{c}，没错，{c}", "{c}，就{n}", "{c}！{c}！", "{c}。再报一次，{c}"),
    *("{c}，确认过了，{c}", "{c}\n上面的再发一遍：{c}"),
)
"""The same figure twice."""
TAILS = (
    *(
        "，最小的6岁",
        "，最大的72岁",
        "（含1名儿童）",
        "，其中1名女性",
        "，都是本地人",
        "，家属已通知",
        "，都在20岁上下",
        "，有个是外地的",
    ),
    *("，名单稍后报", "，身份还在核实", "，都是三班的", "，住5楼", "，一个姓李"),
)
"""Behind a figure: more of the same people, sometimes with numbers that count nobody."""

CORRECTED = (
    *(
        "{o}，不对，是{n}",
        "{o}——更正，{n}",
        "{o}，说错了，{n}",
        "{o}，更正：{c}",
        "{o}。更正一下，{c}",
        "{o}，打错了，是{n}",
    ),
    *(
        "刚才说{o}，核实后是{n}",
        "之前报的{o}有误，实际是{n}",
        "{o}，哦不，{n}",
        "{o}（更正：{n}）",
        "前面报{o}不准，经核实{c}",
    ),
    *(
        "原来报{o}，现在核实为{n}",
        "{o}，不是{on}，是{n}",
        "{o}……不对不对，{c}",
        "{o}，纠正一下，{c}",
        "{o}，搞错了，应该是{n}",
    ),
)
"""``{o}`` the old clause, ``{on}`` its count, ``{c}`` the new clause, ``{n}`` its count."""
TAKEN_BACK = (
    *("刚才说{o}是误报", "前面报的{o}作废", "{o}，不对，搞错了，没这回事", "刚才说{o}，不准，别算", "之前说{o}，撤回"),
)

HOMOPHONES = {
    "受伤": ("受商", "受上"), "死亡": ("死忘", "死网"), "失踪": ("失宗", "师踪"), "失联": ("失连",),
    "被困": ("被捆", "背困"),
    "中毒": ("中读", "种毒"), "遇难": ("遇男",), "发烧": ("法烧",), "呕吐": ("偶吐",), "踩踏": ("踩塌", "彩踏"),
    "重伤": ("重商",), "拉肚子": ("啦肚子",), "着火": ("找火",), "坍塌": ("摊塌",), "学生": ("学声",),
}  # fmt: skip
"""What dictation makes of words."""

SPEAKERS = ("老周", "王主任", "值班室", "张老师", "李队", "小陈", "门卫刘师傅", "镇办")
ACKS = ("收到", "好的", "收到，马上报", "辛苦了", "继续盯", "知道了", "👍", "注意安全")
EMOJI = ("🚨", "‼️", "🙏", "😭", "🔥", "⚠️", "📍", "😷", "🚑")
