"""`python -m bot`: run everything; `python -m bot check`: say what is missing."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
