"""Send every message of a file through the Telegram path of a real Wadul and report where each went."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.replaying.reading import read
from bench.replaying.rows import ReplayError, load_rows
from bench.replaying.running import Plan, replay
from bench.replaying.showing import report, table


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code: 0 nothing lost or doubled, 1 something was, 2 it could not run."""
    options = _parser().parse_args(argv)
    plan = Plan(options.rate or None, options.model, options.latency, options.cards_seconds)
    try:
        figures = replay_files(options.data, plan, limit=options.limit)
    except ReplayError as error:
        print(f"replay: {error}", file=sys.stderr)
        return 2
    print(table(figures, each=not options.short))
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if figures["integrity"]["lost"] or figures["integrity"]["doubled"] else 0


def replay_files(files: Sequence[Path], plan: Plan, *, limit: int | None = None) -> dict[str, Any]:
    """Run the files in a folder that is gone afterwards, texts, database and log with it."""
    rows, left_out = load_rows(files, limit=limit)
    with tempfile.TemporaryDirectory(prefix="wadul-replay-") as folder:
        run = asyncio.run(replay(rows, plan, Path(folder)))
        return report(rows, read(rows, run), run, left_out=left_out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description=__doc__)
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="FILE", help='JSON lines with a "text"')
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N messages")
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the released one)")
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second, 0: all at once; %(default)s")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds of each API call; %(default)s")
    parser.add_argument(
        "--cards-seconds", type=float, default=90.0,
        help="how long cards may wait for their group's 20 a minute after the last answer; %(default)s",
    )  # fmt: skip
    parser.add_argument("--short", action="store_true", help="no line for every message")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report as JSON: ids, never texts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
