"""One request on its way through a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.standin.messages import Message
from tests.standin.methods import Method, Upload
from tests.standin.world import World


@dataclass(slots=True)
class Request:
    """Decoded parameters and uploads; `made` collects the messages it created or changed."""

    world: World
    method: Method
    params: dict[str, Any]
    uploads: Mapping[str, Upload]
    made: list[Message] = field(default_factory=list)
