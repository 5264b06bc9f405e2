"""Whose number this is: somebody else's, or whose who asks who writes, or not to be written to."""

from dataclasses import replace

from bot.dialogue import office
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from scheduler import consent


def mistake(turn: Turn) -> Reply:
    """POMYLKA: nothing more goes to this number. Right after giving back it may mean that instead, and is asked."""
    if not turn.last_text.startswith("given_back"):
        return not_theirs(turn)
    meant = (
        Choice("option_undo", {"do": "undo_last"}),
        Choice("option_wrong_number", {"do": "wrong_number"}),
    )
    return replace(turn.say("mistake_which", options=numbered(meant)), kind="mistake")


def not_theirs(turn: Turn) -> Reply:
    """Nobody enrolled is to be reached here any more; their visits stand, and staff find out the right number."""
    said = turn.say("wrong_number_done")
    consent.wrong_number(turn.tx, turn.address)
    return replace(said, person_id=None, language=turn.language)


def who_writes(turn: Turn) -> Reply:
    """Who writes and how to stop it; nothing of whether anybody is enrolled."""
    return turn.say("who_writes")


def dont_write(turn: Turn) -> Reply:
    """Which messages shall end is asked, for one word ends announcements and another all; asked for again, staff settle it."""
    if turn.last_text == "dont_write":
        office.settle_what_to_send(turn)
    if not turn.incoming.buttons:
        return turn.say("dont_write")
    choices = (
        Choice("btn_no_announcements", {"do": "no_announcements"}, mark="announcements"),
        Choice("btn_no_messages", {"do": "stop"}, mark="all"),
    )
    return replace(turn.say("dont_write", options=choices), kind="dont_write")
