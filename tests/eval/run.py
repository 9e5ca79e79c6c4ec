"""Measure intake with the labelled texts of ../shared/eval: `python tests/eval/run.py [--errors FIELD] [--ids FILE]`.

The texts may not be copied into the repository; where the folder is absent this says so and exits with 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "eval"
FACTS = {
    "dead": "deaths",
    "injured": "injuries",
    "serious": "serious_injuries",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
}


def predict(text: str) -> dict[str, Any]:
    """One line of predictions in the words of the scorer; an interval is scored by the number as written."""
    sys.path.insert(0, str(ROOT))
    from plans.intake import read

    reading = read(text, now=message_date(text))
    row: dict[str, Any] = {}
    for field, fact in FACTS.items():
        found = reading.facts.get(fact)
        row[field] = None if found is None or found.unknown else found.stated
    row["category"] = "other" if reading.category in ("stampede", "power_outage") else reading.category
    row["time_text"] = reading.occurred.text if reading.occurred else None
    row["place_text"] = reading.place_text
    return row


def message_date(text: str) -> datetime:
    """The first full date of a text stands for the date of its message."""
    match = re.search(r"(\d{4})\s*[-/年]\s*(\d{1,2})\s*[-/月]\s*(\d{1,2})", text)
    try:
        first = datetime(int(match[1]), int(match[2]), int(match[3]), 12, tzinfo=UTC) if match else None
    except ValueError:
        first = None
    return first or datetime(2020, 1, 1, tzinfo=UTC)


def scorer() -> ModuleType:
    """The scoring module of the folder."""
    spec = importlib.util.spec_from_file_location("intake_score", FOLDER / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FOLDER / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Print the figures; 0 also where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", help="list the misses of one field, or of `counts`")
    parser.add_argument("--ids", help="a file with the ids to measure, one a line")
    options = parser.parse_args()
    if not (FOLDER / "intake_dev.jsonl").exists():
        print("../shared/eval is not here: nothing measured")
        return 0
    gold = [json.loads(line) for line in (FOLDER / "intake_dev.jsonl").read_text("utf-8").splitlines()]
    if options.ids:
        chosen = set(Path(options.ids).read_text("utf-8").split())
        gold = [item for item in gold if item["id"] in chosen]
    rows = {item["id"]: predict(item["text"]) for item in gold}
    report(gold, rows)
    if options.errors:
        misses(gold, rows, options.errors)
    return 0


def report(gold: list[dict[str, Any]], rows: dict[str, dict[str, Any]]) -> None:
    """The scorer's table, then the figures that the aims speak of."""
    for field, figures in scorer().score(gold, rows).items():
        print(f"{field:11s}", figures)
    right = sum(all(rows[item["id"]][field] == item[field] for field in FACTS) for item in gold)
    stated = sum(value is not None for row in rows.values() for name, value in row.items() if name in FACTS)
    invented = sum(
        rows[item["id"]][field] is not None
        and item[field] is None
        and rows[item["id"]][field] not in item["alt"].get(field, [])
        for item in [{"alt": {}, **item} for item in gold]
        for field in FACTS
    )
    print(f"all six counts right: {right}/{len(gold)} = {100 * right / len(gold):.1f} %")
    share = 100 * invented / 6 / len(gold)
    print(f"invented values: {invented}/{6 * len(gold)} = {share:.1f} % of fields ({stated} stated)")
    for tag in ("tricky", "short", "neg", "implicit", "sum", "approx", "cn_num", "fullwidth", "none_stated", "update"):
        tagged = [item for item in gold if tag in item["tags"]]
        hits = sum(all(rows[item["id"]][field] == item[field] for field in ("dead", "injured")) for item in tagged)
        if tagged:
            print(f"tag {tag:11s} {len(tagged):3d} items, dead and injured both right {100 * hits / len(tagged):.1f} %")


def misses(gold: list[dict[str, Any]], rows: dict[str, dict[str, Any]], field: str) -> None:
    """One line for each miss of `field`: id, wanted, read, and the words of the text it was read from."""
    overlap = scorer().overlap
    for item in gold:
        row = rows[item["id"]]
        for name in FACTS if field == "counts" else (field,):
            wanted, alternatives = item[name], item.get("alt", {}).get(name, [])
            good = overlap(row[name], wanted) if name.endswith("_text") else row[name] == wanted
            if not good:
                print(item["id"], name, "wanted", repr(wanted), "read", repr(row[name]), "also right", alternatives)


if __name__ == "__main__":
    sys.exit(main())
