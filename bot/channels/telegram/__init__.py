"""Telegram: long polling or webhook in, python-telegram-bot's Bot out."""

from bot.channels.telegram.running import HOOK_PATH, Telegram, build_telegram

__all__ = ["HOOK_PATH", "Telegram", "build_telegram"]
