"""What the page /label sends, checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=1, le=2**53)]
Label = Annotated[str, Field(min_length=1, max_length=32)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Labels(_Form):
    """The labels of a message. `seconds` is how long it was looked at."""

    task: Number
    kind: Label
    topic: Label
    urgency: Label
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0


class OneTask(_Form):
    """A message to pass over, or one to take."""

    task: Number


class OneCase(_Form):
    """A case that admins see differently."""

    case: Number
