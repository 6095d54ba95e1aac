"""The one place that builds real things and passes them in."""

import asyncio
import os
import secrets
from collections.abc import Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass, field
from functools import partial
from time import time
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from fastapi import FastAPI
from pydantic import SecretStr

from bot.channels.coba import CobaChannel, link_all, unlink_all
from bot.channels.telegram import HOOK_PATH, Telegram, build_telegram
from bot.domain.region import Region
from bot.domain.retention import DAY
from bot.learning import Learning, build_learning, build_mind, prepare
from bot.metrics import Metrics
from bot.region_file import load_region
from bot.services.channel import Channel
from bot.services.clock import CLOCK_SECONDS, Clockwork
from bot.services.inbox_loop import InboxLoop, InboxWriter
from bot.services.keeping import BEAT_SECONDS, FETCH_SECONDS, PRUNE_SECONDS, Keeper, every
from bot.services.learning.performance_watch import WATCH_SECONDS, Watch
from bot.services.office import Office, Tagger
from bot.services.proof.proof_loop import CHECK_SECONDS, ProofCheck
from bot.services.readiness import Readiness
from bot.services.reading import RegionTagger
from bot.services.relay import Relay
from bot.services.rights.rights_loop import RIGHTS_SECONDS, RightsKeeper
from bot.services.visits.meeting_clock import MEETING_SECONDS, MeetingClock
from bot.settings import Settings, SettingsError
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.texts import Catalogue
from bot.web.app import Keep, build_web, hooks_first
from bot.web.serving import WebServer

if TYPE_CHECKING:
    from bot.channels.discord import Client, Discord

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot: durations as timedelta, without a warning
log = structlog.get_logger()


