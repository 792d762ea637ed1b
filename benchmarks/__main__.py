"""Every table of docs/benchmarks.md made anew, and what docs/deploy.md says of capacity.

    python -m benchmarks [STROKES.jsonl] [--only training serving]

Under a command in a document, what stands between ``<!-- made -->`` and ``<!-- /made -->`` is
what it printed; it is put there again. The words around stay, and may have to follow. Without a
file the drawn digits are those that come along (`nnviz.datasets.unipen`). What breaks leaves its
tables as they were, is named at the end, and stops nothing else. All of it takes an hour, nothing
else should be at work. Needs requirements-bench.txt, ``wrk`` and ``nginx``.
"""

import argparse
import gzip
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from nnviz.datasets import unipen

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "deploy.md"]
COMMAND = re.compile(r"^    python -m benchmarks\.(\w+)(.*)$")
BEGIN, END = "<!-- made -->", "<!-- /made -->"

Run = Callable[[str, list[str]], str]


def remade(text: str, run: Run, only: Sequence[str] = ()) -> Iterator[str]:
    """The document's lines with what ``run`` prints for each command; all, or only some modules.

    Raises `ValueError` where a made part has no command above it or no end.
    """
    lines = iter(text.splitlines())
    command: tuple[str, list[str]] | None = None
    for line in lines:
        yield line
        if found := COMMAND.match(line):
            command = found[1], found[2].split()
        if line != BEGIN:
            continue
        if command is None:
            raise ValueError(f"Expected a command above {BEGIN}; got none.")
        old = []
        for each in lines:
            if each == END:
                break
            old.append(each)
        else:
            raise ValueError(f"Expected {END} after {BEGIN}; got the end of the document.")
        is_wanted = not only or command[0] in only
        yield from ["", run(*command).strip(), ""] if is_wanted else old
        yield END


def printed(strokes: Path) -> Run:
    """What a benchmark prints, with a file of drawn digits in place of STROKES.jsonl."""

    def run(module: str, options: list[str]) -> str:
        given = [str(strokes) if each == "STROKES.jsonl" else each for each in options]
        command = [sys.executable, "-m", f"benchmarks.{module}", *given]
        print(" ".join(command[1:]), flush=True)
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    return run


def commands(document: Path) -> list[str]:
    """The benchmarks whose tables a document has, in its order."""
    lines = document.read_text("utf-8").splitlines()
    return [found[1] for found in map(COMMAND.match, lines) if found]


def make(modules: Iterable[str], run: Run, documents: Sequence[Path] = ()) -> list[str]:
    """Rewrite the documents benchmark by benchmark; the names of those that broke."""
    broken = []
    for module in modules:
        for path in documents or DOCUMENTS:
            if module not in commands(path):
                continue
            try:
                lines = list(remade(path.read_text("utf-8"), run, [module]))
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{module}: {error}", file=sys.stderr, flush=True)
                broken.append(module)
            else:
                path.write_text("\n".join(lines) + "\n", "utf-8")
    return broken


def main() -> None:
    """Make what is asked for, or all; exit with the names of what broke."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("strokes", nargs="?", type=Path, help="drawn digits, JSON lines")
    parser.add_argument("--only", nargs="+", default=[], help="names of benchmarks")
    options = parser.parse_args()
    named = list(dict.fromkeys(name for path in DOCUMENTS for name in commands(path)))
    if unknown := set(options.only) - set(named):
        sys.exit(f"Expected names out of {', '.join(named)}; got {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory() as folder:
        strokes = Path(folder) / "strokes.jsonl"
        if options.strokes:
            strokes = options.strokes.resolve()
        else:
            strokes.write_bytes(gzip.decompress(unipen.FILE.read_bytes()))
        broken = make(options.only or named, printed(strokes))
    if broken:
        sys.exit(f"As they were: {', '.join(broken)}.")


if __name__ == "__main__":
    main()
