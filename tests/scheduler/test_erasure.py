"""Erasing: no name, no number and no word is left anywhere; ids, days and the log stay."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler.dossier import Erased, dossier
from scheduler.erasure import NotErasable, erase, what_goes
from scheduler.leaving import leave
from scheduler.people import link
from scheduler.todos import open_todo
from storage.database import Database
from storage.tables import address, appointment, attempt, audit, metadata, person, todo
from tests.bot.dialogue.phone import Town

NUMBER = "+48501000001"
TRACES = ("bogumi", "zielinsk", "501000001", "700100")


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    return Town(database)


@pytest.fixture
def who(town: Town) -> int:
    return town.person("Bogumiła Zielińska", NUMBER, groups=("Grupa A",))


def everything(town: Town) -> str:
    """The whole database as one text."""
    tables = metadata.sorted_tables
    rows = town.do(lambda tx: [repr(tx.connection.execute(select(table)).all()) for table in tables])
    return "\n".join(rows).casefold().replace("ł", "l").replace("ń", "n")


def lived(town: Town, who: int) -> None:
    """A chat, a booking, a reminder, a to-do, and leaving."""
    town.do(lambda tx: link(tx, who, "telegram", "4711", "700100"))
    town.phone(NUMBER).says("psycholog 14.10", "1")
    town.chat("700100").says("moje", "oddzwon", "po polsku")
    town.at(town.now + timedelta(days=8))
    town.do(lambda tx: leave(tx, who))
    town.deliver()
    town.do(lambda tx: tx.connection.execute(update(attempt).values(body="Klub: Bogumila, spotkanie")))


def test_nothing_of_the_person_is_left_in_the_whole_database(town: Town, who: int) -> None:
    lived(town, who)
    for trace in TRACES:
        assert trace in everything(town)

    town.do(lambda tx: erase(tx, who))

    for trace in TRACES:
        assert trace not in everything(town)


def test_ids_days_and_the_log_stay(town: Town, who: int) -> None:
    lived(town, who)
    town.do(lambda tx: erase(tx, who))

    rows = town.do(lambda tx: tx.connection.execute(select(person).where(person.c.id == who)).one())
    assert (rows.full_name, rows.phone, rows.erased_at) == ("erased", "", town.now)
    visits = town.do(lambda tx: tx.connection.execute(select(appointment.c.participant_id)).scalars().all())
    assert visits == [who]
    log = town.do(
        lambda tx: tx.connection.execute(select(audit.c.action).order_by(audit.c.id)).scalars().all()
    )
    assert [log[0], log[-2], log[-1]] == ["enrolled", "ended", "erased"]


def test_who_shares_the_phone_keeps_it_and_the_lists_that_named_both_are_blank(town: Town, who: int) -> None:
    other = town.person("Jan Zwykły", NUMBER)
    phone = town.phone(NUMBER)
    phone.says("psycholog", "1", "1", "moje")
    town.do(
        lambda tx: open_todo(
            tx, key="k", text="todo_callback", params={"person": "Bogumiła Zielińska / Jan Zwykły"}
        )
    )
    town.do(lambda tx: leave(tx, who))
    town.deliver()

    town.do(lambda tx: erase(tx, who))

    kept = everything(town)
    assert "501000001" in kept
    assert "bogumi" not in kept
    assert "zielinsk" not in kept
    assert "jan zwykly" in kept
    town.later(minutes=31)
    assert phone.says("psycholog").key == "times"
    assert town.open_visits() == []
    assert other != who


def test_with_a_visit_to_come_nothing_is_erased(town: Town, who: int) -> None:
    town.phone(NUMBER).says("psycholog 14.10", "1")
    before = everything(town)

    with pytest.raises(NotErasable, match=f"1 open visit.*termin participants end {who}"):
        town.do(lambda tx: erase(tx, who))
    assert everything(town) == before


def test_a_message_on_its_way_is_waited_for(town: Town, who: int) -> None:
    town.phone(NUMBER).says("pomoc")
    town.phone(NUMBER).sends(text="pomoc", status="unknown")

    with pytest.raises(NotErasable, match="on its way"):
        town.do(lambda tx: erase(tx, who))


def test_who_still_takes_part_leaves_with_it_and_is_told_nothing(town: Town, who: int) -> None:
    town.do(lambda tx: erase(tx, who))

    assert town.club.messages() == []
    ended = town.do(
        lambda tx: tx.connection.execute(select(person.c.ended_at).where(person.c.id == who)).scalar_one()
    )
    assert ended == town.now


def test_a_dry_run_says_what_goes_and_changes_nothing(town: Town, who: int) -> None:
    lived(town, who)
    before = everything(town)

    gone = town.do(lambda tx: what_goes(tx, who))

    assert (len(gone.addresses), gone.visits) == (2, 1)
    assert gone.messages > 3
    assert everything(town) == before


def test_the_number_is_a_strangers_afterwards_and_can_be_enrolled_anew(town: Town, who: int) -> None:
    town.do(lambda tx: erase(tx, who))

    assert town.phone(NUMBER).says("moje").key == "stranger"
    town.person("Bogumiła Zielińska", NUMBER)
    assert town.phone(NUMBER).says("moje").key == "mine_none"


def test_nobody_is_erased_twice_nor_a_member_of_staff(town: Town, who: int) -> None:
    anna = town.club.specialist("anna")
    with pytest.raises(NotErasable, match="is staff"):
        town.do(lambda tx: erase(tx, anna))
    town.do(lambda tx: erase(tx, who))
    with pytest.raises(Erased):
        town.do(lambda tx: erase(tx, who))
    with pytest.raises(Erased):
        town.do(lambda tx: dossier(tx, who))


def test_the_dossier_has_everything_but_what_others_on_the_phone_did(town: Town, who: int) -> None:
    lived(town, who)
    about: dict[str, Any] = town.do(lambda tx: dossier(tx, who))

    assert about["person"]["full_name"] == "Bogumiła Zielińska"
    assert about["groups"] == []  # left with the club
    assert [visit["service"] for visit in about["visits"]] == ["psychologist"]
    assert {row["channel"] for row in about["addresses"]} == {"sms", "telegram"}
    assert about["log"]
    assert about["messages"][0]["attempts"]

    town.person("Jan Zwykły", NUMBER)
    assert {row["channel"] for row in town.do(lambda tx: dossier(tx, who))["addresses"]} == {"telegram"}


def test_every_table_that_knows_a_person_or_an_address_is_thought_of() -> None:
    """A new table that refers to them must be erased too, or be shown to keep nothing: add it here once it is."""
    knows = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table in (person, address)
    }
    erased = {
        "person", "person_address", "link_code", "wrong_code", "membership", "declaration", "conversation",
        "message", "attempt", "question", "todo", "audit", "offer", "waiting", "attendance", "person_word",
    }  # fmt: skip
    ids_and_days_alone = {
        "announcement_recipient",
        "appointment",
        "claim",
        "clause_shown",
        "consent",
        "inbox",
    }
    staff_alone = {
        "absence", "account", "announcement", "group", "hours", "policy", "session", "staff", "staff_session", "upload", "calendar_address",
    }  # fmt: skip
    assert knows == erased | ids_and_days_alone | staff_alone
    assert todo.name in knows
