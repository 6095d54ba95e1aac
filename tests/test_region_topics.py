"""The tables [[topic]] and [learning] of the region file, and what is said where they cannot work."""

from pathlib import Path

import pytest

from bot.domain.errors import RegionError
from bot.domain.learning import Learning
from bot.region_file import load_region

TEXT = (Path(__file__).parents[1] / "wadul.toml").read_text(encoding="utf-8")
EXAMPLES = 'examples = ["Nasi MBG basi.", "MBG ora teka.", "Kapan SMP kami dapat MBG?"]\n'
MEALS = f'\n[[topic]]\nid = "mbg"\nname = "Makan bergizi gratis"\n{EXAMPLES}'


def region_with(folder: Path, more: str, *changes: tuple[str, str]) -> Path:
    """The sample with some lines changed and some added."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "wadul.toml"
    path.write_text(text + more, encoding="utf-8")
    return path


def test_a_topic_may_name_its_department_or_stand_in_its_list(tmp_path: Path) -> None:
    named = load_region(region_with(tmp_path, MEALS + 'department = "dindikbud"\n'))
    listed = load_region(region_with(tmp_path, MEALS, ('["pendidikan"]', '["pendidikan", "mbg"]')))
    for region in (named, listed):
        owner = region.owner("mbg")
        assert owner
        assert (owner.id, owner.topics) == ("dindikbud", ("pendidikan", "mbg"))
        assert region.topics.names() == {"mbg": "Makan bergizi gratis"}


def test_a_topic_that_names_the_department_which_lists_it_stands_there_once(tmp_path: Path) -> None:
    more = MEALS + 'department = "dindikbud"\n'
    owner = load_region(region_with(tmp_path, more, ('["pendidikan"]', '["pendidikan", "mbg"]'))).owner("mbg")
    assert owner
    assert owner.topics == ("pendidikan", "mbg")


def test_a_retired_topic_leaves_its_department_and_is_answered_for_by_its_successor(tmp_path: Path) -> None:
    more = '\n[[topic]]\nid = "keagamaan"\nbecomes = "pelayanan"\n'
    region = load_region(region_with(tmp_path, more, ('["pelayanan", "keagamaan"]', '["pelayanan"]')))
    owner = region.owner("keagamaan")
    assert owner
    assert owner.id == "setda"
    assert "keagamaan" not in region.topics.ids


def test_without_its_table_learning_is_as_the_sample_says(tmp_path: Path) -> None:
    start, end = TEXT.index("[learning]"), TEXT.index("# Every topic but")
    assert load_region(region_with(tmp_path, "", (TEXT[start:end], ""))).learning == Learning()
    assert load_region(region_with(tmp_path, "")).learning == Learning()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (MEALS, "no department answers for mbg: add each to one [[department]].topics"),
        (MEALS + 'department = "dinkes2"\n', "topic 'mbg' names department 'dinkes2', which is not in the file"),
        ('\n[[topic]]\nid = "keagamaan"\nbecomes = "pelayanan"\n', "which is retired: write 'pelayanan' instead"),
        ('\n[[topic]]\nid = "keagamaan"\nretired = true\n', "lists topic 'keagamaan', which is retired: remove it"),
        ('\n[[topic]]\nid = "keagamaan"\nretired = false\nbecomes = "pelayanan"\n', "retired = false, yet it becomes"),
        ('\n[[topic]]\nid = "keagamaan"\nsplit = ["doa", "umat"]\n', "is split into 'doa', which does not exist"),
        ('\n[[topic]]\nname = "Makan"\n', "topic 1 lacks id"),
        ("\n[[topic]]\nid = 7\n", "topic 7: id is 7: write it in quotes"),
        ('\n[[topic]]\nid = "mbg"\nnama = "Makan"\n', "topic 1: 'nama' means nothing here: write id, name,"),
        ('\n[[topic]]\nid = "mbg"\nexamples = "Nasi"\n', "topic 'mbg': examples is 'Nasi': write a list"),
        ('\n[[topic]]\nid = "jalan"\nretired = "ya"\n', "retired is 'ya': write true or false"),
        ('\n[topic]\nid = "mbg"\n', "topic: write each topic as a table of its own, under [[topic]]"),
        ('\n[[topics]]\nid = "mbg"\n', "'topics' means nothing in the region file: write topic"),
        (
            '\n[[override]]\ntopics = ["jembatan"]\nplaces = ["Comal"]\ndepartment = "dputr"\n',
            "an [[override]] lists unknown topic 'jembatan'",
        ),
    ],
)
def test_what_is_missing_is_said_with_its_fix(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(RegionError) as error:
        load_region(region_with(tmp_path, more))
    sentence = str(error.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("moves = 5", 'moves = "5"', "learning.moves is '5': write a whole number, such as 5"),
        ("moves = 5", "moves = 1", "learning.moves is 1: write 2 or more"),
        ("random_share = 0.25", "random_share = true", "learning.random_share is True: write a share, such as 0.25"),
        ("random_share = 0.25", "random_share = 25", "write a share between 0.05 and 0.5"),
        ("random_share", "random", "learning: 'random' means nothing here: write moves,"),
    ],
)
def test_a_mistake_in_learning_is_said_with_its_fix(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RegionError) as error:
        load_region(region_with(tmp_path, "", (old, new)))
    assert said in str(error.value)
