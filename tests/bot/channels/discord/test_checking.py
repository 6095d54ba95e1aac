"""`python -m bot check` on Discord: a refused token is one clear line."""

import pytest
from pydantic import SecretStr

from bot.channels.discord.checking import check_discord
from tests.bot.channels.discord.test_running import refusing


async def test_a_refused_token_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with refusing(monkeypatch, status=401):
        found = [line async for line in check_discord(SecretStr("token"), [])]
    assert found == [("bad", "discord token", "LoginFailure: copy it again from the developer portal")]
