"""What befell those of whom a stretch of a clause tells, with what hangs on the words beside them."""

from __future__ import annotations

import re

from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, Lots, lots_of
from plans.intake.replacing import FILL

_ENDS: tuple[tuple[re.Pattern[str], Lot], ...] = (
    (lazy(r"[没死]了的(?=[\d一两二三四五六七八九十俩仨])"), "dead"),
    (lazy(r"(?:^|[班级村楼里上船车库队组线间堂厂沟家庄院])没了(?=[\d一二两三四五六七八九十俩仨])"), "dead"),
    (lazy(r"(?:^|[^\u4e00-\u9fa5]|人|工|生)?[死亡](?=$)|^[死亡](?!的|活|守|机|等)"), "dead"),
    (lazy(r"伤$|^伤(?!的|员|者|口|势|情|心)|(?:伤[员者号])"), "hurt"),
    (lazy(r"^轻(?:的|伤)?$"), "hurt"),
    (lazy(r"^重(?:的|伤)?$|(?<=[,、])?重$"), "grave"),
)
_IN_CARE = lazy(
    r"(?:院|诊所|急诊|外科|内科|儿科|门诊|医务[室科点]|卫生[院室所]|病房|科)[^,。;!?\n\d]{0,6}(?:[收接送住来躺]|登记|救治|留)|"
    r"(?:[收接送]治|接诊|就诊|送医|住院|挂水|输[液氧]|透析|吊水|[贴擦涂][^,。]{0,2}(?:膏药|碘伏|药水|红药水)|躺)"
)
_FETCHED = lazy(r"(?:车|120|船|艇|先|又|帮)[^,。]{0,4}拉(?:了|走|来|去|到|回|的)?")
_ON_THE_SPOT = lazy(r"(?:^|[个人名位的俩仨都全])当场$")
"""All that is said of somebody: 男的当场."""
_NO_ANSWER = lazy(r"[叫喊]不(?:应|醒|动)|[叫喊]了?[^,。]{0,3}(?:没|不)(?:应|答|反应)")
_THING_GONE = lazy(
    r"(?:(?<![半来])路|[桥房墙车船树屋楼门窗堤坝田电水网货钱])没了(?![\d一二两三四五六七八九十俩仨]{1,3}[个人名位])"
)
_TESTED = lazy(r"确诊|(?<![太朝沈洛安贵富衡濮])阳(?:性|了)?(?=[\d一二两三四五六七八九十]|$)")
_MUCH = lazy(r"(?<=[咳吐疼痛晕难受拉烧烫喘呛痒热闷])得(?:都|快)?不行了?")
"""How much somebody suffers, who is not dying: 咳得不行."""
_LIMB_GONE = lazy(r"(?:腿|手|胳膊|脚|眼睛?|腰|手指|指头)[^,。;]{0,2}(?:不行了|没了|没保住|保不住)")
_ABSENT = lazy(
    r"没在|不在(?!了)|在家|上[夜白大小]班|没来|请假|没去|没吃|没下[去井水]|没上车|出去了|在外|躲过|没喝|没沾|没动筷|回家|回了|离[开院]|自己[^,。]{0,2}走(?!不)|"
    r"疏散|转移|安置|撤[了离出走]"
)
VERBS = "雷?劈|烫|烧|燎|砸|撞|扎|划|咬|摔|捅|砍|刺|蹭|刮|绊|崩|炸|电|绞|轧|碾|剐|顶|踩"
_STRUCK = lazy(
    rf"[被让给叫遭挨][^,。;!?\n\d]{{0,7}}?(?:{VERBS}|打)(?:到|了|着|伤|倒|翻|飞)+(?![^,。]{{0,3}}[车门窗墙树杆牌棚屋房顶灯机柜货山])"
)
STRIKING = lazy(rf"(?:{VERBS}|打伤)(?:到|了|着|伤|倒|翻|飞)*$")
"""Right before those whom it befell: 撞了两个老人."""
STRUCK = lazy(rf"^(?:也|就|都|自己|直接|被|让|给)*(?:{VERBS})(?:到|了|着|伤|倒|翻)+$")
"""Behind those whom it befell: 老板烫了."""
_FLED = lazy(r"跑了|逃|肇事|溜了")
_RESCUED = lazy(r"解救")
_CHOKED = lazy(r"(?:呛|熏)(?:了|着|到|倒|晕)*(?:一|两|几)?(?:口|下)?")
_UNSEEN: tuple[tuple[re.Pattern[str], Lot], ...] = (
    (lazy(r"(?:^|[\d个人名位余他下的还正都仍])在(?:找|搜(?:寻|救)?|打?捞)(?:着|呢)?$"), "lost"),
    (lazy(r"(?<![没不掏挖救扒刨弄拉抬跑爬逃走钻游捞])出来(?=[\d一两二三四五六七八九十俩仨])"), "out"),
    (
        lazy(
            r"(?:还|剩|仍|倒|躺|趴)[^,。;]{0,7}?(?:在|倒|躺)(?:了|在)?(?:里[头面边]?|底下|下[面头]|井下|[池坑窖井罐][里底]下?)(?:面|头|了)*$"
        ),
        "held",
    ),
    (lazy(r"没(?:了|有)?动静"), "lost"),
    (lazy(r"(?:^|[班级村楼里上船车库队组线间堂厂])少了(?=[\d一二两三四五六七八九十俩仨])"), "lost"),
    (lazy(r"(?:在|站|趴|蹲|爬|上了?)[^,。;]{0,6}[房屋车楼船树][顶盖杈]上?(?:面)?(?:等|还没|没人?接|下不)"), "held"),
    (lazy(r"[个人名位俩仨](?:还|仍|都)?(?:在|留)[^,。;\d]{0,3}[里上下][面头边](?:了|呢)?$"), "held"),
    (
        lazy(
            r"敲(?:着|打)?(?:管|钢管|铁管|水管|墙|壁|铁)|(?:有|听[到得]见?)(?:回声|回应|应答|敲击声)|挂着(?![^,。]{0,2}(?:水|吊|瓶|彩|氧|点滴|针))"
        ),
        "held",
    ),
)
"""Of those whom nobody has reached yet."""
_NOT_OUT = lazy(r"[没未]能?[^,。;\d]{1,2}[出上]来$")
"""还没拔出来."""
_WOUND = lazy(r"重伤|伤[势情得的]|伤重")
_HUNG = lazy(r"(?:胳膊|手|手臂|膀子|腿)[^,。]{0,3}(?:吊着|压着|夹着|打着)")


