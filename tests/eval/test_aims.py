"""The aims of intake, held against the labelled texts of ../shared/eval where they are."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


def load_run():
    spec = importlib.util.spec_from_file_location("intake_eval_run", RUN)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_the_aims_are_met():
    run = load_run()
    gold = [json.loads(line) for line in (run.FOLDER / "intake_dev.jsonl").read_text("utf-8").splitlines()]
    rows = {item["id"]: run.predict(item["text"]) for item in gold}
    figures = run.scorer().score(gold, rows)
    assert figures["dead"]["strict"] >= 96
    assert figures["injured"]["strict"] >= 96
    assert figures["category"]["strict"] >= 92
    assert figures["time_text"]["strict"] >= 85
    assert figures["place_text"]["strict"] >= 70
    right = sum(all(rows[item["id"]][field] == item[field] for field in run.FACTS) for item in gold)
    assert right / len(gold) >= 0.85
    invented = sum(figures[field]["invented"] for field in run.FACTS)
    assert invented <= 0.01 * len(gold) * len(run.FACTS)
    for tag in ("sum", "implicit", "update"):
        tagged = [item for item in gold if tag in item["tags"]]
        hits = sum(all(rows[item["id"]][field] == item[field] for field in ("dead", "injured")) for item in tagged)
        assert hits / len(tagged) >= 0.8, tag


def test_it_says_so_where_there_is_nothing_to_measure(tmp_path, monkeypatch, capsys):
    run = load_run()
    monkeypatch.setattr(run, "FOLDER", tmp_path)
    monkeypatch.setattr("sys.argv", ["run.py"])
    assert run.main() == 0
    assert "nothing measured" in capsys.readouterr().out


@pytest.mark.shared
def test_messages_of_chats_are_read_and_nothing_false_is_shown():
    spec = importlib.util.spec_from_file_location("chat_eval_run", RUN.with_name("chat.py"))
    assert spec is not None and spec.loader is not None
    chat = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chat)
    figures = chat.measured()
    assert figures["false"] <= 0.01 * figures["shown"]
    assert figures["six"] >= 0.85 * figures["reports"]
    assert figures["updates right"] >= 0.85 * figures["updates"]
    assert figures["clean"] == figures["chatter"]
    assert figures["category"] >= 0.9 * figures["reports"]
