"""What stories about people's data share: an admin, what is read next, and whether anything of somebody is left."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlalchemy as sa

from bot.bootstrap import App
from bot.store.tables import metadata
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import WADUL, Seen


def traces(app: App, needles: Iterable[str], *, but: Iterable[str] = ()) -> list[str]:
    """Where the needles are found; `but` names tables that may hold them."""
    wanted = [needle.casefold() for needle in needles]
    found = [
        f"{where}: {needle}" for where, text in _every(app, set(but)) for needle in wanted if needle in text.casefold()
    ]
    return sorted(set(found))


def _every(app: App, but: set[str]) -> Iterator[tuple[str, str]]:
    yield from _tables(app, but)
    for path in sorted(app.settings.data_dir.rglob("*")):
        if path.is_file() and not (but and (".db" in path.name or path.parent.name in but)):
            yield str(path.relative_to(app.settings.data_dir)), path.read_bytes().decode("latin-1")


def _tables(app: App, but: set[str]) -> Iterator[tuple[str, str]]:
    with app.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in but:
                for row in connection.execute(sa.select(table)):
                    yield table.name, str(tuple(row))


def files(folder: Path) -> list[str]:
    """The files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def admits(place: Place, person: Person) -> None:
    """Make somebody of the staff an admin."""
    user = {"telegram": "9002", "coba": "petugas:1"}.get(place.channel) or str(person.account.id)
    place.app.store.write_now(lambda uow: uow.people.make_admin(place.channel, user, now=0.0))


async def settle(place: Place) -> None:
    """Everything is sent, and what must be taken away is."""
    await place.idle()
    await place.app.keeper.fetch()
    await place.app.rights.step()
    await place.idle()
    await place.app.rights.step()


async def until(screen: Screen, *words: str) -> Seen:
    """The next unread message that says this; what stands before it is read too."""

    async def found() -> Seen | None:
        for seen in await screen.place.look(screen):
            if seen.by == WADUL and seen.id not in screen.read:
                screen.read.add(seen.id)
                if seen.has(*words):
                    return seen
        return None

    return await screen.place.until(found, f"{screen.name} reads {words}")
