"""The documents say what is: links lead somewhere, figures and commands exist, decisions are numbered."""

import re
from pathlib import Path

import pytest

from bot.metrics import Metrics
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench" / "README.md"])
NOT_OURS = {"WADUL_"}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_and_setting_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"^ {4}make ([a-z-]+)|`make ([a-z-]+)`", text(page), re.MULTILINE))
    assert {word for pair in named for word in pair if word} <= targets
    settings = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"\bWADUL_[A-Z_]+", text(page))) - NOT_OURS <= settings


def test_every_figure_is_explained_to_operators_and_none_that_is_not_there() -> None:
    metrics = Metrics()
    metrics.queues(inbox=(0, 0.0), outbox=(0, 0.0))
    known = set(re.findall(r"^# TYPE (wadul_\w+)", metrics.render().decode(), re.MULTILINE))
    known -= {name for name in known if name.endswith("_created")}
    explained = set(re.findall(r"`(wadul_\w+)", text(ROOT / "docs" / "operations.md")))
    assert explained == known


def test_decisions_are_numbered_without_gaps_and_say_where_they_stand() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert re.match(rf"# {int(page.name[:4])}\. ", text(page)), page.name
        assert "\nStatus: " in text(page), page.name


def test_the_license_is_apache_2_in_full() -> None:
    license_ = text(ROOT / "LICENSE")
    assert "Apache License" in license_
    assert "END OF TERMS AND CONDITIONS" in license_


def test_the_readme_names_the_command_that_the_pipeline_calls() -> None:
    assert "    make test\n" in text(ROOT / "README.md")
    assert text(ROOT / ".ci" / "run").rstrip().endswith("make test")