_TREATED = lazy(r"正(?:在)?(?:救治|抢救|医治)")
_CAME = lazy(
    r"(?<![没未不能掉摔坠滚滑抬送拉])(?:[跑逃走爬冲挤跳撤疏](?:下|出|上|离)(?:来|去)?|下来|出来|撤出)(?:了|的|有|就)?(?=[\d一二两三四五六七八九十俩仨]|全|$)"
)
"""下来四个: they are no longer where it happened."""
_FAINTED = lazy(r"低血糖[^,。]{0,6}好了")
_MOVED_AWAY = lazy(
    r"(?<![没未不待需要])(?:疏散|转移|安置|撤离|撤[到回至]|转乘|走空)|往[^,。;]{1,5}撤|点[过了]名[^,。;]{0,2}都?在|(?:正常|完好)$"
)
"""Who was led or went away is no longer where it happened."""
_NOTHING = any_of("groups", "nothing")
"""Words of harm that are said of things, animals and sights (脚手架, 烧死羊11只, 校车叫渣土车顶了)."""


def befell(words: str, at: int = 0, *, counted: bool = True) -> Lots:
    """What befell those of whom words tell; ``counted``: a number of people stands in or beside them."""
    words = _NOTHING.sub(lambda match: FILL * len(match[0]), words)
    lots = dict(lots_of(_MUCH.sub(lambda much: FILL * len(much[0]), words), at))
    if "ill" in lots and (fetched := _FETCHED.search(words)) and not lots_of(_FETCHED.sub("", words)).get("ill"):
        del lots["ill"]
        lots.setdefault("care", at + fetched.start())
    if "ill" in lots and "hurt" in lots and "hurt" not in lots_of(_CHOKED.sub("□", words)):
        del lots["hurt"]  # 呛了4个
    if "lost" in lots and (called := _NO_ANSWER.search(words)) and "care" in lots:
        del lots["lost"]
        lots.setdefault("care", at + called.start())
    if "held" in lots and _TREATED.match(words, lots["held"] - at):
        del lots["held"]
    if "hurt" in lots and "轻症" in words and not lots_of(words.replace("轻症", "□□")).get("hurt"):
        del lots["hurt"]
        lots.setdefault("care", at + words.index("轻症"))
    if "grave" in lots and "轻重伤" in words:
        del lots["grave"]
        lots.setdefault("hurt", at + words.index("轻重伤"))
    if "ill" in lots and (over := _FAINTED.search(words)):
        lots = {"well": at + over.start()}
    if "lost" in lots and _FLED.search(words):
        del lots["lost"]
        lots.setdefault("well", at)
    if "ill" in lots and _RESCUED.search(words):
        del lots["ill"]
        lots.setdefault("out", at)
    if "out" in lots and "held" in lots and _NOT_OUT.search(words):
        del lots["out"]
    if "held" in lots and (hung := _HUNG.search(words)):
        del lots["held"]
        lots.setdefault("hurt", at + hung.start())
    if "dead" in lots and _THING_GONE.search(words):
        del lots["dead"]
    if "dead" in lots and _LIMB_GONE.search(words):
        del lots["dead"]
        lots.setdefault("hurt", at)
    if not lots and counted and (moved := _MOVED_AWAY.search(words)):
        lots["out"] = at + moved.start()
    if not lots and counted and (came := _CAME.search(words)):
        lots["out"] = at + came.start()
    if not lots and counted and (absent := _ABSENT.search(words)):
        lots["well"] = at + absent.start()
    if not lots and (spot := _ON_THE_SPOT.search(words)):
        lots["dead"] = at + spot.start()
    if not lots and (struck := _STRUCK.search(words)):
        lots["hurt"] = at + struck.start()
    if "grave" in lots and "hurt" not in lots and _WOUND.search(words):
        lots["hurt"] = lots["grave"]
    if not counted:
        return lots
    for pattern, lot in _ENDS:
        if not lots.keys() & {"dead", "hurt", "grave", "well"} and (match := pattern.search(words)):
            lots[lot] = at + match.start()
    for pattern, lot in _UNSEEN:
        if not lots and (match := pattern.search(words)):
            lots[lot] = at + match.start()
    if not lots and (tested := _TESTED.search(words)):
        lots["ill"] = at + tested.start()
    if not lots and (care := _IN_CARE.search(words)):
        lots["care"] = at + care.start()
    return lots
