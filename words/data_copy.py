"""Writes out a person's data for the person: a plain page of text, in their language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from words.compose import Composer, Style

_PROSE = Style(buttons=True, plain=False)
SENT = {"sent", "delivered"}
CHANNELS = {"sms": "SMS", "telegram": "Telegram"}  # as everybody calls them
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DataCopy:
    """Says in one language, and with the days of one zone, what an export holds."""

    composer: Composer
    language: str
    zone: ZoneInfo
    today: date

    def page(self, about: Row) -> str:
        """All of it.

        Args:
            about: what is kept of the person, as the export has it.
        """
        parts = (
            self._person(about),
            self._list("copy_visits", [self._visit(row) for row in about["visits"]]),
            self._list("copy_sessions", [self._session(row) for row in about["sessions"]]),
            self._list(
                "copy_messages", [self._message(row) for row in about["messages"] if row["status"] in SENT]
            ),
            self._list("copy_consents", [self._wish(row) for row in about["wishes"]]),
            self._list(
                "copy_declarations",
                [self._declared(row) for row in about["declarations"] if row["declared_at"]],
            ),
            self._clauses(about),
        )
        return "\n\n".join(text for text in ("\n".join(part) for part in parts) if text) + "\n"

    def _person(self, about: Row) -> Iterator[str]:
        person = about["person"]
        yield self._say("copy_title", today_date=self.today.isoformat())
        yield self._say("copy_name", person=person["full_name"])
        if person["phone"]:
            yield self._say("copy_phone", number=person["phone"])
        yield self._say("copy_since", since_date=self._day(person["enrolled_at"]))
        if person["contract_until"]:
            yield self._say("copy_contract", until_date=person["contract_until"].isoformat())
        if about["groups"]:
            yield self._say("copy_groups", names=", ".join(about["groups"]))

    def _list(self, heading: str, lines: Sequence[str]) -> Iterator[str]:
        if lines:
            yield self._say(heading)
            yield from (f"- {line}" for line in lines)

    def _clauses(self, about: Row) -> Iterator[str]:
        for row in about["information_shown"]:
            yield self._say("copy_clause", on_date=self._day(row["at"]), version=row["version"])

    def _visit(self, row: Row) -> str:
        return self._say(
            "copy_visit",
            on_date=self._day(row["starts_at"]),
            starts_time=row["starts_at"].isoformat(),
            service=row["service"],
            status=self._say(f"copy_status_{row['status']}").casefold(),
        )

    def _session(self, row: Row) -> str:
        entered = f"_{row['presence']}" if row["presence"] else ""
        return self._say(
            f"copy_session{entered}",
            on_date=self._day(row["starts_at"]),
            starts_time=row["starts_at"].isoformat(),
            group=row["group"],
        )

    def _message(self, row: Row) -> str:
        return self._say(
            "copy_message",
            on_date=self._day(row["send_after"]),
            channel=CHANNELS.get(row["channel"], row["channel"]),
            purpose=self._say(f"copy_purpose_{row['purpose']}").casefold(),
        )

    def _wish(self, row: Row) -> str:
        wished = f"copy_wish_{row['topic']}_{'on' if row['allowed'] else 'off'}"
        return self._say("copy_wish", on_date=self._day(row["at"]), wish=self._say(wished).casefold())

    def _declared(self, row: Row) -> str:
        return self._say("copy_declared", on_date=row["day"].isoformat())

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.zone).date().isoformat()

    def _say(self, key: str, **params: Any) -> str:
        return self.composer.text(self.language, key, params, _PROSE, self.today)
