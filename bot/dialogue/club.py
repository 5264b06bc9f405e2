"""What a conversation needs of the outside: the club it speaks for, and the texts it speaks with."""

from dataclasses import dataclass
from functools import cached_property

from bot.dialogue.reading.services import Services
from config.centre import Centre
from words.catalogue import Catalogue
from words.compose import Composer


@dataclass(frozen=True)
class Club:
    """One club, as its file and the catalogues say it."""

    centre: Centre
    catalogue: Catalogue

    @cached_property
    def composer(self) -> Composer:
        """What makes words that are not the ledger's: a page to be attached."""
        return Composer(self.catalogue, self.centre)

    @cached_property
    def services(self) -> Services:
        """The words that people use for each service that can be booked, in all languages."""
        return Services(
            {
                service.code: tuple(word for words in service.words.values() for word in words)
                for service in self.centre.enabled_services
            }
        )
