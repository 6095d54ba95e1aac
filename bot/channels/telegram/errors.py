"""Telegram's errors as the port's; texts never contain the token."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.receiving import retry_seconds
from bot.domain.errors import ChatMoved, MessageGone, Refused, RetryLater

_CHAT_GONE = (
    "chat not found", "chat_write_forbidden", "not enough rights to send", "have no rights to send",
    "need administrator rights", "group chat was deactivated", "user is deactivated", "peer_id_invalid",
)  # fmt: skip
_TOPIC_GONE = ("topic_closed", "topic_deleted", "topic_id_invalid", "topic not found", "message thread not found")
_MESSAGE_GONE = (
    "message to edit not found", "message to delete not found", "message can't be edited", "message_id_invalid",
)  # fmt: skip
_UNCHANGED = ("message is not modified", "topic_not_modified")


class Unchanged(Exception):
    """The message or topic stands already as it should."""


@contextmanager
def own_words() -> Iterator[None]:
    """Whatever the library raises, in our words."""
    try:
        yield
    except RetryAfter as error:
        raise RetryLater("too many requests", seconds=retry_seconds(error)) from None
    except ChatMigrated as error:
        raise ChatMoved(str(error.new_chat_id)) from None
    except Forbidden as error:
        raise Refused(error.message, gone="chat") from None
    except InvalidToken:
        raise RetryLater("token refused", seconds=30.0) from None
    except BadRequest as error:
        _refuse(error.message)
    except TelegramError as error:
        raise RetryLater(type(error).__name__) from None


def _refuse(message: str) -> None:
    words = message.casefold()
    if any(known in words for known in _UNCHANGED):
        raise Unchanged
    if any(known in words for known in _MESSAGE_GONE):
        raise MessageGone(message)
    if any(known in words for known in _TOPIC_GONE):
        raise Refused(message, gone="topic")
    raise Refused(message, gone="chat" if any(known in words for known in _CHAT_GONE) else "")
