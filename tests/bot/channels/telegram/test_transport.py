"""The aiohttp transport under a real python-telegram-bot client."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.transport import AiohttpRequest, NotSent, NotSentInTime
from tests.standin import TOKEN, Citizen, Standin

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as running:
        yield running


@pytest_asyncio.fixture
async def bot(standin: Standin) -> AsyncIterator[Bot]:
    async with _client(standin, AiohttpRequest()) as client:
        yield client


@pytest.fixture
def sri(standin: Standin) -> Citizen:
    person = standin.citizen(5)
    person.start()
    return person


def _client(standin: Standin, request: AiohttpRequest) -> Bot:
    return Bot(
        standin.token, base_url=standin.base_url, base_file_url=standin.base_file_url, request=request,
        get_updates_request=request,
    )  # fmt: skip


@asynccontextmanager
async def _server(handler: Handler) -> AsyncIterator[str]:
    """A server that answers everything with one handler; yields a base_url."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


def _fixed(status: int, body: str, content_type: str = "application/json") -> Handler:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body, content_type=content_type)

    return handler


async def _error_of(base_url: str, request: AiohttpRequest | None = None) -> TelegramError:
    """What sending a message against this server raises."""
    bot = Bot(TOKEN, base_url=base_url, request=request or AiohttpRequest())
    try:
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(5, "halo")
        return caught.value
    finally:
        await bot.shutdown()
        await bot.request.shutdown()


async def test_a_message_and_its_refusals_pass_through(bot: Bot, standin: Standin, sri: Citizen) -> None:
    assert (await bot.send_message(5, "sampun ditampi 🙏")).text == "sampun ditampi 🙏"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "x")
    standin.fault("too_many", retry_after=7)
    with pytest.raises(RetryAfter):
        await bot.send_message(5, "x")
    sri.block()
    with pytest.raises(Forbidden):
        await bot.send_message(5, "x")


async def test_files_arrive_whole_with_their_names(bot: Bot, standin: Standin, sri: Citizen) -> None:
    content = bytes(range(256)) * 20_000  # 5 MB
    name = 'surat "édaran"\r\nX: 1.pdf'
    sent = await bot.send_document(5, content, filename=name, caption="surat é <x>")
    assert sent.document
    assert sent.caption == "surat é <x>"
    stored = standin.world.files.by_id[sent.document.file_id]
    assert stored.content == content
    assert stored.name
    assert "\n" not in stored.name
    assert "édaran" in stored.name
    await bot.send_media_group(5, [InputMediaPhoto(b"satu"), InputMediaPhoto(b"dua", caption="loro")])
    await bot.send_media_group(5, [InputMediaDocument(b"a"), InputMediaDocument(b"b")])
    assert [file.content for file in standin.world.files.by_id.values()][1:] == [b"satu", b"dua", b"a", b"b"]


async def test_a_file_is_downloaded(bot: Bot, sri: Citizen) -> None:
    sri.photo(data=b"\xff\xd8" + b"x" * 100_000)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message
    file = await message.photo[-1].get_file()
    assert len(await file.download_as_bytearray()) == 100_002


async def test_a_lone_surrogate_does_not_stop_a_message(bot: Bot, sri: Citizen) -> None:
    await bot.send_message(5, "rusak \ud83d parah")
    assert sri.last
    assert sri.last.text == "rusak ? parah"