@dataclass
class App:
    """A running Wadul: loops, channels and web, in one event loop."""

    settings: Settings
    region: Region
    store: Store
    office: Office
    metrics: Metrics
    readiness: Readiness
    channels: dict[str, Channel]
    writer: InboxWriter
    inbox: InboxLoop
    relay: Relay
    keeper: Keeper
    clockwork: Clockwork
    rights: RightsKeeper
    meetings: MeetingClock
    learning: Learning
    watch: Watch
    proof_check: ProofCheck
    web: WebServer
    owner: str
    telegram: Telegram | None = None
    discord: "Discord | None" = None
    receiving: list[asyncio.Task[object]] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list[asyncio.Task[object]] = field(default_factory=list)

    async def start(self) -> None:
        """Take up work: ours first, then the outside."""
        await self.work()
        await self.web.start()
        if self.telegram:
            self.receiving.append(self._go(self.telegram.run(), "telegram"))
        if self.discord:
            self.receiving.append(self._go(self.discord.run(), "discord"))
        log.info("started", owner=self.owner, channels=sorted(self.channels), port=self.web.port)

    async def work(self) -> None:
        """Carry out what is stored already and what will be; nothing is received yet."""
        await self.keeper.beat()
        self._go(every(BEAT_SECONDS, self.keeper.beat, self.stopping), "beat")
        self._go(self.inbox.run(), "inbox")
        self._go(self.relay.run(), "relay")
        self._go(every(FETCH_SECONDS, self.keeper.fetch, self.stopping), "fetch")
        self._go(every(PRUNE_SECONDS, self.keeper.prune, self.stopping), "prune")
        self._go(every(CLOCK_SECONDS, self.clockwork.step, self.stopping), "clock")
        self._go(every(RIGHTS_SECONDS, self.rights.step, self.stopping), "rights")
        self._go(every(MEETING_SECONDS, self.meetings.step, self.stopping), "meetings")
        self._go(every(CHECK_SECONDS, self.proof_check.step, self.stopping), "proof")
        self._go(every(CHECK_SECONDS, self.proof_check.look_ahead, self.stopping), "looks")
        self._go(every(WATCH_SECONDS, self.watch.step, self.stopping), "watch")
        for seconds, step, name in self.learning.loops():
            self._go(every(seconds, step, self.stopping), name)

    def _go(self, work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        task = Context().run(partial(asyncio.create_task, work, name=name))  # it belongs to nobody who started it
        task.add_done_callback(partial(self._ended, name))
        self.tasks.append(task)
        return task

    def _ended(self, name: str, task: asyncio.Task[object]) -> None:
        """A loop must not end by itself: without it Wadul would look alive and do nothing."""
        if task.cancelled() or self.stopping.is_set():
            return
        error = task.exception()
        log.critical("loop_ended", loop=name, reason=type(error).__name__ if error else "returned", exc_info=error)
        self.readiness.broken = f"loop {name} ended"
        self.stopping.set()

    async def stop(self) -> None:
        """Gracefully: no new updates, finish what is in hand, free the leases."""
        self.stopping.set()
        for task in self.receiving:
            task.cancel()
        await self.web.stop()
        self.inbox.stop()
        self.relay.stop()
        _, late = await asyncio.wait(self.tasks, timeout=10) if self.tasks else (None, set())
        for task in late:
            task.cancel()
        if self.telegram:
            await self.telegram.close()
        if self.discord:
            await self.discord.close()
        await self.store.write(lambda uow: uow.workers.leave(self.owner))
        self.store.close()
        log.info("stopped", owner=self.owner)


def build(
    settings: Settings, region: Region, *, tagger: Tagger | None = None, clock: Callable[[], float] = time
) -> App:
    """Wire everything; nothing runs yet. Brings the database up to date. `tagger` replaces the model."""
    store = Store(settings.database)
    migrate(store)
    metrics = Metrics()
    readiness = Readiness(store=store)
    owner = str(uuid4())
    shop = prepare(store, settings, region)
    mind = build_mind(store, shop, metrics, readiness, instead=tagger)
    channels: dict[str, Channel] = {}
    office = Office(
        region=region, texts=Catalogue.load(names=region.topics.names(), renamed=region.topics.renamed()),
        tagger=RegionTagger(mind.tagger, region.topics), counters=metrics,
        clock=clock, admins=settings.admin_ids, admin_word=_admin_word(settings, store),
        web_address=settings.web_address, media_folder=settings.data_dir / "media",
        sends_places=lambda name: name not in channels or channels[name].sends_places,
    )  # fmt: skip
    relay = Relay(store, office, channels, owner=owner)
    inbox = InboxLoop(
        store, office, channels, owner=owner, woken=relay.wake, thinking=mind.thinking,
        heard=lambda texts: learning.heard(texts),
    )  # fmt: skip
    learning = build_learning(
        store, office, shop, mind=mind, owner=owner, inbox=inbox, readiness=readiness, woken=relay.wake
    )
    writer = InboxWriter(store, woken=inbox.wake)
    telegram, discord, coba = _connect(channels, settings, store, office, keep=writer.keep, readiness=readiness)
    keeper = _keeper(store, office, channels, owner=owner)
    web = build_web(store=store, metrics=metrics, readiness=readiness, coba=coba, keep=writer.keep, office=office)
    server = _server(settings, web, telegram)
    return App(
        settings, region, store, office, metrics, readiness, channels, writer, inbox, relay, keeper,
        Clockwork(store, office, woken=relay.wake),
        RightsKeeper(store, office, folder=settings.data_dir, scrub=store.scrub, woken=relay.wake),
        MeetingClock(store, office, woken=relay.wake),
        learning, Watch(store, office, figures=metrics, woken=relay.wake),
        ProofCheck(store, office, woken=relay.wake), server, owner, telegram, discord,
    )  # fmt: skip


def _keeper(store: Store, office: Office, channels: dict[str, Channel], *, owner: str) -> Keeper:
    region = office.region
    return Keeper(
        store, channels, owner=owner, folder=office.media_folder, clock=office.clock, timezone=region.timezone,
        kept_seconds=region.rights.retention.payload_days * DAY,
    )


def _connect(
    channels: dict[str, Channel], settings: Settings, store: Store, office: Office, *, keep: Keep, readiness: Readiness
) -> "tuple[Telegram | None, Discord | None, CobaChannel | None]":  # fmt: skip
    """Fill in the channels whose tokens are set; the page to try out where there is none."""
    telegram = build_telegram(settings, keep=keep, readiness=readiness)
    discord = None
    if settings.discord_token:
        from bot.channels.discord import build_discord  # 14 MB that only those who use it need

        discord = build_discord(settings, keep=keep, readiness=readiness, texts=office.texts)
    for each in (telegram, discord):
        if each:
            channels[each.channel.name] = each.channel
    if channels:
        store.write_now(unlink_all)
    coba = None if channels or settings.any_channel else _to_try_out(store, settings, office.region, office.clock)
    if coba:
        channels[coba.name] = coba
    return telegram, discord, coba


def _server(settings: Settings, web: FastAPI, telegram: Telegram | None) -> WebServer:
    hooks = {HOOK_PATH: telegram.hook} if telegram and telegram.hook else {}
    return WebServer(hooks_first(hooks, web), host=settings.http_host, port=settings.http_port)


def _to_try_out(store: Store, settings: Settings, region: Region, clock: Callable[[], float]) -> CobaChannel:
    """The page that plays phone and groups, every department linked."""
    store.write_now(lambda uow: link_all(uow, region, clock()))
    return CobaChannel(store, folder=settings.data_dir / "coba", clock=clock)


def build_around_discord(settings: Settings) -> "Client":
    """A Wadul on Discord alone whose loops begin when its client signs in, by whomever, and end when it is closed."""
    token = settings.discord_token or SecretStr("brought by whoever signs in")
    settings = settings.model_copy(update={"discord_token": token, "telegram_token": None})
    app = build(settings, load_region(settings.config))
    if app.discord is None:
        raise SettingsError("WADUL_DISCORD_TOKEN is empty: copy the bot's token from the developer portal.")
    app.discord.client.signed_in, app.discord.client.closed = app.work, app.stop
    return app.discord.client


def _admin_word(settings: Settings, store: Store) -> str | None:
    """Without WADUL_ADMINS: a word that makes its first sender the admin."""
    known = store.read_now(lambda uow: uow.people.has_admins())
    if settings.admin_ids or known:
        return None
    return secrets.token_urlsafe(9)
