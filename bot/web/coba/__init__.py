"""The coba ("try it") page: a citizen's phone and the departments' chats, on this machine only."""

from bot.web.coba.router import coba_router

__all__ = ["coba_router"]
