"""The command line: run, check, migrate, export-lessons, adopt-model."""

import asyncio
import contextlib
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import lean
from bot.domain.errors import WadulError
from bot.region_file import load_region
from bot.rights_cli import incident_app, register
from bot.settings import load_settings

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
UNBUILT = {"meta_token": "WADUL_META_TOKEN"}


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Run Wadul: channels whose tokens are set, workers, clock, web, in one process."""
    if context.invoked_subcommand is None:
        asyncio.run(_run())


@app.command()
def check(
    offline: Annotated[bool, typer.Option("--offline", help="Do not call any platform.")] = False,
) -> None:
    """Verify settings, region file, database, model, token and linked chats, and say what to do."""
    from bot.checking import check_all

    raise typer.Exit(asyncio.run(check_all(offline=offline)))


@app.command()
def migrate() -> None:
    """Bring the database up to date (the start does it too)."""
    from bot.store.engine import Store
    from bot.store.migrating import migrate as upgrade

    store = Store(load_settings().database)
    upgrade(store)
    store.close()
    typer.echo("The database is up to date.")


@app.command("export-lessons")
def export_lessons(
    out: Annotated[Path, typer.Option("--out", help="The file to write, JSON lines.")],
    since: Annotated[str | None, typer.Option("--since", help="Only what was taught since this day.")] = None,
    labels: Annotated[Path | None, typer.Option("--labels", help="Also write the office's own topics here.")] = None,
) -> None:
    """Write what people corrected, confirmed and labelled, masked, for python -m training."""
    from bot.lesson_file import export, write_labels
    from bot.store.engine import Store

    settings = load_settings()
    region = load_region(settings.config)
    store = Store(settings.database)
    try:
        count = export(store, region, out, since=since)
    finally:
        store.close()
    if labels:
        write_labels(region, labels)
    typer.echo(f"{count} cases taught something: {out}")


@app.command("adopt-model")
def adopt_model(folder: Annotated[Path, typer.Argument(help="A model folder that python -m training made.")]) -> None:
    """Take in a model that was trained on another machine: checked here, judged by the running bot."""
    from bot.models import adopt, workshop
    from bot.store.engine import Store

    settings = load_settings()
    region = load_region(settings.config)
    store = Store(settings.database)
    try:
        typer.echo(adopt(store, workshop(settings, region, store), folder))
    finally:
        store.close()


app.command("register")(register)
app.add_typer(incident_app, name="incident")


async def _run() -> None:
    lean.settle()
    from bot.bootstrap import build
    from bot.logging import configure

    settings = load_settings()
    region = load_region(settings.config)
    configure(json=settings.log_format == "json", level=settings.log_level, secrets=settings.secrets)
    for name, setting in UNBUILT.items():
        if getattr(settings, name):
            typer.echo(f"{setting} is set, but this version does not speak that channel yet: not used.", err=True)
    wadul = build(settings, region)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(sign, wadul.stopping.set)
    await wadul.start()
    _greet(wadul.web.port, settings.http_host, region.name, word=wadul.office.admin_word, coba="coba" in wadul.channels)
    await wadul.stopping.wait()
    broken = wadul.readiness.broken
    await wadul.stop()
    if broken:
        raise WadulError(f"{broken}: see the log above.")


def _greet(port: int, host: str, region: str, *, word: str | None, coba: bool) -> None:
    """What whoever started it wants to know, on the terminal and not in the log."""
    shown = f"[{host}]" if ":" in host else host
    if coba:
        typer.echo(f"\nWadul {region} runs without a token: try it at http://{shown}:{port}/\n")
    else:
        typer.echo(f"\nWadul {region} runs; health at http://{shown}:{port}/readyz")
    if word:
        where = "as Rina in the desk's chat" if coba else "from your own account"
        typer.echo(f"Nobody may administer yet. Send this to the bot once, {where}: /admin {word}\n")


def main() -> int:
    """Run a command; a known error is one sentence on stderr and exit code 2."""
    try:
        return app(standalone_mode=False) or 0  # what typer.Exit carried, or None
    except WadulError as error:
        print(f"wadul: {error}", file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except Exception as error:
        if type(error).__module__.startswith(("click", "typer")):
            print(f"wadul: {error}", file=sys.stderr)
            return 2
        raise
