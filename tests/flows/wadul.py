"""A whole Wadul in the test's own loop, on the stand-in for Telegram; its tagger reads plain words."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import time

from bot.bootstrap import App, build
from bot.domain.case import Reasons, Tags
from bot.region_file import load_region
from bot.services.office import Meaning, Tagger
from bot.settings import Settings
from tests.standin import Standin

REGION = Path(__file__).parents[2] / "wadul.toml"
ADMIN = 9001
TOPICS = {
    "dalan": "jalan", "dalane": "jalan", "jalan": "jalan", "margi": "jalan", "bolong": "jalan", "selokan": "pengairan",
    "lampu": "penerangan_jalan", "sampah": "sampah", "ktp": "kependudukan", "pungli": "integritas",
    "banjir": "pengairan", "kebakaran": "bencana", "kobongan": "bencana", "sekolah": "pendidikan",
    "tenggelam": "bencana", "air": "air_bersih",
}  # fmt: skip
EMERGENCIES = {"kebakaran", "kobongan", "tenggelam"}
NGAPAK = {"nyong", "kepriwe", "kiye", "rika"}
KRAMA = {"kula", "nyuwun", "mboten", "sampun", "margi", "nuwun"}
NGOKO = {"dalan", "dalane", "iki", "ora", "wis", "neng", "tulung"}
OTHERS = ("sampah", "listrik", "jalan")


class Clock:
    """The real time, moved on by hand where a test would have to wait."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def __call__(self) -> float:
        return time() + self.skipped

    def skip(self, seconds: float) -> None:
        """Let time pass at once."""
        self.skipped += seconds


class WordTagger:
    """A tagger whose rules stand in the test: topic by word, register by word, doubt by `ragu`."""

    def prime(self, texts: Sequence[str]) -> None:
        """Nothing is worth remembering."""

    def explain(self, text: str) -> Reasons:
        """The words that the rules below look at, with every number; the last word for the urgency."""
        words = re.findall(r"[\w-]+", text)
        return Reasons(tuple(word for word in words if word.casefold() in TOPICS or word.isdigit()), tuple(words[-1:]))

    def meaning(self, text: str) -> Meaning | None:
        """Words alone have none."""
        return None

    def tag(self, text: str) -> Tags:
        """Tags by the words above; `racun` makes it throw."""
        words = re.findall(r"\w+", text.casefold())
        if "racun" in words:
            raise RuntimeError("the tagger of this test throws")
        topics = list(dict.fromkeys(TOPICS[word] for word in words if word in TOPICS))
        emergency = bool(EMERGENCIES.intersection(words))
        small = not topics and not emergency and len(words) < 4
        unsure = "ragu" in words or (not topics and not small)
        return Tags(
            kind="bukan_laporan" if small else "pengaduan",
            topic=topics[0] if topics else "lainnya",
            further=tuple(topics[1:3]),
            urgency="darurat" if emergency else "tinggi" if "ambrol" in words else "rendah" if small else "sedang",
            language=_language(words),
            location="Desa Karangsari" if "karangsari" in words else None,
            unsure=unsure,
            guesses=tuple(zip(dict.fromkeys([*topics, *OTHERS]), (0.31, 0.2, 0.1), strict=False)),
            p_topic=0.31 if unsure else 0.9,
            model="test",
        )


def _language(words: Sequence[str]) -> str:
    for language, known in (("jv_ngapak", NGAPAK), ("jv_krama", KRAMA), ("jv_ngoko", NGOKO)):
        if known.intersection(words):
            return language
    return "id"


@asynccontextmanager
async def running(
    folder: Path,
    standin: Standin,
    *,
    database_url: str | None = None,
    tagger: Tagger | None = None,
    clock: Callable[[], float] = time,
    model: bool = False,
    **changes: object,
) -> AsyncIterator[App]:
    """Start a Wadul on the stand-in and stop it at the end; `changes` are settings. `model`: the released one tags."""
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
    app = build(settings, load_region(settings.config), tagger=None if model else tagger or WordTagger(), clock=clock)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()
