"""Settings: what is wrong is said in one sentence that names the fix, and .env.example lists them all."""

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from bot.settings import PREFIX, Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINE = re.compile(r"^#(WADUL_[A-Z_]+)=(.*)$")


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def examples() -> dict[str, str]:
    found = (LINE.match(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def test_the_example_file_names_every_setting_and_no_other() -> None:
    assert sorted(examples()) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_every_setting_of_the_example_file_has_its_meaning_above_it() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    for block in (block for block in blocks if LINE.search(block) or "\n#WADUL" in block):
        assert re.match(r"# \S", block), block


def test_the_example_file_shows_the_defaults() -> None:
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else str(field.default)
        assert examples()[PREFIX + name.upper()] == default, name


def test_the_example_file_can_be_used_as_it_stands_with_every_line_uncommented(tmp_path: Path) -> None:
    lines = (f"{name}={value}" for name, value in examples().items() if name != "WADUL_MODEL_DIR")
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    settings = load_settings()
    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'coba.db'}"
    assert not settings.any_channel


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WADUL_TELEGRAM_TOKN", "1:a", "is no setting of Wadul: see .env.example"),
        ("WADUL_HTTP_PORT", "eighty", "WADUL_HTTP_PORT: Input should be a valid integer"),
        ("WADUL_HTTP_PORT", "70000", "WADUL_HTTP_PORT: Input should be less than or equal to 65535"),
        ("WADUL_TELEGRAM_MODE", "pull", "WADUL_TELEGRAM_MODE: Input should be 'polling' or 'webhook'"),
        ("WADUL_TELEGRAM_TOKEN", "secretword", "WADUL_TELEGRAM_TOKEN: a bot token has the form digits:letters"),
        ("WADUL_TELEGRAM_WEBHOOK_SECRET", "no spaces", "WADUL_TELEGRAM_WEBHOOK_SECRET: use 1 to 256 letters"),
        ("WADUL_ADMINS", "9001", "WADUL_ADMINS: write channel:id, separated by commas"),
        ("WADUL_ADMINS", "telegrm:9001", "WADUL_ADMINS: write channel:id, separated by commas"),
        ("WADUL_PUBLIC_URL", "wadul.example.go.id", "WADUL_PUBLIC_URL: write the whole address"),
        ("WADUL_LOG_LEVEL", "LOUD", "WADUL_LOG_LEVEL: Input should be"),
    ],
)
def test_a_wrong_setting_is_named_with_its_fix_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    sentence = str(error.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    if "TOKEN" in name or "SECRET" in name:
        assert value not in sentence


def test_an_unknown_name_in_the_env_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# mine\nexport WADUL_TELEGRAM_TOKN=1:a\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="WADUL_TELEGRAM_TOKN is no setting of Wadul"):
        load_settings()


def test_other_programs_settings_are_none_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGHOST", "somewhere")
    (tmp_path / ".env").write_text("OTHER=1\nWADUL_HTTP_PORT=8123\n", encoding="utf-8")
    assert load_settings().http_port == 8123


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({}, "WADUL_TELEGRAM_WEBHOOK_SECRET"),
        ({"WADUL_TELEGRAM_WEBHOOK_SECRET": "x" * 20}, "WADUL_PUBLIC_URL"),
        ({"WADUL_PUBLIC_URL": "https://wadul.example.go.id"}, "WADUL_TELEGRAM_WEBHOOK_SECRET"),
    ],
)
def test_webhook_mode_without_a_secret_or_an_address_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], lacks: str
) -> None:
    for name, value in {"WADUL_TELEGRAM_TOKEN": "1:a", "WADUL_TELEGRAM_MODE": "webhook", **given}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"webhook needs {lacks}"):
        load_settings()


def test_empty_values_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "DATABASE_URL", "ADMINS", "PUBLIC_URL", "DISCORD_TOKEN"):
        monkeypatch.setenv(PREFIX + name, "")
    settings = load_settings()
    assert not settings.any_channel
    assert settings.admin_ids == frozenset()
    assert settings.database.startswith("sqlite:///")


def test_admins_are_pairs_of_channel_and_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WADUL_ADMINS", " telegram:9001, discord:42 ,")
    assert load_settings().admin_ids == {("telegram", "9001"), ("discord", "42")}


def test_what_is_tried_out_stays_apart_from_real_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().database.endswith("/coba.db")
    monkeypatch.setenv("WADUL_TELEGRAM_TOKEN", "1:a")
    assert load_settings().database.endswith("/wadul.db")


def test_no_secret_shows_in_a_repr_and_all_are_known_to_the_log_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "WADUL_TELEGRAM_TOKEN": "123:verysecret",
        "WADUL_TELEGRAM_WEBHOOK_SECRET": "hooksecret",
        "WADUL_META_TOKEN": "metasecret",
        "WADUL_DATABASE_URL": "postgresql://wadul:dbsecret@localhost/wadul",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert isinstance(settings, BaseSettings)
    assert not [value for value in secrets.values() if value in repr(settings)]
    assert sorted(settings.secrets) == sorted(secrets.values())
