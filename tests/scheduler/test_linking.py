from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.ledger import Notice, Purpose, post
from scheduler.linking import (
    ALPHABET,
    GUESSES,
    ChatTaken,
    CodeUsed,
    CodeWrong,
    ContactUnknown,
    HasNoCode,
    TooManyGuesses,
    link_by_code,
    link_by_contact,
    looks_like_code,
    new_code,
)
from scheduler.people import Address, NoSuchPerson, Person, address_of, colleagues_at, people_at
from storage import people
from storage.database import Database
from storage.tables import audit, link_code
from tests.builders import NOW, Club


def the_chat(club: Club, chat: str = "77") -> Address:
    where: Address = club.do(lambda tx: address_of(tx, "telegram", "123", chat))
    return where


def code_for(club: Club, person_id: int) -> str:
    return str(club.do(lambda tx: new_code(tx, person_id)))


def linked(club: Club, code: str, where: Address) -> Person:
    found: Person = club.do(lambda tx: link_by_code(tx, code, where))
    return found


def guess(club: Club, code: str, where: Address) -> type[Exception]:
    """What a code leads to; the transaction commits, as the dialogue's does once it has answered."""

    def work(tx: object) -> type[Exception]:
        with pytest.raises((CodeWrong, CodeUsed, ChatTaken, TooManyGuesses)) as refused:
            link_by_code(tx, code, where)  # type: ignore[arg-type]
        return refused.type

    return club.do(work)


def test_a_code_links_the_chat_to_its_person_and_what_waits_goes_there(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa")
    club.do(lambda tx: post(tx, Notice(key="r", purpose=Purpose.REMINDER, text="greeting", person_id=anna)))
    chat = the_chat(club)
    assert linked(club, code_for(club, anna), chat).id == anna
    assert [one.id for one in club.do(lambda tx: people_at(tx, chat.id))] == [anna]
    assert [row.address_id for row in club.messages()] == [chat.id]


def test_a_code_is_short_and_has_no_letters_that_are_taken_for_others(database: Database) -> None:
    club = Club(database)
    code = code_for(club, club.person())
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) - {"-"} <= set(ALPHABET)
    assert not set(ALPHABET) & set("0OQ1IL2Z5S8BUV")


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}.", "\u201e{}\u201d"])
def test_a_code_may_be_typed_small_and_without_its_dash(database: Database, typed: str) -> None:
    club = Club(database)
    anna = club.person()
    code = code_for(club, anna)
    assert looks_like_code(typed.format(code.lower()))
    assert linked(club, typed.format(code.lower().replace("-", " ")), the_chat(club)).id == anna


@pytest.mark.parametrize(
    "text", ["", "psycholog", "TAK", "10000000", "ACDEFHJ", "ACDEFHJKM", "dziekuje", "naprawde", "34679346"]
)
def test_other_words_do_not_look_like_a_code(text: str) -> None:
    assert not looks_like_code(text)


def test_only_a_hash_of_the_code_is_kept(database: Database) -> None:
    club = Club(database)
    code = code_for(club, club.person())
    row = club.do(lambda tx: tx.connection.execute(select(link_code)).one())
    assert code.replace("-", "") not in str(row)
    assert len(row.code_hash) == 64
    logged = club.do(lambda tx: tx.connection.execute(select(audit)).all())
    assert code.replace("-", "") not in str(logged)


