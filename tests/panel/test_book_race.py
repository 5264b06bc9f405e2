"""Two members of staff and the bot want the same time in the same second: one has it, the others see who, and the nearest free."""

import asyncio
from datetime import datetime

from bot.dialogue.incoming import Incoming
from bot.metrics import Meters
from bot.reception import Reception
from scheduler.free_times import Search, free_times
from scheduler.staff import Role
from storage.database import Database
from tests.bot.dialogue.phone import SENDER, Town
from tests.panel.clerk import Clerk, SetClock, a_colleague, open_panel

ROUNDS = 3
SERVICE = "career_adviser"  # of one specialist: whoever has the hour has all of it


class Race:
    """A club in which one hour is wanted by two clerks' callers and by somebody who writes to the bot."""

    def __init__(self, database: Database) -> None:
        self.town = Town(database)
        self.reception = Reception(database, SetClock(self.town.now), self.town.dialogue, Meters())
        self.number = 0

    def somebody(self) -> tuple[int, str, str]:
        """A new participant: id, name, number."""
        self.number += 1
        name, phone = f"Osoba Próbna{self.number}", f"+4850100{self.number:04}"
        return self.town.person(name, phone), name, phone

    def first_free(self) -> datetime:
        found = self.town.do(lambda tx: free_times(tx, self.town.club.centre, Search(SERVICE), 1))
        at: datetime = found[0].starts_at
        return at

    async def write(self, phone: str, text: str) -> None:
        self.number += 1
        await self.reception.take(Incoming("sms", SENDER, phone, f"SM{self.number}", text=text))
        self.town.deliver()

    def said_last(self, person_id: int) -> str:
        return str(max(self.town.club.messages(person_id=person_id), key=lambda one: one.id).text)


async def test_one_has_it_and_the_others_see_who_and_the_nearest_free(database: Database) -> None:
    race = Race(database)
    staff = [a_colleague(race.town.club, Role.RECEPTION, f"Osoba Recepcja{n}") for n in range(2)]

    async with (
        open_panel(race.town.club) as base,
        Clerk(base, race.town.club, staff[0]) as one,
        Clerk(base, race.town.club, staff[1]) as two,
    ):
        for _ in range(ROUNDS):
            await hold_a_round(race, (one, two))


async def hold_a_round(race: Race, clerks: tuple[Clerk, Clerk]) -> None:
    callers, writer = [race.somebody() for _ in clerks], race.somebody()
    at = race.first_free()
    pages = [
        await clerk.see(f"/panel/book?person={who}&service={SERVICE}")
        for clerk, (who, _, _) in zip(clerks, callers, strict=True)
    ]
    await race.write(writer[2], "doradca")

    sending = [
        clerk.send(page.form_with("at"), at=at.isoformat()) for clerk, page in zip(clerks, pages, strict=True)
    ]
    seen, _ = await asyncio.gather(asyncio.gather(*sending), race.write(writer[2], "1"))

    [visit] = [one for one in race.town.open_visits() if one.starts_at == at]
    names = {who: name for who, name, _ in (*callers, writer)}
    assert visit.participant_id in names
    for (who, _, _), page in zip(callers, seen, strict=True):
        if who == visit.participant_id:
            assert page.path == f"/panel/visits/{visit.id}"
        else:
            why = page.html.split('id="why"')[1].split("</p>")[0]
            assert (page.status, names[visit.participant_id] in why) == (422, True)
            assert page.form_with("at").fields[-1][1] > at.isoformat()
    has_it = writer[0] == visit.participant_id
    assert race.said_last(writer[0]) in ({"booked", "booked_soon"} if has_it else {"slot_taken"})
