import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import SQLAlchemyError

from storage.complaints import complaint
from storage.database import Database
from storage.errors import DatabaseAway
from storage.tables import person
from tests.builders import NOW


def test_a_complaint_is_one_line_without_the_statement_and_its_values(database: Database) -> None:
    row = {"kind": "king", "full_name": "Anna Tajna", "name_key": "anna tajna", "enrolled_at": NOW}
    with pytest.raises(SQLAlchemyError) as refused:
        database.run(lambda tx: tx.connection.execute(insert(person).values(row)), NOW)
    line = complaint(refused.value)
    assert line is not None
    assert line.startswith("the database refuses: ")
    assert "\n" not in line
    assert "INSERT" not in line
    assert "Tajna" not in line


def test_a_statement_that_is_wrong_is_the_databases_complaint_too(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as refused:
        database.run(lambda tx: tx.connection.execute(text("SELECT id FROM nowhere")), NOW)
    assert "nowhere" in str(complaint(refused.value))


def test_our_own_words_are_kept_and_others_errors_are_not_ours() -> None:
    assert complaint(DatabaseAway("the database is away or locked")) == "the database is away or locked"
    assert complaint(KeyError("x")) is None