@pytest.mark.parametrize("status", [200, 301, 401, 403, 404, 500, 502, 503])
async def test_a_page_instead_of_an_answer_is_a_network_error_whatever_its_status(status: int) -> None:
    page = f"<html>/bot{TOKEN}/sendMessage</html>"
    async with _server(_fixed(status, page, "text/html")) as url:
        error = await _error_of(url)
    assert type(error) is NetworkError
    assert str(status) in str(error)
    assert "html" not in str(error)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"ok":true}', '{"result": tru', "null"])
async def test_a_broken_answer_is_a_network_error(body: str) -> None:
    for status in (200, 500):
        async with _server(_fixed(status, body)) as url:
            assert type(await _error_of(url)) is NetworkError


async def test_a_redirect_is_not_followed() -> None:
    hits = []

    async def handler(request: web.Request) -> web.StreamResponse:
        hits.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with _server(handler) as url:
        assert type(await _error_of(url)) is NetworkError
    assert len(hits) == 1


async def test_a_late_answer_is_timed_out_and_may_have_had_its_effect(
    bot: Bot, standin: Standin, sri: Citizen
) -> None:
    standin.fault("slow", method="sendMessage", delay=0.3)
    with pytest.raises(TimedOut) as late:
        await bot.send_message(5, "x", read_timeout=0.05)
    assert not isinstance(late.value, NotSent)
    assert sri.last
    await bot.send_message(5, "y")


async def test_an_upload_that_nobody_reads_is_timed_out() -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    async with _server(handler) as url:
        bot = Bot(TOKEN, base_url=url, request=AiohttpRequest(connect_timeout=0.1, pool_timeout=0.1))
        with pytest.raises(TimedOut):
            await bot.send_document(5, b"x" * 20_000_000, write_timeout=0.1, read_timeout=0.1)
        await bot.request.shutdown()


async def test_no_connection_means_nothing_was_sent() -> None:
    error = await _error_of("http://127.0.0.1:9/bot")
    assert isinstance(error, NotSent)
    assert "ECONNREFUSED" in str(error)
    assert isinstance(await _error_of("ftp://127.0.0.1/bot"), NotSent)


async def test_waiting_too_long_for_a_free_connection_means_nothing_was_sent(
    standin: Standin, sri: Citizen
) -> None:
    async with _client(
        standin, AiohttpRequest(connections=1, pool_timeout=0.05, connect_timeout=0.05)
    ) as bot:
        standin.fault("slow", method="sendMessage", delay=0.3)
        first = asyncio.create_task(bot.send_message(5, "satu"))
        await standin.wait_for(lambda: sri.last)
        with pytest.raises(NotSentInTime):
            await bot.send_message(5, "dua")
        await first
        assert [message.text for message in sri.answers] == ["satu"]


async def test_connections_are_kept_and_capped(sri: Citizen, standin: Standin) -> None:
    seen: set[object] = set()
    busy = most = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal busy, most
        seen.add(request.transport)
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.005)
        busy -= 1
        return web.json_response({"ok": True, "result": True})

    async with _server(handler) as url:
        bot = Bot(TOKEN, base_url=url, request=AiohttpRequest(connections=4))
        await asyncio.gather(*(bot.send_chat_action(5, "typing") for _ in range(40)))
        await bot.request.shutdown()
    assert (len(seen), most) == (4, 4)


async def test_a_cancelled_call_leaves_the_transport_usable(bot: Bot, standin: Standin, sri: Citizen) -> None:
    standin.fault("hang", method="sendMessage", delay=0.2)
    call = asyncio.create_task(bot.send_message(5, "x"))
    await asyncio.sleep(0.05)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await bot.send_message(5, "y")


async def test_no_error_and_no_log_line_holds_the_token(
    bot: Bot, standin: Standin, sri: Citizen, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(
        logging.INFO, logger="telegram.Bot"
    )  # logs its own address at DEBUG, whatever the transport
    errors = [await _error_of("http://127.0.0.1:9/bot"), await _error_of("http://127.0.0.1:99999/bot")]
    for kind in ("bad_gateway", "html", "server_error", "drop_before", "drop_after", "too_many"):
        standin.fault(kind, method="sendMessage")
        errors.append(await _error_of(standin.base_url))
    echo = _fixed(400, f'{{"ok":false,"error_code":400,"description":"Bad Request: /bot{TOKEN}/x"}}')
    async with _server(echo) as url:
        errors.append(await _error_of(url))
    for error in errors:
        assert TOKEN not in "".join(traceback.format_exception(error))
        assert error.__cause__ is None
        assert error.__context__ is None
    assert TOKEN not in caplog.text


async def test_it_starts_lazily_and_comes_back_after_a_shutdown(standin: Standin, sri: Citizen) -> None:
    request = AiohttpRequest(read_timeout=3)
    bot = _client(standin, request)
    assert request.read_timeout == 3
    await bot.send_chat_action(5, "typing")
    await request.shutdown()
    with pytest.raises(NotSent, match="shut down"):
        await bot.send_chat_action(5, "typing")
    await request.initialize()
    await bot.send_chat_action(5, "typing")
    await request.shutdown()
    await request.shutdown()


def test_one_transport_serves_one_loop_after_the_other() -> None:
    request = AiohttpRequest()

    async def journey() -> None:
        async with Standin() as standin, _client(standin, request) as bot:
            assert (await bot.get_me()).username == "wadul_bot"

    for _ in range(2):
        asyncio.run(journey())
