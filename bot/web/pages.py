"""Templates of a page: its own folder first, then what the pages share."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

SHARED = Path(__file__).parent / "templates"


@cache
def templates(folder: Path) -> Environment:
    """Read and compiled once a process; what people wrote is escaped, and a name that is not given is an error."""
    loader = FileSystemLoader([folder / "templates", SHARED])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
