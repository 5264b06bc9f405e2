"""What people want from the club by SMS alone: how they come to it, what they write, and how one sees that it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.asking import prompt
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

NUMBER = "+48501000001"
MEETING = warsaw("2026-10-14", "10:00")  # a Wednesday
DAY_BEFORE, MORNING, SOON = (
    warsaw("2026-10-13", "10:00"),
    warsaw("2026-10-14", "07:45"),
    warsaw("2026-10-14", "09:40"),
)

Situation = Callable[[Town], Phone]
Seen = Callable[[Town, Phone], bool]


def nothing_open(town: Town) -> Phone:
    town.person("Jan Testowy", NUMBER)
    return town.phone(NUMBER)


def a_ukrainian(town: Town) -> Phone:
    town.person("Олена Тестова", NUMBER, language="uk")
    return town.phone(NUMBER)


def a_visit(town: Town) -> Phone:
    """On Wednesday 14.10 at 10:00."""
    phone = nothing_open(town)
    phone.says("psycholog 14.10 10:00", "tak")
    return phone


def two_visits(town: Town) -> Phone:
    phone = a_visit(town)
    phone.says("doradca 15.10 10:00", "tak")
    return phone


def reminded(town: Town) -> Phone:
    """The day before it."""
    phone = a_visit(town)
    town.at(DAY_BEFORE)
    return phone


def the_morning_of_it(town: Town) -> Phone:
    """Asked whether they come."""
    phone = reminded(town)
    town.at(MORNING)
    town.do(lambda tx: prompt(tx, town.club.centre))
    town.deliver()
    return phone


def on_the_way(town: Town) -> Phone:
    phone = the_morning_of_it(town)
    town.at(SOON)
    return phone


def given_back(town: Town) -> Phone:
    phone = a_visit(town)
    phone.says("odwolaj")
    return phone


def stopped(town: Town) -> Phone:
    phone = a_visit(town)
    phone.sends(text="STOP")
    return phone


def shared_by_two(town: Town) -> Phone:
    town.person("Anna Nowak", NUMBER)
    town.person("Jan Nowak", NUMBER)
    return town.phone(NUMBER)


def a_stranger(town: Town) -> Phone:
    return town.phone("+48501999999")


def booked(number: int = 1) -> Seen:
    return lambda town, _: len(town.open_visits()) == number


def stands_at(day: str, clock: str) -> Seen:
    return lambda town, _: [visit.starts_at for visit in town.open_visits()] == [warsaw(day, clock)]


def is_(status: str) -> Seen:
    return lambda town, _: [visit.status for visit in town.visits()] == [status]


def told(*keys: str) -> Seen:
    """The last answer was one of these texts."""
    return lambda _, phone: phone.last is not None and phone.last.key in keys


def to_do(text: str) -> Seen:
    return lambda town, _: text in town.todos()


def both(*all_of: Seen) -> Seen:
    return lambda town, phone: all(one(town, phone) for one in all_of)


@dataclass(frozen=True)
class Task:
    """One wish, in the words of the table that it is a row of."""

    wish: str
    situation: Situation
    writes: tuple[str, ...]
    done: Seen


TASKS = (
    Task("Book the nearest time with the psychologist", nothing_open, ("psycholog", "1"), booked()),
    Task("Book without knowing whom to ask for", nothing_open, ("termin", "1", "1"), booked()),
    Task("See later times, then book", nothing_open, ("psycholog", "0", "1"), booked()),
    Task("Book a day and an hour", nothing_open, ("doradca wtorek o 10", "tak"), stands_at("2026-10-06", "10:00")),
    Task("Book after noon on a day", nothing_open, ("psycholog czwartek po 12", "1"), stands_at("2026-10-08", "12:00")),
    Task("Book in Ukrainian", a_ukrainian, ("психолог", "1"), booked()),
    Task("Book for one of two on a shared phone", shared_by_two, ("psycholog", "2", "1"), booked()),
    Task("Ask when the visit is", a_visit, ("kiedy mam wizyte",), told("mine_one", "mine")),
    Task("Say yes to a reminder", reminded, ("tak",), is_("confirmed")),
    Task("Say no to a reminder", reminded, ("nie",), is_("given_back")),
    Task("Ask for another day at a reminder", reminded, ("zmien", "3"), booked()),
    Task("Say no and name another day at once", reminded, ("nie moge jutro, moze piatek o 9", "tak"), stands_at("2026-10-16", "09:00")),
    Task("Give a visit back", a_visit, ("odwolaj",), is_("given_back")),
    Task("Give one of two visits back", two_visits, ("odwolaj", "1"), booked(1)),
    Task("Undo a giving back", given_back, ("cofnij",), stands_at("2026-10-14", "10:00")),
    Task("Move a visit to another day", a_visit, ("zmien na piatek 16.10", "1"), stands_at("2026-10-16", "09:00")),
    Task("Say that they will be late", on_the_way, ("spoznie sie 10 min",), lambda town, _: town.visits()[0].late_minutes == 10),
    Task("Say that a child comes too", a_visit, ("przyjde z corka",), lambda town, _: bool(town.visits()[0].accompanied)),
    Task("Answer the morning check: coming", the_morning_of_it, ("tak",), is_("confirmed")),
    Task("Answer the morning check: not today", the_morning_of_it, ("nie",), is_("given_back")),
    Task("Ask to be called", nothing_open, ("prosze oddzwonic",), to_do("todo_callback")),
    Task("Ask about hygiene and the rules", nothing_open, ("porady",), told("advice")),
    Task("Ask what the club is", nothing_open, ("o klubie",), told("about")),
    Task("Ask about the works programme", nothing_open, ("prace",), told("works")),
    Task("Ask about their data", nothing_open, ("dane",), told("data_short")),
    Task("Ask who writes", nothing_open, ("kto to?",), told("who_writes")),
    Task("Ask what can be written", nothing_open, ("pomoc",), told("help")),
    Task("Have no more announcements", nothing_open, ("bez ogloszen",), told("no_announcements_done")),
    Task("Have no more messages at all", a_visit, ("STOP",), both(booked(1), to_do("todo_stopped"))),
    Task("Have messages again", stopped, ("START",), told("start_done")),
    Task("Say that it is the wrong number", nothing_open, ("to nie moj numer",), to_do("todo_wrong_number")),
    Task("Have the answers in English", nothing_open, ("english",), told("language_set")),
    Task("Write in despair", nothing_open, ("nie chce zyc",), to_do("todo_call_today")),
    Task("Ask how to join, from an unknown number", a_stranger, ("jak sie zapisac do klubu",), told("stranger")),
)  # fmt: skip
