"""`python -m classifier` as a filter: one answer per line, in order, whatever comes."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier import filter as json_filter
from classifier.model import Classifier

COMMAND = [sys.executable, "-m", "classifier"]


def answers(model: Classifier, raw: bytes, *, size: int = 2**16, top: int | None = None) -> list[dict[str, Any]]:
    """Run `raw` through the filter in chunks of `size`."""
    written: list[bytes] = []
    chunks = (raw[start : start + size] for start in range(0, len(raw), size))
    json_filter.run(model, chunks, written.append, extra=json_filter.Extra(top))
    return [json.loads(line) for line in b"".join(written).splitlines()]


def line(**row: Any) -> bytes:
    return json.dumps(row).encode() + b"\n"


def test_an_answer_has_the_fields_of_the_contract(model: Classifier) -> None:
    (answer,) = answers(model, line(id=7, text="dalane bolong neng Desa Mangli"))
    assert list(answer) == ["id", "kind", "topics", "urgency", "language", "location", "unsure", "model"]
    assert answer["id"] == 7
    assert answer["kind"] == {"label": "pengaduan", "p": pytest.approx(1.0, abs=0.05)}
    assert answer["topics"][0]["label"] == "jalan"
    assert answer["location"] == "Desa Mangli"
    assert answer["model"] == "test-1"


@pytest.mark.parametrize(
    ("raw", "id_", "error"),
    [
        (b"not json", None, "not JSON"),
        (b"", None, "blank"),
        (b"   ", None, "blank"),
        (b"[1, 2]", None, "not a JSON object"),
        (b'"text"', None, "not a JSON object"),
        (b"null", None, "not a JSON object"),
        (b'{"id": 1}', 1, 'no "text"'),
        (b'{"id": 1, "text": null}', 1, "not a string"),
        (b'{"id": 1, "text": 5}', 1, "not a string"),
        (b'{"id": 1, "text": ["a"]}', 1, "not a string"),
        (b'{"id": 1, "text": ""}', 1, "empty"),
        (b'{"id": 1, "text": " \\n\\t "}', 1, "empty"),
        (b'{"id": 1, "text": "\\u0000"}', 1, "empty"),
        (b'{"id": 1, "text": "a \\ud800 b"}', 1, "lone surrogate"),
        (b'{"id": 1, "text": "%s"}' % (b"a" * 2**20), 1, "longer than"),
        (b'{"id": 1, "text": "a\x00b"}', None, "not JSON"),
        (b'{"id": NaN, "text": "a"}', None, "not JSON"),
        (b'{"id": 1e999, "text": "a"}', None, "not JSON"),
        (b'{"id": "\xff", "text": "a"}', None, "not UTF-8"),
        (b"[" * 100_000, None, "not JSON"),
        (b'{"id": %s, "text": "a"}' % (b"9" * 5000), None, "not JSON"),
        (b'{"id": 1, "text": "a"} {"id": 2}', None, "not JSON"),
    ],
)
def test_bad_input_is_answered_on_its_line_and_the_rest_goes_on(
    model: Classifier, raw: bytes, id_: Any, error: str
) -> None:
    first, second = answers(model, raw + b"\n" + line(id="next", text="jalan rusak"))
    assert first == {"id": id_, "error": first["error"]}
    assert error in first["error"]
    assert second["id"] == "next"
    assert second["topics"][0]["label"] == "jalan"


@pytest.mark.parametrize("id_", [None, True, 0, -1.5, "x", "é😭", "\ud800", [1, [2]], {"a": {"b": 1}}, 10**30])
def test_an_id_of_any_type_is_echoed(model: Classifier, id_: Any) -> None:
    assert answers(model, line(id=id_, text="jalan"))[0]["id"] == id_


def test_a_missing_id_is_null(model: Classifier) -> None:
    assert answers(model, line(text="jalan"))[0]["id"] is None


def test_a_byte_order_mark_and_windows_line_ends_are_no_error(model: Classifier) -> None:
    raw = b"\xef\xbb\xbf" + line(id=1, text="jalan").replace(b"\n", b"\r\n") + line(id=2, text="jalan")
    assert [answer.get("error") for answer in answers(model, raw)] == [None, None]


def test_the_last_line_needs_no_line_end(model: Classifier) -> None:
    assert answers(model, line(id=1, text="jalan").rstrip(b"\n"))[0]["id"] == 1


@pytest.mark.parametrize("size", [1, 7, 2**16])
def test_order_is_kept_however_the_input_is_cut(model: Classifier, size: int) -> None:
    rows = [line(id=at, text="jalan rusak") if at % 3 else b"bad\n" for at in range(100)]
    found = answers(model, b"".join(rows), size=size)
    assert [answer["id"] for answer in found] == [at if at % 3 else None for at in range(100)]


def test_a_line_that_never_ends_is_skipped(model: Classifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_filter, "MAX_LINE", 1000)
    found = answers(model, b"x" * 5000 + b"\n" + line(id=2, text="jalan") + b"y" * 3000, size=100)
    assert [answer.get("id") for answer in found] == [None, 2, None]
    assert "longer than 1000 bytes" in found[0]["error"]
    assert "longer than" in found[2]["error"]


def test_a_nul_inside_a_text_is_dropped(model: Classifier) -> None:
    assert answers(model, line(id=1, text="jalan\x00 rusak"))[0]["topics"][0]["label"] == "jalan"


def test_top_prints_that_many_topics(model: Classifier) -> None:
    topics = answers(model, line(id=1, text="jalan rusak"), top=4)[0]["topics"]
    assert len(topics) == 4
    assert topics[0]["label"] == "jalan"
    assert len({topic["label"] for topic in topics}) == 4


def test_the_words_and_the_vector_come_on_request(encoder_model: Path) -> None:
    done = run("--model", str(encoder_model), "--explain", "--vectors", stdin=line(id=1, text="jalan rusak"))
    answer = json.loads(done.stdout)
    assert len(answer["vector"]) == json.loads((encoder_model / "manifest.json").read_text())["encoder"]["hidden"]
    assert {"word", "start", "end", "weight"} >= set().union(*map(set, answer["explain"]["topic"]))
    assert set(answer["explain"]) == {"topic", "urgency"}


def test_without_being_asked_the_answer_keeps_to_the_contract(model: Classifier) -> None:
    assert set(answers(model, line(id=1, text="jalan rusak"))[0]) == {
        "id", "kind", "topics", "urgency", "language", "location", "unsure", "model",
    }  # fmt: skip


def run(*options: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *options], input=stdin, capture_output=True, timeout=30)


def test_the_command_answers_and_ends_well(ngram_model: Path) -> None:
    done = run("--model", str(ngram_model), stdin=line(id=1, text="jalan rusak") + b"\n")
    assert done.returncode == 0
    assert done.stderr == b""
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == [1, None]


def test_empty_input_gives_no_output(ngram_model: Path) -> None:
    done = run("--model", str(ngram_model))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_wrong_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = run("--model", str(tmp_path / "none"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1
    assert b"not a model folder" in done.stderr


@pytest.mark.parametrize("options", [["--top", "0"], ["--top", "x"], ["--wrong"]])
def test_a_wrong_option_ends_with_two(options: list[str]) -> None:
    assert run(*options).returncode == 2


@pytest.fixture
def talking(ngram_model: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [*COMMAND, "--model", str(ngram_model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    yield process
    process.kill()
    process.communicate()


def test_a_single_line_is_answered_at_once(talking: subprocess.Popen[bytes]) -> None:
    assert talking.stdin
    assert talking.stdout
    for id_ in (1, 2):
        talking.stdin.write(line(id=id_, text="jalan rusak"))
        talking.stdin.flush()
        assert select.select([talking.stdout], [], [], 20)[0], "no answer while the input is open"
        assert json.loads(talking.stdout.readline())["id"] == id_


def test_a_reader_that_leaves_is_no_error(talking: subprocess.Popen[bytes]) -> None:
    assert talking.stdin
    assert talking.stdout
    assert talking.stderr
    talking.stdout.close()
    talking.stdin.write(line(id=1, text="jalan rusak"))
    talking.stdin.close()
    assert talking.wait(timeout=20) == 0
    assert os.read(talking.stderr.fileno(), 1000) == b""
    talking.stdin = None
    talking.stdout = None
