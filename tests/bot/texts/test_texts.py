"""What people read: complete in every register, true to its fields, and each register true to itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from syrupy.assertion import SnapshotAssertion

from bot.domain import privacy
from bot.domain.labels import KINDS, LANGUAGES, TOPICS, URGENCIES
from bot.domain.life import Status
from bot.domain.registers import ANSWER
from bot.texts import FALLBACK, HERE, Catalogue

TEXTS = Catalogue.load()
OTHERS = ("jv", "jv@krama", "en")
BOT = HERE.parent

# Everything staff read is Indonesian. What is not listed here is read by citizens and needs every register,
# so that a new key without a translation is seen.
STAFF = (
    "link.", "unlink.", "desk.", "admin.", "prompt.", "selesai.", "bukan_wewenang.", "tanya.", "balas.", "peran.",
    "gabung.", "pisah.", "tutup.", "buka.",
    "toast.", "data.", "clock.", "card.", "entry.", "outcome.", "media.", "button.", "urgency.", "kind.", "language.",
    "unit.", "list.", "handover.", "level.", "road.", "label.", "kinerja.", "training.", "model.", "shadow.", "rights.",
    "counter.", "how.", "meeting.", "proof.",
    "pembaca.", "jejak.", "terlapor.", "bukarahasia.", "unplaced.", "admins.",
    "word.", "option.", "form.",  # Discord shows them before anybody has written a word, and knows no Javanese
)  # fmt: skip
CITIZEN_TOO = {
    "button.is_report", "button.beres", "button.belum", "unit.meja", "toast.ok", "toast.done_already",
    "training.admins_only",
}  # fmt: skip
WITHOUT_WORDS = {"plain"}

LONGEST_NAME = "Dinas Perumahan, Kawasan Permukiman dan Pertanahan Kabupaten Pekalongan"
TOAST_FIELDS = {"unit": LONGEST_NAME, "name": "N" * 64, "code": "ABCD-00000"}


def word_list(text: str) -> frozenset[str]:
    """A set of words, written as a paragraph."""
    return frozenset(text.split())


NGOKO_ONLY = word_list("""
    ora ana apa wis sing karo kanggo saka menyang nek yen ben supaya iki kuwi kae dudu durung bisa arep
    sampeyan kowe aku tak wae bae uga utawa maneh saiki kene neng ning dadi mung dhisik endi kabeh akeh
    entuk oleh duwe crita tulis waca maca tampa kirim suara takon bales jeneng banyu dalan omah lemah
    dibukak ketemu ndeleng delok rega liyane piye ngenteni mlebu cepet lagi banjur terus menawa amarga
    njaluk wong bocah anyar engkas kaya njero tekan padha
""")
KRAMA_ONLY = word_list("""
    boten sampun wonten menapa punapa pundi ingkang kaliyan kangge saking dhateng menawi bilih supados
    menika punika sanes dereng saged badhe panjenengan kula kemawon ugi utawi malih sakmenika sapunika
    ngriki dados namung rumiyin nggih inggih mangga sedaya kathah angsal gadhah kagungan serat nyerat
    waos maos tampi kintun suwanten wangsulan asma toya margi griya siti kepanggih mirsani regi
    sanesipun kados nengga mlebet enggal saweg lajeng amargi nyuwun tiyang lare salebeting dumugi sami
    rawuh pirsa kersa paring
""")
# Krama words and loans that end in -e; any other is the ngoko ending of "laporane".
WORDS_IN_E = word_list("mangke badhe kangge kode lare nate ngangge")


def citizen_keys() -> set[str]:
    """The keys that citizens read."""
    return {key for key in TEXTS.keys("id") if not key.startswith(STAFF)} - WITHOUT_WORDS | CITIZEN_TOO


def fields(text: str) -> set[str]:
    """The names of a text's fields."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def words(text: str) -> list[str]:
    """The bare words, without fields, chat words and abbreviations in capitals."""
    bare = re.sub(r"\{\w+\}|/\w+|\b[A-Z]{2,3}\b", " ", text)
    return re.findall(r"[a-z]+", bare.casefold())


def every_text() -> Iterator[tuple[str, str, str]]:
    """Register, key and text of everything the catalogues hold."""
    for register in FALLBACK:
        for key in sorted(TEXTS.keys(register)):
            yield register, key, TEXTS(key, register)


def slips(register: str, wrong: frozenset[str]) -> list[str]:
    """The words of the other register that stand in this one's texts."""
    mine = ((key, word) for key in citizen_keys() for word in words(TEXTS(key, register)))
    return sorted(f"{key}: {word}" for key, word in mine if word in wrong)


@pytest.mark.parametrize("register", FALLBACK)
def test_every_catalogue_parses_and_no_key_stands_in_it_twice(register: str) -> None:
    path = HERE / f"{register}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys)) == len([m for m in catalogue if m.id])
    assert all(m.string and not m.fuzzy for m in catalogue if m.id)


def test_every_answering_register_has_a_catalogue() -> None:
    assert set(ANSWER.values()) <= set(FALLBACK)
    assert all(TEXTS.keys(register) for register in FALLBACK)


@pytest.mark.parametrize("register", OTHERS)
def test_every_key_of_a_register_exists_in_indonesian_with_the_same_fields(register: str) -> None:
    assert TEXTS.keys(register) <= TEXTS.keys("id")
    different = [k for k in TEXTS.keys(register) if fields(TEXTS(k, register)) != fields(TEXTS(k))]
    assert different == []


@pytest.mark.parametrize("register", OTHERS)
def test_a_citizen_is_never_answered_in_another_register_than_their_own(register: str) -> None:
    assert citizen_keys() - TEXTS.keys(register) == set()


