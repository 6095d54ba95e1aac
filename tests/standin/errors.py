"""What the Bot API answers instead of a result, with its own words.

ApiError        any refusal: code, description, parameters
"""

from __future__ import annotations

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLL_TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLL_WHILE_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """A refusal, as the JSON answer carries it."""

    def __init__(self, code: int, description: str, *, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object of the answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(text: str, *, parameters: dict[str, Any] | None = None) -> ApiError:
    """400, with the prefix the real server writes."""
    return ApiError(400, f"Bad Request: {text}", parameters=parameters)


def forbidden(text: str) -> ApiError:
    """403: the bot may not write there."""
    return ApiError(403, f"Forbidden: {text}")


def too_many(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after}
    )


def migrated(chat_id: int) -> ApiError:
    """400: the group lives on under another id."""
    return bad_request(
        "group chat was upgraded to a supergroup chat", parameters={"migrate_to_chat_id": chat_id}
    )
