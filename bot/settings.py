"""Settings: the environment (prefix WADUL_, `.env` read if present)."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import WadulError

PREFIX = "WADUL_"
CHANNELS = ("telegram", "discord", "whatsapp", "messenger", "instagram", "coba")


class SettingsError(WadulError):
    """A setting is unknown or malformed; the message is one sentence that names it and the fix."""


class Settings(BaseSettings):
    """Everything from the environment. Secrets never show in a repr."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Path("var")
    database_url: SecretStr | None = None
    config: Path = Path("wadul.toml")
    model_dir: Path | None = None
    admins: str = ""

    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_base_file_url: str = "https://api.telegram.org/file/bot"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None

    discord_token: SecretStr | None = None
    meta_app_secret: SecretStr | None = None
    meta_verify_token: SecretStr | None = None
    meta_token: SecretStr | None = None
    graph_base_url: str = "https://graph.facebook.com/v23.0"

    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""

    log_format: Literal["plain", "json"] = "plain"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("admins")
    @classmethod
    def _admins_look_right(cls, value: str) -> str:
        for part in filter(None, (p.strip() for p in value.split(","))):
            channel, _, user = part.partition(":")
            if channel not in CHANNELS or not user:
                raise ValueError("write channel:id, separated by commas, such as telegram:9001 (ask /saya for the id)")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token_looks_right(cls, value: SecretStr | None) -> SecretStr | None:
        if value and ":" not in value.get_secret_value():
            raise ValueError("a bot token has the form digits:letters; copy it whole from @BotFather")
        return value if value and value.get_secret_value() else None

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret_is_allowed(cls, value: SecretStr | None) -> SecretStr | None:
        bare = value.get_secret_value() if value else ""
        if bare and not (len(bare) <= 256 and all(c.isascii() and (c.isalnum() or c in "_-") for c in bare)):
            raise ValueError("use 1 to 256 letters, digits, underscores and dashes")
        return value if bare else None

    @field_validator("public_url")
    @classmethod
    def _public_url_is_one(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("write the whole address, beginning with https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> "Settings":
        if self.telegram_token and self.telegram_mode == "webhook":
            if not self.telegram_webhook_secret:
                raise ValueError("WADUL_TELEGRAM_MODE=webhook needs WADUL_TELEGRAM_WEBHOOK_SECRET, a long random word")
            if not self.public_url:
                raise ValueError("WADUL_TELEGRAM_MODE=webhook needs WADUL_PUBLIC_URL: the https address of this server")
        return self

    @property
    def database(self) -> str:
        """The database URL; SQLite in the data folder by default. What is tried out (coba) stays apart."""
        if self.database_url and self.database_url.get_secret_value():
            return self.database_url.get_secret_value()
        name = "wadul.db" if self.any_channel else "coba.db"
        return f"sqlite:///{(self.data_dir / name).resolve()}"

    @property
    def web_address(self) -> str:
        """Where people reach our pages: the public address, or this machine."""
        host = f"[{self.http_host}]" if ":" in self.http_host else self.http_host
        return self.public_url or f"http://{host}:{self.http_port}"

    @property
    def admin_ids(self) -> frozenset[tuple[str, str]]:
        """(channel, id) of everybody named in WADUL_ADMINS."""
        parts = (part.strip() for part in self.admins.split(","))
        return frozenset((c, u) for c, _, u in (p.partition(":") for p in parts if p))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value, for the log filter."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(v.get_secret_value() for v in values if isinstance(v, SecretStr) and v.get_secret_value())

    @property
    def any_channel(self) -> bool:
        """Whether any channel has a token; without one the coba page runs."""
        return any((self.telegram_token, self.discord_token, self.meta_token))


def load_settings() -> Settings:
    """Read the environment; SettingsError with one sentence where something is unknown or malformed."""
    names = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in names)
    unknown += _unknown_in_env_file(names)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of Wadul: see .env.example for the names, or remove it.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise SettingsError(f"{name}{first['msg'].removeprefix('Value error, ')}.") from None


def _unknown_in_env_file(names: set[str]) -> list[str]:
    path = Path(".env")
    if not path.is_file():
        return []
    lines = (line.strip().removeprefix("export ") for line in path.read_text(encoding="utf-8").splitlines())
    keys = (line.partition("=")[0].strip() for line in lines if line and not line.startswith("#"))
    return [key for key in keys if key.startswith(PREFIX) and key.upper() not in names]
