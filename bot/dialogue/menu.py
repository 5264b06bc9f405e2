"""The menu: what can be had here, as numbered lines."""

from dataclasses import replace

from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish


def menu(turn: Turn) -> Reply:
    """The services that can be booked, then one's own visits."""
    services = [
        Choice("option_service", Wish(service.code).as_value("times"), {"service": service.code})
        for service in turn.centre.enabled_services
    ]
    own = Choice("option_my_visits", {"do": "mine"})
    return replace(turn.say("menu", options=numbered([*services, own])), kind="menu")
