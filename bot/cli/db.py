"""`termin db upgrade`: bring the database to the tables of this version."""

import typer

from config.settings import load_settings
from storage.migrate import upgrade

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _db() -> None:
    """The database."""


@app.command("upgrade")
def _upgrade() -> None:
    """Bring the database to the tables of this version; a second time does nothing."""
    upgrade(load_settings(demo=True).database_url)
    typer.echo("The database has the tables of this version.")
