"""Thirty and more wishes by SMS alone, and the table of them at the end of README.md."""

from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Said, Town
from tests.bot.dialogue.tasks import TASKS, Task
from words.sms import parts

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def play(town: Town, task: Task) -> list[Said]:
    """Write the messages one after the other; what came back."""
    phone = task.situation(town)
    answers = [said for said in [phone.sends(text=text) for text in task.writes] if said]
    assert task.done(town, phone), [(said.key, said.words) for said in answers]
    return answers


def row(task: Task, answers: list[Said]) -> str:
    written = ", then ".join(f"`{text}`" for text in task.writes)
    return f"| {task.wish} | {written} | {len(task.writes)} | {sum(parts(said.words) for said in answers)} |"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.wish)
def test_it_is_done_in_as_many_messages_as_the_readme_says(database: Database, task: Task) -> None:
    answers = play(Town(database), task)

    assert len(task.writes) <= 4
    assert row(task, answers) in README


def test_the_readme_tells_of_no_other_tasks() -> None:
    annex = README.partition("## Annex")[2]

    assert len(TASKS) >= 30
    assert len([line for line in annex.splitlines() if line.startswith("| ")]) == len(TASKS) + 1
