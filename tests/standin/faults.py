"""Faults a test orders: which call goes wrong, how, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tests.standin.errors import ApiError, too_many


class FaultKind(StrEnum):
    """What goes wrong. Only `drop_after` and `slow` let the call have its effect."""

    TOO_MANY = "too_many"  # 429 with `retry_after`
    SERVER_ERROR = "server_error"  # 500 as JSON
    BAD_GATEWAY = "bad_gateway"  # 502 with an HTML page
    HTML = "html"  # 200 with an HTML page, as a captive portal sends
    DROP_BEFORE = "drop_before"  # connection cut, nothing happened
    DROP_AFTER = "drop_after"  # connection cut, but it happened
    SLOW = "slow"  # answers after `delay` seconds, having taken effect at once
    HANG = "hang"  # waits `delay` seconds and only then takes effect
    REFUSE = "refuse"  # `code` and `description`


@dataclass(slots=True)
class Fault:
    """One order: the next `times` calls that match, after `skip` matching ones."""

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int = 1
    skip: int = 0
    retry_after: int = 1
    delay: float = 1.0
    code: int = 400
    description: str = "Bad Request: refused"
    hits: int = 0

    def matches(self, method: str, chat: int | None) -> bool:
        """Whether this call is meant."""
        return self.method in {"*", method} and self.chat in {None, chat}

    def error(self) -> ApiError | None:
        """The refusal as JSON, for the kinds that answer with one."""
        if self.kind is FaultKind.TOO_MANY:
            return too_many(self.retry_after)
        if self.kind is FaultKind.SERVER_ERROR:
            return ApiError(500, "Internal Server Error")
        if self.kind is FaultKind.REFUSE:
            return ApiError(self.code, self.description)
        return None


@dataclass(slots=True)
class FaultPlan:
    """All orders still open."""

    orders: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, if one is due; `*` never means getUpdates."""
        for order in self.orders:
            if not order.matches(method, chat) or (order.method == "*" and method == "getUpdates"):
                continue
            if order.skip > 0:
                order.skip -= 1
                continue
            order.hits += 1
            order.times -= 1
            if order.times <= 0:
                self.orders.remove(order)
            return order
        return None
