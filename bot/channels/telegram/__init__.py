"""Telegram: long polling or webhook in, python-telegram-bot's Bot out."""

from bot.channels.telegram.running import Telegram, build_telegram

__all__ = ["Telegram", "build_telegram"]
