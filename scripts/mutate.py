"""Change one thing at a time in what computes, and print the changes that no test notices.

    python -m scripts.mutate                                   every module of `TESTS`
    python -m scripts.mutate nnviz/losses.py nnviz/explain/lead.py     these only

What is changed is told in `scripts.mutants`, how it is tried in `scripts.hunt`; what survives and
why, in docs/testing.md.
"""

import argparse
import ast
import json
import os
import sys
from pathlib import Path

import pytest

from scripts import hunt
from scripts.mutants import mutants

ROOT = Path(__file__).parents[1]
# Each module that computes, and the files of tests/ that hold it.
HOLD = {
    "activations": "activations network fresh_layers",
    "features": "features table",
    "initializers": "initializers",
    "losses": "losses network heads",
    "metrics": "metrics heads table",
    "network": "network network_bounds heads fresh_layers workload_formulas",
    "samples": "training_arithmetic training heads",
    "workload": "workload workload_formulas",
    "datasets/augmentation": "augmentation varied",
    "edits/__init__": "edits edits_read one_step",
    "edits/one_step": "one_step heads",
    "edits/price": "edit_price",
    "explain/concepts": "concepts explore/ascent explore/golden",
    "explain/contributions": "contributions",
    "explain/health": "health health_measures",
    "explain/lead": "lead",
    "explain/receptive_field": "receptive_field",
    "explore/adversarial": "explore/fooling explore/golden",
    "explore/ascent": "explore/ascent",
    "explore/attribution": "explore/attribution explore/golden",
    "explore/calibration": "explore/confusion explore/golden",
    "explore/confusion": "explore/confusion explore/golden",
    "explore/deletion": "explore/attribution",
    "explore/distances": "explore/maps explore/golden",
    "explore/distortions": "explore/fooling",
    "explore/map_faithfulness": "explore/maps explore/golden",
    "explore/pca": "explore/maps explore/golden",
    "explore/placing": "explore/maps",
    "explore/representation": "explore/maps",
    "explore/slopes": "explore/attribution explore/ascent explore/fooling",
    "explore/tsne": "explore/maps explore/golden",
    "ink/blobs": "ink_paper",
    "ink/decoding": "ink_decoding",
    "ink/finding": "ink_finding",
    "ink/fitting": "ink_fitting",
    "ink/grouping": "ink_grouping",
    "ink/image": "ink_image",
    "ink/judging": "ink_judging",
    "ink/loops": "loops",
    "ink/movement": "movement",
    "ink/nearest": "nearest ink",
    "ink/paper": "ink_paper ink_judging",
    "ink/pixels": "ink",
    "ink/polarity": "ink_polarity",
    "ink/strokes": "nearest ink",
    "layers/base": "layers fresh_layers windows_by_hand network workload",
    "layers/convolution": "layers fresh_layers windows_by_hand workload",
    "layers/dense": "layers fresh_layers network",
    "layers/pooling": "layers fresh_layers windows_by_hand workload",
    "layers/recurrent": "layers fresh_layers workload",
    "layers/shaping": "layers fresh_layers",
    "models/scores": "model_scores heads models",
    "recipe/cost": "cost",
    "recipe/training": "recipe_training recipe models varied",
    "training/__init__": "training_arithmetic training training_told",
    "training/averaging": "optimizers training_arithmetic",
    "training/optimizers": "optimizers training_arithmetic",
    "training/schedules": "optimizers training_arithmetic",
}
TESTS = {
    f"nnviz/{module}.py": [
        f"tests/{folder}{slash}test_{name}.py"
        for folder, slash, name in (each.rpartition("/") for each in held_by.split())
    ]
    for module, held_by in HOLD.items()
}


def survivors(module: str) -> tuple[int, list[str]]:
    """How many mutants of a module there are, and those that no test notices.

    Raises ValueError when the tests fail without any change.
    """
    path, tests = ROOT / module, TESTS[module]
    name = ".".join(Path(module).with_suffix("").parts).removesuffix(".__init__")
    source = path.read_text("utf-8")
    every = list(mutants(source))
    inside = [at for at, each in enumerate(every) if each.inside]
    cost, left = _hunted(name, path, tests, [every[at] for at in inside])
    cpu = max(hunt.LEAST, hunt.SLOWEST * cost) + 10  # what collecting takes
    passed = {inside[at] for at in left}
    found = [
        f"{module}:{each.line}: {each.what}"
        for at, each in enumerate(every)
        if (at in passed if each.inside else hunt.passes(name, path, each.tree, tests, cpu))
    ]
    return len(every), found


def _hunted(name: str, path: Path, tests: list[str], inside: list) -> tuple[float, list[int]]:
    """What the tests cost, and the numbers of the mutants that they let pass."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        tree = ast.parse(path.read_text("utf-8"))
        sys.meta_path.insert(0, hunt.Changed(name, path, tree))
        plugin = hunt.Hunt(path, tree, inside)
        try:
            pytest.main([*hunt.PLAIN, *tests], plugins=[plugin])
            left = [inside.index(each) for each in plugin.left]
            told = [plugin.cost, left] if plugin.passed else None
            os.write(writing, json.dumps(told).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = json.loads(pipe.read() or "null")
    os.waitpid(child, 0)
    if answer is None:
        raise ValueError(f"Expected {' '.join(tests)} to pass before anything is changed.")
    return answer[0], answer[1]


def main() -> None:
    """Mutate the modules that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("modules", nargs="*", choices=[*TESTS, []], metavar="MODULE")
    os.chdir(ROOT)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a fork has one thread
    total = left = 0
    for module in parser.parse_args().modules or TESTS:
        count, found = survivors(module)
        total, left = total + count, left + len(found)
        print(f"{module}: {count} mutants, {len(found)} survive", flush=True)
        for each in found:
            print(f"  {each}", flush=True)
    print(f"{total} mutants, {left} survive")


if __name__ == "__main__":
    main()
