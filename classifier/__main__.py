"""`python -m classifier`: reads {"id", "text"} lines on standard input, writes one verdict line for each."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence

from classifier import filter as json_filter
from classifier.errors import ClassifierError
from classifier.model import load

_CHUNK = 2**16


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code: 0 all lines answered, 2 wrong option or model."""
    options = _parser().parse_args(argv)
    try:
        model = load(options.model)
    except ClassifierError as error:
        print(f"classifier: {error}", file=sys.stderr)
        return 2
    try:
        extra = json_filter.Extra(options.top, options.explain, options.vectors)
        json_filter.run(model, _chunks(sys.stdin.fileno()), _write, extra=extra)
    except BrokenPipeError:
        # The reader has seen enough. Point the dead pipe elsewhere, or Python complains of it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m classifier", description=__doc__)
    parser.add_argument("--model", metavar="DIR", help="model folder (default: the one models/CURRENT names)")
    parser.add_argument("--top", metavar="N", type=_positive, help="print N topics, best first")
    parser.add_argument("--explain", action="store_true", help='add "explain": the words that carried the verdict')
    parser.add_argument("--vectors", action="store_true", help='add "vector": the pooled vector, for likeness')
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _chunks(descriptor: int) -> Iterator[bytes]:
    # os.read returns what is there without waiting for a full buffer, as sys.stdin would.
    while chunk := os.read(descriptor, _CHUNK):
        yield chunk


def _write(lines: bytes) -> None:
    sys.stdout.buffer.write(lines)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
