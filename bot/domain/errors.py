"""Errors of the domain.

WadulError
├── RegionError      wadul.toml says something impossible; the text names the fix
├── MoveRefused      a case may not move so from its present status
├── PressRefused     a press or chat word that may not act here, with the key of the text that says why
├── StoreUnavailable the database did not answer; try again
├── StoreSettingError no database can stand behind the settings
├── LeaseLost        another process took the work over
├── ModelError       a model folder does not hold what its name says
└── DeliveryError    a channel could not carry something out
    ├── RetryLater   try again, this chat not before some seconds
    ├── Refused      it will never work: blocked, chat not found, topic closed
    │   ├── MessageGone  the message to edit is no more
    │   └── RightMissing whoever administers the chat has not allowed it yet
    └── ChatMoved    the chat has a new id
"""

from typing import Literal

Gone = Literal["", "chat", "topic"]


class WadulError(Exception):
    """Root of everything Wadul raises by itself."""


class RegionError(WadulError):
    """The region file is wrong; the message is one sentence that names the fix."""


class MoveRefused(WadulError):
    """The case is in a status that does not allow the move."""


class PressRefused(WadulError):
    """A press or chat word that may not act: wrong chat, old card, wrong status, second press."""

    def __init__(self, key: str, **fields: str) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


class DeliveryError(WadulError):
    """A channel could not carry something out."""


class RetryLater(DeliveryError):
    """A passing fault. `seconds` is the platform's own wish, or None for our back-off."""

    def __init__(self, reason: str, *, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Refused(DeliveryError):
    """A lasting refusal; `gone` says what else is closed to us: the whole `chat`, its `topic`, or nothing."""

    def __init__(self, reason: str, *, gone: Gone = "") -> None:
        super().__init__(reason)
        self.gone = gone


class ChatMoved(DeliveryError):
    """The chat got a new id; what was meant for it must go there."""

    def __init__(self, new_id: str) -> None:
        super().__init__("chat moved")
        self.new_id = new_id


class MessageGone(Refused):
    """The message to edit is no more; it must be sent anew."""


class RightMissing(Refused):
    """The bot may not do this in the chat; whoever administers it can allow it."""


class StoreUnavailable(WadulError):
    """The database did not answer or asks to try again; nothing was changed."""


class StoreSettingError(WadulError):
    """No database can stand behind the settings; the message is one sentence that names the fix."""


class ModelError(WadulError):
    """A model folder does not hold what its name says."""


class LeaseLost(WadulError):
    """Another process took the work over; this one's result must not count."""
