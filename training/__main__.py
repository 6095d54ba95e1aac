"""Entry point: commands, and errors as one sentence."""

from __future__ import annotations

import os
import sys

ONE_THREAD = ("refit", "gate")


def main() -> None:
    """Run a command; what it may expect to fail on is said in one line, exit 2.

    The quick retrain and its gate run beside a serving bot: there a second BLAS thread that waits for a busy core costs
    more than it brings. NumPy reads the setting when it is imported.
    """
    if sys.argv[1:2] and sys.argv[1] in ONE_THREAD:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from classifier.errors import ClassifierError
    from training.cli import app
    from training.errors import TrainingError

    try:
        app()
    except (TrainingError, ClassifierError) as error:
        print(f"training: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
