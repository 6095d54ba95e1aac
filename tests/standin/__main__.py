"""`python -m tests.standin`: the stand-in in its own process; prints one JSON line when it listens."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from tests.standin.limits import Limits
from tests.standin.server import TOKEN, Standin


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds per call")
    parser.add_argument("--strict", action="store_true", help="answer 429 as Telegram's limits demand")
    parser.add_argument(
        "--group-window", type=float, default=60.0, help="with --strict: seconds for 20 messages"
    )
    parser.add_argument("--token-per-second", type=int, default=None, help="with --strict: e.g. 30")
    options = parser.parse_args()
    asyncio.run(_serve(options))


async def _serve(options: argparse.Namespace) -> None:
    limits = Limits(group_window=options.group_window, token_per_second=options.token_per_second)
    standin = Standin(
        token=options.token,
        latency=options.latency,
        limits=limits if options.strict else None,
        port=options.port,
    )
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with standin:
        addresses = {
            "port": standin.port, "base_url": standin.base_url, "base_file_url": standin.base_file_url,
            "control_url": f"http://127.0.0.1:{standin.port}/_control",
        }  # fmt: skip
        print(json.dumps(addresses), flush=True)
        await stopped.wait()


if __name__ == "__main__":
    main()
