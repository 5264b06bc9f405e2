"""A pretend phone: what is written on it goes through the dialogue, and what comes back can be read, pressed, answered."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert, select, update

from bot.dialogue.answer import answer
from bot.dialogue.club import Club as DialogueClub
from bot.dialogue.incoming import Incoming
from scheduler.fresh import fresh
from storage.database import Database, Transaction
from storage.tables import appointment, attempt, message, question, todo
from tests.builders import NOW, Club, the_centre
from words.catalogue import Catalogue, load_catalogue
from words.compose import Composer, Option, Say, Style

SENDER = "sms"
BOT = "4711"
SMS, CHAT = Style(buttons=False, plain=True), Style(buttons=True, plain=False)


@cache
def the_catalogue() -> Catalogue:
    return load_catalogue()


@dataclass(frozen=True)
class Said:
    """One message as it came: its text's key and values, the words, the choices by mark, and the question's id."""

    key: str
    params: dict[str, Any]
    words: str
    choices: dict[str, str]
    question_id: int | None
    offers: list[dict[str, Any]]

    def token(self, mark: str) -> str:
        return f"q{self.question_id}.{mark}"

    def mark_of(self, label: str) -> str:
        return next(mark for mark, words in self.choices.items() if words == label)


class Town:
    """The club with its database, a clock, and everybody's phones."""

    def __init__(self, database: Database, now: datetime = NOW) -> None:
        self.club = Club(database, the_centre(), now)
        self.dialogue = DialogueClub(self.club.centre, the_catalogue())
        self.composer = Composer(the_catalogue(), self.club.centre)
        self.now = now
        self.messages_in = 0

    def later(self, **span: float) -> "Town":
        """Let time pass; what is due goes out."""
        self.now += timedelta(**span)
        self.deliver()
        return self

    def at(self, moment: datetime) -> "Town":
        self.now = moment
        self.deliver()
        return self

    def do(self, work: Any) -> Any:
        return self.club.do(work, self.now)

    def person(self, name: str, phone: str = "+48501000001", **more: Any) -> int:
        return self.club.person(name, phone, **more)

    def phone(self, number: str = "+48501000001") -> "Phone":
        return Phone(self, "sms", SENDER, number)

    def chat(self, number: str = "700100") -> "Phone":
        return Phone(self, "telegram", BOT, number, buttons=True)

    def deliver(self, status: str = "sent") -> list[int]:
        """Claim everything that is due, as the courier would; return the messages."""
        return list(self.do(lambda tx: _deliver(tx, status)))

    def visits(self, status: str | None = None) -> list[Any]:
        asked = select(appointment).order_by(appointment.c.starts_at)
        rows = list(self.do(lambda tx: tx.connection.execute(asked).all()))
        return [row for row in rows if status is None or row.status == status]

    def todos(self) -> list[str]:
        """The texts of what staff have to do, the oldest first."""
        rows = self.do(
            lambda tx: tx.connection.execute(select(todo.c.text).order_by(todo.c.id)).scalars().all()
        )
        return list(rows)

    def open_visits(self) -> list[Any]:
        return [row for row in self.visits() if row.status in {"booked", "confirmed"}]

    def count(self, asked: Any) -> int:
        return len(self.do(lambda tx: tx.connection.execute(asked).all()))


class Phone:
    """One phone. Each method returns what came back to it."""

    def __init__(
        self, town: Town, channel: str, account: str, address: str, *, buttons: bool = False
    ) -> None:
        self.town, self.channel, self.account, self.address, self.buttons = (
            town,
            channel,
            account,
            address,
            buttons,
        )
        self.last: Said | None = None
        self.meaning = ""

    def says(self, *texts: str, status: str = "sent") -> Said:
        """Write these one after the other; return the answer to the last."""
        said = [self.sends(status=status, text=text) for text in texts][-1]
        assert said is not None, "there was no answer"
        return said

    def is_silent_after(self, text: str) -> bool:
        """Whether writing this is answered with nothing."""
        return self.sends(text=text) is None

    def presses(self, mark: str, of: Said | None = None) -> Said:
        on = of or self.last
        assert on is not None
        said = self.sends(press=on.token(mark))
        assert said is not None, "there was no answer"
        return said

    def chooses(self, label: str) -> Said:
        assert self.last is not None
        return self.presses(self.last.mark_of(label))

    def sends(self, *, status: str = "sent", **more: Any) -> Said | None:
        """Bring one message in, and deliver what it caused; the status says how sure the delivery is."""
        self.town.messages_in += 1
        incoming = Incoming(
            self.channel,
            self.account,
            self.address,
            f"in-{self.town.messages_in}",
            buttons=self.buttons,
            **more,
        )
        before = self._newest()
        self.meaning = self.town.do(lambda tx: answer(tx, self.town.dialogue, incoming))
        self.town.deliver(status)
        new = self.received(after=before)
        assert len(new) <= 1
        self.last = new[-1] if new else self.last
        return new[-1] if new else None

    def received(self, after: int = 0) -> list[Said]:
        """What has come to this phone."""
        return list(self.town.do(lambda tx: self._received(tx, after)))

    def _newest(self) -> int:
        return max((row.id for row in self.town.club.messages()), default=0)

    def _received(self, tx: Transaction, after: int) -> list[Said]:
        asked = (
            select(message, question.c.id.label("question_id"), question.c.options)
            .outerjoin(question, question.c.message_id == message.c.id)
            .join(attempt, attempt.c.message_id == message.c.id)
            .where(
                message.c.id > after,
                message.c.channel == self.channel,
                message.c.account == self.account,
            )
            .order_by(attempt.c.id)
        )
        rows = tx.connection.execute(asked).all()
        return [self._said(tx, row) for row in rows if self._is_mine(tx, row.address_id)]

    def _is_mine(self, tx: Transaction, address_id: int) -> bool:
        from scheduler.people import address_of  # noqa: PLC0415

        return address_of(tx, self.channel, self.account, self.address).id == address_id

    def _said(self, tx: Transaction, row: Any) -> Said:
        from storage.people import person_of  # noqa: PLC0415

        language = row.language or (person_of(tx, row.person_id).language if row.person_id else "pl")  # type: ignore[union-attr]
        style, today = CHAT if self.buttons else SMS, self.town.now.date()
        options = [
            Option(option["mark"], Say(option["key"], option["params"])) for option in row.options or ()
        ]
        composer = self.town.composer
        own = {name: value for name, value in row.params.items() if name != "file"}
        params = fresh(tx, self.town.club.centre, composer, row.text, own)
        return Said(
            row.text,
            dict(row.params),
            composer.text(language, row.text, params, style, today, options),
            {option.mark: composer.label(language, option.say, style, today) for option in options},
            row.question_id,
            [option["value"] for option in row.options or ()],
        )


def _deliver(tx: Transaction, status: str) -> list[int]:
    due = select(message).where(message.c.status == "waiting", message.c.send_after <= tx.now)
    rows = tx.connection.execute(due.order_by(message.c.send_after, message.c.id)).all()
    for row in rows:
        tx.connection.execute(
            insert(attempt).values(
                message_id=row.id,
                address_id=row.address_id,
                channel=row.channel,
                account=row.account,
                status=status,
                started_at=datetime.now(UTC),
                lease_until=datetime.now(UTC),
            )
        )
        tx.connection.execute(update(message).where(message.c.id == row.id).values(status=status))
    return [row.id for row in rows]
