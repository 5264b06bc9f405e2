"""What a monitor can read: counts and durations, never whose."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.figures import Figures

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Meters:
    """The meters of one program."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._inbound = Counter(
            "termin_inbound", "Messages that came in", ["channel", "outcome"], registry=self._registry
        )
        self._inbound_seconds = Histogram(
            "termin_inbound_seconds",
            "From a message to its commit",
            ["channel"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._refused = Counter(
            "termin_webhooks_refused",
            "Webhooks that their provider did not send",
            ["channel"],
            registry=self._registry,
        )
        self._messages = Gauge(
            "termin_messages", "Rows of the ledger that are not settled", ["status"], registry=self._registry
        )
        self._overdue = Gauge(
            "termin_overdue_seconds", "How long the oldest due message has waited", registry=self._registry
        )
        self._todos = Gauge("termin_todos_open", "What staff have to do", registry=self._registry)

    def took(self, channel: str, outcome: str, seconds: float) -> None:
        self._inbound.labels(channel, outcome).inc()
        self._inbound_seconds.labels(channel).observe(seconds)

    def refused(self, channel: str) -> None:
        self._refused.labels(channel).inc()

    def page(self, figures: Figures) -> bytes:
        """The whole page, with the database's figures of this moment."""
        for status, count in figures.messages.items():
            self._messages.labels(status).set(count)
        self._overdue.set(figures.overdue_seconds)
        self._todos.set(figures.todos)
        return generate_latest(self._registry)
