"""The cues around people and harms that tell how they belong together."""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.words import PERSON

NOUN = lazy(PERSON)
"""Behind a count: what is counted."""
BUT = lazy(r"除了?$")
BUT_END = lazy(r"[^,。;!?\n\d]{0,6}?外")
"""Around a count: all but those."""
NO_SUBJECT = lazy(
    r"者|员|面积|人数|原因|人员|病例|率|总数|威胁|危险|事故|事件|名单|家属|的|风险|患|身份|赔偿|情况|学生|男|女|"
    r"乘客|程度|鉴定|症状|现场|大?牲畜|家畜|家禽|生猪|[牛羊猪鸡鸭鱼马]|[^,。;]{0,6}\d+余?(?:头|只|尾|匹|羽)"
)
"""Behind a harm: it is part of a noun (受伤人数, 死亡原因), and says nothing of the subject."""
NOUNS = frozenset("死者 死难者 遗体 尸体 伤者 伤员 伤病员 病例 患者 病人 确诊病例 确诊患者 感染者 症状".split())
"""Harms that are nouns, and so need people of their own."""
AGENT = lazy(r"(?:(?:被|遭到?|让|由|被其中)(?:同班|同校|校外|外校|社会上?|邻班|对方|高年级|同宿舍)?的?)$")
"""Before people: they did it (被…男子), it did not befall them."""
TALK = lazy(r"[^,。;]{0,12}(?:告诉|说|称|表示|介绍|认为|看到|透露|证实|目击|报警|发现|回忆)")
"""Behind people: they tell of it."""
OWN_PERSON = lazy(r"[^经后因均都已全其在于,]{0,6}[员者人](?:也|已|均|都|当场|随后)?$")
"""All before a death in its clause: somebody is named there."""
NORM = lazy(
    r"按(?:照)?规定|也[要得][^,。;\n]{0,8}报|(?:以上|以下)(?:的|者)?[^,。;\n]{0,4}(?:要|应当?|须|必须|需|即)(?:在|于|立即|马上|及时|逐级)?[^,。;\n]{0,6}(?:报|启动)|"
    r"(?:以上|以下)(?:的|者)[^。;\n]{0,14}?(?:为|属|是|启动|列为|构成)|"
    r"(?:以上|以下)(?:就)?(?:算|属于|即为|为|是)(?:特别)?(?:较大|重大|特大|一般|[ⅠⅡⅢⅣ一二三四]级)|"
    r"是指|(?:分级|等级)标准",
    sparse=True,
)
"""In a sentence: it tells a rule, not what happened."""
_RUMOURS = r"(?:谣言|不实信息|不属实|虚假信息|虚假消息|系误传|纯属虚构)"
RUMOUR = lazy(_RUMOURS, sparse=True)
"""In a sentence: it tells a rumour, not what happened."""
TRUTH = lazy(
    r"(?:网传|网友爆料|网友称|传言|朋友圈)[^。;]{0,40}?(?:官方|警方|校方|医院|当地)(?:最新)?(?:通报|回应|证实|辟谣)|"
    rf"{_RUMOURS}[,:! ]{{1,2}}(?:官方|警方|校方|院方|医院|当地|经核实|经查|经核查|实际|事实|真相|实为)",
    sparse=True,
)
"""What follows in the sentence is told against the rumour."""
NOW = lazy(r"(?:目前|现在|实际|现)[,: ]?$")
"""Before a harm: what follows replaces what was said."""
NO_MORE = lazy(r"[^,。;\d]{0,4}(?:(?:全部|均|都|全都)已?(?:找到|[找寻]回|救出|获救|升井|脱险|解救|转移)|(?:予以)?核销)")
"""Behind people trapped or missing: none of them is any more."""
PAIRED = lazy(r"一对(?:老|小|年轻|中年|青年)?")
"""Between a harm and a pair of people."""
SUMMED = lazy(r"(?:累计|共计|总计|合计|总共|一共|共)(?:是|有|为|报告|报上来|报来|上报)?$")
"""Right before a count: it is a total."""
ADDED_UP = lazy(r"(?:合计|总计|共计)[:为]?$")
"""Right before a count at the end of a list: the sum of it."""
RESCUED_BY = lazy(r"(?:为救|为了救|去救|救援|搭救|营救|施救|抢救|[河江水]救|为保护|保护)(?:起|助)?$")
"""Before a count that a death follows: the rescuer died, not those to be saved (为救两名学生牺牲)."""
DIED_FOR = lazy(r"(?:不幸|英勇|壮烈|光荣)?(?:牺牲|殉职|献身)")
IN_CARE = lazy(r"(?:现有|现存|在院|在治|现)$")
"""Before the ill: those who are so now, not all there were."""
LEFT = lazy(r"(?:仍有?|尚有?|还有|还|只剩)$")
STILL_IN = lazy(
    r"(?:救出|救起|获救|出来|脱险|升井|转移)[^。;!?\n]{0,12},[^,。;!?\n]{0,4}(?:还|仍|剩下?|[只还仅]剩)(?:有|在)?(?:□)*$"
    r"|(?:困|埋|压|卡|陷)[^。!?\n]{0,28}[,; ][^,。;!?\n]{0,2}(?:还|仍)(?:有|在)?(?:□)*$"
)
"""Before a harm or its number, behind people who are out: those who are left."""
REST = lazy(r"(?:其余|其他|其它|剩余|余下|剩下|另外|另)的?$")
"""Before a count: the others of a total."""
"""Before a count: those who remain, not all there were."""
STILL = lazy(r"[^,。;]{0,4}(?:仍|尚未|还在|正在(?:全力|紧张|紧急)?(?:搜|寻|营救))")
"""Behind a count: they remain so."""
RUNNING = frozenset(("累计", "共计", "总计", "合计", "总共", "一共", "共", "至此"))
"""Words of a running total."""
INJURED = frozenset(("hurt", "wound", "faint", "serious", "critical", "grave", "light"))
"""Kinds that make somebody injured."""
CERTAIN = INJURED | {"dead", "missing"}
"""Kinds that a subject without a number keeps from one clause to the next."""
POPULATION = lazy(
    r"(?:全[校班园县区市镇村厂年级公司院部]{1,2}|(?<!返)在校|在园|在岗|值班|当班|核载|核定|限载|限乘|编制|总人口|在册|应到|实到|班里|班上|年级|密接|密切接触者?)"
    r"(?:共?有?|一共|学生|师生|幼儿|职工|员工|教职工|人数|人口|[为:共约])*$"
)
"""Before a count: it is how many there are at all, whatever befell some of them."""
REMAINDER = frozenset(("其余", "其他", "其它", "剩余", "余下", "剩下"))
"""Before a harm without a number: those of a total who are not listed."""
PATIENT = frozenset(("患者", "病人", "患儿", "伤者", "伤员"))
"""Nouns that may speak of one person alone."""
IS = lazy(r"(?:均|都)?[为是系]")
"""Between the dead and who they are (死者为司机)."""
AMONG_ALL = lazy(r"(?<!其)中:$")
"""Before a count: it begins a list of parts (伤者中：…)."""
AMONG = lazy(r"(?<!其)中,?(?:的|有|已有|又有)?$")
"""Before a count: it is a part of those counted before (5名伤员中有1人)."""
OWN_NOUN = lazy(r"[^,。;:将把对被给跟和与向同在]{0,10}")
"""Between a count and the noun that it counts (一名10岁男孩)."""
TO_A_NUMBER = frozenset(("sum", "update", "count", "colon", "new", "included", "unclear", "deny", "folk", "one"))
"""Token kinds that may stand between a harm and its number."""
BOTH = lazy(r"(?:都|均|全|俩人?)(?:已经?)?$")
"""Before a harm: it befell several."""
MYSELF = lazy(r"(?:我|俺|咱|这里|这边|我这|我们这)(?:就)?是[^,。;!?]{0,8}$")
"""Before people: it is the writer who says who he is."""
AT_WORK = lazy(
    r"(?:消防员|消防战士|民警|辅警|交警|医生|护士|保安)[^,。;!?\n]{0,6}?(?:救(?!火)|赶|到场|到达|抢|扑|处置|搜|发现|"
    r"说|称|表示)"
)
"""People who only came to help."""
TOGETHER = lazy(r"(?:均|都|全部|全都|皆|双双|先后|一同)")
"""Behind a count: all of those just told of (1人…，3人施救，4人均中毒)."""
PLACE_BEFORE = lazy(r"[省市县区镇乡村州旗校院厂矿站车楼班街港]$")
"""Before a harm: the number is that of a place."""
GROUP_BEFORE = lazy(
    r"其中[^,。;!?\n\d]{0,10}?(?:(?:我们?|咱们?|本|俺们?)[\u4e00-\u9fa5]{1,8}|"
    r"(?:单位|的人|员工|职工|学生|师生|村民|居民|工人|籍|户|方|家|组|队)[\u4e00-\u9fa5]{0,2})$"
)
"""Before a harm: the number is that of one group of all (其中我们单位死2伤5)."""
VENUE = lazy(r"([\u4e00-\u9fa5]{0,6}(?:医院|卫生院|诊所|急救中心|[一二三四五六]院|附院))[^,。;\d]{0,5}$")
"""Before a count: which hospital it is of."""
AT_HOSPITAL = lazy(r"(?:医院|卫生院|诊所|急救中心|[一二三四五六]院|附院)(?:共|已|现|各|有|分别|分流|分送)?$")
AT_HOSPITAL_END = lazy(r" ?(?:[、,。;)]|$)")
"""Around a count: a hospital and how many of them it has."""
BODY_OF = lazy(r"(?:其|[他她](?:们)?的)$")
"""Before a body: that of those just told of (1人失联，后发现其遗体)."""
ALL = lazy(r"全部|全都|均|都")
"""Before a rescue: all of them."""
_WELL = r"联系|有信|(?:安全|平安)(?![转撤救脱升返抵到上出获带疏回])|无恙|无碍|没事|良好|稳定|清醒"
OUT = lazy(rf"(?!{_WELL})")
"""At the words that say people are safe: they are out, and not only well (尚有18名游客被困洞内，均安全)."""
ALL_OUT = lazy(rf"(?:全部|全都|均|都)(?:已经?)?(?!{_WELL})")
"""Behind people trapped: all of them are out."""
LATE = lazy(r"无效|不治|伤势过重|重伤去世|伤重")
"""In a death: it followed from injuries."""
TAKEN_IN = lazy(r"[^,。;]{0,3}(?:收治|接收|接诊|救治|救出|抢救)")
"""Behind 共: a hospital sums up, not the report."""
FROM = lazy(r"[由从][^,。;]{0,8}$")
"""Before a count: it is what was (由2人上升为3人)."""
AND = lazy(r"(?:和|与|及|以及|、)[^,。;]{0,3}")
"""Between two people or counts that belong together."""
LASTING = frozenset(("hospital", "ill", "trapped", "missing"))
"""Kinds that people can get out of again."""

