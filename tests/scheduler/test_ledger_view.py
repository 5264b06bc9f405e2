from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from scheduler.booking import book
from scheduler.ledger import Notice, Purpose, post
from scheduler.ledger_view import LedgerRow, ledger_rows
from scheduler.people import addresses_of, link
from scheduler.states import AttemptState, MessageState
from storage.database import Database
from storage.tables import attempt, message
from tests.builders import NOW, Club, warsaw
from words.catalogue import load_catalogue
from words.compose import Composer

VISIT_AT = warsaw("2026-10-14", "10:00")


def ledger(club: Club, **which: Any) -> list[LedgerRow]:
    composer = Composer(load_catalogue(), club.centre)
    found: list[LedgerRow] = club.do(lambda tx: ledger_rows(tx, club.centre, composer, **which))
    return found


def booked(club: Club, person_id: int) -> None:
    club.do(lambda tx: book(tx, club.centre, person_id=person_id, service="psycholog", starts_at=VISIT_AT))


def attempted(club: Club, message_id: int, person_id: int, **more: Any) -> None:
    (where,) = club.do(lambda tx: addresses_of(tx, person_id))
    values = {
        "message_id": message_id,
        "address_id": where.id,
        "channel": where.channel,
        "account": where.account,
        "body": "What was sent",
        "started_at": NOW,
        "lease_until": NOW,
    } | more
    club.do(lambda tx: tx.connection.execute(insert(attempt).values(values)))


def test_what_waits_has_a_preview_in_the_words_of_its_day(database: Database) -> None:
    club = Club(database)
    booked(club, club.person())
    first, last = ledger(club)
    assert first.text is not None
    assert first.text.startswith("Klub: spotkanie sroda 14.10 godz. 10:00")
    assert last.text is not None
    assert "spotkanie jutro, sroda 14.10 godz. 10:00" in last.text
    assert (first.purpose, first.status, first.parts, first.attempts) == (
        Purpose.REMINDER,
        MessageState.WAITING,
        1,
        (),
    )


def test_a_preview_is_as_the_persons_channel_and_language_would_show_it(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", language="uk")
    club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    booked(club, anna)
    assert all(row.text is not None and "Klub: зустріч" in row.text for row in ledger(club))
    assert {row.parts for row in ledger(club)} == {1}


def test_polish_letters_that_were_asked_for_cost_a_second_part(database: Database) -> None:
    club = Club(database)
    booked(club, club.person(polish_letters=True))
    assert all(row.text is not None and "środa" in row.text and row.parts == 2 for row in ledger(club))


def test_what_was_sent_shows_the_last_attempts_words_and_every_attempt(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    notice = Notice(key="a", purpose=Purpose.REPLY, text="mine_none", person_id=anna)
    sent = club.do(lambda tx: post(tx, notice))
    attempted(club, sent, anna, body="The first", status="failed", error="30003", provider_id="SM1")
    attempted(club, sent, anna, body="The second", status="sent", provider_id="SM2", parts=2)
    club.do(
        lambda tx: tx.connection.execute(update(message).where(message.c.id == sent).values(status="sent"))
    )
    (row,) = ledger(club)
    assert (row.text, row.parts, row.status) == ("The second", 2, MessageState.SENT)
    assert [(one.channel, one.provider_id, one.status, one.error, one.at) for one in row.attempts] == [
        ("sms", "SM1", AttemptState.FAILED, "30003", NOW),
        ("sms", "SM2", AttemptState.SENT, None, NOW),
    ]


def test_a_text_that_was_dropped_or_never_made_is_none(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    sent = club.do(lambda tx: post(tx, Notice(key="a", purpose=Purpose.ADVICE, text="help", person_id=anna)))
    attempted(club, sent, anna, body=None, status="sent")
    club.do(lambda tx: post(tx, Notice(key="b", purpose=Purpose.REPLY, text="help", person_id=anna)))
    club.do(lambda tx: tx.connection.execute(update(message).values(status="expired")))
    assert [row.text for row in ledger(club)] == [None, None]


def test_a_row_that_can_not_be_worded_does_not_hide_the_others(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    for key, text in (("a", "no such text"), ("b", "booked"), ("c", "mine_none")):
        club.do(
            lambda tx, key=key, text=text: post(
                tx, Notice(key=key, purpose=Purpose.REPLY, text=text, person_id=anna)
            )
        )
    assert [row.text is not None for row in ledger(club)] == [False, False, True]


def test_a_person_without_an_address_has_a_preview_too(database: Database) -> None:
    club = Club(database)
    booked(club, club.person("Ola Testowa", None))
    assert all(row.text is not None for row in ledger(club))


def test_the_ledger_can_be_asked_for_one_person_and_for_what_is_new(database: Database) -> None:
    club = Club(database)
    anna, ola = club.person("Anna Testowa"), club.person("Ola Testowa", "+48501000002")
    club.do(lambda tx: post(tx, Notice(key="a", purpose=Purpose.REPLY, text="help", person_id=anna)))
    club.now = NOW + timedelta(hours=1)
    club.do(lambda tx: post(tx, Notice(key="b", purpose=Purpose.REPLY, text="help", person_id=ola)))
    assert [row.person_id for row in ledger(club)] == [anna, ola]
    assert [row.person_id for row in ledger(club, person_id=anna)] == [anna]
    assert [row.person_id for row in ledger(club, since=NOW + timedelta(minutes=30))] == [ola]
    assert ledger(club, since=NOW + timedelta(hours=2), person_id=ola) == []
