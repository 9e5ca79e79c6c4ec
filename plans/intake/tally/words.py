"""What a clause of an account of units is made of: names of units, words between a unit and its number, asides."""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.words import PERSON

_BETWEEN = "(?:个人|[个人名位例])"


def _any(words: str) -> str:
    """The words of a text, apart by blanks and line ends, as alternatives."""
    return "|".join(words.split())


N = r"(?:\d{1,4}|[一二两三四五六七八九十百廿卅]{1,4}|[俩仨])"
_CARE = _any(
    """(?:我们?|咱们?|本|兄弟|隔壁)院 医院 卫生院 卫生所 卫生室 诊所 医务室 校医室 保健室 门诊部? 急诊科?
    急救中心 [一二三四五六七八九]院 附院 省院 市院 县院 区院 [省市县区]?[人中]医 妇保 职防院 卫生站 某科 某中心
    妇幼(?:保健院|院)? 医疗点 救护站 ICU [内外儿骨]科 烧伤科"""
)
_AT_HOME = r"[市县省区镇][里上]|(?<![\u4e00-\u9fa5])家里?|路上"
_CLASS = (
    r"班|年级|[初高大][一二三四]|[七八九]年|寝室|宿舍|\d{3}|[一二三四五六七八九][小中]|[小中大]学|高中|职高|幼儿园|校"
)
_CAR = _any("大巴 中巴 大客 面包 皮卡 摩托 三轮 公交 轿车 出租 车 厢 那辆 [前后][面头] 船 艇")
_VILLAGE = r"[崖坎嘴垴峪村庄屯寨营坝埠岗岭坪坡湾沟乡镇县坳垭垸圩梁塬铺集堡冲洼畈塘滩]|街道|社区|市区|城里"
_OTHER = (
    r"[趟拨批团队组楼栋幢厂店岸区桌座层屋户科部摊点矿井段路口边侧头街]|派出所|公安|车间|单元|小区|工地|[A-Z]|吊厢|电梯"
)
UNIT = lazy(rf"(?<![那几各]个)(?:{_CARE}|{_AT_HOME}|(?<![上值加])(?:{_CLASS})|{_CAR}|{_VILLAGE}|{_OTHER})$")
"""The end of a name of a unit."""
_PEOPLE = _any(
    r"""[\u4e00-\u9fa5]{1,2}工 教职?工 教职员工? 老师 教师 学生 家长 大人 孩子 小孩 娃娃? 保育员 阿姨 厨师 厨工
    工人 工友 保安 门卫 护工 护士 医生 乘客 司机 行人 路人 群众 村民 居民 游客 队员 教练 校外人员 后勤 食堂 职工
    员工 旅客 船员 顾客 业主 租户 保洁 宿管 校工 大爷 大妈 大叔 门岗 师傅 老太太? 老人 孕妇 [骑陪][^,。]{1,3}的
    [开坐]车的 路过的 看热闹的 救火的 拉架的"""
)
GROUP = lazy(rf"(?:{_PEOPLE})$")
"""The end of a name of people who are told of like a unit (老师2人, 骑电动车的1个)."""
SORTS = {
    "care": lazy(rf"(?:{_CARE}|{_AT_HOME})$"),
    "class": lazy(rf"(?:{_CLASS})$"),
    "car": lazy(rf"(?:{_CAR})$"),
    "village": lazy(rf"(?:{_VILLAGE})$"),
    "group": GROUP,
}
"""Sorts of unit; those of any other name are one more."""
NO_NAME = lazy(
    r"[的在了着把被让从到就都没那这谁](?![组班])|人(?![民医])|[^\u4e00-\u9fa5A-Za-z\d()#]|(?<!\d)[几各每全本同](?!\d)"
    rf"|^{N}[辆个家所处台条只]|一共|总共|合计|[死伤困翻掉撞塌炸砸坠跳滑摔]|失踪|失联|新发|累计|治愈|返校|在治|停课|下井|脱险|住院"
)
"""What has such a character in it is prose, and no name of a unit."""
THERE = lazy("(?:那边|这边|那头|这头|那里)(?:有|也|的|还|又|是|了)*$")
"""Behind a unit of any name."""
PLAIN = lazy(
    "(?![其共合一总累轻重死伤受住出男女老儿大小目现新治疑确无当学司乘病患救获转疏被失还另有剩就又再都全只不没今昨上下前后已约近至最超第"
    "每各这那我他她你咱俺车船来去送抬拉搜挖找打报收完算作在])"
    rf"[\u4e00-\u9fa5]{{2,4}}{N}{_BETWEEN}?"
)
"""白河5人: nothing but a name and a number."""
EACH = lazy("各|几个|均[为是系]|都是")
"""Where names bear out each other, it is said of each."""
HEADED = lazy(
    "(?!时间|地点|原因|情况|起因|事件|事故|单位|症状|伤情|报告|消息|汇总|统计|如下|通知|快报|续报|最新|目前|各|大家|重复|再|补|更|说|通|另|注|备|现|不|没|请|收到|报|据|经|其)[\u4e00-\u9fa5A-Z\\d]{2,5}"
)
"""Before a colon: a unit of any name, where no other words stand before it."""
LEAD = lazy(
    r"(?:[市县乡镇村][里上下]的|其[他余]的?|其中|转|目前|现在|刚才?|汇总一?下?|各[^,。:]{1,5}(?:报上?来?的?|情况)|报上来|情况|另外|再有|然后|还有|另有|以及|加上|连同"
    r"|像|有|[和及与跟])+:?"
)
SAYING = lazy(r"^[^,。;:\d]{1,7}?(?:说|报|讲|称|反映|登记)(?:的)?(?:是)?")
GAP = lazy(
    "(?:"
    + _any(
        """电话 手机 某 那头 这头 自己 自行 走来 冒出来 多了 添了 加起来 寝室 宿舍 处理完? 放走 看完 回去 在
        没去 没来 没送 那边 这边 那里 这里 里头? 里面 当中 上 内 目前 现在 刚才? 已经? 先后 共计? 总共 一共 累计
        合计 [接收救]诊 收治伤员 收治 收下 收 接 来 到 住院? 送来 送去 送到 拉来 拉走 拉去 接走 带走 留下 留 就
        才 只 送 报告 上报 登记 统计 反馈 报 说 讲 是 有 的 了 着 : 伤员 病人 患者 病号 病例 学生 人员 人数 孩子
        也 都 还 又 另 最新 核实 确认 查出 查到 发现 出现 各 给 处理 包扎 观察 留观 急诊 门诊"""
    )
    + "| )+$"
)
"""Words between a unit and its number."""
MORE = lazy("外带|连带|还有|另有|另外|另|外加|再加|加上|以及|此外")
REST = lazy("其[余他]的?$")
ALSO = lazy("也(?:都|跟着)?(?:倒|晕|吐|拉|中毒|中招|难受|不舒服|伤|烧|咳)")
_WITHIN = "(?:里头?|里面|当中|之中|中(?![毒暑招弹枪刀风医班学]))"
AMONG = lazy(
    rf"(?P<back>(?:那(?P<n>{N}){_BETWEEN}?|(?P<m>{N}){_BETWEEN}){_WITHIN}(?:有|的)?)"
    r"|^里有?|其中|里头|里面|当中|之中|(?:内|包)含|包[括含]|含(?=\d|[一二两三四五六七八九重轻危])"
)
"""What follows is of those just told."""
IN_THEM = lazy("^(?!其中|里).+(?:里头?|里面|当中|之中)[也都]?有?$")
WITHIN = lazy(
    rf"(?<![那\d一二两三四五六七八九十百])(?:{N}){_BETWEEN}(?=(?:其中|里头?|里面|当中)[有是的]?(?:{N}|[重轻危]))"
)
"""县医院6个里头2个重的: behind the number a part begins."""
ASIDE = lazy(
    r"(?<![算看])不(?:能|应|该|要|用)?算(?!数|大|太|很|小|多|少|严重|重|高|上|完|了|是)|剔[掉除出]|扣[掉除去]|刨[掉除去开]"
    r"|抠掉|拿掉|去掉|划掉|减掉|减去|除外|不作数|不计(?:入|在)?|重复(?:登记|统计|计数?|上报|报|算|录入|填|接龙|的?$)"
    r"|[两俩][边头](?:都[登报算记写]|重)了?|[算登报记]了?[两2][次遍回]|[登报算记]重(?!伤|症|的)了?|同一个人|不是这[起次回边场趟批车事]|^不是[^,。;]{1,4}的$|[与跟和][^,。;]{1,6}无关|不属于?这"
)
"""Somebody is not to be counted."""
ITSELF = lazy("^(?:其中|里[头面]?|当中|有|另|还|后来[说讲]|那|这|他们|她们|但|不过|可|刚?问清楚|报的|说是|[, ])*$")
"""Before those who are not to be counted: they are of those just told."""
JOINED = lazy(
    rf"(?:外带|外加|另加|再加|连带|加上?)(?=(?:{N})(?:个人|[个人名位例]))"
    r"|(?<=\d)(?=(?!号)[\u4e00-\u9fa5]{1,5}(?:班|院|村|组|楼|车|小|中|科)[\d无没零])"
)
"""4班2个外带1个老师, 大班4中班2: a clause begins there, also without a mark."""
CLASS = lazy(r"\((?P<n>[一二三四五六七八九十\d]{1,2})\)(?=班)")
"""The brackets of 初二(4)班."""
MOVED = lazy("转(?:来|过来|过去|去|入|走|下来|上来|到)")
THEY_ARE = lazy("^[^,。;]{0,6}?(?:是|系|属|查出来)")
"""Behind a number: who they are."""
NO_MORE_OF_IT = lazy("别再?重复|不要重复|勿重复|别再加|不是新的|没重复|不重复")
COUNTS = lazy("(?:也|都|要|得|一并|一起)+[得要给该应]?[算计](?:上|进|入|伤|数|在内)?|算上|计入")
"""They are counted: 也算, 要算上."""
HELD_IN = lazy(
    "已经?[含包][括含]?(?:他们|她们|进去|在内)|已?在[^,。;]{1,6}(?:计|登记|算|统计|报)过|"
    r"(?:已经?|都|也|就|早)?[给被]?(?:算|计|含|包|统计|报)[在进入到]+[^,。;\d一二两三四五六七八九十俩仨]{0,6}?"
    rf"(?:(?P<n>{N}){_BETWEEN}?(?:{_WITHIN}|内)?|{_WITHIN}|内|去)了?"
)
"""已算在死的3个里: they are told of already."""
TOTAL = lazy(
    r"^[^,。;\d]{0,4}?(?:一共|总共|共计|合计|总计|加起来|加一起|拢共|累计|全部|共|实际上?|剩下?|那就?是?|所以|就是|也就是"
    r"|总数|现在算|实打实|净|真正)(?:是|有|为|只有|就|算|应该|共|合计|:)*$"
)
"""Before a number: it is what all come to."""
LESS = lazy("(?:扣除|剔除|去掉|刨除|刨去|刨掉|减去|扣掉|除去)(?:之?后|以后|了|,)?(?:是|为|有|剩|就|还有|还|实际)*$")
"""Before a number: so many are left of those told of (扣除后8个)."""
LEFT = lazy("^(?:剩下?|余下|其[余他])")
NOTHING = lazy(_any("没有 没 无 零 0人 平安 正常 安好 都好 好好的 都在 齐了 一个不少 安全"))
NOT_TO_BE_TOLD = lazy("[别莫勿](?:往外|再|乱|去|瞎)?[说传写讲]")
HEADS = lazy("(?:的|者|人员|人数|情况|名单|名册|统计|数|数字|报告|汇总|如下)+$")
"""The end of a heading that names the harm of those below it."""
NOT_ONE = lazy(r"[一1]个?[人例]?[也都]?(?:没有?|无)(?=[^\u4e00-\u9fa5]|$|[了的])")
UNKNOWN = lazy(
    _any(
        """联系不上 失联 没联系上 打不通 没人接 不通 没消息 没信 没音 没报 没统计 没数 待报 未报 待核 在核
        不清楚 不知道 不掌握 在路上 去看了?"""
    )
)
"""Of a unit nothing is known."""
WRONG = lazy(
    r"[?]|改口|为准|对下来|口径(?:不|没)|不一致|对不上|有漏|有重有|出入|两个数|不统一|不对|错|更正|改为|纠正|可能|估计|大概|好像|怀疑|疑似|听说|据说|网上|传|谣|如果|万一|要是|以为|演练|模拟|假如|假设"
    r"|去年|前年|上次|上个?月|不是(?!新的|这|[^,。;]{1,4}的(?:[,。;]|$))|至少|以上|新增|增加|减少|较(?!重|轻)|比[昨上前]|[出获]院|康复|治愈|痊愈|救出|获救|脱险"
    r"|找[到着]|回来|抢救过来|缓过来|升|降|或者?|占|[百千]分|%|倍|各(?:有)?\d|分别|每"
)
"""Beside such words the sum may be another one."""
SET_RIGHT = lazy(r"^[^\d,。]{0,6}(?:纠正|更正|订正)[^\d,。:]{0,8}[:,]")
"""Before all: the account that follows takes the stead of another one."""
SOMEBODY = lazy(r"[我他她俺咱](?!们)|自己|师傅|司机|老板|有[个位人名]|[\u4e00-\u9fa5]也")
NOUN = lazy(rf"(?:{PERSON})$")
MYSELF = lazy(
    r"(?:我|咱|本人|俺)[^,。;\d]{0,10}?(?:数|问|看|核|点|查|对|去|打听|统计)[^,。;\d]{0,8}?(?:是|就|才|只有|有|的|了)*$"
)
"""Before a number: the writer counted himself, against what others say."""
STILL = lazy("^(?:还|仍|依然|照旧)(?:然|旧)?是$")
"""Before a number: it is what was told before."""
PEOPLE_END = lazy(r" ?(?:个人|号人|[个人名例位口](?![间次天])|(?=[ ,。;!?、)]|$)|多?人)")
OF_THINGS = lazy(
    r"口(?=[井锅塘池])|个(?:多?(?:小时|月|星期|钟头|半(?:小时|月|天|年|钟头|星期|$))|市(?!民)|村(?!民)|"
    + _any(
        """井 收治点 处置点 医疗点 乡 镇 县 国家 家庭 地区 单位 楼 点 房间 学校 小区 车 班 团 队 厂 店 地方 组
        科 标段 部门 门 口 路口 院 寝室 宿舍 年级"""
    )
    + ")"
)
ABOARD = lazy(
    r"(?:就餐|涉餐|载客|核载|实载|载|坐了?|坐着|[车船机桥楼台]上|当时有|现场有|在场|[车船][上里]?拉了?|拉着|乘坐?|定员|应到|实到|全[班校村车船]|在校|投保|当班|入井"
    r"|下井|票卖了)$"
)
"""Before a number: so many were there."""
OF_CARE = lazy(
    rf"(?:{PERSON}|小?孩子?|[^,。;\d]{{0,5}}(?:诊所|医院|卫生[院室所]|医务室|家里?|宿舍|社区)|"
    + _any(
        """轻的? 轻伤 后 某 完 大人 学生 老人 老师 患者 病人 伤员 人 娃娃? 都 也 还 正 全 在 包扎完? 处理完?
        走了? 挂水 输液 打点滴 打吊瓶 吊水 吸氧 留观 观察 住院 治疗 没去 回家 回去 自己 打车 去 到 急诊 送 转 来
        看 也是 要?算上 要算 伤着 的 了 着 呢 吧 啊 哈 治 抢救 检查 拍片 伤者 不舒服 难受 !"""
    )
    + "| )*$"
)
"""What may stand behind a number of which the clause says no harm."""
OF_NOBODY = lazy(
    _any(
        """没症状 没反应 没发作 没发病 撤 疏散 转移 在场 出动 照常 上课 没吃 正常 安置 隔离 停课 排查 密接 灭火
        扑救 救援 支援 没事 安全 平安 好好的 自己回家"""
    )
)
"""Behind a number: they are none of those harmed."""
LIKE_HARM = lazy(
    r"(?P<serious>(?<=[个名位人])重的?$)|"
    rf"(?P<trapped>[困埋]着?了?(?={N}(?:{_BETWEEN}|$)))|(?P<ill>[吐拉泻晕烧咳倒病]|病倒|放倒)下?了?(?={N}(?:{_BETWEEN}|$))"
    rf"|(?:(?P<hurt>受?伤的)|(?P<dead>死的))(?=[^,。;\d]{{0,4}}{N}(?:{_BETWEEN}|$))"
)
"""Right before a number such a word says what befell so many."""
THE_HURT = lazy("(?<![没无])(?:伤的(?!是|不)|外伤)")
"""A list of them is headed so: 伤的分三家."""
BEASTS = lazy(r"[压砸淹冲闷烧冻]?[死伤]了?[羊牛猪鸡鸭鱼马驴狗]")
GRAVELY = lazy(r"重度|大面积|[都全]是?[很挺比较]*重的?$|重的?$|严重")
IN_CARE_ARE = lazy("^(?:住院|收治|就诊|送医|入院|留观)的(?=[\u4e00-\u9fa5])")
NAMED_SO = lazy("包扎|(?:烧伤|骨伤|创伤|急救|中毒|传染病)(?=医院|科|中心)")
ICU = lazy(rf"^ICU(?= ?(?:有|收了?|住了?)?{N})")
_ONE = _any("大爷 大妈 大叔 大娘 师傅 老太太? 孕妇 司机 老板娘? 房东 门卫 厨师 保安 护工 阿姨 保育员 校医 船老大")
SOMEONE = lazy(rf"(?P<who>{_ONE})(?:自己|本人)?也?$")
"""Before a harm without a number, behind 还有 or with 也: one person more."""
CAME = lazy("来|到|赶|在")
OF_ALL = lazy("都|全|均|个个")
OF_ALL_UNITS = lazy("(?:这|那|以上|上述|他|她)们?些?(?:人|伤者|病人)?(?:里|当中|中)")
OTHERS = lazy(rf"(?:{_PEOPLE})(?!们)")
"""Right behind a number: people who are told apart (两个老师拉肚子)."""
REPORTED = lazy("[报说讲称]|登记|统计")
