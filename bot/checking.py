"""`python -m bot check`: look at everything an office needs, say what to do, change nothing."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

import typer
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.discord.checking import check_discord
from bot.channels.telegram.rooms import TelegramRooms
from bot.channels.telegram.transport import AiohttpRequest
from bot.domain.errors import DeliveryError, StoreUnavailable, WadulError
from bot.domain.records import UnitChat
from bot.domain.region import DESK, DUTY, Region
from bot.level_findings import level_findings
from bot.region_file import load_region
from bot.settings import Settings, load_settings
from bot.store.engine import Store, sqlite_file
from bot.store.migrating import pending
from classifier import classify, load

MARKS = {"ok": "✓", "warn": "!", "bad": "✗"}


@dataclass(frozen=True)
class Finding:
    """One line: how it stands (ok, warn, bad), what was looked at, what to do."""

    state: str
    what: str
    advice: str = ""


async def check_all(*, offline: bool) -> int:
    """Print every finding; the exit code is 1 where something is bad."""
    worst = 0
    async for finding in _findings(offline=offline):
        tail = f" — {finding.advice}" if finding.advice else ""
        typer.echo(f"{MARKS[finding.state]} {finding.what}{tail}")
        worst = max(worst, finding.state == "bad")
    typer.echo("Wadul can run." if not worst else "Wadul cannot run like this: mend the lines marked ✗.")
    return int(worst)


async def _findings(*, offline: bool) -> AsyncIterator[Finding]:
    try:
        settings = load_settings()
    except WadulError as error:
        yield Finding("bad", "settings", str(error))
        return
    yield Finding("ok", "settings")
    region: Region | None = None
    try:
        region = load_region(settings.config)
        yield Finding("ok", f"region file: {region.name}, {len(region.departments)} departments")
        for state, what, advice in level_findings(region):
            yield Finding(state, what, advice)
    except WadulError as error:
        yield Finding("bad", "region file", str(error))
    yield await asyncio.to_thread(_model, settings, region)
    links, unplaced, finding = await asyncio.to_thread(_database, settings)
    yield finding
    if unplaced:
        advice = "each chat that could have them is read by an office complained about: /hubungkan another one"
        yield Finding("warn", f"cases that no chat may be shown: {', '.join(unplaced)}", advice)
    if settings.telegram_token is None and not settings.discord_token:
        yield Finding("warn", "no WADUL_TELEGRAM_TOKEN", "only the coba page will run; get a token from @BotFather")
        return
    if region:
        for line in _coverage(region, links):
            yield line
    if not offline and settings.telegram_token:
        async for line in _telegram(settings, links):
            yield line
    if not offline and settings.discord_token:
        async for state, what, advice in check_discord(settings.discord_token, links):
            yield Finding(state, what, advice)


def _model(settings: Settings, region: Region | None) -> Finding:
    try:
        model = load(settings.model_dir)
        classify(model, ["dalane bolong, Pak"])
        known = model.labels["topic"]
    except Exception as error:  # noqa: BLE001 - whatever ails a model, it is one line here
        advice = f"{str(error).rstrip('.')}. Emergencies are handled, everything else goes to the desk."
        return Finding("warn", "classifier", advice)
    new = [topic.id for topic in region.topics.own if topic.id not in known] if region else []
    if new:
        return Finding("warn", f"classifier {model.id}: {', '.join(new)}", "known after the next /latih")
    return Finding("ok", f"classifier {model.id}")


def _database(settings: Settings) -> tuple[list[UnitChat], list[str], Finding]:
    try:
        file = sqlite_file(settings.database)
        if file is not None and not file.exists():
            ground = next(folder for folder in file.parents if folder.exists())
            if not ground.is_dir() or not os.access(ground, os.W_OK):
                return [], [], Finding("bad", "database", f"{ground} cannot be written: set WADUL_DATA_DIR elsewhere")
            return [], [], Finding("warn", "database", "not there yet: the start makes it")
        store = Store(settings.database)
    except WadulError as error:
        return [], [], Finding("bad", "database", str(error))
    try:
        if pending(store):
            return [], [], Finding("warn", "database", "not migrated yet: the start does it, or python -m bot migrate")
        links = store.read_now(lambda uow: uow.desks.all_links())
        unplaced = store.read_now(lambda uow: uow.accusing.without_card())
        return links, unplaced, Finding("ok", f"database ({store.url.get_backend_name()})")
    except StoreUnavailable as error:
        return [], [], Finding("bad", "database", f"{error}: check WADUL_DATABASE_URL and that the server runs")
    finally:
        store.close()


def _coverage(region: Region, links: list[UnitChat]) -> list[Finding]:
    linked = {link.unit for link in links}
    found: list[Finding] = []
    for unit, why in ((DESK, "unsure cases wait for it"), (DUTY, "emergencies alarm nobody")):
        if unit not in linked:
            found.append(Finding("warn", f"no {unit} chat", f"{why}: send /hubungkan {unit} in its group"))
    bare = [d.id for d in region.departments if d.id not in linked]
    if bare:
        found.append(Finding("warn", f"departments without a chat: {', '.join(bare)}", "their cases go to meja"))
    return found


async def _telegram(settings: Settings, links: list[UnitChat]) -> AsyncIterator[Finding]:
    assert settings.telegram_token is not None
    request = AiohttpRequest(connections=4)
    bot = Bot(
        token=settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        request=request,
        get_updates_request=request,
    )
    try:
        async for finding in _ask_telegram(bot, links):
            yield finding
    finally:
        await request.shutdown()


async def _ask_telegram(bot: Bot, links: list[UnitChat]) -> AsyncIterator[Finding]:
    try:
        me = await bot.get_me()
    except TelegramError as error:
        yield Finding("bad", "telegram token", f"{type(error).__name__}: copy it again from @BotFather")
        return
    yield Finding("ok", f"telegram: @{me.username}")
    if not me.can_join_groups:
        yield Finding("bad", "telegram: the bot may not join groups", "@BotFather, /setjoingroups, Enable")
    rooms = TelegramRooms(bot)
    for link in links:
        if link.channel != "telegram":
            continue
        try:
            member = await bot.get_chat_member(int(link.chat_id), me.id)
            state = "ok" if member.status in ("member", "administrator") else "bad"
            yield Finding(state, f"chat of {link.unit}: {member.status}", "" if state == "ok" else "add the bot again")
            if state == "ok" and link.thread_id is None and await rooms.barred(link.chat_id):
                advice = "no topic per case: make the bot administrator there, with the right to manage topics"
                yield Finding("warn", f"chat of {link.unit}", advice)
        except (TelegramError, DeliveryError) as error:
            yield Finding("bad", f"chat of {link.unit}", f"{type(error).__name__}: add the bot again and /hubungkan")
