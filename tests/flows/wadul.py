"""A whole Wadul in the test's own loop, on the stand-in for Telegram; its tagger reads plain words."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import App, build
from bot.domain.case import Tags
from bot.settings import Settings, load_region
from tests.standin import Standin

REGION = Path(__file__).parents[2] / "wadul.toml"
ADMIN = 9001
TOPICS = {
    "dalan": "jalan", "jalan": "jalan", "bolong": "jalan", "lampu": "penerangan_jalan", "sampah": "sampah",
    "ktp": "kependudukan", "pungli": "integritas", "banjir": "pengairan", "kebakaran": "bencana", "kobongan": "bencana",
    "sekolah": "pendidikan",
}  # fmt: skip
NGOKO = ("dalan", "iki", "kok", "ora", "wis", "neng", "tulung")
KRAMA = ("kula", "nyuwun", "mboten", "sampun", "margi", "nuwun sewu")


class WordTagger:
    """A tagger whose rules stand in the test: topic by word, register by word, doubt by `ragu`."""

    def __init__(self) -> None:
        self.broken = False

    def prime(self, texts: Sequence[str]) -> None:
        """Nothing is worth remembering."""

    def tag(self, text: str) -> Tags:
        """Tags by the words above."""
        words = text.casefold()
        if "meledak-tagger" in words:
            raise RuntimeError("the tagger of this test throws")
        topics = list(dict.fromkeys(topic for word, topic in TOPICS.items() if word in words))
        emergency = any(word in words for word in ("kebakaran", "kobongan", "tenggelam"))
        greeting = not topics and not emergency and len(words.split()) < 3
        unsure = "ragu" in words or (not topics and not greeting)
        krama, ngoko = any(w in words for w in KRAMA), any(w in words for w in NGOKO)
        return Tags(
            kind="bukan_laporan" if greeting else "pengaduan",
            topic=topics[0] if topics else "lainnya",
            further=tuple(topics[1:3]),
            urgency="darurat" if emergency else "rendah" if greeting else "sedang",
            language="jv_krama" if krama else "jv_ngoko" if ngoko else "id",
            location="Desa Karangsari" if "karangsari" in words else None,
            unsure=unsure,
            guesses=tuple((t, 0.5 - 0.1 * i) for i, t in enumerate([*topics, "sampah", "listrik", "jalan"][:3])),
            p_topic=0.3 if unsure else 0.9,
            model="test",
        )


@asynccontextmanager
async def running(
    folder: Path, standin: Standin, *, database_url: str | None = None, **changes: object
) -> AsyncIterator[App]:
    """Start a Wadul on the stand-in and stop it at the end."""
    fields: dict[str, object] = {
        "data_dir": folder / "var",
        "database_url": database_url,
        "config": REGION,
        "admins": f"telegram:{ADMIN}",
        "telegram_token": standin.token,
        "telegram_base_url": standin.base_url,
        "telegram_base_file_url": standin.base_file_url,
        "http_port": 0,
        **changes,
    }
    settings = Settings(_env_file=None, **fields)  # type: ignore[call-arg, arg-type]
    app = build(settings, load_region(settings.config), tagger=WordTagger())
    await app.start()
    try:
        yield app
    finally:
        await app.stop()
