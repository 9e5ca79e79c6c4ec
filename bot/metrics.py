"""Numbers for Prometheus, in a registry of our own. Labels are words of the program, never names, chats, tokens."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.pulse import Pulse
from bot.vitals import Vitals

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
_BATCHES = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """What is counted while it happens, and what is looked up when somebody asks.

    Attributes:
        updates: new updates by ``way`` (``poll``, ``webhook``): their rate is the intake rate.
        batches: how many updates shared one commit.
        calls: calls of the Bot API by ``outcome`` (a verdict's name in lower case) and ``priority``.
        messages: messages that arrived, by ``case`` (its kind; ``several`` for what is
            due together, ``office`` for what is of none), ``heard`` (``ring``,
            ``silent``) and ``time`` (``day``, ``night``: 22:00 to 07:30 in Beijing).
        delay: seconds from writing a message to Telegram's answer, by ``priority``.
        lateness: seconds from a wake's moment to its service.
        findings: what the auditor found the last time, by ``kind``.
        second_readings: messages by what came of the second reader: ``agrees``, ``differs``, ``nothing``, ``not_read``,
            ``bad_answer`` (each try), ``given_up``.
        warnings: CAP messages that came by HTTP, by ``outcome``: ``taken``, ``repeated``, ``bad``, ``refused``,
            ``not_kept``.
        api_requests: of other systems, by operation and the HTTP status that they were answered with.
        voice_reports: of the telephone gateway, by the HTTP status that they were answered with.
        webhooks: tries to tell other systems, by what came of each: ``sent``, ``again``, ``dead``.
        reader_seconds: of its answers. reader_open: 1 while it is left alone after failures.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.updates = Counter("tocsin_updates", "New updates, committed", ["way"], registry=registry)
        self.batches = Histogram("tocsin_intake_batch", "Updates in a commit", registry=registry, buckets=_BATCHES)
        self.calls = Counter("tocsin_calls", "Calls of the Bot API", ["outcome", "priority"], registry=registry)
        self.messages = Counter("tocsin_messages", "Arrived", ["case", "heard", "time"], registry=registry)
        self.delay = Histogram(
            "tocsin_send_delay_seconds", "From writing to answer", ["priority"], registry=registry, buckets=_SECONDS
        )
        self.lateness = Histogram(
            "tocsin_wake_lateness_seconds", "From due to served", registry=registry, buckets=_SECONDS
        )
        self.findings = Gauge("tocsin_audit_findings", "Of the auditor's last look", ["kind"], registry=registry)
        self.second_readings = Counter("tocsin_second_readings", "Of the second reader", ["outcome"], registry=registry)
        self.warnings = Counter("tocsin_warnings_received", "By POST /warnings", ["outcome"], registry=registry)
        self.voice_reports = Counter("tocsin_voice_reports", "Of the telephone gateway", ["status"], registry=registry)
        self.api_requests = Counter("tocsin_api_requests", "By /api", ["operation", "status"], registry=registry)
        self.webhooks = Counter("tocsin_webhooks", "Messages to other systems", ["outcome"], registry=registry)
        self.reader_seconds = Histogram(
            "tocsin_second_reader_seconds", "From question to answer", registry=registry, buckets=_SECONDS
        )
        self.reader_open = Gauge("tocsin_second_reader_open", "Left alone after failures", registry=registry)
        self._gauges = {
            name: Gauge(f"tocsin_{name}", text, registry=registry)
            for name, text in {
                "inbox_pending": "Updates that wait",
                "inbox_age_seconds": "Age of the oldest waiting update",
                "inbox_quarantined": "Updates that could not be worked off",
                "inbox_deferred": "Reports that cannot be worked off and are tried again",
                "outbox_in_flight": "Messages being sent",
                "wake_age_seconds": "Age of the oldest due wake",
                "standstill_seconds": "Since something could have been sent and nothing was",
                "dead_letters": "Messages that were given up, ever",
                "requests_age_seconds": "Age of the oldest request of another system that nobody has tried",
                "requests_deferred": "Requests of other systems that cannot be worked off and are tried again",
                "webhooks_waiting": "Messages to other systems that wait",
                "webhooks_dead": "Messages to other systems that were given up",
                "lines_waiting": "Reports to offices above that wait",
                "lines_dead": "Reports to offices above that were given up",
                "holds": "Places that told us to wait",
                "journal_streams": "Logs",
                "journal_entries": "Events in all logs",
            }.items()
        }
        self._depth = Gauge("tocsin_outbox_depth", "Messages that wait", ["priority"], registry=registry)
        self._age = Gauge("tocsin_outbox_age_seconds", "Age of the oldest", ["priority"], registry=registry)
        self._leases = Gauge("tocsin_lease_epoch", "Leases that are held", ["name"], registry=registry)
        self._lost = Gauge("tocsin_unreachable_seconds", "Since when nothing gets through", ["way"], registry=registry)
        self._loops = Gauge("tocsin_loop_age_seconds", "Since a loop came round", ["loop"], registry=registry)

    def show(self, vitals: Vitals, pulse: Pulse) -> bytes:
        """Return everything as Prometheus reads it."""
        values: dict[str, float] = {
            "inbox_pending": vitals.inbox_pending,
            "inbox_age_seconds": vitals.inbox_age.total_seconds(),
            "inbox_quarantined": vitals.quarantined,
            "inbox_deferred": vitals.deferred,
            "outbox_in_flight": vitals.in_flight,
            "standstill_seconds": vitals.standstill.total_seconds(),
            "wake_age_seconds": vitals.wake_age.total_seconds(),
            "dead_letters": vitals.dead_letters,
            "requests_age_seconds": vitals.requests_age.total_seconds(),
            "requests_deferred": vitals.requests_deferred,
            "webhooks_waiting": vitals.webhooks_waiting,
            "webhooks_dead": vitals.webhooks_dead,
            "lines_waiting": vitals.lines_waiting,
            "lines_dead": vitals.lines_dead,
            "holds": vitals.held,
            "journal_streams": vitals.streams,
            "journal_entries": vitals.entries,
        }
        for name, value in values.items():
            self._gauges[name].set(value)
        for priority in sorted({1, 2, 3} | set(vitals.outbox)):
            waiting = vitals.outbox.get(priority)
            self._depth.labels(priority).set(waiting.depth if waiting else 0)
            self._age.labels(priority).set((waiting.oldest if waiting else timedelta()).total_seconds())
        for gauge, numbers in (
            (self._leases, dict(vitals.leases)),
            (self._lost, {name: (vitals.at - since).total_seconds() for name, since in pulse.lost().items()}),
            (self._loops, {name: age.total_seconds() for name, age in pulse.ages().items()}),
        ):
            gauge.clear()  # a lease that nobody has any more must not look held
            for name, number in numbers.items():
                gauge.labels(name).set(number)
        return generate_latest(self.registry)
