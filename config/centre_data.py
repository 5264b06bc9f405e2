"""What a club's file says of people's data: who answers for it, and how long each kind is kept."""

from typing import Annotated

from pydantic import Field

from config.centre_parts import Part, Text, Texts

Days = Annotated[int, Field(ge=1, le=3650)]


class Data(Part):
    """Who answers for the data. `version` names the information clause; a new text has a new one."""

    controller: Text
    inspector: Texts
    version: Annotated[str, Field(min_length=1, max_length=32)]


class Retention(Part):
    """Days for which each kind is kept, counted in whole local days; what is still open stays whatever its age."""

    talk: Days
    bodies: Days
    ledger: Days
    inbox: Annotated[int, Field(ge=7, le=3650)]  # what Twilio still lists must not seem new
    declarations: Days
    todos: Days
    visits: Days
    audit: Days
    left: Days
