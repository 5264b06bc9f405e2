from sqlalchemy import select

from storage import audit
from storage.database import Database
from storage.tables import audit as audit_table
from tests.builders import NOW, Club


def test_a_line_says_who_did_what_to_whom_and_when(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa")
    pola = club.specialist("pola")
    club.do(
        lambda tx: audit.note(
            tx, "staff", "phone_changed", actor_id=pola, person_id=anna, details={"channel": "sms"}
        )
    )
    asked = select(audit_table).where(audit_table.c.action == "phone_changed")
    line = club.do(lambda tx: tx.connection.execute(asked).one())
    assert (line.at, line.actor, line.actor_id, line.person_id, line.appointment_id, line.details) == (
        NOW,
        "staff",
        pola,
        anna,
        None,
        {"channel": "sms"},
    )


def test_the_clockwork_is_an_actor_without_a_person(database: Database) -> None:
    club = Club(database)
    club.do(lambda tx: audit.note(tx, "system", "expired"))
    line = club.do(lambda tx: tx.connection.execute(select(audit_table)).one())
    assert (line.actor, line.actor_id, line.person_id, line.details) == ("system", None, None, {})
