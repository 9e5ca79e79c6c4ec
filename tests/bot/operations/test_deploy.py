"""What is written for those who keep the bot running is true of the program."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli.application import application
from bot.main.loops import PATIENCE
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


def compose(name):
    return yaml.safe_load(read(name))["services"]


def ours(name):
    """The services of a compose file that run this program."""
    return {name: service for name, service in compose(name).items() if service["image"] == "tocsin"}


def dockerfile(instruction):
    lines = re.sub(r"\\\n\s*", "", read("Dockerfile"))
    return re.findall(rf"^{instruction} (.+)$", lines, re.MULTILINE)


def shipped():
    """What goes into the image, as the Dockerfile copies it from the checkout."""
    return {name for line in dockerfile("COPY") if "--from" not in line for name in line.split()[:-1]}


COMPOSE = ("compose.yaml", "compose.several.yaml")


def test_the_compose_file_is_one():
    services = compose("compose.yaml")
    assert {"upgrade", "bot", "postgres"} == set(services)
    assert all(port.startswith("127.0.0.1:") for port in services["bot"]["ports"])


@pytest.mark.parametrize("name", COMPOSE)
def test_one_service_builds_the_program_and_the_others_wait_for_it(name):
    """Two builds of one name at the same time fail: the second finds that the image exists."""
    services = ours(name)
    [builder] = [other for other, service in services.items() if "build" in service]
    assert services[builder]["build"] == {"context": "..", "dockerfile": "deploy/Dockerfile"}
    for other in services.keys() - {builder}:
        assert services[other]["depends_on"][builder] == {"condition": "service_completed_successfully"}
        assert services[other]["pull_policy"] == "never"  # no registry has it


@pytest.mark.parametrize("name", COMPOSE)
def test_a_database_is_asked_where_the_program_asks_it(name):
    """The server that answers while the volume is made does so at the socket alone, and is gone a moment later."""
    test = compose(name)["postgres"]["healthcheck"]["test"]
    assert test[test.index("-h") + 1] == "127.0.0.1"


@pytest.mark.parametrize("name", COMPOSE)
def test_a_container_runs_commands_that_there_are_where_the_image_has_room_to_write(name):
    assert dockerfile("ENTRYPOINT") == ['["tocsin"]']
    known: Any = typer.main.get_command(application())
    [folder] = dockerfile("VOLUME")
    assert dockerfile("WORKDIR")[-1] == folder and f"sqlite+aiosqlite:///{folder}/" in dockerfile("ENV")[-1]
    for service in ours(name).values():
        run = service["entrypoint"][-1] if "entrypoint" in service else f"tocsin {' '.join(service['command'])}"
        for words in re.findall(r"tocsin ([a-z -]+?)(?: &&|$)", run):
            first, *rest = words.split()
            assert first == "--help" or first in known.commands, run
            assert not rest or rest[0] in known.commands[first].commands, run
        if first != "--help":
            assert service["read_only"] and service["tmpfs"] == ["/tmp"]  # of the container
            assert [place.partition(":")[2] for place in service["volumes"]] == [folder]


def test_what_a_service_is_given_is_a_setting():
    told = "".join(read(name) for name in (*COMPOSE, "Dockerfile", "tocsin.service", "tocsin@.service"))
    names = {name.lower() for name in re.findall(r"TOCSIN_([A-Z_]+)", told)}
    assert "database_url" in names and names <= set(Settings.model_fields)


def test_the_image_has_all_that_the_program_is_made_of():
    ignored, *let_in = read("Dockerfile.dockerignore").split()
    project = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert ignored == "*" and {name[1:] for name in let_in if name.startswith("!")} == shipped()
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= shipped()
    assert {"pyproject.toml", project["project"]["readme"], "LICENSE", "requirements.lock"} <= shipped()
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert all(image.startswith(f"python:{oldest}-") for image in dockerfile("FROM"))


def test_however_it_is_run_it_is_upgraded_first_comes_back_for_ever_and_is_given_the_same_time_to_end():
    unit = dict(line.split("=", 1) for line in read("tocsin.service").splitlines() if re.match(r"[A-Z]\w+=", line))
    assert unit["ExecStartPre"].endswith("/tocsin db upgrade") and unit["ExecStart"].endswith("/tocsin run")
    assert unit["KillSignal"] == dockerfile("STOPSIGNAL")[0]
    running = [service for name in COMPOSE for service in ours(name).values() if "ports" in service]
    assert len(running) == 3
    for service in running:
        assert service["restart"] == unit["Restart"] and service["stop_grace_period"] == f"{unit['TimeoutStopSec']}s"
        assert all(port.endswith(":" + LISTEN_WEBHOOK.rpartition(":")[2]) for port in service["ports"])
    assert float(unit["TimeoutStopSec"]) > PATIENCE


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
    assert bots.keys() == {"north", "south"} == services.keys() - {"program", "databases", "postgres"}
    for what in ("env_file", "volumes", "ports"):
        assert len({str(service[what]) for service in bots.values()}) == len(bots), what
    assert all(port.startswith("127.0.0.1:") for service in bots.values() for port in service["ports"])
    made = re.search(r"for name in ([a-z ]+);", services["databases"]["command"][-1])
    assert made is not None and set(made[1].split()) == set(bots)
    one = yaml.safe_load(read("compose.yaml"))["services"]["bot"]
    same = ("image", "read_only", "tmpfs", "cap_drop", "security_opt", "restart", "stop_grace_period")
    assert all(service[name] == one[name] for service in bots.values() for name in same)