@pytest.mark.parametrize("register", OTHERS)
def test_what_only_staff_read_is_indonesian_alone(register: str) -> None:
    assert TEXTS.keys(register) - citizen_keys() == set()


def test_every_label_and_status_has_a_name() -> None:
    named = {"kind": KINDS, "topic": TOPICS, "urgency": URGENCIES, "language": LANGUAGES, "status": tuple(Status)}
    named["data"] = tuple(privacy.KINDS)
    wanted = {f"{group}.{label}" for group, labels in named.items() for label in labels}
    assert wanted - TEXTS.keys("id") == set()


def test_the_buttons_of_a_card_carry_the_agreed_words() -> None:
    keys = ("terima", "alihkan", "tanya", "selesai", "bukan", "data", "tetap")
    assert [TEXTS(f"button.{key}") for key in keys] == [
        "Terima", "Alihkan", "Tanya pelapor", "Selesai", "Bukan wewenang", "Lihat data", "topik tetap",
    ]  # fmt: skip


def test_no_text_shows_a_sample_code() -> None:
    assert [(r, k) for r, k, text in every_text() if re.search(r"\b[A-Z]{2,4}[-_ ][0-9A-Z]{5}\b", text)] == []


def test_no_text_is_longer_than_a_thousand_characters() -> None:
    assert [(r, k, len(text)) for r, k, text in every_text() if len(text) > 1000] == []


def test_every_toast_fits_into_its_window_with_long_names() -> None:
    longest = max((TEXTS(f"status.{s}", unit=LONGEST_NAME) for s in Status), key=len)
    values = {**TOAST_FIELDS, "status": longest}
    toasts = [(key, TEXTS(key, **values)) for key in TEXTS.keys("id") if key.startswith("toast.")]
    assert [(key, len(text)) for key, text in toasts if len(text) > 200] == []


def test_no_ngoko_slips_into_krama() -> None:
    assert slips("jv@krama", NGOKO_ONLY) == []


def test_no_ngoko_ending_slips_into_krama() -> None:
    found = {word for key in citizen_keys() for word in words(TEXTS(key, "jv@krama"))}
    ending = {word for word in found if word.endswith(("ake", "e")) and word not in WORDS_IN_E}
    passive = {word for word in found if re.match(r"(?:tak|di)(?!nas\b|nten\b|pun)[a-z]{4}", word)}
    assert ending | passive == set()


def test_no_krama_slips_into_ngoko() -> None:
    assert slips("jv", KRAMA_ONLY) == []
    found = {word for key in citizen_keys() for word in words(TEXTS(key, "jv"))}
    assert {w for w in found if w.startswith("dipun") or w.endswith(("aken", "ipun"))} == set()


@pytest.mark.parametrize("register", FALLBACK)
def test_an_emergency_is_answered_with_the_numbers_before_anything_else(register: str) -> None:
    text = TEXTS("emergency", register)
    first, second = text.splitlines()[:2]
    assert second == "{numbers}"
    assert len(first) < 50
    assert text.index("{numbers}") < text.index("{code}")


def test_a_key_that_a_register_lacks_falls_back() -> None:
    texts = Catalogue({"id": {"a": "satu", "b": "dua"}, "jv": {"a": "siji"}, "jv@krama": {}})
    assert [texts("a", "jv@krama"), texts("b", "jv@krama"), texts("a", "en"), texts("a", "xx")] == [
        "siji", "dua", "satu", "satu",
    ]  # fmt: skip
    with pytest.raises(KeyError, match="nothing"):
        texts("nothing", "jv")


# Which argument of a call is the key, and which keyword arguments are no fields of the text.
CALLS = {
    "tell": (2, {"register", "case", "rows", "role"}),
    "say": (2, {"register", "rows", "reply_to"}),
    "desk": (1, {"merge_key"}),
    "texts": (0, set[str]()),
    "PressRefused": (0, set[str]()),
}


def used_keys() -> Iterator[tuple[str, str, set[str]]]:
    """Place, key and given fields of every call in the source that names its key outright."""
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _keys_of(path, node)


def _keys_of(path: Path, call: ast.Call) -> Iterator[tuple[str, str, set[str]]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place, options = CALLS.get(name, (0, set[str]()))
    if name not in CALLS or len(call.args) <= place or any(k.arg is None for k in call.keywords):
        return
    given = {k.arg for k in call.keywords if k.arg} - options
    argument = call.args[place]
    choices = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
    for choice in choices:
        if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
            yield f"{path.name}:{call.lineno}", choice.value, given


def test_every_key_that_the_code_names_exists_and_gets_its_fields() -> None:
    used = list(used_keys())
    assert len(used) > 40
    assert [(place, key) for place, key, _ in used if key not in TEXTS.keys("id")] == []
    assert [(place, key) for place, key, given in used if not fields(TEXTS(key)) <= given] == []


@pytest.mark.parametrize("register", FALLBACK)
def test_citizen_texts_stand_as_they_were_last_read(register: str, snapshot: SnapshotAssertion) -> None:
    assert {key: TEXTS(key, register) for key in sorted(citizen_keys())} == snapshot


def test_the_office_names_topics_and_one_that_nobody_knows_any_more_is_lainnya() -> None:
    own = Catalogue.load(names={"mbg": "Makan {gratis}", "jalan": "Jalan & trotoar"}, renamed={"keagamaan": "jalan"})
    assert [own("topic.mbg", register) for register in FALLBACK] == ["Makan {gratis}"] * len(FALLBACK)
    assert own("topic.keagamaan") == own("topic.jalan", "jv@krama") == "Jalan & trotoar"
    assert own("topic.hilang", "jv") == own("topic.lainnya", "jv")
