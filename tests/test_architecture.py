"""The shape of the code, guarded: who imports whom, sizes, texts, labels, what must never stand in a file."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain import labels
from bot.texts import Catalogue

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "classifier", "training", "bench")
MODULE_LINES, FUNCTION_LINES = 300, 40
TABLES = {  # pure tables may be longer: nothing in them decides
    "bot/store/migrations/versions/0001_first_tables.py",
    "classifier/places/units.py",
}
HEAVY = ("torch", "transformers", "sklearn", "scipy", "training", "matplotlib", "pandas")


def sources(*packages: str) -> list[Path]:
    """Python files of packages, in order."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_imports_go_where_the_contracts_allow() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_running_bot_loads_nothing_that_only_training_needs() -> None:
    code = "import sys, bot.bootstrap, bot.cli, bot.checking; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stdout.split()}
    assert loaded & set(HEAVY) == set()


def test_the_library_of_discord_is_loaded_only_where_its_token_is_set() -> None:
    code = "import sys, bot.bootstrap, bot.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {module.partition(".")[0] for module in done.stdout.split()} & {"discord"} == set()


def test_the_classifier_loads_nothing_of_the_bot() -> None:
    code = "import sys, classifier, classifier.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stdout.split()}
    assert loaded & {*HEAVY, "bot", "sqlalchemy", "telegram", "fastapi"} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_stay_small(package: str) -> None:
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(package)}
    assert {module: lines for module, lines in long.items() if lines > MODULE_LINES and module not in TABLES} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_functions_stay_small(package: str) -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in sources(package)
        if name(path) not in TABLES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]
    assert long == []


def test_every_module_says_in_a_line_what_it_is() -> None:
    silent = [name(path) for path in sources(*PACKAGES) if path.stat().st_size and not ast.get_docstring(tree(path))]
    assert silent == []


# Texts ----------------------------------------------------------------------------------------------------------


def text_keys() -> set[str]:
    return Catalogue.load().keys("id")


def strings(*packages: str) -> Iterator[tuple[str, str]]:
    """(where, string) of every plain string in the code, docstrings and parts of f-strings left out."""
    for path in sources(*packages):
        parts = {id(value) for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr) for value in node.values}
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                yield f"{name(path)}:{node.lineno}", node.value


def families(*packages: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """(where, pattern) of every f-string that looks like a text key."""
    for path in sources(*packages):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.JoinedStr):
                continue
            shape = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            if re.fullmatch(r"[a-z_]+\.\{\}|\{\}\.[a-z_]+|[a-z_]+\.[a-z_]+[._]\{\}", shape):
                pattern = re.escape(shape).replace(re.escape("{}"), "[a-z_]+")
                yield f"{name(path)}:{node.lineno}", re.compile(pattern)


def test_every_text_that_the_code_asks_for_exists() -> None:
    keys = text_keys()
    groups = {key.partition(".")[0] for key in keys if "." in key}
    looks_like_one = re.compile(rf"({'|'.join(sorted(groups))})\.[a-z_.]+")
    asked = [(at, text) for at, text in strings("bot") if not at.startswith("bot/store/")]  # there: table.column
    missing = [f"{at} {text}" for at, text in asked if looks_like_one.fullmatch(text) and text not in keys]
    unknown = (f"{at} {p.pattern}" for at, p in families("bot") if not any(p.fullmatch(key) for key in keys))
    assert missing + [line for line in unknown if line.split()[1].split("\\.")[0] in groups] == []


def test_every_text_is_used() -> None:
    asked = {text for _, text in strings("bot")}
    patterns = [pattern for _, pattern in families("bot")]
    unused = [key for key in text_keys() - asked if not any(p.fullmatch(key) for p in patterns)]
    assert sorted(unused) == []


# Labels ---------------------------------------------------------------------------------------------------------


def guide() -> dict[str, tuple[str, ...]]:
    """The ids of the label guide, by section."""
    text = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    ids = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
    return {part.split("\n", 1)[0].strip(): tuple(ids.findall(part)) for part in sections}


def test_the_label_guide_the_bot_and_the_training_know_the_same_labels() -> None:
    from training import labels as trained

    ids = guide()
    for section, words in (("kind", "KINDS"), ("topic", "TOPICS"), ("urgency", "URGENCIES"), ("language", "LANGUAGES")):
        assert ids[section] == getattr(labels, words) == getattr(trained, words), section


def test_the_released_classifier_knows_the_same_labels() -> None:
    current = (ROOT / "models" / "CURRENT").read_text(encoding="utf-8").strip()
    known = json.loads((ROOT / "models" / current / "labels.json").read_text(encoding="utf-8"))
    ids = guide()
    assert {head: tuple(known[head]) for head in ids if head in known} == {
        head: ids[head] for head in ("kind", "topic", "urgency", "language")
    }


# What must never stand in a file ------------------------------------------------------------------------------------


def files() -> Iterator[Path]:
    """Every file of the repository that holds text; caches, data and what is not ours left out."""
    skipped = {"__pycache__", "var", "build", "base", "places", ".hypothesis"}
    for top in sorted(ROOT.iterdir()):
        if top.is_file():
            yield top
        elif top.name == ".ci" or not (top.name.startswith(".") or top.name in skipped):
            yield from (p for p in sorted(top.rglob("*")) if p.is_file() and not skipped & set(p.parts[:-1]))


def test_no_file_names_a_path_of_somebodys_machine_or_a_registry() -> None:
    forbidden = [
        "/".join(("", "work", "")), "/".join(("..", "shared")), "/".join(("", "root", "")),
        ".".join(("pypi", "org")), ".".join(("pythonhosted", "org")), ".".join(("npmjs", "org")),
    ]  # fmt: skip
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)} names {word}" for word in forbidden if word in text and name(path) != ".env"]
    assert found == []
