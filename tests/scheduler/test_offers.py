"""Times that were given back reach those who wait: whom they fit, in which order, once each, and never at night."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import offers
from scheduler.booking import book, call_off, give_back
from scheduler.errors import AlreadyYours, ContractEnded, SlotTaken
from scheduler.leaving import leave
from scheduler.offered_lately import lately
from scheduler.offers import OfferOver, accept, decline, offer_times
from scheduler.waiting import (
    Waiting,
    WaitsNoMore,
    Wish,
    everybody,
    put_back,
    stop,
    take_off,
    wait,
    waiting_of,
)
from storage.database import Database
from storage.tables import address, message, offer, todo
from tests.builders import MONDAY, NOW, Club, a_centre, a_row, warsaw

TUESDAY = date(2026, 10, 6)
TEN, ELEVEN = warsaw(TUESDAY, "10:00"), warsaw(TUESDAY, "11:00")
LATER = timedelta(minutes=16)  # every hold has ended


def one_psychologist(*, at_once: int = 2, answer_minutes: int = 60) -> Any:
    """Pola alone, on Tuesday from ten to twelve, by phone: two times, and in the weeks after none."""
    centre = a_centre(
        timetable=[a_row("pola", "psycholog", 2, "10:00", "12:00")],
        closures=[{"first": date(2026, 10, 7), "last": date(2026, 12, 31), "reason": "remont"}],
    )
    rules = centre.waiting.model_copy(update={"at_once": at_once, "answer_minutes": answer_minutes})
    return centre.model_copy(update={"waiting": rules})


class Full(Club):
    """Both times are booked; whoever waits can only have one that is given back."""

    def __init__(self, database: Database, **rules: int) -> None:
        super().__init__(database, one_psychologist(**rules))
        self.holder = self.person("Maria Pierwsza", "+48501900001")
        self.visits = [self.books(self.holder, at) for at in (TEN, ELEVEN)]

    def books(self, who: int, at: datetime) -> Any:
        return self.do(lambda tx: book(tx, self.centre, person_id=who, service="psycholog", starts_at=at))

    def gives_back(self, visit: Any, now: datetime | None = None) -> None:
        self.do(lambda tx: give_back(tx, self.centre, visit_id=visit.id), now)

    def waits(self, number: int, now: datetime | None = None, **wish: Any) -> int:
        who = self.person(f"Osoba {number}", f"+48501{number:06}")
        self.do(lambda tx: wait(tx, self.centre, Wish(who, "psycholog", **wish)), now or self.now)
        return who

    def offers(self, now: datetime) -> int:
        return int(self.do(lambda tx: offer_times(tx, self.centre), now))

    def made(self) -> list[tuple[int, datetime, str]]:
        asked = select(offer.c.person_id, offer.c.starts_at, offer.c.outcome).order_by(offer.c.id)
        return [tuple(row) for row in self.do(lambda tx: tx.connection.execute(asked).all())]

    def offer_id(self, who: int) -> int:
        asked = select(offer.c.id).where(offer.c.person_id == who).order_by(offer.c.id.desc()).limit(1)
        return int(self.do(lambda tx: tx.connection.execute(asked).scalar_one()))

    def takes(self, who: int, now: datetime) -> Any:
        offer_id = self.offer_id(who)
        return self.do(lambda tx: accept(tx, self.centre, offer_id), now)


@pytest.fixture
def club(database: Database) -> Full:
    return Full(database)


def test_a_time_is_offered_once_its_hold_has_ended(club: Full) -> None:
    who = club.waits(1)
    club.gives_back(club.visits[0])
    assert club.offers(NOW + timedelta(minutes=14)) == 0
    assert club.offers(NOW + LATER) == 1
    assert club.made() == [(who, TEN, "open")]
    (sent,) = club.messages(text="waiting_offer")
    assert (sent.purpose, sent.person_id, sent.useless_after) == (
        "offer",
        who,
        NOW + LATER + timedelta(hours=1),
    )
    assert sent.params == {
        "starts_at": TEN.isoformat(),
        "until_time": (NOW + LATER + timedelta(hours=1)).isoformat(),
    }


def test_running_again_changes_nothing(club: Full) -> None:
    club.waits(1)
    club.gives_back(club.visits[0])
    assert [club.offers(NOW + LATER) for _ in range(3)] == [1, 0, 0]
    assert len(club.messages(purpose="offer")) == 1


def test_what_was_free_when_they_asked_is_no_news_to_them(club: Full) -> None:
    club.gives_back(club.visits[0])
    club.waits(1, NOW + LATER)
    assert club.offers(NOW + 2 * LATER) == 0
    club.gives_back(club.visits[1], NOW + 2 * LATER)
    assert club.offers(NOW + 4 * LATER) == 1


def test_those_who_wait_longest_are_asked_first_and_only_so_many_at_a_time(club: Full) -> None:
    third = club.waits(3, NOW + timedelta(minutes=3))
    first, second = club.waits(1, NOW), club.waits(2, NOW + timedelta(minutes=1))
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == 2
    assert [row[0] for row in club.made()] == [first, second]
    assert club.offers(NOW + LATER + timedelta(minutes=59)) == 0
    assert club.offers(NOW + LATER + timedelta(minutes=60)) == 1
    assert [(row[0], row[2]) for row in club.made()] == [
        (first, "expired"), (second, "expired"), (third, "open")
    ]  # fmt: skip


def test_a_no_lets_the_next_be_asked_and_keeps_the_place(club: Full) -> None:
    people = [club.waits(n, NOW + timedelta(minutes=n)) for n in (1, 2, 3)]
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    club.do(lambda tx: decline(tx, 1), NOW + LATER)
    assert club.offers(NOW + LATER) == 1
    assert club.made()[-1][:2] == (people[2], TEN)
    assert [one.person_id for one in club.do(lambda tx: everybody(tx, club.centre))] == people


def test_the_first_yes_has_it_and_the_other_keeps_the_place(club: Full) -> None:
    slow, fast = club.waits(1), club.waits(2, NOW + timedelta(minutes=1))
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    visit = club.takes(fast, NOW + LATER)
    assert (visit.participant_id, visit.starts_at) == (fast, TEN)
    with pytest.raises(SlotTaken):
        club.takes(slow, NOW + LATER)
    assert [one.person_id for one in club.do(lambda tx: everybody(tx, club.centre))] == [slow]
    club.gives_back(club.visits[1], NOW + LATER)
    assert club.offers(NOW + 3 * LATER) == 1
    assert club.made()[-1] == (slow, ELEVEN, "open")


def test_saying_yes_twice_books_once(club: Full) -> None:
    who = club.waits(1)
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    visit = club.takes(who, NOW + LATER)
    with pytest.raises(AlreadyYours):
        club.takes(who, NOW + LATER)
    club.gives_back(visit, NOW + LATER)
    with pytest.raises(OfferOver):
        club.takes(who, NOW + LATER)


def test_a_late_yes_has_nothing(club: Full) -> None:
    who = club.waits(1)
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    with pytest.raises(OfferOver):
        club.takes(who, NOW + LATER + timedelta(hours=1))


def test_a_yes_after_a_no_has_it_if_it_is_still_there(club: Full) -> None:
    who = club.waits(1)
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    club.do(lambda tx: decline(tx, 1), NOW + LATER)
    assert club.takes(who, NOW + LATER).starts_at == TEN


def test_nobody_is_offered_one_time_twice_nor_two_at_once(club: Full) -> None:
    who = club.waits(1)
    for visit in club.visits:
        club.gives_back(visit)
    for hours in (1, 2, 3, 4):
        club.offers(NOW + timedelta(hours=hours))
        open_ones = [row for row in club.made() if row[2] == "open"]
        assert len(open_ones) <= 1
    assert [row[:2] for row in club.made()] == [(who, TEN), (who, ELEVEN)]


@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        ({}, True),
        ({"first_day": TUESDAY, "last_day": TUESDAY}, True),
        ({"first_day": date(2026, 10, 7)}, False),
        ({"last_day": MONDAY}, False),
        ({"from_time": time(12)}, False),
        ({"until_time": time(12)}, True),
        ({"until_time": time(10)}, False),
    ],
)
def test_only_whom_it_fits_is_asked(club: Full, wish: dict[str, Any], fits: bool) -> None:
    club.waits(1, **wish)
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == fits


def test_at_night_on_sundays_and_too_short_before_nobody_is_asked(club: Full) -> None:
    club.waits(1)
    club.gives_back(club.visits[0])
    assert club.offers(warsaw(MONDAY, "20:30")) == 0
    assert club.offers(warsaw(TUESDAY, "07:59")) == 0
    assert club.offers(warsaw(TUESDAY, "08:01")) == 0, (
        "an hour to answer, and the lead time, are more than is left"
    )
    assert club.offers(warsaw(MONDAY, "19:00")) == 1


def elsewhere(club: Full, who: int) -> None:
    """They have a visit of another service then."""
    row = a_row("dorota", "doradca", 2, "10:00", "11:00")
    hours = [*club.centre.model_dump()["timetable"], row]
    club.centre = club.centre.model_validate(club.centre.model_dump() | {"timetable": hours})
    from scheduler.plant import plant  # noqa: PLC0415

    club.do(lambda tx: plant(tx, club.centre))
    club.do(lambda tx: book(tx, club.centre, person_id=who, service="doradca", starts_at=TEN))


def has_left(club: Full, who: int) -> None:
    club.do(lambda tx: leave(tx, who))


def has_stopped(club: Full, _: int) -> None:
    club.do(lambda tx: tx.connection.execute(address.update().values(state="stopped")))


def contract_ends(club: Full, who: int) -> None:
    from storage.people import change_person  # noqa: PLC0415

    club.do(lambda tx: change_person(tx, who, contract_until=MONDAY))


def waits_no_more(club: Full, who: int) -> None:
    club.do(lambda tx: stop(tx, [one.id for one in waiting_of(tx, club.centre, [who])]))


@pytest.mark.parametrize("why", [elsewhere, has_left, has_stopped, contract_ends, waits_no_more])
def test_nobody_is_asked_who_could_not_take_it(club: Full, why: Callable[[Full, int], None]) -> None:
    who = club.waits(1)
    why(club, who)
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == 0
    assert club.made() == []


@pytest.mark.parametrize(("most", "asked"), [(1, 0), (2, 1)])
def test_nobody_is_asked_who_has_as_many_visits_as_one_may_have(club: Full, most: int, asked: int) -> None:
    club.do(lambda tx: call_off(tx, visit_id=club.visits[1].id))
    who = club.person("Ewa Zajęta", "+48501000007")
    club.books(who, ELEVEN)
    club.do(lambda tx: wait(tx, club.centre, Wish(who, "psycholog")), NOW + timedelta(minutes=1))
    rules = club.centre.rules.model_copy(update={"open_visits_per_service": most})
    club.centre = club.centre.model_copy(update={"rules": rules})
    club.gives_back(club.visits[0], NOW + timedelta(minutes=1))
    assert club.offers(NOW + 2 * LATER) == asked


def test_of_those_who_share_a_phone_one_is_asked_at_a_time(club: Full) -> None:
    shared = [club.person(f"{name} Nowak", "+48501000055") for name in ("Anna", "Jan")]
    for who in shared:
        club.do(lambda tx, who=who: wait(tx, club.centre, Wish(who, "psycholog")))
    other = club.waits(1, NOW + timedelta(minutes=1))
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == 2
    assert [row[0] for row in club.made()] == [shared[0], other]
    club.do(lambda tx: decline(tx, 1), NOW + LATER)
    assert club.offers(NOW + LATER) == 1
    assert club.made()[-1][0] == shared[1]


def test_whoever_has_booked_since_waits_no_more(club: Full) -> None:
    who = club.waits(1)
    club.gives_back(club.visits[0])
    later = NOW + LATER
    club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=TEN), later)
    assert club.do(lambda tx: everybody(tx, club.centre), later) == []
    club.gives_back(club.visits[1], later)
    assert club.offers(later + LATER) == 0


def test_whoever_has_no_channel_is_phoned_by_staff(club: Full) -> None:
    who = club.person("Adam Bez Telefonu", None)
    club.do(lambda tx: wait(tx, club.centre, Wish(who, "psycholog")))
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == 1
    assert club.messages(purpose="offer") == []
    (row,) = club.do(lambda tx: tx.connection.execute(select(todo)).all())
    assert (row.text, row.person_id, row.due_at) == ("todo_offer", who, NOW + LATER + timedelta(hours=1))


def test_an_offer_whose_time_somebody_else_has_booked_is_lost_and_another_can_be_made(club: Full) -> None:
    who = club.waits(1)
    for visit in club.visits:
        club.gives_back(visit)
    club.offers(NOW + LATER)
    other = club.person("Inny Ktoś", "+48501000999")
    club.do(
        lambda tx: book(tx, club.centre, person_id=other, service="psycholog", starts_at=TEN), NOW + LATER
    )
    assert club.offers(NOW + LATER) == 1
    assert club.made() == [(who, TEN, "lost"), (who, ELEVEN, "open")]


def test_an_earlier_time_is_offered_to_whoever_asked_and_moves_their_visit(club: Full) -> None:
    club.do(lambda tx: call_off(tx, visit_id=club.visits[1].id))
    who = club.person("Ewa Późna", "+48501000007")
    visit = club.books(who, ELEVEN)
    club.do(lambda tx: wait(tx, club.centre, Wish(who, "psycholog", visit_id=visit.id, earlier=True)))
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == 1
    (sent,) = club.messages(text="waiting_move")
    assert (sent.params["starts_at"], sent.params["offered_at"]) == (ELEVEN.isoformat(), TEN.isoformat())
    moved = club.takes(who, NOW + LATER)
    assert (moved.id, moved.starts_at) == (visit.id, TEN)
    assert club.offers(NOW + LATER) == 0, "the time that the move gave back is later"


def test_a_later_time_is_no_earlier_one(club: Full) -> None:
    club.do(lambda tx: call_off(tx, visit_id=club.visits[0].id))
    who = club.person("Ewa Wczesna", "+48501000007")
    visit = club.books(who, TEN)
    club.do(lambda tx: wait(tx, club.centre, Wish(who, "psycholog", visit_id=visit.id, earlier=True)))
    club.gives_back(club.visits[1])
    assert club.offers(NOW + LATER) == 0


def test_who_asks_twice_keeps_the_place_and_wishes_anew(club: Full) -> None:
    who = club.waits(1)
    again = club.do(
        lambda tx: wait(tx, club.centre, Wish(who, "psycholog", from_time=time(12))), NOW + timedelta(hours=1)
    )
    assert isinstance(again, Waiting)
    assert (again.since, again.from_time) == (NOW, time(12))
    assert len(club.do(lambda tx: everybody(tx, club.centre))) == 1


def test_waiting_ends_by_itself_on_its_last_day(club: Full) -> None:
    club.waits(1, last_day=TUESDAY)
    assert len(club.do(lambda tx: everybody(tx, club.centre), warsaw(TUESDAY, "23:00"))) == 1
    after = warsaw(date(2026, 10, 7), "09:00")
    assert club.do(lambda tx: everybody(tx, club.centre), after) == []


def test_nobody_waits_for_days_after_their_contract(club: Full) -> None:
    who = club.person("Olga Krótka", "+48501000008", contract_until=MONDAY - timedelta(days=1))
    with pytest.raises(ContractEnded):
        club.do(lambda tx: wait(tx, club.centre, Wish(who, "psycholog")))


def test_the_messages_name_no_service(club: Full) -> None:
    club.waits(1)
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    rows = club.do(
        lambda tx: tx.connection.execute(select(message.c.params).where(message.c.purpose == "offer"))
    )
    assert all("service" not in row.params for row in rows)
    assert offers.KIND == "offered"


def test_staff_take_one_off_the_list_and_put_them_back_in_their_old_place(club: Full) -> None:
    first, second = (club.waits(number, NOW + timedelta(minutes=number)) for number in (1, 2))
    before = club.do(lambda tx: everybody(tx, club.centre))
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)

    club.do(lambda tx: take_off(tx, club.centre, before[0].id, by=club.holder), NOW + LATER)

    assert [one.person_id for one in club.do(lambda tx: everybody(tx, club.centre))] == [second]
    with pytest.raises(OfferOver):
        club.takes(first, NOW + LATER)
    with pytest.raises(WaitsNoMore):
        club.do(lambda tx: take_off(tx, club.centre, before[0].id, by=club.holder))
    club.do(lambda tx: put_back(tx, before[0].id, by=club.holder))
    assert club.do(lambda tx: everybody(tx, club.centre)) == before
    with pytest.raises(WaitsNoMore):
        club.do(lambda tx: put_back(tx, before[0].id, by=club.holder))


def test_staff_read_what_became_of_the_last_offers_the_newest_first(club: Full) -> None:
    one, two = (club.waits(number, NOW + timedelta(minutes=number)) for number in (1, 2))
    club.gives_back(club.visits[0])
    club.offers(NOW + LATER)
    number = club.offer_id(one)
    club.do(lambda tx: decline(tx, number), NOW + LATER)

    soon = club.do(lately, NOW + LATER)
    late = club.do(lately, NOW + LATER + timedelta(hours=3))

    assert [(made.person_id, made.outcome) for made in soon] == [(two, "open"), (one, "declined")]
    assert [(made.starts_at, made.outcome) for made in late] == [(TEN, "expired"), (TEN, "declined")]
    assert club.do(lately, NOW + timedelta(days=30)) == []
