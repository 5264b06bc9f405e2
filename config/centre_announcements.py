"""What the club's file says of announcements: when a second person has to look, and for how long one can be taken back."""

from typing import Annotated

from pydantic import Field

from config.centre_parts import Count, Part


class AnnouncementRules(Part):
    """To more people than that only two of the staff together send; and so many seconds can pass until anything goes."""

    second_person_above: Count
    undo_seconds: Annotated[int, Field(ge=0, le=600)]
