from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.shifts import (
    Member,
    NoRoomForAnyone,
    TooManyShifts,
    TooManyTogether,
    limit,
    shifts_for,
    slot_of,
    split,
)

words = st.sampled_from([None, None, None, "a", "b", "c"])
places = st.one_of(st.none(), st.integers(0, 3))


def group(least: int = 1, most: int = 19) -> st.SearchStrategy[list[Member]]:
    wishes = st.lists(st.tuples(places, words), min_size=least, max_size=most)
    return wishes.map(lambda all_: [Member(number, *wish) for number, wish in enumerate(all_)])


def sizes(of: dict[int, int]) -> list[int]:
    return sorted(Counter(of.values()).values())


def moved(members: list[Member], of: dict[int, int]) -> int:
    return sum(member.shift is not None and member.shift != of[member.person_id] for member in members)


def test_seventeen_people_in_a_room_for_seven_come_in_three_shifts_of_even_size() -> None:
    assert sizes(split([Member(number) for number in range(17)], 7)) == [5, 6, 6]


def test_who_is_in_a_shift_stays_there_when_one_more_joins() -> None:
    members = [Member(number, shift=number % 3) for number in range(17)]

    assert moved(members, split([*members, Member(17)], 7)) == 0


def test_people_who_ask_to_be_together_are() -> None:
    of = split([Member(1, 0, "a"), Member(2, 1, "a"), Member(3, 0), Member(4, 1)], 2)

    assert of[1] == of[2]
    assert sizes(of) == [2, 2]


def test_more_together_than_a_shift_may_hold_is_refused_with_the_numbers() -> None:
    with pytest.raises(TooManyTogether, match="4 people ask to be together, and a shift may hold 3"):
        split([Member(number, together="a") for number in range(4)], 3)


def test_pairs_that_do_not_fit_side_by_side_get_one_shift_more() -> None:
    pairs = [Member(number, together="abc"[number // 2]) for number in range(6)]

    assert sizes(split(pairs, 3)) == [2, 2, 2]


def test_more_shifts_than_a_day_holds_are_refused_with_the_numbers() -> None:
    with pytest.raises(TooManyShifts, match="19 people, 3 at a time, need more than 6 shifts a day"):
        split([Member(number) for number in range(19)], 3)


def test_a_room_for_nobody_is_refused() -> None:
    with pytest.raises(NoRoomForAnyone):
        split([Member(1)], 0)


@pytest.mark.parametrize(
    ("places", "area", "distance", "policy", "most"),
    [(20, 30.0, 2.0, 12, 7), (20, 30.0, 1.5, 12, 12), (6, 100.0, 1.5, 12, 6), (20, 30.0, 1.5, 4, 4)],
)
def test_the_limit_is_the_least_of_places_area_and_policy(
    places: int, area: float, distance: float, policy: int, most: int
) -> None:
    assert limit(places, area, distance, policy) == most


@given(group(), st.integers(4, 8))
def test_everybody_is_in_one_shift_none_is_too_full_and_parties_stay_whole(
    members: list[Member], most: int
) -> None:
    parties = Counter(member.together for member in members if member.together)
    if max(parties.values(), default=0) > most:
        with pytest.raises(TooManyTogether):
            split(members, most)
        return
    of = split(members, most)

    assert of.keys() == {member.person_id for member in members}
    assert max(Counter(of.values()).values()) <= most
    for word in parties:
        assert len({of[member.person_id] for member in members if member.together == word}) == 1


@given(group(), st.integers(4, 8))
def test_without_wishes_to_be_together_sizes_are_even_to_one_and_shifts_as_few_as_can_be(
    members: list[Member], most: int
) -> None:
    of = split([Member(member.person_id, member.shift) for member in members], most)

    assert len(set(of.values())) == shifts_for(len(members), most)
    assert max(sizes(of)) - min(sizes(of)) <= 1


@given(group(most=6), st.integers(3, 4))
def test_no_other_split_is_more_even_or_as_even_with_fewer_people_moved(
    members: list[Member], most: int
) -> None:
    """Against every split there is."""
    if max(Counter(member.together for member in members if member.together).values(), default=0) > most:
        return
    of = split(members, most)
    number = len(set(of.values()))

    def cost(one: dict[int, int]) -> tuple[int, int]:
        return sum(size**2 for size in sizes(one)), moved(members, one)

    for chosen in product(range(number), repeat=len(members)):
        other = dict(zip((member.person_id for member in members), chosen, strict=True))
        whole = all(
            other[one.person_id] == other[two.person_id]
            for one, two in product(members, members)
            if one.together and one.together == two.together
        )
        if whole and max(sizes(other)) <= most:
            assert cost(of) <= cost(other)


@given(st.integers(1, 5), st.integers(0, 50))
def test_over_as_many_meetings_as_shifts_each_has_every_hour_once(shifts: int, since: int) -> None:
    for shift in range(shifts):
        hours = {slot_of(shift, shifts, meeting) for meeting in range(since, since + shifts)}
        assert hours == set(range(shifts))
