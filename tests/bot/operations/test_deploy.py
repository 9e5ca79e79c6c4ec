"""What is written for those who keep the bot running is true of the program."""

import json
import re
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.cli.application import application
from bot.metrics import Metrics
from bot.settings import LISTEN_WEBHOOK, Settings

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
SUFFIXES = re.compile(r"_(?:total|bucket|count|sum|created)$")


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def metrics():
    """Every name that the program shows, without what Prometheus adds to it."""
    return {family.name for family in Metrics().registry.collect()}


def named(text):
    return {SUFFIXES.sub("", name) for name in re.findall(r"\btocsin_[a-z_]+[a-z]", text)}


def test_every_setting_is_in_the_example_and_no_other():
    names = {name.lower() for name in re.findall(r"^#?TOCSIN_([A-Z_]+)=", read("env.example"), re.MULTILINE)}
    assert names == set(Settings.model_fields) - {"long_poll", "log_level"}


def test_the_readme_names_settings_that_there_are_with_their_defaults():
    text = (DEPLOY.parent / "README.md").read_text(encoding="utf-8")
    assert {name.lower() for name in re.findall(r"TOCSIN_([A-Z_]+)", text)} <= set(Settings.model_fields)
    rows = dict(re.findall(r"\| `TOCSIN_([A-Z_]+)` \|[^|]*\| ([^|]*) \|", text))
    assert rows.keys() == {"TOKEN", "ADMINS", "DISTRICT_ADMINS", "DATABASE_URL", "API_URL", "MODE"}
    assert rows["MODE"] == f"`{Settings.model_fields['mode'].default}`"


def test_the_example_shows_the_defaults():
    shown = dict(re.findall(r"^#TOCSIN_([A-Z_]+)=(.+)$", read("env.example"), re.MULTILINE))
    same = ("mode", "send_rate", "chat_gap", "group_rate", "keep_days", "lease_seconds")
    assert {name: float(value) if value.isdecimal() else value for name in same if (value := shown[name.upper()])} == {
        name: Settings.model_fields[name].default for name in same
    }
    assert shown["LISTEN"] == LISTEN_WEBHOOK


def test_the_runbook_names_commands_that_there_are():
    commands: Any = typer.main.get_command(application())
    named = set(re.findall(r"tocsin (audit|db|incidents) (\w+)", read("runbook.md")))
    assert len(named) >= 7
    assert all(inner in commands.commands[outer].commands for outer, inner in named)


def test_the_runbook_names_settings_that_there_are():
    names = {name.lower() for name in re.findall(r"TOCSIN_([A-Z_]+)", read("runbook.md"))}
    assert names and names <= set(Settings.model_fields)


def test_dashboard_and_runbook_show_metrics_that_there_are():
    dashboard = json.loads(read("dashboard.json"))
    shown = named(" ".join(target["expr"] for panel in dashboard["panels"] for target in panel["targets"]))
    assert shown and shown <= metrics()
    assert named(read("runbook.md")) <= metrics()
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_the_log_lines_of_the_runbook_are_written_somewhere():
    events = set(
        re.findall(
            r"`((?:start|loop|lease|hearing|webhook|audit|journal|heartbeat|token|jurisdiction)\.[a-z_]+)`",
            read("runbook.md"),
        )
    )
    source = "".join(path.read_text(encoding="utf-8") for path in (DEPLOY.parent / "bot").rglob("*.py"))
    assert len(events) >= 7 and all(f'"{event}"' in source for event in events)


def test_the_compose_file_is_one():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    assert {"upgrade", "bot", "postgres"} == set(services)
    assert all(port.startswith("127.0.0.1:") for port in services["bot"]["ports"])


def test_one_of_several_installations_is_a_service_like_the_only_one():
    several, only = (
        dict.fromkeys(line for line in read(name).splitlines() if not line.startswith(("#", "Description=")))
        for name in ("tocsin@.service", "tocsin.service")
    )
    assert [line for line in several if line not in only] == [
        "WorkingDirectory=/var/lib/tocsin/%i", "StateDirectory=tocsin/%i", "RuntimeDirectory=tocsin/%i",
        "EnvironmentFile=/etc/tocsin/%i.env",
    ]  # fmt: skip
    assert len(several) == len(only)


def test_installations_in_compose_share_a_server_and_nothing_else():
    services = yaml.safe_load(read("compose.several.yaml"))["services"]
    bots = {name: service for name, service in services.items() if "env_file" in service}
    assert bots.keys() == {"north", "south"} == services.keys() - {"databases", "postgres"}
    for what in ("env_file", "volumes", "ports"):
        assert len({str(service[what]) for service in bots.values()}) == len(bots), what
    assert all(port.startswith("127.0.0.1:") for service in bots.values() for port in service["ports"])
    made = re.search(r"for name in ([a-z ]+);", services["databases"]["command"][-1])
    assert made is not None and set(made[1].split()) == set(bots)
    one = yaml.safe_load(read("compose.yaml"))["services"]["bot"]
    same = ("image", "read_only", "tmpfs", "cap_drop", "security_opt", "restart", "stop_grace_period")
    assert all(service[name] == one[name] for service in bots.values() for name in same)