ALSO = lazy(r"(?:还有|另有|外加|加上|再加)$")
NAMED = lazy(r"(?:姓[\u4e00-\u9fa5]的|叫[\u4e00-\u9fa5]{2,3}的)")
"""Around one more of a list (赵某、钱某，还有一个姓周的)."""
ALONE = lazy(r"(?:^|[,。;!? \n□])(?:一共|总共|少说|大概|估计|怎么|也|得|就|有|约|来了|送来了?|收了){0,4}$")
ALONE_END = lazy(r"(?:人|左右|吧|呢|了)?(?:[,。;!? \n]|$)")
"""Around a count that is a clause of its own (上吐下泻，三十多个，都在输液)."""
EVENT = lazy(
    r"[^在,]{0,6}?(?:宿舍|食堂|车间|井|厂|楼|宴上?|家里?|学校|幼儿园|工地|冷库|店|池|窖|沟)(?:里|内|下|上|发生|疑似|出现|突发)*"
    r"(?:(?:煤气|食物|硫化氢|氨气|氯气|一氧化碳|沼气|酒精)中毒|吃坏了?肚子)"
)
"""A clause that names an event with its place, and says nothing of the people before it."""
CLAUSE_END = lazy(r"[,。;:!?\n )]|$")
LISTED_END = lazy(r"(?:人员|[者的]|情况|病例)?(?=[,。;:!?\n )、和或及与]|$)")
"""Behind a harm of a list: so it ends, and tells of no number of its own."""
OUTBREAK = lazy(r"[^,。;\d]{0,2}(?:聚集|传开|扎堆|暴发|爆发|流行|疫情)")
"""Behind an illness: an event of it, nobody in particular."""
TOLD = lazy(r"(?:说|讲|称|回话|回电|告知|通报)(?:是|有|已|[^,。;:\d]{0,3})$")
AGAIN = lazy(r"(?:再说一遍|重复(?:一遍|一下)?|没错|确认过了?|再报一[次遍]|再发一[次遍])[,:。]?[^,。;\d]{0,4}$")
"""Before a figure: it is told a second time."""
"""Before a figure: somebody tells it."""
THEY = lazy(r"(?:^|[,的候 ])人(?:都|已经?|也|就|全)?$")
"""Before a death: those told of before (发现时人都硬了)."""
WATER = lazy(r"[水河江湖海塘溺船游]")
"""In a text: who does not come up is lost in water."""
