"""What an admin reads of a training: always what was decided, as much of the figures as there is room for."""

from dataclasses import replace

import pytest

from bot.domain.lengths import units
from bot.domain.outgoing import CAPTION_UNITS
from bot.domain.training import Job, JobStatus, Kind
from bot.services.learning import training_words
from bot.services.office import Office
from tests.bot.services.fakes import make_office

LOSS = "Pesan {} yang dikenali turun dari 90 % ke 60 % (41 pesan uji)."
TOPICS = ("Kesehatan", "Jalan", "Sampah", "Pendidikan", "Listrik", "Air bersih") * 6
JOB = Job(3, Kind.QUICK, JobStatus.READY, "telegram:1", "telegram", "-5", 10.0)


@pytest.fixture
def office() -> Office:
    return make_office()


def blocked() -> Job:
    """A job that did harm to very many topics."""
    sentences = ["Tertahan: ada yang turun melebihi batas.", *(LOSS.format(topic) for topic in TOPICS)]
    return replace(JOB, result="pml-20261124-aaaaaa", report={"reasons": [{}] * len(TOPICS), "sentences": sentences})


def test_the_question_and_the_loss_it_names_are_never_cut(office: Office) -> None:
    job = blocked()
    question = office.texts("training.surely", loss=training_words.losses(job.report))
    for under in (question, office.texts("training.trying", until="01-12-2026"), office.texts("training.ask")):
        caption = training_words.summary(office, job, under=under)
        assert caption.endswith(under)
        assert CAPTION_UNITS - units(LOSS) - 20 < units(caption) <= CAPTION_UNITS
    assert "turun dari 90 % ke 60 %" in question


def test_few_corrections_and_none_are_said(office: Office) -> None:
    assert "belum belajar apa pun" in training_words.learnt(office, {})
    few = training_words.learnt(office, {"correction": 2, "two": 1, "confirmed": 4, "agreement": 5})
    assert "12 laporan: 3 dikoreksi petugas, 4 dinilai sudah tepat, 5 langsung diterima dinas." in few
    assert "masih sedikit" in few
    assert "masih sedikit" not in training_words.learnt(office, {"correction": 60})
