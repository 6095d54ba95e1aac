"""Entry point: commands, and errors as one sentence."""

from __future__ import annotations

import sys

from classifier.errors import ClassifierError
from training.cli import app
from training.errors import TrainingError


def main() -> None:
    """Run a command; what it may expect to fail on is said in one line, exit 2."""
    try:
        app()
    except (TrainingError, ClassifierError) as error:
        print(f"training: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
