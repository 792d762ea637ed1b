"""The command line: ``python -m nnviz train | evaluate | predict | work``."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from nnviz import ink, model_file, models, recipe_training
from nnviz.datasets import drawings, mnist
from nnviz.errors import InputError
from nnviz.metrics import accuracy, confusion_matrix, per_class_accuracy
from nnviz.model_file import Model, slug
from nnviz.model_scores import predictions
from nnviz.recipe import Recipe
from nnviz.shipped_recipes import RECIPES, get
from nnviz.training import EpochEnd
from nnviz.training import Progress as TrainingProgress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 1 for input that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except InputError as error:
        Console(stderr=True).print(f"nnviz: {error}", markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nnviz", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train a model by its recipe")
    which = train.add_mutually_exclusive_group(required=True)
    which.add_argument("recipe", nargs="?", choices=RECIPES, help="a shipped model's")
    which.add_argument("--config", type=Path, help="a recipe of your own, in JSON")
    train.add_argument("--output", type=Path, help="the file to write (NAME.safetensors)")
    train.set_defaults(command=_train)

    evaluate = commands.add_parser("evaluate", help="accuracy, per digit, and confusion matrix")
    evaluate.add_argument("model", help="a shipped model's id or a model file")
    evaluate.add_argument("--strokes", type=Path, help="drawn digits (JSON lines), not MNIST's")
    evaluate.add_argument(
        "--record", type=Path, help="write the model with this accuracy in it to a file"
    )
    evaluate.set_defaults(command=_evaluate)

    predict = commands.add_parser("predict", help="read a digit from an image file")
    predict.add_argument("model", help="a shipped model's id or a model file")
    predict.add_argument("image", type=Path, help="a PNG, JPEG or WebP file")
    predict.set_defaults(command=_predict)

    work = commands.add_parser("work", help="train runs of other machines, from NNVIZ_DATABASE")
    work.add_argument("--data", type=Path, help="a folder (NNVIZ_DATA, else ~/.nnviz)")
    work.set_defaults(command=_work)
    return parser


def _train(options: argparse.Namespace) -> None:
    recipe = Recipe.from_file(options.config) if options.config else get(options.recipe)
    name = options.recipe or slug(recipe.title)
    console = Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[about]}"),
    )
    with Progress(*columns, console=console) as bar:
        augmenting = bar.add_task("variants", total=recipe.variants or 1, about="")
        training = bar.add_task("epochs", total=recipe.training.epochs, about="", start=False)
        if not recipe.variants:
            bar.update(augmenting, visible=False)
            bar.start_task(training)
        for event in recipe_training.make(name, recipe):
            if isinstance(event, recipe_training.VariantMade):
                bar.update(augmenting, completed=event.done)
                bar.start_task(training)
            elif isinstance(event, TrainingProgress):
                done = recipe.training.epochs * event.samples_seen / event.samples_total
                bar.update(training, completed=round(done, 2))
            elif isinstance(event, EpochEnd):
                bar.update(training, completed=event.epoch, about=_epoch(event))
            else:
                model = event
    path = options.output or Path(f"{name}.safetensors")
    model_file.save(path, model)
    shares = ", ".join(f"{name} {share:.2%}" for name, share in model.accuracy.items())
    console.print(f"{path}: {model.architecture}, {shares}", highlight=False)


def _epoch(event: EpochEnd) -> str:
    return f"loss {event.loss:.4f}  validation accuracy {event.validation_accuracy:.2%}"


def _evaluate(options: argparse.Namespace) -> None:
    model = _load(options.model)
    images, labels, name = _digits(options.strokes)
    predicted = predictions(model.network, images)
    confusion = confusion_matrix(predicted, labels)
    share = accuracy(predicted, labels)
    console = Console()
    console.print(f"{model.id} {model.architecture}: {share:.2%} of {len(labels):,} {name} digits")
    console.print(_confusion_table(confusion))
    if options.record:
        measured = {"drawn" if options.strokes else "mnist_test": share}
        model_file.save(options.record, model.with_accuracy(**measured))
        console.print(f"recorded in {options.record}")


def _digits(strokes: Path | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8], str]:
    if strokes is None:
        test = mnist.load().test
        return test.images, test.labels, "MNIST test"
    return *drawings.read(strokes), "drawn"


def _confusion_table(confusion: NDArray[np.int64]) -> Table:
    """A row a true digit, a column a predicted one, and the share read right."""
    table = Table(title="rows: the digit, columns: what was read")
    table.add_column("")
    for digit in range(10):
        table.add_column(str(digit), justify="right")
    table.add_column("right", justify="right")
    for digit, share in enumerate(per_class_accuracy(confusion)):
        cells = [str(count) if count else "·" for count in confusion[digit]]
        table.add_row(str(digit), *cells, "–" if np.isnan(share) else f"{share:.2%}")
    return table


def _predict(options: argparse.Namespace) -> None:
    model = _load(options.model)
    try:
        content = options.image.read_bytes()
    except OSError as error:
        raise InputError("not_an_image", f"{options.image} cannot be read: {error}.") from error
    digits = ink.find(content).digits
    if not digits:
        print("There is no ink on this image.")
        return
    if len(digits) > 1:
        print(f"{len(digits)} digits, in reading order:")
    for found in digits:
        _print_answer(model, found.pixels)


def _print_answer(model: Model, pixels: ink.Image) -> None:
    probabilities = model.network(ink.to_input(pixels)[None])[0]
    print(int(probabilities.argmax()))
    for digit in probabilities.argsort()[::-1]:
        print(f"  {digit}: {probabilities[digit]:.2%}")


def _work(options: argparse.Namespace) -> None:
    from nnviz.runs.service import work
    from nnviz.settings import Settings

    settings = Settings.from_environment()
    work(replace(settings, data=options.data) if options.data else settings)


def _load(name: str) -> Model:
    """A shipped model by its id, else a file."""
    return models.load(name) if name in models.names() else model_file.load(name)


if __name__ == "__main__":
    sys.exit(main())
