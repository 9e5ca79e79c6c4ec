"""Measure the reading of messages as people type them, with ../shared/eval/chat_dev.jsonl.

`python tests/eval/chat.py [-v] [--out FILE]`: predictions in the shape of score_chat.py, which is then run on them.
Where the folder is absent this says so and exits with 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "eval"


def predict(item: dict[str, Any]) -> dict[str, Any]:
    """One line of predictions for one message; updates are read with what the case knew before."""
    sys.path.insert(0, str(ROOT))
    from plans.intake import after, read

    reading = read(item["text"], now=datetime.fromisoformat(item["now"]))
    shown = reading.as_json()
    row: dict[str, Any] = {
        "id": item["id"],
        "facts": shown["facts"],
        "category": shown["category"],
        "occurred_at": shown["occurred_at"],
        "place_text": shown["place_text"],
    }
    if item["kind"] == "update":
        before = dict(item["before"])
        category = before.pop("category", None)
        known = {name: value for name, value in before.items() if value is not None}
        row["after"] = {name: change.as_json() for name, change in after(reading, known, category).items()}
    return row


def measured() -> dict[str, int]:
    """The figures that the aims speak of, counted as score_chat.py counts them."""
    spec = importlib.util.spec_from_file_location("chat_score", FOLDER / "score_chat.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FOLDER / "score_chat.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    told: Counter[str] = Counter()
    for line in (FOLDER / "chat_dev.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        row = predict(item)
        facts = row["after"] if item["kind"] == "update" else row["facts"]
        alternatives = {name: [score.gold(other) for other in item.get("alt", {}).get(name, [])] for name in score.F}
        verdicts = [
            score.verdict(score.pred(facts.get(name)), score.gold(item["facts"].get(name)), alternatives[name])
            for name in score.F
        ]
        right = all(verdict == "right" for verdict in verdicts)
        if item["kind"] == "update":
            told.update({"updates": 1, "updates right": right})
            continue
        told["shown"] += sum(score.pred(facts.get(name)) not in (None, "uncounted") for name in score.F)
        told["false"] += sum(verdict in ("wrong", "invented") for verdict in verdicts)
        if item["kind"] == "none":
            told.update({"chatter": 1, "clean": right})
        else:
            kinds = [item["category"], *item.get("alt", {}).get("category", [])]
            told.update({"reports": 1, "six": right, "category": row["category"] in kinds})
    return dict(told)


def main() -> int:
    """Write the predictions, run the scorer; 0 also where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is not right")
    parser.add_argument("--out", help="keep the predictions here")
    options = parser.parse_args()
    gold = FOLDER / "chat_dev.jsonl"
    if not gold.exists():
        print("../shared/eval is not here: nothing measured")
        return 0
    rows = [predict(json.loads(line)) for line in gold.read_text("utf-8").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as kept:
        out = Path(options.out or kept.name)
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    command = [sys.executable, str(FOLDER / "score_chat.py"), str(out), *(["-v"] if options.verbose else [])]
    done = subprocess.run(command, check=False)
    if not options.out:
        out.unlink()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
