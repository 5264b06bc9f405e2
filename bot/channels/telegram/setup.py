"""What Telegram is told of the bot: its commands in three languages, and where its updates are to be brought."""

from telegram import Bot, BotCommand

from bot.channels.telegram.inbound import WANTED
from config.centre_model import LANGUAGES
from words.catalogue import Catalogue

COMMANDS = (
    "termin", "moje", "zmien", "odwolaj", "cofnij", "oddzwon", "porady", "prace", "klub", "dane", "pomoc",
)  # fmt: skip
WEBHOOK = "/telegram/webhook"


async def list_commands(bot: Bot, catalogue: Catalogue) -> None:
    """Fill the client's menu; Polish is what a client in any other language shows."""
    for language in LANGUAGES:
        commands = [BotCommand(word, catalogue.say(language, f"cmd_{word}")) for word in COMMANDS]
        await bot.set_my_commands(commands, language_code=None if language == LANGUAGES[0] else language)


async def set_webhook(bot: Bot, public_url: str, secret: str) -> None:
    """Have the updates brought here, one after the other, so that one person's messages keep their order."""
    await bot.set_webhook(
        public_url + WEBHOOK,
        secret_token=secret,
        max_connections=1,
        allowed_updates=WANTED,
        drop_pending_updates=False,
    )
