"""What the coba page sends, checked."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=4096)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    chat: Id
    sender: Id

    @model_validator(mode="before")
    @classmethod
    def _cleaned(cls, fields: Any) -> Any:
        """No NUL, which PostgreSQL refuses, and no lone surrogates, which no database takes."""
        if not isinstance(fields, dict):
            return fields
        return {key: _clean(value) if isinstance(value, str) else value for key, value in fields.items()}


class Message(_Form):
    """A new message: words, a picture uploaded before, a place, in any mix."""

    text: Words = ""
    reply_to: Id | None = None
    picture: Id | None = None
    here: bool = False


class Change(_Form):
    """New words for one's own earlier message."""

    message_id: Id
    text: Annotated[Words, Field(min_length=1)]


class Press(_Form):
    """A button of a message of ours."""

    message_id: Id
    data: Annotated[str, Field(min_length=1, max_length=64)]


def _clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
