"""docs/contract.md is true: each shape in it is what is really printed, and every command for machines is in it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from bot.cli.application import application
from bot.clock import SHANGHAI
from bot.scenario import form as scenario
from bot.scenario.base import Kind
from bot.scenario.expecting import Status
from tests.bot.cli import shapes
from tests.bot.cli.conftest import CAMPUS, Tocsin
from tests.bot.cli.test_desk import keep_log
from tests.bot.cli.test_desk_instructions import keep_instructions
from tests.bot.cli.test_duties import open_books
from tests.bot.cli.test_help import paths
from tests.bot.cli.test_line import gone_up_in_vain
from tests.bot.cli.test_people import SCHOOL, rejected, warned
from tests.bot.cli.test_stats import counted
from tests.bot.cli.test_webhook import PLACE, TOKEN, URL, given_up

REPOSITORY = Path(__file__).resolve().parents[3]
TEXT = (REPOSITORY / "docs" / "contract.md").read_text(encoding="utf-8")


def sections() -> Iterator[tuple[str, Any]]:
    for section in TEXT.split("\n## `tocsin ")[1:]:
        heading, _, body = section.partition("`\n")
        words = itertools.takewhile(lambda word: re.fullmatch(r"[a-z]+|--policy", word), heading.split())
        yield " ".join(words), json.loads(body.split("```json\n")[1].split("```")[0])


DOCUMENT = dict(sections())
"""Shapes by command, without its arguments: ``plans list``, ``simulate --policy``."""


def is_date(value: Any) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


WORDS: dict[str, Any] = {
    "text": str,
    "name": shapes.some,
    "whole": shapes.whole,
    "number": (int, float),
    "flag": bool,
    "time": shapes.moment,
    "date": is_date,
    "duration": shapes.span,
    "null": None,
}


def holds(value: Any, shape: Any, where: str = "$") -> None:
    """Assert that a value has a shape of the document, with exactly the keys that it names."""
    if isinstance(shape, list):
        assert isinstance(value, list), f"{where}: {value!r} is no list"
        for number, item in enumerate(value):
            holds(item, shape[0], f"{where}[{number}]")
    elif isinstance(shape, dict):
        assert isinstance(value, dict), f"{where}: {value!r} is no object"
        keyed(value, dict(shape), where)
    elif shape != "any":
        shapes.holds(value, tuple(WORDS.get(word, word) for word in shape.split(" | ")), where)


def keyed(value: dict[str, Any], shape: dict[str, Any], where: str) -> None:
    any_key = next((shape.pop(key) for key in list(shape) if key.startswith("<")), None)
    more = shape.pop("…", None) is not None or any_key is not None
    named = {key.removesuffix("?").removesuffix(" | null"): (key, inner) for key, inner in shape.items()}
    for name, (key, inner) in named.items():
        if name not in value:
            assert key.endswith("?"), f"{where} lacks {name}"
        elif value[name] is not None or not key.endswith(" | null"):
            holds(value[name], inner, f"{where}.{name}")
    others = value.keys() - named.keys()
    assert more or not others, f"{where}: {sorted(others)} are not in the document"
    for name in others if any_key is not None else ():
        holds(value[name], any_key, f"{where}.{name}")


PLANS = sorted(path.stem for path in (REPOSITORY / "plans" / "data").glob("*.yaml"))
SCENARIO = REPOSITORY / "tests" / "scenarios" / CAMPUS.id / "stampede.yaml"
STORM = REPOSITORY / "tests" / "bot" / "exchange" / "storm.xml"
NIGHT = "昨晚8点城北小学食堂三十余人呕吐，2人重伤，无人死亡，至少3人失联，还有人被困"
ORDER = ("--by", "孙管理", "--reason", "本人申请", "--yes")

WITHOUT_DATABASE = [
    ("plans list",),
    *[("plans show", plan) for plan in PLANS],
    ("plans lint", "--all"),
    *[("plans check", plan) for plan in PLANS],
    *[("plans coverage", plan) for plan in PLANS],
    ("plans calendar",),
    ("plans diff", *PLANS[:2]),
    ("plans diff", *PLANS[2:4]),
    *[("plans clause", CAMPUS.id, number) for number in ("4.1.2", "2.1", "1")],
    ("read", NIGHT),
    ("read", "有情况"),
    ("read", "食堂疑似食物中毒，演练", "--plan", CAMPUS.id),
    ("read", "高考题泄露，不是大规模静坐，可能是诺如", "--plan", "linan-campus"),
    ("warn read", "区气象台解除暴雨橙色预警，发布雷电黄色预警：预计未来3小时城关镇有雷电"),
    ("warn read", "会不会发布暴雨红色预警", "--plan", CAMPUS.id),
    ("warn read", str(STORM), "--plan", "jincheng-water-rescue"),
    ("warn check", str(STORM)),
    *[("classify", "--plan", plan, "--text", NIGHT) for plan in PLANS],
    ("classify", "--plan", "shanting-overall", "--text", "森林火灾，3人死亡"),
    ("classify", "--plan", CAMPUS.id, "--facts", '{"deaths": 1, "injuries": {"at_least": 3}}'),
    ("classify", "--plan", "jincheng-water-rescue", "--facts", '{"visibility_m": 450}'),
    ("phone", "消防"),
    ("who", "燃气"),
    ("simulate", str(SCENARIO)),
    ("simulate --policy",),
    ("drill list",),
    ("drill check", str(SCENARIO)),
    ("directory conflicts",),
    ("duties list",),
    *[("duties list", "--plan", plan) for plan in PLANS],
]


@pytest.mark.parametrize("words", WITHOUT_DATABASE, ids=lambda words: " ".join(words[:3]))
def test_what_is_printed_has_the_shape_of_the_document(tocsin: Tocsin, words: tuple[str, ...]):
    command, *given = words
    ran = tocsin(*command.split(), *given, "--json")
    assert ran.status in (0, 1), ran.err
    assert ran.json, "there is something to look at"
    holds(ran.json, DOCUMENT[command])


def test_what_is_on_record_has_the_shape_of_the_document(
    tocsin: Tocsin, database: Path, monkeypatch: pytest.MonkeyPatch
):
    """One database, from its first incidents to its restoration."""

    def printed(command: str, *words: object) -> Any:
        ran = tocsin(*command.split(), *words, *([] if command == "people export" else ["--json"]))
        assert ran.status in (0, 1), ran.err
        assert ran.json, f"{command} has something to look at"
        holds(ran.json, DOCUMENT[command], command)
        seen.add(command)
        return ran.json

    seen: set[str] = set()
    official = Path("official.txt")
    official.write_text("4.1.2 事故信息报告\n接到报告后三十分钟内报告。\n", encoding="utf-8")
    printed("plans text", CAMPUS.id, official)
    printed("incidents list")
    printed("incidents show", "1")
    checkpoint = printed("audit checkpoint")
    Path("sealed.json").write_text(json.dumps(checkpoint), encoding="utf-8")
    printed("audit verify", "--checkpoint", "sealed.json")
    printed("people check")
    made = printed("token add", "110平台", "报告", CAMPUS.id)
    again = printed("token add", "110平台", "报告", CAMPUS.id, "--replaces", made["id"])
    assert again["id"] == made["id"] and again["token"] != made["token"]
    assert tocsin("token", "add", "119平台", "报告", CAMPUS.id, "--replaces", made["id"]).status == 2, "another's"
    printed("token list")
    printed("token revoke", made["id"], "--by", "孙管理")
    monkeypatch.setenv("TOCSIN_TOKEN", TOKEN)
    made = printed("webhook add", URL, *PLACE)
    tocsin("webhook", "test", made["id"])
    given_up(database)
    printed("webhook list")
    printed("webhook dead")
    tocsin("line", "offer", CAMPUS.jurisdiction.name, "晋城市", "市委")
    [line] = printed("line list")
    gone_up_in_vain(database, line["id"])
    printed("line dead")
    printed("people export", SCHOOL)
    printed("directory export", "all.csv")
    head = "地区,预案,单位,类别,号码,预案号码,日期,说明"
    row = f"{CAMPUS.jurisdiction.name},{CAMPUS.id},区消防救援大队,值班,0356-2000001,0356-3086119,,已迁新址"
    Path("in.csv").write_text(f"{head}\r\n{row}\r\n", encoding="utf-8-sig")
    printed("directory import", "in.csv", "--yes")
    day = datetime.now(SHANGHAI).date().isoformat()
    Path("roster.csv").write_text(f"日期,班次,主班\n{day},全天,赵值班\n十一月,,李值班\n", encoding="utf-8")
    printed("roster import", "roster.csv", "--plan", CAMPUS.id, "--yes")
    printed("roster show", "--plan", CAMPUS.id)
    printed("roster export", "roster.ics", "--plan", CAMPUS.id)
    printed("roster now")
    place = ("--jurisdiction", CAMPUS.jurisdiction.name)
    Path("schools.csv").write_text("学校名称,所属镇街,校长\n凤鸣小学,北石店镇,李校长\n,北石店镇,\n", encoding="utf-8")
    printed("bodies import", "schools.csv", *place, "--yes")
    printed("bodies show", *place, "--area", "北石店镇、某乡")
    printed("bodies export", "out.xlsx", *place)
    printed("bodies undo", *place, "--yes")
    warned(database)
    printed("warn list")
    open_books(database)
    printed("duties show", "--plan", CAMPUS.id)
    keep_log(database)
    printed("desk log", "--from", "2026-03-01")
    printed("desk handover", "--from", "2026-03-01")
    keep_instructions(database)
    printed("desk instructions", "--from", "2026-03-01")
    counted(database)
    printed("stats", "--period", "2026", "--plan", CAMPUS.id)
    rejected(database)
    printed("audit erase", "real", *ORDER)
    printed("people erase", SCHOOL, *ORDER)
    printed("db backup", "copy.db")
    printed("db restore", "copy.db", "--overwrite")
    printed("db settle")
    tried = seen | {words[0] for words in WITHOUT_DATABASE}
    assert tried == set(DOCUMENT), "every command of the document is tried"


def test_every_command_for_machines_is_in_the_document():
    root: Any = typer.main.get_command(application())
    for_machines = set()
    for words in paths(root):
        command = root
        for word in words:
            command = command.commands[word]
        if any("--json" in parameter.opts for parameter in command.params):
            for_machines.add(" ".join(words))
    assert for_machines == set(DOCUMENT) - {"simulate --policy"}


def test_what_a_step_can_do_is_in_the_document():
    said = re.search(r"A step does one of: (.*?), or only looks \(`expect`\)", TEXT, re.DOTALL)
    assert said is not None
    assert {*re.findall(r"`(\w+)`", said[1]), "expect"} == set(get_args(scenario.Do))
    assert f'"kind": "{" | ".join(get_args(Kind))}"' in TEXT
    assert f'"status": "{" | ".join(get_args(Status))}"' in TEXT


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"a": 1, "b": 2}, {"a": "whole"}),
        ({}, {"a": "whole"}),
        ({"a": None}, {"a": "whole"}),
        ({"x": ""}, {"<key>": "name"}),
        ("other", "one | null"),
        ([1, "a"], ["number"]),
    ],
)
def test_what_is_not_so_would_be_found(value: Any, shape: Any):
    with pytest.raises(AssertionError):
        holds(value, shape)
