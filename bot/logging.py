"""Logs: a constant event plus fields, JSON or plain, with secrets and people's words kept out.

Everything that is logged, by this program or by a library, leaves through one handler. Its formatter
scrubs fields and tracebacks before they are rendered, and secrets once more in the finished line.
"""

import json as jsonlib
import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, Final, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import Processor

HIDDEN: Final = "***"
_SHORTEST_SECRET: Final = 4  # shorter ones would blank ordinary words
# Fields that must never be logged; a mistake in a call loses the value, not the log line.
_FORBIDDEN: Final = frozenset(
    str.split(
        """
    text texts words caption body payload update name first_name username phone token secret password
    """
    )
)
# At DEBUG these write whole updates, statements' parameters or addresses with tokens.
_TALKATIVE: Final = str.split(
    """
    aiohttp aiosqlite discord httpcore httpcore2 httpx httpx2 sqlalchemy telegram uvicorn.access
    multipart
    """
)

_PATTERNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # Telegram's bot token, its colon perhaps percent-encoded
        (r"\d+(?::|%3A)[A-Za-z0-9_-]{30,}", HIDDEN),
        # Discord's bot token
        (r"(?<![\w.-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", HIDDEN),
        # Discord's token of an interaction or a webhook, in an address
        (r"(/(?:webhooks|interactions)/\d+/)[A-Za-z0-9._~%-]{16,}", rf"\1{HIDDEN}"),
        # scheme://user:password@host
        (r"(://[^\s:/@\"']{0,80}:)[^\s@\"']{1,200}@", rf"\1{HIDDEN}@"),
        (
            r"((?:access_?token|verify_token|token|secret|password|passwd|api_?key|appsecret_proof|sig|signature|otp)"
            r"(?:=|%3D))[^\s&\"',;)\]}]+",
            rf"\1{HIDDEN}",
        ),
        (r"(secret-token[\"']?\s*[:=]\s*[\"']?)[^\s\"',]+", rf"\1{HIDDEN}"),
        (r"((?:bearer|bot|basic)\s+)[A-Za-z0-9._~+/=-]{20,}", rf"\1{HIDDEN}"),
    )
)
# What libraries quote in their exceptions: bound parameters, rows, rejected input, long literals.
_QUOTED: Final = tuple(
    (re.compile(pattern, re.DOTALL if dotall else 0), replacement)
    for pattern, dotall, replacement in (
        (r"\[parameters: .*?\](?=\n|$)", True, f"[parameters: {HIDDEN}]"),
        (r"(DETAIL:\s*)[^\n]+", False, rf"\1{HIDDEN}"),
        (r"(input_value=)[^\n]+?(?=, input_type=|\]|\n|$)", False, rf"\1{HIDDEN}"),
        (r"'[^'\n]{40,}'", False, f"'{HIDDEN}'"),
    )
)


class Redactor:
    """Removes the given secrets, as they stand and in their encoded forms, and whatever looks like one."""

    def __init__(self, secrets: Sequence[str]) -> None:
        kept = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]
        forms = {form for secret in kept for form in (secret, quote(secret, safe=""), jsonlib.dumps(secret)[1:-1])}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def line(self, text: str) -> str:
        """Scrub a finished line; never changes its structure (quotes and brackets stay)."""
        if self._secrets:
            text = self._secrets.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, text: str) -> str:
        """Scrub a field or a traceback: also what libraries quote in their messages."""
        for pattern, replacement in _QUOTED:
            text = pattern.sub(replacement, text)
        return self.line(text)


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record, then scrubs the finished line."""

    def __init__(self, *, redactor: Redactor, renderer: Processor) -> None:
        self._redactor = redactor
        super().__init__(
            foreign_pre_chain=_common(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.StackInfoRenderer(),
                self._scrub,
                renderer,
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.line(super().format(record))

    def _scrub(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: HIDDEN if key in _FORBIDDEN else self._clean(value) for key, value in event.items()}

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return self._redactor.value(value if isinstance(value, str) else repr(value))


class _Handler(logging.StreamHandler[TextIO]):
    """Our handler, so that configuring again replaces it and nobody else's."""


def configure(*, json: bool, level: str, secrets: Sequence[str]) -> None:
    """Send every log to standard error: JSON lines or plain text, at ``level``, without ``secrets``.

    Start uvicorn with ``log_config=None``, or it installs handlers of its own.
    """
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    handler = _Handler(sys.stderr)
    handler.setFormatter(_Formatter(redactor=Redactor(secrets), renderer=renderer))
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    _quieten()
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _common() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _quieten() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
