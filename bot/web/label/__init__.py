"""The page /label: admins teach the model with a keyboard, or with a thumb."""

from bot.web.label.router import label_router

__all__ = ["label_router"]
