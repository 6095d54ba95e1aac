"""The page /catat: operators take down what callers and walk-ins report, and see whom to call."""

from bot.web.catat.router import catat_router

__all__ = ["catat_router"]