def test_a_code_is_good_once_and_pressing_it_twice_is_harmless(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    code = code_for(club, anna)
    linked(club, code, the_chat(club, "77"))
    assert linked(club, code, the_chat(club, "77")).id == anna
    assert guess(club, code, the_chat(club, "78")) is CodeUsed


def test_a_code_is_good_for_a_week(database: Database) -> None:
    club = Club(database)
    code = code_for(club, club.person())
    chat = the_chat(club)
    club.now = NOW + timedelta(days=7)
    assert guess(club, code, chat) is CodeUsed


def test_a_new_code_makes_the_old_one_worthless(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    old, new = code_for(club, anna), code_for(club, anna)
    assert guess(club, old, the_chat(club)) is CodeWrong
    assert linked(club, new, the_chat(club)).id == anna


def test_a_code_of_somebody_who_left_is_no_good(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    code = code_for(club, anna)
    club.do(lambda tx: people.change_person(tx, anna, ended_at=NOW))
    assert guess(club, code, the_chat(club)) is CodeUsed
    with pytest.raises(HasNoCode, match="Jan Testowy has left the club; this code is for participants"):
        code_for(club, anna)


def test_staff_have_no_participants_code_and_nobody_has_one(database: Database) -> None:
    club = Club(database)
    with pytest.raises(HasNoCode, match="Pola Przykładowa is staff; this code is for participants"):
        code_for(club, club.specialist("pola"))
    with pytest.raises(NoSuchPerson):
        code_for(club, 99)


def test_after_five_wrong_codes_an_address_waits_an_hour_and_others_do_not(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    code = code_for(club, anna)
    chat = the_chat(club)
    assert [guess(club, "ACDE-3467", chat) for _ in range(GUESSES)] == [CodeWrong] * GUESSES
    assert guess(club, code, chat) is TooManyGuesses
    assert linked(club, code, the_chat(club, "78")).id == anna
    club.now = NOW + timedelta(hours=1)
    assert linked(club, code_for(club, anna), chat).id == anna


def test_one_chat_may_serve_several_people(database: Database) -> None:
    club = Club(database)
    anna, ola = club.person("Anna Testowa"), club.person("Ola Testowa", None)
    chat = the_chat(club)
    linked(club, code_for(club, anna), chat)
    linked(club, code_for(club, ola), chat)
    assert [one.id for one in club.do(lambda tx: people_at(tx, chat.id))] == [anna, ola]


@pytest.mark.parametrize("phone", ["48501000001", "+48501000001", "+48 501 000 001"])
def test_ones_own_number_links_the_chat_to_everybody_enrolled_with_it(database: Database, phone: str) -> None:
    club = Club(database)
    anna, piotr = club.person("Anna Testowa"), club.person("Piotr Testowy")
    club.person("Ola Testowa", "+48501000002")
    chat = the_chat(club)
    found = club.do(lambda tx: link_by_contact(tx, phone, chat))
    assert [one.id for one in found] == [anna, piotr]
    assert [one.id for one in club.do(lambda tx: people_at(tx, chat.id))] == [anna, piotr]


@pytest.mark.parametrize("phone", ["48501000009", "", "+", "rubbish", "501000001"])
def test_a_number_that_nobody_is_enrolled_with_links_nothing(database: Database, phone: str) -> None:
    club = Club(database)
    club.person("Anna Testowa")
    chat = the_chat(club)
    with pytest.raises(ContactUnknown):
        club.do(lambda tx: link_by_contact(tx, phone, chat))
    assert club.do(lambda tx: people_at(tx, chat.id)) == []


def staff_code(club: Club, person_id: int) -> str:
    return str(club.do(lambda tx: new_code(tx, person_id, "staff")))


def colleagues(club: Club, where: Address) -> list[int]:
    return [one.id for one in club.do(lambda tx: colleagues_at(tx, where.id))]


def test_a_code_for_staff_links_a_chat_and_the_log_says_who(database: Database) -> None:
    club = Club(database)
    pola, chat = club.specialist("pola"), the_chat(club)
    assert linked(club, staff_code(club, pola), chat).id == pola
    assert colleagues(club, chat) == [pola]
    said = club.do(lambda tx: tx.connection.execute(select(audit).where(audit.c.action == "linked")).one())
    assert (said.actor, said.actor_id) == ("staff", pola)


def test_a_participant_never_gets_a_code_for_staff(database: Database) -> None:
    club = Club(database)
    with pytest.raises(HasNoCode, match="Jan Testowy is a participant; this code is for the staff"):
        staff_code(club, club.person())


def test_a_new_chat_of_a_member_of_staff_locks_the_old_one_out(database: Database) -> None:
    club = Club(database)
    pola, lost, new = club.specialist("pola"), the_chat(club, "77"), the_chat(club, "78")
    linked(club, staff_code(club, pola), lost)
    linked(club, staff_code(club, pola), new)
    assert (colleagues(club, lost), colleagues(club, new)) == ([], [pola])


def test_a_chat_is_never_a_participants_and_a_colleagues_nor_two_colleagues_and_the_code_stays_good(
    database: Database,
) -> None:
    club = Club(database)
    anna, pola, piotr = club.person(), club.specialist("pola"), club.specialist("piotr")
    annas, polas = the_chat(club, "77"), the_chat(club, "78")
    linked(club, code_for(club, anna), annas)
    code = staff_code(club, pola)
    assert guess(club, code, annas) is ChatTaken
    assert linked(club, code, polas).id == pola
    assert guess(club, code_for(club, anna), polas) is ChatTaken
    assert guess(club, staff_code(club, piotr), polas) is ChatTaken
    with pytest.raises(ChatTaken):
        club.do(lambda tx: link_by_contact(tx, "+48501000001", polas))
