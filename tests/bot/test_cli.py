"""The command line: a known error is one sentence and exit code 2; `check` says what to do; `migrate`."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot import checking, cli
from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.records import UnitChat
from bot.services.ports import NewCase
from bot.settings import PREFIX, Settings
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.store.unit_of_work import SqlUnitOfWork
from tests.flows.wadul import REGION
from tests.standin import Standin

ROOT = Path(__file__).parents[2]
NOWHERE = "postgresql://wadul:dbsecret@127.0.0.1:1/wadul"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's settings, and a folder of its own."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WADUL_CONFIG", str(REGION))
    monkeypatch.setenv("WADUL_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run a command in this process; its exit code."""
    monkeypatch.setattr(sys, "argv", ["wadul", *words])
    return cli.main()


def run_process(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m bot` as an office starts it."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
    mine |= {"WADUL_CONFIG": str(REGION), "WADUL_DATA_DIR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bot"], cwd=tmp_path, env=mine | environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def make_database(tmp_path: Path, name: str = "coba.db") -> None:
    store = Store(f"sqlite:///{tmp_path / 'var' / name}")
    migrate(store)
    store.close()


def link(tmp_path: Path, **chats: int) -> None:
    """Link chats, as /hubungkan does."""
    store = Store(f"sqlite:///{tmp_path / 'var' / 'wadul.db'}")
    for unit, chat in chats.items():
        new = UnitChat(unit, "telegram", str(chat))
        store.write_now(lambda uow, new=new: uow.desks.link(new, by="test", now=0.0))
    store.close()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WADUL_HTTP_PORT", "eighty", "WADUL_HTTP_PORT: "),
        ("WADUL_TELEGRAM_TOKN", "1:a", "WADUL_TELEGRAM_TOKN is no setting of Wadul"),
        ("WADUL_TELEGRAM_TOKEN", "secretword", "WADUL_TELEGRAM_TOKEN: a bot token has the form"),
        ("WADUL_CONFIG", "none.toml", "none.toml does not exist: set WADUL_CONFIG"),
        ("WADUL_DATABASE_URL", "mysql://wadul:dbsecret@127.0.0.1/wadul", "WADUL_DATABASE_URL must begin with"),
        ("WADUL_DATABASE_URL", NOWHERE, "the database does not answer"),
    ],
)
def test_an_impossible_setting_stops_the_start_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.logging.configure", lambda **_: None)  # other tests write to this process's log too
    assert command(monkeypatch) == 2
    out, err = capsys.readouterr()
    assert err.startswith(f"wadul: {said}")
    assert err.count("\n") == 1
    assert "Traceback" not in out + err
    assert "secret" not in out + err


def test_a_start_that_is_refused_ends_the_process_with_code_2_and_no_traceback(tmp_path: Path) -> None:
    ended = run_process(tmp_path, WADUL_TELEGRAM_TOKEN="1:a", WADUL_TELEGRAM_MODE="webhook")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == (
        "wadul: WADUL_TELEGRAM_MODE=webhook needs WADUL_TELEGRAM_WEBHOOK_SECRET, a long random word.\n"
    )


def test_a_port_that_is_taken_ends_the_process_with_code_2_and_no_traceback(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run_process(tmp_path, WADUL_HTTP_PORT=str(port), WADUL_MODEL_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert f"wadul: cannot listen on 127.0.0.1:{port} " in ended.stderr
    assert "set WADUL_HTTP_PORT to a free port." in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("words", [("--nothing",), ("nothing",), ("check", "--nothing")])
def test_a_command_that_does_not_exist_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert command(monkeypatch, *words) == 2
    assert capsys.readouterr().err.startswith("wadul: No such ")


def findings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """The exit code of `check` and its lines."""
    code = command(monkeypatch, "check", *words)
    return code, capsys.readouterr().out.splitlines()


def test_check_of_a_new_office_says_what_is_still_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, lines = findings(monkeypatch, capsys)
    assert code == 0
    assert lines[0] == "✓ settings"
    assert lines[1].startswith("✓ region file: Kabupaten Pemalang, ")
    assert "! database — not there yet: the start makes it" in lines
    assert any(line.startswith("! no WADUL_TELEGRAM_TOKEN — only the coba page will run") for line in lines)
    assert lines[-1] == "Wadul can run."
    assert not (tmp_path / "var").exists()  # it changes nothing


def test_check_says_that_a_database_is_not_migrated_and_that_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "coba.db").touch()
    assert any("not migrated yet" in line for line in findings(monkeypatch, capsys)[1])
    make_database(tmp_path)
    assert "✓ database (sqlite)" in findings(monkeypatch, capsys)[1]


def test_check_without_a_model_warns_and_does_not_call_it_impossible(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("WADUL_MODEL_DIR", str(tmp_path / "none"))
    code, lines = findings(monkeypatch, capsys)
    (line,) = [line for line in lines if "classifier" in line]
    assert line.startswith("! classifier — ")
    assert line.endswith("Emergencies are handled, everything else goes to the desk.")
    assert code == 0


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("WADUL_HTTP_PORT", "eighty", "✗ settings — WADUL_HTTP_PORT: "),
        ("WADUL_CONFIG", "none.toml", "✗ region file — none.toml does not exist"),
        ("WADUL_DATABASE_URL", "mysql://wadul:dbsecret@127.0.0.1/wadul", "✗ database — WADUL_DATABASE_URL must begin"),
        ("WADUL_DATABASE_URL", NOWHERE, "✗ database — the database does not answer"),
    ],
)
def test_check_marks_what_cannot_run_and_ends_with_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    code, lines = findings(monkeypatch, capsys)
    assert [found for found in lines if found.startswith(line)]
    assert lines[-1] == "Wadul cannot run like this: mend the lines marked ✗."
    assert "secret" not in "".join(lines)
    assert code == 1


def test_check_marks_a_folder_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(checking.os, "access", lambda path, mode: False)  # root may write everywhere
    code, lines = findings(monkeypatch, capsys)
    assert f"✗ database — {tmp_path} cannot be written: set WADUL_DATA_DIR elsewhere" in lines
    assert code == 1


async def check_online(standin: Standin, monkeypatch: pytest.MonkeyPatch, token: str) -> int:
    monkeypatch.setenv("WADUL_TELEGRAM_TOKEN", token)
    monkeypatch.setenv("WADUL_TELEGRAM_BASE_URL", standin.base_url)
    return await checking.check_all(offline=False)


async def test_check_calls_the_bot_and_looks_at_every_linked_chat(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_database(tmp_path, "wadul.db")
    async with Standin() as standin:
        here, lost = standin.group(-1, "DPU"), standin.group(-2, "DLH")
        link(tmp_path, dputr=here.id, dlh=lost.id)
        lost.kick_bot()
        code = await check_online(standin, monkeypatch, standin.token)
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("✓ telegram: @") for line in lines)
    assert "✓ chat of dputr: member" in lines
    assert any(line.startswith("✗ chat of dlh") for line in lines)
    assert any(line.startswith("! no meja chat") for line in lines)
    (bare,) = [line for line in lines if "departments without a chat" in line]
    assert "dishub" in bare
    assert "dputr" not in bare
    assert code == 1


async def test_check_says_which_forum_lacks_the_right_for_a_topic_per_case(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_database(tmp_path, "wadul.db")
    async with Standin() as standin:
        barred = standin.group(-1_000_000_001_001, "DPU", forum=True)
        open_ = standin.group(-1_000_000_001_002, "DLH", forum=True, admin=True)
        link(tmp_path, dputr=barred.id, dlh=open_.id)
        await check_online(standin, monkeypatch, standin.token)
    out = capsys.readouterr().out
    assert "✓ chat of dputr: member\n! chat of dputr — no topic per case: make the bot administrator there" in out
    assert "! chat of dlh" not in out


async def test_check_says_that_a_token_is_not_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Standin() as standin:
        code = await check_online(standin, monkeypatch, "1:unknownsecret")
    out = capsys.readouterr().out
    assert "✗ telegram token — InvalidToken: copy it again from @BotFather" in out
    assert "unknownsecret" not in out
    assert code == 1


def test_check_offline_calls_nobody(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WADUL_TELEGRAM_TOKEN", "1:a")
    monkeypatch.setenv("WADUL_TELEGRAM_BASE_URL", "http://127.0.0.1:1/bot")
    code, lines = findings(monkeypatch, capsys, "--offline")
    assert not [line for line in lines if "telegram" in line]
    assert code == 0


def test_migrate_makes_the_database_and_may_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for _ in range(2):
        assert command(monkeypatch, "migrate") == 0
        assert capsys.readouterr().out == "The database is up to date.\n"
    assert (tmp_path / "var" / "coba.db").is_file()
    assert "✓ database (sqlite)" in findings(monkeypatch, capsys)[1]


@pytest.mark.parametrize("url", [NOWHERE, "mysql://wadul:dbsecret@127.0.0.1/wadul"])
def test_migrate_of_a_database_that_is_away_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    monkeypatch.setenv("WADUL_DATABASE_URL", url)
    assert command(monkeypatch, "migrate") == 2
    err = capsys.readouterr().err
    assert err.startswith("wadul: ")
    assert err.count("\n") == 1
    assert "secret" not in err


def test_every_setting_for_a_channel_that_is_not_built_is_a_setting() -> None:
    assert set(cli.UNBUILT) <= set(Settings.model_fields)


def test_check_names_the_topics_that_the_model_does_not_know_yet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = '\n[[topic]]\nid = "mbg"\nname = "Makan bergizi"\ndepartment = "dindikbud"\nexamples = ["a", "b", "c"]\n'
    path = tmp_path / "daerah.toml"
    path.write_text(REGION.read_text(encoding="utf-8") + own, encoding="utf-8")
    monkeypatch.setenv("WADUL_CONFIG", str(path))
    code, lines = findings(monkeypatch, capsys, "--offline")
    assert code == 0
    assert any(line.startswith("! classifier") and "mbg — known after the next /latih" in line for line in lines)


def test_check_names_a_case_that_no_chat_may_be_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_database(tmp_path)
    store = Store(f"sqlite:///{tmp_path / 'var' / 'coba.db'}")

    def accuse(uow: SqlUnitOfWork) -> None:
        person = uow.people.meet(Sender("coba", "1", "Sri"), Chat("coba", "1", private=True), now=0.0)
        tags = Tags("pengaduan", "integritas", "sedang", "id")
        new = uow.cases.add(NewCase("PML-AAAAA", person.id, "coba", "1", "inspektorat", (), "id", tags, 0.0))
        uow.cases.change(new.id, secret=True, accused=("inspektorat",))

    store.write_now(accuse)
    store.close()
    (line,) = [line for line in findings(monkeypatch, capsys)[1] if "no chat may be shown" in line]
    assert line.startswith("! cases that no chat may be shown: PML-AAAAA — ")
