"""Discord: the gateway in, discord.py's client out."""

from bot.channels.discord.receiving import Client
from bot.channels.discord.running import Discord, build_discord
from bot.settings import Settings, load_settings

__all__ = ["Client", "Discord", "build_discord", "create_bot"]


def create_bot(settings: Settings | None = None) -> Client:
    """A whole Wadul that starts when its client signs in, for whoever brings the connection (such as simcord)."""
    from bot.bootstrap import build_around_discord  # builds everything and imports this package: only when called

    return build_around_discord(settings or load_settings())
