"""The one place that builds real things and passes them in."""

import asyncio
import os
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from time import time
from uuid import uuid4

import structlog

from bot.channels.coba import CobaChannel, link_all, unlink_all
from bot.channels.telegram import HOOK_PATH, Telegram, build_telegram
from bot.domain.region import Region
from bot.metrics import Metrics
from bot.services.channel import Channel
from bot.services.inbox_loop import InboxLoop, InboxWriter
from bot.services.keeping import BEAT_SECONDS, FETCH_SECONDS, PRUNE_SECONDS, Keeper, every
from bot.services.office import Office, Tagger
from bot.services.readiness import Readiness
from bot.services.relay import Relay
from bot.services.tagging import ModelTagger
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.texts import Catalogue
from bot.web.app import build_web, hooks_first
from bot.web.serving import WebServer
from classifier import classify, load

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
    web: WebServer
    owner: str
    telegram: Telegram | None = None
    receiving: asyncio.Task[object] | None = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list[asyncio.Task[object]] = field(default_factory=list)

    async def start(self) -> None:
        """Take up work: ours first, then the outside."""
        await self.keeper.beat()
        self._go(every(BEAT_SECONDS, self.keeper.beat, self.stopping), "beat")
        self._go(self.inbox.run(), "inbox")
        self._go(self.relay.run(), "relay")
        self._go(every(FETCH_SECONDS, self.keeper.fetch, self.stopping), "fetch")
        self._go(every(PRUNE_SECONDS, self.keeper.prune, self.stopping), "prune")
        await self.web.start()
        if self.telegram:
            self.receiving = self._go(self.telegram.run(), "telegram")
        log.info("started", owner=self.owner, channels=sorted(self.channels), port=self.web.port)

    def _go(self, work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        task = asyncio.create_task(work, name=name)
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
        if self.receiving:
            self.receiving.cancel()
        await self.web.stop()
        self.inbox.stop()
        self.relay.stop()
        _, late = await asyncio.wait(self.tasks, timeout=10) if self.tasks else (None, set())
        for task in late:
            task.cancel()
        if self.telegram:
            await self.telegram.close()
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
    tagger = tagger or _tagger(settings, metrics, readiness)
    office = Office(
        region=region, texts=Catalogue.load(), tagger=tagger, counters=metrics, clock=clock, admins=settings.admin_ids,
        admin_word=_admin_word(settings, store),
    )  # fmt: skip
    channels: dict[str, Channel] = {}
    relay = Relay(store, office, channels, owner=owner)
    inbox = InboxLoop(store, office, channels, owner=owner, woken=relay.wake)
    writer = InboxWriter(store, woken=inbox.wake)
    telegram = build_telegram(settings, keep=writer.keep, readiness=readiness)
    coba = None
    if telegram:
        channels[telegram.channel.name] = telegram.channel
        store.write_now(unlink_all)
    elif not settings.any_channel:
        coba = CobaChannel(store, folder=settings.data_dir / "coba", clock=clock)
        channels[coba.name] = coba
        store.write_now(lambda uow: link_all(uow, region, clock()))
    keeper = Keeper(store, channels, owner=owner, folder=settings.data_dir / "media", clock=clock)
    web = build_web(
        store=store, metrics=metrics, readiness=readiness, coba=coba, keep=writer.keep, region=region,
        texts=office.texts,
    )  # fmt: skip
    hooks = {HOOK_PATH: telegram.hook} if telegram and telegram.hook else {}
    server = WebServer(hooks_first(hooks, web), host=settings.http_host, port=settings.http_port)
    return App(
        settings, region, store, office, metrics, readiness, channels, writer, inbox, relay, keeper, server, owner,
        telegram,
    )  # fmt: skip


def _tagger(settings: Settings, metrics: Metrics, readiness: Readiness) -> ModelTagger:
    """The model, or the rules alone where it cannot be loaded: emergencies are handled all the same."""
    rules = partial(classify, None)
    try:
        model = load(settings.model_dir)
    except Exception as error:  # noqa: BLE001 - a model may fail in many ways; none of them may stop the office
        log.error("model_not_loaded", reason=str(error))
        readiness.degraded.append("model")
        return ModelTagger(None, rules=rules, timed=metrics.classified)
    return ModelTagger(
        partial(classify, model), rules=rules, explaining=partial(classify, model, explain=True),
        timed=metrics.classified,
    )  # fmt: skip


def _admin_word(settings: Settings, store: Store) -> str | None:
    """Without WADUL_ADMINS: a word that makes its first sender the admin."""
    known = store.read_now(lambda uow: uow.people.has_admins())
    if settings.admin_ids or known:
        return None
    return secrets.token_urlsafe(9)
