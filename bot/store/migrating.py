"""Bring a database up to date with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store.engine import Store, available

FOLDER = Path(__file__).parent / "migrations"


def migrate(store: Store) -> None:
    """Upgrade to the newest revision; several processes may ask at once, one does it."""
    config = _config()
    with available(), store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(875310)")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def pending(store: Store) -> bool:
    """Whether the database is not at the newest revision."""
    with available(), store.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    return here != ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
