"""The page of messages: filtered, older ones a press away, and each call's reason in plain words."""

from sqlalchemy import insert

from scheduler.ledger import Notice, Purpose, post
from scheduler.staff import Role
from storage.database import Database, Transaction
from storage.tables import attempt
from tests.builders import NOW, Club, the_centre
from tests.panel.clerk import at_the_panel, on_sqlite

pytestmark = on_sqlite


def post_to(club: Club, person: int, number: int, purpose: Purpose = Purpose.NOTICE) -> int:
    notice = Notice(key=f"n:{number}", purpose=purpose, text="works", params={}, person_id=person)
    return int(club.do(lambda tx: post(tx, notice)))


async def test_a_call_that_failed_says_why_in_plain_words(database: Database) -> None:
    club = Club(database, the_centre())
    message = post_to(club, club.person("Jan <b>Testowy"), 1)

    def fail(tx: Transaction) -> None:
        row = {"message_id": message, "address_id": 1, "channel": "sms", "account": "a", "status": "failed"}
        row |= {"error": "30003", "started_at": NOW, "lease_until": NOW}
        tx.connection.execute(insert(attempt), row)

    club.do(fail)
    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/messages")).html

    assert "telefon wyłączony albo bez zasięgu" in html
    assert "Jan &lt;b&gt;Testowy" in html


async def test_a_filter_leaves_out_the_others_and_what_no_list_offers_is_no_filter(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    jan, anna = club.person("Jan Testowy"), club.person("Anna Testowa", "+48501000002")
    post_to(club, jan, 1)
    post_to(club, anna, 2, Purpose.REMINDER)

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/messages")).form("/panel/messages")
        reminders = (await clerk.send(form, purpose="reminder")).html
        jans = (await clerk.see(f"/panel/messages?person={jan}")).html
        odd = (await clerk.see("/panel/messages?purpose=%3Cb%3E&days=x&before=-1&person=9999999999999")).html

    assert ("Anna Testowa" in reminders, "Jan Testowy" in reminders) == (True, False)
    assert ("Anna Testowa" in jans, "Jan Testowy" in jans) == (False, True)
    assert ("Anna Testowa" in odd, "Jan Testowy" in odd) == (True, True)


async def test_older_ones_follow_page_by_page_and_none_is_shown_twice(database: Database) -> None:
    club = Club(database, the_centre())
    jan = club.person("Jan Testowy")
    for number in range(60):
        post_to(club, jan, number)

    async with at_the_panel(club) as clerk:
        first = (await clerk.see("/panel/messages")).html
        before = min(int(part.split('"')[0]) for part in first.split('id="message-')[1:])
        second = (await clerk.see(f"/panel/messages?before={before}")).html

    assert (first.count('id="message-'), second.count('id="message-')) == (50, 10)
    assert f"before={before}" in first


async def test_what_somebody_asked_about_their_health_is_not_read_here_and_reception_reads_nothing(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    post_to(club, club.person("Jan Testowy"), 1, Purpose.ADVICE)

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/messages")).html
    async with at_the_panel(club, Role.RECEPTION) as reception:
        refused = await reception.see("/panel/messages")

    assert "Treść została usunięta" in html
    assert (refused.status, "Testowy" in refused.html) == (403, False)
