"""The command line: ``nnviz serve | train | evaluate | predict | work``."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

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

from nnviz import __version__, ink, models
from nnviz.datasets import drawings
from nnviz.errors import InputError
from nnviz.features import ClassOutput, NumberOutput, Output, encode
from nnviz.metrics import confusion_matrix, mean_absolute_error, per_class_accuracy, r_squared
from nnviz.models import model_file
from nnviz.models.model_file import Model, slug
from nnviz.models.scores import posed, shares
from nnviz.problems import Examples
from nnviz.recipe import Recipe
from nnviz.recipe import training as recipe_training
from nnviz.recipe.shipped import RECIPES, get
from nnviz.samples import as_read
from nnviz.serving import command as serving
from nnviz.training.events import EpochEnd
from nnviz.training.events import Progress as TrainingProgress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 1 for input that cannot be used."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] == ["serve"]:
        return serving.main(words[1:])
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, io.TextIOWrapper):
            output.reconfigure(errors="replace")  # a console that lacks a character shows ?
    options = _parser().parse_args(words)
    try:
        options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough, as ``| head -1`` has
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    except InputError as error:
        Console(stderr=True).print(f"nnviz: {error}", markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nnviz", description=__doc__)
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    commands.add_parser("serve", help="draw in the browser; serve --help tells its options")

    train = commands.add_parser("train", help="train a model by its recipe")
    which = train.add_mutually_exclusive_group(required=True)
    which.add_argument("recipe", nargs="?", choices=RECIPES, help="a shipped model's")
    which.add_argument("--config", type=Path, help="a recipe of your own, in JSON")
    train.add_argument("--output", type=Path, help="the file to write (NAME.safetensors)")
    train.set_defaults(command=_train)

    evaluate = commands.add_parser(
        "evaluate", help="accuracy and confusion matrix of classes, R² and error of numbers"
    )
    evaluate.add_argument("model", help="a shipped model's id or a model file")
    evaluate.add_argument("--strokes", type=Path, help="drawn digits (JSON lines), not MNIST's")
    evaluate.add_argument(
        "--record", type=Path, help="write the model with this accuracy in it to a file"
    )
    evaluate.set_defaults(command=_evaluate)

    predict = commands.add_parser("predict", help="read an image, a drawing or a row of a table")
    predict.add_argument("model", help="a shipped model's id or a model file")
    predict.add_argument(
        "input",
        type=Path,
        help='a PNG, JPEG or WebP file, or JSON: {"features": {…}} or {"strokes": […]}',
    )
    predict.set_defaults(command=_predict)

    work = commands.add_parser("work", help="train runs of other machines, from NNVIZ_DATABASE")
    work.add_argument("--data", type=Path, help="a folder (NNVIZ_DATA, else ~/.nnviz)")
    work.set_defaults(command=_work)
    return parser


def _train(options: argparse.Namespace) -> None:
    recipe = Recipe.from_file(options.config) if options.config else get(options.recipe)
    name = options.recipe or slug(recipe.title)
    path = options.output or Path(f"{name}.safetensors")
    if not path.parent.is_dir() or path.is_dir():
        raise InputError("bad_file", f"Expected a file in a folder that there is; got {path}.")
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
    try:
        model_file.save(path, model)
    except OSError as error:
        raise InputError("bad_file", f"Expected {path} to be written; got {error}.") from error
    told = [f"{name} {share:.2%}" for name, share in model.accuracy.items()]
    told += [f"{name} {score:,.4g}" for name, score in model.scores.items()]
    console.print(f"{path}: {model.architecture}, {', '.join(told)}", highlight=False)


def _epoch(event: EpochEnd) -> str:
    """Loss and validation score, of every output when there are several; of numbers it is R²."""
    each = [
        f"{100 * output.score:.2f}%" if output.error is None else f"R² {output.score:.4f}"
        for output in event.validation
    ]
    losses = f" ({' and '.join(f'{loss:.4f}' for loss in event.losses)})" if each[1:] else ""
    return f"loss {event.loss:.4f}{losses}  validation {' and '.join(each)}"


def _evaluate(options: argparse.Namespace) -> None:
    model, console = _load(options.model), Console()
    problem, outputs = posed(model), model.outputs
    if options.strokes:
        images, labels = drawings.read(options.strokes, problem.drawn)
        digits = Examples(images, {"digit": labels})
        examples, part, name, outputs = digits, "drawn", "drawn digits", outputs[:1]
    else:
        examples, part = problem.examples("test", outputs), problem.test_name
        name = f"{'MNIST ' if problem.id == 'digits' else ''}test {_NOUNS.get(problem.id, 'rows')}"
    answers = model.network.predict_all(as_read(examples.inputs))
    accuracy, scores = shares(model.network, outputs, examples, part)
    for output, a in zip(outputs, answers, strict=False):
        of = f"{model.id} {model.architecture}" + (f", {output.name}" if model.outputs[1:] else "")
        targets = examples.targets[output.name]
        if isinstance(output, NumberOutput):
            told, true = output.value(a), output.value(targets)
            error = f"{mean_absolute_error(told, true):,.0f} {output.unit}".strip()
            console.print(
                f"{of}: R² {r_squared(told, true):.4f}, mean absolute error {error}, "
                f"{len(true):,} {name}"
            )
            continue
        confusion = confusion_matrix(a.argmax(axis=-1), targets, len(output.classes))
        share = confusion.trace() / len(targets)
        console.print(f"{of}: {share:.2%} of {len(targets):,} {name}")
        console.print(_confusion_table(confusion, output))
    if options.record:
        recorded = replace(
            model, accuracy={**model.accuracy, **accuracy}, scores={**model.scores, **scores}
        )
        model_file.save(options.record, recorded)
        console.print(f"recorded in {options.record}")


_NOUNS = {"digits": "digits", "pen": "digits", "houses": "houses"}


def _confusion_table(confusion: NDArray[np.int64], output: ClassOutput) -> Table:
    """A row a true class, a column a predicted one, and the share read right."""
    table = Table(title=f"rows: the {output.name}, columns: what was read")
    table.add_column("")
    for name in output.classes:
        table.add_column(name, justify="right")
    table.add_column("right", justify="right")
    for name, counts, share in zip(
        output.classes, confusion, per_class_accuracy(confusion), strict=True
    ):
        cells = [str(count) if count else "·" for count in counts]
        table.add_row(name, *cells, "–" if np.isnan(share) else f"{share:.2%}")
    return table


def _predict(options: argparse.Namespace) -> None:
    model = _load(options.model)
    inputs = _inputs(model, options.input)
    if not len(inputs):
        print("There is no ink on this.")
        return
    if len(inputs) > 1:
        print(f"{len(inputs)} digits, in reading order:")
    for answers in zip(*model.network.predict_all(as_read(inputs)), strict=True):
        for output, a in zip(model.outputs, answers, strict=True):
            _print_answer(output, a, f"{output.name}: " if model.outputs[1:] else "")


def _print_answer(output: Output, a: NDArray[Any], name: str) -> None:
    if isinstance(output, NumberOutput):
        print(f"{name}{float(output.value(a)[0]):,.0f} {output.unit}".rstrip())
        return
    print(f"{name}{output.classes[int(a.argmax())]}")
    for place in a.argsort()[::-1]:
        print(f"  {output.classes[place]}: {a[place]:.2%}")


def _inputs(model: Model, path: Path) -> NDArray[Any]:
    """What a file holds, as inputs of the model, none if it is blank; raises `InputError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("not_an_image", f"{path} cannot be read: {error}.") from error
    if model.problem == "digits" and not content.lstrip().startswith(b"{"):
        return np.array([found.pixels for found in ink.find(content).digits])
    try:
        given = json.loads(content)
    except ValueError as error:
        raise InputError("invalid_json", f"Expected {path} to hold JSON; got {error}.") from error
    key, kind = ("features", dict) if model.features else ("strokes", list)
    if not isinstance(given, dict) or not isinstance(given.get(key), kind):
        raise InputError(
            "wrong_input", f'Expected an object with "{key}" in {path} for {model.id}.'
        )
    if model.features:
        return encode(model.features, given[key])[None]
    drawn = posed(model).drawn(given[key])[None]
    return drawn if drawn.any() else drawn[:0]


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
