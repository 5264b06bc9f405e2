"""What Telegram's own menu offers: commands that are understood, named in three languages."""

import pytest

from bot.channels.telegram.setup import COMMANDS
from bot.dialogue.answer import HANDLERS
from bot.dialogue.reading.services import Services
from bot.dialogue.reading.understand import understand
from tests.bot.dialogue.phone import the_catalogue
from tests.builders import NOW, WARSAW
from words.catalogue import LANGUAGES


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_menu_is_understood_and_named(command: str) -> None:
    meaning = understand(f"/{command}", Services({}), NOW.astimezone(WARSAW))

    assert meaning.intent in HANDLERS
    for language in LANGUAGES:
        assert the_catalogue().has(language, f"cmd_{command}")
