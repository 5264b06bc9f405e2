"""How the nouns of the command line are found, and how a refusal ends: one line on stderr, status 1."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

NOUNS = {
    "run": "Serve the club: the web edge, the channels and the clockwork.",
    "demo": "Serve everything with pretend phones, on this machine alone.",
    "doctor": "Check settings, database, club and channels.",
    "db": "The database: upgrade.",
    "participants": "Participants: import, list, code, word, calls, phone, end, export, erase.",
    "slip": "A slip to print for somebody without a phone.",
    "staff": "Staff: add, list, password, end, away, back.",
    "agenda": "Who comes when.",
    "closures": "Days on which the club is closed, or closes early: add, list, remove.",
    "change": "What changes for some days: a room.",
    "policy": "The epidemic rules: list, set.",
    "announce": "Tell everybody or a group something: TEXT --to all; list, show, confirm, undo, pause, go-on, stop.",
    "ledger": "Every message and what became of it.",
    "waiting": "Who waits for a time that is given back, the longest first.",
    "todos": "What staff have to do: list, take, done, give.",
    "today": "Who comes today, at the door: list, arrived, attended, missed, refused.",
    "isolate": "The four steps when somebody shows signs of illness, and a call for whoever is on duty.",
    "groups": "Groups: list, add, set, join, leave, split, import.",
    "sessions": "When groups meet: list, move, call-off.",
    "contacts": "Who held the same room as somebody, for the sanitary station.",
}


class Commands(TyperGroup):
    """Loads `bot/cli/<noun>.py` when that noun is meant: the help and the others need none of what it imports."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        if args and args[0] in NOUNS:
            self.commands[args[0]] = get_command(import_module(f"bot.cli.{args[0]}").app)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            from bot.cli.refusal import sentence  # noqa: PLC0415 (what it knows is loaded by now, if it matters)

            line = sentence(error)
            if line is None:
                raise
            typer.echo(line, err=True)
            raise typer.Exit(1) from None
