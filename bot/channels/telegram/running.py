"""The Telegram channel as a whole: bot, receiver, first call, chat words shown in the app."""

import asyncio
import contextlib
from dataclasses import dataclass

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.receiving import ALLOWED, Hook, Keep, Poller, retry_seconds
from bot.channels.telegram.translating import NAME
from bot.channels.telegram.transport import AiohttpRequest
from bot.services.readiness import Readiness
from bot.settings import Settings

SENDS_AT_ONCE = 64
HOOK_PATH = "/hook/telegram"
HOOK_CONNECTIONS = 100
LONGEST_RETRY = 30.0
PRIVATE_WORDS = (
    ("laporanku", "daftar laporan Anda"),
    ("status", "perkembangan satu laporan"),
    ("batal", "batalkan laporan"),
    ("temu", "daftar bertemu kepala daerah"),
    ("bantuan", "cara melapor"),
    ("anonim", "melapor tanpa nama"),
    ("rahasia", "laporan yang hanya dibuka petugas tertentu"),
    ("privasi", "bagaimana data Anda dijaga"),
    ("dataku", "salinan, pembetulan, penghapusan data Anda"),
)
GROUP_WORDS = (
    ("balas", "kirim pesan ke pelapor"),
    ("tugas", "daftar tugas: milik saya, terlambat, hari ini"),
    ("cari", "cari laporan"),
    ("catat", "catat laporan orang yang menelepon atau datang (meja aduan)"),
    ("temu", "tamu kepala daerah (kepala, meja aduan)"),
    ("gabung", "gabungkan laporan tentang hal yang sama"),
    ("pisah", "pisahkan lagi laporan yang digabung"),
    ("tutup", "tutup laporan dengan alasan"),
    ("buka", "buka kembali laporan (meja aduan, kepala)"),
    ("hubungkan", "hubungkan grup ke dinas (admin)"),
    ("putus", "putuskan grup (admin)"),
    ("label", "ajari model lewat laporan (admin)"),
    ("kinerja", "seberapa tepat model (admin, kepala)"),
    ("blokir", "batasi pelapor sebuah laporan (admin)"),
    ("hapusdata", "hapus data seorang pelapor yang memintanya (admin)"),
    ("insiden", "catat insiden data pribadi (admin)"),
    ("register", "register penghapusan dan permintaan data (admin)"),
    ("peran", "atur siapa kepala dan pengamat (admin)"),
    ("pembaca", "siapa boleh membuka laporan rahasia (admin)"),
    ("jejak", "siapa membaca data satu laporan (admin)"),
    ("terlapor", "kantor yang dijauhkan dari satu laporan (admin)"),
    ("bukarahasia", "buka laporan yang keliru dirahasiakan (dua admin)"),
)
log = structlog.get_logger()


@dataclass
class Telegram:
    """What bootstrap needs of Telegram."""

    channel: TelegramChannel
    bot: Bot
    requests: tuple[AiohttpRequest, ...]
    readiness: Readiness
    poller: Poller | None
    hook: Hook | None
    hook_url: str
    hook_secret: str

    async def run(self) -> None:
        """Make the first successful call, choose the way updates come, then receive until stopped."""
        await self._greet()
        if self.poller is None:
            self.readiness.waiting.pop(NAME, None)
            await asyncio.Event().wait()
            return
        self.readiness.troubles[NAME] = lambda: self.poller.trouble if self.poller else None
        self.readiness.waiting.pop(NAME, None)
        await self.poller.run()

    async def _greet(self) -> None:
        wait = 1.0
        while True:
            try:
                me = await self.bot.get_me()
                self.channel.username = me.username or ""
                await self._choose_way()
                break
            except RetryAfter as error:
                log.warning("telegram_not_ready", reason="too many requests")
                await asyncio.sleep(retry_seconds(error))
            except TelegramError as error:
                log.warning("telegram_not_ready", reason=type(error).__name__)
                self.readiness.waiting[NAME] = f"first call failed: {type(error).__name__}"
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_RETRY)
        with contextlib.suppress(TelegramError):
            await self.bot.set_my_commands(_words(PRIVATE_WORDS), scope=BotCommandScopeAllPrivateChats())
            await self.bot.set_my_commands(_words(GROUP_WORDS), scope=BotCommandScopeAllGroupChats())

    async def _choose_way(self) -> None:
        if self.hook is None:
            await self.bot.delete_webhook(drop_pending_updates=False)
            return
        await self.bot.set_webhook(
            url=self.hook_url,
            secret_token=self.hook_secret,
            allowed_updates=ALLOWED,
            max_connections=HOOK_CONNECTIONS,
        )

    async def close(self) -> None:
        """Close the connections; the bot itself would only close what its own `initialize` had opened."""
        for request in self.requests:
            await request.shutdown()


def _words(pairs: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(name, description) for name, description in pairs]


def build_telegram(settings: Settings, *, keep: Keep, readiness: Readiness) -> Telegram | None:
    """The Telegram channel, where its token is set."""
    if settings.telegram_token is None:
        return None
    sending = AiohttpRequest(connections=SENDS_AT_ONCE)
    polling = AiohttpRequest(connections=2)
    bot = Bot(
        token=settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=sending,
        get_updates_request=polling,
    )
    readiness.waiting[NAME] = "no successful call yet"
    webhook = settings.telegram_mode == "webhook"
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else ""
    return Telegram(
        channel=TelegramChannel(bot, media_folder=settings.data_dir / "media"),
        bot=bot,
        requests=(sending, polling),
        readiness=readiness,
        poller=None if webhook else Poller(bot, polling, keep),
        hook=Hook(keep, secret=secret) if webhook else None,
        hook_url=settings.public_url + HOOK_PATH,
        hook_secret=secret,
    )
