"""`python -m bot register`, `python -m bot incident`: what the desk sees by /register and /insiden, on the terminal."""

from collections.abc import Callable
from functools import partial
from time import time
from typing import Annotated

import typer

from bot.region_file import load_region
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.incidents import incident_list, note_incident
from bot.services.rights.registering import register_text
from bot.settings import load_settings

MOST = 500
OPERATOR = "operator"  # who notes something on the terminal, as the audit writes it
incident_app = typer.Typer(no_args_is_help=True, help="Breaches of personal data: add, list.")


def register() -> None:
    """Print what was erased, destroyed, refused or barred, what waits, and the latest incidents."""
    _with_office(lambda uow, office: typer.echo(register_text(uow, office, most=MOST)))


@incident_app.command("add")
def add(what: Annotated[str, typer.Argument(help="What happened, in a sentence.")]) -> None:
    """Note an incident; the desk's chat sees it with its deadline once the bot runs."""
    _with_office(lambda uow, office: typer.echo(note_incident(uow, office, what, by=OPERATOR).id))


@incident_app.command("list")
def show() -> None:
    """Print the latest incidents."""
    _with_office(lambda uow, office: typer.echo(incident_list(uow, office)))


def _with_office(work: Callable[[UnitOfWork, Office], None]) -> None:
    """Do something in one transaction, with the region's words and without a model."""
    from bot.metrics import Metrics
    from bot.services.reading import RegionTagger
    from bot.services.tagging import ModelTagger
    from bot.store.engine import Store
    from bot.texts import Catalogue
    from classifier import classify

    settings = load_settings()
    region = load_region(settings.config)
    store = Store(settings.database)
    tagger = RegionTagger(ModelTagger(None, rules=partial(classify, None)), region.topics)
    office = Office(region=region, texts=Catalogue.load(), tagger=tagger, counters=Metrics(), clock=time)
    try:
        store.write_now(lambda uow: work(uow, office))
    finally:
        store.close()
