"""The coba ("try it") channel: its chats live in the database and are looked at in a browser on this machine."""

from bot.channels.coba.channel import CobaChannel
from bot.channels.coba.linking import link_all, unlink_all

__all__ = ["CobaChannel", "link_all", "unlink_all"]
