"""Logs are constant events with fields; no secret and nobody's words get through."""

import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.logging import HIDDEN, Redactor, configure

# Built from pieces, so that no scanner takes them for real ones.
TOKEN = "123456789:" + "AAE" + "x7_-" * 8
DISCORD = "MTA" + "x" * 23 + "." + "Gh3kLm" + "." + "y" * 30
WEBHOOK = "rahasia-sekali/kita"
DSN = "postgresql://wadul:s3cr3t-pass@db.example/wadul"


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def _configure(*, as_json: bool = True, level: str = "DEBUG") -> None:
    configure(json=as_json, level=level, secrets=[TOKEN, WEBHOOK, DSN, ""])


def test_an_event_and_its_fields_stand_in_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()

    structlog.get_logger("bot.relay").warning("send_refused", channel="telegram", outbox_id=7)

    (line,) = _lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "send_refused", "channel": "telegram", "outbox_id": 7, "level": "warning", "logger": "bot.relay",
    }  # fmt: skip


def test_plain_logs_are_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    _configure(as_json=False)

    structlog.get_logger().info("started", port=8080)

    shown = capsys.readouterr().err
    assert "started" in shown
    assert "port=8080" in shown
    assert "{" not in shown


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    _configure(level="WARNING")

    structlog.get_logger().info("started")
    logging.getLogger("somebody").info("hello")

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    ("logger", "message"),
    [
        ("aiohttp.client", f"POST https://api.telegram.org/bot{TOKEN}/sendMessage failed"),
        ("telegram.Bot", f"https://api.telegram.org/file/bot{TOKEN.replace(':', '%3A')}/photo.jpg"),
        ("telegram.request", f"another bot's 987654321:{'Zz9_' * 9}"),
        ("uvicorn.error", f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK}"),
        ("uvicorn.error", "x-telegram-bot-api-secret-token: unknown-one-of-another"),
        ("sqlalchemy.pool", f"connecting to {DSN}"),
        ("sqlalchemy.pool", "connecting to postgresql://other:s3cr3t-pass@elsewhere/db"),
        ("discord.http", f"Authorization: Bot {DISCORD}"),
        ("discord.http", f"We are being rate limited. POST https://discord.com/api/v10/webhooks/123/{'q' * 20} 429"),
        ("anyone", f"GET /?access_token={'q' * 20}&hub.verify_token={'q' * 20}"),
        ("anyone", "hook rahasia-sekali%2Fkita seen"),
    ],
)
def test_no_secret_of_a_library_gets_through(
    capsys: pytest.CaptureFixture[str], *, logger: str, message: str, as_json: bool
) -> None:
    _configure(as_json=as_json)

    logging.getLogger(logger).error("%s", message)

    shown = capsys.readouterr().err
    assert HIDDEN in shown
    for secret in (
        TOKEN,
        TOKEN.split(":")[1],
        WEBHOOK,
        "rahasia-sekali%2Fkita",
        "s3cr3t-pass",
        DISCORD,
        "Zz9_",
        "q" * 20,
    ):
        assert secret not in shown
    assert "unknown-one-of-another" not in shown


def test_tracebacks_are_scrubbed_with_their_causes(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()

    try:
        try:
            raise OSError(f"cannot reach {DSN}")
        except OSError as error:
            raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe") from error
    except RuntimeError:
        logging.getLogger("aiohttp.client").exception("request failed")
        structlog.get_logger().exception("send_failed", outbox_id=1)

    for line in _lines(capsys):
        assert "RuntimeError" in line["exception"]
        assert "OSError" in line["exception"]
        assert TOKEN not in line["exception"]
        assert "s3cr3t-pass" not in line["exception"]


def test_bound_parameters_and_rejected_input_are_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()
    words = "dalane rusak, nama saya Budi"
    quoted = (
        "(sqlite3.IntegrityError) UNIQUE constraint failed\n[SQL: INSERT INTO entry]\n"
        f"[parameters: ('{words}', 3)]\n(Background)",
        f"duplicate key\nDETAIL:  Key (text)=({words}) already exists.",
        f"1 validation error\n  Input should be valid [type=string, input_value='{words}', input_type=str]",
        f"invalid literal for int(): '{words * 2}'",
    )

    for message in quoted:
        try:
            raise ValueError(message)
        except ValueError:
            structlog.get_logger().exception("update_set_aside", inbox_id=3)

    assert len(lines := _lines(capsys)) == len(quoted)
    assert "Budi" not in json.dumps(lines)
    assert "UNIQUE constraint failed" in lines[0]["exception"]
    assert "(Background)" in lines[0]["exception"]


def test_a_field_for_peoples_words_is_emptied(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()

    structlog.get_logger().info("case_opened", text="dalane rusak", name="Budi", case_id=4)

    (line,) = _lines(capsys)
    assert (line["text"], line["name"], line["case_id"]) == (HIDDEN, HIDDEN, 4)


def test_fields_that_are_no_text_are_scrubbed_too(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()

    structlog.get_logger().info("started", urls=[f"https://x/bot{TOKEN}/"], error=RuntimeError(DSN))

    assert TOKEN not in (shown := capsys.readouterr().err)
    assert "s3cr3t-pass" not in shown
    assert json.loads(shown)["event"] == "started"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_finished_line_is_scrubbed_whatever_part_a_secret_came_in(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    _configure(as_json=as_json)

    structlog.get_logger().info("started", **{TOKEN: 1})

    assert TOKEN not in capsys.readouterr().err


def test_libraries_stay_quiet_even_at_debug(capsys: pytest.CaptureFixture[str]) -> None:
    _configure(level="DEBUG")

    for name in ("telegram.ext", "sqlalchemy.engine.Engine", "httpx", "uvicorn.access", "aiohttp.access"):
        logging.getLogger(name).info("%s", {"message": {"text": "dalane rusak"}})

    assert capsys.readouterr().err == ""


def test_configuring_twice_writes_once_and_leaves_other_handlers(capsys: pytest.CaptureFixture[str]) -> None:
    other = logging.NullHandler()
    logging.getLogger().addHandler(other)
    _configure()
    _configure()

    structlog.get_logger().info("started")

    assert len(_lines(capsys)) == 1
    assert other in logging.getLogger().handlers


def test_warnings_become_log_lines(capsys: pytest.CaptureFixture[str]) -> None:
    _configure()

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"old url {DSN}", UserWarning, stacklevel=1)

    (line,) = _lines(capsys)
    assert line["logger"] == "py.warnings"
    assert "s3cr3t-pass" not in line["event"]


def test_a_very_short_secret_does_not_blank_ordinary_words() -> None:
    assert Redactor(["a"]).line("a case was opened") == "a case was opened"
