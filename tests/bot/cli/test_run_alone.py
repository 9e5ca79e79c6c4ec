"""``tocsin run`` starts without what only a newcomer or a test needs: the demo, the local Telegram, the simulation."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bot.cli.test_startup import RUN

REPOSITORY = Path(__file__).resolve().parents[3]

NOT_FOR_WORK = ("bot.demo", "bot.playground", "bot.simulate", "tests", "pytest")


def test_what_runs_at_work_loads_no_demo_no_playground_and_no_simulation(tmp_path):
    """The command itself, as far as the first call to Telegram, which nobody takes there."""
    settings = {
        "TOCSIN_TOKEN": "123456789:" + "A" * 35,
        "TOCSIN_API_URL": "http://127.0.0.1:1",
        "TOCSIN_DATABASE_URL": str(tmp_path / "tocsin.db"),
        "PYTHONPATH": str(REPOSITORY),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([[["run"]], "", False])],
        cwd=tmp_path, env=kept | settings, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    status, _, modules = json.loads(done.stdout)
    assert status == 2 and "127.0.0.1:1" in done.stderr.splitlines()[-1], done.stderr
    loaded = set(modules)
    assert {"bot.main", "bot.operations", "handlers", "storage"} <= loaded
    assert [name for name in loaded if name.startswith(NOT_FOR_WORK)] == []
