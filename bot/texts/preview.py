"""What is shown before something is said that can only be corrected afterwards."""

DECLARE = """*预览：{verb}{level}级响应*{citation}
{title}
事项：{matter}{figures}
级别：{level}级
预计期限：{expected}
处置措施{law}：{measures}
{reason?}
{needs?}
{note?}
{units}
{informed?}
{jointly?}
将以您的名义{acting}发出。发出后只能更正，不能撤回。"""
JOINTLY = "本级须共同决定，还差：{missing}。您同意后即请他们决定，都同意了才发布。"
EXPECTED_BLANK = "另行通知（可补写）"
NEEDS_REASON = "建议的是{proposed}级，须写明理由才能宣布。"
UNITS = "将通知{count}个单位：{names}{citation}"
UNITS_OPEN = "事件类别未定，本级按类别点名：宣布后请值班员选类别，再通知该类单位。"
UNITS_DOUBTFUL = "{names}还不知道是哪一个，宣布后请值班员选定。"
UNITS_NONE = "不通知单位。"
UNITS_UNBOUND = "其中{count}个没有联络员，由值班室打电话。"
INFORMED = "另告知{count}个单位，无需出动。"
CHOOSE = """*{level}级响应通知哪些单位*
已选{count}个，点一下选上或取消。"""
ORAL = """*代录口头决定*
{name}（{role}）{time}电话{what}{citation}，记录人{recorder}。
{title}
{reason?}
{units?}
{after}"""
ORAL_ANNOUNCED = "公布时注明“电话宣布，待补签”。发出后只能更正，不能撤回。"
ORAL_NOTED = "只记录，不公布；情况有变时会再次建议。"
ORAL_DECLINE = "答复暂不启动{level}级响应"
ORAL_DECLARE = "宣布{verb}{level}级响应"
ORAL_END = "宣布终止响应"
END = """*预览：终止{level}级响应*{citation}
{title}
终止条件（逐项确认）：
{conditions}
{assessed?}
{not_yet?}
{reason?}
{open?}
将以您的名义发出。发出后只能更正，不能撤回。"""
END_CONFIRMED = "☑ {text}{citation}（{name} {time}确认）"
END_UNCONFIRMED = "☐ {text}{citation}"
END_ANY = "以下有其一即可："
END_ASSESSED = "评估：{assessed_by}：{names}"
END_NOT_ASSESSED = "评估：{assessed_by}，还没有记下是谁，请发：/end 评估 姓名"
END_NOT_YET = "还有条件没有确认，逐项确认后才能终止；确需提前终止的，由有权的人写明理由：/end 理由"
END_PLAIN = """*预览：结束事件*（未启动响应）
{title}
{reason?}
{open?}
发出后不能撤回。"""
END_OPEN = "终止后仍要报：{items}"
OPEN_ITEM = "{name}（{due}）"
REASON = "理由：{reason}"
